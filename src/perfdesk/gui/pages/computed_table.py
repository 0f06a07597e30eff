"""A computed table of the book on a page: its caption, its figures in grey, its note."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from perfdesk.gui.grid.table_model import TableModel, content_of
from perfdesk.gui.grid.table_view import TableView
from perfdesk.gui.headings import make_heading
from perfdesk.tables.table import Table


class ComputedTable(QWidget):
    """Shows a table; ``cell_wanted`` carries the keys of the row and column on Enter or a double click."""

    cell_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = QLabel()
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setWordWrap(True)
        make_heading(self.caption, 1.05)
        self.model = TableModel(self)
        self.view = TableView()
        self.view.setModel(self.model)
        self.view.activated.connect(self._on_activated)
        self.empty = QLabel()
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.caption, self.view, self.empty):
            column.addWidget(widget)

    def show_table(self, table: Table) -> None:
        """Show a table in place of the one before."""
        self.caption.setText(table.caption)
        self.view.setAccessibleName(table.caption)
        self.model.show(content_of(table, computed=True))
        self.view.setVisible(table.has_rows)
        self.empty.setText(table.empty)
        self.empty.setVisible(not table.has_rows)

    def _on_activated(self, index: QModelIndex) -> None:
        self.cell_wanted.emit(str(self.model.rows[index.row()].key), self.model.columns[index.column()].key)
