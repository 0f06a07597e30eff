"""Meclis sürümleri: a year's frozen versions, what the council decided on them, and what can be written of them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QHeaderView, QMessageBox, QWidget

from perfdesk.domain.dates import printed_date
from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Version
from perfdesk.gui import colours, sizes
from perfdesk.gui.dialogs.version_changes import VersionChanges
from perfdesk.gui.dialogs.version_entry import VersionEntry
from perfdesk.gui.forms.ui_versions import Ui_Versions
from perfdesk.gui.headings import colour_text, make_quiet
from perfdesk.gui.help.offer import offer_help
from perfdesk.gui.refused import refusal
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services import versions
from perfdesk.services.control import counting

_NUMBER: Final = Qt.ItemDataRole.UserRole
_HEADS: Final = (
    N_("Version"),
    N_("Submitted"),
    N_("Decision number"),
    N_("Date of the decision"),
    N_("Hash"),
    N_("Note"),
)
_STEPS: Final = (versions.FREEZE, versions.DECIDE, versions.DELETE)


class VersionsDialog(QDialog):
    """Shows the versions of the year in hand, and follows undo.

    ``pdf_wanted`` and ``xlsx_wanted`` carry the number of a version that is to be written, ``changes_wanted`` the two
    states to compare, None for now, and whether as workbook.

    Args:
        session: the open file.
        settle: does what it is given once somebody has been told of entries that will not be in the programme.
        parent: the window.
        today: the day proposed for what is submitted; that of now where none is given.
    """

    pdf_wanted = Signal(int)
    xlsx_wanted = Signal(int)
    changes_wanted = Signal(int, object, bool)

    def __init__(
        self,
        session: Session,
        settle: Callable[[Callable[[], object]], object],
        parent: QWidget | None = None,
        today: date | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._settle = settle
        self._today = today
        self._versions: tuple[Version, ...] = ()
        # undo and redo play what was done here alone: a step of before may be about another year, out of sight
        self._first = session.steps.last
        self._undone = 0
        # whether the programme is no longer what the last version holds
        self._has_changed = False
        self._is_writing = False
        self.ui = ui = Ui_Versions()
        ui.setupUi(self)
        self.setWindowTitle(_("Council versions of the programme of {year}").format(year=session.year))
        offer_help(self, "versions")
        make_quiet(ui.state)
        colour_text(ui.problem, colours.wrong(self.palette()))
        ui.problem.hide()
        self._size = self.size()
        self._connect()
        self._show()
        session.changed.connect(self._follow)

    def _connect(self) -> None:
        ui = self.ui
        for button, slot in (
            (ui.freeze, self.freeze),
            (ui.decide, self.decide),
            (ui.remove, self.ask_to_delete),
            (ui.pdf, lambda: self.pdf_wanted.emit(self.chosen())),
            (ui.xlsx, lambda: self.xlsx_wanted.emit(self.chosen())),
            (ui.changes, self.choose_changes),
        ):
            button.clicked.connect(lambda _checked=False, slot=slot: self._do(slot))
        for key, play in (("Ctrl+Z", self.undo), ("Ctrl+Y", self.redo), ("Ctrl+Shift+Z", self.redo)):
            QShortcut(QKeySequence(key), self).activated.connect(play)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), ui.versions)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(ui.remove.click)

    def _do(self, command: Callable[[], object]) -> None:
        """Give a command; what it refuses is told here."""
        self.ui.problem.hide()
        try:
            command()
        except UserError as error:
            self.tell(error)

    def tell(self, error: UserError) -> None:
        """Say what was refused."""
        self.ui.problem.setText(refusal(error.sentence()))
        self.ui.problem.show()

    def add_row(self, row: QWidget) -> None:
        """Show something in a row of its own, above the button that closes."""
        self.ui.column.insertWidget(self.ui.column.count() - 1, row)

    def set_writing(self, *, is_writing: bool) -> None:
        """Offer to write nothing else while something is being written; the keyboard stays where it was."""
        if self._is_writing == is_writing:
            return
        self._is_writing = is_writing
        focus = self.focusWidget()
        self._enable_writing()
        # a button that is disabled gives the keyboard away
        if is_writing and not focus.isEnabled():
            self.ui.versions.setFocus()

    # --- showing ----------------------------------------------------------------------------------------------------

    def chosen(self) -> int:
        """Return the number of the version chosen in the list; 0 is none."""
        number = self.ui.versions.currentIndex().siblingAtColumn(0).data(_NUMBER)
        return 0 if number is None else int(number)

    def _follow(self) -> None:
        """Show what there is now; a year that is gone has no versions."""
        if self._session.context is None:
            self.reject()
            return
        self.ui.problem.hide()
        self._show()

    def _show(self) -> None:
        ui, session = self.ui, self._session
        is_new, had_any = not self.isVisible(), bool(self._versions)
        before, known = self.chosen(), {version.number for version in self._versions}
        self._versions = versions.versions(session.municipality, session.year)
        latest = versions.latest(session.municipality, session.year)
        self._has_changed = latest is None or self._differs(latest)
        model = QStandardItemModel(0, len(_HEADS), self)
        model.setHorizontalHeaderLabels([_(head) for head in _HEADS])
        for version in self._versions:
            model.appendRow(_row(version))
        former = ui.versions.model()
        ui.versions.setModel(model)
        if former is not None:
            former.deleteLater()
        head = ui.versions.header()
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        numbers = [version.number for version in self._versions]
        come = [number for number in numbers if number not in known]
        if numbers:
            # one that has just come is meant next; where the one in hand has gone, the last
            wanted = come[-1] if come else before if before in numbers else numbers[-1]
            ui.versions.setCurrentIndex(model.index(numbers.index(wanted), 0))
        self._show_texts(latest)
        self._enable()
        if is_new or bool(numbers) != had_any:
            self._fit()

    def _fit(self) -> None:
        """Take the room that the list needs, or what is said instead of it."""
        self.resize(self._size if self._versions else QSize(self._size.width(), 0))
        sizes.fit(self)

    def _differs(self, latest: Version) -> bool:
        session = self._session
        try:
            return versions.differs(session.store, session.municipality, session.year, latest.number)
        except UserError as error:
            # a damaged version is no reason not to show the others
            self.tell(error)
            return True

    def _show_texts(self, latest: Version | None) -> None:
        ui, session = self.ui, self._session
        if latest is None:
            said = [
                _("The programme of {year} has not been submitted to the council yet.").format(year=session.year),
                _(
                    "When it is, freeze it here as a version: it can then be printed again as it was submitted, "
                    "whatever is edited later, with number, date and hash at the foot of each page; and a booklet can "
                    "be printed of what has changed since, with the pages to print again."
                ),
            ]
        else:
            said = [
                _(
                    "A version is printed again as it was submitted, whatever has been edited since. Its number, date, "
                    "decision and hash stand at the foot of each page."
                )
            ]
            told = _("The programme is just as it was submitted as version {number}.")
            if self._has_changed:
                told = _("The programme has been changed since version {number}.")
            ui.state.setText(told.format(number=latest.number))
        if session.read_only:
            sentence = UserError(
                N_("“{file}” is open for reading only; nothing can be changed."), file=session.store.path.name
            )
            said.append(sentence.sentence())
        ui.explanation.setText("\n\n".join(said))

    def _enable(self) -> None:
        ui = self.ui
        has_any, writable = bool(self._versions), not self._session.read_only
        for widget in (ui.versions_label, ui.versions, ui.state, ui.decide, ui.remove, ui.pdf, ui.xlsx, ui.changes):
            widget.setVisible(has_any)
        for button in (ui.freeze, ui.decide, ui.remove):
            button.setEnabled(writable)
        self._enable_writing()
        ui.pdf.setDefault(has_any)
        ui.freeze.setDefault(not has_any)
        (ui.versions if has_any else ui.freeze).setFocus()

    def _enable_writing(self) -> None:
        ui = self.ui
        for button in (ui.pdf, ui.xlsx):
            button.setEnabled(not self._is_writing)
        # from the last version nothing leads on but what has been edited since
        leads_on = len(self._versions) > 1 or self._has_changed
        ui.changes.setEnabled(leads_on and not self._is_writing)

    # --- submitting and deciding ------------------------------------------------------------------------------------

    def freeze(self) -> None:
        """Ask when the programme is submitted, and freeze it; one that has not changed is told."""
        versions.check_changed(self._session.store, self._session.municipality, self._session.year)
        self._settle(self._ask_submission)

    def _ask_submission(self) -> None:
        session = self._session

        def keep(_decision: str, day: str, note: str) -> None:
            versions.freeze(session.store, session.year, day, note=note)

        entry = VersionEntry(keep, self)
        number = self._versions[-1].number + 1 if self._versions else 1
        today = self._today or datetime.now().astimezone().date()
        counts = session.audited().counts_of_programme()
        found = counting.in_words({severity: counts[severity] for severity in counting.GRAVE}, ", ")
        entry.ask_submission(session.year, number, today.isoformat(), found)
        entry.open()

    def decide(self) -> None:
        """Ask what the council decided on the version chosen."""
        session, version = self._session, self._version()

        def keep(decision: str, day: str, note: str) -> None:
            if (decision, day, note) != (version.decision, version.decision_date, version.note):
                versions.decide(
                    session.store, session.year, version.number, decision=decision, decision_date=day, note=note
                )

        entry = VersionEntry(keep, self)
        entry.ask_decision(version)
        entry.open()

    def ask_to_delete(self) -> None:
        """Ask whether the version chosen is to go."""
        version = self._version()
        question = _("Delete version {number} of {date}?").format(
            number=version.number, date=printed_date(version.date)
        )
        box = QMessageBox(QMessageBox.Icon.Warning, "perfdesk", question)
        box.setParent(self, box.windowFlags())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = [_("It cannot be printed again as it was submitted. Ctrl+Z takes the deletion back.")]
        if version.decision:
            told.insert(0, _("The council decided on it: {decision}.").format(decision=version.decision))
        box.setInformativeText("\n".join(told))
        back = box.addButton(_("&Keep it"), QMessageBox.ButtonRole.RejectRole)
        wished = box.addButton(_("&Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(back)
        box.setEscapeButton(back)
        # once the question is gone, which would keep the keyboard
        wished.clicked.connect(lambda: QTimer.singleShot(0, self, lambda: self._do(lambda: self._delete(version))))
        box.open()

    def _delete(self, version: Version) -> None:
        versions.delete(self._session.store, self._session.year, version.number)

    def choose_changes(self) -> None:
        """Ask which two states the change booklet is to compare."""
        chosen = VersionChanges(self._versions, self.chosen(), with_now=self._has_changed, parent=self)
        chosen.wanted.connect(self.changes_wanted)
        chosen.open()

    def _version(self) -> Version:
        return next(version for version in self._versions if version.number == self.chosen())

    # --- undo -------------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last step back where it was done here."""
        session = self._session
        if session.steps.last > self._first and session.undo_label in _STEPS and not session.read_only:
            self._do(session.undo)
            self._undone += 1

    def redo(self) -> None:
        """Do again what was undone here."""
        session = self._session
        if self._undone and session.redo_label in _STEPS and not session.read_only:
            self._undone -= 1
            self._do(session.redo)


def _row(version: Version) -> list[QStandardItem]:
    texts = (
        str(version.number),
        printed_date(version.date),
        version.decision,
        printed_date(version.decision_date),
        version.hash,
        version.note,
    )
    items = [QStandardItem(text) for text in texts]
    items[0].setData(version.number, _NUMBER)
    items[-1].setToolTip(version.note)
    return items
