"""Maliyeti en yüksek performans hedefleri: the targets, or sub-programmes, that need most, and what is left."""

from decimal import Decimal
from typing import Final

from perfdesk.domain.money import share
from perfdesk.domain.programme import SubProgramme, Target
from perfdesk.domain.totals import HolderSums, Need
from perfdesk.i18n import N_
from perfdesk.tables.context import Context, coded
from perfdesk.tables.layout import fill
from perfdesk.tables.share_note import share_note
from perfdesk.tables.table import COVERED, Cell, Column, ColumnKind, Formula, Op, Part, Ref, Role, Row, Table, head

KIND: Final = "largest_targets"
MOST: Final = 10
COLUMNS: Final = (
    Column("number", N_("No"), ColumnKind.CODE, 0.7, "performance.number"),
    Column("target", N_("Performance target"), ColumnKind.TEXT, 6, "performance.target"),
    Column("units", N_("Responsible units"), ColumnKind.TEXT, 3.4, "responsible.units"),
    Column("total", N_("Total"), ColumnKind.AMOUNT, 3, "year.current"),
    Column("total_share", N_("Share"), ColumnKind.SHARE, 1.8, "costs.share_of_activities"),
)
_TEXTS: Final = 3
_MOST_UNITS: Final = 2


def build(ctx: Context, caption: str) -> Table:
    """Return the table; what costs nothing is none of the largest."""
    ordered = sorted((sums for sums in ctx.ledger.holders if sums.need.total), key=lambda sums: -sums.need.total)
    rows = [_target(ctx, number, sums) for number, sums in enumerate(ordered[:MOST], 1)]
    shown = [row.key for row in rows]
    rows.append(_closing(ctx, Role.SUBTOTAL, "shown", ctx.labels["costs.shown"], _sum(ordered[:MOST]), shown))
    closing = ["shown"]
    shown_holders = {id(sums) for sums in ordered[:MOST]}
    others = [sums for sums in filter(counts, ctx.ledger.holders) if id(sums) not in shown_holders]
    if others:
        label = fill(ctx.labels["costs.others"], count=len(others))
        rows.append(_closing(ctx, Role.SUBTOTAL, "others", label, _sum(others), ()))
        closing.append("others")
    label = ctx.labels["performance.targets_total"]
    rows.append(_closing(ctx, Role.TOTAL, "targets_total", label, ctx.ledger.activities_total, closing))
    part = Part(KIND, COLUMNS, head(COLUMNS, ctx.labels), tuple(rows))
    note = share_note(rows, (("shown", shown), ("targets_total", closing)), ctx.labels)
    return Table(KIND, "", caption, (part,), note=note)


def _target(ctx: Context, number: int, sums: HolderSums) -> Row:
    holder = sums.holder
    names = dict.fromkeys(name for sheet in holder.cost_sheets for name in ctx.unit_names(sheet.units) if name)
    units = ", ".join([*names][:_MOST_UNITS])
    if len(names) > _MOST_UNITS:
        units = fill(ctx.labels["costs.more_units"], units=units, count=len(names) - _MOST_UNITS)
    texts = (Cell(str(number)), Cell(coded(*ctx.holder_name(holder))), Cell(units))
    key = holder_key(holder)
    return Row(Role.DETAIL, key, (*texts, *_amounts(ctx, key, sums.need.total, ())))


def _closing(ctx: Context, role: Role, key: str, label: str, need: Need, above: list[str] | tuple[()]) -> Row:
    texts = (Cell(label, span=_TEXTS), *[COVERED] * (_TEXTS - 1))
    return Row(role, key, (*texts, *_amounts(ctx, key, need.total, above)))


def _amounts(ctx: Context, key: str, amount: Decimal, above: list[str] | tuple[()]) -> tuple[Cell, Cell]:
    part = share(amount, ctx.ledger.activities_total.total)
    refs = tuple(Ref(KIND, "", row, "total") for row in above)
    of_all = Formula(Op.SHARE, (Ref(KIND, "", key, "total"), Ref(KIND, "", "targets_total", "total")))
    return (
        Cell(ctx.money(amount), amount, formula=Formula(Op.SUM, refs) if refs else None),
        Cell(ctx.share(part), part, formula=of_all),
    )


def _sum(holders: list[HolderSums]) -> Need:
    return sum((sums.need for sums in holders), Need())


def counts(sums: HolderSums) -> bool:
    """Whether a target or sub-programme counts as such: most sub-programmes hold nothing that no target holds."""
    holder = sums.holder
    return isinstance(holder, Target) or bool(holder.activities or holder.indicators)


def holder_key(holder: Target | SubProgramme) -> str:
    """Return what tells a target or sub-programme in every year."""
    return f"target:{holder.id}" if isinstance(holder, Target) else f"sub_programme:{holder.sub_programme}"
