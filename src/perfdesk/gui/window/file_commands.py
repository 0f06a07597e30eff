"""The commands of the file menu and the start page: making, opening, copying files, and beginning the next year.

Dialogs are imported when they are wanted: the window opens faster without.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from perfdesk.domain.errors import UserError
from perfdesk.gui import file_kinds, moments
from perfdesk.gui.dialogs import errors, save_place
from perfdesk.gui.pages.start_page import StartPage
from perfdesk.gui.recent import RecentFiles
from perfdesk.gui.session import Session, open_session
from perfdesk.gui.settings import Position, Settings, documents_folder
from perfdesk.gui.window.banner import Banner
from perfdesk.gui.window.desk import Desk
from perfdesk.gui.window.leaving import Leaving
from perfdesk.i18n import N_, _
from perfdesk.services import deleting_year
from perfdesk.services.files import backing_up, copying, opening, samples
from perfdesk.services.output import naming
from perfdesk.services.places import CONTROL
from perfdesk.storage.backups import Backup, Reason


class FileCommands(QObject):
    """What is done with whole files; remembers those opened last, and where somebody was in them.

    ``entry_wanted`` carries the entry of the outline in which a new year is begun.
    """

    entry_wanted = Signal(object)

    def __init__(self, desk: Desk, settings: Settings, leaving: Leaving, banner: Banner, start_page: StartPage) -> None:
        super().__init__(desk.widget)
        self._desk = desk
        self._window = desk.widget
        self._settings = settings
        self._leaving = leaving
        self._banner = banner
        self._recent = RecentFiles(settings)
        self._start_page = start = start_page
        desk.file.going.connect(self.remember)
        start.new_wanted.connect(self.new_file)
        start.open_wanted.connect(self.choose_file)
        start.sample_wanted.connect(self.open_sample)
        start.continue_wanted.connect(self.continue_from_file)
        start.recent_wanted.connect(self.open_path)
        start.forget_wanted.connect(self._forget)
        self.show_recent()

    def show_recent(self) -> None:
        """Let the start page list the files opened last."""
        self._start_page.show_recent(self._recent.entries())

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
        self.open_path(path, lambda: self._say_in_passing(told.format(file=path)))

    def _say_in_passing(self, text: str) -> None:
        """Say above the forms what matters until somebody works in the file."""
        session = self._desk.session
        if session is not None:
            self._banner.add(text, until=session.changed)

    def continue_from_file(self) -> None:
        """Ask for last year's file, open it and begin the next year."""
        path = self._chosen()
        if path is not None:
            self.open_path(path, self.new_year)

    def new_year(self) -> None:
        """Begin the programme of the next year."""
        session, safety = self._desk.session, self._desk.file.safety
        from perfdesk.gui.dialogs.new_year import NewYear

        if session is None or safety is None or session.read_only or not NewYear.possible(session):
            return
        if not self._desk.commit_or_say():
            return
        if not safety.before(Reason.BEFORE_NEW_YEAR) and not self._go_on_without_backup():
            return
        dialog = NewYear(session, self._window)
        # with the keyboard in the list
        dialog.made.connect(lambda _year: self.entry_wanted.emit(CONTROL))
        dialog.open()

    def delete_year(self) -> None:
        """Ask, and delete the year shown with all it holds."""
        session = self._desk.session
        from perfdesk.gui.dialogs import delete_year

        if session is None or session.read_only or not self._desk.commit_or_say():
            return
        going = deleting_year.going_with(session.municipality, session.year)
        delete_year.ask(self._window, going, lambda: self._delete_year(session, going.year))

    def _delete_year(self, session: Session, year: int) -> None:
        safety = self._desk.file.safety
        if self._desk.session is not session or safety is None:
            return
        if not safety.before(Reason.BEFORE_DELETING) and not self._go_on_without_backup(
            N_("No backup could be made. Delete the year all the same? It can be taken back with Undo.")
        ):
            return
        deleting_year.delete_year(session.store, year)
        self._desk.foot.say(_("The programme of {year} has been deleted; Ctrl+Z takes it back.").format(year=year))

    def open_path(self, path: Path, then: Callable[[], object] | None = None) -> bool:
        """Open a file; one that is held elsewhere or read-only for reading. What cannot be opened is told.

        Args:
            path: the file.
            then: done when the window shows the file, which may be only after a question.

        Returns:
            Whether the window shows it now, as it is stored.
        """
        session = self._desk.session
        if session is not None and opening.is_open(session.store, path):
            if not self._desk.commit_or_say():
                return False
            if then is not None:
                then()
            return True
        return self._leaving.may_leave(lambda: self._open(path, then)) and self._open(path, then)

    def _open(self, path: Path, then: Callable[[], object] | None) -> bool:
        """Open a file in place of the one that is open, without asking; return whether the window shows it."""
        try:
            session, reason = open_session(path, self)
        except UserError as error:
            errors.say(self._window, error.sentence())
            if path.is_file() and backing_up.backups(path, self._settings.backup_folder):
                # it cannot be opened any more, but what it held before can
                self._restore(path, None)
            return False
        self.remember()
        self._desk.navigation.forget()
        self._desk.file.take(session)
        if reason:
            self._banner.add(reason, _("Try again"), self._try_again)
        risk = opening.risk(path)
        if risk:
            self._banner.add(risk)
        self._recent.opened(path, session.municipality.administration.name)
        position = self._settings.position(path.absolute())
        if position is not None:
            session.set_year(position.year)
            self._desk.navigation.go_to((position.kind, position.id))
        if then is not None:
            then()
        return True

    def _try_again(self) -> None:
        """Open a file that is shown for reading only once more, now perhaps for writing."""
        if self._desk.session is not None and self._leaving.may_leave(self._open_again):
            self._open_again()

    def _open_again(self) -> None:
        file = self._desk.file
        if file.session is not None:
            path = file.session.store.path
            # it is this program that has it open
            file.drop()
            if not self.open_path(path):
                file.close()

    def close(self) -> None:
        """Close the file and show the start page."""
        if self._desk.session is not None and self._leaving.may_leave(self._desk.file.close):
            self._desk.file.close()

    def say_saved(self) -> None:
        """Say that there is nothing to save: hands press Ctrl+S all the same."""
        if self._desk.session is not None and self._desk.commit_or_say():
            self._desk.foot.say(_("Every entry is saved by itself when you leave it."))

    def remember(self) -> None:
        """Keep where somebody is in the open file."""
        session, here = self._desk.session, self._desk.navigation.here
        if session is not None and here is not None:
            self._settings.keep_position(session.store.path, Position(session.year, *here))

    def choose_copy(self) -> None:
        """Ask where to and write a copy of the open file."""
        session = self._desk.session
        if session is None or not self._desk.commit_or_say():
            return
        path = session.store.path
        proposed = path.with_name(_("{name} copy").format(name=path.stem) + path.suffix)
        save_place.ask(
            self._window, _("Save a copy"), proposed, _(file_kinds.PROGRAMMES), naming.SUFFIX, self._save_copy
        )

    def _save_copy(self, copy: Path) -> None:
        session = self._desk.session
        if session is None:
            return
        path = session.store.path
        is_from_file = copying.save_copy(session.store, copy, session.municipality)
        if not path.exists():
            # the file has been taken away: work goes on in what is there
            self.open_path(copy)
        if not is_from_file:
            said = _("“{file}” could not be read any more: the copy was made from what was loaded. Go on in the copy.")
            told = [said.format(file=path.name)]
            if any(programme.versions for programme in session.municipality.programmes):
                # their contents are never loaded
                told.append(_("The versions submitted to the council are not in it; a backup may still hold them."))
            errors.say(self._window, " ".join(told))

    def restore(self) -> None:
        """Show the backups of the open file."""
        session = self._desk.session
        if session is not None and self._desk.commit_or_say():
            self._restore(session.store.path, session)

    def change_backup_settings(self) -> None:
        """Ask where backups lie and how many are kept."""
        from perfdesk.gui.dialogs.backup_settings import BackupSettings

        dialog = BackupSettings(self._settings, self._window)
        if self._desk.file.safety is not None:
            dialog.kept.connect(self._desk.file.safety.follow_settings)
        dialog.open()

    def _restore(self, path: Path, session: Session | None) -> None:
        from perfdesk.gui.dialogs.restore import RestoreDialog

        dialog = RestoreDialog(path, session, self._settings, self._window)
        dialog.copied.connect(self.open_path)
        if session is None:
            dialog.restored.connect(lambda backup: self._open_restored(path, backup, dialog.kept))
        else:
            dialog.restored.connect(
                lambda backup: self._desk.foot.say(
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
        self.open_path(path, lambda: self._desk.foot.say(told))

    def _go_on_without_backup(
        self,
        question: str = N_("No backup could be made. Begin the new year all the same? It can be taken back with Undo."),
    ) -> bool:
        answer = QMessageBox.question(self._window, "perfdesk", _(question))
        return answer == QMessageBox.StandardButton.Yes

    def _chosen(self) -> Path | None:
        session = self._desk.session
        folder = session.store.path.parent if session else documents_folder()
        name, _filter = QFileDialog.getOpenFileName(
            self._window, _("Open a file"), str(folder), f"{_(file_kinds.PROGRAMMES)};;{_(file_kinds.ALL)}"
        )
        return Path(name) if name else None

    def _forget(self, path: Path) -> None:
        self._recent.remove(path)
        self.show_recent()
