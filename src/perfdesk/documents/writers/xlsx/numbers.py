"""Number formats: the code that shows a number as pages print it.

The printed text says everything: decimals, thousands, currency. Under Turkish settings a spreadsheet then shows the
same text, while the cell holds a number that can be added up.
"""

import re
from typing import Final

from perfdesk.tables.table import ColumnKind

DEFAULT: Final = "#,##0.00"
# Texts of one shape share a format: all digits count alike.
SHAPE: Final = {ord(digit): "0" for digit in "123456789"}

_PRINTED: Final = re.compile(r"([^\d-]*)(-?)(\d[\d.]*)(?:,(\d+))?(\D*)")
# What Excel's numbers hold exactly, and the decimals a format may have.
_MAX_DIGITS: Final = 15


def code_of(shape: str, kind: ColumnKind) -> str | None:
    """Return the format code of a printed number, or None where Excel would lose digits of it."""
    if sum(character == "0" for character in shape) > _MAX_DIGITS:
        return None
    match = _PRINTED.fullmatch(shape)
    if not match:
        return DEFAULT
    prefix, _, whole, decimals, suffix = match.groups()
    grouped = kind is not ColumnKind.SHARE and ("." in whole or len(whole) <= 3)
    core = "#,##0" if grouped else "0"
    if decimals:
        core += "." + "0" * len(decimals)
    core += _quoted(suffix)
    # with a text before it, Excel would set the sign before the text
    return f"{_quoted(prefix)}{core};{_quoted(prefix)}-{core}" if prefix else core


def is_exact(printed: str, kind: ColumnKind) -> bool:
    """Whether a printed number can be a number in a sheet: an indicator may have sixty digits."""
    return len(printed) <= _MAX_DIGITS or code_of(printed.translate(SHAPE), kind) is not None


def with_zero(code: str, zero: str) -> str:
    """Return a format that shows zero as a text."""
    positive, _, negative = code.partition(";")
    return f"{positive};{negative or '-' + positive};{_quoted(zero)}"


def is_word(text: str) -> bool:
    """Whether a printed number has no digit: zero as "-"."""
    return not any(character.isdigit() for character in text)


def decimals_of(text: str) -> int:
    """Return the number of decimals a printed number shows."""
    _, comma, decimals = text.rpartition(",")
    return sum(character.isdigit() for character in decimals) if comma else 0


def _quoted(text: str) -> str:
    return "".join(r"\"" if part == '"' else f'"{part}"' for part in re.split('(")', text) if part)
