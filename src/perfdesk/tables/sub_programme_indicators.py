"""Tablo 6, alt program göstergeleri: a sub-programme's objectives and what measures them, over four years.

Heads of values are labels of the form with a place for their own year: ``sub_indicator.value.0`` to ``.5``.
"""

from typing import Final

from perfdesk.domain.programme import Indicator, SubProgrammeObjective
from perfdesk.domain.value import BLANK, ValueKind
from perfdesk.i18n import N_
from perfdesk.tables.context import Context, coded
from perfdesk.tables.layout import fill
from perfdesk.tables.sub_programmes import Shown, facts
from perfdesk.tables.table import COVERED, Cell, Column, ColumnKind, Part, Role, Row, Table, head

KIND: Final = "sub_programme_indicators"
VALUE_COLUMNS: Final = (
    Column("realised", N_("Realised"), ColumnKind.VALUE, 1.5, "sub_indicator.value.0"),
    Column("planned", N_("Planned"), ColumnKind.VALUE, 1.5, "sub_indicator.value.1"),
    Column("estimate", N_("Estimate"), ColumnKind.VALUE, 1.5, "sub_indicator.value.2"),
    Column("target", N_("Target value"), ColumnKind.VALUE, 1.5, "sub_indicator.value.3"),
    Column("forecast_1", N_("Forecast"), ColumnKind.VALUE, 1.5, "sub_indicator.value.4"),
    Column("forecast_2", N_("Forecast"), ColumnKind.VALUE, 1.5, "sub_indicator.value.5"),
)
COLUMNS: Final = (
    Column("name", N_("Indicator"), ColumnKind.TEXT, 12, "sub_indicator.name"),
    Column("unit", N_("Unit of measure"), ColumnKind.TEXT, 1.5, "sub_indicator.unit"),
    *VALUE_COLUMNS,
)
# what each column of values shows: the distance from the programme's year, and the kind
SHOWN: Final = (
    (-2, ValueKind.REALISED),
    (-1, ValueKind.PLANNED),
    (-1, ValueKind.ESTIMATE),
    (0, ValueKind.TARGET),
    (1, ValueKind.FORECAST),
    (2, ValueKind.FORECAST),
)
# the lines below an indicator, by the words of their labels
_TOLD: Final = ("definition", "method", "source", "owner")


def build(ctx: Context, one: Shown, caption: str) -> Table:
    """Return the table of a sub-programme; its id is that of the list's entry."""
    year = ctx.programme.year
    heads = {
        column.printed: fill(ctx.layout.labels[column.printed], year=year + distance)
        for column, (distance, _kind) in zip(VALUE_COLUMNS, SHOWN, strict=True)
    }
    rows: list[Row] = []
    for objective, indicators in one.measured:
        rows += _objective_rows(ctx, objective, alone=len(one.measured) == 1)
        for indicator in indicators:
            rows += _indicator_rows(ctx, indicator)
        if objective and not indicators:
            rows += _unmeasured_rows(ctx, objective)
    part = Part(KIND, COLUMNS, head(COLUMNS, {**ctx.labels, **heads}), tuple(rows))
    return Table(KIND, one.id, caption, (part,), facts(ctx, one), empty=ctx.labels["empty"])


def _objective_rows(ctx: Context, objective: SubProgrammeObjective | None, *, alone: bool) -> list[Row]:
    labels = ctx.labels
    if objective is None:
        # where no indicator is linked the table needs no words for that
        text = labels["sub_indicator.without_objective"]
        return [] if alone else [Row(Role.GROUP, "objective", _across(text))]
    title = f"{labels['sub_programme_objective']}: {objective.title}".rstrip(": ")
    rows = [Row(Role.GROUP, f"objective:{objective.id}", _across(title))]
    served = [ctx.objectives[id_][1] for id_ in objective.objectives if id_ in ctx.objectives]
    if served:
        names = "; ".join(coded(ctx.codes.objectives[one.id], one.title) for one in served)
        rows.append(Row(Role.DETAIL, f"served:{objective.id}", _told(labels["sub_indicator.served"], names)))
    return rows


def _unmeasured_rows(ctx: Context, objective: SubProgrammeObjective) -> list[Row]:
    """Return what is said where nothing measures an objective: what it serves is deferred, or nothing is known."""
    labels = ctx.labels
    rows = []
    for target in ctx.programme.targets:
        if target.is_put_off and not target.indicators and target.objective in objective.objectives:
            title = coded(ctx.codes.targets[target.id], target.title)
            text = f"{title}\n{labels['deferred']} {target.description}".strip()
            key = f"deferred:{objective.id}:{target.id}"
            rows.append(Row(Role.DETAIL, key, _told(labels["performance.target"], text)))
    nothing = Row(Role.DETAIL, f"unmeasured:{objective.id}", _told(labels["sub_indicator.name"], labels["empty"]))
    return rows or [nothing]


def _indicator_rows(ctx: Context, indicator: Indicator) -> list[Row]:
    year = ctx.programme.year
    values = [indicator.values.get((year + distance, kind), BLANK) for distance, kind in SHOWN]
    name = coded(ctx.codes.indicators[indicator.id], ctx.indicator_name(indicator))
    cells = (
        Cell(name),
        Cell(f"{indicator.scale} {indicator.unit}".strip()),
        *(Cell(value.display(), value.number) for value in values),
    )
    texts = {
        "definition": "\n".join(text for text in (indicator.definition, indicator.note) if text),
        "method": indicator.method,
        "source": indicator.source,
        "owner": ctx.units.get(indicator.owner, ""),
    }
    told = [
        Row(
            Role.DETAIL, f"{key}:{indicator.id}", _told(ctx.labels[f"sub_indicator.{key}"], texts[key]), tells_more=True
        )
        for key in _TOLD
    ]
    return [Row(Role.SUBSECTION, f"indicator:{indicator.id}", cells), *told]


def _across(text: str) -> tuple[Cell, ...]:
    return (Cell(text, span=len(COLUMNS)), *[COVERED] * (len(COLUMNS) - 1))


def _told(label: str, text: str) -> tuple[Cell, ...]:
    """Return a line of a label and a text that reaches over the other columns."""
    return (Cell(label), Cell(text, span=len(COLUMNS) - 1), *[COVERED] * (len(COLUMNS) - 2))
