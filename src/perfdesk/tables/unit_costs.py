"""Harcama birimlerine göre kaynak ihtiyacı: what each responsible unit needs for its activities.

What several units answer for together stands in a row of its own, as theirs together: how they share it is not known,
and counted with each of them it would be counted more than once.
"""

from collections import Counter
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.totals import Need
from perfdesk.i18n import N_
from perfdesk.tables import cost_summary
from perfdesk.tables.context import Context
from perfdesk.tables.cost_summary import Entry
from perfdesk.tables.layout import fill
from perfdesk.tables.table import Cell, Column, ColumnKind, Table

KIND: Final = "unit_costs"
COLUMNS: Final = (
    Column("unit", N_("Spending unit"), ColumnKind.TEXT, 5, "costs.unit"),
    Column("activities", N_("Activities"), ColumnKind.VALUE, 1.3, "costs.activities"),
)
_SEVERAL, _NONE, _OTHERS = "several", "none", "others"


def build(ctx: Context, caption: str, *, most: int | None = None, brief: bool = False) -> Table:
    """Return a row for each unit with an activity, the most costly first; beyond so many, one for all others."""
    needs: dict[str, Need] = {}
    activities: Counter[str] = Counter()
    for holder, index, sums in ctx.sheets():
        sheet = holder.cost_sheets[index]
        key = _SEVERAL if len(sheet.units) > 1 else f"unit:{sheet.units[0]}" if sheet.units else _NONE
        needs[key] = needs.get(key, Need()) + sums.need
        activities[key] += len(sheet.activities)
    names = {f"unit:{id_}": name for id_, name in ctx.units.items()}
    names |= {_SEVERAL: ctx.labels["chart.several_units"], _NONE: ctx.labels["chart.without_unit"]}
    units = sorted(
        needs.keys() - {_SEVERAL, _NONE}, key=lambda key: (-needs[key].total, turkish.sort_key(names.get(key, "")))
    )
    if most is not None and len(units) > most + 1:
        rest = units[most:]
        names[_OTHERS] = fill(ctx.labels["costs.other_units"], count=len(rest))
        needs[_OTHERS] = sum((needs[key] for key in rest), Need())
        activities[_OTHERS] = sum(activities[key] for key in rest)
        units = [*units[:most], _OTHERS]
    # those that are no unit stand below the units
    order = [*units, *(key for key in (_SEVERAL, _NONE) if key in needs)]
    entries = (Entry(key, (Cell(names.get(key, "")), cost_summary.count(activities[key])), needs[key]) for key in order)
    return cost_summary.build(ctx, KIND, caption, COLUMNS, entries, brief=brief)
