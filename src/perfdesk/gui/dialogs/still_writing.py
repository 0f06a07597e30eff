"""Asks what is to become of what is being written, before it is lost with the window or the file."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from perfdesk.i18n import _


def ask(parent: QWidget, name: str, *, give_up: Callable[[], object], stay: Callable[[], object]) -> QMessageBox:
    """Ask; the program does not wait for the answer.

    Args:
        parent: the window.
        name: what is being written.
        give_up: done where somebody gives it up.
        stay: done where somebody does not want to close any more; who waits for the end is given nothing to do.
    """
    box = QMessageBox(QMessageBox.Icon.Question, "perfdesk", _("“{file}” is still being written.").format(file=name))
    box.setParent(parent, box.windowFlags())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setInformativeText(_("If you close now, it is given up. What stood in its place stays as it was."))
    wait = box.addButton(_("&Wait until it is written and close"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(wait)
    proceed = box.addButton(_("&Give it up and close"), QMessageBox.ButtonRole.DestructiveRole)
    back = box.addButton(_("Go &on working"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(back)
    # once the question is gone: what follows is not to stand behind it
    proceed.clicked.connect(lambda: QTimer.singleShot(0, give_up))
    back.clicked.connect(stay)
    box.open()
    return box
