"""Tablo 4, Toplam Kaynak İhtiyacı Tablosu: economic codes × activities, general administration, transfers."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfdesk.domain.costs import OFF_BUDGET_SOURCES, UNCLASSIFIED
from perfdesk.domain.money import ZERO, total
from perfdesk.domain.totals import by_code
from perfdesk.i18n import N_
from perfdesk.tables import cost_sheet
from perfdesk.tables.context import Context
from perfdesk.tables.table import Cell, Column, ColumnKind, Formula, Op, Part, Ref, Role, Row, Table, head

KIND: Final = "total_resource_need"
COLUMNS: Final = (
    Column("code", N_("Code"), ColumnKind.CODE, 1, "need.code"),
    Column("name", N_("Economic code"), ColumnKind.TEXT, 5, "need.name"),
    Column("activities", N_("Activities"), ColumnKind.AMOUNT, 3.2, "need.activities"),
    Column(
        "general_administration", N_("General administration"), ColumnKind.AMOUNT, 3.2, "need.general_administration"
    ),
    Column("transfers", N_("Transfers to other administrations"), ColumnKind.AMOUNT, 3.2, "need.transfers"),
    Column("total", N_("Total"), ColumnKind.AMOUNT, 3.4, "need.total"),
)
_SUMMED: Final = ("activities", "general_administration", "transfers")


def build(ctx: Context, caption: str) -> Table:
    """Return the table; every economic code always prints, "not classified" only with an amount."""
    ledger = ctx.ledger
    columns: dict[str, Mapping[str | None, Decimal]] = {
        "activities": ledger.activities,
        "general_administration": ledger.general_administration,
        "transfers": ledger.transfers,
    }
    sources = _Sources(ctx)
    rows: list[Row] = []
    shown: list[str | None] = [*ctx.layout.form.economic_codes]
    if any(amounts.get(None) for amounts in columns.values()):
        shown.append(None)
    # what the last two columns have is entered by economic code for the whole administration
    entered = {code or "unclassified" for code in shown}

    def add(key: str, code: str, name: str, amounts: list[Decimal], formulas: list[Formula | None], role: Role) -> None:
        cells = [Cell(code), Cell(name)]
        typed = (False, *[key in entered] * 2)
        cells += [
            Cell(ctx.money(amount), amount, formula=formula, typed=is_typed and formula is None)
            for amount, formula, is_typed in zip(amounts, formulas, typed, strict=True)
        ]
        across = Formula(Op.SUM, tuple(Ref(KIND, "", key, column) for column in _SUMMED))
        cells.append(Cell(ctx.money(total(amounts)), total(amounts), formula=across))
        rows.append(Row(role, key, tuple(cells)))

    for code in shown:
        key = code or UNCLASSIFIED
        name = ctx.layout.form.economic_codes[code] if code else ctx.labels["cost.unclassified"]
        amounts = [columns[column].get(code, ZERO) for column in _SUMMED]
        formulas = [sources.activities(key), None, sources.transfers(code)]
        add(key, code or "", name, amounts, formulas, Role.DETAIL)
    budget_keys = [row.key for row in rows]

    def below(keys: list[str]) -> list[Formula | None]:
        return [Formula(Op.SUM, tuple(Ref(KIND, "", key, column) for key in keys)) for column in _SUMMED]

    budget = [total(columns[column].values()) for column in _SUMMED]
    add("budget_total", "", ctx.labels["need.budget_total"], budget, below(budget_keys), Role.SUBTOTAL)
    for source in OFF_BUDGET_SOURCES:
        amounts = [ledger.off_budget.get(source, ZERO), ZERO, ZERO]
        name = ctx.layout.form.off_budget_sources[source]
        add(source, "", name, amounts, [sources.activities(source), None, None], Role.DETAIL)
    off = [total(ledger.off_budget.values()), ZERO, ZERO]
    add("off_budget_total", "", ctx.labels["need.off_budget_total"], off, below([*OFF_BUDGET_SOURCES]), Role.SUBTOTAL)
    grand = [b + o for b, o in zip(budget, off, strict=True)]
    both = ["budget_total", "off_budget_total"]
    add("grand_total", "", ctx.labels["need.grand_total"], grand, below(both), Role.TOTAL)
    return Table(KIND, "", caption, (Part(KIND, COLUMNS, head(COLUMNS, ctx.labels), tuple(rows)),))


class _Sources:
    """Where table 4's cells come from: the cost sheets' rows, and the administration-wide list as a constant."""

    def __init__(self, ctx: Context) -> None:
        self._of_key: dict[str, list[Ref]] = {}
        self._transfers: dict[str | None, list[Ref]] = {}
        self._wide = by_code(ctx.programme.transfers)
        for holder, index, sums in ctx.sheets():
            sheet = holder.cost_sheets[index]
            id_ = sheet.activities[0]
            keys: list[str] = [*cost_sheet.codes_shown(ctx, sums), *cost_sheet.sources_shown(ctx, sums.by_source)]
            if sums.by_code.get(None):
                keys.append(UNCLASSIFIED)
            for key in keys:
                self._of_key.setdefault(key, []).append(Ref(cost_sheet.KIND, id_, key, "amount"))
            for n, transfer in enumerate(sheet.transfers, 1):
                ref = Ref(cost_sheet.KIND, id_, f"transfer:{n}", "amount")
                self._transfers.setdefault(transfer.code, []).append(ref)

    def activities(self, key: str) -> Formula | None:
        refs = self._of_key.get(key)
        return Formula(Op.SUM, tuple(refs)) if refs else None

    def transfers(self, code: str | None) -> Formula | None:
        refs = self._transfers.get(code)
        return Formula(Op.SUM, tuple(refs), self._wide.get(code, ZERO)) if refs else None
