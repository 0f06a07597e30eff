"""What charts are drawn on: shapes and texts in points from an upper left corner, downwards, that become a strip."""

from collections.abc import Sequence
from typing import Any, Final, Literal

from reportlab.graphics.shapes import Circle, Group, Path, PolyLine, Rect
from reportlab.lib.colors import Color

from perfdesk.documents.writers.colours import HAIRLINE, Colour, mixed
from perfdesk.documents.writers.pdf.cells import ASCENT
from perfdesk.documents.writers.pdf.strip import Strip, Text
from perfdesk.documents.writers.pdf.style import Look, Style
from perfdesk.documents.writers.pdf.text import Measurer, wrap

Align = Literal["left", "centre", "right"]
ABOVE: Final = 18.0  # the white space over a drawing
# the lightest and the darkest of several shades: white is the paper, and the darkest is the colour itself
_LIGHTEST: Final = 0.2
HAIR: Final[Colour] = HAIRLINE
FRAME: Final[Colour] = (0.55, 0.60, 0.63)
WHITE: Final[Colour] = (1.0, 1.0, 1.0)
_EDGED: Final = 2.0
# from the middle of capitals down to their baseline, in font sizes
_MIDDLE: Final = 0.36


class Pen:
    """What all drawings of a document share: its styles, its measurer, and the room they have."""

    def __init__(self, look: Look, measure: Measurer, left: float, right: float, height: float) -> None:
        self.look = look
        self.left = left
        self.right = right
        self.height = height
        self._measure = measure

    @property
    def width(self) -> float:
        """The width of the room."""
        return self.right - self.left

    def lines(self, style: Style, text: str, width: float) -> list[str]:
        """Return a text in lines no wider than so many points."""
        return wrap(style.font, self._measure(style.font, text), width * 1000 / style.size)

    def text_width(self, style: Style, text: str) -> float:
        """Return the width of a text on one line."""
        return self._measure(style.font, text).width * style.size / 1000

    def longest_word(self, style: Style, text: str) -> float:
        """Return the width of a text's longest word."""
        return self._measure(style.font, text).longest * style.size / 1000

    def white(self, style: Style) -> Style:
        """Return a style for texts on the document's colour."""
        return style._replace(colour="1 1 1 rg")


class Plate:
    """A drawing being made."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self._shapes = Group()
        self._texts: list[Text] = []

    def rect(
        self, left: float, top: float, width: float, height: float, fill: Colour | None, line: Colour | None = None
    ) -> None:
        """Draw a box, filled, framed or both."""
        # the stubs take a dictionary for each of these
        painted: Any = {"fillColor": _ink(fill), "strokeColor": _ink(line), "strokeWidth": 0.6}
        self._shapes.add(Rect(left, -top - height, width, height, **painted))

    def line(
        self, points: Sequence[tuple[float, float]], colour: Colour, width: float = 0.6, *, dashed: bool = False
    ) -> None:
        """Draw a line through points."""
        flat = [number for x, y in points for number in (x, -y)]
        line = PolyLine(flat, strokeColor=_ink(colour), strokeWidth=width, strokeLineJoin=1)
        if dashed:
            line.strokeDashArray = [2, 2]
        self._shapes.add(line)

    def dot(self, x: float, y: float, radius: float, fill: Colour, line: Colour) -> None:
        """Draw a round dot."""
        self._shapes.add(Circle(x, -y, radius, fillColor=_ink(fill), strokeColor=_ink(line), strokeWidth=1))

    def band(self, left: float, right: float, begins: float, ends: float, thickness: float, fill: Colour) -> None:
        """Draw a band that flows from one height on the left to another on the right; its ends are their tops."""
        # the white edge that parts bands would hide a thin one
        edge = _ink(WHITE if thickness > _EDGED else None)
        path = Path(fillColor=_ink(fill), strokeColor=edge, strokeWidth=0.4)
        middle = (left + right) / 2
        path.moveTo(left, -begins)
        path.curveTo(middle, -begins, middle, -ends, right, -ends)
        path.lineTo(right, -ends - thickness)
        path.curveTo(middle, -ends - thickness, middle, -begins - thickness, left, -begins - thickness)
        path.closePath()
        self._shapes.add(path)

    def text(self, x: float, baseline: float, style: Style, text: str, align: Align = "left") -> None:
        """Write a clean text on one line, at its left end, its middle or its right end."""
        if align != "left":
            width = self.pen.text_width(style, text)
            x -= width if align == "right" else width / 2
        self._texts.append(Text(x, baseline, style, text))

    def lines(self, x: float, top: float, style: Style, lines: Sequence[str], align: Align = "left") -> None:
        """Write lines below each other, from ``top`` on."""
        for n, line in enumerate(lines):
            self.text(x, top + style.size * ASCENT + n * style.leading, style, line, align)

    def centred(self, x: float, middle: float, style: Style, lines: Sequence[str], align: Align = "left") -> None:
        """Write lines around a height, so that their capitals are in its middle."""
        first = middle - (len(lines) - 1) * style.leading / 2 + style.size * _MIDDLE
        for n, line in enumerate(lines):
            self.text(x, first + n * style.leading, style, line, align)

    def strip(self, height: float, *, gap: float = 0, penalty: int = 0) -> Strip:
        """Return what has been drawn."""
        drawing = self._shapes if self._shapes.contents else None
        return Strip(height, gap, penalty, texts=self._texts, drawing=drawing)


def shades(colour: Colour, count: int) -> list[Colour]:
    """Return so many shades of a colour, the darkest first, in steps that grey print keeps apart."""
    if count < 2:
        return [colour]
    step = (1 - _LIGHTEST) / (count - 1)
    return [mixed(colour, 1 - step * at) for at in range(count)]


def block_height(style: Style, lines: int) -> float:
    """Return the height of lines below each other."""
    return lines * style.leading


def _ink(colour: Colour | None) -> Color | None:
    return None if colour is None else Color(*colour)
