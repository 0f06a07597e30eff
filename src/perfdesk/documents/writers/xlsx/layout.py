"""Where everything stands on a sheet: its tables one below the other, and on which row each of their rows is."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from perfdesk.documents.blocks import Sheet
from perfdesk.documents.writers.xlsx import measures
from perfdesk.tables.table import Fact, Head, Part, Row, Table

# What page breaks Excel takes on a sheet.
_MAX_BREAKS: Final = 1023

# The heights of a head's rows, and which of its cells (row, column) stand upright.
HeadSizes = tuple[list[float], frozenset[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Line:
    """A text that stands across the columns, on as many rows as it needs: a caption, a fact, a note."""

    top: int
    bottom: int
    text: str
    label: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another sheet: its row, and the sheet's name."""

    row: int
    to: str


@dataclass(frozen=True, slots=True)
class PlacedPart:
    """A part with the sheet columns of its columns, the rows of its heads and those of its rows.

    ``starts`` and ``tops`` have one more entry than there are columns and rows: where the next would be.
    """

    part: Part
    starts: tuple[int, ...]
    head_top: int
    tops: list[int]
    rotated: frozenset[tuple[int, int]]

    @property
    def head_bottom(self) -> int:
        """The last row of the head."""
        return self.head_top + len(self.part.head) - 1


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with the rows it takes."""

    table: Table
    top: int
    caption: Line | None
    facts: list[Line]
    parts: list[PlacedPart]
    below: list[Line]
    end: int


@dataclass(slots=True)
class SheetLayout:
    """A sheet laid out: widths, heights (``fixed``: those that are not the usual one), tables, page breaks.

    ``back`` is the link above the tables, ``links`` are those below them, under the line ``lists``.
    """

    sheet: Sheet
    name: str
    widths: list[float]
    landscape: bool
    tables: list[PlacedTable] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    fixed: dict[int, float] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)
    back: Link | None = None
    lists: Line | None = None
    links: list[Link] = field(default_factory=list)
    head_sizes: dict[tuple[tuple[tuple[Head | None, ...], ...], tuple[int, ...]], HeadSizes] = field(
        default_factory=dict
    )

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.widths)

    @property
    def single(self) -> PlacedPart | None:
        """The only part of the only table, below which everything can scroll."""
        parts = [part for placed in self.tables for part in placed.parts]
        return parts[0] if len(parts) == len(self.tables) == 1 and not self.tables[0].facts else None


def lay_out(sheet: Sheet, name: str, names: Sequence[str] = ()) -> SheetLayout:
    """Return where everything stands on a sheet; ``names`` are those of all sheets in the workbook."""
    widths, landscape = measures.column_widths(sheet)
    layout = SheetLayout(sheet, name, widths, landscape)
    if sheet.back:
        layout.back = Link(0, names[0] if names else "")
        _rows(layout, measures.ROW)
    for table in sheet.tables:
        if layout.tables:
            _rows(layout, measures.ROW)
        layout.tables.append(_table(layout, table))
    layout.breaks = _breaks(layout)
    if sheet.lists:
        _rows(layout, measures.ROW)
        layout.lists = _line(layout, sheet.lists)
        for other in names:
            if other != name:
                layout.links.append(Link(len(layout.heights), other))
                _rows(layout, measures.LINK)
    return layout


def _rows(layout: SheetLayout, points: float) -> int:
    """Add rows for a height, several where one would be too high; return the row after them.

    All but the usual height is fixed: Excel would find that of a row by itself, unless cells are merged, and
    other programs do not try.
    """
    # rows that are to be sorted cannot be merged
    count = 1 if layout.sheet.filtered else math.ceil(points / measures.MAX_ROW)
    share = min(points / count, measures.MAX_ROW)
    if share != measures.ROW:
        for row in range(len(layout.heights), len(layout.heights) + count):
            layout.fixed[row] = share
    layout.heights.extend([share] * count)
    return len(layout.heights)


def _line(layout: SheetLayout, text: str, start: int = 0, label: str = "", *, strong: bool = False) -> Line:
    room = measures.letters(sum(layout.widths[start:]))
    count = measures.lines(text, room)
    if label:
        count = max(count, measures.lines(label, measures.letters(sum(layout.widths[:start]))))
    top = len(layout.heights)
    end = _rows(layout, measures.height(count))
    return Line(top, end - 1, text, label, strong)


def _table(layout: SheetLayout, table: Table) -> PlacedTable:
    top = len(layout.heights)
    caption = _caption(layout, table.caption) if table.caption else None
    facts = [_fact(layout, fact) for fact in table.facts]
    parts = [_part(layout, part) for part in table.parts if part.rows]
    below = [_line(layout, text) for text in ("" if parts else table.empty, table.note) if text]
    return PlacedTable(table, top, caption, facts, parts, below, len(layout.heights))


def _caption(layout: SheetLayout, text: str) -> Line:
    """Add a table's caption; the first one of the sheet that lists the others is the workbook's title."""
    if layout.tables or not layout.sheet.lists:
        return _line(layout, text)
    top = len(layout.heights)
    room = int(measures.letters(sum(layout.widths)) * measures.LINE / measures.TITLE) or 1
    end = _rows(layout, measures.TITLE * measures.lines(text, room))
    return Line(top, end - 1, text)


def _fact(layout: SheetLayout, fact: Fact) -> Line:
    if layout.width == 1:
        return _line(layout, f"{fact.label}: {fact.text}", strong=fact.strong)
    return _line(layout, fact.text, 1, fact.label, strong=fact.strong)


def _part(layout: SheetLayout, part: Part) -> PlacedPart:
    starts = [0]
    for column in part.columns:
        starts.append(starts[-1] + column.slots)
    edges = tuple(starts)
    head_top = len(layout.heights)
    rotated = _heads(layout, part, edges)
    tops = [len(layout.heights)]
    for points in _row_heights(layout, part, edges):
        if points == measures.ROW:
            layout.heights.append(points)
            tops.append(tops[-1] + 1)
        else:
            tops.append(_rows(layout, points))
    return PlacedPart(part, edges, head_top, tops, rotated)


def _heads(layout: SheetLayout, part: Part, starts: tuple[int, ...]) -> frozenset[tuple[int, int]]:
    """Add the rows of a part's head; return the heads that stand upright."""
    key = (part.head, starts)
    # the tables of a sheet mostly have the same heads
    if key not in layout.head_sizes:
        layout.head_sizes[key] = _head_sizes(layout, part, starts)
    heights, rotated = layout.head_sizes[key]
    for points in heights:
        _rows(layout, points)
    return rotated


def _head_sizes(layout: SheetLayout, part: Part, starts: tuple[int, ...]) -> HeadSizes:
    rotated = set()
    needed: list[tuple[int, int, float]] = []
    for y, line in enumerate(part.head):
        for x, head in enumerate(line):
            if head is None or not head.text:
                continue
            width = sum(layout.widths[starts[x] : starts[x + head.span]])
            if head.span == 1 and measures.must_rotate(head.text, width):
                rotated.add((y, x))
                points = measures.rotated_height(head.text)
            else:
                # bold is wider
                points = measures.height(measures.lines(head.text, measures.letters(width * 0.95)))
            needed.append((y, head.down, points))
    return _spread(needed, [measures.ROW] * len(part.head)), frozenset(rotated)


def _spread(needed: list[tuple[int, int, float]], heights: list[float]) -> list[float]:
    """Return the heights of rows, higher where that gives a cell (row, rows, height) its room."""
    for top, down, points in sorted(needed, key=lambda need: need[1]):
        # a merge that would leave the part is cut, as it is when written
        run = range(top, min(top + down, len(heights)))
        missing = points - sum(heights[row] for row in run)
        if missing > 0:
            for row in run:
                heights[row] += missing / len(run)
    return heights


def _row_heights(layout: SheetLayout, part: Part, starts: tuple[int, ...]) -> list[float]:
    """Return the height of each row."""
    alone = [column.slots == 1 for column in part.columns]
    rooms = [measures.letters(sum(layout.widths[a:b])) for a, b in itertools.pairwise(starts)]
    # texts shorter than this surely stand on one line
    short = [measures.surely(room) for room in rooms]
    merged: list[tuple[int, int, float]] = []
    heights: list[float] = []
    for at, row in enumerate(part.rows):
        most = 1
        for x, cell in enumerate(row.cells):
            text = cell.text
            if len(text) <= short[x] and "\n" not in text:
                continue
            if cell.span == cell.down == 1 and alone[x]:
                most = max(most, measures.lines(text, rooms[x]))
            else:
                merged.append((at, cell.down, _merged_height(layout, row, x, starts)))
        heights.append(measures.height(most))
    return _spread(merged, heights) if merged else heights


def _merged_height(layout: SheetLayout, row: Row, x: int, starts: tuple[int, ...]) -> float:
    cell = row.cells[x]
    width = sum(layout.widths[starts[x] : starts[min(x + cell.span, len(row.cells))]])
    return measures.height(measures.lines(cell.text, measures.letters(width)))


def _breaks(layout: SheetLayout) -> list[int]:
    """Return the rows before which a page ends, so that tables that fit on a page stay on one."""
    room = measures.page_height(layout.widths, measures.page(landscape=layout.landscape))
    breaks = []
    used = 0.0
    for placed in layout.tables:
        points = sum(layout.heights[placed.top : placed.end])
        # a table longer than a page begins where it stands, unless little of the page is left
        if used and used + points > room and (points <= room or used > room / 2):
            breaks.append(placed.top)
            used = 0.0
        used = (used + points + measures.ROW) % room
    return breaks[:_MAX_BREAKS]
