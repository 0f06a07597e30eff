"""The commands that print or write documents: the book, the workbook, a part, a spending unit's cost tables."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from perfdesk.gui.session import Session
from perfdesk.gui.window.exporter import Exporter, Format, unit_tables

if TYPE_CHECKING:
    from perfdesk.gui.main_window import MainWindow
    from perfdesk.gui.window.printing import Printing


class OutputCommands(QObject):
    """What is typed is written to the file first; where that cannot be, nothing is printed without it."""

    def __init__(self, window: "MainWindow", exporter: Exporter) -> None:
        super().__init__(window)
        self._window = window
        self._exporter = exporter
        self._printing: Printing | None = None

    def stop(self) -> None:
        """Give up what is being printed or written, and wait until nothing is."""
        self._exporter.stop()
        if self._printing is not None:
            self._printing.stop()

    def export(self, what: Format) -> None:
        """Write a document of the year."""
        self._begin(lambda _session: self._exporter.choose(what))

    def print(self, *, part: bool) -> None:
        """Print the book, or the part of it that is shown."""
        window = self._window
        self._begin(lambda session: self._printer().choose(session, window.here if part else None, window.preview.book))

    def choose_unit(self) -> None:
        """Ask for a spending unit, and print its cost tables or write them as PDF."""
        from perfdesk.gui.dialogs.unit_tables import UnitTables

        session = self._window.session
        if session is not None and session.context is not None and self._window.commit_or_say():
            dialog = UnitTables(session.context, self._window)
            dialog.wanted.connect(self.print_unit)
            dialog.open()

    def print_unit(self, unit: str, on_paper: bool) -> None:
        """Print the cost tables of a spending unit, or write them as PDF."""

        def begin(session: Session) -> None:
            if on_paper:
                self._printer().choose_unit(session, unit)
            else:
                name = next(one.name for one in session.municipality.units if one.id == unit)
                self._exporter.choose(unit_tables(name, unit))

        self._begin(begin)

    def _begin(self, then: Callable[[Session], object]) -> None:
        """Begin to print or write the open file, once somebody has been told what will not be in it."""
        window = self._window

        def begin() -> None:
            if window.session is not None:
                then(window.session)

        if window.session is not None and window.commit_or_say():
            window.refusals.before_output(begin)

    def _printer(self) -> "Printing":
        # imported when it is wanted: the window opens faster without
        from perfdesk.gui.window.printing import Printing

        self._printing = self._printing or Printing(self._window)
        return self._printing
