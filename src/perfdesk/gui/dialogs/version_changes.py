"""Which two states of a programme the change booklet is about, and as what it is written."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QPushButton, QWidget

from perfdesk.domain.dates import printed_date
from perfdesk.domain.programme import Version
from perfdesk.gui import sizes
from perfdesk.gui.forms.ui_version_changes import Ui_VersionChanges
from perfdesk.gui.headings import make_quiet
from perfdesk.gui.help.offer import offer_help
from perfdesk.i18n import _

# what stands for the programme as it is now
NOW: Final = 0


class VersionChanges(QDialog):
    """``wanted`` carries the earlier version, the later one or None for now, and whether it is to be a workbook.

    Args:
        versions: all there are, by number.
        earlier: the one to begin with.
        with_now: whether the programme as it is now is one more state.
        parent: the dialog below.
    """

    wanted = Signal(int, object, bool)

    def __init__(
        self, versions: Sequence[Version], earlier: int, *, with_now: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._states = [(_named(version), version.number) for version in versions]
        if with_now:
            self._states.append((_("The programme as it is now"), NOW))
        self.ui = ui = Ui_VersionChanges()
        ui.setupUi(self)
        offer_help(self, "versions")
        make_quiet(ui.explanation)
        for name, number in self._states[:-1]:
            ui.earlier.addItem(name, number)
        at = ui.earlier.findData(earlier)
        # nothing is later than the last one
        ui.earlier.setCurrentIndex(at if at >= 0 else ui.earlier.count() - 1)
        ui.earlier.currentIndexChanged.connect(self._offer_later)
        self._offer_later()
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.pdf: QPushButton = ui.buttons.addButton(_("Save as P&DF…"), role)
        self.xlsx: QPushButton = ui.buttons.addButton(_("Save as &Excel…"), role)
        self.pdf.setDefault(True)
        self.pdf.clicked.connect(lambda: self._take(as_workbook=False))
        self.xlsx.clicked.connect(lambda: self._take(as_workbook=True))
        sizes.fit(self)
        ui.earlier.setFocus()

    def _offer_later(self) -> None:
        """List what is later than the earlier one; what was chosen stays where it is among them, else the latest."""
        ui = self.ui
        chosen = _number(ui.later)
        ui.later.clear()
        for name, number in self._states[ui.earlier.currentIndex() + 1 :]:
            ui.later.addItem(name, number)
        at = ui.later.findData(chosen)
        ui.later.setCurrentIndex(at if at >= 0 else ui.later.count() - 1)

    def _take(self, *, as_workbook: bool) -> None:
        earlier, later = _number(self.ui.earlier), _number(self.ui.later)
        self.accept()
        self.wanted.emit(earlier, None if later == NOW else later, as_workbook)


def _number(choice: QComboBox) -> int:
    return -1 if choice.currentData() is None else int(choice.currentData())


def _named(version: Version) -> str:
    named = _("Version {number} of {date}").format(number=version.number, date=printed_date(version.date))
    return f"{named}, {version.decision}" if version.decision else named
