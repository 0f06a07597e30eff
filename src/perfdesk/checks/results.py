"""Sonuçlar: are the results there, do they agree with the programme, are deviations explained and values proved."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perfdesk.checks.finding import ADMINISTRATION, INDICATOR, Lacking, Listed, Severity, Where, Word
from perfdesk.checks.rule import AUDIT, LAW_41, LAW_56_5393, REPORT, Found, Held, Rule, Scope
from perfdesk.checks.scene import (
    FIRST,
    Coded,
    Scene,
    indicator_place,
    is_deferred,
    number,
    percent,
    result_place,
    shortened,
)
from perfdesk.domain import turkish
from perfdesk.domain.programme import Indicator, Programme, Target
from perfdesk.domain.results import IndicatorResult
from perfdesk.domain.value import Value
from perfdesk.i18n import N_

# the field of the programme that its report's list of debts is
DEBTS: Final = "debts"
_YEAR: Final = "year"
_HUNDRED: Final = Decimal(100)
_SIGNERS: Final = {"mayor": N_("mayor"), "finance": N_("head of finance")}
_UNSIGNED: Final = {
    "mayor": N_(
        "The name and title of the mayor, who signs the activity report of {year}, are missing. Enter them under "
        "“Cover and identity” as a signatory."
    ),
    "finance": N_(
        "The name and title of the head of finance, who signs the activity report of {year}, are missing. Enter them "
        "under “Cover and identity” as a signatory."
    ),
}


def of_year(scene: Scene, indicator: Indicator) -> IndicatorResult | None:
    """Return an indicator's result for the whole year, if there is one."""
    return next((one for one in scene.results.get(indicator.id, ()) if one.period == _YEAR), None)


def other_target(scene: Scene, held: Held) -> Iterator[Found]:
    """TUT-01: the target reported on is not the one the council decided on."""
    indicator = held.record
    decided = scene.frozen_indicators().get(indicator.id) if scene.frozen and scene.results else None
    if decided is None:
        return
    now, then = (one.value(scene.year, scene.year) for one in (indicator, decided))
    if now != then:
        yield Found(
            N_(
                "the target for {year} is {now}, the council decided on {then}. A report measures against the latter; "
                "correct the target."
            ),
            {"year": str(scene.year), "now": _shown(now), "then": _shown(then)},
            where=indicator_place(indicator, f"values.{scene.year}"),
        )


def other_indicators(scene: Scene, _programme: Programme) -> Iterator[Found]:
    """TUT-02: indicators the council did not decide on, or that are gone."""
    if not scene.frozen or not scene.results:
        return
    decided = scene.frozen_indicators()
    now = {held.record.id: held for one in scene.digests for _name, held in one.indicators}
    for id_, held in now.items():
        if id_ not in decided:
            yield Found(
                N_(
                    "this indicator is not in the programme that the council decided on. Delete it, or have the change "
                    "decided on."
                ),
                where=indicator_place(held.record),
                subject=scene.indicator(*held),
            )
    for id_, indicator in decided.items():
        if id_ not in now:
            yield Found(
                N_("The indicator “{name}” that the council decided on is missing. Enter it again."),
                {"name": shortened(indicator.name)},
                where=scene.programme_place("indicators"),
            )


def no_result(scene: Scene, held: Held) -> Iterator[Found]:
    """TUT-03: nothing was realised, or nobody entered it."""
    if not scene.results or is_deferred(held.holder, held.record):
        return
    entered = scene.results.get(held.record.id, ())
    if any(not one.value.is_blank or one.status for one in entered):
        return
    yield Found(
        N_(
            "no realised value for {year}. Give it; if it could not be measured, say why in the activity report, and "
            "accept the finding with the same reason."
        ),
        {"year": str(scene.year)},
        where=result_place(held.record, of_year(scene, held.record), "value"),
    )


def wrong_weights(scene: Scene, target: Target) -> Iterator[Found]:
    """TUT-04: the weights of a target's indicators are not 100 together."""
    weights = [one.weight for one in target.indicators if one.weight is not None]
    whole = sum(weights, Decimal(0))
    if weights and abs(whole - _HUNDRED) > scene.settings.thresholds.weights_tolerance:
        missing = len(target.indicators) - len(weights)
        facts = {"sum": number(whole)}
        if missing:
            yield Found(
                N_(
                    "the weights of its indicators add up to {sum}, not 100. Indicators without one: {first}. Correct "
                    "the weights."
                ),
                {**facts, "missing": str(missing)},
                field="weight",
                told={"first": _without_weight(scene, target, missing)},
            )
        else:
            yield Found(
                N_("the weights of its indicators add up to {sum}, not 100. Correct the weights."),
                facts,
                field="weight",
            )


def _without_weight(scene: Scene, target: Target, missing: int) -> Listed:
    without = [one for one in target.indicators if one.weight is None][:FIRST]
    codes = scene.ctx.codes.indicators
    named = [scene.code(Coded(codes[one.id], INDICATOR, Held(target, one))) for one in without]
    return Listed.of(named, missing, INDICATOR)


def deviation(scene: Scene, indicator: Indicator) -> Decimal | None:
    """Return how far the year's result is from the target, in % of it; None where that cannot be said."""
    result = of_year(scene, indicator)
    target = indicator.value(scene.year, scene.year).number
    if result is None or result.value.number is None or not target:
        return None
    return (result.value.number - target) / abs(target) * _HUNDRED


def _is_large(scene: Scene, held: Held) -> bool:
    away = deviation(scene, held.record)
    return away is not None and abs(away) > scene.settings.thresholds.deviation and not is_deferred(*held)


def no_reason(scene: Scene, held: Held) -> Iterator[Found]:
    """GCR-01: far from the target, and no reason that says anything."""
    indicator = held.record
    result, away = of_year(scene, indicator), deviation(scene, indicator)
    if result is None or away is None or not _is_large(scene, held):
        return
    limits = scene.settings.thresholds
    reason = result.explanation.strip()
    folded = folded_reason(reason)
    facts = {
        "target": _shown(indicator.value(scene.year, scene.year)),
        "value": _shown(result.value),
        "away": percent(abs(away)),
        "side": Word(N_("above") if away > 0 else N_("below")),
    }
    if not reason:
        message = _NO_REASON
    elif len(reason) < limits.shortest_explanation or folded in scene.settings.words.stock:
        facts["reason"] = reason
        message = _IS_NONE
    elif (times := scene.reasons[folded]) >= limits.repeated_explanation:
        facts |= {"reason": reason, "times": str(times)}
        message = _REPEATED
    else:
        return
    if not result.value.number and indicator.direction not in _NO_LOSS and away < 0:
        # "100,00 % below" would say less; of what is to fall or to stay, none is no failure
        message = _NOTHING[message]
    yield Found(message, facts, where=result_place(indicator, result, "explanation"))


_NO_REASON: Final = N_("target {target}, realised {value}: {away} % {side} it, and no reason. Say why.")
_IS_NONE: Final = N_(
    "target {target}, realised {value}: {away} % {side} it; “{reason}” is no reason. Say in the "
    "explanation what could not be done and why, or why more was done than expected."
)
_REPEATED: Final = N_(
    "target {target}, realised {value}: {away} % {side} it; the reason “{reason}” stands {times} times. Say "
    "what held for this one."
)
# directions of which a result of nothing is no failure
_NO_LOSS: Final = frozenset({"decrease", "keep"})
_NOTHING: Final = {
    _NO_REASON: N_("target {target}, realised {value}: nothing at all was realised, and no reason. Say why."),
    _IS_NONE: N_(
        "target {target}, realised {value}: nothing at all was realised; “{reason}” is no reason. Say in the "
        "explanation what could not be done and why."
    ),
    _REPEATED: N_(
        "target {target}, realised {value}: nothing at all was realised; the reason “{reason}” stands {times} times. "
        "Say what held for this one."
    ),
}


def folded_reason(text: str) -> str:
    """Return an explanation as it is compared with others."""
    return turkish.fold(text).strip(" .")


def no_measure(scene: Scene, held: Held) -> Iterator[Found]:
    """GCR-02: far from the target, and nobody does anything about it by any date."""
    result = of_year(scene, held.record)
    if result is None or not _is_large(scene, held):
        return
    given = {
        N_("measure"): result.measure.strip(),
        N_("responsible unit"): result.measure_unit,
        N_("date"): result.measure_date,
    }
    if lacks := [name for name, value in given.items() if not value]:
        yield Found(
            N_("more than {limit} % away from the target; missing: {lacks}. Say who does what until when."),
            where=result_place(held.record, result, "measure"),
            told={"limit": number(scene.settings.thresholds.deviation), "lacks": Lacking.of(*lacks)},
        )


def no_evidence(scene: Scene, held: Held) -> Iterator[Found]:
    """DGR-01: a value that nothing proves."""
    result = of_year(scene, held.record)
    if result is not None and not result.value.is_blank and not result.evidence.strip():
        yield Found(
            N_(
                "no document proves the realised value for {year} ({value}). Name it in the data file the realised "
                "values come from; if there is none, accept the finding and say why."
            ),
            {"value": _shown(result.value), "year": str(scene.year)},
            where=result_place(held.record, result, "evidence"),
        )


def _has_value(scene: Scene, held: Held) -> bool:
    result = of_year(scene, held.record)
    return result is not None and not result.value.is_blank


def no_signer(scene: Scene, programme: Programme) -> Iterator[Found]:
    """SNM-01: nobody signs the declarations."""
    if not scene.results:
        return
    named = {one.role for one in scene.ctx.municipality.administration.signatories if one.name.strip()}
    for role, called in _SIGNERS.items():
        if role not in named:
            yield Found(
                _UNSIGNED[role],
                {"year": str(programme.year), "role": Word(called)},
                where=Where(ADMINISTRATION, field=f"signatories.{role}", row=1),
            )


def no_debts(scene: Scene, programme: Programme) -> Iterator[Found]:
    """SNM-02: accounts without a word on debts."""
    books = programme.results.budget
    if (books.expenditure_by_code or books.expenditure or books.balance_sheet) and not books.debts:
        yield Found(
            N_("The accounts of {year} list no debts. Give them; if there are none, accept the finding and say so."),
            {"year": str(programme.year)},
            where=scene.programme_place(DEBTS),
        )


def _shown(value: Value) -> str:
    return value.display() or "–"


RULES: Final = (
    Rule(
        "TUT-01",
        N_("Target differs from the decided programme"),
        Severity.ERROR,
        ((Scope.INDICATOR, other_target),),
        N_("A report that measures against other targets than decided on is misleading."),
        LAW_41,
    ),
    Rule(
        "TUT-02",
        N_("Indicators differ from the decided programme"),
        Severity.ERROR,
        ((Scope.PROGRAMME, other_indicators),),
        N_("Programme and report have the same indicators."),
        LAW_41,
    ),
    Rule(
        "TUT-03",
        N_("Realised value missing"),
        Severity.ERROR,
        ((Scope.RESULT, no_result),),
        N_("Without it the report does not say whether the target was met."),
        AUDIT,
        N_(
            "{lacking} of {all} indicators have no realised value for {year} ({first}). Give the values; if some could "
            "not be measured, say why in the activity report, and accept the finding with the same reason."
        ),
        lambda _scene, _held: True,
        together_all=N_(
            "None of the {all} indicators has a realised value for {year} ({first}). Give the values; if they could "
            "not be measured, say why in the activity report, and accept the finding with the same reason."
        ),
    ),
    Rule(
        "TUT-04",
        N_("Weights are not 100"),
        Severity.WARNING,
        ((Scope.TARGET, wrong_weights),),
        N_("A target's score is wrong if the weights do not add up."),
        AUDIT,
    ),
    Rule(
        "GCR-01",
        N_("Deviation without a real reason"),
        Severity.ERROR,
        ((Scope.RESULT, no_reason),),
        N_("Deviations and their reasons must be in the report, in either direction."),
        LAW_56_5393,
    ),
    Rule(
        "GCR-02",
        N_("Deviation without a measure"),
        Severity.WARNING,
        ((Scope.RESULT, no_measure),),
        N_("A reason is followed by what is done about it."),
        AUDIT,
        N_(
            "{all} indicators are more than {limit} % away from the target for {year}; {lacking} of them lack measure, "
            "responsible unit or date ({first}). What is missing, and how often: {lacks}. Say for each who does what "
            "until when."
        ),
        _is_large,
        together_all=N_(
            "All {all} indicators that are more than {limit} % away from the target for {year} lack measure, "
            "responsible unit or date ({first}). What is missing, and how often: {lacks}. Say for each who does what "
            "until when."
        ),
    ),
    Rule(
        "DGR-01",
        N_("Evidence missing"),
        Severity.WARNING,
        ((Scope.RESULT, no_evidence),),
        N_("The auditor asks for the record behind each value."),
        AUDIT,
        N_(
            "{lacking} of {all} realised values for {year} are proved by no document ({first}). Name the documents in "
            "the data file the realised values come from; where there is none, accept the finding and say why."
        ),
        _has_value,
        together_all=N_(
            "None of the {all} realised values for {year} is proved by a document ({first}). Name the documents in the "
            "data file the realised values come from; where there is none, accept the finding and say why."
        ),
    ),
    Rule(
        "SNM-01",
        N_("Signer missing"),
        Severity.ERROR,
        ((Scope.PROGRAMME, no_signer),),
        N_("The statutory declarations are part of the report."),
        REPORT,
    ),
    Rule(
        "SNM-02",
        N_("Debts missing"),
        Severity.WARNING,
        ((Scope.PROGRAMME, no_debts),),
        N_("The report's financial part covers debts."),
        LAW_56_5393,
    ),
)
