"""Going about in a grid with the keys that hands know from spreadsheets: from cell to cell, and selecting blocks."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QWidget

from perfdesk.gui.grid.edit_model import EditModel
from perfdesk.gui.grid.table_model import Index
from perfdesk.gui.grid.table_view import TableView

_Move = QAbstractItemView.CursorAction
_MOVES: Final = {_Move.MoveUp: (-1, 0), _Move.MoveDown: (1, 0), _Move.MoveLeft: (0, -1), _Move.MoveRight: (0, 1)}
_PAGES: Final = {_Move.MovePageUp: -1, _Move.MovePageDown: 1}
_ARROW_KEYS: Final = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_PAGE_KEYS: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_GOING: Final = frozenset({*_ARROW_KEYS, *_PAGE_KEYS, Qt.Key.Key_Home, Qt.Key.Key_End})
_SELECT: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect


class GoingView(TableView):
    """Shows an ``EditModel`` of which one cell is in hand; from it a block is selected, and it stays in hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # the column in which a row of Tabs began: Enter goes back there
        self._run = ""
        self._is_tabbing = False
        # where the mouse began to draw a block
        self._pressed = QPersistentModelIndex()

    def grid(self) -> EditModel:
        """Return the model."""
        model = self.model()
        assert isinstance(model, EditModel)
        return model

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
        """Go to the row below; the last one is the blank row, where a new one begins.

        As in a spreadsheet it goes to the column where a row of Tabs began.
        """
        index = self.currentIndex()
        if not index.isValid():
            return
        begun = self.grid().column_of(self._run) if by > 0 and self._run else -1
        index = index.siblingAtColumn(begun) if begun >= 0 else index
        there = index.row() + (self.rowSpan(index.row(), index.column()) if by > 0 else by)
        if self.grid().is_row(there):
            self.put(index.siblingAtRow(there))

    def go_next(self, *, forward: bool) -> bool:
        """Go to the next cell that can be typed in, in reading order; return whether there is one."""
        index = self.currentIndex()
        if not index.isValid() or (forward and self._is_blank(index.row())):
            # from a row that has not been begun Tab leads out of the grid
            return False
        there = next(self._stops((index.row(), index.column()), forward=forward), None)
        if there is None:
            return False
        columns = self.grid().columns
        if there[0] != index.row():
            begun = columns[there[1]].key
        else:
            begun = self._run or (columns[index.column()].key if forward else "")
        self._is_tabbing = True
        try:
            self.put(self.grid().index(*there))
        finally:
            self._is_tabbing = False
        self._run = begun
        return True

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._is_tabbing:
            self._run = ""

    def show_cell(self, row: int, column: str) -> None:
        """Go to a cell by its row's and column's keys."""
        model = self.grid()
        at = model.index(model.row_of(row), max(model.column_of(column), 0))
        if at.isValid():
            self.put(at)
            self.scrollTo(at)

    def _is_blank(self, row: int) -> bool:
        model = self.grid()
        return model.is_new(row) and not any(index.row() == row for index, _wrong in model.problems())

    def _stops(self, after: tuple[int, int] = (-1, -1), *, forward: bool = True) -> Iterator[tuple[int, int]]:
        """Yield the cells that Tab stops at; a computed one, as a code, can be typed over when it is gone to."""
        model = self.grid()
        if model.session.read_only:
            return
        last = model.rowCount() - 1
        rows = range(max(after[0], 0), last + 1) if forward else range(min(after[0], last), -1, -1)
        for row in rows:
            cells = model.rows[row].cells
            columns = range(len(cells)) if forward else reversed(range(len(cells)))
            for column in columns:
                is_beyond = (row, column) > after if forward else (row, column) < after
                if is_beyond and cells[column].editable and not cells[column].computed:
                    yield row, column

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go by pages of what is in sight, and with Ctrl to where the entries end."""
        index = self.currentIndex()
        if index.isValid() and action in _PAGES:
            return index.siblingAtRow(self._page_away(index, _PAGES[action]))
        if index.isValid() and action in _MOVES and modifiers & Qt.KeyboardModifier.ControlModifier:
            return self._edge(index, *_MOVES[action])
        return super().moveCursor(action, modifiers)

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """Let Ctrl with a key go somewhere as the key alone does: select there, or with Shift up to there."""
        if isinstance(event, QKeyEvent) and Qt.Key(event.key()) in _GOING:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return QItemSelectionModel.SelectionFlag.SelectCurrent
            return QItemSelectionModel.SelectionFlag.ClearAndSelect
        return super().selectionCommand(index, event)

    def _page_away(self, index: QModelIndex, by: int) -> int:
        """Return the row that is as far away as the page around the grid shows."""
        page: QWidget | None = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        sight = page.viewport().height() if page is not None else self.viewport().height()
        there = self.rowViewportPosition(index.row()) + by * max(sight - self.rowHeight(index.row()), 1)
        last = self.grid().rowCount() - 1
        row = self.rowAt(there)
        if row < 0:
            row = 0 if by < 0 else last
        return min(max(row, index.row() + by, 0), last) if by > 0 else max(min(row, index.row() + by), 0)

    def _edge(self, index: QModelIndex, down: int, right: int) -> QModelIndex:
        """Return where the entries end in a direction, or where the next ones begin, as in spreadsheets."""
        model = self.grid()

        def filled(row: int, column: int) -> bool:
            return bool(model.rows[row].cells[column].text)

        def inside(row: int, column: int) -> bool:
            return 0 <= row < model.rowCount() and 0 <= column < model.columnCount()

        row, column = index.row(), index.column()
        if not inside(row + down, column + right):
            return index
        within = filled(row, column) and filled(row + down, column + right)
        row, column = row + down, column + right
        while inside(row + down, column + right):
            if filled(row + down, column + right) != within and within:
                break
            if not within and filled(row, column):
                break
            row, column = row + down, column + right
        return model.index(row, column)

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab goes from cell to cell, and on to the next field only from the last one."""
        return self.tab(forward=next_)

    def tab(self, *, forward: bool) -> bool:
        """Go to the next cell, or beyond the last one out of the grid; return whether there was anywhere to go."""
        return self.go_next(forward=forward) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # before Qt puts the first cell in hand, be it one where nothing is typed; a click chooses its own
        if not self.currentIndex().isValid() and event.reason() != Qt.FocusReason.MouseFocusReason:
            first = next(self._stops(), None)
            if first is not None:
                self.put(self.grid().index(*first))
        super().focusInEvent(event)

    def _first_editable(self, row: int) -> int:
        return next((column for at, column in self._stops((row, -1)) if at == row), 0)

    # --- selecting --------------------------------------------------------------------------------------------------

    def extend(self, event: QKeyEvent) -> bool:
        """Let a key with Shift select a block from the cell in hand on; return whether it was such a key.

        The cell in hand stays, as in a spreadsheet: what is typed goes there, and an arrow goes on from there.
        """
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        alt = modifiers & Qt.KeyboardModifier.AltModifier
        if key not in _GOING or alt or not modifiers & Qt.KeyboardModifier.ShiftModifier:
            return False
        here = self.currentIndex()
        if not here.isValid():
            return False
        end = self._end_of_block()
        self._select_to(self._away(end, key, ctrl=bool(modifiers & Qt.KeyboardModifier.ControlModifier)))
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        there = self.indexAt(event.position().toPoint())
        if shift and event.button() == Qt.MouseButton.LeftButton and there.isValid() and self.currentIndex().isValid():
            self._select_to(there)
            return
        super().mousePressEvent(event)
        self._pressed = QPersistentModelIndex(self.currentIndex())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        begun, self._pressed = self._pressed, QPersistentModelIndex()
        if begun.isValid() and begun != self.currentIndex() and self.selectionModel().isSelected(begun):
            # the block was drawn from there
            self.selectionModel().setCurrentIndex(begun, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _select_to(self, there: QModelIndex) -> None:
        """Select the block between the cell in hand and another."""
        # by their places in the view, as Qt does: it takes merged cells as a whole
        block = QRect(self.visualRect(self.currentIndex()).center(), self.visualRect(there).center())
        self.setSelection(block.normalized(), _SELECT)
        self.scrollTo(there)

    def _end_of_block(self) -> QModelIndex:
        """Return the corner of the selected block that is opposite to the cell in hand."""
        here, parts = self.currentIndex(), self._selected_parts()
        if len(parts) != 1 or not parts[0].contains(here):
            return here
        block = parts[0]
        rows, columns = (block.top(), block.bottom()), (block.left(), block.right())
        if here.row() not in rows or here.column() not in columns:
            return here
        return self.grid().index(
            rows[0] if here.row() == rows[1] else rows[1], columns[0] if here.column() == columns[1] else columns[1]
        )

    def _away(self, index: QModelIndex, key: Qt.Key, *, ctrl: bool) -> QModelIndex:
        """Return where a key goes from a cell."""
        model = self.grid()
        if key in _ARROW_KEYS:
            down, right = _ARROW_KEYS[key]
            if ctrl:
                return self._edge(index, down, right)
            by = down * self.rowSpan(index.row(), index.column()) if down > 0 else down
            there = model.index(index.row() + by, index.column() + right)
            return there if there.isValid() else index
        if key in _PAGE_KEYS:
            return index.siblingAtRow(self._page_away(index, _PAGE_KEYS[key]))
        is_home = key == Qt.Key.Key_Home
        row = index.row() if not ctrl else 0 if is_home else model.rowCount() - 1
        return model.index(row, 0 if is_home else model.columnCount() - 1)
