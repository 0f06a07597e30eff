"""Letting the open file go: nothing that waits to be mended or is being written is lost without a question."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMessageBox

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
        # what waits for the end of what is being written, and the question that is asked meanwhile
        self._then: Callable[[], object] | None = None
        self._box: QMessageBox | None = None
        exporter.busy_changed.connect(self._on_busy)

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Write what is being typed and return whether nothing is lost with the file; else ask, which may do ``then``.

        Nobody waits for the answer: ``then`` leaves once more, all the same.
        """
        return self._refusals.may_leave(lambda: self._may_give_up(then) and then()) and self._may_give_up(then)

    def _may_give_up(self, then: Callable[[], object]) -> bool:
        """Return whether nothing is being written; else ask, which may do ``then`` now or once it is written."""
        if not self._exporter.is_busy:
            return True
        self._then = then
        self._box = still_writing.ask(self._desk.widget, self._exporter.name, give_up=then, stay=self._stay)
        return False

    def _stay(self) -> None:
        self._then = None

    def _on_busy(self) -> None:
        """Leave when what was waited for is written; what could not be written is told instead."""
        if self._exporter.is_busy:
            return
        (then, self._then), (box, self._box) = (self._then, None), (self._box, None)
        if box is not None and shiboken6.isValid(box):
            # written meanwhile, it is no question any more
            box.close()
        if then is not None and self._exporter.is_written:
            QTimer.singleShot(0, then)
