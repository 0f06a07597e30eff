"""The list below a line that is typed in: the names that hold what was typed, those that begin with it first."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QWidget

from perfdesk.domain import turkish
from perfdesk.services.editing.fields import Choice
from perfdesk.services.editing.units import SEPARATOR

_SEARCH_ROLE: Final = int(Qt.ItemDataRole.UserRole)
_RANK_ROLE: Final = _SEARCH_ROLE + 1
_MOST_LISTED: Final = 10
_LIST_MARGIN: Final = 16
_LIST_KEYS: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_TAKING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class ListCompleter(QCompleter):
    """Finds a name by any part of it or of its other names, whatever the case and the dots (ı≈i, ş≈s).

    It leaves the keyboard to the line, whose owner passes on its keys with ``press``: a popup of Qt's takes the
    keyboard from the screen, and what is typed ahead while it closes is lost, such as digits of the amount in the
    next cell.
    """

    def __init__(self, choices: Sequence[Choice], parent: QLineEdit) -> None:
        super().__init__(parent)
        self._line = parent
        model = QStandardItemModel(self)
        model.setSortRole(_RANK_ROLE)
        for at, choice in enumerate(choices):
            item = QStandardItem(choice.name)
            item.setData(choice.search, _SEARCH_ROLE)
            item.setData(at, _RANK_ROLE)
            model.appendRow(item)
        self._names = model
        self._choices = {choice.name: (at, choice.search) for at, choice in enumerate(choices)}
        self._ranked_by = ""
        self.setModel(model)
        self.setCompletionRole(_SEARCH_ROLE)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setMaxVisibleItems(_MOST_LISTED)
        # as wide as its longest entry, which a column may not be
        popup = self.popup()
        bar = popup.verticalScrollBar().sizeHint().width() if len(choices) > _MOST_LISTED else 0
        popup.setMinimumWidth(
            min(popup.sizeHintForColumn(0) + bar + _LIST_MARGIN, parent.screen().availableSize().width())
        )
        popup.setWindowFlags(Qt.WindowType.ToolTip)
        popup.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # what the line lies in may be scrolled, the window moved
        around: QWidget | None = parent.parentWidget()
        while around is not None:
            around.installEventFilter(self)
            around = around.parentWidget()

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key does to the open list; return whether it was for the list alone."""
        key, popup = Qt.Key(event.key()), self.popup()
        if not popup.isVisible():
            return False
        if key == Qt.Key.Key_Escape:
            # the list first; the entry with the next one
            popup.hide()
            return True
        if key in _LIST_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            QApplication.sendEvent(popup, event)
            return True
        if key in _TAKING:
            self.take()
        return False

    def take(self) -> None:
        """Put the name in hand into the line, if one is, and close the list."""
        popup = self.popup()
        index = popup.currentIndex()
        if popup.isVisible() and index.isValid():
            self._line.setText(self.pathFromIndex(index))
        popup.hide()

    def splitPath(self, path: str) -> list[str]:
        # of several names only the last is being typed
        typed = turkish.fold(path.rpartition(SEPARATOR)[2].strip())
        self._rank(typed)
        return [typed]

    def _rank(self, typed: str) -> None:
        """List first the names that begin with what is typed, then those in which a word does."""
        if typed == self._ranked_by:
            return
        self._ranked_by = typed
        names = self._names
        blocked = names.blockSignals(True)
        for at in range(names.rowCount()):
            item = names.item(at)
            place, search = self._choices[item.text()]
            is_later = (not search.startswith(typed)) + (f" {typed}" not in f" {search}")
            item.setData(is_later * names.rowCount() + place, _RANK_ROLE)
        names.blockSignals(blocked)
        names.sort(0)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        before, separator, _last = self._line.text().rpartition(SEPARATOR)
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        return f"{before}{separator} {name}" if separator else name

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        popup, kind = self.popup(), event.type()
        if watched is not popup and popup.isVisible():
            # of a field with a line in it the field has the keyboard
            own = (self._line, self._line.focusProxy())
            if kind == QEvent.Type.WindowDeactivate or (kind == QEvent.Type.FocusOut and watched in own):
                # the line would not hear that it is left as long as the list is open
                popup.hide()
            elif kind == QEvent.Type.Move:
                self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        """Keep the list at its line."""
        if self._line.visibleRegion().isEmpty():
            self.popup().hide()
        else:
            self.complete()
