"""Files on disk: making, opening, copying, replacing."""

import contextlib
import os
import shutil
import sqlite3
import stat
import tempfile
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Municipality
from perfdesk.i18n import N_
from perfdesk.storage import checking, filling, lock, schema
from perfdesk.storage.publishing import (
    drop_journal,
    journal_path,
    publish,
    real_place,
    reason,
    refusals,
    refuse_existing,
)
from perfdesk.storage.rows import stored_row
from perfdesk.storage.store import Store, UnsoundCopyError
from perfdesk.storage.upgrading import in_memory, keep, upgrade, upgraded_copy

SUFFIX: Final = ".perfdesk"


class NotWritableError(UserError):
    """The file can be read but not written: a read-only file, folder or disk."""


def create(path: Path, municipality: Municipality) -> None:
    """Make a new file with this content; an existing one is refused and stays as it is.

    Raises:
        UserError: the file exists, or its folder cannot be written.
    """
    refuse_existing(path)

    def build(temporary: Path) -> None:
        _build(temporary, municipality)
        drop_journal(path)

    publish(path, build, replace=False)


def save_copy(store: Store, path: Path, snapshot: Municipality | None = None) -> bool:
    """Write an open file as it is now into another one, checked; one of that name is replaced.

    Where the open file cannot be read any more, its stick pulled out or its pages overwritten, ``snapshot`` is written:
    what was last loaded.

    Returns:
        Whether it was the file itself that was copied, and not the snapshot.

    Raises:
        UserError: the place cannot be written, or is the open file itself.
        HeldError: somebody has the file of that name open for writing.
    """
    place = real_place(path)
    _refuse_own(path, place, store.path)
    is_from_file = True

    def copy(temporary: Path) -> None:
        nonlocal is_from_file
        try:
            store.backup(temporary)
        except (sqlite3.DatabaseError, UnsoundCopyError) as error:
            # a full disk is the copy's
            if snapshot is None or getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
                raise
            is_from_file = False
            drop_journal(temporary)
            temporary.write_bytes(b"")
            _build(temporary, snapshot)
        drop_journal(place)

    # whoever has the replaced file open would go on writing into what nobody sees any more
    with contextlib.ExitStack() as stack:
        with refusals(path):
            holder_file = lock.acquire(place) if place.exists() else None
        if holder_file is not None:
            stack.callback(holder_file.release)
        publish(path, copy, replace=True)
    return is_from_file


def replace_content(store: Store, source: Path, label: str) -> None:
    """Take over what another perfdesk file holds, as one step; of an older version a copy is upgraded for that.

    Raises:
        UserError: the other file is missing, foreign, damaged or from a newer program, or the open one cannot be
            written.
    """
    checking.check_header(source)
    checking.check_content(source)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        with refusals(copy):
            upgraded_copy(source, copy)
        store.replace_content(label, checking.sqlite_uri(copy) + "?mode=ro&immutable=1")


def replace_file(path: Path, source: Path) -> Path | None:
    """Put a copy of another perfdesk file in the place of a closed one; return where what was there is kept.

    Raises:
        UserError: the other file is missing, foreign, damaged or from a newer program, or the folder cannot be written.
        HeldError: somebody has the file open for writing.
    """
    verify(source)
    place = real_place(path)
    with contextlib.ExitStack() as stack:
        with refusals(path):
            holder_file = lock.acquire(place)
        if holder_file is not None:
            stack.callback(holder_file.release)
        kept = keep(place, "damaged") if place.exists() else None

        def copy(temporary: Path) -> None:
            shutil.copyfile(source, temporary)
            drop_journal(place)

        publish(path, copy, replace=True)
    return kept


def verify(path: Path) -> None:
    """Read a closed perfdesk file as a whole, as one who opens it would.

    Raises:
        UserError: it is missing, foreign, damaged, or from a newer program.
    """
    with open_store(path, writable=False) as store:
        store.load()


def refuse_output(path: Path, source: Path) -> None:
    """Refuse to write anything made from a perfdesk file over that file, what belongs to it, or another one.

    Raises:
        UserError: the path is one of these, a folder, or out of reach.
    """
    place = real_place(path)
    _refuse_own(path, place, real_place(source))
    with refusals(path):
        try:
            mode = place.stat().st_mode
        except FileNotFoundError:
            return
        if stat.S_ISDIR(mode):
            raise checking.folder_named(path)
        # a pipe would be waited for
        if stat.S_ISREG(mode) and checking.is_ours(checking.read_header(place)):
            raise UserError(
                N_("“{file}” is a perfdesk file, which no export may overwrite; choose another name."), file=path
            )


def _refuse_own(path: Path, place: Path, own: Path) -> None:
    if _same(place, own):
        raise UserError(N_("“{file}” is the perfdesk file itself; choose another name."), file=path)
    if any(_same(place, companion) for companion in (journal_path(own), lock.holder_path(own))):
        raise UserError(N_("The perfdesk file itself needs the name “{file}”; choose another one."), file=path)


def _same(one: Path, other: Path) -> bool:
    with contextlib.suppress(OSError):
        return one == other or one.samefile(other)
    return False


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
    db = checking.connect(path)
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


def open_store(path: Path, *, writable: bool) -> Store:
    """Open a file, for writing or only for reading.

    A file for reading may be read-only, or open elsewhere. One of an older version is upgraded (its former state is
    kept beside it); for reading, a copy is.

    Raises:
        UserError: it is missing, foreign, damaged or from a newer program.
        HeldError: it is open for writing elsewhere.
        NotWritableError: it cannot be written.
    """
    # the holder's file and the journal lie beside the file itself, not beside a link to it
    try:
        path = Path(os.path.realpath(path))
    except OSError as error:
        # it starts from a current folder that has been deleted
        raise UserError(N_("“{file}” cannot be read: {reason}."), file=path, reason=reason(error)) from None
    checking.check_header(path)
    if not writable:
        return _open_reading(path)
    if not checking.can_write(path):
        raise _not_writable(path)
    try:
        holder_file = lock.acquire(path)
    except OSError as error:
        raise _not_writable(path) from error
    db: Database | None = None
    try:
        version = checking.check_content(path)
        if version < schema.USER_VERSION:
            upgrade(path, version)
        db = checking.connect(path)
        _prepare_writing(db, path)
        return Store(db, path, writable=True, holder_file=holder_file)
    except BaseException:
        if db is not None:
            db.close()
        if holder_file is not None:
            holder_file.release()
        raise


def _prepare_writing(db: Database, path: Path) -> None:
    try:
        # rollback journal, never WAL: people copy the file to sticks and network folders
        db.execute("PRAGMA journal_mode=DELETE")
        db.execute("PRAGMA synchronous=FULL")
        # SQLite opens what it may not write for reading, without a word; better said now than at the first edit
        db.execute("BEGIN IMMEDIATE")
        db.execute(f"PRAGMA user_version={schema.USER_VERSION}")
        db.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY:
            raise _not_writable(path) from error
        raise checking.unreadable(path, error) from error


def _open_reading(path: Path) -> Store:
    try:
        version = checking.check_content(path)
        # where the file can be written SQLite may have to finish what a killed program left; we still never write
        db = (
            in_memory(path)
            if version < schema.USER_VERSION
            else checking.connect(path, writable=checking.can_write(path))
        )
    except checking.JournalError:
        db = in_memory(path)
    db.execute("PRAGMA query_only=ON")
    return Store(db, path, writable=False)


def _not_writable(path: Path) -> NotWritableError:
    return NotWritableError(
        N_("“{file}” is read-only: it can be read, not changed. Save a copy elsewhere to work on it."), file=path.name
    )
