"""Keys that Qt has from Emacs erase nothing in any field; run on X11, where Qt knows them, as well as offscreen."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from tests.gui.hands import press

from perfdesk.gui.fields.choice_field import ChoiceField
from perfdesk.gui.fields.text_field import TextField
from perfdesk.gui.grid.editors import LineEditor, LinesEditor
from perfdesk.gui.search.box import SearchBox
from perfdesk.gui.text.writing_area import WritingArea
from perfdesk.services.editing.fields import Choice

CTRL = Qt.KeyboardModifier.ControlModifier
TEXT = "Yol kenarları ağaçlandırılacaktır."


def choice(around):
    field = ChoiceField(around)
    field.offer([Choice("Fen İşleri Müdürlüğü", "fen isleri mudurlugu")], closed=False)
    return field.lineEdit()


FIELDS = {
    "text field": TextField,
    "choice": choice,
    "line in a cell": LineEditor,
    "line with a list": lambda around: LineEditor(around, [Choice("Fen İşleri", "fen isleri")]),
    "lines in a cell": LinesEditor,
    "search": SearchBox,
    "text of the book": WritingArea,
}


@pytest.fixture(params=FIELDS)
def field(request, qtbot):
    around = QWidget()
    qtbot.addWidget(around)
    field = FIELDS[request.param](around)
    field.setEnabled(True)
    around.show()
    if isinstance(field, QLineEdit):
        field.setText(TEXT)
        field.setCursorPosition(4)
    else:
        field.setPlainText(TEXT)
        field.moveCursor(QTextCursor.MoveOperation.NextWord)
    yield field
    # until here what is around it lives
    around.close()


def state(field):
    if isinstance(field, QLineEdit):
        return field.text(), field.cursorPosition()
    return field.toPlainText(), field.textCursor().position()


@pytest.mark.parametrize("letter", "KUDE")
def test_nothing_is_erased_and_the_cursor_stays(field, letter):
    key = Qt.Key[f"Key_{letter}"]
    is_bold = letter == "K" and isinstance(field, WritingArea)
    override = QKeyEvent(QEvent.Type.ShortcutOverride, key, CTRL)
    override.ignore()
    QApplication.sendEvent(field, override)
    # the window may have a command for the key
    assert override.isAccepted() == is_bold
    pressed = QKeyEvent(QEvent.Type.KeyPress, key, CTRL, chr(ord(letter) - 64))
    QApplication.sendEvent(field, pressed)
    assert state(field) == (TEXT, 4)
    # what lies around the field has no use for it either
    assert pressed.isAccepted()


def test_what_everybody_knows_still_works(field):
    press(field, Qt.Key.Key_A, "\x01", CTRL)
    press(field, Qt.Key.Key_Delete)
    assert state(field) == ("", 0)
    press(field, Qt.Key.Key_K, "k")
    assert state(field) == ("k", 1)
