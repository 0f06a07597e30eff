"""The fields that open in a cell: one line, with a list where there is one; or several lines."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent, QStandardItem, QStandardItemModel, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QFrame, QLineEdit, QPlainTextEdit, QWidget

from perfdesk.domain import turkish
from perfdesk.gui.fields.emacs_keys import left_out
from perfdesk.services.editing.fields import Choice
from perfdesk.services.editing.units import SEPARATOR

_SEARCH_ROLE: Final = int(Qt.ItemDataRole.UserRole)
_MOST_LINES: Final = 8
_MOST_LISTED: Final = 10
_LIST_MARGIN: Final = 16
# the cell in hand keeps its edge while it is typed in
_FRAME: Final = "QLineEdit, QPlainTextEdit { border: 2px solid palette(highlight); }"


class LineEditor(QLineEdit):
    """One line. ``chosen`` tells that an entry of the list was taken with the mouse."""

    chosen = Signal()

    def __init__(self, parent: QWidget, choices: Sequence[Choice] = (), *, numeric: bool = False) -> None:
        super().__init__(parent)
        self.numeric = numeric
        self.replacing = False
        self.filled = False
        self.popup: QAbstractItemView | None = None
        self.setFrame(False)
        self.setStyleSheet(_FRAME)
        if numeric:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setTextMargins(1, 0, 1, 0)
        if choices:
            completer = CellCompleter(choices, self)
            self.setCompleter(completer)
            self.popup = completer.popup()
            completer.activated.connect(self.chosen)

    def event(self, event: QEvent) -> bool:
        return left_out(event) or super().event(event)

    def fill(self, text: str, *, replace: bool) -> None:
        """Begin with a text, which the first key replaces or continues."""
        self.filled = True
        self.replacing = replace
        self.setText(text)
        self.selectAll() if replace else self.deselect()

    def entry(self) -> str:
        """Return what was typed."""
        return self.text()

    def show_list(self) -> None:
        """Open the whole list, whatever stands in the field."""
        completer = self.completer()
        if completer is not None:
            completer.setCompletionPrefix("")
            completer.complete()

    def take_choice(self) -> None:
        """Take the list's entry in hand, if one is, and close the list."""
        completer = self.completer()
        popup = completer.popup()
        index = popup.currentIndex()
        if popup.isVisible() and index.isValid():
            self.setText(completer.pathFromIndex(index))
        popup.hide()


class FoldingCompleter(QCompleter):
    """Finds a name by any part of it or of its other names, whatever the case and the dots (ı≈i, ş≈s)."""

    def __init__(self, choices: Sequence[Choice], parent: QLineEdit) -> None:
        super().__init__(parent)
        self._line = parent
        model = QStandardItemModel(self)
        for choice in choices:
            item = QStandardItem(choice.name)
            item.setData(choice.search, _SEARCH_ROLE)
            model.appendRow(item)
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

    def splitPath(self, path: str) -> list[str]:
        # of several names only the last is being typed
        return [turkish.fold(path.rpartition(SEPARATOR)[2].strip())]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        before, separator, _last = self._line.text().rpartition(SEPARATOR)
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        return f"{before}{separator} {name}" if separator else name


class CellCompleter(FoldingCompleter):
    """Leaves the keyboard to the line, which passes on the keys that are for the list.

    A popup of Qt's takes the keyboard from the screen, and what is typed ahead while it closes is lost: digits of the
    amount in the next cell.
    """

    def __init__(self, choices: Sequence[Choice], parent: QLineEdit) -> None:
        super().__init__(choices, parent)
        popup = self.popup()
        popup.setWindowFlags(Qt.WindowType.ToolTip)
        popup.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # what the line lies in may be scrolled, the window moved
        around: QWidget | None = parent.parentWidget()
        while around is not None:
            around.installEventFilter(self)
            around = around.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        popup, kind = self.popup(), event.type()
        if watched is not popup and popup.isVisible():
            if kind == QEvent.Type.WindowDeactivate or (kind == QEvent.Type.FocusOut and watched is self._line):
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


class TextEditor(QPlainTextEdit):
    """Several lines. ``grown`` carries the height it needs."""

    grown = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.replacing = False
        self.filled = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(_FRAME)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # with its edge as high as a row with as many lines: to open it moves nothing
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._tell_height)

    def event(self, event: QEvent) -> bool:
        return left_out(event) or super().event(event)

    def fill(self, text: str, *, replace: bool) -> None:
        """Begin with a text, which the first key replaces or continues."""
        self.filled = True
        self.replacing = replace
        self.setPlainText(text)
        if replace:
            self.selectAll()
        else:
            self.moveCursor(QTextCursor.MoveOperation.End)

    def entry(self) -> str:
        """Return what was typed."""
        return self.toPlainText()

    def can_move(self, *, up: bool, down: bool) -> bool:
        """Whether there is a line above or below, or a letter beside, that an arrow would go to."""
        if not (up or down):
            return False
        cursor = QTextCursor(self.textCursor())
        return cursor.movePosition(QTextCursor.MoveOperation.Up if up else QTextCursor.MoveOperation.Down)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._tell_height()

    def _tell_height(self) -> None:
        needed = int(self.document().size().height())
        lines = min(max(needed, 1), _MOST_LINES)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if needed > lines else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        margin = int(self.document().documentMargin())
        self.grown.emit(lines * self.fontMetrics().lineSpacing() + 2 * margin + 4)


Editor = LineEditor | TextEditor
