"""All tables of a programme's book, in book order, with their captions."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.programme import Target
from perfdesk.domain.resources import ResourceTable
from perfdesk.tables import (
    administration_performance,
    cost_sheet,
    goals,
    indicators,
    performance_target,
    resource_table,
    responsible_units,
    total_resource_need,
)
from perfdesk.tables.context import Context
from perfdesk.tables.form import OutlinePart
from perfdesk.tables.layout import fill
from perfdesk.tables.table import Table

_TYPED_NUMBER: Final = re.compile(r"^Tablo\s+\d+\s*[.:–-]?\s*")


class Captions:
    """Gives each table its caption: {n} counts the tables of a kind, {N} all that are numbered so."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._of_kind: dict[str, int] = {}
        self._numbered = 0

    def next(self, kind: str, own: str = "") -> str:
        """Return the caption of the next table of a kind; ``own`` is the name it brings along."""
        pattern = self._ctx.layout.captions.get(kind, "{caption}")
        n = self._of_kind[kind] = self._of_kind.get(kind, 0) + 1
        if "{N}" in pattern:
            self._numbered += 1
            # a number typed with the name gives way to the table's place in the book
            own = _TYPED_NUMBER.sub("", own)
        return fill(pattern, n=n, N=self._numbered, year=self._ctx.programme.year, caption=own)


def book_tables(ctx: Context) -> Iterator[Table]:
    """Yield every table the layout prints, in book order."""
    captions = Captions(ctx)
    printed = ctx.layout.printed
    if resource_table.KIND in printed:
        yield from resource_tables(ctx, captions, ctx.programme.resource_tables)
    if goals.KIND in printed:
        yield goals.build(ctx, captions.next(goals.KIND))
    yield from target_tables(ctx, captions)
    if administration_performance.KIND in printed:
        yield administration_performance.build(ctx, captions.next(administration_performance.KIND))
    if total_resource_need.KIND in printed:
        yield total_resource_need.build(ctx, captions.next(total_resource_need.KIND))
    if responsible_units.KIND in printed:
        yield responsible_units.build(ctx, captions.next(responsible_units.KIND))


def resource_tables(
    ctx: Context, captions: Captions, tables: tuple[ResourceTable, ...], part: OutlinePart | None = None
) -> Iterator[Table]:
    """Yield resource tables in the order of the outline's parts, or those of one part; numbered from 1 as entered."""
    outline = ctx.layout.form.outline
    placed = [(outline.index(part_of(outline, table)), number, table) for number, table in enumerate(tables, 1)]
    for at, number, table in sorted(placed, key=lambda entry: entry[:2]):
        if part is None or outline[at] is part:
            yield resource_table.build(ctx, table, number, captions.next(resource_table.KIND, table.caption))


def part_of(outline: Sequence[OutlinePart], table: ResourceTable) -> OutlinePart:
    """Return the part of the book a resource table stands in, by the words of its own section name."""
    words = re.findall(r"\w+", turkish.fold(table.section))
    parts = [part for part in outline if part.holds == resource_table.KIND + "s"]
    for part in parts:
        if any(word.startswith(match) for match in part.matches for word in words if match):
            return part
    return parts[-1]


def target_tables(ctx: Context, captions: Captions) -> Iterator[Table]:
    """Yield table 1 of each target, followed by table 2 of its cost sheets."""
    sums = iter(ctx.ledger.sheets)
    for holder in ctx.programme.holders():
        if isinstance(holder, Target) and performance_target.KIND in ctx.layout.printed:
            yield performance_target.build(ctx, holder, captions.next(performance_target.KIND))
        for sheet in holder.cost_sheets:
            sheet_sums = next(sums)
            if cost_sheet.KIND in ctx.layout.printed:
                yield cost_sheet.build(ctx, holder, sheet, sheet_sums, captions.next(cost_sheet.KIND))


def flat_indicators(ctx: Context) -> Table:
    """Return the flat list of all indicators."""
    return indicators.build(ctx, fill(ctx.layout.captions["indicators"], year=ctx.programme.year))
