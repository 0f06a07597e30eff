"""A line above the form while somebody works through the findings: which one is in hand, the one before, the next."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from perfdesk.gui.fields.text_field import ElidedLabel
from perfdesk.gui.headings import make_quiet
from perfdesk.i18n import _


class FindingBar(QWidget):
    """Says which finding is in hand. ``list_wanted`` tells that the list of all is wanted."""

    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list, self.previous, self.next = QToolButton(), QToolButton(), QToolButton()
        self.list.setText(_("Checks"))
        self.list.setToolTip(_("Show the list of all findings"))
        self.list.clicked.connect(self.list_wanted)
        for button in (self.list, self.previous, self.next):
            button.setAutoRaise(True)
        self.said = ElidedLabel()
        make_quiet(self.said)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 0)
        row.addWidget(self.list)
        row.addWidget(self.said, 1)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        self.hide()

    def set_ways(self, previous: QAction, following: QAction) -> None:
        """Let the buttons give the commands that go on."""
        for button, action, text in ((self.previous, previous, "‹"), (self.next, following, "›")):
            button.clicked.connect(action.trigger)
            name, key = action.text().replace("&", ""), action.shortcut().toString()
            button.setText(f"{text} {key}" if action is previous else f"{key} {text}")
            button.setToolTip(f"{name} ({key})")
            button.setAccessibleName(name)

    def say(self, text: str) -> None:
        """Show the line; without a text it is gone."""
        self.said.setText(text)
        self.setVisible(bool(text))
