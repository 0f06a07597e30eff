"""What a table's columns need, in each of the ways that a table can be set."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from perfdesk.documents.writers.pdf.decimals import Commas
from perfdesk.documents.writers.pdf.fonts import Font, fonts
from perfdesk.documents.writers.pdf.page import frame
from perfdesk.documents.writers.pdf.style import BULLET_INDENT, CELL_PAD, SMALLER, SMALLEST, TABLE_SIZE
from perfdesk.documents.writers.pdf.text import Measured, Measurer, in_lines
from perfdesk.tables.table import BULLET, NUMERIC, Cell, ColumnKind, Part, Role, sign_of

# a text column that wraps should have this much at least, or the page is turned
_READABLE: Final = 88.0
# a longer word than this is broken rather than given its width
_LONGEST_WORD: Final = 92.0
_TIGHT_WORD: Final = 58.0
_LONGEST_CODE: Final = 24
# a text that is longer than this (some 180 letters) claims no more room for it
_LONG_TEXT: Final = 100_000
# a head that is no longer than this does not wrap where texts leave room
SHORT_HEAD: Final = 5_600
# which share of a column's texts should stand on one line before its numbers have room; the others wrap first
COMMON: Final = 0.8
_LEAD: Final = 6.0


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
SETTINGS: Final = (
    TableSetting(False, TABLE_SIZE, CELL_PAD),
    TableSetting(False, SMALLER, CELL_PAD - 1),
    TableSetting(True, TABLE_SIZE, CELL_PAD),
    TableSetting(True, SMALLER, CELL_PAD - 1),
    # so many columns that what parts two amounts is wanted more by the texts beside them
    TableSetting(True, SMALLEST, CELL_PAD - 2.5),
)
# for two tables side by side, with white between them
HALVES: Final = tuple(setting._replace(beside=18.0) for setting in SETTINGS if not setting.wide)
LAST: Final = TableSetting(True, SMALLEST, CELL_PAD - 2.5, _TIGHT_WORD)


@dataclass(slots=True)
class Demand:
    """What a column needs, in thousandths of the font size.

    ``fixed`` is its longest number or code, never wrapped; ``word`` the longest word of the rest; ``natural`` the
    longest text on one line, ``common`` that of most of them, ``lengths`` those of all; of a column of numbers ``head``
    is the label in two lines, ``low`` that in three, ``said`` the longest text that is no number; ``indent`` are the
    points that bullets take besides; ``label`` is the head on one line; ``follows`` tells whether it stands off the
    numbers before it.
    """

    kind: ColumnKind
    weight: float
    fixed: int = 0
    word: int = 0
    natural: int = 0
    head: int = 0
    low: int = 0
    said: int = 0
    common: int = 0
    lengths: list[int] = field(default_factory=list)
    indent: float = 0
    label: int = 0
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

    def headed(self, setting: TableSetting) -> float:
        """Return the width in which its head stands on one line."""
        return self.label * setting.size / 1000 + 2 * setting.pad + 0.2

    def usual(self, setting: TableSetting) -> float:
        """Return the width in which most of its texts do not wrap."""
        return max(self.least(setting), self.common * setting.size / 1000 + self.aside(setting) + 0.2)

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
                _add_head(demand, bold, measure(bold, head.text))
    regular = fonts().regular
    for row in part.rows:
        for demand, cell in zip(found, row.cells, strict=True):
            if cell.text and cell.span == 1:
                font = regular if row.role_of(cell) is Role.DETAIL else bold
                _add_cell(demand, cell, measure(font, cell.text))
    for demand in found:
        demand.lengths.sort()
        demand.common = reached(demand.lengths, COMMON)
    commas = Commas(part, measure)
    for demand, stem, place in zip(found, commas.stems, commas.places, strict=True):
        demand.fixed = max(demand.fixed, stem + place)
        demand.natural = max(demand.natural, stem + place)
    return found


def _add_head(demand: Demand, font: Font, head: Measured) -> None:
    demand.word = max(demand.word, head.longest)
    demand.label = max(demand.label, head.width)
    if demand.stretches:
        demand.natural = max(demand.natural, head.width)
    else:
        demand.head = max(demand.head, head.width if head.width <= SHORT_HEAD else in_lines(font, head, 2))
        demand.low = max(demand.low, in_lines(font, head, 3))


def _add_cell(demand: Demand, cell: Cell, text: Measured) -> None:
    if keeps_whole(demand.kind, cell):
        demand.fixed = max(demand.fixed, text.width)
    else:
        demand.word = max(demand.word, text.longest)
        if demand.stretches:
            demand.lengths.append(text.width)
        else:
            demand.said = max(demand.said, text.width)
    demand.natural = max(demand.natural, text.width)
    if cell.bullets:
        demand.indent = max(demand.indent, bullet_indent(fonts().regular, cell.bullets, TABLE_SIZE))


def bullet_indent(font: Font, items: Sequence[str], size: float) -> float:
    """Return how far in the items of a list stand, behind the bullets or the longest of their numbers."""
    signs = {sign for sign, _ in map(sign_of, items)} - {BULLET}
    return max([BULLET_INDENT, *((font.width(sign) + font.space) * size / 1000 for sign in signs)])


def reached(lengths: Sequence[int], share: float) -> int:
    """Return the length, of some in their order, that so large a share of them does not exceed."""
    return lengths[int((len(lengths) - 1) * share)] if lengths else 0


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
