"""What the activities of one spending unit cost together: closes the cost tables that are printed for the unit.

It stands in no book: there an activity of several units would count more than once.
"""

from decimal import Decimal
from typing import Final

from perfdesk.domain.totals import Need
from perfdesk.tables.context import Context
from perfdesk.tables.performance_target import ACTIVITY_COLUMNS
from perfdesk.tables.table import Cell, Fact, Part, Role, Row, Table, head, listed

KIND: Final = "unit_total"
_COLUMNS: Final = (*ACTIVITY_COLUMNS["name"], *ACTIVITY_COLUMNS["amounts"])


def build(ctx: Context, unit: str) -> Table:
    """Return a row for each cost sheet the unit is responsible for, and their total."""
    rows: list[Row] = []
    together = Need()
    is_shared = False
    for holder, at, sums in ctx.sheets():
        sheet = holder.cost_sheets[at]
        if unit not in sheet.units:
            continue
        names = {activity.id: ctx.activity_name(activity) for activity in holder.activities}
        name = listed([names[activity] for activity in sheet.activities])
        rows.append(Row(Role.DETAIL, f"sheet:{sheet.activities[0]}", (name, *_amounts(ctx, sums.need))))
        together += sums.need
        is_shared = is_shared or len(sheet.units) > 1
    labels = ctx.labels
    rows.append(Row(Role.TOTAL, "grand_total", (Cell(labels["grand_total"]), *_amounts(ctx, together))))
    lines = [
        Fact("administration", labels["administration"], ctx.municipality.administration.name),
        Fact("units", labels["units"], ctx.units[unit], strong=True),
    ]
    if is_shared:
        lines.append(Fact("note", labels["indicator.note"], labels["unit_total.shared"]))
    part = Part(KIND, _COLUMNS, head(_COLUMNS, labels), tuple(rows))
    return Table(KIND, unit, labels["unit_total"], (part,), tuple(lines))


def _amounts(ctx: Context, need: Need) -> tuple[Cell, ...]:
    def cell(amount: Decimal) -> Cell:
        # as in the cost tables that it closes
        return Cell(ctx.cost_money(amount), amount)

    return cell(need.budget), cell(need.off_budget), cell(need.total)
