"""The programme against the budget, to the kuruş."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.example import example

from perfdesk.domain.control import AppropriationByCode, AppropriationByUnit, Appropriations
from perfdesk.domain.money import total
from perfdesk.domain.reconciliation import Reconciliation, reconcile
from perfdesk.domain.totals import ledger

PROGRAMME = example().programmes[0]
UNITS = tuple(unit.id for unit in example().units)
AMOUNTS = st.decimals("0.00", "9999999999.99", places=2)
CODES = ("01", "03", "05", "09")


def compared(by_code: dict[str, Decimal], by_unit: dict[str, Decimal]) -> Reconciliation:
    stated = Appropriations(
        tuple(AppropriationByCode(code, amount) for code, amount in by_code.items()),
        tuple(AppropriationByUnit(amount, unit) for unit, amount in by_unit.items()),
    )
    return reconcile(replace(PROGRAMME, appropriations=stated), ledger(PROGRAMME), UNITS)


@given(
    st.dictionaries(st.sampled_from(CODES), AMOUNTS, min_size=1),
    st.dictionaries(st.sampled_from((*UNITS, "")), AMOUNTS, min_size=1),
)
def test_both_sides_add_up(by_code: dict[str, Decimal], by_unit: dict[str, Decimal]) -> None:
    """All the programme has within the budget is in each list, once, and so is all that was entered."""
    found = compared(by_code, by_unit)
    assert found.programme == ledger(PROGRAMME).grand_total.budget > 0
    for rows, entered in ((found.by_code, by_code), (found.by_unit, by_unit)):
        assert total(row.programme for row in rows) == found.programme
        assert total(row.budget for row in rows) == total(entered.values())
        assert total(row.difference for row in rows) == found.programme - total(entered.values())
    assert found.budget_by_code == total(by_code.values())
    assert found.budget_by_unit == total(by_unit.values())


def test_what_was_not_entered_is_not_compared() -> None:
    assert compared({}, {}) == Reconciliation(ledger(PROGRAMME).grand_total.budget, (), ())
    assert compared({"01": Decimal(1)}, {}).by_unit == ()


def test_a_code_entered_twice_is_one() -> None:
    twice = tuple(AppropriationByCode("03", Decimal(amount)) for amount in ("10.10", "0.90"))
    found = reconcile(replace(PROGRAMME, appropriations=Appropriations(twice)), ledger(PROGRAMME), UNITS)
    assert [row.budget for row in found.by_code if row.key == "03"] == [Decimal("11.00")]
