"""The Word writer: a document's blocks become paragraphs and tables that can be edited.

``book`` walks the blocks and decides which stand on turned pages, ``body`` adds what they become and closes sections,
``tables``, ``contents`` and ``front`` know what each becomes, ``styles`` how all of it looks, and ``output`` makes the
file of it. Where lines and pages end is Word's affair; how wide columns are, and which tables need a turned page, is
decided as for the PDF.
"""

from collections.abc import Callable
from datetime import datetime

from perfdesk.documents.blocks import Document


def write(
    document: Document, *, created: datetime | None = None, progress: Callable[[int, int], object] | None = None
) -> bytes:
    """Return the document as a Word file. Equal documents give equal files.

    Args:
        document: what to write.
        created: the date the file says it was made; a fixed one where it is not given.
        progress: told how many of the blocks are written; what it raises ends the writing.
    """
    # python-docx takes longer to load than the window to open
    from perfdesk.documents.writers.docx.output import write_document

    return write_document(document, created, progress)
