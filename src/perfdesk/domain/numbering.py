"""Printed codes: as stored where a code was given, else derived from position by the municipality's pattern.

A pattern names the printed code of the thing above ({goal}, {objective}, {target}), the position in it ({n}) and
the position in the whole programme ({N}): "PG {target}.{n}", "P.H.{N}". A target's pattern may be the objective's code
alone, where a municipality has one target for each; where an objective has several all are numbered below theirs. An
indicator's or activity's that counts within the objective counts within the target then.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from perfdesk.domain.errors import UserError
from perfdesk.domain.plan import Plan
from perfdesk.domain.programme import Activity, Indicator, Programme, SubProgramme, Target
from perfdesk.i18n import N_

# kind → the names its pattern may use
PLACES: Final[Mapping[str, frozenset[str]]] = {
    "goal": frozenset({"n", "N"}),
    "objective": frozenset({"goal", "n", "N"}),
    "target": frozenset({"goal", "objective", "n", "N"}),
    "indicator": frozenset({"goal", "objective", "target", "n", "N"}),
    "activity": frozenset({"goal", "objective", "target", "n", "N"}),
}
_PLACE: Final = re.compile(r"\{(\w*)\}")
# the texts of a pattern, each with the name of the place that follows it; after the last one there is none
_Pieces = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Codes:
    """Printed codes and running numbers by id."""

    goals: Mapping[str, str]
    objectives: Mapping[str, str]
    targets: Mapping[str, str]
    indicators: Mapping[str, str]
    activities: Mapping[str, str]
    target_numbers: Mapping[str, int]
    activity_numbers: Mapping[str, int]


def check_pattern(kind: str, pattern: str) -> None:
    """Refuse a pattern with an unknown place or a stray brace.

    Raises:
        UserError: naming what is wrong.
    """
    unknown = [name for name in _PLACE.findall(pattern) if name not in PLACES[kind]]
    if unknown or set(_PLACE.sub("", pattern)) & {"{", "}"}:
        raise UserError(
            N_("The code pattern “{pattern}” is not valid: it may contain {places}."),
            pattern=pattern,
            places=", ".join(f"{{{name}}}" for name in sorted(PLACES[kind])),
        )


def codes(programme: Programme, plan: Plan | None, patterns: Mapping[str, str], always: Collection[str] = ()) -> Codes:
    """Return all printed codes of a programme.

    ``patterns`` are keyed as ``PLACES``; ``always`` names the kinds whose stored codes are passed over.
    """
    goals: dict[str, str] = {}
    objectives: dict[str, str] = {}
    above: dict[str, tuple[str, str]] = {}
    running = 0
    for number, goal in enumerate(plan.goals if plan else (), 1):
        goals[goal.id] = ("goal" not in always and goal.code) or _fill(patterns["goal"], {"n": number, "N": number})
        for n, objective in enumerate(goal.objectives, 1):
            running += 1
            objectives[objective.id] = ("objective" not in always and objective.code) or _fill(
                patterns["objective"], {"goal": goals[goal.id], "n": n, "N": running}
            )
            above[objective.id] = (goals[goal.id], objectives[objective.id])

    siblings = Counter(target.objective for target in programme.targets)
    of_target, of_indicator, of_activity = patterns["target"], patterns["indicator"], patterns["activity"]
    if max(siblings.values(), default=0) > 1:
        # all alike, so that a code tells by its length what it is of
        of_target = _numbered_below(of_target)
        of_indicator, of_activity = _of_the_target(of_indicator), _of_the_target(of_activity)
    by_objective, by_indicator, by_activity = map(_pieces, (of_target, of_indicator, of_activity))
    by_position = _pieces("{n}")
    targets: dict[str, str] = {}
    indicators: dict[str, str] = {}
    activities: dict[str, str] = {}
    target_numbers: dict[str, int] = {}
    activity_numbers: dict[str, int] = {}
    in_objective: dict[str, int] = {}
    for number, target in enumerate(programme.targets, 1):
        n = in_objective[target.objective] = in_objective.get(target.objective, 0) + 1
        goal_code, objective_code = above.get(target.objective, ("", ""))
        places: dict[str, object] = {"goal": goal_code, "objective": objective_code, "n": n, "N": number}
        stored = "" if "target" in always else target.code
        target_numbers[target.id] = number
        targets[target.id] = stored or _joined(by_objective, places)
        places["target"] = targets[target.id]
        _number(target.indicators, indicators, "indicator" in always, by_indicator, places)
        _number(target.activities, activities, "activity" in always, by_activity, places)
        for activity in target.activities:
            activity_numbers[activity.id] = len(activity_numbers) + 1
    for sub_programme in programme.sub_programmes:
        places = {"goal": "", "objective": "", "target": ""}
        _number(sub_programme.indicators, indicators, "indicator" in always, by_position, places)
        _number(sub_programme.activities, activities, "activity" in always, by_position, places)
        for activity in sub_programme.activities:
            activity_numbers[activity.id] = len(activity_numbers) + 1
    return Codes(goals, objectives, targets, indicators, activities, target_numbers, activity_numbers)


def numbered_alike(programme: Programme, other: Programme) -> bool:
    """Tell whether two programmes get the same codes from the same plan and patterns.

    Snapshots share what an edit did not touch, so that identity tells of most of it.
    """
    pairs = zip(programme.holders(), other.holders(), strict=False)
    return (
        len(programme.targets) == len(other.targets)
        and len(programme.sub_programmes) == len(other.sub_programmes)
        and all(one is another or _numbers_of(one) == _numbers_of(another) for one, another in pairs)
    )


def _numbers_of(holder: Target | SubProgramme) -> tuple[object, ...]:
    own = (holder.id, holder.objective, holder.code) if isinstance(holder, Target) else ()
    return (
        own,
        [(indicator.id, indicator.code) for indicator in holder.indicators],
        [(activity.id, activity.code) for activity in holder.activities],
    )


def _number(
    items: Sequence[Indicator | Activity],
    into: dict[str, str],
    always: bool,
    pieces: _Pieces,
    places: Mapping[str, object],
) -> None:
    counted = dict(places)
    for n, item in enumerate(items, 1):
        counted["n"], counted["N"] = n, len(into) + 1
        into[item.id] = (not always and item.code) or _joined(pieces, counted)


def _numbered_below(pattern: str) -> str:
    """Return the pattern of targets that share objectives: one that would give all the same code counts them."""
    names = set(_PLACE.findall(pattern))
    return f"{pattern}.{{n}}" if "objective" in names and not names & {"n", "N"} else pattern


def _of_the_target(pattern: str) -> str:
    """Return the pattern of what targets hold that share objectives: the objective's code is then not theirs alone."""
    names = set(_PLACE.findall(pattern))
    return pattern.replace("{objective}", "{target}") if not names & {"target", "N"} else pattern


def _fill(pattern: str, places: Mapping[str, object]) -> str:
    return _joined(_pieces(pattern), places)


def _pieces(pattern: str) -> _Pieces:
    """Take a pattern apart once: a large programme has thousands of codes, and all of them are made at each edit."""
    texts = _PLACE.split(pattern)
    return tuple(zip(texts[::2], [*texts[1::2], ""], strict=True))


def _joined(pieces: _Pieces, places: Mapping[str, object]) -> str:
    return "".join([f"{text}{places.get(name, '')}" for text, name in pieces])
