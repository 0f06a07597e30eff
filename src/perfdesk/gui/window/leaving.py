"""Letting the open file go: nothing that waits to be mended or is being written is lost without a question."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from perfdesk.gui.dialogs import still_writing
from perfdesk.gui.window.desk import Desk
from perfdesk.gui.window.exporter import Exporter
from perfdesk.gui.window.refusals import Refusals


class Leaving(QObject):
    """Asks before the window or the file is closed."""

    def __init__(self, desk: Desk, refusals: Refusals, exporter: Exporter) -> None:
        super().__init__(desk.widget)
        self._desk = desk
        self._refusals = refusals
        self._exporter = exporter

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Write what is being typed and return whether nothing is lost with the file; else ask, which may do ``then``.

        Nobody waits for the answer: ``then`` leaves once more, all the same.
        """
        return self._refusals.may_leave(lambda: self._may_give_up(then) and then()) and self._may_give_up(then)

    def _may_give_up(self, then: Callable[[], object]) -> bool:
        """Return whether nothing is being written; else ask, which may do ``then``."""
        if not self._exporter.is_busy:
            return True
        box = still_writing.ask(self._desk.widget, self._exporter.name, go_on=then)
        # written meanwhile, it is no question any more
        self._exporter.busy_changed.connect(box.reject)
        return False
