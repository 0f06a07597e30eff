"""What a chart is: categories and series of numbers, or flows between two sides. Writers draw it, sheets quote it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from perfdesk.domain.money import share
from perfdesk.domain.numbers import format_number


class ChartKind(StrEnum):
    """How a chart shows its numbers."""

    # one bar a category, the longest names: bars lie
    BARS = "bars"
    # one bar a category, divided among the series
    STACKED = "stacked"
    # one small line a series over the years
    LINES = "lines"
    # bands from one side to the other, as wide as their amounts
    FLOW = "flow"


class Series(NamedTuple):
    """A run of numbers, one a category; None where there is none, and ``texts`` may say what stands there instead."""

    label: str
    numbers: tuple[Decimal | None, ...]
    texts: tuple[str, ...] = ()


class Band(NamedTuple):
    """Part of a flow: from a category to a category of the other side."""

    source: str
    target: str
    number: Decimal


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart.

    Args:
        key: its kind in the settings of the layout, and what tells it from the others.
        title: what it shows, as printed in its caption.
        kind: how it shows it.
        unit: of its numbers, as printed ("TL", "kişi"); "" where each series, or each number, says its own.
        categories: along the axis, as printed; of a flow, the ends on the right in their order.
        series: the numbers; those of a flow are in ``bands``.
        bands: of a flow.
        places: decimals its numbers are printed with; None prints them as they are.
        total: what the sum of a chart of bars is called, as printed; "" prints no sum.
        percent: how a share of the sum is printed, with {share} in it.
        share_head: what stands over the shares of a chart of bars, as printed.
        promised: of lines over the years, which category is the one the programme promises; None where none is.
        amount: how each of its numbers is printed, with {amount} in it.
    """

    key: str
    title: str
    kind: ChartKind
    unit: str = ""
    categories: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    bands: tuple[Band, ...] = ()
    places: int | None = None
    total: str = ""
    percent: str = "%{share}"
    share_head: str = ""
    promised: int | None = None
    amount: str = "{amount}"

    def written(self, number: Decimal) -> str:
        """Return one of its numbers, as printed."""
        return self.amount.replace("{amount}", format_number(number, self.places))

    def share(self, number: Decimal, whole: Decimal) -> str:
        """Return a number's share of the sum, as printed."""
        return self.percent.replace("{share}", format_number(share(number, whole), 2))
