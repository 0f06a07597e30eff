"""The tables of what changed: values before and after, counts of records, and sums."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from perfdesk.domain.numbers import format_number
from perfdesk.domain.totals import Ledger
from perfdesk.i18n import N_
from perfdesk.tables.changes.compare import Changes
from perfdesk.tables.context import Context
from perfdesk.tables.table import COVERED, Cell, Column, ColumnKind, Fact, Part, Role, Row, Table, head

KIND: Final = "changes"
COUNTS: Final = "changed_counts"
SUMS: Final = "changed_sums"

COLUMNS: Final = (
    Column("where", N_("Where"), ColumnKind.TEXT, 4, "changes.where"),
    Column("what", N_("What"), ColumnKind.TEXT, 6, "changes.what"),
    Column("before", N_("Before"), ColumnKind.TEXT, 4, "changes.before"),
    Column("after", N_("After"), ColumnKind.TEXT, 4, "changes.after"),
)
COUNT_COLUMNS: Final = (
    Column("record", N_("Record"), ColumnKind.TEXT, 4, "changes.record"),
    Column("before", N_("Before"), ColumnKind.VALUE, 2, "changes.before"),
    Column("after", N_("After"), ColumnKind.VALUE, 2, "changes.after"),
    Column("added", N_("Added"), ColumnKind.VALUE, 2, "changes.added"),
    Column("removed", N_("Removed"), ColumnKind.VALUE, 2, "changes.removed"),
    Column("changed", N_("Changed"), ColumnKind.VALUE, 2, "changes.changed"),
)
SUM_COLUMNS: Final = (
    Column("sum", N_("Sum"), ColumnKind.TEXT, 4, "changes.sum"),
    Column("before", N_("Before"), ColumnKind.AMOUNT, 3, "changes.before"),
    Column("after", N_("After"), ColumnKind.AMOUNT, 3, "changes.after"),
    Column("difference", N_("Difference"), ColumnKind.AMOUNT, 3, "changes.difference"),
)


def values(changes: Changes) -> Table:
    """Return the table of entries that differ; neighbouring ones of one place share its cell."""
    labels = changes.new.labels
    rows = []
    entries = changes.values
    for n, entry in enumerate(entries):
        first = n == 0 or entries[n - 1].where != entry.where
        run = next((k for k, later in enumerate(entries[n:]) if later.where != entry.where), len(entries) - n)
        where = Cell(entry.where, down=run) if first else COVERED
        rows.append(
            Row(Role.DETAIL, f"changed:{n + 1}", (where, Cell(entry.what), Cell(entry.before), Cell(entry.after)))
        )
    part = Part(KIND, COLUMNS, head(COLUMNS, labels), tuple(rows))
    return Table(KIND, "", labels["changes.values"], (part,), empty=labels["changes.none"])


def counts(changes: Changes, stamps: tuple[str, str]) -> Table:
    """Return the table of how many records came, went and changed, under what has been compared."""
    labels = changes.new.labels
    rows = []
    for count in changes.counts:
        numbers = (count.before, count.after, count.added, count.removed, count.changed)
        cells = (Cell(labels[f"changes.{count.kind}"]), *map(_count, numbers))
        rows.append(Row(Role.DETAIL, count.kind, cells))
    facts = (
        Fact("before", labels["changes.old"], stamps[0]),
        Fact("after", labels["changes.new"], stamps[1]),
    )
    part = Part(COUNTS, COUNT_COLUMNS, head(COUNT_COLUMNS, labels), tuple(rows))
    return Table(COUNTS, "", labels["changes.counts"], (part,), facts, empty=labels["empty"])


def sums(changes: Changes) -> Table:
    """Return the table of the ledgers' totals before and after."""
    labels = changes.new.labels
    pairs = zip(_totals(changes.old.ledger), _totals(changes.new.ledger), strict=True)
    rows = []
    for (key, label, before), (_key, _label, after) in pairs:
        role = Role.TOTAL if key == "grand_total" else Role.DETAIL
        cells = (Cell(labels[label]), *_amounts(changes.new, (before, after, after - before)))
        rows.append(Row(role, key, cells))
    part = Part(SUMS, SUM_COLUMNS, head(SUM_COLUMNS, labels), tuple(rows))
    return Table(SUMS, "", labels["changes.sums"], (part,))


def _totals(ledger: Ledger) -> tuple[tuple[str, str, Decimal], ...]:
    return (
        ("budget", "changes.budget", ledger.activities_total.budget),
        ("off_budget", "changes.off_budget", ledger.activities_total.off_budget),
        (
            "general_administration",
            "performance.general_administration",
            ledger.general_administration_total.total,
        ),
        ("transfers", "performance.transfers", ledger.transfers_total.total),
        ("grand_total", "performance.grand_total", ledger.grand_total.total),
    )


def _count(number: int) -> Cell:
    return Cell(format_number(Decimal(number), 0), Decimal(number))


def _amounts(ctx: Context, amounts: Sequence[Decimal]) -> list[Cell]:
    return [Cell(ctx.money(amount), amount) for amount in amounts]
