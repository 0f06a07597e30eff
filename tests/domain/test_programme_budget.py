from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import amounts, municipalities

from perfdesk.domain.costs import AmountKind, CostLine, CostSheet, OtherAmount
from perfdesk.domain.money import ZERO, total
from perfdesk.domain.programme import Activity, Municipality, Programme, Target
from perfdesk.domain.programme_budget import Amounts, Entry, Period, periods, programme_budget, summed
from perfdesk.domain.totals import ledger

YEAR = 2027
OWN = Period(YEAR, AmountKind.BUDGET)


@given(municipalities(max_targets=6, sections=False, tables=False, results=False))
def test_sub_programmes_general_administration_and_transfers_are_the_grand_total(municipality: Municipality) -> None:
    for programme in municipality.programmes:
        sums = ledger(programme)
        budget = programme_budget(programme, sums)
        own = summed([*map(budget.of, budget.entries), budget.general_administration]).get(budget.year, Amounts())
        transfers = total(budget.transfers.values())
        assert own.need.budget + transfers == sums.grand_total.budget
        assert own.need.off_budget == sums.grand_total.off_budget
        for code in {*own.by_code, *sums.activities, *sums.general_administration}:
            expected = sums.activities.get(code, ZERO) + sums.general_administration.get(code, ZERO)
            assert own.by_code.get(code, ZERO) == expected


@given(municipalities(max_targets=6, sections=False, tables=False, results=False))
def test_other_years_against_an_independent_sum(municipality: Municipality) -> None:
    for programme in municipality.programmes:
        shown = periods(programme.year)
        expected: Counter[tuple[Period, str | None, str]] = Counter()
        own = Period(programme.year, AmountKind.BUDGET)
        for others in (
            *(sheet.other_amounts for holder in programme.holders() for sheet in holder.cost_sheets),
            programme.other_general_administration,
        ):
            for other in others:
                period = Period(other.year, other.kind)
                if period in shown and period != own:
                    expected[period, None if other.source else other.code, other.source] += round(other.amount * 100)
        budget = programme_budget(programme, ledger(programme))
        found = summed([*map(budget.of, budget.entries), budget.general_administration])
        assert {*found} - {own} == {period for period, _code, _source in expected}
        for (period, code, source), kurus in expected.items():
            amounts_ = found[period]
            assert round((amounts_.by_source[source] if source else amounts_.by_code[code]) * 100) == kurus


@given(municipalities(max_targets=6, sections=False, tables=False, results=False))
def test_every_activity_stands_under_one_sub_programme(municipality: Municipality) -> None:
    for programme in municipality.programmes:
        entries = programme_budget(programme, ledger(programme)).entries
        found = Counter(a.id for own in entries.values() for entry in own for a in entry.activities)
        # an activity's id may be that of one under another target, but not here
        assert found == Counter(a.id for holder in programme.holders() for a in holder.activities)


def one_sheet(sheet: CostSheet, *sub_programmes: str) -> Programme:
    """Return a programme of one target, whose activities a, b, c … belong to these sub-programmes."""
    activities = tuple(Activity(chr(ord("a") + n), sub_programme=sub) for n, sub in enumerate(sub_programmes))
    return Programme(YEAR, (Target("t", "o", activities=activities, cost_sheets=(sheet,)),))


def entries_of(programme: Programme) -> dict[str, tuple[Entry, ...]]:
    return dict(programme_budget(programme, ledger(programme)).entries)


@given(st.lists(st.lists(amounts(), min_size=1, max_size=4), min_size=2, max_size=3), st.data())
def test_a_divided_sheet_adds_up_by_code_and_by_activity(table: list[list[Decimal]], data: st.DataObject) -> None:
    width = min(map(len, table))
    split = {chr(ord("a") + n): total(row[:width]) for n, row in enumerate(table)}
    codes = [f"0{n + 1}" for n in range(width)]
    lines = tuple(CostLine(code, total(row[n] for row in table)) for n, code in enumerate(codes))
    forecast = tuple(
        OtherAmount(YEAR + 1, AmountKind.FORECAST, data.draw(amounts()), code)
        for code in data.draw(st.permutations(codes))
    )
    sheet = CostSheet(
        tuple(split), lines=lines, split=split, off_budget={"foreign": Decimal("7.00")}, other_amounts=forecast
    )
    found = entries_of(one_sheet(sheet, *(f"s{activity}" for activity in split)))
    later = Period(YEAR + 1, AmountKind.FORECAST)
    known = {activity: found[f"s{activity}"][0].amounts for activity in split}
    for activity, amount in split.items():
        assert known[activity][OWN].need.budget == amount
        assert all(part >= 0 for period in (OWN, later) for part in known[activity][period].by_code.values())
    for line in lines:
        assert total(own[OWN].by_code[line.code] for own in known.values()) == line.amount
    for other in forecast:
        assert total(own[later].by_code[other.code] for own in known.values()) == other.amount
    # money off the budget is not divided
    assert [own[OWN].need.off_budget for own in known.values()] == [Decimal("7.00"), *[ZERO] * (len(split) - 1)]
    assert all(found[f"s{activity}"][0].divided for activity in split)


def test_a_sheet_that_nobody_divided_stays_whole_with_the_first_that_is_said() -> None:
    sheet = CostSheet(("a", "b", "c"), lines=(CostLine("03", Decimal("90.00")),))
    found = entries_of(one_sheet(sheet, "", "s1", "s2"))
    assert found["s1"][0].amounts[OWN].need.budget == Decimal("90.00")
    assert [activity.id for activity in found["s1"][0].beside] == ["a", "c"]
    for elsewhere in (found[""][0], found["s2"][0]):
        assert (elsewhere.amounts, elsewhere.elsewhere) == ({}, "s1")


def test_what_is_not_known_is_not_zero() -> None:
    sheet = CostSheet(("a",), other_amounts=(OtherAmount(YEAR - 1, AmountKind.SPENDING, ZERO, "03"),))
    (entry,) = entries_of(one_sheet(sheet, "s1"))["s1"]
    assert entry.amounts[Period(YEAR - 1, AmountKind.SPENDING)].need.budget == ZERO
    assert Period(YEAR - 1, AmountKind.BUDGET) not in entry.amounts
    assert entry.amounts[OWN].need.budget == ZERO
    bare = entries_of(replace(one_sheet(sheet, "s1"), targets=(Target("t", "o", activities=(Activity("a"),)),)))
    assert bare[""][0].amounts == {}


@pytest.mark.parametrize("year", [YEAR, YEAR + 3])
def test_amounts_that_the_form_does_not_show_are_left_out(year: int) -> None:
    kind = AmountKind.BUDGET if year == YEAR else AmountKind.FORECAST
    sheet = CostSheet(
        ("a",),
        lines=(CostLine("03", Decimal("5.00")),),
        other_amounts=(OtherAmount(year, kind, Decimal("9.00"), "03"),),
    )
    (entry,) = entries_of(one_sheet(sheet, "s1"))["s1"]
    # the programme year's own budget is what the lines say
    assert {period: known.need.budget for period, known in entry.amounts.items()} == {OWN: Decimal("5.00")}
