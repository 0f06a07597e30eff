"""Charts and the organisation chart: drawn as for the PDF, and put into a Word file as pictures."""

from typing import Final

from perfdesk.documents.blocks import ChartBlock, OrganisationBlock
from perfdesk.documents.writers import raster

# pixels to a point: 216 to the inch, sharp on paper
_SCALE: Final = 3


def drawing(block: ChartBlock | OrganisationBlock, colour: str, width: float) -> tuple[bytes, float]:
    """Return a chart as PNG, and how many points one of its pixels is."""
    from perfdesk.documents.writers.pdf.drawings import chart_pdf, organisation_pdf

    if isinstance(block, ChartBlock):
        content = chart_pdf(block.chart, colour, width)
    else:
        content = organisation_pdf(block.organisation, colour, width)
    return raster.png(content, _SCALE), 1 / _SCALE
