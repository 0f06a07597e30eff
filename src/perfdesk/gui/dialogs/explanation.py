"""The list of what an amount of tables 3 and 4 is made of; each part leads to where it is entered."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QDialog, QWidget

from perfdesk.gui.forms.ui_explanation import Ui_Explanation
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading, TableModel
from perfdesk.gui.headings import make_heading, make_quiet
from perfdesk.gui.help.offer import offer_help
from perfdesk.i18n import N_, _
from perfdesk.services import explaining
from perfdesk.tables.table import Column, ColumnKind, Role

_COLUMNS: Final = (
    Column("above", N_("Where it is entered"), ColumnKind.TEXT, 4),
    Column("name", N_("What for"), ColumnKind.TEXT, 5),
    Column("units", N_("Responsible units"), ColumnKind.TEXT, 3),
    Column("amount", N_("Amount (TL)"), ColumnKind.AMOUNT, 2),
)


class ExplanationDialog(QDialog):
    """Shows an explanation; ``entry_wanted`` carries the key of the entry to turn to."""

    entry_wanted = Signal(object)

    def __init__(
        self, shown: explaining.Explanation, money: Callable[[Decimal], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = ui = Ui_Explanation()
        ui.setupUi(self)
        offer_help(self, "resource_need")
        self._parts = shown.parts
        name = shown.row.replace("\n", "; ")
        heading = f"{name} · {shown.column}" if shown.column else name
        ui.heading.setText(f"{heading}: {money(shown.amount)}")
        make_heading(ui.heading, 1.1)
        make_quiet(ui.note)
        self.model = TableModel(self)
        ui.parts.setModel(self.model)
        ui.parts.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        ui.parts.activated.connect(self._go)
        heads = tuple(Heading(_(column.label)) for column in _COLUMNS)
        rows = [
            GridRow(
                n, (*map(_text, (part.above, part.name, part.units)), GridCell(money(part.amount), "", part.amount))
            )
            for n, part in enumerate(shown.parts)
        ]
        total = (_text(_("Total")), _text(""), _text(""), GridCell(money(shown.amount), "", shown.amount))
        self.model.show(Content(_COLUMNS, heads, (*rows, GridRow("total", total, Role.TOTAL))))
        ui.parts.setFocus()
        ui.parts.setCurrentIndex(self.model.index(0, 0))

    def _go(self, index: QModelIndex) -> None:
        if index.row() < len(self._parts):
            self.accept()
            self.entry_wanted.emit(self._parts[index.row()].entry)


def _text(text: str) -> GridCell:
    return GridCell(text, text)
