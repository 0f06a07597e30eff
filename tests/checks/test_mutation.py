"""Each fault, planted at many places of a clean programme, is found there, and no other rule cries."""

from collections import Counter
from collections.abc import Iterator

import pytest
from tests.checks.faults import BUDGET_YEAR, FAULTS, YEAR, Fault, Planted, appropriations, change, clean, reported

from perfdesk.checks.catalogue import RULES
from perfdesk.checks.checking import Checked, caught_up, check
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.services.output.exporting import programme_context

# of each fault, spread over the programme
PLACES = 16


def checked(
    municipality: Municipality, before: Checked | None = None, frozen: Programme | None = None, year: int = YEAR
) -> Checked:
    ctx = programme_context(municipality, year, before=before.scene.ctx if before else None)
    return caught_up(check(ctx, before, frozen=frozen))


@pytest.fixture(scope="module")
def known() -> dict[tuple[bool, int], Checked]:
    return {
        (False, YEAR): checked(clean()),
        (True, YEAR): checked(reported()),
        (False, BUDGET_YEAR): checked(clean(), year=BUDGET_YEAR),
    }


@pytest.fixture(scope="module")
def tally() -> Iterator[Counter[tuple[str, str]]]:
    """Counts found, missed and false findings by rule, and prints what they come to."""
    counts: Counter[tuple[str, str]] = Counter()
    yield counts
    print("\nrule      planted  precision  recall")
    for rule in sorted({rule for rule, _ in counts}):
        found, missed, false = (counts[rule, name] for name in ("found", "missed", "false"))
        print(
            f"{rule:10}{found + missed:7}  {found / max(found + false, 1):9.2%}  {found / max(found + missed, 1):6.2%}"
        )


def test_the_sample_is_clean(known: dict[tuple[bool, int], Checked]) -> None:
    for found in known.values():
        assert [finding.sentence() for finding in found.findings] == []


def test_a_budget_made_of_the_programme_agrees_with_it() -> None:
    """With what belongs to no unit alone shared out among them."""
    assert checked(change(clean(), appropriations=appropriations(clean()))).findings == ()


def test_every_rule_has_its_fault() -> None:
    assert {fault.rule for fault in FAULTS} == RULES.keys()


def spread(fault: Fault) -> list[Planted]:
    planted = list(fault.plant(reported() if fault.reported else clean()))
    step = max(1, len(planted) // PLACES)
    return planted[::step]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.rule}-{fault.name}")
def test_a_fault_is_found_where_it_is(
    fault: Fault, known: dict[tuple[bool, int], Checked], tally: Counter[tuple[str, str]]
) -> None:
    places = spread(fault)
    assert places
    wrong = []
    for at, planted in enumerate(places):
        found = checked(planted.municipality, known[fault.reported, fault.year], planted.frozen, fault.year)
        if at == 0:
            # what was taken over is what would have been found anew
            assert found.findings == checked(planted.municipality, None, planted.frozen, fault.year).findings
        here = [one for one in found.findings if (one.where.kind, one.where.id) == planted.place]
        is_found = any(one.rule == fault.rule for one in here)
        others = [one for one in found.findings if one.rule != fault.rule and one.rule not in fault.also]
        tally[fault.rule, "found" if is_found else "missed"] += 1
        for one in others:
            tally[one.rule, "false"] += 1
        if not is_found or others:
            wrong.append((planted.place, [(one.rule, one.where.id, one.sentence()) for one in found.findings]))
    assert not wrong
