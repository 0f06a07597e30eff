"""Tells that a document has been written, and opens it or its folder; and whether its programme is not finished yet."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from perfdesk.i18n import _


def show(parent: QWidget, path: Path, *, left: int = 0, show_left: Callable[[], object] | None = None) -> QMessageBox:
    """Show the message; the program does not wait for the answer.

    Args:
        parent: the window.
        path: what has been written.
        left: how many things are left to do in the programme.
        show_left: shows them.
    """
    box = QMessageBox(QMessageBox.Icon.Information, "perfdesk", _("“{file}” has been written.").format(file=path.name))
    box.setParent(parent, box.windowFlags())
    said = [str(path.parent)]
    if left:
        said.append(_("Things left to do in this programme: {count}.").format(count=left))
    box.setInformativeText("\n\n".join(said))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    document = box.addButton(_("&Open"), QMessageBox.ButtonRole.ActionRole)
    folder = box.addButton(_("Open &folder"), QMessageBox.ButtonRole.ActionRole)
    if left and show_left is not None:
        things = box.addButton(_("What is left to &do"), QMessageBox.ButtonRole.ActionRole)
        # once the message is gone, which would keep the keyboard
        things.clicked.connect(lambda: QTimer.singleShot(0, show_left))
    close = box.addButton(QMessageBox.StandardButton.Close)
    box.setDefaultButton(close)
    document.clicked.connect(lambda: _open(parent, path, _("The document could not be opened. Its path:")))
    folder.clicked.connect(lambda: _open(parent, path.parent, _("The folder could not be opened. Its path:")))
    box.open()
    return box


def _open(parent: QWidget, path: Path, failed: str) -> None:
    """Open a document or folder with the system's program for it; where there is none, say where it lies."""
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        return
    box = QMessageBox(QMessageBox.Icon.Information, "perfdesk", failed)
    box.setParent(parent, box.windowFlags())
    box.setInformativeText(str(path))
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    copy = box.addButton(_("&Copy the path"), QMessageBox.ButtonRole.ActionRole)
    copy.clicked.connect(lambda: QApplication.clipboard().setText(str(path)))
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Close))
    box.open()
