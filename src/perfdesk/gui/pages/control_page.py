"""Kontrol: what would make the year's programme ready for the council, by criterion and finding by finding."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from perfdesk.checks.finding import Severity
from perfdesk.checks.rule import FAMILIES
from perfdesk.gui.findings.finding_list import FindingList
from perfdesk.gui.findings.grouping import By, by_family, family_key
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading, TableModel
from perfdesk.gui.grid.table_view import TableView
from perfdesk.gui.headings import make_heading, make_quiet
from perfdesk.gui.pages.page import Page
from perfdesk.gui.session import Session
from perfdesk.gui.settings import Settings
from perfdesk.i18n import N_, _
from perfdesk.services.control import counting
from perfdesk.services.control.audit import Audited
from perfdesk.tables.table import Column, ColumnKind, Role

_ACCEPTED: Final = "accepted"
_TOTAL: Final = "total"
_COLUMNS: Final = (
    Column("criterion", N_("Criterion"), ColumnKind.TEXT, 5),
    Column(Severity.ERROR, N_("Errors"), ColumnKind.VALUE, 1.5),
    Column(Severity.WARNING, N_("Warnings"), ColumnKind.VALUE, 1.5),
    Column(Severity.INFO, N_("For information"), ColumnKind.VALUE, 1.5),
    Column(_ACCEPTED, N_("Accepted"), ColumnKind.VALUE, 1.5),
)
# what stands above and below the list, in lines of text
_BESIDE_LINES: Final = 13


class ControlPage(Page):
    """The sentence, the table by criterion, the list."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.criteria = TableModel(self)
        self.table = TableView()
        self.table.setAccessibleName(_("Findings by criterion"))
        self.table.setToolTip(_("Enter or a click shows the findings of the criterion."))
        self.table.setModel(self.criteria)
        self.table.activated.connect(self._show_criterion)
        self.table.clicked.connect(self._show_criterion)
        self.list = FindingList(Settings(), of_form=False)
        self.list.set_session(session)
        self.list.place_wanted.connect(self.place_wanted)
        self.list.problem_said.connect(self.problem_said)
        self.state = QLabel()
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        make_heading(self.state, 1.05)
        self.how = QLabel()
        self.how.setTextFormat(Qt.TextFormat.PlainText)
        self.how.setWordWrap(True)
        make_quiet(self.how)
        self.body.addWidget(self.state)
        self.body.addWidget(self.table)
        self.body.addWidget(self.how)
        self.body.addWidget(self.list, 1)

    def refresh(self) -> None:
        """Show the findings of the snapshot of now."""
        super().refresh()
        audited = self.session.audited_lately()
        rows = tuple(_row(key, name, counts, stay) for key, name, counts, stay in _counted(audited))
        self.criteria.show(Content(_COLUMNS, tuple(Heading(_(column.label)) for column in _COLUMNS), rows))
        self.table.setVisible(bool(rows))
        self.list.refresh()
        self.list.setVisible(bool(rows))
        self.state.setText(_state(self.session.year, audited))
        self.how.setText(_how(audited))
        self._fit()

    def follow_findings(self) -> None:
        """Show what has come."""
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the list be as high as its lines, but see that what belongs to it is in sight with it."""
        view, beside = self.list.view, _BESIDE_LINES * self.fontMetrics().lineSpacing()
        room = max(self.frame.scroll.viewport().height() - beside, beside)
        view.setMinimumHeight(view.content_height(room))

    def begin(self, *, first: bool = False) -> None:
        """Put the keyboard into the list, where somebody goes on."""
        if first and not self.list.isHidden():
            self.list.view.begin()
        else:
            super().begin(first=first)

    def _show_criterion(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        key = str(self.criteria.rows[index.row()].key)
        if key != _TOTAL:
            self.list.set_by(By.KIND)
            self.list.view.choose_group(key)
            self.list.view.begin()


def _counted(audited: Audited) -> list[tuple[str, str, Mapping[Severity, int], int]]:
    """Return the rows of the table: key, name, findings by severity, and how many were accepted."""
    found = by_family(audited)
    rows: list[tuple[str, str, Mapping[Severity, int], int]] = [
        (family_key(family), _(FAMILIES[family]), counts, stay) for family, (counts, stay) in found.items()
    ]
    if len(rows) > 1:
        rows.append((_TOTAL, _("Total"), audited.counts(), len(audited.accepted)))
    return rows


def _row(key: str, name: str, counts: Mapping[Severity, int], stay: int) -> GridRow:
    numbers = (*(counts.get(severity, 0) for severity in Severity), stay)
    cells = (GridCell(name, computed=True), *(GridCell(str(number or "–"), computed=True) for number in numbers))
    return GridRow(key, cells, Role.TOTAL if key == _TOTAL else Role.DETAIL)


def _how(audited: Audited) -> str:
    """Say what to do next."""
    if audited.items:
        said = _("Enter or a double click goes to where a finding is mended; what is mended leaves the list by itself.")
        return "\n".join(filter(None, (_of_report(audited), said)))
    return _("Next: “Council versions…” in the menu “File” freezes it as it is submitted.")


def _state(year: int, audited: Audited) -> str:
    """Say whether the programme can go to the council."""
    counts = audited.counts_of_programme()
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    told = {severity: counting.said(severity, counts[severity]) for severity in Severity}
    if errors and warnings:
        text = _("The programme of {year} is not ready for the council: {errors} to be mended, {warnings} to look at.")
    elif errors:
        text = _("The programme of {year} is not ready for the council: {errors} to be mended.")
    elif warnings:
        text = _("The programme of {year} has no errors; look at {warnings} before it goes to the council.")
    elif audited.items:
        text = _("The programme of {year} is ready for the council: no errors, no warnings.")
    else:
        text = _("No findings: the programme of {year} is ready for the council as far as the program can see.")
    return text.format(year=year, errors=told[Severity.ERROR], warnings=told[Severity.WARNING])


def _of_report(audited: Audited) -> str:
    """Say what the table counts besides, where the year has results already; "" where that is nothing."""
    found = counting.in_words(audited.counts() - audited.counts_of_programme(), ", ")
    return (
        _("What concerns the report on the year does not stand in the way: {findings}.").format(findings=found)
        if found
        else ""
    )
