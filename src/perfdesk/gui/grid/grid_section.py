"""A grid of a form with its heading, its command to begin a row, and the line that says what was refused."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.gui import colours
from perfdesk.gui.grid.edit_model import EditModel
from perfdesk.gui.grid.grid_view import GridView
from perfdesk.gui.headings import colour_text, make_heading, make_quiet
from perfdesk.gui.refused import Spot, refusal
from perfdesk.i18n import _

# letters of a note that is never broken
_SHORT: Final = 40


class GridSection(QWidget):
    """Shows an ``EditModel``; a Designer file gives ``title``, ``addText`` and ``note``.

    ``problem_said`` carries what the bar at the foot is to say: the sentence of an entry that has just been refused, ""
    when it is mended or given up, what a command has done.
    """

    problem_said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QLabel()
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        make_heading(self.heading, 1.05)
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        make_quiet(self.note)
        self.note.hide()
        self.add = QToolButton()
        self.add.setAutoRaise(True)
        self.add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add.hide()
        self.grid = GridView()
        self.heading.setBuddy(self.grid)
        self.problem = QLabel()
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.hide()
        colour_text(self.problem, colours.wrong(self.problem.palette()))
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        for widget in (self.heading, self.note, self.add):
            self.head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self.head)
        column.addWidget(self.grid)
        column.addWidget(self.problem)
        self.add.clicked.connect(self.grid.go_to_new)
        # why a command for several cells or rows was refused, until another cell is gone to
        self._refused = ""
        self.grid.refused.connect(self._say_refused)
        self.grid.said.connect(self.problem_said)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Tab comes to the grid first: on a command, which a form may have put into the head, the first blank of what is
        # typed would press it
        before: QWidget = self.grid
        # the layout is not asked for its items, whose wrappers would outlive them
        places = {self.head.indexOf(widget): widget for widget in self.findChildren(QWidget)}
        for at in sorted(places.keys() - {-1}):
            if Qt.FocusPolicy.TabFocus in places[at].focusPolicy():
                QWidget.setTabOrder(before, places[at])
                before = places[at]

    # uic calls these for the properties of a Designer file

    def setTitle(self, title: str) -> None:
        """Give the section its heading."""
        self.heading.setText(title)
        self.grid.setAccessibleName(title.replace("&", ""))

    def setAddText(self, text: str) -> None:
        """Name the command that begins a row."""
        self.add.setText(text)
        self.add.setVisible(bool(text))

    def setNote(self, note: str) -> None:
        """Say something in passing beside the heading."""
        make_quiet(self.note)
        self._show_note(note)

    def warn(self, note: str) -> None:
        """Say beside the heading what is to be looked at, with the sign of what is refused."""
        colour_text(self.note, colours.wrong(self.palette()))
        self._show_note(refusal(note))

    def set_model(self, model: EditModel) -> None:
        """Show a model."""
        self.grid.setModel(model)
        model.called = self.grid.accessibleName()
        self.add.setEnabled(not model.session.read_only)
        model.problems_changed.connect(self._tell)
        self.grid.selectionModel().currentChanged.connect(self._go_on)

    def show_refused(self, spot: Spot) -> None:
        """Put the cell of a refused entry in hand, if it is here."""
        index = self.grid.grid().index_of(spot)
        if index is not None:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
            self.grid.put(index)

    def _show_note(self, note: str) -> None:
        self.note.setText(note)
        # a short one stays in one line; wrapped, Qt would make it as narrow as can be
        self.note.setWordWrap(len(note) > _SHORT)
        self.note.setVisible(bool(note))

    def _say_refused(self, error: UserError) -> None:
        self._refused = refusal(error.sentence())
        self._tell()

    def _go_on(self) -> None:
        self._refused = ""
        self._tell()

    def _tell(self) -> None:
        """Say what is wrong with the cell in hand, or else with the entry refused last."""
        model = self.grid.grid()
        index = model.in_question(self.grid.currentIndex())
        said = model.wrong(index) if index is not None else None
        count = len(model.problems())
        text = self._refused or (refusal(said.told()) if said else "")
        if count > 1 and not self._refused:
            text += " " + _("({count} entries to be mended)").format(count=count)
        if text != self.problem.text():
            # the line below a long grid may be out of sight
            self.problem_said.emit(text)
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
