"""Maliyet tabloları: tables 2, 3 and 4 alone."""

from typing import Final

from perfdesk.documents.blocks import Document, TableBlock, Workbook
from perfdesk.documents.papers.paper import book_tables, paper
from perfdesk.documents.papers.paper import workbook as paper_workbook
from perfdesk.documents.papers.subject import Subject
from perfdesk.tables import administration_performance, cost_sheet, total_resource_need
from perfdesk.tables.context import Context

NAME: Final = "cost_tables"
_KINDS: Final = (administration_performance.KIND, total_resource_need.KIND, cost_sheet.KIND)


def document(ctx: Context, _subject: Subject) -> Document:
    """Return the paper."""
    return paper(ctx, ctx.labels[f"paper.{NAME}"], map(TableBlock, book_tables(ctx, _KINDS)))


def workbook(ctx: Context, _subject: Subject) -> Workbook:
    """Return the paper's workbook."""
    return paper_workbook(ctx, ctx.labels[f"paper.{NAME}"], book_tables(ctx, _KINDS), _KINDS)
