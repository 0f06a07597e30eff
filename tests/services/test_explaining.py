from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.example import example
from tests.strategies import municipalities

from perfdesk.domain.money import total
from perfdesk.domain.programme import Municipality
from perfdesk.services.explaining import explain
from perfdesk.tables import administration_performance, total_resource_need
from perfdesk.tables.context import Context, context
from perfdesk.tables.layout import LAYOUTS, layout_of
from perfdesk.tables.table import ColumnKind

TABLES = {module.KIND: module for module in (administration_performance, total_resource_need)}


def contexts(municipality: Municipality, layout: str) -> Iterator[Context]:
    for programme in municipality.programmes:
        yield context(municipality, programme, layout_of(programme, layout))


def entries(ctx: Context) -> set[tuple[str, str]]:
    found = {("target", target.id) for target in ctx.programme.targets}
    found |= {("sub_programme", sub.sub_programme) for sub in ctx.programme.sub_programmes}
    return found | {("part", "resource_need")}


@given(municipality=municipalities(), layout=st.sampled_from(sorted(LAYOUTS)))
def test_the_parts_of_every_amount_add_up_to_it_exactly(municipality: Municipality, layout: str) -> None:
    for ctx in contexts(municipality, layout):
        known = entries(ctx)
        for kind, module in TABLES.items():
            part = module.build(ctx, "").parts[0]
            for row in part.rows:
                for column, cell in zip(part.columns, row.cells, strict=True):
                    explained = explain(ctx, kind, row.key, column.key)
                    if column.kind is ColumnKind.AMOUNT and cell.number is not None:
                        assert explained is not None, (kind, row.key, column.key)
                        assert explained.amount == cell.number
                        assert total(one.amount for one in explained.parts) == cell.number
                        assert all(one.entry in known for one in explained.parts)
                    elif column.kind is not ColumnKind.SHARE:
                        assert explained is None


@pytest.fixture
def ctx() -> Context:
    municipality = example()
    programme = municipality.programmes[0]
    return context(municipality, programme, layout_of(programme))


def test_a_total_over_several_sheets_names_each_with_its_activities_and_units(ctx: Context) -> None:
    explained = explain(ctx, administration_performance.KIND, "targets_total", "budget")
    assert explained is not None
    assert len({part.name for part in explained.parts}) == len(explained.parts) > 1
    assert any("Fen İşleri Müdürlüğü" in part.units for part in explained.parts)
    assert {part.entry[0] for part in explained.parts} <= {"target", "sub_programme"}


def test_a_single_sheets_amount_is_told_code_by_code(ctx: Context) -> None:
    explained = explain(ctx, administration_performance.KIND, "sheet:a1", "budget")
    assert explained is not None
    assert explained.row == "F.1.1.1.1 Asfalt\nF.1.1.1.3 Bordür"
    assert [(part.name[:2], str(part.amount)) for part in explained.parts] == [
        ("03", "100.10"),
        ("06", "900.00"),
        ("03", "0.90"),
    ]


def test_a_share_is_explained_by_its_amount(ctx: Context) -> None:
    share = explain(ctx, administration_performance.KIND, "grand_total", "total_share")
    assert share == explain(ctx, administration_performance.KIND, "grand_total", "total")


def test_transfers_come_from_the_sheets_and_from_the_list(ctx: Context) -> None:
    explained = explain(ctx, total_resource_need.KIND, "budget_total", "transfers")
    assert explained is not None
    assert {part.entry[0] for part in explained.parts} == {"target", "part"}


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [("goals", "x", "y"), (total_resource_need.KIND, "01", "name"), (total_resource_need.KIND, "nowhere", "total")],
)
def test_what_is_no_amount_has_no_explanation(ctx: Context, table: str, row: str, column: str) -> None:
    assert explain(ctx, table, row, column) is None
