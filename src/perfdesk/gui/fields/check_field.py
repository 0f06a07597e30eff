"""A field that is ticked or not; no and never said look alike, as they do in print."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from perfdesk.gui import colours
from perfdesk.i18n import _
from perfdesk.services.editing.fields import YES

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CheckField(QCheckBox):
    """Shows a yes. ``left`` carries what would be typed for it once it is another than stored; see ``TextField``.

    Where the tick is taken away nothing is said any more; a stored no stays one as long as nobody ticks it.
    """

    left = Signal(str)
    reverted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored = ""
        self.clicked.connect(lambda _checked: self.commit())

    def show_text(self, text: str, *, another: bool = False) -> None:
        """Show what is stored; a tick is written at once, so that there is nothing typed to keep."""
        del another
        self._stored = text
        self.put(text)

    def put(self, text: str) -> None:
        """Show a text as typed."""
        self.setChecked(text == _(YES))

    def entry(self) -> str:
        """Return the text that would be typed for what the field shows."""
        if self.isChecked():
            return _(YES)
        return self._stored if self._stored != _(YES) else ""

    def commit(self) -> None:
        """Tell the entry if it is another one than stored."""
        if self.entry() != self._stored and self.isEnabled():
            self.left.emit(self.entry())

    def revert(self) -> None:
        """Show what is stored."""
        self.put(self._stored)
        self.reverted.emit()

    def mark(self, *, wrong: bool) -> None:
        """Draw an entry that was refused, or no longer."""
        colour = colours.wrong(self.palette()).name()
        self.setStyleSheet(f"CheckField {{ color: {colour}; }}" if wrong else "")

    def setReadOnly(self, read_only: bool) -> None:
        """Let nothing be entered."""
        self.setEnabled(not read_only)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            # as from any field of a form
            self.focusNextChild()
        else:
            super().keyPressEvent(event)
