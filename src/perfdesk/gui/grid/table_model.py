"""Tables for the window: cells as data, shown by a Qt model that tells exactly what became different.

A model is never reset while its rows stay the same: selection, scroll position and open editors would be lost.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from perfdesk.gui.marks import Mark
from perfdesk.tables.table import NUMERIC, Column, Role, Table

Index = QModelIndex | QPersistentModelIndex

_ALIGNMENT: Final = {
    True: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    False: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
}
# a shorter text fits its cell and needs no tooltip
_LONG: Final = 24


class GridCell(NamedTuple):
    """A cell: what it shows, what its editor begins with, the number behind it, and whether it can be typed in.

    ``mark`` is what the checks found in it.
    """

    text: str = ""
    edit: str = ""
    number: Decimal | None = None
    editable: bool = False
    computed: bool = False
    tip: str = ""
    mark: Mark | None = None


class GridRow(NamedTuple):
    """A row: a key that stays while the row is the same thing, and a cell for each column.

    ``mark`` is what the checks found in all of it.
    """

    key: Hashable
    cells: tuple[GridCell, ...]
    role: Role = Role.DETAIL
    mark: Mark | None = None


class Heading(NamedTuple):
    """A column's head and its tooltip."""

    text: str
    tip: str = ""


class Span(NamedTuple):
    """A merged cell."""

    row: int
    column: int
    down: int
    across: int


@dataclass(frozen=True, slots=True)
class Content:
    """A whole table as shown."""

    columns: tuple[Column, ...] = ()
    heads: tuple[Heading, ...] = ()
    rows: tuple[GridRow, ...] = ()
    spans: tuple[Span, ...] = ()


class TableModel(QAbstractTableModel):
    """Shows a ``Content``; ``content_changed`` follows when all is in place."""

    content_changed = Signal()
    # whether the weights of columns count the letters of their texts, rather than say what they are to have
    weighs_letters = False

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: list[Column] = []
        self.heads: list[Heading] = []
        self.rows: list[GridRow] = []
        self.spans: tuple[Span, ...] = ()

    def show(self, content: Content) -> None:
        """Show this content in place of what is shown."""
        new_rows = {row.key for row in content.rows}
        if self.columns and any(row.key in new_rows for row in self.rows) and self._columns_follow(content.columns):
            self._match_columns(content)
            self._match_rows(content)
            self._replace_rows(content)
        else:
            self.beginResetModel()
            self._take(content)
            self.endResetModel()
        self.content_changed.emit()

    def cell(self, index: Index) -> GridCell:
        """Return the cell at an index."""
        return self.rows[index.row()].cells[index.column()]

    def column_of(self, key: str) -> int:
        """Return a column's place by its key, or -1."""
        return next((at for at, column in enumerate(self.columns) if column.key == key), -1)

    def row_of(self, key: Hashable) -> int:
        """Return a row's place by its key, or -1."""
        return next((at for at, row in enumerate(self.rows) if row.key == key), -1)

    # --- what Qt asks -------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.cell(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.EditRole:
                return cell.edit
            case Qt.ItemDataRole.ToolTipRole:
                tip = cell.tip or (cell.text if len(cell.text) > _LONG else "")
                return "\n\n".join(filter(None, (cell.mark.told if cell.mark else "", tip))) or None
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return cell.mark.told if cell.mark else None
            case Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGNMENT[
                    self.is_numeric(index.column()) and (cell.number is not None or _is_figure(cell.text))
                ]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.heads):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.heads[section].text
            case Qt.ItemDataRole.ToolTipRole:
                return self.heads[section].tip or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(_ALIGNMENT[self.is_numeric(section)]) | int(Qt.TextFlag.TextWordWrap)
        return None

    def is_numeric(self, column: int) -> bool:
        """Whether a column holds numbers."""
        return self.columns[column].kind in NUMERIC

    # --- becoming another content -----------------------------------------------------------------------------------

    def _take(self, content: Content) -> None:
        self.columns = list(content.columns)
        self.heads = list(content.heads)
        self.rows = list(content.rows)
        self.spans = content.spans

    def _columns_follow(self, columns: Sequence[Column]) -> bool:
        """Whether the columns that stay keep their order."""
        new = [column.key for column in columns]
        staying = [new.index(column.key) for column in self.columns if column.key in new]
        return bool(staying) and staying == sorted(staying)

    def _match_columns(self, content: Content) -> None:
        nowhere = QModelIndex()
        keys = {column.key for column in content.columns}
        for at in reversed(range(len(self.columns))):
            if self.columns[at].key not in keys:
                self.beginRemoveColumns(nowhere, at, at)
                del self.columns[at], self.heads[at]
                self.rows = [row._replace(cells=row.cells[:at] + row.cells[at + 1 :]) for row in self.rows]
                self.endRemoveColumns()
        for at, column in enumerate(content.columns):
            if at >= len(self.columns) or self.columns[at].key != column.key:
                self.beginInsertColumns(nowhere, at, at)
                self.columns.insert(at, column)
                self.heads.insert(at, content.heads[at])
                self.rows = [row._replace(cells=(*row.cells[:at], GridCell(), *row.cells[at:])) for row in self.rows]
                self.endInsertColumns()
        self.columns = list(content.columns)
        if self.heads != list(content.heads):
            self.heads = list(content.heads)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.heads) - 1)

    def _match_rows(self, content: Content) -> None:
        nowhere = QModelIndex()
        new = {row.key: at for at, row in enumerate(content.rows)}
        for first, last in reversed(_runs([at for at, row in enumerate(self.rows) if row.key not in new])):
            self.beginRemoveRows(nowhere, first, last)
            del self.rows[first : last + 1]
            self.endRemoveRows()
        ordered = sorted(self.rows, key=lambda row: new[row.key])
        if any(one is not other for one, other in zip(ordered, self.rows, strict=True)):
            self._reorder(ordered)
        staying = {row.key for row in self.rows}
        for first, last in _runs([at for at, row in enumerate(content.rows) if row.key not in staying]):
            self.beginInsertRows(nowhere, first, last)
            self.rows[first:first] = content.rows[first : last + 1]
            self.endInsertRows()

    def _reorder(self, ordered: list[GridRow]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self.rows[index.row()].key for index in before]
        self.rows = ordered
        places = {row.key: at for at, row in enumerate(ordered)}
        after = [self.index(places[key], index.column()) for key, index in zip(keys, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _replace_rows(self, content: Content) -> None:
        self.spans = content.spans
        changed, signs = [], []
        for at, new in enumerate(content.rows):
            # a row that is equal stays the same object: views know by that what they need not measure again
            if self.rows[at] is not new and self.rows[at] != new:
                changed.append((at, *_difference(self.rows[at], new)))
                if self.rows[at].mark != new.mark:
                    signs.append(at)
                self.rows[at] = new
        for run in _alike(changed):
            self.dataChanged.emit(self.index(run[0][0], run[0][1]), self.index(run[-1][0], run[0][2]))
        for first, last in _runs(signs):
            self.headerDataChanged.emit(Qt.Orientation.Vertical, first, last)


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of places that follow one another."""
    runs: list[tuple[int, int]] = []
    for at in places:
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs


def _difference(old: GridRow, new: GridRow) -> tuple[int, int]:
    """Return the first and last column in which two rows differ."""
    changed = [n for n, (a, b) in enumerate(zip(old.cells, new.cells, strict=True)) if a != b]
    return (changed[0], changed[-1]) if changed else (0, len(new.cells) - 1)


def _alike(changed: Sequence[tuple[int, int, int]]) -> list[list[tuple[int, int, int]]]:
    """Return the runs of rows that follow one another and changed in the same columns."""
    runs: list[list[tuple[int, int, int]]] = []
    for entry in changed:
        if runs and runs[-1][-1] == (entry[0] - 1, *entry[1:]):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs


def _is_figure(text: str) -> bool:
    """Whether a text stands where numbers stand: it has no word in it."""
    return not any(sign.isalpha() for sign in text[1:])


def content_of(table: Table, *, computed: bool) -> Content:
    """Return an official table as it is shown, the head's lines joined; ``computed`` cells are grey."""
    part = table.parts[0]
    rows = []
    spans = []
    for y, row in enumerate(part.rows):
        cells = []
        for x, cell in enumerate(row.cells):
            cells.append(GridCell(cell.text, cell.text, cell.number, computed=computed))
            if cell.span > 1 or cell.down > 1:
                spans.append(Span(y, x, cell.down, cell.span))
        rows.append(GridRow(row.key, tuple(cells), row.role))
    return Content(part.columns, tuple(map(Heading, _heads(table))), tuple(rows), tuple(spans))


def _heads(table: Table) -> list[str]:
    """Return one text a column: a head that stands over several is said in each of them."""
    part = table.parts[0]
    lines: list[list[str]] = [[] for _ in part.columns]
    for line in part.head:
        for x, head in enumerate(line):
            for covered in range(x, x + (head.span if head else 0)):
                if head and head.text:
                    lines[covered].append(head.text)
    return ["\n".join(dict.fromkeys(texts)) for texts in lines]
