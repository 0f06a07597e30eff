"""How wide a table's columns are, in what size it is set, and whether it needs the page turned sideways."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from perfdesk.documents.writers.pdf.decimals import Commas
from perfdesk.documents.writers.pdf.fonts import fonts
from perfdesk.documents.writers.pdf.page import frame
from perfdesk.documents.writers.pdf.style import (
    BULLET_INDENT,
    CELL_PAD,
    LEADING,
    ROW_PAD,
    SMALLER,
    SMALLEST,
    TABLE_SIZE,
)
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.tables.table import NUMERIC, Cell, ColumnKind, Part, Role

# a text column that wraps should have this much at least, or the page is turned
_READABLE: Final = 88.0
# a longer word than this is broken rather than given its width
_LONGEST_WORD: Final = 92.0
_TIGHT_WORD: Final = 58.0
_LONGEST_CODE: Final = 24
# a text that is longer than this (some 180 letters) claims no more room for it
_LONG_TEXT: Final = 100_000
# white that numbers get besides the cells' own where there is room, and how wide that may make them
_AIR: Final = 8.0
_LITTLE_AIR: Final = 3.0
_HEAD_LINES: Final = 2.6  # a little more than two, since lines end at words
_LEAD: Final = 6.0
# when turning the page is worth it
_FEW_ROWS: Final = 15
_FEW_PAGES: Final = 1.5
_WORTH_TURNING: Final = 0.8
_SAMPLE: Final = 200
_ROOMY: Final = 88.0


class TableSetting(NamedTuple):
    """A way to set a table: the page turned or not, the size of letters, the cells' padding, its part of the width."""

    wide: bool
    size: float
    pad: float
    longest_word: float = _LONGEST_WORD
    beside: float = 0

    @property
    def width(self) -> float:
        """The width a table has: that of the text, or half of what is left of it where another stands ``beside``."""
        left, right, _, _ = frame(wide=self.wide)
        return (right - left - self.beside) / 2 if self.beside else right - left

    @property
    def lead(self) -> float:
        """How far texts stand off the numbers that end just before them, where there is room for such things."""
        return _LEAD if self.size > SMALLEST else 0


# in the order of preference; each smaller or wider than the one before
_SETTINGS: Final = (
    TableSetting(False, TABLE_SIZE, CELL_PAD),
    TableSetting(False, SMALLER, CELL_PAD - 1),
    TableSetting(True, TABLE_SIZE, CELL_PAD),
    TableSetting(True, SMALLER, CELL_PAD - 1),
    TableSetting(True, SMALLEST, CELL_PAD - 2),
)
# for two tables side by side, with white between them
HALVES: Final = tuple(setting._replace(beside=18.0) for setting in _SETTINGS if not setting.wide)
LAST: Final = TableSetting(True, SMALLEST, CELL_PAD - 2.5, _TIGHT_WORD)


@dataclass(slots=True)
class Demand:
    """What a column needs, in thousandths of the font size.

    ``fixed`` is its longest number or code, never wrapped; ``word`` the longest word of the rest; ``natural`` the
    longest text on one line; ``head`` its label on one line; ``indent`` the points that bullets take besides;
    ``follows`` whether it stands off the numbers before it.
    """

    kind: ColumnKind
    weight: float
    fixed: int = 0
    word: int = 0
    natural: int = 0
    head: int = 0
    indent: float = 0
    follows: bool = False

    def aside(self, setting: TableSetting) -> float:
        """Return the points that are not for letters."""
        return self.indent + self.follows * setting.lead + 2 * setting.pad

    @property
    def stretches(self) -> bool:
        """Whether it is a column of texts, which share the room that is left."""
        return self.kind not in NUMERIC and self.kind is not ColumnKind.CODE

    @property
    def claim(self) -> float:
        """Its share of what texts have: by what was declared for it, and by what stands in it."""
        return math.sqrt(self.weight * max(min(self.natural, _LONG_TEXT), 1))

    def least(self, setting: TableSetting) -> float:
        """Return the width below which a number or an ordinary word would have to be broken."""
        em = setting.size / 1000
        text = max(self.fixed * em, min(self.word * em + self.indent, setting.longest_word))
        return text + self.follows * setting.lead + 2 * setting.pad + 0.2

    def whole(self, setting: TableSetting) -> float:
        """Return the width in which nothing wraps."""
        return max(self.least(setting), self.natural * setting.size / 1000 + self.aside(setting) + 0.2)

    def readable(self, setting: TableSetting) -> float:
        """Return the width in which the column reads well."""
        if not self.stretches:
            return self.least(setting)
        return max(self.least(setting), min(self.whole(setting), _READABLE))


def demands(part: Part, measure: Measurer) -> list[Demand]:
    """Return what a part's columns need."""
    found = [
        Demand(column.kind, max(column.weight, 0.1), follows=follows)
        for column, follows in zip(part.columns, following(part), strict=True)
    ]
    bold = fonts().bold
    for line in part.head:
        for demand, head in zip(found, line, strict=True):
            if head and head.span == 1:
                measured = measure(bold, head.text)
                demand.word = max(demand.word, measured.longest)
                demand.head = max(demand.head, measured.width)
                if demand.stretches:
                    demand.natural = max(demand.natural, measured.width)
    regular = fonts().regular
    for row in part.rows:
        font = regular if row.role is Role.DETAIL else bold
        for demand, cell in zip(found, row.cells, strict=True):
            if cell.text and cell.span == 1:
                measured = measure(font, cell.text)
                if keeps_whole(demand.kind, cell):
                    demand.fixed = max(demand.fixed, measured.width)
                else:
                    demand.word = max(demand.word, measured.longest)
                demand.natural = max(demand.natural, measured.width)
                if cell.bullets:
                    demand.indent = BULLET_INDENT
    commas = Commas(part, measure)
    for demand, stem, place in zip(found, commas.stems, commas.places, strict=True):
        demand.fixed = max(demand.fixed, stem + place)
        demand.natural = max(demand.natural, stem + place)
    return found


def following(part: Part) -> list[bool]:
    """Return for each column whether its texts begin just where numbers end, and so should stand off them."""
    kinds = [column.kind for column in part.columns]
    return [
        n > 0 and kind not in NUMERIC and kind is not ColumnKind.FLAG and kinds[n - 1] in NUMERIC
        for n, kind in enumerate(kinds)
    ]


def keeps_whole(kind: ColumnKind, cell: Cell) -> bool:
    """Whether a cell is a number or a code, which no line end may cut."""
    return cell.number is not None or (kind is ColumnKind.CODE and len(cell.text) <= _LONGEST_CODE)


def choose(parts: Sequence[Part], needs: Sequence[Sequence[Demand]], measure: Measurer) -> TableSetting | None:
    """Return the first setting in which all parts of a table read well, or fit at all; None if none does.

    A long table whose texts the numbers leave little room is turned as well where that saves a good many pages.
    """
    for setting in _SETTINGS:
        if all(sum(demand.readable(setting) for demand in part) <= setting.width for part in needs):
            if not setting.wide and any(
                len(part.rows) > _FEW_ROWS and _crowded(need) for part, need in zip(parts, needs, strict=True)
            ):
                turned = next(other for other in _SETTINGS if other.wide)
                pages = [
                    sum(_pages(part, need, chosen, measure) for part, need in zip(parts, needs, strict=True))
                    for chosen in (setting, turned)
                ]
                if pages[0] > _FEW_PAGES and pages[1] < pages[0] * _WORTH_TURNING:
                    return turned
            return setting
    for setting in (_SETTINGS[-1], LAST):
        if all(sum(demand.least(setting) for demand in part) <= setting.width for part in needs):
            return setting
    return None


def _crowded(needs: Sequence[Demand]) -> bool:
    """Whether texts share the page with so many numbers that they may suffer for it."""
    return sum(need.kind in NUMERIC for need in needs) > 2 and any(need.stretches for need in needs)


def _pages(part: Part, needs: Sequence[Demand], setting: TableSetting, measure: Measurer) -> float:
    """Return roughly how many pages a part takes, by how often its texts wrap."""
    _, _, top, bottom = frame(wide=setting.wide)
    limits = [
        (at, (width - need.aside(setting)) * 1000 / setting.size)
        for at, (need, width) in enumerate(zip(needs, widths(needs, setting), strict=True))
        if need.stretches
    ]
    font = fonts().regular
    lines = 0.0
    sample = part.rows[:_SAMPLE]
    for row in sample:
        most = 1.0
        for at, limit in limits:
            cell = row.cells[at]
            if cell.text and cell.span == cell.down == 1:
                texts = cell.bullets or (cell.text,)
                most = max(most, sum([measure(font, text).width // limit + 1 for text in texts]))
        lines += most
    height = lines * setting.size * LEADING + len(sample) * 2 * ROW_PAD
    return height * len(part.rows) / max(len(sample), 1) / (bottom - top)


def groups(part: Sequence[Demand], setting: TableSetting) -> list[list[int]]:
    """Return the groups of columns to print one below the other, each beginning with the first column."""
    count = len(_filled(part, setting, len(part)))
    # as few groups as the widths allow, but of about as many columns each
    return _filled(part, setting, -(-(len(part) - 1) // count))


def _filled(part: Sequence[Demand], setting: TableSetting, most: int) -> list[list[int]]:
    first = min(part[0].readable(setting), setting.width / 3)
    found: list[list[int]] = [[0]]
    used = first
    for at in range(1, len(part)):
        width = min(part[at].least(setting), setting.width - first)
        if len(found[-1]) > 1 and (used + width > setting.width or len(found[-1]) > most):
            found.append([0])
            used = first
        found[-1].append(at)
        used += width
    return found


def widths(part: Sequence[Demand], setting: TableSetting) -> list[float]:
    """Return the columns' widths: numbers and codes what they need, texts share the rest by weight."""
    total = setting.width
    least = [demand.least(setting) for demand in part]
    if sum(least) > total:
        return _shrunk(least, total)
    texts = [at for at, demand in enumerate(part) if demand.stretches]
    whole = {at: part[at].whole(setting) for at in texts}
    found = _numbers(part, least, setting, total - sum(whole.values()), total)
    room = total - sum(width for at, width in enumerate(found) if at not in whole)
    shares = _poured({at: (part[at].claim, least[at], whole[at]) for at in texts}, room)
    for at, width in shares.items():
        found[at] = width
    # what no text needs makes the numbers stand apart, up to a point
    numbers = [at for at, demand in enumerate(part) if at and demand.kind in NUMERIC]
    left = total - sum(found)
    if left > 0 and numbers:
        each = left / len(numbers) * (0.4 if texts else 1)
        for at in numbers:
            found[at] += min(each, max(_ROOMY - found[at], 0)) if texts else each
    left = total - sum(found)
    takers = texts or list(range(len(part)))
    weight = sum(part[at].weight for at in takers)
    for at in takers:
        found[at] += max(left, 0) * part[at].weight / weight
    return found


def _numbers(
    part: Sequence[Demand], least: Sequence[float], setting: TableSetting, room: float, total: float
) -> list[float]:
    """Return widths in which numbers have air and those of one kind are alike, as far as there is room for it."""
    em = setting.size / 1000
    # no head in more than a few lines
    headed = [
        width if demand.stretches else max(width, demand.head * em / _HEAD_LINES + 2 * setting.pad)
        for demand, width in zip(part, least, strict=True)
    ]
    longest: dict[ColumnKind, float] = {}
    for demand, width in zip(part[1:], headed[1:], strict=True):
        longest[demand.kind] = max(longest.get(demand.kind, 0), width)
    alike = [
        width if demand.stretches else (longest[demand.kind] if at and demand.kind in NUMERIC else width) + _AIR
        for at, (demand, width) in enumerate(zip(part, headed, strict=True))
    ]
    if sum(width for demand, width in zip(part, alike, strict=True) if not demand.stretches) <= room:
        return alike
    # the texts wrap: no more for the numbers than their heads need
    close = [width if demand.stretches else width + _LITTLE_AIR for demand, width in zip(part, headed, strict=True)]
    texts = sum(
        min(demand.whole(setting), _READABLE) - width
        for demand, width in zip(part, least, strict=True)
        if demand.stretches
    )
    return close if sum(close) + texts <= total else list(least)


def _poured(columns: dict[int, tuple[float, float, float]], room: float) -> dict[int, float]:
    """Share room by weight between a least and a most for each column; what one cannot use goes to the others."""
    settled: dict[int, float] = {}
    open_ = dict(columns)
    while open_:
        left = room - sum(settled.values())
        weight = sum(entry[0] for entry in open_.values())
        shares = {at: left * entry[0] / weight for at, entry in open_.items()}
        # those that need more than their share go first, for they take from the others
        short = {at: entry[1] for at, entry in open_.items() if shares[at] <= entry[1]}
        full = {at: entry[2] for at, entry in open_.items() if shares[at] >= entry[2]}
        now = short or full
        if not now:
            return {**settled, **shares}
        settled |= now
        for at in now:
            del open_[at]
    return settled


def _shrunk(least: Sequence[float], total: float) -> list[float]:
    """Return widths that fit where nothing else helps: the widest columns give way first."""
    low, high = 0.0, max(least)
    for _ in range(40):
        middle = (low + high) / 2
        if sum(min(width, middle) for width in least) > total:
            high = middle
        else:
            low = middle
    return [min(width, low) for width in least]
