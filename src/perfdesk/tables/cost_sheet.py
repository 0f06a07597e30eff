"""Tablo 2, Faaliyet Maliyetleri Tablosu: a cost sheet by economic code, with off-budget sources and transfers."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from perfdesk.domain.costs import OFF_BUDGET_SOURCES, UNCLASSIFIED, CostSheet
from perfdesk.domain.money import ZERO
from perfdesk.domain.programme import Activity, SubProgramme, Target
from perfdesk.domain.totals import SheetNeed
from perfdesk.i18n import N_
from perfdesk.tables.context import Context, coded
from perfdesk.tables.layout import fill
from perfdesk.tables.table import (
    Cell,
    Column,
    ColumnKind,
    Fact,
    Formula,
    Op,
    Part,
    Ref,
    Role,
    Row,
    Table,
    head,
    listed,
    shortened,
)

KIND: Final = "cost_sheet"
# of the names of activities, in what lists call a table
_LONGEST_NAME: Final = 150
COLUMNS: Final = (
    Column("code", N_("Code"), ColumnKind.CODE, 1, "cost.code"),
    Column("name", N_("Economic code"), ColumnKind.TEXT, 6, "cost.name"),
    Column("amount", N_("Amount"), ColumnKind.AMOUNT, 3, "cost.amount"),
)


def build(ctx: Context, holder: Target | SubProgramme, sheet: CostSheet, sheet_sums: SheetNeed, caption: str) -> Table:
    """Return the table of one cost sheet; its id is that of its first activity."""
    id_ = sheet.activities[0]
    rows: list[Row] = []

    def add(key: str, amount: Decimal, code: str, name: str, role: Role = Role.DETAIL, *sources: str) -> None:
        formula = Formula(Op.SUM, tuple(Ref(KIND, id_, source, "amount") for source in sources)) if sources else None
        money = Cell(ctx.cost_money(amount), amount, formula=formula, typed=role is Role.DETAIL)
        cells = (Cell(code), Cell(name), money)
        rows.append(Row(role, key, cells))

    labels = ctx.labels
    shown = codes_shown(ctx, sheet_sums)
    for code in shown:
        add(code, sheet_sums.by_code.get(code, ZERO), code, ctx.layout.form.economic_codes[code])
    unclassified = sheet_sums.by_code.get(None, ZERO)
    if unclassified:
        add(UNCLASSIFIED, unclassified, "", labels["cost.unclassified"])
    keys = [*shown, *[UNCLASSIFIED] * bool(unclassified)]
    add("budget_total", sheet_sums.need.budget, "", labels["cost.budget_total"], Role.SUBTOTAL, *keys)
    sources = sources_shown(ctx, sheet_sums.by_source)
    for source in sources:
        add(source, sheet_sums.by_source.get(source, ZERO), "", ctx.layout.form.off_budget_sources[source])
    add("off_budget_total", sheet_sums.need.off_budget, "", labels["cost.off_budget_total"], Role.SUBTOTAL, *sources)
    add(
        "grand_total",
        sheet_sums.need.total,
        "",
        labels["cost.grand_total"],
        Role.TOTAL,
        "budget_total",
        "off_budget_total",
    )
    if sheet.transfers:
        rows.append(Row(Role.GROUP, "transfers", (Cell(), Cell(labels["cost.transfers"]), Cell())))
        for n, transfer in enumerate(sheet.transfers, 1):
            add(f"transfer:{n}", transfer.amount, transfer.code, transfer.recipient)
        each = [f"transfer:{n}" for n in range(1, len(sheet.transfers) + 1)]
        add("transfers_total", sheet_sums.transfers, "", labels["cost.transfers_total"], Role.SUBTOTAL, *each)
    part = Part(KIND, COLUMNS, head(COLUMNS, labels), tuple(rows))
    return Table(KIND, id_, caption, (part,), _facts(ctx, holder, sheet))


def codes_shown(ctx: Context, sheet_sums: SheetNeed) -> list[str]:
    """Return the codes that print: the layout's set, and each with an amount."""
    printed = ctx.layout.cost_codes
    return [code for code in ctx.layout.form.economic_codes if code in printed or sheet_sums.by_code.get(code)]


def sources_shown(ctx: Context, by_source: Mapping[str, Decimal]) -> list[str]:
    """Return the off-budget sources that print: the layout's set, and each with an amount."""
    return [source for source in OFF_BUDGET_SOURCES if source in ctx.layout.cost_sources or by_source.get(source)]


def _facts(ctx: Context, holder: Target | SubProgramme, sheet: CostSheet) -> tuple[Fact, ...]:
    labels = ctx.labels
    code, title = ctx.holder_name(holder)
    label = ctx.target_label if isinstance(holder, Target) else labels["sub_programme"]
    target = (
        Fact("target", label.replace("{code}", code), title)
        if "{code}" in label
        else Fact("target", label, coded(code, title))
    )
    activities = {activity.id: activity for activity in holder.activities}
    own = [activities[id_] for id_ in sheet.activities]
    notes = (activity.note for activity in holder.activities if activity in own)
    note = sheet.note or "\n".join(dict.fromkeys(note for note in notes if note))
    units = ctx.unit_names(sheet.units)
    facts = {
        "administration": Fact("administration", labels["administration"], ctx.municipality.administration.name),
        "target": target,
        "activities": _activities(ctx, own),
        "units": _several("units", labels["units"], labels["units.several"], units),
        "note": Fact("note", labels["description"] or labels["indicator.note"], note),
    }
    # the form has the line even where nothing is written in it, but for a layout that does not name it
    named = bool(labels["description"])
    lines = [facts[key] for key in ctx.layout.cost_facts if key != "note" or note or named]
    if sheet.cooperating_units:
        names_of = ctx.unit_names(sheet.cooperating_units)
        label = labels["cooperating_units"]
        at = next((n + 1 for n, line in enumerate(lines) if line.key == "units"), len(lines))
        lines.insert(at, _several("cooperating_units", label, label, names_of))
    return tuple(lines)


def _activities(ctx: Context, own: list[Activity]) -> Fact:
    items, numbered = ctx.activity_list(own)
    found = _several("activities", ctx.labels["activity"], ctx.labels["activities"], items, numbered=numbered)
    return found._replace(named=_named(items, ctx.labels["activities.more"]))


def _named(items: Sequence[str], more: str) -> str:
    """Return how lists call a table of these activities: by the first of them, or two if both are short."""
    if len(items) < 2:
        return "".join(items)
    named = shortened(items[0], _LONGEST_NAME)
    count = 1
    if len(named) + len(items[1]) <= _LONGEST_NAME:
        # a full stop that ends a name is not followed by another mark
        named = f"{named.rstrip('.')}; {items[1]}"
        count = 2
    if count == len(items):
        return named
    return fill(more, names=named.rstrip("."), n=len(items) - count)


def _several(key: str, one: str, many: str, items: list[str], *, numbered: bool = False) -> Fact:
    cell = listed(items, numbered=numbered)
    return Fact(key, many if len(items) > 1 else one, cell.text, cell.bullets)
