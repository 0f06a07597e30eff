import errno
import os
import random
import resource
import sqlite3
import stat
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dump import dump
from tests.example import example
from tests.folders import quick_folder
from tests.unprivileged import as_ordinary_user, needs_users

from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Municipality
from perfdesk.storage import checking, files, publishing, schema

FOREIGN = "is not a perfdesk file"
DAMAGED = "is damaged or was not copied completely"
NEWER = "newer version"
PAGE = 4096


def refused(path: Path, sentence: str) -> None:
    """Both ways of opening are refused with this sentence, and the folder stays as it is."""
    before = {found: found.read_bytes() for found in path.parent.iterdir() if found.is_file()}
    for writable in (True, False):
        with pytest.raises(UserError) as told:
            files.open_store(path, writable=writable)
        assert sentence in told.value.message
        assert path.name in told.value.sentence()
    assert {found: found.read_bytes() for found in path.parent.iterdir() if found.is_file()} == before


# --- opening --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", b"\n", b"SQLite", b"Merhaba\n" * 1000, b"PK\x03\x04" + bytes(5000), bytes(range(256)) * 64],
    ids=["empty", "zero", "line end", "not quite", "text", "workbook", "random"],
)
def test_foreign_file(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refused(path, DAMAGED if content == b"SQLite" else FOREIGN)


@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    with quick_folder() as folder:
        path = folder / "a.perfdesk"
        path.write_bytes(content)
        with pytest.raises(UserError):
            files.open_store(path, writable=True)
        assert path.read_bytes() == content


def test_another_programs_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.executescript("CREATE TABLE target (id INTEGER PRIMARY KEY); PRAGMA user_version=1; PRAGMA application_id=7")
    refused(path, FOREIGN)


def test_missing_file(path: Path) -> None:
    path.unlink()
    refused(path, "There is no file")


def test_missing_folder(path: Path) -> None:
    with pytest.raises(UserError) as told:
        files.open_store(path.parent / "none" / "a.perfdesk", writable=True)
    assert "There is no file" in told.value.message


def test_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    refused(path, "is a folder")


def test_pipe_is_not_waited_for(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)
    refused(path, FOREIGN)


def test_circle_of_links(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)
    refused(path, "cannot be read")


def test_newer_version(path: Path) -> None:
    content = bytearray(path.read_bytes())
    struct.pack_into(">I", content, 60, schema.USER_VERSION + 1)
    path.write_bytes(content)
    refused(path, NEWER)


def test_every_kind_of_truncation(path: Path, made: bytes) -> None:
    assert len(made) % PAGE == 0
    lengths = {1, 15, 16, 17, 99, 100, 101, 1000, PAGE - 1, PAGE + 1, len(made) // 2 + 7, len(made) - 1}
    lengths |= set(range(PAGE, len(made), PAGE))
    for length in sorted(lengths):
        path.write_bytes(made[:length])
        refused(path, DAMAGED)


def test_bytes_behind_the_end(path: Path, made: bytes) -> None:
    """What a bad copy leaves behind the last page is no content; the file is whole."""
    path.write_bytes(made + bytes(PAGE * 2))
    with files.open_store(path, writable=False) as store:
        assert store.load() == example()


@pytest.mark.parametrize("seed", range(4))
def test_flipped_bits(tmp_path: Path, made: bytes, seed: int) -> None:
    """A flipped bit is damage, or a text or number that is none the less possible; never a fault of ours."""
    chance = random.Random(seed)
    told = 0
    with quick_folder() as folder:
        path = folder / "a.perfdesk"
        for n in range(60):
            # the beginning of the file and of its pages is where the structure stands
            place = chance.randrange(100) if n < 15 else chance.randrange(len(made))
            if n % 3 == 0:
                place = place // PAGE * PAGE + chance.randrange(100)
            content = bytearray(made)
            content[place] ^= 1 << chance.randrange(8)
            path.write_bytes(content)
            for writable in (False, True):
                try:
                    with files.open_store(path, writable=writable) as store:
                        assert isinstance(store.load(), Municipality)
                except UserError as error:
                    told += path.name in error.sentence()
                assert path.read_bytes() == content
                assert list(folder.iterdir()) == [path]
    assert told > 10


@pytest.mark.parametrize("page", range(1, 12))
def test_overwritten_pages(path: Path, made: bytes, page: int) -> None:
    content = bytearray(made)
    content[page * PAGE : (page + 1) * PAGE] = b"\xaa" * PAGE
    path.write_bytes(content)
    refused(path, DAMAGED)


def test_rows_no_program_of_ours_writes(path: Path) -> None:
    for change in (
        "UPDATE target SET title = CAST(x'ff' AS TEXT)",
        "UPDATE resource_row SET cells = '{'",
        "UPDATE indicator SET weight = 'x'",
        "DELETE FROM administration",
    ):
        with closing(sqlite3.connect(path)) as db, db:
            db.execute(change)
        with files.open_store(path, writable=False) as store, pytest.raises(UserError) as told:
            store.load()
        assert DAMAGED in told.value.message


def test_file_that_another_tool_turned_to_wal(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode=WAL")
    with files.open_store(path, writable=True) as store:
        with store.step("x"):
            store.update("administration", 1, name="b")
        assert list(tmp_path.glob("*-wal")) == []
    assert path.read_bytes()[18:20] == b"\1\1"


def test_link_opens_what_it_leads_to(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.perfdesk"
    link.symlink_to(path)
    with files.open_store(link, writable=True) as store:
        assert store.path == path
        with pytest.raises(files.lock.HeldError):
            files.open_store(path, writable=True)
    assert list(link.parent.iterdir()) == [link]
    assert link.is_symlink()


@pytest.mark.parametrize(
    "name", ["a b.perfdesk", "ğüşİıöç.perfdesk", "%41?mode=ro#x.perfdesk", "👍.perfdesk", "x" * 240]
)
def test_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    files.create(path, example())
    with files.open_store(path, writable=True) as store, store.step("x"):
        store.update("administration", 1, name="b")
    with files.open_store(path, writable=False) as store:
        assert store.load().administration.name == "b"
    assert os.listdir(tmp_path) == [name]  # noqa: PTH208 - names, not paths


def test_relative_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    with files.open_store(Path(path.name), writable=True) as store:
        assert store.load() == example()


def test_addresses_for_sqlite() -> None:
    assert checking.sqlite_uri(PurePosixPath("/a b/ç%?#")) == "file:///a%20b/%C3%A7%25%3F%23"
    assert checking.sqlite_uri(PureWindowsPath(r"C:\a b\c.perfdesk")) == "file:///C%3A/a%20b/c.perfdesk"
    assert checking.sqlite_uri(PureWindowsPath(r"\\server\share\c.perfdesk")) == "file:////server/share/c.perfdesk"


# --- what an ordinary user may not ----------------------------------------------------------------------------------


def tried(path: Path, *, writable: bool) -> tuple[str, str]:
    """Return how opening went, as plain texts: they come from another process."""
    try:
        with files.open_store(path, writable=writable) as store:
            return "opened", store.load().administration.name
    except UserError as error:
        return type(error).__name__, error.message


def contents(folder: Path) -> dict[str, bytes]:
    return {found.name: found.read_bytes() for found in folder.iterdir()}


@needs_users
def test_read_only_file(path: Path) -> None:
    path.chmod(0o444)
    before = contents(path.parent)

    def both() -> list[tuple[str, str]]:
        return [tried(path, writable=True), tried(path, writable=False)]

    (kind, message), read = as_ordinary_user(both, path.parent)
    assert kind == "NotWritableError"
    assert "is read-only: it can be read, not changed" in message
    assert read == ("opened", "Çamlıova Belediyesi")
    assert contents(path.parent) == before


@needs_users
def test_read_only_folder(path: Path) -> None:
    path.parent.chmod(0o555)
    before = contents(path.parent)

    def all_ways() -> list[tuple[str, str]]:
        ways = [tried(path, writable=True), tried(path, writable=False)]
        try:
            files.create(path.with_name("new.perfdesk"), example())
        except UserError as error:
            ways.append((error.message, getattr(error.params["reason"], "message", "")))
        return ways

    (kind, _), read, created = as_ordinary_user(all_ways, path.parent)
    assert kind == "NotWritableError"
    assert read == ("opened", "Çamlıova Belediyesi")
    assert created == ("“{file}” could not be written: {reason}.", "you have no permission")
    assert contents(path.parent) == before
    path.parent.chmod(0o755)


@needs_users
def test_unreadable_file(path: Path) -> None:
    path.chmod(0o000)
    kind, message = as_ordinary_user(lambda: tried(path, writable=False), path.parent)
    assert (kind, message) == ("UserError", "“{file}” cannot be read: {reason}.")


@needs_users
def test_read_only_file_of_an_older_version_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version=0")
    path.chmod(0o444)
    path.parent.chmod(0o555)
    before = contents(path.parent)
    assert as_ordinary_user(lambda: tried(path, writable=False), path.parent)[0] == "opened"
    assert contents(path.parent) == before
    path.parent.chmod(0o755)


def test_file_that_opens_only_for_reading_although_it_looks_writable(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # as on Windows, where the rights are not in the attributes
    connect = checking.connect
    monkeypatch.setattr(checking, "connect", lambda path, writable=True: connect(path, writable=False))
    with pytest.raises(files.NotWritableError):
        files.open_store(path, writable=True)
    assert list(path.parent.iterdir()) == [path]


# --- making ---------------------------------------------------------------------------------------------------------


def test_create_refuses_what_exists(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    (tmp_path / "folder").mkdir()
    for taken in (path, tmp_path / "dangling", tmp_path / "folder"):
        with pytest.raises(UserError) as told:
            files.create(taken, example())
        assert "already exists" in told.value.message
    assert path.read_bytes() == before
    assert not (tmp_path / "nothing").exists()


def test_file_that_appears_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.perfdesk"

    def write(temporary: Path) -> None:
        path.write_text("other")
        temporary.write_text("ours")

    for links in (True, False):
        if not links:
            no_links(monkeypatch)
        with pytest.raises(UserError) as told:
            publishing.publish(path, write, replace=False)
        assert "already exists" in told.value.message
        assert contents(tmp_path) == {"a.perfdesk": b"other"}


def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "no links on a stick")

    monkeypatch.setattr(Path, "hardlink_to", refuse)


def test_publish_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_links(monkeypatch)
    files.create(tmp_path / "a.perfdesk", example())
    with files.open_store(tmp_path / "a.perfdesk", writable=True) as store:
        assert store.load() == example()

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.EIO, "pulled out")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError):
        files.create(tmp_path / "b.perfdesk", example())
    assert set(contents(tmp_path)) == {"a.perfdesk"}


def test_publish_follows_links_and_keeps_rights(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    publishing.publish(tmp_path / "link", lambda temporary: write_text(temporary, "new"), replace=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"
    assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == 0o640


def test_several_files_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b").write_text("old")

    def write(temporary: Path) -> None:
        temporary.write_text("new")

    def fail(temporary: Path) -> None:
        temporary.write_text("half")
        full()

    for last in (tmp_path / "c", tmp_path / "none" / "c"):
        with pytest.raises(UserError) as told:
            publishing.publish_all({tmp_path / "a": write, tmp_path / "b": write, last: fail})
        assert told.value.params["file"] == last
        assert contents(tmp_path) == {"b": b"old"}
    publishing.publish_all({tmp_path / "a": write, tmp_path / "b": write})
    assert contents(tmp_path) == {"a": b"new", "b": b"new"}


def test_names_too_long(path: Path, tmp_path: Path) -> None:
    long = tmp_path / ("x" * 300)
    with files.open_store(path, writable=True) as store:
        for way in (
            lambda: publishing.refuse_existing(long),
            lambda: files.create(long, example()),
            lambda: files.save_copy(store, long),
            lambda: files.refuse_output(long, path),
        ):
            with pytest.raises(UserError) as told:
                way()
            assert told.value.message == "“{file}” could not be written: {reason}."
            assert reason_of(told.value) == "the name is too long"
    assert list(tmp_path.iterdir()) == [path]


def test_damaged_file_with_no_room_for_a_journal_s_name(tmp_path: Path, made: bytes) -> None:
    path = tmp_path / ("x" * 250)
    path.write_bytes(made[:PAGE])
    refused(path, DAMAGED)


def test_output_beside_a_file_with_the_longest_name(tmp_path: Path, made: bytes) -> None:
    path = tmp_path / ("x" * 255)
    path.write_bytes(made)
    files.refuse_output(tmp_path / "a.pdf", path)


def test_copy_over_what_belongs_to_the_file(path: Path) -> None:
    with files.open_store(path, writable=True) as store:
        for companion in (publishing.journal_path(path), files.lock.holder_path(path)):
            with pytest.raises(UserError) as told:
                files.save_copy(store, companion)
            assert "needs the name" in told.value.message


@needs_users
def test_folder_that_may_not_be_searched(path: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()

    def all_ways() -> list[str]:
        closed.chmod(0o600)
        answers = []
        with files.open_store(path, writable=True) as store:
            for way in (
                lambda: publishing.refuse_existing(closed / "x"),
                lambda: files.create(closed / "x", example()),
                lambda: files.save_copy(store, closed / "x"),
                lambda: files.refuse_output(closed / "x", path),
            ):
                try:
                    way()
                except UserError as error:
                    answers.append(f"{error.message} {reason_of(error)}")
        closed.chmod(0o700)
        return answers

    sentence = "“{file}” could not be written: {reason}. you have no permission"
    assert as_ordinary_user(all_ways, tmp_path) == [sentence] * 4


def write_text(path: Path, text: str) -> None:
    path.write_text(text)


def test_publish_does_not_replace_a_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError) as told:
        publishing.publish(tmp_path / "pipe", lambda temporary: write_text(temporary, "x"), replace=True)
    assert "not an ordinary file" in told.value.message
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_new_files_have_the_usual_rights(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    files.create(tmp_path / "a.perfdesk", example())
    assert (tmp_path / "a.perfdesk").stat().st_mode == (tmp_path / "usual").stat().st_mode


def reason_of(error: UserError) -> str:
    reason = error.params["reason"]
    return reason.message if isinstance(reason, UserError) else str(reason)


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """A disk on which no file can grow beyond this."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [0, 1000, 50_000, 300_000])
def test_create_on_a_disk_that_fills_up(tmp_path: Path, size: int) -> None:
    with largest_file(size), pytest.raises(UserError) as told:
        files.create(tmp_path / "a.perfdesk", example())
    assert "could not be written" in told.value.message
    assert reason_of(told.value) in ("the disk is full", "the disk does not answer")
    assert contents(tmp_path) == {}


def full(*_args: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("call", ["fsync", "open", "replace"])
def test_full_disk_at_any_moment_of_replacing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    (tmp_path / "a.pdf").write_text("old")
    monkeypatch.setattr(*((Path, "replace") if call == "replace" else (os, call)), full)
    with pytest.raises(UserError) as told:
        publishing.publish(tmp_path / "a.pdf", lambda temporary: write_text(temporary, "new"), replace=True)
    assert reason_of(told.value) == "the disk is full"
    monkeypatch.undo()
    assert contents(tmp_path) == {"a.pdf": b"old"}


def test_our_own_mistakes_leave_nothing_behind(tmp_path: Path) -> None:
    wrong = Municipality(example().administration, programmes=example().programmes)
    with pytest.raises(KeyError):
        files.create(tmp_path / "a.perfdesk", wrong)
    assert contents(tmp_path) == {}


def test_missing_folder_of_a_new_file(tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        files.create(tmp_path / "none" / "a.perfdesk", example())
    assert reason_of(told.value) == "the folder does not exist"


def test_step_on_a_disk_that_fills_up(path: Path) -> None:
    with files.open_store(path, writable=True) as store:
        before = dump(store)
        programme = store.rows("programme")[0]

        def much() -> None:
            with store.step("much"):
                for n in range(2000):
                    store.insert(
                        "policy_document", programme=programme, position=n, text="şığ" * 100, document="x", section=""
                    )

        for size in (path.stat().st_size, path.stat().st_size + 10 * PAGE):
            with largest_file(size), pytest.raises(UserError) as told:
                much()
            assert "last change" in told.value.message
            assert dump(store) == before
            assert store.undo_label == ""
        much()
        store.undo()
        assert dump(store) == before
    with files.open_store(path, writable=True) as store:
        assert store.load() == example()


def test_reading_while_another_writes(path: Path) -> None:
    with files.open_store(path, writable=True) as writer, files.open_store(path, writable=False) as reader:
        assert reader.load() == example()
        with writer.step("x"):
            writer.update("administration", 1, name="b")
            # what is not yet decided is not seen
            assert reader.load() == example()
        assert reader.load().administration.name == "b"
        assert writer.undo() is not None
        assert reader.load() == example()
