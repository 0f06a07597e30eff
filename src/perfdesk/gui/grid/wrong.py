"""The refused entries of a grid, by row and column, out of those that the open file keeps."""

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import AbstractContextManager

from perfdesk.gui.refused import RefusedEntries, Shift, Spot, Wrong

# the key of a row, and of a column
Place = tuple[int, str]


class WrongEntries(MutableMapping[Place, Wrong]):
    """The refused entries of the rows in hand; ``spot_of`` says what a cell is about, ``rows`` gives their keys."""

    def __init__(
        self, kept: RefusedEntries, spot_of: Callable[[int, str], Spot], rows: Callable[[], Iterable[int]]
    ) -> None:
        self._kept = kept
        self._spot_of = spot_of
        self._rows = rows

    def __getitem__(self, place: Place) -> Wrong:
        if not self._kept:
            raise KeyError(place)
        return self._kept[self._spot_of(*place)]

    def __setitem__(self, place: Place, wrong: Wrong) -> None:
        self._kept[self._spot_of(*place)] = wrong

    def __delitem__(self, place: Place) -> None:
        del self._kept[self._spot_of(*place)]

    def __iter__(self) -> Iterator[Place]:
        if not self._kept:
            return
        rows = {self._spot_of(row, ""): row for row in self._rows()}
        for spot in list(self._kept):
            row = rows.get(spot._replace(column=""))
            if row is not None:
                yield row, spot.column

    def __len__(self) -> int:
        return sum(1 for _place in self)

    def place_of(self, spot: Spot) -> Place | None:
        """Return the row and column of an entry of the file, if it is one of these."""
        return next((place for place in self if self._spot_of(*place) == spot), None)

    def newest(self) -> Place | None:
        """Return where an entry was refused last, if there is one."""
        return next(reversed(list(self)), None)

    def noted(self, moves: Shift | None = None) -> AbstractContextManager[None]:
        """Note what the step made within changes; see ``RefusedEntries``."""
        return self._kept.noted(moves)
