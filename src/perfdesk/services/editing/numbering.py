"""Codes that say no more than their position follow it when rows come, go or move."""

from collections.abc import Iterator, Mapping
from typing import Final

from perfdesk.domain.errors import UserError
from perfdesk.domain.numbering import Codes, codes
from perfdesk.domain.numbers import shortened
from perfdesk.domain.plan import Goal, Objective, Plan
from perfdesk.domain.programme import Activity, Indicator, Municipality, Programme, Target
from perfdesk.i18n import N_
from perfdesk.storage.store import Store
from perfdesk.tables.layout import layout_of

_Coded = Goal | Objective | Target | Indicator | Activity
# whose codes may be made from the position of a row
_BELOW: Final[Mapping[str, tuple[str, ...]]] = {
    "goal": ("goal", "objective", "target", "indicator", "activity"),
    "objective": ("objective", "target", "indicator", "activity"),
    "target": ("target", "indicator", "activity"),
    "indicator": ("indicator",),
    "activity": ("activity",),
}
# what makes a pattern's codes differ from one holder to the next; without it each holder counts for itself
_HOLDER_PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "goal": (),
    "objective": ("{goal}", "{N}"),
    "target": ("{objective}", "{N}"),
    "indicator": ("{objective}", "{target}", "{N}"),
    "activity": ("{objective}", "{target}", "{N}"),
}
CODED: Final = frozenset(_BELOW)


def refuse_duplicate(municipality: Municipality, table: str, row: int, code: str) -> None:
    """Refuse a code that another thing of the same kind is printed with; those that were imported so stay.

    Raises:
        UserError: it is, naming the one that has it.
    """
    if not code:
        return
    programme, plan = _programme(municipality, table, {row})
    patterns = layout_of(programme).codes
    derived = _by_id(codes(programme, plan, patterns), table)
    items = list(_items(programme, plan, table))
    if not any(place in patterns[table] for place in _HOLDER_PLACES[table]):
        items = _siblings(programme, plan, table, row)
    for item in items:
        if item.row != row and derived.get(item.id) == code:
            name = item.name if isinstance(item, Indicator | Activity) else item.title
            raise UserError(
                N_("The code {code} is already that of “{name}”. Give another one, or leave it blank to number it."),
                code=shortened(code),
                name=shortened(name),
            )


def release_codes(store: Store, table: str, rows: list[int]) -> None:
    """Drop stored codes of these siblings, and of what stands below, that are what the pattern gives.

    Part of the current step. An imported document stores every code as printed. Left there, a new or moved row would
    get by position a code that another one keeps. A code that deviates from the pattern was given on purpose and stays.
    Of the programmes of a plan whose goals move only the newest follows; the older ones are printed already.
    """
    kinds = _BELOW.get(table, ())
    if not kinds or not rows:
        return
    if kinds == (table,) and not any(store.field(table, row, "code") for row in rows):
        return
    programme, plan = _programme(store.load(), table, set(rows))
    patterns = layout_of(programme).codes
    for kind in kinds:
        # each kind by itself: a code kept above is part of those below
        derived = _by_id(codes(programme, plan, patterns, (kind,)), kind)
        for item in _items(programme, plan, kind):
            if item.code and derived.get(item.id) == item.code and (kind != table or item.row in rows):
                store.update(kind, item.row, code="")


def _programme(municipality: Municipality, table: str, rows: set[int]) -> tuple[Programme, Plan | None]:
    """Return the programme that holds the rows, or the newest one of the plan that does."""
    if table in ("goal", "objective"):
        plan = next(p for p in municipality.plans if any(item.row in rows for item in _items(Programme(0), p, table)))
        own = [programme for programme in municipality.programmes if municipality.plan_of(programme.year) is plan]
        return max(own, key=lambda programme: programme.year, default=Programme(plan.first_year)), plan
    for programme in municipality.programmes:
        if any(item.row in rows for item in _items(programme, None, table)):
            return programme, municipality.plan_of(programme.year)
    raise LookupError(rows)


def _siblings(programme: Programme, plan: Plan | None, table: str, row: int) -> list[_Coded]:
    """Return the things of a kind that are counted together with one of them."""
    groups: list[list[_Coded]]
    match table:
        case "objective":
            groups = [list(goal.objectives) for goal in (plan.goals if plan else ())]
        case "target":
            objectives = {target.objective for target in programme.targets}
            groups = [[target for target in programme.targets if target.objective == id_] for id_ in objectives]
        case "indicator":
            groups = [list(holder.indicators) for holder in programme.holders()]
        case "activity":
            groups = [list(holder.activities) for holder in programme.holders()]
        case _:
            return list(_items(programme, plan, table))
    return next(group for group in groups if any(item.row == row for item in group))


def _items(programme: Programme, plan: Plan | None, kind: str) -> Iterator[_Coded]:
    match kind:
        case "goal":
            yield from plan.goals if plan else ()
        case "objective":
            for goal in plan.goals if plan else ():
                yield from goal.objectives
        case "target":
            yield from programme.targets
        case "indicator":
            for holder in programme.holders():
                yield from holder.indicators
        case _:
            for holder in programme.holders():
                yield from holder.activities


def _by_id(derived: Codes, kind: str) -> Mapping[str, str]:
    return {
        "goal": derived.goals,
        "objective": derived.objectives,
        "target": derived.targets,
        "indicator": derived.indicators,
        "activity": derived.activities,
    }[kind]
