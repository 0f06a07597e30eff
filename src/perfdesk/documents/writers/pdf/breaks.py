"""Where pages end: the breaks that cost least, weighed over several pages at once."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from typing import Final

from perfdesk.documents.writers.pdf.strip import NOT_HERE, Strip

# less than this on the last page before a forced break is better avoided
LITTLE: Final = 62.0
_TOO_LITTLE: Final = 55
# what a page costs: by itself, and with the square of the share of it that stays white
_PAGE: Final = 20
_EMPTY_PAGE: Final = 100
# what white costs besides where more of the same table or text would have stood there just as well
_WASTED: Final = 60
# what it costs besides to cut something whose end would have stood on the page
_NEEDLESS: Final = 15
# what it costs to press strips closer together: in any case, and as far as they can be
_PRESSED: Final = 6
_PRESSED_FULLY: Final = 8
# a page that is less full than this is left to where nothing else can be had
_LEAST_FULL: Final = 0.25
# and so is one that ends earlier than this within a table or a text
_LEAST_CUT: Final = 0.6
_ROUNDING: Final = 0.01
# heights that add up to the same are no further apart than this, and no row is as low
_NEARLY: Final = 1.0


def breaks(run: Sequence[Strip], page: float, *, complete: bool) -> list[int]:
    """Return before which strips pages end, up to the last page that can be filled.

    Args:
        run: strips of one kind of page.
        page: the height that a page has for them and for what is repeated above them.
        complete: whether a forced break follows them; else the last pages are only there to look ahead.
    """
    return _Run(run, page, complete=complete).ends()


def fitted(strips: Sequence[Strip], following: Strip | None, space: float) -> Sequence[Strip]:
    """Return a page's strips as they fit into a space, pressed as little as can be.

    Args:
        strips: those of the page.
        following: the strip that the next page begins with.
        space: the height that there is for them.
    """
    height = _height(strips)
    growth = _owed(following, height) if following else 0.0
    if growth:
        strips = [*strips[:-1], strips[-1].grown(growth)]
        height += growth
    if height <= space:
        return strips
    spare = height - _height(strips, spared=True)
    ratio = min((height - space) / spare, 1) if spare > 0 else 0
    return [strip.pressed(ratio) for strip in strips]


def _owed(following: Strip, height: float) -> float:
    """Return by how much the last strip of a page must grow for the cells that the page's end cuts.

    Args:
        following: the strip that the next page begins with.
        height: that of the page's strips; a cell whose rows begin further up has had its room on the page before.
    """
    return max((need - above for need, above in following.owing if above <= height + _NEARLY), default=0.0)


def _height(strips: Sequence[Strip], *, spared: bool = False) -> float:
    """Return the height of strips below each other, without what they can spare if asked for."""
    height = sum(strip.height + strip.gap - (strip.spare if spared else 0) for strip in strips)
    # a page begins without a gap
    return height - strips[0].gap + (strips[0].spare - strips[0].slack if spared else 0) - _ROUNDING if strips else 0


class _Run:
    """The strips between two forced breaks, or as many of them as are looked at together."""

    def __init__(self, run: Sequence[Strip], page: float, *, complete: bool) -> None:
        self._run = run
        self._page = page
        self._complete = complete
        # how far down each strip begins, and how much those above it can spare
        self._tops = [0.0, *accumulate(strip.height + strip.gap for strip in run)]
        self._spares = [0.0, *accumulate(strip.spare for strip in run)]
        # how many headings, tables and figures have begun above each strip
        self._begun = [0, *accumulate(strip.mark is not None for strip in run)]
        # where a page may end, and how far down that is; what costs more than an empty page is kept for want of others
        self._open = [n for n, strip in enumerate(run) if n and strip.penalty < NOT_HERE]
        self._depths = [self._tops[n] for n in self._open]

    def ends(self) -> list[int]:
        """Return the ends of the pages, by the cheapest way through all of them."""
        count = len(self._run)
        least = [float("inf")] * (count + 1)
        least[0] = 0.0
        above = [0] * (count + 1)
        for start in range(count):
            if least[start] == float("inf"):
                continue
            rest = self._rest(start)
            pages = [] if rest is None else [(count, rest)]
            # what is only there to look ahead need not be divided any further
            if rest is None or self._complete:
                pages += self._pages(start)
            for end, cost in pages:
                if least[start] + cost <= least[end]:
                    least[end], above[end] = least[start] + cost, start
        found = [count]
        while above[found[-1]]:
            found.append(above[found[-1]])
        ends = found[::-1]
        return ends if self._complete or len(ends) == 1 else ends[:-1]

    def _space(self, start: int) -> float:
        return self._page - sum(strip.height for strip in self._run[start].resume)

    def _rest(self, start: int) -> float | None:
        """Return what the last page costs if all from a strip on is put on it; None where it holds no such lot."""
        first = self._run[start]
        height = self._tops[-1] - self._tops[start] - first.gap - _ROUNDING
        space = self._space(start)
        spare = self._spares[-1] - self._spares[start] - first.spare + first.slack
        if height - spare > space:
            return None
        if not self._complete:
            return _PAGE * height / space
        return _PAGE + _squeeze(height - space, spare) + (_TOO_LITTLE if start and height < LITTLE else 0)

    def _pages(self, start: int) -> list[tuple[int, float]]:
        """Return where a page can end that begins with a strip, and what each such page costs."""
        top = self._tops[start] + self._run[start].gap
        space = self._space(start)
        first, full = (bisect_left(self._depths, top + space * share) for share in (_LEAST_FULL, _LEAST_CUT))
        early = (end for end in self._open[first:full] if self._run[end].mark)
        found = self._costs(start, (end for end in chain(early, self._open[full:]) if end > start))
        # rather a nearly empty page than one that ends within what belongs together, and rather that than no page
        return (
            found
            or self._costs(start, (end for end in self._open if end > start))
            or self._costs(start, range(start + 1, len(self._run)))
            or [(start + 1, float(_EMPTY_PAGE))]
        )

    def _costs(self, start: int, ends: Iterable[int]) -> list[tuple[int, float]]:
        run, tops, spares = self._run, self._tops, self._spares
        strip = run[start]
        space = self._space(start)
        top = tops[start] + strip.gap + _ROUNDING
        used = spares[start] + strip.spare - strip.slack
        found: list[tuple[int, float]] = []
        for end in ends:
            height = tops[end] - top
            spare = spares[end] - used
            if height - spare > space:
                break
            if run[end].owing:
                height += _owed(run[end], height)
                if height - spare > space:
                    continue
            white = max(space - height, 0) / space
            cost = run[end].penalty + _PAGE + _EMPTY_PAGE * white * white
            found.append((end, cost + _squeeze(height - space, spare) if height > space else cost))
        return self._wasting(found, top + space, space)

    def _wasting(self, ends: list[tuple[int, float]], foot: float, space: float) -> list[tuple[int, float]]:
        """Return ends with what it costs if something is cut though it could be cut as well further down, or not."""
        run, tops, begun = self._run, self._tops, self._begun
        found: list[tuple[int, float]] = []
        # the last places to cut what is looked at, each with a lower penalty than those before it
        last: list[tuple[int, float]] = []
        number = -1
        needless = 0
        for entry in reversed(ends):
            end = entry[0]
            penalty = run[end].penalty
            if begun[end] != number:
                number, last = begun[end], [(penalty, min(tops[end], foot))]
                needless = _NEEDLESS if run[end].mark else 0
                found.append(entry)
                continue
            for lower, depth in last:
                if lower <= penalty:
                    # the heading, table or figure that begins here ends nothing
                    wasted = 0.0 if run[end].mark else max(depth - tops[end], 0.0)
                    found.append((end, entry[1] + needless + _WASTED * wasted / space))
                    break
            else:
                found.append((end, entry[1] + needless))
            if penalty < last[-1][0]:
                last.append((penalty, min(tops[end], foot)))
        return found[::-1]


def _squeeze(over: float, spare: float) -> float:
    """Return what it costs to press strips that are so much too high."""
    return _PRESSED + _PRESSED_FULLY * over / spare if over > 0 else 0.0
