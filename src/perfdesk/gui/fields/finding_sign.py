"""The sign of a finding beside a field or a heading, with its sentences as tooltip; hidden where there is none."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from perfdesk.gui import badge
from perfdesk.gui.marks import Mark

# in pixels: between it and what it stands beside, and above the first line of a field
_GAP: Final = 4
_IN_FIELD: Final = 5


class FindingSign(QWidget):
    """Shows a mark, ``in_field`` beside the first line of one.

    The keyboard does not come to it: what it says is read with what it stands beside.
    """

    def __init__(self, parent: QWidget | None = None, *, in_field: bool = False) -> None:
        super().__init__(parent)
        self._down = _IN_FIELD if in_field else 0
        self.mark: Mark | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_mark(self, mark: Mark | None) -> bool:
        """Show a mark, or nothing; return whether it is another one than before."""
        if mark == self.mark:
            return False
        self.mark = mark
        self.setToolTip(mark.told if mark is not None else "")
        self.setAccessibleName(mark.told if mark is not None else "")
        self.setVisible(mark is not None)
        self.update()
        return True

    def sizeHint(self) -> QSize:
        side = badge.side(self.fontMetrics())
        return QSize(side, side + self._down)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self.mark is not None:
            palette, painter = QApplication.palette(), QPainter(self)
            tones = badge.tones(badge.colour(self.mark.severity, palette), palette)
            place = QRect(0, self._down, self.width(), self.height() - self._down)
            badge.paint(painter, place, self.mark.letter, tones)
            painter.end()


def row_with(widget: QWidget, sign: FindingSign, *, first: bool = False) -> QHBoxLayout:
    """Return a line with a widget and its sign behind it, or ``first``."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_GAP)
    row.addWidget(widget)
    row.insertWidget(0 if first else 1, sign, 0, Qt.AlignmentFlag.AlignVCenter if first else Qt.AlignmentFlag.AlignTop)
    return row
