"""Tablo 8, second summary: what each spending unit answers for under each programme and sub-programme.

What several units answer for together stands as theirs together: how they share it is not known.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from perfdesk.domain.programme_budget import Amounts, Known, summed
from perfdesk.i18n import N_
from perfdesk.tables.context import Context
from perfdesk.tables.programme_rows import Line, lines
from perfdesk.tables.sub_programmes import Shown, SubProgrammes
from perfdesk.tables.table import Cell, Column, ColumnKind, Formula, Op, Part, Ref, Role, Row, Table, head, listed

KIND: Final = "programme_units"
COLUMNS: Final = (
    Column("name", N_("Programme"), ColumnKind.TEXT, 8, "programmes.unit_name"),
    Column("budget", N_("Budget"), ColumnKind.AMOUNT, 3, "programmes.budget"),
    Column("off_budget", N_("Off-budget"), ColumnKind.AMOUNT, 3, "programmes.off_budget"),
    Column("total", N_("Total"), ColumnKind.AMOUNT, 3, "programmes.total"),
)


def build(ctx: Context, subs: SubProgrammes, caption: str) -> Table:
    """Return the table; what costs nothing has no row of units."""

    def below(one: Shown) -> Sequence[Line]:
        of_units: dict[tuple[str, ...], list[Known]] = {}
        for entry in one.entries:
            if entry.sheet and entry.amounts:
                of_units.setdefault(entry.sheet.units, []).append(entry.amounts)
        return [
            Line(Role.DETAIL, f"units:{one.id}:{n}", _names(ctx, units), summed(amounts))
            for n, (units, amounts) in enumerate(of_units.items(), 1)
        ]

    rows = []
    for line in lines(ctx, subs, below):
        need = line.amounts.get(subs.budget.year, Amounts()).need
        cells = (
            listed(line.name.split("\n")),
            _cell(ctx, need.budget, [Ref(KIND, "", key, "budget") for key in line.sums]),
            _cell(ctx, need.off_budget, [Ref(KIND, "", key, "off_budget") for key in line.sums]),
            _cell(ctx, need.total, [Ref(KIND, "", line.key, key) for key in ("budget", "off_budget")]),
        )
        rows.append(Row(line.role, line.key, cells))
    return Table(KIND, "", caption, (Part(KIND, COLUMNS, head(COLUMNS, ctx.labels), tuple(rows)),))


def _cell(ctx: Context, amount: Decimal, refs: list[Ref]) -> Cell:
    return Cell(ctx.money(amount), amount, formula=Formula(Op.SUM, tuple(refs)) if refs else None)


def _names(ctx: Context, units: tuple[str, ...]) -> str:
    return "\n".join(ctx.unit_names(units)) or ctx.labels["programmes.without_unit"]
