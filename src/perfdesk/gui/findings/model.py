"""The findings as a tree shows them: groups, and the findings in them."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from perfdesk.gui.findings import words
from perfdesk.gui.findings.grouping import Group, Line, LineKey
from perfdesk.i18n import _

LINE_ROLE: Final = int(Qt.ItemDataRole.UserRole)
GROUP_ROLE: Final = LINE_ROLE + 1

Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True, eq=False)
class _Node:
    """A group in the tree. Its number stays, whatever comes before it."""

    number: int
    group: Group
    lines: list[Line]


class FindingsModel(QAbstractItemModel):
    """Shows groups of findings; what is mended leaves it by itself, and what stays keeps its line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: list[_Node] = []
        self._rows: dict[int, int] = {}
        # 0 is the number that an index of a group itself carries
        self._numbers = count(1)

    def show(self, groups: Sequence[Group]) -> None:
        """Show these groups: lines that are gone leave, new ones come, all others stay where they are."""
        wanted = {group.key: group for group in groups}
        for row in reversed(range(len(self._nodes))):
            if self._nodes[row].group.key not in wanted:
                self._drop(row)
        known = [node.group.key for node in self._nodes]
        if known != [key for key in wanted if key in known]:
            self.show_anew(groups)
            return
        for row, group in enumerate(groups):
            if row < len(self._nodes) and self._nodes[row].group.key == group.key:
                self._update(row, group)
            else:
                self.beginInsertRows(QModelIndex(), row, row)
                self._nodes.insert(row, _Node(next(self._numbers), group, list(group.lines)))
                self._number()
                self.endInsertRows()

    def show_anew(self, groups: Sequence[Group]) -> None:
        """Show these groups in place of others that have little to do with them."""
        self.beginResetModel()
        self._nodes = [_Node(next(self._numbers), group, list(group.lines)) for group in groups]
        self._number()
        self.endResetModel()

    def groups(self) -> list[Group]:
        """Return what is shown."""
        return [node.group for node in self._nodes]

    def all_lines(self) -> Iterator[Line]:
        """Yield the findings in the order of the list."""
        for node in self._nodes:
            yield from node.lines

    def line(self, index: Index) -> Line | None:
        """Return the finding at an index; None at a group."""
        if not index.isValid() or not index.internalId():
            return None
        return self._nodes[self._rows[index.internalId()]].lines[index.row()]

    def group(self, index: Index) -> Group | None:
        """Return the group at an index, or that of the finding there."""
        if not index.isValid():
            return None
        number = index.internalId()
        return self._nodes[self._rows[number] if number else index.row()].group

    def find(self, key: LineKey) -> QModelIndex:
        """Return the index of a finding, invalid where it is not in the list."""
        for node in self._nodes:
            for row, line in enumerate(node.lines):
                if line.key == key:
                    return self.createIndex(row, 0, node.number)
        return QModelIndex()

    def find_group(self, key: str) -> QModelIndex:
        """Return the index of a group, invalid where it is not in the list."""
        rows = (row for row, node in enumerate(self._nodes) if node.group.key == key)
        return self.index(next(rows, -1), 0)

    # --- what Qt asks -----------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's default
        if column or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, self._nodes[parent.row()].number if parent.isValid() else 0)

    def parent(self, index: Index = QModelIndex()) -> Any:  # type: ignore[override] # noqa: B008 - Qt's default; QObject's too
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(self._rows[index.internalId()], 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        if not parent.isValid():
            return len(self._nodes)
        return 0 if parent.internalId() else len(self._nodes[parent.row()].lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, ARG002 - Qt's own default
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, group = self.line(index), self.group(index)
        if line is not None:
            return _of_line(line, role)
        match role:
            case _ if group is None:
                return None
            case Qt.ItemDataRole.DisplayRole:
                return group.title
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{group.title}, {group.told()}"
        return group if role == GROUP_ROLE else None

    # --- what changes -----------------------------------------------------------------------------------------------

    def _number(self) -> None:
        self._rows = {node.number: row for row, node in enumerate(self._nodes)}

    def _drop(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._nodes[row]
        self._number()
        self.endRemoveRows()

    def _update(self, row: int, group: Group) -> None:
        node, above = self._nodes[row], self.index(row, 0)
        before, now = node.lines, list(group.lines)
        if _same(before, now) and node.group.title == group.title:
            return
        # of what is there and stays only what has another order moves
        kept = {line.key for line in now}
        for first, last in reversed(list(_runs(before, kept))):
            self.beginRemoveRows(above, first, last)
            del before[first : last + 1]
            self.endRemoveRows()
        head = 0
        while head < min(len(before), len(now)) and before[head].key == now[head].key:
            head += 1
        tail = 0
        while tail < min(len(before), len(now)) - head and before[-1 - tail].key == now[-1 - tail].key:
            tail += 1
        old, new = len(before) - head - tail, len(now) - head - tail
        if old:
            self.beginRemoveRows(above, head, head + old - 1)
            del before[head : head + old]
            self.endRemoveRows()
        if new:
            self.beginInsertRows(above, head, head + new - 1)
            before[head:head] = now[head : head + new]
            self.endInsertRows()
        changed = [at for at, (one, other) in enumerate(zip(before, now, strict=True)) if one.shows != other.shows]
        node.lines[:] = now
        is_told_anew = (node.group.title, node.group.told()) != (group.title, group.told())
        node.group = group
        for at in changed:
            index = self.createIndex(at, 0, node.number)
            self.dataChanged.emit(index, index)
        if is_told_anew:
            self.dataChanged.emit(above, above)


def _same(lines: Sequence[Line], others: Sequence[Line]) -> bool:
    return len(lines) == len(others) and all(
        one.key == other.key and one.shows == other.shows for one, other in zip(lines, others, strict=True)
    )


def _runs(lines: Sequence[Line], kept: Container[LineKey]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last row of each run of lines that are not kept."""
    gone = [at for at, line in enumerate(lines) if line.key not in kept]
    for _step, run in groupby(enumerate(gone), key=lambda pair: pair[1] - pair[0]):
        rows = [at for _n, at in run]
        yield rows[0], rows[-1]


def _of_line(line: Line, role: int) -> Any:
    finding, acceptance = line.item.finding, line.item.acceptance
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return finding.sentence()
        case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
            said = words.told(finding)
            accepted = "" if acceptance is None else _("accepted: {reason}").format(reason=acceptance.reason)
            return "\n".join(filter(None, (said, accepted)))
    return line if role == LINE_ROLE else None
