"""The diagram of flows: bands between two sides, as wide as their amounts, both ends named with their sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Final

from perfdesk.documents.writers.colours import Colour, mixed
from perfdesk.documents.writers.pdf.cells import ASCENT
from perfdesk.documents.writers.pdf.charts_plate import ABOVE, Align, Pen, Plate, block_height
from perfdesk.documents.writers.pdf.strip import NEVER, SELDOM, Strip
from perfdesk.documents.writers.pdf.style import SMALLER, SMALLEST
from perfdesk.tables.charts.chart import Band, Chart

_ZERO: Final = Decimal(0)
_NAMES: Final = 0.29  # of the width, on either side
_NUMBER: Final = 24.0  # for a number, where numbers stand for the names
_NODE: Final = 6.0
_PAD: Final = 6.0
_GAP: Final = 7.0  # between two ends of a side
_LEAST: Final = 300.0
# what a figure on a band takes: its height, and the white around it and between it and the ends of the band
_FIGURE: Final = 7.6
_CLEAR: Final = 3.0
_STEPS: Final = 72  # at how many places over its length a band is looked at
# neighbouring bands differ, and figures on them stay readable
_TINTS: Final = (0.42, 0.26)
_THIN: Final = 1.5
_THIN_TINT: Final = 0.55
_THINNEST: Final = 0.4


@dataclass(slots=True)
class _End:
    """A name on one side: its sum, what is written, and where it stands."""

    lines: list[str]
    total: Decimal
    figure: str
    text: float  # the height of what is written
    top: float = 0.0  # of its bar
    taken: float = 0.0  # the part of its bar that bands have taken


@dataclass(slots=True)
class _Drawn:
    """A band as it is drawn: the tops of its ends, its thickness, its colour, and its share of all."""

    begin: float
    end: float
    thickness: float
    colour: Colour
    share: str

    def over(self, first: int, last: int) -> tuple[float, float]:
        """Return from where to where any of it reaches between two places of its length."""
        one, other = self._top(first), self._top(last)
        return min(one, other), max(one, other) + self.thickness

    def within(self, first: int, last: int) -> tuple[float, float]:
        """Return from where to where it reaches all along between two places; the other way round where nowhere."""
        one, other = self._top(first), self._top(last)
        return max(one, other), min(one, other) + self.thickness

    def _top(self, step: int) -> float:
        return self.begin + (self.end - self.begin) * _RISE[step]


def _risen() -> tuple[float, ...]:
    """Return how much of its rise a band has behind it at each place of its length, as it is curved on the plate."""
    found: list[float] = []
    for step in range(_STEPS + 1):
        low, high = 0.0, 1.0
        for _ in range(20):
            at = (low + high) / 2
            low, high = (at, high) if 1.5 * at * (1 - at) + at**3 < step / _STEPS else (low, at)
        found.append(low * low * (3 - 2 * low))
    return tuple(found)


_RISE: Final = _risen()


def flow(chart: Chart, pen: Pen) -> list[Strip]:
    """Return the diagram; nothing where nothing flows.

    Where the names are too long to stand beside it, numbers stand for them, and what they mean below it.
    """
    bands = [band for band in chart.bands if band.number > 0]
    if not bands:
        return []
    diagram = _Flow(chart, bands, pen, {})
    if diagram.written() <= pen.height:
        return [diagram.strip()]
    every = dict.fromkeys([*(band.source for band in bands), *diagram.targets()])
    numbers = {name: f"({n})" for n, name in enumerate(every, 1)}
    return [_Flow(chart, bands, pen, numbers).strip(), *_key(numbers, pen)]


def _key(numbers: Mapping[str, str], pen: Pen) -> list[Strip]:
    """Return what the numbers mean, a name a strip."""
    style = pen.look.cell(SMALLER)
    found: list[Strip] = []
    for name, number in numbers.items():
        plate = Plate(pen)
        lines = pen.lines(style, name, pen.width - _NUMBER)
        plate.text(pen.left, style.size * ASCENT, style, number)
        plate.lines(pen.left + _NUMBER, 0, style, lines)
        found.append(plate.strip(block_height(style, len(lines)), gap=3, penalty=SELDOM))
    found[0].penalty = NEVER
    return found


class _Flow:
    def __init__(self, chart: Chart, bands: list[Band], pen: Pen, names: Mapping[str, str]) -> None:
        self._chart = chart
        self._bands = bands
        self._pen = pen
        # what is written for a name, where that is not the name
        self._names = names
        self._style = pen.look.cell(SMALLER)
        self._figure = pen.look.cell_grey(SMALLEST)
        self._on_band = pen.look.cell(SMALLEST)
        self._name = pen.width * _NAMES
        self._sum = sum((band.number for band in bands), _ZERO)
        self._sources = self._ends([(band.source, band.number) for band in bands])
        order = {name: at for at, name in enumerate(chart.categories)}
        targets = sorted(bands, key=lambda band: order.get(band.target, len(order)))
        self._targets = self._ends([(band.target, band.number) for band in targets])
        self._scale = 0.0

    def written(self) -> float:
        """Return the height that the names of the fuller side take."""
        return max(sum(end.text + _GAP for end in side.values()) for side in (self._sources, self._targets))

    def targets(self) -> Sequence[str]:
        """Return the names on the right, from the top."""
        return tuple(self._targets)

    def strip(self) -> Strip:
        """Return the diagram as one strip."""
        height = self._place()
        plate = Plate(self._pen)
        left = self._pen.left + self._name + _PAD
        right = self._pen.right - self._name - _PAD
        figures = self._draw_bands(plate, left + _NODE, right - _NODE)
        accent = self._pen.look.palette.accent
        for ends, x in ((self._sources, left), (self._targets, right - _NODE)):
            for end in ends.values():
                plate.rect(x, end.top, _NODE, max(self._thickness(end.total), 0.4), accent)
        self._write(plate, self._sources, left - _PAD, "right")
        for x, y, text in figures:
            plate.centred(x, y, self._on_band, [text])
        self._write(plate, self._targets, right + _PAD, "left")
        return plate.strip(height, gap=ABOVE)

    def _ends(self, amounts: Sequence[tuple[str, Decimal]]) -> dict[str, _End]:
        sums: dict[str, Decimal] = {}
        for name, number in amounts:
            sums[name] = sums.get(name, _ZERO) + number
        ends: dict[str, _End] = {}
        for name, total in sums.items():
            lines = self._pen.lines(self._style, self._names.get(name, name), self._name)
            text = block_height(self._style, len(lines)) + self._figure.leading
            amount = f"{self._chart.written(total)} {self._chart.unit}".strip()
            figure = f"{amount} ({self._chart.share(total, self._sum)})"
            ends[name] = _End(lines, total, figure, text)
        return ends

    def _place(self) -> float:
        """Give each end its place, and return the height of all; bars grow until the fuller side is full."""
        sides = (self._sources, self._targets)
        written = self.written()
        height = max(min(max(_LEAST, written * 1.35), self._pen.height), written + 1)
        low, high = 0.0, height / float(self._sum)
        for _ in range(50):
            self._scale = (low + high) / 2
            if max(map(self._needed, sides)) > height:
                high = self._scale
            else:
                low = self._scale
        self._scale = low
        for side in sides:
            spare = (height - self._needed(side)) / max(len(side), 1)
            y = spare / 2
            for end in side.values():
                slot = self._slot(end)
                end.top = y + _GAP / 2 + (slot - self._thickness(end.total)) / 2
                y += slot + _GAP + spare
        return height

    def _needed(self, side: dict[str, _End]) -> float:
        return sum(self._slot(end) + _GAP for end in side.values())

    def _slot(self, end: _End) -> float:
        return max(end.text, self._thickness(end.total))

    def _thickness(self, number: Decimal) -> float:
        return float(number) * self._scale

    def _draw_bands(self, plate: Plate, left: float, right: float) -> list[tuple[float, float, str]]:
        """Draw the bands, the thin ones over the thick, and return their figures."""
        order = {name: at for at, name in enumerate(self._targets)}
        from_here = {name: at for at, name in enumerate(self._sources)}
        accent = self._pen.look.palette.accent
        drawn: list[_Drawn] = []
        begins: dict[Band, float] = {}
        for band in sorted(self._bands, key=lambda band: (from_here[band.source], order[band.target])):
            source = self._sources[band.source]
            begins[band] = source.top + source.taken
            source.taken += self._thickness(band.number)
        for band in sorted(self._bands, key=lambda band: (order[band.target], from_here[band.source])):
            target = self._targets[band.target]
            thickness = self._thickness(band.number)
            tint = _TINTS[from_here[band.source] % len(_TINTS)] if thickness > _THIN else _THIN_TINT
            share = self._chart.share(band.number, self._sum)
            top = target.top + target.taken
            drawn.append(_Drawn(begins[band], top, max(thickness, _THINNEST), mixed(accent, tint), share))
            target.taken += thickness
        drawn.sort(key=lambda band: -band.thickness)
        for one in drawn:
            plate.band(left, right, one.begin, one.end, one.thickness, one.colour)
        thick = [(n, band) for n, band in enumerate(drawn) if band.thickness >= _FIGURE]
        # shares in every diagram: few bands have room for an amount, and to be compared they must be of one kind
        found = (self._figure_on(band, drawn[n + 1 :], left, right) for n, band in thick)
        return sorted((figure for figure in found if figure), key=lambda figure: figure[1])

    def _figure_on(
        self, band: _Drawn, above: Sequence[_Drawn], left: float, right: float
    ) -> tuple[float, float, str] | None:
        """Return a band's figure where it bears it whole and no other band crosses it, as far left as can be."""
        step = (right - left) / _STEPS
        length = ceil((self._pen.text_width(self._on_band, band.share) + 2 * _CLEAR) / step)
        for first in range(_STEPS - length + 1):
            top, bottom = band.within(first, first + length)
            middle = (top + bottom) / 2
            # an edge rises or falls all the way: where it is at either end tells what lies between
            crossed = sorted(other.over(first, first + length) for other in above)
            found: list[float] = []
            for begin, end in [*crossed, (bottom, bottom)]:
                if min(begin, bottom) - top >= _FIGURE:
                    found.append(min(max(middle, top + _FIGURE / 2), min(begin, bottom) - _FIGURE / 2))
                top = max(top, end)
            if found:
                at = min(found, key=lambda at: abs(at - middle))
                return left + first * step + _CLEAR, at, band.share
        return None

    def _write(self, plate: Plate, side: dict[str, _End], x: float, align: Align) -> None:
        for end in side.values():
            middle = end.top + self._thickness(end.total) / 2
            top = middle - end.text / 2
            plate.lines(x, top, self._style, end.lines, align)
            plate.lines(x, top + block_height(self._style, len(end.lines)), self._figure, [end.figure], align)
