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


def paginate(strips: Iterable[Strip], encoder: Encoder, look: Look) -> Iterator[Page]:
    """Yield pages filled with the strips; no more of them is held than the next page and a little."""
    source = _Source(strips)
    while source.waiting:
        wide = source.waiting[0].wide
        _, _, top, bottom = frame(wide=wide)
        resumed = source.waiting[0].resume
        space = bottom - top - sum(strip.height for strip in resumed)
        run, complete = source.run(space + _LITTLE)
        count = len(run) if complete and _height(run) <= space + 0.01 else _break(run, space, complete=complete)
        page = Page(encoder, wide=wide)
        for strip in resumed:
            page.place(strip, top)
            top += strip.height
        following = run[count] if count < len(run) else None
        _fill(page, run[:count], top, following, look)
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


def _height(strips: Sequence[Strip]) -> float:
    return sum(strip.height + strip.gap for strip in strips) - (strips[0].gap if strips else 0)


def _break(run: Sequence[Strip], space: float, *, complete: bool) -> int:
    """Return how many strips to put on this page: the break that costs least, of those that fit."""
    total = _height(run)
    best, least = 1, float("inf")
    y = 0.0
    for n, strip in enumerate(run):
        if n:
            cost = strip.penalty + _EMPTY_PAGE * ((space - y) / space) ** 2
            if complete and total - y - strip.gap < _LITTLE:
                cost += _TOO_LITTLE
            if cost <= least:
                best, least = n, cost
            y += strip.gap
        y += strip.height
        if y > space + 0.01:
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
