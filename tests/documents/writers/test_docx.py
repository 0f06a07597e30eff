"""The Word writer on small documents: styles, tables, sections, contents, pictures, and what Word must not choke on."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.documents.writers.docx_reading import (
    body_paragraphs,
    cell_text,
    empties,
    expected,
    heads_of,
    instructions,
    opened,
    part,
    rows_of,
    style_of,
    text_of,
    word_of,
)
from tests.documents.writers.pdf_reading import amount, document, row, rows, table
from tests.strategies import PNG

from perfdesk.documents.blocks import (
    BackCover,
    Bullet,
    ChartBlock,
    Contents,
    Cover,
    Divider,
    Figure,
    Heading,
    Imprint,
    InnerCover,
    Listing,
    OrganisationBlock,
    PageBreak,
    Paragraph,
    Quotation,
    Signature,
    TableBlock,
)
from perfdesk.documents.writers.docx import write
from perfdesk.domain.texts import Run
from perfdesk.tables.charts.chart import Chart, ChartKind, Series
from perfdesk.tables.organisation import Organisation
from perfdesk.tables.table import COVERED, Cell, Column, ColumnKind, Fact, Head, Part, Role, Row, Table

FACTS = (Fact("a", "İdare adı", "Güneyçam Belediyesi"), Fact("f", "Faaliyetler", "• Bir\n• İki", ("Bir", "İki")))
WORDS = (Run("Bir cümle."),)


def tables_of(file):
    return [found._tbl for found in file.tables]


def styles_of(file):
    return [style_of(paragraph) for paragraph in body_paragraphs(file)]


def sections(file):
    return [(s.page_width > s.page_height, bool(s.footer.paragraphs[0].text)) for s in file.sections]


# --- text -------------------------------------------------------------------------------------------------------------


def test_texts_have_words_own_styles() -> None:
    file = word_of(
        *(Heading(level, f"Başlık {level}", "I-") for level in range(1, 6)),
        Paragraph((Run("Kalın", True), Run(" ve ince"))),
        Bullet(WORDS),
        Signature("Ad Soyad", ("Belediye Başkanı", "Meclis Başkanı")),
    )
    names = {p.style.style_id: p.style.name for p in file.paragraphs}
    assert [names.get(f"Heading{n}") for n in range(1, 5)] == [f"Heading {n}" for n in range(1, 5)]
    assert names["ListBullet"] == "List Bullet"
    texts = {text_of(p): style_of(p) for p in body_paragraphs(file)}
    assert texts["I- Başlık 1"] == "Heading1"
    assert texts["I- Başlık 5"] == "Heading4"
    assert texts["Meclis Başkanı"] == "SignatureTitle"
    bold = [run.text for paragraph in file.paragraphs for run in paragraph.runs if run.bold]
    assert bold == ["Kalın"]


def test_language_is_turkish_throughout() -> None:
    data = write(document(Paragraph(WORDS)))
    assert '<w:lang w:val="tr-TR"' in part(data, "word/styles.xml")
    assert "en-US" not in part(data, "word/styles.xml") + part(data, "word/settings.xml")
    assert opened(data).core_properties.language == "tr-TR"


def test_file_says_what_it_is() -> None:
    made = datetime(2026, 9, 1, 12, 30, tzinfo=UTC)
    about = opened(write(document(keywords=("bütçe", "program")), created=made)).core_properties
    assert about.title == "Güneyçam Belediyesi 2027 Yılı Performans Programı"
    assert about.author == about.last_modified_by == "Güneyçam Belediyesi"
    assert about.keywords == "bütçe, program"
    assert about.comments == ""
    assert about.created == made


def test_equal_documents_are_equal_files() -> None:
    blocks = (Cover("A", "B", "2027", PNG), Contents("İçindekiler"), Heading(1, "Bir"), TableBlock(table(rows(3))))
    assert write(document(*blocks)) == write(document(*blocks))
    assert write(document(*blocks)) != write(document(*blocks[:-1]))


@settings(max_examples=20)  # each is a whole file with its fonts
@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_can_be_written(text: str) -> None:
    file = word_of(
        Heading(2, f"a{text}"),
        Paragraph((Run(text),)),
        TableBlock(table([row("1", text, 5)], caption=text, facts=[Fact("f", text, text)], note=text)),
        title=text,
        foot=text,
        running_head=(text, text),
    )
    assert len(file.tables) == 2


def test_forbidden_characters_are_replaced_and_breaks_kept() -> None:
    file = word_of(Paragraph((Run("a\x00b\ud800c\uffff\nd\te\r\nf"),)))
    assert text_of(next(body_paragraphs(file))) == "a\ufffdb\ufffdc\ufffd\nd\te\nf"


def test_fonts_are_in_the_file() -> None:
    data = write(document(Paragraph(WORDS)))
    assert 'w:name="Noto Sans"' in part(data, "word/fontTable.xml")
    assert 'w:ascii="Noto Sans"' in part(data, "word/styles.xml")
    found = opened(data).part.package.iter_parts()
    fonts = {str(p.partname): p.blob for p in found if p.partname.ext == "odttf"}
    assert len(fonts) == 3
    # disguised: a font begins with its version, 1.0
    assert not any(blob.startswith(b"\x00\x01\x00\x00") for blob in fonts.values())


def test_progress_is_told_and_may_end_the_work() -> None:
    told = []
    write(document(Paragraph(WORDS), Heading(1, "Bir")), progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]

    def stop(done: int, of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write(document(Paragraph(WORDS)), progress=stop)


# --- tables -----------------------------------------------------------------------------------------------------------


def of(given_table: Table):
    file = word_of(TableBlock(given_table))
    assert [rows_of(found) for found in tables_of(file)] == expected(given_table)
    return file


def test_table_facts_note_and_bullets() -> None:
    listed = Row(Role.DETAIL, "2", (Cell("2"), Cell("• Bir\n• İki", bullets=("Bir", "İki")), amount(7)))
    file = of(table([*rows(3), listed, row("", "Toplam", 9, Role.TOTAL)], facts=FACTS, note="Kaynak: Fen İşleri"))
    assert styles_of(file)[0] == "Caption"
    facts, body = tables_of(file)
    assert heads_of(facts) == 0
    assert heads_of(body) == 1
    assert any(text_of(p) == "Kaynak: Fen İşleri" and style_of(p) == "TableNote" for p in body_paragraphs(file))
    bullets = [p for p in body.iter(qn("w:p")) if style_of(p) == "TableBullet"]
    assert [text_of(p) for p in bullets] == ["Bir", "İki"]


def test_what_a_total_is_called_stands_left_even_above_numbers() -> None:
    columns = tuple(Column(key, "", ColumnKind.VALUE, 3) for key in "ab")
    body = [
        Row(Role.DETAIL, "1", (Cell("1", Decimal(1)), Cell("-"))),
        Row(Role.TOTAL, "2", (Cell("TOPLAM"), Cell("-"))),
    ]
    (found,) = tables_of(of(table(body, columns, ["Sıra No", "Sayı"])))
    used = [[style_of(p) for p in line.iter(qn("w:p"))] for line in found.iter(qn("w:tr"))]
    assert used[1:] == [["TableNumber", "TableNumber"], ["TableTotal", "TableTotalNumber"]]


def test_numbers_stand_right_and_totals_are_bold() -> None:
    (body,) = tables_of(of(table([row("1", "Satır", 5), row("", "Toplam", 5, Role.TOTAL)])))
    used = [[style_of(p) for p in line.iter(qn("w:p"))] for line in body.iter(qn("w:tr"))]
    assert used == [
        ["TableHead", "TableHead", "TableHeadNumber"],
        ["TableCode", "TableText", "TableNumber"],
        ["TableTotal", "TableTotal", "TableTotalNumber"],
    ]


def test_numbers_of_unlike_places_stand_on_the_comma() -> None:
    values = ("58,0", "2.150", "1,25", "-", "yeni")
    body = [
        Row(Role.DETAIL, str(n), (Cell("Gösterge"), Cell(text, Decimal(1) if text[0].isdigit() else None)))
        for n, text in enumerate(values)
    ]
    columns = [Column("n", ""), Column("v", "", ColumnKind.VALUE)]
    (found,) = tables_of(of(table(body, columns, ["Ad", "2026"])))
    ends = [cell.findall(f".//{qn('w:ind')}") for cell in list(found.iter(qn("w:tc")))[3::2]]
    right = [int(end[0].get(qn("w:right"))) if end else 0 for end in ends]
    # the longest tail ends at the edge, words do too
    assert right[2] == right[4] == 0
    assert 0 < right[0] < right[1] == right[3]


def test_beside_a_total_a_list_apart_is_plain() -> None:
    total = Row(Role.TOTAL, "t", (Cell("1"), Cell("Toplam"), amount(5)._replace(apart=True)))
    file = of(table([row("1", "Satır", 5), total]))
    (body,) = tables_of(file)
    used = [style_of(p) for p in list(body.iter(qn("w:tr")))[-1].iter(qn("w:p"))]
    assert used == ["TableTotal", "TableTotal", "TableNumber"]
    ruled = [cell.find(qn("w:tcPr")).find(qn("w:tcBorders")) is not None for cell in body.iter(qn("w:tc"))][-3:]
    assert ruled == [True, True, False]


def test_a_number_that_opens_a_cell_is_not_parted_from_its_word() -> None:
    data = write(document(TableBlock(table([row("", "5. Dayanışmayı büyüten 5. kent")]))))
    (body,) = tables_of(opened(data))
    assert "5.\u00a0Dayanışmayı büyüten 5. kent" in "".join(text_of(p) for p in body.iter(qn("w:p")))


def test_a_number_is_not_parted_from_the_sign_of_multiplication() -> None:
    data = write(document(TableBlock(table([row("", "(Ulaşılan / Toplam) × 100")]))))
    (body,) = tables_of(opened(data))
    assert "Toplam) ×\u00a0100" in "".join(text_of(p) for p in body.iter(qn("w:p")))


def test_head_has_the_municipalitys_tint() -> None:
    data = write(document(TableBlock(table(rows(2))), colour="#aa2233"))
    (body,) = tables_of(opened(data))
    fills = {shade.get(qn("w:fill")) for shade in body.iter(qn("w:shd"))}
    assert fills == {"F7EBED"}


def test_heads_over_columns_and_rows() -> None:
    head = (
        (Head("Faaliyetler", down=2), Head("Kaynak ihtiyacı", span=2), None),
        (None, Head("Bütçe"), Head("Bütçe dışı")),
    )
    columns = (Column("n", ""), Column("b", "", ColumnKind.AMOUNT), Column("o", "", ColumnKind.AMOUNT))
    body = tuple(Row(Role.DETAIL, str(n), (Cell(f"Faaliyet {n}"), amount(n), amount(0))) for n in range(3))
    (found,) = tables_of(of(Table("k", "", "Tablo", (Part("a", columns, head, body),))))
    assert heads_of(found) == 2
    spans = [span.get(qn("w:val")) for span in found.iter(qn("w:gridSpan"))]
    merges = [merge.get(qn("w:val")) for merge in found.iter(qn("w:vMerge"))]
    assert (spans, merges) == (["2"], ["restart", "continue"])


MERGED = st.lists(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.text("ağış ", max_size=5)), min_size=4, max_size=4),
    min_size=1,
    max_size=7,
)


@settings(max_examples=20)  # each is a whole file with its fonts
@given(MERGED)
def test_no_merge_breaks_the_grid(cells) -> None:
    columns = tuple(Column(str(n), "") for n in range(4))
    body = tuple(
        Row(Role.DETAIL, str(n), tuple(Cell(text, span=span, down=down) for span, down, text in line))
        for n, line in enumerate(cells)
    )
    given_table = Table("k", "", "T", (Part("p", columns, (), body),))
    (found,) = word_of(TableBlock(given_table)).tables
    # python-docx refuses a vertical merge without a beginning above it
    assert all(len(line.cells) == 4 for line in found.rows)
    assert len(rows_of(found._tbl)) == len(cells)


def test_cell_over_rows_and_columns_is_one() -> None:
    columns = tuple(Column(str(n), "") for n in range(3))
    big = Cell("Büyük", span=2, down=2)
    lines = ((big, COVERED, Cell("a")), (COVERED, COVERED, Cell("b")), (Cell("x"), Cell("y"), Cell("c")))
    body = tuple(Row(Role.DETAIL, str(n), cells) for n, cells in enumerate(lines))
    (found,) = of(Table("k", "", "T", (Part("p", columns, (), body),))).tables
    assert found.cell(0, 0).text == found.cell(1, 1).text == "Büyük"
    assert found.cell(2, 1).text == "y"


def test_table_without_rows_says_so() -> None:
    (found,) = tables_of(of(table([], empty="Veri yok")))
    assert rows_of(found) == [["Kod", "Adı", "Tutar (TL)"], ["Veri yok", "", ""]]


def test_tables_in_a_row_stay_apart() -> None:
    full = Part("a", (Column("n", ""),), ((Head("Dolu"),),), (Row(Role.DETAIL, "1", (Cell("Satır"),)),))
    file = of(Table("k", "", "", (full, replace(full, key="b"), Part("c", full.columns, full.head, ()))))
    assert len(file.tables) == 2
    assert empties(file) == ["TableGap", "SectionEnd"]


def test_rows_are_not_split_unless_taller_than_the_page() -> None:
    (found,) = tables_of(of(table([row("1", "kısa", 1), row("2", "uzun kelimeler " * 900, 2), *rows(3, 5)])))
    whole = [line.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for line in found.iter(qn("w:tr"))]
    assert whole == [True, True, False, True, True, True]


def test_small_table_stays_whole_and_a_total_is_not_alone() -> None:
    def kept(count: int) -> list[bool]:
        (found,) = tables_of(of(table([*rows(count), row("", "Toplam", 1, Role.TOTAL)])))
        lines = [line.find(f".//{qn('w:keepNext')}") is not None for line in found.iter(qn("w:tr"))]
        return lines[1:]

    assert kept(5) == [True] * 5 + [False]
    # two of half a page each share one; what is larger would leave the rest of its page white
    assert kept(18) == [True] * 18 + [False]
    assert kept(21) == [True, *[False] * 19, True, False]
    assert kept(80) == [True, *[False] * 78, True, False]


def test_thousand_rows() -> None:
    columns = [Column(str(n), "", ColumnKind.TEXT, 2) for n in range(6)]
    body = [Row(Role.DETAIL, str(n), tuple(Cell(f"Hücre {n}.{at}") for at in range(6))) for n in range(1000)]
    (found,) = tables_of(of(table(body, columns, [f"B{n}" for n in range(6)])))
    assert cell_text(list(found.iter(qn("w:tc")))[-1]) == "Hücre 999.5"


def test_more_columns_than_word_takes() -> None:
    columns = [Column("n", ""), *(Column(str(n), "", ColumnKind.VALUE) for n in range(1, 90))]
    body = [Row(Role.DETAIL, "1", (Cell("Birim"), *(Cell(str(n), Decimal(n)) for n in range(1, 90))))]
    file = word_of(TableBlock(table(body, columns, [f"S{n}" for n in range(90)])))
    assert all(len(found.columns) <= 63 for found in file.tables)
    shown = [text for found in tables_of(file) for text in rows_of(found)[1] if text != "Birim"]
    assert shown == [str(n) for n in range(1, 90)]


# --- pages ------------------------------------------------------------------------------------------------------------

LARGEST = Cell("9.999.999.999.999,99", Decimal("9999999999999.99"))
WIDE = table(
    [Row(Role.DETAIL, str(n), (LARGEST,) * 7) for n in range(9)],
    [Column(str(n), "", ColumnKind.AMOUNT) for n in range(7)],
    list("ABCDEFG"),
)


def test_page_is_a4_with_the_margins_of_the_book() -> None:
    (section,) = word_of(Paragraph(WORDS)).sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert round(section.left_margin.mm + section.gutter.mm) == 25
    assert round(section.right_margin.mm) == 17


def test_wide_table_turns_its_pages_and_its_heading() -> None:
    file = word_of(Paragraph(WORDS), Heading(2, "Başlık"), TableBlock(WIDE), TableBlock(WIDE), Paragraph(WORDS))
    assert [wide for wide, _ in sections(file)] == [False, True, False]
    ends = [n for n, p in enumerate(body_paragraphs(file)) if p.find(f".//{qn('w:sectPr')}") is not None]
    assert styles_of(file)[ends[0]] == "BodyText"
    assert styles_of(file)[ends[0] + 1] == "Heading2"
    turned = file.sections[1]
    assert turned.top_margin > file.sections[0].top_margin


def test_long_text_does_not_turn_with_the_table() -> None:
    file = word_of(Heading(2, "Başlık"), Paragraph((Run("Bir cümle daha. " * 200),)), TableBlock(WIDE))
    assert [wide for wide, _ in sections(file)] == [False, True]


def test_running_head_and_foot_but_not_on_covers() -> None:
    file = word_of(Cover("A", "B", "2027"), Paragraph(WORDS), BackCover("A"))
    assert sections(file) == [(False, False), (False, True), (False, False)]
    middle = file.sections[1]
    assert middle.header.paragraphs[0].text == "GÜNEYÇAM BELEDİYESİ\t2027 YILI PERFORMANS PROGRAMI"
    foot = middle.footer.paragraphs[0]
    assert foot.text == "Strateji Geliştirme Müdürlüğü\tSayfa 1 / 1"
    assert [code.text.strip() for code in foot._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_part_of_a_longer_document_goes_on_counting() -> None:
    data = write(document(Paragraph(WORDS), first_page=31, pages=118))
    assert '<w:pgNumType w:start="31"/>' in part(data, "word/document.xml")
    foot = opened(data).sections[0].footer.paragraphs[0]
    assert foot.text.endswith("Sayfa 1 / 118")
    assert [code.text.strip() for code in foot._p.iter(qn("w:instrText"))] == ["PAGE"]


def test_front_pages() -> None:
    file = word_of(
        Cover("Belediye", "Performans Programı", "2027", PNG, ("Adres",), PNG),
        InnerCover("Belediye", "Performans Programı", "2027", (Imprint("Telefon", "0 346"),), PNG),
        Quotation((WORDS,), "Mustafa Kemal Atatürk"),
        Divider("I-", "Genel Bilgiler", ("A- Yetki", "B- Teşkilat")),
        BackCover("Belediye", PNG, ("www",)),
    )
    texts = [text_of(p) for p in body_paragraphs(file) if text_of(p)]
    assert texts == [
        *("Belediye", "2027", "Performans Programı", "Adres"),
        *("Belediye", "2027 Performans Programı", "Telefon\t0 346"),
        *("Bir cümle.", "Mustafa Kemal Atatürk"),
        *("I-", "Genel Bilgiler", "A- Yetki", "B- Teşkilat"),
        *("Belediye", "www"),
    ]
    assert len(file.sections) == 5
    assert len(file.inline_shapes) == 4
    assert empties(file) == []


def test_page_break_is_a_property_and_no_empty_paragraph() -> None:
    file = word_of(Paragraph(WORDS), PageBreak(), Paragraph(WORDS), PageBreak(), TableBlock(table(rows(2), caption="")))
    fresh = [p.find(f".//{qn('w:pageBreakBefore')}") is not None for p in body_paragraphs(file)]
    assert fresh == [False, True, True, False]
    assert empties(file) == ["TableGap", "SectionEnd"]


def test_document_of_nothing() -> None:
    file = word_of()
    assert len(file.sections) == 1
    assert empties(file) == ["SectionEnd"]


# --- contents ---------------------------------------------------------------------------------------------------------


def listing(file, style: str) -> list[str]:
    return [text_of(p) for p in body_paragraphs(file) if style_of(p).startswith(style) and style_of(p) != "TOCHeading"]


def test_contents_are_fields_filled_with_headings_and_tables() -> None:
    blocks = (
        Contents("İçindekiler", frozenset({"many"})),
        Heading(1, "Bir", "I-"),
        Heading(2, "Alt", "A-"),
        TableBlock(table(rows(1), caption="Tablo 1 Bütçe")),
        TableBlock(replace(table(rows(1), caption="Tablo 2 Çok"), kind="many")),
    )
    file = word_of(*blocks)
    assert listing(file, "TOC") == ["I- Bir\t2", "A- Alt\t2", "Tablo 1 Bütçe\t2"]
    codes = instructions(file)
    assert codes[0] == 'TOC \\o "1-4" \\h \\z \\u'
    marks = {mark.get(qn("w:name")): mark.getparent() for mark in file.element.body.iter(qn("w:bookmarkStart"))}
    led = [code.split()[1] for code in codes if code.startswith("PAGEREF")]
    assert [text_of(marks[mark]) for mark in led] == ["I- Bir", "A- Alt", "Tablo 1 Bütçe"]
    # what has a level in the outline is what Word finds again
    levels = {s.style_id: s.element.find(f".//{qn('w:outlineLvl')}") for s in file.styles if s.type == 1}
    assert [levels[style_of(marks[mark])].get(qn("w:val")) for mark in led] == ["0", "1", "3"]
    assert style_of(marks["_Toc00000004"]) == "Caption"
    assert levels["Caption"] is None


def test_word_is_asked_to_fill_in_pages_only_where_there_are_contents() -> None:
    assert "updateFields" in part(write(document(Contents("İçindekiler"))), "word/settings.xml")
    assert "updateFields" not in part(write(document(Heading(1, "Bir"))), "word/settings.xml")


def test_lists_of_tables_and_figures() -> None:
    file = word_of(
        Contents("Tablolar", of=Listing.TABLES),
        Contents("Şekiller", of=Listing.FIGURES),
        TableBlock(table(rows(1), caption="Tablo 1 Bütçe")),
        TableBlock(table(rows(1), caption="Amaçlar")),
        TableBlock(table(rows(1), caption="Tablo 2 Birimler")),
        TableBlock(table(rows(1), caption="Tablo 7 Sırasız")),
        Figure(PNG, "Şekil 1 Harita"),
    )
    lists = [p for p in body_paragraphs(file) if style_of(p) == "TableofFigures"]
    assert [text_of(p) for p in lists] == [
        *("Tablo 1 Bütçe\t2", "Amaçlar\t2", "Tablo 2 Birimler\t2", "Tablo 7 Sırasız\t2"),
        "Şekil 1 Harita\t2",
    ]
    codes = [code for code in instructions(file) if not code.startswith("PAGEREF")]
    assert codes == [
        'TOC \\h \\z \\c "Tablo"',
        'TOC \\h \\z \\c "Şekil"',
        "SEQ Tablo \\* ARABIC",
        "SEQ Tablo \\c",
        "SEQ Tablo \\* ARABIC",
        "SEQ Tablo \\c",
        "SEQ Şekil \\* ARABIC",
    ]
    captions = [text_of(p) for p in body_paragraphs(file) if style_of(p) in {"Caption", "FigureCaption"}]
    assert captions == ["Tablo 1 Bütçe", "Amaçlar", "Tablo 2 Birimler", "Tablo 7 Sırasız", "Şekil 1 Harita"]


def test_lists_show_the_pages_of_the_pdf_until_word_has_counted_its_own() -> None:
    def sheet(number: int, about: str) -> Table:
        facts = (Fact("s", "Faaliyet", about, strong=True),)
        return replace(table(rows(2), caption=f"Tablo {number} Faaliyet Maliyetleri"), facts=facts)

    blocks = (
        Contents("Tablolar", of=Listing.TABLES),
        TableBlock(sheet(1, "F.1 Yolların\nbakımı")),
        PageBreak(),
        TableBlock(sheet(2, "F.2 Parklar")),
        PageBreak(),
        TableBlock(table(rows(1), caption="Tablo 3 Bütçe")),
    )
    shown = [
        "Tablo 1 Faaliyet Maliyetleri – F.1 Yolların; bakımı\t2",
        "Tablo 2 Faaliyet Maliyetleri – F.2 Parklar\t3",
        "Tablo 3 Bütçe\t4",
    ]
    file = word_of(*blocks)
    assert [text.replace("\u00a0", " ") for text in listing(file, "TableofFigures")] == shown
    # the captions are what Word makes the list of anew
    captions = [text_of(p).replace("\u00a0", " ") for p in body_paragraphs(file) if style_of(p) == "Caption"]
    assert captions == [line.partition("\t")[0] for line in shown]
    told = []
    write(document(*blocks), progress=lambda done, of: told.append((done, of)))
    assert {of for _, of in told} == {12}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (12, 12)


def test_empty_list_is_a_field_all_the_same() -> None:
    file = word_of(Contents("Şekiller", of=Listing.FIGURES), Paragraph(WORDS))
    assert instructions(file) == ['TOC \\h \\z \\c "Şekil"']


# --- pictures ---------------------------------------------------------------------------------------------------------


def picture(width: int, height: int, kind: str = "PNG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, kind)
    return out.getvalue()


def alternatives(file) -> list[str]:
    return [shape._inline.docPr.get("descr") for shape in file.inline_shapes]


def test_pictures_fit_the_page_and_are_told_to_those_who_do_not_see_them() -> None:
    data = picture(4000, 1000, "JPEG", "CMYK")
    file = word_of(Figure(data, "Şekil 1 Harita"), Figure(data), Figure(picture(40, 30)))
    assert alternatives(file) == ["Şekil 1 Harita", "", ""]
    assert [round(shape.width.mm) for shape in file.inline_shapes] == [168, 168, 11]
    images = [p for p in file.part.package.iter_parts() if str(p.partname).startswith("/word/media")]
    assert len(images) == 2
    assert all(max(Image.open(io.BytesIO(p.blob)).size) <= 2400 for p in images)
    assert {Image.open(io.BytesIO(p.blob)).mode for p in images} == {"RGB"}


@pytest.mark.parametrize("data", [b"", b"no picture", picture(30, 30)[:60]])
def test_broken_picture_leaves_its_caption(data: bytes) -> None:
    file = word_of(Cover("A", "B", "2027", data, (), data), Figure(data, "Harita"))
    assert len(file.inline_shapes) == 0
    assert listing(file, "FigureCaption") == ["Harita"]


def test_charts_are_pictures() -> None:
    chart = Chart(
        "staff", "Personel", ChartKind.BARS, "kişi", ("Memur", "İşçi"), (Series("", (Decimal(3), Decimal(5))),)
    )
    tree = Organisation("Başkan", (Organisation("Fen İşleri"), Organisation("Park ve Bahçeler")))
    file = word_of(ChartBlock(chart, "Şekil 1 Personel"), OrganisationBlock(tree, "Şekil 2 Teşkilat"), colour="#225588")
    assert alternatives(file) == ["Şekil 1 Personel", "Şekil 2 Teşkilat"]
    assert all(167 < shape.width.mm < 169 for shape in file.inline_shapes)
    for part_ in file.part.package.iter_parts():
        if str(part_.partname).startswith("/word/media"):
            colours = Image.open(io.BytesIO(part_.blob)).convert("RGB").getcolors(1 << 24)
            # something is drawn, on white
            assert len(colours) > 3
            assert max(colours)[1] == (255, 255, 255)
