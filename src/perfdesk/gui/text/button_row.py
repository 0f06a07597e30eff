"""A row of tool buttons that is one stop of the Tab key; within it the arrows go from button to button."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget

_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ButtonRow(QWidget):
    """Holds the buttons; call ``take_buttons`` once they are there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[QToolButton] = []

    def take_buttons(self) -> None:
        """Lead the keyboard through the buttons there are."""
        self._buttons = self.findChildren(QToolButton)
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.installEventFilter(self)
        self._buttons[0].setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched in self._buttons:
            step = _STEPS.get(Qt.Key(event.key()))
            if step:
                self._go(self._buttons.index(watched), step)
                return True
        return super().eventFilter(watched, event)

    def _go(self, at: int, step: int) -> None:
        count = len(self._buttons)
        ways = ((at + step * n) % count for n in range(1, count))
        to = next((n for n in ways if self._buttons[n].isEnabled()), at)
        if to != at:
            self._buttons[to].setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._buttons[to].setFocus(Qt.FocusReason.TabFocusReason)
            self._buttons[at].setFocusPolicy(Qt.FocusPolicy.NoFocus)
