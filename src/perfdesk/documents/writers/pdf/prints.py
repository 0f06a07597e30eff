"""What is drawn on each page of a document, told by a hash: whether a page differs from that of another document.

Running head and foot are left out. A file's own operators would not do: which string a letter becomes depends on the
letters before it in the whole file.
"""

from hashlib import sha256

from perfdesk.documents.blocks import Document
from perfdesk.documents.progress import Progress
from perfdesk.documents.writers.pdf.book import Book
from perfdesk.documents.writers.pdf.fonts import Font
from perfdesk.documents.writers.pdf.page import Codes, Encoder, Page
from perfdesk.documents.writers.pdf.pictures import Pictures
from perfdesk.documents.writers.pdf.style import look


class _Plain(Codes):
    """Shows texts as they are, by the font's own name."""

    def name(self, subset: int = 0) -> str:
        return f"/{self.font.name}+{subset}"

    def show(self, text: str, size: float) -> str:
        return f"({text}) {size:g}"


class PlainEncoder(Encoder):
    """Has no file for which it would encode: for pages that are looked at and never written."""

    def __init__(self) -> None:
        super().__init__(None)

    def made(self, font: Font) -> Codes:
        """Return what shows a font's texts as they are."""
        return _Plain(font, None)


def page_prints(document: Document, progress: Progress | None = None) -> tuple[str, ...]:
    """Return a hash of what is drawn on each page."""
    book = Book(document, PlainEncoder(), look(document.colour), Pictures(), progress)
    book.set()
    return tuple(map(_print, book.pages))


def _print(page: Page) -> str:
    # a picture's key is a hash of its data
    drawn = (page.wide, page.plain, page.code(), [(tuple(picture), y) for picture, y in page.pictures])
    return sha256(repr(drawn).encode("utf-8", "surrogatepass")).hexdigest()
