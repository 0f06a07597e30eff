"""The PDF writer: a document's blocks become strips, strips fill pages, pages become a file.

``table_strips`` and ``text_strips`` set blocks as strips of known height, ``paginate`` decides where pages end and
turns each strip into PDF operators as it is placed, ``book`` adds the contents once the pages are known, and
``output`` adds what depends on the number of pages. Each text is measured once and drawn once.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from perfdesk.documents.blocks import Document
from perfdesk.documents.writers.pdf.placed import Listed, Placed, SetDocument

if TYPE_CHECKING:
    from perfdesk.documents.writers.pdf.grid import Grid

__all__ = ["Listed", "Placed", "SetDocument", "listed", "page_prints", "set_document", "write"]


def write(
    document: Document, *, created: datetime | None = None, progress: Callable[[int, int], object] | None = None
) -> bytes:
    """Return the document as a PDF file. Equal documents give equal files.

    Args:
        document: what to print.
        created: the date the file says it was made; none where it is not given.
        progress: told how many of the blocks are set; what it raises ends the writing.
    """
    return set_document(document, created=created, progress=progress).content


def set_document(
    document: Document,
    *,
    created: datetime | None = None,
    progress: Callable[[int, int], object] | None = None,
    grid: "Grid | None" = None,
) -> SetDocument:
    """Return the document as a PDF file like ``write``, and where in it each block stands.

    Where the document is a part of another one, ``grid`` is what that one's tables have in common.
    """
    # reportlab takes longer to load than the window to open
    from perfdesk.documents.writers.pdf.output import write_document

    return write_document(document, created, progress, grid)


def page_prints(document: Document, *, progress: Callable[[int, int], object] | None = None) -> tuple[str, ...]:
    """Return for each page a hash of what is drawn on it, but for running head and foot."""
    from perfdesk.documents.writers.pdf.prints import page_prints as prints

    return prints(document, progress)


def listed(document: Document, *, progress: Callable[[int, int], object] | None = None) -> dict[int, Listed]:
    """Return what the lists of the PDF say of the blocks they may lead to, by the blocks' numbers, counted from 0."""
    from perfdesk.documents.writers.pdf.listing import listed as told

    return told(document, progress)
