"""Contents, lists of tables and of figures: Word's own fields, filled with what they will show.

Pages are Word's affair, so that the numbers of pages are fields too, which Word is asked to work out when it opens the
file. Until then they show the pages of the PDF, as do programs that never work them out.
"""

from collections.abc import Iterable
from typing import Final

from perfdesk.documents.blocks import Contents, Listing
from perfdesk.documents.writers.docx.body import Body
from perfdesk.documents.writers.docx.captions import COUNTERS, Entry
from perfdesk.documents.writers.docx.xml import Element, add, add_field, add_run, close_field, line, open_field

_ENTRIES: Final = ("TableofFigures", "TOC1", "TOC2", "TOC3", "TOC4")


def add_contents(body: Body, block: Contents, entries: Iterable[Entry]) -> None:
    """Add a list with its title."""
    headings = block.of is Listing.HEADINGS
    with body.contents(held=headings):
        add_run(body.paragraph("TOCHeading" if headings else "ListHeading"), line(block.title))
        code = 'TOC \\o "1-4" \\h \\z \\u' if headings else f'TOC \\h \\z \\c "{COUNTERS[block.of]}"'
        last: Element = None
        for entry in entries:
            if entry.level > 0 if headings else entry.of is block.of:
                made = body.paragraph(_ENTRIES[entry.level if headings else 0])
                if last is None:
                    open_field(made, code)
                last = made
                _fill(made, entry)
        if last is None:
            last = body.paragraph(_ENTRIES[0])
            open_field(last, code)
        close_field(last)


def _fill(paragraph: Element, entry: Entry) -> None:
    link = add(paragraph, "hyperlink", anchor=entry.bookmark, history=1)
    add_run(link, entry.title)
    add_run(link, "\t")
    add_field(link, f"PAGEREF {entry.bookmark} \\h", entry.page)
