"""Pictures that come into the file from outside: from files, dragged or pasted."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage

from perfdesk.domain.errors import UserError
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.book import pictures
from perfdesk.services.book.pictures import Read
from perfdesk.services.editing import records

Given = tuple[str, Callable[[], Read]]


def from_files(files: Iterable[Path]) -> list[Given]:
    """Return pictures to be read from files, each under its file's name."""
    return [(file.stem, partial(pictures.read_picture, file)) for file in files]


def from_mime(data: QMimeData) -> list[Given]:
    """Return pictures to be read from what was dropped or pasted; none where it holds no picture."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return from_files(files)
    image = data.imageData() if data.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return []
    name = _("Pasted picture")
    return [(name, partial(_of_image, image, name))]


def take(session: Session, given: Iterable[Given]) -> tuple[list[str], list[UserError]]:
    """Add pictures in one step; return the ids of those taken, and why others were not.

    Raises:
        UserError: the file cannot be written.
    """
    read: list[tuple[str, Read]] = []
    refused: list[UserError] = []
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        for name, get in given:
            try:
                read.append((name, get()))
            except UserError as error:
                refused.append(error)
    finally:
        QGuiApplication.restoreOverrideCursor()
    ids: list[str] = []

    def add(name: str, picture: Read) -> None:
        ids.append(pictures.add_picture(session.store, name, picture))

    if read:
        label = N_("new picture") if len(read) == 1 else N_("new pictures")
        records.together(session.store, label, [partial(add, name, picture) for name, picture in read])
    return ids, refused


def _of_image(image: QImage, name: str) -> Read:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs want bytes, Qt a text
    return pictures.prepared(bytes(held.data()), name)
