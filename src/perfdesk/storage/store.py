"""The open file: loads snapshots, writes rows, and turns every user action into one transaction and one undo step."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from itertools import chain, groupby, islice
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sqlite_utils import Database

from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Municipality
from perfdesk.i18n import N_
from perfdesk.storage import loading, lock, replacing
from perfdesk.storage.presence import Presence
from perfdesk.storage.publishing import DAMAGE
from perfdesk.storage.rows import MONEY, Stored, lira, stored_row
from perfdesk.storage.undo import Change, UndoLog

# SQLite's primary result codes for what the machine, not the program, does wrong
_DISK: Final = {
    sqlite3.SQLITE_FULL: N_("The disk is full: the last change could not be saved. Free some space and type it again."),
    sqlite3.SQLITE_IOERR: N_(
        "The file cannot be written any more: the disk or network folder does not answer. The last change was not "
        "saved; everything before it is."
    ),
    sqlite3.SQLITE_READONLY: N_("The file can no longer be written: it has become read-only. Save a copy elsewhere."),
    sqlite3.SQLITE_BUSY: N_("Another program is using the file just now. Try again in a moment."),
    sqlite3.SQLITE_CANTOPEN: N_("The file's folder cannot be written to. Save a copy elsewhere."),
    **dict.fromkeys(
        DAMAGE,
        N_(
            "The file has been damaged: the last change was not saved. Save a copy, which holds all that was there "
            "before it, or restore a backup."
        ),
    ),
}
# how many values a statement is given at most, for rows that are inserted together
_MOST_PLACES: Final = 2000


class ReadOnlyError(UserError):
    """A change to a file that is open for reading only."""


class UnsoundCopyError(UserError):
    """A copy of the file was not whole."""


class Store:
    """One open perfdesk file. Made by ``files.open_store``; ``on_change`` is told after every step."""

    def __init__(self, db: Database, path: Path, *, writable: bool, holder_file: lock.HolderFile | None = None) -> None:
        self.path = path
        self.writable = writable
        self.on_change: Callable[[Change], None] | None = None
        self._db = db
        self._holder_file = holder_file
        self._log = UndoLog(db) if writable else None
        self._presence = Presence(path) if writable else None
        self._depth = 0
        # whether a table's rows have positions, as far as that was asked
        self._positioned: dict[str, bool] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and stop being its holder."""
        self._db.close()
        if self._holder_file is not None:
            self._holder_file.release()
            self._holder_file = None

    # --- reading ----------------------------------------------------------------------------------------------------

    def load(self) -> Municipality:
        """Return the whole content as of now.

        Raises:
            UserError: the disk refused, or the file is damaged.
        """
        with _disk_errors(), self._damage_told():
            if self._depth:
                return loading.load(self._db.conn)
            # one read transaction: another program cannot write between two of our tables
            with self._db.atomic():
                return loading.load(self._db.conn)

    def refresh(self, previous: Municipality, change: Change) -> Municipality:
        """Return the content as of now, given the snapshot before a change: what it did not reach is taken over."""
        if change.targets is None:
            return self.load()
        with _disk_errors():
            return loading.refresh(self._db.conn, previous, change.targets)

    def find(self, table: str, **where: Stored) -> int | None:
        """Return the id of the first row with these fields, if there is one."""
        row = self._db.execute(
            f'SELECT id FROM "{table}" WHERE {_conditions(where)} ORDER BY id LIMIT 1', list(where.values())
        ).fetchone()
        return None if row is None else int(row[0])

    def field(self, table: str, row: int, column: str) -> Stored:
        """Return a field as stored.

        Raises:
            KeyError: there is no such row.
        """
        found = self._db.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', [row]).fetchone()
        if found is None:
            raise KeyError((table, row))
        value: Stored = found[0]
        return value

    def amount(self, table: str, row: int, column: str) -> Decimal | None:
        """Return a field that holds an amount, in lira; None where none was entered.

        Raises:
            KeyError: there is no such row.
            TypeError: the column holds no amounts.
        """
        stored = self.field(table, row, column)
        if stored is None:
            return None
        if column not in MONEY or not isinstance(stored, int):
            raise TypeError((table, column))
        return lira(stored)

    def rows(self, table: str, **where: Stored) -> list[int]:
        """Return the ids of rows with these fields, in their order."""
        order = "position, id" if self._has_positions(table) else "id"
        return [
            row
            for (row,) in self._db.execute(
                f'SELECT id FROM "{table}" WHERE {_conditions(where)} ORDER BY {order}', list(where.values())
            )
        ]

    def _has_positions(self, table: str) -> bool:
        # the tables of an open file stay as they are; to look them up takes longer than to read a few rows
        found = self._positioned.get(table)
        if found is None:
            found = self._positioned[table] = "position" in self._db[table].columns_dict
        return found

    def scalar(self, sql: str, **parameters: Stored) -> int:
        """Return the one number a query gives; for the modules of this package."""
        return int(self._db.conn.execute(sql, parameters).fetchone()[0])

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        """Say that rows no program of ours writes are damage; what was read keeps the cause."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            # text that is not UTF-8 has no code of SQLite's own
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in DAMAGE:
                raise damaged(self.path) from error
            raise
        except (ValueError, TypeError, LookupError, ArithmeticError) as error:
            raise damaged(self.path) from error

    def backup(self, target: Path) -> None:
        """Copy the file as it is now into a new or empty one, checked; ``files.save_copy`` puts it into place.

        Raises:
            UnsoundCopyError: the copy is not whole.
        """
        copy = sqlite3.connect(target)
        try:
            # nobody sees the copy before it is whole, and whoever puts it into place writes it to the disk
            copy.execute("PRAGMA synchronous=OFF")
            copy.execute("PRAGMA journal_mode=MEMORY")
            self._db.conn.backup(copy)
            (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
        finally:
            copy.close()
        if verdict != "ok":
            raise UnsoundCopyError(N_("The copy could not be verified and was discarded: {reason}"), reason=verdict)

    def content(self) -> bytes:
        """Return the file as it is now, byte by byte, for a backup; other threads may write that somewhere.

        The open file is read, wherever it has been moved to, so this also works when it has lost its place.

        Raises:
            UserError: the disk refused.
        """
        if self._depth:
            raise RuntimeError("within a step the file holds what may yet be taken back")
        try:
            return self._db.conn.serialize()
        except sqlite3.Error as error:
            raise UserError(
                N_("“{file}” cannot be read any more: the disk or network folder does not answer."), file=self.path.name
            ) from error

    # --- writing ----------------------------------------------------------------------------------------------------

    @contextmanager
    def step(self, label: str) -> Iterator[None]:
        """One user action: a transaction, an undo step, a change notice. Inner steps join the outer one.

        An inner step that fails is taken back by itself, so that the outer one may go on without it.

        Raises:
            ReadOnlyError: the file is open for reading only.
            TakenAwayError: the file is no longer at its place.
            UserError: the disk refused; the file is as before the step.
        """
        if self._log is None:
            raise self._only_read()
        if self._depth:
            with self._db.atomic():
                yield
            return
        with self._outermost(self._log, label):
            yield

    @contextmanager
    def _outermost(self, log: UndoLog, label: str, *, whole: bool = False) -> Iterator[None]:
        self._check_presence()
        before = log.last
        self._depth += 1
        try:
            with _disk_errors(), self._checked(whole=whole):
                yield
        finally:
            self._depth -= 1
        change = log.change(label, before)
        if change.rows:
            log.record(label, before, whole=whole)
            self._notify(change)

    @contextmanager
    def _checked(self, *, whole: bool) -> Iterator[None]:
        """A transaction, in which references are checked row by row or, for a ``whole`` step, at the end."""
        if not whole:
            with self._db.atomic():
                yield
            return
        with replacing.unchecked(self._db), self._db.atomic():
            yield
            if not replacing.references_hold(self._db):
                raise damaged(self.path)

    def insert(self, table: str, **fields: object) -> int:
        """Insert a row and return its id; part of the current step."""
        self._in_step()
        row = stored_row(fields)
        names = ", ".join(f'"{name}"' for name in row)
        cursor = self._db.execute(
            f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(row))})', list(row.values())
        )
        return int(cursor.lastrowid or 0)

    def insert_many(self, table: str, rows: Iterable[Mapping[str, object]]) -> list[int]:
        """Insert rows behind all others and return their ids; part of the current step."""
        self._in_step()
        first = int(self._db.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"').fetchone()[0]) + 1
        following = first
        for names, alike in groupby(rows, tuple):
            columns = ", ".join(f'"{name}"' for name in ("id", *names))
            places = f"({', '.join('?' * (1 + len(names)))})"
            most = _MOST_PLACES // (1 + len(names))
            while some := list(islice(alike, most)):
                # numbered as SQLite would number them, which does not tell the numbers of many
                numbered = [(row, *stored_row(fields).values()) for row, fields in enumerate(some, following)]
                following += len(some)
                self._db.execute(
                    f'INSERT INTO "{table}" ({columns}) VALUES {", ".join([places] * len(some))}',
                    list(chain.from_iterable(numbered)),
                )
        return list(range(first, following))

    def update(self, table: str, row: int, **fields: object) -> None:
        """Change fields of a row; part of the current step. Fields that are so already are not written."""
        self._in_step()
        new = stored_row(fields)
        assignments = ", ".join(f'"{name}" = ?' for name in new)
        differs = " OR ".join(f'"{name}" IS NOT ?' for name in new)
        self._db.execute(
            f'UPDATE "{table}" SET {assignments} WHERE id = ? AND ({differs})', [*new.values(), row, *new.values()]
        )

    def delete(self, table: str, row: int) -> None:
        """Delete a row and what it holds; part of the current step."""
        self._in_step()
        self._db.execute(f'DELETE FROM "{table}" WHERE id = ?', [row])

    def reorder(self, table: str, rows: list[int]) -> None:
        """Give rows the positions of their order in the list."""
        for position, row in enumerate(rows):
            self.update(table, row, position=position)

    def replace_content(self, label: str, uri: str) -> None:
        """Take over the rows of another file of the same version, which ``files.replace_content`` prepares; a step.

        Raises:
            ReadOnlyError: the file is open for reading only.
            UserError: the disk refused; the file is as before.
        """
        if self._log is None:
            raise self._only_read()
        if self._depth:
            raise RuntimeError("replacing all is a step of its own")
        with replacing.attached(self._db, uri), self._outermost(self._log, label, whole=True):
            replacing.replace_rows(self._db)

    def _only_read(self) -> ReadOnlyError:
        return ReadOnlyError(N_("“{file}” is open for reading only; nothing can be changed."), file=self.path.name)

    def _check_presence(self) -> None:
        if self._presence is not None:
            self._presence.check()

    def _in_step(self) -> None:
        if not self._depth:
            raise RuntimeError("rows are written inside a step")

    # --- undo -------------------------------------------------------------------------------------------------------

    @property
    def undo_label(self) -> str:
        """What undo would take back (a msgid), or ""."""
        return self._log.undo_label if self._log else ""

    @property
    def redo_label(self) -> str:
        """What redo would do again (a msgid), or ""."""
        return self._log.redo_label if self._log else ""

    def undo(self) -> Change | None:
        """Take the last step back; None where there is none."""
        return self._play(undone=True) if self.undo_label else None

    def redo(self) -> Change | None:
        """Do the step last undone again; None where there is none."""
        return self._play(undone=False) if self.redo_label else None

    def _play(self, *, undone: bool) -> Change:
        log = self._log
        if log is None or self._depth:
            raise RuntimeError("undo and redo are steps of their own, in a file open for writing")
        self._check_presence()
        before = log.last
        with _disk_errors(), self._checked(whole=log.is_whole(undone=undone)):
            change = log.play_undo() if undone else log.play_redo()
        log.done(undone=undone, after=before)
        self._notify(change)
        return change

    def _notify(self, change: Change) -> None:
        if self.on_change is not None:
            self.on_change(change)


def damaged(path: Path) -> UserError:
    """Return the sentence for a file that cannot be trusted."""
    return UserError(
        N_("“{file}” is damaged or was not copied completely. Copy it again, or restore a backup."), file=path.name
    )


def _conditions(where: dict[str, Stored]) -> str:
    return " AND ".join(f'"{name}" IS ?' for name in where) or "1"


@contextmanager
def _disk_errors() -> Iterator[None]:
    """Say what the disk refused in a sentence; anything else is a fault of ours and passes through."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        message = _DISK.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if message is None:
            raise
        raise UserError(message) from error
