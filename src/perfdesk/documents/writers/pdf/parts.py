"""Reshaping a table's parts before they are set: columns printed in groups, short lists printed side by side."""

from collections.abc import Sequence
from typing import Final

from perfdesk.tables.table import COVERED, Cell, Head, Part, Role, Row

_FEWEST_ROWS_BESIDE: Final = 4


def columns_of(part: Part, chosen: Sequence[int]) -> Part:
    """Return the part with some of its columns; what spans beyond them is repeated in each group it reaches."""
    head = tuple(_head_line(part, line, chosen) for line in range(len(part.head)))
    rows = tuple(row._replace(cells=_row_cells(row.cells, chosen)) for row in part.rows)
    return Part(part.key, tuple(part.columns[at] for at in chosen), head, rows)


def _head_line(part: Part, line: int, chosen: Sequence[int]) -> tuple[Head | None, ...]:
    cells: list[Head | None] = []
    origins = _origins([head.span if head else 0 for head in part.head[line]])
    for n, at in enumerate(chosen):
        origin = origins[at]
        anchor = part.head[line][origin] if origin is not None else None
        if anchor is None:
            cells.append(None)
            continue
        first = n == 0 or origins[chosen[n - 1]] != origin
        span = sum(1 for other in chosen[n:] if origins[other] == origin)
        cells.append(anchor._replace(span=span) if first else None)
    return tuple(cells)


def _row_cells(cells: Sequence[Cell], chosen: Sequence[int]) -> tuple[Cell, ...]:
    origins = _origins([cell.span if cell.text or cell.span > 1 else 1 for cell in cells])
    found: list[Cell] = []
    for n, at in enumerate(chosen):
        origin = origins[at]
        if origin is None or (n and origins[chosen[n - 1]] == origin):
            found.append(COVERED)
            continue
        span = sum(1 for other in chosen[n:] if origins[other] == origin)
        found.append(cells[origin]._replace(span=span))
    return tuple(found)


def _origins(spans: Sequence[int]) -> list[int | None]:
    """Return for each column the column whose cell covers it; a span of 0 stands for no cell of its own."""
    origins: list[int | None] = []
    until = origin = 0
    for at, span in enumerate(spans):
        if at < until:
            origins.append(origin)
        elif span:
            origin, until = at, at + span
            origins.append(at)
        else:
            origins.append(None)
    return origins


def beside(part: Part, times: int) -> Part:
    """Return the part with its rows in several columns of columns, read downwards; totals stay below.

    A part with cells over several rows or columns, or with few rows, is returned as it is.
    """
    rows = part.rows
    end = len(rows)
    while end and rows[end - 1].role is not Role.DETAIL:
        end -= 1
    plain = all(row.role is Role.DETAIL and all(c.span == c.down == 1 for c in row.cells) for row in rows[:end])
    if times < 2 or not plain or end < max(times, _FEWEST_ROWS_BESIDE):
        return part
    width = len(part.columns)
    height = -(-end // times)
    blank = (COVERED,) * width
    joined: list[Row] = []
    for n in range(height):
        beside_ = [rows[at] if (at := n + k * height) < end else None for k in range(times)]
        cells = tuple(cell for row in beside_ for cell in (row.cells if row else blank))
        joined.append(Row(Role.DETAIL, rows[n].key, cells))
    below = [Row(row.role, row.key, (*blank * (times - 1), *row.cells)) for row in rows[end:]]
    return Part(part.key, part.columns * times, tuple(line * times for line in part.head), (*joined, *below))
