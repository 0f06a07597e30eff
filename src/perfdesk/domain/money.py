"""Amounts in lira as Decimal with two decimals; kuruş as integers exist only in the store."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from perfdesk.domain.numbers import round_half_up

ZERO: Final = Decimal("0.00")
# The largest number of kuruş that Excel's 15 significant digits hold exactly; totals included.
MAX_AMOUNT: Final = Decimal("9999999999999.99")
_HUNDRED: Final = Decimal(100)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return the sum of amounts; of none, zero with two decimals."""
    return sum(amounts, ZERO)


def share(part: Decimal, whole: Decimal) -> Decimal:
    """Return part ÷ whole × 100 with two decimals, half up; of a whole of zero, 0,00."""
    return round_half_up(part * _HUNDRED / whole, 2) if part and whole else ZERO
