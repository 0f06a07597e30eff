"""A text field beside the window's own undo."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from perfdesk.gui.fields.text_field import TextField


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
