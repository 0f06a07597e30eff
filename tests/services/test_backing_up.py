import threading
from pathlib import Path

import pytest
from tests.dump import dump
from tests.example import example

from perfdesk.domain.errors import UserError
from perfdesk.services.files import backing_up
from perfdesk.storage import files, lock
from perfdesk.storage.backups import Reason
from perfdesk.storage.store import ReadOnlyError, Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Yedekler"


def rename(store: Store, name: str) -> None:
    with store.step("x"):
        store.update("administration", 1, name=name)


def test_every_reason_has_words() -> None:
    assert set(backing_up.REASONS) == set(Reason)


def test_backup_and_what_differs(store: Store, folder: Path) -> None:
    made = backing_up.back_up(store, folder, Reason.OPENED, 50)
    assert backing_up.backups(store.path, folder) == [made]
    assert backing_up.content_of(made) == example()
    assert backing_up.difference(store.load(), made) == []
    rename(store, "b")
    (difference,) = backing_up.difference(store.load(), made)
    assert difference.year == 0


def test_content_is_that_of_the_moment_it_was_taken(store: Store, folder: Path) -> None:
    write = backing_up.prepare(store, folder, Reason.HOURLY, 50)
    rename(store, "typed meanwhile")
    made = []
    thread = threading.Thread(target=lambda: made.append(write()))
    thread.start()
    thread.join()
    assert backing_up.content_of(made[0]) == example()


def test_not_within_a_step(store: Store, folder: Path) -> None:
    with store.step("x"), pytest.raises(RuntimeError):
        backing_up.back_up(store, folder, Reason.HOURLY, 50)


def test_file_that_is_gone_is_backed_up_all_the_same(path: Path, store: Store, folder: Path) -> None:
    rename(store, "typed before")
    path.unlink()
    made = backing_up.back_up(store, folder, Reason.HOURLY, 50)
    assert backing_up.content_of(made).administration.name == "typed before"
    assert backing_up.backups(path, folder) == [made]


def test_folder_is_made_and_tried(folder: Path, tmp_path: Path) -> None:
    backing_up.check_folder(folder / "new")
    assert list((folder / "new").iterdir()) == []
    taken = tmp_path / "taken"
    taken.write_text("a file")
    for wrong in (taken, taken / "below", Path("relative")):
        with pytest.raises(UserError):
            backing_up.check_folder(wrong)


def test_backup_of_a_file_that_cannot_be_read_says_what_it_holds(store: Store, folder: Path) -> None:
    made = backing_up.back_up(store, folder, Reason.OPENED, 50)
    held = backing_up.difference(None, made)
    assert [difference.year for difference in held] == sorted((p.year for p in example().programmes), reverse=True)


# --- restoring ------------------------------------------------------------------------------------------------------


def test_restoring_is_one_step_of_the_open_file(path: Path, store: Store, folder: Path) -> None:
    made = backing_up.back_up(store, folder, Reason.OPENED, 50)
    rename(store, "b")
    before = dump(store)
    backing_up.restore(store, made, folder)
    assert store.load() == example()
    assert store.path == path
    # the state of before is a backup of its own, and one undo away
    newest = backing_up.backups(path, folder)[0]
    assert newest.reason is Reason.BEFORE_RESTORE
    assert backing_up.content_of(newest).administration.name == "b"
    store.undo()
    assert dump(store) == before


def test_oldest_of_too_many_can_be_restored(store: Store, folder: Path) -> None:
    """The backup made before restoring must not push out the one to be restored."""
    first = backing_up.back_up(store, folder, Reason.OPENED, 1)
    rename(store, "b")
    backing_up.restore(store, first, folder)
    assert store.load() == example()
    assert first.path.exists()


def test_damaged_backup_changes_nothing(store: Store, folder: Path) -> None:
    made = backing_up.back_up(store, folder, Reason.OPENED, 50)
    made.path.write_bytes(made.path.read_bytes()[: 4096 * 5])
    rename(store, "b")
    before = dump(store)
    with pytest.raises(UserError):
        backing_up.restore(store, made, folder)
    with pytest.raises(UserError):
        backing_up.difference(store.load(), made)
    assert dump(store) == before
    assert len(backing_up.backups(store.path, folder)) == 1


def test_nothing_is_restored_where_the_present_cannot_be_backed_up(store: Store, folder: Path, tmp_path: Path) -> None:
    made = backing_up.back_up(store, folder, Reason.OPENED, 50)
    rename(store, "b")
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(UserError):
        backing_up.restore(store, made, taken)
    assert store.load().administration.name == "b"


def test_file_for_reading_is_left(path: Path, store: Store, folder: Path) -> None:
    made = backing_up.back_up(store, folder, Reason.OPENED, 50)
    rename(store, "b")
    with files.open_store(path, writable=False) as reader, pytest.raises(ReadOnlyError):
        backing_up.restore(reader, made, folder)
    assert store.load().administration.name == "b"


def test_file_that_cannot_be_opened(path: Path, folder: Path) -> None:
    with files.open_store(path, writable=True) as store:
        made = backing_up.back_up(store, folder, Reason.OPENED, 50)
    broken = b"SQLite format 3\0" + b"\xff" * 5000
    path.write_bytes(broken)
    path.chmod(0o640)
    kept = backing_up.restore_closed(path, made)
    with files.open_store(path, writable=True) as store:
        assert store.load() == example()
    assert kept == path.with_name(f"{path.stem}.damaged.perfdesk")
    assert kept.read_bytes() == broken
    assert path.stat().st_mode & 0o777 == 0o640
    assert not lock.holder_path(path).exists()


def test_file_that_is_gone_is_put_back(path: Path, folder: Path) -> None:
    with files.open_store(path, writable=True) as store:
        made = backing_up.back_up(store, folder, Reason.OPENED, 50)
    path.unlink()
    assert backing_up.restore_closed(path, made) is None
    with files.open_store(path, writable=True) as store:
        assert store.load() == example()


def test_open_file_is_not_replaced(path: Path, store: Store, folder: Path) -> None:
    made = backing_up.back_up(store, folder, Reason.OPENED, 50)
    rename(store, "b")
    with pytest.raises(lock.HeldError):
        backing_up.restore_closed(path, made)
    assert store.load().administration.name == "b"


def test_backup_as_a_file_of_its_own(path: Path, store: Store, folder: Path) -> None:
    made = backing_up.back_up(store, folder, Reason.OPENED, 50)
    copy = path.with_name("copy.perfdesk")
    backing_up.save_as(made, copy)
    with files.open_store(copy, writable=True) as opened:
        assert opened.load() == example()
    with pytest.raises(UserError):
        backing_up.save_as(made, path)
    with pytest.raises(UserError):
        backing_up.save_as(made, made.path)
