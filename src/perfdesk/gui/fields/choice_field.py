"""A field with a list: only its entries, or any text that its list completes."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from perfdesk.gui import colours
from perfdesk.gui.emacs_keys import left_out
from perfdesk.gui.fields.completer import ListCompleter
from perfdesk.services.editing.fields import Choice

# letters that are always in sight
_SHORT: Final = 16


class _Line(QLineEdit):
    def event(self, event: QEvent) -> bool:
        return left_out(event) or super().event(event)


class ChoiceField(QComboBox):
    """Shows one of a list. ``left`` carries the text where it is another one than stored; see ``TextField``."""

    left = Signal(str)
    reverted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored = ""
        self._offered: tuple[Choice, ...] | None = None
        self._is_wrong = False
        self._tip = ""
        # what is shown without being one of the list
        self._unlisted = ""
        self._list: ListCompleter | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_SHORT)
        # the wheel scrolls the page; only a field that has been gone to takes it
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda _at: self.commit())

    def offer(self, choices: Sequence[Choice], *, closed: bool) -> None:
        """Offer these entries; ``closed`` where no other text can be entered."""
        if self._offered == tuple(choices):
            return
        self._offered = tuple(choices)
        shown = self.text()
        blocked = self.blockSignals(True)
        self.clear()
        if not closed and not self.isEditable():
            self.setEditable(True)
            line = _Line(self)
            line.editingFinished.connect(self.commit)
            self.setLineEdit(line)
        elif closed:
            self.setEditable(False)
            self._list = None
        self.addItem("")
        self.addItems([choice.name for choice in choices])
        own = self.lineEdit()
        if own is not None:
            self._list = ListCompleter(choices, own)
            self._list.activated.connect(lambda _name: self.commit())
            own.setCompleter(self._list)
            own.setAccessibleName(self.accessibleName())
        self._set(shown)
        self.blockSignals(blocked)

    def show_text(self, text: str, *, another: bool = False) -> None:
        """Show the stored text; what is being typed just now stays, unless it belongs to ``another`` row."""
        typed = self.text() != self._stored and not another
        self._stored = text
        if not typed:
            self._set(text)

    def text(self) -> str:
        """Return what the field shows."""
        return self._unlisted if self.currentIndex() < 0 and not self.isEditable() else self.currentText()

    def put(self, text: str) -> None:
        """Show a text as typed."""
        self._set(text)

    def commit(self) -> None:
        """Tell the text if it is another one than stored."""
        text = self.text()
        if text != self._stored and self.isEnabled():
            self.left.emit(text)

    def revert(self) -> None:
        """Show what is stored."""
        self._set(self._stored)
        self.reverted.emit()

    def mark(self, *, wrong: bool) -> None:
        """Draw the edge of an entry that was refused, or no longer."""
        self._is_wrong = wrong
        colour = colours.wrong(self.palette()).name()
        self.setStyleSheet(f"ChoiceField {{ border: 1px solid {colour}; }}" if wrong else "")

    def setReadOnly(self, read_only: bool) -> None:
        """Let nothing be entered."""
        self.setEnabled(not read_only)

    def _set(self, text: str) -> None:
        at = self.findText(text, Qt.MatchFlag.MatchExactly)
        self._unlisted = text if at < 0 else ""
        self.setPlaceholderText(self._unlisted)
        self.setCurrentIndex(at)
        if self.toolTip() == self._tip:
            # no tooltip of the form's own: it has what may not fit into the field
            self._tip = text if len(text) > _SHORT else ""
            self.setToolTip(self._tip)
        if self.isEditable():
            self.setEditText(text)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._list is not None and self._list.press(event):
            return
        if event.key() == Qt.Key.Key_Escape and self.text() != self._stored:
            self.revert()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next_: bool) -> bool:
        # Tab takes the name in hand, too, and never comes to keyPressEvent
        if self._list is not None and self._list.popup().isVisible():
            self._list.take()
        return super().focusNextPrevChild(next_)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason):
            self.commit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._is_wrong:
            self.mark(wrong=True)
