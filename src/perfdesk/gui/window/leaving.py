"""Letting the open file go: nothing that waits to be mended, is written or printed is lost without a question."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMessageBox

from perfdesk.gui.dialogs import still_writing
from perfdesk.gui.window.desk import Desk
from perfdesk.gui.window.exporter import Exporter
from perfdesk.gui.window.refusals import Refusals

if TYPE_CHECKING:
    from perfdesk.gui.window.printing import Printing


class Leaving(QObject):
    """Asks before the window or the file is closed."""

    def __init__(self, desk: Desk, refusals: Refusals, exporter: Exporter) -> None:
        super().__init__(desk.widget)
        self._desk = desk
        self._refusals = refusals
        self._exporter = exporter
        self._printing: Printing | None = None
        # what waits for the end of what is being written or printed, and the question that is asked meanwhile
        self._then: Callable[[], object] | None = None
        self._box: QMessageBox | None = None
        exporter.busy_changed.connect(self._on_busy)

    def watch(self, printing: "Printing") -> None:
        """Ask about what is printed, too; it is not made before something is."""
        self._printing = printing
        printing.finished.connect(self._on_printed)

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Write what is being typed and return whether nothing is lost with the file; else ask, which may do ``then``.

        Nobody waits for the answer: ``then`` leaves once more, all the same.
        """
        return self._refusals.may_leave(lambda: self._may_give_up(then) and then()) and self._may_give_up(then)

    def _may_give_up(self, then: Callable[[], object]) -> bool:
        """Return whether nothing is being written or printed; else ask, which may do ``then`` now or at its end."""
        window = self._desk.widget
        if self._exporter.is_busy:
            self._then = then
            self._box = still_writing.ask(window, self._exporter.name, give_up=then, stay=self._stay)
            return False
        if self._printing is not None and self._printing.is_working:
            self._then = then
            self._box = still_writing.ask_about_printing(window, give_up=then, stay=self._stay)
            return False
        return True

    def _stay(self) -> None:
        self._then = None

    def _on_busy(self) -> None:
        if not self._exporter.is_busy:
            self._on_end(well=self._exporter.is_written)

    def _on_printed(self) -> None:
        if self._printing is not None:
            self._on_end(well=self._printing.is_printed)

    def _on_end(self, *, well: bool) -> None:
        """Leave when what was waited for has come to a good end; what has not is told instead."""
        (then, self._then), (box, self._box) = (self._then, None), (self._box, None)
        if box is not None and shiboken6.isValid(box):
            # at its end meanwhile, it is no question any more
            box.close()
        if then is not None and well:
            QTimer.singleShot(0, then)
