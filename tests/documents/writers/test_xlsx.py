"""The Excel writer on small workbooks: numbers, formulas, texts, merges, print."""

import json
import os
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.writers.sheets import (
    COST,
    Evaluator,
    cost_table,
    lira,
    load,
    need_table,
    small_workbook,
    sums,
    turkish,
)

from perfdesk.documents.blocks import Sheet, Workbook
from perfdesk.documents.writers import xlsx
from perfdesk.documents.writers.xlsx import measures, numbers, texts
from perfdesk.tables.table import COVERED, EMPTY, Cell, Column, ColumnKind, Fact, Head, Part, Ref, Role, Row, Table

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "workbook.json"
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)


def of_texts(*values, kind=ColumnKind.TEXT):
    rows = tuple(Row(Role.DETAIL, str(n), (Cell(value),)) for n, value in enumerate(values))
    column = Column("text", "", kind)
    return book_of(Table("texts", "", "", (Part("texts", (column,), (), rows),)))


def book_of(*tables, **sheet):
    return Workbook(
        "Başlık", "Yazar", ("SOL", "SAĞ"), "Sayfa {page} / {pages}", (Sheet("kind", "Sayfa", tables, **sheet),)
    )


def book_of_costs(costs):
    return Workbook(
        "",
        "",
        ("", ""),
        "",
        (
            Sheet("cost", "Maliyet", tuple(cost_table(*cost) for cost in costs.items())),
            Sheet("need", "İhtiyaç", (need_table(costs),)),
        ),
    )


def described(data):
    """Return everything about a workbook that a reader sees, as plain data."""
    book = load(data)
    results = load(data, results=True)
    return {sheet.title: _described(sheet, results[sheet.title]) for sheet in book}


def _described(sheet, results):
    page = sheet.page_setup
    return {
        "widths": {letter: size.width for letter, size in sheet.column_dimensions.items() if not size.hidden},
        "heights": {str(row): size.height for row, size in sheet.row_dimensions.items() if size.height},
        "merges": sorted(map(str, sheet.merged_cells.ranges)),
        "page": [page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight, sheet.print_title_rows],
        "breaks": [mark.id for mark in sheet.row_breaks.brk],
        "frozen": sheet.freeze_panes,
        "header": [sheet.oddHeader.left.text, sheet.oddHeader.right.text, sheet.oddFooter.center.text],
        "cells": [
            " | ".join(
                [
                    cell.coordinate,
                    str(cell.value),
                    *([f"= {results[cell.coordinate].value}"] if cell.data_type == "f" else []),
                    *([cell.number_format] if cell.data_type in "nf" else []),
                    *(["bold"] if cell.font.b else []),
                    *(["quoted"] if cell.quotePrefix else []),
                ]
            )
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ],
    }


def test_the_small_workbook_is_as_it_was():
    """Set UPDATE_GOLDEN=1 to accept what changed, and read the difference before you commit it."""
    found = described(xlsx.write(small_workbook()))
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_formulas_are_stored_with_results_that_evaluation_confirms():
    data = xlsx.write(small_workbook())
    stored = load(data, results=True)
    results = list(Evaluator(data).formulas())
    assert len(results) == 13
    for sheet, row, column, result in results:
        assert result == Decimal(repr(stored[sheet].cell(row, column).value)), (sheet, row, column)


AMOUNTS = st.decimals(min_value=0, max_value=Decimal("99999999999.99"), places=2)  # thirty of them have 15 digits


@given(
    st.dictionaries(
        st.from_regex(r"[a-z0-9*?~.]{1,6}", fullmatch=True),
        st.dictionaries(st.sampled_from(["01", "02", "03", "unclassified", "1"]), AMOUNTS.map(str), max_size=5),
        max_size=6,
    )
)
def test_sums_over_many_tables_are_what_the_tables_add_up_to(costs):
    data = xlsx.write(book_of_costs(costs))
    stored = load(data, results=True)
    for sheet, row, column, result in Evaluator(data).formulas():
        assert result == Decimal(repr(stored[sheet].cell(row, column).value))


def test_a_column_over_many_hundred_tables_stays_short_and_live():
    costs = {str(n): {"01": "1.10", "03": "2.20"} for n in range(500)}
    data = xlsx.write(book_of_costs(costs))
    book = load(data)
    sheet = book["İhtiyaç"]
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert max(map(len, formulas)) < 200
    assert sheet["C4"].value.startswith("=ROUND(SUMIF('Maliyet'!$D$1:")
    assert book["Maliyet"].column_dimensions["D"].hidden
    assert Evaluator(data).cell("İhtiyaç", 4, 3) == Decimal("550.00")


def test_sums_of_very_many_single_cells_keep_to_the_limits_of_a_formula():
    def table(count):
        rows = [
            Row(Role.DETAIL, str(n), (EMPTY, EMPTY, lira("1.00")))
            if n % 2
            else Row(Role.GROUP, str(n), (EMPTY, Cell("Grup"), EMPTY))
            for n in range(2 * count)
        ]
        refs = sums(*(Ref("cost", "", str(n), "amount") for n in range(1, 2 * count, 2)))
        total = Row(Role.TOTAL, "total", (EMPTY, EMPTY, lira(count, refs)))
        return Table("cost", "", "", (Part("cost", COST, (), (*rows, total)),))

    many = xlsx.write(book_of(table(600)))
    formula = load(many)["Sayfa"].cell(1201, 3).value
    assert formula.startswith("=ROUND(SUM(SUM(C2,C4,")
    assert max(part.count(",") for part in formula.split("SUM(")) <= 255
    assert Evaluator(many).cell("Sayfa", 1201, 3) == 600
    too_many = xlsx.write(book_of(table(3000)))
    assert load(too_many)["Sayfa"].cell(6001, 3).value == 3000


def test_a_constant_and_single_sources_stand_in_the_formula():
    rows = (
        Row(Role.DETAIL, "1", (EMPTY, EMPTY, lira("2.50"))),
        Row(Role.DETAIL, "2", (EMPTY, EMPTY, lira("2.50", sums(Ref("cost", "", "1", "amount"))))),
        Row(Role.DETAIL, "3", (EMPTY, EMPTY, lira("4.00", sums(Ref("cost", "", "1", "amount"), plus="1.50")))),
    )
    sheet = load(xlsx.write(book_of(Table("cost", "", "", (Part("cost", COST, (), rows),)))))["Sayfa"]
    assert [sheet.cell(row, 3).value for row in (1, 2, 3)] == [2.5, "=C1", "=ROUND(C1+1.50,2)"]


def test_a_sheet_name_with_an_apostrophe_or_a_function_is_named_rightly():
    costs = {"a": {"01": "1.00"}, "b": {"01": "2.00"}}
    book = book_of_costs(costs)
    for name in ("Belediye'nin", "SORT(x)", "A&B <c>"):
        renamed = replace(book, sheets=(replace(book.sheets[0], name=name), book.sheets[1]))
        data = xlsx.write(renamed)
        assert Evaluator(data).cell("İhtiyaç", 4, 3) == 3


# --- texts ----------------------------------------------------------------------------------------------------------


@given(st.lists(st.one_of(TEXTS, TEXTS.flatmap(lambda t: st.sampled_from("=+-@").map(lambda c: c + t))), max_size=8))
def test_texts_stay_texts(values):
    sheet = load(xlsx.write(of_texts(*values)))["Sayfa"]
    for row, text in enumerate(values, 1):
        cell = sheet.cell(row, 1)
        assert cell.data_type != "f"
        assert (cell.value or "") == texts.fit(text)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+90 474 212", "@SUM(A1)", "-5", '=HYPERLINK("http://x")', "{=1}", "http://example.org", "01", "1/2"],
)
@pytest.mark.parametrize("kind", list(ColumnKind))
def test_what_looks_like_something_else_is_a_text(text, kind):
    data = xlsx.write(of_texts(text, kind=kind))
    cell = load(data)["Sayfa"]["A1"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.hyperlink is None
    assert bool(cell.quotePrefix) == (text[0] in "=+-@")


def test_beside_a_total_a_list_apart_is_plain():
    columns = (Column("a", "", ColumnKind.TEXT), Column("b", "", ColumnKind.TEXT))
    rows = (Row(Role.TOTAL, "", (Cell("Toplam"), Cell("Çaycı", apart=True))), Row(Role.DETAIL, "", (Cell("Aşçı"),) * 2))
    table = replace(cost_table("a", {}), caption="", facts=(), note="", parts=(Part("p", columns, (), rows),))
    (total, apart), (plain, _) = load(xlsx.write(book_of(table)))["Sayfa"].iter_rows(max_row=2, max_col=2)
    assert [cell.font.b for cell in (total, apart, plain)] == [True, False, False]
    assert apart.fill.fgColor.rgb == plain.fill.fgColor.rgb != total.fill.fgColor.rgb


def test_texts_everywhere_on_a_sheet_stay_texts():
    evil = "=cmd|'/c calc'!A1"
    column = Column("a", "", ColumnKind.TEXT)
    part = Part(
        "p", (column, column), ((Head(evil, span=2), None),), (Row(Role.TOTAL, "", (Cell(evil, span=2), COVERED)),)
    )
    table = cost_table("a", {})
    table = replace(table, caption=evil, note=evil, facts=(Fact("", evil, evil),), parts=(part,))
    data = xlsx.write(book_of(table, Table("t", "", evil, (), empty=evil)))
    found = [cell for row in load(data)["Sayfa"].iter_rows() for cell in row if cell.value is not None]
    assert [cell.value for cell in found] == [evil] * 8
    assert {cell.data_type for cell in found} == {"s"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x1fc", "a\ufffdb\ufffdc"),
        ("\ud800\uffff", "\ufffd\ufffd"),
        ("<r><t>kalın</t></r>", "<r><t>kalın</t></r> "),
        ("<r>&</r>", "<r>&</r> "),
        ("satır\r\nsatır\rsatır", "satır\nsatır\nsatır"),
        ("سلام 😀 \u202e", "سلام 😀 \u202e"),
        ("  boşluk  ", "  boşluk  "),
    ],
)
def test_characters_that_could_break_the_file(text, shown):
    table = cost_table("a", {})
    book = of_texts(text)
    book = replace(book, title=text, author=text, running_head=(text, text), page_label=text)
    data = xlsx.write(replace(book, sheets=(*book.sheets, Sheet("k", text, (replace(table, caption=text),)))))
    assert load(data)["Sayfa"]["A1"].value == shown


def test_a_literal_escape_is_not_taken_for_one():
    assert "_x005F_x0041_" in _part(xlsx.write(of_texts("_x0041_")), "xl/sharedStrings.xml")


def test_a_text_beyond_the_limit_ends_with_an_ellipsis():
    for long in ("ş" * 40_000, "😀" * 20_000):
        value = load(xlsx.write(of_texts(long)))["Sayfa"]["A1"].value
        assert value.endswith("…")
        assert 32_760 < len(value.encode("utf-16-le")) // 2 <= 32_767
        assert long.startswith(value[:-1])


def test_a_very_long_text_gets_as_many_rows_as_it_needs():
    data = xlsx.write(of_texts("kelime " * 3000))
    sheet = load(data)["Sayfa"]
    (merge,) = sheet.merged_cells.ranges
    assert merge.max_row > 1
    assert all(sheet.row_dimensions[row].height <= 409 for row in range(1, merge.max_row + 1))


def test_rows_to_be_sorted_are_never_merged():
    book = of_texts("kelime " * 3000, "b")
    (table,) = book.sheets[0].tables
    (part,) = table.parts
    table = replace(table, parts=(replace(part, head=((Head("Metin"),),)),))
    sheet = load(xlsx.write(book_of(table, filtered=True)))["Sayfa"]
    assert not sheet.merged_cells.ranges
    assert sheet.auto_filter.ref == "A1:A3"
    assert sheet.row_dimensions[2].height <= 409


# --- numbers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("1.234,56", "1234.56", ColumnKind.AMOUNT),
        ("9.999.999.999.999,99", "9999999999999.99", ColumnKind.AMOUNT),
        ("0,00", "0.00", ColumnKind.AMOUNT),
        ("₺1.234", "1234", ColumnKind.AMOUNT),
        ("₺-1.234,50", "-1234.5", ColumnKind.AMOUNT),
        ("1.234,56 TL", "1234.56", ColumnKind.AMOUNT),
        ('12,00 "TL"', "12", ColumnKind.AMOUNT),
        ("100,00%", "100", ColumnKind.SHARE),
        ("33,33", "33.33", ColumnKind.SHARE),
        ("12", "12", ColumnKind.VALUE),
        ("12,500", "12.5", ColumnKind.VALUE),
        ("1234567", "1234567", ColumnKind.VALUE),
        ("1.234.567", "1234567", ColumnKind.VALUE),
        ("-0,5", "-0.5", ColumnKind.VALUE),
    ],
)
def test_the_format_shows_the_printed_text(text, number, kind):
    code = numbers.code_of(text.translate(numbers.SHAPE), kind)
    assert turkish(Decimal(number), code) == text


def test_a_word_for_zero_is_a_format():
    code = numbers.with_zero("#,##0.00", "-")
    assert [turkish(Decimal(n), code) for n in ("0", "-1", "1234.5")] == ["-", "-1,00", "1.234,50"]
    code = numbers.with_zero(numbers.code_of("₺0,00", ColumnKind.AMOUNT), "-")
    assert [turkish(Decimal(n), code) for n in ("0", "-1", "1234.5")] == ["-", "₺-1,00", "₺1.234,50"]


def test_zeros_are_numbers_in_the_sheet_s_own_format():
    sheet = load(xlsx.write(small_workbook()))["Faaliyet Maliyetleri"]
    formats = {cell.value: cell.number_format for cell in sheet["C"] if isinstance(cell.value, int | float)}
    assert formats[0] == '"₺"#,##0.00;"₺"-#,##0.00;"-"'
    assert set(formats.values()) == {formats[0]}


def test_a_number_longer_than_a_sheet_can_hold_is_a_text():
    long = "0,123456789012345678901234567890"
    column = Column("v", "", ColumnKind.VALUE)
    row = Row(Role.DETAIL, "", (Cell(long, Decimal(long.replace(",", "."))),))
    cell = load(xlsx.write(book_of(Table("t", "", "", (Part("p", (column,), (), (row,)),)))))["Sayfa"]["A1"]
    assert (cell.data_type, cell.value) == ("s", long)


# --- sheets -----------------------------------------------------------------------------------------------------


def test_names_of_sheets():
    wanted = ["Tablo [1]: a/b\\c?*", "x" * 40, "x" * 40, "X" * 40, "", "''", "History", "'a'"]
    names = texts.sheet_names(wanted)
    assert names == ["Tablo 1 a b c", "x" * 31, "x" * 27 + " (2)", "X" * 27 + " (3)", "5", "6", "History (2)", "a"]


@given(st.lists(st.text(max_size=50), max_size=6))
def test_any_names_make_a_workbook(wanted):
    names = texts.sheet_names(wanted)
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_headers_name_the_texts_and_count_the_pages():
    assert texts.header("A & B", "2025 YILI") == "&L&8 A && B&R&8 2025 YILI"
    assert texts.footer("Sayfa {page} / {pages}") == "&C&8 Sayfa &P / &N"
    assert len(texts.header("ç" * 400, "sağ")) <= 255
    assert texts.header("ç" * 400, "sağ").endswith("&R&8 sağ")


def test_a_single_table_keeps_its_head_in_view_and_on_every_page():
    sheet = load(xlsx.write(small_workbook()))["Toplam Kaynak İhtiyacı"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$2:$3")
    several = load(xlsx.write(small_workbook()))["Faaliyet Maliyetleri"]
    assert (several.freeze_panes, several.print_title_rows) == (None, None)


def test_tables_that_fit_on_a_page_stay_on_one():
    costs = {str(n): {f"0{code}": "1.00" for code in range(1, 10)} for n in range(12)}
    sheet = load(xlsx.write(book_of_costs(costs)))["Maliyet"]
    tops = {cell.row for cell in sheet["A"] if str(cell.value).startswith("Tablo")}
    breaks = [mark.id + 1 for mark in sheet.row_breaks.brk]
    assert breaks
    assert set(breaks) <= tops


def test_amounts_have_room():
    for sheet, column in ((0, "C"), (1, "C")):
        width = load(xlsx.write(small_workbook())).worksheets[sheet].column_dimensions[column].width
        assert width >= measures.AMOUNT_WIDTH


def test_the_same_workbook_gives_the_same_bytes():
    assert xlsx.write(small_workbook()) == xlsx.write(small_workbook())
    when = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    core = _part(xlsx.write(small_workbook(), created=when), "docProps/core.xml")
    assert "2026-01-02T03:04:05Z" in core
    assert "Örnek Belediyesi 2025 Yılı Performans Programı" in core


def test_a_workbook_without_tables_opens():
    assert load(xlsx.write(Workbook("", "", ("", ""), "", ()))).sheetnames
    nothing = Table("resource_table", "1", "Boş", (Part("p", (), (), ()),), empty="Veri yok")
    sheet = load(xlsx.write(book_of(nothing)))["Sayfa"]
    assert [cell.value for cell in sheet["A"]] == ["Boş", "Veri yok"]


def _part(data, name):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_shares_use_the_whole_absolutely():
    formulas = re.findall(r"<f>(IF[^<]*)</f>", _part(xlsx.write(small_workbook()), "xl/worksheets/sheet2.xml"))
    assert formulas[0] == "IF($C$7=0,0,ROUND(ROUND(C4/$C$7*100,12),2))"
