from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from tests.dump import dump
from tests.example import KNOWN, TEXT_FIELDS, YEAR, lira

from perfdesk.domain.errors import UserError
from perfdesk.domain.money import MAX_AMOUNT
from perfdesk.domain.programme import Activity, CostSheet, Indicator, Programme, Target
from perfdesk.domain.totals import ledger
from perfdesk.domain.value import BLANK, Value, ValueKind
from perfdesk.services.editing import cost_sheets, costing, records, values
from perfdesk.services.editing.units import read_units
from perfdesk.storage.limits import programme_total
from perfdesk.storage.store import Store
from perfdesk.tables.form import load_form


def programme(store: Store) -> Programme:
    found = store.load().programme(YEAR)
    assert found is not None
    return found


def target(store: Store, id_: str = "t1") -> Target:
    return next(target for target in programme(store).targets if target.id == id_)


def activity(store: Store, id_: str) -> Activity:
    return next(a for holder in programme(store).holders() for a in holder.activities if a.id == id_)


def indicator(store: Store, id_: str = "i1") -> Indicator:
    return next(i for holder in programme(store).holders() for i in holder.indicators if i.id == id_)


def sheet(store: Store, of: str) -> CostSheet:
    return next(s for holder in programme(store).holders() for s in holder.cost_sheets if of in s.activities)


def lines(store: Store, of: str) -> list[tuple[str | None, Decimal]]:
    return [(line.code, line.amount) for line in sheet(store, of).lines]


def refused(store: Store, change: Callable[[], object], sentence: str) -> None:
    before = dump(store)
    label = store.undo_label
    with pytest.raises(UserError) as told:
        change()
    assert sentence in told.value.message
    assert dump(store) == before
    assert store.undo_label == label


# --- texts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Yol \n", "Yol"),
        ("bir\r\niki\rüç", "bir\niki\nüç"),
        ("bir\viki\füç\u2028dört", "bir\niki\nüç\ndört"),
        ("S\u0327ehir I\u0307", "Şehir İ"),
        ("=1+1 <b>&amp;</b> 👍 \u05e2\u05d1", "=1+1 <b>&amp;</b> 👍 \u05e2\u05d1"),
        ("ğ" * 10_000, "ğ" * 10_000),
        ("", ""),
    ],
)
@pytest.mark.parametrize(("table", "column"), TEXT_FIELDS)
def test_texts(store: Store, table: str, column: str, typed: str, kept: str) -> None:
    row = store.rows(table)[0]
    records.write(store, KNOWN, table, row, column, "vorher")
    records.write(store, KNOWN, table, row, column, typed)
    assert store.field(table, row, column) == kept


@pytest.mark.parametrize("letter", ["\0", "\a", "\x1b", "\x7f", "\ud800", "\uffff"])
def test_what_cannot_be_printed_is_refused(store: Store, letter: str) -> None:
    row = store.rows("target")[0]
    refused(store, lambda: records.write(store, KNOWN, "target", row, "title", f"bir{letter}iki"), "control character")
    with pytest.raises(UserError):
        values.read_value(f"'bir{letter}iki")


def test_only_texts_that_may_be_edited(store: Store) -> None:
    with pytest.raises(KeyError):
        records.set_field(store, "target", 1, "identity", "x")


# --- values ---------------------------------------------------------------------------------------------------------


def test_values(store: Store) -> None:
    row = indicator(store).row

    def value() -> Value:
        return indicator(store).value(YEAR, YEAR)

    for new in (Value(Decimal("12.50")), Value(mark="X"), Value(text="60 bin"), Value(Decimal(0)), BLANK, BLANK):
        values.set_value(store, row, YEAR, ValueKind.TARGET, new)
        assert value() == new
    assert (YEAR, ValueKind.TARGET) not in indicator(store).values
    values.set_value(store, row, YEAR, ValueKind.TARGET, Value(Decimal("1.0")))
    assert str(value().number) == "1.0"
    # another kind of the same year is another value
    assert indicator(store).values[YEAR, ValueKind.PLANNED] == Value(Decimal(-3))


def test_same_value_is_no_step(store: Store) -> None:
    values.set_value(store, indicator(store).row, YEAR, ValueKind.TARGET, Value(text="60 bin"))
    values.set_value(store, indicator(store, "i3").row, YEAR, ValueKind.TARGET, BLANK)
    assert store.undo_label == ""


# --- rows -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["indicator", "activity"])
def test_add_stands_last_wherever_rows_were_deleted(store: Store, table: str) -> None:
    def ids() -> list[str]:
        items: tuple[Any, ...] = getattr(target(store), "indicators" if table == "indicator" else "activities")
        return [item.id for item in items]

    above = target(store).row
    for _ in range(4):
        records.add(store, table, target=above)
    before = ids()
    for row in store.rows(table, target=above)[1:5]:
        records.delete(store, table, row)
    new = records.add(store, table, target=above)
    assert ids() == [before[0], *before[5:], store.field(table, new, "identity")]
    assert len(set(ids())) == len(ids())


@pytest.mark.parametrize(
    ("by", "order"),
    [
        (-1, ["a2", "a1", "a3", "a4"]),
        (-9, ["a2", "a1", "a3", "a4"]),
        (1, ["a1", "a3", "a2", "a4"]),
        (2, ["a1", "a3", "a4", "a2"]),
        (9, ["a1", "a3", "a4", "a2"]),
        (0, ["a1", "a2", "a3", "a4"]),
    ],
)
def test_move(store: Store, by: int, order: list[str]) -> None:
    records.move(store, "activity", activity(store, "a2").row, by)
    assert [a.id for a in target(store).activities] == order
    assert store.undo_label == ("moving an activity" if by else "")


def test_move_within_a_sub_programme(store: Store) -> None:
    before = [[a.id for a in t.activities] for t in programme(store).targets]
    records.move(store, "activity", activity(store, "a7").row, 1)
    assert [a.id for a in programme(store).sub_programmes[0].activities] == ["a8", "a7"]
    assert [[a.id for a in t.activities] for t in programme(store).targets] == before


def test_delete_indicator(store: Store) -> None:
    records.delete(store, "indicator", indicator(store).row)
    assert [i.id for i in target(store).indicators] == ["i2", "i3"]


def test_delete_activity_with_a_sheet_of_its_own(store: Store) -> None:
    before = programme_total(store, programme(store).row)
    records.delete(store, "activity", activity(store, "a2").row)
    assert [s.activities for s in target(store).cost_sheets] == [("a1", "a3")]
    assert programme_total(store, programme(store).row) == before - 250


@pytest.mark.parametrize(("gone", "left"), [("a1", "a3"), ("a3", "a1")])
def test_delete_activity_of_a_divided_sheet(store: Store, gone: str, left: str) -> None:
    before = programme_total(store, programme(store).row)
    records.delete(store, "activity", activity(store, gone).row)
    assert sheet(store, left).activities == (left,)
    # nothing is divided where one is left
    assert sheet(store, left).split == {}
    assert programme_total(store, programme(store).row) == before


def test_delete_one_of_three_of_a_divided_sheet(store: Store) -> None:
    cost_sheets.join(store, [activity(store, "a1").row, activity(store, "a2").row])
    records.delete(store, "activity", activity(store, "a1").row)
    # its part goes to the first that stays
    assert sheet(store, "a3").split == {"a2": lira("1250.50"), "a3": lira("0.50")}


def test_delete_activity_of_a_shared_sheet(store: Store) -> None:
    records.delete(store, "activity", activity(store, "a5").row)
    assert sheet(store, "a6").activities == ("a6",)
    assert sheet(store, "a6").split == {}
    records.delete(store, "activity", activity(store, "a6").row)
    assert target(store, "t2").cost_sheets == ()


def test_delete_activity_without_sheet(store: Store) -> None:
    records.delete(store, "activity", activity(store, "a4").row)
    assert [a.id for a in target(store).activities] == ["a1", "a2", "a3"]
    assert len(target(store).cost_sheets) == 2


# --- costs ----------------------------------------------------------------------------------------------------------


def test_cost_of_an_activity_without_sheet(store: Store) -> None:
    row = activity(store, "a4").row
    costing.set_cost(store, row, "03", lira("0"))
    assert store.undo_label == ""
    costing.set_cost(store, row, "03", lira("12.34"))
    assert sheet(store, "a4").activities == ("a4",)
    assert lines(store, "a4") == [("03", lira("12.34"))]
    store.undo()
    assert len(target(store).cost_sheets) == 2


def test_cost_of_an_activity_of_a_sub_programme(store: Store) -> None:
    costing.set_cost(store, activity(store, "a8").row, "foreign", lira("5"))
    (_, new) = programme(store).sub_programmes[0].cost_sheets
    assert new.activities == ("a8",)
    assert new.off_budget == {"foreign": lira("5")}


def test_lines_of_one_code_become_one(store: Store) -> None:
    costing.set_cost(store, activity(store, "a1").row, "03", lira("200"))
    assert lines(store, "a1") == [("03", lira("200")), ("06", lira("900"))]


def test_cost_of_zero_takes_the_line_away(store: Store) -> None:
    row = activity(store, "a2").row
    costing.set_cost(store, row, "", lira("0"))
    assert lines(store, "a2") == []
    costing.set_cost(store, row, "01", lira("1"))
    costing.set_cost(store, row, "", lira("2"))
    assert lines(store, "a2") == [("01", lira("1")), (None, lira("2"))]


def test_off_budget(store: Store) -> None:
    row = activity(store, "a1").row
    costing.set_cost(store, row, "foreign", lira("0"))
    costing.set_cost(store, row, "other_domestic", lira("3"))
    costing.set_cost(store, row, "revolving_fund", lira("4"))
    assert sheet(store, "a1").off_budget == {"other_domestic": lira("3"), "revolving_fund": lira("4")}
    # what is off the budget is not divided
    assert sheet(store, "a1").split == {"a1": lira("1000.50"), "a3": lira("0.50")}


@pytest.mark.parametrize("through", ["a1", "a3"])
def test_first_part_of_a_divided_amount_takes_the_difference(store: Store, through: str) -> None:
    row = activity(store, through).row
    costing.set_cost(store, row, "06", lira("901.25"))
    assert sheet(store, through).split == {"a1": lira("1001.75"), "a3": lira("0.50")}
    costing.set_cost(store, row, "06", lira("0"))
    assert sheet(store, through).split == {"a1": lira("100.50"), "a3": lira("0.50")}
    refused(store, lambda: costing.set_cost(store, row, "03", lira("0")), "fall below zero")
    costing.set_cost(store, row, "03", lira("0.50"))
    assert sheet(store, through).split == {"a1": lira("0.00"), "a3": lira("0.50")}


def test_programme_holds_no_more_than_the_limit(store: Store) -> None:
    this = programme(store).row
    assert programme_total(store, this) == ledger(programme(store)).grand_total.total
    rest = MAX_AMOUNT - programme_total(store, this)
    for name, key in (("a2", "06"), ("a4", "foreign"), ("a1", "03"), ("a8", "")):
        row = activity(store, name).row
        already = lira("101.00") if name == "a1" else lira("0")
        refused(store, lambda r=row, k=key, a=already: costing.set_cost(store, r, k, rest + a + lira("0.01")), "exceed")
        costing.set_cost(store, row, key, rest + already)
        assert programme_total(store, this) == MAX_AMOUNT
        assert ledger(programme(store)).grand_total.total == MAX_AMOUNT
        other = activity(store, "a6").row
        refused(store, lambda r=other: costing.set_cost(store, r, "01", lira("0.01")), "exceed")
        store.undo()


@pytest.mark.parametrize("amount", [MAX_AMOUNT + lira("0.01"), Decimal(10) ** 30])
@pytest.mark.parametrize("key", ["", "06", "foreign"])
def test_amounts_beyond_the_limit(store: Store, amount: Decimal, key: str) -> None:
    for name in ("a1", "a2", "a4"):
        refused(store, lambda n=name: costing.set_cost(store, activity(store, n).row, key, amount), "exceed")


def test_other_years_have_limits_of_their_own(store: Store) -> None:
    former = store.load().programme(2024)
    assert former is not None
    rest = MAX_AMOUNT - programme_total(store, programme(store).row)
    costing.set_cost(store, activity(store, "a4").row, "06", rest)
    costing.set_cost(store, former.targets[0].activities[0].row, "06", MAX_AMOUNT)
    assert programme_total(store, former.row) == MAX_AMOUNT


def test_parts_of_a_kurus_are_never_rounded_away(store: Store) -> None:
    before = dump(store)
    with pytest.raises(ValueError, match=r"0\.001"):
        costing.set_cost(store, activity(store, "a2").row, "06", Decimal("0.001"))
    assert dump(store) == before


def test_unknown_key(store: Store) -> None:
    for key in ("77", "1", "domestic", "00"):
        with pytest.raises(KeyError):
            costing.set_cost(store, activity(store, "a2").row, key, lira("1"))
    assert not {"77", "1", "domestic", "00"} & load_form("").economic_codes.keys()


# --- units ----------------------------------------------------------------------------------------------------------


def test_units(store: Store) -> None:
    u1, u2, u3 = (unit.row for unit in store.load().units)
    row = activity(store, "a1").row
    costing.set_units(store, row, [u3, u1, u3])
    assert sheet(store, "a1").units == ("u3", "u1")
    assert sheet(store, "a1").cooperating_units == ("u3",)
    label = store.undo_label
    costing.set_units(store, row, [u3, u1])
    store.undo()
    assert (store.redo_label, sheet(store, "a1").units) == (label, ("u1", "u2"))
    costing.set_units(store, row, [])
    assert sheet(store, "a1").units == ()
    without = activity(store, "a4").row
    costing.set_units(store, without, [])
    costing.set_units(store, without, [u2])
    assert sheet(store, "a4").units == ("u2",)


def test_typed_units(store: Store) -> None:
    known = store.load().units
    u1, u2, _ = (unit.row for unit in known)
    assert read_units(known, "fen işleri müdürlüğü; FİM ;park ve; ") == [u1, u1, u2]
    assert read_units(known, "FEN MUD.") == [u1]
    assert read_units(known, " ") == []
    for typed, sentence in (("Zabıta", "not among"), ("Müdürlüğü", "several")):
        with pytest.raises(UserError) as told:
            read_units(known, typed)
        assert sentence in told.value.message


# --- amounts and forms as stored ------------------------------------------------------------------------------------


def test_stored_amounts_are_told_in_lira(store: Store) -> None:
    row = store.find("cost_line", amount=10010)
    assert row is not None
    assert str(store.amount("cost_line", row, "amount")) == "100.10"
    undivided = next(link for link in store.rows("cost_sheet_activity") if store.field(*_part(link)) is None)
    assert store.amount(*_part(undivided)) is None
    with pytest.raises(TypeError):
        store.amount("cost_line", row, "position")
    with pytest.raises(KeyError):
        store.amount("cost_line", 10_000, "amount")


def _part(link: int) -> tuple[str, int, str]:
    return "cost_sheet_activity", link, "amount"


@pytest.mark.parametrize("name", ["x" * 300, "../forms/classic", "..\\forms\\classic", "Classic", "\0", "classic.toml"])
def test_form_that_is_not_known(name: str) -> None:
    with pytest.raises(UserError) as told:
        load_form(name)
    assert "does not know the form" in told.value.message
