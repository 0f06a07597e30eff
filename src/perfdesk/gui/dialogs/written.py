"""Tells that a document has been written, and opens it or its folder."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from perfdesk.i18n import _


def show(parent: QWidget, path: Path) -> QMessageBox:
    """Show the message; the program does not wait for the answer."""
    box = QMessageBox(QMessageBox.Icon.Information, "perfdesk", _("“{file}” has been written.").format(file=path.name))
    box.setParent(parent, box.windowFlags())
    box.setInformativeText(str(path.parent))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    document = box.addButton(_("&Open"), QMessageBox.ButtonRole.ActionRole)
    folder = box.addButton(_("Open &folder"), QMessageBox.ButtonRole.ActionRole)
    close = box.addButton(QMessageBox.StandardButton.Close)
    box.setDefaultButton(close)
    document.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
    folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))))
    box.open()
    return box
