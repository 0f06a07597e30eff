"""The note below table 1 on amounts that stand in another row: those of activities that share a cost sheet.

Where they follow each other, one cell reaches over all of them and says it. Where others stand between them, their
cells are blank like those of an activity that costs nothing, and of a divided budget the row no longer adds up.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfdesk.domain.costs import CostSheet
from perfdesk.domain.programme import Activity, Target
from perfdesk.domain.totals import sheet_need
from perfdesk.tables.context import Context
from perfdesk.tables.layout import fill

_ALL = "activity.joint"
_OFF_BUDGET = "activity.joint_off_budget"


class Apart(NamedTuple):
    """Activities of a sheet that its merged cells do not reach, and the one in whose row its amounts stand."""

    activities: tuple[str, ...]
    first: str
    label: str


def reached(sheet: CostSheet, order: Sequence[str]) -> int:
    """Return over how many rows a cell in the first activity's row reaches; ``order`` is that of the rows."""
    first, *others = sheet.activities
    start = order.index(first)
    run = 1
    while start + run < len(order) and order[start + run] in others:
        run += 1
    return run


def joint_note(ctx: Context, target: Target) -> str:
    """Return the note of a target, "" where every amount stands beside its activities."""
    names = {activity.id: _name(ctx, activity) for activity in target.activities}
    found: dict[str, list[str]] = {}
    for apart in _apart(target):
        said = fill(
            ctx.labels["activity.joint_in"],
            names=", ".join(names[one] for one in apart.activities),
            first=names[apart.first],
        )
        found.setdefault(apart.label, []).append(said)
    return " ".join(
        fill(ctx.labels[label], names="; ".join(found[label])) for label in (_ALL, _OFF_BUDGET) if label in found
    )


def _name(ctx: Context, activity: Activity) -> str:
    """Return what the row of an activity is found by."""
    code = ctx.codes.activities[activity.id]
    if code.isdigit():
        return fill(ctx.labels["activity.numbered"], number=code)
    return code or f"“{activity.name}”"


def _apart(target: Target) -> Iterator[Apart]:
    order = [activity.id for activity in target.activities]
    for sheet in target.cost_sheets:
        first, *others = sheet.activities
        start = order.index(first)
        beside = order[start : start + reached(sheet, order)]
        away = tuple(one for one in order if one in others and one not in beside)
        need = sheet_need(sheet).need
        # divided, each has its own budget; only money from outside it is not
        if away and (need.off_budget if sheet.split else need.total):
            yield Apart(away, first, _OFF_BUDGET if sheet.split else _ALL)
