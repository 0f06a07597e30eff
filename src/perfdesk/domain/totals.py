"""The one ledger: every total of every table is computed here, from the leaves, and stored nowhere.

Sources: the guide's tables 1-4; a cost sheet's transfers are not its activities' cost (they go to the transfer
column), and shares are taken of the same column's grand total.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from perfdesk.domain.costs import CostSheet, Transfer
from perfdesk.domain.money import ZERO, total
from perfdesk.domain.programme import Programme, SubProgramme, Target

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
class HolderSums:
    """What the cost sheets of a target or sub-programme add up to."""

    holder: Target | SubProgramme
    sheets: tuple[SheetNeed, ...]
    need: Need
    by_code: Mapping[str | None, Decimal]
    by_source: Mapping[str, Decimal]
    transfers: Mapping[str | None, Decimal]


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
    holders: tuple[HolderSums, ...] = field(default=(), compare=False, repr=False)

    def of_holder(self, holder: Target | SubProgramme) -> HolderSums:
        """Return the sums of a target or sub-programme of the programme."""
        return next(sums for sums in self.holders if sums.holder is holder)

    def of_sheet(self, sheet: CostSheet) -> SheetNeed:
        """Return the sums of a cost sheet; of one that the programme does not have yet they are made."""
        for sums in self.holders:
            for one, need in zip(sums.holder.cost_sheets, sums.sheets, strict=True):
                if one is sheet:
                    return need
        return sheet_need(sheet)

    @property
    def activities_total(self) -> Need:
        """Performans hedefleri maliyetleri toplamı."""
        return Need(total(self.activities.values()), total(self.off_budget.values()))

    @property
    def general_administration_total(self) -> Need:
        """Genel yönetim giderleri toplamı."""
        return Need(total(self.general_administration.values()))

    @property
    def sheet_transfers(self) -> Decimal:
        """What the cost sheets transfer; the rest of the transfers is entered for the whole administration."""
        return total(sheet.transfers for sheet in self.sheets)

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


def ledger(programme: Programme, before: Ledger | None = None) -> Ledger:
    """Add up a programme from its leaves.

    Given the ledger from before an edit, the sums of what the edit did not touch are taken over: snapshots share it, so
    that identity tells.
    """
    known = {id(sums.holder): sums for sums in before.holders} if before else {}
    holders = tuple(known.get(id(holder)) or _holder_sums(holder) for holder in programme.holders())
    sheets: list[SheetNeed] = []
    targets: dict[str, Need] = {}
    activities: dict[str | None, Decimal] = {}
    off_budget: dict[str, Decimal] = {}
    transfers = by_code(programme.transfers)
    for sums in holders:
        sheets += sums.sheets
        _add(activities, sums.by_code)
        _add(off_budget, sums.by_source)
        _add(transfers, sums.transfers)
        if isinstance(sums.holder, Target):
            targets[sums.holder.id] = sums.need
    general: dict[str | None, Decimal] = {}
    for line in programme.general_administration:
        general[line.code] = general.get(line.code, ZERO) + line.amount
    return Ledger(tuple(sheets), targets, activities, off_budget, general, transfers, holders)


def _holder_sums(holder: Target | SubProgramme) -> HolderSums:
    need = Need()
    codes: dict[str | None, Decimal] = {}
    sources: dict[str, Decimal] = {}
    transfers: dict[str | None, Decimal] = {}
    sheets = tuple(map(sheet_need, holder.cost_sheets))
    for sheet, sums in zip(holder.cost_sheets, sheets, strict=True):
        need += sums.need
        _add(codes, sums.by_code)
        _add(sources, sums.by_source)
        if sheet.transfers:
            _add(transfers, by_code(sheet.transfers))
    return HolderSums(holder, sheets, need, codes, sources, transfers)


def by_code(transfers: Iterable[Transfer]) -> dict[str | None, Decimal]:
    """Return transfers summed by economic code."""
    sums: dict[str | None, Decimal] = {}
    for transfer in transfers:
        sums[transfer.code] = sums.get(transfer.code, ZERO) + transfer.amount
    return sums


def _add(sums: dict[_Key, Decimal], more: Mapping[_Key, Decimal]) -> None:
    for key, amount in more.items():
        sums[key] = sums.get(key, ZERO) + amount
