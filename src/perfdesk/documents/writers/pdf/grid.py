"""What tables of one kind have in common: their numbers, units and codes stand at the same places all over the book."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from perfdesk.documents.writers.pdf.columns import widths
from perfdesk.documents.writers.pdf.decimals import AMOUNT
from perfdesk.documents.writers.pdf.demands import COMMON, Demand, TableSetting, demands, reached
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.tables.table import ColumnKind, Part, Table

# the share of the tables whose numbers have room in a column; one with longer numbers has columns of its own
_FITTING: Final = 0.85
# texts that are mostly as short as this, in points, keep their place as numbers do
_SHORT: Final = 90.0
_MOST: Final = 0.85

# the kind of a table, its part, the part's columns
_Key = tuple[str, str, tuple[str, ...]]


class Grid:
    """The columns of tables that are about one thing each, of which a book has many, and which captions they share.

    A part of a document that is set by itself looks as in the whole with the grid of the whole.
    """

    def __init__(self, tables: Iterable[Table], measure: Measurer) -> None:
        """Look at all tables of a document; those of a kind are taken for a single long one."""
        tables = tuple(tables)
        self._measure = measure
        captions = Counter(table.caption for table in tables)
        # one of the amounts that are printed, to tell how they all are
        self.amount = next(_amounts(table for table in tables if table.facts), AMOUNT)
        self._shared = {caption for caption, times in captions.items() if times > 1}
        # what the columns of parts need that have not been set yet, by the parts' identity: the tables outlive them
        self._found: dict[int, list[Demand]] = {}
        found: defaultdict[_Key, list[list[Demand]]] = defaultdict(list)
        for table in tables:
            for part in table.parts if table.facts else ():
                if part.rows:
                    self._found[id(part)] = demands(part, measure)
                    found[_key(table, part)].append(self._found[id(part)])
        self._needs = {
            key: [_together(columns) for columns in zip(*alike, strict=True)]
            for key, alike in found.items()
            if len(alike) > 1
        }
        self._align_codes()
        self._known: dict[tuple[_Key, TableSetting], list[float]] = {}

    def is_shared(self, caption: str) -> bool:
        """Whether several tables have a caption, so that it does not tell which of them goes on."""
        return caption in self._shared

    def forget(self) -> None:
        """Let the tables go, whose identities others may get: what they have in common stays."""
        self._found.clear()

    def demands(self, part: Part) -> list[Demand]:
        """Return what a part's columns need."""
        return self._found.pop(id(part), None) or demands(part, self._measure)

    def held(self, table: Table, part: Part, needs: Sequence[Demand], setting: TableSetting) -> dict[int, float]:
        """Return the widths that some columns have in all tables of a kind; none where they do not fit."""
        key = _key(table, part)
        shared = self._needs.get(key)
        if shared is None or len(shared) != len(needs):
            return {}
        if (key, setting) not in self._known:
            self._known[key, setting] = widths(shared, setting)
        common = self._known[key, setting]
        widest = max((at for at, need in enumerate(shared) if need.stretches), key=common.__getitem__, default=None)
        held = {
            at: width
            for at, (need, width) in enumerate(zip(shared, common, strict=True))
            if not need.stretches or (at != widest and need.usual(setting) <= _SHORT)
        }
        least = {at: need.least(setting) for at, need in enumerate(needs)}
        fits = all(least[at] <= width + 0.1 for at, width in held.items())
        rest = sum(width for at, width in least.items() if at not in held)
        return held if fits and sum(held.values()) + rest <= setting.width + 0.1 else {}

    def _align_codes(self) -> None:
        """Give the codes that begin the parts of a kind one width."""
        longest: defaultdict[str, int] = defaultdict(int)
        for (kind, _, _), needs in self._needs.items():
            if needs[0].kind is ColumnKind.CODE:
                longest[kind] = max(longest[kind], needs[0].fixed, needs[0].word)
        for (kind, _, _), needs in self._needs.items():
            if needs[0].kind is ColumnKind.CODE:
                needs[0].fixed = longest[kind]


def _amounts(tables: Iterable[Table]) -> Iterator[str]:
    """Yield the amounts that are printed in figures."""
    for part in (part for table in tables for part in table.parts):
        for at in (at for at, column in enumerate(part.columns) if column.kind is ColumnKind.AMOUNT):
            cells = (row.cells[at] for row in part.rows)
            yield from (cell.text for cell in cells if cell.number is not None and any(map(str.isdigit, cell.text)))


def _key(table: Table, part: Part) -> _Key:
    return table.kind, part.key, tuple(column.key for column in part.columns)


def _together(columns: Sequence[Demand]) -> Demand:
    lengths = sorted(length for need in columns for length in need.lengths)
    first = columns[0]
    return replace(
        first,
        fixed=reached(sorted(need.fixed for need in columns), _FITTING),
        word=max(need.word for need in columns),
        natural=reached(lengths, _MOST) if first.stretches else max(need.natural for need in columns),
        common=reached(lengths, COMMON),
        title=max(need.title for need in columns),
        head=max(need.head for need in columns),
        low=max(need.low for need in columns),
        said=0,
        lengths=[],
        indent=max(need.indent for need in columns),
    )
