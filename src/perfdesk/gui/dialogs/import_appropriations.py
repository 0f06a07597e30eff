"""The budget's appropriations from a sheet: shows how each row was read, before they are taken over."""

from decimal import Decimal
from pathlib import Path
from typing import Final

from perfdesk.domain.errors import UserError
from perfdesk.domain.money import total
from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import Programme
from perfdesk.gui.dialogs.import_sheet import ImportSheet, become, grid_rows, with_left
from perfdesk.gui.grid.table_model import GridCell, GridRow
from perfdesk.gui.refused import refusal
from perfdesk.i18n import N_, _
from perfdesk.services.files import appropriation_lists
from perfdesk.services.files.appropriation_lists import Line, Preview
from perfdesk.services.files.appropriation_sheets import Sheet
from perfdesk.services.files.sheet_state import State
from perfdesk.tables.table import Column, ColumnKind, Role

_TAKEN: Final = (State.NEW, State.CHANGED, State.SAME)


class ImportAppropriations(ImportSheet):
    """Shows the appropriations of a sheet."""

    name = N_("Take the appropriations from a file")
    caption = N_("Choose the sheet with the budget's appropriations")
    asked = N_(
        "The first sheet of a workbook (.xlsx) or a CSV file is read. One row heads the columns: the economic code "
        "or the spending unit, and the appropriation. Both lists may stand below each other, or in one table with "
        "the units in its rows and the codes in its columns. Titles may stand above it."
    )
    unchanged = N_("The appropriations are as in this file already; nothing was changed.")
    columns = (
        Column("row", N_("Row"), ColumnKind.CODE, 1),
        Column("said", N_("In the sheet"), ColumnKind.TEXT, 3),
        Column("name", N_("Read as"), ColumnKind.TEXT, 3),
        Column("amount", N_("Appropriation"), ColumnKind.AMOUNT, 2),
        Column("what", N_("What it is to the list"), ColumnKind.TEXT, 5),
    )
    topic = "appropriations"

    _sheet: Sheet | None = None
    _told: Preview | None = None

    def _programme(self) -> Programme:
        ctx = self._session.context
        if ctx is None:
            raise UserError(N_("The file holds no programme yet."))
        return ctx.programme

    def read(self, source: Path) -> tuple[str, tuple[GridRow, ...]]:
        """Read the appropriations of a sheet."""
        self._sheet = self._told = None
        programme, known = self._programme(), self._session.known
        sheet = appropriation_lists.read(source, known, programme.year)
        told = appropriation_lists.preview(known, programme, sheet)
        self._sheet, self._told = sheet, told
        return _said(source, told), grid_rows(told.lines, _cells, _role)

    def takes(self) -> bool:
        """Whether there is any appropriation."""
        return self._told is not None and self._told.count(*_TAKEN) > 0

    def take_over(self) -> str:
        """Make the appropriations those of the year."""
        if self._sheet is None or self._told is None:
            return _(self.unchanged)
        appropriation_lists.take_over(self._session.store, self._session.known, self._programme(), self._sheet)
        said = _("Budget appropriations: {added} added, {changed} changed. Ctrl+Z takes it back.")
        return said.format(added=self._told.count(State.NEW), changed=self._told.count(State.CHANGED))

    def left_out(self) -> str:
        """Say how many rows were not taken: the window that marked them is closed by then."""
        if self._told is None or not self._told.unread:
            return ""
        return _("Rows that could not be read and were not taken: {count}.").format(count=self._told.unread)


def _said(source: Path, told: Preview) -> str:
    """Say what a sheet would do."""
    lists = [
        text.format(count=len(taken), amount=format_number(total(line.amount or Decimal(0) for line in taken), 2))
        for text, lines in (
            (_("{count} economic codes, together {amount} TL"), told.by_code),
            (_("{count} spending units, together {amount} TL"), told.by_unit),
        )
        if (taken := [line for line in lines if line.state in _TAKEN])
    ]
    new, changed = told.count(State.NEW), told.count(State.CHANGED)
    counts = _("{new} new, {changed} changed").format(new=new, changed=changed)
    said = f"“{source.name}”: {'; '.join([*lists, counts])}."
    wrong = told.count(State.WRONG)
    if wrong:
        marked = _("{count} rows are to be looked at; they are marked with “!”.").format(count=wrong)
        said = f"{said} {marked}"
    return with_left(said, told.left)


def _cells(line: Line) -> tuple[GridCell, ...]:
    amount = "" if line.amount is None else format_number(line.amount, 2)
    texts = (_rows(line), line.said, line.name, amount, _what(line))
    # what is not taken over stands back
    return tuple(GridCell(text, text, computed=line.state is State.NOT_TAKEN) for text in texts)


def _rows(line: Line) -> str:
    first, last = line.rows[0], line.rows[-1]
    return str(first) if first == last else f"{first}–{last}"


def _role(line: Line) -> Role:
    return Role.SUBTOTAL if line.state is State.WRONG else Role.DETAIL


def _what(line: Line) -> str:
    if line.state not in _TAKEN:
        return refusal(line.why) if line.state is State.WRONG else line.why
    before = "" if line.before is None else format_number(line.before, 2)
    said = become(line.state, before)
    if len(line.rows) > 1:
        said = _("{said}; the sum of {count} rows").format(said=said, count=len(line.rows))
    return said
