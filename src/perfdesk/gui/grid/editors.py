"""The fields that open in a cell: one line, with a list where there is one; or several lines."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QPlainTextEdit, QWidget

from perfdesk.gui.emacs_keys import left_out
from perfdesk.gui.fields.completer import ListCompleter
from perfdesk.services.editing.fields import Choice

_MOST_LINES: Final = 8
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
        self.list: ListCompleter | None = None
        self.setFrame(False)
        self.setStyleSheet(_FRAME)
        if numeric:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setTextMargins(1, 0, 1, 0)
        if choices:
            self.list = ListCompleter(choices, self)
            self.setCompleter(self.list)
            self.list.activated.connect(self.chosen)

    def event(self, event: QEvent) -> bool:
        return left_out(event) or super().event(event)

    @property
    def popup(self) -> QAbstractItemView | None:
        """The list, where there is one."""
        return self.list.popup() if self.list is not None else None

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
        if self.list is not None:
            self.list.setCompletionPrefix("")
            self.list.complete()


class LinesEditor(QPlainTextEdit):
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
        self.textChanged.connect(self.tell_height)

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
            self.tell_height()

    def tell_height(self) -> None:
        """Tell how high it has to be."""
        needed = int(self.document().size().height())
        lines = min(max(needed, 1), _MOST_LINES)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if needed > lines else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        margin = int(self.document().documentMargin())
        self.grown.emit(lines * self.fontMetrics().lineSpacing() + 2 * margin + 4)


Editor = LineEditor | LinesEditor
