"""Sharing the width among columns of texts so that rows become low: a table's longest texts need not be its tallest."""

from collections.abc import Collection, Sequence
from itertools import permutations
from typing import Final

from perfdesk.documents.writers.pdf.demands import Demand, TableSetting
from perfdesk.documents.writers.pdf.fonts import fonts
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.tables.table import Part, sign_of

# fewer rows gain nothing; of more, the first ones speak for all
_FEWEST: Final = 6
SAMPLE: Final = 60
# what is moved from one column to another, in points
_STEPS: Final = (24.0, 12.0, 6.0)
# a column of texts that wrap is left this much at least
_NARROWEST: Final = 60.0
# how many lines must be saved to give up what the columns' weights say
_WORTH: Final = 0.95
_MOST_MOVES: Final = 40
# narrower columns of texts are hard on the eye; what may be spent on making them wider
_COMFORTABLE: Final = 100.0
_NEXT_TO_NONE: Final = 1.035


def evened(
    part: Part,
    needs: Sequence[Demand],
    setting: TableSetting,
    widths: Sequence[float],
    measure: Measurer,
    held: Collection[int] = (),
) -> list[float]:
    """Return widths under which the rows take fewer lines, or those there are where that cannot be had.

    The columns that are ``held`` keep theirs.
    """
    texts = [at for at, need in enumerate(needs) if need.stretches and at not in held]
    wrapped = any(widths[at] < needs[at].whole(setting) - 1 for at in texts)
    if len(part.rows) < _FEWEST or len(texts) < 2 or not wrapped:
        return list(widths)
    rows = Rows(part, needs, setting, measure)
    floors = {at: max(needs[at].least(setting), min(needs[at].whole(setting), _NARROWEST)) for at in texts}
    # to one other column; or to all, for a row is as tall as the tallest of its cells
    shares: list[tuple[int, tuple[int, ...]]] = [(giver, (taker,)) for giver, taker in permutations(texts, 2)]
    if len(texts) > 2:
        shares += [(giver, tuple(at for at in texts if at != giver)) for giver in texts]
    found = list(widths)
    before = least = rows.lines(found)
    for _ in range(_MOST_MOVES):
        moves = [
            (giver, takers, step) for step in _STEPS for giver, takers in shares if found[giver] - step >= floors[giver]
        ]
        tried = [(rows.lines(_moved(found, *move)), n, move) for n, move in enumerate(moves)]
        if not tried or min(tried)[0] >= least:
            break
        least, _, move = min(tried)
        found = _moved(found, *move)
    return _eased(rows, found if least <= before * _WORTH else list(widths), needs, setting, texts)


def _eased(
    rows: "Rows", widths: list[float], needs: Sequence[Demand], setting: TableSetting, texts: Sequence[int]
) -> list[float]:
    """Return widths whose narrow columns have as much of the widest one's as costs next to no lines."""
    most = rows.lines(widths) * _NEXT_TO_NONE
    found = widths
    while True:
        narrow = [at for at in texts if found[at] < min(needs[at].whole(setting), _COMFORTABLE)]
        widest = max(texts, key=found.__getitem__)
        if not narrow or found[widest] < 2 * _COMFORTABLE:
            return found
        eased = _moved(found, widest, (min(narrow, key=found.__getitem__),), _STEPS[-1])
        if rows.lines(eased) > most:
            return found
        found = eased


def _moved(widths: Sequence[float], giver: int, takers: Sequence[int], step: float) -> list[float]:
    moved = list(widths)
    moved[giver] -= step
    for taker in takers:
        moved[taker] += step / len(takers)
    return moved


# the widths of a text's words, line by line of those the text itself makes
_Words = tuple[tuple[int, ...], ...]


class Rows:
    """The texts of a part's rows, to count their lines under different widths."""

    def __init__(self, part: Part, needs: Sequence[Demand], setting: TableSetting, measure: Measurer) -> None:
        self._part = part
        font = fonts().regular
        self._space = font.space
        rows = part.rows[:SAMPLE]
        self._columns: list[tuple[int, float, list[_Words]]] = []
        # cells over several rows: from which row to before which, their column's place, their texts
        self._reaching: list[tuple[int, int, int, _Words]] = []
        self._em = setting.size / 1000
        self._known: dict[tuple[int, float], list[int]] = {}
        for at in (at for at, need in enumerate(needs) if need.stretches):
            found: list[_Words] = []
            for n, row in enumerate(rows):
                cell = row.cells[at]
                widths = tuple(
                    tuple(font.words[word] for word in line)
                    for text in ([sign_of(item)[1] for item in cell.bullets] or (cell.text,) if cell.text else ())
                    for line in measure(font, text).lines
                )
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
            total += max(_count(texts, (widths[at] - asides[at]) / self._em, self._space) - sum(rows[first:end]), 0)
        return total

    def _counts(self, n: int, widths: Sequence[float]) -> list[int]:
        at, aside, texts = self._columns[n]
        key = (at, widths[at])
        if key not in self._known:
            limit = (widths[at] - aside) / self._em
            self._known[key] = [_count(row, limit, self._space) for row in texts]
        return self._known[key]


def _count(lines: _Words, limit: float, space: int) -> int:
    """Return how many lines a cell takes: words go on the next line as a whole, as when they are set."""
    count = 0
    for words in lines:
        count += 1
        width = -space
        for word in words:
            width += space + word
            if width > limit:
                count += width > word
                # one that no line holds is broken
                count += int(word // limit)
                width = int(word % limit) if word > limit else word
    return count or 1
