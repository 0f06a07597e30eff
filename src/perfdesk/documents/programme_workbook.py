"""The workbook of a performance programme: a sheet per kind of table, and a flat sheet of indicators."""

from typing import Final

from perfdesk.documents.blocks import Sheet, Workbook
from perfdesk.domain import turkish
from perfdesk.tables import (
    administration_performance,
    catalogue,
    cost_sheet,
    goals,
    indicators,
    performance_target,
    resource_table,
    responsible_units,
    total_resource_need,
)
from perfdesk.tables.context import Context
from perfdesk.tables.layout import fill
from perfdesk.tables.table import Table

# kinds in the order of the sheets: what a clerk looks for first stands first
_KINDS: Final = (
    goals.KIND,
    performance_target.KIND,
    cost_sheet.KIND,
    administration_performance.KIND,
    total_resource_need.KIND,
    responsible_units.KIND,
    resource_table.KIND,
)
_LANDSCAPE: Final = frozenset({administration_performance.KIND, total_resource_need.KIND, indicators.KIND})


def build(ctx: Context) -> Workbook:
    """Return the programme's workbook; kinds the layout does not print, or that have no table, have no sheet."""
    by_kind: dict[str, list[Table]] = {}
    for table in catalogue.book_tables(ctx):
        by_kind.setdefault(table.kind, []).append(table)
    by_kind[indicators.KIND] = [catalogue.flat_indicators(ctx)]
    administration = ctx.municipality.administration.name
    title = fill(ctx.layout.labels["programme"], year=ctx.programme.year)
    names = ctx.layout.labels
    return Workbook(
        title=f"{administration} {title}",
        author=administration,
        running_head=(turkish.upper(administration), turkish.upper(title)),
        page_label=names["page"],
        sheets=tuple(
            Sheet(
                kind,
                names[f"sheet.{kind}"],
                tuple(by_kind[kind]),
                landscape=kind in _LANDSCAPE,
                filtered=kind == indicators.KIND,
            )
            for kind in (*_KINDS, indicators.KIND)
            if by_kind.get(kind)
        ),
    )
