"""A chart or the organisation chart as a small file of its own, for writers that can only show it as a picture."""

from collections.abc import Sequence
from typing import Final

from perfdesk.documents.writers.pdf.charts import drawn
from perfdesk.documents.writers.pdf.charts_plate import Pen
from perfdesk.documents.writers.pdf.organisation import organisation
from perfdesk.documents.writers.pdf.output import add_page, finished, new_file
from perfdesk.documents.writers.pdf.page import Page
from perfdesk.documents.writers.pdf.pictures import Pictures
from perfdesk.documents.writers.pdf.strip import Strip
from perfdesk.documents.writers.pdf.style import look
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.tables.charts.chart import Chart
from perfdesk.tables.organisation import Organisation

# a page of its own has no foot to keep to
_UNLIMITED: Final = 10_000.0
_EDGE: Final = 2.0  # so that no line is cut at the edge


def chart_pdf(chart: Chart, colour: str, width: float) -> bytes:
    """Return a chart as a file of one page that is as wide as said and as tall as it needs to be, in points."""
    pen = _pen(colour, width)
    return _file(drawn(chart, pen), width)


def organisation_pdf(chart: Organisation, colour: str, width: float) -> bytes:
    """Return the organisation chart as such a file."""
    return _file(organisation(chart, _pen(colour, width)), width)


def _pen(colour: str, width: float) -> Pen:
    return Pen(look(colour), Measurer(), _EDGE, width - _EDGE, _UNLIMITED)


def _file(strips: Sequence[Strip], width: float) -> bytes:
    canvas, encoder = new_file()
    page = Page(encoder, plain=True)
    page.width = width
    page.height = sum(strip.height + strip.gap for strip in strips[1:]) + sum(strip.height for strip in strips[:1])
    page.height += 2 * _EDGE
    top = _EDGE
    for n, strip in enumerate(strips):
        top += strip.gap if n else 0
        page.place(strip, top)
        top += strip.height
    add_page(canvas, page, Pictures())
    return finished(canvas)
