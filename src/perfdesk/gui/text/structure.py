"""A text of the book as a document of Qt: every block of ours is one block there, and back.

What a block is stands in its format, under a key of our own; margins follow from it. A picture is the block of its
caption: the picture itself is drawn into the margin above. Bold is the only format letters have.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from PySide6.QtGui import QFont, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from perfdesk.domain.texts import BlockKind, Run, TextBlock
from perfdesk.services.book import sections

# a line's end inside a paragraph, as Qt keeps it
LINE_END: Final = "\u2028"
_OWN: Final = QTextFormat.Property.UserProperty.value
_KIND: Final = _OWN + 1
_LEVEL: Final = _OWN + 2
_PICTURE: Final = _OWN + 3
# margins as parts of a line's height
_GAP: Final = 0.5
_HEADING_GAP: Final = 0.9
_BULLET_GAP: Final = 0.2
_INDENT: Final = 1.4
_CAPTION_GAP: Final = 0.3

# the height a picture is shown in
Height = Callable[[str], float]


def kind_of(block: QTextBlock) -> BlockKind:
    """Return what a block is."""
    return BlockKind(block.blockFormat().property(_KIND) or BlockKind.PARAGRAPH.value)


def level_of(block: QTextBlock) -> int:
    """Return the level of a heading; 0 for anything else."""
    return int(block.blockFormat().property(_LEVEL) or 0)


def picture_of(block: QTextBlock) -> str:
    """Return the id of a picture block's picture."""
    return str(block.blockFormat().property(_PICTURE) or "")


def all_blocks(document: QTextDocument) -> list[QTextBlock]:
    """Return a document's blocks as Qt has them."""
    return [document.findBlockByNumber(number) for number in range(document.blockCount())]


def blocks_of(document: QTextDocument) -> tuple[TextBlock, ...]:
    """Return a document's text, tidied."""
    return sections.tidy(map(text_block, all_blocks(document)))


def text_block(block: QTextBlock, start: int = 0, end: int | None = None) -> TextBlock:
    """Return a block, or what it holds between two of its letters."""
    kind = kind_of(block)
    runs = _runs(block, start, block.length() - 1 if end is None else end)
    if kind is BlockKind.PICTURE:
        return TextBlock(kind, picture=picture_of(block), caption="".join(run.text for run in runs))
    return TextBlock(kind, runs, level_of(block) or None)


def _runs(block: QTextBlock, start: int, end: int) -> tuple[Run, ...]:
    runs = []
    # Qt counts in UTF-16, where some letters take two places
    whole = block.text().encode("utf-16-le", "surrogatepass")
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        first = max(piece.position() - block.position(), start)
        last = min(piece.position() - block.position() + piece.length(), end)
        if first < last:
            text = whole[2 * first : 2 * last].decode("utf-16-le", "replace").replace(LINE_END, "\n")
            runs.append(Run(text, True if is_bold(piece.charFormat()) else None))
        pieces += 1
    return tuple(runs)


def is_bold(letters: QTextCharFormat) -> bool:
    """Whether letters are bold."""
    return letters.fontWeight() >= QFont.Weight.DemiBold


def weight(*, bold: bool) -> QTextCharFormat:
    """Return the format of bold or of plain letters."""
    letters = QTextCharFormat()
    if bold:
        letters.setFontWeight(QFont.Weight.Bold)
    return letters


class Setter:
    """Writes blocks into a document; ``line`` is a line's height, ``height`` tells a picture's."""

    def __init__(self, line: float, height: Height) -> None:
        self.line = line
        self._height = height

    def format(self, kind: BlockKind, level: int | None = None, picture: str = "") -> QTextBlockFormat:
        """Return the format of a kind of block."""
        made = QTextBlockFormat()
        made.setProperty(_KIND, kind.value)
        made.setBottomMargin(self.line * _GAP)
        if kind is BlockKind.HEADING:
            made.setProperty(_LEVEL, level or 1)
            made.setTopMargin(self.line * _HEADING_GAP)
        elif kind is BlockKind.BULLET:
            made.setBottomMargin(self.line * _BULLET_GAP)
            made.setLeftMargin(self.line * _INDENT)
        elif kind is BlockKind.PICTURE:
            made.setProperty(_PICTURE, picture)
            made.setTopMargin(self._height(picture) + self.caption_gap + self.line * _GAP)
            made.setBottomMargin(self.line)
        return made

    @property
    def caption_gap(self) -> float:
        """Return the room between a picture and its caption."""
        return self.line * _CAPTION_GAP

    def show(self, document: QTextDocument, blocks: Sequence[TextBlock]) -> None:
        """Make the blocks the whole document, with nothing to take back."""
        document.setUndoRedoEnabled(False)
        document.clear()
        self.insert(QTextCursor(document), blocks or (TextBlock(BlockKind.PARAGRAPH),))
        self.keep_room_above(document)
        document.setUndoRedoEnabled(True)

    def insert(self, cursor: QTextCursor, blocks: Iterable[TextBlock]) -> None:
        """Write blocks at a cursor that stands in an empty block, which becomes the first of them."""
        for n, block in enumerate(blocks):
            made = self.format(block.kind, block.level, block.picture)
            if n:
                cursor.insertBlock(made, weight(bold=False))
            else:
                cursor.setBlockFormat(made)
                cursor.setBlockCharFormat(weight(bold=False))
            self.insert_runs(cursor, block)

    def insert_runs(self, cursor: QTextCursor, block: TextBlock) -> None:
        """Write a block's text at a cursor."""
        runs = (Run(block.caption),) if block.kind is BlockKind.PICTURE else block.runs
        for run in runs:
            bold = bool(run.bold) and block.kind is not BlockKind.PICTURE
            cursor.insertText(sections.tidy_text(run.text).replace("\n", LINE_END), weight(bold=bold))

    def replace(self, document: QTextDocument, first: int, last: int, blocks: Sequence[TextBlock]) -> bool:
        """Put blocks into the place of those from a number to a number; tell if an empty one came above all."""
        cursor = QTextCursor(document.findBlockByNumber(first))
        end = document.findBlockByNumber(last)
        cursor.beginEditBlock()
        cursor.setPosition(end.position() + end.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self.insert(cursor, blocks)
        is_shifted = self.keep_room_above(document)
        cursor.endEditBlock()
        return is_shifted

    def keep_room_above(self, document: QTextDocument) -> bool:
        """Let a text that begins with a picture begin with an empty paragraph, which is not stored; tell if it is new.

        There one can write above it; and Qt gives the first block of a document no margin to draw a picture in.
        """
        first = document.firstBlock()
        is_needed = kind_of(first) is BlockKind.PICTURE
        if is_needed:
            made = first.blockFormat()
            cursor = QTextCursor(first)
            cursor.insertBlock(made)
            cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
            cursor.setBlockFormat(self.format(BlockKind.PARAGRAPH))
        return is_needed
