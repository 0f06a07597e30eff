"""The list of findings with what belongs to it: what is shown, the reason of the one in hand, and its commands."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from perfdesk.domain.dates import printed_date
from perfdesk.domain.errors import UserError
from perfdesk.gui.findings import words
from perfdesk.gui.findings.accept_finding import AcceptFinding
from perfdesk.gui.findings.grouping import By, Group, Line, LineKey, Show, grouped
from perfdesk.gui.forms.ui_finding_list import Ui_FindingList
from perfdesk.gui.headings import make_heading, make_quiet
from perfdesk.gui.session import Session
from perfdesk.gui.settings import Settings
from perfdesk.i18n import N_, _
from perfdesk.services.control import accepting
from perfdesk.services.control.audit import Audited, Item
from perfdesk.services.places import Key

_SHOWN: Final = {
    Show.ALL: N_("All findings"),
    Show.ERRORS: N_("Errors only"),
    Show.FORM: N_("Of this form"),
}
_BY: Final = {By.KIND: N_("By criterion"), By.PLACE: N_("By place")}
# why the list is empty
_EMPTY: Final = {
    Show.ALL: N_("The checks find nothing in this programme."),
    Show.ERRORS: N_("There is no error among the findings."),
    Show.FORM: N_("The checks find nothing in this form."),
}
_BY_PLACE: Final = "findings_by_place"


class FindingList(QWidget):
    """Shows the findings of the year in hand, and follows each edit while it is in sight.

    ``place_wanted`` carries where a finding is mended, ``line_chosen`` the one that is in hand. Beside a form it can
    show the findings ``of_form`` alone.
    """

    place_wanted = Signal(object)
    line_chosen = Signal(object)
    problem_said = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None, *, of_form: bool = True) -> None:
        super().__init__(parent)
        self._settings = settings
        self._session: Session | None = None
        self._here: Key | None = None
        self._audited: Audited | None = None
        # whether another question than before is answered, so that the list has little to do with the former
        self._is_other = True
        self._is_following = False
        # what was withdrawn, until it is shown where it counts again
        self._withdrawn: LineKey | None = None
        self.ui = ui = Ui_FindingList()
        ui.setupUi(self)
        self.view = ui.findings
        for show, name in _SHOWN.items() if of_form else list(_SHOWN.items())[:-1]:
            ui.shown.addItem(_(name), show)
        for by, name in _BY.items():
            ui.by.addItem(_(name), by)
        ui.by.setCurrentIndex(list(_BY).index(By.PLACE if settings.flag(_BY_PLACE, default=False) else By.KIND))
        make_heading(ui.rule)
        self._colour()
        self.go_there = self._command(_("Go there"), self._go)
        self.accept = self._command("", self.ask_for_reason)
        self.withdraw = self._command(_("Accept no more"), self._withdraw)
        self._connect()
        self._show_line()

    def _command(self, text: str, run: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda _checked=False: run())
        return action

    def _connect(self) -> None:
        ui = self.ui
        ui.shown.activated.connect(lambda _at: self._ask_anew())
        ui.by.activated.connect(self._on_by)
        ui.findings.wanted.connect(lambda _line: self._go())
        ui.findings.current_changed.connect(self._on_current)
        ui.findings.menu_wanted.connect(self._show_menu)
        ui.go.clicked.connect(self.go_there.trigger)
        ui.accept.clicked.connect(self.accept.trigger)
        ui.withdraw.clicked.connect(self.withdraw.trigger)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def set_session(self, session: Session | None) -> None:
        """Take up another file, or none."""
        self._session, self._is_other, self._withdrawn = session, True, None
        if session is None:
            self._audited = None
            self.view.findings.show_anew([])

    def set_here(self, here: Key | None) -> None:
        """Say which form is in sight."""
        if here != self._here:
            self._here = here
            if self.shown is Show.FORM:
                self._ask_anew()

    @property
    def by(self) -> By:
        """What the findings are grouped by."""
        return By(self.ui.by.currentData())

    def show_all(self) -> None:
        """Show all findings; those that are left out are shown when the list is asked for again."""
        if self.shown is not Show.ALL:
            self.ui.shown.setCurrentIndex(0)
            self._is_other = True

    def set_by(self, by: By) -> None:
        """Group by something else."""
        if by is not self.by:
            self.ui.by.setCurrentIndex(list(_BY).index(by))
            self._on_by(self.ui.by.currentIndex())

    @property
    def shown(self) -> Show:
        """Which findings are shown."""
        return Show(self.ui.shown.currentData())

    def refresh(self) -> None:
        """Show the findings of now."""
        session = self._session
        if session is None or session.context is None:
            self._audited = None
            self.view.findings.show_anew([])
        else:
            # what another entry or grouping shows is of now
            audited = session.audited() if self._is_other else session.audited_lately()
            if audited is not self._audited or self._is_other:
                self._audited = audited
                self._show(grouped(session.context, audited, self.by, self.shown, self._here))
        self.ui.message.setText(self.nothing())
        is_empty = not self.view.findings.groups()
        self.ui.pages.setCurrentWidget(self.ui.message_page if is_empty else self.view)
        self._show_line()

    def nothing(self) -> str:
        """Return a sentence that says that there is nothing of what is shown."""
        return _(_EMPTY[self.shown])

    def _show(self, groups: list[Group]) -> None:
        view, line, is_other = self.view, self.view.line, self._is_other
        self._is_other = False
        # what comes into hand because something else has left was chosen by nobody
        self._is_following = True
        try:
            if is_other:
                view.findings.show_anew(groups)
                if line is not None:
                    view.choose(line.key)
            else:
                view.show_groups(groups)
            self._keep_withdrawn()
        finally:
            self._is_following = False

    def _keep_withdrawn(self) -> None:
        """Have that in hand still whose acceptance was withdrawn: it stands in another group now."""
        wanted = self._withdrawn
        line = self.view.findings.line(self.view.findings.find(wanted)) if wanted is not None else None
        if wanted is not None and line is not None and line.item.acceptance is None:
            self._withdrawn = None
            self.choose(wanted)

    def _ask_anew(self) -> None:
        self._is_other = True
        self.refresh()

    def _on_by(self, _at: int) -> None:
        self._settings.keep_flag(_BY_PLACE, on=self.by is By.PLACE)
        self._ask_anew()

    # --- the finding in hand ----------------------------------------------------------------------------------------

    @property
    def item(self) -> Item | None:
        """The finding in hand."""
        line = self.view.line
        return line.item if line is not None else None

    def choose(self, key: LineKey) -> bool:
        """Take a finding in hand; return whether it is in the list."""
        return self.view.choose(key)

    def walked(self) -> list[Line]:
        """Return what F8 goes through: what counts and has a place, in the order of the list."""
        self.refresh()
        lines = self.view.findings.all_lines()
        return [line for line in lines if line.item.acceptance is None and line.item.place is not None]

    def without_form(self) -> int:
        """Return how many of those that count F8 passes over, because no form shows their places yet."""
        lines = self.view.findings.all_lines()
        return sum(line.item.acceptance is None and line.item.place is None for line in lines)

    def _on_current(self) -> None:
        if self._is_following:
            return
        self._show_line()
        if self.view.line is not None:
            self.line_chosen.emit(self.view.line)

    def _show_line(self) -> None:
        """Say why the finding in hand matters, and offer what can be done with it."""
        ui, item = self.ui, self.item
        for widget in (ui.details, ui.go, ui.accept, ui.withdraw):
            widget.setVisible(item is not None)
        if item is None:
            return
        rule, acceptance = item.rule, item.acceptance
        ui.rule.setText(f"{words.name(item.finding.severity).capitalize()} · {rule.id} · {_(rule.title)}")
        ui.reason.setText(_(rule.reason))
        basis = _("Basis: {basis}").format(basis=_(rule.basis))
        if acceptance is not None:
            basis += "\n" + _("Accepted on {date}").format(date=printed_date(acceptance.date))
        ui.basis.setText(basis)
        writable = self._session is not None and not self._session.read_only
        text = _("Accept…") if acceptance is None else _("Change the reason…")
        self.accept.setText(text)
        ui.accept.setText(text)
        ui.withdraw.setVisible(acceptance is not None)
        for action, button, can in (
            (self.go_there, ui.go, item.place is not None),
            (self.accept, ui.accept, writable),
            (self.withdraw, ui.withdraw, writable and acceptance is not None),
        ):
            action.setEnabled(can)
            button.setEnabled(can)

    def _show_menu(self, corner: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        accepted = self.item is not None and self.item.acceptance is not None
        menu.addActions([self.go_there, self.accept, *([self.withdraw] if accepted else [])])
        menu.popup(corner)

    def _go(self) -> None:
        item = self.item
        if item is None:
            return
        if item.place is None:
            self.problem_said.emit(_("No form shows this place yet."))
        else:
            self.place_wanted.emit(item.place)

    # --- accepting --------------------------------------------------------------------------------------------------

    def ask_for_reason(self) -> None:
        """Ask why the finding in hand stays as it is."""
        session, item = self._session, self.item
        if session is None or session.context is None or item is None:
            return
        finding, programme = item.finding, session.context.programme
        today = datetime.now().astimezone().date()

        def keep(reason: str) -> None:
            accepting.accept(session.store, programme, finding, reason, today)

        before = item.acceptance.reason if item.acceptance is not None else ""
        AcceptFinding(finding, before, accepting.reasons(programme, finding.rule), keep, self.window()).open()

    def _withdraw(self) -> None:
        session, line = self._session, self.view.line
        if session is not None and session.context is not None and line is not None:
            self._withdrawn = line.key
            try:
                accepting.withdraw(session.store, session.context.programme, line.item.finding)
            except UserError as error:
                self._withdrawn = None
                self.problem_said.emit(error.sentence())

    # --- looks ------------------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange and hasattr(self, "ui"):
            self._colour()

    def _colour(self) -> None:
        for label in (self.ui.basis, self.ui.message):
            make_quiet(label)
