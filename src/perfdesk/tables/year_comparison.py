"""Geçen yıla göre değişiklikler: a programme beside the one of the year before, by economic code.

Both years' sums are those of their own ledgers; a target is the same in both where its identity is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from perfdesk.domain.costs import OFF_BUDGET_SOURCES
from perfdesk.domain.money import ZERO, share, total
from perfdesk.domain.numbers import format_number
from perfdesk.domain.totals import HolderSums, Ledger
from perfdesk.i18n import N_
from perfdesk.tables.context import Context, context
from perfdesk.tables.largest_targets import counts, holder_key
from perfdesk.tables.layout import fill
from perfdesk.tables.sentences import sentence
from perfdesk.tables.table import Cell, Column, ColumnKind, Formula, Op, Part, Ref, Role, Row, Table, head

KIND: Final = "year_comparison"
AMOUNT_COLUMNS: Final = (
    Column("previous_amount", N_("Previous year"), ColumnKind.AMOUNT, 3, "year.previous"),
    Column("current_amount", N_("Programme year"), ColumnKind.AMOUNT, 3, "year.current"),
    Column("difference", N_("Difference"), ColumnKind.AMOUNT, 3, "year.difference"),
    Column("change", N_("Change"), ColumnKind.SHARE, 1.5, "year.change"),
)
COLUMNS: Final = (
    Column("code", N_("Code"), ColumnKind.CODE, 0.8, "year.code"),
    Column("name", N_("Economic code"), ColumnKind.TEXT, 4, "year.name"),
    *AMOUNT_COLUMNS,
)
# of nothing there is no rate of change
_NO_RATE: Final = Cell("-")


@dataclass(frozen=True, slots=True)
class YearChange:
    """Two years side by side: the programme, and that of the year before in the same layout.

    ``kept`` has the sums of both years of what is in both, the earlier ones first.
    """

    ctx: Context
    before: Context
    added: tuple[HolderSums, ...]
    removed: tuple[HolderSums, ...]
    kept: tuple[tuple[HolderSums, HolderSums], ...]

    @property
    def exact(self) -> Context:
        """The year whose notation shows the amounts of both: with kuruş, where one of them has some."""
        return max(self.ctx, self.before, key=lambda ctx: ctx.places)

    @property
    def labels(self) -> dict[str, str]:
        """The printed words, with the year before filled in."""
        previous = self.before.programme.year
        return {key: fill(text, previous=previous) for key, text in self.ctx.labels.items()}


def change_of(ctx: Context) -> YearChange | None:
    """Return what has changed since the year before; None where the file holds no programme of it."""
    programme = ctx.municipality.programme(ctx.programme.year - 1)
    if programme is None:
        return None
    before = context(ctx.municipality, programme, ctx.layout)
    old, new = (
        {holder_key(sums.holder): sums for sums in filter(counts, year.ledger.holders)} for year in (before, ctx)
    )
    return YearChange(
        ctx,
        before,
        tuple(sums for key, sums in new.items() if key not in old),
        tuple(sums for key, sums in old.items() if key not in new),
        tuple((old[key], sums) for key, sums in new.items() if key in old),
    )


def build(change: YearChange, caption: str) -> Table:
    """Return the comparison by economic code and off-budget source."""
    form, words = change.ctx.layout.form, change.labels
    ledgers = (change.before.ledger, change.ctx.ledger)
    old, new = map(_by_code, ledgers)
    rows: list[Row] = []

    def add(role: Role, key: str, code: str, name: str, ends: Sequence[Decimal], above: Sequence[str] = ()) -> None:
        rows.append(Row(role, key, (Cell(code), Cell(name), *amounts(change, KIND, key, ends, above))))

    for code, name in form.economic_codes.items():
        add(Role.DETAIL, code, code, name, (old.get(code, ZERO), new.get(code, ZERO)))
    unclassified = (old.get(None, ZERO), new.get(None, ZERO))
    if any(unclassified):
        add(Role.DETAIL, "unclassified", "", words["cost.unclassified"], unclassified)
    keys = [row.key for row in rows]
    budget = [ledger.grand_total.budget for ledger in ledgers]
    add(Role.SUBTOTAL, "budget_total", "", words["need.budget_total"], budget, keys)
    for source in OFF_BUDGET_SOURCES:
        ends = [ledger.off_budget.get(source, ZERO) for ledger in ledgers]
        add(Role.DETAIL, source, "", form.off_budget_sources[source], ends)
    off_budget = [ledger.grand_total.off_budget for ledger in ledgers]
    add(Role.SUBTOTAL, "off_budget_total", "", words["need.off_budget_total"], off_budget, OFF_BUDGET_SOURCES)
    both = [ledger.grand_total.total for ledger in ledgers]
    add(Role.TOTAL, "grand_total", "", words["need.grand_total"], both, ("budget_total", "off_budget_total"))
    return Table(KIND, "", caption, (Part(KIND, COLUMNS, head(COLUMNS, words), tuple(rows)),))


def amounts(
    change: YearChange, kind: str, key: str, ends: Sequence[Decimal], above: Sequence[str] = ()
) -> tuple[Cell, Cell, Cell, Cell]:
    """Return the cells of two years' amounts, their difference and its rate.

    Args:
        change: what is compared.
        kind: that of the table.
        key: that of the row.
        ends: the amounts, the earlier first.
        above: the rows that the amounts are the sums of.
    """
    old, new = ends
    money = change.exact.money

    def end(amount: Decimal, column: str) -> Cell:
        refs = tuple(Ref(kind, "", row, column) for row in above)
        return Cell(money(amount), amount, formula=Formula(Op.SUM, refs) if refs else None)

    before, now, difference = (Ref(kind, "", key, column.key) for column in AMOUNT_COLUMNS[:3])
    rate = share(new - old, old)
    return (
        end(old, "previous_amount"),
        end(new, "current_amount"),
        Cell(money(new - old), new - old, formula=Formula(Op.DIFFERENCE, (now, before))),
        Cell(change.ctx.share(rate), rate, formula=Formula(Op.SHARE, (difference, before))) if old else _NO_RATE,
    )


def sentences(change: YearChange) -> tuple[str, str]:
    """Return what the comparison comes to, in words: of the money, and of the targets."""
    words = change.labels
    before, after = change.before.ledger.grand_total.total, change.ctx.ledger.grand_total.total
    key = "more" if after > before else "less" if after < before else "same"
    rate = format_number(share(abs(after - before), before), 2)
    money = sentence(
        change.exact,
        words[f"year.{key}"],
        {"before": before, "after": after, "difference": abs(after - before)},
        percent=fill(change.ctx.percent, share=rate),
    )
    counts = {"added": len(change.added), "removed": len(change.removed), "kept": len(change.kept)}
    return money, fill(words["year.targets"], **counts)


def _by_code(ledger: Ledger) -> Mapping[str | None, Decimal]:
    """Return the right column of table 4."""
    columns = (ledger.activities, ledger.general_administration, ledger.transfers)
    codes = {code for column in columns for code in column}
    return {code: total(column.get(code, ZERO) for column in columns) for code in codes}
