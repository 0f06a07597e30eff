"""OLC-08: steps from one year's value to another's that want a reason, and what the values are called."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perfdesk.checks.finding import Word
from perfdesk.checks.rule import Found, Held
from perfdesk.checks.scene import Scene, is_deferred, number, numbers
from perfdesk.domain.numbers import round_half_up
from perfdesk.domain.programme import Indicator
from perfdesk.i18n import N_

_TEN: Final = 10


def jump(scene: Scene, held: Held) -> Iterator[Found]:
    """OLC-08: a step so large that it wants a reason, or is a slip of the keys."""
    indicator, year = held.record, scene.year
    if is_settled(held):
        return
    past, estimate, target = numbers(indicator, year)
    limits = scene.settings.thresholds
    base, base_year = (estimate, year - 1) if estimate is not None else (past, year - 2)
    times = _times(base, target)
    if base is not None and target is not None and times:
        facts, told = _step(scene.year, base_year, base, year, target, times)
        if times >= limits.slip:
            yield Found(_SLIP, facts, f"values.{year}", told=told)
            return
        if times > limits.jump and _is_forward(indicator, base, target):
            message = _LEFT if indicator.direction == "keep" else _RISE if target > base else _FALL
            yield Found(message, facts, f"values.{year}", told=told)
            return
    times = _times(past, estimate)
    if past is not None and estimate is not None and times >= limits.slip:
        facts, told = _step(scene.year, year - 2, past, year - 1, estimate, times)
        yield Found(_SLIP, facts, f"values.{year - 1}", told=told)


_RISE: Final = N_(
    "{more} for {more_year} ({more_value}) is {about}{times} times {less} for {less_year} ({less_value}); no "
    "explanation. Say in the note how the rise is to be reached; if the target is wrong, correct it."
)
_FALL: Final = N_(
    "{more} for {more_year} ({more_value}) is {about}{times} times {less} for {less_year} ({less_value}); no "
    "explanation. Say in the note how the fall is to be reached; if the target is wrong, correct it."
)
_LEFT: Final = N_(
    "{more} for {more_year} ({more_value}) is {about}{times} times {less} for {less_year} ({less_value}), though the "
    "direction is “keep”; no explanation. Say why in the note, or choose another direction in its card."
)
_SLIP: Final = N_(
    "{more} for {more_year} ({more_value}) is {about}{times} times {less} for {less_year} ({less_value}). If it is a "
    "slip of the keys, or the two years have different units, correct the value; if it is right, say why in the note."
)
# what a value is called, by how many years it lies before the programme's, and what another is a multiple of
KINDS: Final = (N_("the target"), N_("the estimate"), N_("the realised value"))
_MULTIPLES: Final = (N_("as much as the target"), N_("as much as the estimate"), N_("as much as the realised value"))


def _step(
    of: int, before: int, base: Decimal, year: int, value: Decimal, times: Decimal
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the facts of a step in a programme ``of`` a year, and what is told of it: the larger value first."""
    shown = round_half_up(times, 1 if times < _TEN else 0)
    (more, more_year), (less, less_year) = sorted(((base, before), (value, year)), reverse=True)
    facts = {
        "before": str(before),
        "base": number(base),
        "year": str(year),
        "value": number(value),
        "times": number(shown.normalize()),
    }
    told = {
        "more": Word(KINDS[of - more_year]),
        "more_year": str(more_year),
        "more_value": number(more),
        "about": "" if shown == times else Word(N_("about ")),
        "less": Word(_MULTIPLES[of - less_year]),
        "less_year": str(less_year),
        "less_value": number(less),
    }
    return facts, told


def _times(one: Decimal | None, other: Decimal | None) -> Decimal:
    """Return how many times the larger is the smaller; 0 where that says nothing."""
    if one is None or other is None or one <= 0 or other <= 0:
        return Decimal(0)
    return max(one, other) / min(one, other)


def _is_forward(indicator: Indicator, base: Decimal, target: Decimal) -> bool:
    """Whether the step is no falling behind, which OLC-06 tells of."""
    if indicator.direction == "keep":
        return True
    return target < base if indicator.direction == "decrease" else target > base


def is_settled(held: Held) -> bool:
    """Whether the note or the deferral says what there is to say."""
    return bool(held.record.note.strip()) or is_deferred(*held)
