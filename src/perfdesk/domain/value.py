"""Gösterge değeri: a number, one of three different "no number" states, or a text by explicit choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from perfdesk.domain.numbers import format_number


class ValueKind(StrEnum):
    """What a year's value says: the classic form shows realised, estimate and target."""

    REALISED = "realised"
    PLANNED = "planned"
    ESTIMATE = "estimate"
    TARGET = "target"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an indicator: a number, a mark ("-" or "X"), a text, or blank when all are unset.

    A number keeps its digits: 12.50 is not 12.5.
    """

    number: Decimal | None = None
    mark: str = ""
    text: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered; "-" and 0 are entries."""
        return self.number is None and not self.mark and not self.text

    def display(self, places: int | None = None) -> str:
        """Return the value as printed: numbers in Turkish notation, marks and texts as they are."""
        if self.number is not None:
            return format_number(self.number, places)
        return self.mark or self.text


BLANK: Final = Value()
MARKS: Final = ("-", "X")


# the columns of the classic form, and how far their years are from the programme's
YEAR_COLUMNS: Final[Mapping[str, int]] = {"previous": -2, "current": -1, "target": 0}


def implied_kind(programme_year: int, year: int) -> ValueKind:
    """Return what the classic form takes a year's value for: t-1 and before, t, t+1, later."""
    distance = year - programme_year
    if distance < -1:
        return ValueKind.REALISED
    if distance == -1:
        return ValueKind.ESTIMATE
    return ValueKind.TARGET if distance == 0 else ValueKind.FORECAST
