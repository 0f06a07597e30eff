"""Kaynak tabloları: typed or free-form tables of texts, with computed totals where asked for."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.errors import NumberError
from perfdesk.domain.numbers import format_number, parse_number
from perfdesk.domain.resources import ResourceTable
from perfdesk.tables.context import Context
from perfdesk.tables.table import Cell, Column, ColumnKind, Formula, Head, Op, Part, Ref, Role, Row, Table

KIND: Final = "resource_table"
_TOTAL_WORDS: Final = ("toplam", "genel toplam")
# numbers in another notation than ours are none to count with, but stand like such
_FIGURES: Final = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?|%?-?\d+([.,]\d+)?%?")
# a running number is no quantity
_SERIAL: Final = re.compile(r"(sira|s\.?)\s*(no)?\.?|no\.?")
_LONGEST_WEIGHT: Final = 40


def build(ctx: Context, table: ResourceTable, number: int, caption: str) -> Table:
    """Return the table; ``number`` is its place among the programme's resource tables, from 1."""
    id_ = str(number)
    width = table.width
    texts = [_padded(row.cells, width) for row in table.rows]
    total_lines = {n for n, line in enumerate(texts) if is_total(line)}
    numbers = [[number_of(text) for text in line] for line in texts]
    numeric = [_is_numeric(texts, numbers, at, total_lines) for at in range(width)]
    figures = [numeric[at] or _is_figures(table.header, texts, at) for at in range(width)]
    summed = [numeric[at] and at > 0 and not _is_serial(table.header, at) for at in range(width)]

    rows: list[Row] = []
    for n, line in enumerate(texts):
        cells = [Cell(text, numbers[n][at] if numeric[at] else None, typed=numeric[at]) for at, text in enumerate(line)]
        key = f"row:{n + 1}"
        if table.total_column:
            cells.append(_row_total(id_, key, [numbers[n][at] if summed[at] else None for at in range(width)]))
        if n in total_lines:
            cells = _told_apart(cells, figures)
        rows.append(Row(Role.TOTAL if n in total_lines else Role.DETAIL, key, tuple(cells)))
    if table.total_row and rows and width:
        keys = [_key(at) if summed[at] else "" for at in range(width)]
        rows.append(_total_row(ctx, id_, rows, [*keys, "total"] if table.total_column else keys))

    columns = [_column(at, numeric=figures[at], lines=[*table.header, *texts]) for at in range(width)]
    head_lines = list(_heads(table.header, width))
    if table.total_column:
        columns.append(Column("total", "", ColumnKind.VALUE, _weight(ctx.labels["total"])))
        head_lines = [
            (*line, Head(ctx.labels["total"], down=len(head_lines)) if n == 0 else None)
            for n, line in enumerate(head_lines)
        ]
    part = Part(KIND, tuple(columns), tuple(head_lines), tuple(rows))
    return Table(
        KIND,
        id_,
        caption,
        (part,),
        empty=ctx.labels["empty"],
        note=table.note,
        side_by_side=table.side_by_side or 1,
    )


def is_total(cells: Sequence[str]) -> bool:
    """Whether a row printed among the rows is a total: its first text begins with toplam or genel toplam."""
    first = next((text for text in cells if text), "")
    return turkish.lower(first).startswith(_TOTAL_WORDS)


def number_of(text: str) -> Decimal | None:
    """Return the number a cell holds in Turkish notation, if it is one and nothing else."""
    if not text or not (text[-1].isdigit() and (text[0].isdigit() or text[0] == "-")):
        return None
    if text[0] == "0" and text[1:2].isdigit():
        return None
    try:
        return parse_number(text)
    except NumberError:
        return None


def _is_numeric(
    texts: Sequence[Sequence[str]], numbers: Sequence[Sequence[Decimal | None]], at: int, totals: set[int]
) -> bool:
    filled = [n for n, line in enumerate(texts) if line[at] not in ("", "-") and n not in totals]
    return bool(filled) and all(numbers[n][at] is not None for n in filled)


def _told_apart(cells: Sequence[Cell], figures: Sequence[bool]) -> list[Cell]:
    """Return a total row's cells, those of a list apart that stands beside the one that is added up.

    Lists beside each other are runs of columns of the same shape: names, then figures.
    """
    width = len(figures)
    one = next((size for size in range(2, width // 2 + 1) if _repeats(figures, size)), width)
    found: list[Cell] = []
    for at in range(0, width, one):
        part = cells[at : at + one]
        own = any(cell.text for cell in part) and not is_total([cell.text for cell in part])
        found += [cell._replace(apart=True) for cell in part] if own else part
    return [*found, *cells[width:]]


def _repeats(figures: Sequence[bool], size: int) -> bool:
    """Whether columns are lists of so many columns each."""
    one, width = list(figures[:size]), len(figures)
    return width % size == 0 and not one[0] and any(one) and list(figures) == one * (width // size)


def _is_figures(header: Sequence[Sequence[str]], texts: Sequence[Sequence[str]], at: int) -> bool:
    """Whether a column holds nothing but figures, in whatever notation, and its own head again."""
    heads = {line[at] for line in header if at < len(line)}
    filled = [line[at] for line in texts if line[at] not in ("", "-") and line[at] not in heads]
    return bool(filled) and all(number_of(text) is not None or _FIGURES.fullmatch(text) for text in filled)


def _is_serial(header: Sequence[Sequence[str]], at: int) -> bool:
    texts = [line[at] for line in header if at < len(line) and line[at]]
    return bool(texts) and bool(_SERIAL.fullmatch(turkish.fold(texts[-1]).strip()))


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * (width - len(cells)))


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _row_total(id_: str, key: str, numbers: Sequence[Decimal | None]) -> Cell:
    amount = _sum(numbers)
    if amount is None:
        return Cell()
    refs = tuple(Ref(KIND, id_, key, _key(at)) for at, number in enumerate(numbers) if number is not None)
    return Cell(format_number(amount), amount, formula=Formula(Op.SUM, refs))


def _total_row(ctx: Context, id_: str, rows: Sequence[Row], keys: Sequence[str]) -> Row:
    """Return the computed total; ``keys`` are those of the columns, "" where nothing is summed."""
    cells = [Cell(ctx.labels["total"])]
    for at in range(1, len(keys)):
        sources = [
            row for row in rows if row.role_of(row.cells[at]) is Role.DETAIL and row.cells[at].number is not None
        ]
        amount = _sum([row.cells[at].number for row in sources]) if keys[at] else None
        if amount is None:
            cells.append(Cell())
            continue
        refs = tuple(Ref(KIND, id_, row.key, keys[at]) for row in sources)
        cells.append(Cell(format_number(amount), amount, formula=Formula(Op.SUM, refs)))
    return Row(Role.TOTAL, "total", tuple(cells))


def _key(at: int) -> str:
    return f"column:{at + 1}"


def _column(at: int, *, numeric: bool, lines: Sequence[Sequence[str]]) -> Column:
    longest = max((_weight(line[at]) for line in lines if at < len(line)), default=1.0)
    return Column(_key(at), "", ColumnKind.VALUE if numeric else ColumnKind.TEXT, longest)


def _weight(text: str) -> float:
    """Return a width in letters: long texts wrap, but no word should be cut."""
    word = max((len(word) for word in text.split()), default=1)
    return float(max(word, min(len(text), _LONGEST_WEIGHT), 3))


def _heads(header: Sequence[Sequence[str]], width: int) -> list[tuple[Head | None, ...]]:
    """Return the head: neighbouring equal texts are one cell, "" below a text belongs to the cell above."""
    lines = [_padded(line, width) for line in header]
    taken = [[False] * width for _ in lines]
    heads: list[tuple[Head | None, ...]] = []
    for y, line in enumerate(lines):
        cells: list[Head | None] = []
        for x, text in enumerate(line):
            if taken[y][x]:
                cells.append(None)
                continue
            span = 1
            while text and x + span < width and line[x + span] == text and not taken[y][x + span]:
                span += 1
            down = 1
            while text and y + down < len(lines) and not any(lines[y + down][x : x + span]):
                down += 1
            for dy in range(down):
                for dx in range(span):
                    taken[y + dy][x + dx] = True
            cells.append(Head(text, span, down))
        heads.append(tuple(cells))
    return heads
