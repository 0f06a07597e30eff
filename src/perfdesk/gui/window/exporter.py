"""Writing documents from the window: asks where to, shows how far it is, tells that it is done."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton, QWidget

from perfdesk.documents.progress import Progress
from perfdesk.gui.dialogs import save_place, written
from perfdesk.gui.jobs import PER_CENT, Job
from perfdesk.i18n import N_, _
from perfdesk.services.output import exporting, naming
from perfdesk.tables.context import Context

if TYPE_CHECKING:
    from perfdesk.gui.main_window import MainWindow

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
    """Writes one document at a time beside the window: the snapshot of now, edits made meanwhile are not in it."""

    busy_changed = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._job: Job | None = None
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

    def hide(self) -> None:
        """Show no progress."""
        for widget in self.widgets:
            widget.hide()

    def choose(self, what: Format) -> None:
        """Ask where to and write a document of the year in hand."""
        session = self._window.session
        if session is None or session.context is None or not self._window.commit_or_say():
            return
        path = session.store.path
        parts = (path.stem, str(session.year), naming.clean(what.of))
        proposed = path.with_name(" ".join(filter(None, parts)) + what.suffix)
        save_place.ask(
            self._window, _(what.name), proposed, _(what.filter), what.suffix, lambda path: self.write(what, path)
        )

    def write(self, what: Format, path: Path) -> None:
        """Write a document beside the window."""
        session = self._window.session
        if session is None or session.context is None or self._job is not None:
            return
        ctx, source = session.context, session.store.path

        def work(job: Job) -> Path:
            content = what.make(ctx, job.tell)
            # a last chance to be cancelled: what stands in the place is replaced by the next line
            job.tell(PER_CENT, PER_CENT)
            exporting.save({path: content}, source=source)
            return path

        self._job = job = Job(work, self)
        job.progressed.connect(self._bar.setValue)
        job.done.connect(lambda made: written.show(self._window, made))
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

    def _on_failed(self, error: Exception) -> None:
        # raised here it goes where all errors go
        raise error

    def _on_finished(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
        self._job = None
        self.hide()
        self.busy_changed.emit()
