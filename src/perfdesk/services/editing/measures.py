"""Units of measure as they are written: a typed "m2" is m²."""

import re
from collections.abc import Iterable
from typing import Final

from perfdesk.domain import turkish

# offered also where no indicator has them yet: a keyboard has no key for them
RAISED: Final = ("m²", "m³", "km²")
_POWERS: Final = {"2": "²", "3": "³"}
_PLAIN: Final = re.compile(r"\b([kcdm]?m)([23])\b", re.IGNORECASE)
_TO_DIGITS: Final = str.maketrans({raised: digit for digit, raised in _POWERS.items()})


def written(unit: str) -> str:
    """Return a unit of measure with its powers raised: "m3/gün" → "m³/gün"."""
    return _PLAIN.sub(lambda found: found[1].lower() + _POWERS[found[2]], unit)


def offered(used: Iterable[str]) -> list[tuple[str, str]]:
    """Return the units to choose from, those in use and some that are hard to type, each with what it is found by."""
    units = {written(unit) for unit in used if unit} | {*RAISED}
    return [(unit, _search(unit)) for unit in sorted(units, key=turkish.sort_key)]


def _search(unit: str) -> str:
    folded = turkish.fold(unit)
    return " ".join(dict.fromkeys((folded, folded.translate(_TO_DIGITS))))
