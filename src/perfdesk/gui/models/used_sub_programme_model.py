"""The grid of a year's sub-programmes: all of the list, which of them the year uses, and by which units."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal

from perfdesk.domain.numbers import format_number
from perfdesk.domain.plan import ProgrammeEntry, SubProgrammeEntry
from perfdesk.domain.programme import SubProgramme
from perfdesk.domain.programme_budget import programme_budget
from perfdesk.gui.grid.edit_model import EditModel
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading
from perfdesk.gui.refused import Anchor, Row
from perfdesk.i18n import N_, _
from perfdesk.services.editing import sub_programmes
from perfdesk.services.editing.fields import YES, Choice, Flag
from perfdesk.services.editing.units import SEPARATOR, read_units, unit_choices
from perfdesk.services.paste.ground import Reader
from perfdesk.services.programme_budgeting import Linked, linked
from perfdesk.tables.context import Context, coded
from perfdesk.tables.table import Column, ColumnKind

USED: Final = "used"
_UNITS: Final = "units"
_FLAG: Final = Flag("")
_COLUMNS: Final = (
    Column("name", N_("Sub-programme"), ColumnKind.TEXT, 4),
    Column(USED, N_("Used this year"), ColumnKind.FLAG, 1),
    Column(_UNITS, N_("Spending units"), ColumnKind.TEXT, 4),
    Column("objectives", N_("Objectives"), ColumnKind.VALUE, 1),
    Column("indicators", N_("Indicators"), ColumnKind.VALUE, 1),
    Column("activities", N_("Activities"), ColumnKind.VALUE, 1),
    Column("total", N_("Total (TL)"), ColumnKind.AMOUNT, 2),
)
_TIPS: Final = {
    USED: N_("Yes takes the sub-programme into the year; without it, what was entered in its form is deleted"),
    "objectives": N_("Its own objectives, which are entered in its form; they are not those of the strategic plan"),
    "indicators": N_("Its own and those of targets that measure its objectives"),
    "activities": N_("Its own and those of targets that belong to it"),
}


class UsedSubProgrammeModel(EditModel):
    """Yılın alt programları; a row's key is that of the entry in the list. ``said`` tells what was taken out."""

    kind = "sub_programme"
    said = Signal(str)

    def entries(self) -> list[tuple[ProgrammeEntry, SubProgrammeEntry]]:
        """Return the sub-programmes of the list, each with its programme."""
        return [(one, sub) for one in self.session.municipality.programme_list for sub in one.sub_programmes]

    def content(self) -> Content:
        """Return a row for each sub-programme of the list."""
        ctx = self.session.context
        heads = tuple(Heading(_(column.label), _(_TIPS.get(column.key, ""))) for column in _COLUMNS)
        if ctx is None:
            return Content(_COLUMNS, heads)
        uses = {use.sub_programme: use for use in ctx.programme.sub_programmes}
        known = linked(ctx.programme)
        budget = programme_budget(ctx.programme, ctx.ledger)
        rows = []
        for programme, sub in self.entries():
            need = budget.of(sub.id).get(budget.year)
            total = format_number(need.need.total, ctx.needed_places) if need and need.need.total else ""
            cells = (
                GridCell(coded(sub.code, sub.name), computed=True, tip=coded(programme.code, programme.name)),
                *_own(ctx, uses.get(sub.id)),
                *_counts(uses.get(sub.id), known.get(sub.id, Linked())),
                GridCell(total, computed=True),
            )
            rows.append(GridRow(sub.row, cells))
        return Content(_COLUMNS, heads, tuple(rows))

    def anchor(self, key: int) -> Anchor:
        """Return the entry of the list and the year: in another one the same entry has other cells."""
        ctx = self.session.context
        year = (Row.of("programme", ctx.programme.row),) if ctx is not None else ()
        return Anchor((Row.of("sub_programme_entry", key), *year))

    def write(self, row: int, column: str, text: str) -> None:
        """Take a sub-programme into the year or out of it, or give it units, with which it is in the year."""
        ctx, store = self.session.context, self.session.store
        assert ctx is not None
        if column == _UNITS:
            units = read_units(self.session.municipality.units, text)
            sub_programmes.use_with_units(store, ctx.programme.row, row, units)
        elif _FLAG.read(text, self.session.known):
            sub_programmes.use(store, ctx.programme.row, row)
        else:
            self._take_out(ctx, row)

    def reader(self, column: str, beside: str = "") -> Reader:
        """Return how a typed text of a column is read."""
        if column == USED:
            return lambda text: _FLAG.shown(text, self.session.known)
        return super().reader(column, beside)

    def choices(self, column: str) -> Sequence[Choice]:
        """Return yes and no, or the spending units."""
        if column == USED:
            return _FLAG.choices(self.session.known)
        return [Choice(*pair) for pair in unit_choices(self.session.municipality.units)] if column == _UNITS else ()

    def delete_row(self, row: int) -> None:
        """Take a sub-programme out of the year."""
        if self.session.context is not None:
            self._take_out(self.session.context, row)

    def move_row(self, at: int, by: int) -> None:
        """They stand in the order of the list."""

    def _take_out(self, ctx: Context, row: int) -> None:
        sub = next(sub for _programme, sub in self.entries() if sub.row == row)
        use = next((use for use in ctx.programme.sub_programmes if use.sub_programme == sub.id), None)
        sub_programmes.leave(self.session.store, ctx.programme.row, row)
        if use is not None and _holds_something(use):
            said = _("“{name}” was taken out with all that its form held; undo brings it back.")
            self.said.emit(said.format(name=coded(sub.code, sub.name)))


def _own(ctx: Context, use: SubProgramme | None) -> tuple[GridCell, GridCell]:
    """Return what can be changed here of a sub-programme."""
    if use is None:
        return GridCell(editable=True), GridCell(editable=True)
    names = ctx.unit_names(use.units)
    return (
        GridCell(_(YES), _(YES), editable=True),
        GridCell(", ".join(names), f"{SEPARATOR} ".join(names), editable=True),
    )


def _counts(use: SubProgramme | None, known: Linked) -> list[GridCell]:
    """Return how many objectives, indicators and activities there are."""
    numbers = (
        len(use.objectives) if use else 0,
        len(known.indicators) + (len(use.indicators) if use else 0),
        len(known.activities) + (len(use.activities) if use else 0),
    )
    return [GridCell(str(number) if number else "", computed=True) for number in numbers]


def _holds_something(use: SubProgramme) -> bool:
    return bool(use.description or use.units or use.objectives or use.indicators or use.activities)
