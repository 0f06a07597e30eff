"""Running text that names places and figures of the book: [[Tablo: Araçlar]] prints as the number now in force."""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from perfdesk.documents.blocks import (
    Block,
    Bullet,
    ChartBlock,
    Figure,
    Heading,
    OrganisationBlock,
    Paragraph,
    Quotation,
    TableBlock,
)
from perfdesk.domain.texts import Run
from perfdesk.tables import quoting
from perfdesk.tables.catalogue import FIGURE
from perfdesk.tables.context import Context
from perfdesk.tables.quoting import QUOTE, folded

_HEADING: Final = "heading"
_TABLE: Final = "table"
# what stands between the numbers of a part and of what is within it, where these do not say it themselves
_JOINT: Final = "-"
_MARKS: Final = "-–.:) "


class Place(NamedTuple):
    """A place of the book: the folded names it goes by, and how a text refers to it."""

    names: tuple[str, ...]
    printed: str


class References:
    """Answers what the texts of a book ask for; its places are looked up when the first text asks."""

    def __init__(self, ctx: Context, blocks: Sequence[Block]) -> None:
        self._ctx = ctx
        self._blocks = blocks
        self._places: dict[str, list[Place]] = {}
        self._figures: dict[str, str] = {}

    def answer(self, words: str) -> str | None:
        """Return what is printed for the words between brackets; None where the name is not known."""
        asked = quoting.quoted(self._ctx, words)
        if not asked.kind:
            self._figures = self._figures or quoting.figures(self._ctx)
            return self._figures.get(asked.name)
        if not self._places:
            self._places = _places(self._ctx, self._blocks)
        return quoting.best(asked.name, self._places.get(asked.kind, ()))

    def told(self, block: Block) -> Block:
        """Return a block whose text says what it asks for; an unknown name stands without its brackets."""
        match block:
            case Paragraph() | Bullet() if _asks(block.runs):
                return dataclasses.replace(block, runs=self._filled(block.runs))
            case Quotation() if any(map(_asks, block.paragraphs)):
                return dataclasses.replace(block, paragraphs=tuple(map(self._filled, block.paragraphs)))
        return block

    def unknown(self, block: Block) -> list[str]:
        """Return the names a block's text asks for in vain, as they were written."""
        asked = (match[1] for runs in _texts(block) for match in QUOTE.finditer(_joined(runs)))
        return [words.strip() for words in asked if self.answer(words) is None]

    def _filled(self, runs: Sequence[Run]) -> tuple[Run, ...]:
        text = _joined(runs)
        filled: list[Run] = []
        at = 0
        for match in QUOTE.finditer(text):
            filled += _between(runs, at, match.start())
            answer = self.answer(match[1])
            # of the weight in which the name begins
            weight = next(_between(runs, match.start(1), match.end(1))).bold
            filled.append(Run(match[1].strip() if answer is None else answer, weight))
            at = match.end()
        return (*filled, *_between(runs, at, len(text)))


def _texts(block: Block) -> tuple[tuple[Run, ...], ...]:
    match block:
        case Paragraph() | Bullet():
            return (block.runs,)
        case Quotation():
            return block.paragraphs
    return ()


def _joined(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _asks(runs: Sequence[Run]) -> bool:
    return QUOTE.search(_joined(runs)) is not None


def _between(runs: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    """Yield what of the runs stands between two places of their joined text."""
    at = 0
    for run in runs:
        text = run.text[max(start - at, 0) : max(end - at, 0)]
        if text:
            yield run if text == run.text else Run(text, run.bold)
        at += len(run.text)


def _places(ctx: Context, blocks: Sequence[Block]) -> dict[str, list[Place]]:
    captions = ctx.layout.captions
    found: dict[str, list[Place]] = {_HEADING: [], _TABLE: [], FIGURE: []}
    above: list[str] = []
    for block in blocks:
        match block:
            case Heading() if block.listed:
                del above[block.level - 1 :]
                above += [""] * (block.level - 1 - len(above))
                above.append(_numbered(ctx, block, above))
                found[_HEADING].append(Place((folded(block.text),), above[-1] or block.text))
            case TableBlock():
                table = block.table
                printed, own = quoting.reference(captions.get(table.kind, ""), table.caption)
                subject = "; ".join(table.about)
                names = (own, table.caption, *((subject, f"{own} {subject}") if subject else ()))
                found[_TABLE].append(Place(tuple(map(folded, names)), printed))
            case Figure() | ChartBlock() | OrganisationBlock() if block.caption:
                printed, own = quoting.reference(captions[FIGURE], block.caption)
                found[FIGURE].append(Place((folded(own), folded(block.caption)), printed))
    return found


def _numbered(ctx: Context, heading: Heading, above: Sequence[str]) -> str:
    """Return a heading's whole number: "II-C" for "C-" under "II-"; one that has the path in it already is whole."""
    own = heading.number.strip(_MARKS)
    patterns = ctx.layout.section_numbers
    is_whole = "{path" in patterns[heading.level - 1] if heading.level <= len(patterns) else True
    if not own or is_whole or not above or not above[-1]:
        return own
    return f"{above[-1]}{_JOINT}{own}"
