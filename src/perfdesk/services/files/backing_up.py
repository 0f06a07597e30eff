"""Backups for a person: made now or by a thread, compared with the file, restored.

Restoring takes the backup's content over into the open file, as one step: it can be undone like any other, the file
keeps its path and its holder, and nothing has to be closed. Before it, the present state is backed up all the same: the
steps that can be undone end with the session. Only a file that cannot be opened is restored by putting the backup in
its place; what was there is kept beside it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from perfdesk.domain.programme import Municipality
from perfdesk.i18n import N_
from perfdesk.services.files.comparing import Difference, differences, summary
from perfdesk.storage import backups as stored
from perfdesk.storage import files
from perfdesk.storage.backups import Backup, Reason
from perfdesk.storage.store import Store

# why a backup was made, for people
REASONS: Final = {
    Reason.OPENED: N_("when opened"),
    Reason.HOURLY: N_("while working"),
    Reason.BEFORE_NEW_YEAR: N_("before a new year"),
    Reason.BEFORE_RESTORE: N_("before restoring"),
    Reason.BEFORE_DELETING: N_("before deleting a year"),
    Reason.ASKED: N_("on request"),
}


def prepare(store: Store, folder: Path, reason: Reason, number: int | None) -> Callable[[], Backup]:
    """Take the file's content as of now; return what writes it as a backup, in whatever thread that is called.

    Raises:
        UserError: the file cannot be read.
    """
    content, path = store.content(), store.path
    return lambda: stored.make(path, content, folder, reason, number=number)


def back_up(store: Store, folder: Path, reason: Reason, number: int | None) -> Backup:
    """Make a backup, keeping so many at most (None: all); return it, or the newest one if nothing changed since.

    Raises:
        UserError: the folder cannot be written, the disk is full, or what was written could not be read back.
    """
    return prepare(store, folder, reason, number)()


def backups(file: Path, folder: Path) -> list[Backup]:
    """Return the backups of a file, newest first; the file itself may be gone.

    Raises:
        UserError: the folder cannot be read.
    """
    return stored.list_backups(file, folder)


def content_of(backup: Backup) -> Municipality:
    """Return what a backup holds, having read it as a whole; one of an older version is upgraded in memory.

    Raises:
        UserError: it is gone, damaged, or from a newer program.
    """
    with files.open_store(backup.path, writable=False) as store:
        return store.load()


def difference(now: Municipality | None, backup: Backup) -> list[Difference]:
    """Return what differs between the file as it is and the backup; empty where nothing does.

    Where the file cannot be read (None), what the backup holds.

    Raises:
        UserError: the backup cannot be read.
    """
    then = content_of(backup)
    return summary(then) if now is None else differences(now, then)


def check_folder(folder: Path) -> None:
    """Make sure that backups can be written into a folder, which is made if need be.

    Raises:
        UserError: they cannot.
    """
    stored.check_folder(folder)


def restore(store: Store, backup: Backup, folder: Path) -> None:
    """Take over the content of a backup, as one step; before, the present state is backed up.

    Raises:
        UserError: the backup cannot be read, or the present state cannot be backed up or changed.
    """
    files.verify(backup.path)
    # all are kept: the one to be restored may be the very one that would have to go
    back_up(store, folder, Reason.BEFORE_RESTORE, None)
    files.replace_content(store, backup.path, N_("restoring a backup"))


def restore_closed(file: Path, backup: Backup) -> Path | None:
    """Put a backup in the place of a file that cannot be opened; return where what was there is kept.

    Raises:
        UserError: the backup cannot be read, or the folder not be written.
        HeldError: somebody has the file open.
    """
    return files.replace_file(file, backup.path)


def save_as(backup: Backup, path: Path) -> None:
    """Save a backup as a file of its own, to be opened beside; one of that name is replaced.

    Raises:
        UserError: the backup cannot be read, or the place not be written.
    """
    with files.open_store(backup.path, writable=False) as store:
        files.save_copy(store, path)
