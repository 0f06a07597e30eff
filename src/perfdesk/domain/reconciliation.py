"""The programme against the budget's appropriations, by economic code and by unit, to the kuruş (MAL-04).

Off-budget amounts are in no appropriation and stand apart. Transfers to other administrations are appropriations of
their code, but of no unit's activities.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfdesk.domain.money import ZERO, total
from perfdesk.domain.programme import Programme
from perfdesk.domain.totals import Ledger


@dataclass(frozen=True, slots=True)
class Compared:
    """A code or unit ("" where there is none): what the programme has of it and what the budget gives, in lira."""

    key: str
    programme: Decimal
    budget: Decimal

    @property
    def difference(self) -> Decimal:
        """By how much the programme exceeds the budget; below zero where it stays under it."""
        return self.programme - self.budget


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Mutabakat. ``by_code`` and ``by_unit`` are empty where the budget's list has not been entered.

    In ``by_unit`` the key "" has what the programme says of no single unit: general administration, transfers, costs of
    several units together.
    """

    programme: Decimal
    by_code: tuple[Compared, ...]
    by_unit: tuple[Compared, ...]

    @property
    def budget_by_code(self) -> Decimal:
        """The sum of the appropriations by code."""
        return total(one.budget for one in self.by_code)

    @property
    def budget_by_unit(self) -> Decimal:
        """The sum of the appropriations by unit."""
        return total(one.budget for one in self.by_unit)


def reconcile(programme: Programme, books: Ledger, units: Iterable[str]) -> Reconciliation:
    """Compare a programme with its appropriations; ``units`` are the ids of all units, in their order."""
    stated = programme.appropriations
    codes = _sums((one.code, one.amount) for one in stated.by_code)
    of_units = _sums((one.unit, one.amount) for one in stated.by_unit)
    return Reconciliation(
        books.grand_total.budget,
        _compared(sorted({*_by_code(books), *codes}), _by_code(books), codes) if stated.by_code else (),
        _compared([*units, ""], _by_unit(programme, books), of_units) if stated.by_unit else (),
    )


def _compared(
    keys: Iterable[str], programme: Mapping[str, Decimal], budget: Mapping[str, Decimal]
) -> tuple[Compared, ...]:
    return tuple(
        Compared(key, programme.get(key, ZERO), budget.get(key, ZERO))
        for key in keys
        if key in programme or key in budget
    )


def _by_code(books: Ledger) -> Mapping[str, Decimal]:
    columns = (books.activities, books.general_administration, books.transfers)
    return _sums((code or "", amount) for column in columns for code, amount in column.items())


def _by_unit(programme: Programme, books: Ledger) -> Mapping[str, Decimal]:
    costs: list[tuple[str, Decimal]] = []
    for sums in books.holders:
        for sheet, need in zip(sums.holder.cost_sheets, sums.sheets, strict=True):
            (unit,) = sheet.units if len(sheet.units) == 1 else ("",)
            costs += [(unit, need.need.budget), ("", need.transfers)]
    costs += [("", line.amount) for line in programme.general_administration]
    costs += [("", transfer.amount) for transfer in programme.transfers]
    return _sums(costs)


def _sums(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for key, amount in amounts:
        sums[key] = sums.get(key, ZERO) + amount
    return sums
