"""Amaç ve hedef listesi: the goals and objectives of the year's plan."""

from typing import Final

from perfdesk.i18n import N_
from perfdesk.tables.context import Context
from perfdesk.tables.table import Cell, Column, ColumnKind, Part, Role, Row, Table, head

KIND: Final = "goals"
COLUMNS: Final = (
    Column("code", N_("Code"), ColumnKind.CODE, 1, "goals.code"),
    Column("title", N_("Goal / objective"), ColumnKind.TEXT, 8, "goals.title"),
)


def build(ctx: Context, caption: str) -> Table:
    """Return the list; a goal is a group row, its objectives follow."""
    rows: list[Row] = []
    plan = ctx.municipality.plan_of(ctx.programme.year)
    for goal in plan.goals if plan else ():
        rows.append(Row(Role.GROUP, f"goal:{goal.id}", (Cell(ctx.codes.goals[goal.id]), Cell(goal.title))))
        for objective in goal.objectives:
            code = ctx.codes.objectives[objective.id]
            rows.append(Row(Role.DETAIL, f"objective:{objective.id}", (Cell(code), Cell(objective.title))))
    return Table(
        KIND, "", caption, (Part(KIND, COLUMNS, head(COLUMNS, ctx.labels), tuple(rows)),), empty=ctx.labels["empty"]
    )
