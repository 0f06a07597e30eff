"""The grid of all values an indicator has: a row for each year, a column for each kind."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject

from perfdesk.domain.programme import Indicator
from perfdesk.domain.value import BLANK, Value, ValueKind, implied_kind
from perfdesk.gui.grid.edit_model import EditModel
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading
from perfdesk.gui.refused import Anchor, Row
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.editing import records, values
from perfdesk.services.paste.ground import Reader
from perfdesk.tables.table import Column, ColumnKind

# years before and after the programme's own that are always offered
_BEFORE: Final = 3
_AFTER: Final = 3
_HEADS: Final = {
    ValueKind.REALISED: N_("Realised"),
    ValueKind.PLANNED: N_("Planned"),
    ValueKind.ESTIMATE: N_("Year-end estimate"),
    ValueKind.TARGET: N_("Target value"),
    ValueKind.FORECAST: N_("Forecast"),
}
_COLUMNS: Final = (
    Column("year", N_("Year"), ColumnKind.CODE, 1),
    *(Column(kind.value, head, ColumnKind.VALUE, 2) for kind, head in _HEADS.items()),
)


class ValueModel(EditModel):
    """Göstergenin bütün değerleri; a row's key is its year."""

    kind = "indicator_value"

    def __init__(
        self, session: Session, indicator: Callable[[], Indicator | None], parent: QObject | None = None
    ) -> None:
        super().__init__(session, parent)
        self._indicator = indicator

    def content(self) -> Content:
        """Return a row for each year that has a value, and for the years around the programme's."""
        heads = tuple(Heading(_(column.label)) for column in _COLUMNS)
        indicator = self._indicator()
        if indicator is None:
            return Content(_COLUMNS, heads)
        now = self.session.year
        years = {year for year, _kind in indicator.values} | set(range(now - _BEFORE, now + _AFTER + 1))
        return Content(_COLUMNS, heads, tuple(self._row(indicator, year) for year in sorted(years)))

    def anchor(self, key: int) -> Anchor:
        """Return the indicator, and the year."""
        indicator = self._indicator()
        return Anchor((Row.of("indicator", indicator.row),) if indicator is not None else (), key)

    def write(self, row: int, column: str, text: str) -> None:
        """Change the value of a year and kind."""
        indicator = self._indicator()
        assert indicator is not None
        value = values.read_value(text, indicator.unit)
        values.set_value(self.session.store, indicator.row, row, ValueKind(column), value)

    def reader(self, column: str, beside: str = "") -> Reader:
        """Return how a typed text of a column is read."""
        indicator = self._indicator()
        if indicator is None:
            return super().reader(column, beside)
        return lambda text: values.read_value(text, indicator.unit).display()

    def delete_row(self, row: int) -> None:
        """Clear all values of a year."""
        indicator = self._indicator()
        if indicator is not None:
            store = self.session.store
            clear = [
                partial(values.set_value, store, indicator.row, year, kind, BLANK)
                for year, kind in indicator.values
                if year == row
            ]
            records.together(store, N_("value of an indicator"), clear)

    def move_row(self, at: int, by: int) -> None:
        """Years keep their order."""

    def _row(self, indicator: Indicator, year: int) -> GridRow:
        shown = implied_kind(self.session.year, year)
        cells = [GridCell(str(year), computed=True)]
        for kind in _HEADS:
            tip = _("This value stands in the book.") if kind is shown and -2 <= year - self.session.year <= 0 else ""
            cells.append(value_cell(indicator.values.get((year, kind), BLANK), tip))
        return GridRow(year, tuple(cells))


def value_cell(value: Value, tip: str = "") -> GridCell:
    """Return the cell of a value; a text is typed with its apostrophe."""
    shown = value.display()
    return GridCell(
        shown, f"{values.TEXT_MARK}{value.text}" if value.text else shown, value.number, editable=True, tip=tip
    )
