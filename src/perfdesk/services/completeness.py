"""What the signs of the outline say: whether something has been entered, and what is still missing."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from perfdesk.checks.finding import Severity
from perfdesk.domain.programme import Activity, SubProgramme, Target
from perfdesk.i18n import N_, _
from perfdesk.services.control import counting
from perfdesk.services.programme_budgeting import Linked

EMPTY: Final = N_("empty")
FILLED: Final = "✓"
PARTLY: Final = "◐"


class Sign(NamedTuple):
    """A sign, and in words why it stands there."""

    mark: str
    why: str


def of_content(has_any: object) -> Sign:
    """Return the sign of something that is either filled or empty."""
    if has_any:
        return Sign(FILLED, _("something has been entered here"))
    return Sign(_(EMPTY), _("nothing has been entered here yet"))


def of_target(target: Target) -> Sign:
    """Return the sign of a target in which nothing was found: it needs indicators and activities."""
    if target.deferred and not target.indicators and not target.activities:
        return Sign(_(EMPTY), _("it is deferred this year"))
    return _of_parts(has_indicators=bool(target.indicators), has_activities=bool(target.activities))


def of_sub_programme(sub: SubProgramme, linked: Linked) -> Sign:
    """Return the sign of a sub-programme in which nothing was found; what is linked with it counts."""
    return _of_parts(
        has_indicators=bool(sub.indicators or linked.indicators),
        has_activities=bool(sub.activities or linked.activities),
    )


def _of_parts(*, has_indicators: bool, has_activities: bool) -> Sign:
    if not has_indicators and not has_activities:
        return Sign(_(EMPTY), _("it has no indicators and no activities yet"))
    if not has_activities:
        return Sign(PARTLY, _("it has no activities yet"))
    if not has_indicators:
        return Sign(PARTLY, _("it has no indicators yet"))
    return Sign(FILLED, _("it has indicators and activities"))


def with_findings(sign: Sign, counts: Mapping[Severity, int]) -> Sign:
    """Return the sign of something in which the checks found so much: what is empty stays so, else it is not finished.

    What is only good to know leaves it as it is.
    """
    words = _("checks: {findings}").format(findings=counting.in_words(counts, ", "))
    if not any(counts.get(severity) for severity in counting.GRAVE) or sign.mark == _(EMPTY):
        return Sign(sign.mark, "; ".join(filter(None, (sign.why, words))))
    lacking = sign.why if sign.mark == PARTLY else ""
    return Sign(PARTLY, "; ".join(filter(None, (lacking, words))))


def of_goal(targets: Sequence[Target]) -> Sign:
    """Return the sign of a goal, which is empty or says in words what its targets lack; deferred ones lack nothing."""
    if not targets:
        return Sign(_(EMPTY), _("no target of this year stands under it"))
    worked_on = [target for target in targets if not target.deferred]
    lacking = (
        (_("targets without indicators: {count}"), sum(not target.indicators for target in worked_on)),
        (_("targets without cost: {count}"), sum(not _has_cost(target) for target in worked_on)),
    )
    return Sign("", "; ".join(said.format(count=count) for said, count in lacking if count))


def without_cost(holder: Target | SubProgramme) -> list[Activity]:
    """Return the activities that stand in no cost sheet with an amount; one that costs nothing says so with a zero."""
    filled = (sheet for sheet in holder.cost_sheets if sheet.lines or sheet.off_budget or sheet.transfers)
    costed = {id_ for sheet in filled for id_ in sheet.activities}
    return [activity for activity in holder.activities if activity.id not in costed]


def _has_cost(holder: Target | SubProgramme) -> bool:
    return len(without_cost(holder)) < len(holder.activities)
