"""What the window has of the findings: their number above, their list at the right, and the way through them."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from perfdesk.gui.forms.ui_main_window import Ui_MainWindow
from perfdesk.gui.window.desk import Desk
from perfdesk.gui.window.finding_trail import FindingTrail
from perfdesk.gui.window.findings_pane import FindingsPane
from perfdesk.gui.window.toolbar import Toolbar
from perfdesk.services.places import Place


class FindingsSide(QObject):
    """Keeps all of it current; make it before the window goes to what the forms lead to."""

    def __init__(
        self,
        desk: Desk,
        ui: Ui_MainWindow,
        pane: FindingsPane,
        toolbar: Toolbar,
        go_to_place: Callable[[Place], object],
    ) -> None:
        super().__init__(desk.widget)
        self._desk = desk
        self._pane = pane
        self._toolbar = toolbar
        self.trail = FindingTrail(desk, ui, pane, go_to_place)
        pane.place_wanted.connect(go_to_place)
        toolbar.search.finding_wanted.connect(self.trail.go_to)
        pane.problem_said.connect(desk.foot.say_problem)
        desk.file.going.connect(self._let_go)
        desk.file.turned.connect(self._take_up)
        desk.navigation.turned.connect(lambda: pane.show_entry(desk.navigation.here))

    def show(self) -> None:
        """Say how many findings there are, and show them where they are in sight."""
        session = self._desk.session
        asked = session is not None and session.is_audited
        if session is not None and asked:
            audited = session.audited_lately()
            self._toolbar.show_findings(audited.counts_of_programme(), audited.in_words(), asked=True)
        else:
            self._toolbar.show_findings({}, asked=False)
        self._pane.refresh()
        self.trail.show()

    def _take_up(self) -> None:
        session = self._desk.session
        self._pane.set_session(session)
        if session is not None:
            session.findings_changed.connect(self._on_found)

    def _let_go(self) -> None:
        if self._desk.session is not None:
            self._desk.session.findings_changed.disconnect(self._on_found)
        self._pane.set_session(None)
        self.trail.forget()

    def _on_found(self) -> None:
        """Show what a pause has found; nobody types then, but something may be half typed."""
        self._desk.navigation.show(self._desk.session)
        self.show()
        self._desk.pages.follow_findings()
