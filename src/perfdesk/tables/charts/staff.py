"""Charts of the staff, read from the personnel tables as these print: by status, sex, education and age."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.resources import ResourceTable
from perfdesk.domain.value import MARKS
from perfdesk.tables import catalogue, resource_table
from perfdesk.tables.charts.chart import Chart, ChartKind, Series
from perfdesk.tables.context import Context
from perfdesk.tables.table import ColumnKind, Role

# the kinds of tables that tell how many there are of each status, the surest first
_KINDS: Final = ("personnel_sex", "personnel_education", "personnel_age")
_PART: Final = "human_resources"
# its columns are the statuses that a municipality without a list of its own has
_STATUSES: Final = "personnel_unit"
_DIGIT: Final = re.compile(r"\d")
# fewer labels that are known are chance
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class _Counts:
    """Heads by row and column of a personnel table, totals left out; what the table has no number for is not there.

    ``marks`` are what it has in place of some.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    numbers: Mapping[tuple[str, str], Decimal]
    marks: Mapping[tuple[str, str], str]

    def turned(self) -> "_Counts":
        numbers = {(row, column): n for (column, row), n in self.numbers.items()}
        return _Counts(self.columns, self.rows, numbers, {(row, column): m for (column, row), m in self.marks.items()})

    def only(self, rows: Sequence[str]) -> "_Counts":
        numbers = {ends: n for ends, n in self.numbers.items() if ends[0] in rows}
        return _Counts(tuple(rows), self.columns, numbers, self.marks)

    def of_row(self, row: str) -> Decimal | None:
        known = [self.numbers[row, column] for column in self.columns if (row, column) in self.numbers]
        return sum(known, Decimal(0)) if known else None


def staff_status(ctx: Context) -> Chart | None:
    """Return the staff by status, from the first table that tells."""
    known = _Words(ctx)
    for kind in _KINDS:
        for counts in _sexes(ctx) if kind == "personnel_sex" else _tables(ctx, kind):
            turned = _by(counts, known.statuses)
            if turned and len(turned.rows) > 1:
                return _bars(ctx, "staff_status", turned)
    for counts in _plain_tables(ctx):
        turned = _by(counts, known.statuses)
        if turned and len(turned.columns) == 1 and sum(map(known.statuses, turned.rows)) * 2 > len(turned.rows):
            return _bars(ctx, "staff_status", turned)
    return None


def staff_sex(ctx: Context) -> Chart | None:
    """Return the staff by sex, divided among the statuses."""
    counts = next(_sexes(ctx), None)
    return _divided(ctx, "staff_sex", counts) if counts else None


def staff_education(ctx: Context) -> Chart | None:
    """Return the staff by education, divided among the statuses."""
    return _by_group(ctx, "staff_education", "personnel_education")


def staff_age(ctx: Context) -> Chart | None:
    """Return the staff by age, divided among the statuses."""
    return _by_group(ctx, "staff_age", "personnel_age")


def _sexes(ctx: Context) -> Iterator[_Counts]:
    """Yield the tables by sex with the two as rows; what stands beside them may count the same people again."""
    known = _Words(ctx).labels("personnel_sex")
    for counts in _tables(ctx, "personnel_sex"):
        turned = _by(counts, known)
        if turned:
            yield turned.only([row for row in turned.rows if known(row)])


def _by_group(ctx: Context, key: str, kind: str) -> Chart | None:
    known = _Words(ctx)
    for counts in _tables(ctx, kind):
        by_status = _by(counts, known.statuses)
        groups = by_status.turned() if by_status else _by(counts, known.groups(kind))
        if groups and len(groups.rows) > 1:
            return _divided(ctx, key, groups)
    return None


class _Words:
    """Which labels of a table's rows and columns are known, by the form's own tables and the list of statuses."""

    def __init__(self, ctx: Context) -> None:
        self._headers = {kind.key: kind.header[0][1:] for kind in ctx.layout.form.resource_kinds}
        own = [status.name for status in ctx.municipality.administration.personnel_statuses]
        self.statuses = _beginning(_folded([*own, *self._headers.get(_STATUSES, ())]))

    def labels(self, kind: str) -> Callable[[str], bool]:
        """Return what tells whether a label is one of a kind's columns."""
        return _beginning(_folded(self._headers.get(kind, ())))

    def groups(self, kind: str) -> Callable[[str], bool]:
        """Return what tells whether a label is a group of a kind's; one of ages has a number in it."""
        if any(map(_DIGIT.search, self._headers.get(kind, ()))):
            return lambda label: bool(_DIGIT.search(label))
        return self.labels(kind)


def _folded(labels: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, (re.sub(r"\W", "", turkish.fold(label)) for label in labels)))


def _beginning(words: tuple[str, ...]) -> Callable[[str], bool]:
    return lambda label: bool(words) and "".join(_folded([label])).startswith(words)


def _by(counts: _Counts, is_known: Callable[[str], bool]) -> _Counts | None:
    """Return the counts with what is known as rows; None where it is on neither side."""
    in_rows, in_columns = (sum(map(is_known, labels)) for labels in (counts.rows, counts.columns))
    if max(in_rows, in_columns) < _FEWEST:
        return None
    return counts if in_rows >= in_columns else counts.turned()


def _tables(ctx: Context, kind: str) -> Iterator[_Counts]:
    """Yield the tables of a kind, then those of no kind whose caption says they are of it and of no other."""
    tables = ctx.programme.resource_tables
    matches = {entry.key: entry.matches for entry in ctx.layout.form.resource_kinds if entry.matches}
    for table in tables:
        if table.kind == kind:
            yield from _counts(ctx, table)
    for table in tables:
        if not table.kind and catalogue.part_of(ctx.layout.form, table).key == _PART:
            caption = turkish.fold(table.caption)
            said = [key for key, words in matches.items() if any(word in caption for word in words)]
            if said == [kind]:
                yield from _counts(ctx, table)


def _plain_tables(ctx: Context) -> Iterator[_Counts]:
    """Yield the staff's tables of no kind, for what their labels alone tell."""
    for table in ctx.programme.resource_tables:
        if not table.kind and catalogue.part_of(ctx.layout.form, table).key == _PART:
            for counts in _counts(ctx, table):
                yield counts
                yield counts.turned()


def _counts(ctx: Context, table: ResourceTable) -> Iterator[_Counts]:
    """Yield a table's numbers, read as it prints them; nothing where they are not plainly counts of people."""
    part = resource_table.build(ctx, table, 1, "").parts[0]
    labels = [_label(table, at) for at in range(table.width)]
    numbered = [
        at
        for at, column in enumerate(part.columns[: table.width])
        if at
        and column.kind is ColumnKind.VALUE
        and labels[at]
        and not resource_table.is_total([labels[at]])
        # figures that are no numbers of ours cannot be counted
        and any(row.cells[at].number is not None for row in part.rows)
    ]
    if not numbered:
        return
    rows = [row for row in part.rows if row.role is Role.DETAIL]
    numbers: dict[tuple[str, str], Decimal] = {}
    marks: dict[tuple[str, str], str] = {}
    for row in rows:
        for at in numbered:
            number, text = row.cells[at].number, row.cells[at].text
            ends = (row.cells[0].text, labels[at])
            if number is not None:
                numbers[ends] = numbers.get(ends, Decimal(0)) + number
            elif text in MARKS:
                marks[ends] = text
    names = tuple(dict.fromkeys(row.cells[0].text for row in rows))
    if numbers and all(names) and all(number >= 0 and number == int(number) for number in numbers.values()):
        counts = _Counts(names, tuple(dict.fromkeys(labels[at] for at in numbered)), numbers, marks)
        yield _without_sums(counts.turned()).turned()


def _without_sums(counts: _Counts) -> _Counts:
    """Leave out a row that is everywhere the sum of the others, whatever it is called."""
    if len(counts.columns) < _FEWEST:
        # of single numbers, one may be the sum of the others by chance
        return counts
    for sums in counts.rows:
        rest = counts.only([row for row in counts.rows if row != sums])
        added = rest.turned()
        several = sum(bool(rest.of_row(row)) for row in rest.rows) >= _FEWEST
        if several and all(
            (added.of_row(column) or 0) == counts.numbers.get((sums, column), 0) for column in counts.columns
        ):
            return rest
    return counts


def _label(table: ResourceTable, at: int) -> str:
    """Return the lowest text over a column."""
    return next((line[at] for line in reversed(table.header) if at < len(line) and line[at]), "")


def _bars(ctx: Context, key: str, counts: _Counts) -> Chart | None:
    numbers = tuple(map(counts.of_row, counts.rows))
    return _chart(ctx, key, ChartKind.BARS, counts.rows, (Series(ctx.labels["chart.people"], numbers),))


def _divided(ctx: Context, key: str, counts: _Counts) -> Chart | None:
    if len(counts.columns) == 1:
        return _bars(ctx, key, counts)
    series = tuple(
        Series(
            column,
            tuple(counts.numbers.get((row, column)) for row in counts.rows),
            tuple(counts.marks.get((row, column), "") for row in counts.rows),
        )
        for column in counts.columns
    )
    return _chart(ctx, key, ChartKind.STACKED, counts.rows, series)


def _chart(ctx: Context, key: str, kind: ChartKind, rows: tuple[str, ...], series: tuple[Series, ...]) -> Chart | None:
    if not any(any(line.numbers) for line in series):
        return None
    unit = ctx.labels["chart.people"]
    return Chart(
        key,
        ctx.labels[f"chart.{key}"],
        kind,
        unit,
        rows,
        series,
        places=0,
        total=ctx.labels["total"],
        percent=ctx.layout.share,
        share_head=ctx.labels["performance.share"],
    )
