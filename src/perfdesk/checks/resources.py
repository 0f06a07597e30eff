"""Kaynak tabloları and the tables of the report: do totals add up, do those of the same people count the same."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from perfdesk.checks.finding import RESOURCE_TABLE, RESULT, Severity, Where, Word
from perfdesk.checks.last_year import caption_of_any_year
from perfdesk.checks.rule import AUDIT, REPORT, Found, Rule, Scope
from perfdesk.checks.scene import Scene, number, shortened
from perfdesk.domain import turkish
from perfdesk.domain.programme import Programme
from perfdesk.domain.resources import ResourceTable
from perfdesk.i18n import N_
from perfdesk.tables.resource_table import is_total, number_of

_SERIAL: Final = re.compile(r"(sira|s\.?)\s*(no)?\.?|no\.?")
_TOTAL: Final = "toplam"
_DIGIT: Final = re.compile(r"\d")
# commas between thousands and a point before the decimals make no number here; but where a whole column is written so,
# and part of it cannot be meant otherwise, nothing has to be guessed to add it up
_FOREIGN: Final = re.compile(r"-?\d{1,3}(?:,\d{3})*\.\d{1,2}")
_UNMISTAKABLE: Final = re.compile(r"-?\d{1,3}(?:,\d{3})+\.\d{1,2}")
_POSTS: Final = "personnel_posts"
_PERSONNEL: Final = "personnel_"
# results go by their indicators' ids
_REPORT_TABLE: Final = "unit_tables."
# so many wrong totals in a row, most of it, are not as many slips
_MIXED_UP: Final = 3
# tables of titles may leave some out
_NOT_ALL: Final = frozenset({"personnel_title"})


class Numbered(NamedTuple):
    """A table of texts, its place among its kind, from 1, and what it is known by wherever it stands."""

    at: int
    table: ResourceTable
    known_by: str
    kind: str

    def where(self, field: str = "", row: int | None = None) -> Where:
        """Return the place of the table, or of a field or row of it."""
        id_ = f"{_REPORT_TABLE if self.kind == RESULT else ''}{self.at}"
        return Where(self.kind, id_, field, self.table.row if row is None else row, self.known_by)


def numbered(tables: Iterable[ResourceTable], kind: str = RESOURCE_TABLE) -> Iterator[Numbered]:
    """Yield tables with their numbers: resource tables, or as results those of the report.

    Those of the same kind and caption are told apart by their order.
    """
    times: Counter[str] = Counter()
    for at, table in enumerate(tables, 1):
        caption = caption_of_any_year(table)
        # a kind alone would be that of several: what is said to one must not go to another when one is moved or goes
        name = f"{table.kind}\0{caption}" if table.kind else caption
        times[name] += 1
        yield Numbered(at, table, f"{name}#{times[name]}" if times[name] > 1 else name, kind)


class Total(NamedTuple):
    """A number of a total row: its row and column, what it says and what stands above it."""

    row: int
    at: int
    value: Decimal
    amount: Decimal
    is_right: bool


@lru_cache(maxsize=1024)
def _sums(table: ResourceTable, no_sum: tuple[str, ...]) -> "_Sums":
    """Return a table's numbers, read once as long as its content is the same."""
    return _Sums(table, no_sum)


class _Sums:
    """A table read as its total rows are meant: each is of the numbers above it in its column."""

    def __init__(self, table: ResourceTable, no_sum: tuple[str, ...]) -> None:
        self.width = table.width
        self.lines = [(*row.cells, *[""] * (self.width - len(row.cells))) for row in table.rows]
        self.heads = [_head(table.header, at) for at in range(self.width)]
        columns = [_numbers([line[at].strip() for line in self.lines]) for at in range(self.width)]
        self.numbers = [[column[row] for column in columns] for row in range(len(self.lines))]
        self.summed = [
            at > 0
            and not _SERIAL.fullmatch(self.heads[at].strip())
            and not any(word in f"{self.heads[at]} " for word in no_sum)
            and any(line[at] is not None for line in self.numbers)
            # what holds a number and more cannot be added up
            and not any(
                line[at] is None and _DIGIT.search(text[at])
                for line, text in zip(self.numbers, self.lines, strict=True)
            )
            for at in range(self.width)
        ]
        self.totals = tuple(self._totals())
        self.mixed_up = self._mixed_up()

    def _mixed_up(self) -> Mapping[int, int]:
        """Return how many totals are wrong in rows whose columns are not those above them.

        What stands in a wrong column is too much in one and lacks in another. Where a row of the table was forgotten,
        all totals lack something.
        """
        found: dict[int, int] = {}
        for row in {one.row for one in self.totals}:
            of_row = [one for one in self.totals if one.row == row]
            above = [one.value > one.amount for one in of_row if not one.is_right]
            if len(above) >= _MIXED_UP and len(above) * 2 > len(of_row) and len(set(above)) > 1:
                found[row] = len(above)
        return found

    def compared(self, row: int) -> str:
        """Return the totals of a row and what they would be: what is said of it holds for these."""
        return "; ".join(f"{number(one.value)}/{number(one.amount)}" for one in self.totals if one.row == row)

    def called(self, row: int) -> str:
        """Return what a row is called: its first text."""
        return next((text for text in self.lines[row] if text.strip() and not text.strip().isdigit()), "")

    def label(self, row: int, at: int) -> str:
        """Return what names a number: the nearest text to its left."""
        line = self.lines[row]
        texts = (line[left].strip(" -") for left in range(at - 1, -1, -1) if self.numbers[row][left] is None)
        return next((text for text in texts if text), "")

    def wrong_columns(self) -> Iterator[tuple[int, int, Decimal, Decimal]]:
        """Yield row, column, what a total says and what it is."""
        return (one[:4] for one in self.totals if not one.is_right and one.row not in self.mixed_up)

    def _totals(self) -> Iterator[Total]:
        for at in range(self.width):
            if not self.summed[at]:
                continue
            run, whole, totals = Decimal(0), Decimal(0), Decimal(0)
            parts = 0
            for row, line in enumerate(self.numbers):
                value = line[at]
                if value is None:
                    if self.lines[row][at].strip(" -"):
                        # a head within the table: what follows is added up by itself
                        run = whole = totals = Decimal(0)
                        parts = 0
                    continue
                label = self.label(row, at)
                if _TOTAL not in turkish.fold(label):
                    run, whole, parts = run + value, whole + value, parts + 1
                else:
                    # "… Toplamı" may be that of something else, but it is no part of the sum
                    if is_total((label,)) and parts:
                        is_right = value in (run, whole, totals, totals + run)
                        yield Total(row, at, value, run or whole, is_right)
                    totals, run = totals + value, Decimal(0)

    def wrong_rows(self) -> Iterator[tuple[int, int, Decimal, Decimal]]:
        """Yield row, column, what a column of totals says and what it is."""
        totals = [at for at in range(self.width) if self.summed[at] and self.heads[at].startswith(_TOTAL)]
        if len(totals) != 1:
            return
        at = totals[0]
        others = [other for other in range(self.width) if self.summed[other] and other != at]
        if len(others) < 2:
            return
        sums = [
            (row, line[at], sum((line[other] or Decimal(0) for other in others), Decimal(0)))
            for row, line in enumerate(self.numbers)
        ]
        known = [(row, value, amount) for row, value, amount in sums if value is not None]
        # where most rows do not add up, the column is a total of something else
        if sum(value == amount for _row, value, amount in known) * 2 <= len(known):
            return
        yield from ((row, at, value, amount) for row, value, amount in known if value != amount)


def wrong_total(scene: Scene, of: Numbered) -> Iterator[Found]:
    """KYN-01, KYN-03: a total that is not the sum of what stands there.

    The criteria know it as KYN-01 alone. What the report lacks must not count against the programme, so that its
    tables have a rule of their own.
    """
    table = of.table
    sums = _sums(table, scene.settings.words.no_sum)
    told = {"table": Word(N_("in this table of the activity report, ")) if of.kind == RESULT else ""}
    for row, count in sorted(sums.mixed_up.items()):
        yield Found(
            N_(
                "{table}in the row “{row}” {wrong} totals are not the sum of the numbers above them, some are more, "
                "some less. See whether the numbers stand in their columns; correct what is wrong."
            ),
            {"row": sums.called(row), "wrong": str(count), "totals": sums.compared(row)},
            where=of.where(f"rows.{row + 1}.1", table.rows[row].row),
            subject=shortened(table.caption),
            told=told,
        )
    for in_row, wrong in ((False, sums.wrong_columns()), (True, sums.wrong_rows())):
        for row, at, value, amount in wrong:
            facts = {
                "row": sums.called(row),
                "column": _printed_head(table.header, at),
                "value": number(value),
                "sum": number(amount),
            }
            yield Found(
                N_(
                    "{table}in the row “{row}” the total “{column}” says {value}, the numbers beside it add up to "
                    "{sum}. Correct what is wrong."
                )
                if in_row
                else N_(
                    "{table}in the row “{row}” the column “{column}” says {value}, the numbers above it add up to "
                    "{sum}. Correct what is wrong."
                ),
                facts,
                where=of.where(f"rows.{row + 1}.{at + 1}", table.rows[row].row),
                subject=shortened(table.caption),
                told=told,
            )


def different_staff(scene: Scene, programme: Programme) -> Iterator[Found]:
    """KYN-02: tables that divide the same people count different numbers of them."""
    counted = [
        (one, heads)
        for one in numbered(programme.resource_tables)
        if (heads := _headcount(scene, one.table)) is not None
    ]
    if len({heads for _table, heads in counted}) < 2:
        return
    usual = Counter(heads for _table, heads in counted).most_common(1)[0][0]
    other = next(table for table, heads in counted if heads == usual)
    for one, heads in counted:
        if heads != usual:
            yield Found(
                N_(
                    "it counts {heads} people, “{other}” counts {others}. Tables of the same people must agree; "
                    "correct what is wrong."
                ),
                {"heads": number(heads), "other": shortened(other.table.caption), "others": number(usual)},
                where=one.where(),
                subject=shortened(one.table.caption),
            )


def _headcount(scene: Scene, table: ResourceTable) -> Decimal | None:
    """Return how many people a table divides; None where it divides others or something else."""
    known = scene.settings.words
    caption = turkish.fold(table.caption)
    is_posts = table.kind == _POSTS or "doluluk" in caption
    if table.kind:
        if not table.kind.startswith(_PERSONNEL) or table.kind in _NOT_ALL:
            return None
    elif not is_posts and not (
        any(word in caption for word in known.personnel) and any(word in caption for word in known.personnel_dimensions)
    ):
        return None
    if any(part in caption for part in known.personnel_parts):
        return None
    sums = _sums(table, scene.settings.words.no_sum)
    columns = [at for at in range(sums.width) if sums.summed[at]]
    for word in known.headcount:
        chosen = [at for at in columns if sums.heads[at].startswith(word)]
        if len(chosen) == 1:
            columns = chosen
            break
    rows = [row for row, line in enumerate(sums.lines) if not is_total([text.strip() for text in line])]
    if is_posts:
        rows = [row for row in rows if turkish.fold(sums.lines[row][0]).strip().startswith(known.filled_posts)]
    if not columns or not rows:
        return None
    return sum((sums.numbers[row][at] or Decimal(0) for row in rows for at in columns), Decimal(0))


def _numbers(texts: Sequence[str]) -> list[Decimal | None]:
    """Return the numbers of a column, in our notation or throughout in the other one."""
    figures = [text for text in texts if _DIGIT.search(text)]
    if any(map(_UNMISTAKABLE.fullmatch, figures)) and all(map(_FOREIGN.fullmatch, figures)):
        return [Decimal(text.replace(",", "")) if _FOREIGN.fullmatch(text) else None for text in texts]
    return [number_of(text) for text in texts]


def _head(header: Sequence[Sequence[str]], at: int) -> str:
    return turkish.fold(_printed_head(header, at)).strip()


def _printed_head(header: Sequence[Sequence[str]], at: int) -> str:
    return next((line[at] for line in reversed(header) if at < len(line) and line[at].strip()), "")


RULES: Final = (
    Rule(
        "KYN-01",
        N_("Total of a table wrong"),
        Severity.ERROR,
        ((Scope.RESOURCE_TABLE, wrong_total),),
        N_("Readers add up; a wrong total costs the whole book its credit."),
        AUDIT,
    ),
    Rule(
        "KYN-02",
        N_("Personnel tables disagree"),
        Severity.ERROR,
        ((Scope.PROGRAMME, different_staff),),
        N_("The same people must be as many in every table."),
        AUDIT,
    ),
    Rule(
        "KYN-03",
        N_("Total in a table of the report wrong"),
        Severity.ERROR,
        ((Scope.RESULT_TABLE, wrong_total),),
        N_("The activity report is published; whoever reads it adds up, and a wrong total costs it its credit."),
        REPORT,
        of_report=True,
    ),
)
