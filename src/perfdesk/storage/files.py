"""Files on disk: making, opening, refusing, upgrading."""

import os
import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from perfdesk.domain.errors import UserError, system_reason
from perfdesk.domain.programme import Municipality
from perfdesk.i18n import N_
from perfdesk.storage import filling, lock, schema
from perfdesk.storage.rows import stored_row
from perfdesk.storage.store import Store

SUFFIX: Final = ".perfdesk"
_MAGIC: Final = b"SQLite format 3\0"
_HEADER_BYTES: Final = 100
_BUSY_SECONDS: Final = 5.0


class NotWritableError(UserError):
    """The file can be read but not written: a read-only file, folder or disk."""


def create(path: Path, municipality: Municipality) -> None:
    """Make a new file with this content; an existing one is refused and stays as it is.

    Raises:
        UserError: the file exists, or its folder cannot be written.
    """
    refuse_existing(path)
    publish(path, lambda temporary: _build(temporary, municipality), replace=False)


def refuse_existing(path: Path) -> None:
    """Refuse a path that is taken.

    Raises:
        UserError: it is.
    """
    if path.exists() or path.is_symlink():
        raise UserError(N_("“{file}” already exists and was left as it is. Choose another name."), file=path)


def publish(path: Path, write: Callable[[Path], None], *, replace: bool) -> None:
    """Write a file aside and put it in its place only when it is whole; on failure nothing is left behind.

    Raises:
        UserError: the folder is missing or cannot be written, the disk is full, or the file appeared meanwhile.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            write(temporary)
            with temporary.open("rb+") as written:
                os.fsync(written.fileno())
            if replace:
                temporary.replace(path)
            else:
                _place(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
            temporary.with_name(temporary.name + "-journal").unlink(missing_ok=True)
    except FileExistsError:
        raise UserError(N_("“{file}” already exists and was left as it is. Choose another name."), file=path) from None
    except (OSError, sqlite3.OperationalError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else str(error)
        raise UserError(N_("“{file}” could not be written: {reason}."), file=path, reason=reason) from error


def _place(temporary: Path, path: Path) -> None:
    """Move without overwriting; a stick may know no hard links."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        with path.open("xb"):
            pass
        temporary.replace(path)


class _NewFile:
    """Writes the rows of a new file, before there is anything to undo."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def insert(self, table: str, **fields: object) -> int:
        row = stored_row(fields)
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        return int(
            self._db.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(row.values())).lastrowid or 0
        )

    def update(self, table: str, row: int, **fields: object) -> None:
        changes = stored_row(fields)
        assignments = ", ".join(f'"{name}" = ?' for name in changes)
        self._db.execute(f'UPDATE "{table}" SET {assignments} WHERE id = ?', [*changes.values(), row])


def _build(path: Path, municipality: Municipality) -> None:
    db = _connect(path)
    try:
        # nobody else can see the file yet: it is written to disk once, whole, by the caller
        db.execute("PRAGMA synchronous=OFF")
        db.execute("PRAGMA journal_mode=MEMORY")
        db.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        schema.migrations.apply(db)
        db.execute(f"PRAGMA user_version={schema.USER_VERSION}")
        with db.atomic():
            filling.fill(_NewFile(db), municipality)
    finally:
        db.close()


def _connect(path: Path, *, writable: bool = True) -> Database:
    """Connect with what every connection needs; ``writable`` False opens without ever writing."""
    mode = "" if writable else "?mode=ro"
    target = path.absolute().as_uri() + mode
    connection = sqlite3.connect(target, uri=True, isolation_level=None, timeout=_BUSY_SECONDS)
    db = Database(connection)
    db.execute("PRAGMA foreign_keys=ON")
    return db


def open_store(path: Path, *, writable: bool) -> Store:
    """Open a file, for writing or only for reading.

    A file for reading may be read-only, or open elsewhere. One of an older version is upgraded (its former state is
    kept beside it); for reading, a copy is.

    Raises:
        UserError: it is missing, foreign, damaged or from a newer program.
        HeldError: it is open for writing elsewhere.
        NotWritableError: it cannot be written.
    """
    _check_header(path)
    if not writable:
        return _open_reading(path)
    if not _can_write(path):
        raise NotWritableError(
            N_("“{file}” is read-only: it can be read, not changed. Save a copy elsewhere to work on it."),
            file=path.name,
        )
    holder_file = lock.acquire(path)
    try:
        version = _check_content(path)
        if version < schema.USER_VERSION:
            _upgrade(path, version)
        db = _connect(path)
        # rollback journal, never WAL: people copy the file to sticks and network folders
        db.execute("PRAGMA journal_mode=DELETE")
        db.execute("PRAGMA synchronous=FULL")
        return Store(db, path, writable=True, holder_file=holder_file)
    except BaseException:
        lock.release(holder_file)
        raise


def _open_reading(path: Path) -> Store:
    version = _check_content(path)
    if version < schema.USER_VERSION:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / path.name
            _upgraded_copy(path, copy)
            db = Database(sqlite3.connect(":memory:", isolation_level=None))
            source = sqlite3.connect(copy)
            source.backup(db.conn)
            source.close()
    else:
        # where the file can be written SQLite may have to finish what a killed program left; we still never write
        db = _connect(path, writable=_can_write(path))
    db.execute("PRAGMA query_only=ON")
    return Store(db, path, writable=False)


def _can_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _check_header(path: Path) -> None:
    """Refuse what is not a perfdesk file before SQLite touches it."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
        size = path.stat().st_size
    except FileNotFoundError:
        raise UserError(N_("There is no file “{file}”."), file=path) from None
    except OSError as error:
        raise UserError(N_("“{file}” cannot be read: {reason}."), file=path, reason=system_reason(error)) from None
    if header[: len(_MAGIC)] != _MAGIC[: len(header)] or not header:
        raise _foreign(path)
    if len(header) < _HEADER_BYTES:
        raise _damaged(path)
    (application_id,) = struct.unpack_from(">I", header, 68)
    if application_id != schema.APPLICATION_ID:
        raise _foreign(path)
    (page_size,) = struct.unpack_from(">H", header, 16)
    (pages,) = struct.unpack_from(">I", header, 28)
    journal = path.with_name(path.name + "-journal")
    # a page size of 65536 is written as 1; while a journal waits to be played back the size may differ
    if size < pages * (65536 if page_size == 1 else page_size) and not journal.exists():
        raise _damaged(path)


def _check_content(path: Path) -> int:
    """Return the file's version, having made sure that this program can read it."""
    try:
        db = _connect(path, writable=_can_write(path))
        try:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version > schema.USER_VERSION:
                raise UserError(
                    N_("“{file}” was made by a newer version of the program. Install the newer version to open it."),
                    file=path.name,
                )
            (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            db.close()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise UserError(N_("Another program is using the file just now. Try again in a moment.")) from error
        raise UserError(N_("“{file}” cannot be read: {reason}."), file=path.name, reason=error) from error
    except sqlite3.DatabaseError as error:
        raise _damaged(path) from error
    if verdict != "ok":
        raise _damaged(path)
    return int(version)


def _foreign(path: Path) -> UserError:
    return UserError(N_("“{file}” is not a perfdesk file."), file=path.name)


def _damaged(path: Path) -> UserError:
    return UserError(
        N_("“{file}” is damaged or was not copied completely. Copy it again, or restore a backup."), file=path.name
    )


def _upgrade(path: Path, version: int) -> None:
    """Bring an older file up to date: keep it beside, migrate a copy, check it, and only then swap."""
    kept = path.with_name(f"{path.stem}.v{version}{path.suffix}")
    if not kept.exists():
        shutil.copy2(path, kept)
    publish(path, lambda temporary: _upgraded_copy(path, temporary), replace=True)


def _upgraded_copy(path: Path, copy: Path) -> None:
    source = sqlite3.connect(path)
    target = sqlite3.connect(copy, isolation_level=None)
    try:
        source.backup(target)
        db = Database(target)
        schema.migrations.apply(db)
        db.execute(f"PRAGMA user_version={schema.USER_VERSION}")
        (verdict,) = db.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok" or db.execute("PRAGMA foreign_key_check").fetchone():
            raise _damaged(path)
    finally:
        source.close()
        target.close()
