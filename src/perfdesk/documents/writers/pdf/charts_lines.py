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
        figures = [self._wrapped(one, self._cell(across) - 3) for one in series]
        foot = (
            top + _PLOT + _PAD + 2 + block_height(self._figure, max(len(text) for texts in figures for text in texts))
        )
        for n, (one, name, texts) in enumerate(zip(series, names, figures, strict=True)):
            left = self._pen.left + n * (width + _GUTTER)
            plate.lines(left, 0, self._name, name)
            self._panel(plate, one, texts, left, top, across)
            height = max(height, self._years(plate, left, foot, across))
        return plate.strip(height, gap=ABOVE if first else _ROW_GAP, penalty=0 if first else SELDOM)

    def _panel(
        self, plate: Plate, series: Series, figures: Sequence[list[str]], left: float, top: float, across: int
    ) -> None:
        """Draw one with the figures below it."""
        middles = self._middles(left, across)
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
        for n, (x, text) in enumerate(zip(middles, figures, strict=True)):
            plate.lines(x, foot + 2, self._style(n), text, "centre")

    def _years(self, plate: Plate, left: float, top: float, across: int) -> float:
        """Write the years below one's figures, and return its foot."""
        heads = [self._pen.lines(self._head, text, self._cell(across) - 3) for text in self._chart.categories]
        for x, text in zip(self._middles(left, across), heads, strict=True):
            plate.lines(x, top, self._head, text, "centre")
        return top + block_height(self._head, max(map(len, heads)))

    def _middles(self, left: float, across: int) -> list[float]:
        return [left + self._cell(across) * (n + 0.5) for n in range(len(self._chart.categories))]

    def _style(self, at: int) -> Style:
        return self._strong if at == self._chart.promised else self._figure

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

    def _wrapped(self, series: Series, width: float) -> list[list[str]]:
        """Return the figures in lines; a text in place of one is cut where it would be long."""
        found = []
        for n, text in enumerate(self._figures(series)):
            style = self._style(n)
            lines = self._pen.lines(style, text, width) if text else []
            if series.numbers[n] is None and len(lines) > _MOST_LINES:
                limit = width * 1000 / style.size
                lines[_MOST_LINES - 1 :] = [fitted(style.font, f"{lines[_MOST_LINES - 1]} …", limit)]
            found.append(lines)
        return found

    def _width(self, across: int) -> float:
        return (self._pen.width - _GUTTER * (across - 1)) / across

    def _cell(self, across: int) -> float:
        return self._width(across) / max(len(self._chart.categories), 1)
