import errno
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.example import example

from perfdesk.domain.errors import UserError
from perfdesk.storage import backups, files
from perfdesk.storage.backups import Backup, Reason
from perfdesk.storage.store import Store

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Yedekler" / "perfdesk"


def make(store: Store, folder: Path, reason: Reason = Reason.OPENED, number: int = 50) -> Backup:
    return backups.make(store.path, store.content(), folder, reason, number=number)


def rename(store: Store, name: str) -> None:
    with store.step("x"):
        store.update("administration", 1, name=name)


# --- where ----------------------------------------------------------------------------------------------------------


def test_files_of_one_name_have_folders_of_their_own(tmp_path: Path, folder: Path) -> None:
    one, other = (backups.folder_of(tmp_path / place / "Belediye.perfdesk", folder) for place in "ab")
    assert one != other
    assert one == backups.folder_of(tmp_path / "a" / "Belediye.perfdesk", folder)
    assert {one.parent, other.parent} == {folder}
    assert one.name.startswith("Belediye-")


def test_folder_is_found_from_the_path_alone(
    path: Path, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(store, folder)
    link = path.with_name("link")
    link.symlink_to(path)
    monkeypatch.chdir(path.parent)
    for name in (path, Path(path.name), link, path.parent / ".." / path.parent.name / path.name):
        assert [backup.path for backup in backups.list_backups(name, folder)] == [made.path]
    path.unlink()
    assert [backup.path for backup in backups.list_backups(path, folder)] == [made.path]
    assert (made.path.parent / "file.txt").read_text(encoding="utf-8").strip() == str(path)


@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_any_file_name_gives_a_folder_name(name: str) -> None:
    found = backups.folder_of(Path("/x") / f"{name}.perfdesk", Path("/b"))
    assert found.parent == Path("/b")
    assert not set(found.name) & set('<>:"/\\|?*\n')
    assert len(found.name) <= 80


# --- making ---------------------------------------------------------------------------------------------------------


def test_backup_is_a_whole_file(store: Store, folder: Path) -> None:
    made = make(store, folder, Reason.HOURLY)
    assert made.reason is Reason.HOURLY
    assert made.size == made.path.stat().st_size
    assert abs(made.when - datetime.now(UTC)) < timedelta(minutes=1)
    with files.open_store(made.path, writable=False) as copy:
        assert copy.load() == example()
    assert backups.list_backups(store.path, folder) == [made]
    assert {path.name for path in made.path.parent.iterdir()} == {made.path.name, "file.txt"}


def test_no_second_one_of_the_same_content(store: Store, folder: Path) -> None:
    first = make(store, folder)
    assert make(store, folder, Reason.HOURLY) == first
    # a step and its undoing leave the same content in a file whose counters went on
    rename(store, "b")
    store.undo()
    assert make(store, folder) == first
    rename(store, "b")
    second = make(store, folder, Reason.HOURLY)
    assert second.path != first.path
    assert [backup.path for backup in backups.list_backups(store.path, folder)] == [second.path, first.path]


def test_backups_of_one_second_have_names_of_their_own(store: Store, folder: Path) -> None:
    made = []
    for n in range(4):
        rename(store, f"name {n}")
        made.append(make(store, folder))
    assert len({backup.path for backup in made}) == 4
    assert [backup.path for backup in backups.list_backups(store.path, folder)] == [b.path for b in reversed(made)]
    for n, backup in enumerate(made):
        with files.open_store(backup.path, writable=False) as copy:
            assert copy.load().administration.name == f"name {n}"


def test_damaged_content_makes_no_backup_and_leaves_the_others(store: Store, folder: Path) -> None:
    good = make(store, folder, number=1)
    before = good.path.read_bytes()
    content = bytearray(store.content())
    content[4096 * 3 : 4096 * 5] = b"\xff" * 8192
    with pytest.raises(UserError) as told:
        backups.make(store.path, bytes(content), folder, Reason.HOURLY, number=1)
    assert "could not be verified" in told.value.message
    assert [backup.path for backup in backups.list_backups(store.path, folder)] == [good.path]
    assert good.path.read_bytes() == before
    assert {path.name for path in good.path.parent.iterdir()} == {good.path.name, "file.txt"}


def test_content_that_is_not_ours_makes_no_backup(store: Store, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with closing(sqlite3.connect(other)) as db:
        db.execute("CREATE TABLE t (x)")
    with pytest.raises(UserError):
        backups.make(store.path, other.read_bytes(), folder, Reason.HOURLY, number=1)
    assert backups.list_backups(store.path, folder) == []


def test_damaged_newest_backup_does_not_count(store: Store, folder: Path) -> None:
    first = make(store, folder)
    first.path.write_bytes(first.path.read_bytes()[:-5000])
    (damaged,) = backups.list_backups(store.path, folder)
    assert not damaged.whole
    second = make(store, folder, number=1)
    assert second.path != first.path
    # left for a person to look at
    assert first.path.exists()


def test_flipped_byte_in_the_newest_does_not_pass_for_the_same(store: Store, folder: Path) -> None:
    first = make(store, folder)
    content = bytearray(first.path.read_bytes())
    content[-1] ^= 1
    first.path.write_bytes(content)
    assert make(store, folder).path != first.path


def test_folder_that_cannot_be(store: Store, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(UserError) as told:
        make(store, taken)
    assert str(taken) in told.value.sentence()


def test_other_files_in_the_folder_are_left_alone(store: Store, folder: Path) -> None:
    place = backups.folder_of(store.path, folder)
    place.mkdir(parents=True)
    names = ["notes.txt", "2026-13-40 990000 opened.perfdesk", "2026-11-20 134005 mine.perfdesk", "copy.perfdesk"]
    for name in names:
        (place / name).write_text("x")
    made = make(store, folder, number=1)
    assert [backup.path for backup in backups.list_backups(store.path, folder)] == [made.path]
    assert {path.name for path in place.iterdir()} == {*names, "file.txt", made.path.name}


# --- keeping --------------------------------------------------------------------------------------------------------


def kept(*times: datetime, now: datetime = NOON, number: int = 50) -> set[datetime]:
    return set(backups.kept_of(times, now, number))


def test_all_of_today() -> None:
    today = [NOON - timedelta(hours=n) for n in range(10)]
    assert kept(*today) == set(today)


def test_the_first_and_the_last_of_each_of_fourteen_days() -> None:
    times = [NOON - timedelta(days=n, hours=h) for n in range(1, 15) for h in (0, 3, 6)]
    assert kept(*times) == {NOON - timedelta(days=n, hours=h) for n in range(1, 15) for h in (0, 6)}


def test_marked_ones_are_kept_as_long_as_days() -> None:
    times = [NOON - timedelta(days=n, hours=h) for n in range(30) for h in (0, 2, 4, 6)]
    marked = {NOON - timedelta(days=n, hours=2) for n in range(30)}
    found = set(backups.kept_of(times, NOON, 100, marked))
    assert found & marked == {NOON - timedelta(days=n, hours=2) for n in range(15)}
    # they are dearer than what else was made today
    today = {when for when in times if when.date() == NOON.date()}
    assert today & set(backups.kept_of(times, NOON, len(found) - 1, marked)) == today - {NOON - timedelta(hours=4)}


def test_yesterday_s_mistake_can_be_taken_back_today(store: Store, folder: Path) -> None:
    place = backups.folder_of(store.path, folder)
    place.mkdir(parents=True)
    yesterday = datetime.now().astimezone() - timedelta(days=1)
    content = store.content()
    made = [
        (place / f"{yesterday.replace(hour=hour):%Y-%m-%d %H%M%S} {reason}.perfdesk")
        for hour, reason in ((8, "opened"), (9, "hourly"), (10, "before_new_year"), (11, "asked"), (12, "hourly"),
                             (13, "before_restore"), (14, "hourly"))
    ]  # fmt: skip
    for path in made:
        path.write_bytes(content)
    rename(store, "b")
    make(store, folder)
    left = {backup.path for backup in backups.list_backups(store.path, folder)} & set(made)
    assert set(made) - left == {made[1], made[4]}


def test_the_last_of_each_month_for_a_year() -> None:
    times = [datetime(year, month, day, 9, tzinfo=UTC) for year in (2024, 2025, 2026) for month in range(1, 13)
             for day in (3, 17, 28)]  # fmt: skip
    before = [when for when in times if when < NOON - timedelta(days=16)]
    found = kept(*before)
    assert datetime(2025, 11, 28, 9, tzinfo=UTC) in found
    assert datetime(2026, 10, 28, 9, tzinfo=UTC) in found
    assert datetime(2025, 10, 28, 9, tzinfo=UTC) not in found
    assert len(found) == 13
    assert {when.day for when in found if when.month != 11 or when.year != 2026} == {28}


def test_number_takes_the_surplus_of_today_before_the_days() -> None:
    # the first of today is none of the surplus
    today = [NOON - timedelta(minutes=n) for n in range(30)]
    days = [NOON - timedelta(days=n) for n in range(1, 15)]
    assert kept(*today, *days, number=20) == {*days, *today[:5], today[-1]}
    assert kept(*today, *days, number=5) == {today[0], *days[:4]}


def test_wrong_clock_does_not_cost_the_one_just_made() -> None:
    to_come = [NOON + timedelta(days=400 + n) for n in range(60)]
    assert NOON in kept(NOON, *to_come, number=5)


moments = st.lists(st.integers(-24 * 800, 24 * 400).map(lambda hours: NOON + timedelta(hours=hours)))


@given(moments, st.integers(1, 100))
def test_the_newest_stays_and_the_number_holds(times: list[datetime], number: int) -> None:
    found = backups.kept_of(times, NOON, number)
    assert len(found) <= number
    assert len(set(found)) == len(found)
    past = [when for when in times if when <= NOON]
    if past:
        assert max(past) in found
    elif times:
        assert found


@given(moments)
def test_keeping_again_keeps_the_same(times: list[datetime]) -> None:
    once = kept(*times)
    assert kept(*once) == once


def test_what_is_not_kept_is_removed(store: Store, folder: Path) -> None:
    place = backups.folder_of(store.path, folder)
    place.mkdir(parents=True)
    old = datetime.now().astimezone() - timedelta(days=3)
    content = store.content()
    names = [f"{old.replace(hour=h):%Y-%m-%d %H%M%S} hourly.perfdesk" for h in (8, 9, 10)]
    for name in names:
        (place / name).write_bytes(content)
    rename(store, "b")
    made = make(store, folder)
    assert {path.name for path in place.iterdir()} == {names[0], names[-1], made.path.name, "file.txt"}


@pytest.mark.parametrize("call", ["fsync", "link"])
def test_disk_that_fills_up(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    first = make(store, folder, number=1)
    rename(store, "b")

    def full(*_args: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, call, full)
        if call == "link":
            patched.setattr(os, "replace", full)
        with pytest.raises(UserError) as told:
            make(store, folder, number=1)
    assert "disk is full" in str(told.value.params["reason"].message)  # type: ignore[attr-defined]
    assert backups.list_backups(store.path, folder) == [first]
    assert {path.name for path in first.path.parent.iterdir()} == {first.path.name, "file.txt"}
    # the file itself is not touched by it
    assert store.load().administration.name == "b"
    assert make(store, folder, number=1).path != first.path
