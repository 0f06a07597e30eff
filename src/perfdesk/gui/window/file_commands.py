"""The commands of the file menu and the start page: making, opening, copying files, and beginning the next year.

Dialogs are imported when they are wanted: the window opens faster without.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtWidgets import QFileDialog, QMessageBox

from perfdesk.domain.errors import UserError
from perfdesk.gui import file_kinds, moments
from perfdesk.gui.dialogs import errors, save_place
from perfdesk.gui.recent import RecentFiles
from perfdesk.gui.session import Session, open_session
from perfdesk.gui.settings import Position, Settings, documents_folder
from perfdesk.i18n import N_, _
from perfdesk.services import deleting_year
from perfdesk.services.files import backing_up, copying, opening, samples
from perfdesk.services.output import naming
from perfdesk.services.places import TO_DO
from perfdesk.storage.backups import Backup, Reason

if TYPE_CHECKING:
    from perfdesk.gui.main_window import MainWindow

# in milliseconds
_SAID: Final = 5_000


class FileCommands(QObject):
    """What is done with whole files; remembers those opened last, and where somebody was in them."""

    def __init__(self, window: "MainWindow", settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._recent = RecentFiles(settings)
        start = window.start_page
        start.new_wanted.connect(self.new_file)
        start.open_wanted.connect(self.choose_file)
        start.sample_wanted.connect(self.open_sample)
        start.continue_wanted.connect(self.continue_from_file)
        start.recent_wanted.connect(self.open_path)
        start.forget_wanted.connect(self._forget)
        self.show_recent()

    def show_recent(self) -> None:
        """Let the start page list the files opened last."""
        self._window.start_page.show_recent(self._recent.entries())

    def new_file(self) -> None:
        """Ask the questions of a new file, make it and open it."""
        from perfdesk.gui.dialogs.new_file import NewFile

        dialog = NewFile(self._window)
        dialog.made.connect(self.open_path)
        dialog.open()

    def choose_file(self) -> None:
        """Ask for a file and open it."""
        path = self._chosen()
        if path is not None:
            self.open_path(path)

    def open_sample(self) -> None:
        """Open a copy of the sample municipality."""
        path = samples.open_sample(documents_folder())
        told = _("The sample has been copied to “{file}”. This copy is yours: change in it whatever you like.")
        self.open_path(path, lambda: self._window.ui.banner.add(told.format(file=path)))

    def continue_from_file(self) -> None:
        """Ask for last year's file, open it and begin the next year."""
        path = self._chosen()
        if path is not None:
            self.open_path(path, self.new_year)

    def new_year(self) -> None:
        """Begin the programme of the next year."""
        window = self._window
        session, safety = window.session, window.safety
        from perfdesk.gui.dialogs.new_year import NewYear

        if session is None or safety is None or session.read_only or not NewYear.possible(session):
            return
        window.commit()
        if not safety.before(Reason.BEFORE_NEW_YEAR) and not self._go_on_without_backup():
            return
        dialog = NewYear(session, window)
        # with the keyboard in the list
        dialog.made.connect(lambda _year: window.pages.entry_wanted.emit(TO_DO))
        dialog.open()

    def delete_year(self) -> None:
        """Ask, and delete the year shown with all it holds."""
        window = self._window
        session = window.session
        from perfdesk.gui.dialogs import delete_year

        if session is None or session.read_only or not window.commit():
            return
        going = deleting_year.going_with(session.municipality, session.year)
        delete_year.ask(window, going, lambda: self._delete_year(session, going.year))

    def _delete_year(self, session: Session, year: int) -> None:
        window = self._window
        safety = window.safety
        if window.session is not session or safety is None:
            return
        if not safety.before(Reason.BEFORE_DELETING) and not self._go_on_without_backup(
            N_("No backup could be made. Delete the year all the same? It can be taken back with Undo.")
        ):
            return
        deleting_year.delete_year(session.store, year)
        window.foot.say(_("The programme of {year} has been deleted; Ctrl+Z takes it back.").format(year=year))

    def open_path(self, path: Path, then: Callable[[], object] | None = None) -> bool:
        """Open a file; one that is held elsewhere or read-only for reading. What cannot be opened is told.

        Args:
            path: the file.
            then: done when the window shows the file, which may be only after a question.

        Returns:
            Whether the window shows it now.
        """
        window = self._window
        if window.session and opening.is_open(window.session.store, path):
            window.commit()
            if then is not None:
                then()
            return True
        return window.may_leave(lambda: self._open(path, then)) and self._open(path, then)

    def _open(self, path: Path, then: Callable[[], object] | None) -> bool:
        """Open a file in place of the one that is open, without asking; return whether the window shows it."""
        window = self._window
        try:
            session, reason = open_session(path, window)
        except UserError as error:
            errors.say(window, error.sentence())
            if path.is_file() and backing_up.backups(path, self._settings.backup_folder):
                # it cannot be opened any more, but what it held before can
                self._restore(path, None)
            return False
        self._forget_entry()
        window.take_session(session)
        if reason:
            window.ui.banner.add(reason, _("Try again"), self._try_again)
        risk = opening.risk(path)
        if risk:
            window.ui.banner.add(risk)
        self._recent.opened(path, session.municipality.administration.name)
        position = self._settings.position(path.absolute())
        if position is not None:
            session.set_year(position.year)
            window.go_to((position.kind, position.id))
        if then is not None:
            then()
        return True

    def _forget_entry(self) -> None:
        """Choose nothing in the outline: one just like the former file's would not tell that an entry is chosen."""
        self.remember()
        chosen = self._window.ui.outline.selectionModel()
        with QSignalBlocker(chosen):
            chosen.clearCurrentIndex()

    def _try_again(self) -> None:
        """Open a file that is shown for reading only once more, now perhaps for writing."""
        session = self._window.session
        if session is not None:
            path = session.store.path
            self._window.drop_session()
            self.open_path(path)

    def close(self) -> None:
        """Close the file and show the start page."""
        if self._window.session is not None and self._window.may_leave(self._close):
            self._close()

    def _close(self) -> None:
        self._window.drop_session()
        self._window.show_start()

    def say_saved(self) -> None:
        """Say that there is nothing to save: hands press Ctrl+S all the same."""
        if self._window.session is not None and self._window.commit():
            self._window.ui.status.showMessage(_("Every entry is saved by itself when you leave it."), _SAID)

    def remember(self) -> None:
        """Keep where somebody is in the open file."""
        session, here = self._window.session, self._window.here
        if session is not None and here is not None:
            self._settings.keep_position(session.store.path, Position(session.year, *here))

    def choose_copy(self) -> None:
        """Ask where to and write a copy of the open file."""
        session = self._window.session
        if session is None:
            return
        self._window.commit()
        path = session.store.path
        proposed = path.with_name(_("{name} copy").format(name=path.stem) + path.suffix)
        save_place.ask(
            self._window, _("Save a copy"), proposed, _(file_kinds.PROGRAMMES), naming.SUFFIX, self._save_copy
        )

    def _save_copy(self, copy: Path) -> None:
        session = self._window.session
        if session is None:
            return
        path = session.store.path
        copying.save_copy(session.store, copy, session.municipality)
        if not path.exists():
            # the file has been taken away: work goes on in what is there
            self.open_path(copy)

    def restore(self) -> None:
        """Show the backups of the open file."""
        session = self._window.session
        if session is not None:
            self._window.commit()
            self._restore(session.store.path, session)

    def change_backup_settings(self) -> None:
        """Ask where backups lie and how many are kept."""
        from perfdesk.gui.dialogs.backup_settings import BackupSettings

        dialog = BackupSettings(self._settings, self._window)
        if self._window.safety is not None:
            dialog.kept.connect(self._window.safety.follow_settings)
        dialog.open()

    def _restore(self, path: Path, session: Session | None) -> None:
        from perfdesk.gui.dialogs.restore import RestoreDialog

        dialog = RestoreDialog(path, session, self._settings, self._window)
        dialog.copied.connect(self.open_path)
        if session is None:
            dialog.restored.connect(lambda backup: self._open_restored(path, backup, dialog.kept))
        else:
            dialog.restored.connect(
                lambda backup: self._window.foot.say(
                    _("The backup of {time} has been restored; Ctrl+Z takes it back.").format(
                        time=moments.said(backup.when)
                    )
                )
            )
        dialog.open()

    def _open_restored(self, path: Path, backup: Backup, kept: Path | None) -> None:
        said = _("The backup of {time} has been restored.")
        if kept is not None:
            said = _("The backup of {time} has been restored; what was there before is kept as “{file}”.")
        told = said.format(time=moments.said(backup.when), file=kept)
        self.open_path(path, lambda: self._window.foot.say(told))

    def _go_on_without_backup(
        self,
        question: str = N_("No backup could be made. Begin the new year all the same? It can be taken back with Undo."),
    ) -> bool:
        answer = QMessageBox.question(self._window, "perfdesk", _(question))
        return answer == QMessageBox.StandardButton.Yes

    def _chosen(self) -> Path | None:
        session = self._window.session
        folder = session.store.path.parent if session else documents_folder()
        name, _filter = QFileDialog.getOpenFileName(
            self._window, _("Open a file"), str(folder), f"{_(file_kinds.PROGRAMMES)};;{_(file_kinds.ALL)}"
        )
        return Path(name) if name else None

    def _forget(self, path: Path) -> None:
        self._recent.remove(path)
        self.show_recent()
