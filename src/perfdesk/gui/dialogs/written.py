"""Tells that a document has been written, and opens it or its folder; and whether its programme is not finished yet."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from perfdesk.i18n import _


def show(
    parent: QWidget, path: Path, *, said: str = "", found: str = "", show_found: Callable[[], object] | None = None
) -> QMessageBox:
    """Show the message; the program does not wait for the answer.

    Args:
        parent: the window.
        path: what has been written.
        said: a sentence about it, for whoever has got it.
        found: how many errors and warnings the checks find in the programme, in words.
        show_found: shows them.
    """
    told = [str(path.parent), said]
    if found:
        told.append(_("The checks find in this programme: {findings}.").format(findings=found))
    box = _message(parent, _("“{file}” has been written.").format(file=path.name), told)
    document = box.addButton(_("&Open"), QMessageBox.ButtonRole.ActionRole)
    folder = box.addButton(_("Open &folder"), QMessageBox.ButtonRole.ActionRole)
    if found and show_found is not None:
        findings = box.addButton(_("&Checks"), QMessageBox.ButtonRole.ActionRole)
        # once the message is gone, which would keep the keyboard
        findings.clicked.connect(lambda: QTimer.singleShot(0, show_found))
    document.clicked.connect(lambda: _open(parent, path, _("The document could not be opened. Its path:")))
    folder.clicked.connect(lambda: _open_folder(parent, path.parent))
    box.open()
    return box


def show_folder(parent: QWidget, folder: Path, count: int) -> QMessageBox:
    """Show that several documents have been written into a folder; the program does not wait for the answer."""
    box = _message(parent, _("{count} files have been written.").format(count=count), [str(folder)])
    open_ = box.addButton(_("Open &folder"), QMessageBox.ButtonRole.ActionRole)
    open_.clicked.connect(lambda: _open_folder(parent, folder))
    box.open()
    return box


def _message(parent: QWidget, text: str, told: Sequence[str]) -> QMessageBox:
    box = QMessageBox(QMessageBox.Icon.Information, "perfdesk", text)
    box.setParent(parent, box.windowFlags())
    box.setInformativeText("\n\n".join(filter(None, told)))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Close))
    return box


def _open_folder(parent: QWidget, folder: Path) -> None:
    _open(parent, folder, _("The folder could not be opened. Its path:"))


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
