"""The grid of a target's indicators: texts and the values of three years."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject

from perfdesk.domain import turkish
from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import Indicator
from perfdesk.domain.value import implied_kind
from perfdesk.gui.cards.value_model import value_cell
from perfdesk.gui.holder_model import HolderModel, code_cell
from perfdesk.gui.session import Session
from perfdesk.gui.table_model import Content, GridCell, GridRow, Heading
from perfdesk.i18n import N_, _
from perfdesk.services import records, values
from perfdesk.services.fields import Choice
from perfdesk.tables.context import Context
from perfdesk.tables.performance_target import INDICATOR_COLUMNS
from perfdesk.tables.table import Column, ColumnKind

# every column the form knows, whatever the layout prints
_COLUMNS: Final[tuple[Column, ...]] = (
    *INDICATOR_COLUMNS["code"],
    *INDICATOR_COLUMNS["name"],
    # as wide as the units in use, so that there is room for names
    *(replace(column, kind=ColumnKind.CODE) for column in INDICATOR_COLUMNS["unit"]),
    *INDICATOR_COLUMNS["values"],
    *INDICATOR_COLUMNS["note"],
)
_WEIGHT: Final = Column("weight", N_("Weight"), ColumnKind.VALUE, 1)
_YEARS: Final = {"previous": -2, "current": -1, "target": 0}
_HEADS: Final = {
    "code": N_("Code"),
    "name": N_("Indicator"),
    "unit": N_("Unit"),
    "previous": N_("{year}\nrealised"),
    "current": N_("{year}\nestimate"),
    "target": N_("{year}\ntarget"),
    "note": N_("Explanation"),
    "weight": N_("Weight\n%"),
}


class IndicatorModel(HolderModel):
    """Göstergeler."""

    kind = "indicator"

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.show_weights = False

    def set_show_weights(self, show_weights: bool) -> None:
        """Show how much each indicator weighs in the target, or leave that to the card."""
        self.show_weights = show_weights
        self.refresh()

    def content(self) -> Content:
        """Return a row for each indicator."""
        ctx = self.session.context
        target = self.holder
        year = self.session.year
        columns = (*_COLUMNS[:-1], _WEIGHT, _COLUMNS[-1]) if self.show_weights else _COLUMNS
        heads = tuple(
            Heading(_(_HEADS[column.key]).format(year=year + _YEARS.get(column.key, 0))) for column in columns
        )
        if ctx is None or target is None:
            return Content(columns, heads)
        return Content(columns, heads, tuple(_row(ctx, columns, indicator) for indicator in target.indicators))

    def write(self, row: int, column: str, text: str) -> None:
        """Give a typed text or value to its service."""
        store, year = self.session.store, self.session.year
        if column in _YEARS:
            at = year + _YEARS[column]
            values.set_value(store, row, at, implied_kind(year, at), values.read_value(text))
        else:
            records.write(store, self.session.known, self.kind, row, column, text)

    def choices(self, column: str) -> list[Choice]:
        """Return the units of measure in use."""
        if column != "unit" or self.session.context is None:
            return []
        holders = self.session.context.programme.holders()
        used = {indicator.unit for holder in holders for indicator in holder.indicators if indicator.unit}
        return [Choice(unit, turkish.fold(unit)) for unit in sorted(used, key=turkish.sort_key)]


def _row(ctx: Context, columns: Sequence[Column], indicator: Indicator) -> GridRow:
    year = ctx.programme.year
    code = ctx.codes.indicators[indicator.id]
    weight = "" if indicator.weight is None else format_number(indicator.weight)
    cells = {
        "code": code_cell(ctx, "indicator", indicator.code, code),
        "name": _text(indicator.name),
        "unit": _text(indicator.unit),
        "note": _text(indicator.note),
        "weight": GridCell(weight, weight, indicator.weight, editable=True),
        **{key: value_cell(indicator.value(year, year + offset)) for key, offset in _YEARS.items()},
    }
    return GridRow(indicator.row, tuple(cells[column.key] for column in columns))


def _text(text: str) -> GridCell:
    return GridCell(text, text, editable=True)
