"""Kontrol raporu: what the checks found, by criterion, what was accepted and why, and the reconciliation."""

from collections.abc import Iterator
from typing import Final

from perfdesk.documents.blocks import Block, Document, Heading, Paragraph, TableBlock, Workbook
from perfdesk.documents.papers.paper import paper
from perfdesk.documents.papers.paper import workbook as paper_workbook
from perfdesk.documents.papers.subject import Subject
from perfdesk.domain.texts import Run
from perfdesk.tables.context import Context
from perfdesk.tables.control import findings, reconciliation
from perfdesk.tables.control.content import Control
from perfdesk.tables.table import Table

NAME: Final = "control_report"
_KINDS: Final = (findings.COUNTS, findings.KIND, findings.ACCEPTED, findings.RULES, reconciliation.KIND)


def document(ctx: Context, subject: Subject) -> Document:
    """Return the paper."""
    return paper(ctx, ctx.labels[f"paper.{NAME}"], _blocks(ctx, subject.control))


def workbook(ctx: Context, subject: Subject) -> Workbook:
    """Return the paper's workbook: what was found is one list, to be sorted and filtered."""
    labels, control = ctx.labels, subject.control
    tables: list[Table] = [
        findings.counted(ctx, control, labels["control.summary"], note=findings.judgement(ctx, control)),
        findings.flat(ctx, control),
        findings.accepted(ctx, control),
        findings.rules(ctx, control),
        reconciliation.of_tables(ctx),
        *reconciliation.of_budget(ctx, (labels["control.by_code"], labels["control.by_unit"])),
    ]
    return paper_workbook(ctx, labels[f"paper.{NAME}"], tables, _KINDS)


def _blocks(ctx: Context, control: Control) -> Iterator[Block]:
    """Yield the pages; under a heading that says what a table is of, it needs no caption."""
    labels = ctx.labels
    yield _said(findings.judgement(ctx, control))
    yield TableBlock(findings.counted(ctx, control, ""))
    yield Heading(2, labels["control.findings"])
    if not control.open:
        yield _said(labels["control.none"])
    for name, tables in findings.by_criterion(ctx, control):
        yield Heading(3, name)
        yield from map(TableBlock, tables)
    yield Heading(2, labels["control.accepted_findings"])
    if control.accepted:
        yield TableBlock(findings.accepted(ctx, control))
    else:
        yield _said(labels["control.none_accepted"])
    yield Heading(2, labels["control.reconciliation"])
    yield TableBlock(reconciliation.of_tables(ctx))
    for table in reconciliation.of_budget(ctx, (labels["control.by_code"], labels["control.by_unit"])):
        # a sentence needs no empty table around it
        yield TableBlock(table) if table.has_rows else _said(table.empty)


def _said(text: str) -> Paragraph:
    return Paragraph((Run(text),))
