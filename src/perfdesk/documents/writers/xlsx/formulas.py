"""Live formulas: from the cells a figure was computed from to the formula that computes it again.

A formula names its sources as ranges. A column that adds up the same line of many tables of another sheet (table 4
from all cost sheets) would soon be longer than a formula may be: there a hidden column beside those tables says what
each of their rows counts towards, and the formula is a SUMIF over it, whatever the number of tables.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from perfdesk.documents.writers.xlsx import numbers
from perfdesk.documents.writers.xlsx.layout import SheetLayout
from perfdesk.tables.table import ColumnKind, Formula, Op

# A formula holds 8.192 characters, a function 255 arguments; the rest of the formula needs some too.
_MAX_LENGTH: Final = 8000
_MAX_ARGUMENTS: Final = 250
_KURUS: Final = 2
# No letter that SUMIF might take for a pattern, and never a number, which it would compare as such.
_MARK: Final = re.compile(r"[a-z_]+-[a-z0-9_]+")


class Place(NamedTuple):
    """A cell's place in the workbook."""

    sheet: int
    row: int
    column: int


class _Source(NamedTuple):
    """A cell that has a formula: where it stands, in which table, row and column, and its decimals."""

    place: Place
    table: tuple[str, str]
    row: str
    column: str
    formula: Formula
    decimals: int


class SheetFormulas(NamedTuple):
    """The formulas of a sheet by row and column, and the marks of its rows."""

    texts: dict[tuple[int, int], str]
    marks: dict[int, str]


class Formulas:
    """The formulas of a workbook."""

    def __init__(self, layouts: Sequence[SheetLayout]) -> None:
        self._names = [layout.name.replace("'", "''") for layout in layouts]
        self._ends = [len(layout.heights) for layout in layouts]
        self._mark_columns = [layout.width for layout in layouts]
        self._places: dict[tuple[str, str, str, str], Place] = {}
        self._letters: dict[int, str] = {}
        self._sheets = [SheetFormulas({}, {}) for _ in layouts]
        sources = [source for index, layout in enumerate(layouts) for source in self._read(index, layout)]
        marked = self._marked(sources)
        for source in sources:
            text = self._text(source, by_marks=source.place in marked)
            if text:
                self._sheets[source.place.sheet].texts[source.place.row, source.place.column] = text

    def of_sheet(self, index: int) -> SheetFormulas:
        """Return the formulas of a sheet."""
        return self._sheets[index]

    def _read(self, index: int, layout: SheetLayout) -> Iterator[_Source]:
        """Note the place of every number, and yield those that have a formula."""
        places = self._places
        for placed in layout.tables:
            kind, id_ = placed.table.kind, placed.table.id
            for part in placed.parts:
                columns = part.part.columns
                for row, top in zip(part.part.rows, part.tops, strict=False):
                    for x, cell in enumerate(row.cells):
                        if cell.number is None:
                            continue
                        column = columns[x]
                        if not numbers.is_exact(cell.text, column.kind):
                            continue
                        place = places[kind, id_, row.key, column.key] = Place(index, top, part.starts[x])
                        if cell.formula and cell.formula.refs:
                            decimals = _KURUS
                            if column.kind is not ColumnKind.AMOUNT:
                                decimals = max(decimals, numbers.decimals_of(cell.text))
                            yield _Source(place, (kind, id_), row.key, column.key, cell.formula, decimals)

    # --- columns that are added up by marks --------------------------------------------------------------------------

    def _marked(self, sources: list[_Source]) -> set[Place]:
        """Return the cells whose formulas add up marked rows, all such of a column alike, and mark those rows."""
        columns: dict[tuple[tuple[str, str], str], list[_Source]] = {}
        for source in sources:
            if source.formula.op is Op.SUM and source.formula.refs[0].table != source.table[0]:
                columns.setdefault((source.table, source.column), []).append(source)
        return {
            member.place
            for members in columns.values()
            if any(len({ref.id for ref in member.formula.refs}) > 1 for member in members) and self._mark(members)
            for member in members
        }

    def _mark(self, members: list[_Source]) -> bool:
        """Mark the rows that each of these formulas adds up; return False where it cannot be done for all."""
        marks: dict[Place, str] = {}
        for member in members:
            text = _mark_text(member)
            places = [self._places.get(ref) for ref in member.formula.refs]
            if not _MARK.fullmatch(text):
                return False
            for place in places:
                if place is None or place in marks or place.row in self._sheets[place.sheet].marks:
                    return False
                marks[place] = text
        if len({(place.sheet, place.column) for place in marks}) > 1:
            return False
        for place, text in marks.items():
            self._sheets[place.sheet].marks[place.row] = text
        return True

    def _sum_of_marked(self, source: _Source, first: Place) -> str:
        sheet = self._sheet(first.sheet, source.place.sheet)
        mark, amount = self._letter(self._mark_columns[first.sheet]), self._letter(first.column)
        end = self._ends[first.sheet]
        return f'SUMIF({sheet}${mark}$1:${mark}${end},"{_mark_text(source)}",{sheet}${amount}$1:${amount}${end})'

    # --- texts -------------------------------------------------------------------------------------------------------

    def _text(self, source: _Source, *, by_marks: bool) -> str:
        """Return the formula, or "" where a source is not in the workbook or there are too many."""
        op, refs, plus = source.formula
        found = [self._places.get(ref) for ref in refs]
        places = [place for place in found if place]
        if not places or len(places) < len(refs):
            return ""
        if op is Op.SHARE:
            part, whole = (self._cell(place, source.place.sheet) for place in places)
            whole = _absolute(whole)
            # a share is rounded from its decimal value: 0,125 is 0,13 whatever its binary neighbour
            return f"=IF({whole}=0,0,ROUND(ROUND({part}/{whole}*100,12),2))"
        if op is Op.DIFFERENCE:
            whole, less = (self._cell(place, source.place.sheet) for place in places)
            return f"=ROUND({whole}-{less},{source.decimals})"
        if by_marks:
            return f"=ROUND({self._sum_of_marked(source, places[0])}{_plus(plus)},{source.decimals})"
        ranges = self._ranges(places, source.place.sheet)
        if len(places) == 1:
            return f"=ROUND({ranges[0]}{_plus(plus)},{source.decimals})" if plus else f"={ranges[0]}"
        text = f"=ROUND({_sum(ranges)}{_plus(plus)},{source.decimals})"
        return text if len(text) <= _MAX_LENGTH else ""

    def _ranges(self, places: list[Place], sheet: int) -> list[str]:
        """Return cells as few ranges: down the columns, or along a row."""
        if len(places) == 1:
            return [self._cell(places[0], sheet)]
        runs = _runs(sorted(places, key=lambda place: (place.sheet, place.column, place.row)), down=1)
        if len(runs) == len(places):
            runs = _runs(sorted(places), right=1)
        return [
            f"{self._cell(first, sheet)}:{self._letter(last.column)}{last.row + 1}"
            if first != last
            else self._cell(first, sheet)
            for first, last in runs
        ]

    def _cell(self, place: Place, sheet: int) -> str:
        return f"{self._sheet(place.sheet, sheet)}{self._letter(place.column)}{place.row + 1}"

    def _sheet(self, sheet: int, own: int) -> str:
        return "" if sheet == own else f"'{self._names[sheet]}'!"

    def _letter(self, column: int) -> str:
        letter = self._letters.get(column)
        if letter is None:
            letter, rest = "", column + 1
            while rest:
                rest, digit = divmod(rest - 1, 26)
                letter = chr(ord("A") + digit) + letter
            self._letters[column] = letter
        return letter


def _runs(places: list[Place], *, down: int = 0, right: int = 0) -> list[tuple[Place, Place]]:
    """Return sorted cells as runs (first, last) of neighbours."""
    runs: list[tuple[Place, Place]] = []
    expected = None
    for place in places:
        if place == expected:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
        expected = Place(place.sheet, place.row + down, place.column + right)
    return runs


def _sum(ranges: list[str]) -> str:
    if len(ranges) <= _MAX_ARGUMENTS:
        return f"SUM({','.join(ranges)})"
    starts = range(0, len(ranges), _MAX_ARGUMENTS)
    return f"SUM({','.join(_sum(ranges[start : start + _MAX_ARGUMENTS]) for start in starts)})"


def _plus(amount: Decimal) -> str:
    return f"{amount:+f}" if amount else ""


def _absolute(cell: str) -> str:
    return re.sub(r"([A-Z]+)(\d+)$", r"$\1$\2", cell)


def _mark_text(source: _Source) -> str:
    return f"{source.column}-{source.row}"
