"""The new year: what the roll-over of the last programme would do, and doing it as one step. Rules: domain.new_year."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from perfdesk.domain.new_year import (
    Key,
    NextPlan,
    Options,
    Origin,
    check_rate,
    continuing,
    moved_values,
    plan_for,
    results_of,
    rolled,
    source_of,
)
from perfdesk.domain.numbers import parse_percentage
from perfdesk.domain.plan import Plan
from perfdesk.domain.programme import Indicator, Municipality, Programme
from perfdesk.domain.totals import ledger
from perfdesk.domain.value import BLANK, Value, ValueKind
from perfdesk.i18n import N_
from perfdesk.services.planning import proposed_period
from perfdesk.storage.filling import ProgrammeFiller, plan_rows
from perfdesk.storage.store import Store
from perfdesk.tables.mentions import Written, mentions

__all__ = ["NewYearPreview", "NextPlan", "Options", "new_year_of", "next_plan_of", "preview", "read_rate", "roll_over"]

LABEL: Final = N_("new year")


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of the last programme is copied."""

    targets: int
    indicators: int
    activities: int
    cost_sheets: int
    resource_tables: int
    sections: int
    policy_documents: int


@dataclass(frozen=True, slots=True)
class Sums:
    """A sum of the last programme and of the new one; ``label`` is a msgid."""

    label: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Example:
    """An indicator's values in the last programme and in the new one: finished year, current year, programme year."""

    name: str
    unit: str
    before: tuple[Value, Value, Value]
    after: tuple[Value, Value, Value]


@dataclass(frozen=True, slots=True)
class NewYearPreview:
    """What a roll-over would do.

    ``realised`` counts values of the finished year by where they come from, ``estimates`` those of the current year,
    ``targets`` those of the programme year; what is blank is not counted. ``notes`` and ``deferred`` are emptied.
    ``stopped`` are targets that do not continue as wished, ``lost`` those whose objective the plan no longer has.
    """

    year: int
    plan: Plan
    plan_is_new: bool
    copied: Counts
    realised: dict[Origin, int]
    estimates: dict[Origin, int]
    targets: dict[Origin, int]
    notes: int
    deferred: int
    results: int
    sums: tuple[Sums, ...]
    examples: tuple[Example, ...]
    mentions: tuple[Written, ...]
    stopped: tuple[str, ...]
    lost: tuple[str, ...]


def new_year_of(municipality: Municipality) -> int | None:
    """Return the year after the last programme's, or None where there is no programme yet."""
    last = max((programme.year for programme in municipality.programmes), default=None)
    return None if last is None else last + 1


def next_plan_of(municipality: Municipality, year: int) -> NextPlan | None:
    """Return the plan period to propose where none covers the year, as long as the last one; else None."""
    if municipality.plan_of(year) is not None:
        return None
    before = [plan for plan in municipality.plans if plan.last_year < year]
    if not before:
        return NextPlan(*proposed_period(year))
    last = max(before, key=lambda plan: plan.last_year)
    length = last.last_year - last.first_year + 1
    first = last.last_year + 1
    first += (year - first) // length * length
    return NextPlan(first, first + length - 1)


def read_rate(typed: str) -> Decimal:
    """Read a typed rate in per cent; its sign may stand before it, as it is written in Turkish, or behind it.

    Raises:
        UserError: it is no number, or can only be a slip.
    """
    rate = parse_percentage(typed)
    check_rate(rate)
    return rate


def preview(municipality: Municipality, year: int, options: Options, *, examples: int = 5) -> NewYearPreview:
    """Return what making a year's programme from the last one would do.

    Raises:
        UserError: it cannot be made; the same sentence that ``roll_over`` would give.
    """
    programme = rolled(municipality, year, options)
    source = source_of(municipality, year)
    going_on, lost = continuing(municipality, year, options)
    results = results_of(municipality, year - 2)
    former = {indicator.id: indicator for indicator in _indicators(source)}
    realised, estimates, targets = (dict.fromkeys(Origin, 0) for _ in range(3))
    for indicator in _indicators(programme):
        moved = moved_values(former[indicator.id], year, results, options)
        for counter, key in zip((realised, estimates, targets), _shown(year), strict=True):
            if key in moved:
                counter[moved[key].origin] += 1
    return NewYearPreview(
        year=year,
        plan=plan_for(municipality, year, options),
        plan_is_new=municipality.plan_of(year) is None,
        copied=_counts(programme),
        realised=realised,
        estimates=estimates,
        targets=targets,
        notes=0 if options.notes else sum(bool(note) for note in _notes(source)),
        deferred=sum(bool(target.deferred) for target in going_on)
        + sum(bool(former[indicator.id].deferred) for indicator in _indicators(programme)),
        results=len(source.results.indicators) + len(source.results.activities),
        sums=_sums(source, programme),
        examples=tuple(_examples(former, programme, examples)),
        mentions=tuple(mentions(programme, year - 1)),
        stopped=tuple(target.title for target in source.targets if target.id in options.without),
        lost=tuple(target.title for target in lost),
    )


def roll_over(store: Store, year: int, options: Options) -> int:
    """Make a year's programme from the last one, with its plan period if need be, as one step; return its row.

    Raises:
        UserError: it cannot be made, or not be written.
    """
    municipality = store.load()
    programme = rolled(municipality, year, options)
    plan = plan_for(municipality, year, options)
    units = {unit.id: unit.row for unit in municipality.units}
    entries = {sub.id: sub.row for entry in municipality.programme_list for sub in entry.sub_programmes}
    pictures = {picture.id: picture.row for picture in municipality.pictures}
    with store.step(LABEL):
        if municipality.plan_of(year) is None:
            objectives = plan_rows(store, plan, len(municipality.plans))
        else:
            objectives = {objective.id: objective.row for goal in plan.goals for objective in goal.objectives}
        filler = ProgrammeFiller(store, units, objectives, entries, pictures)
        return filler.fill(programme, len(municipality.programmes))


def _shown(year: int) -> tuple[Key, Key, Key]:
    """Return the values that the classic form of a year shows."""
    return (year - 2, ValueKind.REALISED), (year - 1, ValueKind.ESTIMATE), (year, ValueKind.TARGET)


def _counts(programme: Programme) -> Counts:
    holders = list(programme.holders())
    return Counts(
        targets=len(programme.targets),
        indicators=sum(len(holder.indicators) for holder in holders),
        activities=sum(len(holder.activities) for holder in holders),
        cost_sheets=sum(len(holder.cost_sheets) for holder in holders),
        resource_tables=len(programme.resource_tables),
        sections=len(programme.sections),
        policy_documents=len(programme.policy_documents),
    )


def _sums(source: Programme, programme: Programme) -> tuple[Sums, ...]:
    before, after = ledger(source), ledger(programme)
    return (
        Sums(N_("Activities, budget"), before.activities_total.budget, after.activities_total.budget),
        Sums(N_("Activities, off-budget"), before.activities_total.off_budget, after.activities_total.off_budget),
        Sums(
            N_("General administration expenses"),
            before.general_administration_total.total,
            after.general_administration_total.total,
        ),
        Sums(N_("Transfers"), before.transfers_total.total, after.transfers_total.total),
        Sums(N_("Grand total"), before.grand_total.total, after.grand_total.total),
    )


def _examples(former: dict[str, Indicator], programme: Programme, count: int) -> Iterator[Example]:
    for indicator in list(_indicators(programme))[:count]:
        old, new = (
            tuple(item.values.get(key, BLANK) for key in _shown(year))
            for item, year in ((former[indicator.id], programme.year - 1), (indicator, programme.year))
        )
        yield Example(indicator.name, indicator.unit, _three(old), _three(new))


def _three(values: tuple[Value, ...]) -> tuple[Value, Value, Value]:
    first, second, third = values
    return first, second, third


def _indicators(programme: Programme) -> Iterator[Indicator]:
    for holder in programme.holders():
        yield from holder.indicators


def _notes(programme: Programme) -> Iterator[str]:
    for holder in programme.holders():
        yield from (indicator.note for indicator in holder.indicators)
        yield from (activity.note for activity in holder.activities)
        yield from (sheet.note for sheet in holder.cost_sheets)
