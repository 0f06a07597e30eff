"""A grid a person types in, with the keys that hands know from spreadsheets."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QScrollArea, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.gui.dialogs.paste import PasteDialog
from perfdesk.gui.grid import clipboard
from perfdesk.gui.grid.cell_delegate import MARGIN, is_decimal_key
from perfdesk.gui.grid.clipboard import Copied
from perfdesk.gui.grid.edit_model import NEW, EditModel
from perfdesk.gui.grid.editors import LineEditor
from perfdesk.gui.grid.table_model import Index, TableModel
from perfdesk.gui.grid.table_view import TableView
from perfdesk.services.paste import pasting
from perfdesk.services.paste.pasted_block import Block
from perfdesk.services.paste.pasting import PastePlan

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Move = QAbstractItemView.CursorAction
_MOVES: Final = {_Move.MoveUp: (-1, 0), _Move.MoveDown: (1, 0), _Move.MoveLeft: (0, -1), _Move.MoveRight: (0, 1)}
_PAGES: Final = {_Move.MovePageUp: -1, _Move.MovePageDown: 1}
_GOING: Final = frozenset(
    {
        *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right),
        *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    }
)
_NO_HINT: Final = QAbstractItemDelegate.EndEditHint.NoHint


class GridView(TableView):
    """Shows an ``EditModel``. Commands that stand in menus are methods: the window's actions call them.

    ``refused`` carries the ``UserError`` of a command for several cells or rows; ``details_wanted`` the place of the
    row of which Ctrl+Enter asks for more.
    """

    refused = Signal(object)
    details_wanted = Signal(int)
    max_lines = 6

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # whether the editor that opens was called by typing, which replaces the cell
        self.typing = False
        self._has_made_room = False
        # the column in which a row of Tabs began: Enter goes back there
        self._run = ""
        self._is_tabbing = False
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def setModel(self, model: TableModel) -> None:  # type: ignore[override] # shows no other models
        super().setModel(model)
        assert isinstance(model, EditModel)
        model.problems_changed.connect(self.fit)

    def grid(self) -> EditModel:
        """Return the model."""
        model = self.model()
        assert isinstance(model, EditModel)
        return model

    def _content_widths(self, model: TableModel) -> list[int]:
        """Return how wide each column's longest line is, refused entries with their sign."""
        widths = super()._content_widths(model)
        for index, wrong in self.grid().problems():
            needed = self._sizes.width(f"! {wrong.text}") + 2 * MARGIN + 2
            widths[index.column()] = max(widths[index.column()], needed)
        return widths

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
        if key == Qt.Key.Key_Down and modifiers == Qt.KeyboardModifier.AltModifier:
            self.open_list()
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
        super().mouseDoubleClickEvent(event)
        self._settle_editor()
        self._show_list()

    def ask_details(self) -> None:
        """Ask for more of the row in hand than the grid shows: its form."""
        index = self.currentIndex()
        if index.isValid() and self.grid().is_row(index.row()) and not self.grid().is_new(index.row()):
            self.details_wanted.emit(index.row())

    def open_list(self) -> None:
        """Open the cell in hand with its list, if it has one."""
        index = self.currentIndex()
        if index.isValid() and self.grid().choices(self.grid().columns[index.column()].key):
            self.edit(index)
            self._settle_editor()
            self._show_list()

    def _show_list(self) -> None:
        editor = self.cells.editor
        if isinstance(editor, LineEditor):
            editor.show_list()

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
        # before Qt puts the first cell in hand, be it one where nothing is typed; a click chooses its own
        if not self.currentIndex().isValid() and event.reason() != Qt.FocusReason.MouseFocusReason:
            first = next(self._stops(), None)
            if first is not None:
                self.put(self.grid().index(*first))
        super().focusInEvent(event)

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
    def _told(self) -> Iterator[None]:
        """Tell what a command refuses, in place of letting it end in a message."""
        try:
            yield
        except UserError as error:
            self.refused.emit(error)

    def clear(self) -> None:
        """Empty the selected cells."""
        with self._told():
            self.grid().clear(self.selected())

    def copied(self, row: int, column: int) -> Copied:
        """Return what is copied of a cell: also what was refused in it."""
        model = self.grid()
        wrong = model.wrong(model.index(row, column)) if model.has_problems else None
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
        """Put what is on the clipboard into the cells from the selection's top left on; a block is shown first."""
        editor = self.cells.editor
        if editor is not None:
            editor.paste()
            return
        cells = self._selected_parts()
        if self.grid().session.read_only or not cells:
            return
        try:
            block = clipboard.block_of(clipboard.held())
        except UserError as error:
            PasteDialog.refuse(self.window(), error)
            return
        if not block.rows:
            return
        left, top = min(part.left() for part in cells), min(part.top() for part in cells)
        width = max(part.right() for part in cells) - left + 1
        height = max(part.bottom() for part in cells) - top + 1
        if sum(part.width() * part.height() for part in cells) == width * height:
            self._paste_at(pasting.repeated(block, height, width), top, left, is_value=block.is_one)
        else:
            self._paste_at(block, top, left, is_value=False)

    def _paste_at(self, block: Block, top: int, left: int, *, is_value: bool) -> None:
        model = self.grid()
        ground = model.ground()
        if block.is_one and self._typed_over(block.rows[0][0], top, left):
            return
        plan = pasting.plan(block, ground, top, left)
        if is_value and plan.fitting and not plan.unfit:
            # one value needs no telling how it is read
            self._put(plan, unfit=False)
            return
        dialog = PasteDialog(block, ground, (top, left), self.window())
        dialog.decided.connect(self._put)
        dialog.open()

    def _typed_over(self, text: str, row: int, column: int) -> bool:
        """Put one text into one cell as if it were typed there, if it fits; a code may be typed over, too."""
        model = self.grid()
        index = model.index(row, column)
        if not model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        try:
            model.reader(model.columns[column].key)(text)
        except UserError:
            return False
        model.setData(index, text)
        return True

    def _put(self, plan: PastePlan, unfit: bool) -> None:
        """Do what was decided, and select what was pasted."""
        keys = [plan.ground.columns[at].key for at in plan.columns if at >= 0]
        with self._told():
            self.grid().paste(plan, unfit=unfit)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        rows = [at for at in plan.places if 0 <= at < self.grid().rowCount()]
        # pasting may have brought columns into sight
        columns = [at for at in map(self.grid().column_of, keys) if at >= 0]
        if rows and columns:
            model = self.grid()
            first = model.index(min(rows), min(columns))
            self.put(first)
            pasted = QItemSelection(first, model.index(max(rows), max(columns)))
            self.selectionModel().select(pasted, QItemSelectionModel.SelectionFlag.ClearAndSelect)

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
        with self._told():
            self.grid().fill(pairs)

    def move_row(self, by: int) -> None:
        """Move the current row up (negative) or down."""
        self.commit_editor()
        with self._told():
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

    def _first_editable(self, row: int) -> int:
        return next((column for at, column in self._stops((row, -1)) if at == row), 0)
