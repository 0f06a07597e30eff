"""Files of an older version, brought up to date: beside themselves or in memory, with the former state kept."""

import contextlib
import filecmp
import itertools
import shutil
import sqlite3
import tempfile
from pathlib import Path

from sqlite_utils import Database

from perfdesk.storage import checking, schema
from perfdesk.storage.publishing import journal_path, publish
from perfdesk.storage.store import damaged


def upgrade(path: Path, version: int) -> None:
    """Bring an older file up to date: migrate a copy, check it, keep the former state beside it, and only then swap."""

    def upgrade(temporary: Path) -> None:
        upgraded_copy(path, temporary)
        keep(path, f"v{version}")

    publish(path, upgrade, replace=True)


def upgraded_copy(path: Path, copy: Path) -> None:
    """Write a file's content into another one and bring it up to date, checked as a whole.

    Raises:
        UserError: it does not come out whole.
    """
    source = checking.connect(path, writable=checking.can_write(path))
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


def in_memory(path: Path) -> Database:
    """Return a file's content, brought up to date, without touching the file."""
    with tempfile.TemporaryDirectory() as folder:
        source = path
        if not checking.can_write(path):
            # a killed program's journal is played back where that can be done
            source = Path(folder) / "copy"
            shutil.copyfile(path, source)
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(journal_path(path), journal_path(source))
            checking.check_content(source)
        upgraded = Path(folder) / "upgraded"
        upgraded_copy(source, upgraded)
        db = Database(sqlite3.connect(":memory:", isolation_level=None))
        copy = sqlite3.connect(upgraded)
        try:
            copy.backup(db.conn)
        finally:
            copy.close()
    return db


def keep(path: Path, why: str) -> Path:
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
