import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.dump import Dump, differing, dump
from tests.example import KNOWN, TEXT_FIELDS, example
from tests.folders import quick_folder
from tests.strategies import ECONOMIC_CODES, amounts, municipalities, texts, values

from perfdesk.domain.costs import OFF_BUDGET_SOURCES
from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Municipality
from perfdesk.domain.value import ValueKind
from perfdesk.services.editing import costing, records
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.services.editing.values import set_value
from perfdesk.storage import files
from perfdesk.storage.store import Store
from perfdesk.storage.undo import Change

# which row is meant: any number, counted around among those there are
rows = st.integers(0, 50)


class FailedError(Exception):
    pass


class Edits(RuleBasedStateMachine):
    """Any sequence of edits: undone it is as before, done again as after."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.path = self.stack.enter_context(quick_folder()) / "a.perfdesk"
        self.told: list[Change] = []
        # contents and labels of what can be undone and redone
        self.past: list[tuple[Dump, str]] = []
        self.future: list[tuple[Dump, str]] = []

    @initialize(municipality=st.one_of(st.just(example()), municipalities(max_programmes=2)))
    def create(self, municipality: Municipality) -> None:
        files.create(self.path, municipality)
        self.open()

    def open(self) -> None:
        self.store = files.open_store(self.path, writable=True)
        self.store._db.execute("PRAGMA synchronous=OFF")
        self.store.on_change = self.told.append
        self.past.clear()
        self.future.clear()
        self.now = dump(self.store)
        self.snapshot = self.store.load()

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
        self.stack.close()

    # --- help -------------------------------------------------------------------------------------------------------

    def pick(self, table: str, n: int) -> int | None:
        found = [row for name, row in self.now if name == table]
        return found[n % len(found)] if found else None

    def edit(self, label: str, change: Callable[[], object], refusals: tuple[type[Exception], ...] = ()) -> None:
        self.told.clear()
        try:
            change()
        except refusals:
            assert self.told == []
            assert dump(self.store) == self.now
            return
        before, self.now = self.now, dump(self.store)
        if not self.told:
            assert self.now == before
            return
        self.check_told(label, before)
        self.past.append((before, label))
        self.future.clear()

    def check_told(self, label: str, before: Dump) -> None:
        (change,) = self.told
        assert change.label == label
        assert differing(before, self.now) <= change.rows
        assert change.rows <= before.keys() | self.now.keys() | change.rows
        assert change.tables == {table for table, _ in change.rows}
        fresh = self.store.load()
        # what is read again after a change is the whole content, rows included
        assert repr(self.store.refresh(self.snapshot, change)) == repr(fresh)
        self.snapshot = fresh

    # --- what a person does -----------------------------------------------------------------------------------------

    @rule(n=rows, which=st.sampled_from(TEXT_FIELDS), text=texts())
    def set_text(self, n: int, which: tuple[str, str], text: str) -> None:
        table, column = which
        row = self.pick(table, n)
        if row is not None:
            label = RECORD_TYPES[table].fields[column].label
            self.edit(label, lambda: records.write(self.store, KNOWN, table, row, column, text))

    @rule(n=rows, year=st.integers(2018, 2029), kind=st.sampled_from(ValueKind), value=values())
    def set_value(self, n: int, year: int, kind: ValueKind, value: Any) -> None:
        row = self.pick("indicator", n)
        if row is not None:
            self.edit("value of an indicator", lambda: set_value(self.store, row, year, kind, value))

    @rule(n=rows, table=st.sampled_from(["indicator", "activity"]))
    def add(self, n: int, table: str) -> None:
        row = self.pick("target", n)
        if row is not None:
            self.edit(f"new {table}", lambda: records.add(self.store, table, target=row))
            last = self.store.rows(table, target=row)[-1]
            assert (table, last) in self.told[0].rows

    @rule(n=rows, table=st.sampled_from(["indicator", "activity"]))
    def delete(self, n: int, table: str) -> None:
        row = self.pick(table, n)
        if row is not None:
            self.edit(f"deleting an {table}", lambda: records.delete(self.store, table, row))
            assert (table, row) not in self.now

    @rule(n=rows, table=st.sampled_from(["indicator", "activity"]), by=st.integers(-3, 3))
    def move(self, n: int, table: str, by: int) -> None:
        row = self.pick(table, n)
        if row is not None:
            self.edit(f"moving an {table}", lambda: records.move(self.store, table, row, by))

    @rule(n=rows, key=st.sampled_from(["", *ECONOMIC_CODES, *OFF_BUDGET_SOURCES]), amount=amounts())
    def set_cost(self, n: int, key: str, amount: Decimal) -> None:
        row = self.pick("activity", n)
        if row is not None:
            self.edit("cost change", lambda: costing.set_cost(self.store, row, key, amount), (UserError,))

    @rule(n=rows, units=st.lists(rows, max_size=3))
    def set_units(self, n: int, units: list[int]) -> None:
        row = self.pick("activity", n)
        if row is not None:
            found = [unit for u in units if (unit := self.pick("unit", u)) is not None]
            self.edit("responsible unit", lambda: costing.set_units(self.store, row, found))

    # --- what other services will do --------------------------------------------------------------------------------

    @rule(n=rows, m=rows, text=texts(), amount=amounts())
    def paste(self, n: int, m: int, text: str, amount: Decimal) -> None:
        """Several edits as one step; a refused one is left out, and leaves nothing."""
        activity, target = self.pick("activity", n), self.pick("target", m)

        def change() -> None:
            with self.store.step("paste"):
                if target is not None:
                    records.set_field(self.store, "target", target, "title", text)
                    new = records.add(self.store, "activity", target=target)
                    costing.set_cost(self.store, new, "03", Decimal("1.00"))
                if activity is not None:
                    between = dump(self.store)
                    try:
                        costing.set_cost(self.store, activity, "06", amount)
                    except UserError:
                        assert dump(self.store) == between

        self.edit("paste", change, (UserError,))

    @rule(n=rows, table=st.sampled_from(["programme", "target", "sub_programme", "cost_sheet", "section", "picture"]))
    def cascade(self, n: int, table: str) -> None:
        row = self.pick(table, n)
        if row is not None:
            self.edit("raw", lambda: self.raw(lambda store: store.delete(table, row)))

    @rule(n=rows, table=st.sampled_from(["unit", "objective", "goal", "plan", "sub_programme_entry"]))
    def delete_what_may_be_needed(self, n: int, table: str) -> None:
        row = self.pick(table, n)
        if row is not None:
            self.edit("raw", lambda: self.raw(lambda store: store.delete(table, row)), (sqlite3.IntegrityError,))

    @rule(n=rows, m=rows)
    def give_indicator_to_another_target(self, n: int, m: int) -> None:
        row, target = self.pick("indicator", n), self.pick("target", m)
        if row is None or target is None:
            return

        def change(store: Store) -> None:
            programme = store.field("target", target, "programme")
            store.update("indicator", row, target=target, sub_programme=None, programme=programme)

        self.edit("raw", lambda: self.raw(change), (sqlite3.IntegrityError,))

    @rule(n=rows, m=rows)
    def give_sheets_to_another_target(self, n: int, m: int) -> None:
        """A target's sheets with their activities; of both targets other rows are read afterwards."""
        one, other = self.pick("target", n), self.pick("target", m)
        if one is None or other is None or one == other:
            return

        def change(store: Store) -> None:
            programme = store.field("target", other, "programme")
            for sheet in store.rows("cost_sheet", target=one):
                store.update("cost_sheet", sheet, target=other)
            for activity in store.rows("activity", target=one):
                store.update("activity", activity, target=other, programme=programme)

        self.edit("raw", lambda: self.raw(change), (sqlite3.IntegrityError,))

    @rule(n=rows)
    def exchange_what_must_differ(self, n: int) -> None:
        """A sheet's first two activities change places, by way of a row that goes and comes."""
        sheet = self.pick("cost_sheet", n)
        links = self.store.rows("cost_sheet_activity", cost_sheet=sheet) if sheet else []
        if len(links) < 2:
            return

        def change(store: Store) -> None:
            one, other = (store.field("cost_sheet_activity", link, "activity") for link in links[:2])
            fields = {name: store.field("cost_sheet_activity", links[1], name) for name in ("cost_sheet", "position")}
            amount = store.field("cost_sheet_activity", links[1], "amount")
            store.delete("cost_sheet_activity", links[1])
            store.update("cost_sheet_activity", links[0], activity=other)
            new = store.insert("cost_sheet_activity", activity=one, **fields)
            if isinstance(amount, int):
                store.update("cost_sheet_activity", new, amount=Decimal(amount).scaleb(-2))

        self.edit("raw", lambda: self.raw(change))

    @rule(text=texts(), data=st.binary(max_size=300), flag=st.sampled_from([None, True, False]))
    def many_rows(self, text: str, data: bytes, flag: bool | None) -> None:
        def change(store: Store) -> None:
            for table, row in self.now:
                if table == "indicator":
                    store.update(table, row, note=text, cumulative=flag, weight=Decimal("12.50"))
                elif table == "target":
                    store.update(table, row, position=100 - row, deferred=flag)
                elif table == "picture":
                    store.update(table, row, data=data)
                elif table == "resource_row":
                    store.update(table, row, cells=("'", '"', text))
                elif table == "unit":
                    store.update(table, row, name=text, parent=None)
            store.update("administration", 1, name=text or "a")

        self.edit("raw", lambda: self.raw(change))

    @rule(n=rows, count=st.integers(1, 30))
    def many_inserts(self, n: int, count: int) -> None:
        programme = self.pick("programme", n)

        def change(store: Store) -> None:
            for position in range(count):
                store.insert(
                    "transfer", programme=programme, position=position, code="05", recipient="x'\n", amount=Decimal(1)
                )

        if programme is not None:
            self.edit("raw", lambda: self.raw(change))

    @rule(n=rows)
    def change_and_back(self, n: int) -> None:
        row = self.pick("target", n)

        def change(store: Store) -> None:
            title = store.field("target", row or 0, "title")
            store.update("target", row or 0, title="x" + str(title))
            store.update("target", row or 0, title=title)

        if row is not None:
            self.edit("raw", lambda: self.raw(change))

    @rule(n=rows)
    def fail(self, n: int) -> None:
        target, unit = self.pick("target", n), self.pick("unit", n)

        def change(store: Store) -> None:
            if target is not None:
                store.delete("target", target)
            if unit is not None:
                store.update("unit", unit, name="half")
            with store.step("inner"):
                store.insert("personnel_status", position=9, name="half")
            raise FailedError

        self.edit("raw", lambda: self.raw(change), (FailedError,))

    def raw(self, change: Callable[[Store], None]) -> None:
        with self.store.step("raw"):
            change(self.store)

    # --- back and forth ---------------------------------------------------------------------------------------------

    @precondition(lambda self: self.past)
    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(min(times, len(self.past))):
            self.back()

    @precondition(lambda self: self.future)
    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        for _ in range(min(times, len(self.future))):
            self.forth()

    @rule()
    def there_and_back(self) -> None:
        """Undo everything, redo everything."""
        now, labels = self.now, [label for _, label in self.past]
        while self.past:
            self.back()
        assert self.store.undo() is None
        for _ in labels:
            self.forth()
        assert self.now == now

    @precondition(lambda self: self.past)
    @rule()
    def reopen(self) -> None:
        before = self.now
        self.store.close()
        self.open()
        assert self.now == before

    def back(self) -> None:
        content, label = self.past.pop()
        before, self.now = self.now, content
        self.told.clear()
        change = self.store.undo()
        assert dump(self.store) == content
        assert self.told == [change]
        self.check_told(label, before)
        self.future.append((before, label))

    def forth(self) -> None:
        content, label = self.future.pop()
        before, self.now = self.now, content
        self.told.clear()
        change = self.store.redo()
        assert dump(self.store) == content
        assert self.told == [change]
        self.check_told(label, before)
        self.past.append((before, label))

    @invariant()
    def labels(self) -> None:
        if hasattr(self, "store"):
            assert self.store.undo_label == (self.past[-1][1] if self.past else "")
            assert self.store.redo_label == (self.future[-1][1] if self.future else "")

    @invariant()
    def consistent(self) -> None:
        if hasattr(self, "store"):
            assert self.store._db.execute("PRAGMA foreign_key_check").fetchall() == []


TestEdits = Edits.TestCase
TestEdits.settings = settings(settings.get_profile("ci"), max_examples=30, stateful_step_count=20)


def test_new_edit_drops_what_could_be_redone(store: Store) -> None:
    row = store.rows("target")[0]
    records.set_field(store, "target", row, "title", "bir")
    records.set_field(store, "target", row, "code", "iki")
    store.undo()
    assert (store.undo_label, store.redo_label) == ("title of a target", "code of a target")
    records.set_field(store, "target", row, "description", "üç")
    assert (store.undo_label, store.redo_label) == ("description of a target", "")
    assert store.redo() is None
    # and leaves nothing of it in the log
    assert store._db.execute("SELECT count(*) FROM undo_log").fetchone()[0] == 2


def test_edit_that_changes_nothing_keeps_what_can_be_redone(store: Store) -> None:
    row = store.rows("target")[0]
    title = store.field("target", row, "title")
    records.set_field(store, "target", row, "title", "bir")
    store.undo()
    records.set_field(store, "target", row, "title", str(title))
    assert store.redo_label == "title of a target"


def test_many_rows_are_undone_at_once(store: Store) -> None:
    before = dump(store)
    programme = store.rows("programme")[0]
    with store.step("paste"):
        for n in range(5000):
            store.insert("transfer", programme=programme, position=n, code="05", amount=Decimal(n))
    after = dump(store)
    change = store.undo()
    assert change is not None
    assert len(change.rows) == 5000
    assert dump(store) == before
    again = store.redo()
    assert again is not None
    assert again.rows == change.rows
    assert dump(store) == after
    store.undo()
    assert dump(store) == before


def test_rows_that_came_together_go_and_come_in_few_statements(store: Store) -> None:
    programme = store.rows("programme")[0]
    with store.step("paste"):
        for n in range(1200):
            store.insert("transfer", programme=programme, position=n, code="05", amount=Decimal(n))
    ran: list[str] = []
    with store._db.tracer(lambda sql, _parameters: ran.append(sql)):
        store.undo()
        store.redo()
    written = [sql.split()[0] for sql in ran if sql.startswith(('DELETE FROM "transfer', 'INSERT INTO "transfer'))]
    assert written == ["DELETE"] * 3 + ["INSERT"] * 3


def test_rows_that_name_one_another_go_and_come_together(store: Store) -> None:
    """Units that are deleted at once, the higher ones among them: what the file itself takes out is brought back."""
    before = dump(store)
    with store.step("paste"):
        parent = None
        for n in range(6):
            # each stands below the one before
            parent = store.insert("unit", identity=f"new{n}", position=100 + n, name=f"Birim {n}", parent=parent)
        store.update("unit", store.rows("unit")[0], name="x", parent=parent)
        for n in range(3):
            store.insert("unit", identity=f"last{n}", position=200 + n, name=f"Son {n}", parent=parent)
    after = dump(store)
    for _ in range(2):
        store.undo()
        assert dump(store) == before
        store.redo()
        assert dump(store) == after


def test_large_rows_are_not_gathered_into_one_statement(store: Store) -> None:
    before = dump(store)
    with store.step("pictures"):
        for n in range(4):
            store.insert(
                "picture",
                identity=f"large{n}",
                name=f"{n}",
                position=n,
                media_type="image/png",
                data=bytes([n]) * 80_000,
            )
    with store.step("deleting"):
        for row in store.rows("picture")[-4:]:
            store.delete("picture", row)
    ran: list[str] = []
    with store._db.tracer(lambda sql, _parameters: ran.append(sql)):
        store.undo()
    assert len([sql for sql in ran if sql.startswith('INSERT INTO "picture')]) == 4
    store.undo()
    assert dump(store) == before


def test_undo_inside_a_step_is_a_mistake(store: Store) -> None:
    records.set_field(store, "target", store.rows("target")[0], "title", "bir")
    with pytest.raises(RuntimeError), store.step("x"):
        store.undo()
    assert store.undo_label == "title of a target"


def test_rows_outside_a_step_are_a_mistake(store: Store) -> None:
    with pytest.raises(RuntimeError):
        store.update("administration", 1, name="x")


def test_undo_and_redo_survive_a_refusing_disk(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    row = store.rows("target")[0]
    before = dump(store)
    records.set_field(store, "target", row, "title", "x" * 20_000)
    after = dump(store)
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store.undo()
    store._db.execute("VACUUM")
    free = store._db.execute("PRAGMA page_count").fetchone()[0]
    assert free < pages
    store._db.execute(f"PRAGMA max_page_count={free}")
    with pytest.raises(UserError) as told:
        store.redo()
    assert "disk is full" in told.value.message
    assert dump(store) == before
    store._db.execute("PRAGMA max_page_count=1000000")
    assert store.redo() is not None
    assert dump(store) == after
    assert store.undo() is not None
    assert dump(store) == before
