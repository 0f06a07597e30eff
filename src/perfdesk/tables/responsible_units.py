"""Tablo 5, Faaliyetlerden Sorumlu Harcama Birimlerine İlişkin Tablo."""

from collections.abc import Callable
from typing import Final

from perfdesk.domain.programme import Activity, SubProgramme, Target
from perfdesk.domain.programme_budget import sub_programme_of
from perfdesk.i18n import N_
from perfdesk.tables.context import Context, coded
from perfdesk.tables.table import COVERED, Cell, Column, ColumnKind, Part, Role, Row, Table, head, listed

KIND: Final = "responsible_units"
COLUMNS: Final = {
    "programme": Column("programme", N_("Programme"), ColumnKind.TEXT, 4, "responsible.programme"),
    "sub_programme": Column("sub_programme", N_("Sub-programme"), ColumnKind.TEXT, 4, "responsible.sub_programme"),
    "goal": Column("goal", N_("Goal"), ColumnKind.TEXT, 4, "responsible.goal"),
    "objective": Column("objective", N_("Objective"), ColumnKind.TEXT, 4, "responsible.objective"),
    "target": Column("target", N_("Performance target"), ColumnKind.TEXT, 4, "responsible.target"),
    "target_number": Column("target_number", N_("Performance target"), ColumnKind.CODE, 1.5, "responsible.target"),
    "activity": Column("activity", N_("Activity"), ColumnKind.TEXT, 6, "responsible.activity"),
    "activities": Column("activities", N_("Activities"), ColumnKind.TEXT, 6, "responsible.activity"),
    "units": Column("units", N_("Responsible units"), ColumnKind.TEXT, 4, "responsible.units"),
}
# columns whose equal neighbours below become one cell; units only within a target
_MERGED: Final = ("programme", "sub_programme", "goal", "objective", "target", "target_number")
# where they stand, the rows are in the order of the list of programmes
_LISTED: Final = ("programme", "sub_programme")


def build(ctx: Context, caption: str) -> Table:
    """Return the table: a row per activity, or per target where the layout lists activities in one cell or none."""
    names = ctx.layout.responsible_columns
    labels = ctx.labels
    if ctx.restates and "target" in names:
        names = tuple(name for name in names if name != "objective")
        labels = {**labels, "responsible.target": labels["responsible.objective"]}
    columns = tuple(COLUMNS[name] for name in names)
    per_activity = "activity" in ctx.layout.responsible_columns
    in_list_order = not {*_LISTED}.isdisjoint(ctx.layout.responsible_columns)
    # only where a target's activities stand together
    merge_units = "target_number" in ctx.layout.responsible_columns and not in_list_order
    rows: list[Row] = []
    for holder in ctx.programme.holders():
        units_of = {a: sheet.units for sheet in holder.cost_sheets for a in sheet.activities}
        if per_activity and holder.activities:
            own = [_activity_row(ctx, holder, activity, columns, units_of) for activity in holder.activities]
            if merge_units:
                own = _merged(own, len(columns) - 1, lambda one, other: one == other, whole=True)
            rows += own
        elif holder.activities or isinstance(holder, Target):
            row = _holder_row(ctx, holder, columns)
            # of a target without activities the columns of programmes have nothing to say
            if any(cell.text for cell in row.cells):
                rows.append(row)
    if in_list_order:
        order = _list_order(ctx)
        rows.sort(key=lambda row: order.get(row.key, len(order)))
    for at, column in enumerate(columns):
        if column.key in _MERGED:
            rows = _merged(rows, at, lambda one, other: one == other and bool(one.text))
    return Table(
        KIND, "", caption, (Part(KIND, columns, head(columns, labels), tuple(rows)),), empty=ctx.labels["empty"]
    )


def _list_order(ctx: Context) -> dict[str, int]:
    """Return by the keys of rows the place of their sub-programme in the list; of those that have one."""
    places = {id_: n for n, id_ in enumerate(ctx.sub_programmes)}
    of_activities = {
        f"activity:{activity.id}": sub_programme_of(holder, activity)
        for holder in ctx.programme.holders()
        for activity in holder.activities
    }
    of_rows = {
        **of_activities,
        **{f"sub_programme:{one.sub_programme}": one.sub_programme for one in ctx.programme.sub_programmes},
    }
    return {key: places[id_] for key, id_ in of_rows.items() if id_ in places}


def _budget_programme(ctx: Context, sub_programme: str) -> dict[str, Cell]:
    """Return the cells that say under which programme of the list something stands."""
    programmes = {sub.id: entry for entry in ctx.municipality.programme_list for sub in entry.sub_programmes}
    entry = programmes.get(sub_programme)
    return {
        "programme": Cell(coded(entry.code, entry.name) if entry else ""),
        "sub_programme": Cell(coded(*ctx.sub_programmes.get(sub_programme, ("", "")))),
    }


def _above(ctx: Context, holder: Target | SubProgramme) -> dict[str, Cell]:
    goal, objective = ctx.objectives.get(holder.objective, (None, None)) if isinstance(holder, Target) else (None, None)
    number = ctx.codes.target_numbers.get(holder.id) if isinstance(holder, Target) else None
    return {
        "goal": Cell(coded(ctx.codes.goals[goal.id], goal.title) if goal else ""),
        "objective": Cell(coded(ctx.codes.objectives[objective.id], objective.title) if objective else ""),
        "target": Cell(coded(*ctx.holder_name(holder))),
        "target_number": Cell(f"P.H.{number}" if number else ctx.holder_name(holder)[0]),
    }


def _activity_row(
    ctx: Context,
    holder: Target | SubProgramme,
    activity: Activity,
    columns: tuple[Column, ...],
    units_of: dict[str, tuple[str, ...]],
) -> Row:
    cells = {
        **_above(ctx, holder),
        **_budget_programme(ctx, sub_programme_of(holder, activity)),
        "activity": Cell(ctx.activity_name(activity)),
        "units": listed(ctx.unit_names(units_of.get(activity.id, ()))),
    }
    return Row(Role.DETAIL, f"activity:{activity.id}", tuple(cells[column.key] for column in columns))


def _holder_row(ctx: Context, holder: Target | SubProgramme, columns: tuple[Column, ...]) -> Row:
    names, numbered = ctx.activity_list(holder.activities)
    units = dict.fromkeys(unit for sheet in holder.cost_sheets for unit in sheet.units)
    cells = {
        **_above(ctx, holder),
        **_budget_programme(ctx, holder.sub_programme if isinstance(holder, SubProgramme) else ""),
        "activity": Cell(),
        "activities": listed(names, numbered=numbered),
        "units": listed(ctx.unit_names(tuple(units))),
    }
    key = f"target:{holder.id}" if isinstance(holder, Target) else f"sub_programme:{holder.sub_programme}"
    return Row(Role.DETAIL, key, tuple(cells[column.key] for column in columns))


def _merged(rows: list[Row], at: int, same: Callable[[Cell, Cell], bool], *, whole: bool = False) -> list[Row]:
    """Merge equal neighbours in a column; with ``whole`` only where all rows are equal."""
    merged = list(rows)
    start = 0
    for n in range(1, len(rows) + 1):
        if n < len(rows) and same(rows[n].cells[at], rows[start].cells[at]):
            continue
        run = n - start
        if run > 1 and (not whole or run == len(rows)):
            for index in range(start, n):
                cells = list(merged[index].cells)
                cells[at] = cells[at]._replace(down=run) if index == start else COVERED
                merged[index] = merged[index]._replace(cells=tuple(cells))
        start = n
    return merged
