"""The commands that print or write documents: the book, the workbook, the Word copy, a part, the short papers."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from perfdesk.gui.preview.pane import PreviewPane
from perfdesk.gui.session import Session
from perfdesk.gui.window.desk import Desk
from perfdesk.gui.window.exporter import Exporter, Format, paper
from perfdesk.gui.window.leaving import Leaving
from perfdesk.gui.window.refusals import Refusals
from perfdesk.i18n import _
from perfdesk.services.output import exporting

if TYPE_CHECKING:
    from perfdesk.gui.dialogs.papers import Wanted
    from perfdesk.gui.window.printing import Printing


class OutputCommands(QObject):
    """What is typed is written to the file first; where that cannot be, nothing is printed without it."""

    def __init__(
        self, desk: Desk, exporter: Exporter, refusals: Refusals, preview: PreviewPane, leaving: Leaving
    ) -> None:
        super().__init__(desk.widget)
        self._desk = desk
        self._exporter = exporter
        self._refusals = refusals
        self._preview = preview
        self._leaving = leaving
        self._printing: Printing | None = None
        exporter.told.connect(desk.foot.say)
        exporter.busy_changed.connect(lambda: desk.pages.enable_output(not exporter.is_busy))
        desk.pages.unit_file_wanted.connect(self.make_unit_file)
        desk.pages.paper_wanted.connect(self.choose_paper)
        desk.file.going.connect(self.stop)

    def stop(self) -> None:
        """Give up what is being printed or written, and wait until nothing is."""
        self._exporter.stop()
        if self._printing is not None:
            self._printing.stop()

    def is_busy(self) -> bool:
        """Whether something is being written or printed, which is said then: it must come to its end first."""
        said = self._exporter.busy_with
        if not said and self._printing is not None:
            said = self._printing.busy_with
        if said:
            self._desk.foot.say_problem(said)
        return bool(said)

    def export(self, what: Format) -> None:
        """Write a document of the year."""
        self._begin(lambda _session: self._exporter.choose(what))

    def print(self, *, part: bool) -> None:
        """Print the book, or the part of it that is shown."""
        here = self._desk.navigation.here if part else None
        self._begin(lambda session: self._printer().choose(session, here, self._preview.book))

    def choose_paper(self, paper: str = exporting.COUNCIL_SUMMARY) -> None:
        """Ask for a short paper, beginning with one of them, and print it or write it."""
        from perfdesk.gui.dialogs.papers import Papers

        def ask(session: Session) -> None:
            if session.context is not None:
                dialog = Papers(session.context, self._desk.widget, paper=paper)
                dialog.wanted.connect(lambda wanted: self._make_paper(session, wanted))
                dialog.open()

        self._begin(ask)

    def make_unit_file(self, unit: str, on_paper: bool) -> None:
        """Print the file of a spending unit, or write it as PDF."""
        from perfdesk.gui.dialogs.papers import Wanted

        def make(session: Session) -> None:
            units = tuple(one for one in session.municipality.units if one.id == unit)
            self._make_paper(session, Wanted(exporting.UNIT_FILE, units, on_paper=on_paper))

        self._begin(make)

    def _make_paper(self, session: Session, wanted: "Wanted") -> None:
        from perfdesk.documents.papers import PAPERS

        title = _(PAPERS[wanted.paper].title)
        if wanted.is_each:
            self._exporter.choose_units(wanted.units, title, wanted.file_format)
            return
        unit, name = next(((one.id, one.name) for one in wanted.units), ("", ""))
        if wanted.on_paper:
            self._printer().choose_paper(session, wanted.paper, unit)
        else:
            self._exporter.choose(paper(wanted.paper, title, wanted.file_format, unit, name))

    def _begin(self, then: Callable[[Session], object]) -> None:
        """Begin to print or write the open file, once somebody has been told what will not be in it."""
        desk = self._desk

        def begin() -> None:
            if desk.session is not None and not self.is_busy():
                then(desk.session)

        if desk.session is None or self.is_busy() or not desk.commit_or_say():
            return
        if desk.session.context is None:
            problem = desk.session.problem
            desk.foot.say_problem(problem.sentence() if problem else _("The file holds no programme yet."))
            return
        self._refusals.before_output(begin)

    def _printer(self) -> "Printing":
        # imported when it is wanted: the window opens faster without
        from perfdesk.gui.window.printing import Printing

        if self._printing is None:
            self._printing = Printing(self._desk.widget)
            self._leaving.watch(self._printing)
        return self._printing
