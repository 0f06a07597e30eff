"""Tablo 8, first summary: programmes, sub-programmes and activities by economic code, and money off the budget."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from perfdesk.domain.money import ZERO
from perfdesk.domain.programme_budget import Amounts, Entry
from perfdesk.i18n import N_
from perfdesk.tables import total_resource_need
from perfdesk.tables.context import Context
from perfdesk.tables.programme_rows import Line, lines
from perfdesk.tables.sub_programmes import Shown, SubProgrammes
from perfdesk.tables.table import (
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

KIND: Final = "programme_codes"
NAME: Final = Column("name", N_("Programme"), ColumnKind.TEXT, 6, "programmes.activity_name")
# between the name and these stands a column for each economic code in use
SUMS: Final = (
    Column("budget", N_("Budget"), ColumnKind.AMOUNT, 3, "programmes.budget"),
    Column("off_budget", N_("Off-budget"), ColumnKind.AMOUNT, 3, "programmes.off_budget"),
    Column("total", N_("Total"), ColumnKind.AMOUNT, 3, "programmes.total"),
)
# rows that stand in table 4 as columns of the same name
_WIDE: Final = ("general_administration", "transfers")
_CODE: Final = "code_"
_UNCLASSIFIED: Final = "unclassified"


def row_key(entry: Entry) -> str:
    """Return the key of an entry's row."""
    return f"{'sheet' if entry.sheet else 'activity'}:{entry.key}"


def build(ctx: Context, subs: SubProgrammes, caption: str, between: Callable[[], object] = lambda: None) -> Table:
    """Return the table; a code prints where the layout's cost tables have it, or with an amount.

    It has a row for each activity of the book: ``between`` is called with each of them.
    """

    def below(one: Shown) -> Sequence[Line]:
        found = []
        for entry in one.entries:
            names, numbered = ctx.activity_list(entry.activities)
            line = Line(Role.DETAIL, row_key(entry), "\n".join(names), entry.amounts, numbered=numbered)
            found.append(line)
        return found

    found = lines(ctx, subs, below)
    whole = found[-1].amounts[subs.budget.year]
    codes: list[str | None] = [
        code for code in ctx.layout.form.economic_codes if code in ctx.layout.cost_codes or whole.by_code.get(code)
    ]
    codes += [None] * bool(whole.by_code.get(None))
    columns = (NAME, *map(_column, codes), *SUMS)
    names = {_printed(code): _head(ctx, code) for code in codes}
    # an activity without a cost sheet has no amounts
    bare = {line.key for line in found if not line.amounts and not line.key.startswith("sub_programme:")}
    rows = []
    for line in found:
        between()
        rows.append(Row(line.role, line.key, _cells(ctx, line, line.amounts.get(subs.budget.year), codes, bare)))
    part = Part(KIND, columns, head(columns, {**ctx.labels, **names}), tuple(rows))
    return Table(KIND, "", caption, (part,))


def _cells(
    ctx: Context, line: Line, amounts: Amounts | None, codes: Sequence[str | None], bare: set[str]
) -> tuple[Cell, ...]:
    name = listed(line.name.split("\n"), numbered=line.numbered)
    if line.key in bare:
        return (name, *[EMPTY] * (len(codes) + len(SUMS)))
    amounts = amounts or Amounts()

    def cell(column: str, amount: Decimal, *across: str, row: str = "") -> Cell:
        refs = [Ref(KIND, "", line.key, other) for other in across]
        if not across:
            refs = [Ref(KIND, "", key, column) for key in line.sums]
        if row and line.key in _WIDE:
            refs = [Ref(total_resource_need.KIND, "", row, line.key)]
        return Cell(ctx.money(amount), amount, formula=Formula(Op.SUM, tuple(refs)) if refs else None)

    keys = [_column(code).key for code in codes]
    of_codes = [
        cell(key, amounts.by_code.get(code, ZERO), row=code or _UNCLASSIFIED)
        for key, code in zip(keys, codes, strict=True)
    ]
    need = amounts.need
    return (
        name,
        *of_codes,
        cell("budget", need.budget, *keys),
        cell("off_budget", need.off_budget),
        cell("total", need.total, "budget", "off_budget"),
    )


def _column(code: str | None) -> Column:
    return Column(
        f"{_CODE}{code}" if code else _UNCLASSIFIED, N_("Economic code"), ColumnKind.AMOUNT, 3, _printed(code)
    )


def _printed(code: str | None) -> str:
    return f"programmes.code.{code or _UNCLASSIFIED}"


def _head(ctx: Context, code: str | None) -> str:
    return f"{code} {ctx.layout.form.economic_codes[code]}" if code else ctx.labels["cost.unclassified"]
