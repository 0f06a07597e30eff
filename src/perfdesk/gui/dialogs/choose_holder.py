"""Choosing the target or sub-programme that a row is to be moved to, by its code or title."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidgetItem, QWidget

from perfdesk.domain import turkish
from perfdesk.domain.programme import SubProgramme, Target
from perfdesk.gui.forms.ui_choose_holder import Ui_ChooseHolder
from perfdesk.gui.help.offer import offer_help
from perfdesk.tables.context import Context, coded

_KEY: Final = int(Qt.ItemDataRole.UserRole)
_SEARCH: Final = _KEY + 1


class ChooseHolder(QDialog):
    """``chosen`` carries the table and row of the one chosen, and its name."""

    chosen = Signal(str, object, str)

    def __init__(self, ctx: Context, without: Target | SubProgramme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_ChooseHolder()
        self.ui.setupUi(self)
        offer_help(self, "targets")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for holder in ctx.programme.holders():
            if holder.row != without.row or type(holder) is not type(without):
                self._offer(ctx, holder)
        self.ui.holders.setCurrentRow(0)
        self.ui.nothing.hide()
        self.ui.wanted.textChanged.connect(self._filter)
        self.ui.wanted.installEventFilter(self)
        self.ui.holders.itemDoubleClicked.connect(lambda _item: self.accept())
        self.ui.holders.currentRowChanged.connect(self._enable)
        self._enable()

    def accept(self) -> None:
        item = self._current()
        if item is None:
            return
        table, row = item.data(_KEY)
        name = item.text()
        super().accept()
        self.chosen.emit(table, row, name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows go through the list while the search has the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and watched is self.ui.wanted:
                self._go(step)
                return True
        return super().eventFilter(watched, event)

    def _offer(self, ctx: Context, holder: Target | SubProgramme) -> None:
        name = coded(*ctx.holder_name(holder))
        item = QListWidgetItem(name, self.ui.holders)
        item.setData(_KEY, ("target" if isinstance(holder, Target) else "sub_programme", holder.row))
        item.setData(_SEARCH, turkish.fold(name))

    def _filter(self, typed: str) -> None:
        words = turkish.fold(turkish.normalise(typed)).split()
        items = self._items()
        for item in items:
            item.setHidden(not all(word in item.data(_SEARCH) for word in words))
        shown = [item for item in items if not item.isHidden()]
        self.ui.nothing.setVisible(not shown)
        if shown and self._current() is None:
            self.ui.holders.setCurrentItem(shown[0])
        self._enable()

    def _go(self, step: int) -> None:
        shown = [item for item in self._items() if not item.isHidden()]
        current = self._current()
        if current is not None:
            at = min(max(shown.index(current) + step, 0), len(shown) - 1)
            self.ui.holders.setCurrentItem(shown[at])

    def _items(self) -> list[QListWidgetItem]:
        return [self.ui.holders.item(at) for at in range(self.ui.holders.count())]

    def _enable(self) -> None:
        ok = self.ui.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(self._current() is not None)

    def _current(self) -> QListWidgetItem | None:
        """Return the entry in hand, unless the search hides it."""
        at = self.ui.holders.currentRow()
        item = self.ui.holders.item(at)
        return None if at < 0 or item.isHidden() else item
