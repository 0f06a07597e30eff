"""How the outline looks: the chosen entry in a bar of the accent, quiet marks at the right."""

from typing import Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter
from PySide6.QtWidgets import (
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from perfdesk.gui import colours
from perfdesk.gui.accent_tree import AccentTree, Index
from perfdesk.gui.window.outline_model import MARK_ROLE

# between the lines, in pixels
_AIR: Final = 6


class OutlineView(AccentTree):
    """The tree at the left. ``form_wanted`` tells that Tab leads on into the form.

    ``menu_wanted`` carries the empty context menu of the entry in hand, to be filled with its commands.
    """

    form_wanted = Signal()
    menu_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Delegate(self))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def focusNextPrevChild(self, next_: bool) -> bool:
        # the toolbar stands before the outline, the form behind it; forms are made when they are first shown
        if next_:
            self.form_wanted.emit()
        return not self.hasFocus() or super().focusNextPrevChild(next_)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at, corner = event.pos(), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(at)
        else:
            index = self.currentIndex()
            corner = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # what is typed in the form may not let it be left
        if self.currentIndex() == index:
            self.menu_wanted.emit(menu)
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(corner)


class _Delegate(QStyledItemDelegate):
    """Paints an entry's mark quietly at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), size.height() + _AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Any = QStyleOptionViewItem(option)  # PySide6's stubs do not know its fields
        self.initStyleOption(shown, index)
        widget = shown.widget
        shown.state &= ~QStyle.StateFlag.State_HasFocus
        mark = index.data(MARK_ROLE)
        if mark:
            # the ground of the whole width, before the text's room is made narrower
            widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, shown, painter, widget)
            room = shown.fontMetrics.horizontalAdvance(mark) + 12
            place = shown.rect.adjusted(shown.rect.width() - room, 0, -6, 0)
            shown.rect = shown.rect.adjusted(0, 0, -room, 0)
            painter.setPen(colours.muted(widget.palette()))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), mark)
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, widget)
