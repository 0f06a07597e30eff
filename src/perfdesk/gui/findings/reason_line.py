"""The line for a reason, which completes from those given before."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from perfdesk.domain import turkish
from perfdesk.gui.emacs_keys import left_out
from perfdesk.gui.fields.completer import ListCompleter
from perfdesk.services.editing.fields import Choice

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ReasonLine(QLineEdit):
    """One line; the arrows go through the reasons that hold what was typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list: _Sentences | None = None

    def offer(self, reasons: Sequence[str]) -> None:
        """Complete from these."""
        if reasons:
            self._list = _Sentences([Choice(reason, turkish.fold(reason)) for reason in reasons], self)
            self.setCompleter(self._list)

    def event(self, event: QEvent) -> bool:
        return left_out(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        offered = self._list
        if offered is not None:
            popup = offered.popup()
            if event.key() in _ENTER and popup.isVisible() and popup.currentIndex().isValid():
                # what is taken is read before it is kept
                offered.take()
                return
            if not popup.isVisible() and event.key() == Qt.Key.Key_Down:
                offered.setCompletionPrefix(turkish.fold(self.text().strip()))
                offered.complete()
                return
            if offered.press(event):
                return
        super().keyPressEvent(event)


class _Sentences(ListCompleter):
    """Completes the whole line: a sentence may hold the sign that stands between names."""

    def splitPath(self, path: str) -> list[str]:
        typed = turkish.fold(path.strip())
        self._rank(typed)
        return [typed]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))
