"""Tablo 7, alt program faaliyet maliyetleri: what a sub-programme's activities cost, in the six periods of the form.

What is not known of a period stays blank, which is not the same as zero. Heads of amounts are labels of the form with a
place for their own year: ``sub_cost.amount.0`` to ``.5``.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfdesk.domain.programme_budget import Entry, Known, Period, summed
from perfdesk.i18n import N_
from perfdesk.tables import programme_codes
from perfdesk.tables.context import Context, coded
from perfdesk.tables.layout import fill
from perfdesk.tables.sub_programmes import Shown, SubProgrammes, facts
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

KIND: Final = "sub_programme_costs"
# by their place among the form's periods
AMOUNT_COLUMNS: Final = (
    Column("initial", N_("Budget"), ColumnKind.AMOUNT, 3, "sub_cost.amount.0"),
    Column("spending", N_("Spending"), ColumnKind.AMOUNT, 3, "sub_cost.amount.1"),
    Column("estimate", N_("Estimate"), ColumnKind.AMOUNT, 3, "sub_cost.amount.2"),
    Column("budget", N_("Budget"), ColumnKind.AMOUNT, 3, "sub_cost.amount.3"),
    Column("forecast_1", N_("Forecast"), ColumnKind.AMOUNT, 3, "sub_cost.amount.4"),
    Column("forecast_2", N_("Forecast"), ColumnKind.AMOUNT, 3, "sub_cost.amount.5"),
)
COLUMNS: Final = (
    Column("activity", N_("Activity"), ColumnKind.TEXT, 3, "sub_cost.activity"),
    *AMOUNT_COLUMNS,
)
# the rows below an activity: within the budget, off it, and both
_FUNDING: Final = ("budget", "off_budget", "total")
_CLOSING: Final = {"budget": "budget_total", "off_budget": "off_budget_total", "total": "grand_total"}
_OWN_YEAR: Final = 3


def build(ctx: Context, subs: SubProgrammes, one: Shown, caption: str) -> Table:
    """Return the table of a sub-programme; its id is that of the list's entry."""
    rows: list[Row] = []
    known: list[str] = []
    for entry in one.entries:
        rows += _entry_rows(ctx, subs, one, entry)
        if entry.amounts:
            known.append(entry.key)
    if rows:
        whole = summed(entry.amounts for entry in one.entries)
        rows += _closing_rows(ctx, subs, one, rows, known, whole)
        rows += _transfer_rows(ctx, one)
    part = Part(KIND, COLUMNS, head(COLUMNS, {**ctx.labels, **amount_heads(ctx, subs.budget.periods)}), tuple(rows))
    notes = "\n".join(_notes(ctx, entry) for entry in one.entries if entry.beside)
    return Table(KIND, one.id, caption, (part,), facts(ctx, one), empty=ctx.labels["empty"], note=notes)


def amount_heads(ctx: Context, periods: tuple[Period, ...]) -> Mapping[str, str]:
    """Return the printed heads of the periods by their labels, each with its own year."""
    columns = zip(AMOUNT_COLUMNS, periods, strict=True)
    return {column.printed: fill(ctx.layout.labels[column.printed], year=of.year) for column, of in columns}


def _entry_rows(ctx: Context, subs: SubProgrammes, one: Shown, entry: Entry) -> list[Row]:
    names, numbered = ctx.activity_list(entry.activities)
    rows = [_across(f"activity:{entry.key}", listed(names, numbered=numbered))]
    for funding in _FUNDING if entry.amounts else ():
        cells = [Cell(ctx.labels[f"sub_cost.{funding}"])]
        for at, (column, period) in enumerate(zip(AMOUNT_COLUMNS, subs.budget.periods, strict=True)):
            amount = amount_of(entry.amounts, period, funding)
            refs: tuple[Ref, ...] = ()
            if funding == "total":
                refs = tuple(Ref(KIND, one.id, f"{row}:{entry.key}", column.key) for row in ("budget", "off_budget"))
            elif at == _OWN_YEAR:
                refs = (Ref(programme_codes.KIND, "", programme_codes.row_key(entry), funding),)
            cells.append(_cell(ctx, amount, refs))
        role = Role.SUBTOTAL if funding == "total" else Role.DETAIL
        rows.append(Row(role, f"{funding}:{entry.key}", tuple(cells)))
    return rows


def _closing_rows(
    ctx: Context, subs: SubProgrammes, one: Shown, above: list[Row], known: list[str], whole: Known
) -> list[Row]:
    numbered = {
        (row.key, column.key)
        for row in above
        for column, cell in zip(COLUMNS, row.cells, strict=True)
        if cell.number is not None
    }
    rows = [_across("sub_programme_total", Cell(ctx.labels["sub_cost.sub_programme_total"]))]
    for funding in _FUNDING:
        cells = [Cell(ctx.labels[f"sub_cost.{funding}"])]
        for column, period in zip(AMOUNT_COLUMNS, subs.budget.periods, strict=True):
            keys = [f"{funding}:{key}" for key in known]
            if funding == "total":
                refs = tuple(Ref(KIND, one.id, _CLOSING[row], column.key) for row in ("budget", "off_budget"))
            else:
                refs = tuple(Ref(KIND, one.id, key, column.key) for key in keys if (key, column.key) in numbered)
            cells.append(_cell(ctx, amount_of(whole, period, funding), refs))
        role = Role.TOTAL if funding == "total" else Role.SUBTOTAL
        rows.append(Row(role, _CLOSING[funding], tuple(cells)))
    return rows


def _transfer_rows(ctx: Context, one: Shown) -> list[Row]:
    """Return what the sheets pass on to other administrations: no cost of the activities, and outside the totals."""
    # a sheet over several sub-programmes has its transfers where its first part stands
    sheets = [entry.sheet for entry in one.entries if entry.sheet and entry.sheet.activities[0] == entry.key]
    transfers = [transfer for sheet in sheets for transfer in sheet.transfers]
    if not transfers:
        return []
    own_year = len(COLUMNS) - len(AMOUNT_COLUMNS) + _OWN_YEAR

    def row(role: Role, key: str, name: str, code: str, cell: Cell) -> Row:
        # there is nothing to say of the periods before, so that the name has their room
        cells = [Cell(f"{code} {name}".strip(), span=own_year), *[COVERED] * (own_year - 1)]
        cells += [cell, *[EMPTY] * (len(COLUMNS) - own_year - 1)]
        return Row(role, key, tuple(cells))

    rows = [_across("transfers", Cell(ctx.labels["cost.transfers"]))]
    column = COLUMNS[own_year].key
    refs = []
    sums = Decimal(0)
    for n, transfer in enumerate(transfers, 1):
        rows.append(row(Role.DETAIL, f"transfer:{n}", transfer.recipient, transfer.code, _cell(ctx, transfer.amount)))
        refs.append(Ref(KIND, one.id, f"transfer:{n}", column))
        sums += transfer.amount
    closing = _cell(ctx, sums, tuple(refs))
    return [*rows, row(Role.SUBTOTAL, "transfers_total", ctx.labels["cost.transfers_total"], "", closing)]


def _across(key: str, cell: Cell) -> Row:
    return Row(Role.GROUP, key, (cell._replace(span=len(COLUMNS)), *[COVERED] * len(AMOUNT_COLUMNS)))


def amount_of(known: Known, period: Period, funding: str) -> Decimal | None:
    """Return an amount of a period; None where nothing is known of it."""
    amounts = known.get(period)
    if amounts is None:
        return None
    need = amounts.need
    return {"budget": need.budget, "off_budget": need.off_budget, "total": need.total}[funding]


def _cell(ctx: Context, amount: Decimal | None, refs: tuple[Ref, ...] = ()) -> Cell:
    if amount is None:
        return EMPTY
    return Cell(ctx.money(amount), amount, formula=Formula(Op.SUM, refs) if refs else None)


def _notes(ctx: Context, entry: Entry) -> str:
    """Return what is to be known of an amount that several sub-programmes share."""
    own = ", ".join(ctx.activity_name(activity) for activity in entry.activities)
    beside = ", ".join(ctx.activity_name(activity) for activity in entry.beside)
    if entry.elsewhere is not None:
        where = coded(*ctx.sub_programmes.get(entry.elsewhere, ("", "")))
        return fill(ctx.labels["sub_cost.note_elsewhere"], activities=own, sub_programme=where)
    label = "sub_cost.note_divided" if entry.divided else "sub_cost.note_whole"
    return fill(ctx.labels[label], activities=own, others=beside)
