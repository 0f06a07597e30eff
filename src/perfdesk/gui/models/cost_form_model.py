"""The official form of an activity's cost, as table 2 prints it: a row for each code, every line to be typed in."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QObject

from perfdesk.domain.costs import OFF_BUDGET_SOURCES, UNCLASSIFIED, CostLine, CostSheet
from perfdesk.domain.money import ZERO
from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import Activity
from perfdesk.domain.totals import SheetNeed
from perfdesk.gui.grid.edit_model import EditModel
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading
from perfdesk.gui.refused import Anchor, Row
from perfdesk.gui.session import Session
from perfdesk.i18n import _
from perfdesk.services.editing import costing, fields, records
from perfdesk.tables.context import Context
from perfdesk.tables.cost_sheet import COLUMNS
from perfdesk.tables.table import Role

_NO_SHEET: Final = CostSheet(())
_AMOUNT: Final = "amount"
_TRANSFER: Final = "transfer"
# The keys of rows are whole numbers: for a code its number, beyond them what has no code, and beyond that what is a row
# of the file, with its row: the second and further lines of a code, and the transfers.
_UNCLASSIFIED: Final = 100
_SOURCES: Final = 200
_FURTHER: Final = 10**9
_TRANSFERS: Final = 2 * 10**9


class CostFormModel(EditModel):
    """Faaliyet maliyetleri tablosu of the activity in hand."""

    kind = "cost_line"

    def __init__(
        self, session: Session, activity: Callable[[], Activity | None], parent: QObject | None = None
    ) -> None:
        super().__init__(session, parent)
        self._activity = activity
        # what each row shows, by its key
        self._shown: dict[int, tuple[str, int]] = {}

    def content(self) -> Content:
        """Return the rows of table 2: codes, what is not classified, off-budget sources, transfers, and totals."""
        ctx, activity = self.session.context, self._activity()
        heads = tuple(Heading(ctx.labels[column.printed] if ctx else "") for column in COLUMNS)
        self._shown.clear()
        if ctx is None or activity is None:
            return Content(COLUMNS, heads)
        return Content(COLUMNS, heads, tuple(self._rows(ctx, self.sheet() or _NO_SHEET)))

    def anchor(self, key: int) -> Anchor:
        """Return the activity and the code; of several lines of a code, and of transfers, each its own row."""
        activity = self._activity()
        kind, at = self._shown.get(key, ("", 0))
        if at:
            return Anchor((Row.of("cost_transfer" if kind == _TRANSFER else self.kind, at),))
        return Anchor((Row.of("activity", activity.row),) if activity is not None else (), key)

    def write(self, row: int, column: str, text: str) -> None:
        """Give an amount to its service."""
        del column
        store, activity = self.session.store, self._activity()
        assert activity is not None
        kind, at = self._shown[row]
        if kind == _TRANSFER:
            records.write(store, self.session.known, "cost_transfer", at, _AMOUNT, text)
        elif at:
            costing.set_line(store, at, fields.read_amount(text))
        else:
            costing.set_cost(store, activity.row, kind, fields.read_amount(text))

    def delete_row(self, row: int) -> None:
        """Take the amount of a row away; the rows are those of the form."""
        self.write(row, _AMOUNT, "")

    def move_row(self, at: int, by: int) -> None:
        """The form has its own order."""

    def key_of(self, column: str) -> int:
        """Return the first row that shows what a column of the grid of activities adds up."""
        wanted = "" if column == UNCLASSIFIED else column
        return next((row for row, (kind, _at) in self._shown.items() if kind == wanted), -1)

    def column_shown(self, row: int) -> str:
        """Return the column of the grid of activities in which a row's amount is added up."""
        kind = self._shown.get(row, ("total", 0))[0]
        return {"": UNCLASSIFIED, _TRANSFER: "total"}.get(kind, kind)

    def sheet(self) -> CostSheet | None:
        """The cost sheet of the activity in hand, if it has one."""
        ctx, activity = self.session.context, self._activity()
        if ctx is None or activity is None:
            return None
        return ctx.programme.sheet_of(activity.id)

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _rows(self, ctx: Context, sheet: CostSheet) -> Iterator[GridRow]:
        places = ctx.needed_places
        sums, labels = ctx.ledger.of_sheet(sheet), ctx.labels
        for code, name in ctx.layout.form.economic_codes.items():
            yield from self._lines(sheet, code, code, name, places)
        yield from self._lines(sheet, None, "", _("Not classified"), places)
        yield _total("budget_total", labels["cost.budget_total"], sums.need.budget, places)
        yield from self._sources(ctx, sums, places)
        yield _total("off_budget_total", labels["cost.off_budget_total"], sums.need.off_budget, places)
        yield _total("grand_total", labels["cost.grand_total"], sums.need.total, places, Role.TOTAL)
        if sheet.transfers:
            yield _total("transfers", labels["cost.transfers"], None, places)
            for transfer in sheet.transfers:
                key = _TRANSFERS + transfer.row
                self._shown[key] = (_TRANSFER, transfer.row)
                yield _detail(key, transfer.code, transfer.recipient, transfer.amount, places)
            yield _total("transfers_total", labels["cost.transfers_total"], sums.transfers, places)

    def _lines(self, sheet: CostSheet, code: str | None, shown: str, name: str, places: int) -> Iterator[GridRow]:
        """Yield a row for each line of a code; a code without any has one to type in."""
        lines = [line for line in sheet.lines if line.code == code] or [CostLine(code, ZERO)]
        first = _UNCLASSIFIED if code is None else int(code)
        for n, line in enumerate(lines):
            key = _FURTHER + line.row if n else first
            self._shown[key] = (code or "", line.row if len(lines) > 1 else 0)
            yield _detail(key, shown, name, line.amount, places)

    def _sources(self, ctx: Context, sums: SheetNeed, places: int) -> Iterator[GridRow]:
        for n, source in enumerate(OFF_BUDGET_SOURCES):
            key = _SOURCES + n
            self._shown[key] = (source, 0)
            name = ctx.layout.form.off_budget_sources[source]
            yield _detail(key, "", name, sums.by_source.get(source, ZERO), places)


def _detail(key: int, code: str, name: str, amount: Decimal, places: int) -> GridRow:
    text = format_number(amount, places) if amount else ""
    edit = format_number(amount) if amount else ""
    cells = (GridCell(code, computed=True), GridCell(name, computed=True), GridCell(text, edit, amount, editable=True))
    return GridRow(key, cells)


def _total(key: str, name: str, amount: Decimal | None, places: int, role: Role = Role.SUBTOTAL) -> GridRow:
    text = "" if amount is None else format_number(amount, places)
    return GridRow(key, (GridCell(computed=True), GridCell(name, computed=True), GridCell(text, number=amount)), role)
