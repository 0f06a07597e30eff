"""Setting the text of one cell: its lines, and where they stand."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from perfdesk.documents.writers.pdf.demands import TableSetting, bullet_indent
from perfdesk.documents.writers.pdf.strip import Area, Rule, Text
from perfdesk.documents.writers.pdf.style import HAIRLINE, LEADING, ROW_PAD, RULE, Look, Style
from perfdesk.documents.writers.pdf.tags import Element
from perfdesk.documents.writers.pdf.text import Measurer, fitted_in_words, wrap
from perfdesk.tables.table import BULLET, sign_of

# the baseline below the top of a line, in font sizes: so that capitals stand in the middle of a row
ASCENT: Final = 1.02
# how thick the bar is that marks a changed cell
_MARK: Final = 1.8


class Line(NamedTuple):
    """A line of a cell; ``bullet`` where an item begins, with its ``sign`` before it."""

    text: str
    indent: float = 0
    bullet: bool = False
    sign: str = BULLET


def repeated(measure: Measurer, style: Style, text: str, continued: str, width: float) -> str:
    """Return a text on one line no wider than so many points, cut between words, with "(devam)" behind it."""
    mark = measure(style.font, continued)
    limit = width / style.size * 1000 - mark.width - style.font.space
    label = fitted_in_words(style.font, " ".join(measure(style.font, text).text.split()), limit)
    return f"{label} {mark.text}".strip()


@dataclass(frozen=True, slots=True)
class TableFrame:
    """What all cells of one table share: its place on the page, its setting and styles."""

    look: Look
    measure: Measurer
    setting: TableSetting
    left: float
    right: float
    page: float
    leading: float
    plain: Style
    bold: Style
    grey: Style
    # what its captions, parts and notes are part of
    element: Element

    def lines(self, style: Style, text: str, width: float, bullets: tuple[str, ...] = ()) -> list[Line]:
        """Return a text's lines in a cell of an inner width."""
        em = style.size / 1000
        if not bullets:
            measured = self.measure(style.font, text)
            return [Line(line) for line in wrap(style.font, measured, width / em)]
        lines: list[Line] = []
        indent = bullet_indent(style.font, bullets, style.size)
        for sign, item in map(sign_of, bullets):
            measured = self.measure(style.font, item)
            wrapped = wrap(style.font, measured, max(width - indent, 1) / em)
            lines += [Line(line, indent, n == 0, sign) for n, line in enumerate(wrapped)]
        return lines

    def put(
        self,
        texts: list[Text],
        lines: list[Line],
        style: Style,
        left: float,
        right: float,
        top: float,
        align: str,
        element: Element | None = None,
    ) -> None:
        """Place lines between the inner edges of a cell, the first one's top at ``top``."""
        y = top + style.size * ASCENT
        for text, indent, bullet, sign in lines:
            if bullet:
                texts.append(Text(left, y, style, sign, element))
            if not text:
                pass
            elif align == "left":
                texts.append(Text(left + indent, y, style, text, element))
            else:
                free = right - left - style.font.width(text) * style.size / 1000
                texts.append(Text(left + (free if align == "right" else free / 2), y, style, text, element))
            y += self.leading

    def height(self, lines: int) -> float:
        """Return the height of a row of so many lines."""
        return lines * self.leading + 2 * ROW_PAD

    def mark(self, left: float, right: float, height: float) -> list[Area]:
        """Return what marks a cell as changed."""
        return changed_mark(self.look, left, right, height)

    def hairline(self, y: float, left: float, right: float) -> Rule:
        """Return the line below a row."""
        return Rule(left, right, y, HAIRLINE, self.look.palette.hair_line)

    def accent_rule(self, y: float, left: float | None = None, right: float | None = None) -> Rule:
        """Return the line below a head, above a table and below its total."""
        ends = (self.left if left is None else left, self.right if right is None else right)
        return Rule(*ends, y, RULE, self.look.palette.accent_line)


def changed_mark(look: Look, left: float, right: float, height: float) -> list[Area]:
    """Return what marks something as changed: a tint, and a bar at its left, which grey print shows as well."""
    palette = look.palette
    return [Area(left, right, 0, height, palette.tint), Area(left, left + _MARK, 0, height, palette.accent_fill)]


def table_frame(
    look: Look, measure: Measurer, setting: TableSetting, sides: tuple[float, float], page: float
) -> TableFrame:
    """Return the frame of a table in a setting; ``page`` is the height of a page's text."""
    size = setting.size
    left, right = sides
    return TableFrame(
        look,
        measure,
        setting,
        left,
        right,
        page,
        size * LEADING,
        look.cell(size),
        look.cell_bold(size),
        look.cell_grey(size),
        Element("Div"),
    )
