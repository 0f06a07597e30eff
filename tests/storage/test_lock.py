import errno
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.example import example
from tests.folders import quick_folder
from tests.storage import holder
from tests.unprivileged import as_ordinary_user, needs_users

from perfdesk.domain.errors import UserError
from perfdesk.storage import files, lock

SENTENCE = "“{file}” is open for writing: {user} on {machine}, since {time}."


class Other:
    """A second process that holds the file."""

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, holder.__file__, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert self._line() == "open\n"

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def rename(self, name: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{name}\n")
        self.process.stdin.flush()
        assert self._line() == "done\n"

    def end(self, *, kill: bool = False) -> None:
        if kill:
            self.process.kill()
        self.process.communicate()


@pytest.fixture
def other(path: Path) -> Iterator[Other]:
    other = Other(path)
    yield other
    other.end()


def refusal(path: Path) -> lock.HeldError:
    with pytest.raises(lock.HeldError) as told:
        files.open_store(path, writable=True)
    return told.value


def holder_file(path: Path, content: object) -> Path:
    file = lock.holder_path(path)
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return file


def test_second_process_is_told_and_can_read(path: Path, other: Other) -> None:
    error = refusal(path)
    assert error.message.startswith(SENTENCE)
    assert error.params["file"] == path.name
    assert error.params["machine"] == socket.gethostname()
    assert error.params["lock"] == f"{path.name}.lock"
    assert str(error.params["time"]).count(".") == 2
    # in Turkish, unless somebody asked for another language
    assert error.sentence() != error.message.format(**error.params)

    with files.open_store(path, writable=False) as store:
        assert store.load() == example()
        other.rename("Başka")
        assert store.load().administration.name == "Başka"
    # neither the refusal nor the reader has taken anything away
    assert lock.holder_path(path).exists()
    refusal(path)

    other.end()
    assert not lock.holder_path(path).exists()
    with files.open_store(path, writable=True) as store:
        assert store.load().administration.name == "Başka"


def test_killed_holder_is_taken_over(path: Path, other: Other) -> None:
    other.end(kill=True)
    assert lock.holder_path(path).exists()
    with files.open_store(path, writable=True):
        holder = json.loads(lock.holder_path(path).read_bytes())
        assert holder["pid"] == os.getpid()
        refusal(path)
    assert not lock.holder_path(path).exists()


def test_same_process_twice(path: Path) -> None:
    with files.open_store(path, writable=True):
        assert refusal(path).params["machine"] == socket.gethostname()
    with files.open_store(path, writable=True):
        pass


HERE = {"user": "ayşe", "machine": socket.gethostname(), "since": "2025-01-02T03:04:05+00:00"}


@pytest.mark.parametrize(
    "content",
    [
        {**HERE, "pid": 2**22 + 1},
        {**HERE, "pid": os.getpid()},  # the number was given to another process since: ours
        {**HERE, "pid": 1, "started": 12.5},
        {**HERE, "pid": -1},
        {**HERE, "pid": "many"},
        {**HERE, "since": "yesterday", "pid": 1},
        {"machine": "elsewhere"},
        {},
        [1, 2],
        b"",
        b"\xff\xfe{",
        b"[" * 5000,
        b"x" * 100_000,
    ],
    ids=[
        "dead",
        "number given out again",
        "other start",
        "negative",
        "no number",
        "no time",
        "half",
        "nothing known",
        "list",
        "empty",
        "not text",
        "deep",
        "long",
    ],
)
def test_stale_holder_is_taken_over(path: Path, content: object) -> None:
    file = holder_file(path, content)
    with files.open_store(path, writable=True):
        assert json.loads(file.read_bytes())["pid"] == os.getpid()
    assert not file.exists()


def test_another_machines_holder_is_respected(path: Path) -> None:
    other = {**HERE, "machine": "muhasebe-2", "pid": os.getpid()}
    file = holder_file(path, other)
    error = refusal(path)
    assert (error.params["user"], error.params["machine"]) == ("ayşe", "muhasebe-2")
    assert str(error.params["time"]).startswith("02.01.2025")
    assert json.loads(file.read_bytes()) == other
    with files.open_store(path, writable=False) as store:
        assert store.load() == example()
    # the sentence says what to do
    file.unlink()
    with files.open_store(path, writable=True):
        pass


def test_holder_file_deleted_and_taken_by_another(path: Path) -> None:
    with files.open_store(path, writable=True):
        lock.holder_path(path).unlink()
        second = files.open_store(path, writable=True)
    # closing the first does not take the second's away
    assert lock.holder_path(path).exists()
    refusal(path)
    second.close()
    assert not lock.holder_path(path).exists()


def test_one_of_many_becomes_the_holder() -> None:
    """Many find a dead holder's file at the same moment."""
    with quick_folder() as folder:
        path = folder / "a.perfdesk"
        for _ in range(40):
            holder_file(path, {**HERE, "pid": 1})
            outcomes = race(path, 8)
            (winner,) = [outcome for outcome in outcomes if isinstance(outcome, lock.HolderFile)]
            assert sum(isinstance(outcome, lock.HeldError) for outcome in outcomes) == 7
            winner.release()
            assert list(folder.iterdir()) == []


def test_never_two_holders() -> None:
    """Many open and close the same file over and over."""
    with quick_folder() as folder:
        path = folder / "a.perfdesk"
        holding: list[int] = []
        most = []

        def again_and_again() -> None:
            for _ in range(150):
                try:
                    mine = lock.acquire(path)
                except lock.HeldError:
                    continue
                assert mine is not None
                holding.append(1)
                most.append(len(holding))
                time.sleep(0.0002)
                holding.pop()
                mine.release()

        together(again_and_again, 6)
        assert most
        assert max(most) == 1
        assert list(folder.iterdir()) == []


def race(path: Path, number: int) -> list[object]:
    outcomes: list[object] = []

    def one() -> None:
        try:
            outcomes.append(lock.acquire(path))
        except UserError as error:
            outcomes.append(error)

    together(one, number)
    return outcomes


def together(function: Callable[[], None], number: int) -> None:
    errors: list[BaseException] = []
    start = threading.Barrier(number)

    def run() -> None:
        start.wait()
        try:
            function()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_folder_without_locks_trusts_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_lock", lambda descriptor: None)
    with files.open_store(path, writable=True):
        refusal(path)
    assert not lock.holder_path(path).exists()
    holder_file(path, {**HERE, "pid": 1})
    refusal(path)
    holder_file(path, b"")
    with files.open_store(path, writable=True):
        pass


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_full_disk_takes_no_holder_file(path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(number, "no")

    with monkeypatch.context() as patch:
        patch.setattr(lock.os, "write", refuse)
        store = files.open_store(path, writable=True)
    # SQLite's own locks remain
    with store:
        assert not lock.holder_path(path).exists()
        assert store.load() == example()


def test_unwritable_folder_is_not_a_free_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # as on Windows, where the rights are not in the attributes
    def refuse(*_args: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(lock.os, "open", refuse)
    with pytest.raises(files.NotWritableError):
        files.open_store(path, writable=True)


@needs_users
def test_another_users_holder_file(path: Path) -> None:
    """One that is left over is taken over although it cannot be written; one that is in use is respected."""
    path.parent.chmod(0o777)
    path.chmod(0o666)
    file = holder_file(path, {**HERE, "pid": 1})
    file.chmod(0o444)

    def opens() -> str:
        try:
            with files.open_store(path, writable=True):
                return str(json.loads(file.read_bytes())["pid"] == os.getpid())
        except UserError as error:
            return error.message

    assert as_ordinary_user(opens, path.parent, hand_over=False) == "True"
    assert not file.exists()

    with files.open_store(path, writable=True):
        file.chmod(0o444)
        assert as_ordinary_user(opens, path.parent, hand_over=False).startswith(SENTENCE)
        holder_of_ours = json.loads(file.read_bytes())
        assert holder_of_ours["pid"] == os.getpid()

    file = holder_file(path, {**HERE, "machine": "muhasebe-2", "pid": 1})
    file.chmod(0o444)
    assert as_ordinary_user(opens, path.parent, hand_over=False).startswith(SENTENCE)
    assert file.exists()
