"""Tables on paper: repeated heads, "(devam)", what stays together, wide tables, and what is too large for a cell."""

import re
from decimal import Decimal
from io import BytesIO
from itertools import pairwise

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.documents.writers.pdf_reading import (
    CONTINUED,
    amount,
    areas,
    glyphs,
    misplaced,
    normal,
    of_table,
    pages,
    pdf_of,
    row,
    rows,
    table,
    tight,
)

from perfdesk.documents.blocks import Heading, PageBreak, Paragraph, TableBlock
from perfdesk.documents.writers.pdf.cells import table_frame
from perfdesk.documents.writers.pdf.demands import SETTINGS
from perfdesk.documents.writers.pdf.fonts import fonts
from perfdesk.documents.writers.pdf.style import CELL_PAD, FACT_LABEL, TABLE_SIZE, look
from perfdesk.documents.writers.pdf.text import Measurer, fitted_in_words, wrap
from perfdesk.domain.texts import Run
from perfdesk.tables.table import COVERED, Cell, Column, ColumnKind, Fact, Head, Part, Role, Row, Table, signed

LARGEST = Decimal("9999999999999.99")
FACTS = (Fact("a", "İdare adı", "Güneyçam Belediyesi"), Fact("t", "Hedef", "Ağaç dikmek", strong=True))


def text_cells(*texts: str) -> Row:
    return Row(Role.DETAIL, texts[0], tuple(Cell(text) for text in texts))


def text_columns(count: int) -> list[Column]:
    return [Column(str(n), "", ColumnKind.TEXT, 2) for n in range(count)]


def test_head_and_caption_are_repeated_on_each_page() -> None:
    found = pages(of_table(rows(150), facts=FACTS))
    assert len(found) > 2
    for page in found:
        assert "Kod Adı Tutar (TL)" in page
    assert f"Tablo 1 Deneme {CONTINUED}" not in found[0]
    for page in found[1:]:
        assert f"Tablo 1 Deneme {CONTINUED} Kod Adı Tutar (TL)" in page
        assert "İdare adı" not in page


def test_every_row_is_printed_once_and_whole() -> None:
    found = pages(of_table(rows(150)))
    for n in range(1, 151):
        line = f"{n} Satır {n} adı {n}.000,00"
        assert sum(line in page for page in found) == 1


def test_of_a_table_without_any_row_each_part_has_its_head() -> None:
    parts = tuple(
        Part(key, text_columns(2), ((Head(key), Head("Birim")),), ()) for key in ("Göstergeler", "Faaliyetler")
    )
    (page,) = pages(pdf_of(TableBlock(Table("k", "1", "Tablo 1", parts, empty="Veri yok"))))
    assert "Göstergeler Birim Veri yok Faaliyetler Birim Veri yok" in page


def group_rows(count: int, label: str) -> list[Row]:
    return [
        Row(
            Role.DETAIL,
            str(n),
            (Cell(label, down=count) if n == 0 else COVERED, Cell(f"Faaliyet {n}"), amount(n * 1000)),
        )
        for n in range(count)
    ]


GROUPED = (
    Column("target", "", ColumnKind.TEXT, 4),
    Column("name", "", ColumnKind.TEXT, 6),
    Column("amount", "", ColumnKind.AMOUNT, 3),
)


def test_group_cut_by_a_page_repeats_its_label() -> None:
    found = pages(of_table(group_rows(120, "Yeşil alanları artırmak"), GROUPED))
    assert len(found) == 3
    assert f"Yeşil alanları artırmak {CONTINUED}" not in found[0]
    for page in found[1:]:
        assert f"Yeşil alanları artırmak {CONTINUED}" in page


@pytest.mark.parametrize("down", [1, 2, 5])
def test_the_mark_of_a_changed_number_is_where_the_number_stands(down: int) -> None:
    """Also where it stands in the middle of the rows that it belongs to together."""

    def printed(*, changed: bool) -> bytes:
        number = amount(888)._replace(down=down, changed=changed)
        body = [
            Row(Role.DETAIL, str(n), (Cell("1"), Cell(f"Satır {n}"), COVERED if 0 < n < down else amount(n)))
            for n in range(7)
        ]
        body[0] = body[0]._replace(cells=(*body[0].cells[:2], number))
        return of_table(body)

    data = printed(changed=True)
    plain = areas(printed(changed=False))
    marks = [area for area in areas(data) if area not in plain]
    ((_, _, boxes),) = glyphs(data)
    left, bottom, right, top = ([box[edge] for box in boxes if box[5] == "8"] for edge in range(4))
    widest = max(area[2] - area[0] for area in marks)
    tints = sorted(area for area in marks if area[2] - area[0] == widest)
    bars = sorted(area for area in marks if area not in tints)
    for found in (tints, bars):
        # one for each row, without a gap
        assert len(found) == down
        assert all(abs(lower[3] - upper[1]) < 0.2 for lower, upper in pairwise(found))
        assert found[0][1] < min(bottom) < max(top) < found[-1][3]
    assert tints[0][0] < min(left) < max(right) < tints[0][2]
    assert bars[0][0] == tints[0][0]


def narrow(label: str, count: int = 60) -> bytes:
    """Return a document with a group whose rows leave its label little room."""
    body = [
        found._replace(cells=(found.cells[0], Cell("uzun adlı bir faaliyet " * 12), found.cells[2]))
        for found in group_rows(count, label)
    ]
    return of_table(body, GROUPED)


def test_group_with_a_tall_label_repeats_its_beginning() -> None:
    label = " ".join(f"kelime{n}" for n in range(120))
    data = narrow(label)
    found = pages(data)
    assert len(found) > 2
    assert normal(label) in found[0]
    for page in found[1:]:
        assert "kelime0 kelime1 " in page
        assert f"… {CONTINUED}" in page
        assert "kelime30" not in page
    assert misplaced(data) == []


def test_what_a_tall_label_goes_on_with_is_not_covered() -> None:
    label = " ".join(f"kelime{n}" for n in range(900))
    data = narrow(label)
    found = pages(data)
    assert all(f"kelime{n}" in " ".join(found) for n in range(900))
    assert f"… {CONTINUED}" in found[-1]
    assert misplaced(data) == []


def test_a_label_is_shortened_between_words() -> None:
    words = ["Sürdürülebilirlik", "kapsayıcılık", "erişilebilirlik", "hesapverebilirlik", "dayanıklılık"]
    cut = 0
    for times in range(2, 12):
        for page in pages(narrow(" ".join(words * times)))[1:]:
            shortened = re.search(rf"(\S+)… {re.escape(CONTINUED)}", page)
            cut += shortened is not None
            assert shortened is None or shortened[1] in words
    assert cut


def sectioned(sizes: list[int]) -> list[Row]:
    """Return rows below the heads of sections, each with as many subsections of twelve rows."""
    found: list[Row] = []
    for n, size in enumerate(sizes, 1):
        found.append(row(str(n), f"PROGRAM {n}", n * 7000, Role.SECTION))
        for m in range(1, size + 1):
            found.append(row(f"{n}.{m}", f"Alt program {n}.{m}", n * 700 + m, Role.SUBSECTION))
            found += [row(f"{n}.{m}.{k}", f"Faaliyet {n}.{m}.{k}", k) for k in range(12)]
    return found


@pytest.mark.parametrize("before", range(36, 52, 3))
def test_section_cut_by_a_page_repeats_what_it_is_under(before: int) -> None:
    body = [*rows(before), *sectioned([3, 1, 6]), row("", "Genel Toplam", 1, Role.TOTAL)]
    found = pages(of_table(body))
    assert len(found) > 3
    cut = 0
    for page in found[1:]:
        first = re.search(r"Faaliyet (\d+)\.(\d+)\.", page)
        if first is None:
            continue
        head = f"{first[1]}.{first[2]} Alt program {first[1]}.{first[2]}"
        lead = page[: first.start()]
        assert head in lead
        if f"{head} {CONTINUED}" in lead:
            cut += 1
            # what it is called, without its figure, below the programme
            assert f"{first[1]} PROGRAM {first[1]} {CONTINUED} {head} {CONTINUED}" in lead
    assert cut
    assert not any(re.search(r"(PROGRAM \d+|Alt program [\d.]+) [\d.,]+ Sayfa", page) for page in found)


def test_label_of_a_small_group_makes_room() -> None:
    label = "Çok uzun bir performans hedefi adı " * 12
    data = of_table([*rows_of_three(30), *group_rows(2, label), *rows_of_three(30)], GROUPED)
    assert normal(label) in normal(" ".join(pages(data)))
    assert misplaced(data) == []


def rows_of_three(count: int) -> list[Row]:
    return [Row(Role.DETAIL, f"r{n}", (Cell("Hedef"), Cell(f"Faaliyet {n}"), amount(n))) for n in range(count)]


@pytest.mark.parametrize("before", range(36, 52, 3))
def test_labels_are_whole_wherever_the_page_ends(before: int) -> None:
    label = (
        "İçme suyu ve kanalizasyon altyapısını yenileyerek kayıp ve kaçakları azaltmak, hizmetin sürekliliğini sağlamak"
    )
    data = of_table([*rows_of_three(before), *group_rows(3, label), *rows_of_three(3)], GROUPED)
    assert sum(normal(label) in page for page in pages(data)) == 1
    assert misplaced(data) == []


def test_a_row_makes_room_for_its_label_where_the_page_ends() -> None:
    """Else it would go to the next page with the tall row that follows it, and leave this one white."""
    label = " ".join(f"kelime{n}" for n in range(24))
    group = group_rows(2, label)
    tall = " ".join(f"ayrıntı{n}" for n in range(170))
    group[1] = group[1]._replace(cells=(group[1].cells[0], Cell(tall), group[1].cells[2]))
    data = of_table([*rows_of_three(26), *group, *rows_of_three(3)], GROUPED)
    first, second = pages(data)
    assert "Faaliyet 0" in first.partition("kelime0 ")[2]
    assert all(f"kelime{n}" in first for n in range(24))
    assert "ayrıntı0" in second
    assert CONTINUED in second.partition("ayrıntı0")[0]
    assert misplaced(data) == []


@pytest.mark.parametrize("size", [4, 5, 7])
@pytest.mark.parametrize("before", range(34, 44))
def test_no_single_row_of_a_group_stands_apart(size: int, before: int) -> None:
    body = [*rows_of_three(before), *group_rows(size, "Yeşil alanlar"), *rows_of_three(30)]
    for page in pages(of_table(body, GROUPED)):
        _, found, group = page.partition("Yeşil alanlar")
        assert not found or group.partition(" Hedef")[0].count("Faaliyet") != 1


@pytest.mark.parametrize("before", [0, 12, 24, 31, 38, 41])
@pytest.mark.parametrize("length", [260, 420, 1200])
def test_a_row_cut_by_a_page_repeats_what_it_is_about(before: int, length: int) -> None:
    label = "Yeşil alanları artırmak ve korumak, kişi başına düşen alanı büyütmek"
    tall = " ".join(f"ayrıntı{n}" for n in range(length))
    cut = Row(Role.DETAIL, "cut", (Cell(label), Cell(tall), amount(55)))
    data = of_table([*rows_of_three(before), cut, *rows_of_three(3)], GROUPED)
    found = [page for page in pages(data) if "ayrıntı" in page]
    assert label in found[0]
    assert found[0].count("Yeşil") == 1
    for page in found[1:]:
        assert f"{label[:20]}" in page.partition("ayrıntı")[0]
        assert CONTINUED in page
    assert sum(page.count("55,00") for page in found) == 1
    assert all(f"ayrıntı{n}" in " ".join(found).split() for n in range(length))
    assert misplaced(data) == []


def test_merged_number_is_not_repeated() -> None:
    cells = [
        Row(
            Role.DETAIL,
            str(n),
            (Cell("1"), Cell(f"Faaliyet {n}"), amount(77000)._replace(down=90) if n == 0 else COVERED),
        )
        for n in range(90)
    ]
    found = pages(of_table(cells))
    assert len(found) == 2
    assert ["77.000,00" in page for page in found] == [True, False]


def test_tall_label_runs_on_over_pages() -> None:
    label = " ".join(f"kelime{n}" for n in range(1300))
    data = of_table(group_rows(4, label), GROUPED)
    joined = " ".join(pages(data))
    assert all(f"kelime{n}" in joined for n in range(1300))
    assert misplaced(data) == []


def test_total_is_not_alone_on_a_page() -> None:
    for count in range(38, 50):
        total = row("", "Genel toplam", 5, Role.TOTAL)
        found = pages(of_table([*rows(count), total]))
        last = found[-1]
        assert "Genel toplam" in last
        assert "Satır" in last, count


def test_small_table_stays_whole() -> None:
    for before in (10, 24, 30, 36):
        first = table(rows(before), caption="Tablo 1 Önce")
        second = table(rows(18, 500), caption="Tablo 2 Sonra", facts=FACTS)
        found = pages(pdf_of(TableBlock(first), TableBlock(second)))
        holding = [page for page in found if "Tablo 2 Sonra" in page]
        assert len(holding) == 1
        assert all(f"Satır {n} adı" in holding[0] for n in range(500, 518))
        assert CONTINUED not in holding[0]


def test_the_taller_a_table_the_sooner_it_is_cut() -> None:
    """The same white is left for a table of half a page, but not for one that nearly fills one."""

    def first_page(count: int) -> str:
        above = [Paragraph((Run(f"Satır {n}"),)) for n in range(19)]
        return pages(pdf_of(*above, TableBlock(table(rows(count)))))[0]

    assert "Tablo 1 Deneme" not in first_page(24)
    assert "Tablo 1 Deneme" in first_page(42)


def test_caption_facts_and_head_stay_with_rows() -> None:
    for before in range(28, 46):
        first = table(rows(before), caption="Tablo 1 Önce")
        second = table(rows(100, 500), caption="Tablo 2 Sonra", facts=FACTS)
        found = pages(pdf_of(TableBlock(first), TableBlock(second)))
        page = next(page for page in found if "Tablo 2 Sonra" in page)
        assert "Satır 500 adı" in page
        assert "Satır 501 adı" in page


@pytest.mark.parametrize("label", ["Sorumlu Harcama Birimleri", "İş Birliği Yapılacak Birimler"])
def test_labels_of_facts_take_a_line(label: str) -> None:
    facts = (Fact("f", label, "Fen İşleri"),)
    assert f"{label} Fen İşleri" in pages(pdf_of(TableBlock(table(rows(1), facts=facts))))[0]
    measured = Measurer()(fonts().regular, label)
    assert measured.width * TABLE_SIZE / 1000 <= FACT_LABEL - 2 * CELL_PAD


def test_two_level_head_and_later_parts() -> None:
    head = (
        (Head("Faaliyetler", down=2), Head("Kaynak ihtiyacı", span=2), None),
        (None, Head("Bütçe"), Head("Bütçe dışı")),
    )
    columns = (Column("n", ""), Column("b", "", ColumnKind.AMOUNT), Column("o", "", ColumnKind.AMOUNT))
    body = tuple(Row(Role.DETAIL, str(n), (Cell(f"Faaliyet {n}"), amount(n), amount(0))) for n in range(90))
    indicators = Part("i", (Column("n", ""),), ((Head("Göstergeler"),),), (text_cells("Ağaç sayısı"),))
    data = pdf_of(TableBlock(Table("k", "", "Tablo", (indicators, Part("a", columns, head, body)))))
    found = pages(data)
    assert "Göstergeler Ağaç sayısı" in found[0]
    for page in found:
        assert "Kaynak ihtiyacı" in page
        assert "Bütçe dışı" in page
    assert "Göstergeler" not in found[1]
    assert misplaced(data) == []


def test_part_without_rows_and_table_without_any() -> None:
    assert "Adı Tutar (TL) Kayıt yoktur." in pages(of_table([], empty="Kayıt yoktur."))[0]
    full = Part("a", (Column("n", ""),), ((Head("Dolu"),),), (text_cells("Satır"),))
    blank = Part("b", (Column("n", ""),), ((Head("Boş"),),), ())
    assert "Boş" not in pages(pdf_of(TableBlock(Table("k", "", "Tablo", (full, blank)))))[0]


def test_note_and_bullets() -> None:
    cells = (Cell("1"), Cell("• Fen İşleri\n• Park ve Bahçeler", bullets=("Fen İşleri", "Park ve Bahçeler")), amount(1))
    page = pages(of_table([Row(Role.DETAIL, "1", cells)], note="Kaynak: Fen İşleri Müdürlüğü"))[0]
    assert "• Fen İşleri • Park ve Bahçeler" in page
    assert "Kaynak: Fen İşleri Müdürlüğü" in page


# --- wide tables ------------------------------------------------------------------------------------------------------


def sizes(data: bytes) -> list[bool]:
    return [width > height for width, height, _ in glyphs(data)]


def test_wide_table_turns_the_page_and_its_heading() -> None:
    columns = (Column("n", "", ColumnKind.TEXT, 5), *(Column(str(n), "", ColumnKind.AMOUNT, 2) for n in range(5)))
    largest = Cell("9.999.999.999.999,99", LARGEST)
    wide = table(
        [Row(Role.DETAIL, str(n), (Cell("Uzun bir faaliyet adı " * 5), *[largest] * 5)) for n in range(30)],
        columns,
        ["Ad", *"ABCDE"],
    )
    blocks = (Paragraph((Run("Önce"),)), Heading(2, "Başlık"), TableBlock(wide), Paragraph((Run("Sonra"),)))
    data = pdf_of(*blocks)
    turned = sizes(data)
    assert turned[0] is turned[-1] is False
    assert all(turned[1:-1])
    found = pages(data)
    assert "Başlık" in found[1]
    for page, wide_page in zip(found, turned, strict=True):
        assert not wide_page or "Ad A B C D E" in page
    assert sum(page.count("9.999.999.999.999,99") for page in found) == 150
    assert misplaced(data) == []


def test_few_lines_before_a_wide_table_stand_on_its_page() -> None:
    columns = [Column(str(n), "", ColumnKind.AMOUNT) for n in range(7)]
    wide = table([Row(Role.DETAIL, "t", (Cell("9.999.999.999.999,99", LARGEST),) * 7)] * 9, columns, list("ABCDEFG"))
    few, many = (Paragraph((Run("Bir cümle daha. " * count),)) for count in (9, 200))
    assert sizes(pdf_of(Heading(2, "Başlık"), few, TableBlock(wide))) == [True]
    assert sizes(pdf_of(Heading(2, "Başlık"), many, TableBlock(wide))) == [False, True]
    assert sizes(pdf_of(Heading(2, "Başlık"), few, PageBreak(), TableBlock(wide))) == [False, True]


@pytest.mark.parametrize("count", range(33, 46))
def test_the_end_of_a_long_text_stands_on_the_turned_page_rather_than_alone(count: int) -> None:
    columns = [Column(letter, "", ColumnKind.AMOUNT) for letter in "ABCDEFG"]
    wide = table([Row(Role.DETAIL, "t", (Cell("9.999.999.999.999,99", LARGEST),) * 7)] * 9, columns, list("ABCDEFG"))
    texts = [Paragraph((Run(f"Söz {n}."),)) for n in range(count)]
    data = pdf_of(Heading(2, "Başlık"), *texts, TableBlock(wide))
    found = pages(data)
    assert sizes(data)[-2:] == [False, True]
    assert len(set(sizes(data))) == 2
    # a few lines are no page, and no line is lost
    held = [page.count("Söz ") for page in found]
    assert min(held[:-1]) > 6
    assert sum(held) == count
    assert "Söz 0." in next(page for page in found if "Başlık" in page)


def test_few_lines_before_a_wide_table_stay_where_they_have_room() -> None:
    """A text ends the upright page that it finds; on a turned one it takes the width of that."""
    columns = [Column(str(n), "", ColumnKind.AMOUNT) for n in range(7)]
    wide = table([Row(Role.DETAIL, "t", (Cell("9.999.999.999.999,99", LARGEST),) * 7)] * 9, columns, list("ABCDEFG"))
    few = Paragraph((Run("Bir cümle daha. " * 9),))

    def found(lines: int) -> tuple[list[bool], list[bool]]:
        above = [Paragraph((Run(f"Satır {n}"),)) for n in range(lines)]
        data = pdf_of(*above, Heading(2, "Başlık"), few, TableBlock(wide))
        return sizes(data), ["Başlık Bir cümle" in page for page in pages(data)]

    assert found(10) == ([False, True], [True, False])
    assert found(35) == ([False, True], [False, True])

    def width(data: bytes) -> float:
        _, _, boxes = next(glyphs(data))
        return max(box[2] for box in boxes if box[5] == ".")

    upright = pdf_of(Heading(2, "Başlık"), few)
    assert width(pdf_of(Heading(2, "Başlık"), few, TableBlock(wide))) > width(upright) + 150


def test_matrix_of_28_columns() -> None:
    names = ["Birim", *(f"Bilgisayar türü {n}" for n in range(27))]
    columns = [Column("n", "", ColumnKind.TEXT, 20), *(Column(str(n), "", ColumnKind.VALUE, 9) for n in range(27))]
    cells = [Row(Role.DETAIL, str(n), (Cell(f"Müdürlük {n}"), *[amount(n)] * 27)) for n in range(12)]
    data = of_table(cells, columns, names)
    joined = normal(" ".join(pages(data)))
    assert all(name in joined for name in names)
    assert misplaced(data) == []


def test_columns_that_fit_no_page_are_printed_in_groups() -> None:
    columns = [Column("n", "", ColumnKind.TEXT, 2), *(Column(str(n), "", ColumnKind.AMOUNT, 2) for n in range(30))]
    cells = [
        Row(
            Role.DETAIL,
            str(n),
            (Cell(f"Birim {n}"), *(Cell(f"9.999.999.999.9{at:02},{n:02}", LARGEST) for at in range(30))),
        )
        for n in range(40)
    ]
    head = (
        (Head("Birim", down=2), Head("Üst başlık", span=30), *[None] * 29),
        (None, *(Head(f"S{n}") for n in range(30))),
    )
    data = pdf_of(TableBlock(Table("k", "", "Geniş", (Part("p", tuple(columns), head, tuple(cells)),))))
    joined = " ".join(pages(data))
    assert all(f"9.999.999.999.9{at:02},{n:02}" in joined for at in range(30) for n in range(40))
    assert all(f"S{n}" in joined for n in range(30))
    assert joined.count("Birim 7 ") > 3
    assert misplaced(data) == []


def test_lists_side_by_side() -> None:
    part = Part(
        "p",
        (Column("n", ""), Column("v", "", ColumnKind.VALUE)),
        ((Head("Ad"), Head("Sayı")),),
        tuple(Row(Role.DETAIL, str(n), (Cell(f"Araç {n}"), Cell(str(n), Decimal(n)))) for n in range(21)),
    )
    page = pages(pdf_of(TableBlock(Table("k", "", "Araçlar", (part,), side_by_side=3))))[0]
    assert "Ad Sayı Ad Sayı Ad Sayı Araç 0 0 Araç 7 7 Araç 14 14" in page


# --- too much for a cell ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "uzun kelimeler " * 660,
        "Kırk dört harfli bir gösterge adı yazılmıştır " * 9,
        "a/b-c" * 2_000,
        "😀" * 3_000,
        "سلام دنیا " * 900,
        "İğneada’da ılıman iklim\nikinci satır\r\nüçüncü\tsekme",
        "çıkı\u0307ş i\u0307ş I\u0307ş",
        "<b>kalın</b> & <para> &amp; %PDF (parantez) \\ ters",
    ],
    ids=["word", "words", "name", "compound", "emoji", "arabic", "lines", "combining", "markup"],
)
def test_any_text_stays_in_its_cell(text: str) -> None:
    cells = [*rows(20), Row(Role.DETAIL, "x", (Cell(text), Cell(text), amount(5))), *rows(5, 100)]
    data = of_table(
        cells, facts=[Fact("a", "Açıklama", text), Fact("l", text, "etiket")], note=text, caption=f"T {text}"
    )
    assert misplaced(data) == []
    printed = tight(" ".join(pages(data)))
    for n in (*range(1, 21), *range(100, 105)):
        assert f"Satır{n}adı" in printed
    if "😀" not in text and "س" not in text:
        body = "".join(f"{page} " for page in pages(data))
        assert tight(text)[:60] in tight(body)


@pytest.mark.parametrize("length", [400, 3_000, 10_000])
def test_long_text_is_printed_whole(length: int) -> None:
    words = [f"s{n}" for n in range(length // 5)]
    data = of_table([row("1", " ".join(words), 5), *rows(3, 100)])
    printed = " ".join(pages(data)).split()
    assert [word for word in printed if word in set(words)] == words
    assert misplaced(data) == []


def test_long_word_is_broken_without_a_letter_added() -> None:
    word = "".join(chr(ord("a") + n % 26) for n in range(10_000))
    bare = {"running_head": ("", ""), "foot": "", "page_label": ""}
    found = pages(pdf_of(TableBlock(table([row("1", word, 5)])), **bare))
    assert len(found) > 1
    clean = "".join(page.replace(f"Tablo 1 Deneme {CONTINUED} Kod Adı Tutar (TL)", "") for page in found)
    # the amount stands in the row's first line, and so in the middle of the word; the code is repeated
    assert word in re.sub("5,00|1", "", tight(clean))


def test_tall_heads() -> None:
    heads = ["Uzun başlık " * 300, "b" * 3_000, "Tutar"]
    data = of_table(rows(60), heads=heads)
    assert misplaced(data) == []
    assert "Satır 60 adı" in pages(data)[-1]


def test_sixty_indicators_over_three_years() -> None:
    columns = [
        Column("code", "", ColumnKind.CODE, 1.5),
        Column("name", "", ColumnKind.TEXT, 6),
        Column("unit", "", ColumnKind.TEXT, 1.5),
        *(Column(str(n), "", ColumnKind.VALUE, 1.6) for n in range(3)),
    ]
    name = "Bakımı yapılan ve yenilenen yeşil alanların toplam yeşil alana oranı " * 6
    values = [Cell("9.999.999.999.999,99", LARGEST), Cell("-"), Cell("Uzun bir metin olarak girilmiş değer")]
    body = [
        Row(Role.DETAIL, str(n), (Cell(f"PG 2.1.2.{n}"), Cell(f"{n} {name}"), Cell("m²"), *values)) for n in range(60)
    ]
    data = of_table(body, columns, ["Kod", "Gösterge", "Birim", "2025", "2026", "2027"], facts=FACTS)
    joined = normal(" ".join(pages(data)))
    assert all(f"PG 2.1.2.{n} " in joined for n in range(60))
    assert misplaced(data) == []


def test_thousand_rows_of_many_columns() -> None:
    columns = text_columns(6)
    body = [text_cells(*(f"Hücre {n}.{at}" for at in range(6))) for n in range(1000)]
    data = of_table(body, columns, [f"B{n}" for n in range(6)])
    found = pages(data)
    assert all("B0 B1 B2 B3 B4 B5" in page for page in found)
    joined = " ".join(found)
    assert all(f"Hücre {n}.5" in joined for n in range(1000))


def test_no_number_is_cut_or_wrapped() -> None:
    columns = [Column(str(n), "", ColumnKind.AMOUNT) for n in range(6)]
    largest = Cell("9.999.999.999.999,99", LARGEST)
    data = of_table([Row(Role.TOTAL, "t", (largest,) * 6)] * 5, columns, [f"Sütun {n}" for n in range(6)])
    assert sum(page.count("9.999.999.999.999,99") for page in pages(data)) == 30
    assert misplaced(data) == []


def test_the_check_itself_sees_what_is_misplaced() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(200, 200))
    canvas.drawString(50, 100, "birinci")
    canvas.drawString(60, 103, "ikinci")
    canvas.drawString(190, 20, "dışarıda")
    canvas.save()
    found = misplaced(file.getvalue())
    assert any("over" in line for line in found)
    assert any("outside" in line for line in found)


def test_beside_a_total_a_list_apart_is_plain() -> None:
    total = Row(Role.TOTAL, "t", (Cell(""), Cell("Toplam"), amount(77)._replace(apart=True)))
    fonts_of: dict[str, str] = {}

    def visit(text: str, _cm: object, _tm: object, font: dict[str, str] | None, _size: float) -> None:
        if text.strip() and font:
            fonts_of[text.strip()] = font["/BaseFont"]

    page = pypdf.PdfReader(BytesIO(of_table([row("1", "Satır", 5), total]))).pages[0]
    page.extract_text(visitor_text=visit)
    assert "Bold" in fonts_of["Toplam"]
    assert "Bold" not in fonts_of["77,00"]


def test_a_number_that_opens_a_text_is_not_left_alone_on_its_line() -> None:
    font, measure = fonts().regular, Measurer()
    text = measure(font, "5. Dayanışmayı büyüten 5. kent")
    narrow = font.width("5. Dayanışmayı")
    assert text.longest == narrow
    assert wrap(font, text, narrow) == ["5. Dayanışmayı", "büyüten 5.", "kent"]
    # where there is no room for both the word stays in one piece
    assert wrap(font, text, narrow - 1)[:2] == ["5.", "Dayanışmayı"]
    assert wrap(font, measure(font, "5. 6. 7."), 1)[0] == "5"


def test_a_number_is_not_parted_from_the_sign_of_multiplication() -> None:
    font, measure = fonts().regular, Measurer()
    text = measure(font, "(Ulaşılan hane / Toplam hane sayısı) × 100")
    # neither the number nor both stand alone while what they go with has room on their line
    for limit in range(font.width("sayısı) × 100"), text.width):
        assert wrap(font, text, limit)[-1].endswith("sayısı) × 100")
    assert wrap(font, text, font.width("sayısı) × 100") - 1)[-1] == "× 100"
    # where there is no room for both no word is broken
    assert wrap(font, measure(font, "a × 100"), font.width("100"))[-2:] == ["a ×", "100"]
    assert wrap(font, measure(font, "boru 3 × 2 m"), font.width("boru 3")) == ["boru 3", "× 2 m"]


def test_a_repeated_caption_is_shortened_between_words() -> None:
    font = fonts().bold
    text = "Gençlerin kültür etkinliklerine katılımını kolaylaştırmak"
    for letters in range(12, len(text)):
        cut = fitted_in_words(font, text, font.width(text[:letters]) + font.advances["…"])
        assert cut == text or text.startswith(f"{cut.removesuffix('…')} ")
    # a single word that is too long is cut nevertheless
    assert fitted_in_words(font, "Sürdürülebilirlik", font.width("Sürdür…")) == "Sürdür…"


def test_a_numbered_list_hangs_behind_its_longest_number_as_one_with_bullets_does() -> None:
    setting = SETTINGS[0]
    frame = table_frame(look(""), Measurer(), setting, (0, 200), 700)
    name = "Ağaç dikilmesi ve bakımı " * 8
    numbered = frame.lines(frame.plain, "", 180, signed([f"9. {name}", f"10. {name}"]))
    assert [line.sign for line in numbered if line.bullet] == ["9.", "10."]
    assert len(numbered) > 4
    (indent,) = {line.indent for line in numbered}
    assert indent > fonts().regular.width("10.") * setting.size / 1000
    assert not any(line.text.startswith(("9.", "10.")) for line in numbered)
    assert {line.sign for line in frame.lines(frame.plain, "", 180, (name,))} == {"•"}


def test_a_table_of_many_activities_is_called_by_the_first_of_them() -> None:
    names = tuple(f"F.1.{n} Bir mahallede çocuklar için {n}. oyun alanının yapılması." for n in range(1, 9))

    def subject(**given: object) -> str:
        fact = Fact("a", "Faaliyetler", "\n".join(names), names, **given)
        return Table("k", "", "Tablo", (), (fact,)).subject

    assert subject() == ""
    # no line ends behind a code
    assert subject(named=f"{names[0]} ve 7 faaliyet daha").startswith("F.1.1\u00a0Bir mahallede")
    assert len(subject(named="; ".join(names))) <= 201
    assert subject(named="; ".join(names)).endswith("…")
    # what is not called otherwise is told in full
    assert subject(strong=True).replace("\u00a0", " ") == "; ".join(names)
    assert all(name in Table("k", "", "Tablo", (), (Fact("a", "", "", names, named="x"),)).about for name in names)
