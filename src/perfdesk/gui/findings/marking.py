"""Findings as marks of a form's rows and cells."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from perfdesk.gui.findings import words
from perfdesk.gui.marks import Mark, Marks, RowMark
from perfdesk.services.control.audit import Item
from perfdesk.services.places import Place


def marks_of(items: Iterable[Item], is_shown: Callable[[Place], bool], cell_of: Callable[[Place], Place]) -> Marks:
    """Return the marks of a form, by table and row; what was accepted has none.

    Args:
        items: the findings, the gravest first.
        is_shown: whether a place belongs to the form.
        cell_of: the cell or field that shows a place there.
    """
    found: dict[tuple[str, int], list[tuple[str, Item]]] = defaultdict(list)
    for item in items:
        place = item.place
        if place is not None and item.acceptance is None and is_shown(place):
            cell = cell_of(place)
            found[cell.table, cell.row].append((cell.column, item))
    marks: dict[str, dict[int, RowMark]] = defaultdict(dict)
    for (table, row), of_row in found.items():
        columns: dict[str, list[Item]] = defaultdict(list)
        for column, item in of_row:
            if column:
                columns[column].append(item)
        cells = {column: _mark(of_cell) for column, of_cell in columns.items()}
        marks[table][row] = RowMark(_mark([item for _column, item in of_row]), cells)
    return dict(marks)


def _mark(items: Sequence[Item]) -> Mark:
    gravest = items[0].finding.severity
    return Mark(gravest, words.letter(gravest), tuple(words.told(item.finding) for item in items))
