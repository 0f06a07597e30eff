"""Amounts in lira as Decimal with two decimals; kuruş as integers exist only in the store."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext
from typing import Final

from perfdesk.domain.numbers import round_half_up

ZERO: Final = Decimal("0.00")
# The largest number of kuruş that Excel's 15 significant digits hold exactly; totals included.
MAX_AMOUNT: Final = Decimal("9999999999999.99")
KURUS: Final = Decimal("0.01")
_HUNDRED: Final = Decimal(100)
# two amounts multiplied have more digits than Python's decimals keep by themselves
_DIGITS: Final = 60


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return the sum of amounts; of none, zero with two decimals."""
    return sum(amounts, ZERO)


def share(part: Decimal, whole: Decimal) -> Decimal:
    """Return part ÷ whole × 100 with two decimals, half up; of a whole of zero, 0,00."""
    return round_half_up(part * _HUNDRED / whole, 2) if part and whole else ZERO


def divided(parts: Sequence[Decimal], whole: Decimal, step: Decimal = KURUS) -> list[Decimal]:
    """Return a whole divided as another was, in steps: those cut short most are rounded up until nothing is left.

    Where all parts are zero, the first takes the whole.
    """
    base = total(parts)
    if not base:
        return [whole if at == 0 else ZERO for at in range(len(parts))]
    with localcontext(prec=_DIGITS):
        exact = [divmod(part * whole, base * step) for part in parts]
        shares = [steps * step for steps, _left in exact]
        left = whole - total(shares)
        # sorted keeps the order of equals, so that the same parts always give the same shares
        for at in sorted(range(len(exact)), key=lambda at: -exact[at][1]):
            more = min(step, left)
            shares[at] += more
            left -= more
        return [share.quantize(KURUS) for share in shares]
