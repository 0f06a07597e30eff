"""The tree that programs which read aloud go by: every text is in it, in reading order, or is no content."""

import io
import re
from itertools import pairwise

import pytest
from PIL import Image
from tests.documents.writers.pdf_reading import amount, document, pdf_of, rows, table
from tests.documents.writers.tags_reading import Tag, Tagged

from perfdesk import paths
from perfdesk.documents import programme_book
from perfdesk.documents.blocks import (
    Bullet,
    Contents,
    Cover,
    Document,
    Figure,
    Heading,
    Paragraph,
    TableBlock,
)
from perfdesk.documents.writers.pdf import write
from perfdesk.domain.texts import Run
from perfdesk.exchange.reading import read
from perfdesk.services.output import exporting
from perfdesk.tables.table import Cell, Column, ColumnKind, Fact, Head, Part, Role, Row, Table, sign_of

UA = "PDF_UA_1"


def sample(layout: str) -> Document:
    municipality = read(paths.resource("sample", "guneycam.json").read_bytes())
    return programme_book.build(exporting.programme_context(municipality, 2027, layout))


class Book:
    def __init__(self, layout: str) -> None:
        self.document = sample(layout)
        self.content = write(self.document)
        self.tagged = Tagged(self.content)


@pytest.fixture(params=("official", "per_target", "metropolitan", "plain"), scope="module")
def book(request: pytest.FixtureRequest) -> Book:
    return Book(request.param)


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (30, 20)).save(file, "PNG")
    return file.getvalue()


def letters(text: str) -> str:
    """Return a text without what line breaks change."""
    return re.sub(r"\s+", "", text)


def roles(tag: Tag) -> list[str]:
    return [kid.role for kid in tag.kids]


def assert_accessible(content: bytes) -> None:
    page = pytest.importorskip("page", reason="the validator (page-validation) is not installed")
    found = page.validate_pdf_bytes(content, profile=page.ValidationProfile[UA], limits=page.SafetyLimits.unlimited())
    assert {(failure.rule_id, failure.message) for failure in found.failures} == set()


def test_book_is_accessible(book: Book) -> None:
    assert_accessible(book.content)


def test_validator_misses_the_tree() -> None:
    page = pytest.importorskip("page", reason="the validator (page-validation) is not installed")
    content = pdf_of(Paragraph((Run("Çiğdem"),)))
    broken = content.replace(b"<pdfuaid:part>1", b"<pdfuaid:part>7")
    assert broken != content
    assert not page.is_pdf_compliant_bytes(broken, profile=page.ValidationProfile[UA])


def test_every_mark_is_in_the_tree_once_and_nothing_is_loose(book: Book) -> None:
    tagged = book.tagged
    assert tagged.marks.loose == []
    assert tagged.reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value


def test_headings_are_those_of_the_book(book: Book) -> None:
    made, tagged = book.document, book.tagged
    blocks = [block for block in made.blocks if isinstance(block, Heading)]
    tags = [tag for tag in tagged.root.kids if re.fullmatch("H[1-6]", tag.role)]
    assert [letters(tag.text()) for tag in tags] == [letters(block.number + block.text) for block in blocks]
    depths = [0, *(int(tag.role[1]) for tag in tags)]
    assert all(depth <= before + 1 for before, depth in pairwise(depths))


def test_cells_are_those_of_the_tables(book: Book) -> None:
    made, tagged = book.document, book.tagged
    blocks = [block.table for block in made.blocks if isinstance(block, TableBlock)]
    tags = [tag for tag in tagged.root.kids if tag.role == "Div"]
    assert len(tags) == len(blocks)
    for block, tag in zip(blocks, tags, strict=True):
        tables = [kid for kid in tag.kids if kid.role == "Table"]
        if block.facts:
            facts = tables.pop(0)
            shown = [[letters(cell.text()) for cell in row.kids] for row in facts.kids]
            given = [
                [fact.label, "".join(map("".join, map(sign_of, fact.bullets))) or fact.text] for fact in block.facts
            ]
            assert shown == [[letters(text) for text in row] for row in given]
        parts = [part for part in block.parts if part.rows] or block.parts[:1]
        if block.side_by_side == 1 and len(parts) == len(tables):
            for part, table in zip(parts, tables, strict=True):
                assert printed(table) == (given_cells(part) or [letters(block.empty)])


def cells(table: Tag) -> list[Tag]:
    return [cell for row in table.kids for cell in row.kids]


def printed(table: Tag) -> list[str]:
    return [raised(letters(cell.text())) for cell in cells(table) if cell.role == "TD" and cell.text()]


def given_cells(part: Part) -> list[str]:
    texts = ["".join(map("".join, map(sign_of, cell.bullets))) or cell.text for row in part.rows for cell in row.cells]
    return [raised(letters(text)) for text in texts if text]


def raised(text: str) -> str:
    return re.sub(r"(?<=m)([23])\b", lambda found: {"2": "²", "3": "³"}[found[1]], text)


def test_contents_are_links_with_a_title(book: Book) -> None:
    tagged = book.tagged
    links = [note.get_object() for page in tagged.reader.pages for note in page.get("/Annots", [])]
    assert links
    assert [link for _, link in tagged.links] == links
    for tag, link in tagged.links:
        assert tag.role == "Link"
        assert tag.text()
        assert link["/Contents"].strip()
        assert tagged.keys[link["/StructParent"]] == tag.entries
    assert all(page["/Tabs"] == "/S" for page in tagged.reader.pages)


def test_running_head_and_foot_are_no_content() -> None:
    tagged = Tagged(pdf_of(Heading(1, "Giriş"), *[Paragraph((Run("Metin " * 300),)) for _ in range(6)], stamp="S 1"))
    assert len(tagged.marks.artifacts) > 2
    for number, page in enumerate(tagged.marks.artifacts, 1):
        for text in ("GÜNEYÇAM BELEDİYESİ", "Strateji Geliştirme Müdürlüğü", f"Sayfa {number} /", "S 1"):
            assert text in page
            assert text not in tagged.root.text()


def test_heads_and_labels_repeated_on_the_next_page_are_no_content() -> None:
    columns = (Column("a", "", ColumnKind.TEXT, 3), Column("b", "", ColumnKind.TEXT, 3))
    lines = [
        Row(Role.DETAIL, f"r{n}", (Cell("Ortak", down=90) if n == 0 else Cell(""), Cell(f"Satır {n}")))
        for n in range(90)
    ]
    part = Part("p", columns, ((Head("Birinci"), Head("İkinci")),), tuple(lines))
    tagged = Tagged(pdf_of(TableBlock(Table("k", "", "Tablo 1", (part,)))))
    later = tagged.marks.artifacts[1:]
    assert later
    assert all("Birinci" in page and "Ortak" in page and "Tablo 1" in page for page in later)
    assert tagged.root.text().count("Birinci") == tagged.root.text().count("Ortak") == 1
    (made,) = tagged.root.all("Table")
    assert [cell.text() for cell in cells(made)] == ["Birinci", "İkinci", "Ortak", *(f"Satır {n}" for n in range(90))]
    assert [cell.entries.get("/A", {}).get("/RowSpan") for cell in cells(made)[2:4]] == [90, None]


def test_cells_say_what_they_head_and_how_far_they_reach() -> None:
    columns = tuple(Column(key, "", ColumnKind.TEXT, 3) for key in "abc")
    head = ((Head("Yer", down=2), Head("Adet", span=2), None), (None, Head("Erkek"), Head("Kadın")))
    lines = (
        Row(Role.DETAIL, "r", (Cell("Merkez"), Cell("1"), Cell(""))),
        Row(Role.DETAIL, "t", (Cell("Boş", span=3), Cell(""), Cell(""))),
    )
    content = pdf_of(
        TableBlock(Table("k", "", "Tablo 1", (Part("p", columns, head, lines),), (Fact("f", "Ad", "Su"),)))
    )
    assert_accessible(content)
    (whole,) = Tagged(content).root.kids
    assert roles(whole) == ["P", "Table", "Table"]
    facts, made = whole.kids[1:]
    assert [[cell.role for cell in row.kids] for row in facts.kids] == [["TH", "TD"]]
    assert facts.kids[0].kids[0].entries["/A"]["/Scope"] == "/Row"
    found = [[(cell.role, cell.text(), spans(cell)) for cell in row.kids] for row in made.kids]
    assert found == [
        [("TH", "Yer", (1, 2)), ("TH", "Adet", (2, 1))],
        [("TH", "Erkek", (1, 1)), ("TH", "Kadın", (1, 1))],
        [("TD", "Merkez", (1, 1)), ("TD", "1", (1, 1)), ("TD", "", (1, 1))],
        [("TD", "Boş", (3, 1))],
    ]


def spans(cell: Tag) -> tuple[int, int]:
    attributes = cell.entries.get("/A", {})
    return attributes.get("/ColSpan", 1), attributes.get("/RowSpan", 1)


def test_empty_table_has_one_cell_over_all_columns() -> None:
    content = pdf_of(TableBlock(table((), empty="Veri yok")))
    assert_accessible(content)
    (cell,) = Tagged(content).root.all("TD")
    assert (cell.text(), spans(cell)) == ("Veri yok", (3, 1))


def test_order_is_that_of_the_blocks() -> None:
    content = pdf_of(
        Cover("Güneyçam Belediyesi", "Program", "2027"),
        Contents("İçindekiler"),
        Heading(1, "Giriş"),
        Heading(4, "Ayrıntı"),
        Paragraph((Run("Bir "), Run("iki", bold=True))),
        Bullet((Run("üç"),)),
        Bullet((Run("dört"),)),
        Figure(picture(), "Şekil 1 Göl"),
        Figure(picture()),
        TableBlock(table(rows(2), caption="Tablo 1", note="Not")),
        Heading(2, "Son"),
    )
    assert_accessible(content)
    root = Tagged(content).root
    assert roles(root) == ["P", "TOC", "H1", "H2", "P", "L", "Figure", "Div", "H2"]
    assert root.kids[4].text() == "Bir iki"
    assert [item.text() for item in root.kids[5].all("LBody")] == ["• üç", "• dört"]
    assert root.kids[6].entries["/Alt"] == "Şekil 1 Göl"
    assert root.kids[7].kids[-1].text() == "Not"
    assert root.kids[1].kids[0].text() == "İçindekiler"
    assert [letters(line.text()) for line in root.kids[1].kids[1:]][:2] == ["Giriş3", "Ayrıntı3"]


def test_charts_have_their_caption_as_alternative(book: Book) -> None:
    made, tagged = book.document, book.tagged
    captions = [block.caption for block in made.blocks if getattr(block, "caption", "")]
    figures = tagged.root.all("Figure")
    assert [figure.entries["/Alt"] for figure in figures] == captions


def test_amounts_in_tags_are_whole() -> None:
    (made,) = Tagged(
        pdf_of(TableBlock(table([Row(Role.DETAIL, "r", (Cell("1"), Cell("Su"), amount(1234567)))])))
    ).root.all("Table")
    assert cells(made)[-1].text() == amount(1234567).text


def test_document_without_content_has_a_tree() -> None:
    content = write(document())
    assert_accessible(content)
    assert Tagged(content).root.kids == []
