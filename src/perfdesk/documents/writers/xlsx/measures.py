"""Estimated sizes: how wide columns are, how many lines a text takes, what fits on a page.

Excel makes rows as high as their texts need, but not where a text stands in merged cells; and nobody makes columns
wide enough but us. All measures assume the standard font; they leave some room, as other programs set other fonts.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from perfdesk.documents.blocks import Sheet
from perfdesk.tables.table import Column, ColumnKind, Head, Part

# Widths are in digits of the standard font (Calibri 11), the unit of Excel's columns; texts are set in 10 points.
# 18 hold 9.999.999.999.999,99.
AMOUNT_WIDTH: Final = 18.0
SHARE_WIDTH: Final = 9.0
_CURRENCY_WIDTH: Final = 1.2
_CODE_WIDTHS: Final = (6.0, 18.0)
# an indicator's value can be a text, which wraps
_VALUE_WIDTHS: Final = (8.0, 14.0)
_TEXT_WIDTH: Final = 9.0
_TREND_WIDTH: Final = 14.0
# the labels of the lines above the columns stand over the first column
_LABEL_WIDTHS: Final = (12.0, 22.0)
# 15 digits and what stands between them; a longer one is a text
_LONGEST_NUMBER: Final = 21
# a table with more columns than this, among others, is a grid of small cells
_MANY_COLUMNS: Final = 12
_GRID_WIDTHS: Final = (4.0, 12.0)
_WIDEST: Final = 90.0
_WIDEST_WORD: Final = 16.0

# Turkish text in Calibri takes 1.3 letters for a digit's width; hinting on screens and other fonts need more room
_LETTERS_PER_UNIT: Final = 1.28
_CAPITALS: Final = 1.2
_BOLD_LETTER: Final = 0.95
# on average so many letters of a line stay empty because the next word does not fit
_RAGGED: Final = 3

LINE: Final = 12.75
PADDING: Final = 2.0
ROW: Final = 13.5
# of the caption that stands for the workbook's title
TITLE: Final = 27.0
LINK: Final = 16.5
# Excel's rows are at most 409 points high.
MAX_ROW: Final = 400.0
_LETTER_HEIGHT: Final = 6.0
MAX_ROTATED: Final = 120.0

# A4 in points, without the margins below (in inches: left, right, top, bottom)
MARGINS: Final = (0.5, 0.5, 0.7, 0.6)
_LONG, _SHORT = 841.9, 595.3
_UNIT_POINTS, _COLUMN_POINTS = 5.25, 3.75
# below this, print gets small: texts wrap more rather than shrink further
_SCALE: Final = 0.8
# a sheet to sort and filter is rather read on a screen
_FILTERED_SCALE: Final = 0.65
# printers differ
_RESERVE: Final = 0.965


class Page(NamedTuple):
    """A page's room in points."""

    width: float
    height: float

    @property
    def units(self) -> float:
        """The width in units of columns, less what some columns have as their own margins."""
        return self.width / _UNIT_POINTS - 5


def page(*, landscape: bool) -> Page:
    """Return the room of an A4 page."""
    across, along = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    left, right, top, bottom = (72 * inches for inches in MARGINS)
    return Page(across - left - right, along - top - bottom)


def page_height(widths: Sequence[float], room: Page) -> float:
    """Return how many points of rows a page takes when its columns are made to fit."""
    used = sum(width * _UNIT_POINTS + _COLUMN_POINTS for width in widths)
    return room.height * _RESERVE * max(1.0, used / room.width)


def letters(width: float) -> int:
    """Return the number of letters that a line of such a width takes."""
    return max(3, int(width * _LETTERS_PER_UNIT) - _RAGGED)


def width_of(count: int) -> float:
    """Return the width whose lines take so many letters."""
    return (count + _RAGGED + 1) / _LETTERS_PER_UNIT


def surely(room: int) -> int:
    """Return the length of texts that need one line, capitals or not."""
    return int(room / _CAPITALS)


def lines(text: str, room: int) -> int:
    """Return the number of lines of a text where a line takes ``room`` letters."""
    size = _CAPITALS if text.isupper() else 1.0
    if "\n" not in text:
        return -int(-len(text) * size // room) or 1
    return sum(-int(-len(piece) * size // room) or 1 for piece in text.split("\n"))


def height(line_count: int) -> float:
    """Return the height of a row of so many lines."""
    return line_count * LINE + PADDING if line_count > 1 else ROW


def rotated_height(text: str) -> float:
    """Return the height of a head that stands upright."""
    return min(MAX_ROTATED, len(text) * _LETTER_HEIGHT + 2 * PADDING)


def must_rotate(text: str, width: float) -> bool:
    """Whether a head's words would be cut at such a width, so that it stands upright."""
    return _word_width(text) > width + 0.5


def _word_width(text: str) -> float:
    """Return the width that the longest word of a head needs, in bold and perhaps in capitals."""
    return max(map(len, text.split()), default=0) * _BOLD_LETTER + 1


class _Needs:
    """What the tables of a sheet ask of the columns they share."""

    def __init__(self, slots: int, units: float, *, mixed: bool) -> None:
        self.units = units
        self.mixed = mixed
        self.low: list[float] = [0.0] * slots
        self.wish: list[float] = [0.0] * slots
        self.longest = [0] * slots
        self.head = [0] * slots
        self.seen: set[tuple[tuple[Head | None, ...], ...]] = set()
        # columns that stand on several sheet columns: from, to, width
        self.wide: set[tuple[int, int, float]] = set()

    def add(self, part: Part) -> None:
        at = 0
        total = sum(column.weight for column in part.columns)
        grid = self.mixed and len(part.columns) > _MANY_COLUMNS
        # the tables of a sheet mostly have the same heads
        if not grid and part.head not in self.seen:
            self.seen.add(part.head)
            self._add_heads(part)
        for index, column in enumerate(part.columns):
            cells = [row.cells[index] for row in part.rows]
            longest = max([len(cell.text) for cell in cells if cell.span == 1], default=0)
            wish = min(self.units * column.weight / total, _WIDEST)
            if column.slots > 1:
                self.wide.add((at, at + column.slots, min(wish, longest + 2)))
            elif grid:
                smallest, largest = _GRID_WIDTHS
                self.low[at] = max(self.low[at], min(max(longest + 1, smallest), largest))
            else:
                self._add_column(at, column, part, index, longest, wish)
            at += column.slots

    def _add_column(self, at: int, column: Column, part: Part, index: int, longest: int, wish: float) -> None:
        if column.kind is ColumnKind.AMOUNT:
            printed = next((row.cells[index].text for row in part.rows if row.cells[index].number), "")
            low = AMOUNT_WIDTH + _CURRENCY_WIDTH * sum(c not in "0123456789.,-" for c in printed)
        elif column.kind is ColumnKind.SHARE:
            low = SHARE_WIDTH
        elif column.kind is ColumnKind.VALUE:
            smallest, largest = _VALUE_WIDTHS
            numbers = max(
                [len(row.cells[index].text) for row in part.rows if row.cells[index].number is not None], default=0
            )
            low = max(smallest, min(longest, largest) + 2, min(numbers, _LONGEST_NUMBER) + 2)
        elif column.kind is ColumnKind.TREND:
            low = _TREND_WIDTH
        elif column.kind is ColumnKind.CODE:
            smallest, largest = _CODE_WIDTHS
            low = max(smallest, min(longest + 2, largest))
        else:
            low = _TEXT_WIDTH
            # a column with little in it does not take what its declaration would give it
            self.wish[at] = max(self.wish[at], min(wish, max(longest, self.head[at]) + 2.0))
            self.longest[at] = max(self.longest[at], longest)
        self.low[at] = max(self.low[at], low)

    def _add_heads(self, part: Part) -> None:
        """Make room for heads: their longest words, and where little stands below them for all of their text."""
        for line in part.head:
            at = 0
            for head, column in zip(line, part.columns, strict=True):
                if head and head.span == column.slots == 1:
                    self.low[at] = max(self.low[at], min(_word_width(head.text), _WIDEST_WORD))
                    self.head[at] = max(self.head[at], len(head.text))
                at += column.slots

    def widths(self) -> list[float]:
        widths = [max(pair) for pair in zip(self.low, self.wish, strict=True)]
        for start, end, wish in sorted(self.wide):
            missing = wish - sum(widths[start:end])
            if missing > 0:
                # the last of them, as the first is often a code's elsewhere
                widths[end - 1] += missing
        excess = sum(widths) - self.units / _SCALE
        spare = [max(0.0, width - low) for width, low in zip(widths, self.low, strict=True)]
        if excess > 0 and any(spare):
            part = min(1.0, excess / sum(spare))
            return [width - part * extra for width, extra in zip(widths, spare, strict=True)]
        # what is left of the page goes to the texts that would wrap
        wrapping = [width if longest > width else 0.0 for width, longest in zip(widths, self.longest, strict=True)]
        if excess < 0 and any(wrapping):
            part = min(1.0, max(0.0, self.units - sum(widths)) / sum(wrapping))
            return [width + part * extra for width, extra in zip(widths, wrapping, strict=True)]
        return widths


def column_widths(sheet: Sheet) -> tuple[list[float], bool]:
    """Return the widths of a sheet's columns, and whether it is printed in landscape: asked for or needed."""
    slots = max((table.slots for table in sheet.tables), default=1)
    for landscape in (sheet.landscape, True):
        units = page(landscape=landscape).units / (_FILTERED_SCALE / _SCALE if sheet.filtered else 1)
        needs = _Needs(max(1, slots), units, mixed=len(sheet.tables) > 1)
        for table in sheet.tables:
            if table.facts:
                smallest, largest = _LABEL_WIDTHS
                longest = max(len(fact.label) for fact in table.facts)
                needs.low[0] = max(needs.low[0], smallest, min(width_of(longest), largest))
            for part in table.parts:
                if part.rows:
                    needs.add(part)
        widths = [round(max(width, _TEXT_WIDTH / 2), 1) for width in needs.widths()]
        if sum(widths) <= units / _SCALE + 1:
            break
    return widths, landscape
