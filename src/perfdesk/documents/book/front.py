"""The book's first and last pages: cover, inner cover with the imprint, quotation, lists, back cover."""

from collections.abc import Iterator, Mapping
from typing import Final

from perfdesk.documents.blocks import (
    BackCover,
    ChartBlock,
    Contents,
    Cover,
    Figure,
    Imprint,
    InnerCover,
    Listing,
    OrganisationBlock,
    Quotation,
    TableBlock,
)
from perfdesk.documents.blocks import Block as AnyBlock
from perfdesk.domain.texts import BlockKind, TextBlock
from perfdesk.tables import cost_sheet, resource_table
from perfdesk.tables.context import Context

COVER: Final = "cover"
IMPRINT: Final = "imprint"
QUOTATION: Final = "quotation"
BACK_COVER: Final = "back_cover"
_DASHES: Final = "-–—"
# a longer text before a colon is a sentence
_LONGEST_LABEL: Final = 40
# there are so many of them that nothing would be found among them
_UNLISTED: Final = frozenset({cost_sheet.KIND, resource_table.KIND})


class FrontPages:
    """Makes the pages before and behind the parts, from the administration and from the sections named for them."""

    def __init__(self, ctx: Context, pictures: Mapping[str, bytes]) -> None:
        self._ctx = ctx
        self._pictures = pictures
        self._administration = ctx.municipality.administration
        self._logo = pictures.get(self._administration.logo, b"")
        self._sections = {section.key: section for section in ctx.programme.sections}

    def cover(self) -> Cover:
        """Return the cover; its picture is the first one of its section."""
        administration = self._administration
        foot = (administration.address, administration.phone, administration.web, administration.email)
        return Cover(
            administration.name,
            self._ctx.layout.form.title,
            str(self._ctx.programme.year),
            self._logo,
            tuple(text for text in foot if text),
            self._picture(COVER),
        )

    def inner_cover(self) -> InnerCover | None:
        """Return the inner cover; None where the layout has none or there is nothing to say on it."""
        imprint = tuple(self._imprint())
        if "inner_cover" not in self._ctx.layout.pages or not imprint:
            return None
        year = str(self._ctx.programme.year)
        return InnerCover(self._administration.name, self._ctx.layout.form.title, year, imprint, self._logo)

    def _imprint(self) -> Iterator[Imprint]:
        labels = self._ctx.labels
        for key in ("address", "phone", "fax", "web", "email"):
            if text := getattr(self._administration, key):
                yield Imprint(labels[f"imprint.{key}"], text)
        for line in self._lines(IMPRINT):
            label, colon, text = line.partition(": ")
            yield Imprint(label, text.strip()) if colon and len(label) <= _LONGEST_LABEL else Imprint("", line)

    def quotation(self) -> Quotation | None:
        """Return the quotation; its last paragraph says who said it if it begins with a dash, else the title does."""
        section = self._sections.get(QUOTATION)
        if "quotation" not in self._ctx.layout.pages or section is None:
            return None
        texts = [block for block in section.blocks if _text(block).strip()]
        picture = self._picture(QUOTATION)
        if not texts and not picture:
            return None
        source = section.title
        if len(texts) > 1 and _text(texts[-1]).lstrip().startswith(tuple(_DASHES)):
            source = _text(texts.pop()).strip().lstrip(_DASHES).strip()
        return Quotation(tuple(block.runs for block in texts), source, picture)

    def lists(self, blocks: list[AnyBlock]) -> Iterator[Contents]:
        """Yield contents, list of tables and list of figures, those that the layout has and that have anything to list.

        Args:
            blocks: the rest of the book.
        """
        pages, labels = self._ctx.layout.pages, self._ctx.labels
        tables = frozenset(block.table.kind for block in blocks if isinstance(block, TableBlock))
        with_tables = "tables_list" in pages and bool(tables)
        if "contents" in pages:
            # tables with a list of their own are not told twice
            yield Contents(labels["contents"], tables if with_tables else _UNLISTED)
        if with_tables:
            yield Contents(labels["tables_list"], of=Listing.TABLES)
        figures = (block for block in blocks if isinstance(block, (Figure, ChartBlock, OrganisationBlock)))
        if "figures_list" in pages and any(block.caption for block in figures):
            yield Contents(labels["figures_list"], of=Listing.FIGURES)

    def back_cover(self) -> BackCover | None:
        """Return the back cover: what its section says at the foot, else where the administration is found."""
        administration = self._administration
        if "back_cover" not in self._ctx.layout.pages:
            return None
        found = (administration.address, administration.phone, administration.web, administration.email)
        foot = tuple(self._lines(BACK_COVER)) or tuple(text for text in found if text)
        return BackCover(administration.name, self._logo, foot)

    def _lines(self, key: str) -> Iterator[str]:
        section = self._sections.get(key)
        for block in section.blocks if section else ():
            yield from (line.strip() for line in _text(block).split("\n") if line.strip())

    def _picture(self, key: str) -> bytes:
        """Return the first picture of a section."""
        blocks = self._sections[key].blocks if key in self._sections else ()
        pictures = (self._pictures.get(block.picture, b"") for block in blocks if block.kind is BlockKind.PICTURE)
        return next(pictures, b"")


def _text(block: TextBlock) -> str:
    return "".join(run.text for run in block.runs)
