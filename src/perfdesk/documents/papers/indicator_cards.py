"""Gösterge kartları: a card for each indicator, under its performance target."""

from collections.abc import Iterator
from typing import Final

from perfdesk.documents.blocks import Block, ChartBlock, Document, Heading, TableBlock, Workbook
from perfdesk.documents.papers.paper import paper
from perfdesk.documents.papers.paper import workbook as paper_workbook
from perfdesk.documents.papers.subject import Subject
from perfdesk.tables import indicator_card
from perfdesk.tables.context import Context, coded
from perfdesk.tables.table import Table

NAME: Final = "indicator_cards"


def document(ctx: Context, _subject: Subject) -> Document:
    """Return the paper."""
    return paper(ctx, ctx.labels[f"paper.{NAME}"], _blocks(ctx))


def workbook(ctx: Context, _subject: Subject) -> Workbook:
    """Return the paper's workbook."""
    return paper_workbook(ctx, ctx.labels[f"paper.{NAME}"], _cards(ctx), (indicator_card.KIND,))


def _blocks(ctx: Context) -> Iterator[Block]:
    for holder in ctx.programme.holders():
        if holder.indicators:
            yield Heading(2, coded(*ctx.holder_name(holder)))
        for indicator in holder.indicators:
            yield TableBlock(indicator_card.build(ctx, holder, indicator), whole=True)
            chart = indicator_card.trend(ctx, indicator)
            if chart:
                yield ChartBlock(chart, of_table=True)


def _cards(ctx: Context) -> Iterator[Table]:
    for holder in ctx.programme.holders():
        for indicator in holder.indicators:
            yield indicator_card.build(ctx, holder, indicator, on_sheet=True)
