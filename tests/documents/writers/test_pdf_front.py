"""The pages before and behind the parts, their lists, figures with captions, and small tables side by side."""

import io
from itertools import pairwise

import pypdf
import pytest
from PIL import Image
from tests.documents.writers.pdf_reading import (
    bookmarks,
    document,
    glyphs,
    misplaced,
    normal,
    pages,
    pdf_of,
    rows,
    table,
)

from perfdesk.documents.blocks import (
    BackCover,
    Contents,
    Cover,
    Divider,
    Figure,
    Heading,
    Imprint,
    InnerCover,
    Listing,
    Paragraph,
    Quotation,
    TableBlock,
)
from perfdesk.documents.writers.pdf import set_document
from perfdesk.documents.writers.pdf.contents import contents_strips
from perfdesk.documents.writers.pdf.strip import Mark
from perfdesk.documents.writers.pdf.style import look
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.domain.texts import Run
from perfdesk.tables.table import Cell, Column, ColumnKind, Fact, Head, Part, Role, Row, Table

TEXT = Paragraph((Run("Belediyemiz, sınırları içinde yaşayan herkesin huzuru için çalışır. " * 12),))


def png(width: int = 60, height: int = 40) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(file, "PNG")
    return file.getvalue()


PICTURE = png()


def images(data: bytes) -> list[int]:
    return [len(page.images) for page in pypdf.PdfReader(io.BytesIO(data)).pages]


# --- the pages --------------------------------------------------------------------------------------------------------


FRONT = (
    Cover("Güneyçam Belediyesi", "Performans Programı", "2027", PICTURE, ("Cumhuriyet Caddesi",), png(900, 300)),
    InnerCover(
        "Güneyçam Belediyesi", "Performans Programı", "2027", (Imprint("Telefon", "0 346"), Imprint("", "Not")), PICTURE
    ),
    Quotation(
        ((Run("Kentler "), Run("birlikte", bold=True), Run(" kurulur.")), (Run("İkinci söz."),)),
        "Bir hemşehri",
        PICTURE,
    ),
    Divider("II-", "Performans Bilgileri", ("A- Politikalar", "B- Amaçlar")),
    BackCover("Güneyçam Belediyesi", PICTURE, ("444 0 000",)),
)


def test_each_has_a_page_without_running_head() -> None:
    data = pdf_of(*FRONT)
    found = pages(data)
    assert found == [
        "Güneyçam Belediyesi 2027 Performans Programı Cumhuriyet Caddesi",
        "Güneyçam Belediyesi 2027 Performans Programı Telefon 0 346 Not",
        "Kentler birlikte kurulur. İkinci söz. Bir hemşehri",
        "II Performans Bilgileri A- Politikalar B- Amaçlar",
        "Güneyçam Belediyesi 444 0 000",
    ]
    assert images(data) == [2, 1, 1, 0, 1]
    assert misplaced(data) == []
    assert bookmarks(data) == []


@pytest.mark.parametrize("text", ["", "Ş" * 3_000, "uzun bir ad " * 300, "a\nb\n\nc", "😀 漢字", "\x00"])
@pytest.mark.parametrize("picture", [b"", b"broken", png(4, 4000), png(4000, 4)])
def test_any_text_and_any_picture(text: str, picture: bytes) -> None:
    data = pdf_of(
        Cover(text, text, text, picture, (text, text), picture),
        InnerCover(text, text, text, (Imprint(text, text), Imprint("", text), Imprint(text, "")), picture),
        Quotation(((Run(text), Run(text, bold=True)), ()), text, picture),
        Divider(text, text, (text,) * 5),
        BackCover(text, picture, (text,) * 5),
        Contents(text, of=Listing.TABLES),
        Contents(text, of=Listing.FIGURES),
        Figure(picture, text),
    )
    assert misplaced(data) == []


def test_a_quotation_longer_than_a_page_goes_on() -> None:
    words = [f"söz{n}" for n in range(1_200)]
    found = pages(pdf_of(Quotation(((Run(" ".join(words)),),), "Ad")))
    assert len(found) > 1
    assert " ".join(found) == normal(" ".join([*words, "Ad"]))


# --- lists ------------------------------------------------------------------------------------------------------------


def small(number: int) -> TableBlock:
    return TableBlock(table(rows(3), caption=f"Tablo {number} Deneme"))


BOOK = (
    FRONT[0],
    Heading(1, "Sunuş"),
    TEXT,
    Contents("İçindekiler", frozenset({"kind"})),
    Contents("Tablolar Listesi", of=Listing.TABLES),
    Contents("Şekiller Listesi", of=Listing.FIGURES),
    *(
        block
        for n in range(1, 61)
        for block in (
            Heading(1, f"Bölüm {n}", f"{n}-"),
            TEXT,
            small(n),
            Figure(PICTURE, f"Şekil {n} Harita"),
            Figure(PICTURE),
        )
    ),
    FRONT[4],
)


def test_each_list_tells_the_real_pages() -> None:
    data = pdf_of(*BOOK)
    found = pages(data)
    first = next(n for n, page in enumerate(found, 1) if page.startswith("1- Bölüm 1"))
    lists = " ".join(page.split(" GÜNEYÇAM")[0] for page in found[2 : first - 1])
    headings, rest = lists.split("Tablolar Listesi")
    tables, figures = rest.split("Şekiller Listesi")
    assert headings.startswith("İçindekiler Sunuş 2 ")
    for n in range(1, 61):
        page = next(at for at, text in enumerate(found[first - 1 :], first) if f"{n}- Bölüm {n} " in text)
        assert f" {n}- Bölüm {n} {page} " in headings
        assert f" Tablo {n} Deneme {page} " in f" {tables} "
        assert f" Şekil {n} Harita {page} " in f" {figures} "
    assert "Tablo 1 " not in headings
    assert "Şekil" not in headings
    assert "Harita" not in tables


def test_what_a_list_leads_to_is_where_it_says() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(*BOOK)))
    links = [
        (reader.get_page_number(annotation.get_object()["/Dest"][0].get_object()) + 1)
        for page in reader.pages
        for annotation in page.get("/Annots", [])
    ]
    marks = bookmarks(pdf_of(*BOOK))
    headings = [page for _, title, page in marks if "Bölüm" in title or title == "Sunuş"]
    tables = [page for _, title, page in marks if title.startswith("Tablo")]
    figures = [page for _, title, page in marks if title.startswith("Şekil")]
    assert links == [*headings, *tables, *figures]
    assert len(figures) == 60


def test_the_list_of_tables_tells_in_full_what_they_are_about() -> None:
    about = " ".join(f"kelime{n}" for n in range(40))
    facts = (Fact("activity", "Faaliyet", about, strong=True),)
    blocks = [TableBlock(table(rows(2), caption=f"Tablo {n} " + "Ad " * n, facts=facts)) for n in (1, 24, 38, 40)]
    data = pdf_of(Contents("Tablolar", of=Listing.TABLES), *blocks)
    for block in blocks:
        assert f"{normal(block.table.caption)} – {about} 2" in pages(data)[0]
    assert misplaced(data) == []


@pytest.mark.parametrize("of", [Listing.FIGURES, Listing.TABLES, Listing.HEADINGS])
def test_what_does_not_fit_on_a_line_of_a_list_hangs(of: Listing) -> None:
    title = " ".join(f"kelime{n}" for n in range(24))
    block = {
        Listing.FIGURES: Figure(PICTURE, title),
        Listing.TABLES: TableBlock(table(rows(2), caption=title)),
        Listing.HEADINGS: Heading(1, title),
    }[of]
    data = pdf_of(Contents("WWW", of=of), block)
    assert f"{title} 2" in pages(data)[0]
    assert misplaced(data) == []
    _, height, boxes = next(iter(glyphs(data)))
    lines: dict[int, float] = {}
    for left, bottom, *_, char in boxes:
        if char in "kelim" and 90 < bottom < height - 70:
            lines[round(bottom)] = min(left, lines.get(round(bottom), left))
    first, *more = (lines[at] for at in sorted(lines, reverse=True))
    assert more
    assert all(left > first + 8 for left in more)


@pytest.mark.parametrize("number", ["Tablo 7 ", "Şekil 12: ", "Tablo 112. ", "Şekil 3 - "])
def test_what_does_not_fit_on_a_line_of_a_list_hangs_under_the_name(number: str) -> None:
    mark = Mark("k", 0, number + " ".join(f"kelime{n}" for n in range(24)), "konu " * 40)
    strips, _ = contents_strips(Contents("WWW", of=Listing.TABLES), [mark], {"k": 123}, look(""), Measurer())
    first, *more = [strip.texts for strip in strips[1:]]
    font = first[0].style.font
    name = first[0].x + font.width(number) * first[0].style.size / 1000
    assert len(more) > 3
    assert all(texts[0].x == pytest.approx(name) for texts in more)
    # the page stands at the end of all
    assert [texts[-1].text for texts in (first, *more)].index("123") == len(more)


def test_short_lists_share_a_page_and_long_ones_begin_one() -> None:
    lists = (Contents("Tablolar", of=Listing.TABLES), Contents("Şekiller", of=Listing.FIGURES))
    few = pages(pdf_of(*lists, small(1), Figure(PICTURE, "Şekil 1")))
    assert few[0].startswith("Tablolar Tablo 1 Deneme 2 Şekiller Şekil 1 2")
    many = pages(pdf_of(*lists, *(block for n in range(40) for block in (small(n), Figure(PICTURE, f"Şekil {n}")))))
    assert any(page.startswith("Şekiller ") for page in many)


def test_a_short_list_has_no_page_of_its_own_where_closer_lines_spare_it() -> None:
    lists = (Contents("Tablolar", of=Listing.TABLES), Contents("Şekiller", of=Listing.FIGURES))
    found = pages(pdf_of(*lists, *map(small, range(44)), Figure(PICTURE, "Şekil 1")))
    assert "Tablo 43 Deneme" in found[0]
    assert "Şekiller Şekil 1" in found[0]


def test_a_long_list_begins_where_enough_of_the_page_is_left() -> None:
    lists = (Contents("Tablolar", of=Listing.TABLES), Contents("Şekiller", of=Listing.FIGURES))
    figures = [Figure(PICTURE, f"Şekil {n}") for n in range(60)]
    after_few, _ = pages(pdf_of(*lists, *map(small, range(12)), *figures))[:2]
    assert "Şekiller" in after_few
    assert after_few.count("Şekil ") > 8
    after_many, next_page = pages(pdf_of(*lists, *map(small, range(40)), *figures))[:2]
    assert "Şekiller" not in after_many
    assert next_page.startswith("Şekiller ")


def test_no_page_of_the_contents_has_a_few_lines() -> None:
    for count in range(36, 60):
        headings = [Heading(2, f"Konu {n}") for n in range(count)]
        found = pages(pdf_of(Contents("İçindekiler"), Heading(1, "Bölüm"), *headings, TEXT))
        contents = [page for page in found if "Konu" in page and "huzuru" not in page][:-1]
        assert all(page.count("Konu") > 3 for page in contents), count


# --- figures ----------------------------------------------------------------------------------------------------------


def test_only_figures_with_a_caption_are_marked() -> None:
    data = pdf_of(Heading(1, "Bölüm"), Figure(PICTURE, "Şekil 1 Harita"), Figure(PICTURE), Figure(b"broken", "Şekil 2"))
    assert [title for _, title, _ in bookmarks(data)] == ["Bölüm", "Şekil 1 Harita", "Şekil 2"]


# --- tables side by side ----------------------------------------------------------------------------------------------


def narrow(caption: str, count: int = 4, name: str = "Satır", **fields: object) -> Table:
    columns = (Column("name", "", ColumnKind.TEXT, 3), Column("value", "", ColumnKind.VALUE, 1))
    lines = tuple(Row(Role.DETAIL, str(n), (Cell(f"{name} {n}"), Cell(str(n * 7)))) for n in range(count))
    part = Part("part", columns, ((Head("Adı"), Head("Sayısı")),), lines)
    return Table("resource_table", "", caption, (part,), **fields)  # type: ignore[arg-type] # of a table


def places(*tables: Table) -> list[tuple[int, int, int, int]]:
    """Return left, top, right and bottom of each table, the heights counted through the pages."""
    done = set_document(document(*(TableBlock(one) for one in tables)))
    above = [sum(height for _, height in done.pages[:page]) for page in range(len(done.pages))]
    return [
        (round(p.left), round(above[p.page] + p.top), round(p.right), round(above[p.page] + p.bottom))
        for p in done.placed
    ]


def test_two_small_tables_stand_side_by_side() -> None:
    one, other, third = places(narrow("Tablo 1 Kısa"), narrow("Tablo 2 Kısa", 6), narrow("Tablo 3 Kısa"))
    assert one[1] == other[1]
    assert one[3] == other[3]
    assert one[2] < other[0]
    assert third[1] > one[3]
    # each takes half, the third the whole width
    assert abs((one[2] - one[0]) - (other[2] - other[0])) <= 1
    assert (third[0], third[2]) == (one[0], other[2])


@pytest.mark.parametrize(
    "other",
    [
        narrow("Tablo 2 Uzun", 40),
        narrow("Tablo 2 Geniş", name="Yarım sayfaya sığmayacak kadar uzun bir ad taşıyan satır"),
        narrow("Tablo 2 " + "Başlığı çok uzun olan " * 4),
        narrow("Tablo 2", side_by_side=2),
        narrow("", 4),
        narrow("Tablo 2 boş", 0),
    ],
)
def test_others_stand_below_each_other(other: Table) -> None:
    for pair in ((narrow("Tablo 1 Kısa"), other), (other, narrow("Tablo 1 Kısa"))):
        found = places(*pair)
        assert len(found) > 1
        assert all(below[1] >= above[3] for above, below in pairwise(found))


def test_a_pair_is_found_by_its_captions_and_loses_nothing() -> None:
    tables = [narrow(f"Tablo {n} Kısa", 3 + n % 4, f"K{n}", note="Not" if n % 3 else "") for n in range(1, 30)]
    blocks = [block for one in tables for block in (TableBlock(one),)]
    data = pdf_of(Contents("Tablolar", of=Listing.TABLES), Heading(1, "Bölüm"), *blocks)
    found = pages(data)
    assert misplaced(data) == []
    everything = " ".join(found)
    for n, one in enumerate(tables, 1):
        page = next(at for at, text in enumerate(found[1:], 2) if f"Tablo {n} Kısa " in f"{text} ")
        assert f"Tablo {n} Kısa {page} " in found[0] + " "
        for row in one.parts[0].rows:
            assert everything.count(f"{row.cells[0].text} {row.cells[1].text}") >= 1
    assert [title for _, title, _ in bookmarks(data)][1:] == [one.caption for one in tables]
    for width, _height, boxes in glyphs(data):
        assert all(0 < box[0] < box[2] < width for box in boxes)
