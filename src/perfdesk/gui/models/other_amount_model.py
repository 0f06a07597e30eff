"""The grid of a cost sheet's amounts of other years: last year's budget and spending, the estimates to come."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject

from perfdesk.domain import turkish
from perfdesk.domain.costs import CostSheet
from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Activity
from perfdesk.gui.grid.table_model import Content, GridCell
from perfdesk.gui.models.record_model import Above, RecordColumn, RecordModel
from perfdesk.gui.refused import Row
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.editing import cost_sheets
from perfdesk.services.editing.fields import Choice
from perfdesk.tables.table import ColumnKind

_KEY: Final = "code"
_COLUMNS: Final = (
    RecordColumn("year", N_("Year"), ColumnKind.VALUE, 1),
    RecordColumn("kind", N_("Kind"), ColumnKind.TEXT, 2),
    RecordColumn(_KEY, N_("Economic code or source"), ColumnKind.TEXT, 4),
    RecordColumn("amount", N_("Amount (TL)"), ColumnKind.AMOUNT, 3),
)


class OtherAmountModel(RecordModel):
    """An amount stands under an economic code, under an off-budget source, or is not classified."""

    def __init__(
        self,
        session: Session,
        activity: Callable[[], Activity | None],
        sheet: Callable[[], CostSheet | None],
        new_sheet: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        self._activity = activity
        self._sheet = sheet
        super().__init__(session, "cost_other_amount", _COLUMNS, self._amounts, dict, parent)
        self._new_sheet = new_sheet

    def can_add(self) -> bool:
        """Whether there is an activity whose sheet can take one."""
        return True

    def rows_above(self) -> tuple[Row, ...]:
        """Return the activity: its sheet may be there only with the first row."""
        activity = self._activity()
        return (Row.of("activity", activity.row),) if activity is not None else ()

    def above_for_insert(self) -> Above:
        """Return the activity's sheet, which may have to be made first, and last year."""
        return {"cost_sheet": self._new_sheet(), "year": self.session.year - 1}

    def write(self, row: int, column: str, text: str) -> None:
        """Write a typed text as its field takes it."""
        if column == _KEY:
            cost_sheets.set_other_key(self.session.store, row, self._read(text))
        else:
            super().write(row, column, text)

    def choices(self, column: str) -> Sequence[Choice]:
        """Return the economic codes and off-budget sources, or the choices of a field."""
        if column == _KEY:
            return [Choice(name, turkish.fold(name)) for name in self._names().values()]
        return super().choices(column)

    def new_cells(self, content: Content) -> tuple[GridCell, ...]:
        """Return blank cells."""
        return tuple(GridCell(editable=True) for _column in content.columns)

    def _amounts(self) -> Sequence[Any]:
        sheet = self._sheet()
        return sheet.other_amounts if sheet else ()

    def _cell(self, column: RecordColumn, record: Any) -> GridCell:
        if column.key == _KEY:
            name = self._names().get(record.source or record.code or "", record.code or "")
            return GridCell(name, name, editable=True)
        return super()._cell(column, record)

    def _names(self) -> dict[str, str]:
        """Return what each key is called; "" is not classified."""
        form = self.session.known.form
        codes = {code: f"{code} {name}" for code, name in form.economic_codes.items()}
        return codes | {"": _("Not classified")} | dict(form.off_budget_sources)

    def _read(self, text: str) -> str:
        folded = turkish.fold(turkish.normalise(text))
        if not folded:
            return ""
        for key, name in self._names().items():
            if folded in (turkish.fold(name), key) or (key.isdigit() and folded == str(int(key))):
                return key
        raise UserError(
            N_("“{typed}” is neither an economic code nor an off-budget source. Choose one from the list."), typed=text
        )
