"""Files put in their place only when they are whole, and the sentences for what the system refuses."""

import contextlib
import errno
import os
import secrets
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from perfdesk.domain.errors import UserError, system_reason
from perfdesk.i18n import N_

# SQLite's primary result codes for content that cannot be trusted
DAMAGE: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
# what SQLite reports for the system
_AS_SYSTEM: Final = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}


def reason(error: OSError | sqlite3.Error) -> UserError | str:
    """Return why the system refused, in words that a sentence takes up."""
    if isinstance(error, OSError):
        return system_reason(error)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in DAMAGE:
        return UserError(N_("what was to go into it is damaged"))
    return system_reason(OSError(_AS_SYSTEM.get(code, 0), str(error)))


@contextlib.contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Say in a sentence why the system does not let a file be written."""
    try:
        yield
    except FileExistsError:
        raise UserError(N_("“{file}” already exists and was left as it is. Choose another name."), file=path) from None
    except (OSError, sqlite3.DatabaseError) as error:
        if not isinstance(error, OSError | sqlite3.OperationalError) and not _is_damage(error):
            # a fault of ours
            raise
        raise UserError(N_("“{file}” could not be written: {reason}."), file=path, reason=reason(error)) from error


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGE


def real_place(path: Path) -> Path:
    """Return where a path leads to, for writing there.

    Raises:
        UserError: the current folder, which it starts from, has been deleted.
    """
    with refusals(path):
        return Path(os.path.realpath(path))


def refuse_existing(path: Path) -> None:
    """Refuse a path that is taken.

    Raises:
        UserError: it is, or the system does not say.
    """
    with refusals(path):
        if path.exists() or path.is_symlink():
            raise FileExistsError(errno.EEXIST, "", str(path))


def journal_path(path: Path) -> Path:
    """Return where SQLite keeps a file's rollback journal."""
    return path.with_name(path.name + "-journal")


def drop_journal(path: Path) -> None:
    """Remove what another file of this name left: SQLite would play it back into the new one."""
    journal_path(path).unlink(missing_ok=True)


def publish(path: Path, write: Callable[[Path], None], *, replace: bool) -> None:
    """Write a file aside and put it in its place only when it is whole; on failure nothing is left behind.

    ``write`` is given an empty file. What a link leads to is replaced, not the link.

    Raises:
        UserError: the folder is missing or cannot be written, the disk is full, or the file appeared meanwhile.
    """
    with _staged(path, write, replace=replace) as put:
        put()


def publish_all(writes: Mapping[Path, Callable[[Path], None]]) -> None:
    """Write several files as ``publish`` does, replacing; none is put in its place before all are whole.

    Raises:
        UserError: one of them cannot be written.
    """
    with contextlib.ExitStack() as stack:
        puts = [stack.enter_context(_staged(path, write, replace=True)) for path, write in writes.items()]
        for put in puts:
            put()


@contextlib.contextmanager
def _staged(path: Path, write: Callable[[Path], None], *, replace: bool) -> Iterator[Callable[[], None]]:
    """Write a file aside, whole and on the disk; give what puts it in its place, and leave nothing else behind."""
    with refusals(path):
        place = Path(os.path.realpath(path)) if replace else path
        if replace and place.exists() and not place.is_file():
            raise UserError(N_("“{file}” is not an ordinary file; choose another name."), file=path)
        # a short name of its own: the file's may be as long as names can be
        temporary = place.with_name(f".perfdesk-{secrets.token_hex(6)}.tmp")
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        with refusals(path):
            write(temporary)
            with temporary.open("rb+") as written:
                os.fsync(written.fileno())
        yield partial(_put, temporary, place, path=path, replace=replace)
    finally:
        with refusals(path):
            temporary.unlink(missing_ok=True)
            journal_path(temporary).unlink(missing_ok=True)


def _put(temporary: Path, place: Path, *, path: Path, replace: bool) -> None:
    with refusals(path):
        if replace:
            with contextlib.suppress(OSError):
                shutil.copymode(place, temporary)
            temporary.replace(place)
        else:
            _place(temporary, place)
        _sync_folder(place.parent)


def _place(temporary: Path, path: Path) -> None:
    """Move without overwriting; a stick may know no hard links."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        with path.open("xb"):
            pass
        try:
            temporary.replace(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def _sync_folder(folder: Path) -> None:
    """Make a new name last through a power cut; Windows keeps it by itself."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
