"""The programme budget's sums: what falls under each sub-programme, in the six periods that its form shows.

The programme year's amounts are those of the ledger; the other years' are added up from the leaves that say so. A cost
sheet whose activities belong to several sub-programmes is divided as its clerk has divided it, else it stays whole.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple, TypeVar

from perfdesk.domain.costs import AmountKind, CostSheet, OtherAmount
from perfdesk.domain.money import ZERO, divided, total
from perfdesk.domain.programme import Activity, Programme, SubProgramme, Target
from perfdesk.domain.totals import Ledger, Need, SheetNeed

_Key = TypeVar("_Key", str, str | None)


class Period(NamedTuple):
    """A year and what its amounts say."""

    year: int
    kind: AmountKind


def periods(year: int) -> tuple[Period, ...]:
    """Return what the form shows for a programme year t+1: three columns of t, then t+1, t+2 and t+3."""
    return (
        Period(year - 1, AmountKind.BUDGET),
        Period(year - 1, AmountKind.SPENDING),
        Period(year - 1, AmountKind.ESTIMATE),
        Period(year, AmountKind.BUDGET),
        Period(year + 1, AmountKind.FORECAST),
        Period(year + 2, AmountKind.FORECAST),
    )


@dataclass(frozen=True, slots=True)
class Amounts:
    """Amounts of one period, by economic code (None: not classified) and by off-budget source."""

    by_code: Mapping[str | None, Decimal] = field(default_factory=dict)
    by_source: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def need(self) -> Need:
        """Their sums."""
        return Need(total(self.by_code.values()), total(self.by_source.values()))

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(_added(self.by_code, other.by_code), _added(self.by_source, other.by_source))


# a period of which nothing is known has no entry, which is not the same as zero
Known = Mapping[Period, Amounts]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a sub-programme has of a cost sheet: the activities and their amounts; without a sheet one activity.

    ``beside`` are the sheet's activities of other sub-programmes. Where the sheet is ``divided``, their part is not in
    these amounts; else it is, for nobody has said how large it is. One without amounts has them ``elsewhere``, in the
    sub-programme named.
    """

    holder: Target | SubProgramme
    activities: tuple[Activity, ...]
    sheet: CostSheet | None = None
    amounts: Known = field(default_factory=dict)
    beside: tuple[Activity, ...] = ()
    divided: bool = False
    elsewhere: str | None = None

    @property
    def key(self) -> str:
        """What tells it from others: the first of its activities."""
        return self.activities[0].id


@dataclass(frozen=True, slots=True)
class ProgrammeBudget:
    """A programme's entries by sub-programme ("" is none), and what the whole administration needs besides."""

    periods: tuple[Period, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    general_administration: Known
    transfers: Mapping[str | None, Decimal]

    @property
    def year(self) -> Period:
        """The programme year's own budget, which the ledger has."""
        return self.periods[3]

    def of(self, sub_programme: str) -> Known:
        """Return what a sub-programme needs."""
        return summed(entry.amounts for entry in self.entries.get(sub_programme, ()))


def summed(amounts: Iterable[Known]) -> dict[Period, Amounts]:
    """Return amounts added up period by period; of what is known of none, nothing is known."""
    sums: dict[Period, Amounts] = {}
    for known in amounts:
        for period, more in known.items():
            sums[period] = sums[period] + more if period in sums else more
    return sums


def programme_budget(programme: Programme, ledger: Ledger) -> ProgrammeBudget:
    """Sort a programme's costs by sub-programme.

    Args:
        programme: the programme.
        ledger: its sums.
    """
    shown = periods(programme.year)
    entries: dict[str, list[Entry]] = {}
    for sums in ledger.holders:
        for sub_programme, entry in _entries(sums.holder, sums.sheets, shown):
            entries.setdefault(sub_programme, []).append(entry)
    general = _others(programme.other_general_administration, shown)
    own = Amounts(ledger.general_administration)
    return ProgrammeBudget(
        shown,
        {sub_programme: tuple(found) for sub_programme, found in entries.items()},
        {period: own if period == shown[3] else general[period] for period in shown if period in {*general, shown[3]}},
        ledger.transfers,
    )


def sub_programme_of(holder: Target | SubProgramme, activity: Activity) -> str:
    """Return the sub-programme an activity belongs to; "" for none."""
    return holder.sub_programme if isinstance(holder, SubProgramme) else activity.sub_programme


def _entries(
    holder: Target | SubProgramme, sheets: tuple[SheetNeed, ...], shown: tuple[Period, ...]
) -> Iterator[tuple[str, Entry]]:
    """Yield a holder's entries in the order of their activities, each with its sub-programme."""
    found: dict[str, tuple[str, Entry]] = {}
    for sheet, sums in zip(holder.cost_sheets, sheets, strict=True):
        found.update((entry.key, (sub, entry)) for sub, entry in _of_sheet(holder, sheet, sums, shown))
    covered = {activity for sheet in holder.cost_sheets for activity in sheet.activities}
    for activity in holder.activities:
        if activity.id in found:
            yield found[activity.id]
        elif activity.id not in covered:
            yield sub_programme_of(holder, activity), Entry(holder, (activity,))


def _of_sheet(
    holder: Target | SubProgramme, sheet: CostSheet, sums: SheetNeed, shown: tuple[Period, ...]
) -> Iterator[tuple[str, Entry]]:
    by_id = {activity.id: activity for activity in holder.activities}
    covered = tuple(by_id[id_] for id_ in sheet.activities)
    groups: dict[str, list[Activity]] = {}
    for activity in covered:
        groups.setdefault(sub_programme_of(holder, activity), []).append(activity)
    known = _others(sheet.other_amounts, shown)
    known[shown[3]] = Amounts(sums.by_code, sums.by_source)
    parts = _divided(sheet, groups, known) if len(groups) > 1 and sheet.split else [known]
    # what is not divided is counted where it is said to belong, if that is said of any of it
    first = next((sub for sub in groups if sub), "") if len(parts) == 1 else ""
    for at, (sub, own) in enumerate(groups.items()):
        beside = tuple(activity for activity in covered if activity not in own)
        entry = Entry(holder, tuple(own), sheet, beside=beside)
        if len(parts) > 1:
            yield sub, Entry(holder, tuple(own), sheet, parts[at], beside, divided=True)
        elif sub == first:
            yield sub, Entry(holder, tuple(own), sheet, known, beside)
        else:
            yield sub, Entry(holder, tuple(own), sheet, beside=entry.beside, elsewhere=first)


def _divided(sheet: CostSheet, groups: Mapping[str, list[Activity]], known: Known) -> list[Known]:
    """Divide a sheet as its activities are; money off the budget is never divided and stays with the first."""
    wanted = [total(sheet.split.get(activity.id, ZERO) for activity in own) for own in groups.values()]
    parts: list[dict[Period, Amounts]] = [{} for _ in groups]
    for period, amounts in known.items():
        # each code takes of what is left to each, so that codes and activities both add up to the kuruş
        left = divided(wanted, amounts.need.budget)
        codes: list[dict[str | None, Decimal]] = [{} for _ in groups]
        for code, amount in amounts.by_code.items():
            for at, part in enumerate(divided(left, amount)):
                codes[at][code] = part
                left[at] -= part
        for at, part_of in enumerate(parts):
            part_of[period] = Amounts(codes[at], {} if at else amounts.by_source)
    return [*parts]


def _others(others: Iterable[OtherAmount], shown: tuple[Period, ...]) -> dict[Period, Amounts]:
    """Return amounts of other years by period, in the form's order; what it does not show is left out."""
    codes: dict[Period, dict[str | None, Decimal]] = {}
    sources: dict[Period, dict[str, Decimal]] = {}
    for other in others:
        period = Period(other.year, other.kind)
        if other.source:
            of_source = sources.setdefault(period, {})
            of_source[other.source] = of_source.get(other.source, ZERO) + other.amount
        else:
            of_code = codes.setdefault(period, {})
            of_code[other.code] = of_code.get(other.code, ZERO) + other.amount
    return {p: Amounts(codes.get(p, {}), sources.get(p, {})) for p in shown if p in codes or p in sources}


def _added(sums: Mapping[_Key, Decimal], more: Mapping[_Key, Decimal]) -> dict[_Key, Decimal]:
    added = dict(sums)
    for key, amount in more.items():
        added[key] = added.get(key, ZERO) + amount
    return added
