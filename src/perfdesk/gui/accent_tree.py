"""A tree whose chosen row has a bar of the accent: quiet where the keyboard is elsewhere."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QFocusEvent, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QTreeView, QWidget

from perfdesk.gui import colours

# in pixels
_BAR: Final = 3
_BREATH: Final = 0.12
_DEEP: Final = 0.3
Index = QModelIndex | QPersistentModelIndex


class AccentTree(QTreeView):
    """The look that the outline and the findings have in common."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour()

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        super().drawRow(painter, options, index)
        if index == self.currentIndex():
            row: QRect = options.rect  # type: ignore[attr-defined] # missing in the stubs
            bar = QRect(row.left(), row.top(), _BAR, row.height())
            painter.fillRect(bar, QApplication.palette().color(QPalette.ColorRole.Highlight))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._colour()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._colour()

    def _colour(self) -> None:
        """Let the style paint the chosen row in a breath of the accent, a deeper one where the keyboard is."""
        palette = QApplication.palette()
        tint = colours.tint(palette, _DEEP if self.hasFocus() else _BREATH)
        text = palette.color(QPalette.ColorRole.Text)
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
            palette.setColor(group, QPalette.ColorRole.Highlight, tint)
            palette.setColor(group, QPalette.ColorRole.HighlightedText, text)
        self.setPalette(palette)
