"""Notes at cells: what a mark in the corner of a cell opens when the pointer rests on it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from perfdesk.documents.writers.xlsx import measures, texts
from perfdesk.documents.writers.xlsx.layout import PlacedPart, PlacedTable, SheetLayout
from perfdesk.tables.table import Ref

# in pixels: wide enough for a sentence on three lines
_WIDTH: Final = 320
_LINE: Final = 16
_PADDING: Final = 12
_LETTERS: Final = 52
_MOST_LINES: Final = 30
_LOOK: Final = {"author": "perfdesk", "font_name": "Calibri", "font_size": 9, "color": "#FFFFF0", "width": _WIDTH}

# by column, of a row of a kind of table with an id
_OfRow = dict[str, str]


class Notes:
    """The notes of a workbook, found by the rows they stand at."""

    def __init__(self, notes: Mapping[Ref, str]) -> None:
        self._rows: dict[tuple[str, str, str], _OfRow] = defaultdict(dict)
        for (kind, id_, row, column), text in notes.items():
            self._rows[kind, id_, row][column] = text
        self._kinds = {kind for kind, _id, _row in self._rows}

    def write(self, sheet: Any, layout: SheetLayout) -> None:
        """Write the notes of a sheet that has been written."""
        found: dict[tuple[int, int], list[str]] = defaultdict(list)
        for placed in layout.tables:
            if placed.table.kind in self._kinds:
                for cell, text in self._of_table(placed):
                    found[cell].append(text)
        for (row, column), said in found.items():
            text = texts.fit("\n".join(said))
            lines = min(measures.lines(text, _LETTERS), _MOST_LINES)
            sheet.write_comment(row, column, text, {**_LOOK, "height": lines * _LINE + _PADDING})

    def _of_table(self, placed: PlacedTable) -> Iterator[tuple[tuple[int, int], str]]:
        kind, id_ = placed.table.kind, placed.table.id
        for text in self._rows.get((kind, id_, ""), {}).values():
            yield (placed.top, 0), text
        for part in placed.parts:
            for at, row in enumerate(part.part.rows):
                told = self._rows.get((kind, id_, row.key)) or (id_ and self._rows.get((kind, "", row.key)))
                if told:
                    yield from ((_cell(part, at, column), text) for column, text in told.items())


def _cell(placed: PlacedPart, at: int, key: str) -> tuple[int, int]:
    """Return the sheet's row and column of a row's cell; the first one where the row has no such column.

    Under a merge it is the cell that has the text: no other can bear a note.
    """
    columns, rows = placed.part.columns, placed.part.rows
    x = next((n for n, column in enumerate(columns) if column.key == key), 0)
    if not rows[at].cells[x].text:
        over = (
            (up, left)
            for up in range(at, -1, -1)
            for left in range(x, -1, -1)
            if up + rows[up].cells[left].down > at and left + rows[up].cells[left].span > x
        )
        # the cell itself comes first, and is only one of its own where no other stands over it
        own, *others = over
        at, x = others[0] if others else own
    return placed.tops[at], placed.starts[x]
