"""The checks of pages find what they are for: each is shown a file with one fault."""

import io
from collections.abc import Callable

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas
from tests.documents.writers.page_checks import bookmark_faults, font_faults, list_faults
from tests.documents.writers.pdf_reading import document, misplaced, rows, table

from perfdesk.documents.blocks import Contents, Heading, Listing, PageBreak, Paragraph, TableBlock
from perfdesk.documents.writers.pdf import write
from perfdesk.domain.texts import Run
from perfdesk.tables.table import Fact

BOOK = document(
    Contents("İçindekiler", frozenset({"kind"})),
    Contents("Tablolar", of=Listing.TABLES),
    Heading(1, "Genel bilgiler ve uzun bir başlığın ikinci satıra taşan ağırbaşlı devamı " * 3, "I-"),
    Paragraph((Run("Belediyemiz " * 300),)),
    Heading(2, "Yetki"),
    TableBlock(table(rows(9), caption="Tablo 1 Yapılar", facts=(Fact("t", "Hedef", "Konu " * 40, strong=True),))),
    PageBreak(),
    TableBlock(table(rows(60), caption="Tablo 2 Araçlar")),
)
DATA = write(BOOK)
Change = Callable[[pypdf.PdfWriter], object]


def changed(change: Change) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(DATA))
    change(writer)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def links(writer: pypdf.PdfWriter) -> list[DictionaryObject]:
    return [annotation.get_object() for annotation in writer.pages[0]["/Annots"]]


def outline(writer: pypdf.PdfWriter) -> DictionaryObject:
    return writer.root_object["/Outlines"]["/First"].get_object()


def fonts(writer: pypdf.PdfWriter) -> list[DictionaryObject]:
    return [font.get_object() for font in writer.pages[1]["/Resources"]["/Font"].values()]


def swap(link: DictionaryObject, other: DictionaryObject) -> None:
    link[NameObject("/Dest")], other[NameObject("/Dest")] = other["/Dest"], link["/Dest"]


def lower(target: ArrayObject, points: float) -> None:
    target[3] = FloatObject(float(target[3]) - points)


def test_a_book_without_faults_has_none() -> None:
    assert misplaced(DATA) == []
    assert font_faults(DATA) == []
    assert bookmark_faults(BOOK, DATA) == []
    assert list_faults(BOOK, DATA) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda writer: swap(links(writer)[0], links(writer)[-1]),
        lambda writer: lower(links(writer)[0]["/Dest"], 100),
        lambda writer: writer.pages[0]["/Annots"].pop(),
        lambda writer: writer.pages[0]["/Annots"].append(writer.pages[0]["/Annots"][-1]),
        lambda writer: writer.insert_page(writer.pages[1], 1),
    ],
    ids=["swapped", "too low", "one less", "one more", "wrong numbers"],
)
def test_faults_of_lists_are_seen(change: Change) -> None:
    assert list_faults(BOOK, changed(change)) != []


@pytest.mark.parametrize(
    "change",
    [
        lambda writer: lower(outline(writer)["/Dest"], 100),
        lambda writer: swap(outline(writer), outline(writer)["/First"].get_object()),
        lambda writer: outline(writer).update({NameObject("/Title"): TextStringObject("Başka")}),
        lambda writer: outline(writer).pop(NameObject("/First")),
    ],
    ids=["too low", "swapped", "other title", "fewer"],
)
def test_faults_of_bookmarks_are_seen(change: Change) -> None:
    assert bookmark_faults(BOOK, changed(change)) != []


@pytest.mark.parametrize(
    "change",
    [
        lambda writer: fonts(writer)[0].pop(NameObject("/ToUnicode")),
        lambda writer: fonts(writer)[0]["/FontDescriptor"].pop(NameObject("/FontFile2")),
        lambda writer: fonts(writer)[0].update({NameObject("/BaseFont"): NameObject("/Helvetica")}),
        lambda writer: writer.pages[1]["/Resources"]["/Font"].popitem(),
    ],
    ids=["no letters", "not embedded", "another font", "not in the page"],
)
def test_faults_of_fonts_are_seen(change: Change) -> None:
    assert font_faults(changed(change)) != []


@pytest.mark.parametrize("at", [(100, 100, 104, 100), (590, 100, 20, 20), (20, 838, 20, 20)])
def test_misplaced_glyphs_are_seen(at: tuple[int, int, int, int]) -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    canvas.drawString(at[0], at[1], "Bir hücre")
    canvas.drawString(at[2], at[3], "Öteki")
    canvas.save()
    assert misplaced(file.getvalue()) != []
