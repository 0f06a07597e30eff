"""What the activities of one spending unit cost together: opens the tables that are printed for the unit.

It stands in no book: there an activity of several units would count more than once.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfdesk.domain.totals import Need
from perfdesk.tables import cost_sheet
from perfdesk.tables.context import Context
from perfdesk.tables.performance_target import ACTIVITY_COLUMNS
from perfdesk.tables.table import Cell, Fact, Formula, Op, Part, Ref, Role, Row, Table, head, listed

KIND: Final = "unit_total"
_COLUMNS: Final = (*ACTIVITY_COLUMNS["name"], *ACTIVITY_COLUMNS["amounts"])
# the rows of a cost sheet that an amount comes from
_SUM_ROWS: Final = {"budget": "budget_total", "off_budget": "off_budget_total"}


def build(ctx: Context, unit: str) -> Table:
    """Return a row for each cost sheet the unit is responsible for, and their total."""
    rows: list[Row] = []
    together = Need()
    is_shared = False
    for holder, at, sums in ctx.sheets():
        sheet = holder.cost_sheets[at]
        if unit not in sheet.units:
            continue
        first = sheet.activities[0]
        activities = {activity.id: activity for activity in holder.activities}
        names, numbered = ctx.activity_list([activities[one] for one in sheet.activities])
        name = listed(names, numbered=numbered)
        sources = {column: (Ref(cost_sheet.KIND, first, row, "amount"),) for column, row in _SUM_ROWS.items()}
        key = f"sheet:{first}"
        rows.append(Row(Role.DETAIL, key, (name, *_amounts(ctx, unit, key, sums.need, sources))))
        together += sums.need
        is_shared = is_shared or len(sheet.units) > 1
    labels = ctx.labels
    above = {column: tuple(Ref(KIND, unit, row.key, column) for row in rows) for column in _SUM_ROWS}
    amounts = _amounts(ctx, unit, "grand_total", together, above)
    rows.append(Row(Role.TOTAL, "grand_total", (Cell(labels["grand_total"]), *amounts)))
    lines = [
        Fact("administration", labels["administration"], ctx.municipality.administration.name),
        Fact("units", labels["units"], ctx.units[unit], strong=True),
    ]
    if is_shared:
        lines.append(Fact("note", labels["indicator.note"], labels["unit_total.shared"]))
    part = Part(KIND, _COLUMNS, head(_COLUMNS, labels), tuple(rows))
    return Table(KIND, unit, labels["unit_total"], (part,), tuple(lines))


def _amounts(ctx: Context, unit: str, key: str, need: Need, sources: Mapping[str, tuple[Ref, ...]]) -> tuple[Cell, ...]:
    def cell(amount: Decimal, refs: tuple[Ref, ...]) -> Cell:
        return Cell(ctx.money(amount), amount, formula=Formula(Op.SUM, refs) if refs else None)

    across = tuple(Ref(KIND, unit, key, column) for column in _SUM_ROWS)
    return (
        cell(need.budget, sources["budget"]),
        cell(need.off_budget, sources["off_budget"]),
        cell(need.total, across),
    )
