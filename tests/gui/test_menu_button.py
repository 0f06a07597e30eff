"""A button with a menu: the same on every form, by mouse and by keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from tests.gui.hands import press

from perfdesk.gui.fields.menu_button import menu_button


@pytest.fixture
def button(qtbot):
    menu = QMenu()
    menu.addAction("Sil")
    button = menu_button("İş&lemler", "Göstergelerle ilgili işlemler", menu)
    button.kept = menu
    qtbot.addWidget(button)
    button.show()
    qtbot.waitExposed(button)
    return button


@pytest.mark.parametrize(
    ("key", "text", "modifiers"),
    [
        (Qt.Key.Key_Space, " ", Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, "", Qt.KeyboardModifier.AltModifier),
    ],
)
def test_keys_open_the_menu(button, key, text, modifiers):
    seen = []

    def look():
        # the menu waits for an answer
        popup = QApplication.activePopupWidget()
        seen.append(popup)
        if popup is not None:
            popup.close()

    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTimer.singleShot(0, look)
    press(button, key, text, modifiers)
    assert seen == [button.menu()]


def test_other_arrows_open_nothing(button):
    press(button, Qt.Key.Key_Down)
    assert QApplication.activePopupWidget() is None


def test_what_is_seen_is_said(button):
    assert button.text() == "İş&lemler ▾"
    assert button.accessibleName() == button.toolTip() == "Göstergelerle ilgili işlemler"
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_every_menu_of_a_form_has_such_a_button(window):
    window.go_to(("target", "t1"))
    buttons = [one for one in window.pages.page.findChildren(QToolButton) if one.menu() is not None]
    assert len(buttons) == 3
    for button in buttons:
        assert button.text().endswith(" ▾")
        assert button.accessibleName()
        assert button.menu().actions()


def test_the_button_looks_as_before_when_its_menu_is_closed(button, qtbot):
    def choose():
        popup = QApplication.activePopupWidget()
        # the mouse goes with the menu, of which the button hears nothing
        QCursor.setPos(button.mapToGlobal(QPoint(0, button.height() + 200)))
        QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)

    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    QTimer.singleShot(0, choose)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isDown()
    assert not button.underMouse()
