"""The change booklet: what differs between two versions of a programme, and which pages are to be printed again."""

import dataclasses
import difflib
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from perfdesk.documents.blocks import (
    Block,
    Bullet,
    Document,
    Figure,
    Heading,
    Paragraph,
    Sheet,
    TableBlock,
    Workbook,
)
from perfdesk.documents.reprint import Reprint, ranges
from perfdesk.domain import turkish
from perfdesk.domain.texts import Run
from perfdesk.tables.changes import tables
from perfdesk.tables.changes.compare import Changes
from perfdesk.tables.changes.marks import marked
from perfdesk.tables.changes.rows import only_changed, only_shares_changed
from perfdesk.tables.layout import fill
from perfdesk.tables.table import Table

_TEXTS: Final = (Paragraph, Bullet, Figure)
# the lowest level of the parts of the outline
_PART: Final = 2


class Books(NamedTuple):
    """The books of the two versions, as they print."""

    old: Document
    new: Document


def build(changes: Changes, books: Books, stamps: tuple[str, str], reprint: Reprint) -> Document:
    """Return the booklet.

    Args:
        changes: what differs.
        books: both versions' books.
        stamps: how the versions are named in print, the old one first.
        reprint: the pages to print again.
    """
    labels = changes.new.labels
    administration = changes.new.municipality.administration
    title = fill(labels["changes.programme"], year=changes.new.programme.year)
    blocks = [
        Heading(1, labels["changes.title"]),
        TableBlock(tables.counts(changes, stamps)),
        TableBlock(tables.sums(changes)),
        *_values(changes),
        *_pages(changes, books),
        *_reprint(changes, reprint),
    ]
    return Document(
        title=f"{administration.name} {title}",
        author=administration.name,
        subject=title,
        running_head=(turkish.upper(administration.name), turkish.upper(title)),
        foot=administration.name,
        page_label=changes.new.layout.labels["page"],
        continued=changes.new.layout.labels["continued"],
        blocks=tuple(blocks),
        colour=administration.colour,
    )


def workbook(changes: Changes, stamps: tuple[str, str]) -> Workbook:
    """Return the values that differ, the counts and the sums as a workbook."""
    labels = changes.new.labels
    administration = changes.new.municipality.administration.name
    title = fill(labels["changes.programme"], year=changes.new.programme.year)
    summary = (tables.counts(changes, stamps), tables.sums(changes))
    return Workbook(
        title=f"{administration} {title}",
        author=administration,
        running_head=(turkish.upper(administration), turkish.upper(title)),
        page_label=changes.new.layout.labels["page"],
        sheets=(
            Sheet(tables.COUNTS, labels["sheet.changed_counts"], summary),
            Sheet(tables.KIND, labels["sheet.changes"], (tables.values(changes),), landscape=True),
        ),
    )


def _values(changes: Changes) -> Iterator[Block]:
    if changes.values:
        yield TableBlock(tables.values(changes))
    else:
        yield Paragraph((Run(changes.new.labels["changes.none"]),))


def _pages(changes: Changes, books: Books) -> Iterator[Block]:
    """Yield the tables and texts that differ, as the new book prints them, under its headings."""
    before = {(block.table.kind, block.table.id): block.table for block in _tables(books.old)}
    old_tables = {_content(block.table) for block in _tables(books.old)}
    old_texts, new_texts = _texts(books.old), _texts(books.new)
    others = _others(old_texts, new_texts)
    announced = False
    headings: list[Heading] = []
    for about, block in zip(books.new.about, books.new.blocks, strict=True):
        if isinstance(block, Heading) and block.listed:
            # those within a text go with it
            if about[0] != "part" or block.level <= _PART:
                headings = _above(headings, block)
                continue
            told = old_texts.get(about) != new_texts.get(about)
        elif isinstance(block, TableBlock):
            told = _content(block.table) not in old_tables
        else:
            told = isinstance(block, _TEXTS) and old_texts.get(about) != new_texts.get(about)
        if not told:
            continue
        if not announced:
            announced = True
            yield Heading(1, changes.new.labels["changes.pages"])
            yield Paragraph((Run(changes.new.labels["changes.marked"]),))
        yield from headings
        headings = []
        if isinstance(block, TableBlock):
            yield _shortened(block, before, changes)
        elif isinstance(block, (Paragraph, Bullet)) and id(block) in others:
            yield dataclasses.replace(block, changed=True)
        else:
            yield block


def _above(headings: Sequence[Heading], block: Heading) -> list[Heading]:
    """Return the headings that still wait for something to stand over, with the next of the book.

    A part stands alone whatever holds it; a sub-programme stands below its programme.
    """
    level = max(block.level, _PART)
    above = [] if level == _PART else [heading for heading in headings if heading.level < level]
    return [*above, Heading(level, block.text, block.number)]


def _shortened(block: TableBlock, before: dict[tuple[str, str], Table], changes: Changes) -> TableBlock:
    """Return a table with its changed cells marked; a long one with the rows that changed alone."""
    table, labels = block.table, changes.new.labels
    old = before.get((table.kind, table.id))
    shown = marked(table, old)
    if old is None:
        return TableBlock(shown)
    caption = fill(labels["changes.rows"], caption=table.caption)
    cut = only_changed(shown, old, caption)
    # they are on pages to be printed again, but nobody has changed them
    if count := only_shares_changed(table, old):
        said = fill(labels["changes.shares_unmarked" if cut is shown else "changes.shares_left_out"], count=count)
        cut = dataclasses.replace(cut, note="\n".join(filter(None, (cut.note, said))))
    return TableBlock(cut)


def _tables(book: Document) -> Iterator[TableBlock]:
    return (block for block in book.blocks if isinstance(block, TableBlock))


def _texts(book: Document) -> dict[tuple[str, str], list[Block]]:
    """Return what is text, by the entry of the outline it belongs to."""
    texts: dict[tuple[str, str], list[Block]] = {}
    for about, block in zip(book.about, book.blocks, strict=True):
        if isinstance(block, _TEXTS):
            texts.setdefault(about, []).append(block)
    return texts


def _others(old: dict[tuple[str, str], list[Block]], new: dict[tuple[str, str], list[Block]]) -> set[int]:
    """Return the texts, by what they are in memory, that the old book has not at their place."""
    found: set[int] = set()
    for about, blocks in new.items():
        matcher = difflib.SequenceMatcher(None, old.get(about, ()), blocks, autojunk=False)
        for tag, _i, _j, first, end in matcher.get_opcodes():
            if tag != "equal":
                found.update(map(id, blocks[first:end]))
    return found


def _content(table: Table) -> object:
    """Return what a table prints, but for its caption, whose number depends on the tables before it."""
    heads = tuple((part.head, tuple(row.cells for row in part.rows)) for part in table.parts)
    printed = tuple((head, tuple(tuple(cell.text for cell in cells) for cells in rows)) for head, rows in heads)
    return table.kind, table.facts, printed, table.note


def _reprint(changes: Changes, reprint: Reprint) -> Iterator[Block]:
    labels = changes.new.labels
    yield Heading(2, labels["changes.reprint"])
    found = labels["changes.reprint_pages" if reprint.changed else "changes.reprint_none"]
    yield Paragraph((Run(fill(found, pages=reprint.pages, list=ranges(reprint.changed))),))
    if reprint.gone:
        yield Paragraph((Run(fill(labels["changes.gone"], list=ranges(reprint.gone))),))
    yield Paragraph((Run(labels["changes.note"]),))
