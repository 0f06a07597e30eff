"""Every finding leads to a form, and there to what is in the file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.checks.faults import FAULTS, YEAR, programme, reported, with_programme
from tests.checks.faults import clean as sample

from perfdesk.checks.checking import check
from perfdesk.checks.finding import ACCOUNT, RESULT
from perfdesk.checks.settings import settings
from perfdesk.domain.administration import Signatory
from perfdesk.domain.programme import Municipality
from perfdesk.services.control.audit import Item
from perfdesk.services.control.finding_places import FindingPlaces
from perfdesk.services.files import importing
from perfdesk.services.outline import entries
from perfdesk.services.output.exporting import programme_context
from perfdesk.services.places import COVER, Place, located
from perfdesk.storage import files

# what is entered with the report, for which there are no forms yet
OF_RESULTS = ("KYN-03", "TUT-03", "GCR-01", "GCR-02", "DGR-01", "SNM-02")


def items(municipality: Municipality, year: int) -> Iterator[Item]:
    ctx = programme_context(municipality, year)
    places = FindingPlaces(ctx)
    for finding in check(ctx).findings:
        yield Item(finding, places.of(finding), None)


def lost(municipality: Municipality, year: int) -> list[str]:
    """Return the findings whose place is no form, or a row that the form does not have."""
    ctx = programme_context(municipality, year)
    known = {entry.key for top in entries(municipality, ctx) for entry in top.walk()}
    rows = located(municipality, year)
    found = []
    for item in items(municipality, year):
        place = item.place
        if place is None:
            # forms of the results come with the report
            if item.finding.where.kind not in (ACCOUNT, RESULT) and item.finding.rule not in OF_RESULTS:
                found.append(f"nowhere: {item.finding.sentence()}")
        elif place.entry not in known:
            found.append(f"{place.entry}: {item.finding.sentence()}")
        elif place.row and (place.table, place.row) not in rows:
            found.append(f"{place.table} {place.row}: {item.finding.sentence()}")
    return found


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.rule}-{fault.name}")
def test_planted_faults_have_places(fault) -> None:
    planted = next(fault.plant(reported() if fault.reported else sample()))
    assert not lost(planted.municipality, fault.year)


@pytest.mark.parametrize(
    ("name", "year"),
    [("ilgin-2023", 2023), ("defne-2025", 2025), ("kars-2020-2024", 2020), ("kars-2020-2024", 2024)],
)
def test_findings_of_the_references_have_places(reference: Path, tmp_path: Path, name: str, year: int) -> None:
    importing.import_file(reference / f"{name}.json", tmp_path / "x.perfdesk")
    with files.open_store(tmp_path / "x.perfdesk", writable=False) as store:
        municipality = store.load()
    assert list(items(municipality, year))
    assert not lost(municipality, year)


@pytest.mark.parametrize("rule", [*OF_RESULTS, "SNM-01"])
def test_what_is_entered_with_the_report_leads_nowhere_but_to_the_signers(rule: str) -> None:
    """A form of the programme that shows the indicator cannot mend its result."""
    planted = next(next(fault for fault in FAULTS if fault.rule == rule).plant(reported()))
    found = [item for item in items(planted.municipality, YEAR) if item.finding.rule == rule]
    assert found
    assert {item.place is None for item in found} == {rule != "SNM-01"}


def test_results_that_nearly_all_lack_lead_nowhere_either() -> None:
    whole = reported()
    of_year = programme(whole)
    bare = tuple(replace(one, evidence="") for one in of_year.results.indicators)
    changed = replace(of_year, results=replace(of_year.results, indicators=bare))
    some = settings()
    few = replace(some, thresholds=replace(some.thresholds, together=2))
    ctx = programme_context(with_programme(whole, changed), YEAR)
    found = [one for one in check(ctx, by=few).findings if one.rule == "DGR-01"]
    assert [one.common for one in found] == [True]
    assert FindingPlaces(ctx).of(found[0]) is None


def test_who_is_to_sign_has_a_row_or_the_blank_one() -> None:
    (fault,) = [one for one in FAULTS if one.rule == "SNM-01"]
    nobody = next(fault.plant(reported())).municipality
    (place,) = [item.place for item in items(nobody, fault.year) if item.rule.id == "SNM-01"]
    assert place == Place(fault.year, COVER, "signatory", 0, "role")
    unnamed = replace(nobody, administration=replace(nobody.administration, signatories=(Signatory("mayor", row=7),)))
    places = [item.place for item in items(unnamed, fault.year) if item.rule.id == "SNM-01"]
    assert Place(fault.year, COVER, "signatory", 7, "name") in places
