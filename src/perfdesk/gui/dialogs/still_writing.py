"""Asks what is to become of what is being written or printed, before it is lost with the window or the file."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from perfdesk.i18n import _


def ask(parent: QWidget, name: str, *, give_up: Callable[[], object], stay: Callable[[], object]) -> QMessageBox:
    """Ask about what is being written; the program does not wait for the answer.

    Args:
        parent: the window.
        name: what is being written.
        give_up: done where somebody gives it up.
        stay: done where somebody does not want to close any more; who waits for the end is given nothing to do.
    """
    box = QMessageBox(QMessageBox.Icon.Question, "perfdesk", _("“{file}” is still being written.").format(file=name))
    told = _("If you close now, it is given up. What stood in its place stays as it was.")
    words = told, _("&Wait until it is written and close"), _("&Give it up and close")
    return _ask(box, parent, words, give_up, stay)


def ask_about_printing(parent: QWidget, *, give_up: Callable[[], object], stay: Callable[[], object]) -> QMessageBox:
    """Ask about what is being printed, as ``ask``."""
    box = QMessageBox(QMessageBox.Icon.Question, "perfdesk", _("Something is still being printed."))
    told = _("If you close now, it is given up. Pages that the printer has got already may still come out.")
    words = told, _("&Wait until it is printed and close"), _("&Stop printing and close")
    return _ask(box, parent, words, give_up, stay)


def _ask(
    box: QMessageBox,
    parent: QWidget,
    words: tuple[str, str, str],
    give_up: Callable[[], object],
    stay: Callable[[], object],
) -> QMessageBox:
    """Show the question; ``words`` are what is told below it, and those of the buttons that wait and that give up."""
    box.setParent(parent, box.windowFlags())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    told, waiting, giving_up = words
    box.setInformativeText(told)
    wait = box.addButton(waiting, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(wait)
    proceed = box.addButton(giving_up, QMessageBox.ButtonRole.DestructiveRole)
    back = box.addButton(_("Go &on working"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(back)
    # once the question is gone: what follows is not to stand behind it
    proceed.clicked.connect(lambda: QTimer.singleShot(0, give_up))
    back.clicked.connect(stay)
    box.open()
    return box
