"""Keeps the index of the open file: made when first wanted, in slices between which the window stays usable."""

from collections.abc import Generator
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from perfdesk.domain.programme import Municipality
from perfdesk.gui.session import Session
from perfdesk.services.search import search_index
from perfdesk.services.search.search_index import Index

# how long a slice holds up the window, in milliseconds
_SLICE: Final = 12


class Indexer(QObject):
    """Makes the index of a session's snapshot. ``ready`` tells that ``index`` is current."""

    ready = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.index: Index | None = None
        # the snapshot of the index, and the one it is being made of
        self._done: Municipality | None = None
        self._wanted: Municipality | None = None
        self._steps: Generator[None, None, Index] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._slice)

    def forget(self) -> None:
        """Let go of the file."""
        self._timer.stop()
        self.index = self._done = self._wanted = self._steps = None

    def want(self, session: Session) -> bool:
        """Return whether the index is current; else it is being made, and ``ready`` will tell."""
        snapshot = session.municipality
        if self._done is not snapshot and self._wanted is not snapshot:
            self._steps = search_index.build(snapshot, self.index, session.context)
            self._wanted = snapshot
            # after an edit there is little to do, which is done at once
            self._advance()
            if self._steps is not None:
                self._timer.start()
        return self._done is snapshot

    def finish(self, session: Session) -> None:
        """Make the index current now, however long it takes."""
        while not self.want(session):
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
            self.index, self._done = done.value, self._wanted
            self._wanted = self._steps = None
        if self._steps is None:
            self._timer.stop()
