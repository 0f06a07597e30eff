"""Meclis özeti: four pages for the council: goals, the largest targets and units, economic codes, what has changed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from perfdesk.documents.blocks import Block, ChartBlock, Document, Heading, PageBreak, Paragraph, TableBlock, Workbook
from perfdesk.documents.book.need import need_sentence
from perfdesk.documents.papers.paper import paper
from perfdesk.documents.papers.paper import workbook as paper_workbook
from perfdesk.documents.papers.subject import Subject
from perfdesk.domain.texts import Run
from perfdesk.tables import (
    goal_costs,
    largest_targets,
    target_changes,
    total_resource_need,
    unit_costs,
    year_comparison,
)
from perfdesk.tables.charts import costs
from perfdesk.tables.charts.chart import Chart
from perfdesk.tables.context import Context, coded
from perfdesk.tables.layout import fill
from perfdesk.tables.table import Table

NAME: Final = "council_summary"
_KINDS: Final = (
    goal_costs.KIND,
    largest_targets.KIND,
    unit_costs.KIND,
    total_resource_need.KIND,
    year_comparison.KIND,
    target_changes.KIND,
)
# with the largest targets they fill the second page
_MOST_UNITS: Final = 10


def document(ctx: Context, subject: Subject) -> Document:
    """Return the paper."""
    return paper(ctx, ctx.labels[f"paper.{NAME}"], _blocks(ctx, subject))


def workbook(ctx: Context, _subject: Subject) -> Workbook:
    """Return the paper's workbook."""
    tables: list[Table] = [
        goal_costs.build(ctx, ctx.labels["council.goals"]),
        largest_targets.build(ctx, ctx.labels["council.largest"]),
        unit_costs.build(ctx, ctx.labels["council.units"]),
        total_resource_need.build(ctx, ctx.labels["council.codes"]),
    ]
    change = year_comparison.change_of(ctx)
    if change:
        tables.append(year_comparison.build(change, ctx.labels["council.year"]))
        tables.append(target_changes.build(change, ctx.labels["sheet.target_changes"]))
    return paper_workbook(ctx, ctx.labels[f"paper.{NAME}"], tables, _KINDS)


def _blocks(ctx: Context, subject: Subject) -> Iterator[Block]:
    """Yield the four pages; under a heading that says what a table is of, it needs no caption."""
    labels = ctx.labels
    yield Paragraph((Run(need_sentence(ctx)),))
    yield Heading(2, labels["council.goals"])
    yield TableBlock(goal_costs.build(ctx, "", brief=True))
    yield from _chart(_short(ctx, costs.cost_by_goal(ctx)))
    yield PageBreak()
    yield Heading(2, labels["council.largest"])
    yield TableBlock(largest_targets.build(ctx, ""))
    yield Heading(2, labels["council.units"])
    yield TableBlock(unit_costs.build(ctx, "", most=_MOST_UNITS, brief=True))
    yield PageBreak()
    yield Heading(2, labels["council.codes"])
    yield TableBlock(total_resource_need.build(ctx, ""))
    yield from _chart(costs.cost_by_code(ctx))
    yield from _year(ctx, subject)


def _year(ctx: Context, subject: Subject) -> Iterator[Block]:
    """Yield what has changed since the year before, or why that is not told.

    A version has no other year beside it: one that is still edited would let a frozen paper print otherwise later.
    """
    change = year_comparison.change_of(ctx)
    heading = Heading(2, ctx.labels["council.year"])
    if change is None:
        # a sentence is no page of its own: it stands below the flow, which still tells of the economic codes
        flow = costs.budget_flow(ctx)
        if flow:
            yield PageBreak()
            yield Heading(2, ctx.labels["council.flow"])
            yield from _chart(flow)
        yield heading
        why = ctx.labels["year.frozen" if subject.is_frozen else "year.unknown"]
        yield Paragraph((Run(fill(why, previous=ctx.programme.year - 1)),))
        return
    yield PageBreak()
    yield heading
    for sentence in year_comparison.sentences(change):
        yield Paragraph((Run(sentence),))
    yield TableBlock(year_comparison.build(change, ""))
    yield TableBlock(target_changes.build(change, ""))


def _short(ctx: Context, chart: Chart | None) -> Chart | None:
    """Return the chart of the goals with their codes alone: the table above it has their names."""
    plan = ctx.municipality.plan_of(ctx.programme.year)
    if chart is None or plan is None:
        return chart
    codes = {coded(code, goal.title): code for goal in plan.goals if (code := ctx.codes.goals[goal.id])}
    short = (f"{ctx.labels['costs.goal']} {codes[name]}" if name in codes else name for name in chart.categories)
    return replace(chart, categories=tuple(short))


def _chart(chart: Chart | None) -> Iterator[Block]:
    if chart:
        yield ChartBlock(chart, chart.title)
