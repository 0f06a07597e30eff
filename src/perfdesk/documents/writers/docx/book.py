"""From a document to the body of a Word file: writes block after block, each on the kind of page it needs."""

from collections.abc import Callable
from typing import Final

from docx.document import Document as WordFile

from perfdesk.documents.blocks import (
    BackCover,
    Block,
    Bullet,
    ChartBlock,
    Contents,
    Cover,
    Divider,
    Document,
    Figure,
    Heading,
    InnerCover,
    OrganisationBlock,
    PageBreak,
    Paragraph,
    Quotation,
    Signature,
    TableBlock,
)
from perfdesk.documents.writers import pdf
from perfdesk.documents.writers.docx.body import Body, Pages
from perfdesk.documents.writers.docx.captions import add_title, entries
from perfdesk.documents.writers.docx.columns import plan
from perfdesk.documents.writers.docx.contents import add_contents
from perfdesk.documents.writers.docx.drawings import drawing
from perfdesk.documents.writers.docx.frames import add_frames
from perfdesk.documents.writers.docx.front import Front, FrontWriter, add_runs
from perfdesk.documents.writers.docx.measures import TEXT, TEXT_HEIGHT
from perfdesk.documents.writers.docx.pictures import Pictures, Size
from perfdesk.documents.writers.docx.styles import Palette
from perfdesk.documents.writers.docx.tables import TableWriter
from perfdesk.documents.writers.docx.xml import add, add_run
from perfdesk.documents.writers.pdf.grid import printed_amount
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.domain.texts import Run

Progress = Callable[[int, int], object]
_TALLEST_FIGURE: Final = 0.6
_SIGNATURE_GAP: Final = 600
# more text than this below a heading fills its own page before a wide table
_LONGEST_LEAD: Final = 700


def _early(progress: Progress | None) -> Progress | None:
    """Return what is told of the first half of the work."""
    return (lambda done, of: progress(done, 2 * of)) if progress else None


def _late(progress: Progress | None, before: int) -> Progress | None:
    """Return what is told of the second half of the work."""
    return (lambda done, of: progress(before + done, before + of)) if progress else None


class Book:
    """A document being written into a Word file."""

    def __init__(self, file: WordFile, document: Document, look: Palette, progress: Progress | None) -> None:
        self._document = document
        lists = any(isinstance(block, Contents) for block in document.blocks)
        # with lists, the PDF's pages are found first, which takes about as long as the writing
        self._progress = _late(progress, len(document.blocks)) if lists else progress
        self._body = Body(file.element.body, add_frames(file, document), document.first_page)
        self._pictures = Pictures(file)
        self._front = FrontWriter(self._body, self._pictures)
        self._measure = Measurer()
        amount = printed_amount(block.table for block in document.blocks if isinstance(block, TableBlock))
        self._tables = TableWriter(self._body, look, self._measure, amount)
        listed = pdf.listed(document, progress=_early(progress)) if lists else {}
        self._entries = entries(document.blocks, listed)
        # headings, and a few lines below them, that wait to see whether a wide table turns the page
        self._lead: list[tuple[int, Block]] = []

    def write(self) -> None:
        """Write all blocks."""
        total = len(self._document.blocks)
        for n, block in enumerate(self._document.blocks):
            if self._progress:
                self._progress(n + 1, total)
            if self._leads(block):
                self._lead.append((n, block))
            elif isinstance(block, TableBlock):
                self._table(n, block)
            else:
                self._release(Pages.UPRIGHT)
                if not isinstance(block, PageBreak | Front):
                    self._body.turn_to(Pages.UPRIGHT)
                self._write(n, block)
        self._release(Pages.UPRIGHT)
        self._body.finish()

    def _leads(self, block: Block) -> bool:
        """Whether a block goes with the table it may lead up to."""
        if isinstance(block, Heading):
            return True
        if not self._lead or not isinstance(block, Paragraph | Bullet | PageBreak):
            return False
        texts = [one.runs for _, one in (*self._lead, (0, block)) if isinstance(one, Paragraph | Bullet)]
        return sum(len(run.text) for runs in texts for run in runs) <= _LONGEST_LEAD

    def _release(self, pages: Pages) -> None:
        """Write what has waited."""
        lead, self._lead = self._lead, []
        for n, block in lead:
            self._body.turn_to(pages)
            self._write(n, block)

    def _table(self, n: int, block: TableBlock) -> None:
        planned = plan(block.table, self._measure)
        pages = Pages.TURNED if planned.setting.wide else Pages.UPRIGHT
        self._release(pages)
        self._body.turn_to(pages)
        self._caption(n, "CaptionListed" if n in self._entries and self._entries[n].level else "Caption")
        self._tables.write(planned)

    def _write(self, n: int, block: Block) -> None:
        match block:
            case Cover() | InnerCover() | Quotation() | Divider() | BackCover():
                self._front.write(block)
            case PageBreak():
                self._body.begin_page()
            case Contents():
                add_contents(self._body, block, self._entries.values())
            case Heading() if not block.listed:
                add_runs(self._body.paragraph("BodyText", keep=True), (Run(block.text, bold=True),))
            case Heading():
                self._caption(n, f"Heading{min(max(block.level, 1), 4)}")
            case Paragraph():
                add_runs(self._body.paragraph("BodyText"), block.runs)
            case Bullet():
                add_runs(self._body.paragraph("ListBullet"), block.runs)
            case Figure():
                self._figure(n, self._pictures.add(block.data), block.caption)
            case ChartBlock() | OrganisationBlock():
                data, density = drawing(block, self._document.colour, TEXT)
                self._figure(n, self._pictures.add(data, density), block.caption)
            case Signature():
                self._signature(block)

    def _caption(self, n: int, style: str) -> None:
        entry = self._entries.get(n)
        if entry:
            add_title(self._body.paragraph(style), entry, n + 1)

    def _figure(self, n: int, size: Size | None, caption: str) -> None:
        if size:
            room = (TEXT, TEXT_HEIGHT * _TALLEST_FIGURE)
            self._pictures.place(self._body.paragraph("Figure"), size, room, caption)
        self._caption(n, "FigureCaption")

    def _signature(self, signature: Signature) -> None:
        made = self._body.paragraph("Signature")
        add(made[0], "spacing", before=_SIGNATURE_GAP)
        add_run(made, signature.name)
        for title in signature.titles:
            add_run(self._body.paragraph("SignatureTitle"), title)
