"""The findings at the right: made when they are first wanted, hidden they cost nothing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perfdesk.gui.session import Session
from perfdesk.gui.settings import Settings
from perfdesk.i18n import _
from perfdesk.services.places import Key

if TYPE_CHECKING:
    from perfdesk.gui.findings.finding_list import FindingList


class FindingsPane(QWidget):
    """Holds the list. ``line_chosen`` carries the finding taken in hand there, ``place_wanted`` where it is mended."""

    place_wanted = Signal(object)
    line_chosen = Signal(object)
    problem_said = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Checks"))
        self._settings = settings
        self._session: Session | None = None
        self._here: Key | None = None
        self._list: FindingList | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)

    @property
    def list(self) -> "FindingList":
        """The list."""
        if self._list is None:
            # with the checks, which are not loaded before they are wanted
            from perfdesk.gui.findings.finding_list import FindingList

            self._list = made = FindingList(self._settings)
            made.place_wanted.connect(self.place_wanted)
            made.line_chosen.connect(self.line_chosen)
            made.problem_said.connect(self.problem_said)
            made.set_session(self._session)
            made.set_here(self._here)
            layout = self.layout()
            if layout is not None:
                layout.addWidget(made)
        return self._list

    def set_session(self, session: Session | None) -> None:
        """Take up another file, or none."""
        self._session = session
        if self._list is not None:
            # what was left out in one file is none of another's
            self._list.show_all()
            self._list.set_session(session)

    def show_entry(self, here: Key | None) -> None:
        """Say which form is in sight."""
        self._here = here
        if self._list is not None:
            self._list.set_here(here)

    def refresh(self) -> None:
        """Show the findings of now; hidden it waits until it is shown."""
        if self.isVisible():
            self.list.refresh()

    def begin(self) -> None:
        """Put the keyboard into the list."""
        self.list.view.begin()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.refresh()
