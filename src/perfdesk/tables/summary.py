"""Özet: how much the programme holds and what it comes to; opens the workbook.

Its sums are those of table 4, or of table 3 where table 4 is not printed.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfdesk.domain.totals import Need
from perfdesk.i18n import N_
from perfdesk.tables import administration_performance, total_resource_need
from perfdesk.tables.context import Context
from perfdesk.tables.layout import fill
from perfdesk.tables.performance_target import ACTIVITY_COLUMNS
from perfdesk.tables.table import Cell, Column, ColumnKind, Fact, Formula, Op, Part, Ref, Role, Row, Table, head

KIND: Final = "summary"
_SUMS: Final = "sums"
COUNT_COLUMNS: Final = (
    Column("name", N_("Name"), ColumnKind.TEXT, 7, "summary.counts"),
    Column("number", N_("Number"), ColumnKind.VALUE, 3, "summary.number"),
)
SUM_COLUMNS: Final = (Column("name", N_("Name"), ColumnKind.TEXT, 7, "summary.need"), *ACTIVITY_COLUMNS["amounts"])
# row of the summary → column of table 4; of table 3 it is a row of the same name
_IN_TABLE_4: Final = {
    "targets_total": "activities",
    "general_administration": "general_administration",
    "transfers": "transfers",
    "grand_total": "total",
}
_ROWS_OF_TABLE_4: Final = {"budget": "budget_total", "off_budget": "off_budget_total", "total": "grand_total"}


def build(ctx: Context) -> tuple[Table, Table]:
    """Return the summary of a programme: how much of everything there is, and what it comes to."""
    labels = ctx.labels
    administration = ctx.municipality.administration.name
    title = fill(labels["programme"], year=ctx.programme.year)
    facts = (Fact("administration", labels["administration"], administration, strong=True),)
    counts = Part("counts", COUNT_COLUMNS, head(COUNT_COLUMNS, labels), _counts(ctx))
    sums = Part(_SUMS, SUM_COLUMNS, head(SUM_COLUMNS, labels), _sums(ctx))
    return Table(KIND, "", title, (counts,), facts), Table(KIND, _SUMS, "", (sums,), note=labels["summary.note"])


def _counts(ctx: Context) -> tuple[Row, ...]:
    plan = ctx.municipality.plan_of(ctx.programme.year)
    goals = plan.goals if plan else ()
    holders = list(ctx.programme.holders())
    counts = {
        "goals": len(goals),
        "objectives": sum(len(goal.objectives) for goal in goals),
        "targets": len(ctx.programme.targets),
        "indicators": sum(len(holder.indicators) for holder in holders),
        "activities": sum(len(holder.activities) for holder in holders),
    }
    return tuple(
        Row(Role.DETAIL, key, (Cell(ctx.labels[f"summary.{key}"]), Cell(str(number), Decimal(number))))
        for key, number in counts.items()
    )


def _sums(ctx: Context) -> tuple[Row, ...]:
    ledger = ctx.ledger
    needs = {
        "targets_total": ledger.activities_total,
        "general_administration": ledger.general_administration_total,
        "transfers": ledger.transfers_total,
        "grand_total": ledger.grand_total,
    }
    return tuple(_sum(ctx, key, need) for key, need in needs.items())


def _sum(ctx: Context, key: str, need: Need) -> Row:
    amounts: Mapping[str, Decimal] = {"budget": need.budget, "off_budget": need.off_budget, "total": need.total}
    cells = (
        Cell(ctx.money(amount), amount, formula=Formula(Op.SUM, _sources(ctx, key, column)))
        for column, amount in amounts.items()
    )
    role = Role.TOTAL if key == "grand_total" else Role.DETAIL
    return Row(role, key, (Cell(ctx.labels[f"performance.{key}"]), *cells))


def _sources(ctx: Context, row: str, column: str) -> tuple[Ref, ...]:
    """Return the cells an amount comes from: the total of another table, else those of the summary itself."""
    printed = ctx.layout.printed
    if total_resource_need.KIND in printed:
        return (Ref(total_resource_need.KIND, "", _ROWS_OF_TABLE_4[column], _IN_TABLE_4[row]),)
    if administration_performance.KIND in printed:
        return (Ref(administration_performance.KIND, "", row, column),)
    if column == "total":
        return tuple(Ref(KIND, _SUMS, row, of) for of in ("budget", "off_budget"))
    if row == "grand_total":
        return tuple(Ref(KIND, _SUMS, of, column) for of in _IN_TABLE_4 if of != row)
    return ()
