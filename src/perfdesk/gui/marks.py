"""What the checks found in the rows of a form, as its grids and fields show it: a letter, and the sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from perfdesk.checks.finding import Severity


@dataclass(frozen=True, slots=True)
class Mark:
    """Findings of one place: the gravest one's severity and its letter, and what is said of each of them."""

    severity: Severity
    letter: str
    said: tuple[str, ...]

    @property
    def told(self) -> str:
        """All that is said, a line for each finding."""
        return "\n".join(self.said)


class RowMark(NamedTuple):
    """The findings of a row: ``cells`` are those that mean a column, by its key, ``whole`` all of them."""

    whole: Mark
    cells: Mapping[str, Mark]


# by the row of the file, and those by its table
RowMarks = Mapping[int, RowMark]
Marks = Mapping[str, RowMarks]
NOTHING: Final[RowMarks] = {}


class RowSign(NamedTuple):
    """What stands beside a row: a letter or another sign, what it tells, and how grave that is.

    ``severity`` is None for entries that were refused.
    """

    sign: str
    told: str
    severity: Severity | None = None
