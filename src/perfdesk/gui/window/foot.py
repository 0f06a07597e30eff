"""The bar at the foot of the window: what is saved, what is being written, and the sums."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from perfdesk.domain.numbers import format_number
from perfdesk.gui import moments
from perfdesk.i18n import _
from perfdesk.tables.context import Context

# how long it is said what was refused, and what was done, in milliseconds
_PROBLEM_SHOWN: Final = 10_000
_DONE_SHOWN: Final = 15_000


class Foot(QObject):
    """Fills the status bar; ``progress`` are the widgets of what is being written beside the window."""

    def __init__(self, status: QStatusBar, progress: Iterable[QWidget], parent: QWidget) -> None:
        super().__init__(parent)
        self._status = status
        self.saved = QLabel()
        self.selection_sum = QLabel()
        self.programme_sum = QLabel()
        for widget in (self.saved, *progress):
            status.addWidget(widget)
        for label in (self.selection_sum, self.programme_sum):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            status.addPermanentWidget(label)
        status.setContentsMargins(8, 0, 8, 0)

    def show_file(self, path: Path | None) -> None:
        """Let the bar tell in passing where the open file lies, of which the window's title says the name."""
        self._status.setToolTip("" if path is None else str(path))

    def say(self, text: str) -> None:
        """Say for a while what has been done."""
        self._status.showMessage(text, _DONE_SHOWN)

    def say_problem(self, text: str) -> None:
        """Say for a while what was refused or went wrong."""
        self._status.showMessage(text, _PROBLEM_SHOWN)

    def show_saved(self, edit: datetime | None, backup: datetime | None) -> None:
        """Say when the last edit was written, and when the last backup was made."""
        parts = []
        if edit is not None:
            parts.append(_("Saved {time}").format(time=moments.said(edit)))
        if backup is not None:
            parts.append(_("last sound backup {time}").format(time=moments.said(backup)))
        self.saved.setText(" · ".join(parts))

    def show_selection(self, numbers: Sequence[Decimal]) -> None:
        """Show the sum of the cells selected, where it is more than one."""
        text = ""
        if len(numbers) > 1:
            text = _("Selection {amount}").format(amount=format_number(sum(numbers, Decimal(0))))
        self.selection_sum.setText(text)

    def show_programme(self, ctx: Context | None) -> None:
        """Show the sum of the year's programme."""
        text = ""
        if ctx is not None:
            amount = format_number(ctx.ledger.grand_total.total, 2)
            text = _("Programme total {amount} TL").format(amount=amount)
        self.programme_sum.setText(text)
