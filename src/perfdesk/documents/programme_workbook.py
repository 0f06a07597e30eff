"""The workbook of a performance programme: a cover, a sheet per kind of table, and a flat sheet of indicators."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from perfdesk.documents.blocks import Sheet, Workbook
from perfdesk.domain import turkish
from perfdesk.tables import (
    administration_performance,
    catalogue,
    cost_sheet,
    goal_costs,
    goals,
    indicators,
    largest_targets,
    performance_target,
    resource_table,
    responsible_units,
    summary,
    target_changes,
    total_resource_need,
    unit_costs,
    year_comparison,
)
from perfdesk.tables.context import Context
from perfdesk.tables.control import findings, reconciliation
from perfdesk.tables.control.content import Control
from perfdesk.tables.control.notes import notes
from perfdesk.tables.layout import fill
from perfdesk.tables.table import Table

# kinds in the order of the sheets: what a clerk looks for first stands first
_KINDS: Final = (
    goals.KIND,
    performance_target.KIND,
    cost_sheet.KIND,
    *catalogue.OF_SUB_PROGRAMME,
    *catalogue.OF_PROGRAMMES,
    administration_performance.KIND,
    total_resource_need.KIND,
    responsible_units.KIND,
    resource_table.KIND,
)
_LANDSCAPE: Final = frozenset(
    (
        *catalogue.OF_SUB_PROGRAMME,
        *catalogue.OF_PROGRAMMES,
        administration_performance.KIND,
        total_resource_need.KIND,
        indicators.KIND,
        goal_costs.KIND,
        unit_costs.KIND,
        largest_targets.KIND,
        year_comparison.KIND,
        target_changes.KIND,
        findings.KIND,
        findings.ACCEPTED,
        findings.RULES,
        reconciliation.KIND,
    )
)
# lists for sorting and filtering
_FILTERED: Final = frozenset((indicators.KIND, findings.KIND))


def build(ctx: Context, control: Control | None = None) -> Workbook:
    """Return the programme's workbook; kinds the layout does not print, or that have no table, have no sheet.

    What the checks found is counted on the cover, and told in notes at the cells it is about.
    """
    tables = [*catalogue.book_tables(ctx), catalogue.flat_indicators(ctx)]
    cover = Sheet(
        summary.KIND,
        ctx.labels[f"sheet.{summary.KIND}"],
        (*summary.build(ctx), *([findings.on_cover(ctx, control)] if control else ())),
        lists=ctx.labels["summary.sheets"],
    )
    back = ctx.labels["summary.back"]
    others = (replace(sheet, back=back) for sheet in sheets(ctx, tables, (*_KINDS, indicators.KIND)))
    title = fill(ctx.layout.labels["programme"], year=ctx.programme.year)
    told = notes(ctx, control) if control else {}
    return replace(workbook(ctx, title, (cover, *others)), guarded=True, notes=told)


def sheets(ctx: Context, tables: Iterable[Table], kinds: Iterable[str]) -> tuple[Sheet, ...]:
    """Return a sheet for each kind that has a table, in the order of the kinds."""
    by_kind: dict[str, list[Table]] = {}
    for table in tables:
        by_kind.setdefault(table.kind, []).append(table)
    return tuple(
        Sheet(
            kind,
            ctx.labels[f"sheet.{kind}"],
            tuple(by_kind[kind]),
            landscape=kind in _LANDSCAPE,
            filtered=kind in _FILTERED,
        )
        for kind in kinds
        if by_kind.get(kind)
    )


def workbook(ctx: Context, title: str, of: tuple[Sheet, ...]) -> Workbook:
    """Return the workbook of sheets, with what is printed on each of them and said in the file's properties."""
    administration = ctx.municipality.administration
    province = (administration.province,) if administration.province else ()
    return Workbook(
        title=f"{administration.name} {title}",
        author=administration.name,
        running_head=(turkish.upper(administration.name), turkish.upper(title)),
        page_label=ctx.labels["page"],
        sheets=of,
        subject=title,
        keywords=(administration.name, *province, str(ctx.programme.year), ctx.layout.form.title),
    )
