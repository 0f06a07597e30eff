"""What the checks find in a file: for the command line, and for whatever shows or prints findings."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from perfdesk.checks import checking
from perfdesk.checks.checking import Checked
from perfdesk.checks.finding import Finding, Severity
from perfdesk.checks.rule import FAMILIES
from perfdesk.domain.control import Acceptance
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.i18n import N_, _
from perfdesk.services import versions
from perfdesk.services.files import importing
from perfdesk.services.output.exporting import programme_context
from perfdesk.storage import files
from perfdesk.storage.store import Store
from perfdesk.tables.context import Context

DATA_SUFFIX: Final = ".json"
SEVERITIES: Final = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.INFO: N_("information"),
}


def check_file(path: Path, year: int) -> Checked:
    """Check a year of a perfdesk file, or of exchange data.

    Raises:
        UserError: the file cannot be read, or holds no programme of that year.
    """
    if path.suffix.lower() == DATA_SUFFIX:
        return check_year(importing.read_data(path), year)
    with files.open_store(path, writable=False) as store:
        municipality = store.load()
        return check_year(municipality, year, decided(store, municipality, year))


def check_year(municipality: Municipality, year: int, frozen: Programme | None = None) -> Checked:
    """Check a year whole, near names included.

    Raises:
        UserError: there is no programme of that year.
    """
    return check_context(programme_context(municipality, year), frozen)


def check_context(ctx: Context, frozen: Programme | None = None) -> Checked:
    """Check a programme whole, near names included."""
    return checking.caught_up(checking.check(ctx, frozen=frozen))


def decided(store: Store, municipality: Municipality, year: int) -> Programme | None:
    """Return the programme as the council decided on it last, where there are results to be held against it.

    Raises:
        UserError: the version's content is damaged.
    """
    programme = municipality.programme(year)
    if programme is None or not programme.results.indicators:
        return None
    numbers = [version.number for version in programme.versions if version.decision or version.decision_date]
    return versions.open_version(store, year, max(numbers))[1] if numbers else None


def accepted(checked: Checked) -> Iterator[tuple[Finding, Acceptance]]:
    """Yield the findings that stay as they are, each with why."""
    for finding in checked.findings:
        acceptance = checked.acceptance(finding)
        if acceptance is not None:
            yield finding, acceptance


def reason(checked: Checked, finding: Finding) -> str:
    """Return why a finding stays as it is, or "" where nobody has accepted it."""
    acceptance = checked.acceptance(finding)
    return acceptance.reason if acceptance else ""


def told(checked: Checked) -> str:
    """Return findings as text to read, grouped by criterion, with their numbers and the accepted ones at the end."""
    if not checked.findings:
        return _("Nothing was found.") + "\n"
    parts = [
        f"{family} – {_(FAMILIES[family])}\n{_lines(list(group))}"
        for family, group in groupby(checked.open, key=lambda finding: finding.rule[:3])
    ]
    stay = [
        f"  {finding.rule} {finding.sentence()}\n    {_('accepted: {reason}').format(reason=acceptance.reason)}\n"
        for finding, acceptance in accepted(checked)
    ]
    if stay:
        parts.append(f"{_('Accepted')}\n{''.join(stay)}")
    return "\n".join((*parts, summary(checked.open) + "\n"))


def summary(findings: Sequence[Finding]) -> str:
    """Return how many findings there are of each severity, as a sentence."""
    counts = {severity: sum(one.severity is severity for one in findings) for severity in Severity}
    return _("{errors} errors, {warnings} warnings, {information} for information").format(
        errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], information=counts[Severity.INFO]
    )


def _lines(findings: Sequence[Finding]) -> str:
    return "".join(f"  {one.rule} ({_(SEVERITIES[one.severity])}) {one.sentence()}\n" for one in findings)
