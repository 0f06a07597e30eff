"""The settings of a layout as a list in groups: each with its value, and whether it was changed or refused."""

from collections.abc import Collection
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from perfdesk.domain import turkish
from perfdesk.i18n import _
from perfdesk.services.layout.layout_catalogue import LABELS, Described
from perfdesk.tables.layout import Layout, value_of

_KEY: Final = int(Qt.ItemDataRole.UserRole)
_NAME, _VALUE, _STATE = range(3)
_SEARCHED: Final = _KEY + 1
_SHARE_OF_NAMES: Final = 0.55


class SettingsTree(QTreeWidget):
    """Shows the settings. ``picked`` carries the key of the one in hand; ``wanted`` that it is to be changed."""

    picked = Signal(str)
    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._groups: dict[str, QTreeWidgetItem] = {}
        self.setHeaderLabels([_("Setting"), _("Value"), ""])
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setIndentation(12)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(_VALUE, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(_STATE, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionsMovable(False)
        self.currentItemChanged.connect(self._pick)
        self.itemDoubleClicked.connect(lambda item, _column: self._want(item))

    def show_settings(
        self, settings: Collection[Described], layout: Layout, changed: Collection[str], refused: Collection[str]
    ) -> None:
        """Show every setting with its value in a layout."""
        if list(self._items) != [one.key for one in settings]:
            self._build(settings)
        for one in settings:
            item = self._items[one.key]
            value = one.shown(value_of(layout, one.key))
            state = _("! refused") if one.key in refused else _("changed") if one.key in changed else ""
            font = item.font(_NAME)
            font.setBold(bool(state))
            item.setFont(_NAME, font)
            for column, text in ((_NAME, one.name), (_VALUE, value), (_STATE, state)):
                item.setText(column, text)
                item.setToolTip(column, f"{text}\n{one.tells}" if column == _NAME else text)
            item.setData(_NAME, _SEARCHED, turkish.fold(" ".join((one.name, one.tells, value, _(one.group), one.key))))

    def key(self) -> str:
        """Return the key of the setting in hand, or ""."""
        item: Any = self.currentItem()  # PySide6's stubs do not know that there may be none
        return "" if item is None else str(item.data(_NAME, _KEY) or "")

    def put(self, key: str) -> None:
        """Take a setting in hand and bring it into sight."""
        item = self._items.get(key)
        if item is not None:
            item.setHidden(False)
            item.parent().setHidden(False)
            item.parent().setExpanded(True)
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def search(self, text: str) -> None:
        """Show only the settings in which every word of a text occurs, whatever the case and the dots."""
        words = turkish.fold(text).split()
        for item in self._items.values():
            item.setHidden(not all(word in item.data(_NAME, _SEARCHED) for word in words))
        for group in self._groups.values():
            found = any(not group.child(n).isHidden() for n in range(group.childCount()))
            group.setHidden(not found)
            if words:
                group.setExpanded(True)
        if words and (self.currentItem() is None or self.currentItem().isHidden()):
            first = next((key for key, item in self._items.items() if not item.isHidden()), "")
            self.put(first)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnWidth(_NAME, round(self.viewport().width() * _SHARE_OF_NAMES))
        self.scrollToItem(self.currentItem())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self.key():
            self._want(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _build(self, settings: Collection[Described]) -> None:
        self.clear()
        self._items.clear()
        self._groups.clear()
        for one in settings:
            if one.group not in self._groups:
                group = self._groups[one.group] = QTreeWidgetItem(self, [_(one.group)])
                group.setFirstColumnSpanned(True)
                # the labels alone are as many as all others together
                group.setExpanded(one.group != LABELS)
            item = self._items[one.key] = QTreeWidgetItem(self._groups[one.group])
            item.setData(_NAME, _KEY, one.key)
        self.put(next(iter(self._items)))

    def _pick(self, item: QTreeWidgetItem | None) -> None:
        key = item.data(_NAME, _KEY) if item else None
        if key:
            self.picked.emit(key)

    def _want(self, item: QTreeWidgetItem) -> None:
        key = item.data(_NAME, _KEY)
        if key:
            self.wanted.emit(key)
