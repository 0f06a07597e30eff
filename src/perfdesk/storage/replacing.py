"""All rows of a file made as those of another: what restoring a backup does, as one step that can be undone.

Only rows that differ are written: they are deleted and the other file's inserted, with their ids. Undoing plays back as
little, and what is shown of the other rows stays valid. In between a reference may lead nowhere, and SQLite acts upon
that at once (it cascades, or refuses): such steps run, and are undone, with its checking off, and are checked as a
whole at their end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlite_utils import Database

from perfdesk.storage.undo import data_tables

_OTHER: Final = "other"


@contextmanager
def attached(db: Database, uri: str) -> Iterator[None]:
    """Let SQLite see another file; outside of transactions only."""
    db.execute(f"ATTACH ? AS {_OTHER}", [uri])
    try:
        yield
    finally:
        db.execute(f"DETACH {_OTHER}")


@contextmanager
def unchecked(db: Database) -> Iterator[None]:
    """Leave references alone until the end of what is done here; outside of transactions only."""
    db.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        db.execute("PRAGMA foreign_keys=ON")


def references_hold(db: Database) -> bool:
    """Whether every reference leads somewhere."""
    return db.execute("PRAGMA main.foreign_key_check").fetchone() is None


def replace_rows(db: Database) -> None:
    """Make the rows of all tables those of the attached file, which is of the same version."""
    tables = data_tables(db)
    for table in tables:
        # first all that goes, in any order: what then comes meets no double of itself
        same = " AND ".join(f'o."{name}" IS m."{name}"' for name in _columns(db, table))
        db.execute(
            f'DELETE FROM main."{table}" WHERE id NOT IN '
            f'(SELECT m.id FROM main."{table}" m JOIN {_OTHER}."{table}" o ON o.id = m.id WHERE {same})'
        )
    for table in tables:
        names = ", ".join(f'"{name}"' for name in _columns(db, table))
        db.execute(
            f'INSERT INTO main."{table}" ({names}) '
            f'SELECT {names} FROM {_OTHER}."{table}" WHERE id NOT IN (SELECT id FROM main."{table}")'
        )


def _columns(db: Database, table: str) -> list[str]:
    return [column.name for column in db[table].columns]
