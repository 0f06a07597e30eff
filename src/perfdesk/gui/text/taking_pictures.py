"""Pictures that come into the file from outside: from files, dragged or pasted."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPixmap

from perfdesk.domain import texts
from perfdesk.domain.errors import UserError
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.book import pictures
from perfdesk.services.book.pictures import Read
from perfdesk.services.editing import records
from perfdesk.services.editing.record_types import RECORD_TYPES


class Given(NamedTuple):
    """A picture to be read: its name, and what reads it (or raises UserError)."""

    name: str
    read: Callable[[], Read]


def from_files(files: Iterable[Path]) -> list[Given]:
    """Return pictures to be read from files, each under its file's name."""
    return [Given(file.stem, partial(pictures.read_picture, file)) for file in files]


def holds_pictures(data: QMimeData) -> bool:
    """Whether what was dropped or pasted may be pictures."""
    return data.hasImage() or holds_files(data)


def holds_files(data: QMimeData) -> bool:
    """Whether files were dropped or pasted."""
    return bool(_files(data))


def from_mime(data: QMimeData) -> list[Given]:
    """Return pictures to be read from what was dropped or pasted; none where it holds no picture.

    What is no picture among files is told when it is read.
    """
    files = _files(data)
    if files:
        return from_files(files)
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QPixmap):
        image = image.toImage()
    if not isinstance(image, QImage) or image.isNull():
        return []
    name = _("Pasted picture")
    return [Given(name, partial(_of_image, image, name))]


def read(given: Iterable[Given]) -> tuple[list[tuple[str, Read]], list[UserError]]:
    """Read pictures; return them with their names, and why others were refused."""
    taken: list[tuple[str, Read]] = []
    refused: list[UserError] = []
    # a large photo takes a second to be made smaller
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        for one in given:
            try:
                taken.append((texts.typed(one.name), one.read()))
            except UserError as error:
                refused.append(error)
    finally:
        QGuiApplication.restoreOverrideCursor()
    return taken, refused


def take(session: Session, given: Iterable[Given]) -> tuple[list[str], list[UserError]]:
    """Add pictures in one step; return the ids of those taken, and why others were not.

    Raises:
        UserError: the file cannot be written.
    """
    taken, refused = read(given)
    ids: list[str] = []

    def add(name: str, picture: Read) -> None:
        ids.append(pictures.add_picture(session.store, name, picture))

    if taken:
        said = RECORD_TYPES["picture"].added if len(taken) == 1 else N_("new pictures")
        records.together(session.store, said, [partial(add, name, picture) for name, picture in taken])
    return ids, refused


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _of_image(image: QImage, name: str) -> Read:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs want bytes, Qt a text
    return pictures.prepared(bytes(held.data()), name)
