"""Where a finding is mended: its place among the forms."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Final

from perfdesk.checks import appropriations, taken_over
from perfdesk.checks import finding as kinds
from perfdesk.checks.catalogue import RULES
from perfdesk.checks.finding import Finding, Where
from perfdesk.checks.results import DEBTS
from perfdesk.checks.scene import SUB_PROGRAMMES
from perfdesk.domain.value import YEAR_COLUMNS
from perfdesk.services.places import APPROPRIATIONS, COVER, GOALS, TARGETS, UNITS, Key, Place, entry_of
from perfdesk.tables.context import Context

_VALUES: Final = "values."
_ROWS: Final = "rows."
_NAME: Final = "name"
_AMOUNT: Final = "amount"
# where a cost is typed that is missing altogether
_FIRST_CODE: Final = "01"
_SIGNATORIES: Final = "signatories."
_POLICIES: Final = "policy_documents"
_BLOCKS: Final = "blocks"
_NOTE: Final = "note"
_OBJECTIVES: Final = "objectives"
_GENERAL: Final = "general_administration"
# the forms of what there is once for all years, by the kind of place, which is their table's name, too
_SHARED: Final[Mapping[str, Key]] = {
    kinds.ADMINISTRATION: COVER,
    kinds.UNIT: UNITS,
    kinds.PLAN: GOALS,
    kinds.GOAL: GOALS,
    kinds.OBJECTIVE: GOALS,
}


class FindingPlaces:
    """Knows the places of a programme's findings."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._year = ctx.programme.year
        self._parts: dict[str, Key] = {part.holds: ("part", part.key) for part in ctx.layout.form.outline if part.holds}
        # indicators and activities by their ids: the entry that holds them, and their row
        self._indicators: dict[str, tuple[Key, int]] = {}
        self._activities: dict[str, tuple[Key, int]] = {}
        for holder in ctx.programme.holders():
            entry = entry_of(holder)
            self._indicators.update((one.id, (entry, one.row)) for one in holder.indicators)
            self._activities.update((one.id, (entry, one.row)) for one in holder.activities)

    def of(self, finding: Finding) -> Place | None:
        """Return the place where a finding is mended; None where no form shows it yet."""
        if RULES[finding.rule].is_of_results:
            # one that stands for all of them is about the programme, which is no help either
            return None
        place = self._of(finding.where)
        if place is not None and finding.rule == taken_over.NAMES_LAST_YEAR:
            # the year, to be typed over
            return dataclasses.replace(place, words=finding.facts["last"])
        return place

    def _of(self, where: Where) -> Place | None:
        match where.kind:
            case kinds.ADMINISTRATION if where.field.startswith(_SIGNATORIES):
                return self._signatory(where.field.removeprefix(_SIGNATORIES))
            case kind if kind in _SHARED:
                return Place(self._year, _SHARED[kind], kind, where.row, where.field)
            case kinds.PROGRAMME:
                return self._of_programme(where)
            case kinds.ACCOUNT:
                return self._appropriation(where) if where.id == appropriations.APPROPRIATIONS else None
            case _:
                return self._of_part(where)

    def _signatory(self, role: str) -> Place:
        """Return the name of who signs in an office; where the office is not in the list, that of the blank row."""
        listed = self._ctx.municipality.administration.signatories
        row = next((one.row for one in listed if one.role == role), 0)
        return Place(self._year, COVER, "signatory", row, _NAME if row else "role")

    def _of_part(self, where: Where) -> Place | None:
        match where.kind:
            case kinds.TARGET:
                return Place(self._year, ("target", where.id), kinds.TARGET, where.row, where.field)
            case kinds.INDICATOR:
                return self._held(self._indicators, kinds.INDICATOR, where.id, self._column(where.field))
            case kinds.COST_SHEET if where.field == _NOTE:
                return self._sheet_note(where)
            case kinds.ACTIVITY | kinds.COST_SHEET:
                column = _FIRST_CODE if where.field == "cost" else where.field or _NAME
                return self._held(self._activities, kinds.ACTIVITY, where.id, column)
            case kinds.RESOURCE_TABLE:
                return self._in_table(where)
            case kinds.SECTION:
                return self._in_section(where)
        return None

    def _in_section(self, where: Where) -> Place:
        """Return a block of a text and the column meant, or the text; or a policy document, which a section holds."""
        field, _dot, column = where.field.partition(".")
        if field == _POLICIES:
            return Place(self._year, self._parts[_POLICIES], "policy_document", where.row, column or "document")
        table = "section_block" if field == _BLOCKS else "section"
        return Place(self._year, ("part", where.id), table, where.row, column)

    def _in_table(self, where: Where) -> Place:
        """Return the cell of a resource table, which findings know by its number from 1, or the table itself."""
        table = self._ctx.programme.resource_tables[int(where.id) - 1]
        entry = ("resource_table", str(table.row))
        if not where.field.startswith(_ROWS):
            return Place(self._year, entry, "resource_table", table.row, where.field)
        _row, _dot, column = where.field.removeprefix(_ROWS).partition(".")
        return Place(self._year, entry, "resource_row", where.row, str(int(column) - 1))

    def _of_programme(self, where: Where) -> Place | None:
        if where.field.startswith(SUB_PROGRAMMES):
            return self._of_sub_programme(where)
        if where.field == _GENERAL:
            row = next((line.row for line in self._ctx.programme.general_administration), 0)
            return Place(self._year, self._parts["resource_need"], _GENERAL, row, _AMOUNT)
        if where.field == DEBTS:
            return None
        # what nearly all targets lack
        return Place(self._year, TARGETS)

    def _of_sub_programme(self, where: Where) -> Place:
        """Return the form of a sub-programme, or what is meant there; ids may hold full stops, columns do not."""
        path = where.field.removeprefix(SUB_PROGRAMMES)
        used = {sub.sub_programme for sub in self._ctx.programme.sub_programmes}
        id_, _dot, column = (path, "", "") if path in used else path.rpartition(".")
        entry = ("sub_programme", id_)
        if column == _OBJECTIVES:
            # without a row where there is no objective yet
            return Place(self._year, entry, "sub_programme_objective", where.row, "title" if where.row else "")
        return Place(self._year, entry, "sub_programme", where.row, column)

    def _sheet_note(self, where: Where) -> Place | None:
        place = self._held(self._activities, kinds.COST_SHEET, where.id, _NOTE)
        return dataclasses.replace(place, row=where.row) if place is not None else None

    def _appropriation(self, where: Where) -> Place:
        entered = self._ctx.programme.appropriations
        by, _dot, key = where.field.partition(".")
        rows: Iterable[tuple[str, int]] = (
            ((one.unit, one.row) for one in entered.by_unit)
            if by == "by_unit"
            else ((one.code, one.row) for one in entered.by_code)
        )
        row = next((row for name, row in rows if name == key), 0)
        return Place(self._year, APPROPRIATIONS, f"appropriation_{by}" if row else "", row, _AMOUNT if row else "")

    def _held(self, among: Mapping[str, tuple[Key, int]], table: str, id_: str, column: str) -> Place | None:
        if id_ not in among:
            return None
        entry, row = among[id_]
        return Place(self._year, entry, table, row, column)

    def _column(self, field: str) -> str:
        """Return the column of an indicator's form that shows a field; years stand in theirs."""
        if not field.startswith(_VALUES):
            return field or _NAME
        offset = int(field.removeprefix(_VALUES)) - self._year
        return next((key for key, own in YEAR_COLUMNS.items() if own == offset), _NAME)
