"""Spending units whose names are so alike that they may be the same: said before a second one is made."""

from collections.abc import Sequence
from typing import Final

from perfdesk.checks.scene import words
from perfdesk.checks.settings import settings
from perfdesk.checks.similarity import are_one, telling
from perfdesk.domain import turkish
from perfdesk.domain.administration import Unit

# shorter words are alike by chance
_SHORTEST: Final = 3


def similar_units(units: Sequence[Unit], typed: str, but: int = 0) -> list[Unit]:
    """Return the units that a typed name may mean, the row ``but`` left out; none where it says too little.

    Two names that the checks take for one unit's are alike here too; abbreviations and aliases count as well.
    """
    own = _words(typed)
    if sum(map(len, own)) < _SHORTEST:
        return []
    return [unit for unit in units if unit.row != but and _is_alike(unit, turkish.fold(typed).strip(), own)]


def _is_alike(unit: Unit, folded: str, own: tuple[str, ...]) -> bool:
    names = [name for name in (unit.name, unit.abbreviation, *unit.aliases) if name.strip()]
    return any(turkish.fold(name).strip() == folded or are_one(own, _words(name)) for name in names)


def _words(name: str) -> tuple[str, ...]:
    """Return the words that tell a unit from others; all where every one is common."""
    return telling(name, settings().words.unit_common) or tuple(sorted(words(name)))
