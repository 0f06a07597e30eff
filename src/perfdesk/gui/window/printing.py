"""Printing the book, or the pages of a part, through Qt's print support: sharp, and without holding up the window."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QTransform
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QProgressDialog, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.gui.jobs import PER_CENT, Job
from perfdesk.gui.preview.raster import Pages
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.output import exporting, previewing
from perfdesk.services.output.previewing import Preview
from perfdesk.services.places import Key
from perfdesk.tables.context import Context

# finer dots than these are lost on paper, and cost four times the memory
_FINEST: Final = 600
# rows drawn at once: five megabytes of a page instead of a hundred and forty
_BAND: Final = 256
# work shorter than this shows no progress, in milliseconds
_SLOW: Final = 500


class Printing(QObject):
    """Prints for a window: sets the book, asks how to print it, and prints, one thing at a time.

    ``finished`` says that nothing is being printed any more, for whatever reason.
    """

    finished = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._job: Job | None = None
        self._progress: QProgressDialog | None = None
        self._dialog: QPrintDialog | None = None
        # what the job made, and what to do with it
        self._made: Preview | None = None
        self._then: Callable[[Preview], None] | None = None
        self._is_printed = False

    @property
    def is_working(self) -> bool:
        """Whether something is being set or printed, which would be lost with the window."""
        return self._job is not None

    @property
    def is_printed(self) -> bool:
        """Whether what was begun last has been printed."""
        return self._is_printed

    @property
    def is_busy(self) -> bool:
        """Whether something is being set, asked or printed."""
        return self._job is not None or self._dialog is not None

    @property
    def busy_with(self) -> str:
        """A sentence that says that something is being printed, or ""."""
        return _("Something is being printed. Wait until that is done, or cancel it first.") if self.is_busy else ""

    def choose(self, session: Session, entry: Key | None = None, known: Preview | None = None) -> None:
        """Ask how to print the book of the year in hand, and print it.

        Args:
            session: the open file.
            entry: the part of the book whose pages are proposed; all pages where there is none.
            known: an earlier preview of the book, to be quick.
        """
        ctx = self._begun(session)
        source = session.store.path

        def set_book(job: Job) -> Preview:
            return previewing.whole(ctx, known=known, progress=job.tell)

        def ask(book: Preview) -> None:
            pages = previewing.entry_pages(ctx, book, entry) if entry else None
            self._ask(book, pages, source, _title(session), _("Print the book"))

        self._start(set_book, _("Setting the pages…"), ask)

    def choose_paper(self, session: Session, name: str, unit: str = "") -> None:
        """Ask how to print a short paper, of a spending unit where it is about one, and print it."""
        from perfdesk.documents.papers import PAPERS

        ctx = self._begun(session)
        source = session.store.path
        checked = session.checked() if PAPERS[name].of_findings else None

        def set_paper(job: Job) -> Preview:
            from perfdesk.services.output import controlling

            control = controlling.control(ctx, checked) if checked is not None else None
            return previewing.of_paper(ctx, name, unit, progress=job.tell, control=control)

        def ask(made: Preview) -> None:
            self._ask(made, None, source, _title(session), _("Print the paper"))

        self._start(set_paper, _("Setting the pages…"), ask)

    def _begun(self, session: Session) -> Context:
        """Return what is to be printed of a file, by the caller who has made sure that nothing else is."""
        if session.context is None or self.is_busy:
            raise RuntimeError("one thing is printed at a time, of a file that has something to print")
        return session.context

    def print_pages(self, book: Preview, printer: QPrinter) -> None:
        """Print on a printer that has been set up, the pages it has been told."""
        pages = chosen_pages(printer, len(book.pages))
        if pages:
            self._start(lambda job: _print(book, pages, printer, job.tell), _("Printing…"))

    def stop(self) -> None:
        """Cancel what is under way and wait for its end."""
        if self._job is not None:
            self._job.cancel()
            self._job.wait()

    def _ask(self, book: Preview, pages: tuple[int, int] | None, source: Path, title: str, heading: str) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        prepare(printer, title)
        self._dialog = dialog = QPrintDialog(printer, self._window)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, True)
        dialog.setMinMax(1, len(book.pages))
        dialog.setWindowTitle(heading)
        if pages:
            # the range itself may be folded away
            dialog.setWindowTitle(_("Print pages {first}–{last}").format(first=pages[0] + 1, last=pages[1] + 1))
            dialog.setFromTo(pages[0] + 1, pages[1] + 1)
            dialog.setPrintRange(QAbstractPrintDialog.PrintRange.PageRange)

        def answered(result: int) -> None:
            self._dialog = None
            dialog.deleteLater()
            if not result:
                self.finished.emit()
                return
            try:
                if printer.outputFileName():
                    exporting.refuse_output(Path(printer.outputFileName()), source)
            except UserError:
                self.finished.emit()
                raise
            self.print_pages(book, printer)

        dialog.finished.connect(answered)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def _start(self, work: Callable[[Job], object], label: str, then: Callable[[Preview], None] | None = None) -> None:
        self._job = job = Job(work, self)
        self._progress = progress = QProgressDialog(label, _("Cancel"), 0, PER_CENT, self._window)
        progress.setMinimumDuration(_SLOW)
        progress.setAutoReset(False)
        progress.canceled.connect(job.cancel)
        job.progressed.connect(progress.setValue)
        self._then, self._made, self._is_printed = then, None, False
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        job.start()

    def _on_failed(self, error: Exception) -> None:
        # raised here it goes where all errors go
        raise error

    def _on_done(self, made: Preview | None) -> None:
        self._made = made
        # what is to be done with what was made comes only now
        self._is_printed = self._then is None

    def _on_finished(self) -> None:
        if self._progress is not None:
            # closing it would cancel
            self._progress.hide()
            self._progress.deleteLater()
            self._progress = None
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()
            # cancelled on its last stretch it has been made all the same
            if self._then and self._made is not None and not job.is_cancelled:
                self._then(self._made)
        if not self.is_busy:
            self.finished.emit()


def _title(session: Session) -> str:
    return f"{session.municipality.administration.name} {session.year}"


def prepare(printer: QPrinter, title: str) -> None:
    """Set what the pages are made for: A4 to its edges, upright, under the book's name."""
    printer.setDocName(title)
    printer.setCreator("perfdesk")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """Return the pages to print, from 0, in their order; a driver that makes no copies is given the pages again."""
    pages = list(range(count))
    ranges = printer.pageRanges()
    if printer.printRange() == QPrinter.PrintRange.PageRange and not ranges.isEmpty():
        pages = [page for page in pages if ranges.contains(page + 1)]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    return pages if printer.supportsMultipleCopies() else pages * max(1, printer.copyCount())


def _print(book: Preview, pages: list[int], printer: QPrinter, tell: Callable[[int, int], object]) -> None:
    """Print pages of a book; in a thread, which Qt allows for printers."""
    painter = QPainter()
    try:
        with Pages(book.pdf) as opened:
            for number, page in enumerate(pages):
                turned = _turn(printer, book.pages[page])
                begun = printer.newPage() if number else painter.begin(printer)
                if not begun:
                    raise UserError(N_("The printer “{printer}” did not take the pages."), printer=_name(printer))
                # else pictures are written as JPEG, which blurs letters
                painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
                for done, rows in _draw_page(opened, page, book.pages[page], printer, painter, turned=turned):
                    tell(number * rows + done, len(pages) * rows)
    except BaseException:
        printer.abort()
        painter.end()
        if printer.outputFileName():
            # half a book is worse than none
            Path(printer.outputFileName()).unlink(missing_ok=True)
        raise
    painter.end()


def _name(printer: QPrinter) -> str:
    return printer.outputFileName() or printer.printerName()


def _turn(printer: QPrinter, size: tuple[float, float]) -> bool:
    """Turn the paper as the page lies; return whether the page must be turned instead, for a driver that cannot."""
    wide = size[0] > size[1]
    sides = QPageLayout.Orientation
    return not printer.setPageOrientation(sides.Landscape if wide else sides.Portrait) and wide


def _draw_page(
    opened: Pages, page: int, size: tuple[float, float], printer: QPrinter, painter: QPainter, *, turned: bool
) -> Iterator[tuple[int, int]]:
    """Draw a page band by band on the paper in the printer; yield how many of its rows are done."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
    room = paper.size().transposed() if turned else paper.size()
    scale = min(room.width() / size[0], room.height() / size[1])
    # on the paper
    width, height = round(size[0] * scale), round(size[1] * scale)
    # of the picture
    coarser = max(1, -(-printer.resolution() // _FINEST))
    columns, rows = -(-width // coarser), -(-height // coarser)
    grey = printer.colorMode() == QPrinter.ColorMode.GrayScale
    painter.save()
    if turned:
        painter.setTransform(QTransform(0, 1, -1, 0, paper.width(), 0))
    left, top = (room.width() - width) // 2, (room.height() - height) // 2
    for first in range(0, rows, _BAND):
        band = opened.draw(page, columns, rows, top=first, rows=_BAND, printing=True)
        if not _is_blank(band):
            shown = band.convertToFormat(QImage.Format.Format_Grayscale8) if grey else band
            place = QRect(left, top + first * coarser, columns * coarser, band.height() * coarser)
            painter.drawImage(place, shown)
        yield min(first + _BAND, rows), rows
    painter.restore()


def _is_blank(image: QImage) -> bool:
    blank = QImage(image.size(), image.format())
    blank.fill(0xFFFFFFFF)
    return image == blank
