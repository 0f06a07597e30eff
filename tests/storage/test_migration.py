import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations
from tests.dump import dump
from tests.example import YEAR, example
from tests.strategies import content

from perfdesk.domain.errors import UserError
from perfdesk.exchange.writing import write
from perfdesk.services.versions import open_version, version_book, versions, whole
from perfdesk.storage import files, publishing, schema

DATA = Path(__file__).parents[1] / "data"


# the version that new files are of
NOW = schema.USER_VERSION


def with_next(monkeypatch: pytest.MonkeyPatch, following: object) -> None:
    """Make this program one version newer."""
    migrations = Migrations("perfdesk")
    for name, function in vars(schema).items():
        if name.startswith("m0"):
            migrations(name=name)(function)
    migrations(name="m9999")(following)  # type: ignore[type-var]
    monkeypatch.setattr(schema, "migrations", migrations)
    monkeypatch.setattr(schema, "USER_VERSION", NOW + 1)


def add_column(db: Database) -> None:
    db.execute("ALTER TABLE target ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'")
    # what sqlite-utils does in a migration: a new table, the rows copied, the old one dropped
    db["personnel_status"].transform(rename={"name": "name"}, not_null={"name", "position"})


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_older_file_is_kept_and_a_copy_migrated(path: Path, made: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    path.chmod(0o640)
    with_next(monkeypatch, add_column)
    with files.open_store(path, writable=True) as store:
        assert store.load() == example()
        assert store.field("target", 1, "colour") == "blue"
        with store.step("x"):
            store.update("target", 1, colour="red")
        store.undo()
        assert store.field("target", 1, "colour") == "blue"
    kept = path.with_name(f"{path.stem}.v{NOW}.perfdesk")
    assert names(path.parent) == {path.name, kept.name}
    assert kept.read_bytes() == made
    assert (version(kept), version(path)) == (NOW, NOW + 1)
    assert path.stat().st_mode & 0o777 == 0o640
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
    # only once
    with files.open_store(path, writable=True):
        pass
    assert names(path.parent) == {path.name, kept.name}


def test_kept_file_is_never_overwritten(path: Path, made: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = path.with_name(f"{path.stem}.v{NOW}.perfdesk")
    kept.write_text("an older one")
    with_next(monkeypatch, add_column)
    files.open_store(path, writable=True).close()
    assert kept.read_text() == "an older one"
    assert path.with_name(f"{path.stem}.v{NOW}-2.perfdesk").read_bytes() == made
    # the same state once more needs no third
    path.write_bytes(made)
    files.open_store(path, writable=True).close()
    assert len(names(path.parent)) == 3


def test_reading_an_older_file_does_not_change_it(path: Path, made: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with_next(monkeypatch, add_column)
    with files.open_store(path, writable=False) as store:
        assert store.load() == example()
        assert store.field("target", 1, "colour") == "blue"
    assert path.read_bytes() == made
    assert names(path.parent) == {path.name}


def wrong_data(db: Database) -> None:
    db.execute("UPDATE target SET deferred = 1")
    db.execute("UPDATE target SET objective = NULL")


def wrong_statement(db: Database) -> None:
    db.execute("UPDATE target SET deferred = 1")
    db.execute("UPDATE nothing SET x = 1")


def dangling(db: Database) -> None:
    db.execute("UPDATE target SET objective = 999")


def mistake(db: Database) -> None:
    db.execute("DELETE FROM target")
    raise ZeroDivisionError


@pytest.mark.parametrize("second", [wrong_data, wrong_statement, dangling, mistake])
@pytest.mark.parametrize("writable", [True, False])
def test_failing_migration_leaves_the_file(
    path: Path, made: bytes, monkeypatch: pytest.MonkeyPatch, second: object, writable: bool
) -> None:
    with monkeypatch.context() as patch:
        with_next(patch, second)
        with pytest.raises((UserError, sqlite3.Error, ZeroDivisionError)):
            files.open_store(path, writable=writable)
    assert path.read_bytes() == made
    assert names(path.parent) == {path.name}
    with files.open_store(path, writable=True) as store:
        assert store.load() == example()


def test_full_disk_while_migrating(path: Path, made: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with_next(monkeypatch, add_column)

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(UserError) as told:
        files.open_store(path, writable=True)
    assert "could not be written" in told.value.message
    assert path.read_bytes() == made
    assert names(path.parent) == {path.name}


def test_older_file_with_a_hot_journal(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that did not end: its half edit is taken back before anything is migrated or kept."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size=2")
        db.execute("BEGIN")
        db.execute("UPDATE indicator SET name = hex(zeroblob(20000))")
        db.execute("UPDATE target SET title = hex(zeroblob(20000))")
        half, journal = path.read_bytes(), publishing.journal_path(path).read_bytes()
        db.execute("ROLLBACK")
    path.write_bytes(half)
    publishing.journal_path(path).write_bytes(journal)
    with_next(monkeypatch, add_column)
    with files.open_store(path, writable=True) as store:
        assert store.load() == example()
    monkeypatch.undo()
    with files.open_store(path.with_name(f"{path.stem}.v{NOW}.perfdesk"), writable=False) as store:
        assert store.load() == example()
    assert len(names(path.parent)) == 2


@pytest.mark.parametrize("old", [1, 2, 3])
def test_file_of_an_old_version_opens_for_ever(tmp_path: Path, old: int) -> None:
    """Real files, each made by the program of its version and never to be made again."""
    path = tmp_path / f"v{old}.perfdesk"
    shutil.copyfile(DATA / f"v{old}.perfdesk", path)
    assert version(path) == old
    expected = content(json.loads((DATA / f"v{old}.json").read_bytes()))
    with files.open_store(path, writable=False) as store:
        assert content(json.loads(write(whole(store)))) == expected
    with files.open_store(path, writable=True) as store:
        assert content(json.loads(write(whole(store)))) == expected
        before = dump(store)
        with store.step("x"):
            store.delete("target", store.rows("target")[0])
        store.undo()
        assert dump(store) == before
    assert version(path) == schema.USER_VERSION


def test_version_of_the_programme_frozen_by_an_old_program_still_prints(tmp_path: Path) -> None:
    path = tmp_path / "v2.perfdesk"
    shutil.copyfile(DATA / "v2.perfdesk", path)
    with files.open_store(path, writable=True) as store:
        (frozen,) = versions(store.load(), YEAR)
        assert (frozen.number, frozen.decision) == (1, "2026/45")
        _, programme = open_version(store, YEAR, 1)
        assert programme.targets[0].title == example().programmes[0].targets[0].title
        assert store.load().programmes[0].targets[0].title == "Sonradan değiştirilmiş hedef"
        assert version_book(store, YEAR, 1).startswith(b"%PDF")


def test_released_migrations_are_what_new_files_still_begin_with(made: bytes, tmp_path: Path) -> None:
    """A migration that has been released is not changed any more: what is new comes in the next one."""
    new, old = tmp_path / "new.perfdesk", tmp_path / "old.perfdesk"
    new.write_bytes(made)
    shutil.copyfile(DATA / "v1.perfdesk", old)
    files.open_store(old, writable=True).close()

    def tables(of: Path) -> set[tuple[str, str]]:
        with closing(sqlite3.connect(of)) as db:
            return set(db.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))

    assert tables(new) == tables(old)
    assert tables(DATA / "v1.perfdesk") < tables(DATA / "v2.perfdesk") < tables(new)
    if NOW == 3:
        assert tables(DATA / "v3.perfdesk") == tables(new)
