"""What differs between a file as it is and as it was: a short summary by year and by kind, in sentences.

Two snapshots are compared by value. Counts say how much, not what: who wants to see it opens the backup as a copy. That
nothing is said means that nothing differs.
"""

import dataclasses
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from perfdesk.domain.numbers import format_number
from perfdesk.domain.plan import Plan
from perfdesk.domain.programme import Municipality, Programme, Target
from perfdesk.domain.totals import ledger
from perfdesk.i18n import N_, _

_T = TypeVar("_T")
Items = Mapping[Hashable, object]


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence about a year, or about what all years share: then ``year`` is 0."""

    year: int
    sentence: str


def differences(now: Municipality, then: Municipality) -> list[Difference]:
    """Return what differs in the file as it is ``now`` from what it was ``then``, the newest year first."""
    found = [Difference(0, sentence) for sentence in _shared(now, then)]
    years = {programme.year for both in (now, then) for programme in both.programmes}
    for year in sorted(years, reverse=True):
        found += [Difference(year, sentence) for sentence in _of_year(now.programme(year), then.programme(year))]
    if not found and now != then:
        found.append(Difference(0, _("Only the order of some entries differs.")))
    return found


def summary(municipality: Municipality) -> list[Difference]:
    """Return what a file holds, year by year, for where there is nothing to compare it with."""
    return [
        Difference(
            programme.year,
            _("Targets: {n}; programme total {amount} TL").format(
                n=len(programme.targets), amount=format_number(ledger(programme).grand_total.total, 2)
            ),
        )
        for programme in sorted(municipality.programmes, key=lambda programme: -programme.year)
    ]


def _of_year(now: Programme | None, then: Programme | None) -> Iterator[str]:
    if now is None:
        yield _("The programme of this year is only in the backup.")
    elif then is None:
        yield _("The programme of this year is not in the backup.")
    elif now != then:
        said = [*_programme(now, then)]
        yield from said or [_("Only the order of some entries differs.")]


def _programme(now: Programme, then: Programme) -> Iterator[str]:
    total_now, total_then = (ledger(programme).grand_total.total for programme in (now, then))
    if total_now != total_then:
        yield _("Programme total: {now} TL now, {then} TL in the backup").format(
            now=format_number(total_now, 2), then=format_number(total_then, 2)
        )
    for name, items in _PARTS:
        yield from _counted(_(name), items(now), items(then))


def _shared(now: Municipality, then: Municipality) -> Iterator[str]:
    for name, items in _SHARED:
        yield from _counted(_(name), items(now), items(then))


def _counted(name: str, now: Items, then: Items) -> Iterator[str]:
    changed = sum(now[key] != then[key] for key in now.keys() & then.keys())
    counts = (
        (changed, N_("{n} differ")),
        (len(then.keys() - now.keys()), N_("{n} only in the backup")),
        (len(now.keys() - then.keys()), N_("{n} not in the backup")),
    )
    parts = [_(text).format(n=n) for n, text in counts if n]
    if parts:
        yield f"{name}: {', '.join(parts)}"


def _keyed(items: Iterable[_T], key: Callable[[_T], Hashable]) -> dict[Hashable, _T]:
    """Return items by what they are known by; of several with one key each has its own place."""
    found: dict[Hashable, _T] = {}
    for item in items:
        own, n = key(item), 0
        while (own, n) in found:
            n += 1
        found[own, n] = item
    return found


def _numbered(*lists: Iterable[object]) -> Items:
    return {(which, n): item for which, items in enumerate(lists) for n, item in enumerate(items)}


# --- the parts of a programme ---------------------------------------------------------------------------------------


def _targets(programme: Programme) -> Items:
    return {
        target.id: dataclasses.replace(target, indicators=(), activities=(), cost_sheets=())
        for target in programme.targets
    }


def _sub_programmes(programme: Programme) -> Items:
    return {
        sub.sub_programme: dataclasses.replace(sub, indicators=(), activities=(), cost_sheets=())
        for sub in programme.sub_programmes
    }


def _indicators(programme: Programme) -> Items:
    """The indicators, each with what holds it."""
    return {
        indicator.id: (_holder(holder), indicator) for holder in programme.holders() for indicator in holder.indicators
    }


def _activities(programme: Programme) -> Items:
    return {
        activity.id: (_holder(holder), activity) for holder in programme.holders() for activity in holder.activities
    }


def _holder(holder: object) -> str:
    return holder.id if isinstance(holder, Target) else str(getattr(holder, "sub_programme", ""))


def _costs(programme: Programme) -> Items:
    sheets = (sheet for holder in programme.holders() for sheet in holder.cost_sheets)
    return _keyed(sheets, lambda sheet: sheet.activities)


def _administration_wide(programme: Programme) -> Items:
    return _numbered(programme.general_administration, programme.transfers, programme.other_general_administration)


def _resource_tables(programme: Programme) -> Items:
    return _keyed(programme.resource_tables, lambda table: (table.section, table.caption))


def _results(programme: Programme) -> Items:
    results, accounts = programme.results, programme.results.budget
    indicators = _keyed(results.indicators, lambda result: (result.indicator, result.period))
    activities = _keyed(results.activities, lambda result: ("activity", result.activity, result.period))
    tables = _keyed(results.unit_tables, lambda table: ("table", table.section, table.caption))
    numbered = _numbered(*(getattr(accounts, field.name) for field in dataclasses.fields(accounts)))
    return {**indicators, **activities, **tables, **numbered}


def _layout(programme: Programme) -> Items:
    settings: Items = {("setting", name): setting for name, setting in programme.layout_settings.items()}
    return {**settings, "form": programme.form, "layout": programme.layout}


_PARTS: tuple[tuple[str, Callable[[Programme], Items]], ...] = (
    (N_("Targets"), _targets),
    (N_("Indicators"), _indicators),
    (N_("Activities"), _activities),
    (N_("Costs of activities"), _costs),
    (N_("General administration and transfers"), _administration_wide),
    (N_("Sub-programmes"), _sub_programmes),
    (N_("Resource tables"), _resource_tables),
    (N_("Texts"), lambda programme: {section.key: section for section in programme.sections}),
    (N_("Policy documents"), lambda programme: _numbered(programme.policy_documents)),
    (N_("Results"), _results),
    (N_("Layout"), _layout),
    (N_("Versions for the council"), lambda programme: {version.number: version for version in programme.versions}),
)


# --- what all years share -------------------------------------------------------------------------------------------


def _administration(municipality: Municipality) -> Items:
    own = municipality.administration
    return {field.name: getattr(own, field.name) for field in dataclasses.fields(own)}


def _plan(plan: Plan) -> Iterator[tuple[Hashable, object]]:
    period = plan.first_year, plan.last_year
    yield period, dataclasses.replace(plan, goals=())
    for goal in plan.goals:
        yield (period, goal.id), dataclasses.replace(goal, objectives=())
        for objective in goal.objectives:
            yield (period, goal.id, objective.id), objective


def _plans(municipality: Municipality) -> Items:
    return dict(entry for plan in municipality.plans for entry in _plan(plan))


_SHARED: tuple[tuple[str, Callable[[Municipality], Items]], ...] = (
    (N_("Identity of the municipality"), _administration),
    (N_("Spending units"), lambda municipality: {unit.id: unit for unit in municipality.units}),
    (N_("Plan, goals and objectives"), _plans),
    (N_("Budget programmes"), lambda municipality: {entry.id: entry for entry in municipality.programme_list}),
    (N_("Pictures"), lambda municipality: {picture.id: picture for picture in municipality.pictures}),
)
