"""The PDF file: pages with running head and foot, bookmarks, links, pictures, and what the file says of itself."""

import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from perfdesk.documents.blocks import Document
from perfdesk.documents.progress import Progress
from perfdesk.documents.writers.pdf.book import Book
from perfdesk.documents.writers.pdf.file import Tags, pdf_file
from perfdesk.documents.writers.pdf.fonts import fonts
from perfdesk.documents.writers.pdf.grid import Grid
from perfdesk.documents.writers.pdf.metadata import LANGUAGE, Metadata, describe, entry
from perfdesk.documents.writers.pdf.packing import VERSION
from perfdesk.documents.writers.pdf.page import Encoder, Page
from perfdesk.documents.writers.pdf.pictures import Pictures
from perfdesk.documents.writers.pdf.placed import Placed, SetDocument
from perfdesk.documents.writers.pdf.strip import Rule, Text
from perfdesk.documents.writers.pdf.style import HAIRLINE, OUTER, Look, look
from perfdesk.documents.writers.pdf.tag_objects import LinkAnnotation
from perfdesk.documents.writers.pdf.tags import LinkElement
from perfdesk.documents.writers.pdf.text import fitted

# binary streams are a quarter smaller, and every reader has known them for decades
rl_config.useA85 = 0


class _Operators:
    """A page's operators in the shape of a reportlab text object."""

    def __init__(self, code: str) -> None:
        self._code = code

    def getCode(self) -> str:  # noqa: N802 - reportlab's name
        return self._code


def write_document(
    document: Document, created: datetime | None, progress: Progress | None, grid: Grid | None = None
) -> SetDocument:
    """Return the document as a PDF file, and where its blocks stand; ``grid`` is that of the whole it is a part of."""
    canvas, encoder = new_file()
    styles = look(document.colour)
    pictures = Pictures()
    book = Book(document, encoder, styles, pictures, progress, grid)
    book.set()
    book.grid.forget()
    _add_outline(canvas, book)
    total = document.pages or len(book.pages)
    blocks = len(document.blocks)
    tell = partial(progress, blocks, blocks) if progress else _nothing
    for number, page in enumerate(book.pages, document.first_page):
        tell()
        if not page.plain:
            _frame(page, document, styles, number, total)
        elif document.stamp:
            _stamp(page, document.stamp, styles, (page.left, page.right))
        add_page(canvas, page, pictures)
    marks = [page.marked for page in book.pages]
    content = finished(canvas, describe(document, created), Tags(book.tree.root(marks), marks), tell)
    sizes = tuple((page.width, page.height) for page in book.pages)
    return SetDocument(content, sizes, tuple(_placed(book.pages)), book.grid)


def new_file() -> tuple[Canvas, Encoder]:
    """Return a file without pages, and what turns texts into its strings."""
    canvas = Canvas(
        io.BytesIO(),
        pageCompression=1,
        invariant=1,
        initialFontName=fonts().regular.name,  # type: ignore[arg-type] # the stubs have it as a number
        lang=LANGUAGE,
        pdfVersion=VERSION,
    )
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas, Encoder(canvas._doc)  # type: ignore[attr-defined] # noqa: SLF001 - fonts are asked for subsets by it


def _nothing() -> None:
    """Do nothing where nobody wants to be told."""


def finished(
    canvas: Canvas,
    metadata: Metadata | None = None,
    tags: Tags | None = None,
    between: Callable[[], object] = _nothing,
) -> bytes:
    """Return a file whose pages are all added; ``between`` is called with each of its objects."""
    return pdf_file(canvas, metadata or Metadata(), tags, between)


def _placed(pages: Sequence[Page]) -> Iterator[Placed]:
    for number, page in enumerate(pages):
        left, right = (0, page.width) if page.plain else (page.left, page.right)
        for block, (top, bottom) in page.reach.items():
            begin, end = page.sides.get(block, (left, right))
            yield Placed(block - 1, number, begin, top, end, bottom, page.lists)


def _frame(page: Page, document: Document, styles: Look, number: int, total: int) -> None:
    """Draw running head and foot."""
    style = styles.running
    em = style.size / 1000
    baseline = page.top - 22
    label = document.page_label.replace("{page}", str(number)).replace("{pages}", str(total))
    between = style.font.width(_line(document.stamp)) + 2000 if document.stamp else 0
    for left, right, y, taken in ((*document.running_head, baseline, 0), (document.foot, label, _foot(page), between)):
        room = (page.right - page.left) / em
        right_text = fitted(style.font, _line(right), room / 2)
        width = style.font.width(right_text)
        left_text = fitted(style.font, _line(left), max(room - width - taken - 2000, 0))
        page.show([Text(page.left, 0, style, left_text), Text(page.right - width * em, 0, style, right_text)], y)
        if taken:
            ends = page.left + (style.font.width(left_text) + 2000) * em, page.right - (width + 2000) * em
            _stamp(page, document.stamp, styles, ends)
    page.rule(Rule(page.left, page.right, 0, HAIRLINE, styles.palette.hair_line), baseline + 7)


def _stamp(page: Page, stamp: str, styles: Look, ends: tuple[float, float]) -> None:
    """Draw a version's stamp at the foot, in the middle of the page as far as what stands there leaves room."""
    style = styles.running
    em = style.size / 1000
    left, right = ends
    text = fitted(style.font, _line(stamp), (right - left) / em)
    width = style.font.width(text) * em
    middle = (page.left + page.right - width) / 2
    page.show([Text(max(left, min(middle, right - width)), 0, style, text)], _foot(page))


def _foot(page: Page) -> float:
    return page.height - OUTER * 0.85


def _line(text: str) -> str:
    return " ".join(fonts().clean(text).split())


def _add_outline(canvas: Canvas, book: Book) -> None:
    """Add the bookmarks: headings by level, tables below the heading they stand under."""
    depth = -1
    heading = -1
    for mark, _ in book.marks():
        depth = min(mark.level - 1 if mark.level else heading + 1, depth + 1)
        if mark.level:
            heading = depth
        title = f"{mark.title} – {mark.subject}" if mark.subject else mark.title
        canvas.addOutlineEntry(entry(title), mark.key, depth, closed=depth > 0)
    if depth >= 0:
        canvas.showOutline()


def add_page(canvas: Canvas, page: Page, pictures: Pictures) -> None:
    """Add a page that has been set; its operators are given up."""
    inner: Any = canvas
    canvas.setPageSize((page.width, page.height))
    canvas.drawText(_Operators(page.code()))  # type: ignore[arg-type] # asks for nothing but the code
    page.forget()
    for (picture, y), begin in zip(page.pictures, page.around, strict=True):
        inner._code.append(begin)  # noqa: SLF001 - there is no other way to put an operator before a picture
        canvas.drawImage(pictures.reader(picture.key), picture.x, y, picture.width, picture.height)
        inner._code.append("EMC")  # noqa: SLF001 - nor behind it
    for mark, y in page.marks:
        canvas.bookmarkPage(mark.key, fit="XYZ", left=0, top=min(y, page.height))
    for link, bottom, top, element in page.links:
        if isinstance(element, LinkElement):
            place = (link.left, bottom, link.right, top)
            target = inner._bookmarkReference(link.target)  # noqa: SLF001 - as canvas.linkAbsolute does
            inner._addAnnotation(LinkAnnotation(place, entry(link.title), target, element))  # noqa: SLF001 - likewise
    canvas.showPage()
    _pack(inner._doc.Pages.pages[-1])  # noqa: SLF001 - the page just ended


def _pack(page: Any) -> None:
    """Pack a page's operators at once: those of thousands of pages take ten times the room."""
    packed = zlib.compress(page.stream.encode())
    page.Contents = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode")}), packed)
    page.stream = None
