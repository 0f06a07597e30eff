"""Tables of what the programme costs by something: a row for each, then the closing rows of table 3.

Goals and spending units declare their columns and say what counts towards which row; the sums below are the ledger's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from perfdesk.domain.money import share
from perfdesk.domain.totals import Need
from perfdesk.i18n import N_
from perfdesk.tables.context import Context
from perfdesk.tables.share_note import share_note
from perfdesk.tables.table import COVERED, Cell, Column, ColumnKind, Formula, Op, Part, Ref, Role, Row, Table, head

AMOUNT_COLUMNS: Final = (
    Column("budget", N_("Budget"), ColumnKind.AMOUNT, 3, "activity.budget", "activity.amounts"),
    Column("off_budget", N_("Off-budget"), ColumnKind.AMOUNT, 2.6, "activity.off_budget", "activity.amounts"),
    Column("total", N_("Total"), ColumnKind.AMOUNT, 3, "activity.total", "activity.amounts"),
    Column("total_share", N_("Share"), ColumnKind.SHARE, 1.3, "costs.share"),
)
# where a page has no room for all of them
BRIEF_COLUMNS: Final = (
    Column("total", N_("Total"), ColumnKind.AMOUNT, 2.2, "activity.amounts"),
    Column("total_share", N_("Share"), ColumnKind.SHARE, 1, "costs.share"),
)
_CLOSING: Final = ("targets_total", "general_administration", "transfers", "grand_total")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: what it is about, its first cells, and what it needs."""

    key: str
    cells: tuple[Cell, ...]
    need: Need


def build(
    ctx: Context, kind: str, caption: str, columns: Sequence[Column], entries: Iterable[Entry], *, brief: bool = False
) -> Table:
    """Return the table; ``columns`` are those before the amounts, of which a ``brief`` table has the total alone."""
    rows = [_row(ctx, kind, Role.DETAIL, entry) for entry in entries]
    sums = ctx.ledger
    needs = (sums.activities_total, sums.general_administration_total, sums.transfers_total, sums.grand_total)
    above = {"targets_total": [row.key for row in rows], "grand_total": [*_CLOSING[:-1]]}
    for key, need in zip(_CLOSING, needs, strict=True):
        label = Cell(ctx.labels[f"performance.{key}"], span=len(columns))
        role = Role.TOTAL if key == "grand_total" else Role.SUBTOTAL
        entry = Entry(key, (label, *[COVERED] * (len(columns) - 1)), need)
        rows.append(_row(ctx, kind, role, entry, above.get(key, ())))
    shown = (*columns, *AMOUNT_COLUMNS)
    if brief:
        rows = [_brief(kind, row, above.get(row.key, ())) for row in rows]
        shown = (*columns, *BRIEF_COLUMNS)
    note = share_note(rows, above.items(), ctx.labels)
    return Table(kind, "", caption, (Part(kind, shown, head(shown, ctx.labels), tuple(rows)),), note=note)


def _row(ctx: Context, kind: str, role: Role, entry: Entry, above: Sequence[str] = ()) -> Row:
    """Return a row; ``above`` names the rows that its budget and its off-budget money are the sums of."""

    def own(column: str) -> Ref:
        return Ref(kind, "", entry.key, column)

    def summed(column: str, amount: Decimal) -> Cell:
        refs = tuple(Ref(kind, "", row, column) for row in above)
        return Cell(ctx.money(amount), amount, formula=Formula(Op.SUM, refs) if refs else None)

    need = entry.need
    part = share(need.total, ctx.ledger.grand_total.total)
    of_grand_total = Formula(Op.SHARE, (own("total"), Ref(kind, "", "grand_total", "total")))
    amounts = (
        summed("budget", need.budget),
        summed("off_budget", need.off_budget),
        Cell(ctx.money(need.total), need.total, formula=Formula(Op.SUM, (own("budget"), own("off_budget")))),
        Cell(ctx.share(part), part, formula=of_grand_total),
    )
    return Row(role, entry.key, (*entry.cells, *amounts))


def _brief(kind: str, row: Row, above: Sequence[str]) -> Row:
    """Return a row without what its total is made of: a closing one adds up the totals above it."""
    *before, _budget, _off_budget, total, part = row.cells
    refs = tuple(Ref(kind, "", key, "total") for key in above)
    summed = total._replace(formula=Formula(Op.SUM, refs) if refs else None)
    return row._replace(cells=(*before, summed, part))


def count(number: int) -> Cell:
    """Return the cell of a count."""
    return Cell(str(number), Decimal(number))
