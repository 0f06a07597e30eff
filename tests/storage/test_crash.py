import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.dump import dump
from tests.example import example
from tests.folders import quick_folder
from tests.storage import crash_edits

from perfdesk.domain.errors import UserError
from perfdesk.storage import checking, files, publishing

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are forked; this system cannot")


@pytest.fixture(scope="module")
def states(made: bytes) -> list[str]:
    """What the file holds after each of the edits."""
    with quick_folder() as folder:
        path = folder / "a.perfdesk"
        path.write_bytes(made)
        with files.open_store(path, writable=True) as store:
            states = [repr(dump(store))]
            for n in range(crash_edits.EDITS):
                crash_edits.edit(store, n)
                states.append(repr(dump(store)))
    return states


@pytest.fixture(scope="module")
def writers() -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, crash_edits.__file__], stdin=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@contextmanager
def writer(writers: "subprocess.Popen[str]", folder: Path) -> Iterator[tuple[int, Iterator[str]]]:
    """Start a writer; give its process and what it acknowledges."""
    os.mkfifo(folder / "acknowledged")
    assert writers.stdin is not None
    writers.stdin.write(f"{folder}\n")
    writers.stdin.flush()
    with (folder / "acknowledged").open() as pipe:
        yield int(pipe.readline()), pipe
    (folder / "acknowledged").unlink()


def kill_in_the_middle(writers: "subprocess.Popen[str]", folder: Path, chance: random.Random) -> int:
    """Kill a writer at any moment; return how many edits it had acknowledged."""
    acknowledged, enough = 0, chance.randrange(crash_edits.EDITS)
    with writer(writers, folder) as (pid, pipe):
        # what it acknowledged before it died is still read, to the end of the pipe
        while True:
            if acknowledged == enough:
                time.sleep(chance.random() * 0.003)
                os.kill(pid, signal.SIGKILL)
            line = pipe.readline()
            if not line:
                return acknowledged
            acknowledged = int(line)


def check(path: Path, acknowledged: int, states: list[str], *, reading_first: bool) -> None:
    assert files.lock.holder_path(path).exists()
    if reading_first:
        with files.open_store(path, writable=False) as store:
            assert repr(dump(store)) in states[acknowledged : acknowledged + 2]
    with files.open_store(path, writable=True) as store:
        # every acknowledged edit, perhaps one more, and none of them by half
        assert repr(dump(store)) in states[acknowledged : acknowledged + 2]
        store.load()
        crash_edits.edit(store, 0)
    assert not publishing.journal_path(path).exists()
    assert not files.lock.holder_path(path).exists()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(5))
def test_fifty_killed_writers(
    writers: "subprocess.Popen[str]", made: bytes, states: list[str], batch: int, tmp_path: Path
) -> None:
    chance = random.Random(batch)
    for n in range(10):
        with quick_folder() as folder:
            # some on the disk, where moments are longer; most in memory, where there are more of them
            place = tmp_path / str(n) if n < 2 else folder
            place.mkdir(exist_ok=True)
            (place / "a.perfdesk").write_bytes(made)
            acknowledged = kill_in_the_middle(writers, place, chance)
            check(place / "a.perfdesk", acknowledged, states, reading_first=n % 2 == 0)


def hot_journal(folder: Path, made: bytes) -> Path:
    """Leave a file as a program does that is killed while it writes: pages changed, the journal beside it."""
    path = folder / "hot.perfdesk"
    path.write_bytes(made)
    child = os.fork()
    if not child:
        store = files.open_store(path, writable=True)
        # a tiny cache: changed pages reach the file before the end of the step
        store._db.execute("PRAGMA cache_size=2")
        with store.step("x"):
            for table, row in dump(store):
                if table in ("target", "indicator", "activity"):
                    store.update(table, row, code="x" * 3000)
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert publishing.journal_path(path).stat().st_size > 512
    assert path.read_bytes() != made
    return path


@pytest.mark.parametrize("writable", [True, False])
def test_hot_journal_is_played_back(tmp_path: Path, made: bytes, states: list[str], writable: bool) -> None:
    path = hot_journal(tmp_path, made)
    with files.open_store(path, writable=writable) as store:
        assert repr(dump(store)) == states[0]
    assert path.stat().st_size == len(made)
    assert not publishing.journal_path(path).exists()


def test_hot_journal_where_nothing_may_be_written(
    tmp_path: Path, made: bytes, states: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = hot_journal(tmp_path, made)
    before = path.read_bytes(), publishing.journal_path(path).read_bytes()
    real = checking.can_write
    monkeypatch.setattr(checking, "can_write", lambda asked: asked != path and real(asked))
    with pytest.raises(files.NotWritableError):
        files.open_store(path, writable=True)
    with files.open_store(path, writable=False) as store:
        assert repr(dump(store)) == states[0]
    assert (path.read_bytes(), publishing.journal_path(path).read_bytes()) == before


def test_journal_that_was_lost_is_damage(tmp_path: Path, made: bytes) -> None:
    path = hot_journal(tmp_path, made)
    publishing.journal_path(path).unlink()
    with pytest.raises(UserError) as told, files.open_store(path, writable=True) as store:
        store.load()
    assert "damaged" in told.value.message


def test_new_file_is_not_given_the_journal_of_an_old_one(tmp_path: Path, made: bytes) -> None:
    path = hot_journal(tmp_path, made)
    path.unlink()
    files.create(path, example())
    with files.open_store(path, writable=True) as store:
        assert store.load() == example()
