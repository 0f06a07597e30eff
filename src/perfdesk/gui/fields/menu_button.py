"""A button that opens a menu: how it looks, and its keys, alike on every form."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QKeyEvent
from PySide6.QtWidgets import QMenu, QToolButton


def menu_button(text: str, name: str, menu: QMenu | None = None) -> QToolButton:
    """Return a button with a menu, an empty one if none is given; ``name`` says whose commands these are."""
    button = _MenuButton()
    # Qt's own arrow is squeezed into the corner
    button.setText(f"{text} ▾")
    button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    shown = menu or QMenu(button)
    shown.setToolTipsVisible(True)
    button.setMenu(shown)
    shown.aboutToHide.connect(button.release)
    return button


class _MenuButton(QToolButton):
    """Opens with Alt+Down too, as lists do."""

    def release(self) -> None:
        """Look as before once the menu is closed: of a mouse that has left meanwhile Qt tells nothing."""
        self.setDown(False)
        inside = self.rect().contains(self.mapFromGlobal(QCursor.pos()))
        self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, inside)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.showMenu()
        else:
            super().keyPressEvent(event)
