"""The strip beside the rows of a grid: the sign of what was refused in a row, or of what the checks found there."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHeaderView

from perfdesk.gui import badge, colours
from perfdesk.gui.grid.entry_model import EntryModel

if TYPE_CHECKING:
    from perfdesk.gui.grid.table_view import TableView

# in pixels, left and right of a sign
_AIR: Final = 2


class RowSigns(QHeaderView):
    """As wide as a sign, whether there is one or not: columns do not move when one comes."""

    def __init__(self, view: "TableView") -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self.setMinimumSectionSize(1)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        # rows are as high as their texts
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        # Qt would measure a hundred rows
        return QSize(badge.side(self.fontMetrics()) + 2 * _AIR + 1, 0)

    def paintSection(self, painter: QPainter, rect: QRect, at: int) -> None:
        palette, model = self._view.palette(), self.model()
        line = colours.line(palette)
        ground = colours.shade(palette, 0.07)
        painter.fillRect(rect, ground)
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), line)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), line)
        found = model.row_sign(at) if isinstance(model, EntryModel) else None
        if found is not None:
            side = badge.side(self.fontMetrics())
            place = QRect(rect.left() + _AIR, rect.top() + (rect.height() - 1 - side) // 2, side, side)
            base = palette.color(QPalette.ColorRole.Base)
            badge.paint(painter, place, found.sign, badge.colour(found.severity, palette), base)
