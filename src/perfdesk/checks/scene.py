"""What the rules look at: a programme ready for its tables, the settings, and short views of each target."""

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from perfdesk.checks.finding import ACTIVITY, COST_SHEET, INDICATOR, PROGRAMME, RESULT, TARGET, Joint, Where
from perfdesk.checks.last_year import LastYear
from perfdesk.checks.rule import Held, Holder
from perfdesk.checks.settings import Settings
from perfdesk.domain import turkish
from perfdesk.domain.costs import CostSheet
from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import Activity, Indicator, Programme, SubProgramme, Target
from perfdesk.domain.results import IndicatorResult
from perfdesk.domain.texts import BlockKind, Section
from perfdesk.domain.totals import sheet_need
from perfdesk.tables.context import Context, coded

# before the id of a sub-programme, in the field of a place
SUB_PROGRAMMES: Final = "sub_programmes."
_LONGEST: Final = 90
# so many of a long list are named
FIRST: Final = 3
_WORD: Final = re.compile(r"[^\W_]+")
# what stands in brackets after a name is no part of it: "(yıllık)", "(sebze, tuhafiye vs.)"
_IN_BRACKETS: Final = re.compile(r"\s*\([^()]*\)\s*$")
# at the end of a title they change nothing
_MARKS: Final = " .,:;"


@dataclass(frozen=True, slots=True)
class Coded:
    """A printed code, and what bears it."""

    code: str
    kind: str
    held: Held


@dataclass(frozen=True, slots=True)
class Digest:
    """What the rules on the whole programme need of a target or sub-programme; kept as long as it is the same."""

    codes: tuple[Coded, ...]
    # with their names, folded
    indicators: tuple[tuple[str, Held], ...]
    units: frozenset[str]
    amounts: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """All a rule may look at. ``frozen`` is the programme as the council decided on it, where the caller has it."""

    ctx: Context
    settings: Settings
    frozen: Programme | None
    results: Mapping[str, tuple[IndicatorResult, ...]]
    # explanations of results, folded, and how often each is given
    reasons: Counter[str]
    # small letters of words by how they fold
    spelled: Mapping[str, str]
    last: LastYear
    digests: tuple[Digest, ...] = ()

    @property
    def year(self) -> int:
        """The programme's year, t+1."""
        return self.ctx.programme.year

    def programme_place(self, field: str = "") -> Where:
        """Return the place that is the programme as a whole."""
        return Where(PROGRAMME, str(self.year), field, self.ctx.programme.row)

    def sub_programme_place(self, sub: SubProgramme, field: str = "", row: int = 0) -> Where:
        """Return the place of a sub-programme or of a field of it, for there is no kind of its own."""
        path = f"{SUB_PROGRAMMES}{sub.sub_programme}"
        return Where(PROGRAMME, str(self.year), f"{path}.{field}" if field else path, row)

    def frozen_indicators(self) -> Mapping[str, Indicator]:
        """Return the decided programme's indicators by id."""
        holders = self.frozen.holders() if self.frozen else ()
        return {indicator.id: indicator for holder in holders for indicator in holder.indicators}

    # --- how things are called --------------------------------------------------------------------------------------

    def target(self, target: Target) -> str:
        """Return a target as a sentence calls it."""
        return shortened(coded(self.ctx.codes.targets[target.id], target.title))

    def sub_programme(self, sub: SubProgramme) -> str:
        """Return a sub-programme as a sentence calls it."""
        return shortened(coded(*self.ctx.holder_name(sub)))

    def coded(self, entry: Coded) -> str:
        """Return what bears a code as a sentence calls it."""
        holder, record = entry.held
        if isinstance(record, Target):
            return self.target(record)
        return self.indicator(holder, record) if isinstance(record, Indicator) else self.activity(holder, record)

    def indicator(self, holder: Holder, indicator: Indicator) -> str:
        """Return an indicator as a sentence calls it."""
        return self._within(holder, self.ctx.codes.indicators[indicator.id], indicator.name)

    def activity(self, holder: Holder, activity: Activity) -> str:
        """Return an activity as a sentence calls it."""
        return self._within(holder, self.ctx.codes.activities[activity.id], activity.name)

    def sheet(self, holder: Holder, sheet: CostSheet) -> str:
        """Return a cost sheet as a sentence calls it: by its first activity, and how many others it is of."""
        first = next((one for one in holder.activities if one.id in sheet.activities), None)
        if first is None:
            return self.ctx.holder_name(holder)[1]
        name = self.activity(holder, first)
        return Joint.of(name, len(sheet.activities) - 1) if len(sheet.activities) > 1 else name

    def codes_of(self, ids: Container[str], kinds: Container[str]) -> list[str]:
        """Return as sentences call them the first few of those that a sentence tells of together, each code once."""
        entries = [entry for one in self.digests for entry in one.codes if entry.kind in kinds]
        times = Counter(entry.code for entry in entries)
        found = (self.code(entry, times[entry.code]) for entry in entries if entry.held.record.id in ids)
        codes: list[str] = []
        for code in found:
            if code not in codes:
                codes.append(code)
            if len(codes) == FIRST:
                break
        return codes

    def code(self, entry: Coded, times: int = 1) -> str:
        """Return the code that something is found by; where it has none, its name.

        One that is used several ``times`` is found with that of what holds it.
        """
        code = entry.code.strip()
        if not code:
            return f"“{self.coded(entry)}”"
        if isinstance(entry.held.record, Target) or not (code.isdigit() or times > 1):
            return code.removesuffix(".")
        return self._beside(entry.held.holder, code.removesuffix("."))

    def _within(self, holder: Holder, code: str, name: str) -> str:
        said = shortened(coded(code, name))
        # a mere number is found again with its target's
        return self._beside(holder, said) if not code or code.isdigit() else said

    def _beside(self, holder: Holder, said: str) -> str:
        """Return what is said of something with the code of what holds it."""
        above = self.ctx.holder_name(holder)[0]
        return f"{above} / {said}" if above else said


def indicator_place(indicator: Indicator, field: str = "") -> Where:
    """Return the place of an indicator."""
    return Where(INDICATOR, indicator.id, field, indicator.row)


def sheet_place(sheet: CostSheet, field: str = "") -> Where:
    """Return the place of a cost sheet."""
    return Where(COST_SHEET, next(iter(sheet.activities), ""), field, sheet.row)


def result_place(indicator: Indicator, result: IndicatorResult | None, field: str = "") -> Where:
    """Return the place of an indicator's result."""
    return Where(RESULT, indicator.id, field, result.row if result else 0)


def says_something(section: Section) -> bool:
    """Whether a text of the book has words or a picture."""
    return any(
        block.picture if block.kind is BlockKind.PICTURE else any(run.text.strip() for run in block.runs)
        for block in section.blocks
    )


def is_deferred(holder: Holder, indicator: Indicator | None = None) -> bool:
    """Whether nothing is planned for it this year."""
    return bool((indicator and indicator.deferred) or (isinstance(holder, Target) and holder.deferred))


def sheet_of(holder: Holder, activity: Activity) -> CostSheet | None:
    """Return the cost sheet an activity stands in, if there is one."""
    return next((sheet for sheet in holder.cost_sheets if activity.id in sheet.activities), None)


def numbers(indicator: Indicator, year: int) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Return the numbers of the three years of the classic form: t-1, t, t+1."""
    return (
        indicator.value(year, year - 2).number,
        indicator.value(year, year - 1).number,
        indicator.value(year, year).number,
    )


def number(value: Decimal) -> str:
    """Return a number as a fact, in Turkish notation."""
    return format_number(value)


def money(value: Decimal) -> str:
    """Return an amount as a fact."""
    return format_number(value, 2)


def percent(value: Decimal) -> str:
    """Return a share as a fact: two decimals."""
    return format_number(value, 2)


def shortened(text: str) -> str:
    """Return a name that does not bury the sentence it stands in."""
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


@lru_cache(maxsize=32768)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded."""
    return tuple(_WORD.findall(turkish.fold(text)))


def letters(text: str) -> Iterator[str]:
    """Yield the words of a text with their letters as written."""
    yield from _WORD.findall(text)


@lru_cache(maxsize=32768)
def last_word(name: str, stop: frozenset[str]) -> str:
    """Return the word that says what kind of number a name is, as written: the last but for what tells nothing."""
    found = _WORD.findall(_IN_BRACKETS.sub("", name))
    return next((word for word in reversed(found) if turkish.fold(word) not in stop), "")


def is_same_title(one: str, other: str) -> bool:
    """Whether two titles are the same to the letter, but for a full stop or a colon at the end."""
    return turkish.normalise(one).rstrip(_MARKS) == turkish.normalise(other).rstrip(_MARKS)


def digest(ctx: Context, holder: Holder) -> Digest:
    """Return what the rules on the whole programme need of a target or sub-programme."""
    entries = [
        *([Coded(ctx.codes.targets[holder.id], TARGET, Held(holder, holder))] if isinstance(holder, Target) else []),
        *(Coded(ctx.codes.indicators[one.id], INDICATOR, Held(holder, one)) for one in holder.indicators),
        *(Coded(ctx.codes.activities[one.id], ACTIVITY, Held(holder, one)) for one in holder.activities),
    ]
    needs = [sheet_need(sheet).need.total for sheet in holder.cost_sheets]
    return Digest(
        codes=tuple(entries),
        indicators=tuple((" ".join(words(one.name)), Held(holder, one)) for one in holder.indicators),
        units=frozenset(unit for sheet in holder.cost_sheets for unit in (*sheet.units, *sheet.cooperating_units)),
        amounts=tuple(need for need in needs if need),
    )
