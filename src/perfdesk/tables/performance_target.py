"""Tablo 1, Performans Hedefi Tablosu: a target's indicators over three years and its activities with their cost.

To add a column: declare it in ``INDICATOR_COLUMNS`` or ``ACTIVITY_COLUMNS``, give its cell in ``_indicator_cells``
or ``_activity_rows``, its printed head in the form's labels, and name it in the layouts that print it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from perfdesk.domain.costs import CostSheet
from perfdesk.domain.programme import Indicator, Target
from perfdesk.domain.totals import sheet_need
from perfdesk.i18n import N_
from perfdesk.tables import cost_sheet
from perfdesk.tables.context import Context, coded
from perfdesk.tables.joint_note import joint_note, reached
from perfdesk.tables.table import (
    COVERED,
    EMPTY,
    Cell,
    Column,
    ColumnKind,
    Fact,
    Formula,
    Op,
    Part,
    Ref,
    Role,
    Row,
    Table,
    head,
)

KIND: Final = "performance_target"

# By the names layouts use; "code_and_name" stands on the two sheet columns that code and name have elsewhere.
INDICATOR_COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = {
    "code": (Column("code", N_("Code"), ColumnKind.CODE, 1.5, "indicator.code"),),
    "name": (Column("name", N_("Indicator"), ColumnKind.TEXT, 6, "indicator.name"),),
    "code_and_name": (Column("name", N_("Indicator"), ColumnKind.TEXT, 7, "indicator.name", slots=2),),
    "unit": (Column("unit", N_("Unit of measure"), ColumnKind.TEXT, 1.5, "indicator.unit"),),
    "values": (
        Column("previous", N_("Realised"), ColumnKind.VALUE, 1.6, "indicator.year.0"),
        Column("current", N_("Estimate"), ColumnKind.VALUE, 1.6, "indicator.year.1"),
        Column("target", N_("Target value"), ColumnKind.VALUE, 1.6, "indicator.year.2"),
    ),
    "note": (Column("note", N_("Note"), ColumnKind.TEXT, 3.5, "indicator.note"),),
}
ACTIVITY_COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = {
    "code": (Column("code", N_("Code"), ColumnKind.CODE, 1.5, "activity.code"),),
    "name": (Column("name", N_("Activity"), ColumnKind.TEXT, 6, "activity.name"),),
    "amounts": (
        Column("budget", N_("Budget"), ColumnKind.AMOUNT, 2.4, "activity.budget", "activity.amounts"),
        Column("off_budget", N_("Off-budget"), ColumnKind.AMOUNT, 2.4, "activity.off_budget", "activity.amounts"),
        Column("total", N_("Total"), ColumnKind.AMOUNT, 2.4, "activity.total", "activity.amounts"),
    ),
}
_AMOUNTS: Final = ("budget", "off_budget", "total")


def prints_codes(ctx: Context) -> tuple[bool, bool]:
    """Return whether any indicator, and any activity, of the targets has a code, or there is none that could.

    A layout without codes leaves nothing but an empty column. The tables of all targets stand on the same sheet, so
    they have it together or not at all.
    """
    targets, codes = ctx.programme.targets, ctx.codes
    indicators = (codes.indicators[one.id] for target in targets for one in target.indicators)
    activities = (codes.activities[one.id] for target in targets for one in target.activities)
    return _some_or_none(indicators), _some_or_none(activities)


def _some_or_none(codes: Iterable[str]) -> bool:
    """Whether there is a code among these, or nothing at all."""
    is_empty = True
    for code in codes:
        if code:
            return True
        is_empty = False
    return is_empty


def build(ctx: Context, target: Target, caption: str) -> Table:
    """Return the table of one target."""
    indicators_coded, activities_coded = prints_codes(ctx)
    indicator_columns = _columns(INDICATOR_COLUMNS, ctx.layout.indicator_columns, with_code=indicators_coded)
    activity_columns = _columns(ACTIVITY_COLUMNS, ctx.layout.activity_columns, with_code=activities_coded)
    # both parts stand on the same sheet columns
    slots = max(sum(column.slots for column in columns) for columns in (indicator_columns, activity_columns))
    indicator_columns = _stretched(indicator_columns, slots)
    activity_columns = _stretched(activity_columns, slots)
    parts = [
        Part(
            "indicators",
            indicator_columns,
            head(indicator_columns, ctx.labels),
            tuple(row for indicator in target.indicators for row in _indicator_rows(ctx, indicator, indicator_columns)),
        )
    ]
    with_amounts = "amounts" in ctx.layout.activity_columns
    rows = _activity_rows(ctx, target, activity_columns, with_amounts=with_amounts)
    if with_amounts and rows and not target.is_put_off:
        rows += _total_rows(ctx, target, rows, activity_columns)
    parts.append(Part("activities", activity_columns, head(activity_columns, ctx.labels), tuple(rows)))
    if not with_amounts and not target.is_put_off:
        parts.append(_single_amount(ctx, target, slots))
    return Table(
        KIND,
        target.id,
        caption,
        tuple(parts),
        facts(ctx, target, ctx.layout.target_facts),
        empty=ctx.labels["empty"],
        note=joint_note(ctx, target) if with_amounts else "",
    )


def _columns(known: Mapping[str, tuple[Column, ...]], names: tuple[str, ...], *, with_code: bool) -> tuple[Column, ...]:
    return tuple(column for name in names if with_code or name != "code" for column in known[name])


def facts(ctx: Context, target: Target, keys: tuple[str, ...]) -> tuple[Fact, ...]:
    """Return the lines above the columns, from the administration down to the description."""
    goal, objective = ctx.objectives.get(target.objective, (None, None))
    texts = {
        "administration": ("", ctx.municipality.administration.name),
        "goal": (ctx.codes.goals[goal.id], goal.title) if goal else ("", ""),
        "objective": (ctx.codes.objectives[objective.id], objective.title) if objective else ("", ""),
        "target": (ctx.codes.targets[target.id], target.title),
        "description": ("", target.description),
    }
    if target.deferred:
        # said among the descriptions; where the layout prints none, on a line of its own
        deferred = ctx.labels["deferred"]
        texts["description"] = ("", f"{target.description}\n{deferred}".strip())
        keys = keys if "description" in keys else (*keys, "description")
    if ctx.restates and "target" in keys:
        keys = tuple(key for key in keys if key != "objective")
    lines = (fact(ctx, key, *texts[key], strong=key == "target") for key in keys)
    # the form has the line even where nothing is written in it
    return tuple(line for line in lines if line.label or line.text)


def fact(ctx: Context, key: str, code: str, text: str, *, strong: bool = False) -> Fact:
    """Return a line whose label takes the code where the layout's label has a place for it."""
    label = ctx.target_label if key == "target" else ctx.labels[key]
    if "{code}" in label:
        return Fact(key, label.replace("{code}", code), text, strong=strong)
    return Fact(key, label, coded(code, text), strong=strong)


def _indicator_rows(ctx: Context, indicator: Indicator, columns: tuple[Column, ...]) -> list[Row]:
    cells = _indicator_cells(ctx, indicator)
    if "code" not in ctx.layout.indicator_columns:
        code = ctx.codes.indicators[indicator.id]
        cells["name"] = Cell(f"{code} {cells['name'].text}".strip())
    rows = [Row(Role.DETAIL, f"indicator:{indicator.id}", tuple(cells[column.key] for column in columns))]
    if ctx.layout.indicator_note_row:
        note = f"{ctx.labels['indicator.note']}: {indicator.note}".rstrip()
        merged = (Cell(note, span=len(columns)), *[COVERED] * (len(columns) - 1))
        rows.append(Row(Role.DETAIL, f"note:{indicator.id}", merged))
    return rows


def _indicator_cells(ctx: Context, indicator: Indicator) -> dict[str, Cell]:
    cells = {
        "code": Cell(ctx.codes.indicators[indicator.id]),
        "name": Cell(ctx.indicator_name(indicator)),
        "unit": Cell(f"{indicator.scale} {indicator.unit}".strip()),
        "note": Cell(indicator.note),
    }
    for column, year in zip(INDICATOR_COLUMNS["values"], ctx.years, strict=True):
        value = indicator.value(ctx.programme.year, year)
        cells[column.key] = Cell(value.display(), value.number, typed=True)
    return cells


def _stretched(columns: tuple[Column, ...], slots: int) -> tuple[Column, ...]:
    """Give the name column the sheet columns that the others leave."""
    left = slots - sum(column.slots for column in columns if column.key != "name")
    return tuple(replace(column, slots=left) if column.key == "name" else column for column in columns)


def _activity_rows(ctx: Context, target: Target, columns: tuple[Column, ...], *, with_amounts: bool) -> list[Row]:
    order = [activity.id for activity in target.activities]
    amounts: dict[str, dict[str, Cell]] = {}
    if with_amounts:
        for sheet in target.cost_sheets:
            amounts.update(_amount_cells(ctx, target, sheet, order))
    blank = dict.fromkeys(_AMOUNTS, EMPTY)
    rows = []
    for activity in target.activities:
        cells = {
            "code": Cell(ctx.codes.activities[activity.id]),
            "name": Cell(activity.name),
            **amounts.get(activity.id, blank),
        }
        rows.append(Row(Role.DETAIL, f"activity:{activity.id}", tuple(cells[column.key] for column in columns)))
    return rows


def _amount_cells(ctx: Context, target: Target, sheet: CostSheet, order: list[str]) -> dict[str, dict[str, Cell]]:
    """Return the amounts of a sheet's activities: merged in the first one's row, or each its own where divided.

    Off-budget money is not divided: where there is some, it and the total stay merged.
    """
    sums = sheet_need(sheet)
    first, *others = sheet.activities
    run = reached(sheet, order)

    def ref(row: str, column: str) -> Ref:
        return Ref(KIND, target.id, f"activity:{row}", column)

    def of_sheet(row: str) -> Formula:
        return Formula(Op.SUM, (Ref(cost_sheet.KIND, first, row, "amount"),))

    def cell(amount: Decimal, formula: Formula | None = None, *, down: int = 1) -> Cell:
        return Cell(ctx.money(amount), amount, down=down, formula=formula)

    def across(row: str) -> Formula:
        return Formula(Op.SUM, (ref(row, "budget"), ref(row, "off_budget")))

    need = sums.need
    merged = {
        "budget": cell(need.budget, of_sheet("budget_total"), down=run),
        "off_budget": cell(need.off_budget, of_sheet("off_budget_total"), down=run),
        "total": cell(need.total, across(first), down=run),
    }
    cells = {first: merged, **{other: dict.fromkeys(_AMOUNTS, COVERED) for other in others}}
    for activity, amount in sheet.split.items():
        cells[activity]["budget"] = Cell(ctx.money(amount), amount, typed=True)
        if not need.off_budget:
            cells[activity]["off_budget"] = cell(need.off_budget)
            cells[activity]["total"] = cell(amount, across(activity))
    if sheet.split and need.off_budget:
        # the divided budget no longer adds up in the first row: the merged total comes from the sheet
        merged["total"] = cell(need.total, of_sheet("grand_total"), down=run)
    return cells


def _total_rows(ctx: Context, target: Target, rows: list[Row], columns: tuple[Column, ...]) -> list[Row]:
    need = ctx.ledger.targets[target.id]
    amounts = {"budget": need.budget, "off_budget": need.off_budget, "total": need.total}
    keys = [column.key for column in columns]

    def row(role: Role, key: str, label: str, above: list[str] | None) -> Row:
        text_columns = len(keys) - len(amounts)
        cells = [Cell(label, span=text_columns), *[COVERED] * (text_columns - 1)]
        for name, amount in amounts.items():
            at = keys.index(name)
            sources = above or [r.key for r in rows if r.cells[at].number is not None]
            refs = tuple(Ref(KIND, target.id, source, name) for source in sources)
            cells.append(Cell(ctx.money(amount), amount, formula=Formula(Op.SUM, refs)))
        return Row(role, key, tuple(cells))

    total_row = row(Role.TOTAL, "grand_total", ctx.labels["grand_total"], ["subtotal"] * ctx.layout.activity_subtotal)
    if not ctx.layout.activity_subtotal:
        return [total_row]
    return [row(Role.SUBTOTAL, "subtotal", ctx.labels["subtotal"], None), total_row]


def _single_amount(ctx: Context, target: Target, slots: int) -> Part:
    """Return the one line that says the target's resource need where activities are names only."""
    columns = (
        Column("label", N_("Resource need"), ColumnKind.TEXT, 7, slots=slots - 1),
        Column("total", N_("Total"), ColumnKind.AMOUNT, 3),
    )
    amount = ctx.ledger.targets[target.id].total
    row = Row(Role.TOTAL, "grand_total", (Cell(ctx.labels["grand_total"]), Cell(ctx.money(amount), amount)))
    return Part("resource_need", columns, (), (row,))
