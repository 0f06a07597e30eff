"""What the lists of the PDF say of a document's blocks, for a copy whose own pages nobody knows yet."""

from perfdesk.documents.blocks import Document
from perfdesk.documents.progress import Progress
from perfdesk.documents.writers.pdf.book import Book
from perfdesk.documents.writers.pdf.pictures import Pictures
from perfdesk.documents.writers.pdf.placed import Listed
from perfdesk.documents.writers.pdf.prints import PlainEncoder
from perfdesk.documents.writers.pdf.style import look


def listed(document: Document, progress: Progress | None = None) -> dict[int, Listed]:
    """Return what the lists say of the blocks they may lead to, by the blocks' numbers, counted from 0."""
    book = Book(document, PlainEncoder(), look(document.colour), Pictures(), progress)
    book.set()
    return {
        book.block_of(mark) - 1: Listed(number, " ".join(mark.subject.split()))
        for number, page in enumerate(book.pages, document.first_page)
        for mark, _ in page.marks
    }
