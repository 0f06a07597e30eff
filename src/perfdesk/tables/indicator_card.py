"""Gösterge kartı: what an indicator is, how it is measured, and its values by year, called as in the layout's tables.

Earlier programmes of the file tell what was realised before the years of the form.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from perfdesk.domain import turkish
from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import Indicator, SubProgramme, Target
from perfdesk.domain.value import BLANK, Value, ValueKind, implied_kind
from perfdesk.i18n import N_, printed
from perfdesk.tables import sub_programme_indicators
from perfdesk.tables.charts.chart import Chart, ChartKind
from perfdesk.tables.charts.trends import series_of
from perfdesk.tables.context import Context, coded
from perfdesk.tables.indicators import DIRECTIONS, TYPES
from perfdesk.tables.layout import fill
from perfdesk.tables.table import Cell, Column, ColumnKind, Fact, Part, Role, Row, Table, head

KIND: Final = "indicator_card"
TREND: Final = Column("trend", N_("Trend"), ColumnKind.TREND, 2, "trend")
COLUMNS: Final = (
    Column("unit", N_("Unit of measure"), ColumnKind.TEXT, 2, "card.unit"),
    Column("type", N_("Type"), ColumnKind.TEXT, 2, "card.type"),
    Column("direction", N_("Direction"), ColumnKind.TEXT, 2, "card.direction"),
    Column("weight", N_("Weight (%)"), ColumnKind.VALUE, 2, "card.weight"),
)
# a line for each of these, given or not: the card is a form
_ALWAYS: Final = ("definition", "method", "source", "owner")
# lines that print where there is something to say
_GIVEN: Final = ("numerator", "denominator", "baseline", "cumulative", "note")
_LABELS: Final = {kind: f"card.{kind}" for kind in ValueKind} | {ValueKind.TARGET: "card.target_value"}
# the heads of the programme budget's table, whose kinds of values are all there
_BUDGET_LABELS: Final = {
    kind: column.printed
    for column, (_distance, kind) in zip(
        reversed(sub_programme_indicators.VALUE_COLUMNS), reversed(sub_programme_indicators.SHOWN), strict=True
    )
}
# the values of one year; what was planned was known before what came of it
_ORDER: Final = (ValueKind.PLANNED, ValueKind.REALISED, ValueKind.ESTIMATE, ValueKind.TARGET, ValueKind.FORECAST)
_FEWEST: Final = 2


class _Dated(NamedTuple):
    """A value with the year and kind it is of."""

    year: int
    kind: ValueKind
    value: Value


def build(ctx: Context, holder: Target | SubProgramme, indicator: Indicator, *, on_sheet: bool = False) -> Table:
    """Return the card; ``on_sheet`` with its target, and with room beside the values to draw in how they run."""
    dated = _dated(ctx, indicator)
    if on_sheet:
        # what a trend is drawn of stands side by side there
        dated.sort(key=lambda entry: entry.kind is ValueKind.PLANNED)
    columns = [Column(f"{entry.year}:{entry.kind}", "", ColumnKind.VALUE, 1.6, str(n)) for n, entry in enumerate(dated)]
    cells = [Cell(_said(ctx, entry), entry.value.number) for entry in dated]
    if on_sheet:
        columns.append(replace(TREND, over=tuple(f"{entry.year}:{entry.kind}" for entry in _course(dated))))
        cells.append(Cell())
    heads = {str(n): _head(ctx, entry) for n, entry in enumerate(dated)} | dict(ctx.labels)
    row = Row(Role.DETAIL, f"indicator:{indicator.id}", tuple(cells))
    values = Part("values", tuple(columns), head(columns, heads), (row,))
    facts = tuple(_facts(ctx, indicator))
    if on_sheet:
        label = ctx.labels["card.target" if isinstance(holder, Target) else "sub_programme"]
        facts = (Fact("target", label, coded(*ctx.holder_name(holder))), *facts)
    return Table(KIND, indicator.id, _name(ctx, indicator), (_measured(ctx, indicator), values), facts)


def trend(ctx: Context, indicator: Indicator) -> Chart | None:
    """Return the chart of an indicator's values; None where fewer than two are numbers."""
    course = _course(_dated(ctx, indicator))
    if sum(entry.value.number is not None for entry in course) < _FEWEST:
        return None
    name = _name(ctx, indicator)
    series = series_of(ctx, indicator, [entry.value for entry in course])
    series = series._replace(texts=tuple(_said(ctx, entry) for entry in course))
    heads = tuple(_head(ctx, entry) for entry in course)
    target = (ctx.programme.year, ValueKind.TARGET)
    promised = next((n for n, entry in enumerate(course) if (entry.year, entry.kind) == target), None)
    return Chart(f"{KIND}:{indicator.id}", name, ChartKind.LINES, categories=heads, series=(series,), promised=promised)


def _dated(ctx: Context, indicator: Indicator) -> list[_Dated]:
    """Return the values by year, what was planned before what came of it; the form's three years even if blank."""
    year = ctx.programme.year
    values = {(of, implied_kind(year, of)): BLANK for of in ctx.years}
    values |= {(of, ValueKind.REALISED): value for of, value in _earlier(ctx, indicator)}
    values |= {key: value for key, value in indicator.values.items() if not value.is_blank}
    dated = [_Dated(of, kind, value) for (of, kind), value in values.items()]
    return sorted(dated, key=lambda entry: (entry.year, _ORDER.index(entry.kind)))


def _earlier(ctx: Context, indicator: Indicator) -> Iterator[tuple[int, Value]]:
    """Yield what earlier programmes say was realised before the form's first year, by the indicator's identity."""
    first = ctx.years[0]
    for programme in sorted(ctx.municipality.programmes, key=lambda programme: programme.year):
        if programme.year >= ctx.programme.year:
            return
        for holder in programme.holders():
            for other in holder.indicators:
                if other.id != indicator.id:
                    continue
                for (year, kind), value in other.values.items():
                    if kind is ValueKind.REALISED and year < first and not value.is_blank:
                        yield year, value


def _course(dated: list[_Dated]) -> list[_Dated]:
    """Return the values that a trend runs along: all but what was planned for a year that is over."""
    return [entry for entry in dated if entry.kind is not ValueKind.PLANNED]


def _head(ctx: Context, entry: _Dated) -> str:
    """Return what the layout's tables say above such a value; where they have no more than its year, the card's own."""
    if sub_programme_indicators.KIND in ctx.layout.printed:
        return fill(ctx.layout.labels[_BUDGET_LABELS[entry.kind]], year=entry.year)
    if entry.year in ctx.years and entry.kind is implied_kind(ctx.programme.year, entry.year):
        said = ctx.labels[f"indicator.year.{ctx.years.index(entry.year)}"]
        if said != str(entry.year):
            return said
    return f"{entry.year} {ctx.labels[_LABELS[entry.kind]]}"


def _said(ctx: Context, entry: _Dated) -> str:
    return ctx.labels["card.not_given"] if entry.value.is_blank else entry.value.display()


def _name(ctx: Context, indicator: Indicator) -> str:
    return coded(ctx.codes.indicators[indicator.id], ctx.indicator_name(indicator))


def _unit(indicator: Indicator) -> str:
    return f"{indicator.scale} {indicator.unit}".strip()


def _measured(ctx: Context, indicator: Indicator) -> Part:
    """Return the line that says how the values are to be read."""
    texts = {
        "unit": _unit(indicator),
        "type": _capital(printed(TYPES.get(indicator.type, ""))),
        "direction": _capital(printed(DIRECTIONS[indicator.direction or "increase"])),
    }
    unknown = ctx.labels["card.not_given"]
    weight = indicator.weight
    cells = (
        *(Cell(texts[column.key] or unknown) for column in COLUMNS[:-1]),
        Cell(unknown) if weight is None else Cell(format_number(weight), weight),
    )
    row = Row(Role.DETAIL, f"measured:{indicator.id}", cells)
    return Part("measured", COLUMNS, head(COLUMNS, ctx.labels), (row,))


def _facts(ctx: Context, indicator: Indicator) -> Iterator[Fact]:
    labels = ctx.labels
    texts = {
        "definition": indicator.definition,
        "method": indicator.method,
        "source": indicator.source,
        "owner": ctx.units.get(indicator.owner, ""),
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "baseline": "" if indicator.baseline is None else format_number(indicator.baseline),
        "cumulative": "" if indicator.cumulative is None else labels["card.yes" if indicator.cumulative else "card.no"],
        "note": indicator.note,
    }
    for key in _ALWAYS:
        yield Fact(key, labels[f"card.{key}"], texts[key] or labels["card.not_given"])
    yield from (Fact(key, labels[f"card.{key}"], texts[key]) for key in _GIVEN if texts[key])


def _capital(text: str) -> str:
    return turkish.upper(text[:1]) + text[1:]
