"""Names that are nearly the same: remembered by text, so that only new names are ever compared.

Letters alone do not tell: "atık yağ" and "atık pil" differ by as few as a slip of the keys. So names that look alike
are compared word by word, and must agree in all but endings, slips and words known to mean the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from perfdesk.checks.scene import words
from perfdesk.checks.settings import Settings

# endings are left alone from here on
_STEM: Final = 5
# one wrong letter in a word of six is a slip; in a shorter one it is another word
_SHORTEST: Final = 6
# so many differences at most make two names nearly the same
_MOST: Final = 2


@dataclass(frozen=True, slots=True)
class Near:
    """Which of the folded names that were compared are near each other."""

    compared: frozenset[str] = frozenset()
    pairs: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, name: str) -> frozenset[str]:
        """Return the names near a name."""
        return self.pairs.get(name, frozenset())


def caught_up(before: Near, names: Iterable[str], settings: Settings, most: int | None = None) -> Near:
    """Return what is known once these names, and no others, have been compared with each other.

    With ``most``, so many of the new ones are compared with all others; the rest waits for the next time.
    """
    from rapidfuzz import fuzz, process

    present = sorted({name for name in names if name})
    new = [name for name in present if name not in before.compared][:most]
    kept = set(present)
    pairs: dict[str, set[str]] = {
        name: {other for other in others if other in kept} for name, others in before.pairs.items() if name in kept
    }
    cutoff = settings.thresholds.alike
    alike = [" ".join(sorted(_telling(name, settings))) for name in present]
    for name in new:
        own = " ".join(sorted(_telling(name, settings)))
        for _text, _score, at in process.extract_iter(own, alike, scorer=fuzz.ratio, score_cutoff=cutoff):
            other = present[at]
            if other != name and is_near(name, other, settings):
                pairs.setdefault(name, set()).add(other)
                pairs.setdefault(other, set()).add(name)
    return Near(
        (before.compared & kept) | frozenset(new), {name: frozenset(others) for name, others in pairs.items() if others}
    )


def is_near(name: str, other: str, settings: Settings) -> bool:
    """Whether two folded names are one but for endings, slips and words that mean the same."""
    left, right = _telling(name, settings), _telling(other, settings)
    if len(left) != len(right) or not left:
        return False
    rest = list(right)
    differing = []
    for word in left:
        if word in rest:
            rest.remove(word)
        else:
            differing.append(word)
    if len(differing) > _MOST or (differing and len(differing) == len(left)):
        return False
    for word in differing:
        near = next((one for one in rest if is_same_word(word, one)), None)
        if near is None:
            return False
        rest.remove(near)
    return True


def _telling(name: str, settings: Settings) -> list[str]:
    """Return the words that count, each as the first of those that mean the same."""
    return [settings.synonyms.get(word, word) for word in name.split() if word not in settings.words.stop]


@lru_cache(maxsize=1024)
def telling(name: str, common: frozenset[str]) -> tuple[str, ...]:
    """Return the words, folded and in order, that tell a unit from others; none where every one is common."""
    return tuple(sorted(word for word in words(name) if word not in common))


@lru_cache(maxsize=4096)
def are_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether units with these telling words may be one: the same words but for their endings or a slip."""
    return (
        bool(one)
        and len(one) == len(other)
        and all(word == another or is_same_word(word, another) for word, another in zip(one, other, strict=True))
    )


def differ_by_slips(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether folded words are those of the other text but for a letter in one or two of them."""
    if len(one) != len(other):
        return False
    differing = [(word, another) for word, another in zip(one, other, strict=True) if word != another]
    return 0 < len(differing) <= _MOST and len(differing) < len(one) and all(is_slip(*pair) for pair in differing)


def is_slip(word: str, other: str) -> bool:
    """Whether two folded words of some length are one letter apart."""
    if min(len(word), len(other)) < _SHORTEST or word.isdigit() or other.isdigit():
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(word, other, score_cutoff=1) <= 1


def is_same_word(word: str, other: str) -> bool:
    """Whether two folded words are one but for their ending or a slip."""
    if word.isdigit() or other.isdigit():
        return False
    shorter = min(len(word), len(other))
    if shorter < _STEM:
        return False
    if word[:_STEM] == other[:_STEM] and word[: shorter - 2] == other[: shorter - 2]:
        return True
    return is_slip(word, other)
