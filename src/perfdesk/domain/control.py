"""What a programme is checked against and what was said to findings: the budget's appropriations, acceptances."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class AppropriationByCode:
    """Ekonomik koda göre bütçe ödeneği, as the budget has it."""

    code: str
    amount: Decimal
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class AppropriationByUnit:
    """Birime göre bütçe ödeneği, as the budget has it; "" is a unit not given yet."""

    amount: Decimal
    unit: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Appropriations:
    """Bütçe ödenekleri of the programme's year, typed from the budget and never summed from the programme."""

    by_code: tuple[AppropriationByCode, ...] = ()
    by_unit: tuple[AppropriationByUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding that stays as it is, and why. It holds as long as the finding is the same.

    ``fingerprint`` is the finding's, ``date`` an ISO date.
    """

    fingerprint: str
    rule: str
    reason: str
    date: str
    row: int = field(default=0, compare=False)
