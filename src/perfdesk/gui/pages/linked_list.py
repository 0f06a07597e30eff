"""What targets have linked with a sub-programme: its indicators and activities that are entered in their forms."""

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import SubProgramme
from perfdesk.domain.programme_budget import programme_budget
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading, TableModel
from perfdesk.gui.grid.table_view import TableView
from perfdesk.gui.headings import make_heading
from perfdesk.i18n import N_, _
from perfdesk.services.places import Place, entry_of
from perfdesk.services.programme_budgeting import Holder, Linked, linked
from perfdesk.tables.context import Context, coded
from perfdesk.tables.table import Column, ColumnKind

_COLUMNS: Final = (
    Column("what", N_("Kind"), ColumnKind.TEXT, 1.5),
    Column("name", N_("Name"), ColumnKind.TEXT, 6),
    Column("where", N_("Entered under"), ColumnKind.TEXT, 5),
    Column("value", N_("Target or budget of {year}"), ColumnKind.VALUE, 2),
    Column("unit", N_("Unit"), ColumnKind.CODE, 1),
)


class LinkedList(QWidget):
    """Shows them; ``place_wanted`` carries where one is entered, on Enter or a double click."""

    place_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = QLabel(_("Linked from performance tar&gets"))
        heading.setWordWrap(True)
        make_heading(heading, 1.05)
        self.model = TableModel(self)
        self.view = TableView()
        self.view.setAccessibleName(_("Linked from performance targets"))
        self.view.setToolTip(_("Enter goes to where it is entered."))
        self.view.setModel(self.model)
        self.view.activated.connect(self._go)
        heading.setBuddy(self.view)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(heading)
        column.addWidget(self.view)

    def show_linked(self, ctx: Context | None, sub: SubProgramme | None) -> None:
        """Show what is linked with a sub-programme of the year; nothing where there is none."""
        found = linked(ctx.programme).get(sub.sub_programme, Linked()) if ctx is not None and sub is not None else None
        is_shown = found is not None and bool(found.indicators or found.activities)
        self.setVisible(is_shown)
        if ctx is None or sub is None or found is None or not is_shown:
            return
        year = ctx.programme.year
        heads = tuple(Heading(_(column.label).format(year=year)) for column in _COLUMNS)
        costs = _costs(ctx, sub)
        rows = []
        for holder, indicator in found.indicators:
            place = Place(year, entry_of(holder), "indicator", indicator.row, "name")
            name = coded(ctx.codes.indicators[indicator.id], indicator.name)
            value = (indicator.value(year, year).display(), indicator.unit)
            rows.append(_row(ctx, place, (_("Indicator"), name), holder, value))
        for holder, activity in found.activities:
            place = Place(year, entry_of(holder), "activity", activity.row, "name")
            amount = costs.get(activity.id, "")
            value = (amount, _("TL") if amount else "")
            rows.append(_row(ctx, place, (_("Activity"), ctx.activity_name(activity)), holder, value))
        self.model.show(Content(_COLUMNS, heads, tuple(rows)))

    def _go(self, index: QModelIndex) -> None:
        place = self.model.rows[index.row()].key if index.isValid() else None
        if isinstance(place, Place):
            self.place_wanted.emit(place)


def _row(ctx: Context, place: Place, said: tuple[str, str], holder: Holder, value: tuple[str, str]) -> GridRow:
    texts = (*said, coded(*ctx.holder_name(holder)), *value)
    return GridRow(place, tuple(GridCell(text, text, computed=True) for text in texts))


def _costs(ctx: Context, sub: SubProgramme) -> dict[str, str]:
    """Return the year's budget by activity; of several with a common cost it stands with the first."""
    budget = programme_budget(ctx.programme, ctx.ledger)
    known = ((entry.key, entry.amounts.get(budget.year)) for entry in budget.entries.get(sub.sub_programme, ()))
    return {key: format_number(own.need.total, ctx.needed_places) for key, own in known if own is not None}
