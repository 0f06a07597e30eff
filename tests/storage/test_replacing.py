from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from sqlite_utils import Database, Migrations
from tests.dump import differing, dump
from tests.example import example
from tests.folders import quick_folder
from tests.strategies import municipalities

from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Municipality
from perfdesk.storage import files, schema
from perfdesk.storage.store import ReadOnlyError, Store
from perfdesk.storage.undo import Change


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A file with other content than the open one."""
    other = tmp_path / "other.perfdesk"
    changed = replace(example(), administration=replace(example().administration, name="Eski ad"))
    files.create(other, changed)
    return other


def test_taking_over_is_one_step(store: Store, other: Path) -> None:
    told: list[Change] = []
    store.on_change = told.append
    before = dump(store)
    files.replace_content(store, other, "restore")
    assert store.load().administration.name == "Eski ad"
    assert store.undo_label == "restore"
    assert [change.label for change in told] == ["restore"]
    # only what differs was written
    assert told[0].rows == {("administration", 1)}
    store.undo()
    assert dump(store) == before
    store.redo()
    with files.open_store(other, writable=False) as source:
        assert dump(store) == dump(source)


def test_same_content_is_no_step(store: Store, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.perfdesk"
    files.save_copy(store, copy)
    files.replace_content(store, copy, "restore")
    assert store.undo_label == ""


@given(municipalities(), municipalities())
def test_any_file_by_any_other_and_back(one: Municipality, two: Municipality) -> None:
    with quick_folder() as folder:
        files.create(folder / "one.perfdesk", one)
        files.create(folder / "two.perfdesk", two)
        with files.open_store(folder / "one.perfdesk", writable=True) as store:
            before = dump(store)
            files.replace_content(store, folder / "two.perfdesk", "restore")
            assert store.load() == two
            with files.open_store(folder / "two.perfdesk", writable=False) as source:
                after = dump(source)
            assert not differing(dump(store), after)
            store.undo()
            assert not differing(dump(store), before)
            store.redo()
            assert not differing(dump(store), after)
            assert store.load() == two


def test_references_are_watched_again_afterwards(store: Store, other: Path) -> None:
    files.replace_content(store, other, "restore")
    unit = store.rows("unit")[0]
    used = store.find("cost_sheet_unit", unit=unit)
    assert used is not None
    for _again in range(2):
        with pytest.raises(Exception, match="FOREIGN KEY"), store.step("x"):
            store.delete("unit", unit)
        store.undo()


def test_same_year_in_another_row(store: Store, tmp_path: Path) -> None:
    """A year that was deleted and made again: the rows to come meet their doubles."""
    copy = tmp_path / "copy.perfdesk"
    files.save_copy(store, copy)
    year = example().programmes[0].year
    with store.step("x"):
        row = store.find("programme", year=year)
        assert row is not None
        store.update("programme", row, year=1999)
        store.insert("programme", position=9, year=year, form="", layout="", layout_settings={})
    before = dump(store)
    files.replace_content(store, copy, "restore")
    assert store.load() == example()
    store.undo()
    assert dump(store) == before


def test_steps_before_can_be_undone_after_it(store: Store, other: Path) -> None:
    before = dump(store)
    with store.step("first"):
        store.delete("target", store.rows("target")[0])
    files.replace_content(store, other, "restore")
    with store.step("third"):
        store.update("administration", 1, province="c")
    for _step in range(3):
        store.undo()
    assert dump(store) == before
    for _step in range(3):
        store.redo()
    assert store.load().administration.province == "c"


def test_damaged_or_foreign_files_change_nothing(store: Store, other: Path, tmp_path: Path) -> None:
    before = dump(store)
    content = bytearray(other.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    other.write_bytes(content)
    text = tmp_path / "text.perfdesk"
    text.write_text("a text " * 50)
    for source in (other, text, tmp_path / "none"):
        with pytest.raises(UserError):
            files.replace_content(store, source, "restore")
    assert dump(store) == before
    assert store.undo_label == ""


def test_file_for_reading_is_left(path: Path, other: Path) -> None:
    with files.open_store(path, writable=False) as store, pytest.raises(ReadOnlyError):
        files.replace_content(store, other, "restore")


def test_older_version_is_upgraded_as_a_copy(path: Path, made: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    old = path.with_name("old.perfdesk")
    old.write_bytes(made)

    def add_column(db: Database) -> None:
        db.execute("ALTER TABLE target ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'")

    migrations = Migrations("perfdesk")
    number = schema.USER_VERSION + 1
    for name, function in vars(schema).items():
        if name.startswith("m0"):
            migrations(name=name)(function)
    migrations(name="m9999")(add_column)  # type: ignore[arg-type]
    monkeypatch.setattr(schema, "migrations", migrations)
    monkeypatch.setattr(schema, "USER_VERSION", number)
    with files.open_store(path, writable=True) as store:
        with store.step("x"):
            store.update("target", store.rows("target")[0], colour="red")
        files.replace_content(store, old, "restore")
        assert store.field("target", store.rows("target")[0], "colour") == "blue"
    assert old.read_bytes() == made
