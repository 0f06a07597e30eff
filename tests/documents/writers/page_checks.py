"""What must hold on every page of a book: its fonts, its lists, and where bookmarks and links land.

Each check returns a line for each fault. What a book should lead to is read from its document.
"""

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

import pypdf
import pypdfium2 as pdfium
from pypdfium2 import raw
from tests.documents.writers.pdf_reading import normal, tight

from perfdesk.documents.blocks import (
    ChartBlock,
    Contents,
    Document,
    Figure,
    Heading,
    Listing,
    OrganisationBlock,
    TableBlock,
)
from perfdesk.documents.units import with_raised_units

FAMILY = "NotoSans"
# a bookmark shows so much of the page that its title stands in this band below the upper edge
BAND = 48
# as much of a title as stands in the band in any case
BEGINNING = 50


class Place(NamedTuple):
    """What contents and bookmarks lead to."""

    of: Listing
    title: str
    subject: str = ""
    kind: str = ""


class Landing(NamedTuple):
    """Where a bookmark or a link leads: the page, from 0, and how high on it."""

    page: int
    top: float


def places(document: Document) -> Iterator[Place]:
    """Yield what has a mark, in the order of the pages."""
    for block in document.blocks:
        match block:
            case Heading() if block.listed:
                yield Place(Listing.HEADINGS, " ".join(part for part in (block.number, block.text) if part))
            case TableBlock() if block.table.caption:
                table = with_raised_units(block.table)
                yield Place(Listing.TABLES, table.caption, table.subject, table.kind)
            case Figure() | ChartBlock() | OrganisationBlock() if block.caption:
                yield Place(Listing.FIGURES, block.caption)


def listed(document: Document, contents: Contents) -> list[Place]:
    """Return what one of the document's lists must have."""
    tables = contents.of is Listing.HEADINGS
    return [
        place
        for place in places(document)
        if place.of is contents.of or (tables and place.of is Listing.TABLES and place.kind not in contents.without)
    ]


# --- fonts ------------------------------------------------------------------------------------------------------------


def font_faults(data: bytes) -> list[str]:
    """Return the fonts that are not ours, not embedded or not searchable, and the glyphs without a letter."""
    found: list[str] = []
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages, 1):
        fonts = page["/Resources"].get("/Font", {})
        for reference in fonts.values():
            font = reference.get_object()
            base = font["/BaseFont"].split("+")[-1].lstrip("/")
            if not base.startswith(FAMILY):
                found.append(f"page {number}: {base} is not {FAMILY}")
            if "/FontFile2" not in font.get("/FontDescriptor", {}):
                found.append(f"page {number}: {base} is not embedded")
            if "/ToUnicode" not in font:
                found.append(f"page {number}: {base} has no ToUnicode")
        used = set(re.findall(rb"(/\S+) [\d.]+ Tf", page.get_contents().get_data()))
        found += [f"page {number}: {name!r} is missing" for name in used if name.decode() not in fonts]
    return found + _unmapped(data)


def _unmapped(data: bytes) -> list[str]:
    file = pdfium.PdfDocument(data)
    try:
        found: list[str] = []
        for number, page in enumerate(file, 1):
            text = page.get_textpage()
            bad = sum(raw.FPDFText_HasUnicodeMapError(text.raw, n) == 1 for n in range(text.count_chars()))
            if bad:
                found.append(f"page {number}: {bad} glyphs stand for no letter")
        return found
    finally:
        file.close()


# --- bookmarks and links ----------------------------------------------------------------------------------------------


def bookmark_faults(document: Document, data: bytes) -> list[str]:
    """Return the bookmarks that are missing, superfluous, or land where their title is not."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    marks = [(mark.title, _landing(reader, mark)) for mark in _flat(reader.outline)]
    expected = list(places(document))
    wanted = [normal(f"{place.title} – {place.subject}" if place.subject else place.title) for place in expected]
    if [normal(title) for title, _ in marks] != wanted:
        return ["the bookmarks are not what the document has"]
    pages = _Bands(data, document)
    found = [
        f"bookmark {place.title!r} lands elsewhere on page {landing.page + 1}"
        for (_, landing), place in zip(marks, expected, strict=True)
        if not pages.has(landing, place)
    ]
    pages.close()
    return found


def list_faults(document: Document, data: bytes) -> list[str]:
    """Return what the document's lists lack, tell wrongly, or lead to wrongly."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    pages = _Bands(data, document)
    links = _links(reader, pages)
    found: list[str] = []
    for place in (
        place for block in document.blocks if isinstance(block, Contents) for place in listed(document, block)
    ):
        text = ""
        # an entry of several lines has a link for each
        while len(text) < len(_told(place)):
            more, landing = next(links, ("", None))
            if landing is None:
                return [*found, f"{place.title!r} is not listed"]
            text += more
            if not pages.has(landing, place):
                found.append(f"{more!r} lands elsewhere on page {landing.page + 1}")
        if text != f"{_told(place)}{landing.page + 1}":
            found.append(f"{text!r} does not tell {place.title!r} on page {landing.page + 1}")
    found += [f"{text!r} is not to be listed" for text, _ in links]
    pages.close()
    return found


def _told(place: Place) -> str:
    """Return what a list tells of a place before its page, without white space."""
    subject = tight(place.subject)
    return f"{tight(place.title)}–{subject}" if subject else tight(place.title)


def _links(reader: pypdf.PdfReader, pages: "_Bands") -> Iterator[tuple[str, Landing]]:
    """Yield the text that each link lies over, and where it leads."""
    for number, page in enumerate(reader.pages):
        for annotation in page.get("/Annots", []):
            link = annotation.get_object()
            if link["/Subtype"] == "/Link":
                target, _, _, top, *_ = link["/Dest"]
                landing = Landing(reader.get_page_number(target.get_object()), float(top))
                yield tight(pages.text(number, *map(float, link["/Rect"]))), landing


def _landing(reader: pypdf.PdfReader, mark: pypdf.generic.Destination) -> Landing:
    return Landing(reader.get_destination_page_number(mark), float(mark.top))


def _flat(items: list) -> Iterator[pypdf.generic.Destination]:
    for item in items:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item


class _Bands:
    """Texts from parts of pages."""

    def __init__(self, data: bytes, document: Document) -> None:
        self._captions = {tight(place.title) for place in places(document) if place.of is Listing.FIGURES}
        self._file = pdfium.PdfDocument(data)
        self._pages: dict[int, tuple[pdfium.PdfTextPage, float]] = {}

    def close(self) -> None:
        self._file.close()

    def text(self, number: int, left: float, bottom: float, right: float, top: float) -> str:
        """Return what stands in a part of a page."""
        page, _ = self._page(number)
        return page.get_text_bounded(left, bottom, right, top, errors="replace")

    def has(self, landing: Landing, place: Place) -> bool:
        """Whether a place is where one lands: a title just there, a figure's caption below it.

        A figure of many drawings may go on overleaf, and its caption stands below the last of them.
        """
        _, width = self._page(landing.page)
        bottom = 0 if place.of is Listing.FIGURES else landing.top - BAND
        # of two tables side by side each has its half
        sides = ((0, width), (0, width / 2 + 12), (width / 2, width))
        bands = [tight(self.text(landing.page, left, bottom, right, landing.top)) for left, right in sides]
        title = tight(place.title)
        if place.of is Listing.FIGURES:
            shown = bands[0]
            if title not in shown and landing.page + 1 < len(self._file):
                shown += tight(self.text(landing.page + 1, 0, 0, width, self._file[landing.page + 1].get_height()))
            before, caption, _ = shown.partition(title)
            return bool(caption) and not any(other in before for other in self._captions)
        return any(band.startswith(title[:BEGINNING]) for band in bands)

    def _page(self, number: int) -> tuple[pdfium.PdfTextPage, float]:
        if number not in self._pages:
            page = self._file[number]
            self._pages[number] = page.get_textpage(), page.get_width()
        return self._pages[number]
