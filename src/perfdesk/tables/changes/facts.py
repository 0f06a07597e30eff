"""A programme as a flat list of what was entered, each with its place: what two states of it are compared by."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from perfdesk.tables.context import Context

# where an entry stands: under the records that hold it
Path = tuple[str, ...]


class Fact(NamedTuple):
    """An entry: where it stands and what it is, in printed words, and its text.

    ``full`` is shown where it is added or removed. ``value`` is compared too, where the text does not say it all, or
    ``by_value`` in its stead, where what the text is made of is told elsewhere; ``lines`` are compared one by one.
    """

    where: str
    what: str
    text: str = ""
    full: str = ""
    value: object = None
    lines: tuple[str, ...] = ()
    by_value: bool = False

    @property
    def compared(self) -> object:
        """What two states of it are the same by; the names of what it stands under are told by themselves."""
        return self.value if self.by_value else (self.text, self.lines, self.value)


@dataclass(slots=True)
class Facts:
    """All entries of a programme by their paths, in book order; ``records`` are those that others stand under.

    ``costs`` are the paths of its cost tables: counted like records, but told by what stands in them.
    """

    ctx: Context
    entries: dict[Path, Fact] = field(default_factory=dict)
    records: set[Path] = field(default_factory=set)
    costs: set[Path] = field(default_factory=set)
    _seen: Counter[Path] = field(default_factory=Counter)

    def label(self, key: str) -> str:
        """Return a printed word."""
        return self.ctx.labels[f"changes.{key}"]

    def nth(self, *path: str) -> Path:
        """Return a path for something that may be there more than once."""
        self._seen[path] += 1
        return (*path, str(self._seen[path]))

    def record(self, path: Path, where: str, what: str, name: str, full: str = "") -> None:
        """Add something that others stand under."""
        self.records.add(path)
        self.entries[path] = Fact(where, what, name, full)

    def put(
        self,
        path: Path,
        where: str,
        what: str,
        text: str,
        *,
        value: object = None,
        lines: tuple[str, ...] = (),
        by_value: bool = False,
    ) -> None:
        """Add an entry; what is blank is not there."""
        if text or lines or value is not None:
            self.entries[path] = Fact(where, what, text, value=value, lines=lines, by_value=by_value)
