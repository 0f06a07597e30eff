"""A grid a person types in, with the keys that hands know from spreadsheets."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QMetaMethod, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.gui.grid.block_paste import BlockPaste
from perfdesk.gui.grid.cell_delegate import MARGIN, is_decimal_key
from perfdesk.gui.grid.clipboard import Copied
from perfdesk.gui.grid.edit_model import EditModel
from perfdesk.gui.grid.editors import LineEditor, LinesEditor
from perfdesk.gui.grid.entry_model import NEW
from perfdesk.gui.grid.going_view import GoingView
from perfdesk.gui.grid.row_signs import RowSigns
from perfdesk.gui.grid.table_model import TableModel
from perfdesk.gui.refused import REFUSED_SIGN

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NO_HINT: Final = QAbstractItemDelegate.EndEditHint.NoHint


class GridView(GoingView):
    """Shows an ``EditModel``. Commands that stand in menus are methods: the window's actions call them.

    ``refused`` carries the ``UserError`` of a command for several cells or rows; ``said`` what one has done;
    ``details_wanted`` the place of the row of which Ctrl+Enter asks for more; ``escaped`` that Escape was pressed and
    there was nothing to give up.
    """

    refused = Signal(object)
    said = Signal(str)
    details_wanted = Signal(int)
    escaped = Signal()
    max_lines = 6
    # whether a row is higher than its texts, for the editor open in it; Qt may ask before all is made
    _has_made_room = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # whether the editor that opens was called by typing, which replaces the cell
        self.typing = False
        # whether a row has a form of its own, which a double click on what is computed in it opens
        self._opens_rows = False
        self.setVerticalHeader(RowSigns(self))
        # the refused entries the columns were made wide enough for: row, column, text
        self._fitted: list[tuple[int, int, str]] = []
        self._blocks = BlockPaste(self)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def setModel(self, model: TableModel) -> None:  # type: ignore[override] # shows no other models
        super().setModel(model)
        assert isinstance(model, EditModel)
        model.problems_changed.connect(self._on_problems)
        # as the head: it would be painted again wherever one goes
        strip = self.verticalHeader()
        strip.setSelectionModel(QItemSelectionModel(model, strip))

    def _content_widths(self, model: TableModel) -> list[int]:
        """Return how wide each column's longest line is, refused entries with their sign."""
        widths = super()._content_widths(model)
        self._fitted = self._refused_texts()
        for _row, column, text in self._fitted:
            widths[column] = max(widths[column], self._sizes.width(f"{REFUSED_SIGN} {text}") + 2 * MARGIN + 2)
        return widths

    def _refused_texts(self) -> list[tuple[int, int, str]]:
        return [(index.row(), index.column(), wrong.text) for index, wrong in self.grid().problems()]

    def _on_problems(self) -> None:
        # what is told along with new content has been fitted with it
        if self._refused_texts() != self._fitted:
            self.fit()
            self.verticalHeader().viewport().update()

    def fit(self) -> None:
        """Give columns, rows and the view itself the size of what they show; an open editor keeps its room."""
        super().fit()
        if self._has_made_room and isinstance(self.cells.editor, LinesEditor):
            self.cells.editor.tell_height()

    # --- keys -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        index = self.currentIndex()
        if key in _ENTER and not modifiers & ~Qt.KeyboardModifier.ShiftModifier:
            self.go_down(-1 if modifiers else 1)
            return
        if key in _ENTER and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.ask_details()
            return
        if key == Qt.Key.Key_Escape and index.isValid() and self.grid().wrong(index):
            self.grid().give_up(index)
            return
        if key == Qt.Key.Key_Escape:
            self.escaped.emit()
        if key == Qt.Key.Key_Down and modifiers == Qt.KeyboardModifier.AltModifier:
            self.open_list()
            return
        if key in _ENTER and modifiers == Qt.KeyboardModifier.AltModifier and self.take_suggestion():
            return
        if self.extend(event):
            return
        if is_decimal_key(event) and index.isValid() and self.grid().is_numeric(index.column()):
            event = QKeyEvent(event.type(), Qt.Key.Key_Comma, event.modifiers(), ",")
        self.typing = bool(event.text()) and event.text().isprintable()
        try:
            super().keyPressEvent(event)
        finally:
            self.typing = False
        self._settle_editor()
        if key == Qt.Key.Key_F2:
            self._show_list()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._opens_rows and index.isValid() and self.grid().cell(index).computed and not self.grid().wrong(index):
            self.put(index)
            self.ask_details()
            return
        super().mouseDoubleClickEvent(event)
        self._settle_editor()
        self._show_list()

    def offer_details(self, text: str) -> None:
        """Offer the form of the row in hand in the menu of the grid, and by a double click on what is computed."""
        self._opens_rows = True
        action = QAction(text, self)
        # not by what is printed on them: both are called Enter
        action.setShortcuts([QKeySequence.fromString(keys) for keys in ("Ctrl+Return", "Ctrl+Enter")])
        # the key itself is the grid's, also while an editor is open
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        action.triggered.connect(self.ask_details)
        line = QAction(self)
        line.setSeparator(True)
        self.addActions([action, line])

    def ask_details(self) -> None:
        """Ask for more of the row in hand than the grid shows: its form."""
        index = self.currentIndex()
        if index.isValid() and self.grid().is_row(index.row()) and not self.grid().is_new(index.row()):
            self.details_wanted.emit(index.row())

    def has_details(self) -> bool:
        """Whether somebody shows more of a row than the grid."""
        return self.isSignalConnected(QMetaMethod.fromSignal(self.details_wanted))

    def open_list(self) -> None:
        """Open the cell in hand with its list, if it has one."""
        index = self.currentIndex()
        if index.isValid() and self.grid().choices(self.grid().columns[index.column()].key):
            self.edit(index)
            self._settle_editor()
            self._show_list()

    def take_suggestion(self) -> bool:
        """Enter what a refused number may have meant, that in hand or else the newest; return whether there was one."""
        model = self.grid()
        index = model.in_question(self.currentIndex())
        wrong = model.wrong(index) if index is not None else None
        if index is None or wrong is None or not wrong.suggestion:
            return False
        model.setData(index, wrong.suggestion)
        return True

    def _show_list(self) -> None:
        editor = self.cells.editor
        if isinstance(editor, LineEditor):
            editor.show_list()

    def _settle_editor(self) -> None:
        """Leave an entry that is to be changed unselected: Qt selects it, and the next key would replace it."""
        editor = self.cells.editor
        if isinstance(editor, LineEditor) and not editor.replacing:
            editor.end(False)

    # --- editors ----------------------------------------------------------------------------------------------------

    def commit_editor(self) -> None:
        """Write what is being typed and close its editor."""
        editor = self.cells.editor
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, _NO_HINT)

    def drop_editor(self) -> None:
        """Close the editor without writing; a refused entry is given up with it."""
        editor = self.cells.editor
        if editor is not None:
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
        self.grid().give_up(self.currentIndex())

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        self.cells.editor = None
        super().closeEditor(editor, hint)
        if self._has_made_room:
            # the row gives back the height it had taken for the editor
            self._has_made_room = False
            self.fit()

    def make_room(self, row: int, height: int) -> None:
        """Let a row be as high as its editor needs."""
        if height > self.rowHeight(row):
            self._has_made_room = True
            self.setRowHeight(row, height)
            self._set_height()
            self.updateEditorGeometries()

    # --- commands ---------------------------------------------------------------------------------------------------

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell what a command refuses, in place of letting it end in a message."""
        try:
            yield
        except UserError as error:
            self.refused.emit(error)

    def clear(self) -> None:
        """Empty the selected cells."""
        with self.told():
            self.grid().clear(self.selected())

    def copied(self, row: int, column: int) -> Copied:
        """Return what is copied of a cell: also what was refused in it."""
        model = self.grid()
        wrong = model.wrong(model.index(row, column))
        return Copied(wrong.text, wrong.text) if wrong else super().copied(row, column)

    def cut(self) -> None:
        """Copy the selected cells and empty them; in an open editor, its text."""
        editor = self.cells.editor
        if editor is not None:
            editor.cut()
        else:
            self.copy()
            self.clear()

    def paste(self) -> None:
        """Put what is on the clipboard into the cells from the selection's top left on; into an open editor, as text.

        What does not fit, or takes something away, is shown first.
        """
        editor = self.cells.editor
        if editor is not None:
            editor.paste()
        else:
            self._blocks.begin()

    def fill_down(self) -> None:
        """Write the top cells of the selection into those below; of one cell, the cell above into it."""
        self.commit_editor()
        cells = self.selected()
        top: dict[int, QModelIndex] = {}
        pairs = []
        for index in cells:
            if index.column() in top:
                pairs.append((top[index.column()], index))
            else:
                top[index.column()] = index
        if not pairs:
            pairs = [(index.siblingAtRow(index.row() - 1), index) for index in cells if index.row()]
        with self.told():
            self.grid().fill(pairs)

    def move_row(self, by: int) -> None:
        """Move the current row up (negative) or down."""
        self.commit_editor()
        with self.told():
            self.grid().move_row(self.currentIndex().row(), by)
        self.scrollTo(self.currentIndex())

    def delete_rows(self) -> None:
        """Delete the rows of the selection; undo brings them back."""
        self.drop_editor()
        here = self.currentIndex()
        rows = {index.row() for index in self.selected()} or {here.row()}
        column = here.column()
        try:
            self.grid().delete_rows(rows)
        except UserError as error:
            # the rows stay in hand
            self.refused.emit(error)
            return
        at = min(*rows, self.grid().rowCount() - 1)
        if at >= 0:
            self.put(self.grid().index(at, max(column, 0)))

    def go_to_new(self) -> None:
        """Go to the blank row below the last one, to its name."""
        self.commit_editor()
        model = self.grid()
        at = model.row_of(NEW)
        if at < 0:
            return
        there = model.index(at, max(model.column_of("name"), self._first_editable(at)))
        self.setFocus()
        self.put(there)
        self.scrollTo(there)
