"""What an amount of tables 3 and 4 is made of: the entered amounts behind it, each with the place it is entered.

Every amount of the two tables is a sum of entered amounts ("leaves"): lines, off-budget amounts and transfers of cost
sheets, and the two lists for the whole administration. A cell is explained by the leaves that its row and column take.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from perfdesk.domain.costs import OFF_BUDGET_SOURCES, UNCLASSIFIED, CostSheet
from perfdesk.domain.money import ZERO, total
from perfdesk.domain.programme import SubProgramme, Target
from perfdesk.services.places import Key, entry_of
from perfdesk.tables import administration_performance, total_resource_need
from perfdesk.tables.context import Context, coded

_SHARE: Final = "_share"


class EnteredIn(StrEnum):
    """Where an amount is entered; each is a column of table 4."""

    ACTIVITIES = "activities"
    GENERAL_ADMINISTRATION = "general_administration"
    TRANSFERS = "transfers"


@dataclass(frozen=True, slots=True)
class EnteredAmount:
    """An amount behind another: where it is entered, and what it is for.

    ``above`` is the target, or the administration-wide list; ``name`` the activities, or the code with its name;
    ``units`` the names of the responsible units.
    """

    entry: Key
    above: str
    name: str
    units: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Explanation:
    """An amount, what it is called in its table, and its parts; they add up to it."""

    row: str
    column: str
    amount: Decimal
    parts: tuple[EnteredAmount, ...]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """An entered amount: its code or off-budget source, and the holder and sheet it stands in, by their row keys."""

    origin: EnteredIn
    key: str
    holder: str
    sheet: str
    part: EnteredAmount
    detail: str

    @property
    def is_off_budget(self) -> bool:
        return self.key in OFF_BUDGET_SOURCES


def explain(ctx: Context, table: str, row: str, column: str) -> Explanation | None:
    """Return what an amount is made of; None for a cell that holds none.

    Args:
        ctx: the programme.
        table: the kind of table 3 or 4.
        row: the row's key in it.
        column: the column's key; a share is explained by the amount it is the share of.
    """
    build = {
        administration_performance.KIND: administration_performance.build,
        total_resource_need.KIND: total_resource_need.build,
    }.get(table)
    if build is None:
        return None
    column = column.removesuffix(_SHARE)
    part = build(ctx, "").parts[0]
    at = next((n for n, one in enumerate(part.columns) if one.key == column), -1)
    found = next((line for line in part.rows if line.key == row), None)
    if at < 0 or found is None or found.cells[at].number is None:
        return None
    takes = _of_table_3(row, column) if table == administration_performance.KIND else _of_table_4(row, column)
    if takes is None:
        return None
    leaves = [leaf for leaf in _leaves(ctx) if takes(leaf)]
    texts = (cell.text for cell in found.cells[:at] if cell.text and cell.number is None)
    name = _subject(ctx, row) or " ".join(texts)
    parts = _parts(leaves, of_one_sheet=row.startswith("sheet:"))
    head = ctx.labels.get(part.columns[at].group or part.columns[at].printed, "")
    return Explanation(name, head, found.cells[at].number or ZERO, tuple(parts))


def _subject(ctx: Context, row: str) -> str:
    """Return what a row of table 3 is about: the target, or the activities of a sheet; "" for sums."""
    kind, _colon, id_ = row.partition(":")
    for holder in ctx.programme.holders():
        if kind == "sheet":
            sheet = next((one for one in holder.cost_sheets if one.activities[0] == id_), None)
            if sheet is not None:
                return _activities(ctx, holder, sheet)
        elif ":".join(entry_of(holder)) == row:
            return coded(*ctx.holder_name(holder))
    return ""


def _activities(ctx: Context, holder: Target | SubProgramme, sheet: CostSheet) -> str:
    names = {activity.id: ctx.activity_name(activity) for activity in holder.activities}
    return "\n".join(names.get(id_, "") for id_ in sheet.activities)


def _of_table_3(row: str, column: str) -> Callable[[_Leaf], bool] | None:
    """Return which leaves a cell of table 3 takes: its row says from where, its column which money."""
    by_column: dict[str, Callable[[_Leaf], bool]] = {
        "budget": lambda leaf: not leaf.is_off_budget,
        "off_budget": lambda leaf: leaf.is_off_budget,
        "total": lambda _leaf: True,
    }
    kind = row.partition(":")[0]
    from_: dict[str, Callable[[_Leaf], bool]] = {
        "targets_total": lambda leaf: leaf.origin is EnteredIn.ACTIVITIES,
        "general_administration": lambda leaf: leaf.origin is EnteredIn.GENERAL_ADMINISTRATION,
        "transfers": lambda leaf: leaf.origin is EnteredIn.TRANSFERS,
        "grand_total": lambda _leaf: True,
        "target": lambda leaf: leaf.origin is EnteredIn.ACTIVITIES and leaf.holder == row,
        "sub_programme": lambda leaf: leaf.origin is EnteredIn.ACTIVITIES and leaf.holder == row,
        "sheet": lambda leaf: leaf.origin is EnteredIn.ACTIVITIES and leaf.sheet == row,
    }
    own, money = from_.get(kind), by_column.get(column)
    return (lambda leaf: own(leaf) and money(leaf)) if own and money else None


def _of_table_4(row: str, column: str) -> Callable[[_Leaf], bool] | None:
    """Return which leaves a cell of table 4 takes: its row says which money, its column from where."""
    sums: dict[str, Callable[[_Leaf], bool]] = {
        "budget_total": lambda leaf: not leaf.is_off_budget,
        "off_budget_total": lambda leaf: leaf.is_off_budget,
        "grand_total": lambda _leaf: True,
    }

    def own(leaf: _Leaf) -> bool:
        return leaf.key == row

    money = sums.get(row, own)
    if column == "total":
        return money
    return (lambda leaf: money(leaf) and leaf.origin == column) if column in set(EnteredIn) else None


def _parts(leaves: list[_Leaf], *, of_one_sheet: bool) -> Iterator[EnteredAmount]:
    """Yield the parts to show: of one sheet each code, of several each sheet with its sum; transfers one by one."""
    sheets: dict[str, list[EnteredAmount]] = {}
    for leaf in leaves:
        if of_one_sheet or not leaf.sheet or leaf.origin is EnteredIn.TRANSFERS:
            if leaf.part.amount:
                yield replace(leaf.part, name=leaf.detail)
        else:
            sheets.setdefault(leaf.sheet, []).append(leaf.part)
    for parts in sheets.values():
        amount = total(part.amount for part in parts)
        if amount:
            yield replace(parts[0], amount=amount)


def _leaves(ctx: Context) -> Iterator[_Leaf]:
    for holder in ctx.programme.holders():
        for sheet in holder.cost_sheets:
            yield from _of_sheet(ctx, holder, sheet)
    form = ctx.layout.form
    here = next((("part", part.key) for part in form.outline if part.holds == "resource_need"), ("", ""))
    for line in ctx.programme.general_administration:
        name = _code_name(ctx, line.code)
        part = EnteredAmount(here, ctx.labels["performance.general_administration"], name, "", line.amount)
        yield _Leaf(EnteredIn.GENERAL_ADMINISTRATION, line.code or UNCLASSIFIED, "", "", part, name)
    for transfer in ctx.programme.transfers:
        name = _transfer_name(ctx, transfer.recipient, transfer.code)
        part = EnteredAmount(here, ctx.labels["cost.transfers"], name, "", transfer.amount)
        yield _Leaf(EnteredIn.TRANSFERS, transfer.code, "", "", part, name)


def _of_sheet(ctx: Context, holder: Target | SubProgramme, sheet: CostSheet) -> Iterator[_Leaf]:
    entry = entry_of(holder)
    part = EnteredAmount(
        entry,
        coded(*ctx.holder_name(holder)),
        _activities(ctx, holder, sheet),
        "\n".join(ctx.unit_names(sheet.units)),
        ZERO,
    )

    def leaf(origin: EnteredIn, key: str, amount: Decimal, detail: str) -> _Leaf:
        above = ":".join(entry)
        return _Leaf(origin, key, above, f"sheet:{sheet.activities[0]}", replace(part, amount=amount), detail)

    for line in sheet.lines:
        yield leaf(EnteredIn.ACTIVITIES, line.code or UNCLASSIFIED, line.amount, _code_name(ctx, line.code))
    for source, amount in sheet.off_budget.items():
        yield leaf(EnteredIn.ACTIVITIES, source, amount, ctx.layout.form.off_budget_sources[source])
    for transfer in sheet.transfers:
        detail = _transfer_name(ctx, transfer.recipient, transfer.code)
        yield leaf(EnteredIn.TRANSFERS, transfer.code, transfer.amount, detail)


def _code_name(ctx: Context, code: str | None) -> str:
    return f"{code} {ctx.layout.form.economic_codes.get(code, '')}" if code else ctx.labels["cost.unclassified"]


def _transfer_name(ctx: Context, recipient: str, code: str) -> str:
    return f"{recipient} · {_code_name(ctx, code)}" if recipient else _code_name(ctx, code)
