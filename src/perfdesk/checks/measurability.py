"""Ölçülebilirlik: can one tell from the values whether a target is met."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from perfdesk.checks.finding import Severity, Word
from perfdesk.checks.rule import AUDIT, GUIDE, Found, Held, Rule, Scope
from perfdesk.checks.scene import Scene, is_deferred, last_word, number, numbers, words
from perfdesk.checks.steps import KINDS, is_settled, jump
from perfdesk.domain import turkish
from perfdesk.domain.programme import Indicator
from perfdesk.domain.value import Value
from perfdesk.i18n import N_

_ALL: Final = Decimal(100)
# a text with a noun between two numbers: "9 çöp kamyonu, 2 vakumlu"; a year or a share is no number of its own
_OTHER: Final = r"(?!(?:19|20)\d\d\b)"
_SEVERAL: Final = re.compile(rf"(?<![%\d])\b{_OTHER}\d[\d.,]*\b[^\d%]*[^\W\d_]{{4,}}[^\d%]*\b{_OTHER}\d")


def no_target_value(scene: Scene, held: Held) -> Iterator[Found]:
    """OLC-01: the year's target is blank, a mark or a text; a note explains it."""
    indicator, year = held.record, scene.year
    value: Value = indicator.value(year, year)
    if value.number is not None or is_deferred(*held):
        return
    severity = Severity.INFO if indicator.note.strip() else None
    facts = {"year": str(year), "value": value.display()}
    if value.text:
        message = _SEVERAL_NUMBERS if _SEVERAL.search(value.text) else _NO_NUMBER
    elif _is_never(indicator, year):
        message, facts = _never(scene, indicator, facts)
    elif value.mark:
        message = N_("no target value for {year} (“{value}”). Enter a number, or defer the indicator.")
    else:
        message = N_("no target value for {year}. Enter a number, or defer the indicator.")
    told = {}
    if severity:
        facts["note"] = indicator.note.strip()
        # the sentence has its own full stop behind the quotation
        told["note"] = facts["note"].removesuffix(".")
        message = _EXPLAINED[message]
    yield Found(message, facts, f"values.{year}", severity=severity, told=told)


_NEVER: Final = N_("no number in any of the three years {first}–{year}. Enter the target, or defer the indicator.")
_NEVER_MARK: Final = N_(
    "no number in any of the three years {first}–{year} (“{value}”). Enter the target, or defer the indicator."
)
_NO_NUMBER: Final = N_("the target for {year} is no number (“{value}”). Enter the number alone; its unit has a column.")
_SEVERAL_NUMBERS: Final = N_(
    "the target for {year} is no number (“{value}”). It seems to hold several: make an indicator for each, with one "
    "number."
)
_TEXT_EXPLAINED: Final = N_(
    "the target for {year} is no number (“{value}”); its note says: “{note}”. If it can be counted, enter the number."
)
_EXPLAINED: Final = {
    _NO_NUMBER: _TEXT_EXPLAINED,
    _SEVERAL_NUMBERS: _TEXT_EXPLAINED,
    N_("no target value for {year} (“{value}”). Enter a number, or defer the indicator."): N_(
        "no target value for {year} (“{value}”); its note says: “{note}”. If nothing is to be measured, defer the "
        "indicator."
    ),
    N_("no target value for {year}. Enter a number, or defer the indicator."): N_(
        "no target value for {year}; its note says: “{note}”. If nothing is to be measured, defer the indicator."
    ),
    _NEVER: N_(
        "no number in any of the three years {first}–{year}; its note says: “{note}”. If nothing is to be measured, "
        "defer the indicator."
    ),
    _NEVER_MARK: N_(
        "no number in any of the three years {first}–{year} (“{value}”); its note says: “{note}”. If nothing is to be "
        "measured, defer the indicator."
    ),
}


def _never(scene: Scene, indicator: Indicator, facts: dict[str, str]) -> tuple[str, dict[str, str]]:
    facts["first"] = str(scene.year - 2)
    return (_NEVER_MARK if indicator.value(scene.year, scene.year).mark else _NEVER), facts


def no_unit(_scene: Scene, held: Held) -> Iterator[Found]:
    """OLC-02: a number of what."""
    if not held.record.unit.strip():
        yield Found(N_("no unit of measure. Enter one, such as adet, %, km or kişi."), field="unit")


def no_past_value(scene: Scene, held: Held) -> Iterator[Found]:
    """OLC-03: nothing to compare the target with."""
    indicator, year = held.record, scene.year
    if not _wants_past(scene, held) or _is_never(indicator, year):
        # that there is no number at all is said by OLC-01
        return
    past, estimate = (indicator.value(year, of) for of in (year - 2, year - 1))
    lacks_past, lacks_estimate = _is_missing(past), _is_missing(estimate)
    facts = {"past": str(year - 2), "estimate": str(year - 1)}
    if lacks_past and lacks_estimate:
        message = N_("neither a value for {past} nor an estimate for {estimate}. Enter them, or say why in the note.")
        field = year - 2
    elif lacks_past:
        message, field = N_("no value for {past}. Enter it, or say why in the note."), year - 2
    elif lacks_estimate:
        message, field = N_("no estimate for {estimate}. Enter it, or say why in the note."), year - 1
    else:
        return
    marks = {value.display() for value in (past, estimate) if _is_missing(value)}
    if len(marks) == 1 and all(marks):
        # who sees the mark in the cell takes it for filled
        message, facts = _MARKED[message], {**facts, "value": marks.pop()}
    yield Found(message, facts, f"values.{field}")


_MARKED: Final = {
    N_("neither a value for {past} nor an estimate for {estimate}. Enter them, or say why in the note."): N_(
        "neither a value for {past} nor an estimate for {estimate} (“{value}”). Enter them, or say why in the note."
    ),
    N_("no value for {past}. Enter it, or say why in the note."): N_(
        "no value for {past} (“{value}”). Enter it, or say why in the note."
    ),
    N_("no estimate for {estimate}. Enter it, or say why in the note."): N_(
        "no estimate for {estimate} (“{value}”). Enter it, or say why in the note."
    ),
}


def _is_never(indicator: Indicator, year: int) -> bool:
    """Whether there is no number in any of the three years, nor a text in place of the target."""
    return not indicator.value(year, year).text and all(one is None for one in numbers(indicator, year))


def _is_missing(value: Value) -> bool:
    return value.number is None and not value.text


def _wants_past(_scene: Scene, held: Held) -> bool:
    return not held.record.note.strip() and not is_deferred(*held)


def no_change(scene: Scene, held: Held) -> Iterator[Found]:
    """OLC-04: three times the same, though the indicator is to rise or fall."""
    indicator, year = held.record, scene.year
    past, estimate, target = numbers(indicator, year)
    if target is None or not past == estimate == target or indicator.direction == "keep" or is_settled(held):
        return
    facts = {"first": str(year - 2), "year": str(year), "value": number(target)}
    if not target:
        message = _NEVER_MORE_THAN_NOTHING if indicator.direction == "decrease" else _NOTHING
        yield Found(message, facts, f"values.{year}")
        return
    if target == _ALL and _is_percentage(indicator) and indicator.direction != "decrease":
        yield Found(
            N_("100 % in all three years {first}–{year}: it cannot rise. Choose “keep” as the direction in its card."),
            facts,
            f"values.{year}",
            severity=Severity.INFO,
        )
        return
    yield Found(_SAME[indicator.direction], facts, f"values.{year}")


# by the direction
_SAME: Final[Mapping[str, str]] = {
    "increase": N_(
        "the same value ({value}) in all three years {first}–{year}, though it is to rise. Set a new target; if the "
        "value is to be kept, choose “keep” as the direction in its card, or say why in the note."
    ),
    "decrease": N_(
        "the same value ({value}) in all three years {first}–{year}, though it is to fall. Set a new target; if the "
        "value is to be kept, choose “keep” as the direction in its card, or say why in the note."
    ),
    "": N_(
        "the same value ({value}) in all three years {first}–{year}; the target aims at no change. Set a new target; "
        "if the value is to be kept, choose “keep” as the direction in its card, or say why in the note."
    ),
}
# the same advice as for a target of zero, which OLC-05 tells of
_NOTHING: Final = N_(
    "the value is 0 in all three years {first}–{year}; no explanation. Say why in the note, or defer the indicator if "
    "nothing is planned."
)
_NEVER_MORE_THAN_NOTHING: Final = N_(
    "the value is 0 in all three years {first}–{year}: it cannot fall. Choose “keep” as the direction in its card, or "
    "say why in the note."
)


def zero_target(scene: Scene, held: Held) -> Iterator[Found]:
    """OLC-05: nothing is aimed at, and not said why."""
    indicator, year = held.record, scene.year
    target = numbers(indicator, year)[2]
    if target is None or target or indicator.direction == "decrease" or is_settled(held):
        return
    yield Found(
        N_("the target for {year} is 0. Say why in the note, or defer the indicator if nothing is planned."),
        {"year": str(year)},
        f"values.{year}",
    )


def worse_target(scene: Scene, held: Held) -> Iterator[Found]:
    """OLC-06: the target falls behind the estimate; where no direction is given, more is better."""
    indicator, year = held.record, scene.year
    _past, estimate, target = numbers(indicator, year)
    if estimate is None or target is None or is_settled(held) or indicator.direction == "keep":
        return
    facts = {
        "year": str(year),
        "target": number(target),
        "before": str(year - 1),
        "estimate": number(estimate),
    }
    if indicator.direction == "decrease":
        if target > estimate:
            yield Found(
                N_(
                    "the target for {year} ({target}) is above the estimate for {before} ({estimate}), though it is to "
                    "fall; no explanation. Say why in the note."
                ),
                facts,
                f"values.{year}",
            )
    elif target and target < estimate:
        yield Found(
            N_(
                "the target for {year} ({target}) is below the estimate for {before} ({estimate}); no explanation. Say "
                "why in the note; if less is better, choose “decrease” as the direction in its card."
            ),
            facts,
            f"values.{year}",
        )


def no_percentage(scene: Scene, held: Held) -> Iterator[Found]:
    """OLC-07: a percentage below 0 or above 100."""
    indicator = held.record
    known = scene.settings.words
    name = words(indicator.name)
    is_share = not indicator.unit.strip() and turkish.fold(last_word(indicator.name, known.stop)) in known.ratio
    if not (is_share or _is_percentage(indicator)) or not known.change.isdisjoint(name):
        return
    years = range(scene.year, scene.year - 3, -1)
    for year, value in zip(years, reversed(numbers(indicator, scene.year)), strict=True):
        if value is not None and not 0 <= value <= _ALL:
            yield Found(
                N_(
                    "by its name a share, but {kind} for {year} is {value}. Enter the percentage in place of the "
                    "amount."
                )
                if is_share
                else N_(
                    "the unit of measure is “{unit}”, but {kind} for {year} is {value}: outside 0–100. Correct the "
                    "value or the unit of measure."
                ),
                {"year": str(year), "value": number(value)},
                f"values.{year}",
                told={"kind": Word(KINDS[scene.year - year]), "unit": indicator.unit.strip()},
            )
            return


def _is_percentage(indicator: Indicator) -> bool:
    return indicator.unit.strip().startswith("%") or turkish.fold(indicator.unit).strip() == "yuzde"


RULES: Final = (
    Rule(
        "OLC-01",
        N_("Target value missing or no number"),
        Severity.ERROR,
        ((Scope.INDICATOR, no_target_value),),
        N_("Without a number nobody can say at the end of the year whether the target was met."),
        AUDIT,
    ),
    Rule(
        "OLC-02",
        N_("Unit of measure missing"),
        Severity.ERROR,
        ((Scope.INDICATOR, no_unit),),
        N_("A number without its unit cannot be compared."),
        GUIDE,
        N_("{lacking} of {all} indicators have no unit of measure ({first}). Enter their units."),
        lambda _scene, _held: True,
        together_all=N_("None of the {all} indicators has a unit of measure ({first}). Enter their units."),
    ),
    Rule(
        "OLC-03",
        N_("Past value or estimate missing"),
        Severity.WARNING,
        ((Scope.INDICATOR, no_past_value),),
        N_("Whether a target is ambitious shows only beside what was reached before."),
        GUIDE,
        N_(
            "{lacking} of {all} indicators without a note lack the value of two years before or the estimate of the "
            "year before ({first}). Enter them, or say why in the notes."
        ),
        _wants_past,
        together_all=N_(
            "All {all} indicators without a note lack the value of two years before or the estimate of the year before "
            "({first}). Enter them, or say why in the notes."
        ),
    ),
    Rule(
        "OLC-04",
        N_("Same value in all three years"),
        Severity.WARNING,
        ((Scope.INDICATOR, no_change),),
        N_("A target that repeats the past sets no aim."),
        AUDIT,
    ),
    Rule(
        "OLC-05",
        N_("Target of zero unexplained"),
        Severity.WARNING,
        ((Scope.INDICATOR, zero_target),),
        N_("Zero may mean nothing is planned, or nothing was entered."),
        AUDIT,
    ),
    Rule(
        "OLC-06",
        N_("Target worse than the estimate"),
        Severity.WARNING,
        ((Scope.INDICATOR, worse_target),),
        N_("The auditor asks why less is aimed at than is reached already."),
        AUDIT,
    ),
    Rule(
        "OLC-07",
        N_("Percentage outside 0–100"),
        Severity.WARNING,
        ((Scope.INDICATOR, no_percentage),),
        N_("An amount in the place of a share makes every rate computed from it wrong."),
        AUDIT,
    ),
    Rule(
        "OLC-08",
        N_("Jump from year to year"),
        Severity.WARNING,
        ((Scope.INDICATOR, jump),),
        N_("Slips of a zero or a decimal point pass unseen into the printed book."),
        AUDIT,
    ),
)
