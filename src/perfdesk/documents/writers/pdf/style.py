"""How the pages look: measures in points, and the text styles made of them. No other module holds a figure."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from perfdesk.documents.writers import colours
from perfdesk.documents.writers.colours import Colour, mixed
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

# --- tables ---------------------------------------------------------------------------------------------------------
TABLE_SIZE: Final = 8.5
SMALLER: Final = 8.0
SMALLEST: Final = 7.5
LEADING: Final = 1.3  # the least at which the tallest accents of a line stay clear of the line above
ROW_PAD: Final = 2.2  # above and below the text of a row
ROW_SLACK: Final = 2.2  # how much less of both a row has where that saves half a page of white
CELL_PAD: Final = 5.0  # left and right of it
FACT_LABEL: Final = 120.0  # the column of labels above a table: the same everywhere, so that all texts begin alike
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
    """The colours of a document, as PDF operators: ``_fill`` for text and areas, ``_line`` for rules.

    ``accent`` is the colour itself, for drawings.
    """

    accent: Colour
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
    figure_caption: Style
    cover_small: Style
    cover_name: Style
    cover_title: Style
    cover_year: Style
    cover_subtitle: Style
    quotation: Style
    quotation_bold: Style
    divider: Style
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
    accent = colours.accent(colour)
    ink = _fill(colours.INK)
    grey = _fill(colours.GREY)
    palette = Palette(
        accent=accent,
        accent_fill=_fill(accent),
        accent_line=_line(accent),
        ink=ink,
        grey=grey,
        tint=_fill(mixed(accent, colours.TINT)),
        light_tint=_fill(mixed(accent, colours.LIGHT_TINT)),
        hair_line=_line(colours.HAIRLINE),
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
        figure_caption=Style(regular, 9, grey),
        cover_small=Style(regular, 9.5, grey),
        cover_name=Style(bold, 20, ink),
        cover_title=Style(regular, 30, accent_fill),
        cover_year=Style(bold, 62, accent_fill),
        cover_subtitle=Style(regular, 16, accent_fill),
        quotation=Style(italic, 14, ink),
        quotation_bold=Style(bold, 14, ink),
        divider=Style(regular, 12, ink),
        contents=(Style(bold, 10.5, ink), Style(regular, 9.5, ink), Style(regular, 8.5, ink)),
        signature=Style(bold, 10, ink),
    )


def _fill(colour: Colour) -> str:
    return "{:.3f} {:.3f} {:.3f} rg".format(*colour)


def _line(colour: Colour) -> str:
    return "{:.3f} {:.3f} {:.3f} RG".format(*colour)
