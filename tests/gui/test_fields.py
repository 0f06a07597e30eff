"""Fields of forms: a text field beside the window's own undo, a field with a list."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from tests.gui.hands import press

from perfdesk.domain import turkish
from perfdesk.gui.fields.check_field import CheckField
from perfdesk.gui.fields.choice_field import ChoiceField
from perfdesk.gui.fields.text_field import TextField
from perfdesk.services.editing.fields import Choice


def test_undo_in_a_field_that_was_always_empty_is_the_windows(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    field = TextField()
    field.show_text("")
    window.setCentralWidget(field)
    undone = []
    undo = QAction("Undo", window)
    undo.setShortcut(QKeySequence("Ctrl+Z"))
    undo.triggered.connect(lambda: undone.append(undo))
    window.addAction(undo)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    field.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(undone) == 1
    # what is typed is the field's own to take back
    QTest.keyClicks(field, "abc")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(undone) == 1
    assert field.toPlainText() == ""


class Painted(QObject):
    """Counts how often something is painted."""

    def __init__(self):
        super().__init__()
        self.times = 0

    def eventFilter(self, _watched, event):  # noqa: N802 - a name of Qt's
        self.times += event.type() == QEvent.Type.Paint
        return False


def test_another_code_that_follows_from_the_place_is_painted_at_once(qtbot):
    field = TextField()
    qtbot.addWidget(field)
    field.setPlaceholderText("4.3.2")
    field.show()
    qtbot.waitExposed(field)
    QApplication.processEvents()
    painted = Painted()
    field.viewport().installEventFilter(painted)
    field.setPlaceholderText("4.1.3")
    QApplication.processEvents()
    assert painted.times > 0


def test_a_tick_is_told_and_shown_as_it_is_stored(qtbot):
    field = CheckField()
    qtbot.addWidget(field)
    told = []
    field.left.connect(told.append)
    for stored, ticked in (("", False), ("Hayır", False), ("Evet", True)):
        field.show_text(stored)
        assert (field.isChecked(), field.entry()) == (ticked, stored)
    assert told == []
    press(field, Qt.Key.Key_Space, " ")
    field.show_text("Hayır")
    press(field, Qt.Key.Key_Space, " ")
    assert told == ["", "Evet"]
    field.setReadOnly(True)
    press(field, Qt.Key.Key_Space, " ")
    assert told == ["", "Evet"]


UNITS = ("Fen İşleri Müdürlüğü", "Park ve Bahçeler Müdürlüğü", "Yazı İşleri Müdürlüğü")


class Form(QWidget):
    """A field with a list, and one behind it."""

    def __init__(self, *, closed):
        super().__init__()
        column = QVBoxLayout(self)
        self.field = ChoiceField()
        self.behind = QLineEdit()
        column.addWidget(self.field)
        column.addWidget(self.behind)
        self.told = []
        self.field.left.connect(self.told.append)
        self.field.offer([Choice(name, turkish.fold(name)) for name in UNITS], closed=closed)
        self.field.show_text("")

    def type(self, text):
        for letter in text:
            press(self.field, Qt.Key.Key_unknown, letter)

    @property
    def popup(self):
        return self.field.lineEdit().completer().popup()


@pytest.fixture
def form(qtbot):
    def make(*, closed=False):
        form = Form(closed=closed)
        qtbot.addWidget(form)
        with qtbot.waitActive(form):
            form.show()
            form.activateWindow()
        form.field.setFocus()
        return form

    return make


def test_the_list_of_a_field_leaves_the_keyboard_to_it(form):
    form = form()
    form.type("isle")
    assert form.popup.isVisible()
    # a popup of Qt's would take the keyboard from the screen and eat keys that are typed ahead
    assert QApplication.activePopupWidget() is None
    form.type("r")
    assert form.field.text() == "isler"
    assert [form.popup.model().index(at, 0).data() for at in range(form.popup.model().rowCount())] == [
        UNITS[0],
        UNITS[2],
    ]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_name_of_the_list_is_taken_with_its_keys(form, key):
    form = form()
    form.type("isle")
    press(form.field, Qt.Key.Key_Down)
    press(form.field, Qt.Key.Key_Down)
    press(form.field, key)
    assert form.told[-1] == UNITS[2]
    assert not form.popup.isVisible()
    assert form.behind.hasFocus()


def test_escape_closes_the_list_first_and_takes_back_what_was_typed_then(form):
    form = form()
    form.type("isle")
    press(form.field, Qt.Key.Key_Escape)
    assert not form.popup.isVisible()
    assert form.field.text() == "isle"
    press(form.field, Qt.Key.Key_Escape)
    assert form.field.text() == ""


def test_the_list_goes_with_the_keyboard(form):
    form = form()
    form.type("isle")
    form.behind.setFocus()
    assert not form.popup.isVisible()
    assert set(form.told) == {"isle"}


def test_a_text_that_is_not_of_the_list_is_shown_and_not_emptied(form):
    form = form(closed=True)
    form.field.show_text("Kapatılan Müdürlük")
    assert form.field.text() == "Kapatılan Müdürlük"
    assert form.field.placeholderText() == "Kapatılan Müdürlük"
    form.behind.setFocus()
    assert form.told == []
    form.field.setFocus()
    press(form.field, Qt.Key.Key_Down)
    assert form.told[-1] in ("", *UNITS)
