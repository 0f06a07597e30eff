"""The book's pages as a strip of small pictures, each drawn when it first comes into view."""

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from perfdesk.gui import colours
from perfdesk.gui.preview.worker import Picture
from perfdesk.i18n import _
from perfdesk.services.output.previewing import Preview

# of an upright page, in pixels; one turned sideways is as wide, so that all cells are alike and none need be measured
_WIDTH: Final = 54
_HEIGHT: Final = 77
_AIR: Final = 6
# pictures kept; the oldest go first
_MOST_KEPT: Final = 300
_GATHER: Final = 20
PAGE_ROLE: Final = int(Qt.ItemDataRole.UserRole)

Index = QModelIndex | QPersistentModelIndex


class ThumbnailModel(QAbstractListModel):
    """The pages of a book; ``wanted`` carries the pages that are in view and not drawn yet."""

    wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preview: Preview | None = None
        self._images: dict[int, QImage] = {}
        # drawn from the preview of now; others still show what the page was
        self._fresh: set[int] = set()
        self._missing: list[int] = []
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(_GATHER)
        self._ask.timeout.connect(self._on_ask)

    def show(self, preview: Preview | None) -> None:
        """Show the pages of a book."""
        if preview is self.preview:
            return
        count = len(preview.pages) if preview else 0
        same = self.preview is not None and preview is not None and self.preview.pages == preview.pages
        self._fresh.clear()
        if same:
            self.preview = preview
            self.dataChanged.emit(self.index(0), self.index(count - 1))
            return
        self.beginResetModel()
        self.preview = preview
        self._images.clear()
        self.endResetModel()

    def take(self, picture: Picture, image: QImage) -> None:
        """Take a page's picture."""
        if picture.preview is not self.preview:
            return
        if len(self._images) >= _MOST_KEPT:
            oldest = next(iter(self._images))
            del self._images[oldest]
            self._fresh.discard(oldest)
        self._images.pop(picture.page, None)
        self._images[picture.page] = image
        self._fresh.add(picture.page)
        at = self.index(picture.page)
        self.dataChanged.emit(at, at)

    def image(self, page: int) -> QImage | None:
        """Return a page's picture; one that is not there, or is no longer true, is asked for."""
        if page not in self._fresh:
            self._missing.append(page)
            self._ask.start()
        return self._images.get(page)

    def _on_ask(self) -> None:
        missing, self._missing = list(dict.fromkeys(self._missing)), []
        self.wanted.emit([page for page in missing if page not in self._fresh])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() or self.preview is None else len(self.preview.pages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.preview is None or not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _("Page {page}").format(page=index.row() + 1)
        return self.preview.pages[index.row()] if role == PAGE_ROLE else None


class _Delegate(QStyledItemDelegate):
    """Paints a small page with its number; the one in view framed in the accent."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        shown: Any = option  # PySide6's stubs do not know its fields
        return QSize(_WIDTH + 2 * _AIR, _HEIGHT + shown.fontMetrics.height() + 2 * _AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Any = option
        model: Any = index.model()
        palette = shown.palette
        width, height = index.data(PAGE_ROLE)
        tall = min(_HEIGHT, round(_WIDTH * height / width))
        page = QRect(shown.rect.left() + _AIR, shown.rect.top() + _AIR + _HEIGHT - tall, _WIDTH, tall)
        painter.fillRect(page, Qt.GlobalColor.white)
        image = model.image(index.row())
        if image is not None:
            painter.drawImage(page, image)
        chosen = bool(shown.state & QStyle.StateFlag.State_Selected)
        painter.setPen(palette.highlight().color() if chosen else colours.line(palette))
        for edge in range(2 if chosen else 1):
            painter.drawRect(page.adjusted(-edge, -edge, edge - 1, edge - 1))
        painter.setPen(palette.text().color() if chosen else colours.muted(palette))
        below = QRect(shown.rect.left(), page.bottom() + 2, shown.rect.width(), shown.fontMetrics.height())
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), str(index.row() + 1))


class ThumbnailStrip(QListView):
    """A row of small pages. ``page_chosen`` carries the page the user went to, ``wanted`` the pictures to draw."""

    page_chosen = Signal(int)
    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = ThumbnailModel(self)
        self.pages.wanted.connect(self._on_wanted)
        self.setModel(self.pages)
        self.setItemDelegate(_Delegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.selectionModel().currentChanged.connect(self._on_current)
        self._showing = False
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(_HEIGHT + self.fontMetrics().height() + 2 * _AIR + bar)

    def show_page(self, page: int) -> None:
        """Mark the page in view."""
        self._showing = True
        self.setCurrentIndex(self.pages.index(page))
        self.scrollTo(self.pages.index(page), QListView.ScrollHint.PositionAtCenter)
        self._showing = False

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid() and not self._showing:
            self.page_chosen.emit(index.row())

    def _on_wanted(self, pages: list[int]) -> None:
        preview = self.pages.preview
        if preview is None or not self.isVisible():
            return
        width = round(_WIDTH * self.devicePixelRatioF())
        seen = self.viewport().rect()
        visible = [page for page in pages if self.visualRect(self.pages.index(page)).intersects(seen)]
        self.wanted.emit([Picture(preview, page, width) for page in visible])
