"""The workbook's cover, its links, guard, trends and properties."""

import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.writers.sheets import Evaluator, load, small_workbook
from tests.example import example
from tests.strategies import municipalities

from perfdesk.documents import programme_workbook
from perfdesk.documents.blocks import Sheet, Workbook
from perfdesk.documents.writers import xlsx
from perfdesk.documents.writers.xlsx import texts
from perfdesk.documents.writers.xlsx.layout import lay_out
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.tables import summary
from perfdesk.tables.context import context
from perfdesk.tables.layout import LAYOUTS, layout_of
from perfdesk.tables.table import Cell, Column, ColumnKind, Formula, Head, Op, Part, Ref, Role, Row, Table

SUMS = ("targets_total", "general_administration", "transfers", "grand_total")


@pytest.fixture(scope="module", params=LAYOUTS)
def made(request):
    """The context of some of the sample's targets, its workbook, and the bytes of that."""
    municipality = read(resource("sample", "guneycam.json").read_bytes())
    programme = municipality.programme(2027)
    programme = replace(programme, targets=programme.targets[:4], resource_tables=programme.resource_tables[:2])
    ctx = context(municipality, programme, layout_of(programme, request.param))
    workbook = programme_workbook.build(ctx)
    return ctx, workbook, xlsx.write(workbook)


def placed_rows(workbook, at=0):
    """Yield (row key, column, sheet row, sheet column, cell) of the cells of a sheet that are not under a merge."""
    sheet = workbook.sheets[at]
    for placed in lay_out(sheet, sheet.name, [one.name for one in workbook.sheets]).tables:
        for part in placed.parts:
            for row, top in zip(part.part.rows, part.tops, strict=False):
                for x, cell in enumerate(row.cells):
                    yield row.key, part.part.columns[x], top + 1, part.starts[x] + 1, cell


# --- cover ----------------------------------------------------------------------------------------------------------


def test_the_cover_has_the_ledger_s_sums_as_live_formulas(made):
    ctx, workbook, data = made
    name = workbook.sheets[0].name
    needs = (
        ctx.ledger.activities_total,
        ctx.ledger.general_administration_total,
        ctx.ledger.transfers_total,
        ctx.ledger.grand_total,
    )
    expected = {
        (key, column): getattr(need, column)
        for key, need in zip(SUMS, needs, strict=True)
        for column in ("budget", "off_budget", "total")
    }
    formulas, evaluator, stored = load(data)[name], Evaluator(data), load(data, results=True)[name]
    found = {}
    for key, column, y, x, cell in placed_rows(workbook):
        if cell.number is not None and column.kind is ColumnKind.AMOUNT:
            found[key, column.key] = evaluator.cell(name, y, x)
            assert Decimal(repr(stored.cell(y, x).value)) == cell.number
            live = formulas.cell(y, x).data_type == "f"
            # where neither table 3 nor table 4 is printed, there is nothing to refer to but the cover itself
            assert live or ctx.layout.name == "plain", (key, column.key)
            assert live or column.key != "total"
    assert found == expected


def test_the_sums_refer_to_other_sheets(made):
    ctx, workbook, data = made
    sheet = load(data)[workbook.sheets[0].name]
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    others = [text for text in formulas if "!" in text]
    assert others == ([] if ctx.layout.name == "plain" else formulas)


def test_the_cover_counts_the_programme(made):
    ctx, workbook, data = made
    sheet = load(data)[workbook.sheets[0].name]
    counts = {key: sheet.cell(y, x).value for key, column, y, x, _ in placed_rows(workbook) if column.key == "number"}
    goals = ctx.municipality.plan_of(2027).goals
    holders = list(ctx.programme.holders())
    assert counts == {
        "goals": len(goals),
        "objectives": sum(len(goal.objectives) for goal in goals),
        "targets": len(ctx.programme.targets),
        "indicators": sum(len(holder.indicators) for holder in holders),
        "activities": sum(len(holder.activities) for holder in holders),
    }


def test_links_lead_to_every_sheet_and_back(made):
    _, _workbook, data = made
    book = load(data)
    cover, *others = book.sheetnames
    links = {cell.value: cell.hyperlink.location for row in book[cover].iter_rows() for cell in row if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in others}
    for name in others:
        assert book[name]["A1"].hyperlink.location == f"'{cover}'!A1"
        # the link stays in view, and off the paper
        assert book[name].freeze_panes != "A1"
        assert ":" in book[name].print_area
        assert "$1" not in re.findall(r"\$[A-Z]+(\$\d+):", book[name].print_area)


def test_links_take_any_name_of_a_sheet():
    column = Column("a", "", ColumnKind.TEXT)
    table = Table("t", "", "", (Part("p", (column,), (), (Row(Role.DETAIL, "", (Cell("x"),)),)),))
    named = (Sheet("k", "Özet", (table,), lists="Sayfalar"), Sheet("k", "Ilgın'ın [1] & B", (table,), back="‹"))
    book = load(xlsx.write(Workbook("", "", ("", ""), "", named)))
    name = "Ilgın'ın 1 & B"
    assert book.sheetnames == ["Özet", name]
    links = [cell.hyperlink.location for row in book["Özet"].iter_rows() for cell in row if cell.hyperlink]
    assert links == ["'Ilgın''ın 1 & B'!A1"]
    assert book[name]["A1"].hyperlink.location == "'Özet'!A1"


# --- guard ----------------------------------------------------------------------------------------------------------


def test_only_typed_cells_are_open(made):
    _, workbook, data = made
    book = load(data)
    opened = {}
    for at, sheet in enumerate(workbook.sheets):
        guard = book[sheet.name].protection
        assert guard.sheet
        assert guard.password is None
        # openpyxl tells what is forbidden
        assert not any((guard.formatCells, guard.formatColumns, guard.formatRows, guard.autoFilter))
        assert guard.insertRows
        assert guard.deleteRows
        for _, _, y, x, cell in placed_rows(workbook, at):
            found = book[sheet.name].cell(y, x)
            if type(found).__name__ == "MergedCell":
                continue
            assert found.protection.locked is not cell.typed, (sheet.name, found.coordinate)
            opened[sheet.kind] = opened.get(sheet.kind, 0) + cell.typed
        locked = [cell for row in book[sheet.name].iter_rows() for cell in row if cell.data_type == "f"]
        assert all(cell.protection.locked for cell in locked)
    assert opened["indicators"]
    assert not opened[summary.KIND]


@settings(max_examples=20)
@given(municipalities(), st.sampled_from(LAYOUTS))
def test_nothing_computed_counts_as_typed(municipality, layout):
    for programme in municipality.programmes:
        workbook = programme_workbook.build(context(municipality, programme, layout_of(programme, layout)))
        for at in range(len(workbook.sheets)):
            for key, column, _, _, cell in placed_rows(workbook, at):
                assert not (cell.typed and cell.formula), (key, column.key)


def test_what_is_entered_for_the_whole_administration_is_open():
    municipality = example()
    programme = municipality.programme(2025)
    workbook = programme_workbook.build(context(municipality, programme, layout_of(programme)))
    at = next(n for n, sheet in enumerate(workbook.sheets) if sheet.kind == "total_resource_need")
    typed = {(key, column.key) for key, column, _, _, cell in placed_rows(workbook, at) if cell.typed}
    assert ("01", "general_administration") in typed
    # 05 has a transfer of an activity besides: it is computed
    assert ("05", "transfers") not in typed
    assert not {column for _, column in typed} - {"general_administration", "transfers"}
    assert not {key for key, _ in typed} & {"foreign", "budget_total", "grand_total"}


def test_a_workbook_without_a_guard_has_none():
    assert not any(sheet.protection.sheet for sheet in load(xlsx.write(small_workbook())))


# --- trends ---------------------------------------------------------------------------------------------------------


def n(text):
    return Cell(text, Decimal(text))


LONG = "0." + "1" * 20


@pytest.mark.parametrize(
    ("cells", "over", "source"),
    [
        ((n("1"), n("2"), n("3")), "abc", "A2:C2"),
        ((n("1"), Cell(), n("3")), "abc", "A2:C2"),
        ((n("1"), Cell("-"), n("3")), "abc", ""),
        ((Cell("60 bin"), n("2"), n("3")), "abc", "B2:C2"),
        ((n("1"), n("2"), Cell("X")), "abc", "A2:B2"),
        ((n("1"), n("2"), Cell(LONG.replace(".", ","), Decimal(LONG))), "abc", "A2:B2"),
        ((Cell(), n("2"), Cell()), "abc", ""),
        ((n("1"), n("2"), n("3")), "bc", "B2:C2"),
        ((n("1"), n("2"), n("3")), "", ""),
    ],
)
def test_a_trend_runs_over_the_numbers_alone(cells, over, source):
    columns = (
        *(Column(key, "", ColumnKind.VALUE) for key in "abc"),
        Column("trend", "", ColumnKind.TREND, over=tuple(over)),
    )
    head = (tuple(Head(column.key) for column in columns),)
    table = Table("t", "", "", (Part("p", columns, head, (Row(Role.DETAIL, "", (*cells, Cell())),)),))
    assert _trends(xlsx.write(Workbook("", "", ("", ""), "", (Sheet("k", "S", (table,)),))), 1) == (
        {"D2": f"S!{source}"} if source else {}
    )


def test_every_indicator_with_numbers_has_its_trend(made):
    ctx, workbook, data = made
    at = next(n for n, sheet in enumerate(workbook.sheets) if sheet.kind == "indicators")
    years = ctx.years
    expected = 0
    for holder in ctx.programme.holders():
        for indicator in holder.indicators:
            values = [indicator.value(ctx.programme.year, year) for year in years]
            numbers = [value.number is not None for value in values]
            passed = [number or value.is_blank for number, value in zip(numbers, values, strict=True)]
            expected += sum(numbers) > 1 and (all(passed) or numbers[1])
    assert expected
    assert len(_trends(data, at + 1)) == expected


def _trends(data, number):
    xml = _part(data, f"xl/worksheets/sheet{number}.xml")
    return {
        place: source.replace("&apos;", "'")
        for source, place in re.findall(r"<xm:f>([^<]*)</xm:f><xm:sqref>([^<]*)</xm:sqref>", xml)
    }


# --- the rest -------------------------------------------------------------------------------------------------------


def test_the_file_says_what_it_is(made):
    _, _workbook, data = made
    properties = load(data).properties
    assert properties.title == "Güneyçam Belediyesi 2027 Yılı Performans Programı"
    assert properties.subject == "2027 Yılı Performans Programı"
    assert properties.creator == "Güneyçam Belediyesi"
    assert "2027" in properties.keywords.split(", ")
    assert "tr-TR" in _part(data, "docProps/custom.xml")
    assert _part(data, "docProps/app.xml").count("<Company>Güneyçam Belediyesi</Company>") == 1


def test_a_version_s_stamp_stands_on_every_page():
    assert texts.footer("Sayfa {page} / {pages}", "Sürüm 2 & 3") == "&L&8 Sürüm 2 && 3&R&8 Sayfa &P / &N"
    long = texts.footer("Sayfa {page} / {pages}", "ç" * 400)
    assert len(long) <= 255
    assert long.endswith("&R&8 Sayfa &P / &N")


def test_differences_are_computed():
    columns = tuple(Column(key, "", ColumnKind.AMOUNT) for key in "abc")
    less = Formula(Op.DIFFERENCE, (Ref("t", "", "r", "a"), Ref("t", "", "r", "b")))
    cells = (
        Cell("10,00", Decimal("10.00")),
        Cell("12,50", Decimal("12.50")),
        Cell("-2,50", Decimal("-2.50"), formula=less),
    )
    table = Table("t", "", "", (Part("p", columns, (), (Row(Role.DETAIL, "r", cells),)),))
    data = xlsx.write(Workbook("", "", ("", ""), "", (Sheet("k", "S", (table,)),)))
    assert load(data)["S"]["C1"].value == "=ROUND(A1-B1,2)"
    assert Evaluator(data).cell("S", 1, 3) == Decimal("-2.50")


def _part(data, name):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()
