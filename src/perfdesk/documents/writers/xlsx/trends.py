"""Sparklines: how the numbers of a row run, drawn in a cell beside them."""

from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter.utility import xl_range_formula

from perfdesk.documents.writers.xlsx import numbers
from perfdesk.documents.writers.xlsx.layout import PlacedPart
from perfdesk.tables.table import Cell, Column, ColumnKind, Row

_FEWEST: Final = 2
# columns, as LibreOffice prints no lines; the last one is the goal of the others
_LOOK: Final = {
    "type": "column",
    "last_point": True,
    "series_color": "#9DB4CC",
    "last_color": "#1F4E79",
    "negative_points": True,
    "negative_color": "#C0504D",
}


def draw(sheet: Any, placed: PlacedPart, row: Row, top: int) -> None:
    """Draw the trends of a row that has been written."""
    columns = placed.part.columns
    for x, column in enumerate(columns):
        if column.kind is not ColumnKind.TREND:
            continue
        run = _run(columns, row.cells, column.over)
        if run:
            first, last = placed.starts[run[0]], placed.starts[run[1]]
            source = xl_range_formula(sheet.get_name(), top, first, top, last)
            look: dict[str, object] = {**_LOOK, "range": source}
            if all((cell.number or 0) >= 0 for cell in row.cells[run[0] : run[1] + 1]):
                # else the smallest would be no column at all
                look["min"] = 0
            sheet.add_sparkline(top, placed.starts[x], look)


def _run(columns: Sequence[Column], cells: Sequence[Cell], over: tuple[str, ...]) -> tuple[int, int] | None:
    """Return the columns between which a trend is drawn: the longest run of numbers without a text between them.

    A spreadsheet takes a text among the numbers for zero; what is blank it passes over.
    """
    best: tuple[int, int] | None = None
    most = _FEWEST - 1
    found: list[int] = []
    for at, (column, cell) in enumerate(zip(columns, cells, strict=True)):
        is_number = cell.number is not None and numbers.is_exact(cell.text, column.kind)
        if column.key not in over or (cell.text and not is_number):
            found = []
        elif is_number:
            found.append(at)
            if len(found) > most:
                best, most = (found[0], at), len(found)
    return best
