"""Asks before a year's programme is deleted, and says in figures what goes with it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from perfdesk.domain.numbers import format_number
from perfdesk.i18n import N_, _
from perfdesk.services.deleting_year import Going


def ask(parent: QWidget, going: Going, delete: Callable[[], object]) -> QMessageBox:
    """Ask whether to delete a year with all that goes with it; the program does not wait for the answer."""
    box = QMessageBox(
        QMessageBox.Icon.Warning, "perfdesk", _("Delete the programme of {year}?").format(year=going.year)
    )
    box.setParent(parent, box.windowFlags())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setInformativeText(told(going))
    back = box.addButton(_("&Keep it"), QMessageBox.ButtonRole.RejectRole)
    wished = box.addButton(_("&Delete"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(back)
    box.setEscapeButton(back)
    # once the question is gone: what is asked next is not to stand behind it
    wished.clicked.connect(lambda: QTimer.singleShot(0, delete))
    box.open()
    return box


def told(going: Going) -> str:
    """Return in sentences what goes with a year, what stays, and how to come back."""
    counts = (
        (going.targets, N_("{count} performance targets")),
        (going.indicators, N_("{count} indicators with their values")),
        (going.activities, N_("{count} activities with their costs")),
        (going.sections, N_("{count} texts")),
        (going.resource_tables, N_("{count} resource tables")),
        (going.results, N_("{count} results")),
        (going.versions, N_("{count} versions submitted to the council")),
    )
    lines = [f"•  {_(text).format(count=count)}" for count, text in counts if count]
    total = _("Programme total {amount} TL").format(amount=format_number(going.total, 2))
    stays = _("The other years, the spending units, the plan and the pictures stay.")
    back = _("The file is backed up first, and Ctrl+Z takes the deletion back while the file is open.")
    return "\n".join([_("With it go:"), *lines, f"•  {total}", "", stays, back])
