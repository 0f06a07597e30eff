"""Writing documents from the window: asks where to, shows how far it is, tells that it is done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton, QWidget

from perfdesk.documents.progress import Progress
from perfdesk.domain.administration import Unit
from perfdesk.domain.errors import UserError
from perfdesk.gui.dialogs import errors, save_place, written
from perfdesk.gui.jobs import PER_CENT, Job
from perfdesk.gui.window.open_file import OpenFile
from perfdesk.i18n import N_, _
from perfdesk.services.control import counting
from perfdesk.services.output import exporting, naming
from perfdesk.services.places import CONTROL
from perfdesk.tables.context import Context
from perfdesk.tables.control.content import Control

_BAR_WIDTH: Final = 120
# what makes the documents of a year, by the places they go to
_Make = Callable[[Context, Progress], Mapping[Path, bytes]]


class Make(Protocol):
    """Makes a document of a year, telling how far it is."""

    def __call__(self, ctx: Context, progress: Progress, /) -> bytes: ...


class MakeOfFindings(Make, Protocol):
    """Makes a document that tells what the checks find, if need be by asking them."""

    def __call__(self, ctx: Context, progress: Progress, /, *, control: Control | None = None) -> bytes: ...


@dataclass
class Format:
    """What can be written: its name and those of its files (msgids), its suffix, and the service that makes it.

    ``of`` are words that the proposed file's name says besides the year. ``is_part``: it is of a part of the programme
    alone, and no programme that lacks anything. ``said`` is a sentence (a msgid) for whoever has got it.
    """

    name: str
    filter: str
    suffix: str
    make: Make
    of: tuple[str, ...] = ()
    is_part: bool = False
    said: str = ""


@dataclass
class FormatOfFindings(Format):
    """What can be written and tells what the checks find, which ``make`` is given as ``control``."""

    make: MakeOfFindings


BOOK: Final = Format(N_("PDF book"), N_("PDF documents (*.pdf)"), ".pdf", exporting.book)
WORKBOOK: Final = FormatOfFindings(N_("Excel workbook"), N_("Excel workbooks (*.xlsx)"), ".xlsx", exporting.workbook)
WORD: Final = Format(
    N_("Word copy"),
    N_("Word documents (*.docx)"),
    ".docx",
    exporting.word,
    said=N_(
        "This copy is for editing; what is changed in it does not come back to the program. On opening, Word may ask "
        "whether to update the fields: say yes, and the contents list gets its page numbers."
    ),
)
# of short papers, by the format's name
PAPER_FILES: Final = {exporting.PDF: BOOK, exporting.XLSX: WORKBOOK}


def paper(name: str, title: str, file_format: str, unit: str = "", unit_name: str = "") -> Format:
    """Return a short paper as what can be written, under the title it has in the window."""
    from perfdesk.documents.papers import PAPERS

    files = PAPER_FILES[file_format]

    def make(ctx: Context, progress: Progress, control: Control | None = None) -> bytes:
        return exporting.paper(ctx, name, unit=unit, file_format=file_format, progress=progress, control=control)

    kind = FormatOfFindings if PAPERS[name].of_findings else Format
    return kind(title, files.filter, files.suffix, make, (title, unit_name), is_part=bool(unit))


class Exporter(QObject):
    """Writes one document at a time beside the window: the snapshot of now, edits made meanwhile are not in it.

    ``told`` carries that one was given up, ``progressed`` how far it is, in per cent.
    """

    busy_changed = Signal()
    progressed = Signal(int)
    told = Signal(str)
    # the key of an entry of the outline to turn to
    entry_wanted = Signal(object)

    def __init__(self, file: OpenFile, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._file = file
        self._job: Job | None = None
        # what is being written, whether that came to an end of its own, and to a good one
        self._name = ""
        self._ended = False
        self._is_written = False
        # tells that it is there
        self._tell: Callable[[], object] = lambda: None
        # the dialog that wants it, whose messages would lie behind it otherwise
        self._above: QWidget | None = None
        self._text = QLabel()
        self._bar = QProgressBar()
        self._bar.setRange(0, PER_CENT)
        self._bar.setMaximumWidth(_BAR_WIDTH)
        self._bar.setTextVisible(False)
        self.progressed.connect(self._bar.setValue)
        self._cancel = QToolButton()
        self._cancel.setText(_("Cancel"))
        self._cancel.setAutoRaise(True)
        self._cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._cancel.clicked.connect(self.cancel)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """What the bar at the foot shows while something is being written."""
        return self._text, self._bar, self._cancel

    @property
    def is_busy(self) -> bool:
        """Whether something is being written."""
        return self._job is not None

    @property
    def name(self) -> str:
        """What is being written, or was last, in a word or two."""
        return self._name

    @property
    def busy_with(self) -> str:
        """A sentence that says what is being written, or ""."""
        if self._job is None:
            return ""
        return _("“{file}” is being written. Wait until it is done, or cancel it first.").format(file=self._name)

    @property
    def said(self) -> str:
        """What is being written, or was last, as it is said beside its progress."""
        return _("Writing “{file}”…").format(file=self._name)

    def hide(self) -> None:
        """Show no progress."""
        for widget in self.widgets:
            widget.hide()

    def choose(self, what: Format, *, above: QWidget | None = None) -> None:
        """Ask where to, above a dialog where one wants it, and write a document of the year in hand."""
        session = self._file.session
        if session is None or session.context is None:
            return
        proposed = naming.proposed(session.store.path, session.year, what.suffix, *what.of)
        write = partial(self.write, what, above=above)
        save_place.ask(above or self._window, _(what.name), proposed, _(what.filter), what.suffix, write)

    def choose_units(self, units: Sequence[Unit], title: str, file_format: str) -> None:
        """Ask for a folder and write the file of each unit into it."""
        session = self._file.session
        if session is None or session.context is None:
            return
        source, year, suffix = session.store.path, session.year, PAPER_FILES[file_format].suffix

        def places(folder: Path) -> dict[str, Path]:
            return naming.unit_files(folder, source, year, title, units, suffix)

        save_place.ask_folder(
            self._window,
            _("A folder for the unit files"),
            source.parent,
            lambda folder: places(folder).values(),
            lambda folder: self.write_units(places(folder), folder, file_format),
        )

    def write(self, what: Format, path: Path, *, above: QWidget | None = None) -> None:
        """Write a document beside the window; what becomes of it is told above a dialog that is still open then."""
        session = self._file.session
        counts = {} if what.is_part or session is None else session.audited().counts_of_programme()
        found = counting.in_words({one: counts[one] for one in counting.GRAVE}, ", ") if counts else ""

        def tell() -> None:
            show = partial(self.entry_wanted.emit, CONTROL)
            said = _(what.said) if what.said else ""
            written.show(self._teller, path, said=said, found=found, show_found=show)

        checked = session.checked() if session is not None and isinstance(what, FormatOfFindings) else None

        def make(ctx: Context, progress: Progress) -> Mapping[Path, bytes]:
            if checked is None or not isinstance(what, FormatOfFindings):
                return {path: what.make(ctx, progress)}
            from perfdesk.services.output import controlling

            # names that were not compared yet are compared here, beside the window
            return {path: what.make(ctx, progress, control=controlling.control(ctx, checked))}

        self._begin(path.name, make, tell, above)

    def write_units(self, places: Mapping[str, Path], folder: Path, file_format: str) -> None:
        """Write the files of units beside the window, each to its place in a folder: all of them, or none."""

        def make(ctx: Context, progress: Progress) -> Mapping[Path, bytes]:
            made = exporting.unit_files(ctx, tuple(places), file_format, progress)
            return {places[unit]: content for unit, content in made.items()}

        name = _("{count} unit files").format(count=len(places))
        self._begin(name, make, lambda: written.show_folder(self._window, folder, len(places)))

    @property
    def _teller(self) -> QWidget:
        """What messages are shown above."""
        above = self._above
        return above if above is not None and shiboken6.isValid(above) and above.isVisible() else self._window

    def _begin(self, name: str, make: _Make, tell: Callable[[], object], above: QWidget | None = None) -> None:
        """Make documents of the year in hand and write them, and ``tell`` when they are there."""
        session = self._file.session
        if session is None or session.context is None:
            return
        if self._job is not None:
            # begun while the place for this one was being chosen
            self.told.emit(self.busy_with)
            return
        ctx, source = session.context, session.store.path

        def work(job: Job) -> None:
            outputs = make(ctx, job.tell)
            # a last chance to be cancelled: what stands in the places is replaced by the next line
            job.tell(PER_CENT, PER_CENT)
            exporting.save(outputs, source=source)

        self._name, self._tell, self._ended, self._is_written = name, tell, False, False
        self._above = above
        self._job = job = Job(work, self)
        job.progressed.connect(self.progressed)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        self.progressed.emit(0)
        self._text.setText(self.said)
        for widget in self.widgets:
            widget.show()
        self.busy_changed.emit()
        job.start()

    def cancel(self) -> None:
        """Give up what is being written; what stood in its place stays."""
        if self._job is not None:
            self._job.cancel()

    def stop(self) -> None:
        """Give up what is being written, and wait until nothing is; whoever lets the file go has agreed to that."""
        if self._job is not None:
            self._job.cancel()
            self._job.wait()

    @property
    def is_written(self) -> bool:
        """Whether what was begun last has been written."""
        return self._is_written

    def _on_done(self) -> None:
        self._ended = self._is_written = True
        self._tell()

    def _on_failed(self, error: Exception) -> None:
        self._ended = True
        if isinstance(error, UserError) and self._teller is not self._window:
            errors.say(self._teller, error.sentence())
            return
        # raised here it goes where all errors go
        raise error

    def _on_finished(self) -> None:
        job, self._job = self._job, None
        self.hide()
        self.busy_changed.emit()
        if job is None:
            return
        job.deleteLater()
        # cancelled on its last stretch it has been written all the same
        if job.is_cancelled and not self._ended:
            self.told.emit(_("Writing “{file}” was given up.").format(file=self._name))
