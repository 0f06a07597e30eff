"""From the objects of a document to its file, and what an archive asks of it beyond what reportlab writes.

reportlab maps unused codes of a font to U+0000 and knows neither output intents nor tags.
"""

from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import Any, Final, NamedTuple

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from perfdesk.documents.writers.pdf import colour_profile
from perfdesk.documents.writers.pdf.metadata import Info, Metadata
from perfdesk.documents.writers.pdf.packing import File
from perfdesk.documents.writers.pdf.tag_objects import add_tags
from perfdesk.documents.writers.pdf.tags import Element

# how many characters a map may name at once
_MOST_MAPPED: Final = 100
# the fonts' tables are read with a position that all documents share
_fonts_in_use = Lock()


class Tags(NamedTuple):
    """The tree of what stands on the pages, and for each page what stands at each of its marks."""

    root: Element
    marks: Sequence[Sequence[Element]]


def pdf_file(
    canvas: Canvas, metadata: Metadata, tags: Tags | None = None, between: Callable[[], object] = lambda: None
) -> bytes:
    """Return the file of a canvas whose pages are all added; the canvas is of no use afterwards.

    ``between`` is called with each object of the file.
    """
    # reportlab's own types know only some of what its objects have
    document: Any = canvas._doc  # type: ignore[attr-defined] # noqa: SLF001 - the objects are what is written
    document.info = Info(metadata)
    with _fonts_in_use:
        for font in document.delayedFonts:
            _add_font(document, font)
    _add_archival(document, metadata)
    for root in (document.Catalog, document.info):
        document.Reference(root)
    document.Outlines.prepare(document, canvas)
    if document.Outlines.ready < 0:
        document.Catalog.Outlines = None
    return _written(document, add_tags(document, *tags) if tags else iter(()), between)


def _written(document: Any, tags: Iterator[bytes], between: Callable[[], object]) -> bytes:
    """Return the objects' file; objects may ask for others while they are written."""
    file = File()
    number = 0
    while (number := number + 1) <= document.objectcounter:
        name = document.numberToId.get(number)
        # what has a number and no name is part of the tags
        written = pdfdoc.format(document.idToObject[name], document, toplevel=1) if name else next(tags)
        file.add(number, written)
        between()
    root, info = (document.Reference(found).format(document).decode() for found in (document.Catalog, document.info))
    return file.content(number - 1, root, info)


def _add_archival(document: Any, metadata: Metadata) -> None:
    """Add the description as XMP, and what the colours mean."""
    name = pdfdoc.PDFName
    description = pdfdoc.PDFDictionary({"Type": name("Metadata"), "Subtype": name("XML")})
    profile = pdfdoc.PDFDictionary({"N": 3})
    shown = pdfdoc.PDFString(colour_profile.NAME)
    intent = {
        "Type": name("OutputIntent"),
        "S": name("GTS_PDFA1"),  # the name in all parts of ISO 19005
        "OutputConditionIdentifier": shown,
        "Info": shown,
        "DestOutputProfile": pdfdoc.PDFStream(profile, colour_profile.srgb(), filters=[pdfdoc.PDFZCompress]),
    }
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])
    # without a filter, so that programs that know nothing of PDF find it
    catalog.Metadata = pdfdoc.PDFStream(description, metadata.xmp())


def _add_font(document: Any, font: TTFont) -> None:
    """Add the objects of a font, with maps that name none but the codes in use."""
    subsets = {
        font.getSubsetInternalName(n, document)[1:]: list(subset)
        for n, subset in enumerate(font.state[document].subsets)
    }
    font.addObjects(document)
    for name, subset in subsets.items():
        unicode = document.idToObject[name].ToUnicode
        document.idToObject[unicode.name].content = _unicode_map(subset)


def _unicode_map(subset: list[int]) -> str:
    """Return the program that tells which character each code of a font's subset shows."""
    mapped = [f"<{code:02X}> <{char:04X}>" for code, char in enumerate(subset) if char]
    runs = [mapped[n : n + _MOST_MAPPED] for n in range(0, len(mapped), _MOST_MAPPED)]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange\n<00> <FF>\nendcodespacerange",
            *(f"{len(run)} beginbfchar\n" + "\n".join(run) + "\nendbfchar" for run in runs),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )
