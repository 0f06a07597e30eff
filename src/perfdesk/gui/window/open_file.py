"""The file that is open in the window, if there is one: its session, and the safety that keeps it backed up."""

from PySide6.QtCore import QObject, Signal

from perfdesk.gui.session import Session
from perfdesk.gui.settings import Settings
from perfdesk.gui.window.safety import Safety


class OpenFile(QObject):
    """Takes one file after the other.

    ``going`` tells that the file is about to be let go, while it is still there; ``turned`` that another one is open
    now, or none. Between the two the window has nothing to show.
    """

    going = Signal()
    turned = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.session: Session | None = None
        self.safety: Safety | None = None

    def take(self, session: Session) -> None:
        """Put a file that has just been opened in the place of the former."""
        self.drop()
        session.setParent(self)
        self.session = session
        self.safety = Safety(session, self._settings, self)
        self.turned.emit()

    def release(self) -> Session | None:
        """Let go of the file without closing it; undo and what is undone stay with it."""
        self.going.emit()
        if self.safety is not None:
            self.safety.close()
            self.safety.deleteLater()
            self.safety = None
        session, self.session = self.session, None
        if session is not None:
            session.setParent(None)
        return session

    def drop(self) -> None:
        """Close the file, if there is one; the window goes, or shows something else at once."""
        session = self.release()
        if session is not None:
            session.close()
            session.deleteLater()

    def close(self) -> None:
        """Close the file, if there is one, and have the start page shown."""
        self.drop()
        self.turned.emit()
