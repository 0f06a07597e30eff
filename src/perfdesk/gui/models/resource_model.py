"""The grids of a resource table: its rows with the computed totals as the book prints them, and its header's lines."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont

from perfdesk.domain import texts
from perfdesk.domain.errors import UserError
from perfdesk.domain.resources import ResourceTable
from perfdesk.gui.grid.edit_model import EditModel
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading, Index, content_of
from perfdesk.gui.refused import Anchor, Row, Shift, Spot
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.book import resource_tables
from perfdesk.services.editing import records
from perfdesk.services.paste.bulk import Entries, Refused
from perfdesk.services.paste.ground import Ground
from perfdesk.tables import resource_table
from perfdesk.tables.resource_table import number_of
from perfdesk.tables.table import Column, ColumnKind, Role, Table

TOTAL: Final = "total"
HEADER: Final = "resource_header"
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# how the header's grid says that a cell is printed as one with its neighbour
_JOINED_LEFT: Final = "← {text}"
_JOINED_UP: Final = "↑"
_Way = Callable[[Spot], Spot | None]


class Unread(NamedTuple):
    """An entry that keeps its column from being added up: the column's head, the row's place from 1, the text."""

    head: str
    row: int
    text: str


def column_key(at: int) -> str:
    """Return the key of a column of texts by its place."""
    return f"c{at}"


def place_of(column: str) -> int:
    """Return the place of a column of texts by its key; -1 for the computed total."""
    return int(column[1:]) if column[:1] == "c" and column[1:].isdigit() else -1


class _OfTable(EditModel):
    """A grid of one resource table of the year in hand."""

    weighs_letters = True

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.row = 0

    @property
    def table_shown(self) -> ResourceTable | None:
        """The table, if it is there."""
        return find_table(self.session, self.row)

    def set_table(self, row: int) -> None:
        """Turn to a table by its row; ``refresh`` shows it."""
        self.row = row

    def rows_above(self) -> tuple[Row, ...]:
        """Return the table's row."""
        return (Row.of(resource_tables.TABLE, self.row),)

    def built(self, table: ResourceTable) -> Table:
        """Return the table as it is printed; only its figures are asked for, not its number and caption."""
        ctx = self.session.context
        assert ctx is not None
        return resource_table.build(ctx, table, 1, "")


class ResourceModel(_OfTable):
    """Satırlar: texts as typed; the total row and column are computed."""

    kind = resource_tables.ROW

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        # rows that are totals typed among the others
        self._typed_totals: frozenset[object] = frozenset()
        self.unread: tuple[Unread, ...] = ()

    def content(self) -> Content:
        """Return a row for each row of the table, and the computed total."""
        table = self.table_shown
        if table is None:
            return Content()
        built = self.built(table)
        part = built.parts[0]
        width = table.width
        columns = columns_of(table, part.columns)
        heads = tuple(Heading(head.text, head.text) for head in content_of(built, computed=False).heads)
        rows = []
        typed_totals = set()
        for n, line in enumerate(part.rows):
            is_sum = n >= len(table.rows)
            key = TOTAL if is_sum else table.rows[n].row
            if line.role is Role.TOTAL and not is_sum:
                typed_totals.add(key)
            cells = tuple(
                GridCell(cell.text, "", cell.number, computed=True)
                if is_sum or at >= width
                else GridCell(cell.text, cell.text, cell.number, editable=True)
                for at, cell in enumerate(line.cells)
            )
            rows.append(GridRow(key, cells, Role.TOTAL if is_sum else Role.DETAIL))
        self._typed_totals = frozenset(typed_totals)
        unread = dict(_unread(table, heads)) if table.total_row or table.total_column else {}
        self.unread = tuple(unread.values())
        # numbers that are not added up do not look as if they were
        columns = tuple(
            replace(column, kind=ColumnKind.TEXT) if at in unread else column for at, column in enumerate(columns)
        )
        return Content(columns, heads, tuple(rows))

    def write(self, row: int, column: str, text: str) -> None:
        """Keep a text as typed."""
        resource_tables.set_cell(self.session.store, row, place_of(column), text)

    def insert_row(self) -> int:
        """Add a row behind the last one."""
        return resource_tables.add_row(self.session.store, self.row)

    def can_add(self) -> bool:
        """Whether there is a table to add to."""
        table = self.table_shown
        return table is not None and table.width > 0

    def new_cells(self, content: Content) -> tuple[GridCell, ...]:
        """Return blank cells; the total is computed."""
        return tuple(GridCell(editable=c.key != TOTAL, computed=c.key == TOTAL) for c in content.columns)

    def _delete(self, rows: Sequence[int]) -> None:
        resource_tables.delete_rows(self.session.store, rows)

    def write_many(self, entries: Mapping[int, Entries]) -> Refused:
        """Keep texts as typed, whole rows at a time."""
        lines = {row: resource_tables.cells_of(self.session.store, row) for row in entries}
        refused: Refused = {}
        for row, typed in entries.items():
            lines[row], errors = _written(lines[row], typed)
            refused |= {(row, column): error for column, error in errors.items()}
        resource_tables.set_cells(self.session.store, self.row, lines)
        return refused

    def add_many(self, entries: Sequence[Entries]) -> tuple[list[int], Refused]:
        """Add rows of texts as typed."""
        written = [_written([], typed) for typed in entries]
        rows = resource_tables.set_cells(self.session.store, self.row, {}, [cells for cells, _errors in written])
        refused = {
            (row, column): error
            for row, (_cells, errors) in zip(rows, written, strict=True)
            for column, error in errors.items()
        }
        return rows, refused

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.FontRole and self.rows[index.row()].key in self._typed_totals:
            bold = QFont()
            bold.setBold(True)
            return bold
        if index.isValid() and role == Qt.ItemDataRole.TextAlignmentRole:
            # also in a column that is not all numbers: what is not read as one stands out
            return _RIGHT if number_of(self.cell(index).text) is not None else super().data(index, role)
        return super().data(index, role)


class HeaderModel(_OfTable):
    """Başlık satırları: each cell by itself, saying where it is printed as one with its neighbour.

    Its keys are the lines, from 1.
    """

    # no table of the file by itself, but a field of one
    kind = HEADER

    def content(self) -> Content:
        """Return a row for each line of the header."""
        table = self.table_shown
        if table is None:
            return Content()
        width = table.width
        lines = tuple((*line, *[""] * (width - len(line))) for line in table.header)
        # the head alone: thousands of rows have no part in it
        part = self.built(ResourceTable(header=lines or (("",) * width,), total_column=table.total_column)).parts[0]
        columns = tuple(
            Column(column_key(at) if at < width else TOTAL, "", ColumnKind.TEXT, column.weight)
            for at, column in enumerate(part.columns)
        )
        heads = tuple(
            Heading(str(at + 1), _("Column {number}").format(number=at + 1))
            if at < width
            else Heading("Σ", _("computed"))
            for at in range(len(columns))
        )
        rows = []
        for n, (entries, heads_of_line) in enumerate(zip(lines, part.head, strict=False)):
            cells = []
            for at, head in enumerate(heads_of_line):
                text = entries[at] if at < width else ""
                shown = head.text if head else _JOINED_LEFT.format(text=text) if text else _JOINED_UP
                cells.append(GridCell(shown, text, editable=at < width, computed=head is None or at >= width))
            rows.append(GridRow(n + 1, tuple(cells)))
        return Content(columns, heads, tuple(rows))

    def anchor(self, key: int) -> Anchor:
        """Return the table, and the line."""
        return Anchor(self.rows_above(), key)

    def write(self, row: int, column: str, text: str) -> None:
        """Change a text of the header."""
        resource_tables.set_header_cell(self.session.store, self.row, row - 1, place_of(column), text)

    def delete_rows(self, places: Iterable[int]) -> None:
        """Delete these lines in one step, from below: the lines under a deleted one close up."""
        lines = sorted({at for at in places if self.is_row(at)}, reverse=True)
        delete = partial(resource_tables.delete_header_line, self.session.store, self.row)
        if lines and not self.session.read_only:
            stay = [at for at in range(len(self.rows)) if at not in lines]
            with self._wrong.noted(lines_moved(self.row, stay)):
                records.together(
                    self.session.store, N_("header lines of a resource table"), [partial(delete, at) for at in lines]
                )

    def ground(self) -> Ground:
        """Return what a paste has to know: also cells that are printed as one with their neighbour take an entry."""
        found = super().ground()
        columns = [replace(c, read=self.reader(c.key)) if place_of(c.key) >= 0 else c for c in found.columns]
        return replace(found, columns=columns)

    def _takes(self, row: int, column: int) -> bool:
        return self.rows[row].cells[column].editable

    def move_row(self, at: int, by: int) -> None:
        """Lines of a header keep their order: what stands above embraces what stands below."""


def find_table(session: Session, row: int) -> ResourceTable | None:
    """Return a resource table of the year in hand by its row."""
    tables = session.context.programme.resource_tables if session.context else ()
    return next((table for table in tables if table.row == row), None)


def columns_moved(table: ResourceTable, order: Sequence[int | None]) -> Shift:
    """Return where entries go when a table's columns are those of ``order``: former places, None for a new column."""
    grids = {Row.of(resource_tables.TABLE, table.row), *(Row.of(resource_tables.ROW, one.row) for one in table.rows)}

    def moved(places: Mapping[int, int | None]) -> _Way:
        def move(spot: Spot) -> Spot | None:
            if spot.form not in (HEADER, resource_tables.ROW) or spot.anchor.row not in grids:
                return spot
            to = places.get(place_of(spot.column))
            return None if to is None else spot._replace(column=column_key(to))

        return move

    return _shift(order, moved)


def lines_moved(table: int, order: Sequence[int | None]) -> Shift:
    """Return where entries go when the lines of a table's header are those of ``order``, as of columns."""
    above = (Row.of(resource_tables.TABLE, table),)

    def moved(places: Mapping[int, int | None]) -> _Way:
        def move(spot: Spot) -> Spot | None:
            if spot.form != HEADER or spot.anchor.rows != above or not isinstance(spot.anchor.part, int):
                return spot
            # the lines' keys are from 1
            to = places.get(spot.anchor.part - 1)
            return None if to is None else spot._replace(anchor=Anchor(above, to + 1))

        return move

    return _shift(order, moved)


def _shift(order: Sequence[int | None], moved: Callable[[Mapping[int, int | None]], _Way]) -> Shift:
    """Return a shift there and back for things that come to stand in this order of their former places."""
    return Shift(moved({at: to for to, at in enumerate(order) if at is not None}), moved(dict(enumerate(order))))


def _written(cells: Sequence[str], typed: Entries) -> tuple[list[str], dict[str, UserError]]:
    """Return a row's texts with entries written into them by column, and what was refused."""
    line = list(cells)
    errors: dict[str, UserError] = {}
    for column, text in typed.items():
        at = place_of(column)
        try:
            new = texts.typed(text)
        except UserError as error:
            errors[column] = error
            continue
        if new or at < len(line):
            line += [""] * (at + 1 - len(line))
            line[at] = new
    return line, errors


def columns_of(table: ResourceTable, printed: Sequence[Column]) -> tuple[Column, ...]:
    """Return the grid's columns for those of the printed table.

    In a table with totals a column that is blank yet waits for numbers.
    """
    totals = table.total_row or table.total_column
    columns = []
    for at, column in enumerate(printed):
        is_blank = not any(row.cells[at] for row in table.rows if at < len(row.cells))
        kind = ColumnKind.VALUE if totals and is_blank and at else column.kind
        columns.append(Column(column_key(at) if at < table.width else TOTAL, "", kind, column.weight))
    return tuple(columns)


def _unread(table: ResourceTable, heads: Sequence[Heading]) -> Iterable[tuple[int, Unread]]:
    """Yield each column that is mostly numbers, and yet not all of it, with the first text that is none."""
    for at in range(1, table.width):
        typed = [(n, row.cells[at]) for n, row in enumerate(table.rows, 1) if at < len(row.cells)]
        filled = [
            (n, text)
            for n, text in typed
            if text not in ("", "-") and not resource_table.is_total(table.rows[n - 1].cells)
        ]
        wrong = [(n, text) for n, text in filled if number_of(text) is None]
        if wrong and len(wrong) * 2 < len(filled):
            yield at, Unread(heads[at].text.replace("\n", " · "), *wrong[0])


UNREAD_SENTENCE: Final = N_("“{head}” is not added up: “{text}” in row {row} cannot be read as a number.")
