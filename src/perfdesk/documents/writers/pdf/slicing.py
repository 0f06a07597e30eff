"""Cutting a strip that is too tall for a page, between its lines."""

from itertools import pairwise
from typing import Final

from perfdesk.documents.writers.pdf.strip import Strip

# how far the letters of a line reach above and below its baseline, in font sizes
_TOP: Final = 1.02
_BELOW: Final = 0.28


def sliced(strip: Strip) -> list[Strip]:
    """Return strips that show the same, each as low as can be without cutting a line.

    Two lines at either end stay together, as a paragraph's do.
    """
    extents = sorted((text.y - text.style.size * _TOP, text.y + text.style.size * _BELOW) for text in strip.texts)
    cuts: list[float] = []
    reached = extents[0][1] if extents else 0.0
    for top, bottom in extents:
        if top > reached - 0.01:
            cuts.append(top)
        reached = max(reached, bottom)
    if not cuts:
        return [strip]
    bounds = [0.0, *cuts, strip.height]
    slices = [
        Strip(
            bottom - top,
            areas=[area._replace(top=0, bottom=bottom - top) for area in strip.areas],
            resume=strip.resume,
            groups=strip.groups,
        )
        for top, bottom in pairwise(bounds)
    ]
    at = 0
    for text in sorted(strip.texts, key=lambda text: text.y):
        while text.y > bounds[at + 1]:
            at += 1
        slices[at].texts.append(text._replace(y=text.y - bounds[at]))
    first, last = slices[0], slices[-1]
    first.gap, first.penalty, first.mark, first.fresh = strip.gap, strip.penalty, strip.mark, strip.fresh
    first.owing = strip.owing
    last.rules = [rule._replace(y=rule.y - bounds[-2]) for rule in strip.rules]
    return slices


def control_widows(lines: list[Strip], penalty: int) -> None:
    """Keep the first two and the last two of a text's lines together."""
    if len(lines) > 1:
        lines[1].penalty += penalty
        lines[-1].penalty += penalty if len(lines) > 2 else 0
