"""Tablo 3, İdare Performans Tablosu: targets and activities with budget, off-budget and total, and their shares.

A share is the amount ÷ the grand total of the same column × 100, two decimals, half up, each on its own.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, NamedTuple

from perfdesk.domain.costs import CostSheet
from perfdesk.domain.money import share
from perfdesk.domain.programme import Activity, SubProgramme, Target
from perfdesk.domain.totals import Need
from perfdesk.i18n import N_
from perfdesk.tables import cost_sheet, total_resource_need
from perfdesk.tables.context import Context, coded
from perfdesk.tables.table import (
    COVERED,
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

KIND: Final = "administration_performance"
TEXT_COLUMNS: Final = {
    "number": Column("number", N_("No."), ColumnKind.CODE, 1.2, "performance.number"),
    "target": Column("target", N_("Performance target"), ColumnKind.TEXT, 5, "performance.target"),
    "target_code": Column("target_code", N_("Performance target"), ColumnKind.CODE, 1.8, "performance.target"),
    "activity": Column("activity", N_("Activity"), ColumnKind.TEXT, 7, "performance.activity"),
    "note": Column("note", N_("Note"), ColumnKind.TEXT, 3, "performance.note"),
}


def _pair(key: str, amount: str, group: str) -> tuple[Column, Column]:
    return (
        Column(key, amount, ColumnKind.AMOUNT, 3, "performance.amount", group),
        Column(f"{key}_share", N_("Share"), ColumnKind.SHARE, 1.3, "performance.share", group),
    )


AMOUNT_COLUMNS: Final = (
    *_pair("budget", N_("Budget"), "performance.budget_group"),
    *_pair("off_budget", N_("Off-budget"), "performance.off_budget_group"),
    *_pair("total", N_("Total"), "performance.total_group"),
)
# the rows of tables 2 and 4 that hold the sums of the two amounts
_SUM_ROWS: Final = {"budget": "budget_total", "off_budget": "off_budget_total"}
_TOTAL_ROWS: Final = ("targets_total", "general_administration", "transfers", "grand_total")


def build(ctx: Context, caption: str) -> Table:
    """Return the table: a row per sheet, per target or both, as the layout says, and the four closing sums."""
    columns = (
        *(TEXT_COLUMNS[name] for name in ctx.layout.performance_columns if name != "amounts"),
        *AMOUNT_COLUMNS,
    )
    rows = tuple(_Rows(ctx, columns).build())
    return Table(KIND, "", caption, (Part(KIND, columns, head(columns, ctx.labels), rows),))


class _Entry(NamedTuple):
    """A line below a target: a cost sheet with its activities, or an activity without a sheet."""

    activities: list[Activity]
    sheet: CostSheet | None = None
    need: Need | None = None


class _Rows:
    """Builds the rows, collecting the keys of those that the targets' total adds up."""

    def __init__(self, ctx: Context, columns: tuple[Column, ...]) -> None:
        self._ctx = ctx
        self._columns = columns
        self._text_keys = [column.key for column in columns[: -len(AMOUNT_COLUMNS)]]
        self._grand = grand = ctx.ledger.grand_total
        # what a share is taken of: each column's own grand total
        self._wholes = [
            (name, whole, Ref(KIND, "", "grand_total", name))
            for name, whole in (("budget", grand.budget), ("off_budget", grand.off_budget), ("total", grand.total))
        ]
        self._counted: list[str] = []

    def build(self) -> list[Row]:
        """Return all rows."""
        sums = iter(self._ctx.ledger.sheets)
        rows: list[Row] = []
        for holder in self._ctx.programme.holders():
            needs = [next(sums).need for _ in holder.cost_sheets]
            if isinstance(holder, Target) or holder.activities:
                rows += self._holder_rows(holder, needs)
        return rows + self._closing_rows()

    def _holder_rows(self, holder: Target | SubProgramme, needs: list[Need]) -> list[Row]:
        mode = self._ctx.layout.performance_rows
        code, title = self._ctx.holder_name(holder)
        lines = [] if mode == "target" else [self._line(entry) for entry in _in_order(holder, needs)]
        if mode == "sheet" and lines:
            self._counted += [row.key for row in lines if row.key.startswith("sheet:")]
            return self._under_one_cell(lines, code, title)
        key = f"target:{holder.id}" if isinstance(holder, Target) else f"sub_programme:{holder.sub_programme}"
        # of what is put off no cost is known: its row is blank, and counts in no sum
        put_off = isinstance(holder, Target) and holder.is_put_off
        self._counted += [] if put_off else [key]
        names, numbered = self._ctx.activity_list(holder.activities)
        texts = {
            "number": Cell(code),
            "target": Cell(coded(code, title)),
            "target_code": Cell(code),
            "activity": Cell(title) if mode == "both" else listed(names, numbered=numbered),
            "note": EMPTY,
        }
        sheets = [row.key for row in lines if row.key.startswith("sheet:")]

        def sources(name: str) -> tuple[Ref, ...]:
            if lines:
                return tuple(Ref(KIND, "", sheet, name) for sheet in sheets)
            # a target without activities has no total in table 1
            if isinstance(holder, Target) and holder.activities:
                return (Ref("performance_target", holder.id, "grand_total", name),)
            return ()

        role = Role.SECTION if mode == "both" else Role.DETAIL
        return [self._row(role, key, texts, None if put_off else sum(needs, Need()), sources), *lines]

    def _under_one_cell(self, lines: list[Row], code: str, title: str) -> list[Row]:
        """Let the target's cell reach down over its lines."""
        at = next((n for n, key in enumerate(self._text_keys) if key in ("target", "target_code")), None)
        if at is None:
            return lines
        label = Cell(code if self._text_keys[at] == "target_code" else coded(code, title), down=len(lines))
        return [
            Row(row.role, row.key, (*row.cells[:at], COVERED if n else label, *row.cells[at + 1 :]))
            for n, row in enumerate(lines)
        ]

    def _line(self, entry: _Entry) -> Row:
        first = entry.activities[0].id
        names, numbered = self._ctx.activity_list(entry.activities, counted="number" in self._text_keys)
        texts = {
            "number": Cell(", ".join(str(self._ctx.codes.activity_numbers[a.id]) for a in entry.activities)),
            "target": COVERED,
            "target_code": COVERED,
            "activity": listed(names, numbered=numbered),
            "note": Cell(_note(entry)),
        }
        key = f"sheet:{first}" if entry.sheet else f"activity:{first}"
        return self._row(
            Role.DETAIL,
            key,
            texts,
            entry.need,
            lambda name: (Ref(cost_sheet.KIND, first, _SUM_ROWS[name], "amount"),),
        )

    def _closing_rows(self) -> list[Row]:
        sums = self._ctx.ledger
        needs = {
            "targets_total": sums.activities_total,
            "general_administration": sums.general_administration_total,
            "transfers": sums.transfers_total,
            "grand_total": self._grand,
        }
        sources: dict[str, Callable[[str], tuple[Ref, ...]]] = {
            "targets_total": lambda name: tuple(Ref(KIND, "", row, name) for row in self._counted),
            "grand_total": lambda name: tuple(Ref(KIND, "", row, name) for row in _TOTAL_ROWS[:-1]),
        }
        rows = []
        for key in _TOTAL_ROWS:
            label = Cell(self._ctx.labels[f"performance.{key}"], span=len(self._text_keys))
            texts = {self._text_keys[0]: label}
            role = Role.TOTAL if key == "grand_total" else Role.SUBTOTAL
            # the other two stand in table 4, under the column of the same name
            source = sources.get(key, partial(_from_table_4, key))
            rows.append(self._row(role, key, texts, needs[key], source))
        return rows

    def _row(
        self,
        role: Role,
        key: str,
        texts: Mapping[str, Cell],
        need: Need | None,
        sources: Callable[[str], tuple[Ref, ...]],
    ) -> Row:
        """Return a row; ``sources`` tells for "budget" and "off_budget" which cells an amount is the sum of."""
        cells = [texts.get(text_key, COVERED) for text_key in self._text_keys]
        if need is None:
            return Row(role, key, (*cells, *[EMPTY] * len(AMOUNT_COLUMNS)))
        ctx = self._ctx
        across: tuple[Ref, ...] = ()
        amounts = (need.budget, need.off_budget, need.total)
        for (name, whole, of), amount in zip(self._wholes, amounts, strict=True):
            refs = across if name == "total" else sources(name)
            own = Ref(KIND, "", key, name)
            across = (*across, own)
            part = share(amount, whole)
            cells.append(Cell(ctx.money(amount), amount, 1, 1, Formula(Op.SUM, refs) if refs else None))
            cells.append(Cell(ctx.share(part), part, 1, 1, Formula(Op.SHARE, (own, of))))
        return Row(role, key, tuple(cells))


def _note(entry: _Entry) -> str:
    """Return the sheet's note, else those of its activities."""
    if entry.sheet and entry.sheet.note:
        return entry.sheet.note
    return "\n".join(dict.fromkeys(activity.note for activity in entry.activities if activity.note))


def _from_table_4(column: str, name: str) -> tuple[Ref, ...]:
    return (Ref(total_resource_need.KIND, "", _SUM_ROWS[name], column),)


def _in_order(holder: Target | SubProgramme, needs: list[Need]) -> list[_Entry]:
    """Return sheets, and activities without one, in the order of their first activities."""
    by_id = {activity.id: activity for activity in holder.activities}
    entries = [
        _Entry([by_id[id_] for id_ in sheet.activities], sheet, need)
        for sheet, need in zip(holder.cost_sheets, needs, strict=True)
    ]
    covered = {id_ for sheet in holder.cost_sheets for id_ in sheet.activities}
    entries += [_Entry([activity]) for activity in holder.activities if activity.id not in covered]
    order = {activity.id: n for n, activity in enumerate(holder.activities)}
    return sorted(entries, key=lambda entry: order[entry.activities[0].id])
