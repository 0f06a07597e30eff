"""The commands of frozen versions: the list of them, and writing one of them or what has changed between two.

The dialog is imported when it is wanted: the window opens faster without.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from perfdesk.domain.errors import UserError
from perfdesk.gui.session import Session
from perfdesk.gui.window.desk import Desk
from perfdesk.gui.window.exporter import BOOK, WORKBOOK, Exporter, Format
from perfdesk.gui.window.refusals import Refusals
from perfdesk.gui.window.writing_row import WritingRow
from perfdesk.i18n import N_, _
from perfdesk.services import changes, versions
from perfdesk.services.output import exporting

if TYPE_CHECKING:
    from perfdesk.gui.dialogs.versions import VersionsDialog


class VersionCommands(QObject):
    """What is written is made ready in the file's own thread: beside the window nobody reads the file."""

    def __init__(self, desk: Desk, exporter: Exporter, refusals: Refusals, is_busy: Callable[[], bool]) -> None:
        super().__init__(desk.widget)
        self._desk = desk
        self._exporter = exporter
        self._refusals = refusals
        self._is_busy = is_busy

    def show(self) -> None:
        """Show the versions of the year in hand."""
        desk, session = self._desk, self._desk.session
        from perfdesk.gui.dialogs.versions import VersionsDialog

        if session is None or session.context is None or not desk.commit_or_say():
            return
        dialog = VersionsDialog(
            session, lambda then: self._refusals.before_output(then, above=dialog), parent=desk.widget
        )
        dialog.pdf_wanted.connect(lambda number: self._write(dialog, lambda: _version(session, number, BOOK)))
        dialog.xlsx_wanted.connect(lambda number: self._write(dialog, lambda: _version(session, number, WORKBOOK)))
        dialog.changes_wanted.connect(
            lambda old, new, as_workbook: self._write_changes(dialog, session, old, new, as_workbook=as_workbook)
        )
        desk.file.going.connect(dialog.reject)
        exporter = self._exporter
        # the bar at the foot of the window, with the way to give it up, is out of reach
        dialog.add_row(WritingRow(exporter))

        def follow() -> None:
            dialog.set_writing(is_writing=exporter.is_busy)

        exporter.busy_changed.connect(follow)
        dialog.finished.connect(lambda: exporter.busy_changed.disconnect(follow))
        dialog.open()

    def _write_changes(
        self, dialog: "VersionsDialog", session: Session, old: int, new: int | None, *, as_workbook: bool
    ) -> None:
        def write() -> None:
            self._write(dialog, lambda: _changes(session, old, new, WORKBOOK if as_workbook else BOOK))

        if new is None:
            self._refusals.before_output(write, above=dialog)
        else:
            write()

    def _write(self, dialog: "VersionsDialog", prepare: Callable[[], Format]) -> None:
        """Ask where to and write what is made ready; what cannot be is told in the dialog."""
        if self._is_busy():
            return
        try:
            what = prepare()
        except UserError as error:
            dialog.tell(error)
            return
        self._exporter.choose(what, above=dialog)


def _version(session: Session, number: int, form: Format) -> Format:
    """Return a version as what can be written."""
    ctx, stamp = versions.opened(session.store, session.year, number)
    write = exporting.workbook if form is WORKBOOK else exporting.book
    # what is left to do in the programme as it is now is none of its
    return Format(
        form.name,
        form.filter,
        form.suffix,
        lambda _now, progress: write(ctx, progress, stamp=stamp),
        of=(_("version {number}").format(number=number),),
        is_part=True,
    )


def _changes(session: Session, old: int, new: int | None, form: Format) -> Format:
    """Return what differs between two states as what can be written."""
    pair = changes.pair(session.store, session.year, old, new)
    write = changes.workbook if form is WORKBOOK else changes.booklet
    named = _("changes since version {old}").format(old=old)
    if new is not None:
        named = _("changes from version {old} to {new}").format(old=old, new=new)
    return Format(
        N_("Change booklet"),
        form.filter,
        form.suffix,
        lambda _now, progress: write(pair, progress),
        of=(named,),
        is_part=True,
    )
