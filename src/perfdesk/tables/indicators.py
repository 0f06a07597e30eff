"""Göstergeler: all indicators of a programme in one flat list, for sorting and filtering in a spreadsheet."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import Indicator, SubProgramme, Target
from perfdesk.i18n import N_, printed
from perfdesk.tables.context import Context
from perfdesk.tables.table import Cell, Column, ColumnKind, Part, Role, Row, Table, head

KIND: Final = "indicators"
DIRECTIONS: Final = {"increase": N_("increase"), "decrease": N_("decrease"), "keep": N_("keep")}
TYPES: Final = {
    "input": N_("input"),
    "output": N_("output"),
    "outcome": N_("outcome"),
    "efficiency": N_("efficiency"),
    "quality": N_("quality"),
}
COLUMNS: Final = (
    Column("target_code", N_("Target code"), ColumnKind.CODE, 1.5),
    Column("target_title", N_("Performance target"), ColumnKind.TEXT, 5),
    Column("code", N_("Code"), ColumnKind.CODE, 1.5),
    Column("name", N_("Indicator"), ColumnKind.TEXT, 6),
    Column("unit", N_("Unit of measure"), ColumnKind.TEXT, 1.5),
    Column("direction", N_("Direction"), ColumnKind.TEXT, 1.2),
    Column("type", N_("Type"), ColumnKind.TEXT, 1.2),
    Column("weight", N_("Weight (%)"), ColumnKind.VALUE, 1.2),
    Column("previous", N_("Realised"), ColumnKind.VALUE, 1.6, "indicator.year.0"),
    Column("current", N_("Estimate"), ColumnKind.VALUE, 1.6, "indicator.year.1"),
    Column("target", N_("Target value"), ColumnKind.VALUE, 1.6, "indicator.year.2"),
    Column("trend", N_("Trend"), ColumnKind.TREND, 2, "trend", over=("previous", "current", "target")),
    Column("definition", N_("Definition"), ColumnKind.TEXT, 4),
    Column("method", N_("Calculation method"), ColumnKind.TEXT, 4),
    Column("source", N_("Data source"), ColumnKind.TEXT, 3),
    Column("owner", N_("Responsible unit"), ColumnKind.TEXT, 3),
    Column("note", N_("Note"), ColumnKind.TEXT, 4),
)


def build(ctx: Context, caption: str) -> Table:
    """Return the flat list, in book order."""
    rows = [
        Row(Role.DETAIL, f"indicator:{indicator.id}", _cells(ctx, holder, indicator))
        for holder in ctx.programme.holders()
        for indicator in holder.indicators
    ]
    labels = {**{column.key: printed(column.label) for column in COLUMNS}, **ctx.labels}
    columns = tuple(replace(column, printed=column.printed or column.key) for column in COLUMNS)
    return Table(KIND, "", caption, (Part(KIND, columns, head(columns, labels), tuple(rows)),), empty=labels["empty"])


def _cells(ctx: Context, holder: Target | SubProgramme, indicator: Indicator) -> tuple[Cell, ...]:
    values = [indicator.value(ctx.programme.year, year) for year in ctx.years]
    code, title = ctx.holder_name(holder)
    return (
        Cell(code),
        Cell(title),
        Cell(ctx.codes.indicators[indicator.id]),
        Cell(ctx.indicator_name(indicator)),
        Cell(f"{indicator.scale} {indicator.unit}".strip()),
        Cell(printed(DIRECTIONS[indicator.direction or "increase"])),
        Cell(printed(TYPES.get(indicator.type, ""))),
        _number(indicator.weight),
        *(Cell(value.display(), value.number, typed=True) for value in values),
        Cell(),
        Cell(indicator.definition),
        Cell(indicator.method),
        Cell(indicator.source),
        Cell(ctx.units.get(indicator.owner, "")),
        Cell(indicator.note),
    )


def _number(value: Decimal | None) -> Cell:
    return Cell() if value is None else Cell(format_number(value), value)
