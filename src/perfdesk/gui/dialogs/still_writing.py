"""Asks whether what is being written is to be given up, before it is lost with the window or the file."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from perfdesk.i18n import _


def ask(parent: QWidget, name: str, *, go_on: Callable[[], object]) -> QMessageBox:
    """Ask; the program does not wait for the answer.

    Args:
        parent: the window.
        name: what is being written.
        go_on: done where somebody gives it up.
    """
    box = QMessageBox(QMessageBox.Icon.Question, "perfdesk", _("“{file}” is still being written.").format(file=name))
    box.setParent(parent, box.windowFlags())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setInformativeText(_("If you close now, it is given up. What stood in its place stays as it was."))
    wait = box.addButton(_("&Wait until it is written"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(wait)
    box.setEscapeButton(wait)
    proceed = box.addButton(_("&Give it up and close"), QMessageBox.ButtonRole.DestructiveRole)
    # once the question is gone: what follows is not to stand behind it
    proceed.clicked.connect(lambda: QTimer.singleShot(0, go_on))
    box.open()
    return box
