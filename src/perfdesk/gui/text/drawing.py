"""What Qt does not draw of a text: bullets, and pictures in the margin above their captions."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextBlock

from perfdesk.domain.texts import BlockKind
from perfdesk.gui import colours
from perfdesk.gui.text.structure import all_blocks, kind_of, picture_of
from perfdesk.gui.text.thumbnails import Thumbnails
from perfdesk.i18n import _

if TYPE_CHECKING:
    from perfdesk.gui.text.writing_area import WritingArea

# around the text
MARGIN: Final = 8
# the room of a picture, in heights of a line
_WIDEST: Final = 26
_TALLEST: Final = 15
# … and of one that cannot be shown
_MISSING: Final = (12, 4)
# the frame of the one in hand
_FRAME: Final = 3


class Drawing:
    """Draws over the text of an area."""

    def __init__(self, area: "WritingArea") -> None:
        self._area = area
        self._thumbnails = Thumbnails()

    def height(self, id_: str) -> float:
        """Return the height a picture is shown in."""
        return self._room(id_)[1]

    def draw(self) -> None:
        """Draw the bullets and pictures."""
        area = self._area
        painter = QPainter(area.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(area.font())
        for block in all_blocks(area.document()):
            kind = kind_of(block)
            if kind in (BlockKind.BULLET, BlockKind.PICTURE):
                text = area.document().documentLayout().blockBoundingRect(block)
                if kind is BlockKind.BULLET:
                    self._draw_bullet(painter, text.left() + block.blockFormat().leftMargin(), text.top())
                elif block.blockNumber():
                    self._draw_picture(painter, block, text)
        painter.end()

    def _room(self, id_: str) -> tuple[float, float]:
        """Return the width and height a picture is shown in, where there is room."""
        picture = self._area.pictures.get(id_)
        line = self._area.line()
        if picture is None or not self._thumbnails.size(picture).isValid():
            return line * _MISSING[0], line * _MISSING[1]
        shown = self._thumbnails.shown(picture, line * _WIDEST, line * _TALLEST)
        return shown.width(), shown.height()

    def _draw_bullet(self, painter: QPainter, left: float, top: float) -> None:
        line = self._area.line()
        painter.setPen(self._area.palette().color(self._area.foregroundRole()))
        painter.drawText(QRectF(left - line, top, line, line), int(Qt.AlignmentFlag.AlignLeft), "•")

    def _draw_picture(self, painter: QPainter, block: QTextBlock, text: QRectF) -> None:
        place = self._place(block, text)
        picture = self._area.pictures.get(picture_of(block))
        muted = colours.muted(self._area.palette())
        pixmap = None
        if picture and place.width() >= 1:
            pixmap = self._thumbnails.pixmap(picture, place.size().toSize(), self._area.devicePixelRatioF())
        if pixmap is None or pixmap.isNull():
            painter.setPen(QPen(muted, 1, Qt.PenStyle.DashLine))
            painter.drawRect(place)
            said = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(place, said, _("The picture cannot be shown"))
        else:
            painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
        cursor = self._area.textCursor()
        if self._area.in_hand.block() == block:
            self._draw_in_hand(painter, place)
        elif cursor.selectionStart() <= block.position() and cursor.selectionEnd() >= block.position() + block.length():
            chosen = self._area.palette().highlight().color()
            chosen.setAlphaF(0.4)
            painter.fillRect(place, chosen)
        elif cursor.block() == block and self._area.hasFocus():
            # its caption is being written
            painter.setPen(QPen(self._area.palette().highlight(), 1, Qt.PenStyle.DotLine))
            painter.drawRect(place)
        if block.length() == 1:
            painter.setPen(muted)
            painter.drawText(text.adjusted(2, 0, 0, 0), int(Qt.AlignmentFlag.AlignLeft), _("Caption of the picture"))

    def _draw_in_hand(self, painter: QPainter, place: QRectF) -> None:
        """Draw a heavy frame around the picture in hand; squares at its corners would promise another size."""
        accent = self._area.palette().highlight().color()
        painter.setPen(QPen(accent, _FRAME))
        painter.drawRect(place)

    def picture_at(self, point: QPointF) -> QTextBlock | None:
        """Return the block of the picture that is drawn at a point of the area, if one is."""
        layout = self._area.document().documentLayout()
        for block in all_blocks(self._area.document()):
            if kind_of(block) is BlockKind.PICTURE and block.blockNumber():
                place = self._place(block, layout.blockBoundingRect(block))
                if place.contains(point):
                    return block
        return None

    def _place(self, block: QTextBlock, text: QRectF) -> QRectF:
        """Return where a picture is drawn, above its caption; narrower where there is no room."""
        width, height = self._room(picture_of(block))
        scale = min(1.0, max(self._area.viewport().width() - 2 * MARGIN, 1) / width)
        bottom = text.top() - self._area.setter.caption_gap
        return QRectF(text.left(), bottom - height * scale, width * scale, height * scale)
