"""A page being filled: places strips and turns them at once into PDF operators, each text once."""

from typing import Final

from perfdesk.documents.writers.pdf.fonts import Font
from perfdesk.documents.writers.pdf.strip import Area, Link, Mark, Picture, Rule, Strip, Text
from perfdesk.documents.writers.pdf.style import (
    BINDING,
    FOOT_SPACE,
    HAIRLINE,
    HEAD_SPACE,
    LONG,
    SHORT,
    SIDE,
    Style,
)
from perfdesk.documents.writers.pdf.tags import Element

# what must not stand as it is in a PDF string
_ESCAPED: Final = frozenset(b"()\\")


class Codes(dict[int, str]):
    """For ``str.translate``: the PDF string of each character in one font, which enters the subset when first met.

    Characters beyond the first 255 belong to another subset, that is to another PDF font: ``others`` has them.
    """

    def __init__(self, font: Font, document: object) -> None:
        super().__init__()
        self.font = font
        self._document = document
        self.others: dict[str, tuple[int, str]] = {}
        self.names: dict[int, str] = {}

    def __missing__(self, code: int) -> str:
        ((subset, data),) = self.font.ttf.splitString(chr(code), self._document)
        escaped = "".join(chr(b) if 32 <= b < 127 and b not in _ESCAPED else f"\\{b:03o}" for b in data)
        if subset:
            self.others[chr(code)] = (subset, escaped)
        self[code] = escaped
        return escaped

    def name(self, subset: int = 0) -> str:
        """Return the name of a subset's PDF font."""
        if subset not in self.names:
            self.names[subset] = self.font.ttf.getSubsetInternalName(subset, self._document)
        return self.names[subset]

    def show(self, text: str, size: float) -> str:
        """Return the operators that show a text; the font of the first subset is set, and is set again."""
        shown = text.translate(self)
        if not self.others or self.others.keys().isdisjoint(text):
            return f"({shown}) Tj"
        operators: list[str] = []
        current = 0
        run = ""
        for char in text:
            subset, escaped = self.others.get(char, (0, self[ord(char)]))
            if subset != current:
                operators.append(f"({run}) Tj {self.name(subset)} {size:g} Tf")
                current, run = subset, ""
            run += escaped
        operators.append(f"({run}) Tj")
        if current:
            operators.append(f"{self.name()} {size:g} Tf")
        return " ".join(operators)


class Encoder:
    """Turns texts into PDF strings for one document."""

    def __init__(self, document: object) -> None:
        self._document = document
        self._codes: dict[Font, Codes] = {}

    def codes(self, font: Font) -> Codes:
        """Return the codes of a font."""
        if font not in self._codes:
            self._codes[font] = self.made(font)
        return self._codes[font]

    def made(self, font: Font) -> Codes:
        """Return the codes of a font that is used for the first time."""
        return Codes(font, self._document)


class Page:
    """A page: its size and frame, the operators so far, and what is not an operator."""

    def __init__(self, encoder: Encoder, *, wide: bool = False, plain: bool = False) -> None:
        self.wide = wide
        self.plain = plain
        self.lists = False  # whether it is one of the contents
        self.width, self.height = (LONG, SHORT) if wide else (SHORT, LONG)
        self.left, self.right, self.top, self.bottom = frame(wide=wide)
        self.marks: list[tuple[Mark, float]] = []
        self.links: list[tuple[Link, float, float, Element | None]] = []
        self.pictures: list[tuple[Picture, float]] = []
        # what each of them begins with
        self.around: list[str] = []
        # by block: from where to where on the page it reaches
        self.reach: dict[int, tuple[float, float]] = {}
        # of those that do not take the whole width, also from where to where across it
        self.sides: dict[int, tuple[float, float]] = {}
        # what stands at each mark, by its number
        self.marked: list[Element] = []
        # what texts of a page of its own are part of
        self.element = Element("P") if plain else None
        self._element: Element | None = None
        self._encoder = encoder
        self._style: Style | None = None
        self._codes: Codes | None = None
        self._texts: list[str] = []
        self._areas: list[str] = []
        self._rules: list[str] = []
        self._drawings: list[str] = []
        self._colour = ""
        self._line: tuple[float, str, bool] = (0, "", False)

    def place(self, strip: Strip, top: float, *, again: bool = False) -> None:
        """Draw a strip with its upper edge at ``top``, measured from the top of the page."""
        for area in strip.areas:
            self.area(area, top)
        for rule in strip.rules:
            self.rule(rule, top)
        if strip.drawing:
            # loaded with the first drawing
            from perfdesk.documents.writers.pdf.charts_operators import operators

            self._drawings += [self.begin(strip.element), *operators(strip.drawing, self.height - top), "EMC"]
        self.show(strip.texts, top, strip.element or self.element, again=again)
        if strip.picture:
            self.pictures.append((strip.picture, self.height - top - strip.picture.y - strip.picture.height))
            self.around.append(self.begin(strip.element))
        if strip.mark:
            self.marks.append((strip.mark, self.height - top + 6))
        if strip.link:
            self.links.append((strip.link, self.height - top - strip.height, self.height - top, strip.element))
        if strip.block:
            begin, _ = self.reach.get(strip.block, (top, top))
            self.reach[strip.block] = (begin, top + strip.height)
            if strip.sides:
                self.sides[strip.block] = strip.sides

    def show(self, texts: list[Text], top: float, whole: Element | None = None, *, again: bool = False) -> None:
        """Draw texts whose places are relative to ``top``."""
        base = self.height - top
        out = self._texts.append
        for x, y, style, text, own in texts:
            element = None if again else own or whole
            if element is not self._element or not self._texts:
                if self._texts:
                    out("EMC")
                out(self.begin(element))
                self._element = element
            if style is not self._style:
                self._set(style)
            out(f"1 0 0 1 {x:.2f} {base - y:.2f} Tm {self._codes.show(text, style.size)}")  # type: ignore[union-attr] # set with the style

    def begin(self, element: Element | None) -> str:
        """Return the operator before what an element shows, or before what only adorns the page."""
        if element is None:
            return "/Artifact BMC"
        self.marked.append(element)
        return f"/{element.role} <</MCID {len(self.marked) - 1}>> BDC"

    def _set(self, style: Style) -> None:
        before = self._style
        if before is None or before.font is not style.font or before.size != style.size:
            self._codes = self._encoder.codes(style.font)
            self._texts.append(f"{self._codes.name()} {style.size:g} Tf")
        if before is None or before.colour != style.colour:
            self._texts.append(style.colour)
        self._style = style

    def area(self, area: Area, top: float) -> None:
        """Fill an area."""
        if area.colour != self._colour:
            self._colour = area.colour
            self._areas.append(area.colour)
        height = area.bottom - area.top
        y = self.height - top - area.bottom
        self._areas.append(f"{area.left:.2f} {y:.2f} {area.right - area.left:.2f} {height:.2f} re f")

    def rule(self, rule: Rule, top: float) -> None:
        """Draw a horizontal line."""
        line = (rule.width, rule.colour, rule.dotted)
        if line != self._line:
            if rule.dotted != self._line[2]:
                self._rules.append("[0.6 2.4] 0 d" if rule.dotted else "[] 0 d")
            self._line = line
            self._rules.append(f"{rule.width:g} w {rule.colour}")
        y = self.height - top - rule.y
        self._rules.append(f"{rule.left:.2f} {y:.2f} m {rule.right:.2f} {y:.2f} l S")

    def closing_rule(self, left: float, right: float, y: float, colour: str) -> None:
        """Draw the hairline under a cell that a page break has cut."""
        self.rule(Rule(left, right, 0, HAIRLINE, colour), y)

    def settle(self) -> None:
        """Join what there is so far: thousands of small strings take several times the room of one."""
        for parts in (self._areas, self._rules, self._drawings, self._texts):
            parts[:] = ["\n".join(parts)] if parts else []

    def forget(self) -> None:
        """Give up the operators, once they are in the file."""
        for parts in (self._areas, self._rules, self._drawings, self._texts):
            parts.clear()

    def code(self) -> str:
        """Return the page's operators: areas first, lest they cover a line, and the texts in reading order last."""
        adorning = "\n".join(self._areas + self._rules)
        parts = [f"/Artifact BMC\n{adorning}\nEMC"] if adorning else []
        parts += self._drawings
        if self._texts:
            parts.append("BT\n" + "\n".join(self._texts) + "\nEMC\nET")
        return "\n".join(parts)


def frame(*, wide: bool) -> tuple[float, float, float, float]:
    """Return left, right, top and bottom of a page's text; a page turned sideways is bound at its top."""
    if wide:
        return SIDE, LONG - SIDE, HEAD_SPACE + BINDING - SIDE, SHORT - FOOT_SPACE
    return BINDING, SHORT - SIDE, HEAD_SPACE, LONG - FOOT_SPACE
