import sqlite3
import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from tests.dump import dump
from tests.example import example

from perfdesk.domain.errors import UserError
from perfdesk.i18n import _
from perfdesk.services.editing import costing, records
from perfdesk.services.files import copying
from perfdesk.storage import files, publishing
from perfdesk.storage import store as store_module
from perfdesk.storage.store import ReadOnlyError, Store
from perfdesk.storage.undo import Change


@pytest.fixture
def told(store: Store) -> list[Change]:
    changes: list[Change] = []
    store.on_change = changes.append
    return changes


def test_step_is_told_with_its_rows(store: Store, told: list[Change]) -> None:
    target = store.rows("target")[0]
    sheet = store.rows("cost_sheet", target=target)[0]
    with store.step("label"):
        store.update("target", target, title="neu")
        line = store.insert("cost_line", cost_sheet=sheet, position=9, code="01", amount=Decimal("1.00"))
    (change,) = told
    assert change.label == "label"
    assert change.rows == {("target", target), ("cost_line", line)}
    assert change.tables == {"target", "cost_line"}
    assert change.targets == {target}


def test_many_rows_are_numbered_and_logged_as_single_ones(
    store: Store, told: list[Change], monkeypatch: pytest.MonkeyPatch
) -> None:
    # several statements, the last of them shorter
    monkeypatch.setattr(store_module, "_MOST_PLACES", 20)
    sheet = store.rows("cost_sheet")[0]
    before, newest = dump(store), max(store.rows("cost_line"))
    alike = [{"cost_sheet": sheet, "position": n, "code": "01", "amount": Decimal(n)} for n in range(9)]
    # without a code, so that it is a statement of its own
    other = {"cost_sheet": sheet, "position": 9, "amount": Decimal("9.05")}
    with store.step("label"):
        lines = store.insert_many("cost_line", [*alike, other, *alike])
        assert store.insert_many("cost_line", []) == []
        single = store.insert("cost_line", cost_sheet=sheet, position=20, code="02", amount=Decimal(1))
    assert [*lines, single] == list(range(newest + 1, newest + 21))
    assert [store.amount("cost_line", line, "amount") for line in lines] == [
        *map(Decimal, range(9)),
        Decimal("9.05"),
        *map(Decimal, range(9)),
    ]
    assert [store.field("cost_line", line, "code") for line in lines[8:11]] == ["01", None, "01"]
    assert told[-1].rows == {("cost_line", line) for line in (*lines, single)}
    after = dump(store)
    store.undo()
    assert dump(store) == before
    store.redo()
    assert dump(store) == after


def test_many_rows_are_inserted_in_a_step_alone(store: Store) -> None:
    with pytest.raises(RuntimeError):
        store.insert_many("cost_line", [{"cost_sheet": 1, "position": 0, "code": "01", "amount": Decimal(1)}])


def test_cascades_are_told(store: Store, told: list[Change]) -> None:
    before = dump(store)
    target = store.rows("target")[0]
    with store.step("x"):
        store.delete("target", target)
    gone = before.keys() - dump(store).keys()
    assert {table for table, _ in gone} >= {"target", "indicator", "indicator_value", "activity", "cost_sheet"}
    assert told[0].rows >= gone


def test_row_that_goes_to_another_target_touches_both(store: Store, told: list[Change]) -> None:
    one, other = store.rows("target")[:2]
    before = store.load()
    with store.step("x"):
        store.update("indicator", store.rows("indicator", target=one)[0], target=other)
    moved = store.refresh(before, told[0])
    assert moved != before
    assert moved == store.load()
    store.undo()
    assert store.refresh(moved, told[1]) == before


def test_step_without_change_is_none(store: Store, told: list[Change]) -> None:
    with store.step("x"):
        store.update("administration", 1, name="Çamlıova Belediyesi")
    assert told == []
    assert store.undo_label == ""


def test_failing_step_leaves_file_and_log(store: Store, told: list[Change]) -> None:
    before = dump(store)

    def fail() -> None:
        with store.step("x"):
            store.delete("target", store.rows("target")[0])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert dump(store) == before
    assert told == []
    assert store.undo_label == ""
    assert store._db.execute("SELECT count(*) FROM undo_log").fetchone()[0] == 0
    # the next one works
    with store.step("y"):
        store.update("administration", 1, name="b")
    assert store.undo_label == "y"


def test_inner_steps_join(store: Store, told: list[Change]) -> None:
    before = dump(store)
    with store.step("outer"):
        with store.step("inner"):
            store.update("administration", 1, name="b")
        with store.step("other"):
            store.update("administration", 1, province="c")
        assert told == []
    assert [change.label for change in told] == ["outer"]
    store.undo()
    assert dump(store) == before
    assert store.undo_label == ""


def test_refused_inner_step_leaves_nothing_in_the_outer(store: Store) -> None:
    def fail() -> None:
        with store.step("inner"):
            store.update("administration", 1, name="c", province="c")
            raise UserError("no")

    with store.step("outer"):
        store.update("administration", 1, name="b")
        with pytest.raises(UserError):
            fail()
    assert store.load().administration.name == "b"
    assert store.load().administration.province == "Ilgazlı"


def test_together_is_all_or_none(store: Store) -> None:
    before = dump(store)
    row = store.rows("target")[0]
    activity = store.rows("activity", target=row)[0]
    changes = [
        lambda: records.set_field(store, "target", row, "title", "x"),
        lambda: costing.set_cost(store, activity, "01", Decimal("9999999999999.99")),
    ]
    with pytest.raises(UserError):
        records.together(store, "paste", changes)
    assert dump(store) == before
    records.together(store, "paste", changes[:1])
    assert store.undo_label == "paste"


@pytest.mark.parametrize(
    ("table", "fields"),
    [
        ("transfer", {"code": "1"}),
        ("transfer", {"amount": Decimal("-0.01")}),
        ("transfer", {"amount": Decimal("10000000000000.00")}),
        ("transfer", {"recipient": None}),
        ("target", {"objective": 999}),
        ("indicator", {"decimals": 10}),
        ("indicator_value", {"state": "perhaps"}),
    ],
)
def test_schema_holds_what_services_promise(store: Store, table: str, fields: dict[str, object]) -> None:

    before = dump(store)
    with pytest.raises(sqlite3.IntegrityError), store.step("x"):
        store.update(table, store.rows(table)[0], **fields)
    assert dump(store) == before


def test_reading_only(path: Path) -> None:
    before = path.read_bytes()
    with files.open_store(path, writable=False) as store:
        assert store.load() == example()
        with pytest.raises(ReadOnlyError) as told, store.step("x"):
            pass
        assert told.value.params["file"] == path.name
        assert (store.undo_label, store.redo_label, store.undo(), store.redo()) == ("", "", None, None)
        with pytest.raises(Exception, match="readonly"):
            store._db.execute("DELETE FROM target")
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_full_disk_in_the_middle_of_a_step(store: Store) -> None:
    before = dump(store)
    programme = store.rows("programme")[0]
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count={pages + 2}")

    def much() -> None:
        with store.step("much"):
            for n in range(500):
                store.insert(
                    "transfer", programme=programme, position=n, code="05", amount=Decimal(n), recipient="x" * 99
                )

    with pytest.raises(UserError) as told:
        much()
    assert "disk is full" in told.value.message
    assert dump(store) == before
    assert store.undo_label == ""
    store._db.execute("PRAGMA max_page_count=1000000")
    much()
    assert store.undo_label == "much"
    store.undo()
    assert dump(store) == before


def test_another_program_writing(path: Path, store: Store) -> None:

    before = dump(store)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    store._db.execute("PRAGMA busy_timeout=50")
    with pytest.raises(UserError) as told, store.step("x"):
        store.update("administration", 1, name="b")
    assert "Another program" in told.value.message
    assert dump(store) == before
    # one that ends in time is waited for
    store._db.execute("PRAGMA busy_timeout=5000")
    timer = threading.Timer(0.2, other.execute, ["ROLLBACK"])
    timer.start()
    with store.step("x"):
        store.update("administration", 1, name="b")
    timer.join()
    other.close()
    assert store.load().administration.name == "b"


def test_save_copy(path: Path, store: Store, tmp_path: Path) -> None:
    with store.step("x"):
        store.update("administration", 1, name="b")
    copy = tmp_path / "copy.perfdesk"
    # what an earlier file of that name left behind must not be played back into the new one
    publishing.journal_path(copy).write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    copying.save_copy(store, copy)
    with files.open_store(copy, writable=True) as other:
        assert other.load() == store.load()
        # who has the copy open keeps it
        with pytest.raises(UserError) as told:
            copying.save_copy(store, copy)
        assert "open for writing" in told.value.message
    copying.save_copy(store, copy)
    for itself in (path, tmp_path / "link"):
        if itself != path:
            itself.symlink_to(path)
        with pytest.raises(UserError) as told:
            copying.save_copy(store, itself)
        assert "itself" in told.value.message
    with pytest.raises(UserError):
        copying.save_copy(store, tmp_path / "none" / "copy.perfdesk")
    assert {found.name for found in tmp_path.iterdir()} == {path.name, f"{path.name}.lock", "copy.perfdesk", "link"}


def test_copy_of_a_file_open_for_reading(path: Path, tmp_path: Path) -> None:
    with files.open_store(path, writable=False) as store:
        files.save_copy(store, tmp_path / "copy.perfdesk")
    with files.open_store(tmp_path / "copy.perfdesk", writable=True) as store:
        assert store.load() == example()


def test_large_picture_is_undone(store: Store) -> None:
    row = store.rows("picture")[0]
    data = bytes(range(256)) * 8192
    with store.step("picture"):
        store.update("picture", row, data=data)
    with store.step("gone"):
        store.delete("picture", row)
    store.undo()
    assert store.load().pictures[0].data == data
    store.undo()
    assert store.load() == example()


def overwritten(content: bytes) -> bytes:
    """Every page but the first with what no database holds, by a program that counts its change as SQLite does."""
    return content[:24] + b"\0\0\xff\xff" + content[28:4096] + b"\xff" * (len(content) - 4096)


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def without_head(content: bytes) -> bytes:
    return bytes(100) + content[100:]


@pytest.mark.parametrize("damage", [overwritten, cut, without_head])
def test_copy_of_a_file_damaged_while_it_is_open_holds_what_was_loaded(
    path: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    copy = tmp_path / "copy.perfdesk"
    with files.open_store(path, writable=True) as store:
        loaded = store.load()
        assert copying.save_copy(store, copy, loaded)
        path.write_bytes(damage(path.read_bytes()))
        assert not copying.save_copy(store, copy, loaded)
        with files.open_store(copy, writable=True) as copied:
            assert copied.load() == loaded
        # without a snapshot there is nothing to fall back on, but a sentence
        copy.unlink()
        with pytest.raises(UserError) as told:
            copying.save_copy(store, copy)
        reasons = (told.value.message, *map(str, told.value.params.values()))
        assert "could not be verified" in reasons[0] or _("what was to go into it is damaged") in reasons
    assert not copy.exists()
    assert not list(tmp_path.glob(".perfdesk-*"))


@pytest.mark.parametrize("damage", [overwritten, without_head])
def test_edit_of_a_file_damaged_while_it_is_open_is_refused_in_a_sentence(
    path: Path, damage: Callable[[bytes], bytes]
) -> None:
    with files.open_store(path, writable=True) as store:
        path.write_bytes(damage(path.read_bytes()))
        with pytest.raises(UserError) as told, store.step("x"):
            store.insert("unit", name="x", position=9)
    assert told.value.message.startswith("The file has been damaged: the last change was not saved. Save a copy")
