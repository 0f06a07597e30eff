"""Table 1 in the file of one spending unit: the book's own table, and what of its total is the unit's.

The table stays whole, so that its figures are those of the book and the unit sees what its target needs altogether;
where others have activities in it, the total says so, and the unit's own stands below. Of a target whose indicators
alone are the unit's it says that it is the others'.
"""

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfdesk.domain.programme import Target
from perfdesk.domain.totals import Need
from perfdesk.tables import cost_sheet
from perfdesk.tables.context import Context
from perfdesk.tables.layout import fill
from perfdesk.tables.table import Cell, Formula, Op, Part, Ref, Role, Row, Table

_TOTAL: Final = "grand_total"
OWN: Final = "unit_total"
# the rows of a cost sheet that an amount comes from
_SUM_ROWS: Final = {"budget": "budget_total", "off_budget": "off_budget_total", "total": "grand_total"}


def with_own_total(ctx: Context, table: Table, target: Target, unit: str) -> Table:
    """Return the table of a target for a unit; as it is where all of its costs are the unit's, or it has no total."""
    if all(unit in sheet.units for sheet in target.cost_sheets):
        return table
    together = Need()
    own: list[str] = []
    for holder, at, sums in ctx.sheets():
        if holder is target and unit in target.cost_sheets[at].units:
            together += sums.need
            own.append(target.cost_sheets[at].activities[0])
    amounts = {"budget": together.budget, "off_budget": together.off_budget, "total": together.total}
    return dataclasses.replace(table, parts=tuple(_part(ctx, part, amounts, own) for part in table.parts))


def _part(ctx: Context, part: Part, amounts: Mapping[str, Decimal], own: list[str]) -> Part:
    total = next((row for row in part.rows if row.key == _TOTAL), None)
    if total is None:
        return part
    label, *others = total.cells
    said = ctx.labels["unit_file.with_others" if own else "unit_file.of_others"]
    total_row = total._replace(cells=(label._replace(text=fill(said, label=label.text)), *others))
    cells = [label._replace(text=ctx.labels["unit_file.own"])]
    for column, cell in zip(part.columns[1:], others, strict=True):
        if column.key not in amounts:
            cells.append(cell)
            continue
        amount = amounts[column.key]
        refs = tuple(Ref(cost_sheet.KIND, sheet, _SUM_ROWS[column.key], "amount") for sheet in own)
        cells.append(Cell(ctx.money(amount), amount, formula=Formula(Op.SUM, refs)))
    rows = (total_row if row is total else row for row in part.rows)
    below = (Row(Role.TOTAL, OWN, tuple(cells)),) if own else ()
    return dataclasses.replace(part, rows=(*rows, *below))
