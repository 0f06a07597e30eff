"""Amaçlara göre kaynak ihtiyacı: what the targets of each goal cost, or the sub-programmes of each programme."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from perfdesk.domain.programme import SubProgramme, Target
from perfdesk.domain.totals import Need
from perfdesk.i18n import N_
from perfdesk.tables import cost_summary
from perfdesk.tables.context import Context, coded
from perfdesk.tables.cost_summary import Entry
from perfdesk.tables.largest_targets import counts
from perfdesk.tables.table import Cell, Column, ColumnKind, Table

KIND: Final = "goal_costs"
COLUMNS: Final = (
    Column("goal", N_("Goal"), ColumnKind.TEXT, 5, "costs.goal"),
    Column("targets", N_("Performance targets"), ColumnKind.VALUE, 1.2, "costs.targets"),
    Column("activities", N_("Activities"), ColumnKind.VALUE, 1.3, "costs.activities"),
)
_NOWHERE: Final = "none"


def build(ctx: Context, caption: str, *, brief: bool = False) -> Table:
    """Return a row for each goal of the plan, for each programme and what belongs to neither where there is such."""
    names = dict(_names(ctx))
    needs: dict[str, Need] = {key: Need() for key in names if key.startswith("goal:")}
    targets: Counter[str] = Counter()
    activities: Counter[str] = Counter()
    of_sub_programme = {
        sub.id: f"programme:{entry.id}" for entry in ctx.municipality.programme_list for sub in entry.sub_programmes
    }
    for sums in filter(counts, ctx.ledger.holders):
        key = _key(ctx, sums.holder, of_sub_programme)
        needs[key] = needs.get(key, Need()) + sums.need
        targets[key] += isinstance(sums.holder, Target)
        activities[key] += len(sums.holder.activities)
    entries = (
        Entry(key, (Cell(names[key]), *map(cost_summary.count, (targets[key], activities[key]))), needs[key])
        for key in names
        if key in needs
    )
    return cost_summary.build(ctx, KIND, caption, COLUMNS, entries, brief=brief)


def _names(ctx: Context) -> Iterator[tuple[str, str]]:
    """Yield the rows there may be, in their order, with what they are called."""
    plan = ctx.municipality.plan_of(ctx.programme.year)
    for goal in plan.goals if plan else ():
        yield f"goal:{goal.id}", coded(ctx.codes.goals[goal.id], goal.title)
    for entry in ctx.municipality.programme_list:
        yield f"programme:{entry.id}", coded(entry.code, entry.name)
    yield _NOWHERE, ctx.labels["chart.without_goal"]


def _key(ctx: Context, holder: Target | SubProgramme, of_sub_programme: dict[str, str]) -> str:
    if isinstance(holder, Target):
        found = ctx.objectives.get(holder.objective)
        return f"goal:{found[0].id}" if found else _NOWHERE
    return of_sub_programme.get(holder.sub_programme, _NOWHERE)
