"""Turkish numbers: 1.234.567,89, written from Decimal and read strictly.

What cannot be read with certainty is refused with a suggestion, never guessed: in a Turkish office "1.234"
may be a thousand, "1,234.50" is English, and one of the two in the wrong cell is a wrong figure in print.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from perfdesk.domain.errors import NumberError
from perfdesk.i18n import N_

# quantize refuses results longer than the context; an indicator may have sixty digits
_WIDE: Final = Context(prec=100)
_SWAP: Final = str.maketrans(",.", ".,")
# a thousands point after a zero is none: 0.123 is an English 0,123
_TURKISH: Final = re.compile(r"(-?)([1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(\d+))?")
_ENGLISH: Final = re.compile(r"(-?)([1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.(\d+))?")
# the blanks that spreadsheets and web pages put around numbers, and inside for thousands
_BLANKS: Final = " \u00a0\u202f\u2009"
_SPACED: Final = re.compile(rf"(-?)([1-9]\d{{0,2}}(?:[{_BLANKS}]\d{{3}})+)(,\d+)?")
# as many characters as the store and the exchange format take
_LONGEST: Final = 60
_SHOWN: Final = 40
_CURRENCY: Final = re.compile(r"^₺|(?:₺|TL)$")
# in Turkish before the number, elsewhere behind it; the minus may stand before either
_PERCENT_BEFORE: Final = re.compile(rf"^(-?)%[{_BLANKS}]*")


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Return the value with so many decimals, halves away from zero, as official tables round."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


def format_number(value: Decimal, places: int | None = None) -> str:
    """Return a number in Turkish notation, with its own decimals or with so many."""
    if places is not None and -value.as_tuple().exponent != places:  # type: ignore[operator] # never infinite here
        value = round_half_up(value, places)
    # nothing is not printed as less than nothing
    return f"{value or value.copy_abs():,f}".translate(_SWAP)


def parse_number(text: str) -> Decimal:
    """Read a typed Turkish number, keeping its decimals as typed.

    Raises:
        NumberError: the text is not a number, or could mean two; with a suggestion where there is one.
    """
    compact = _compact(text)
    match = _TURKISH.fullmatch(compact)
    if match and compact.isascii():
        sign, whole, decimals = match.groups()
        digits = f"{whole.replace('.', '').lstrip('0') or '0'}.{decimals or ''}".rstrip(".")
        if len(sign + digits) > _LONGEST:
            raise NumberError(
                N_("“{typed}” has too many digits: a number can have up to {limit} characters."),
                typed=shortened(text),
                limit=_LONGEST,
            )
        number = Decimal(digits)
        return number.copy_negate() if sign and number else number
    suggestion = _suggest(compact)
    if suggestion:
        raise NumberError(
            N_(
                "“{typed}” cannot be read with certainty: thousands are separated by points, decimals by a comma. "
                "Did you mean {suggestion}?"
            ),
            typed=shortened(text),
            suggestion=suggestion,
        )
    raise NumberError(
        N_("“{typed}” is not a number. Write it with points for thousands and a comma for decimals, e.g. 1.234,56."),
        typed=shortened(text),
    )


def parse_percentage(text: str) -> Decimal:
    """Read a typed percentage, whose sign may be left out: 50, %50, % 50, 50 %.

    Raises:
        NumberError: it is none.
    """
    return parse_number(without_percent(text))


def without_percent(text: str) -> str:
    """Return a typed text without the percent sign before or behind it, of which it may have one."""
    bare = text.strip()
    number = bare[:-1].rstrip() if bare.endswith("%") else _PERCENT_BEFORE.sub(r"\1", bare, count=1)
    return number if number and "%" not in number else bare


def _compact(text: str) -> str:
    """Return the text without blanks around the number, after its minus, and between its thousands."""
    compact = text.strip()
    if compact.startswith("-"):
        compact = "-" + compact[1:].lstrip(_BLANKS)
    return re.sub(f"[{_BLANKS}]", "", compact) if _SPACED.fullmatch(compact) else compact


def shortened(text: str) -> str:
    """Return typed text as a sentence about it can show it."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def parse_amount(text: str, *, limit: Decimal) -> Decimal:
    """Read a typed amount in lira: at most two decimals, not negative, at most ``limit``; ₺ and TL may stand by it.

    Raises:
        NumberError: it is not such an amount.
    """
    value = parse_number(_CURRENCY.sub("", text.strip()))
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -2:
        raise NumberError(
            N_("“{typed}” has more than two decimals. Did you mean {suggestion}?"),
            typed=shortened(text),
            suggestion=format_number(value, 2),
        )
    if value < 0:
        raise NumberError(N_("“{typed}” is negative; an amount cannot be less than zero."), typed=shortened(text))
    if value > limit:
        raise NumberError(
            N_("“{typed}” is too large: amounts go up to {limit} TL."),
            typed=shortened(text),
            limit=format_number(limit),
        )
    return value.quantize(Decimal("0.01"))


def _suggest(compact: str) -> str:
    """Return what a number in another notation may have meant, in Turkish notation, or ""."""
    compact = compact.strip(f"%{_BLANKS}")
    if not compact.isascii() or len(compact) > _LONGEST:
        return ""
    for pattern, thousands, point in ((_TURKISH, ".", ","), (_ENGLISH, ",", ".")):
        if pattern.fullmatch(compact):
            return format_number(Decimal(compact.replace(thousands, "").replace(point, ".")))
    # groups of the wrong length, as in 7.500.00: the last short group may be the decimals
    parts = re.split(r"[.,]", compact)
    if len(parts) > 1 and all(part.isdigit() for part in parts) and parts[0]:
        *whole, last = parts
        if len(last) in (1, 2):
            return format_number(Decimal(f"{''.join(whole)}.{last}"))
    return ""
