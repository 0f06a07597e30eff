"""What a paste has to know of the grid it goes into, and what becomes of each cell of the block."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from perfdesk.domain.errors import NumberError, UserError

Reader = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class PasteColumn:
    """A column of the grid; ``read`` says how a text would be stored or raises, None where nothing can be typed.

    A block's column may be headed by one of ``names`` as well, or by words that begin with the ``code``. Where reading
    depends on what stands in another column of the row, that column's key is ``beside``, and ``read_beside`` gives the
    reader for its entry.
    """

    key: str
    head: str
    read: Reader | None
    numeric: bool = False
    names: tuple[str, ...] = ()
    code: str = ""
    beside: str = ""
    read_beside: Callable[[str], Reader] | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """The grid a block is to be pasted into: its columns, its rows up to the last, and which cells take an entry.

    The last ``unshown`` columns are not in sight: they take what is headed by their names. ``holds`` gives what would
    be typed for what stands in a cell.
    """

    columns: Sequence[PasteColumn]
    rows: int
    can_add: bool = False
    takes: Callable[[int, int], bool] = lambda _row, _column: True
    unshown: int = 0
    holds: Callable[[int, int], str] = lambda _row, _column: ""


class Verdict(StrEnum):
    """What becomes of a cell of the block."""

    FITS = "fits"
    UNFIT = "unfit"
    # the cell of the grid takes no entry
    SKIPPED = "skipped"
    # there is no cell for it
    DROPPED = "dropped"


class PasteCell(NamedTuple):
    """A cell of the block: the text that is typed for it, how it is read, or why it does not fit.

    ``altered`` tells that it is read as other words than stand there.
    """

    verdict: Verdict
    text: str
    shown: str = ""
    error: UserError | None = None
    altered: bool = False

    @property
    def suggestion(self) -> str:
        """What may have been meant by a number that does not fit, or ""."""
        return self.error.suggestion if isinstance(self.error, NumberError) else ""
