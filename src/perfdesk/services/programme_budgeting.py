"""The programme budget in the forms: whether a year uses it, and what of its targets belongs to its sub-programmes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from perfdesk.domain.programme import Activity, Indicator, Programme, SubProgramme, Target
from perfdesk.tables.catalogue import OF_PROGRAMMES, OF_SUB_PROGRAMME
from perfdesk.tables.context import Context
from perfdesk.tables.form import PROGRAMME_BUDGET

Holder = Target | SubProgramme


@dataclass(slots=True)
class Linked:
    """What measures and carries out a sub-programme without being entered in its own form, each with its holder."""

    indicators: list[tuple[Holder, Indicator]] = field(default_factory=list)
    activities: list[tuple[Target, Activity]] = field(default_factory=list)


def is_used(ctx: Context) -> bool:
    """Whether a year has to do with programmes and sub-programmes: by its form, its layout or what it holds."""
    programme = ctx.programme
    if ctx.layout.form.name == PROGRAMME_BUDGET or programme.sub_programmes:
        return True
    return not {*OF_SUB_PROGRAMME, *OF_PROGRAMMES}.isdisjoint(ctx.layout.printed)


def shows_list(ctx: Context) -> bool:
    """Whether the list of programmes has its place in the outline."""
    return bool(ctx.municipality.programme_list) or is_used(ctx)


def linked(programme: Programme) -> Mapping[str, Linked]:
    """Return what is linked with each sub-programme of a year, by its id in the list."""
    found = {sub.sub_programme: Linked() for sub in programme.sub_programmes}
    owners = {objective.id: sub.sub_programme for sub in programme.sub_programmes for objective in sub.objectives}
    for target in programme.targets:
        for activity in target.activities:
            if activity.sub_programme:
                found.setdefault(activity.sub_programme, Linked()).activities.append((target, activity))
    for holder in programme.holders():
        for indicator in holder.indicators:
            owner = owners.get(indicator.sub_programme_objective, "")
            if owner and not (isinstance(holder, SubProgramme) and holder.sub_programme == owner):
                found[owner].indicators.append((holder, indicator))
    return found
