"""How much room texts take in one font; each is measured once."""

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

_HIGH: Final = 100_000
_WRAP: Final = int(Qt.TextFlag.TextWordWrap)
# texts that are remembered; a grid of some thousand rows has fewer
_MOST: Final = 100_000


class TextSizes:
    """Measures texts. A view makes another one when its font changes."""

    def __init__(self, metrics: QFontMetrics) -> None:
        self.line = metrics.lineSpacing()
        self.letter = metrics.averageCharWidth()
        self._metrics = metrics
        self._widths: dict[str, int] = {}
        self._heights: dict[tuple[str, int], int] = {}

    def width(self, text: str) -> int:
        """Return the width of a text's longest line."""
        found = self._widths.get(text)
        if found is None:
            if len(self._widths) > _MOST:
                self._widths.clear()
            advance = self._metrics.horizontalAdvance
            found = self._widths[text] = max(map(advance, text.split("\n"))) if "\n" in text else advance(text)
        return found

    def height(self, text: str, room: int) -> int:
        """Return the height of a text wrapped into so much room."""
        if "\n" not in text and self.width(text) <= room:
            return self.line
        found = self._heights.get((text, room))
        if found is None:
            if len(self._heights) > _MOST:
                self._heights.clear()
            rect = self._metrics.boundingRect(QRect(0, 0, room, _HIGH), _WRAP, text)
            found = self._heights[text, room] = rect.height()
        return found
