"""What is said of a version: the day it was submitted and a note, or what the council decided on it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QLineEdit, QStyle, QWidget

from perfdesk.domain import texts
from perfdesk.domain.dates import printed_date, read_date
from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Version
from perfdesk.gui import colours, sizes
from perfdesk.gui.forms.ui_version_entry import Ui_VersionEntry
from perfdesk.gui.headings import colour_ground, colour_text, make_quiet
from perfdesk.gui.help.offer import offer_help
from perfdesk.i18n import _

# as many letters as a day takes, and some more
_DATE_WIDTH = 14
# the ground of a warning, as of the lines above the forms
_TINT = 0.2


class VersionEntry(QDialog):
    """Asks; a wrong entry stays as it was typed, with its sentence below.

    Args:
        keep: takes the decision's number, the day as ISO text or "", and the note; what it refuses is told, and the
            dialog stays.
        parent: the dialog below.
    """

    def __init__(self, keep: Callable[[str, str, str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keep = keep
        self._needs_date = False
        self.ui = ui = Ui_VersionEntry()
        ui.setupUi(self)
        offer_help(self, "versions")
        for label in (ui.explanation, ui.date_form):
            make_quiet(label)
        colour_ground(ui.caution, colours.tint(QApplication.palette(), _TINT))
        side = self.style().pixelMetric(QStyle.PixelMetric.PM_LargeIconSize)
        icon = self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)
        ui.sign.setPixmap(icon.pixmap(QSize(side, side), self.devicePixelRatioF()))
        ui.caution.hide()
        for label in (ui.decision_said, ui.date_said, ui.note_said, ui.problem):
            colour_text(label, colours.wrong(self.palette()))
            label.hide()
        ui.date.setFixedWidth(ui.date.fontMetrics().averageCharWidth() * _DATE_WIDTH)
        for field, label in ((ui.decision, ui.decision_said), (ui.date, ui.date_said), (ui.note, ui.note_said)):
            field.textEdited.connect(label.hide)
            field.textEdited.connect(ui.problem.hide)
        ui.date.editingFinished.connect(self._check_date)

    def ask_submission(self, year: int, number: int, today: str, found: str = "") -> None:
        """Ask when a version is submitted, and propose a day; ``found`` is what the checks find in it, in words."""
        ui = self.ui
        self._needs_date = True
        self.setWindowTitle(_("Submitted to the council"))
        told = _("The programme of {year}, as it is now, becomes version {number}. Whatever is edited later, it stays.")
        ui.explanation.setText(told.format(year=year, number=number))
        if found:
            self._warn(found)
        ui.decision_label.hide()
        ui.decision.hide()
        self._call_date(_("&Date of submission"), _("Date of submission"))
        ui.date.setText(printed_date(today))
        ui.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(
            _("&Freeze version {number}").format(number=number)
        )
        self._begin(ui.date)

    def ask_decision(self, version: Version) -> None:
        """Ask what the council decided on a version."""
        ui = self.ui
        self.setWindowTitle(_("Council decision on version {number}").format(number=version.number))
        told = _("The decision's number and date are printed at the foot of each page of the version of {date}.")
        ui.explanation.setText(told.format(date=printed_date(version.date)))
        self._call_date(_("&Date of the decision"), _("Date of the decision"))
        ui.decision.setText(version.decision)
        ui.date.setText(printed_date(version.decision_date))
        ui.note.setText(version.note)
        # a long one is read from its beginning
        ui.note.setCursorPosition(0)
        self._begin(ui.decision)

    def accept(self) -> None:
        """Keep what was entered; the first wrong entry gets the keyboard."""
        ui = self.ui
        decision = self._text(ui.decision, ui.decision_said)
        date = self._check_date()
        note = self._text(ui.note, ui.note_said)
        for field, read in ((ui.decision, decision), (ui.date, date), (ui.note, note)):
            if read is None:
                field.setFocus()
                field.selectAll()
                return

        def kept() -> bool:
            self._keep(decision, date, note)
            return True

        if self._told(ui.problem, kept):
            super().accept()

    def _warn(self, found: str) -> None:
        """Say what the checks find, so that nobody freezes it without having seen it."""
        ui = self.ui
        lacks = _(
            "The checks find in this programme: {findings}. Mend them before it is submitted, or accept with a reason "
            "what is to stay; they are all on the page “Checks”. A version that is frozen now keeps them."
        )
        ui.found.setText(lacks.format(findings=found))
        ui.caution.show()
        # whoever cannot see it hears it with the field that has the keyboard, and with the button
        ui.date.setAccessibleDescription(ui.found.text())
        ui.buttons.button(QDialogButtonBox.StandardButton.Ok).setAccessibleDescription(ui.found.text())

    def _call_date(self, label: str, name: str) -> None:
        self.ui.date_label.setText(label)
        self.ui.date.setAccessibleName(name)

    def _begin(self, field: QLineEdit) -> None:
        sizes.fit(self)
        field.setFocus()
        field.selectAll()

    def _check_date(self) -> Any:
        ui = self.ui

        def read() -> str:
            return read_date(ui.date.text()) if self._needs_date or ui.date.text().strip() else ""

        return self._told(ui.date_said, read, ui.date)

    def _text(self, field: QLineEdit, label: QLabel) -> Any:
        return self._told(label, lambda: texts.typed(field.text()), field)

    def _told(self, label: QLabel, read: Callable[[], Any], field: QLineEdit | None = None) -> Any:
        """Return what is read; where it is refused say so, also to who cannot see it, and return None."""
        value, said = None, ""
        try:
            value = read()
        except UserError as error:
            said = error.sentence()
        label.setText(said)
        label.setVisible(bool(said))
        if said:
            # a long one takes several lines
            sizes.fit(self)
        if field is not None:
            field.setAccessibleDescription(said)
        return value
