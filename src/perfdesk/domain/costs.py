"""Faaliyet maliyetleri: cost sheets, transfers and administration-wide amounts. No total is ever stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

# what an amount stands under that has no economic code, where tables and grids need a key for it
UNCLASSIFIED: Final = "unclassified"
OFF_BUDGET_SOURCES: Final = ("revolving_fund", "other_domestic", "foreign")


class AmountKind(StrEnum):
    """What an amount of another year says; the programme year's own budget is in the cost lines."""

    BUDGET = "budget"
    SPENDING = "spending"
    ESTIMATE = "estimate"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class CostLine:
    """Ödenek satırı: an amount under an economic code; code None is "not classified"."""

    code: str | None
    amount: Decimal
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Transfer:
    """Diğer idarelere transfer: money for another administration, not a cost of the activity."""

    recipient: str
    code: str
    amount: Decimal
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class OtherAmount:
    """An amount of another year or kind, by economic code (None: not classified) or off-budget source."""

    year: int
    kind: AmountKind
    amount: Decimal
    code: str | None = None
    source: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CostSheet:
    """Faaliyet maliyetleri tablosu: the cost of one or more activities."""

    activities: tuple[str, ...]
    units: tuple[str, ...] = ()
    cooperating_units: tuple[str, ...] = ()
    note: str = ""
    lines: tuple[CostLine, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    off_budget: Mapping[str, Decimal] = field(default_factory=dict)
    split: Mapping[str, Decimal] = field(default_factory=dict)
    other_amounts: tuple[OtherAmount, ...] = ()
    row: int = field(default=0, compare=False)
