"""How the pages look: measures in points, colours, and the text styles made of them. No other module holds a figure."""

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from perfdesk.documents.writers.pdf.fonts import Font, fonts

MM: Final = 72 / 25.4

# --- the page: A4, with a wider margin where it is bound --------------------------------------------------------------
SHORT: Final = 210 * MM
LONG: Final = 297 * MM
BINDING: Final = 25 * MM
SIDE: Final = 17 * MM
OUTER: Final = 12 * MM  # from the edge of the paper to the baselines of running head and foot
HEAD_SPACE: Final = 21 * MM  # from the edge of the paper to the text, over which the running head stands
FOOT_SPACE: Final = 18.5 * MM

# --- colours --------------------------------------------------------------------------------------------------------
DEFAULT_ACCENT: Final = (0x1F, 0x5F, 0x66)
Colour = tuple[float, float, float]

# --- tables ---------------------------------------------------------------------------------------------------------
TABLE_SIZE: Final = 8.5
SMALLER: Final = 8.0
SMALLEST: Final = 7.5
LEADING: Final = 1.3  # the least at which the tallest accents of a line stay clear of the line above
ROW_PAD: Final = 2.2  # above and below the text of a row
CELL_PAD: Final = 5.0  # left and right of it
FACT_LABEL: Final = 112.0  # the column of labels above a table: the same everywhere, so that all texts begin alike
PART_GAP: Final = 9.0
TABLE_GAP: Final = 18.0
BULLET_INDENT: Final = 8.0
HAIRLINE: Final = 0.4
RULE: Final = 0.8


class Style(NamedTuple):
    """A text style: font, size, and the PDF operator that sets its colour."""

    font: Font
    size: float
    colour: str

    @property
    def leading(self) -> float:
        """The distance of baselines in a table."""
        return self.size * LEADING


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a document, as PDF operators: ``_fill`` for text and areas, ``_line`` for rules."""

    accent_fill: str
    accent_line: str
    ink: str
    grey: str
    tint: str
    light_tint: str
    hair_line: str


@dataclass(frozen=True, slots=True)
class Look:
    """All styles of a document."""

    palette: Palette
    body: Style
    body_bold: Style
    headings: tuple[Style, Style, Style, Style]
    caption: Style
    running: Style
    note: Style
    cover_small: Style
    cover_name: Style
    cover_title: Style
    cover_year: Style
    contents: tuple[Style, Style, Style]
    signature: Style

    def cell(self, size: float) -> Style:
        """Return the style of a cell's text."""
        return Style(fonts().regular, size, self.palette.ink)

    def cell_bold(self, size: float) -> Style:
        """Return the style of heads and totals."""
        return Style(fonts().bold, size, self.palette.ink)

    def cell_grey(self, size: float) -> Style:
        """Return the style of codes and labels."""
        return Style(fonts().regular, size, self.palette.grey)


def look(colour: str) -> Look:
    """Return the styles of a document in the municipality's colour."""
    accent = _readable(_parsed(colour))
    ink = _fill((0.10, 0.12, 0.14))
    grey = _fill((0.36, 0.41, 0.45))
    palette = Palette(
        accent_fill=_fill(accent),
        accent_line=_line(accent),
        ink=ink,
        grey=grey,
        tint=_fill(_mixed(accent, 0.09)),
        light_tint=_fill(_mixed(accent, 0.05)),
        hair_line=_line((0.77, 0.80, 0.82)),
    )
    regular, bold, italic = fonts().regular, fonts().bold, fonts().italic
    accent_fill = palette.accent_fill
    return Look(
        palette=palette,
        body=Style(regular, 10, ink),
        body_bold=Style(bold, 10, ink),
        headings=(
            Style(bold, 18, accent_fill),
            Style(bold, 13, accent_fill),
            Style(bold, 11, ink),
            Style(bold, 10, ink),
        ),
        caption=Style(bold, 10.5, accent_fill),
        running=Style(regular, 8, grey),
        note=Style(italic, 8, grey),
        cover_small=Style(regular, 9.5, grey),
        cover_name=Style(bold, 20, ink),
        cover_title=Style(regular, 30, accent_fill),
        cover_year=Style(bold, 62, accent_fill),
        contents=(Style(bold, 10.5, ink), Style(regular, 9.5, ink), Style(regular, 8.5, ink)),
        signature=Style(bold, 10, ink),
    )


def _parsed(colour: str) -> Colour:
    match = re.fullmatch(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})", colour)
    red, green, blue = (int(part, 16) for part in match.groups()) if match else DEFAULT_ACCENT
    return (red / 255, green / 255, blue / 255)


def _readable(colour: Colour) -> Colour:
    """Darken a colour until text in it has the contrast to white that WCAG asks for (4,5 : 1)."""
    while 1.05 / (_luminance(colour) + 0.05) < 4.5:
        colour = (colour[0] * 0.94, colour[1] * 0.94, colour[2] * 0.94)
    return colour


def _luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mixed(colour: Colour, share: float) -> Colour:
    red, green, blue = (1 - share + part * share for part in colour)
    return (red, green, blue)


def _fill(colour: Colour) -> str:
    return "{:.3f} {:.3f} {:.3f} rg".format(*colour)


def _line(colour: Colour) -> str:
    return "{:.3f} {:.3f} {:.3f} RG".format(*colour)
