"""Değişen performans hedefleri: those that came and went since the year before, and whose need has changed most."""

from collections.abc import Iterator, Sequence
from typing import Final

from perfdesk.domain.programme import Target
from perfdesk.domain.totals import HolderSums, Need
from perfdesk.i18n import N_
from perfdesk.tables.context import Context, coded
from perfdesk.tables.largest_targets import holder_key
from perfdesk.tables.layout import fill
from perfdesk.tables.table import COVERED, EMPTY, Cell, Column, ColumnKind, Part, Role, Row, Table, head
from perfdesk.tables.year_comparison import AMOUNT_COLUMNS, YearChange, amounts

KIND: Final = "target_changes"
COLUMNS: Final = (Column("target", N_("Performance target"), ColumnKind.TEXT, 5, "year.target"), *AMOUNT_COLUMNS)
# more of a kind are told together in one row
MOST: Final = 8
MOST_CHANGED: Final = 5


def build(change: YearChange, caption: str) -> Table:
    """Return the table; empty where nothing has changed."""
    rows = [*_one_sided(change, "added", change.added), *_one_sided(change, "removed", change.removed)]
    changed = [(old, new) for old, new in change.kept if old.need.total != new.need.total]
    if changed:
        rows.append(_group("changed", change.labels["year.changed"]))
        changed.sort(key=lambda pair: -abs(pair[1].need.total - pair[0].need.total))
    for old, new in changed[:MOST_CHANGED]:
        key = holder_key(new.holder)
        cells = amounts(change, KIND, key, (old.need.total, new.need.total))
        rows.append(Row(Role.DETAIL, key, (Cell(_name(change.ctx, new)), *cells)))
    part = Part(KIND, COLUMNS, head(COLUMNS, change.labels), tuple(rows))
    return Table(KIND, "", caption, (part,), empty=change.labels["empty"])


def _one_sided(change: YearChange, key: str, holders: Sequence[HolderSums]) -> Iterator[Row]:
    """Yield what is in one of the years only, the most costly first."""
    if not holders:
        return
    yield _group(key, fill(change.labels[f"year.{key}"], count=len(holders)))
    ctx = change.ctx if key == "added" else change.before
    ordered = sorted(holders, key=lambda sums: -sums.need.total)
    # a row for the others would say no less than a single one of them
    shown = ordered if len(ordered) == MOST + 1 else ordered[:MOST]
    for sums in shown:
        put_off = isinstance(sums.holder, Target) and sums.holder.is_put_off
        yield _row(change, key, holder_key(sums.holder), _name(ctx, sums), None if put_off else sums.need)
    if rest := ordered[len(shown) :]:
        name = fill(change.labels["chart.others"], count=len(rest))
        yield _row(change, key, f"{key}:others", name, sum((sums.need for sums in rest), Need()))


def _row(change: YearChange, side: str, key: str, name: str, need: Need | None) -> Row:
    amount = Cell(change.exact.money(need.total), need.total) if need is not None else EMPTY
    ends = (EMPTY, amount) if side == "added" else (amount, EMPTY)
    return Row(Role.DETAIL, key, (Cell(name), *ends, EMPTY, EMPTY))


def _group(key: str, text: str) -> Row:
    return Row(Role.GROUP, key, (Cell(text, span=len(COLUMNS)), *[COVERED] * (len(COLUMNS) - 1)))


def _name(ctx: Context, sums: HolderSums) -> str:
    return coded(*ctx.holder_name(sums.holder))
