"""Mutabakat: table 3 beside table 4, and the programme beside the budget's appropriations by code and by unit."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from perfdesk.domain import reconciliation
from perfdesk.domain.money import total
from perfdesk.domain.numbers import format_number
from perfdesk.domain.reconciliation import Compared
from perfdesk.i18n import N_
from perfdesk.tables import administration_performance, total_resource_need
from perfdesk.tables.context import Context
from perfdesk.tables.layout import fill
from perfdesk.tables.table import Cell, Column, ColumnKind, Formula, Op, Part, Ref, Role, Row, Table, head

KIND: Final = "reconciliation"
# the ids of the three tables
TABLES, BY_CODE, BY_UNIT = "tables", "by_code", "by_unit"
TABLE_COLUMNS: Final = (
    Column("name", N_("Name"), ColumnKind.TEXT, 5, "control.need", slots=2),
    Column("table_3", N_("Table 3"), ColumnKind.AMOUNT, 3, "control.table_3"),
    Column("table_4", N_("Table 4"), ColumnKind.AMOUNT, 3, "control.table_4"),
    Column("difference", N_("Difference"), ColumnKind.AMOUNT, 3, "control.difference"),
)
_BUDGET_COLUMNS: Final = (
    Column("programme", N_("Programme"), ColumnKind.AMOUNT, 3, "control.programme"),
    Column("budget", N_("Budget"), ColumnKind.AMOUNT, 3, "control.budget"),
    Column("difference", N_("Difference"), ColumnKind.AMOUNT, 3, "control.difference"),
)
CODE_COLUMNS: Final = (
    Column("code", N_("Code"), ColumnKind.CODE, 1, "year.code"),
    Column("name", N_("Economic code"), ColumnKind.TEXT, 4, "year.name"),
    *_BUDGET_COLUMNS,
)
# beside each other on a sheet: code and name of the one stand under the name of the others
UNIT_COLUMNS: Final = (
    Column("unit", N_("Spending unit"), ColumnKind.TEXT, 5, "costs.unit", slots=2),
    *_BUDGET_COLUMNS,
)
# a sum of the programme → where table 4 has it
_IN_TABLE_4: Final = {
    "budget": ("budget_total", "activities"),
    "off_budget": ("off_budget_total", "activities"),
    "targets_total": ("grand_total", "activities"),
    "general_administration": ("grand_total", "general_administration"),
    "transfers": ("grand_total", "transfers"),
    "grand_total": ("grand_total", "total"),
}
# what is of no single code or unit
_OTHER: Final = "other"


def of_tables(ctx: Context) -> Table:
    """Return the sums of table 3's rows beside table 4's: both tables are added up here as they are printed.

    They are called by their titles: which numbers they have, and whether the book has both, is up to the layout.
    """
    third = administration_performance.build(ctx, "").parts[0]
    fourth = total_resource_need.build(ctx, "").parts[0]
    own, other = _amounts(third), _amounts(fourth)
    counted = _summed(third, "targets_total", "budget")
    sums = {name: total(own[row, name] for row in counted) for name in ("budget", "off_budget", "total")}
    wholes = {key: own[key, "total"] for key in ("general_administration", "transfers")}
    in_table_3 = {
        "budget": sums["budget"],
        "off_budget": sums["off_budget"],
        "targets_total": sums["total"],
        **wholes,
        "grand_total": sums["total"] + total(wholes.values()),
    }
    above = {"targets_total": ("budget", "off_budget"), "grand_total": ("targets_total", *wholes)}
    rows = [
        Row(
            _role(key, above),
            key,
            (
                Cell(ctx.labels[_LABELS.get(key, f"performance.{key}")]),
                *_compared(TABLES, key, ("table_3", "table_4"), (amount, other[_IN_TABLE_4[key]]), above.get(key, ())),
            ),
        )
        for key, amount in in_table_3.items()
    ]
    titles = ctx.layout.form.captions
    third_title, fourth_title = titles[administration_performance.KIND], titles[total_resource_need.KIND]
    labels = {key: fill(text, table_3=third_title, table_4=fourth_title) for key, text in ctx.labels.items()}
    part = Part(KIND, TABLE_COLUMNS, head(TABLE_COLUMNS, labels), tuple(rows))
    return Table(KIND, TABLES, labels["control.tables"], (part,), note=labels["control.tables_note"])


_LABELS: Final = {"budget": "control.activities_budget", "off_budget": "control.activities_off_budget"}


def of_budget(ctx: Context, captions: tuple[str, str]) -> tuple[Table, Table]:
    """Return the programme beside the appropriations, by economic code and by unit.

    Where none have been entered a table has no rows, and a sentence in their place.
    """
    labels = ctx.labels
    found = reconciliation.reconcile(ctx.programme, ctx.ledger, (unit.id for unit in ctx.municipality.units))
    names = ctx.layout.form.economic_codes
    codes = _budget_rows(
        BY_CODE,
        [(one, (Cell(one.key), Cell(names.get(one.key, "") or labels["cost.unclassified"]))) for one in found.by_code],
        (Cell(labels["total"], span=2), Cell()),
    )
    units = _budget_rows(
        BY_UNIT,
        [(one, (Cell(ctx.units.get(one.key, "") or labels["control.no_single_unit"]),)) for one in found.by_unit],
        (Cell(labels["total"]),),
    )
    return (
        Table(
            KIND,
            BY_CODE,
            captions[0],
            (Part(BY_CODE, CODE_COLUMNS, head(CODE_COLUMNS, labels), codes),),
            empty=labels["control.no_codes"],
            note=labels["control.codes_note"] if codes else "",
        ),
        Table(
            KIND,
            BY_UNIT,
            captions[1],
            (Part(BY_UNIT, UNIT_COLUMNS, head(UNIT_COLUMNS, labels), units),),
            empty=labels["control.no_units"],
            note=labels["control.units_note"] if units else "",
        ),
    )


def _budget_rows(
    id_: str, compared: Sequence[tuple[Compared, tuple[Cell, ...]]], closing: tuple[Cell, ...]
) -> tuple[Row, ...]:
    if not compared:
        return ()
    ends = ("programme", "budget")
    rows = []
    for one, texts in compared:
        key = one.key or _OTHER
        rows.append(Row(Role.DETAIL, key, (*texts, *_compared(id_, key, ends, (one.programme, one.budget)))))
    sums = (total(one.programme for one, _ in compared), total(one.budget for one, _ in compared))
    keys = [row.key for row in rows]
    return (*rows, Row(Role.TOTAL, "total", (*closing, *_compared(id_, "total", ends, sums, keys))))


def _compared(
    id_: str, key: str, columns: tuple[str, str], ends: tuple[Decimal, Decimal], above: Iterable[str] = ()
) -> tuple[Cell, Cell, Cell]:
    """Return two amounts and by how much the first exceeds the second; ``above`` are the rows they add up.

    To the kuruş and with a zero that is a number, however the book prints its amounts: here it is the zero that counts.
    """

    def end(amount: Decimal, column: str) -> Cell:
        refs = tuple(Ref(KIND, id_, row, column) for row in above)
        return Cell(format_number(amount, 2), amount, formula=Formula(Op.SUM, refs) if refs else None)

    above = tuple(above)
    refs = tuple(Ref(KIND, id_, key, column) for column in columns)
    difference = ends[0] - ends[1]
    return (
        end(ends[0], columns[0]),
        end(ends[1], columns[1]),
        Cell(format_number(difference, 2), difference, formula=Formula(Op.DIFFERENCE, refs)),
    )


def _amounts(part: Part) -> Mapping[tuple[str, str], Decimal]:
    """Return the amounts of a printed table by the keys of row and column."""
    return {
        (row.key, column.key): cell.number
        for row in part.rows
        for column, cell in zip(part.columns, row.cells, strict=True)
        if cell.number is not None
    }


def _summed(part: Part, key: str, column: str) -> list[str]:
    """Return the keys of the rows that a sum of a table adds up."""
    at = next(n for n, one in enumerate(part.columns) if one.key == column)
    formula = next(row.cells[at].formula for row in part.rows if row.key == key)
    return [ref.row for ref in formula.refs] if formula else []


def _role(key: str, above: Mapping[str, Sequence[str]]) -> Role:
    return Role.TOTAL if key == "grand_total" else Role.SUBTOTAL if key in above else Role.DETAIL
