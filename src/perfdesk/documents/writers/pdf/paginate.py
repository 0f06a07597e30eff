"""Filling pages with strips: where each page ends, and what is repeated on the next.

Where a page ends decides what the pages behind it can hold, so that the breaks of a few pages are chosen together.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from perfdesk.documents.writers.pdf.breaks import LITTLE, breaks, fitted
from perfdesk.documents.writers.pdf.page import Encoder, Page, frame
from perfdesk.documents.writers.pdf.strip import Group, Strip
from perfdesk.documents.writers.pdf.style import Look

# how many pages are looked at together, and how many of them are then filled
_AHEAD: Final = 6
_FILLED: Final = 3


def paginate(strips: Iterable[Strip], encoder: Encoder, look: Look) -> Iterator[Page]:
    """Yield pages filled with the strips; no more of them is held than a few pages."""
    source = _Source(strips)
    while source.waiting:
        wide = source.waiting[0].wide
        _, _, top, bottom = frame(wide=wide)
        height = bottom - top
        run, complete = source.run(height * _AHEAD + LITTLE)
        ends = breaks(run, height, complete=complete)
        if complete and source.turn(_leading_on(run, height, len(ends))):
            continue
        start = 0
        for end in ends if complete else ends[:_FILLED]:
            page = Page(encoder, wide=wide)
            y = top
            for strip in run[start].resume:
                page.place(strip, y, again=True)
                y += strip.height
            following = run[end] if end < len(run) else None
            _fill(page, fitted(run[start:end], following, bottom - y), y, following, look)
            page.settle()
            yield page
            start = end
        del source.waiting[:start]
        source.run(0)


class _Source:
    """The strips still to be placed; those of the next page are in ``waiting``."""

    def __init__(self, strips: Iterable[Strip]) -> None:
        self._strips = iter(strips)
        self.waiting: list[Strip] = []
        self.run(0)

    def turn(self, texts: range) -> bool:
        """Let texts stand on the turned page that they lead to; return whether there are any."""
        if texts:
            self.waiting[texts.start : texts.stop] = self.waiting[texts.start].turned
        return bool(texts)

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


def _leading_on(run: Sequence[Strip], height: float, pages: int) -> range:
    """Return which of the strips lead on to a turned page and would take up an upright one without need."""
    begin = next((n for n, strip in enumerate(run) if strip.turned), len(run))
    whole = begin == len(run) or (begin and len(breaks(run[:begin], height, complete=True)) == pages)
    return range(len(run) if whole else begin, len(run))


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
