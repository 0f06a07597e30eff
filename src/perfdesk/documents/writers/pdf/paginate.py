"""Filling pages with strips: where each page ends, and what is repeated on the next."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from perfdesk.documents.writers.pdf.page import Encoder, Page, frame
from perfdesk.documents.writers.pdf.strip import Group, Strip
from perfdesk.documents.writers.pdf.style import Look

# less than this on the last page before a forced break is better avoided
_LITTLE: Final = 62.0
_TOO_LITTLE: Final = 55
_EMPTY_PAGE: Final = 100
# what it costs to press strips closer together: in any case, and as far as they can be
_PRESSED: Final = 6
_PRESSED_FULLY: Final = 8
# how much further strips that might be pressed are looked at, in pages
_FURTHER: Final = 0.2
_ROUNDING: Final = 0.01


def paginate(strips: Iterable[Strip], encoder: Encoder, look: Look) -> Iterator[Page]:
    """Yield pages filled with the strips; no more of them is held than the next page and a little."""
    source = _Source(strips)
    while source.waiting:
        wide = source.waiting[0].wide
        _, _, top, bottom = frame(wide=wide)
        resumed = source.waiting[0].resume
        space = bottom - top - sum(strip.height for strip in resumed)
        run, complete = source.run(space * (1 + _FURTHER) + _LITTLE)
        count = len(run) if complete and _height(run, spared=True) <= space else _break(run, space, complete=complete)
        page = Page(encoder, wide=wide)
        for strip in resumed:
            page.place(strip, top, again=True)
            top += strip.height
        following = run[count] if count < len(run) else None
        _fill(page, _pressed(run[:count], space), top, following, look)
        del source.waiting[:count]
        source.run(0)
        page.settle()
        yield page


class _Source:
    """The strips still to be placed; those of the next page are in ``waiting``."""

    def __init__(self, strips: Iterable[Strip]) -> None:
        self._strips = iter(strips)
        self.waiting: list[Strip] = []
        self.run(0)

    def run(self, height: float) -> tuple[list[Strip], bool]:
        """Return strips of one kind of page up to more than a height, and whether a forced break follows them."""
        waiting = self.waiting
        total = 0.0
        n = 0
        while True:
            if n == len(waiting):
                strip = next(self._strips, None)
                if strip is None:
                    return waiting[:n], True
                waiting.append(strip)
            strip = waiting[n]
            if n and (strip.fresh or strip.wide != waiting[0].wide):
                return waiting[:n], True
            n += 1
            total += strip.height + strip.gap
            if total > height:
                return waiting[:n], False


def _height(strips: Sequence[Strip], *, spared: bool = False) -> float:
    """Return the height of strips below each other, without what they can spare if asked for."""
    height = sum(strip.height + strip.gap - (strip.spare if spared else 0) for strip in strips)
    # a page begins without a gap
    return height - strips[0].gap + (strips[0].spare - strips[0].slack if spared else 0) - _ROUNDING if strips else 0


def _pressed(strips: Sequence[Strip], space: float) -> Sequence[Strip]:
    """Return strips that fit into a space, pressed as little as can be."""
    height = _height(strips)
    if height <= space:
        return strips
    spare = height - _height(strips, spared=True)
    ratio = min((height - space) / spare, 1) if spare > 0 else 0
    return [strip.pressed(ratio) for strip in strips]


def _break(run: Sequence[Strip], space: float, *, complete: bool) -> int:
    """Return how many strips to put on this page: the break that costs least, of those that fit."""
    total = _height(run)
    best, least = 1, float("inf")
    y = spare = 0.0
    for n, strip in enumerate(run):
        if n:
            cost = strip.penalty + _EMPTY_PAGE * (max(space - y, 0) / space) ** 2
            if y > space + _ROUNDING:
                cost += _PRESSED + _PRESSED_FULLY * (y - space) / spare
            if complete and total - y - strip.gap < _LITTLE:
                cost += _TOO_LITTLE
            if cost <= least:
                best, least = n, cost
            y += strip.gap
            spare += strip.spare - strip.slack
        y += strip.height
        spare += strip.slack
        if y - spare > space + _ROUNDING:
            break
    return best


def _fill(page: Page, strips: Sequence[Strip], top: float, following: Strip | None, look: Look) -> None:
    tops: list[float] = []
    reach: dict[Group, tuple[float, float]] = {}
    y = top
    for n, strip in enumerate(strips):
        y += strip.gap if n else 0
        tops.append(y)
        y += strip.height
        for group in strip.groups:
            reach[group] = (reach[group][0] if group in reach else tops[-1], y)
    drawn: set[Group] = set()
    for strip, y in zip(strips, tops, strict=True):
        for group in strip.groups:
            if group not in drawn:
                drawn.add(group)
                begin, end = reach[group]
                page.show(group.draw(end - begin, group.shown), begin)
                group.shown = True
        page.place(strip, y)
    for group in following.groups if following else ():
        if group in reach:
            page.closing_rule(group.left, group.right, reach[group][1], look.palette.hair_line)
