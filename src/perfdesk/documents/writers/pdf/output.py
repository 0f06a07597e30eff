"""The PDF file: pages with running head and foot, bookmarks, links, pictures, and what the file says of itself."""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from threading import Lock
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

import perfdesk
from perfdesk.documents.blocks import Document
from perfdesk.documents.progress import Progress
from perfdesk.documents.writers.pdf.book import Book
from perfdesk.documents.writers.pdf.fonts import fonts
from perfdesk.documents.writers.pdf.page import Encoder, Page
from perfdesk.documents.writers.pdf.pictures import Pictures
from perfdesk.documents.writers.pdf.placed import Placed, SetDocument
from perfdesk.documents.writers.pdf.strip import Rule, Text
from perfdesk.documents.writers.pdf.style import HAIRLINE, OUTER, Look, look
from perfdesk.documents.writers.pdf.text import fitted

_LANGUAGE: Final = "tr-TR"
_PRODUCT: Final = f"perfdesk {perfdesk.__version__}"
# the fonts' tables are read with a position that all documents share
_fonts_in_use = Lock()

# binary streams are a quarter smaller, and every reader has known them for decades
rl_config.useA85 = 0


class _Operators:
    """A page's operators in the shape of a reportlab text object."""

    def __init__(self, code: str) -> None:
        self._code = code

    def getCode(self) -> str:  # noqa: N802 - reportlab's name
        return self._code


class _Info(pdfdoc.PDFInfo):
    """The file's own description; without a date where none is given, so that equal documents are equal files."""

    def __init__(self, created: datetime | None) -> None:
        super().__init__()
        self._created = created

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        entries = {
            "Title": pdfdoc.PDFString(self.title),
            "Author": pdfdoc.PDFString(self.author),
            "Subject": pdfdoc.PDFString(self.subject),
            "Keywords": pdfdoc.PDFString(self.keywords),
            "Creator": pdfdoc.PDFString(self.creator),
            "Producer": pdfdoc.PDFString(self.producer),
        }
        if self._created:
            date = pdfdoc.PDFString(_pdf_date(self._created))
            entries |= {"CreationDate": date, "ModDate": date}
        return pdfdoc.PDFDictionary(entries).format(document)


def _pdf_date(moment: datetime) -> str:
    zone = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}" + (f"{zone[:3]}'{zone[3:5]}'" if zone else "")


def write_document(document: Document, created: datetime | None, progress: Progress | None) -> SetDocument:
    """Return the document as a PDF file, and where its blocks stand."""
    canvas = Canvas(
        io.BytesIO(),
        pageCompression=1,
        invariant=1,
        initialFontName=fonts().regular.name,  # type: ignore[arg-type] # the stubs have it as a number
        lang=_LANGUAGE,
        pdfVersion=(1, 5),
    )
    inner = canvas._doc  # type: ignore[attr-defined] # noqa: SLF001 - fonts are asked for subsets by it
    inner.info = _Info(created)
    _describe(canvas, document)
    styles = look(document.colour)
    encoder = Encoder(inner)
    pictures = Pictures()
    book = Book(document, encoder, styles, pictures, progress)
    book.set()
    _add_outline(canvas, book)
    total = document.pages or len(book.pages)
    blocks = len(document.blocks)
    for number, page in enumerate(book.pages, document.first_page):
        if progress:
            progress(blocks, blocks)
        if not page.plain:
            _frame(page, document, styles, number, total)
        _add_page(canvas, page, pictures)
    with _fonts_in_use:
        content = bytes(canvas.getpdfdata())  # type: ignore[no-untyped-call] # reportlab's
    return SetDocument(content, tuple((page.width, page.height) for page in book.pages), tuple(_placed(book.pages)))


def _placed(pages: Sequence[Page]) -> Iterator[Placed]:
    for number, page in enumerate(pages):
        left, right = (0, page.width) if page.plain else (page.left, page.right)
        for block, (top, bottom) in page.reach.items():
            yield Placed(block - 1, number, left, top, right, bottom, page.lists)


def _describe(canvas: Canvas, document: Document) -> None:
    canvas.setTitle(_entry(document.title))
    canvas.setAuthor(_entry(document.author))
    canvas.setSubject(_entry(document.subject))
    canvas.setKeywords(_entry(", ".join(document.keywords)))
    canvas.setCreator(_PRODUCT)
    canvas.setProducer(_PRODUCT)
    canvas.setViewerPreference("DisplayDocTitle", "true")


def _frame(page: Page, document: Document, styles: Look, number: int, total: int) -> None:
    """Draw running head and foot."""
    style = styles.running
    em = style.size / 1000
    baseline = page.top - 22
    label = document.page_label.replace("{page}", str(number)).replace("{pages}", str(total))
    foot = page.height - OUTER * 0.85
    for left, right, y in ((*document.running_head, baseline), (document.foot, label, foot)):
        room = (page.right - page.left) / em
        right_text = fitted(style.font, _line(right), room / 2)
        width = style.font.width(right_text)
        left_text = fitted(style.font, _line(left), room - width - 2000)
        page.show([Text(page.left, 0, style, left_text), Text(page.right - width * em, 0, style, right_text)], y)
    page.rule(Rule(page.left, page.right, 0, HAIRLINE, styles.palette.hair_line), baseline + 7)


def _entry(text: str) -> str:
    """Return a text for the file's description and bookmarks, which need no font."""
    return " ".join(text.split()).encode("utf-8", "replace").decode()


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
        canvas.addOutlineEntry(_entry(title), mark.key, depth, closed=depth > 0)
    if depth >= 0:
        canvas.showOutline()


def _add_page(canvas: Canvas, page: Page, pictures: Pictures) -> None:
    canvas.setPageSize((page.width, page.height))
    canvas.drawText(_Operators(page.code()))  # type: ignore[arg-type] # asks for nothing but the code
    for picture, y in page.pictures:
        canvas.drawImage(pictures.reader(picture.key), picture.x, y, picture.width, picture.height)
    for mark, y in page.marks:
        canvas.bookmarkPage(mark.key, fit="XYZ", left=0, top=min(y, page.height))
    for link, bottom, top in page.links:
        canvas.linkAbsolute("", link.target, (link.left, bottom, link.right, top))
    canvas.showPage()
