"""Several of a list, ticked; where their order counts, moved up and down with buttons or Ctrl+Shift+arrows."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from perfdesk import paths
from perfdesk.i18n import _

_KEY: Final = int(Qt.ItemDataRole.UserRole)
_MOST_LINES: Final = 6
_MOVE: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class OrderedChoices(QWidget):
    """Shows the choices; ``chosen`` carries the ticked ones in their order, once they are others."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[str], names: Mapping[str, str], *, in_order: bool) -> None:
        super().__init__()
        self._choices = tuple(choices)
        self._names = names
        self.list = _List(self)
        self.setFocusProxy(self.list)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.list, 1)
        self.buttons = [
            self._button("move_up", _("Up (Ctrl+Shift+Up)"), -1),
            self._button("move_down", _("Down (Ctrl+Shift+Down)"), 1),
        ]
        column = QVBoxLayout()
        for button in self.buttons:
            column.addWidget(button)
            button.setVisible(in_order)
        column.addStretch(1)
        row.addLayout(column)
        self._in_order = in_order
        for choice in choices:
            self._add(choice)
        self.list.itemChanged.connect(lambda _item: self.chosen.emit(self.value()))
        lines = min(len(self._choices), _MOST_LINES)
        self.list.setFixedHeight(lines * max(self.list.sizeHintForRow(0), 1) + 2 * self.list.frameWidth() + 4)

    def value(self) -> tuple[str, ...]:
        """Return the ticked choices in their order."""
        items = [self.list.item(at) for at in range(self.list.count())]
        return tuple(item.data(_KEY) for item in items if item.checkState() == Qt.CheckState.Checked)

    def show_chosen(self, chosen: Sequence[str]) -> None:
        """Tick these; where their order counts, show them in it."""
        same = self.value() == tuple(chosen) if self._in_order else set(self.value()) == set(chosen)
        if same:
            return
        blocked = self.list.blockSignals(True)
        at = self.list.currentRow()
        order = self._arranged(chosen) if self._in_order else list(self._choices)
        self.list.clear()
        for choice in order:
            self._add(choice, ticked=choice in chosen)
        self.list.setCurrentRow(max(at, 0))
        self.list.blockSignals(blocked)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.list.setAccessibleName(name)

    def move_current(self, by: int) -> None:
        """Move the choice in hand up (negative) or down."""
        at = self.list.currentRow()
        to = at + by
        if not self._in_order or at < 0 or not 0 <= to < self.list.count():
            return
        blocked = self.list.blockSignals(True)
        before = self.value()
        self.list.insertItem(to, self.list.takeItem(at))
        self.list.setCurrentRow(to)
        self.list.blockSignals(blocked)
        if self.value() != before:
            self.chosen.emit(self.value())

    def _arranged(self, chosen: Sequence[str]) -> list[str]:
        """Return the choices with each one not chosen behind the one it usually follows."""
        order = list(chosen)
        for at, choice in enumerate(self._choices):
            if choice not in order:
                # all that usually come before it are there by now
                order.insert(order.index(self._choices[at - 1]) + 1 if at else 0, choice)
        return order

    def _add(self, choice: str, *, ticked: bool = False) -> None:
        item = QListWidgetItem(self._names[choice], self.list)
        item.setData(_KEY, choice)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _button(self, icon: str, tip: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(QIcon(str(paths.resource("icons", f"{icon}.svg"))))
        button.setIconSize(QSize(16, 16))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.move_current(by))
        return button


class _List(QListWidget):
    """The list; Space ticks, Ctrl+Shift and an arrow moves."""

    def __init__(self, owner: OrderedChoices) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setUniformItemSizes(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == _MOVE:
            self._owner.move_current(step)
        else:
            super().keyPressEvent(event)
