"""Small lines over the years, several side by side, each over its figures."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from perfdesk.documents.writers.pdf.charts_plate import ABOVE, HAIR, WHITE, Pen, Plate, block_height
from perfdesk.documents.writers.pdf.strip import SELDOM, Strip
from perfdesk.documents.writers.pdf.style import SMALLER, SMALLEST, Style
from perfdesk.documents.writers.pdf.text import fitted
from perfdesk.domain.numbers import format_number
from perfdesk.tables.charts.chart import Chart, Series

_GUTTER: Final = 14.0
_MOST_ACROSS: Final = 5
_PLOT: Final = 30.0
_PAD: Final = 4.0
_ROW_GAP: Final = 14.0
_DOT: Final = 2.2
# a change of less than this part of the number is drawn as flat as it is
_LEAST_SPAN: Final = 0.25
# of a text in place of a number; the table has it whole
_MOST_LINES: Final = 3


def lines(chart: Chart, pen: Pen) -> list[Strip]:
    """Return small charts, one a series; a strip holds as many as fit side by side."""
    setter = _Lines(chart, pen)
    across = setter.across()
    rows = [chart.series[at : at + across] for at in range(0, len(chart.series), across)]
    return [setter.row(row, across, first=at == 0) for at, row in enumerate(rows)]


class _Lines:
    def __init__(self, chart: Chart, pen: Pen) -> None:
        self._chart = chart
        self._pen = pen
        self._name = pen.look.cell(SMALLER)
        self._figure = pen.look.cell(SMALLEST)
        self._strong = pen.look.cell_bold(SMALLEST)
        self._head = pen.look.cell_grey(SMALLEST)

    def across(self) -> int:
        """Return how many stand side by side: as many as make the chart low, where each figure has room."""
        texts = [text for one in self._chart.series for text in self._figures(one)]
        widest = max((self._pen.longest_word(self._strong, text) for text in texts), default=0)
        heads = max((self._pen.longest_word(self._head, text) for text in self._chart.categories), default=0)
        fitting = [count for count in range(2, _MOST_ACROSS + 1) if max(widest, heads) <= self._cell(count) - 3]
        return min((1, *fitting), key=self._height)

    def _height(self, across: int) -> float:
        """Return how high the chart becomes with so many side by side, but for what each row has in any case."""
        series = self._chart.series
        width = self._width(across)
        names = [len(self._pen.lines(self._name, one.label, width)) for one in series]
        rows = [max(names[at : at + across]) for at in range(0, len(names), across)]
        return block_height(self._name, sum(rows)) + len(rows) * (_PAD + _PLOT + _ROW_GAP + 2 * self._head.leading)

    def row(self, series: Sequence[Series], across: int, *, first: bool) -> Strip:
        """Return charts side by side, their parts at the same heights."""
        plate = Plate(self._pen)
        width = self._width(across)
        names = [self._pen.lines(self._name, one.label, width) for one in series]
        top = block_height(self._name, max(map(len, names))) + _PAD
        height = top
        for n, (one, name) in enumerate(zip(series, names, strict=True)):
            left = self._pen.left + n * (width + _GUTTER)
            plate.lines(left, 0, self._name, name)
            height = max(height, self._panel(plate, one, left, top, across))
        return plate.strip(height, gap=ABOVE if first else _ROW_GAP, penalty=0 if first else SELDOM)

    def _panel(self, plate: Plate, series: Series, left: float, top: float, across: int) -> float:
        """Draw one, and return its foot."""
        cell = self._cell(across)
        figures = self._figures(series)
        middles = [left + cell * (n + 0.5) for n in range(len(figures))]
        heights = self._heights(series.numbers, top)
        known = [(n, (x, y)) for n, (x, y) in enumerate(zip(middles, heights, strict=True)) if y is not None]
        foot = top + _PLOT + _PAD
        plate.line([(left, foot), (left + self._width(across), foot)], HAIR, 0.4)
        accent = self._pen.look.palette.accent
        for (n, start), (m, end) in pairwise(known):
            # nobody knows what came between
            plate.line([start, end], accent, 1.1, dashed=m > n + 1)
        promised = self._chart.promised
        for n, (x, y) in known:
            plate.dot(x, y, _DOT, accent if n == promised else WHITE, accent)
        y = foot + 2
        styles = [self._strong if n == promised else self._figure for n in range(len(figures))]
        wrapped = [self._wrapped(style, text, cell - 3) for style, text in zip(styles, figures, strict=True)]
        for x, style, text in zip(middles, styles, wrapped, strict=True):
            plate.lines(x, y, style, text, "centre")
        y += block_height(self._figure, max(map(len, wrapped)))
        heads = [self._pen.lines(self._head, text, cell - 3) for text in self._chart.categories]
        for x, text in zip(middles, heads, strict=True):
            plate.lines(x, y, self._head, text, "centre")
        return y + block_height(self._head, max(map(len, heads)))

    def _heights(self, numbers: Sequence[Decimal | None], top: float) -> list[float | None]:
        """Return how low each point stands; zero is at the foot where the numbers reach down towards it."""
        known = [float(number) for number in numbers if number is not None]
        low, high = min(known), max(known)
        if low > 0 and low < high / 2:
            low = 0.0
        span = max(high - low, _LEAST_SPAN * max(abs(high), abs(low)))
        middle = (high + low) / 2
        return [
            None
            if number is None
            else top + _PLOT / 2 - ((float(number) - middle) / span if span else 0.0) * (_PLOT - 2 * _DOT)
            for number in numbers
        ]

    def _figures(self, series: Series) -> list[str]:
        places = self._chart.places
        texts = series.texts or ("",) * len(series.numbers)
        return [
            text if number is None else format_number(number, places)
            for number, text in zip(series.numbers, texts, strict=True)
        ]

    def _wrapped(self, style: Style, text: str, width: float) -> list[str]:
        lines = self._pen.lines(style, text, width) if text else []
        if len(lines) > _MOST_LINES:
            limit = width * 1000 / style.size
            lines[_MOST_LINES - 1 :] = [fitted(style.font, f"{lines[_MOST_LINES - 1]} …", limit)]
        return lines

    def _width(self, across: int) -> float:
        return (self._pen.width - _GUTTER * (across - 1)) / across

    def _cell(self, across: int) -> float:
        return self._width(across) / max(len(self._chart.categories), 1)
