"""The body of a Word file while it is filled: paragraphs, tables, and the sections whose pages differ."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Final, NamedTuple

from perfdesk.documents.writers.docx.measures import BOTTOM, GUTTER, LONG, OUTER, SHORT, SIDE, TOP
from perfdesk.documents.writers.docx.xml import Element, add, named, relate


class Pages(Enum):
    """What the pages of a section are like."""

    # covers: no running head, no foot
    BARE = "bare"
    UPRIGHT = "upright"
    TURNED = "turned"


class Frames(NamedTuple):
    """The parts of the file with a running head and foot, for one kind of pages."""

    head: str
    foot: str


_PARAGRAPH: Final = named("p")
_TABLE: Final = named("tbl")


class Body:
    """The body being filled."""

    def __init__(self, root: Element, frames: dict[Pages, Frames], first_page: int = 1) -> None:
        for child in list(root):
            root.remove(child)
        self._root = root
        self._frames = frames
        self._pages: Pages | None = None
        self._first_page = first_page
        # whether what follows begins a page, and whether it does so as the first of a section
        self._fresh = False
        self._begun = True
        self._last: Element = None
        # whether the last paragraph may end a section
        self._endable = True

    def turn_to(self, pages: Pages, *, fresh: bool = False) -> None:
        """Go on with pages of a kind; ``fresh`` begins a new one, in a section of its own."""
        if pages is self._pages and not fresh:
            return
        if self._last is not None:
            self._end_section()
        self._pages = pages
        self._fresh = False
        self._begun = True

    def begin_page(self) -> None:
        """Let what follows begin a page."""
        self._fresh = not self._begun

    def paragraph(self, style: str, *, keep: bool = False) -> Element:
        """Add a paragraph and return it; ``keep`` keeps it on the page of what follows."""
        made = self._last = add(self._root, "p")
        look = add(made, "pPr")
        add(look, "pStyle", val=style)
        if keep:
            add(look, "keepNext")
        if self._fresh:
            add(look, "pageBreakBefore")
        self._fresh = self._begun = False
        self._endable = True
        return made

    def table(self) -> Element:
        """Add a table and return it; another right above it stays one of its own."""
        if self._fresh or (self._last is not None and self._last.tag == _TABLE):
            self.paragraph("TableGap", keep=True)
        self._last = add(self._root, "tbl")
        self._begun = False
        return self._last

    @contextmanager
    def contents(self, *, held: bool) -> Iterator[None]:
        """Let what is added be a list; ``held`` makes Word offer to bring it up to date with a click."""
        root = self._root
        if held:
            holder = add(root, "sdt")
            properties = add(add(holder, "sdtPr"), "docPartObj")
            # this is what Word calls its own contents, whatever language it speaks
            add(properties, "docPartGallery", val="Table of Contents")
            add(properties, "docPartUnique")
            self._root = add(holder, "sdtContent")
        yield
        self._root = root
        # LibreOffice loses the numbers of pages in the foot where a section ends within a list
        self._endable = False

    def finish(self) -> None:
        """End the last section."""
        if self._last is None or self._last.tag != _PARAGRAPH or not self._endable:
            self.paragraph("SectionEnd")
        self._properties(self._root)

    def _end_section(self) -> None:
        """Let the last paragraph end its section; where there is none, one as small as can be."""
        last = self._last if self._last.tag == _PARAGRAPH and self._endable else self.paragraph("SectionEnd")
        self._properties(last[0])
        self._last = self._root[-1]

    def _properties(self, parent: Element) -> None:
        pages = self._pages or Pages.UPRIGHT
        made = add(parent, "sectPr")
        frames = self._frames[pages]
        relate(add(made, "headerReference", type="default"), frames.head)
        relate(add(made, "footerReference", type="default"), frames.foot)
        add(made, "type", val="nextPage")
        if pages is Pages.TURNED:
            # bound at its top
            add(made, "pgSz", w=LONG, h=SHORT, orient="landscape")
            top, gutter = TOP + GUTTER, 0
        else:
            add(made, "pgSz", w=SHORT, h=LONG)
            top, gutter = TOP, GUTTER
        add(
            made,
            "pgMar",
            top=top,
            right=SIDE,
            bottom=BOTTOM,
            left=SIDE,
            header=OUTER + top - TOP,
            footer=OUTER,
            gutter=gutter,
        )
        if self._first_page != 1:
            add(made, "pgNumType", start=self._first_page)
            self._first_page = 1
