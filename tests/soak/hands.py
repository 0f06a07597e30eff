"""What hands do to the program: keys and clicks where keyboard and mouse are; dialogs that hold up are answered."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, Qt, QThread, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from tests.gui.hands import press
from tests.soak.world import World, is_there, top_widget

_NONE: Final = Qt.KeyboardModifier.NoModifier
CTRL: Final = Qt.KeyboardModifier.ControlModifier
SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
ALT: Final = Qt.KeyboardModifier.AltModifier
LEFT: Final = Qt.MouseButton.LeftButton
# how often it is looked whether a dialog holds up whoever opened it, in milliseconds
_LOOK: Final = 5


class Hands:
    """Keys and clicks. ``answer`` deals with a dialog or menu that does not return before it is closed."""

    def __init__(self, world: World, answer: Callable[[QWidget], None]) -> None:
        self._world = world
        self._answer = answer
        self._answering: list[QWidget] = []
        QTimer.singleShot(_LOOK, self._look)

    # --- keys -------------------------------------------------------------------------------------------------------

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE, times: int = 1) -> None:
        """Press a key wherever the keyboard is; shortcuts work."""
        for _ in range(times):
            QTest.keyClick(self._receiver(), key, modifiers)

    def letters(self, text: str) -> None:
        """Type letters; those of a Turkish keyboard too."""
        for letter in text:
            if letter == "\n":
                QTest.keyClick(self._receiver(), Qt.Key.Key_Return)
            else:
                # a real Qt key where there is one: decimal keys and blanks are told by it
                code = ord(letter.upper()) if letter.isascii() else 0
                press(self._receiver(), Qt.Key(code) if code else Qt.Key.Key_unknown, letter)

    def _receiver(self) -> QWindow:
        # whoever has the keyboard in it is found as for a real key
        window = QGuiApplication.focusWindow()
        return window if window is not None else self._world.window.windowHandle()

    # --- the mouse --------------------------------------------------------------------------------------------------

    def click(
        self, widget: QWidget, at: QPoint | None = None, modifiers: Qt.KeyboardModifier = _NONE, *, twice: bool = False
    ) -> bool:
        """Click where a widget is seen; return whether it is."""
        at = at or widget.rect().center()
        handle = widget.window().windowHandle()
        if handle is None or not widget.isVisible() or not widget.visibleRegion().contains(at):
            return False
        there = widget.mapTo(widget.window(), at)
        QTest.mouseClick(handle, LEFT, modifiers, there)
        if twice and is_there(widget):
            QTest.mouseDClick(handle, LEFT, modifiers, there)
        return True

    def choose(self, action: QAction) -> bool:
        """Choose a command from the menus with the keyboard; return whether it can be chosen."""
        path = _path(self._world.window.menuBar().actions(), action)
        if not path or not action.isEnabled():
            return False
        bar = self._world.window.menuBar()
        QTest.mouseClick(bar, LEFT, _NONE, bar.actionGeometry(path[0]).center())
        for step in path[1:]:
            menu = QApplication.activePopupWidget()
            if not isinstance(menu, QMenu):
                return False
            for _ in range(len(menu.actions())):
                # with its window a menu goes, too: that of another language comes when it is made
                if not is_there(menu):
                    return False
                if menu.activeAction() is step:
                    break
                self.key(Qt.Key.Key_Down)
            self.key(Qt.Key.Key_Right if step.menu() else Qt.Key.Key_Return)
        return True

    def close_popups(self) -> None:
        """Close menus and lists that are left open."""
        for _ in range(10):
            if QApplication.activePopupWidget() is None:
                return
            self.key(Qt.Key.Key_Escape)
            self._world.settle()

    # --- what holds up ----------------------------------------------------------------------------------------------

    def _look(self) -> None:
        # the next look first: answering may open another dialog, which holds up this one
        QTimer.singleShot(_LOOK, self._look)
        top = top_widget()
        # nothing here runs an event loop: there is one only where the program waits for an answer
        if QThread.currentThread().loopLevel() <= len(self._answering) or top is None or top in self._answering:
            return
        self._answering.append(top)
        try:
            self._answer(top)
        finally:
            self._answering.remove(top)


def _path(actions: list[QAction], wanted: QAction) -> list[QAction]:
    """Return the way through menus to a command."""
    for action in actions:
        if action is wanted:
            return [action]
        menu = action.menu()
        below = _path(menu.actions(), wanted) if isinstance(menu, QMenu) else []
        if below:
            return [action, *below]
    return []
