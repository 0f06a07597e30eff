"""Charts of the indicators: what the form's three years say of each, target by target."""

from collections.abc import Iterator, Sequence
from typing import Final

from perfdesk.domain.programme import Indicator
from perfdesk.domain.value import Value
from perfdesk.tables.charts.chart import Chart, ChartKind, Series
from perfdesk.tables.context import Context, coded
from perfdesk.tables.layout import fill

KEY: Final = "indicator_trends"


def indicator_trends(ctx: Context) -> Iterator[Chart]:
    """Yield a chart for each target that has an indicator with numbers in at least two years."""
    # what each year's numbers are is said once, in the heads of the table above
    heads = tuple(map(str, ctx.years))
    for number, holder in enumerate(ctx.programme.holders(), 1):
        series = tuple(line for indicator in holder.indicators if (line := _line(ctx, indicator)))
        if series:
            code, title = ctx.holder_name(holder)
            name = coded(code, title)
            caption = fill(ctx.labels["chart.indicator_trends"], target=name)
            yield Chart(
                f"{KEY}:{number}",
                caption,
                ChartKind.LINES,
                categories=heads,
                series=series,
                promised=ctx.years.index(ctx.programme.year),
            )


def _line(ctx: Context, indicator: Indicator) -> Series | None:
    values = [indicator.value(ctx.programme.year, year) for year in ctx.years]
    if sum(value.number is not None for value in values) < 2:
        return None
    return series_of(ctx, indicator, values)


def series_of(ctx: Context, indicator: Indicator, values: Sequence[Value]) -> Series:
    """Return some of an indicator's values as they are drawn: what is no number is said in its place."""
    name = coded(ctx.codes.indicators[indicator.id], indicator.name)
    unit = f"{indicator.scale} {indicator.unit}".strip()
    said = "; ".join(filter(None, (unit, ctx.labels["deferred_mark"] if indicator.deferred else "")))
    numbers = tuple(value.number for value in values)
    return Series(f"{name} ({said})" if said else name, numbers, tuple(value.display() for value in values))
