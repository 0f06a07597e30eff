"""The list of the help's pages: all of them in groups, or those that a search has found, with what it found there."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from perfdesk.gui import colours
from perfdesk.services.helping import Hit, Topic

_TOPIC: Final = int(Qt.ItemDataRole.UserRole)
_EXCERPT: Final = _TOPIC + 1
_AIR: Final = 4
_INDENT: Final = 8
_WRAP: Final = int(Qt.TextFlag.TextWordWrap)
_HIGH: Final = 1000

Index = QModelIndex | QPersistentModelIndex


class ContentsList(QListWidget):
    """Lists pages. ``topic_wanted`` carries the page that a person has chosen."""

    topic_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_PageDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.currentItemChanged.connect(self._on_current)

    def show_topics(self, topics: Iterable[Topic]) -> None:
        """List all pages below the names of their groups."""
        self._empty()
        for group, pages in groupby(topics, key=lambda topic: topic.group):
            heading = QListWidgetItem(group, self)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            for topic in pages:
                self._add(topic.key, topic.title)

    def show_hits(self, hits: Iterable[Hit]) -> None:
        """List the pages found."""
        self._empty()
        for hit in hits:
            self._add(hit.topic, hit.title, hit.excerpt)

    def mark(self, topic: str) -> None:
        """Mark the page that is shown; where it is not listed, none."""
        self.blockSignals(True)
        rows = (self.row(item) for item in self._pages() if item.data(_TOPIC) == topic)
        self.setCurrentRow(next(rows, -1))
        self.blockSignals(False)
        self.scrollTo(self.currentIndex())

    def first(self) -> str:
        """Return the first page listed, or ""."""
        return next((item.data(_TOPIC) for item in self._pages()), "")

    def beside(self, topic: str, by: int) -> str:
        """Return the page listed behind (1) or before (-1) a page, around the list's end; "" where it is not listed."""
        topics = [item.data(_TOPIC) for item in self._pages()]
        return topics[(topics.index(topic) + by) % len(topics)] if topic in topics else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # excerpts take as many lines as the width leaves them
        self.scheduleDelayedItemsLayout()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # what was marked before the list had its size
        self.scrollToTop()
        self.scrollTo(self.currentIndex())

    def _add(self, topic: str, title: str, excerpt: str = "") -> None:
        item = QListWidgetItem(title, self)
        item.setData(_TOPIC, topic)
        item.setData(_EXCERPT, excerpt)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, excerpt)

    def _empty(self) -> None:
        self.blockSignals(True)
        self.clear()
        self.blockSignals(False)

    def _pages(self) -> Iterable[QListWidgetItem]:
        items = (self.item(row) for row in range(self.count()))
        return (item for item in items if item.data(_TOPIC))

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.topic_wanted.emit(item.data(_TOPIC))


class _PageDelegate(QStyledItemDelegate):
    """Paints a group's name quietly, a page's title, and below it in small what was found."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = self._lines(option, index)
        height = sum(rect.height() for rect, _font, _text, _is_quiet in lines) + 2 * _AIR
        return QSize(0, height + (2 * _AIR if not index.data(_TOPIC) and index.row() else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        o: Any = option  # the stubs leave out what the option holds
        self.initStyleOption(option, index)
        o.text = ""
        o.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, o.widget)
        chosen = bool(o.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        palette = o.palette
        palette.setCurrentColorGroup(QPalette.ColorGroup.Active)
        painter.save()
        bottom = o.rect.bottom() - _AIR
        for rect, font, text, is_quiet in reversed(self._lines(option, index)):
            painter.setFont(font)
            painter.setPen(colours.muted(palette) if is_quiet and not chosen else palette.color(role))
            place = QRect(o.rect.left() + rect.left(), bottom - rect.height(), rect.width(), rect.height())
            painter.drawText(place, _WRAP, text)
            bottom = place.top()
        painter.restore()

    def _lines(self, option: QStyleOptionViewItem, index: Index) -> list[tuple[QRect, QFont, str, bool]]:
        """Return what is written in an item: its place, font and text, and whether it is said quietly."""
        view = cast("Any", option).widget
        is_page, excerpt = bool(index.data(_TOPIC)), index.data(_EXCERPT) or ""
        indent = _INDENT * (2 if is_page and not excerpt else 1)
        width = view.viewport().width() - indent - _INDENT
        font = QFont(view.font())
        font.setBold(not is_page or bool(excerpt))
        small = QFont(view.font())
        small.setPointSizeF(small.pointSizeF() * 0.9)
        lines = []
        for text, style, is_quiet in ((index.data(), font, not is_page), (excerpt, small, True)):
            if text:
                rect = QFontMetrics(style).boundingRect(QRect(indent, 0, width, _HIGH), _WRAP, text)
                lines.append((QRect(indent, 0, width, rect.height()), style, text, is_quiet))
        return lines
