"""From a document to its pages: sets the blocks, fills pages, then contents, for which the pages must be known."""

from collections.abc import Iterator
from typing import Final

from perfdesk.documents.blocks import (
    Block,
    Bullet,
    Contents,
    Cover,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Signature,
    TableBlock,
)
from perfdesk.documents.progress import Progress
from perfdesk.documents.writers.pdf.front import contents_strips, draw_cover
from perfdesk.documents.writers.pdf.page import Encoder, Page, frame
from perfdesk.documents.writers.pdf.paginate import paginate
from perfdesk.documents.writers.pdf.pictures import Pictures
from perfdesk.documents.writers.pdf.strip import NEVER, Mark, Strip
from perfdesk.documents.writers.pdf.style import Look
from perfdesk.documents.writers.pdf.table_strips import TableSetter
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.documents.writers.pdf.text_strips import TextSetter

_GAP_BELOW_HEADING: Final = 9.0
# more text than this between a heading and a wide table fills its own page
_TALLEST_LEAD: Final = 170.0


class Book:
    """A document being set; afterwards its pages in order."""

    def __init__(
        self, document: Document, encoder: Encoder, look: Look, pictures: Pictures, progress: Progress | None
    ) -> None:
        self.pages: list[Page] = []
        self._document = document
        self._encoder = encoder
        self._look = look
        self._measure = Measurer()
        self._pictures = pictures
        self._progress = progress
        self._texts = TextSetter(look, self._measure, pictures)
        self._tables = TableSetter(look, self._measure, document.continued)
        # the page the contents stand before, their number among the blocks, and they
        self._contents: tuple[int, int, Contents] | None = None
        self._marks = 0
        self._blocks_of: dict[str, int] = {}

    def set(self) -> None:
        """Set all blocks."""
        run: list[Block] = []
        total = len(self._document.blocks)
        for done, block in enumerate(self._document.blocks, 1):
            if isinstance(block, (Cover, Contents)):
                self._set_run(run, done - 1 - len(run))
                run = []
                self._set_front(block, done)
            else:
                run.append(block)
        self._set_run(run, total - len(run))
        if self._contents:
            self._insert_contents(*self._contents)
        if not self.pages:
            self.pages.append(Page(self._encoder))

    def _set_front(self, block: Cover | Contents, number: int) -> None:
        if isinstance(block, Contents):
            self._contents = (len(self.pages), number, block)
            return
        page = Page(self._encoder, plain=True)
        draw_cover(page, block, self._look, self._measure, self._pictures)
        page.reach[number] = (0, page.height)
        self.pages.append(page)

    def _set_run(self, blocks: list[Block], done: int) -> None:
        self.pages += paginate(self._strips(blocks, done), self._encoder, self._look)

    def _insert_contents(self, at: int, block: int, contents: Contents) -> None:
        marks = [mark for page in self.pages for mark, _ in page.marks]
        empty = contents_strips(contents, marks, {}, self._look, self._measure)
        length = sum(1 for _ in paginate(empty, self._encoder, self._look))
        numbers = {
            mark.key: number + (length if number > at else 0)
            for number, page in enumerate(self.pages, 1)
            for mark, _ in page.marks
        }
        strips = contents_strips(contents, marks, numbers, self._look, self._measure)
        for strip in strips:
            # a line of the contents stands for what it leads to
            strip.block = self._blocks_of[strip.link.target] if strip.link else block
        listing = list(paginate(strips, self._encoder, self._look))
        for page in listing:
            page.lists = True
        self.pages[at:at] = listing

    def _strips(self, blocks: list[Block], done: int) -> Iterator[Strip]:
        """Yield the strips of blocks; those that lead up to a table wait for it, to stand on the same kind of page."""
        lead = _Lead()
        fresh = False
        for number, block in enumerate(blocks, done + 1):
            if self._progress:
                self._progress(number, len(self._document.blocks))
            if isinstance(block, PageBreak):
                fresh = True
                continue
            strips = self._set(block)
            if not strips:
                continue
            self._note_block(strips, number)
            if fresh:
                if not lead.heading:
                    yield from lead.taken()
                # a heading just before a forced break goes with what it stands over
                (lead.strips or strips)[0].fresh = True
                fresh = False
            if isinstance(block, Heading) and not lead.heading:
                yield from lead.taken()
            if lead.heading:
                lead.hold(strips[0], heading=isinstance(block, Heading), table=isinstance(block, TableBlock))
            if isinstance(block, Heading) or (isinstance(block, (Paragraph, Bullet)) and lead.has_room(strips)):
                lead.add(strips, heading=isinstance(block, Heading))
                continue
            if strips[0].wide:
                lead.turn()
            yield from lead.taken()
            yield from strips
        yield from lead.taken()

    def _set(self, block: Block) -> list[Strip]:
        match block:
            case Heading():
                return self._texts.heading(block, self._key())
            case Paragraph():
                return self._texts.paragraph(block)
            case Bullet():
                return self._texts.bullet(block)
            case Figure():
                return self._texts.figure(block)
            case Signature():
                return self._texts.signature(block)
            case TableBlock():
                return self._tables.strips(block.table, self._key())
            case _:
                return []

    def _note_block(self, strips: list[Strip], number: int) -> None:
        """Let strips, and what is repeated above them, know their block."""
        for strip in strips:
            strip.block = number
            for repeated in strip.resume:
                repeated.block = number
        if strips[0].mark:
            self._blocks_of[strips[0].mark.key] = number

    def _key(self) -> str:
        self._marks += 1
        return f"m{self._marks}"

    def marks(self) -> Iterator[tuple[Mark, Page]]:
        """Yield every mark with its page."""
        for page in self.pages:
            for mark, _ in page.marks:
                yield mark, page


class _Lead:
    """Headings, and a few lines of text below them, that wait for what follows."""

    def __init__(self) -> None:
        self.strips: list[Strip] = []
        self.heading = False  # whether the last of them is a heading

    def add(self, strips: list[Strip], *, heading: bool) -> None:
        """Let more wait."""
        self.strips += strips
        self.heading = heading

    def has_room(self, strips: list[Strip]) -> bool:
        """Whether a text below the headings is short enough to wait too."""
        height = sum(strip.height + strip.gap for strip in (*self.strips, *strips))
        return bool(self.strips) and height <= _TALLEST_LEAD

    def taken(self) -> list[Strip]:
        """Return what waited; nothing waits any more."""
        taken, self.strips, self.heading = self.strips, [], False
        return taken

    @staticmethod
    def hold(first: Strip, *, heading: bool, table: bool) -> None:
        """Keep what follows a heading close to it and on its page."""
        first.penalty = NEVER
        if first.fresh and heading:
            first.gap = 0
        else:
            first.gap = _GAP_BELOW_HEADING if table else min(first.gap, _GAP_BELOW_HEADING if heading else 5)

    def turn(self) -> None:
        """Move what waits to a page turned sideways, whose text begins elsewhere."""
        (left, right, _, _), (new_left, new_right, _, _) = frame(wide=False), frame(wide=True)
        for strip in self.strips:
            strip.wide = True
            strip.texts = [text._replace(x=text.x - left + new_left) for text in strip.texts]
            strip.rules = [
                rule._replace(left=new_left, right=new_right) if rule.right == right else rule for rule in strip.rules
            ]
