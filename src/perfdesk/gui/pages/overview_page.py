"""The read-only page of a part that has no form yet: its texts and its computed tables, as they stand."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from perfdesk.domain.texts import BlockKind
from perfdesk.gui.forms.ui_overview_page import Ui_OverviewPage
from perfdesk.gui.outline import Entry
from perfdesk.gui.pages import overview
from perfdesk.gui.pages.headings import make_heading, make_page, make_quiet
from perfdesk.gui.session import Session
from perfdesk.gui.table_model import TableModel, content_of
from perfdesk.gui.table_view import TableView
from perfdesk.tables.table import Table


class OverviewPage(QWidget):
    """Shows what ``overview`` says of an entry. ``target_wanted`` carries the id of a target to turn to."""

    target_wanted = Signal(str)
    numbers_selected = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.ui = Ui_OverviewPage()
        self.ui.setupUi(self)
        make_page(self.ui.content)
        make_heading(self.ui.heading, 1.35)
        make_quiet(self.ui.breadcrumb)
        make_quiet(self.ui.note)
        self._shown: overview.Overview | None = None

    def show_entry(self, entry: Entry, above: str) -> None:
        """Turn to an entry of the outline; ``above`` says where in the book it stands."""
        shown = overview.overview(self.session, entry)
        self.ui.breadcrumb.setText(above)
        self.ui.breadcrumb.setVisible(bool(above))
        if shown == self._shown:
            return
        self._shown = shown
        self.ui.heading.setText(shown.heading)
        self.ui.note.setText(shown.note)
        self.ui.note.setVisible(bool(shown.note))
        layout = self.ui.blocks
        while (item := layout.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        for block in shown.blocks:
            for widget in self._widgets(block):
                layout.addWidget(widget)
        self.ui.scroll.verticalScrollBar().setValue(0)

    def _widgets(self, block: overview.Block) -> list[QWidget]:
        match block:
            case overview.Text():
                return [_text(block)]
            case overview.Facts():
                return [_facts(block)]
            case Table():
                return self._table(block)

    def _table(self, table: Table) -> list[QWidget]:
        widgets: list[QWidget] = []
        if table.caption:
            caption = QLabel(table.caption)
            caption.setTextFormat(Qt.TextFormat.PlainText)
            caption.setWordWrap(True)
            make_heading(caption, 1.05)
            widgets.append(caption)
        if not table.has_rows:
            widgets.append(QLabel(table.empty))
            return widgets
        view = TableView()
        view.setAccessibleName(table.caption or self.ui.heading.text())
        model = TableModel(view)
        model.show(content_of(table, computed=table.kind in overview.COMPUTED_TABLES))
        view.setModel(model)
        view.numbers_selected.connect(self.numbers_selected)
        if table.kind == overview.TARGETS:
            view.activated.connect(lambda index: self._go_to_target(model, index))
        widgets.append(view)
        if table.note:
            note = QLabel(table.note)
            note.setWordWrap(True)
            make_quiet(note)
            widgets.append(note)
        return widgets

    def _go_to_target(self, model: TableModel, index: QModelIndex) -> None:
        kind, _colon, id_ = str(model.rows[index.row()].key).partition(":")
        if kind == "target":
            self.target_wanted.emit(id_)


def _text(block: overview.Text) -> QLabel:
    label = QLabel(f"•  {block.text}" if block.kind is BlockKind.BULLET else block.text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if block.kind is BlockKind.HEADING:
        make_heading(label, 1.05)
    return label


def _facts(block: overview.Facts) -> QWidget:
    widget = QWidget()
    layout = QFormLayout(widget)
    layout.setContentsMargins(0, 0, 0, 8)
    layout.setHorizontalSpacing(16)
    layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
    for label, text in block.lines:
        name, value = QLabel(label), QLabel(text)
        make_quiet(name)
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addRow(name, value)
    return widget
