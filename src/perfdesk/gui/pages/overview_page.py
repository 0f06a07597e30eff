"""The read-only page of a part that has no form yet: its texts and its computed tables, as they stand."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from perfdesk.domain.texts import BlockKind
from perfdesk.gui.pages import overview
from perfdesk.gui.pages.headings import make_heading, make_quiet
from perfdesk.gui.pages.page import Page
from perfdesk.gui.session import Session
from perfdesk.gui.table_model import TableModel, content_of
from perfdesk.gui.table_view import TableView
from perfdesk.tables.table import Table


class OverviewPage(Page):
    """Shows what ``overview`` says of an entry."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._shown: overview.Overview | None = None

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        shown = overview.overview(self.session, self.entry)
        if shown == self._shown:
            return
        self._shown = shown
        self.frame.heading.setText(shown.heading)
        self.say(shown.note)
        while (item := self.body.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        for block in shown.blocks:
            for widget in self._widgets(block):
                self.body.addWidget(widget)

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
        view.setAccessibleName(table.caption or self.frame.heading.text())
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
            self.entry_wanted.emit(("target", id_))


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
