"""A grid a person types in, with the keys that hands know from spreadsheets."""

from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from perfdesk.gui.cell_delegate import is_decimal_key
from perfdesk.gui.edit_model import EditModel
from perfdesk.gui.editors import LineEditor
from perfdesk.gui.table_view import TableView

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NO_HINT: Final = QAbstractItemDelegate.EndEditHint.NoHint


class GridView(TableView):
    """Shows an ``EditModel``. Commands that stand in menus are methods: the window's actions call them."""

    max_lines = 6

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # whether the editor that opens was called by typing, which replaces the cell
        self.typing = False
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def grid(self) -> EditModel:
        """Return the model."""
        model = self.model()
        assert isinstance(model, EditModel)
        return model

    # --- keys -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        index = self.currentIndex()
        if key in _ENTER and not modifiers & ~Qt.KeyboardModifier.ShiftModifier:
            self.go_down(-1 if modifiers else 1)
            return
        if key == Qt.Key.Key_Escape and index.isValid() and self.grid().wrong(index):
            self.grid().give_up(index)
            return
        if is_decimal_key(event) and index.isValid() and self.grid().is_numeric(index.column()):
            event = QKeyEvent(event.type(), Qt.Key.Key_Comma, event.modifiers(), ",")
        self.typing = bool(event.text()) and event.text().isprintable()
        try:
            super().keyPressEvent(event)
        finally:
            self.typing = False
        self._settle_editor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._settle_editor()

    def _settle_editor(self) -> None:
        """Leave an entry that is to be changed unselected: Qt selects it, and the next key would replace it."""
        editor = self.cells.editor
        if isinstance(editor, LineEditor) and not editor.replacing:
            editor.end(False)

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab goes from cell to cell, and on to the next field only from the last one."""
        return self.tab(forward=next_)

    def tab(self, *, forward: bool) -> bool:
        """Go to the next cell, or beyond the last one out of the grid; return whether there was anywhere to go."""
        return self.go_next(forward=forward) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            places = self._editable()
            if places:
                self.put(self.grid().index(*places[0]))

    # --- going about ------------------------------------------------------------------------------------------------

    def put(self, index: QModelIndex) -> None:
        """Make a cell the one in hand and the only one selected, whatever keys are held down just now."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def go(self, down: int, right: int) -> None:
        """Go to a neighbouring cell, if there is one."""
        index = self.currentIndex()
        row, column = index.row(), index.column()
        if down > 0:
            down += self.rowSpan(row, column) - 1
        there = self.grid().index(row + down, column + right)
        if there.isValid():
            self.put(there)

    def go_down(self, by: int = 1) -> None:
        """Go to the row below; below the last one a new row begins, unless that one is still blank."""
        index, model = self.currentIndex(), self.grid()
        if not index.isValid():
            return
        last = index.row() + self.rowSpan(index.row(), index.column()) - 1
        if by > 0 and model.is_row(last) and not model.is_row(last + 1):
            if not model.is_blank(last):
                self.add_row()
            return
        self.go(by, 0)

    def go_next(self, *, forward: bool) -> bool:
        """Go to the next cell that can be typed in, in reading order; return whether there is one."""
        index, places = self.currentIndex(), self._editable()
        if not index.isValid():
            return False
        here = (index.row(), index.column())
        beyond = [place for place in places if (place > here if forward else place < here)]
        if not beyond:
            return False
        self.put(self.grid().index(*(beyond[0] if forward else beyond[-1])))
        return True

    def show_cell(self, row: int, column: str) -> None:
        """Go to a cell by its row's and column's keys."""
        model = self.grid()
        at = model.index(model.row_of(row), max(model.column_of(column), 0))
        if at.isValid():
            self.put(at)
            self.scrollTo(at)

    def _editable(self) -> list[tuple[int, int]]:
        model = self.grid()
        return [
            (row, column)
            for row in range(model.rowCount())
            for column in range(model.columnCount())
            if model.flags(model.index(row, column)) & Qt.ItemFlag.ItemIsEditable
        ]

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
        # the row gives back the height it had taken for the editor
        self.fit()

    def make_room(self, row: int, height: int) -> None:
        """Let a row be as high as its editor needs."""
        if height > self.rowHeight(row):
            self.setRowHeight(row, height)
            self._set_height()
            self.updateEditorGeometries()

    # --- commands ---------------------------------------------------------------------------------------------------

    def clear(self) -> None:
        """Empty the selected cells."""
        self.grid().clear(self.selected())

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
        self.grid().fill(pairs)

    def move_row(self, by: int) -> None:
        """Move the current row up (negative) or down."""
        self.commit_editor()
        self.grid().move_row(self.currentIndex().row(), by)
        self.scrollTo(self.currentIndex())

    def delete_rows(self) -> None:
        """Delete the rows of the selection; undo brings them back."""
        self.drop_editor()
        here = self.currentIndex()
        rows = {index.row() for index in self.selected()} or {here.row()}
        column = here.column()
        self.grid().delete_rows(rows)
        at = min(*rows, self.grid().rowCount() - 1)
        if at >= 0:
            self.put(self.grid().index(at, max(column, 0)))

    def add_row(self) -> None:
        """Begin a new row at the end and go there, to its name."""
        self.commit_editor()
        model = self.grid()
        row = model.add_row()
        if row < 0:
            return
        there = model.index(row, model.column_of("name"))
        self.setFocus()
        self.put(there)
        self.scrollTo(there)
