"""Writing documents from the window: asks where to, shows how far it is, tells that it is done."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton, QWidget

from perfdesk.documents.progress import Progress
from perfdesk.gui.dialogs import save_place, written
from perfdesk.gui.jobs import PER_CENT, Job
from perfdesk.gui.window.open_file import OpenFile
from perfdesk.i18n import N_, _
from perfdesk.services.output import exporting, naming
from perfdesk.services.places import TO_DO
from perfdesk.tables.context import Context

_BAR_WIDTH: Final = 120


class Format:
    """What can be written: its name, its suffix, and the service that makes it."""

    def __init__(
        self, name: str, filter_: str, suffix: str, make: Callable[[Context, Progress], bytes], of: str = ""
    ) -> None:
        # of what in particular, said in the file's name
        self.of = of
        self.name = name
        self.filter = filter_
        self.suffix = suffix
        self.make = make


BOOK: Final = Format(N_("PDF book"), N_("PDF documents (*.pdf)"), ".pdf", exporting.book)
WORKBOOK: Final = Format(N_("Excel workbook"), N_("Excel workbooks (*.xlsx)"), ".xlsx", exporting.workbook)


def unit_tables(name: str, unit: str) -> Format:
    """Return the cost tables of a spending unit as what can be written."""
    return Format(
        _("Cost tables of {unit}").format(unit=name),
        BOOK.filter,
        ".pdf",
        lambda ctx, progress: exporting.unit_tables(ctx, unit, progress),
        name,
    )


class Exporter(QObject):
    """Writes one document at a time beside the window: the snapshot of now, edits made meanwhile are not in it.

    ``told`` carries that one was given up.
    """

    busy_changed = Signal()
    told = Signal(str)
    # the key of an entry of the outline to turn to
    entry_wanted = Signal(object)

    def __init__(self, file: OpenFile, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._file = file
        self._job: Job | None = None
        # what is being written, and whether that came to an end of its own
        self._name = ""
        self._ended = False
        # how much was left to do in it
        self._left = 0
        self._text = QLabel()
        self._bar = QProgressBar()
        self._bar.setRange(0, PER_CENT)
        self._bar.setMaximumWidth(_BAR_WIDTH)
        self._bar.setTextVisible(False)
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
    def busy_with(self) -> str:
        """A sentence that says what is being written, or ""."""
        if self._job is None:
            return ""
        return _("“{file}” is being written. Wait until it is done, or cancel it first.").format(file=self._name)

    def hide(self) -> None:
        """Show no progress."""
        for widget in self.widgets:
            widget.hide()

    def choose(self, what: Format) -> None:
        """Ask where to and write a document of the year in hand."""
        session = self._file.session
        if session is None or session.context is None:
            return
        path = session.store.path
        parts = (path.stem, str(session.year), naming.clean(what.of))
        proposed = path.with_name(" ".join(filter(None, parts)) + what.suffix)
        save_place.ask(
            self._window, _(what.name), proposed, _(what.filter), what.suffix, lambda path: self.write(what, path)
        )

    def write(self, what: Format, path: Path) -> None:
        """Write a document beside the window."""
        session = self._file.session
        if session is None or session.context is None:
            return
        if self._job is not None:
            # begun while the place for this one was being chosen
            self.told.emit(self.busy_with)
            return
        ctx, source = session.context, session.store.path

        def work(job: Job) -> Path:
            content = what.make(ctx, job.tell)
            # a last chance to be cancelled: what stands in the place is replaced by the next line
            job.tell(PER_CENT, PER_CENT)
            exporting.save({path: content}, source=source)
            return path

        self._name, self._ended = path.name, False
        # a single unit's tables are no programme that lacks anything
        self._left = 0 if what.of else len(session.left_to_do())
        self._job = job = Job(work, self)
        job.progressed.connect(self._bar.setValue)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        self._bar.setValue(0)
        self._text.setText(_("Writing “{file}”…").format(file=path.name))
        for widget in self.widgets:
            widget.show()
        self.busy_changed.emit()
        job.start()

    def cancel(self) -> None:
        """Give up what is being written; what stood in its place stays."""
        if self._job is not None:
            self._job.cancel()

    def stop(self) -> None:
        """Give up what is being written, and wait until nothing is: who closes the window does not wait for a book."""
        if self._job is not None:
            self._job.cancel()
            self._job.wait()

    def _on_done(self, path: Path) -> None:
        self._ended = True
        written.show(self._window, path, left=self._left, show_left=lambda: self.entry_wanted.emit(TO_DO))

    def _on_failed(self, error: Exception) -> None:
        self._ended = True
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
