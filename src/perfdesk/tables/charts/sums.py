"""Adding up what falls under the same name, and folding what is too much to show; a folded chart keeps its sum."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from perfdesk.domain.money import ZERO
from perfdesk.tables.charts.chart import Band
from perfdesk.tables.layout import fill

# more rows than this on a page are no picture any more
MOST_ROWS: Final = 30
# a diagram of flows has less room: its names stand on both sides
MOST_SIDES: Final = 18


class Amount(NamedTuple):
    """An amount under a printed name."""

    label: str
    number: Decimal


def summed(amounts: Sequence[Amount]) -> list[Amount]:
    """Return amounts with those of the same name added up, in the order of their first; what is zero is left out."""
    sums: dict[str, Decimal] = {}
    for label, number in amounts:
        sums[label] = sums.get(label, ZERO) + number
    return [Amount(label, number) for label, number in sums.items() if number]


def folded(amounts: list[Amount], others: str, most: int = MOST_ROWS) -> list[Amount]:
    """Return at most so many amounts: the smallest become one, called ``others``, behind the rest.

    Args:
        amounts: in the order in which they are shown.
        others: the name of the folded ones, with a place for their {count}.
        most: how many there may be.
    """
    if len(amounts) <= most:
        return amounts
    # sorted keeps the order of equals, so that the same amounts are folded every time
    kept = {*sorted(range(len(amounts)), key=lambda at: -amounts[at].number)[: most - 1]}
    rest = [amount for at, amount in enumerate(amounts) if at not in kept]
    name = fill(others, count=len(rest))
    shown = [amount for at, amount in enumerate(amounts) if at in kept]
    return [*shown, Amount(name, sum((amount.number for amount in rest), ZERO))]


def folded_bands(bands: Sequence[Band], others: str, most: int = MOST_SIDES) -> list[Band]:
    """Return the bands of a flow with at most so many sources and targets; what is left out runs to ``others``."""
    sources = _names([Amount(band.source, band.number) for band in bands], others, most)
    targets = _names([Amount(band.target, band.number) for band in bands], others, most)
    sums: dict[tuple[str, str], Decimal] = {}
    for band in bands:
        ends = (sources[band.source], targets[band.target])
        sums[ends] = sums.get(ends, ZERO) + band.number
    return [Band(source, target, number) for (source, target), number in sums.items() if number]


def _names(amounts: Sequence[Amount], others: str, most: int) -> Mapping[str, str]:
    """Return under which name each amount is shown."""
    every = summed(amounts)
    shown = folded(every, others, most)
    kept = {amount.label for amount in shown}
    return {amount.label: amount.label if amount.label in kept else shown[-1].label for amount in amounts}
