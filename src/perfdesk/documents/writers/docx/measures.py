"""Measures of the pages, as Word counts them: twentieths of a point, and English Metric Units for pictures."""

from typing import Final

from perfdesk.documents.writers.pdf import style as pdf

EMU: Final = 12700


def twips(points: float) -> int:
    """Return points in twentieths."""
    return round(points * 20)


SHORT: Final = twips(pdf.SHORT)
LONG: Final = twips(pdf.LONG)
SIDE: Final = twips(pdf.SIDE)
# what the bound edge has besides a side's margin
GUTTER: Final = twips(pdf.BINDING) - SIDE
TOP: Final = twips(pdf.HEAD_SPACE)
BOTTOM: Final = twips(pdf.FOOT_SPACE)
# from the edge of the paper to running head and foot
OUTER: Final = twips(pdf.OUTER) - 100
# how wide the text of a page is, in points
TEXT: Final = pdf.SHORT - pdf.BINDING - pdf.SIDE
TEXT_HEIGHT: Final = pdf.LONG - pdf.HEAD_SPACE - pdf.FOOT_SPACE
TURNED_TEXT: Final = pdf.LONG - 2 * pdf.SIDE
TURNED_TEXT_HEIGHT: Final = pdf.SHORT - pdf.HEAD_SPACE - pdf.BINDING + pdf.SIDE - pdf.FOOT_SPACE
