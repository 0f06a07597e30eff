"""What the plan's periods must keep to: each programme's year in one of them, its goals in the one that it has."""

from collections.abc import Iterable
from dataclasses import replace

from perfdesk.domain.errors import UserError
from perfdesk.domain.plan import Plan
from perfdesk.domain.programme import Programme
from perfdesk.i18n import N_
from perfdesk.storage.store import Store


def refuse_missed(store: Store, plans: Iterable[Plan]) -> None:
    """Refuse plan periods with which a programme would lose its own, or the goals that its targets stand under.

    ``plans`` are all of the file as they would be.

    Raises:
        UserError: a programme's year lies in none of them, or in another one than its targets' goals.
    """
    now = store.load()
    then = replace(now, plans=tuple(plans))
    for programme in now.programmes:
        before, after = now.plan_of(programme.year), then.plan_of(programme.year)
        if before is None or (after is not None and after.row == before.row):
            continue
        years = {"year": programme.year, "first": before.first_year, "last": before.last_year}
        if after is None:
            raise UserError(
                N_(
                    "The programme of {year} belongs to the plan period {first}-{last}, which therefore has to stay "
                    "and to contain {year}. Delete the year first, or begin the other period before."
                ),
                **years,
            )
        if _stands_under_goals(programme):
            raise UserError(
                N_(
                    "The programme of {year} stands under the goals of the period {first}-{last}; with this it would "
                    "come into the period {other_first}-{other_last}. Move or delete its performance targets first."
                ),
                **years,
                other_first=after.first_year,
                other_last=after.last_year,
            )


def refuse_missed_without(store: Store, row: int) -> None:
    """Refuse to delete a plan period that a programme needs.

    Raises:
        UserError: one does.
    """
    refuse_missed(store, (plan for plan in store.load().plans if plan.row != row))


def refuse_missed_with(store: Store, row: int, first_year: int, last_year: int) -> None:
    """Refuse a period's new years where a programme needs the old ones; row 0 is a period that is new.

    Raises:
        UserError: one does.
    """
    plans = {plan.row: plan for plan in store.load().plans}
    plans[row] = replace(plans.get(row, Plan(first_year, last_year)), first_year=first_year, last_year=last_year)
    refuse_missed(store, plans.values())


def _stands_under_goals(programme: Programme) -> bool:
    links = (link for sub_programme in programme.sub_programmes for link in sub_programme.objectives)
    return bool(programme.targets) or any(link.objectives for link in links)
