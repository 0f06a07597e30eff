"""New, moved and duplicated targets, indicators and activities; and codes that nobody else has."""

from collections.abc import Callable

import pytest
from tests.dump import dump
from tests.example import YEAR, lira

from perfdesk.domain.errors import UserError
from perfdesk.domain.money import MAX_AMOUNT
from perfdesk.domain.programme import Programme, SubProgramme, Target
from perfdesk.domain.totals import ledger
from perfdesk.services.editing import costing, duplicating, moving, records, targets
from perfdesk.services.editing.fields import Known
from perfdesk.services.output.exporting import programme_context
from perfdesk.storage.limits import programme_total
from perfdesk.storage.store import Store
from perfdesk.tables.form import load_form


def programme(store: Store) -> Programme:
    found = store.load().programme(YEAR)
    assert found is not None
    return found


def target(store: Store, id_: str = "t1") -> Target:
    return next(target for target in programme(store).targets if target.id == id_)


def holder_of(store: Store, id_: str) -> Target | SubProgramme:
    return next(
        holder
        for holder in programme(store).holders()
        if id_ in [item.id for item in (*holder.indicators, *holder.activities)]
    )


def row(store: Store, id_: str) -> int:
    holder = holder_of(store, id_)
    return next(item.row for item in (*holder.indicators, *holder.activities) if item.id == id_)


def objective(store: Store, id_: str) -> int:
    (plan, _former) = store.load().plans
    return next(o.row for goal in plan.goals for o in goal.objectives if o.id == id_)


def codes(store: Store) -> dict[str, str]:
    return dict(programme_context(store.load(), YEAR).codes.targets)


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


def order(store: Store) -> list[tuple[str, str]]:
    return [(target.id, target.objective) for target in programme(store).targets]


# --- targets --------------------------------------------------------------------------------------------------------


def test_a_new_target_stands_last_in_its_objective(store: Store) -> None:
    undone(store, lambda: targets.add_target(store, programme(store).row, objective(store, "o1")))
    new = programme(store).targets[1]
    assert [o for _id, o in order(store)] == ["o1", "o1", "o3"]
    assert codes(store)[new.id] == "1.1.2"
    # an objective without targets: where the plan has it
    between = targets.add_target(store, programme(store).row, objective(store, "o2"))
    assert [o for _id, o in order(store)] == ["o1", "o1", "o2", "o3"]
    assert programme(store).targets[2].row == between


def test_a_target_moves_to_another_objective_and_is_numbered_there(store: Store) -> None:
    undone(store, lambda: targets.move_target(store, target(store).row, objective(store, "o3")))
    assert order(store) == [("t2", "o3"), ("t1", "o3")]
    assert codes(store) == {"t2": "2.1.1", "t1": "2.1.2"}
    targets.move_target(store, target(store).row, objective(store, "o3"), 0)
    assert order(store) == [("t1", "o3"), ("t2", "o3")]
    targets.move_target(store, target(store, "t2").row, objective(store, "o1"))
    assert order(store) == [("t2", "o1"), ("t1", "o3")]


def test_a_target_moves_among_those_of_its_objective_only(store: Store) -> None:
    first, second = target(store).row, targets.add_target(store, programme(store).row, objective(store, "o1"))
    label = store.undo_label
    targets.shift_target(store, first, -1)
    targets.shift_target(store, target(store, "t2").row, -1)
    assert store.undo_label == label
    undone(store, lambda: targets.shift_target(store, first, 9))
    assert [t.row for t in programme(store).targets] == [second, first, target(store, "t2").row]
    assert codes(store)["t1"] == "1.1.2"


# --- to another parent ----------------------------------------------------------------------------------------------


def test_an_activity_takes_its_sheet_along(store: Store) -> None:
    before = programme_total(store, programme(store).row)
    undone(store, lambda: moving.move_to(store, "activity", row(store, "a2"), "target", target(store, "t2").row))
    there = target(store, "t2")
    assert [a.id for a in there.activities] == ["a5", "a6", "a2"]
    assert [s.activities for s in there.cost_sheets] == [("a5", "a6"), ("a2",)]
    assert [s.activities for s in target(store).cost_sheets] == [("a1", "a3")]
    assert programme_total(store, programme(store).row) == before


def test_an_activity_takes_its_part_of_a_divided_sheet(store: Store) -> None:
    before = ledger(programme(store)).grand_total
    sub = programme(store).sub_programmes[0]
    undone(store, lambda: moving.move_to(store, "activity", row(store, "a3"), "sub_programme", sub.row))
    (_, moved) = programme(store).sub_programmes[0].cost_sheets
    assert (moved.activities, sum(line.amount for line in moved.lines)) == (("a3",), lira("0.50"))
    (left, _) = target(store).cost_sheets
    assert (left.activities, left.split) == (("a1",), {})
    assert ledger(programme(store)).grand_total == before


def test_an_activity_of_an_undivided_sheet_leaves_its_cost_behind(store: Store) -> None:
    costing.set_cost(store, row(store, "a5"), "03", lira("10"))
    before = programme_total(store, programme(store).row)
    moving.move_to(store, "activity", row(store, "a6"), "target", target(store).row)
    assert [(s.activities, len(s.lines)) for s in target(store, "t2").cost_sheets] == [(("a5",), 1)]
    (moved,) = [s for s in target(store).cost_sheets if "a6" in s.activities]
    assert moved.lines == ()
    assert programme_total(store, programme(store).row) == before


def test_an_activity_without_cost_moves(store: Store) -> None:
    moving.move_to(store, "activity", row(store, "a4"), "target", target(store, "t2").row)
    assert [a.id for a in target(store, "t2").activities] == ["a5", "a6", "a4"]
    assert len(target(store, "t2").cost_sheets) == 1


def test_an_indicator_moves_with_its_values(store: Store) -> None:
    values = target(store).indicators[0].values
    undone(store, lambda: moving.move_to(store, "indicator", row(store, "i1"), "target", target(store, "t2").row))
    (moved,) = target(store, "t2").indicators
    assert (moved.id, moved.values, moved.sub_programme_objective) == ("i1", values, "so1")
    label = store.undo_label
    moving.move_to(store, "indicator", row(store, "i1"), "target", target(store, "t2").row)
    assert store.undo_label == label
    sub = programme(store).sub_programmes[0]
    moving.move_to(store, "indicator", row(store, "i1"), "sub_programme", sub.row)
    assert programme(store).sub_programmes[0].indicators[1].sub_programme_objective == "so1"


def test_nothing_moves_to_another_year(store: Store) -> None:
    before = dump(store)
    former = store.load().programme(2024)
    assert former is not None
    with pytest.raises(UserError):
        moving.move_to(store, "indicator", row(store, "i1"), "target", former.targets[0].row)
    assert dump(store) == before


# --- duplicates -----------------------------------------------------------------------------------------------------


def test_a_duplicate_of_a_target_holds_all_under_new_identities(store: Store) -> None:
    before = ledger(programme(store)).activities_total.total
    undone(store, lambda: duplicating.duplicate_target(store, target(store).row))
    original, copy, _parks = programme(store).targets
    ids = {copy.id, *(item.id for item in (*copy.indicators, *copy.activities))}
    assert not ids & {original.id, *(item.id for item in (*original.indicators, *original.activities))}
    assert len(ids) == 8
    assert (copy.title, copy.description, copy.objective) == (original.title, original.description, original.objective)
    for one, other in zip(original.indicators, copy.indicators, strict=True):
        assert (one.name, one.values, one.owner, one.weight) == (other.name, other.values, other.owner, other.weight)
        assert one.sub_programme_objective == other.sub_programme_objective
        assert other.code == ""
    names = dict(zip([a.id for a in original.activities], [a.id for a in copy.activities], strict=True))
    for sheet, other_sheet in zip(original.cost_sheets, copy.cost_sheets, strict=True):
        assert other_sheet.activities == tuple(names[id_] for id_ in sheet.activities)
        assert other_sheet.split == {names[id_]: amount for id_, amount in sheet.split.items()}
        assert (other_sheet.lines, other_sheet.transfers) == (sheet.lines, sheet.transfers)
        assert (other_sheet.units, other_sheet.other_amounts) == (sheet.units, sheet.other_amounts)
    after = ledger(programme(store))
    assert after.targets[copy.id] == after.targets[original.id]
    assert after.activities_total.total == before + after.targets[original.id].total


@pytest.mark.parametrize("id_", ["i1", "i4"])
def test_a_duplicate_of_an_indicator(store: Store, id_: str) -> None:
    at = row(store, id_)
    undone(store, lambda: duplicating.duplicate_row(store, "indicator", at))
    original, copy = holder_of(store, id_).indicators[:2]
    assert original.id == id_ != copy.id
    assert (copy.name, copy.values, copy.baseline) == (original.name, original.values, original.baseline)
    assert copy.sub_programme_objective == original.sub_programme_objective


def test_a_duplicate_of_an_activity_has_its_own_cost(store: Store) -> None:
    undone(store, lambda: duplicating.duplicate_row(store, "activity", row(store, "a2")))
    _, original, copy, *_rest = target(store).activities
    assert (original.id, copy.name, copy.code) == ("a2", "Kaldırım", "")
    assert [s.activities for s in target(store).cost_sheets] == [("a1", "a3"), ("a2",), (copy.id,)]
    assert target(store).cost_sheets[2].lines == target(store).cost_sheets[1].lines
    # of a common sheet there is one only
    duplicating.duplicate_row(store, "activity", row(store, "a3"))
    assert len(target(store).cost_sheets) == 3
    duplicating.duplicate_row(store, "activity", row(store, "a7"))
    assert len(programme(store).sub_programmes[0].cost_sheets) == 2


@pytest.mark.parametrize("what", ["target", "activity"])
def test_a_duplicate_that_would_cost_too_much(store: Store, what: str) -> None:
    costing.set_cost(store, row(store, "a2"), "06", MAX_AMOUNT / 2 // 1)
    before = dump(store)
    at = target(store).row if what == "target" else row(store, "a2")
    changes = {
        "target": lambda: duplicating.duplicate_target(store, at),
        "activity": lambda: duplicating.duplicate_row(store, "activity", at),
    }
    with pytest.raises(UserError) as told:
        changes[what]()
    assert "exceed" in told.value.message
    assert dump(store) == before


# --- codes ----------------------------------------------------------------------------------------------------------


def write(store: Store, table: str, at: int, code: str) -> None:
    records.write(store, Known(store.load(), load_form("")), table, at, "code", code)


@pytest.mark.parametrize(
    ("table", "id_", "code"),
    [
        ("indicator", "i2", "PG. 1.1.1.1"),  # by position
        ("indicator", "i1", "PG 8.10"),  # as stored
        ("activity", "a5", "F.9"),  # of another target
        ("activity", "a8", "1"),
    ],
)
def test_a_code_that_another_one_has_is_refused(store: Store, table: str, id_: str, code: str) -> None:
    before = dump(store)
    with pytest.raises(UserError) as told:
        write(store, table, row(store, id_), code)
    assert "already that of" in told.value.message
    assert dump(store) == before


def test_codes_of_the_plan_and_of_targets_are_nobody_elses(store: Store) -> None:
    (plan, _former) = store.load().plans
    for table, at, code in (
        ("goal", plan.goals[1].row, "1"),
        ("objective", plan.goals[1].objectives[0].row, "1.1"),
        ("target", target(store, "t2").row, "1.1.1"),
    ):
        with pytest.raises(UserError):
            write(store, table, at, code)
        write(store, table, at, "Ö-1")
        assert store.field(table, at, "code") == "Ö-1"


def test_its_own_code_none_or_that_of_another_year_can_be_given(store: Store) -> None:
    at = row(store, "i1")
    write(store, "indicator", at, "PG. 1.1.1.1")
    write(store, "indicator", at, "")
    # the former year's
    write(store, "indicator", at, "PG1")
    assert store.field("indicator", at, "code") == "PG1"
