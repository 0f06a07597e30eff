"""All tables of a programme's book, in book order, with their captions."""

import dataclasses
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.programme import SubProgramme, Target
from perfdesk.domain.resources import ResourceTable
from perfdesk.domain.totals import SheetNeed
from perfdesk.tables import (
    administration_performance,
    cost_sheet,
    goals,
    indicators,
    performance_target,
    policy_documents,
    programme_codes,
    programme_units,
    programme_years,
    resource_table,
    responsible_units,
    sub_programme_costs,
    sub_programme_indicators,
    total_resource_need,
)
from perfdesk.tables.context import Context
from perfdesk.tables.form import Form, OutlinePart
from perfdesk.tables.layout import Layout, fill
from perfdesk.tables.sub_programmes import SubProgrammes, sub_programmes
from perfdesk.tables.table import Table

# the tables of the programme budget: those of each sub-programme, and those of all together
OF_SUB_PROGRAMME: Final = (sub_programme_indicators.KIND, sub_programme_costs.KIND)
OF_PROGRAMMES: Final = (programme_codes.KIND, programme_units.KIND, programme_years.KIND)
# the figures' captions; they are counted by themselves
FIGURE: Final = "figure"
_TYPED_NUMBER: Final = re.compile(r"^(?:Tablo|Şekil)\s+\d+\s*[.:–-]?\s*", re.IGNORECASE)
# one letter or number is only told from a word by the sign behind it; years are no numbers of sections
_SECTION_ITEM: Final = r"(?:[IVX]+|[A-HÇĞ]|\d{1,2})"
_SECTION_NUMBER: Final = re.compile(
    rf"^{_SECTION_ITEM}(?:(?:\.{_SECTION_ITEM})*[.)–-]+|(?:\.{_SECTION_ITEM})+)\s+(?=\w)"
)


class Captions:
    """Gives each table its caption: {n} counts the tables of a kind, {N} all that are numbered so; figures alike."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._of_kind: dict[str, int] = {}
        self._numbered = {True: 0, False: 0}

    def next(self, kind: str, own: str = "") -> str:
        """Return the caption of the next table of a kind, or figure; ``own`` is the name it brings along."""
        numbered, is_figure = self._numbered, kind == FIGURE
        pattern = self._ctx.layout.captions.get(kind, "{caption}")
        n = self._of_kind[kind] = self._of_kind.get(kind, 0) + 1
        if "{N}" in pattern:
            numbered[is_figure] += 1
            # a number typed with the name gives way to the table's place in the book
            own = _TYPED_NUMBER.sub("", own)
        return fill(pattern, n=n, N=numbered[is_figure], year=self._ctx.programme.year, caption=own)


def own_name(layout: Layout, table: ResourceTable) -> str:
    """Return what a resource table is called beside the book: without a typed number that the book gives it anew."""
    is_numbered = "{N}" in layout.captions.get(resource_table.KIND, "")
    return _TYPED_NUMBER.sub("", table.caption) if is_numbered else table.caption


class BookTables:
    """Every table the layout prints, in book order.

    Given the tables from before an edit, those that the edit cannot have changed are taken over: snapshots share what
    an edit did not touch, so that identity tells. What is left is recomputed whole; there is nothing to invalidate.

    ``between`` is called with each table that is made, and within a long one; what it raises ends the making.
    """

    def __init__(
        self,
        ctx: Context,
        previous: "BookTables | None" = None,
        between: Callable[[], object] = lambda: None,
    ) -> None:
        self.ctx = ctx
        self.frame = _frame(ctx)
        # by the holder itself, for rows of targets and of sub-programmes have the same numbers
        self.of_holder: dict[int, tuple[Target | SubProgramme, object, list[Table]]] = {}
        # by number; in both what the tables were computed from, and the tables
        self.of_resource: dict[int, tuple[ResourceTable, Table]] = {}
        reusable = previous if previous is not None and _same(self.frame, previous.frame) else None
        tables = []
        for table in self._build(reusable, between):
            tables.append(table)
            between()
        self.tables = tuple(tables)

    def _build(self, previous: "BookTables | None", between: Callable[[], object]) -> Iterator[Table]:
        ctx = self.ctx
        captions = Captions(ctx)
        printed = ctx.layout.printed
        if resource_table.KIND in printed:
            for number, table in _in_book_order(ctx, ctx.programme.resource_tables):
                caption = captions.next(resource_table.KIND, table.caption)
                known = previous.of_resource.get(number) if previous else None
                if known and known[0] is table:
                    built = _captioned(known[1], caption)
                else:
                    built = resource_table.build(ctx, table, number, caption)
                self.of_resource[number] = (table, built)
                yield built
        if ctx.programme.policy_documents:
            # printed in the book alone, but numbered among the others
            captions.next(policy_documents.KIND)
        if goals.KIND in printed:
            yield goals.build(ctx, captions.next(goals.KIND))
        sums = iter(ctx.ledger.sheets)
        for holder in ctx.programme.holders():
            own_sums = [next(sums) for _ in holder.cost_sheets]
            codes = _codes_of(ctx, holder)
            before = previous.of_holder.get(id(holder)) if previous else None
            if before and before[0] is holder and before[1] == codes:
                tables = [_captioned(table, captions.next(table.kind)) for table in before[2]]
            else:
                tables = list(_holder_tables(ctx, holder, own_sums, captions))
            self.of_holder[id(holder)] = (holder, codes, tables)
            yield from tables
        if not {*OF_SUB_PROGRAMME, *OF_PROGRAMMES}.isdisjoint(printed):
            subs = sub_programmes(ctx)
            between()
            yield from _budget_tables(ctx, subs, captions, between)
        for module in (administration_performance, total_resource_need, responsible_units):
            if module.KIND in printed:
                yield module.build(ctx, captions.next(module.KIND))


def _same(frame: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return all(now is before or now == before for now, before in zip(frame, other, strict=True))


def _frame(ctx: Context) -> tuple[object, ...]:
    """Return what every table of a target depends on besides the target itself."""
    municipality = ctx.municipality
    return (
        ctx.layout,
        ctx.programme.year,
        ctx.places,
        municipality.administration,
        municipality.units,
        municipality.plans,
        municipality.programme_list,
        performance_target.prints_codes(ctx),
    )


def _codes_of(ctx: Context, holder: Target | SubProgramme) -> tuple[object, ...]:
    codes = ctx.codes
    return (
        codes.targets[holder.id] if isinstance(holder, Target) else "",
        [codes.indicators[indicator.id] for indicator in holder.indicators],
        [codes.activities[activity.id] for activity in holder.activities],
    )


def _captioned(table: Table, caption: str) -> Table:
    return table if table.caption == caption else dataclasses.replace(table, caption=caption)


def book_tables(ctx: Context) -> tuple[Table, ...]:
    """Return every table the layout prints, in book order."""
    return BookTables(ctx).tables


def _in_book_order(
    ctx: Context, tables: tuple[ResourceTable, ...], part: OutlinePart | None = None
) -> list[tuple[int, ResourceTable]]:
    """Return resource tables with their number as entered, from 1, in the order of the outline's parts."""
    form = ctx.layout.form
    outline = ctx.layout.outline
    placed = [(outline.index(part_of(form, table)), number, table) for number, table in enumerate(tables, 1)]
    ordered = sorted(placed, key=lambda entry: entry[:2])
    return [(number, table) for at, number, table in ordered if part is None or outline[at] is part]


def resource_tables(ctx: Context, captions: Captions, part: OutlinePart) -> Iterator[Table]:
    """Yield the resource tables of a part of the outline."""
    for number, table in _in_book_order(ctx, ctx.programme.resource_tables, part):
        yield resource_table.build(ctx, table, number, captions.next(resource_table.KIND, table.caption))


def section_name(table: ResourceTable) -> str:
    """Return what a resource table's section is called, without a typed number: the book numbers its own anew."""
    return _SECTION_NUMBER.sub("", table.section.strip())


def part_of(form: Form, table: ResourceTable) -> OutlinePart:
    """Return the part of the book a resource table stands in.

    Its kind tells, else its section's name: a part's own title or key, else the first word that says which part is
    meant. What says nothing stands in the last part for resource tables.
    """
    return _part_of(form, section_name(table), table.kind)


# the outline asks for every table after each edit, and many tables have the same section
@lru_cache(maxsize=1024)
def _part_of(form: Form, named: str, of_kind: str) -> OutlinePart:
    parts = [part for part in form.outline if part.holds == resource_table.KIND + "s"]
    places = {kind.key: kind.section for kind in form.resource_kinds}
    section = turkish.fold(named).strip()
    for part in parts:
        if section and section in (part.key, turkish.fold(part.title)):
            return part
    words = re.findall(r"\w+", section)
    for at in range(len(words)):
        rest = " ".join(words[at:])
        for part in parts:
            if any(match and rest.startswith(match) for match in part.matches):
                return part
    return next((part for part in parts if part.key == places.get(of_kind)), parts[-1])


def _holder_tables(
    ctx: Context, holder: Target | SubProgramme, sums: list[SheetNeed], captions: Captions
) -> Iterator[Table]:
    if isinstance(holder, Target) and performance_target.KIND in ctx.layout.printed:
        yield performance_target.build(ctx, holder, captions.next(performance_target.KIND))
    if cost_sheet.KIND in ctx.layout.printed:
        for sheet, sheet_sums in zip(holder.cost_sheets, sums, strict=True):
            yield cost_sheet.build(ctx, holder, sheet, sheet_sums, captions.next(cost_sheet.KIND))


def _budget_tables(
    ctx: Context, subs: SubProgrammes, captions: Captions, between: Callable[[], object]
) -> Iterator[Table]:
    printed = ctx.layout.printed
    for one in subs.shown:
        # what belongs to no sub-programme is shown where there is such
        if sub_programme_indicators.KIND in printed and (one.entry or one.has_indicators):
            yield sub_programme_indicators.build(ctx, one, captions.next(sub_programme_indicators.KIND))
        if sub_programme_costs.KIND in printed and (one.entry or one.entries):
            yield sub_programme_costs.build(ctx, subs, one, captions.next(sub_programme_costs.KIND))
    if programme_codes.KIND in printed:
        yield programme_codes.build(ctx, subs, captions.next(programme_codes.KIND), between)
    for module in (programme_units, programme_years):
        if module.KIND in printed:
            yield module.build(ctx, subs, captions.next(module.KIND))


def flat_indicators(ctx: Context) -> Table:
    """Return the flat list of all indicators."""
    return indicators.build(ctx, fill(ctx.layout.captions["indicators"], year=ctx.programme.year))
