"""Short papers beside the book: each a document to print and a workbook, made of the same declared tables.

``PAPERS`` is where they are known by name; the command line and the window offer what stands there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from perfdesk.documents.blocks import Document, Workbook
from perfdesk.documents.papers import control_report, cost_tables, council_summary, indicator_cards, unit_file
from perfdesk.documents.papers.subject import Subject
from perfdesk.i18n import N_
from perfdesk.tables.context import Context


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: what it is called (a msgid), and what makes it of a programme and what else it tells of.

    ``of_unit``: it is about one spending unit; ``of_findings``: it tells what the checks found.
    """

    title: str
    document: Callable[[Context, Subject], Document]
    workbook: Callable[[Context, Subject], Workbook]
    of_unit: bool = False
    of_findings: bool = False


PAPERS: Final[Mapping[str, Paper]] = {
    "council_summary": Paper(N_("Council summary"), council_summary.document, council_summary.workbook),
    "unit_file": Paper(N_("File of a spending unit"), unit_file.document, unit_file.workbook, of_unit=True),
    "cost_tables": Paper(N_("Cost tables"), cost_tables.document, cost_tables.workbook),
    "indicator_cards": Paper(N_("Indicator cards"), indicator_cards.document, indicator_cards.workbook),
    "control_report": Paper(N_("Control report"), control_report.document, control_report.workbook, of_findings=True),
}
