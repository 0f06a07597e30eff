"""Spending units whose names are so alike that they may be the same: said before a second one is made."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.administration import Unit

# what many names end with, folded; it tells no unit from another
_COMMON: Final = frozenset(
    (
        "mudurlugu",
        "mudurluk",
        "md",
        "mud",
        "baskanligi",
        "baskanlik",
        "daire",
        "dairesi",
        "sefligi",
        "birimi",
        "birim",
        "isleri",
        "hizmetleri",
        "ve",
    )
)
# shorter words are alike by chance
_SHORTEST: Final = 3
# one wrong or missing letter in a word of six
_ALIKE: Final = 0.85


def similar_units(units: Sequence[Unit], typed: str, but: int = 0) -> list[Unit]:
    """Return the units that a typed name may mean, the row ``but`` left out; none where it says too little."""
    words = _words(typed)
    if not words or sum(map(len, words)) < _SHORTEST:
        return []
    return [unit for unit in units if unit.row != but and _is_alike(unit, turkish.fold(typed).strip(), words)]


def _is_alike(unit: Unit, folded: str, words: list[str]) -> bool:
    names = [turkish.fold(name).strip() for name in (unit.name, unit.abbreviation, *unit.aliases) if name.strip()]
    return folded in names or any(_same_words(words, _words(name)) for name in names)


def _same_words(words: list[str], others: list[str]) -> bool:
    """Whether the words that matter are the same, whatever their order, but for a letter."""
    if len(words) != len(others):
        return False
    return all(_same(word, other) for word, other in zip(sorted(words), sorted(others), strict=True))


def _same(word: str, other: str) -> bool:
    return word == other or SequenceMatcher(None, word, other, autojunk=False).ratio() >= _ALIKE


def _words(name: str) -> list[str]:
    """Return the words that tell a unit from others, folded; all where every one is common."""
    words = ["".join(filter(str.isalnum, word)) for word in turkish.fold(name).replace("-", " ").split()]
    words = [word for word in words if word]
    return [word for word in words if word not in _COMMON] or words
