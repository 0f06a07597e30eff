"""The grid of a target's indicators: texts and the values of three years."""

from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.programme import Indicator
from perfdesk.domain.value import Value, implied_kind
from perfdesk.gui.edit_model import Choice, EditModel
from perfdesk.gui.table_model import Content, GridCell, GridRow, Heading
from perfdesk.i18n import N_, _
from perfdesk.services import editing
from perfdesk.tables.context import Context
from perfdesk.tables.performance_target import INDICATOR_COLUMNS
from perfdesk.tables.table import Column

# every column the form knows, whatever the layout prints
_COLUMNS: Final[tuple[Column, ...]] = tuple(
    column for name in ("code", "name", "unit", "values", "note") for column in INDICATOR_COLUMNS[name]
)
_YEARS: Final = {"previous": -2, "current": -1, "target": 0}
_HEADS: Final = {
    "code": N_("Code"),
    "name": N_("Indicator"),
    "unit": N_("Unit"),
    "previous": N_("{year}\nrealised"),
    "current": N_("{year}\nestimate"),
    "target": N_("{year}\ntarget"),
    "note": N_("Explanation"),
}


class IndicatorModel(EditModel):
    """Göstergeler."""

    kind = "indicator"

    def content(self) -> Content:
        """Return a row for each indicator."""
        ctx = self.session.context
        target = self.session.target(self.target_id)
        year = self.session.year
        heads = tuple(
            Heading(_(_HEADS[column.key]).format(year=year + _YEARS.get(column.key, 0))) for column in _COLUMNS
        )
        if ctx is None or target is None:
            return Content(_COLUMNS, heads)
        return Content(_COLUMNS, heads, tuple(_row(ctx, indicator) for indicator in target.indicators))

    def write(self, row: int, column: str, text: str) -> None:
        """Give a typed text or value to its service."""
        store, year = self.session.store, self.session.year
        if column in _YEARS:
            at = year + _YEARS[column]
            editing.set_value(store, row, at, implied_kind(year, at), editing.read_value(text))
        else:
            editing.set_text(store, self.kind, row, column, text)

    def choices(self, column: str) -> list[Choice]:
        """Return the units of measure in use."""
        if column != "unit" or self.session.context is None:
            return []
        holders = self.session.context.programme.holders()
        used = {indicator.unit for holder in holders for indicator in holder.indicators if indicator.unit}
        return [Choice(unit, turkish.fold(unit)) for unit in sorted(used, key=turkish.sort_key)]


def _row(ctx: Context, indicator: Indicator) -> GridRow:
    year = ctx.programme.year
    code = ctx.codes.indicators[indicator.id]
    cells = {
        "code": GridCell(code, computed=True),
        "name": _text(indicator.name),
        "unit": _text(indicator.unit),
        "note": _text(indicator.note),
        **{key: _value(indicator.value(year, year + offset)) for key, offset in _YEARS.items()},
    }
    return GridRow(indicator.row, tuple(cells[column.key] for column in _COLUMNS))


def _text(text: str) -> GridCell:
    return GridCell(text, text, editable=True)


def _value(value: Value) -> GridCell:
    edit = f"{editing.TEXT_MARK}{value.text}" if value.text else value.display()
    return GridCell(value.display(), edit, value.number, editable=True)
