"""Turning charts and the organisation chart into strips, with their captions."""

from typing import Final

from perfdesk.documents.blocks import ChartBlock, OrganisationBlock
from perfdesk.documents.writers.pdf.cells import ASCENT
from perfdesk.documents.writers.pdf.charts_bars import bars
from perfdesk.documents.writers.pdf.charts_lines import lines
from perfdesk.documents.writers.pdf.charts_plate import Pen
from perfdesk.documents.writers.pdf.flow import flow
from perfdesk.documents.writers.pdf.organisation import fitting, organisation
from perfdesk.documents.writers.pdf.page import frame
from perfdesk.documents.writers.pdf.strip import FIGURE, NEVER, NOT_HERE, Mark, Strip, Text
from perfdesk.documents.writers.pdf.style import Look
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.tables.charts.chart import Chart, ChartKind

_CAPTION_GAP: Final = 5.0
_CAPTION_LEADING: Final = 1.3
# what a heading and a caption take of the page that a drawing shares with them
_SHARED: Final = 110.0


def chart_strips(block: ChartBlock, look: Look, measure: Measurer, key: str) -> list[Strip]:
    """Return a chart and its caption; nothing where it has no figures. ``key`` is that of the mark it is found by."""
    pen = _page_pen(look, measure, wide=False)
    return _captioned(drawn(block.chart, pen), block.caption, pen, key)


def organisation_strips(block: OrganisationBlock, look: Look, measure: Measurer, key: str) -> list[Strip]:
    """Return the organisation chart and its caption; nothing where nothing stands under the top.

    It stands on a turned page where an upright one is too small for it, and over several where that is too small too.
    """
    upright, turned = (_page_pen(look, measure, wide=wide) for wide in (False, True))
    wide = not fitting(block.organisation, upright) and fitting(block.organisation, turned)
    pen = turned if wide else upright
    found = _captioned(organisation(block.organisation, pen), block.caption, pen, key)
    for strip in found:
        strip.wide = wide
    return found


def drawn(chart: Chart, pen: Pen) -> list[Strip]:
    """Return a chart without caption, in the room there is."""
    if chart.kind is ChartKind.FLOW:
        return flow(chart, pen)
    if not chart.categories or not chart.series:
        return []
    return lines(chart, pen) if chart.kind is ChartKind.LINES else bars(chart, pen)


def _page_pen(look: Look, measure: Measurer, *, wide: bool) -> Pen:
    left, right, top, bottom = frame(wide=wide)
    return Pen(look, measure, left, right, bottom - top - _SHARED)


def _captioned(strips: list[Strip], caption: str, pen: Pen, key: str) -> list[Strip]:
    """Put a caption below a drawing as pictures have it; one that has a caption is listed."""
    if not strips or not caption:
        return strips
    mark = Mark(key, 0, caption, kind=FIGURE)
    style = pen.look.figure_caption
    below: list[Strip] = []
    for text in pen.lines(style, caption, pen.width):
        x = pen.left + (pen.width - pen.text_width(style, text)) / 2
        below.append(Strip(style.size * _CAPTION_LEADING, texts=[Text(x, style.size * ASCENT, style, text)]))
    for strip in below:
        strip.penalty = NOT_HERE
    below[0].gap = _CAPTION_GAP
    below[0].penalty = NEVER
    is_cut = (
        not any(strip.fresh for strip in strips[1:]) and sum(strip.height + strip.gap for strip in strips) > pen.height
    )
    # of one that no page holds the caption stands with its end, and that is where one is led
    (below if is_cut else strips)[0].mark = mark
    # of one over several pages, on the first: there the lists say it stands
    end = next((n for n, strip in enumerate(strips) if n and strip.fresh), len(strips))
    return [*strips[:end], *below, *strips[end:]]
