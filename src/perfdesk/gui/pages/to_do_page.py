"""What is left to do in the year's programme: a list whose lines lead to where each thing is done."""

from typing import Final

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading, TableModel
from perfdesk.gui.grid.table_view import TableView
from perfdesk.gui.pages.page import Page
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.book.left_to_do import ToDo, left_to_do
from perfdesk.tables.table import Column, ColumnKind

_COLUMNS: Final = (
    Column("what", N_("What is to be done"), ColumnKind.TEXT, 4),
    Column("where", N_("Where"), ColumnKind.TEXT, 5),
    Column("which", N_("Which"), ColumnKind.TEXT, 6),
)


class ToDoPage(Page):
    """Yapılacaklar."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.items = TableModel(self)
        self.list = TableView()
        self.list.setAccessibleName(_("What is left to do"))
        self.list.setModel(self.items)
        # a line has nothing to type into: Enter goes there, and so does a click
        self.list.activated.connect(self._go)
        self.list.clicked.connect(self._go)
        self.body.addWidget(self.list)

    def refresh(self) -> None:
        """Show what is left in the snapshot of now."""
        super().refresh()
        ctx = self.session.context
        found = left_to_do(ctx) if ctx is not None else []
        rows = tuple(GridRow(item, tuple(map(GridCell, (item.what, item.where, item.which)))) for item in found)
        self.items.show(Content(_COLUMNS, tuple(Heading(_(column.label)) for column in _COLUMNS), rows))
        self.list.setVisible(bool(rows))
        self.say(self._note(len(found)))

    def _note(self, count: int) -> str:
        if not count:
            return _("Nothing is left to do that the program could find.")
        return _(
            "{count} things in the programme of {year}. Enter or a click goes to where it is done; what is done leaves "
            "the list by itself."
        ).format(count=count, year=self.session.year)

    def _go(self, index: QModelIndex) -> None:
        item = self.items.rows[index.row()].key if index.isValid() else None
        if isinstance(item, ToDo):
            self.place_wanted.emit(item.place)
