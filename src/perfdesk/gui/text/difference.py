"""Where two states of a text differ: from which block to which, and up to which letter of the last one."""

from collections.abc import Sequence
from typing import NamedTuple

from perfdesk.domain.texts import BlockKind, TextBlock


class Difference(NamedTuple):
    """How many blocks are the same above and below, and how many letters at the end of the last that is not."""

    above: int
    below: int
    letters: int


def difference(now: Sequence[TextBlock], before: Sequence[TextBlock]) -> Difference:
    """Return where a text is another one than before; what could be counted as above is not counted as below."""
    above = _same(now, before)
    below = _same(now[above:][::-1], before[above:][::-1])
    new, old = now[above : len(now) - below], before[above : len(before) - below]
    letters = 0
    if new and old:
        # as Qt counts them
        text, other = (_letters(block).encode("utf-16-le", "surrogatepass") for block in (new[-1], old[-1]))
        pairs, others = _pairs(text), _pairs(other)
        start = _same(pairs, others)
        letters = _same(pairs[start:][::-1], others[start:][::-1])
    return Difference(above, below, letters)


def _same(one: Sequence[object], other: Sequence[object]) -> int:
    """Return how many items two sequences begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _letters(block: TextBlock) -> str:
    return block.caption if block.kind is BlockKind.PICTURE else "".join(run.text for run in block.runs)


def _pairs(text: bytes) -> list[bytes]:
    return [text[at : at + 2] for at in range(0, len(text), 2)]
