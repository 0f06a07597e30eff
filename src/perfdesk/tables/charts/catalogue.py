"""All charts of a programme by the key of the layout's setting."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from perfdesk.tables.charts import costs, staff, trends
from perfdesk.tables.charts.chart import Chart
from perfdesk.tables.context import Context


def _one(chart: Callable[[Context], Chart | None]) -> Callable[[Context], Iterable[Chart]]:
    def charts(ctx: Context) -> Iterable[Chart]:
        found = chart(ctx)
        return () if found is None else (found,)

    return charts


_CHARTS: Final[Mapping[str, Callable[[Context], Iterable[Chart]]]] = {
    "staff_status": _one(staff.staff_status),
    "staff_sex": _one(staff.staff_sex),
    "staff_education": _one(staff.staff_education),
    "staff_age": _one(staff.staff_age),
    trends.KEY: trends.indicator_trends,
    "cost_by_goal": _one(costs.cost_by_part),
    "cost_by_code": _one(costs.cost_by_code),
    "cost_by_unit": _one(costs.cost_by_unit),
    "budget_flow": _one(costs.budget_flow),
}
KEYS: Final = tuple(_CHARTS)


def charts_of(ctx: Context, key: str) -> tuple[Chart, ...]:
    """Return the charts of a key: one, of the indicators one a target; none where there are no figures for it."""
    return tuple(_CHARTS[key](ctx))
