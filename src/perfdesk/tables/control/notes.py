"""Which cells of a programme's tables the findings stand at, and what a note there says."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from perfdesk.tables import (
    administration_performance,
    cost_sheet,
    goals,
    indicators,
    performance_target,
    resource_table,
    sub_programme_costs,
    sub_programme_indicators,
    total_resource_need,
)
from perfdesk.tables.context import Context
from perfdesk.tables.control.content import Control, Told
from perfdesk.tables.table import Ref

_VALUES: Final = "values."
_ROWS: Final = "rows."
# the column of a value by its distance from the programme's year, by the kind of table
_VALUE_COLUMNS: Final[Mapping[str, Mapping[int, str]]] = {
    performance_target.KIND: {-2: "previous", -1: "current", 0: "target"},
    indicators.KIND: {-2: "previous", -1: "current", 0: "target"},
    sub_programme_indicators.KIND: {-2: "realised", -1: "estimate", 0: "target"},
}
_OF_INDICATORS: Final[Sequence[str]] = (performance_target.KIND, sub_programme_indicators.KIND)
_NAME: Final = "name"
_GENERAL: Final = "general_administration"
_BY_CODE: Final = "by_code."


def notes(ctx: Context, control: Control) -> Mapping[Ref, str]:
    """Return what counts by the cells it is about.

    A reference with no id is to any table of the kind that has the row, one with no row to the table as a whole, and
    one with a column that the table does not print to the row. What is about no row of a table has no note.
    """
    texts: dict[Ref, list[str]] = defaultdict(list)
    for told in control.open:
        said = f"{told.rule} {ctx.labels[f'control.{told.severity}']}: {told.sentence}"
        for ref in _refs(ctx, told):
            texts[ref].append(said)
    return {ref: "\n".join(said) for ref, said in texts.items()}


def _refs(ctx: Context, told: Told) -> Iterator[Ref]:
    kind, id_, field = told.at
    match kind:
        case "indicator":
            yield from _of_indicator(ctx, id_, field)
        case "activity" | "cost_sheet":
            yield from _of_cost(ctx, kind, id_, field)
        case "target" if performance_target.KIND in ctx.layout.printed:
            yield Ref(performance_target.KIND, id_, "", "")
        case "target":
            yield Ref(administration_performance.KIND, "", f"target:{id_}", "target")
        case "goal" | "objective":
            yield Ref(goals.KIND, "", f"{kind}:{id_}", "title")
        case "resource_table":
            row, _dot, column = field.removeprefix(_ROWS).partition(".")
            is_cell = field.startswith(_ROWS)
            yield Ref(resource_table.KIND, id_, f"row:{row}" if is_cell else "", f"column:{column}" if is_cell else "")
        case "programme" if field == _GENERAL:
            yield Ref(total_resource_need.KIND, "", "budget_total", _GENERAL)
        case "account" if field.startswith(_BY_CODE):
            yield Ref(total_resource_need.KIND, "", field.removeprefix(_BY_CODE), "total")


def _of_indicator(ctx: Context, id_: str, field: str) -> Iterator[Ref]:
    shown = [kind for kind in _OF_INDICATORS if kind in ctx.layout.printed]
    # the flat list has all of them once more: there only what stands nowhere else
    for table in shown or (indicators.KIND,):
        yield Ref(table, "", f"indicator:{id_}", _value_column(ctx, table, field))


def _of_cost(ctx: Context, kind: str, id_: str, field: str) -> Iterator[Ref]:
    """Yield where an activity stands, or the sheet of its cost; both go by the activity."""
    if kind == "activity":
        yield Ref(performance_target.KIND, "", f"activity:{id_}", "total" if field == "cost" else _NAME)
    elif cost_sheet.KIND in ctx.layout.printed:
        is_code = field in ctx.layout.form.economic_codes
        yield Ref(cost_sheet.KIND, id_, field if is_code else "", "amount")
        return
    yield Ref(sub_programme_costs.KIND, "", f"activity:{id_}", "")


def _value_column(ctx: Context, table: str, field: str) -> str:
    """Return the column of an indicator's row that shows a field."""
    if not field.startswith(_VALUES):
        return field or _NAME
    distance = int(field.removeprefix(_VALUES)) - ctx.programme.year
    return _VALUE_COLUMNS[table].get(distance, _NAME)
