"""Units of area and volume with their raised figure: m2 prints as m², where a text is a unit or a quantity.

Writers ask for it table by table as they set them; a document keeps what was typed.
"""

import dataclasses
import re
from typing import Final

from perfdesk.tables import resource_table
from perfdesk.tables.table import Cell, Head, Part, Row, Table

_RAISED: Final = {"2": "²", "3": "³"}
_UNIT: Final = re.compile(r"(?<![^\W\d_])(km|hm|dam|m|dm|cm|mm) ?([23])(?!\w)")
# in capitals, as heads are often typed, only where brackets show that it is a unit
_CAPITALS: Final = re.compile(r"(?<=\()(KM|M)([23])(?=\))")
# a column of units of measure
_UNITS: Final = "unit"


def raised(text: str, *, head: bool = False) -> str:
    """Return a unit, a quantity or a head with the figures of its units raised."""
    if "2" not in text and "3" not in text:
        return text
    text = _UNIT.sub(_raise, text)
    return _CAPITALS.sub(_raise, text) if head else text


def _raise(match: re.Match[str]) -> str:
    return match[1] + _RAISED[match[2]]


def with_raised_units(table: Table) -> Table:
    """Return the table with units raised in its heads, in columns of units, and in what resource tables list.

    Sentences are left as they were typed: there the same letters may be a name.
    """
    parts = tuple(_part(part, whole=table.kind == resource_table.KIND) for part in table.parts)
    same = all(new is old for new, old in zip(parts, table.parts, strict=True))
    return table if same else dataclasses.replace(table, parts=parts)


def _part(part: Part, *, whole: bool) -> Part:
    columns = frozenset(at for at, column in enumerate(part.columns) if whole or column.key == _UNITS)
    heads = tuple(tuple(_head(cell) for cell in line) for line in part.head)
    rows = tuple(_row(row, columns) for row in part.rows) if columns else part.rows
    if heads == part.head and all(new is old for new, old in zip(rows, part.rows, strict=True)):
        return part
    return dataclasses.replace(part, head=heads, rows=rows)


def _head(cell: Head | None) -> Head | None:
    if cell is None or (text := raised(cell.text, head=True)) == cell.text:
        return cell
    return cell._replace(text=text)


def _row(row: Row, columns: frozenset[int]) -> Row:
    changed = {at: text for at in columns if (text := raised(row.cells[at].text)) != row.cells[at].text}
    if not changed:
        return row
    cells = tuple(_cell(cell, changed.get(at)) for at, cell in enumerate(row.cells))
    return row._replace(cells=cells)


def _cell(cell: Cell, text: str | None) -> Cell:
    return cell if text is None or cell.bullets else cell._replace(text=text)
