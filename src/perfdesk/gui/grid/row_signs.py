"""The strip beside the rows of a grid: the sign of what was refused in a row, or of what the checks found there."""

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QHeaderView

from perfdesk.checks.finding import Severity
from perfdesk.gui import badge, colours
from perfdesk.gui.grid.entry_model import EntryModel

if TYPE_CHECKING:
    from perfdesk.gui.grid.table_view import TableView

# in pixels, left and right of a sign
_AIR: Final = 2


class _Tones(NamedTuple):
    """The colours of the strip, of the palette with this key."""

    key: int
    ground: QColor
    line: QColor
    found: dict[Severity | None, badge.Tones]


class RowSigns(QHeaderView):
    """As wide as a sign, whether there is one or not: columns do not move when one comes."""

    def __init__(self, view: "TableView") -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self.setMinimumSectionSize(1)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self._mixed: _Tones | None = None
        # rows are as high as their texts
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        # Qt would measure a hundred rows
        return QSize(badge.side(self.fontMetrics()) + 2 * _AIR + 1, 0)

    def paintSection(self, painter: QPainter, rect: QRect, at: int) -> None:
        model, tones = self.model(), self._tones(self._view.palette())
        painter.fillRect(rect, tones.ground)
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), tones.line)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, tones.line)
        found = model.row_sign(at) if isinstance(model, EntryModel) else None
        if found is not None:
            side = badge.side(self.fontMetrics())
            place = QRect(rect.left() + _AIR, rect.top() + (rect.height() - 1 - side) // 2, side, side)
            badge.paint(painter, place, found.sign, tones.found[found.severity])

    def _tones(self, palette: QPalette) -> _Tones:
        """Return the colours of this palette, which are not mixed for every row."""
        if self._mixed is None or self._mixed.key != palette.cacheKey():
            found = {one: badge.tones(badge.colour(one, palette), palette) for one in (None, *Severity)}
            self._mixed = _Tones(palette.cacheKey(), colours.shade(palette, 0.07), colours.line(palette), found)
        return self._mixed
