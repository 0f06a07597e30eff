"""F1 in dialogs: each names the page of the help that is about it."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog


def offer_help(dialog: QDialog, topic: str) -> None:
    """Let F1 show a page beside a dialog.

    A dialog keeps the keyboard from all windows but its own, so it has a help window of its own, which closes with it.
    """

    def show() -> None:
        # read only when it is asked for: few dialogs are
        from perfdesk.gui.help.help_window import show_help

        show_help(dialog, topic)

    QShortcut(QKeySequence("F1"), dialog).activated.connect(show)
