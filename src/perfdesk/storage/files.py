"""Files on disk: making, opening, refusing, upgrading."""

import contextlib
import errno
import filecmp
import itertools
import os
import secrets
import shutil
import sqlite3
import stat
import struct
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import quote

from sqlite_utils import Database

from perfdesk.domain.errors import UserError, system_reason
from perfdesk.domain.programme import Municipality
from perfdesk.i18n import N_
from perfdesk.storage import filling, lock, schema
from perfdesk.storage.rows import stored_row
from perfdesk.storage.store import Store, damaged

SUFFIX: Final = ".perfdesk"
_MAGIC: Final = b"SQLite format 3\0"
_HEADER_BYTES: Final = 100
_BUSY_SECONDS: Final = 5.0

# what SQLite reports for the system
_AS_SYSTEM: Final = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}


class NotWritableError(UserError):
    """The file can be read but not written: a read-only file, folder or disk."""


def _reason(error: OSError | sqlite3.Error) -> UserError | str:
    if isinstance(error, OSError):
        return system_reason(error)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return system_reason(OSError(_AS_SYSTEM.get(code, 0), str(error)))


def create(path: Path, municipality: Municipality) -> None:
    """Make a new file with this content; an existing one is refused and stays as it is.

    Raises:
        UserError: the file exists, or its folder cannot be written.
    """
    refuse_existing(path)

    def build(temporary: Path) -> None:
        _build(temporary, municipality)
        _drop_journal(path)

    publish(path, build, replace=False)


def save_copy(store: Store, path: Path, snapshot: Municipality | None = None) -> None:
    """Write an open file as it is now into another one, checked; one of that name is replaced.

    Where the open file cannot be read any more, its stick pulled out, ``snapshot`` is written: what was last loaded.

    Raises:
        UserError: the place cannot be written, or is the open file itself.
        HeldError: somebody has the file of that name open for writing.
    """
    place = real_place(path)
    _refuse_own(path, place, store.path)

    def copy(temporary: Path) -> None:
        try:
            store.backup(temporary)
        except sqlite3.OperationalError as error:
            if snapshot is None or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_IOERR:
                raise
            temporary.write_bytes(b"")
            _build(temporary, snapshot)
        _drop_journal(place)

    # whoever has the replaced file open would go on writing into what nobody sees any more
    with contextlib.ExitStack() as stack:
        with _refusals(path):
            holder_file = lock.acquire(place) if place.exists() else None
        if holder_file is not None:
            stack.callback(holder_file.release)
        publish(path, copy, replace=True)


def replace_content(store: Store, source: Path, label: str) -> None:
    """Take over what another perfdesk file holds, as one step; of an older version a copy is upgraded for that.

    Raises:
        UserError: the other file is missing, foreign, damaged or from a newer program, or the open one cannot be
            written.
    """
    _check_header(source)
    _check_content(source)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        with _refusals(copy):
            _upgraded_copy(source, copy)
        store.replace_content(label, sqlite_uri(copy) + "?mode=ro&immutable=1")


def replace_file(path: Path, source: Path) -> Path | None:
    """Put a copy of another perfdesk file in the place of a closed one; return where what was there is kept.

    Raises:
        UserError: the other file is missing, foreign, damaged or from a newer program, or the folder cannot be written.
        HeldError: somebody has the file open for writing.
    """
    verify(source)
    place = real_place(path)
    with contextlib.ExitStack() as stack:
        with _refusals(path):
            holder_file = lock.acquire(place)
        if holder_file is not None:
            stack.callback(holder_file.release)
        kept = _keep(place, "damaged") if place.exists() else None

        def copy(temporary: Path) -> None:
            shutil.copyfile(source, temporary)
            _drop_journal(place)

        publish(path, copy, replace=True)
    return kept


def verify(path: Path) -> None:
    """Read a closed perfdesk file as a whole, as one who opens it would.

    Raises:
        UserError: it is missing, foreign, damaged, or from a newer program.
    """
    with open_store(path, writable=False) as store:
        store.load()


def looks_whole(path: Path) -> bool:
    """Whether a file is one of ours and not cut short, by its first bytes and its size."""
    try:
        _check_header(path)
    except UserError:
        return False
    return True


def _drop_journal(path: Path) -> None:
    """Remove what another file of this name left: SQLite would play it back into the new one."""
    journal_path(path).unlink(missing_ok=True)


def journal_path(path: Path) -> Path:
    """Return where SQLite keeps a file's rollback journal."""
    return path.with_name(path.name + "-journal")


def refuse_existing(path: Path) -> None:
    """Refuse a path that is taken.

    Raises:
        UserError: it is, or the system does not say.
    """
    with _refusals(path):
        if path.exists() or path.is_symlink():
            raise FileExistsError(errno.EEXIST, "", str(path))


def refuse_output(path: Path, source: Path) -> None:
    """Refuse to write anything made from a perfdesk file over that file, what belongs to it, or another one.

    Raises:
        UserError: the path is one of these, a folder, or out of reach.
    """
    place = real_place(path)
    _refuse_own(path, place, real_place(source))
    with _refusals(path):
        try:
            mode = place.stat().st_mode
        except FileNotFoundError:
            return
        if stat.S_ISDIR(mode):
            raise _folder(path)
        # a pipe would be waited for
        if stat.S_ISREG(mode) and _is_ours(_read_header(place)):
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


def real_place(path: Path) -> Path:
    """Return where a path leads to, for writing there.

    Raises:
        UserError: the current folder, which it starts from, has been deleted.
    """
    with _refusals(path):
        return Path(os.path.realpath(path))


@contextlib.contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """Say in a sentence why the system does not let a file be written."""
    try:
        yield
    except FileExistsError:
        raise UserError(N_("“{file}” already exists and was left as it is. Choose another name."), file=path) from None
    except (OSError, sqlite3.OperationalError) as error:
        raise UserError(N_("“{file}” could not be written: {reason}."), file=path, reason=_reason(error)) from error


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
    with _refusals(path):
        place = Path(os.path.realpath(path)) if replace else path
        if replace and place.exists() and not place.is_file():
            raise UserError(N_("“{file}” is not an ordinary file; choose another name."), file=path)
        # a short name of its own: the file's may be as long as names can be
        temporary = place.with_name(f".perfdesk-{secrets.token_hex(6)}.tmp")
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        with _refusals(path):
            write(temporary)
            with temporary.open("rb+") as written:
                os.fsync(written.fileno())
        yield partial(_put, temporary, place, path=path, replace=replace)
    finally:
        with _refusals(path):
            temporary.unlink(missing_ok=True)
            journal_path(temporary).unlink(missing_ok=True)


def _put(temporary: Path, place: Path, *, path: Path, replace: bool) -> None:
    with _refusals(path):
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
        raise UserError(N_("“{file}” cannot be read: {reason}."), file=path, reason=_reason(error)) from None
    _check_header(path)
    if not writable:
        return _open_reading(path)
    if not _can_write(path):
        raise _not_writable(path)
    try:
        holder_file = lock.acquire(path)
    except OSError as error:
        raise _not_writable(path) from error
    db: Database | None = None
    try:
        version = _check_content(path)
        if version < schema.USER_VERSION:
            _upgrade(path, version)
        db = _connect(path)
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
        raise _unreadable(path, error) from error


def _open_reading(path: Path) -> Store:
    try:
        version = _check_content(path)
        # where the file can be written SQLite may have to finish what a killed program left; we still never write
        db = _in_memory(path) if version < schema.USER_VERSION else _connect(path, writable=_can_write(path))
    except _JournalError:
        db = _in_memory(path)
    db.execute("PRAGMA query_only=ON")
    return Store(db, path, writable=False)


def _in_memory(path: Path) -> Database:
    """Return a file's content, brought up to date, without touching the file."""
    with tempfile.TemporaryDirectory() as folder:
        source = path
        if not _can_write(path):
            # a killed program's journal is played back where that can be done
            source = Path(folder) / "copy"
            shutil.copyfile(path, source)
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(journal_path(path), journal_path(source))
            _check_content(source)
        upgraded = Path(folder) / "upgraded"
        _upgraded_copy(source, upgraded)
        db = Database(sqlite3.connect(":memory:", isolation_level=None))
        copy = sqlite3.connect(upgraded)
        try:
            copy.backup(db.conn)
        finally:
            copy.close()
    return db


def _can_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _check_header(path: Path) -> None:
    """Refuse what is not a perfdesk file before SQLite touches it."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _folder(path) if stat.S_ISDIR(status.st_mode) else _foreign(path)
        header = _read_header(path)
    except FileNotFoundError:
        raise UserError(N_("There is no file “{file}”."), file=path) from None
    except OSError as error:
        raise UserError(N_("“{file}” cannot be read: {reason}."), file=path, reason=_reason(error)) from None
    if header[: len(_MAGIC)] != _MAGIC[: len(header)] or not header:
        raise _foreign(path)
    if len(header) < _HEADER_BYTES:
        raise damaged(path)
    if not _is_ours(header):
        raise _foreign(path)
    (page_size,) = struct.unpack_from(">H", header, 16)
    (pages,) = struct.unpack_from(">I", header, 28)
    # a page size of 65536 is written as 1; while a journal waits to be played back the size may differ
    if status.st_size < pages * (65536 if page_size == 1 else page_size) and not _has_journal(path):
        raise damaged(path)


def _read_header(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEADER_BYTES)


def _is_ours(header: bytes) -> bool:
    return header.startswith(_MAGIC) and header[68:72] == schema.APPLICATION_ID.to_bytes(4, "big")


def _has_journal(path: Path) -> bool:
    # beside the longest names there is no room for one
    with contextlib.suppress(OSError):
        return journal_path(path).exists()
    return False


class _JournalError(Exception):
    """A killed program's journal would have to be played back where nothing may be written."""


def _check_content(path: Path) -> int:
    """Return the file's version, having made sure that this program can read it."""
    writable = _can_write(path)
    try:
        db = _connect(path, writable=writable)
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
            raise _JournalError from error
        raise _unreadable(path, error) from error
    except sqlite3.DatabaseError as error:
        raise damaged(path) from error
    if verdict != "ok":
        raise damaged(path)
    return int(version)


def _unreadable(path: Path, error: sqlite3.OperationalError) -> UserError:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
        return UserError(N_("Another program is using the file just now. Try again in a moment."))
    return UserError(N_("“{file}” cannot be read: {reason}."), file=path.name, reason=_reason(error))


def _not_writable(path: Path) -> NotWritableError:
    return NotWritableError(
        N_("“{file}” is read-only: it can be read, not changed. Save a copy elsewhere to work on it."), file=path.name
    )


def _foreign(path: Path) -> UserError:
    return UserError(N_("“{file}” is not a perfdesk file."), file=path.name)


def _folder(path: Path) -> UserError:
    return UserError(N_("“{file}” is a folder; choose a file name."), file=path)


def _upgrade(path: Path, version: int) -> None:
    """Bring an older file up to date: migrate a copy, check it, keep the former state beside it, and only then swap."""

    def upgrade(temporary: Path) -> None:
        _upgraded_copy(path, temporary)
        _keep(path, f"v{version}")

    publish(path, upgrade, replace=True)


def _keep(path: Path, why: str) -> Path:
    """Copy a file beside itself, under a name that says why; never over another. Return where it is kept."""
    for n in itertools.count(1):
        kept = path.with_name(f"{path.stem}.{why}{f'-{n}' if n > 1 else ''}{path.suffix}")
        if not kept.exists():
            publish(kept, lambda temporary: _copy(path, temporary), replace=False)
            break
        if filecmp.cmp(path, kept, shallow=False):
            break
    return kept


def _copy(path: Path, to: Path) -> None:
    shutil.copyfile(path, to)
    shutil.copystat(path, to)


def _upgraded_copy(path: Path, copy: Path) -> None:
    source = _connect(path, writable=_can_write(path))
    target = sqlite3.connect(copy, isolation_level=None)
    try:
        source.conn.backup(target)
        db = Database(target)
        schema.migrations.apply(db)
        db.execute(f"PRAGMA user_version={schema.USER_VERSION}")
        (verdict,) = db.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok" or db.execute("PRAGMA foreign_key_check").fetchone():
            raise damaged(path)
    finally:
        source.close()
        target.close()
