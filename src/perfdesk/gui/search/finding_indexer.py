"""Keeps the findings of the open file ready to be searched: in slices between which the window stays usable."""

from collections.abc import Generator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from perfdesk.gui.session import Session
from perfdesk.services.search.search_index import Group

if TYPE_CHECKING:
    from perfdesk.services.control.audit import Audited

# how long a slice holds up the window, in milliseconds
_SLICE: Final = 12


class FindingIndexer(QObject):
    """Makes ready what the checks have found; it never asks them. ``ready`` tells that there is more than was given."""

    ready = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # the findings that are ready, and those that are being made so
        self._done: Audited | None = None
        self._wanted: Audited | None = None
        self._groups: tuple[Group, ...] = ()
        self._steps: Generator[None, None, tuple[Group, ...]] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._slice)

    def forget(self) -> None:
        """Let go of the file."""
        self._timer.stop()
        self._done = self._wanted = self._steps = None
        self._groups = ()

    def groups(self, session: Session) -> tuple[Group, ...]:
        """Return the findings of the year in hand; none as long as there are none or they are not ready yet."""
        if not session.is_audited:
            return ()
        # the checks are loaded by now
        from perfdesk.services.search import finding_records

        found = session.audited_lately()
        if found is not self._done and found is not self._wanted:
            self._steps, self._wanted = finding_records.groups(found.open), found
            # most programmes have so few that they are ready at once
            self._advance()
            if self._steps is not None:
                self._timer.start()
        return self._groups if found is self._done else ()

    def finish(self, session: Session) -> None:
        """Make ready what was found, however long it takes."""
        self.groups(session)
        while self._steps is not None:
            self._advance()

    def _slice(self) -> None:
        self._advance()
        if self._steps is None:
            self.ready.emit()

    def _advance(self) -> None:
        """Go on for the time of a slice."""
        clock = QElapsedTimer()
        clock.start()
        try:
            while self._steps is not None:
                next(self._steps)
                if clock.hasExpired(_SLICE):
                    return
        except StopIteration as done:
            self._groups, self._done = done.value, self._wanted
            self._wanted = self._steps = None
        if self._steps is None:
            self._timer.stop()
