"""From a document to its pages: sets the blocks, fills pages, then contents, for which the pages must be known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

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
from perfdesk.documents.progress import Progress
from perfdesk.documents.writers.pdf.contents import CLOSE, LOOSE, contents_strips, follow_on
from perfdesk.documents.writers.pdf.front import FrontPage, FrontSetter
from perfdesk.documents.writers.pdf.grid import Grid
from perfdesk.documents.writers.pdf.lead import Lead, LeadingBlock
from perfdesk.documents.writers.pdf.page import Encoder, Page, frame
from perfdesk.documents.writers.pdf.paginate import paginate
from perfdesk.documents.writers.pdf.pictures import Pictures
from perfdesk.documents.writers.pdf.side_by_side import PairSetter
from perfdesk.documents.writers.pdf.strip import NEVER, NOT_HERE, Mark, Strip
from perfdesk.documents.writers.pdf.style import Look
from perfdesk.documents.writers.pdf.table_strips import BETWEEN_PARTS, TableSetter
from perfdesk.documents.writers.pdf.tags import Tree
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.documents.writers.pdf.text_strips import TextSetter

_GAP_BELOW_TABLE: Final = 12.0
# what it costs to part a chart from the table it shows: less than to part the table instead
_CHART_APART: Final = BETWEEN_PARTS - 3
# what it costs to leave one item of a list alone
_ITEM_ALONE: Final = 12
# less than this share of a page of contents is better had on the pages before
_FEW_LINES: Final = 0.35


class Book:
    """A document being set; afterwards its pages in order."""

    def __init__(
        self,
        document: Document,
        encoder: Encoder,
        look: Look,
        pictures: Pictures,
        progress: Progress | None,
        grid: Grid | None = None,
    ) -> None:
        """``grid`` is that of the whole where the document is a part of it."""
        self.pages: list[Page] = []
        self._document = document
        self._encoder = encoder
        self._look = look
        self._measure = Measurer()
        self._pictures = pictures
        self._progress = progress
        self._texts = TextSetter(look, self._measure, pictures)
        self._turned_texts = TextSetter(look, self._measure, pictures, wide=True)
        tables = (block.table for block in document.blocks if isinstance(block, TableBlock))
        self.grid = grid or Grid(tables, self._measure)
        self._tables = TableSetter(look, self._measure, document.continued, self.grid, self._tell)
        self._pairs = PairSetter(look, self._measure, self._tables)
        self._front = FrontSetter(encoder, look, self._measure, pictures)
        self._lists: list[_List] = []
        # the number of the block that is being set
        self._number = 0
        self._marks = 0
        self._blocks_of: dict[str, int] = {}
        # the headings of a run that hold others together, by their identity
        self._chapters: list[int] = []
        self.tree = Tree()

    def set(self) -> None:
        """Set all blocks."""
        run: list[Block] = []
        total = len(self._document.blocks)
        for done, block in enumerate(self._document.blocks, 1):
            if isinstance(block, (Cover, InnerCover, Quotation, Contents, Divider, BackCover)):
                self._set_run(run, done - 1 - len(run))
                run = []
                self._set_front(block, done)
            else:
                run.append(block)
        self._set_run(run, total - len(run))
        if self._lists:
            self._insert_lists()
        if not self.pages:
            self.pages.append(Page(self._encoder))

    def _set_front(self, block: FrontPage | Contents, number: int) -> None:
        if isinstance(block, Contents):
            self._lists.append(_List(len(self.pages), number, block))
            return
        for page in self._front.pages(block):
            page.reach[number] = (0, page.height)
            if page.element:
                self.tree.add(number, page.element)
            self.pages.append(page)

    def _set_run(self, blocks: list[Block], done: int) -> None:
        chapters = [id(block) for block, following in pairwise(blocks) if _opens_chapter(block, following)]
        # a single one would stand out without need
        self._chapters = chapters if len(chapters) > 1 else []
        self.pages += paginate(self._strips(blocks, done), self._encoder, self._look)

    def _insert_lists(self) -> None:
        """Put contents and lists where they belong; how long they are is known before their page numbers are."""
        marks = [mark for page in self.pages for mark, _ in page.marks]
        for entry in self._lists:
            self._lead_closer([entry], marks)
        # those that follow each other may share a page
        runs = [list(run) for _, run in groupby(self._lists, key=lambda entry: entry.at)]
        for run in runs:
            if len(run) > 1:
                self._lead_closer(run, marks)
        lengths = [len(self._listing(run, marks, {})) for run in runs]
        numbers = {
            mark.key: number + sum(n for n, run in zip(lengths, runs, strict=True) if number > run[0].at)
            for number, page in enumerate(self.pages, 1)
            for mark, _ in page.marks
        }
        for run in reversed(runs):
            self.pages[run[0].at : run[0].at] = self._listing(run, marks, numbers)

    def _lead_closer(self, run: "list[_List]", marks: list[Mark]) -> None:
        """Set the lines of lists closer where that saves a page with a few of them."""
        pages = self._listing(run, marks, {})
        last = pages[-1]
        if max(bottom for _, bottom in last.reach.values()) - last.top > (last.bottom - last.top) * _FEW_LINES:
            return
        if len(self._listing([replace(entry, leading=CLOSE) for entry in run], marks, {})) < len(pages):
            for entry in run:
                entry.leading = CLOSE

    def _listing(self, run: "list[_List]", marks: list[Mark], numbers: dict[str, int]) -> list[Page]:
        """Return the pages of lists that follow each other."""
        _, _, top, bottom = frame(wide=False)
        found: list[Strip] = []
        for entry in run:
            strips, toc = contents_strips(
                entry.contents, marks, numbers, self._look, self._measure, leading=entry.leading
            )
            if numbers:
                self.tree.add(entry.block, toc)
            if found:
                follow_on(strips, bottom - top)
            for strip in strips:
                # a line of the contents stands for what it leads to
                strip.block = self._blocks_of[strip.link.target] if strip.link else entry.block
            found += strips
        pages = list(paginate(found, self._encoder, self._look))
        for page in pages:
            page.lists = True
        return pages

    def _strips(self, blocks: list[Block], done: int) -> Iterator[Strip]:
        """Yield the strips of blocks; those that lead up to a table wait for it, to stand on the same kind of page."""
        lead = Lead()
        fresh = False
        beside = False  # whether the block has been set beside the one before it
        for number, block in enumerate(blocks, done + 1):
            self._number = number
            self._tell()
            if isinstance(block, PageBreak):
                fresh = True
                continue
            if beside:
                beside = False
                continue
            following = blocks[number - done] if number - done < len(blocks) else None
            strips = self._pair(block, following, number)
            beside = bool(strips)
            strips = strips or self._set_noted(block, number)
            if not strips:
                continue
            _follow(strips[0], block, blocks[max(number - done - 2, 0) : number - done - 1], following)
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
            if isinstance(block, LeadingBlock):
                yield from lead.passed(block, strips)
                continue
            if isinstance(block, TableBlock):
                lead.keep()
            if strips[0].wide:
                lead.turn(self._turned)
            yield from lead.taken()
            yield from strips
        yield from lead.taken()

    def _tell(self) -> None:
        """Tell how far the setting is: with each block, and with each row of a table."""
        if self._progress:
            self._progress(self._number, len(self._document.blocks))

    def _set(self, block: Block) -> list[Strip]:
        match block:
            case Heading() | Paragraph() | Bullet():
                return self._text(block, self._texts)
            case Figure():
                return self._texts.figure(block, self._key())
            case ChartBlock() | OrganisationBlock():
                return self._drawn(block)
            case Signature():
                return self._texts.signature(block)
            case TableBlock():
                return self._tables.strips(block.table, self._key(), whole=block.whole)
            case _:
                return []

    def _text(self, block: LeadingBlock, texts: TextSetter) -> list[Strip]:
        match block:
            case Heading():
                return texts.heading(block, self._key(), opens=id(block) in self._chapters)
            case Paragraph():
                return texts.paragraph(block)
            case Bullet():
                return texts.bullet(block)

    def _turned(self, block: LeadingBlock) -> list[Strip]:
        """Return a text as it stands on a page turned sideways."""
        return self._text(block, self._turned_texts)

    def _drawn(self, block: ChartBlock | OrganisationBlock) -> list[Strip]:
        # what draws takes as long to load as the rest of the writer
        from perfdesk.documents.writers.pdf.charts import chart_strips, organisation_strips

        key = self._key() if block.caption else ""
        if isinstance(block, ChartBlock):
            return chart_strips(block, self._look, self._measure, key)
        return organisation_strips(block, self._look, self._measure, key)

    def _set_noted(self, block: Block, number: int) -> list[Strip]:
        strips = self._set(block)
        if strips:
            self._note_block(strips, number)
            if isinstance(block, TableBlock):
                self._add_table(strips[0], number)
            else:
                element = self.tree.element(number, block)
                for strip in strips:
                    strip.element = element
        return strips

    def _add_table(self, strip: Strip, number: int) -> None:
        if strip.element:
            self.tree.add(number, strip.element)

    def _pair(self, block: Block, following: Block | None, number: int) -> list[Strip]:
        """Return two tables set side by side, where they go together."""
        if not (isinstance(block, TableBlock) and isinstance(following, TableBlock)):
            return []
        strips = self._pairs.strips(block.table, following.table, (self._key(), self._key()))
        for n, strip in enumerate(strips):
            self._note_block([strip], number + n)
            self._add_table(strip, number + n)
        return strips

    def _note_block(self, strips: list[Strip], number: int) -> None:
        """Let strips, and what is repeated above them, know their block."""
        for strip in strips:
            strip.block = number
            for repeated in strip.resume:
                repeated.block = number
        # the mark of a chart that no page holds is at its end
        self._blocks_of.update((strip.mark.key, number) for strip in strips if strip.mark)

    def _key(self) -> str:
        self._marks += 1
        return f"m{self._marks}"

    def block_of(self, mark: Mark) -> int:
        """Return the number of the block that a mark leads to, counted from 1."""
        return self._blocks_of[mark.key]

    def marks(self) -> Iterator[tuple[Mark, Page]]:
        """Yield every mark with its page."""
        for page in self.pages:
            for mark, _ in page.marks:
                yield mark, page


def _opens_chapter(block: Block, following: Block) -> bool:
    """Whether a block is a heading that says nothing itself but holds others together."""
    return isinstance(block, Heading) and isinstance(following, Heading) and block.level == 3 < following.level


def _follow(first: Strip, block: Block, above: Sequence[Block], following: Block | None) -> None:
    """Let what stands below a table keep its distance, a chart of it the table's page, and a list its beginning."""
    if not above:
        return
    if isinstance(block, Bullet):
        if isinstance(above[0], Paragraph):
            announced = "".join(run.text for run in above[0].runs).rstrip().endswith(":")
            first.penalty += NOT_HERE if announced else 0
        elif isinstance(above[0], Bullet) and not isinstance(following, Bullet):
            first.penalty += _ITEM_ALONE
    if not isinstance(above[0], TableBlock):
        return
    if isinstance(block, ChartBlock) and block.of_table:
        # rather than to begin a page, it stands below a table that is cut for it
        first.penalty += NEVER if above[0].whole else _CHART_APART
    elif isinstance(block, (Paragraph, Bullet)):
        first.gap = max(first.gap, _GAP_BELOW_TABLE)


@dataclass(slots=True)
class _List:
    """Contents or another list: the page they stand before, their number among the blocks, the distance of lines."""

    at: int
    block: int
    contents: Contents
    leading: float = LOOSE
