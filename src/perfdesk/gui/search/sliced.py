"""Something made of a snapshot in slices, between which the window stays usable."""

from collections.abc import Callable, Generator
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

_Made = TypeVar("_Made")
# how long a slice holds up the window, in milliseconds
_SLICE: Final = 12


class Sliced(QObject, Generic[_Made]):
    """Makes one thing of a snapshot, when that is wanted. ``ready`` tells that what was waited for is there.

    Until then ``made`` is what was made of the snapshot before.
    """

    ready = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.made: _Made | None = None
        # the snapshot it was made of, and the one it is being made of
        self._done: object | None = None
        self._wanted: object | None = None
        self._steps: Generator[None, None, _Made] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._slice)

    @property
    def is_being_made(self) -> bool:
        """Whether there is anything left to do."""
        return self._steps is not None

    def forget(self) -> None:
        """Let go of the file."""
        self._timer.stop()
        self.made = self._done = self._wanted = self._steps = None

    def is_made(self, of: object, begin: Callable[[], Generator[None, None, _Made]]) -> bool:
        """Return whether it is made of a snapshot; else it is begun, if it was not, and ``ready`` will tell."""
        if self._done is not of and self._wanted is not of:
            self._steps, self._wanted = begin(), of
            # most often there is little to do, which is done at once
            self.advance()
            if self._steps is not None:
                self._timer.start()
        return self._done is of

    def advance(self) -> None:
        """Go on for the time of a slice."""
        clock = QElapsedTimer()
        clock.start()
        try:
            while self._steps is not None:
                next(self._steps)
                if clock.hasExpired(_SLICE):
                    return
        except StopIteration as done:
            self.made, self._done = done.value, self._wanted
            self._wanted = self._steps = None
        if self._steps is None:
            self._timer.stop()

    def _slice(self) -> None:
        self.advance()
        if self._steps is None:
            self.ready.emit()
