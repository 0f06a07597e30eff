from collections import Counter
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import amounts, municipalities

from perfdesk.domain.costs import CostSheet
from perfdesk.domain.money import MAX_AMOUNT, ZERO, share, total
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.domain.totals import Need, ledger

Sums = Counter[tuple[str, object]]


def kurus(amount: Decimal) -> int:
    return round(Fraction(amount) * 100)


def leaves(programme: Programme) -> Sums:
    """Add up in whole kuruş, walking over everything once."""
    sums: Sums = Counter()
    for holder in programme.holders():
        for sheet in holder.cost_sheets:
            for line in sheet.lines:
                sums["activities", line.code] += kurus(line.amount)
                sums["holder budget", id(holder)] += kurus(line.amount)
            for source, amount in sheet.off_budget.items():
                sums["off budget", source] += kurus(amount)
                sums["holder off budget", id(holder)] += kurus(amount)
            for transfer in sheet.transfers:
                sums["transfers", transfer.code] += kurus(transfer.amount)
    for line in programme.general_administration:
        sums["general", line.code] += kurus(line.amount)
    for transfer in programme.transfers:
        sums["transfers", transfer.code] += kurus(transfer.amount)
    return sums


def whole(sums: Sums, name: str) -> int:
    return sum(amount for (of, _), amount in sums.items() if of == name)


@given(municipalities(max_targets=6, sections=False, tables=False, results=False))
def test_ledger_against_an_independent_sum(municipality: Municipality) -> None:
    for programme in municipality.programmes:
        sums, found = leaves(programme), ledger(programme)
        for name, column in (
            ("activities", found.activities),
            ("off budget", found.off_budget),
            ("general", found.general_administration),
            ("transfers", found.transfers),
        ):
            keys = {key for of, key in sums if of == name}
            assert {key: kurus(amount) for key, amount in column.items()} == {key: sums[name, key] for key in keys}
        for target in programme.targets:
            expected = (sums["holder budget", id(target)], sums["holder off budget", id(target)])
            need = found.targets[target.id]
            assert (kurus(need.budget), kurus(need.off_budget), kurus(need.total)) == (*expected, sum(expected))
        budget = whole(sums, "activities") + whole(sums, "general") + whole(sums, "transfers")
        assert kurus(found.grand_total.budget) == budget
        assert kurus(found.grand_total.off_budget) == whole(sums, "off budget")
        assert kurus(found.activities_total.total) == whole(sums, "activities") + whole(sums, "off budget")
        assert kurus(found.general_administration_total.total) == whole(sums, "general")
        assert kurus(found.transfers_total.total) == whole(sums, "transfers")
        assert found.grand_total.total <= MAX_AMOUNT
        assert len(found.sheets) == sum(len(holder.cost_sheets) for holder in programme.holders())
        for amount in (found.grand_total.total, found.activities_total.budget, *found.transfers.values()):
            assert amount.as_tuple().exponent == -2


@given(st.lists(amounts(), max_size=30))
def test_total(some: list[Decimal]) -> None:
    assert kurus(total(some)) == sum(map(kurus, some))
    assert str(total([])) == "0.00"


@given(amounts(), amounts())
def test_share_is_rounded_once_half_up(part: Decimal, of: Decimal) -> None:
    if not of:
        assert str(share(part, of)) == "0.00"
        return
    exact = Fraction(part) / Fraction(of) * 10_000
    expected = (exact.numerator * 2 + exact.denominator) // (exact.denominator * 2)
    assert share(part, of) == Decimal(expected).scaleb(-2)


def test_share_on_the_edge() -> None:
    assert str(share(Decimal("0.05"), Decimal(1000))) == "0.01"
    assert str(share(Decimal("0.04"), Decimal(1000))) == "0.00"
    assert str(share(MAX_AMOUNT, MAX_AMOUNT)) == "100.00"
    assert str(share(ZERO, ZERO)) == "0.00"


def test_empty_programme() -> None:
    found = ledger(Programme(2025))
    assert found.grand_total == Need()
    assert str(found.grand_total.total) == "0.00"


@given(municipalities())
def test_a_holder_and_a_sheet_have_the_sums_that_the_programme_has(municipality: Municipality) -> None:
    for programme in municipality.programmes:
        sums = ledger(programme)
        held = [sums.of_holder(holder) for holder in programme.holders()]
        assert [one.holder for one in held] == list(programme.holders())
        assert sum((one.need for one in held), Need()) == sums.activities_total
        sheets = [sheet for holder in programme.holders() for sheet in holder.cost_sheets]
        assert [sums.of_sheet(sheet) for sheet in sheets] == list(sums.sheets)
        own = total(transfer.amount for transfer in programme.transfers)
        assert sums.sheet_transfers + own == sums.transfers_total.total
        for sheet in sheets:
            assert all(programme.sheet_of(activity) == sheet for activity in sheet.activities)
    assert ledger(Programme(2027)).of_sheet(CostSheet((), ())).need == Need()
