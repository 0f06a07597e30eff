"""The way through the findings: from one to where it is mended, and from there to the next one or the one before."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from perfdesk.gui.forms.ui_main_window import Ui_MainWindow
from perfdesk.gui.window.desk import Desk
from perfdesk.gui.window.findings_pane import FindingsPane
from perfdesk.i18n import _
from perfdesk.services.places import CONTROL, Place

if TYPE_CHECKING:
    from perfdesk.checks.finding import Finding
    from perfdesk.gui.findings.grouping import Line


class FindingTrail(QObject):
    """Remembers which finding is in hand; the line above the form says so as long as its form is in sight."""

    def __init__(
        self, desk: Desk, ui: Ui_MainWindow, pane: FindingsPane, go_to_place: Callable[[Place], object]
    ) -> None:
        super().__init__(desk.widget)
        self._desk = desk
        self._ui = ui
        self._pane = pane
        self._go_to_place = go_to_place
        # what was gone to last, and the list as it was with that in it
        self._line: Line | None = None
        self._walked: list[Line] = []
        # whether that is where one stands, rather than in a form that was turned to since
        self._stands = False
        # whether the list was gone through to its end, or its beginning, on the way there
        self._wrapped = ""
        ui.finding_bar.set_ways(ui.previous_finding, ui.next_finding)
        ui.finding_bar.list_wanted.connect(self._show_list)
        ui.next_finding.triggered.connect(lambda _checked=False: self.go_by(1))
        ui.previous_finding.triggered.connect(lambda _checked=False: self.go_by(-1))
        desk.pages.place_wanted.connect(self._on_place)
        pane.line_chosen.connect(self._take)
        desk.navigation.turned.connect(self._on_turned)

    def forget(self) -> None:
        """Have nothing in hand any more."""
        self._line, self._walked, self._wrapped, self._stands = None, [], "", False
        self._ui.finding_bar.say("")

    def go_by(self, by: int) -> None:
        """Go to the finding after the one in hand or before it; from elsewhere to the first of the form in sight."""
        if self._desk.session is None or not self._desk.commit_or_say():
            return
        if not self._pane.isVisible():
            # through all there is, unless it can be seen that it does not
            self._pane.list.show_all()
        lines = self._pane.list.walked()
        if not lines:
            self._desk.foot.say(self._pane.list.nothing())
            return
        at, wrapped = self._start(lines, by), ""
        if at >= len(lines):
            wrapped = _("The end was reached; from the beginning")
        elif at < 0:
            wrapped = _("The beginning was reached; from the end")
        line = lines[at % len(lines)]
        self._pane.list.choose(line.key)
        self._walked, self._line, self._wrapped, self._stands = lines, line, wrapped, True
        place = line.item.place
        assert place is not None  # only those with a place are walked
        self._go_to_place(place)
        self.show()

    def go_to(self, finding: "Finding", place: Place) -> None:
        """Go where a finding is mended, with it in hand; what no form shows is shown in the list.

        Where it is no more, go to the ``place`` it had.
        """
        if self._desk.session is None or not self._desk.commit_or_say():
            return
        line = self._line_of(finding)
        if line is None:
            self._go_to_place(place)
            return
        self._pane.list.choose(line.key)
        if line.item.place is None:
            self._show_list()
            return
        self._take(line)
        self._go_to_place(line.item.place)
        # turning to a form does not take from the hand what leads there
        self._stands = True
        self.show()

    def _line_of(self, finding: "Finding") -> "Line | None":
        """Return the line of a finding; the list shows all where it has left it out."""
        found = self._pane.list
        found.refresh()
        for _try in range(2):
            line = next((one for one in found.view.findings.all_lines() if one.item.finding == finding), None)
            if line is not None:
                return line
            found.show_all()
            found.refresh()
        return None

    def _start(self, lines: "list[Line]", by: int) -> int:
        """Return where in the list to go, beyond its ends where it is to be begun anew."""
        here = self._desk.navigation.here
        of_form = [at for at, line in enumerate(lines) if line.item.place and line.item.place.entry == here]
        now = self._found(lines)
        if self._line is not None and (self._stands or not of_form):
            return now + by if now is not None else self._beside_mended(lines, by)
        if of_form:
            return of_form[0 if by > 0 else -1]
        return 0 if by > 0 else len(lines) - 1

    def _beside_mended(self, lines: "list[Line]", by: int) -> int:
        """Return where what followed the mended one stands, or what was before it; one edit may mend several."""
        then = self._found(self._walked) or 0
        around = self._walked[then + 1 :] if by > 0 else self._walked[:then][::-1]
        places = {line.key: at for at, line in enumerate(lines)}
        beyond = len(lines) if by > 0 else -1
        return next((places[line.key] for line in around if line.key in places), beyond)

    def _found(self, lines: "Iterable[Line]") -> int | None:
        """Return where the finding in hand stands in a list, if it is there."""
        wanted = self._line.key if self._line is not None else None
        return next((at for at, line in enumerate(lines) if line.key == wanted), None)

    def _is_accepted(self) -> bool:
        return self._found(self._pane.list.view.findings.all_lines()) is not None

    def _is_here(self) -> bool:
        session, place = self._desk.session, self._line.item.place if self._line is not None else None
        here = (session.year, self._desk.navigation.here) if session is not None else None
        return place is not None and here == (place.year, place.entry)

    def _take(self, line: "Line") -> None:
        """Have that in hand which was chosen in the list beside the form."""
        self._line, self._walked, self._wrapped, self._stands = line, self._lines(), "", True
        self.show()

    def _on_place(self, place: Place) -> None:
        # other forms lead to places, too
        if self._desk.navigation.here == CONTROL:
            lines = self._lines()
            at = next((at for at, line in enumerate(lines) if line.item.place == place), None)
            if at is not None:
                self._line, self._walked, self._wrapped, self._stands = lines[at], lines, "", True

    def _on_turned(self) -> None:
        if not self._is_here():
            self._stands = False
        self.show()

    def _lines(self) -> "list[Line]":
        return self._pane.list.walked()

    def _show_list(self) -> None:
        line = self._pane.list.view.line
        if self._desk.pages.begin_findings(line.key if line is not None else None):
            return
        self._ui.show_findings.setChecked(True)
        self._pane.begin()

    def show(self) -> None:
        """Say which finding is in hand while its form is in sight, and whether it was mended."""
        if self._line is None or not self._is_here():
            self._ui.finding_bar.say("")
            return
        lines = self._lines()
        at = self._found(lines)
        if at is None:
            done = _("Accepted. Findings left: {count}") if self._is_accepted() else _("Mended. Findings left: {count}")
            self._ui.finding_bar.say(done.format(count=len(lines)))
            return
        self._line, self._walked = lines[at], lines
        place = _("{n} of {count}").format(n=at + 1, count=len(lines))
        rest = self._pane.list.without_form()
        if rest:
            # the list has these, too
            place = _("{place} (and {count} without a form)").format(place=place, count=rest)
        self._ui.finding_bar.say(" · ".join(filter(None, (self._wrapped, place, self._line.item.finding.sentence()))))
