"""The one ledger: every total of every table is computed here, from the leaves, and stored nowhere.

Sources: the guide's tables 1-4; a cost sheet's transfers are not its activities' cost (they go to the transfer
column), and shares are taken of the same column's grand total.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from perfdesk.domain.costs import CostSheet, Transfer
from perfdesk.domain.money import ZERO, total
from perfdesk.domain.programme import Programme, Target

_Key = TypeVar("_Key", str, str | None)


@dataclass(frozen=True, slots=True)
class Need:
    """Kaynak ihtiyacı in lira: within the budget and off it."""

    budget: Decimal = ZERO
    off_budget: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """Both together."""
        return self.budget + self.off_budget

    def __add__(self, other: "Need") -> "Need":
        return Need(self.budget + other.budget, self.off_budget + other.off_budget)


@dataclass(frozen=True, slots=True)
class SheetNeed:
    """A cost sheet's sums: by economic code (None: not classified), by off-budget source, and its transfers."""

    by_code: Mapping[str | None, Decimal]
    by_source: Mapping[str, Decimal]
    need: Need
    transfers: Decimal


@dataclass(frozen=True, slots=True)
class Ledger:
    """All sums of a programme in lira.

    ``activities``, ``general_administration`` and ``transfers`` are the columns of table 4, by code;
    ``sheets`` follow the holders' order, ``targets`` are keyed by target id.
    """

    sheets: tuple[SheetNeed, ...]
    targets: Mapping[str, Need]
    activities: Mapping[str | None, Decimal]
    off_budget: Mapping[str, Decimal]
    general_administration: Mapping[str | None, Decimal]
    transfers: Mapping[str | None, Decimal]

    @property
    def activities_total(self) -> Need:
        """Performans hedefleri maliyetleri toplamı."""
        return Need(total(self.activities.values()), total(self.off_budget.values()))

    @property
    def general_administration_total(self) -> Need:
        """Genel yönetim giderleri toplamı."""
        return Need(total(self.general_administration.values()))

    @property
    def transfers_total(self) -> Need:
        """Diğer idarelere transfer edilecek kaynaklar toplamı."""
        return Need(total(self.transfers.values()))

    @property
    def grand_total(self) -> Need:
        """Genel toplam."""
        return self.activities_total + self.general_administration_total + self.transfers_total


def sheet_need(sheet: CostSheet) -> SheetNeed:
    """Return the sums of one cost sheet."""
    by_code: dict[str | None, Decimal] = {}
    for line in sheet.lines:
        by_code[line.code] = by_code.get(line.code, ZERO) + line.amount
    return SheetNeed(
        by_code,
        sheet.off_budget,
        Need(total(by_code.values()), total(sheet.off_budget.values())),
        total(transfer.amount for transfer in sheet.transfers),
    )


def ledger(programme: Programme) -> Ledger:
    """Add up a programme from its leaves."""
    sheets: list[SheetNeed] = []
    targets: dict[str, Need] = {}
    activities: dict[str | None, Decimal] = {}
    off_budget: dict[str, Decimal] = {}
    transfers = by_code(programme.transfers)
    for holder in programme.holders():
        need = Need()
        for sheet in holder.cost_sheets:
            sums = sheet_need(sheet)
            sheets.append(sums)
            need += sums.need
            _add(activities, sums.by_code)
            _add(off_budget, sums.by_source)
            if sheet.transfers:
                _add(transfers, by_code(sheet.transfers))
        if isinstance(holder, Target):
            targets[holder.id] = need
    general: dict[str | None, Decimal] = {}
    for line in programme.general_administration:
        general[line.code] = general.get(line.code, ZERO) + line.amount
    return Ledger(tuple(sheets), targets, activities, off_budget, general, transfers)


def by_code(transfers: Iterable[Transfer]) -> dict[str | None, Decimal]:
    """Return transfers summed by economic code."""
    sums: dict[str | None, Decimal] = {}
    for transfer in transfers:
        sums[transfer.code] = sums.get(transfer.code, ZERO) + transfer.amount
    return sums


def _add(sums: dict[_Key, Decimal], more: Mapping[_Key, Decimal]) -> None:
    for key, amount in more.items():
        sums[key] = sums.get(key, ZERO) + amount
