"""Where something stands: the entry of the outline whose form shows it, and there the row and the column."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import zip_longest
from typing import Any, Final

from perfdesk.domain.programme import Municipality, Programme, SubProgramme, Target
from perfdesk.domain.resources import ResourceRow
from perfdesk.tables.form import load_form

# The kind of an outline's entry and the id of what it is about. The entries there are: ("cover", ""), ("units", ""),
# ("programme_list", ""), ("pictures", ""), ("layout", ""), ("control", ""), ("appropriations", ""), ("part", the part's
# key in the form's outline), ("goal", id), ("target", id), ("resource_table", its row), ("sub_programme", id of the
# sub-programme).
Key = tuple[str, str]
COVER: Final[Key] = ("cover", "")
UNITS: Final[Key] = ("units", "")
PROGRAMME_LIST: Final[Key] = ("programme_list", "")
PICTURES: Final[Key] = ("pictures", "")
LAYOUT: Final[Key] = ("layout", "")
CONTROL: Final[Key] = ("control", "")
APPROPRIATIONS: Final[Key] = ("appropriations", "")
GOALS: Final[Key] = ("part", "goals")
TARGETS: Final[Key] = ("part", "targets")


@dataclass(frozen=True, slots=True)
class Place:
    """A field or a cell of a form.

    ``table``, ``row`` and ``column`` are those of the file: ("indicator", 12, "unit") is the unit of measure of one
    indicator. Without them the place is the form as a whole; a column without a row is that of a grid's blank row.
    ``words`` are what is meant of a text.
    """

    year: int
    entry: Key
    table: str = ""
    row: int = 0
    column: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """A row of the file: where it is shown, and the object it is in the snapshot."""

    place: Place
    record: Any


# the tables of what a municipality has whatever the year; plans hold for theirs
OF_PLANS: Final = ("plan", "goal", "objective")
OF_ALL_YEARS: Final = (
    *OF_PLANS,
    "administration",
    "signatory",
    "population",
    "personnel_status",
    "unit",
    "programme_entry",
    "sub_programme_entry",
    "picture",
)


def entry_of(holder: Target | SubProgramme) -> Key:
    """Return the entry whose form shows a target or sub-programme."""
    return ("target", holder.id) if isinstance(holder, Target) else ("sub_programme", holder.sub_programme)


def located(municipality: Municipality, year: int) -> dict[tuple[str, int], Located]:
    """Return where each row is shown, by table and row; ``year`` is that of what belongs to no year of its own."""
    found: dict[tuple[str, int], Located] = {}
    for entry, table, record in _shared(municipality):
        found[table, record.row] = Located(Place(year, entry, table, record.row), record)
    # what the administration has in a single row
    found["administration", 1] = Located(Place(year, COVER, "administration", 1), municipality.administration)
    for programme in municipality.programmes:
        for entry, table, record in _of_programme(programme):
            found[table, record.row] = Located(Place(programme.year, entry, table, record.row), record)
    return found


def _shared(municipality: Municipality) -> Iterator[tuple[Key, str, Any]]:
    administration = municipality.administration
    for table, records in (
        ("signatory", administration.signatories),
        ("population", administration.population),
        ("personnel_status", administration.personnel_statuses),
    ):
        for record in records:
            yield COVER, table, record
    for unit in municipality.units:
        yield UNITS, "unit", unit
    for entry in municipality.programme_list:
        yield PROGRAMME_LIST, "programme_entry", entry
        for sub in entry.sub_programmes:
            yield PROGRAMME_LIST, "sub_programme_entry", sub
    for picture in municipality.pictures:
        yield PICTURES, "picture", picture
    for plan in municipality.plans:
        yield GOALS, "plan", plan
        for goal in plan.goals:
            yield GOALS, "goal", goal
            for objective in goal.objectives:
                yield GOALS, "objective", objective


def _of_programme(programme: Programme) -> Iterator[tuple[Key, str, Any]]:
    yield LAYOUT, "programme", programme
    form = load_form(programme.form)
    holding = {part.holds: ("part", part.key) for part in form.outline if part.holds}
    for section in programme.sections:
        yield ("part", section.key), "section", section
        for block in section.blocks:
            yield ("part", section.key), "section_block", block
    for table in programme.resource_tables:
        entry = ("resource_table", str(table.row))
        yield entry, "resource_table", table
        for row in table.rows:
            yield entry, "resource_row", row
    for document in programme.policy_documents:
        yield holding["policy_documents"], "policy_document", document
    for line in programme.general_administration:
        yield holding["resource_need"], "general_administration", line
    for transfer in programme.transfers:
        yield holding["resource_need"], "transfer", transfer
    for other in programme.other_general_administration:
        yield holding["resource_need"], "other_general_administration", other
    for by_code in programme.appropriations.by_code:
        yield APPROPRIATIONS, "appropriation_by_code", by_code
    for by_unit in programme.appropriations.by_unit:
        yield APPROPRIATIONS, "appropriation_by_unit", by_unit
    yield from _of_holders(programme)


def _of_holders(programme: Programme) -> Iterator[tuple[Key, str, Any]]:
    for target in programme.targets:
        entry = entry_of(target)
        yield entry, "target", target
        yield from _held(entry, target)
    for sub in programme.sub_programmes:
        entry = entry_of(sub)
        yield entry, "sub_programme", sub
        for objective in sub.objectives:
            yield entry, "sub_programme_objective", objective
        yield from _held(entry, sub)


def _held(entry: Key, holder: Target | SubProgramme) -> Iterator[tuple[Key, str, Any]]:
    for indicator in holder.indicators:
        yield entry, "indicator", indicator
    for activity in holder.activities:
        yield entry, "activity", activity
    for sheet in holder.cost_sheets:
        yield entry, "cost_sheet", sheet
        for line in sheet.lines:
            yield entry, "cost_line", line
        for transfer in sheet.transfers:
            yield entry, "cost_transfer", transfer
        for other in sheet.other_amounts:
            yield entry, "cost_other_amount", other


def changed_column(before: object, after: object) -> str:
    """Return the first field in which two states of a row differ, or ""; of a resource table's row the cell's place."""
    if isinstance(before, ResourceRow) and isinstance(after, ResourceRow):
        pairs = zip_longest(before.cells, after.cells)
        return next((str(at) for at, (one, other) in enumerate(pairs) if one != other), "")
    for one in fields(after):  # type: ignore[arg-type] # rows are dataclasses
        if one.compare and getattr(before, one.name) != getattr(after, one.name):
            return one.name
    return ""
