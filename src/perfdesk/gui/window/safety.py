"""Backups while somebody works: soon after opening, hourly while there are edits, and before what changes a lot.

The content is taken between two events, in a few milliseconds; a thread writes it and reads it back, so that a slow
disk never keeps the window waiting. What goes wrong is said once, quietly: backups must not stop anybody's work.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from perfdesk.domain.errors import UserError
from perfdesk.gui import moments
from perfdesk.gui.jobs import Job
from perfdesk.gui.session import Session
from perfdesk.gui.settings import Settings
from perfdesk.i18n import _
from perfdesk.services.files import backing_up
from perfdesk.storage.backups import Backup, Reason

# the first page has been painted by then
_AFTER_OPENING: Final = 3_000
_MINUTE: Final = 60_000
_HOUR: Final = 60 * _MINUTE


class Safety(QObject):
    """Keeps the file of one session backed up; the window owns it and closes it before the session.

    ``backed_up`` carries the time of the backup that holds the file as it is, or was a moment ago; ``failed`` a
    sentence, and ``told`` one about a backup that somebody asked for. A file that is open for reading only needs no
    backups.
    """

    backed_up = Signal(object)
    failed = Signal(str)
    told = Signal(str)

    def __init__(self, session: Session, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._job: Job | None = None
        self._edited = False
        self._closed = False
        self._said = ""
        self.last: datetime | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(lambda: self._start(Reason.OPENED))
        self._hourly = QTimer(self)
        self._hourly.timeout.connect(self._on_hour)
        if not session.read_only:
            session.changed.connect(self._on_change)
            self._soon.start(_AFTER_OPENING)
            self.follow_settings()

    def follow_settings(self) -> None:
        """Take up settings that have just been changed."""
        if not self._session.read_only and not self._closed:
            self._hourly.start(self._settings.backup_hours * _HOUR)

    def before(self, reason: Reason) -> bool:
        """Make a backup now, before something that changes a lot; return whether there is one.

        What cannot be backed up is said; whether to go on without is the caller's, who asks.
        """
        return self._make(reason) is not None

    def ask_for_backup(self) -> bool:
        """Make a backup because somebody wishes it, and tell where it is; where nothing has changed, the last one."""
        begun = datetime.now().astimezone().replace(microsecond=0)
        backup = self._make(Reason.ASKED)
        if backup is None:
            return False
        said = _("Backed up at {time}: {file}")
        if backup.when < begun:
            said = _("Nothing has changed since the backup of {time}: {file}")
        self.told.emit(said.format(time=moments.said(backup.when), file=backup.path))
        return True

    def close(self) -> None:
        """Make no more backups; one that is being written is finished."""
        self._closed = True
        self._soon.stop()
        self._hourly.stop()
        self._wait()

    # --- making -----------------------------------------------------------------------------------------------------

    def _make(self, reason: Reason) -> Backup | None:
        if self._session.read_only or self._closed:
            return None
        self._wait()
        self._soon.stop()
        try:
            backup = self._write(reason)()
        except UserError as error:
            self._on_failed(error)
            return None
        self._edited = False
        self._on_done(backup)
        return backup

    def _on_change(self, change: object) -> None:
        # without a change it is only another year that is shown
        self._edited = self._edited or change is not None

    def _on_hour(self) -> None:
        if self._edited:
            self._start(Reason.HOURLY)

    def _start(self, reason: Reason) -> None:
        if self._job is not None or self._closed:
            return
        try:
            write = self._write(reason)
        except UserError as error:
            self._on_failed(error)
            return
        self._edited = False
        self._job = job = Job(lambda _job: write(), self)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_job_failed)
        job.finished.connect(self._on_finished)
        job.start(QThread.Priority.LowPriority)

    def _write(self, reason: Reason) -> Callable[[], Backup]:
        settings = self._settings
        return backing_up.prepare(self._session.store, settings.backup_folder, reason, settings.backups_kept)

    def _wait(self) -> None:
        job = self._job
        if job is not None:
            job.wait()
            self._on_finished()

    # --- telling ----------------------------------------------------------------------------------------------------

    def _on_done(self, backup: Backup) -> None:
        # one that was waited for tells of itself after the next one
        self.last = max(backup.when, self.last or backup.when)
        self._said = ""
        if not self._closed:
            self.backed_up.emit(self.last)

    def _on_job_failed(self, error: Exception) -> None:
        # what was to be safe is not: the next hour tries again
        self._edited = True
        if not isinstance(error, UserError):
            # raised here it goes where all errors go
            raise error
        self._on_failed(error)

    def _on_failed(self, error: UserError) -> None:
        sentence = error.sentence()
        if sentence != self._said and not self._closed:
            self._said = sentence
            self.failed.emit(sentence)

    def _on_finished(self) -> None:
        # the one that was waited for may tell of its end when there is another
        if self._job is not None and self._job.isFinished():
            self._job.deleteLater()
            self._job = None
