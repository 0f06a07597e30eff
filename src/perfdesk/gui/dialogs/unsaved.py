"""Asks what to do about typed entries that were not taken: before they are lost with the file, or missed in print."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from perfdesk.i18n import _

# as many entries as can be read at a glance
_SHOWN: Final = 4


def ask(
    parent: QWidget,
    question: str,
    entries: Sequence[str],
    *,
    go_on: Callable[[], object],
    go_on_text: str,
    show_first: Callable[[], object] | None,
) -> QMessageBox:
    """Ask whether to go on although these entries were not taken; the program does not wait for the answer.

    Args:
        parent: the window.
        question: what is the matter, in a sentence.
        entries: for each where it is and why it was refused.
        go_on: done where somebody goes on.
        go_on_text: the name of that button.
        show_first: shows the first of the entries; without it there is nowhere to go.
    """
    box = QMessageBox(QMessageBox.Icon.Warning, "perfdesk", question)
    box.setParent(parent, box.windowFlags())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    lines = [f"•  {entry}" for entry in entries[:_SHOWN]]
    if len(entries) > _SHOWN:
        lines.append(_("… and {count} more entries.").format(count=len(entries) - _SHOWN))
    box.setInformativeText("\n".join(lines))
    back = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setEscapeButton(back)
    box.setDefaultButton(back)
    if show_first is not None:
        first = box.addButton(_("Go to the &first"), QMessageBox.ButtonRole.AcceptRole)
        first.clicked.connect(lambda: QTimer.singleShot(0, show_first))
        box.setDefaultButton(first)
    proceed = box.addButton(go_on_text, QMessageBox.ButtonRole.DestructiveRole)
    # once the question is gone: what is asked next is not to stand behind it
    proceed.clicked.connect(lambda: QTimer.singleShot(0, go_on))
    box.open()
    return box
