"""What the read-only pages show: for every entry of the outline its facts, texts and computed tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from perfdesk.domain.administration import Administration
from perfdesk.domain.money import total
from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import Target
from perfdesk.domain.texts import BlockKind, Section
from perfdesk.gui.outline import Entry, goal_of
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.tables import (
    administration_performance,
    catalogue,
    goals,
    policy_documents,
    responsible_units,
    total_resource_need,
)
from perfdesk.tables.context import Context, has_kurus
from perfdesk.tables.form import OutlinePart
from perfdesk.tables.table import Cell, Column, ColumnKind, Head, Part, Role, Row, Table

KINDS: Final = {
    "metropolitan": N_("Metropolitan municipality"),
    "province": N_("Provincial municipality"),
    "metropolitan_district": N_("District municipality of a metropolis"),
    "district": N_("District municipality"),
    "town": N_("Town municipality"),
}
TARGETS: Final = "targets"
COMPUTED_TABLES: Final = (administration_performance.KIND, total_resource_need.KIND, responsible_units.KIND)
_TARGET_COLUMNS: Final = (
    Column("code", N_("Code"), ColumnKind.CODE, 1),
    Column("title", N_("Performance target"), ColumnKind.TEXT, 8),
    Column("indicators", N_("Indicators"), ColumnKind.VALUE, 1),
    Column("activities", N_("Activities"), ColumnKind.VALUE, 1),
    Column("total", N_("Total (TL)"), ColumnKind.AMOUNT, 2),
)


@dataclass(frozen=True, slots=True)
class Text:
    """A heading, paragraph or bullet."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled facts."""

    lines: tuple[tuple[str, str], ...]


Block = Text | Facts | Table


@dataclass(frozen=True, slots=True)
class Overview:
    """A page: its heading, a note below it, its blocks."""

    heading: str
    note: str
    blocks: tuple[Block, ...]


def overview(session: Session, entry: Entry) -> Overview:
    """Return the page of an entry of the outline."""
    ctx = session.context
    if entry.kind == "cover" or ctx is None:
        return Overview(session.municipality.administration.name, "", tuple(_cover(session)))
    if entry.kind == "goal":
        targets = [t for t in ctx.programme.targets if _goal_id(ctx, t) == entry.id]
        return Overview(entry.text, "", (targets_table(ctx, targets),))
    part = next(part for part in ctx.layout.form.outline if part.key == entry.id)
    blocks = tuple(_part(ctx, part))
    if not blocks:
        blocks = tuple(_contents(entry))
    note = _("Computed from the targets, activities and costs.") if part.holds in _COMPUTED else ""
    if not blocks:
        note = _("Nothing has been entered here yet. Parts without content are left out of the book.")
    return Overview(entry.text, note, blocks)


_COMPUTED: Final = ("resource_need", "responsible_units")


def _goal_id(ctx: Context, target: Target) -> str:
    goal = goal_of(ctx, target)
    return goal.id if goal else ""


def _cover(session: Session) -> Iterator[Block]:
    ctx = session.context
    yield Facts(tuple(_identity(session.municipality.administration)))
    if ctx is None:
        return
    holders = list(ctx.programme.holders())
    counts = {
        _("Goals"): len({_goal_id(ctx, target) for target in ctx.programme.targets} - {""}),
        _("Performance targets"): len(ctx.programme.targets),
        _("Indicators"): sum(len(holder.indicators) for holder in holders),
        _("Activities"): sum(len(holder.activities) for holder in holders),
        _("Spending units"): len(session.municipality.units),
    }
    yield Text(BlockKind.HEADING, _("{year} performance programme").format(year=ctx.programme.year))
    amount = format_number(ctx.ledger.grand_total.total, 2)
    yield Facts((*((label, str(count)) for label, count in counts.items()), (_("Total resource need"), f"{amount} TL")))


def _identity(administration: Administration) -> Iterator[tuple[str, str]]:
    population = max(administration.population, key=lambda figure: figure.year, default=None)
    facts = {
        _("Kind"): _(KINDS.get(administration.kind, "")),
        _("Province"): administration.province,
        _("Population"): f"{format_number(Decimal(population.people))} ({population.year})" if population else "",
        _("Address"): administration.address,
        _("Phone"): administration.phone,
        _("Web"): administration.web,
        _("E-mail"): administration.email,
    }
    return ((label, text) for label, text in facts.items() if text)


def _contents(entry: Entry) -> Iterator[Block]:
    """Yield the parts below, as a list."""
    for child in entry.children:
        yield Text(BlockKind.BULLET, f"{child.text} ({child.mark})" if child.mark else child.text)


def _part(ctx: Context, part: OutlinePart) -> Iterator[Block]:
    section = next((section for section in ctx.programme.sections if section.key == part.key), None)
    if section:
        yield from _section(section)
    captions = ctx.layout.form.captions
    match part.holds:
        case "resource_tables":
            tables = ctx.programme.resource_tables
            for table in catalogue.resource_tables(ctx, catalogue.Captions(ctx), part):
                # numbers are given in the book
                yield replace(table, caption=tables[int(table.id) - 1].caption)
        case "policy_documents":
            if ctx.programme.policy_documents:
                yield policy_documents.build(ctx, captions[policy_documents.KIND])
        case "goals":
            yield from _plan(ctx)
        case "targets":
            yield targets_table(ctx, ctx.programme.targets)
        case "resource_need":
            for module in (administration_performance, total_resource_need):
                yield module.build(ctx, captions[module.KIND])
        case "responsible_units":
            yield responsible_units.build(ctx, captions[responsible_units.KIND])


def _section(section: Section) -> Iterator[Block]:
    for block in section.blocks:
        text = "".join(run.text for run in block.runs) or block.caption
        if text:
            yield Text(block.kind if block.kind is not BlockKind.PICTURE else BlockKind.PARAGRAPH, text)


def _plan(ctx: Context) -> Iterator[Block]:
    plan = ctx.municipality.plan_of(ctx.programme.year)
    if plan is None:
        return
    labels = ctx.layout.labels
    for label, text in ((labels["mission"], plan.mission), (labels["vision"], plan.vision)):
        if text:
            yield Text(BlockKind.HEADING, label)
            yield Text(BlockKind.PARAGRAPH, text)
    if plan.values:
        yield Text(BlockKind.HEADING, labels["values"])
        yield from (Text(BlockKind.BULLET, value) for value in plan.values)
    if plan.goals:
        yield goals.build(ctx, ctx.layout.form.captions[goals.KIND])


def targets_table(ctx: Context, targets: Iterable[Target]) -> Table:
    """Return the list of targets with what belongs to them, and their sum."""
    places = 2 if has_kurus(ctx.programme) else 0
    listed = list(targets)
    rows = []
    for target in listed:
        counts = (len(target.indicators), len(target.activities))
        need = ctx.ledger.targets[target.id].total
        cells = (
            Cell(ctx.codes.targets[target.id]),
            Cell(target.title),
            *(Cell(str(count), Decimal(count)) for count in counts),
            Cell(format_number(need, places), need),
        )
        rows.append(Row(Role.DETAIL, f"target:{target.id}", cells))
    whole = total(ctx.ledger.targets[target.id].total for target in listed)
    sums = (sum(len(target.indicators) for target in listed), sum(len(target.activities) for target in listed))
    closing = (
        Cell(),
        Cell(_("Total")),
        *(Cell(str(n), Decimal(n)) for n in sums),
        Cell(format_number(whole, places), whole),
    )
    rows.append(Row(Role.TOTAL, "total", closing))
    head = (tuple(Head(_(column.label)) for column in _TARGET_COLUMNS),)
    return Table(TARGETS, "", "", (Part(TARGETS, _TARGET_COLUMNS, head, tuple(rows)),))
