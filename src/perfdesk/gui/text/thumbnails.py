"""Pictures as they are shown: unpacked only as large as they are seen, and once."""

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QImageIOHandler, QImageReader, QPixmap

from perfdesk.domain.administration import Picture


class Thumbnails:
    """Shows pictures within a box; remembers what was shown."""

    def __init__(self) -> None:
        self._pixmaps: dict[tuple[Picture, int, int, float], QPixmap] = {}
        self._sizes: dict[Picture, QSize] = {}

    def size(self, picture: Picture) -> QSize:
        """Return a picture's size in points, upright; an invalid one where it cannot be read."""
        if picture not in self._sizes:
            self._sizes[picture] = _size(*_reader(picture))
        return self._sizes[picture]

    def shown(self, picture: Picture, width: float, height: float) -> QSize:
        """Return the size a picture is shown in: its own, or what fits."""
        size = self.size(picture)
        room = QSize(int(width), int(height))
        if size.isValid() and (size.width() > room.width() or size.height() > room.height()):
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        return size

    def pixmap(self, picture: Picture, size: QSize, ratio: float) -> QPixmap:
        """Return a picture in a size, for a screen with so many points a pixel; a null one if it cannot be read."""
        key = (picture, size.width(), size.height(), ratio)
        if key not in self._pixmaps:
            reader, held = _reader(picture)
            inner = _size(reader, held)
            wanted = (size * ratio).boundedTo(inner)
            turned = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
            reader.setScaledSize(wanted.transposed() if turned else wanted)
            pixmap = QPixmap.fromImageReader(reader)
            # a picture smaller than its place is not blown up point by point
            pixmap.setDevicePixelRatio(max(pixmap.width() / size.width(), 0.01) if size.width() else ratio)
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]


def _reader(picture: Picture) -> tuple[QImageReader, QBuffer]:
    """Return a reader, with the buffer that must live as long as it does."""
    held = QBuffer()
    held.setData(QByteArray(picture.data))
    held.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(held)
    reader.setAutoTransform(True)
    return reader, held


def _size(reader: QImageReader, _held: QBuffer) -> QSize:
    size = reader.size()
    turned = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
    return size.transposed() if turned else size
