"""Joining and dividing cost sheets: no amount is lost, whatever is done."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dump import dump
from tests.example import YEAR, example, lira
from tests.strategies import municipalities

from perfdesk.domain.costs import CostSheet
from perfdesk.domain.errors import UserError
from perfdesk.domain.money import MAX_AMOUNT, total
from perfdesk.domain.programme import Municipality, Programme, SubProgramme, Target
from perfdesk.domain.totals import Ledger, ledger, sheet_need
from perfdesk.services.editing import cost_sheets, costing, records
from perfdesk.storage import files
from perfdesk.storage.store import Store


def programme(store: Store) -> Programme:
    found = store.load().programme(YEAR)
    assert found is not None
    return found


def target(store: Store, id_: str = "t1") -> Target:
    return next(target for target in programme(store).targets if target.id == id_)


def row(store: Store, id_: str) -> int:
    return next(a.row for holder in programme(store).holders() for a in holder.activities if a.id == id_)


def sheet(store: Store, of: str) -> CostSheet:
    return next(s for holder in programme(store).holders() for s in holder.cost_sheets if of in s.activities)


def sums(programme: Programme) -> tuple[object, ...]:
    """What joining and dividing must leave alone: every column and row of table 4, and the targets' sums."""
    found: Ledger = ledger(programme)
    return (
        found.targets,
        {code: amount for code, amount in found.activities.items() if amount},
        {source: amount for source, amount in found.off_budget.items() if amount},
        {code: amount for code, amount in found.transfers.items() if amount},
    )


def undone(store: Store, change: Callable[[], object]) -> None:
    """Do something, and find the file as it was after undoing it."""
    before = dump(store)
    change()
    after = dump(store)
    assert after != before
    store.undo()
    assert dump(store) == before
    store.redo()
    assert dump(store) == after


def refused(store: Store, change: Callable[[], object], sentence: str) -> None:
    """Find that a change is refused with a sentence (a msgid's part), and changes nothing."""
    before, label = dump(store), store.undo_label
    with pytest.raises(UserError) as told:
        change()
    assert sentence in told.value.message
    assert (dump(store), store.undo_label) == (before, label)


# --- joining --------------------------------------------------------------------------------------------------------


def test_joining_adds_up_amounts_and_unites_units_and_transfers(store: Store) -> None:
    costing.set_cost(store, row(store, "a2"), "03", lira("50"))
    costing.set_cost(store, row(store, "a2"), "foreign", lira("3"))
    costing.set_cost(store, row(store, "a4"), "06", lira("5"))
    costing.set_units(store, row(store, "a2"), [store.load().units[2].row])
    before = sums(programme(store))
    undone(store, lambda: cost_sheets.join(store, [row(store, "a4"), row(store, "a2"), row(store, "a1")]))
    (joined,) = target(store).cost_sheets
    assert joined.activities == ("a1", "a2", "a3", "a4")
    assert joined.units == ("u1", "u2", "u3")
    assert joined.cooperating_units == ("u3",)
    assert sheet_need(joined).by_code == {
        "03": lira("151"),
        "06": lira("905"),
        None: lira("250"),
    }
    assert joined.off_budget == {"foreign": lira("10"), "revolving_fund": lira("0")}
    assert [transfer.recipient for transfer in joined.transfers] == ["İl Özel İdaresi"]
    # who had a part of a divided amount keeps it
    assert joined.split == {"a1": lira("1000.50"), "a2": lira("300"), "a3": lira("0.50"), "a4": lira("5")}
    assert sums(programme(store)) == before


def test_joining_without_a_division_makes_none(store: Store) -> None:
    cost_sheets.set_parts(store, sheet(store, "a1").row, {})
    cost_sheets.join(store, [row(store, "a1"), row(store, "a2")])
    assert sheet(store, "a2").split == {}
    assert sheet(store, "a2").activities == ("a1", "a2", "a3")


def test_joining_needs_two(store: Store) -> None:
    for rows in ([], [row(store, "a1")], [row(store, "a1")] * 2):
        refused(store, lambda rows=rows: cost_sheets.join(store, rows), "two rows")  # type: ignore[misc] # bound now


def test_amounts_of_other_years_too_large_together_are_not_joined(store: Store) -> None:
    (other,) = sheet(store, "a1").other_amounts
    into = sheet(store, "a2").row
    with store.step("amounts of another year"):
        alike = {"year": other.year, "kind": other.kind.value, "code": other.code, "position": 0}
        store.insert("cost_other_amount", cost_sheet=into, amount=MAX_AMOUNT, **alike)
    refused(store, lambda: cost_sheets.join(store, [row(store, "a1"), row(store, "a2")]), "were not joined")


def test_one_sheet_for_the_whole_target(store: Store) -> None:
    before = sums(programme(store))
    undone(store, lambda: cost_sheets.join_all(store, "target", target(store).row))
    assert [s.activities for s in target(store).cost_sheets] == [("a1", "a2", "a3", "a4")]
    assert sums(programme(store)) == before
    sub = programme(store).sub_programmes[0]
    cost_sheets.join_all(store, "sub_programme", sub.row)
    assert [s.activities for s in programme(store).sub_programmes[0].cost_sheets] == [("a7", "a8")]


def test_joining_activities_that_cost_nothing_yet(store: Store) -> None:
    costing.set_units(store, row(store, "a8"), [store.load().units[0].row])
    cost_sheets.join(store, [row(store, "a7"), row(store, "a8")])
    assert sheet(store, "a8").units == ("u1",)


# --- dividing -------------------------------------------------------------------------------------------------------


def test_dividing_by_the_parts(store: Store) -> None:
    before = sums(programme(store))
    undone(store, lambda: cost_sheets.divide(store, row(store, "a3")))
    first, other = sheet(store, "a1"), sheet(store, "a3")
    assert (first.activities, other.activities) == (("a1",), ("a3",))
    assert (first.split, other.split) == ({}, {})
    assert total(line.amount for line in first.lines) == lira("1000.50")
    assert total(line.amount for line in other.lines) == lira("0.50")
    assert other.units == first.units == ("u1", "u2")
    # what cannot be divided stays with the first
    assert (first.note, len(first.transfers), len(first.other_amounts)) == ("Birlikte", 1, 1)
    assert (other.note, other.transfers, other.off_budget) == ("", (), {})
    assert sums(programme(store)) == before


def test_dividing_without_parts_leaves_all_to_the_first(store: Store) -> None:
    cost_sheets.set_parts(store, sheet(store, "a1").row, {})
    cost_sheets.divide(store, row(store, "a1"))
    assert total(line.amount for line in sheet(store, "a1").lines) == lira("1001")
    assert sheet(store, "a3").lines == ()
    assert sheet(store, "a3").cooperating_units == ("u3",)
    # in the order of the activities' first sheets
    assert [s.activities for s in target(store).cost_sheets] == [("a1",), ("a3",), ("a2",)]


@pytest.mark.parametrize("id_", ["a2", "a4"])
def test_dividing_needs_a_common_sheet(store: Store, id_: str) -> None:
    refused(store, lambda: cost_sheets.divide(store, row(store, id_)), "does not share")


def test_the_last_activity_of_a_divided_sheet_has_all_of_it(store: Store) -> None:
    undone(store, lambda: records.delete(store, "activity", row(store, "a3")))
    assert sheet(store, "a1").activities == ("a1",)
    assert sheet(store, "a1").split == {}
    assert total(line.amount for line in sheet(store, "a1").lines) == lira("1001")


# --- parts ----------------------------------------------------------------------------------------------------------


def test_parts_must_add_up(store: Store) -> None:
    here, a1, a3 = sheet(store, "a1").row, row(store, "a1"), row(store, "a3")
    before = dump(store)
    for wrong, sentence in (({a1: lira("1000")}, "missing"), ({a1: lira("1000"), a3: lira("2")}, "too much")):
        with pytest.raises(UserError) as told:
            cost_sheets.set_parts(store, here, wrong)
        assert sentence in told.value.message
        assert "1,00" in told.value.sentence()
    assert dump(store) == before
    undone(store, lambda: cost_sheets.set_parts(store, here, {a1: lira("1"), a3: lira("1000")}))
    assert sheet(store, "a1").split == {"a1": lira("1"), "a3": lira("1000")}
    cost_sheets.set_parts(store, here, {a1: lira("0")})
    assert sheet(store, "a1").split == {}


@given(municipalities(), st.data())
def test_sums_survive_whatever_is_joined_and_divided(municipality: Municipality, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.perfdesk"
        files.create(path, municipality)
        with files.open_store(path, writable=True) as store:
            _join_and_divide(store, data)


def _join_and_divide(store: Store, data: st.DataObject) -> None:
    before = dump(store)
    loaded = store.load().programmes
    sums_before = [sums(programme) for programme in loaded]
    for n, programme_ in enumerate(loaded):
        for h, holder in enumerate(programme_.holders()):
            rows = [activity.row for activity in holder.activities]
            if len(rows) < 2:
                continue
            chosen = data.draw(st.lists(st.sampled_from(rows), min_size=2, unique=True))
            cost_sheets.join(store, chosen)
            now: Target | SubProgramme = list(store.load().programmes[n].holders())[h]
            for sheet_ in now.cost_sheets:
                assert not sheet_.split or total(sheet_.split.values()) == total(line.amount for line in sheet_.lines)
            if data.draw(st.booleans()):
                cost_sheets.divide(store, chosen[0])
    assert [sums(programme) for programme in store.load().programmes] == sums_before
    while store.undo():
        pass
    assert dump(store) == before


# --- the order of activities ------------------------------------------------------------------------------------------


def test_a_common_sheet_keeps_to_the_order_of_moved_activities(store: Store) -> None:
    parts = sheet(store, "a1").split
    undone(store, lambda: records.move(store, "activity", row(store, "a1"), 2))
    assert [activity.id for activity in target(store).activities] == ["a2", "a3", "a1", "a4"]
    assert sheet(store, "a1").activities == ("a3", "a1")
    assert sheet(store, "a1").split == parts
    costing.set_cost(store, row(store, "a1"), "07", lira("2"))
    assert sheet(store, "a1").split == {"a1": lira("1000.50"), "a3": lira("2.50")}


MOVES = st.lists(st.tuples(st.integers(0, 3), st.integers(-3, 3).filter(bool)), min_size=1, max_size=6)


# each makes a file; four activities have no more orders than this
@settings(max_examples=24)
@given(st.lists(st.integers(0, 3), unique=True, min_size=2), MOVES)
def test_grid_and_paper_name_the_same_first_activity(common: list[int], moves: list[tuple[int, int]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.perfdesk"
        files.create(path, example())
        with files.open_store(path, writable=True) as store:
            rows = [activity.row for activity in target(store).activities]
            cost_sheets.join(store, [rows[at] for at in common])
            before = dump(store)
            for at, by in moves:
                records.move(store, "activity", rows[at], by)
                now = target(store)
                order = [activity.id for activity in now.activities]
                for common_sheet in now.cost_sheets:
                    # table 1 and the others write the amount beside the first, the grid in the first row
                    assert list(common_sheet.activities) == sorted(common_sheet.activities, key=order.index)
            while dump(store) != before:
                assert store.undo() is not None


# --- single lines ---------------------------------------------------------------------------------------------------


def test_one_of_several_lines_of_a_code(store: Store) -> None:
    first, _capital, last = sheet(store, "a1").lines
    undone(store, lambda: costing.set_line(store, last.row, lira("1.90")))
    assert [line.amount for line in sheet(store, "a1").lines] == [lira("100.10"), lira("900"), lira("1.90")]
    assert sheet(store, "a1").split == {"a1": lira("1001.50"), "a3": lira("0.50")}
    costing.set_line(store, first.row, lira("0"))
    assert [line.code for line in sheet(store, "a1").lines] == ["06", "03"]
    refused(store, lambda: costing.set_line(store, last.row, MAX_AMOUNT), "exceed")
    refused(store, lambda: costing.set_line(store, last.row, MAX_AMOUNT * 2), "exceed")


def test_cooperating_units(store: Store) -> None:
    u1, u2, _ = (unit.row for unit in store.load().units)
    undone(store, lambda: costing.set_units(store, row(store, "a1"), [u2, u1], cooperating=True))
    assert sheet(store, "a1").units == ("u1", "u2")
    assert sheet(store, "a1").cooperating_units == ("u2", "u1")


def test_an_amount_of_another_year_under_a_code_or_source(store: Store) -> None:
    (other,) = sheet(store, "a1").other_amounts
    undone(store, lambda: cost_sheets.set_other_key(store, other.row, "foreign"))
    assert [(o.code, o.source) for o in sheet(store, "a1").other_amounts] == [(None, "foreign")]
    cost_sheets.set_other_key(store, other.row, "")
    assert [(o.code, o.source) for o in sheet(store, "a1").other_amounts] == [(None, "")]
    cost_sheets.set_other_key(store, other.row, "07")
    assert [(o.code, o.source) for o in sheet(store, "a1").other_amounts] == [("07", "")]


def test_the_note_of_a_sheet(store: Store) -> None:
    costing.set_note(store, row(store, "a4"), "  ")
    assert store.undo_label == ""
    undone(store, lambda: costing.set_note(store, row(store, "a4"), " Yıl boyunca "))
    assert (sheet(store, "a4").activities, sheet(store, "a4").note) == (("a4",), "Yıl boyunca")
    costing.set_note(store, row(store, "a4"), "")
    assert sheet(store, "a4").note == ""
    refused(store, lambda: costing.set_note(store, row(store, "a4"), "bir\0iki"), "control character")
