"""Kontrol: what would make the year's programme ready for the council, by criterion and finding by finding."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from perfdesk.checks.finding import Severity
from perfdesk.checks.rule import FAMILIES, OF_REPORTS
from perfdesk.gui.findings.finding_list import FindingList
from perfdesk.gui.findings.grouping import By, LineKey, by_family, family_key
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading, TableModel
from perfdesk.gui.grid.table_view import TableView
from perfdesk.gui.headings import make_heading, make_quiet
from perfdesk.gui.pages.page import Page
from perfdesk.gui.session import Session
from perfdesk.gui.settings import Settings
from perfdesk.i18n import N_, _
from perfdesk.services.control import counting
from perfdesk.services.control.audit import Audited
from perfdesk.services.output import exporting
from perfdesk.tables.table import Column, ColumnKind, Role

_ACCEPTED: Final = "accepted"
_TOTAL: Final = "total"
_TOTAL_OF_REPORT: Final = "total of the report"
# behind the key of the group of the list, which has the findings of the programme as well
_OF_REPORT: Final = " of the report"
_COLUMNS: Final = (
    Column("criterion", N_("Criterion"), ColumnKind.TEXT, 5),
    Column(Severity.ERROR, N_("Errors"), ColumnKind.VALUE, 1.5),
    Column(Severity.WARNING, N_("Warnings"), ColumnKind.VALUE, 1.5),
    Column(Severity.INFO, N_("For information"), ColumnKind.VALUE, 1.5),
    Column(_ACCEPTED, N_("Accepted"), ColumnKind.VALUE, 1.5),
)
# in lines of text: what stands above the list, the list with what belongs to it at the least, its findings alone
_ABOVE: Final = 10
_LIST: Final = 15
_VIEW: Final = 4
# so many letters wide the page has room for the table beside the list
_ROOM_FOR_BOTH: Final = 120


class ControlPage(Page):
    """The sentence, the table by criterion, the list.

    The list and what is said of the finding in hand share the height, so that nothing of it lies below the window.
    Where that leaves the table no room it is hidden: the list's headings say the same.
    """

    lists_findings = True

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
        self.report = QAction(_("Control &report…"), self)
        self.report.triggered.connect(lambda _checked=False: self.paper_wanted.emit(exporting.CONTROL_REPORT))
        self.output_actions = (self.report,)
        self.report_button = QPushButton(self.report.text())
        self.report_button.setToolTip(_("Print the findings with what was accepted, or write them as PDF or for Excel"))
        self.report_button.clicked.connect(self.report.trigger)
        self.report.enabledChanged.connect(self.report_button.setEnabled)
        top = QHBoxLayout()
        top.addWidget(self.state, 1)
        top.addWidget(self.report_button, 0, Qt.AlignmentFlag.AlignTop)
        # its lines alone give way, and only they are scrolled
        self.list.ui.pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.list.ui.pages.setMinimumHeight(_VIEW * self.fontMetrics().lineSpacing())
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(self.body.spacing())
        self._both.addWidget(self.list, 3)
        self._both.addWidget(self.table, 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(top)
        self.body.addWidget(self.how)
        self.body.addLayout(self._both, 1)
        QWidget.setTabOrder(self.table, self.list)

    def refresh(self) -> None:
        """Show the findings of the snapshot of now."""
        super().refresh()
        audited = self.session.audited_lately()
        rows = tuple(_row(key, name, counts, stay) for key, name, counts, stay in _counted(audited))
        self.criteria.show(Content(_COLUMNS, tuple(Heading(_(column.label)) for column in _COLUMNS), rows))
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
        """Give the list the height of the page, and the table what room there is beside or above it."""
        metrics, has_rows = self.fontMetrics(), bool(self.criteria.rows)
        is_wide = self.width() >= _ROOM_FOR_BOTH * metrics.averageCharWidth()
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.LeftToRight if is_wide else ways.BottomToTop)
        lines = _ABOVE if is_wide else _ABOVE + _LIST
        room = self.height() - lines * metrics.lineSpacing()
        # hidden it does not know how high it would be: its rows have a line, its head has two
        needed = (len(self.criteria.rows) + 2) * self.table.verticalHeader().defaultSectionSize()
        self.table.setVisible(has_rows and needed <= room)
        column = self.frame.column
        column.setStretch(column.indexOf(self.body), int(has_rows))
        column.setStretch(column.indexOf(self.frame.rest), int(not has_rows))

    def begin(self, *, first: bool = False) -> None:
        """Put the keyboard into the list, where somebody goes on."""
        if first and not self.list.isHidden():
            self.list.view.begin()
        else:
            super().begin(first=first)

    def begin_findings(self, key: LineKey | None = None) -> bool:
        """Put the keyboard into the list, with a finding in hand."""
        if key is not None and not self.list.choose(key):
            self.list.show_all()
            self.list.refresh()
            self.list.choose(key)
        self.list.view.begin()
        return True

    def _show_criterion(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        key = str(self.criteria.rows[index.row()].key)
        if key not in (_TOTAL, _TOTAL_OF_REPORT):
            self.list.set_by(By.KIND)
            group = key.removesuffix(_OF_REPORT)
            self.list.view.choose_group(group)
            # a group holds both, the programme's findings and the report's
            counted = (
                line.key
                for line in self.list.view.findings.all_lines()
                if line.item.acceptance is None
                and _criterion_key(line.item.rule.family, of_report=line.item.rule.is_of_report) == key
            )
            if (first := next(counted, None)) is not None:
                self.list.choose(first)
            self.list.view.begin()


_Row = tuple[str, str, Mapping[Severity, int], int]


def _counted(audited: Audited) -> list[_Row]:
    """Return the rows of the table: key, name, findings by severity, and how many were accepted."""
    of_programme = by_family(item for item in audited.items if not item.rule.is_of_report)
    of_report = by_family(item for item in audited.items if item.rule.is_of_report)
    programme: list[_Row] = [
        (_criterion_key(family), _(FAMILIES[family]), *counts) for family, counts in of_programme.items()
    ]
    report: list[_Row] = [_row_of_report(family, *counts) for family, counts in of_report.items()]
    return [
        *_with_total(programme, _TOTAL, _("Total")),
        *_with_total(report, _TOTAL_OF_REPORT, _("Total of the report")),
    ]


def _row_of_report(family: str, found: Counter[Severity], stay: int) -> _Row:
    """Return the row of a criterion; one of the programme's, too, such as money, says that it is the report's here."""
    name = _(FAMILIES[family])
    if family not in OF_REPORTS:
        name = _("{criterion} (report)").format(criterion=name)
    return _criterion_key(family, of_report=True), name, found, stay


def _criterion_key(family: str, *, of_report: bool = False) -> str:
    """Return the key of a row: that of the list's group, and whether it counts the report's findings there."""
    return f"{family_key(family)}{_OF_REPORT if of_report else ''}"


def _with_total(rows: list[_Row], key: str, name: str) -> list[_Row]:
    """Return the rows of some criteria, and below several of them their total."""
    if len(rows) > 1:
        counts = sum((Counter(counts) for _key, _name, counts, _stay in rows), Counter[Severity]())
        return [*rows, (key, name, counts, sum(stay for *_row, stay in rows))]
    return rows


def _row(key: str, name: str, counts: Mapping[Severity, int], stay: int) -> GridRow:
    numbers = (*(counts.get(severity, 0) for severity in Severity), stay)
    cells = (GridCell(name, computed=True), *(GridCell(str(number or "–"), computed=True) for number in numbers))
    return GridRow(key, cells, Role.TOTAL if key in (_TOTAL, _TOTAL_OF_REPORT) else Role.DETAIL)


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
    found = counting.in_words(audited.counts_of_report(), ", ")
    return (
        _("What concerns the report on the year does not stand in the way: {findings}.").format(findings=found)
        if found
        else ""
    )
