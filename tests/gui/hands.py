"""What hands do: keys as a Turkish keyboard sends them, cells clicked."""

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

KEYS = {
    "\n": Qt.Key.Key_Return,
    "\t": Qt.Key.Key_Tab,
}


def press(widget, key, text="", modifiers=Qt.KeyboardModifier.NoModifier):
    """Send one key; ``QTest.keyClicks`` aborts the process on ı, ş and ğ."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))


def type_in(grid, text):
    """Type into a grid: every letter goes to the editor once one is open."""
    for letter in text:
        where = grid.cells.editor or grid
        press(where, KEYS.get(letter, Qt.Key.Key_unknown), letter)


def put(grid, row, column):
    """Make a cell the one in hand, by its place and its column's key."""
    index = grid.grid().index(row, grid.grid().column_of(column))
    grid.setFocus()
    grid.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    return index


def texts(model, row):
    """What a row shows, by column."""
    return {column.key: model.index(row, at).data() for at, column in enumerate(model.columns)}
