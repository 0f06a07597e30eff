"""Whether a file is one of ours, whole, and of a version that can be read; and the connections to it."""

import contextlib
import os
import sqlite3
import stat
import struct
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import quote

from sqlite_utils import Database

from perfdesk.domain.errors import UserError
from perfdesk.i18n import N_
from perfdesk.storage import schema
from perfdesk.storage.publishing import journal_path, reason
from perfdesk.storage.store import damaged

_MAGIC: Final = b"SQLite format 3\0"
_HEADER_BYTES: Final = 100
_BUSY_SECONDS: Final = 5.0


def connect(path: Path, *, writable: bool = True) -> Database:
    """Connect with what every connection needs; ``writable`` False opens without ever writing."""
    mode = "" if writable else "?mode=ro"
    connection = sqlite3.connect(
        sqlite_uri(path.absolute()) + mode, uri=True, isolation_level=None, timeout=_BUSY_SECONDS
    )
    try:
        connection.execute("PRAGMA foreign_keys=ON")
    except BaseException:
        connection.close()
        raise
    return Database(connection)


def sqlite_uri(path: PurePath) -> str:
    """Return a file's address for SQLite, which knows no server names: a network share needs two more slashes."""
    text = path.as_posix()
    return "file://" + quote(text if text.startswith("/") else f"/{text}", errors="surrogateescape")


def can_write(path: Path) -> bool:
    """Whether a file can be written, and what belongs to it beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def looks_whole(path: Path) -> bool:
    """Whether a file is one of ours and not cut short, by its first bytes and its size."""
    try:
        check_header(path)
    except UserError:
        return False
    return True


def check_header(path: Path) -> None:
    """Refuse what is not a perfdesk file before SQLite touches it."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise folder_named(path) if stat.S_ISDIR(status.st_mode) else _foreign(path)
        header = read_header(path)
    except FileNotFoundError:
        raise UserError(N_("There is no file “{file}”."), file=path) from None
    except OSError as error:
        raise UserError(N_("“{file}” cannot be read: {reason}."), file=path, reason=reason(error)) from None
    if header[: len(_MAGIC)] != _MAGIC[: len(header)] or not header:
        raise _foreign(path)
    if len(header) < _HEADER_BYTES:
        raise damaged(path)
    if not is_ours(header):
        raise _foreign(path)
    (page_size,) = struct.unpack_from(">H", header, 16)
    (pages,) = struct.unpack_from(">I", header, 28)
    # a page size of 65536 is written as 1; while a journal waits to be played back the size may differ
    if status.st_size < pages * (65536 if page_size == 1 else page_size) and not _has_journal(path):
        raise damaged(path)


def read_header(path: Path) -> bytes:
    """Return the first bytes of a file, by which SQLite and we tell ours."""
    with path.open("rb") as file:
        return file.read(_HEADER_BYTES)


def is_ours(header: bytes) -> bool:
    """Whether a file that begins so is a perfdesk file."""
    return header.startswith(_MAGIC) and header[68:72] == schema.APPLICATION_ID.to_bytes(4, "big")


def _has_journal(path: Path) -> bool:
    # beside the longest names there is no room for one
    with contextlib.suppress(OSError):
        return journal_path(path).exists()
    return False


class JournalError(Exception):
    """A killed program's journal would have to be played back where nothing may be written."""


def check_content(path: Path) -> int:
    """Return the file's version, having made sure that this program can read it."""
    writable = can_write(path)
    try:
        db = connect(path, writable=writable)
        try:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version > schema.USER_VERSION:
                raise UserError(
                    N_("“{file}” was made by a newer version of the program. Install the newer version to open it."),
                    file=path.name,
                )
            (verdict,) = db.execute("PRAGMA integrity_check(1)").fetchone()
        finally:
            db.close()
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if not writable and code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN) and _has_journal(path):
            raise JournalError from error
        raise unreadable(path, error) from error
    except sqlite3.DatabaseError as error:
        raise damaged(path) from error
    if verdict != "ok":
        raise damaged(path)
    return int(version)


def unreadable(path: Path, error: sqlite3.OperationalError) -> UserError:
    """Return the sentence for a file that SQLite cannot read just now."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
        return UserError(N_("Another program is using the file just now. Try again in a moment."))
    return UserError(N_("“{file}” cannot be read: {reason}."), file=path.name, reason=reason(error))


def _foreign(path: Path) -> UserError:
    return UserError(N_("“{file}” is not a perfdesk file."), file=path.name)


def folder_named(path: Path) -> UserError:
    """Return the sentence for a folder where a file is meant."""
    return UserError(N_("“{file}” is a folder; choose a file name."), file=path)
