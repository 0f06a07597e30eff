"""Paints what was found: the title with the words searched for in bold, below it the excerpt and where it stands."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from perfdesk.gui import colours
from perfdesk.gui.search.results import HIT_ROLE, excerpt, labelled, where
from perfdesk.services.search.searching import Hit, Span

Index = QModelIndex | QPersistentModelIndex

# of a row, at the sides and above and below; in pixels of the desktop's scale
_SIDE: Final = 8
_AIR: Final = 4
_INDENT: Final = 8
_ELLIPSIS: Final = "…"
_BETWEEN: Final = "   "


class HitDelegate(QStyledItemDelegate):
    """Two lines a hit, one a heading."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        shown: Any = option  # PySide6's stubs do not know its fields
        hit = index.data(HIT_ROLE)
        lines = 2 if hit is not None and (hit.excerpt.text or where(hit)) else 1
        return QSize(0, lines * shown.fontMetrics.height() + 2 * _AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Any = option
        # the widget's own: a heading cannot be chosen, and would be as pale as what is disabled
        palette = shown.widget.palette()
        painter.save()
        hit = index.data(HIT_ROLE)
        if hit is None:
            _paint_heading(painter, shown.rect, shown.font, palette, str(index.data()))
        else:
            if shown.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(shown.rect, colours.tint(palette))
                painter.fillRect(
                    QRect(shown.rect.left(), shown.rect.top(), 3, shown.rect.height()),
                    palette.color(QPalette.ColorRole.Highlight),
                )
            _paint_hit(painter, shown.rect, shown.font, palette, hit)
        painter.restore()


def _paint_heading(painter: QPainter, rect: QRect, font: QFont, palette: QPalette, text: str) -> None:
    painter.fillRect(rect, colours.shade(palette))
    bold = QFont(font)
    bold.setBold(True)
    painter.setFont(bold)
    painter.setPen(colours.muted(palette))
    room = rect.adjusted(_SIDE, 0, -_SIDE, 0)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)


def _paint_hit(painter: QPainter, rect: QRect, font: QFont, palette: QPalette, hit: Hit) -> None:
    room = rect.adjusted(_SIDE + _INDENT, _AIR, -_SIDE, -_AIR)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    bold = _format(bold=True)
    height = _paint_line(painter, room, font, hit.title.text, [(span, bold) for span in hit.title.spans])
    said, above = excerpt(hit), where(hit)
    quiet = _format(colour=colours.muted(palette))
    shift = len(labelled(hit))
    below = _BETWEEN.join(filter(None, (said, above)))
    formats = [((begin + shift, end + shift), bold) for begin, end in hit.excerpt.spans]
    formats += [((0, shift), quiet), ((len(below) - len(above), len(below)), quiet)]
    _paint_line(painter, room.adjusted(0, height, 0, 0), font, below, formats)


def _format(*, bold: bool = False, colour: QColor | None = None) -> QTextCharFormat:
    made = QTextCharFormat()
    if bold:
        made.setFontWeight(QFont.Weight.Bold)
    if colour is not None:
        made.setForeground(colour)
    return made


def _laid_out(text: str, font: QFont, formats: Sequence[tuple[Span, QTextCharFormat]]) -> tuple[QTextLayout, QTextLine]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    ranges = []
    for (begin, end), char_format in formats:
        stretch: Any = QTextLayout.FormatRange()  # PySide6's stubs do not know its fields
        stretch.start, stretch.length, stretch.format = begin, end - begin, char_format
        ranges.append(stretch)
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return layout, line


def _paint_line(
    painter: QPainter, room: QRect, font: QFont, text: str, formats: Sequence[tuple[Span, QTextCharFormat]]
) -> int:
    """Paint a line of text, cut where the room ends; return its height."""
    layout, line = _laid_out(text.replace("\n", " "), font, formats)
    if line.naturalTextWidth() > room.width():
        dots = painter.fontMetrics().horizontalAdvance(_ELLIPSIS) + 2
        at = line.xToCursor(room.width() - dots, QTextLine.CursorPosition.CursorOnCharacter)
        layout, line = _laid_out(text[:at].replace("\n", " ").rstrip() + _ELLIPSIS, font, formats)
    layout.draw(painter, QPointF(room.topLeft()), [], QRectF(room))
    return round(line.height())
