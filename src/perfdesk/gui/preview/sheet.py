"""One printed page on the screen: a sheet of paper that can be zoomed, and says where it was clicked."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from perfdesk.gui import colours

_MARGIN: Final = 8
_PAPER: Final = Qt.GlobalColor.white
# beyond which a page's picture takes more memory than its letters gain
_MOST_PIXELS: Final = 16_000_000
ZOOMS: Final = (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
# smaller letters nobody reads without reaching for the zoom; what does not fit then is scrolled to
_READABLE: Final = 0.8
# where there is room for the whole sheet at its own size its margins are shown, too
_OWN_SIZE: Final = 1.0
# left beside the printed part when the margins are out of sight, in points
_EDGE: Final = 8


class Sheet(QWidget):
    """Paints the picture of a page; always on white, whatever the window's colours."""

    clicked = Signal(QPointF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        # whether a place, in shares of the page, leads somewhere
        self.leads: Callable[[QPointF], bool] = lambda _at: False
        self.setMouseTracking(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _PAPER)
        if self.image is not None:
            # while a new picture is being drawn the old one stands in, stretched if need be
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(self.rect()), self.image)
        painter.setPen(colours.line(self.palette()))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        shape = Qt.CursorShape.PointingHandCursor if self.leads(self._share(event)) else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit(self._share(event))

    def _share(self, event: QMouseEvent) -> QPointF:
        at = event.position()
        return QPointF(at.x() / max(self.width(), 1), at.y() / max(self.height(), 1))


class _Ground(QWidget):
    """What the sheet lies on, so that white paper stands out, in light as in dark."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), colours.shade(self.palette(), 0.1))


class PageView(QScrollArea):
    """Holds the sheet: as large as fits the room and can be read, or as large as was chosen.

    ``needed`` asks for the picture of the page so many pixels wide; ``turned`` for the page so many further;
    ``zoomed`` says that the size has changed.
    """

    needed = Signal(int)
    turned = Signal(int)
    zoomed = Signal()
    clicked = Signal(QPointF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = (595.0, 842.0)
        # from where to where the page is printed, in points: its margins need not be seen
        self._printed = (0.0, 595.0)
        # in relation to the paper's own size; 0 fits the room
        self._zoom = 0.0
        self.sheet = Sheet()
        self.sheet.clicked.connect(self.clicked)
        self.setWidget(_Ground(self.sheet))
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        # the bar learns of another size only when the sheet has been laid out
        self.horizontalScrollBar().rangeChanged.connect(self._go_to_print)

    def show_page(self, size: tuple[float, float], printed: tuple[float, float], *, top: bool) -> None:
        """Show a page of a size, from its top where that is wanted; its picture follows.

        ``printed`` is from where to where its width is printed; both in points.
        """
        self._page, self._printed = size, printed
        self._resize()
        if top:
            self.verticalScrollBar().setValue(0)
            self._go_to_print()

    def show_image(self, image: QImage | None) -> None:
        """Show the page's picture."""
        self.sheet.image = image
        self.sheet.update()

    # --- size -------------------------------------------------------------------------------------------------------

    @property
    def fits(self) -> bool:
        """Whether the page is as large as fits the room and can be read."""
        return not self._zoom

    @property
    def zoom(self) -> float:
        """The size in relation to the paper's own."""
        return self._zoom or self._fitting()

    def fit(self) -> None:
        """Make the page as large as fits the room and can be read."""
        self._set_zoom(0)
        self._go_to_print()

    def zoom_by(self, steps: int) -> None:
        """Make the page larger or smaller."""
        now = self.zoom
        if steps > 0:
            self._set_zoom(next((zoom for zoom in ZOOMS if zoom > now * 1.01), ZOOMS[-1]))
        else:
            self._set_zoom(next((zoom for zoom in reversed(ZOOMS) if zoom < now * 0.99), ZOOMS[0]))

    def _set_zoom(self, zoom: float) -> None:
        self._zoom = zoom
        self._resize()
        self.zoomed.emit()

    def _own_width(self) -> float:
        return self._page[0] * self.logicalDpiX() / 72

    def _fitting(self) -> float:
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.maximumViewportSize() - QSize(2 * _MARGIN, 2 * _MARGIN)
        width, height = self._page
        if room.width() * height / width <= room.height():
            # all of it is in sight
            bar = 0
        whole = max(room.width() - bar, 50) / self._own_width()
        if whole >= _OWN_SIZE:
            return whole
        left, right = self._printed
        print_width = (right - left + 2 * _EDGE) * self.logicalDpiX() / 72
        across = (self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width()) / print_width
        return max(whole, _READABLE, min(across, _OWN_SIZE))

    def _go_to_print(self) -> None:
        """Bring the left of what is printed to the edge, where the sheet is wider than the room."""
        if self.fits:
            at = _MARGIN + (self._printed[0] - _EDGE) * self.logicalDpiX() / 72 * self.zoom
            self.horizontalScrollBar().setValue(max(0, int(at)))

    def _resize(self) -> None:
        width = self._own_width() * self.zoom
        size = QSize(int(width), round(int(width) * self._page[1] / self._page[0]))
        self.sheet.setFixedSize(size)
        pixels = size.width() * self.devicePixelRatioF()
        most = (_MOST_PIXELS * self._page[0] / self._page[1]) ** 0.5
        self.needed.emit(round(min(pixels, most)))

    # --- what Qt asks -----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.fits:
            self._resize()
            self.zoomed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y()
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if steps:
                self.zoom_by(1 if steps > 0 else -1)
            event.accept()
        elif steps and bar.value() == (bar.minimum() if steps > 0 else bar.maximum()):
            self.turned.emit(-1 if steps > 0 else 1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_PageUp and bar.value() == bar.minimum():
            self.turned.emit(-1)
        elif event.key() == Qt.Key.Key_PageDown and bar.value() == bar.maximum():
            self.turned.emit(1)
        else:
            super().keyPressEvent(event)
