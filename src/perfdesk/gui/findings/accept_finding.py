"""Asks why a finding stays as it is."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from perfdesk.checks.finding import Finding
from perfdesk.domain.errors import UserError
from perfdesk.gui import colours, sizes
from perfdesk.gui.findings import words
from perfdesk.gui.forms.ui_accept_finding import Ui_AcceptFinding
from perfdesk.gui.headings import colour_text, make_heading, make_quiet
from perfdesk.gui.help.offer import offer_help
from perfdesk.i18n import _


class AcceptFinding(QDialog):
    """What is refused is told below the field, and what was typed stays.

    Args:
        finding: what is accepted.
        reason: the one given before, or "".
        reasons: those that are offered.
        keep: takes the reason; what it refuses is told.
        parent: the window.
    """

    def __init__(
        self,
        finding: Finding,
        reason: str,
        reasons: Sequence[str],
        keep: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keep = keep
        self.ui = ui = Ui_AcceptFinding()
        ui.setupUi(self)
        offer_help(self, "control")
        self.setWindowTitle(_("Reason of the acceptance") if reason else _("Accept the finding"))
        ui.sentence.setText(f"{words.letter(finding.severity)} · {finding.sentence()}")
        make_heading(ui.sentence)
        make_quiet(ui.explanation)
        colour_text(ui.problem, colours.wrong(self.palette()))
        ui.problem.hide()
        ui.reason.offer(reasons)
        ui.reason.setText(reason)
        ui.reason.textEdited.connect(lambda _text: self._tell(""))
        ui.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_("&Accept"))
        self._fit()
        ui.reason.setFocus()
        ui.reason.selectAll()

    def accept(self) -> None:
        """Keep the reason."""
        try:
            self._keep(self.ui.reason.text())
        except UserError as error:
            self._tell(error.sentence())
            self.ui.reason.setFocus()
            return
        super().accept()

    def _tell(self, sentence: str) -> None:
        problem = self.ui.problem
        if problem.text() != sentence:
            problem.setText(sentence)
            problem.setVisible(bool(sentence))
            # also for whoever cannot see it
            self.ui.reason.setAccessibleDescription(sentence)
            self._fit()

    def _fit(self) -> None:
        """Be as high as the sentences need in this width: a hint counts on narrower ones."""
        sizes.fit(self)
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), layout.heightForWidth(self.width()))
