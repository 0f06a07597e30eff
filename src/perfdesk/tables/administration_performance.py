"""Tablo 3, İdare Performans Tablosu: targets and activities with budget, off-budget and total, and their shares.

A share is the amount ÷ the grand total of the same column × 100, two decimals, half up, each on its own.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from perfdesk.domain.costs import CostSheet
from perfdesk.domain.money import share
from perfdesk.domain.programme import Activity, SubProgramme, Target
from perfdesk.domain.totals import Need, SheetNeed
from perfdesk.i18n import N_
from perfdesk.tables import cost_sheet, total_resource_need
from perfdesk.tables.context import Context, coded
from perfdesk.tables.table import (
    COVERED,
    EMPTY,
    Cell,
    Column,
    ColumnKind,
    Formula,
    Op,
    Part,
    Ref,
    Role,
    Row,
    Table,
    head,
    listed,
)

KIND: Final = "administration_performance"
TEXT_COLUMNS: Final = {
    "number": Column("number", N_("No"), ColumnKind.CODE, 1.2, "performance.number"),
    "target": Column("target", N_("Performance target"), ColumnKind.TEXT, 5, "performance.target"),
    "target_code": Column("target_code", N_("Performance target"), ColumnKind.CODE, 1.8, "performance.target"),
    "activity": Column("activity", N_("Activity"), ColumnKind.TEXT, 7, "performance.activity"),
    "note": Column("note", N_("Note"), ColumnKind.TEXT, 3, "performance.note"),
}


def _pair(key: str, amount: str, group: str) -> tuple[Column, Column]:
    return (
        Column(key, amount, ColumnKind.AMOUNT, 3, "performance.amount", group),
        Column(f"{key}_share", N_("Share"), ColumnKind.SHARE, 1.3, "performance.share", group),
    )


AMOUNT_COLUMNS: Final = (
    *_pair("budget", N_("Budget"), "performance.budget_group"),
    *_pair("off_budget", N_("Off-budget"), "performance.off_budget_group"),
    *_pair("total", N_("Total"), "performance.total_group"),
)
_TOTAL_ROWS: Final = ("targets_total", "general_administration", "transfers", "grand_total")


def build(ctx: Context, caption: str) -> Table:
    """Return the table: a row per sheet, per target or both, as the layout says, and the four closing sums."""
    columns = (
        *(TEXT_COLUMNS[name] for name in ctx.layout.performance_columns if name != "amounts"),
        *AMOUNT_COLUMNS,
    )
    rows: list[Row] = []
    counted: list[str] = []
    for holder, sheets in _by_holder(ctx):
        rows += _holder_rows(ctx, holder, sheets, columns, counted)
    return Table(
        KIND,
        "",
        caption,
        (Part(KIND, columns, head(columns, ctx.labels), (*rows, *_closing_rows(ctx, columns, counted))),),
    )


def _by_holder(ctx: Context) -> list[tuple[Target | SubProgramme, list[tuple[CostSheet, SheetNeed]]]]:
    sums = iter(ctx.ledger.sheets)
    return [
        (holder, [(sheet, next(sums)) for sheet in holder.cost_sheets])
        for holder in ctx.programme.holders()
        if isinstance(holder, Target) or holder.activities
    ]


def _holder_rows(
    ctx: Context,
    holder: Target | SubProgramme,
    sheets: list[tuple[CostSheet, SheetNeed]],
    columns: tuple[Column, ...],
    counted: list[str],
) -> list[Row]:
    """Return the rows of one target; ``counted`` collects the keys of the rows that the targets' total adds up."""
    code, title = ctx.holder_name(holder)
    key = f"target:{holder.id}" if isinstance(holder, Target) else f"sub_programme:{holder.sub_programme}"
    need = sum((sums.need for _, sums in sheets), Need())
    mode = ctx.layout.performance_rows
    rows: list[Row] = []
    if mode != "target":
        rows = [_sheet_row(ctx, entry, columns) for entry in _in_order(holder, sheets)]
    if mode == "sheet" and rows:
        counted += [row.key for row in rows if row.key.startswith("sheet:")]
        at = next((n for n, column in enumerate(columns) if column.key in ("target", "target_code")), None)
        if at is not None:
            label = code if columns[at].key == "target_code" else coded(code, title)
            for n, row in enumerate(rows):
                merged = Cell(label, down=len(rows)) if n == 0 else COVERED
                rows[n] = row._replace(cells=(*row.cells[:at], merged, *row.cells[at + 1 :]))
        return rows
    counted.append(key)
    if rows:
        sources = [Ref(KIND, "", row.key, "") for row in rows if row.key.startswith("sheet:")]
    elif isinstance(holder, Target):
        sources = [Ref("performance_target", holder.id, "grand_total", "")]
    else:
        sources = []
    listed_names = [ctx.activity_name(activity) for activity in holder.activities]
    texts = {
        "number": Cell(code),
        "target": Cell(coded(code, title)),
        "target_code": Cell(code),
        "activity": Cell(title) if mode == "both" or not listed_names else listed(listed_names),
        "note": EMPTY,
    }
    role = Role.SUBTOTAL if mode == "both" else Role.DETAIL
    return [Row(role, key, _cells(ctx, columns, key, texts, need, sources)), *rows]


def _in_order(
    holder: Target | SubProgramme, sheets: list[tuple[CostSheet, SheetNeed]]
) -> list[tuple[list[Activity], CostSheet | None, SheetNeed | None]]:
    """Return sheets and activities without one, in the order of their first activities."""
    by_id = {activity.id: activity for activity in holder.activities}
    order = {activity.id: n for n, activity in enumerate(holder.activities)}
    entries: list[tuple[list[Activity], CostSheet | None, SheetNeed | None]] = [
        ([by_id[id_] for id_ in sheet.activities], sheet, sums) for sheet, sums in sheets
    ]
    covered = {id_ for sheet, _ in sheets for id_ in sheet.activities}
    entries += [([activity], None, None) for activity in holder.activities if activity.id not in covered]
    return sorted(entries, key=lambda entry: order[entry[0][0].id])


def _sheet_row(
    ctx: Context, entry: tuple[list[Activity], CostSheet | None, SheetNeed | None], columns: tuple[Column, ...]
) -> Row:
    activities, sheet, sums = entry
    first = activities[0].id
    key = f"sheet:{first}" if sheet else f"activity:{first}"
    numbered = "number" in ctx.layout.performance_columns
    names = [activity.name if numbered else ctx.activity_name(activity) for activity in activities]
    numbers = [ctx.codes.activity_numbers[activity.id] for activity in activities]
    texts = {
        "number": Cell(", ".join(map(str, numbers))),
        "target": COVERED,
        "target_code": COVERED,
        "activity": listed(names),
        "note": Cell(sheet.note if sheet else activities[0].note),
    }
    sources = [Ref(cost_sheet.KIND, first, "", "amount")]
    return Row(Role.DETAIL, key, _cells(ctx, columns, key, texts, sums.need if sums else None, sources))


def _cells(
    ctx: Context,
    columns: tuple[Column, ...],
    key: str,
    texts: dict[str, Cell],
    need: Need | None,
    sources: Sequence[Ref],
) -> tuple[Cell, ...]:
    """Return a row's cells; each source says where its budget and off-budget amounts come from."""
    cells = [texts[column.key] for column in columns[: -len(AMOUNT_COLUMNS)]]
    if need is None:
        return (*cells, *[EMPTY] * len(AMOUNT_COLUMNS))
    return (*cells, *_amount_cells(ctx, key, need, sources))


def _amount_cells(ctx: Context, key: str, need: Need, sources: Sequence[Ref]) -> list[Cell]:
    grand = ctx.ledger.grand_total
    of_sheet = {"budget": "budget_total", "off_budget": "off_budget_total"}
    cells: list[Cell] = []
    for name, amount, whole in (
        ("budget", need.budget, grand.budget),
        ("off_budget", need.off_budget, grand.off_budget),
        ("total", need.total, grand.total),
    ):
        if name == "total":
            refs: tuple[Ref, ...] = (Ref(KIND, "", key, "budget"), Ref(KIND, "", key, "off_budget"))
        else:
            # a source names its own row and column, or takes those of this amount
            refs = tuple(
                source._replace(row=source.row or of_sheet[name], column=source.column or name) for source in sources
            )
        cells += _pair_of_cells(ctx, key, name, amount, whole, refs)
    return cells


def _pair_of_cells(
    ctx: Context, key: str, name: str, amount: Decimal, whole: Decimal, refs: tuple[Ref, ...]
) -> tuple[Cell, Cell]:
    part = share(amount, whole)
    of_whole = Formula(Op.SHARE, (Ref(KIND, "", key, name), Ref(KIND, "", "grand_total", name)))
    return (
        Cell(ctx.money(amount), amount, formula=Formula(Op.SUM, refs) if refs else None),
        Cell(ctx.share(part), part, formula=of_whole),
    )


def _closing_rows(ctx: Context, columns: tuple[Column, ...], counted: list[str]) -> list[Row]:
    text_columns = len(columns) - len(AMOUNT_COLUMNS)
    sums = ctx.ledger
    needs = {
        "targets_total": sums.activities_total,
        "general_administration": sums.general_administration_total,
        "transfers": sums.transfers_total,
        "grand_total": sums.grand_total,
    }
    need_kind = total_resource_need.KIND
    # both amounts of these two rows stand in table 4, under the column of the same name
    from_need = {"budget": "budget_total", "off_budget": "off_budget_total"}
    rows = []
    for key in _TOTAL_ROWS:
        label = (Cell(ctx.labels[f"performance.{key}"], span=text_columns), *[COVERED] * (text_columns - 1))
        cells: list[Cell] = list(label)
        need = needs[key]
        grand = sums.grand_total
        for name, amount, whole in (
            ("budget", need.budget, grand.budget),
            ("off_budget", need.off_budget, grand.off_budget),
            ("total", need.total, grand.total),
        ):
            if name == "total":
                refs: tuple[Ref, ...] = (Ref(KIND, "", key, "budget"), Ref(KIND, "", key, "off_budget"))
            elif key == "targets_total":
                refs = tuple(Ref(KIND, "", row, name) for row in counted)
            elif key == "grand_total":
                refs = tuple(Ref(KIND, "", row, name) for row in _TOTAL_ROWS[:-1])
            else:
                refs = (Ref(need_kind, "", from_need[name], key),)
            cells += _pair_of_cells(ctx, key, name, amount, whole, refs)
        rows.append(Row(Role.TOTAL if key == "grand_total" else Role.SUBTOTAL, key, tuple(cells)))
    return rows
