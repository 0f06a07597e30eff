"""The outline as the tree at the left shows it."""

from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from perfdesk.services.outline import Entry
from perfdesk.services.places import Key

MARK_ROLE: Final = int(Qt.ItemDataRole.UserRole)

Index = QModelIndex | QPersistentModelIndex


class OutlineModel(QAbstractItemModel):
    """Shows the entries; a text that became another one does not fold the tree."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._top: list[Entry] = []
        # by the number an index carries: the entry, its parent's number, its row
        self._flat: list[tuple[Entry, int, int]] = []
        self._numbers: dict[Key, int] = {}

    def show(self, top: list[Entry]) -> bool:
        """Show these entries; return whether the tree had to be built anew (``modelAboutToBeReset`` tells before)."""
        flat: list[tuple[Entry, int, int]] = []
        _flatten(top, -1, flat)
        same = [(e.key, parent, row) for e, parent, row in self._flat] == [(e.key, p, row) for e, p, row in flat]
        if not same:
            self.beginResetModel()
        before, self._top, self._flat = self._flat, top, flat
        if not same:
            self._numbers = {entry.key: number for number, (entry, _parent, _row) in enumerate(flat)}
            self.endResetModel()
            return True
        for n, (entry, _parent, row) in enumerate(flat):
            old = before[n][0]
            if (old.text, old.mark, old.why) != (entry.text, entry.mark, entry.why):
                at = self.createIndex(row, 0, n)
                self.dataChanged.emit(at, at)
        return False

    def entry(self, index: Index) -> Entry | None:
        """Return the entry at an index."""
        return self._flat[index.internalId()][0] if index.isValid() else None

    def find(self, key: Key) -> QModelIndex:
        """Return the index of an entry, invalid where there is none."""
        number = self._numbers.get(key)
        return QModelIndex() if number is None else self.createIndex(self._flat[number][2], 0, number)

    def keys(self, kind: str) -> list[Key]:
        """Return the entries of a kind in the order of the outline."""
        return [entry.key for entry, _parent, _row in self._flat if entry.kind == kind]

    def all_keys(self) -> list[Key]:
        """Return all entries in their order."""
        return [entry.key for entry, _parent, _row in self._flat]

    # --- what Qt asks -----------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's default
        children = self._children(parent)
        if column or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, self._numbers[children[row].key])

    def parent(self, index: Index = QModelIndex()) -> Any:  # type: ignore[override] # noqa: B008 - Qt's default; QObject's too
        if not index.isValid():
            return QModelIndex()
        above = self._flat[index.internalId()][1]
        return QModelIndex() if above < 0 else self.createIndex(self._flat[above][2], 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return len(self._children(parent))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, ARG002 - Qt's own default
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index)
        if entry is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.text
            case Qt.ItemDataRole.ToolTipRole:
                # the name may be cut in the tree
                said = " ".join(filter(None, (entry.mark, entry.why)))
                return f"{entry.text}\n{said}" if said else entry.text
            case Qt.ItemDataRole.AccessibleTextRole:
                # a sign is nothing to be read out; its meaning is
                return ", ".join(filter(None, (entry.text, entry.why)))
            case Qt.ItemDataRole.FontRole if entry.strong:
                font = QFont(QApplication.font())
                font.setBold(True)
                return font
        return entry.mark if role == MARK_ROLE else None

    def _children(self, parent: Index) -> list[Entry]:
        entry = self.entry(parent)
        return self._top if entry is None else entry.children


def _flatten(level: list[Entry], parent: int, flat: list[tuple[Entry, int, int]]) -> None:
    for row, entry in enumerate(level):
        flat.append((entry, parent, row))
        _flatten(entry.children, len(flat) - 1, flat)
