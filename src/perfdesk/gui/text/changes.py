"""What a writer does to a text: each is one change of the document that can be taken back, and keeps its structure."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor

from perfdesk.domain.texts import BlockKind, Run, TextBlock
from perfdesk.gui.text.structure import Setter, is_bold, kind_of, level_of, text_block, weight

_END: Final = QTextCursor.MoveOperation.EndOfBlock
# what begins a bullet when a blank follows it at the start of a paragraph
BULLET_SIGNS: Final = ("-", "*", "•")


@contextmanager
def _one_change(cursor: QTextCursor) -> Iterator[None]:
    cursor.beginEditBlock()
    try:
        yield
    finally:
        cursor.endEditBlock()


def selected(cursor: QTextCursor) -> list[QTextBlock]:
    """Return the blocks of a selection, or the one the cursor is in."""
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    if last.position() == cursor.selectionEnd() and last != block:
        # a selection that ends where a block begins has nothing of it
        last = last.previous()
    found = [block]
    while block != last:
        block = block.next()
        found.append(block)
    return found


def spans_blocks(cursor: QTextCursor) -> bool:
    """Whether a selection has more than one block."""
    document = cursor.document()
    return document.findBlock(cursor.selectionStart()) != document.findBlock(cursor.selectionEnd())


def takes_bold(block: QTextBlock) -> bool:
    """Whether letters of a block can be bold: a heading is as a whole, a caption never."""
    return kind_of(block) in (BlockKind.PARAGRAPH, BlockKind.BULLET)


def all_bold(cursor: QTextCursor) -> bool:
    """Whether everything selected is bold."""
    parts = [text_block(block, *bounds) for block, bounds in _parts(cursor) if takes_bold(block)]
    runs = [run for part in parts for run in part.runs]
    return all(run.bold for run in runs) if runs else is_bold(cursor.charFormat())


def set_bold(cursor: QTextCursor, *, bold: bool) -> None:
    """Make everything selected bold or plain."""
    with _one_change(cursor):
        for block, (start, end) in _parts(cursor):
            if takes_bold(block):
                part = QTextCursor(block)
                part.setPosition(block.position() + start)
                part.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
                part.setCharFormat(weight(bold=bold))


def _parts(cursor: QTextCursor) -> list[tuple[QTextBlock, tuple[int, int]]]:
    """Return the blocks of a selection, with what is selected of each."""
    first, last = cursor.selectionStart(), cursor.selectionEnd()
    return [
        (block, (max(first - block.position(), 0), min(last - block.position(), block.length() - 1)))
        for block in selected(cursor)
    ]


def set_kind(cursor: QTextCursor, setter: Setter, kind: BlockKind, level: int | None = None) -> None:
    """Make the selected blocks headings, paragraphs or bullets; pictures stay."""
    with _one_change(cursor):
        for block in selected(cursor):
            if kind_of(block) is not BlockKind.PICTURE:
                QTextCursor(block).setBlockFormat(setter.format(kind, level))


def new_block(cursor: QTextCursor, setter: Setter) -> None:
    """Do what Enter does: part a paragraph, go on after a heading or picture, end a list."""
    with _one_change(cursor):
        if cursor.hasSelection():
            _remove(cursor, setter)
        block = cursor.block()
        kind, is_empty = kind_of(block), block.length() == 1
        paragraph = setter.format(BlockKind.PARAGRAPH)
        if is_empty and kind in (BlockKind.BULLET, BlockKind.HEADING):
            cursor.setBlockFormat(paragraph)
        elif kind in (BlockKind.HEADING, BlockKind.PICTURE):
            if kind is BlockKind.PICTURE and cursor.atBlockStart():
                # above a caption is its picture: the text goes on below the two
                cursor.movePosition(_END)
            above = cursor.atBlockStart() and not is_empty
            cursor.insertBlock(block.blockFormat() if above else paragraph, weight(bold=False))
            if above:
                # at its start an empty paragraph goes above it
                QTextCursor(cursor.block().previous()).setBlockFormat(paragraph)
        else:
            cursor.insertBlock()


def bullet_typed(cursor: QTextCursor, setter: Setter) -> bool:
    """Make a paragraph that begins with a list's sign a bullet, when a blank is typed behind it."""
    block = cursor.block()
    before = block.text()[: cursor.positionInBlock()]
    if cursor.hasSelection() or kind_of(block) is not BlockKind.PARAGRAPH or before not in BULLET_SIGNS:
        return False
    with _one_change(cursor):
        cursor.deletePreviousChar()
        cursor.setBlockFormat(setter.format(BlockKind.BULLET))
    return True


def erase_back(cursor: QTextCursor, setter: Setter) -> bool:
    """Do what Backspace does at the start of a block, where it is not what Qt does; tell whether that was so."""
    if cursor.hasSelection() or not cursor.atBlockStart():
        return False
    block, above = cursor.block(), cursor.block().previous()
    kind, is_empty = kind_of(block), block.length() == 1
    if kind in (BlockKind.HEADING, BlockKind.BULLET) or (kind is BlockKind.PICTURE and is_empty):
        cursor.setBlockFormat(setter.format(BlockKind.PARAGRAPH))
    elif kind is BlockKind.PICTURE:
        return True
    elif above.isValid() and kind_of(above) is BlockKind.PICTURE:
        # a caption does not swallow the paragraph below it
        if is_empty:
            _drop(cursor, block)
        cursor.setPosition(above.position() + above.length() - 1)
    else:
        return False
    return True


def erase_forward(cursor: QTextCursor) -> bool:
    """Do what Delete does at the end of a block, where it is not what Qt does; tell whether that was so."""
    if cursor.hasSelection() or not cursor.atBlockEnd():
        return False
    block, below = cursor.block(), cursor.block().next()
    if not below.isValid() or BlockKind.PICTURE not in (kind_of(block), kind_of(below)):
        return False
    if kind_of(below) is not BlockKind.PICTURE:
        if below.length() == 1:
            _drop(cursor, below)
    elif block.length() == 1 and kind_of(block) is not BlockKind.PICTURE and block.previous().isValid():
        _drop(cursor, block)
    return True


def _drop(cursor: QTextCursor, block: QTextBlock) -> None:
    """Take an empty block away; its neighbour stays what it is."""
    with _one_change(cursor):
        above = block.previous()
        kept = above.blockFormat() if above.isValid() else block.next().blockFormat()
        at = QTextCursor(block)
        if above.isValid():
            at.deletePreviousChar()
        else:
            at.deleteChar()
        at.setBlockFormat(kept)


def remove_picture(cursor: QTextCursor, setter: Setter) -> None:
    """Take away the picture whose caption the cursor is in, with the caption; above it nothing changes."""
    with _one_change(cursor):
        block, above = cursor.block(), cursor.block().previous()
        kept = above.blockFormat()
        cursor.setPosition(above.position() + above.length() - 1)
        cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.setBlockFormat(kept)
        setter.keep_room_above(cursor.document())


def remove(cursor: QTextCursor, setter: Setter) -> None:
    """Take away what is selected; what is left of the first block keeps its kind."""
    with _one_change(cursor):
        _remove(cursor, setter)


def _remove(cursor: QTextCursor, setter: Setter) -> None:
    document = cursor.document()
    first = document.findBlock(cursor.selectionStart())
    whole = cursor.selectionStart() == first.position() and spans_blocks(cursor)
    kept: QTextBlockFormat = first.blockFormat()
    if whole and kind_of(first) is BlockKind.PICTURE:
        # selected with its whole caption, a picture goes too
        kept = setter.format(BlockKind.PARAGRAPH)
    cursor.removeSelectedText()
    cursor.setBlockFormat(kept)
    setter.keep_room_above(document)


def replace_letters(cursor: QTextCursor, setter: Setter, text: str) -> None:
    """Type over a selection of several blocks."""
    with _one_change(cursor):
        _remove(cursor, setter)
        cursor.insertText(text)


def insert(cursor: QTextCursor, setter: Setter, blocks: Sequence[TextBlock]) -> None:
    """Write blocks at the cursor, over what is selected; a single paragraph goes into the line."""
    if not blocks:
        return
    with _one_change(cursor):
        if cursor.hasSelection():
            _remove(cursor, setter)
        here = cursor.block()
        inline = len(blocks) == 1 and blocks[0].kind is BlockKind.PARAGRAPH and here.length() > 1
        if kind_of(here) is BlockKind.PICTURE and all(block.kind is not BlockKind.PICTURE for block in blocks):
            # into a caption only words go
            words = " ".join("".join(run.text for run in block.runs) for block in blocks)
            cursor.insertText(" ".join(words.split()), weight(bold=False))
        elif inline:
            setter.insert_runs(cursor, _for_line(blocks[0], here))
        else:
            _insert_between(cursor, setter, blocks)
        setter.keep_room_above(cursor.document())


def _for_line(block: TextBlock, into: QTextBlock) -> TextBlock:
    return block if takes_bold(into) else TextBlock(block.kind, tuple(Run(run.text) for run in block.runs))


def _insert_between(cursor: QTextCursor, setter: Setter, blocks: Sequence[TextBlock]) -> None:
    """Write blocks between what stands before and after the cursor in its block."""
    here = cursor.block()
    if kind_of(here) is BlockKind.PICTURE:
        # a picture is put behind another one, never into its caption
        cursor.movePosition(_END)
    before, after = not cursor.atBlockStart() or kind_of(here) is BlockKind.PICTURE, not cursor.atBlockEnd()
    own = here.blockFormat()
    if before:
        cursor.insertBlock()
    if after:
        cursor.insertBlock(own)
        cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
    setter.insert(cursor, blocks)


def move(cursor: QTextCursor, setter: Setter, by: int) -> None:
    """Move the selected blocks up (-1) or down (1); the cursor goes with them."""
    blocks = selected(cursor)
    first, last = blocks[0].blockNumber(), blocks[-1].blockNumber()
    other = first - 1 if by < 0 else last + 1
    document = cursor.document()
    if not 0 <= other < document.blockCount():
        return
    if not other and document.firstBlock().length() == 1 and kind_of(blocks[0]) is BlockKind.PICTURE:
        # the empty paragraph above a picture that begins the text
        return
    anchor, position = (at - blocks[0].position() for at in (cursor.anchor(), cursor.position()))
    own, passed = list(map(text_block, blocks)), [text_block(document.findBlockByNumber(other))]
    with _one_change(cursor):
        if by < 0:
            is_shifted = setter.replace(document, other, last, own + passed)
        else:
            is_shifted = setter.replace(document, first, other, passed + own)
        start = document.findBlockByNumber(first + by + is_shifted).position()
        # what is no text, as the place of an object, does not come along
        end = document.characterCount() - 1
        cursor.setPosition(min(start + anchor, end))
        cursor.setPosition(min(start + position, end), QTextCursor.MoveMode.KeepAnchor)


def copied(cursor: QTextCursor) -> list[TextBlock]:
    """Return what is selected; a picture is copied with its whole caption only."""
    parts = [text_block(block, *bounds) for block, bounds in _parts(cursor)]
    whole = spans_blocks(cursor)
    return [
        TextBlock(BlockKind.PARAGRAPH, (Run(part.caption),))
        if part.kind is BlockKind.PICTURE and not whole
        else TextBlock(BlockKind.PARAGRAPH, part.runs)
        if not whole
        else part
        for part in parts
    ]


def here_is(cursor: QTextCursor) -> tuple[BlockKind, int]:
    """Return the kind and level of the block the cursor is in."""
    return kind_of(cursor.block()), level_of(cursor.block())
