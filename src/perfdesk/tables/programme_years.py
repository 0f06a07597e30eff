"""Tablo 8, third summary: what programmes and sub-programmes need in the six periods of the form."""

from typing import Final

from perfdesk.i18n import N_
from perfdesk.tables import programme_codes
from perfdesk.tables.context import Context
from perfdesk.tables.programme_rows import lines, nothing_below
from perfdesk.tables.sub_programme_costs import AMOUNT_COLUMNS, amount_heads, amount_of
from perfdesk.tables.sub_programmes import SubProgrammes
from perfdesk.tables.table import EMPTY, Cell, Column, ColumnKind, Formula, Op, Part, Ref, Row, Table, head

KIND: Final = "programme_years"
COLUMNS: Final = (Column("name", N_("Programme"), ColumnKind.TEXT, 6, "programmes.name"), *AMOUNT_COLUMNS)


def build(ctx: Context, subs: SubProgrammes, caption: str) -> Table:
    """Return the table; what is not known of a period stays blank, and out of the sums above it."""
    found = lines(ctx, subs, nothing_below)
    periods = subs.budget.periods
    known = {(line.key, period) for line in found for period in line.amounts}
    rows = []
    for line in found:
        cells = [Cell(line.name)]
        for column, period in zip(AMOUNT_COLUMNS, periods, strict=True):
            amount = amount_of(line.amounts, period, "total")
            refs = tuple(Ref(KIND, "", key, column.key) for key in line.sums if (key, period) in known)
            if not line.sums and period == subs.budget.year:
                refs = (Ref(programme_codes.KIND, "", line.key, "total"),)
            formula = Formula(Op.SUM, refs) if refs else None
            cells.append(EMPTY if amount is None else Cell(ctx.money(amount), amount, formula=formula))
        rows.append(Row(line.role, line.key, tuple(cells)))
    heads = head(COLUMNS, {**ctx.labels, **amount_heads(ctx, periods)})
    # of transfers only the programme year's amounts are ever entered
    note = ctx.labels["programmes.years_note"] if subs.budget.transfers else ""
    return Table(KIND, "", caption, (Part(KIND, COLUMNS, heads, tuple(rows)),), note=note)
