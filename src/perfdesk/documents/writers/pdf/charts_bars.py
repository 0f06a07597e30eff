"""Charts of lying bars: names, bars, and their figures in columns; a strip a row, so that the longest has room."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from perfdesk.documents.writers.colours import GREY, Colour
from perfdesk.documents.writers.pdf.charts_plate import ABOVE, HAIR, WHITE, Pen, Plate, block_height, shades
from perfdesk.documents.writers.pdf.strip import NEVER, Strip
from perfdesk.documents.writers.pdf.style import SMALLER, SMALLEST, Style
from perfdesk.tables.charts.chart import Chart

_ZERO: Final = Decimal(0)
_WIDEST_NAME: Final = 0.36
_NARROWEST_NAME: Final = 0.2
_LEAST_BAR: Final = 70.0
# what bars keep where names take more room than their share so as not to wrap
_ENOUGH_BAR: Final = 130.0
_STEPS: Final = 6
_BAR: Final = 9.0
_PAD: Final = 2.2
_GAP: Final = 9.0
_THINNEST: Final = 1.2  # what is not zero is seen, also beside the line it stands on
_CHIP: Final = (16.0, 4.5)  # what shows a series' shade over its figures


class _Row(NamedTuple):
    name: str
    numbers: tuple[Decimal | None, ...]
    # what stands in place of those that there are not
    texts: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        return bool(_known(self.numbers))

    @property
    def total(self) -> Decimal:
        return sum(_known(self.numbers), _ZERO)


class _Columns(NamedTuple):
    """Where things stand: the width of the names, the bars, and the right ends of the columns of figures."""

    name: float
    bar: tuple[float, float]
    figures: tuple[float, ...]
    # figures stand below the bars, with the names of their series, where there are too many for columns
    below: bool


def bars(chart: Chart, pen: Pen) -> list[Strip]:
    """Return a chart of bars, one a category, divided where there are several series."""
    return _Bars(chart, pen).strips()


class _Bars:
    def __init__(self, chart: Chart, pen: Pen) -> None:
        self._chart = chart
        self._pen = pen
        self._style = pen.look.cell(SMALLER)
        self._bold = pen.look.cell_bold(SMALLER)
        self._head = pen.look.cell_grey(SMALLEST)
        self._rows = [_row(chart, at) for at in range(len(chart.categories))]
        self._sum = sum((row.total for row in self._rows), _ZERO)
        self._largest = max((row.total for row in self._rows), default=_ZERO)
        self._shades = shades(pen.look.palette.accent, len(chart.series))
        self._several = len(chart.series) > 1
        self._at = self._columns()

    def strips(self) -> list[Strip]:
        """Return the head, a strip a row, and the sum."""
        found = [self._heads(), *map(self._bar_row, self._rows)]
        if self._chart.total and len(self._rows) > 1:
            found.append(self._total_row(self._sums()))
        for strip in found[1:]:
            strip.penalty = NEVER
        return found

    def _sums(self) -> _Row:
        """Return the row below all, of the numbers there are."""
        every = [_known(series.numbers) for series in self._chart.series]
        return _Row(
            self._chart.total, tuple(sum(known, _ZERO) if known else None for known in every), ("",) * len(every)
        )

    def _figures(self, row: _Row) -> list[str]:
        """Return a row's figures as they stand in the columns: of each series, in all, and the share."""
        texts = [
            text if number is None else self._number(number)
            for number, text in zip(row.numbers, row.texts, strict=True)
            if self._several
        ]
        if not row.is_known:
            return [*texts, "", ""]
        percent = self._chart.share(row.total, self._sum) if self._sum else ""
        return [*texts, self._number(row.total), percent]

    def _number(self, number: Decimal) -> str:
        return self._chart.written(number)

    def _columns(self) -> _Columns:
        pen = self._pen
        every = [self._figures(row) for row in self._rows]
        every.append(self._figures(self._sums()))
        widths = [max(pen.text_width(self._bold, line[n]) for line in every) for n in range(len(every[0]))]
        heads = [pen.longest_word(self._head, text) for text in self._head_texts()]
        widths = [max(pair) + _GAP for pair in zip(widths, heads, strict=True)]
        names = max((pen.text_width(self._style, row.name) for row in self._rows), default=0) + 1
        names = max(names, pen.text_width(self._bold, self._chart.total))
        below = False
        for most in (_WIDEST_NAME, _NARROWEST_NAME):
            name = min(names, pen.width * most)
            if pen.width - name - _GAP - sum(widths) >= _LEAST_BAR:
                name = self._wider(name, min(names, pen.width - _GAP - sum(widths) - _ENOUGH_BAR))
                break
        else:
            below = self._several
            name = min(names, pen.width * _WIDEST_NAME)
            widths = widths[-2:] if below else widths
        ends = [pen.right - sum(widths[n + 1 :]) for n in range(len(widths))]
        bar = (pen.left + name + _GAP, pen.right - sum(widths))
        return _Columns(name, bar, tuple(ends), below)

    def _wider(self, name: float, most: float) -> float:
        """Return the width of names that wrap: as much more than a first one, up to a most, as saves lines."""
        if most <= name:
            return name
        steps = [name + (most - name) * step / _STEPS for step in range(_STEPS + 1)]
        return min(
            steps, key=lambda width: sum(len(self._pen.lines(self._style, row.name, width)) for row in self._rows)
        )

    def _head_texts(self) -> list[str]:
        series = [series.label for series in self._chart.series] if self._several else []
        return [*series, self._chart.total if self._several else self._chart.unit, self._chart.share_head]

    def _heads(self) -> Strip:
        plate = Plate(self._pen)
        texts = self._head_texts()[-len(self._at.figures) :]
        starts = (self._at.bar[1], *self._at.figures)
        wrapped = [
            self._pen.lines(self._head, text, end - start - _GAP + 0.1)
            for text, start, end in zip(texts, starts, self._at.figures, strict=False)
        ]
        chips = self._several and not self._at.below
        lines = max(map(len, wrapped))
        foot = _CHIP[1] + 4 if chips else 2
        height = block_height(self._head, lines) + foot
        for n, (text, end) in enumerate(zip(wrapped, self._at.figures, strict=True)):
            plate.lines(end, height - foot - block_height(self._head, len(text)), self._head, text, "right")
            if chips and n < len(self._shades):
                plate.rect(end - _CHIP[0], height - _CHIP[1] - 3, *_CHIP, self._shades[n])
        self._rule(plate, height, HAIR)
        return plate.strip(height, gap=ABOVE)

    def _bar_row(self, row: _Row) -> Strip:
        plate = Plate(self._pen)
        lines = self._pen.lines(self._style, row.name, self._at.name)
        bar = max(block_height(self._style, len(lines)), _BAR) + 2 * _PAD
        below = self._below(row) if self._at.below else []
        height = bar + block_height(self._head, len(below)) + (2 if below else 0)
        plate.centred(self._pen.left, bar / 2, self._style, lines)
        self._bar(plate, row, bar / 2)
        self._write_figures(plate, row, bar / 2, self._style)
        plate.lines(self._at.bar[0], bar - 1, self._head, below)
        left = self._at.bar[0]
        plate.line([(left, 0), (left, height)], GREY, 0.6)
        self._rule(plate, height, HAIR)
        return plate.strip(height)

    def _bar(self, plate: Plate, row: _Row, middle: float) -> None:
        left, right = self._at.bar
        scale = (right - left - 4) / float(self._largest) if self._largest > 0 else 0.0
        for number, colour in zip(row.numbers, self._shades, strict=True):
            width = float(number or _ZERO) * scale
            if width > 0:
                # the white line that parts two shades would hide a thin one
                parted = WHITE if self._several and width > 2 else None
                plate.rect(left, middle - _BAR / 2, max(width, _THINNEST), _BAR, colour, parted)
                left += width

    def _below(self, row: _Row) -> list[str]:
        named = (
            f"{series.label} {self._number(number)}"
            for series, number in zip(self._chart.series, row.numbers, strict=True)
            if number
        )
        return self._pen.lines(self._head, " · ".join(named), self._pen.right - self._at.bar[0])

    def _write_figures(self, plate: Plate, row: _Row, middle: float, style: Style) -> None:
        texts = self._figures(row)[-len(self._at.figures) :]
        for text, end in zip(texts, self._at.figures, strict=True):
            plate.centred(end, middle, style, [text], "right")

    def _total_row(self, row: _Row) -> Strip:
        plate = Plate(self._pen)
        height = self._bold.leading + 2 * _PAD
        plate.centred(self._pen.left, height / 2, self._bold, [row.name])
        self._write_figures(plate, row, height / 2, self._bold)
        self._rule(plate, height, self._pen.look.palette.accent)
        return plate.strip(height)

    def _rule(self, plate: Plate, y: float, colour: Colour) -> None:
        plate.line([(self._pen.left, y), (self._pen.right, y)], colour, 0.4)


def _row(chart: Chart, at: int) -> _Row:
    numbers = tuple(series.numbers[at] for series in chart.series)
    return _Row(
        chart.categories[at], numbers, tuple(series.texts[at] if series.texts else "" for series in chart.series)
    )


def _known(numbers: Sequence[Decimal | None]) -> list[Decimal]:
    return [number for number in numbers if number is not None]
