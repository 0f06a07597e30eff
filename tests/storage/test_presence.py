import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.dump import dump
from tests.example import example

from perfdesk.domain.errors import UserError
from perfdesk.storage import files
from perfdesk.storage.presence import TakenAwayError
from perfdesk.storage.store import Store

LOST = "no longer in its folder"
REPLACED = "has been replaced by another file"
NO_FOLDER = "cannot be reached"


def replace(path: Path) -> None:
    """As synchronising programs do."""
    other = path.with_name("incoming.tmp")
    shutil.copy(path, other)
    other.replace(path)


def take_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("pulled out"))


Happens = Callable[[Path], object]
HAPPENS = [
    pytest.param(lambda path: path.unlink(), LOST, id="deleted"),
    pytest.param(lambda path: path.rename(path.with_name("moved")), LOST, id="moved"),
    pytest.param(replace, REPLACED, id="replaced"),
    pytest.param(take_folder, NO_FOLDER, id="folder gone"),
]


@pytest.fixture
def path(tmp_path: Path, made: bytes) -> Path:
    """The file in a folder that can be taken away."""
    path = tmp_path / "stick" / "Çamlıova.perfdesk"
    path.parent.mkdir()
    path.write_bytes(made)
    return path


def contents(folder: Path) -> dict[Path, bytes]:
    return {found: found.read_bytes() for found in folder.rglob("*") if found.is_file()}


@pytest.mark.parametrize(("happens", "sentence"), HAPPENS)
def test_nothing_is_written_into_what_is_gone(
    path: Path, store: Store, tmp_path: Path, happens: Happens, sentence: str
) -> None:
    with store.step("before"):
        store.update("administration", 1, name="b")
    before = dump(store)
    happens(path)
    on_disk = contents(tmp_path)

    def step() -> None:
        with store.step("x"):
            store.update("administration", 1, name="c")

    for act in (step, store.undo):
        with pytest.raises(TakenAwayError) as told:
            act()
        assert sentence in told.value.message
        assert path.name in told.value.sentence()
    assert dump(store) == before
    assert store.undo_label == "before"
    # not even a journal, nor a byte of what took its place
    assert contents(tmp_path) == on_disk


@pytest.mark.parametrize(("happens", "_sentence"), HAPPENS)
def test_all_can_still_be_saved_elsewhere(
    path: Path, store: Store, tmp_path: Path, happens: Happens, _sentence: str
) -> None:
    with store.step("x"):
        store.update("administration", 1, name="typed before")
    happens(path)
    copy = tmp_path / "copy.perfdesk"
    files.save_copy(store, copy)
    with files.open_store(copy, writable=True) as saved:
        assert saved.load() == store.load()
        assert saved.load().administration.name == "typed before"
    # and backed up
    (tmp_path / "content").write_bytes(store.content())
    files.verify(tmp_path / "content")


def test_file_that_was_put_back(path: Path, store: Store) -> None:
    away = path.with_name("away")
    path.rename(away)
    with pytest.raises(TakenAwayError), store.step("x"):
        store.update("administration", 1, name="b")
    away.rename(path)
    with store.step("x"):
        store.update("administration", 1, name="b")
    assert store.load().administration.name == "b"


def test_copying_the_open_file_is_no_harm(path: Path, store: Store) -> None:
    shutil.copy(path, path.with_name("copied"))
    with store.step("x"):
        store.update("administration", 1, name="b")
    assert store.load().administration.name == "b"


def test_only_the_outermost_step_asks(path: Path, store: Store) -> None:
    """A step under way is finished or taken back by SQLite, which notices by itself."""
    before = dump(store)

    def move_within() -> None:
        with store.step("outer"):
            store.update("administration", 1, name="b")
            path.rename(path.with_name("moved"))
            with store.step("inner"):
                store.update("administration", 1, province="c")

    try:
        move_within()
    except UserError:
        assert dump(store) == before
    else:
        assert store.load().administration.name == "b"


def test_place_that_does_not_answer(path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.stat

    def stale(asked: Path, **options: bool) -> os.stat_result:
        if Path(asked) == path:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(asked, **options)

    monkeypatch.setattr(os, "stat", stale)
    with pytest.raises(TakenAwayError) as told, store.step("x"):
        store.update("administration", 1, name="b")
    assert "does not answer any more" in told.value.message


# --- the disk itself is gone ----------------------------------------------------------------------------------------


@pytest.fixture
def unreadable(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make reading the store fail as it does when its stick has been pulled out."""

    def fail(_store: Store, _target: Path) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
        raise error

    monkeypatch.setattr(Store, "backup", fail)


@pytest.mark.usefixtures("unreadable")
def test_what_was_loaded_is_saved_where_the_file_cannot_be_read(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.perfdesk"
    files.save_copy(store, copy, store.load())
    with files.open_store(copy, writable=True) as saved:
        assert saved.load() == example()
    assert not list(tmp_path.glob(".perfdesk-*"))


@pytest.mark.usefixtures("unreadable")
def test_without_what_was_loaded_it_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        files.save_copy(store, tmp_path / "copy.perfdesk")
    assert "could not be written" in told.value.message
    assert not (tmp_path / "copy.perfdesk").exists()
