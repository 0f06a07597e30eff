"""The next year's programme: values move only where that is certain or wished, amounts add up to the last kuruş."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.example import example, lira

from perfdesk.domain import new_year
from perfdesk.domain.costs import AmountKind, OtherAmount
from perfdesk.domain.errors import UserError
from perfdesk.domain.money import MAX_AMOUNT, total
from perfdesk.domain.new_year import NextPlan, Options, Origin, moved_values, rolled
from perfdesk.domain.programme import Indicator, Municipality
from perfdesk.domain.results import Results
from perfdesk.domain.totals import ledger
from perfdesk.domain.value import Value, ValueKind

REALISED, PLANNED, ESTIMATE, TARGET, FORECAST = (
    ValueKind.REALISED,
    ValueKind.PLANNED,
    ValueKind.ESTIMATE,
    ValueKind.TARGET,
    ValueKind.FORECAST,
)


def number(n) -> Value:
    return Value(Decimal(n))


INDICATOR = Indicator(
    "i",
    values={
        (2023, REALISED): number(1),
        (2024, ESTIMATE): number(2),
        (2025, TARGET): number(3),
        (2026, FORECAST): number(4),
        (2027, FORECAST): number(5),
    },
)


def moved(indicator=INDICATOR, results=None, **options) -> dict:
    found = moved_values(indicator, 2026, results or {}, Options(**options))
    return {key: (one.value, one.origin) for key, one in found.items()}


def test_target_becomes_plan_and_estimate_and_nothing_else_is_guessed():
    assert moved() == {(2025, PLANNED): (number(3), Origin.TARGET), (2025, ESTIMATE): (number(3), Origin.TARGET)}


def test_target_as_estimate_can_be_declined_and_stays_what_was_planned():
    assert moved(targets_as_estimates=False) == {(2025, PLANNED): (number(3), Origin.TARGET)}


def test_estimate_is_realised_only_when_asked_for():
    assert moved(estimates_as_realised=True)[2024, REALISED] == (number(2), Origin.ESTIMATE)


def test_what_is_known_to_be_realised_goes_before_result_and_estimate():
    known = replace(INDICATOR, values={**INDICATOR.values, (2024, REALISED): number(9)})
    results = {"i": number(8)}
    assert moved(known, results, estimates_as_realised=True)[2024, REALISED] == (number(9), Origin.KNOWN)
    assert moved(results=results, estimates_as_realised=True)[2024, REALISED] == (number(8), Origin.RESULT)


def test_estimate_that_is_there_goes_before_the_target():
    known = replace(INDICATOR, values={**INDICATOR.values, (2025, ESTIMATE): number(7)})
    assert moved(known)[2025, ESTIMATE] == (number(7), Origin.KNOWN)
    assert moved(known)[2025, PLANNED] == (number(3), Origin.TARGET)


def test_forecasts_become_target_and_forecasts_when_asked_for():
    found = moved(forecasts=True)
    assert found[2026, TARGET] == (number(4), Origin.FORECAST)
    assert found[2027, FORECAST] == (number(5), Origin.FORECAST)
    assert (2026, FORECAST) not in found


@pytest.mark.parametrize("value", [Value(mark="-"), Value(mark="X"), Value(text="60 bin"), Value(Decimal("12.50"))])
def test_marks_texts_and_digits_move_as_they_are(value):
    assert moved(replace(INDICATOR, values={(2025, TARGET): value}))[2025, ESTIMATE][0] == value


def test_blank_is_no_value():
    assert moved(replace(INDICATOR, values={(2025, TARGET): Value()})) == {}


def test_realised_values_come_from_the_whole_years_results_of_two_years_ago():
    # the programme of 2024 states 11 for the whole year
    made = rolled(example(), 2026, Options())
    assert made.targets[0].indicators[0].values[2024, REALISED] == Value(Decimal(11))


def test_results_of_a_part_of_the_year_or_not_measured_are_no_realised_value():
    municipality = example()
    former = municipality.programme(2024)
    (result,) = former.results.indicators
    for other in (replace(result, period="H1"), replace(result, status="not_measured"), replace(result, value=Value())):
        changed = replace(former, results=Results((other,)))
        with_other = replace(municipality, programmes=(municipality.programmes[0], changed))
        assert new_year.results_of(with_other, 2024) == {}


def test_identities_names_and_definitions_stay_results_and_deferrals_do_not():
    source = example().programmes[0]
    made = rolled(example(), 2026, Options())
    assert (made.year, made.layout, made.layout_settings) == (2026, "official", {"labels.grand_total": "TOPLAM"})
    assert made.results == Results()
    assert (made.sections, made.policy_documents) == (source.sections, source.policy_documents)
    assert made.resource_tables == source.resource_tables
    for old, new in zip(source.holders(), made.holders(), strict=True):
        for former, indicator in zip(old.indicators, new.indicators, strict=True):
            assert replace(indicator, values={}, deferred=former.deferred) == replace(former, values={})
            assert indicator.deferred is None
        assert new.activities == old.activities
        assert [sheet.activities for sheet in new.cost_sheets] == [sheet.activities for sheet in old.cost_sheets]
        assert [sheet.units for sheet in new.cost_sheets] == [sheet.units for sheet in old.cost_sheets]


def test_texts_and_notes_can_be_left_out():
    made = rolled(example(), 2026, Options(texts=False, notes=False))
    assert (made.sections, made.policy_documents) == ((), ())
    assert made.targets[0].indicators[0].note == made.targets[0].cost_sheets[0].note == ""
    # what a target is about is no note
    assert made.targets[0].description == "Açıklama\nikinci satır"


def test_amounts_rise_and_are_rounded_half_up():
    made = rolled(example(), 2026, Options(rate=Decimal(25)))
    first, second = made.targets[0].cost_sheets
    # 100,10 → 125,125; 900 → 1125; 0,90 → 1,125
    assert [line.amount for line in first.lines] == [lira("125"), lira("1125"), lira("1")]
    assert second.lines[0].amount == lira("313")  # 312,50
    assert first.transfers[0].amount == lira("63")
    assert first.off_budget == {"foreign": lira("9"), "revolving_fund": lira("0")}
    assert made.general_administration[1].amount == lira("1250")
    assert made.transfers[0].amount == lira("375")
    exact = rolled(example(), 2026, Options(rate=Decimal(25), whole_lira=False)).targets[0].cost_sheets[0]
    assert [line.amount for line in exact.lines] == [lira("125.13"), lira("1125"), lira("1.13")]


def test_without_a_rate_and_rounding_amounts_stay_to_the_kurus():
    source, made = example().programmes[0], rolled(example(), 2026, Options(rate=Decimal(0), whole_lira=False))
    assert ledger(made) == ledger(source)
    assert made.targets[0].cost_sheets[0].split == source.targets[0].cost_sheets[0].split


def test_rounding_is_done_at_a_rate_of_zero_too():
    made = rolled(example(), 2026, Options(rate=Decimal(0), whole_lira=True))
    first = made.targets[0].cost_sheets[0]
    # 100,10; 900; 0,90
    assert [line.amount for line in first.lines] == [lira("100"), lira("900"), lira("1")]
    assert total(first.split.values()) == lira("1001")
    # what was budgeted is a fact and stays to the kuruş
    assert first.other_amounts[0].amount == lira("101.00")
    assert all(line.amount == line.amount.to_integral_value() for line in made.general_administration)


def test_amounts_can_be_emptied_and_sheets_stay():
    made = rolled(example(), 2026, Options(rate=None))
    assert ledger(made).grand_total.total == 0
    sheet = made.targets[0].cost_sheets[0]
    assert (sheet.lines, sheet.transfers, sheet.off_budget, sheet.split) == ((), (), {}, {})
    assert (sheet.activities, sheet.units) == (("a1", "a3"), ("u1", "u2"))
    assert (made.general_administration, made.transfers) == ((), ())


@pytest.mark.parametrize("rate", [None, Decimal(40)])
def test_amounts_become_last_years_budget(rate):
    made = rolled(example(), 2026, Options(rate=rate))
    assert made.targets[0].cost_sheets[0].other_amounts == (
        OtherAmount(2025, AmountKind.BUDGET, lira("101.00"), "03"),
        OtherAmount(2025, AmountKind.BUDGET, lira("900"), "06"),
        OtherAmount(2025, AmountKind.BUDGET, lira("7"), source="foreign"),
        OtherAmount(2025, AmountKind.BUDGET, lira("0"), source="revolving_fund"),
    )
    assert made.other_general_administration == (
        OtherAmount(2025, AmountKind.BUDGET, lira("4000"), "01"),
        OtherAmount(2025, AmountKind.BUDGET, lira("1000.01"), "09"),
    )


@pytest.mark.parametrize("rate", ["-100.01", "1000.01"])
def test_rate_beyond_reason_is_refused(rate):
    with pytest.raises(UserError, match=r"-100.*1\.000"):
        rolled(example(), 2026, Options(rate=Decimal(rate)))


def test_total_beyond_what_a_programme_holds_is_refused():
    municipality = example()
    newest, *others = municipality.programmes
    rich = replace(newest, general_administration=(replace(newest.general_administration[0], amount=MAX_AMOUNT / 2),))
    with pytest.raises(UserError, match=r"9\.999\.999\.999\.999,99"):
        rolled(replace(municipality, programmes=(rich, *others)), 2026, Options(rate=Decimal(200)))


def test_targets_that_do_not_continue_are_left_out():
    made = rolled(example(), 2026, Options(without=frozenset({"t1"})))
    assert [target.id for target in made.targets] == ["t2"]


@given(st.decimals(-100, 1000, places=2), st.booleans())
def test_parts_of_sheets_add_up_at_every_rate(rate, whole_lira):
    made = rolled(example(), 2026, Options(rate=rate, whole_lira=whole_lira))
    sheet = made.targets[0].cost_sheets[0]
    assert total(sheet.split.values()) == total(line.amount for line in sheet.lines)


def test_year_that_is_there_or_has_no_year_before_is_refused():
    with pytest.raises(UserError, match="2025"):
        rolled(example(), 2025, Options())
    with pytest.raises(UserError, match="2026"):
        rolled(example(), 2027, Options())


def _ending() -> Municipality:
    """The example with a plan that ends in 2025."""
    municipality = example()
    first, other = municipality.plans
    return replace(municipality, plans=(replace(first, last_year=2025), other))


def test_year_without_a_plan_is_refused():
    with pytest.raises(UserError, match="2026"):
        rolled(_ending(), 2026, Options())


def test_next_plan_takes_over_the_goals():
    options = Options(next_plan=NextPlan(2026, 2030))
    plan = new_year.plan_for(_ending(), 2026, options)
    assert (plan.first_year, plan.last_year, plan.mission) == (2026, 2030, "Hizmet etmek.")
    assert plan.goals == example().plans[0].goals
    assert len(rolled(_ending(), 2026, options).targets) == 2


def test_next_plan_without_goals_can_hold_no_targets():
    options = Options(next_plan=NextPlan(2026, 2030, with_goals=False))
    made = rolled(_ending(), 2026, options)
    assert made.targets == ()
    assert made.sub_programmes[0].objectives[0].objectives == ()
    assert [target.id for target in new_year.continuing(_ending(), 2026, options)[1]] == ["t1", "t2"]


@pytest.mark.parametrize(("first", "last"), [(2027, 2030), (2025, 2030), (2020, 2029)])
def test_next_plan_that_misses_the_year_or_meets_another_is_refused(first, last):
    with pytest.raises(UserError):
        rolled(_ending(), 2026, Options(next_plan=NextPlan(first, last)))
