"""What contents and lists lead to: headings and captions, their bookmarks, and the fields that number captions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from perfdesk.documents.blocks import (
    Block,
    ChartBlock,
    Contents,
    Figure,
    Heading,
    Listing,
    OrganisationBlock,
    TableBlock,
)
from perfdesk.documents.writers.docx.measures import TEXT
from perfdesk.documents.writers.docx.styles import CAPTION_SIZE
from perfdesk.documents.writers.docx.xml import Element, add, add_field, add_hidden_field, add_run, line
from perfdesk.documents.writers.pdf import Listed
from perfdesk.documents.writers.pdf.fonts import fonts

# Word in Turkish counts captions under these names: one that is inserted there goes on with our numbers
TABLES: Final = "Tablo"
FIGURES: Final = "Şekil"
COUNTERS: Final = {Listing.TABLES: TABLES, Listing.FIGURES: FIGURES}
_NUMBERED: Final = re.compile(r"(\w+) (\d+)(?!\d)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading or caption that contents and lists may lead to.

    ``level`` is its depth in the outline, 0 for what is only in lists. Of a caption that Word can number itself,
    ``number`` is the place of its number in the title. ``page`` is that of the PDF.
    """

    of: Listing
    bookmark: str
    title: str
    level: int = 0
    number: tuple[int, int] | None = None
    page: str = ""


def entries(blocks: Iterable[Block], lists: Mapping[int, Listed]) -> dict[int, Entry]:
    """Return by the number of their block what contents and lists lead to, with what the PDF's say of it."""
    blocks = tuple(blocks)
    listed = [block for block in blocks if isinstance(block, Contents) and block.of is Listing.HEADINGS]
    without = frozenset[str]().union(*(block.without for block in listed))
    counts = {TABLES: 0, FIGURES: 0}
    found: dict[int, Entry] = {}
    for n, of, title, level in _titled(blocks, without if listed else None):
        number = None
        counter = COUNTERS.get(of, "")
        match = _NUMBERED.match(title)
        # a number that Word would count otherwise stays the text it is
        if match and match[1] == counter and int(match[2]) == counts[counter] + 1 and match[2] == str(int(match[2])):
            counts[counter] += 1
            number = match.span(2)
        told = lists.get(n)
        shown = told_apart(title, told.subject) if told and told.subject else title
        found[n] = Entry(of, f"_Toc{len(found) + 1:08}", shown, level, number, str(told.page) if told else "")
    return found


def told_apart(title: str, subject: str) -> str:
    """Return a caption with what tells it from its equals: Word makes its lists of the captions alone.

    It is shortened to one line, between words, as all of it stands right below.
    """
    font = fonts().bold
    room = TEXT * 1000 / CAPTION_SIZE
    words = line(subject).split(" ")
    text = f"{title} – {' '.join(words)}"
    while len(words) > 1 and font.width(fonts().clean(text)) > room:
        words.pop()
        text = f"{title} – {' '.join(words).rstrip(' ,;:(–-')}…"
    return text


def _titled(blocks: Iterable[Block], without: frozenset[str] | None) -> Iterator[tuple[int, Listing, str, int]]:
    """Yield the number of each block that has a title, what it is, its title and its depth in the outline."""
    for n, block in enumerate(blocks):
        match block:
            case Heading() if block.listed:
                found = Listing.HEADINGS, line(f"{block.number} {block.text}"), min(max(block.level, 1), 4)
            case TableBlock():
                level = 0 if without is None or block.table.kind in without else 4
                found = Listing.TABLES, line(block.table.caption), level
            case Figure() | ChartBlock() | OrganisationBlock():
                found = Listing.FIGURES, line(block.caption), 0
            case _:
                continue
        if found[1]:
            yield n, *found


def add_title(paragraph: Element, entry: Entry, number: int) -> None:
    """Add the text of a heading or caption, marked for contents and lists; ``number`` tells bookmarks apart."""
    add(paragraph, "bookmarkStart", id=number, name=entry.bookmark)
    counter = COUNTERS.get(entry.of, "")
    if entry.number:
        start, end = entry.number
        add_run(paragraph, entry.title[:start])
        add_field(paragraph, f"SEQ {counter} \\* ARABIC", entry.title[start:end])
        add_run(paragraph, entry.title[end:])
    else:
        if counter:
            # counts nothing, but makes the list of tables or figures find the caption
            add_hidden_field(paragraph, f"SEQ {counter} \\c", "0")
        add_run(paragraph, entry.title)
    add(paragraph, "bookmarkEnd", id=number)
