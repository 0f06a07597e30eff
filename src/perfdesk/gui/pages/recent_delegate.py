"""How a recent file looks in the list: the municipality, its file and folder below, its last change at the right."""

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from perfdesk.gui import colours, moments
from perfdesk.gui.recent import RecentFile
from perfdesk.i18n import _

Index = QModelIndex | QPersistentModelIndex
ENTRY: Final = Qt.ItemDataRole.UserRole
_MARGIN: Final = 8
_GAP: Final = 4
_BAR: Final = 3


def described(entry: RecentFile) -> str:
    """Return all that the list shows of a file in one line, as a screen reader says it."""
    parts = [_title(entry), entry.path.name, str(entry.path.parent), _when(entry)]
    if entry.missing:
        parts.append(_("not found"))
    return ", ".join(dict.fromkeys(filter(None, parts)))


class RecentDelegate(QStyledItemDelegate):
    """Paints two lines a file."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        shown: Any = option  # PySide6's stubs do not know its fields
        lines = QFontMetrics(_bold(shown.font)).lineSpacing() + shown.fontMetrics.lineSpacing()
        # the list is as wide as its page, whatever it holds
        return QSize(0, lines + _GAP + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Any = option
        painter.save()
        self._paint_ground(painter, shown)
        self._paint_texts(painter, shown, index.data(ENTRY))
        painter.restore()

    def _paint_ground(self, painter: QPainter, shown: Any) -> None:
        palette, rect = shown.palette, shown.rect
        if shown.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colours.tint(palette))
            if shown.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(rect.left(), rect.top(), _BAR, rect.height()), palette.highlight())
        elif shown.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colours.shade(palette))
        painter.setPen(colours.line(palette))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_texts(self, painter: QPainter, shown: Any, entry: RecentFile) -> None:
        bold, muted = _bold(shown.font), colours.muted(shown.palette)
        inner = shown.rect.adjusted(_MARGIN + _BAR, _MARGIN, -_MARGIN, -_MARGIN)
        first = QRect(inner.left(), inner.top(), inner.width(), QFontMetrics(bold).lineSpacing())
        second = inner.adjusted(0, first.height() + _GAP, 0, 0)
        when = " · ".join(filter(None, (_("not found") if entry.missing else "", _when(entry))))
        title = first.adjusted(0, 0, -(shown.fontMetrics.horizontalAdvance(when) + 2 * _MARGIN), 0)
        _write(painter, title, _title(entry), bold, muted if entry.missing else shown.palette.text().color())
        _write(painter, first, when, shown.font, muted, Qt.AlignmentFlag.AlignRight)
        place = f"{entry.path.name} · {entry.path.parent}" if entry.municipality else str(entry.path.parent)
        _write(painter, second, place, shown.font, muted)


def _title(entry: RecentFile) -> str:
    return entry.municipality or entry.path.name


def _when(entry: RecentFile) -> str:
    if entry.changed is not None:
        return _("last change {moment}").format(moment=moments.said(entry.changed))
    return _("last opened {moment}").format(moment=moments.said(entry.opened)) if entry.opened else ""


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _write(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: QFont,
    ink: QColor,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(font)
    painter.setPen(ink)
    # in the middle: the file's name and its own folder say more than the way there
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, rect.width())
    painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
