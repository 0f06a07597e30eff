"""Notices that somebody types, clicks or scrolls anywhere in the program."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication

_HANDS: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
    }
)


class TypingWatch(QObject):
    """Emits ``noticed`` at every key, click and turn of the wheel.

    It sees every event of the program, so that it watches only when told to.
    """

    noticed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watches = False

    def watch(self, watches: bool) -> None:
        """Begin to watch, or end it."""
        application = QApplication.instance()
        if watches == self._watches or application is None:
            return
        self._watches = watches
        if watches:
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _HANDS:
            self.noticed.emit()
        return False
