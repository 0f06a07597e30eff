"""A table's head: one or two lines of labels over the columns."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from perfdesk.documents.writers.pdf.cells import Line, TableFrame
from perfdesk.documents.writers.pdf.demands import following
from perfdesk.documents.writers.pdf.slicing import sliced
from perfdesk.documents.writers.pdf.strip import SELDOM, Area, Strip
from perfdesk.documents.writers.pdf.style import ROW_PAD, RULE
from perfdesk.documents.writers.pdf.tags import Element, cell
from perfdesk.tables.table import NUMERIC, Head, Part

# a taller head than this share of the page is printed once and not repeated
_TALL: Final = 0.28


def head_strips(frame: TableFrame, part: Part, edges: Sequence[float], table: Element) -> list[Strip]:
    """Return the head as one strip, or as slices where it is so tall that it cannot be repeated."""
    if not any(head and head.text for line in part.head for head in line):
        return [Strip(RULE, rules=[frame.accent_rule(0)])]
    elements = _elements(part, table)
    cells = [(y, x, head) for y, line in enumerate(part.head) for x, head in enumerate(line) if head and head.text]
    leads = [follows * frame.setting.lead for follows in following(part)]
    lines = [frame.lines(frame.bold, head.text, _inner(frame, edges, x, head, leads[x])) for _, x, head in cells]
    tops = _tops(frame, len(part.head), cells, lines)
    if tops[-1] <= frame.page * _TALL:
        return [_strip(frame, part, edges, list(zip(cells, lines, strict=True)), tops, elements)]
    slices = sliced(
        _strip(frame, part, edges, list(zip(cells, lines, strict=True)), _on_grid(tops, frame.leading), elements)
    )
    for later in slices[1:]:
        later.penalty = SELDOM
    return slices


def _elements(part: Part, table: Element) -> dict[tuple[int, int], Element]:
    found: dict[tuple[int, int], Element] = {}
    for y, line in enumerate(part.head):
        row = Element("TR", table)
        for x, head in enumerate(line):
            if head:
                found[y, x] = cell(row, head="Column", span=head.span, down=min(head.down, len(part.head) - y))
    return found


def _inner(frame: TableFrame, edges: Sequence[float], x: int, head: Head, lead: float) -> float:
    return edges[min(x + head.span, len(edges) - 1)] - edges[x] - 2 * frame.setting.pad - lead


def _tops(
    frame: TableFrame, count: int, cells: Sequence[tuple[int, int, Head]], lines: Sequence[Sequence[Line]]
) -> list[float]:
    """Return the upper edges of the head's lines, and the lower edge of the last."""
    heights = [0.0] * count
    for (y, _, head), text in zip(cells, lines, strict=True):
        if head.down == 1:
            heights[y] = max(heights[y], frame.height(len(text)))
    for (y, _, head), text in zip(cells, lines, strict=True):
        missing = frame.height(len(text)) - sum(heights[y : y + head.down])
        if missing > 0:
            heights[min(y + head.down, count) - 1] += missing
    return [sum(heights[:y]) for y in range(count + 1)]


def _on_grid(tops: Sequence[float], leading: float) -> list[float]:
    """Return the edges moved so that lines of all cells stand at the same heights and can be cut between."""
    moved = [0.0]
    for top, bottom in pairwise(tops):
        moved.append(moved[-1] + -(-(bottom - top) // leading) * leading)
    return moved


def _strip(
    frame: TableFrame,
    part: Part,
    edges: Sequence[float],
    cells: Sequence[tuple[tuple[int, int, Head], list[Line]]],
    tops: Sequence[float],
    elements: dict[tuple[int, int], Element],
) -> Strip:
    strip = Strip(tops[-1], areas=[Area(frame.left, frame.right, 0, tops[-1], frame.look.palette.tint)])
    tall = tops[-1] > frame.page * _TALL
    pad = frame.setting.pad
    leads = [follows * frame.setting.lead for follows in following(part)]
    for (y, x, head), lines in cells:
        below = min(y + head.down, len(tops) - 1)
        end = min(x + head.span, len(edges) - 1)
        # heads stand on the line below them, as the figures do on theirs
        top = tops[y] + ROW_PAD if tall else tops[below] - len(lines) * frame.leading - ROW_PAD
        align = "centre" if head.span > 1 else "right" if part.columns[x].kind in NUMERIC else "left"
        frame.put(
            strip.texts, lines, frame.bold, edges[x] + pad + leads[x], edges[end] - pad, top, align, elements[y, x]
        )
        if below < len(tops) - 1 and head.span > 1:
            strip.rules.append(frame.hairline(tops[below], edges[x] + pad, edges[end] - pad))
    strip.rules.append(frame.accent_rule(tops[-1]))
    return strip
