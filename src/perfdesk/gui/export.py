"""Writing book and workbook beside the window: the one thing, with previews, that a thread is allowed for."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QThread, Signal

from perfdesk.i18n import N_
from perfdesk.services import exporting
from perfdesk.tables.context import Context


class Format:
    """What can be written: its name, its suffix, and the service that makes it."""

    def __init__(self, name: str, filter_: str, suffix: str, make: Callable[[Context], bytes]) -> None:
        self.name = name
        self.filter = filter_
        self.suffix = suffix
        self.make = make


BOOK: Final = Format(N_("PDF book"), N_("PDF documents (*.pdf)"), ".pdf", exporting.book)
WORKBOOK: Final = Format(N_("Excel workbook"), N_("Excel workbooks (*.xlsx)"), ".xlsx", exporting.workbook)


class ExportJob(QThread):
    """Writes one document of the snapshot of now; edits made meanwhile are not in it.

    ``failed`` carries the exception. The snapshot cannot change, so nothing is shared but it.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, what: Format, ctx: Context, path: Path, source: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.what = what
        self.path = path
        self._context = ctx
        self._source = source

    def run(self) -> None:
        try:
            exporting.save({self.path: self.what.make(self._context)}, source=self._source)
        except Exception as error:  # handed to the window, which tells the two kinds apart
            self.failed.emit(error)
        else:
            self.done.emit(self.path)
