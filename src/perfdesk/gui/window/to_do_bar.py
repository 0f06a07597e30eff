"""A line above the form while somebody works through what is left to do: back to the list, and on to the next."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from perfdesk.gui.fields.text_field import ElidedLabel
from perfdesk.gui.headings import make_quiet
from perfdesk.i18n import _


class ToDoBar(QWidget):
    """Says which thing is in hand. ``back_wanted`` tells that the list is wanted."""

    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back, self.next = QToolButton(), QToolButton()
        self.back.setText(f"‹ {_('What is left to do')}")
        self.back.clicked.connect(self.back_wanted)
        for button in (self.back, self.next):
            button.setAutoRaise(True)
        self.said = ElidedLabel()
        make_quiet(self.said)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 0)
        row.addWidget(self.back)
        row.addWidget(self.said, 1)
        row.addWidget(self.next)
        self.hide()

    def set_next(self, action: QAction) -> None:
        """Let the button give the command that goes on."""
        self.next.clicked.connect(action.trigger)
        key = action.shortcut().toString()
        self.next.setText(f"{action.text().replace('&', '')} ({key}) ›")

    def say(self, text: str) -> None:
        """Show the line; without a text it is gone."""
        self.said.setText(text)
        self.setVisible(bool(text))
