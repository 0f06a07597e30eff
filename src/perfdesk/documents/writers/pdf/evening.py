"""Sharing the width among columns of texts so that rows become low: a table's longest texts need not be its tallest."""

from collections.abc import Sequence
from itertools import permutations
from typing import Final

from perfdesk.documents.writers.pdf.columns import Demand, TableSetting
from perfdesk.documents.writers.pdf.fonts import fonts
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.tables.table import Part

# fewer rows gain nothing; of more, the first ones speak for all
_FEWEST: Final = 6
_SAMPLE: Final = 60
# what is moved from one column to another, in points
_STEPS: Final = (24.0, 12.0, 6.0)
# a column of texts that wrap is left this much at least
_NARROWEST: Final = 60.0
# lines end at words, before the edge
_FULL: Final = 0.94
# how many lines must be saved to give up what the columns' weights say
_WORTH: Final = 0.95
_MOST_MOVES: Final = 40


def evened(
    part: Part, needs: Sequence[Demand], setting: TableSetting, widths: Sequence[float], measure: Measurer
) -> list[float]:
    """Return widths under which the rows take fewer lines, or those there are where that cannot be had."""
    texts = [at for at, need in enumerate(needs) if need.stretches]
    wrapped = any(widths[at] < needs[at].whole(setting) - 1 for at in texts)
    if len(part.rows) < _FEWEST or len(texts) < 2 or not wrapped:
        return list(widths)
    rows = _Rows(part, needs, setting, texts, measure)
    floors = {at: max(needs[at].least(setting), min(needs[at].whole(setting), _NARROWEST)) for at in texts}
    found = list(widths)
    before = least = rows.lines(found)
    for _ in range(_MOST_MOVES):
        moves = [
            (giver, taker, step)
            for step in _STEPS
            for giver, taker in permutations(texts, 2)
            if found[giver] - step >= floors[giver]
        ]
        tried = [(rows.lines(_moved(found, *move)), n, move) for n, move in enumerate(moves)]
        if not tried or min(tried)[0] >= least:
            break
        least, _, move = min(tried)
        found = _moved(found, *move)
    return found if least <= before * _WORTH else list(widths)


def _moved(widths: Sequence[float], giver: int, taker: int, step: float) -> list[float]:
    moved = list(widths)
    moved[giver] -= step
    moved[taker] += step
    return moved


class _Rows:
    """The texts of a part's rows, to count their lines under different widths."""

    def __init__(
        self, part: Part, needs: Sequence[Demand], setting: TableSetting, texts: Sequence[int], measure: Measurer
    ) -> None:
        self._part = part
        font = fonts().regular
        rows = part.rows[:_SAMPLE]
        self._columns: list[tuple[int, float, list[tuple[int, ...]]]] = []
        # cells over several rows: from which row to before which, their column's place, their texts
        self._reaching: list[tuple[int, int, int, tuple[int, ...]]] = []
        self._em = setting.size / 1000 / _FULL
        self._known: dict[tuple[int, float], list[int]] = {}
        for at in texts:
            found: list[tuple[int, ...]] = []
            for n, row in enumerate(rows):
                cell = row.cells[at]
                widths = tuple(measure(font, text).width for text in cell.bullets or (cell.text,)) if cell.text else ()
                reaches = min(cell.down, len(rows) - n)
                if reaches > 1:
                    self._reaching.append((n, n + reaches, at, widths))
                found.append(widths if cell.span == cell.down == 1 else ())
            self._columns.append((at, needs[at].aside(setting), found))

    def lines(self, widths: Sequence[float]) -> int:
        """Return how many lines all rows take together."""
        rows = [
            max(counts) for counts in zip(*(self._counts(n, widths) for n in range(len(self._columns))), strict=True)
        ]
        total: int = sum(rows)
        asides = {at: aside for at, aside, _ in self._columns}
        for first, end, at, texts in self._reaching:
            total += max(_count(texts, (widths[at] - asides[at]) / self._em) - sum(rows[first:end]), 0)
        return total

    def _counts(self, n: int, widths: Sequence[float]) -> list[int]:
        at, aside, texts = self._columns[n]
        key = (at, widths[at])
        if key not in self._known:
            limit = (widths[at] - aside) / self._em
            self._known[key] = [_count(row, limit) for row in texts]
        return self._known[key]


def _count(texts: Sequence[int], limit: float) -> int:
    return sum([int(width // limit) + 1 for width in texts]) or 1
