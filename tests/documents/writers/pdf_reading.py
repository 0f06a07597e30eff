"""What the tests of the PDF writer read back: texts, the boxes of glyphs, bookmarks; and tables made for them."""

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

import pypdf
import pypdfium2 as pdfium
from pypdfium2 import raw

from perfdesk.documents.blocks import Block, Document, TableBlock
from perfdesk.documents.writers.pdf import write
from perfdesk.domain.numbers import format_number
from perfdesk.tables.table import Cell, Column, ColumnKind, Fact, Head, Part, Role, Row, Table

Box = tuple[float, float, float, float, int, str]
CONTINUED = "(devam)"


def document(*blocks: Block, **fields: object) -> Document:
    plain = {
        "title": "Güneyçam Belediyesi 2027 Yılı Performans Programı",
        "author": "Güneyçam Belediyesi",
        "subject": "2027 Yılı Performans Programı",
        "running_head": ("GÜNEYÇAM BELEDİYESİ", "2027 YILI PERFORMANS PROGRAMI"),
        "foot": "Strateji Geliştirme Müdürlüğü",
        "page_label": "Sayfa {page} / {pages}",
        "continued": CONTINUED,
        "blocks": blocks,
    }
    return Document(**{**plain, **fields})


def pdf_of(*blocks: Block, **fields: object) -> bytes:
    return write(document(*blocks, **fields))


def table(
    rows: Sequence[Row],
    columns: Sequence[Column] = (),
    heads: Sequence[str] = (),
    caption: str = "Tablo 1 Deneme",
    facts: Sequence[Fact] = (),
    note: str = "",
    empty: str = "",
) -> Table:
    columns = columns or (
        Column("code", "", ColumnKind.CODE, 1),
        Column("name", "", ColumnKind.TEXT, 6),
        Column("amount", "", ColumnKind.AMOUNT, 3),
    )
    heads = heads or ("Kod", "Adı", "Tutar (TL)")
    part = Part("part", tuple(columns), (tuple(Head(text) for text in heads),), tuple(rows))
    return Table("kind", "", caption, (part,), tuple(facts), empty=empty, note=note)


def amount(number: int) -> Cell:
    return Cell(format_number(Decimal(number), 2), Decimal(number))


def row(code: str, name: str, number: int = 0, role: Role = Role.DETAIL) -> Row:
    return Row(role, code, (Cell(code), Cell(name), amount(number)))


def rows(count: int, first: int = 1) -> list[Row]:
    return [row(str(n), f"Satır {n} adı", n * 1000) for n in range(first, first + count)]


@cache
def pages(data: bytes) -> list[str]:
    """Return each page's text in the order it was written, white space normalised."""
    file = pdfium.PdfDocument(data)
    try:
        return [normal(page.get_textpage().get_text_range(errors="replace")) for page in file]
    finally:
        file.close()


def normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def tight(text: str) -> str:
    """Return the text without white space: words broken over lines are found in it."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def bookmarks(data: bytes) -> list[tuple[int, str, int]]:
    """Return every bookmark with its depth and page number."""
    reader = pypdf.PdfReader(io.BytesIO(data))

    def walk(items: list, depth: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, depth + 1)
            else:
                yield depth, item.title, reader.get_destination_page_number(item) + 1

    return list(walk(reader.outline, 0))


def glyphs(data: bytes) -> Iterator[tuple[float, float, list[Box]]]:
    """Yield width, height and the boxes of all ink of each page."""
    file = pdfium.PdfDocument(data)
    try:
        for page in file:
            text = page.get_textpage()
            found: list[Box] = []
            for n in range(text.count_chars()):
                code = raw.FPDFText_GetUnicode(text.raw, n)
                if code in (0, 10, 13, 32, 160) or raw.FPDFText_IsGenerated(text.raw, n) == 1:
                    continue
                left, bottom, right, top = text.get_charbox(n)
                if right > left and top > bottom:
                    found.append((left, bottom, right, top, n, chr(code)))
            yield *page.get_size(), found
    finally:
        file.close()


def areas(data: bytes) -> list[tuple[float, float, float, float]]:
    """Return left, bottom, right and top of every filled area of the first page."""
    file = pdfium.PdfDocument(data)
    try:
        shapes = file[0].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])
        return [tuple(round(edge, 1) for edge in shape.get_bounds()) for shape in shapes]
    finally:
        file.close()


def misplaced(data: bytes) -> list[str]:
    """Return a line for each glyph outside its page and each pair of glyphs over each other."""
    found: list[str] = []
    for number, (width, height, boxes) in enumerate(glyphs(data), 1):
        buckets: dict[tuple[int, int], list[Box]] = {}
        for box in boxes:
            left, bottom, right, top, at, char = box
            if left < 0 or bottom < 0 or right > width or top > height:
                found.append(f"page {number}: {char!r} at {left:.1f}, {bottom:.1f} is outside")
            # marks without end may be piled on a letter: they are no letters of another cell
            if unicodedata.category(char).startswith("M"):
                continue
            left, bottom, right, top = left + 0.2, bottom + 0.2, right - 0.2, top - 0.2
            for key in {(int(x // 12), int(y // 12)) for x in (left, right) for y in (bottom, top)}:
                for left2, bottom2, right2, top2, at2, char2 in buckets.setdefault(key, []):
                    over = left < right2 and left2 < right and bottom < top2 and bottom2 < top
                    # marks stand over their letters, and neighbours in a word may touch
                    if over and abs(at - at2) > 1:
                        found.append(f"page {number}: {char!r} over {char2!r} at {left:.1f}, {bottom:.1f}")
                buckets[key].append((left, bottom, right, top, at, char))
    return found


def of_table(*args: object, **named: object) -> bytes:
    return pdf_of(TableBlock(table(*args, **named)))
