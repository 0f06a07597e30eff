"""The form of a part that holds resource tables: which there are, new ones, and the part's text."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy

from perfdesk.domain.resources import ResourceTable
from perfdesk.gui.dialogs.choose_table import ChooseTable, add_table, has_kinds
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading, TableModel
from perfdesk.gui.grid.table_view import TableView
from perfdesk.gui.headings import make_heading
from perfdesk.gui.pages.section_page import SectionPage
from perfdesk.i18n import N_, _
from perfdesk.services.outline import tables_of
from perfdesk.tables.catalogue import own_name
from perfdesk.tables.context import Context
from perfdesk.tables.table import Column, ColumnKind

_CAPTION, _ROWS = "caption", "rows"
_COLUMNS = (Column(_CAPTION, N_("Table"), ColumnKind.TEXT, 8), Column(_ROWS, N_("Rows"), ColumnKind.VALUE, 1))


class ResourcesPage(SectionPage):
    """Kaynak tabloları."""

    def add_own_content(self) -> None:
        """Put the list of tables above the text."""
        heading = QLabel(_("Resource tab&les"))
        heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        make_heading(heading, 1.05)
        self.add = QPushButton(_("&New table…"))
        self.add.setEnabled(not self.session.read_only)
        self.add.clicked.connect(lambda _checked=False: self.choose_table())
        head = QHBoxLayout()
        head.addWidget(heading)
        head.addWidget(self.add)
        self.tables = TableModel(self)
        self.list = TableView()
        self.list.setAccessibleName(_("Resource tables"))
        self.list.setModel(self.tables)
        self.list.activated.connect(self._go)
        heading.setBuddy(self.list)
        self.body.addLayout(head)
        self.body.addWidget(self.list)

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        ctx, part = self.session.context, self.part
        tables = tables_of(ctx, part) if ctx and part else []
        rows = tuple(
            GridRow(
                table.row,
                (
                    GridCell(_name(ctx, table)),
                    GridCell(str(len(table.rows)), computed=True),
                ),
            )
            for table in tables
        )
        self.tables.show(Content(_COLUMNS, tuple(Heading(_(column.label)) for column in _COLUMNS), rows))
        self.list.setVisible(bool(rows))

    def note(self) -> str:
        """Say what belongs here while nothing is there."""
        return "" if self._tables() else _("Buildings, vehicles, equipment, staff: each table is added here.")

    def _tables(self) -> list[ResourceTable]:
        ctx, part = self.session.context, self.part
        return tables_of(ctx, part) if ctx and part else []

    def choose_table(self) -> None:
        """Ask for the kind of a new table, where there is a choice, and make it."""
        if self.part is not None and not has_kinds(self.session, self.part.key):
            self.entry_wanted.emit(add_table(self.session, self.part.key))
        elif self.part is not None:
            dialog = ChooseTable(self.session, self.part.key, self)
            dialog.made.connect(self.entry_wanted)
            dialog.open()

    def _go(self, index: QModelIndex) -> None:
        self.entry_wanted.emit(("resource_table", str(self.tables.rows[index.row()].key)))


def _name(ctx: Context | None, table: ResourceTable) -> str:
    return (own_name(ctx.layout, table) if ctx else table.caption) or _("Table without a caption")
