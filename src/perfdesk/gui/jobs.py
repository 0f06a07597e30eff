"""Work beside the window: what takes longer than a moment runs in a thread, says how far it is, and can be cancelled.

The snapshot it works on cannot change, so nothing is shared but that, and Python itself: one thread at a time runs it.
"""

import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QThread, Signal

PER_CENT: Final = 100
# how long another thread may keep Python once the window asks for it, in seconds. The window asks dozens of times
# between a key and its paint, each time it comes back from Qt; Python's own five milliseconds add up to a wait
_TURN: Final = 0.0002


def take_short_turns() -> None:
    """Let threads take turns so often that the window does not notice the others; each of them calls this."""
    sys.setswitchinterval(_TURN)


class Cancelled(Exception):  # noqa: N818 - it is not an error
    """The user has had enough."""


class Job(QThread):
    """Work in a thread that tells how far it is and can be cancelled; ``failed`` carries the exception."""

    progressed = Signal(int)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Callable[["Job"], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._cancelled = False
        self._told = -1

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody wants the work any more."""
        return self._cancelled

    def cancel(self) -> None:
        """End the work where it can be ended next."""
        self._cancelled = True

    def tell(self, done: int, total: int) -> None:
        """Tell how far the work is; does not return from work that has been cancelled."""
        if self._cancelled:
            raise Cancelled
        share = done * PER_CENT // max(total, 1)
        if share != self._told:
            self._told = share
            self.progressed.emit(share)

    def run(self) -> None:
        take_short_turns()
        try:
            made = self._work(self)
        except Cancelled:
            return
        except Exception as error:  # handed to the window, which tells the two kinds apart
            self.failed.emit(error)
        else:
            self.done.emit(made)
