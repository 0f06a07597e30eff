"""How the blocks of a text look, which is no part of the text: headings large, captions quiet."""

from typing import Final

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QWidget

from perfdesk.domain.texts import BlockKind
from perfdesk.gui import colours
from perfdesk.gui.text.structure import kind_of, level_of

_SIZES: Final = (1.3, 1.12)


class Appearance(QSyntaxHighlighter):
    """Dresses a document's blocks by their kinds, in the font and colours of a widget."""

    def __init__(self, document: QTextDocument, widget: QWidget) -> None:
        super().__init__(document)
        self._widget = widget

    def highlightBlock(self, text: str) -> None:
        kind = kind_of(self.currentBlock())
        letters = QTextCharFormat()
        if kind is BlockKind.HEADING:
            level = min(max(level_of(self.currentBlock()), 1), len(_SIZES))
            letters.setFontWeight(QFont.Weight.Bold)
            letters.setFontPointSize(self._widget.font().pointSizeF() * _SIZES[level - 1])
        elif kind is BlockKind.PICTURE:
            letters.setForeground(colours.muted(self._widget.palette()))
        else:
            return
        # Qt counts in UTF-16; what is too much it leaves out
        self.setFormat(0, 2 * len(text), letters)
