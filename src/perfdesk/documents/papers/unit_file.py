"""Birim dosyası: what one spending unit answers for: targets, indicators, activities, costs and their total."""

from collections.abc import Iterator
from typing import Final

from perfdesk.documents.blocks import Block, Document, Paragraph, TableBlock, Workbook
from perfdesk.documents.papers.paper import book_tables, paper
from perfdesk.documents.papers.paper import workbook as paper_workbook
from perfdesk.documents.papers.subject import Subject
from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import SubProgramme, Target
from perfdesk.domain.texts import Run
from perfdesk.domain.totals import Need
from perfdesk.tables import cost_sheet, performance_target, sub_programme_indicators, unit_part, unit_total
from perfdesk.tables.context import Context
from perfdesk.tables.layout import fill
from perfdesk.tables.table import Table

NAME: Final = "unit_file"
_KINDS: Final = (unit_total.KIND, performance_target.KIND, sub_programme_indicators.KIND, cost_sheet.KIND)


def document(ctx: Context, subject: Subject) -> Document:
    """Return the paper of a unit."""
    unit = subject.unit
    return paper(ctx, ctx.labels[f"paper.{NAME}"], _blocks(ctx, unit), ctx.units[unit])


def workbook(ctx: Context, subject: Subject) -> Workbook:
    """Return the workbook of a unit."""
    unit = subject.unit
    tables = [unit_total.build(ctx, unit), *_tables(ctx, unit)]
    return paper_workbook(ctx, f"{ctx.labels[f'paper.{NAME}']} · {ctx.units[unit]}", tables, _KINDS)


def _blocks(ctx: Context, unit: str) -> Iterator[Block]:
    yield Paragraph((Run(_sentence(ctx, unit)),))
    # of one cost table it would be the same sum once more
    if _sheets(ctx, unit) > 1:
        yield TableBlock(unit_total.build(ctx, unit))
    yield from map(TableBlock, _tables(ctx, unit))


def _sheets(ctx: Context, unit: str) -> int:
    return sum(unit in sheet.units for holder in ctx.programme.holders() for sheet in holder.cost_sheets)


def _tables(ctx: Context, unit: str) -> list[Table]:
    """Return the unit's tables as they follow each other in the book: a target's own, then its cost sheets."""
    targets = {target.id for target in ctx.programme.targets if _has_part(target, unit)}
    sheets = {
        sheet.activities[0] for holder in ctx.programme.holders() for sheet in holder.cost_sheets if unit in sheet.units
    }
    # what is in no target has its indicators in table 6
    sub_programmes = {
        one.sub_programme for one in ctx.programme.sub_programmes if one.indicators and _has_part(one, unit)
    }
    chosen = {performance_target.KIND: targets, cost_sheet.KIND: sheets}
    if sub_programmes:
        chosen[sub_programme_indicators.KIND] = sub_programmes
    found = (table for table in book_tables(ctx, chosen) if table.id in chosen[table.kind])
    known = {target.id: target for target in ctx.programme.targets}
    return [
        unit_part.with_own_total(ctx, table, known[table.id], unit) if table.kind == performance_target.KIND else table
        for table in found
    ]


def _has_part(holder: Target | SubProgramme, unit: str) -> bool:
    """Whether a unit answers for an activity or an indicator of a target or sub-programme."""
    return any(unit in sheet.units for sheet in holder.cost_sheets) or any(
        indicator.owner == unit for indicator in holder.indicators
    )


def _sentence(ctx: Context, unit: str) -> str:
    """Return what the unit answers for, in words; a target counts for an indicator too."""
    activities = 0
    together = Need()
    for holder, index, sums in ctx.sheets():
        sheet = holder.cost_sheets[index]
        if unit in sheet.units:
            activities += len(sheet.activities)
            together += sums.need
    holders = [holder for holder in ctx.programme.holders() if _has_part(holder, unit)]
    indicators = sum(indicator.owner == unit for holder in holders for indicator in holder.indicators)
    return fill(
        ctx.labels["unit_file.with_indicators" if indicators else "unit_file.sentence"],
        unit=ctx.units[unit],
        targets=len(holders),
        activities=activities,
        indicators=indicators,
        total=format_number(together.total, ctx.places),
    )
