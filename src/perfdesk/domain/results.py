"""Gerçekleşmeler: results of indicators and activities, and the year's accounts."""

from dataclasses import dataclass, field
from decimal import Decimal

from perfdesk.domain.resources import ResourceTable
from perfdesk.domain.value import BLANK, Value


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """Gösterge gerçekleşmesi: what was reached in a period, and why it deviates."""

    indicator: str
    period: str
    value: Value = BLANK
    explanation: str = ""
    status: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    evidence: str = ""
    measure: str = ""
    measure_unit: str = ""
    measure_date: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ActivityResult:
    """Faaliyet gerçekleşmesi: money spent in a period; None is not known."""

    activity: str
    period: str
    spent: Decimal | None = None
    explanation: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Revenue:
    """Gelir: one revenue kind of the year."""

    estimate: Decimal
    collected: Decimal
    refunds: Decimal
    code: str = ""
    name: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ExpenditureByCode:
    """Ekonomik koda göre gider, as a document states it."""

    code: str
    appropriation: Decimal
    spent: Decimal
    name: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ExpenditureByUnit:
    """Birime göre gider, as a document states it."""

    unit: str
    initial: Decimal
    appropriation: Decimal
    spent: Decimal
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Expenditure:
    """Gider: one fact of the unit × code table from which both views follow."""

    unit: str
    code: str
    initial: Decimal
    appropriation: Decimal
    spent: Decimal
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class BalanceSheetItem:
    """Bilanço kalemi: an account group or account; may be negative."""

    side: str
    amount: Decimal
    code: str = ""
    name: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Debt:
    """Borç: a debt at the end of the year."""

    amount: Decimal
    name: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Mali bilgiler: the year's revenue, expenditure, balance sheet and debts."""

    revenue: tuple[Revenue, ...] = ()
    expenditure_by_code: tuple[ExpenditureByCode, ...] = ()
    expenditure_by_unit: tuple[ExpenditureByUnit, ...] = ()
    expenditure: tuple[Expenditure, ...] = ()
    balance_sheet: tuple[BalanceSheetItem, ...] = ()
    debts: tuple[Debt, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """Performans sonuçları of a programme year."""

    indicators: tuple[IndicatorResult, ...] = ()
    activities: tuple[ActivityResult, ...] = ()
    budget: Accounts = Accounts()
    unit_tables: tuple[ResourceTable, ...] = ()
