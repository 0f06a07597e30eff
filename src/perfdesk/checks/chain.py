"""İlgililik: does the chain from the plan to the activities hold."""

from collections.abc import Iterator
from typing import Final

from perfdesk.checks.finding import OBJECTIVE, Severity, Where
from perfdesk.checks.rule import AUDIT, GUIDE, LAW_9, Found, Held, Rule, Scope
from perfdesk.checks.scene import Scene, is_deferred, is_same_title, last_word, words
from perfdesk.domain import turkish
from perfdesk.domain.programme import Indicator, Programme, SubProgramme, Target
from perfdesk.i18n import N_
from perfdesk.tables.context import coded
from perfdesk.tables.form import PROGRAMME_BUDGET
from perfdesk.tables.programme_rows import is_support

_LOW: Final = ("input", "output")


def broken(scene: Scene, target: Target) -> Iterator[Found]:
    """ILG-01: the target stands under no objective of the year's plan."""
    if scene.ctx.objectives and target.objective not in scene.ctx.objectives:
        yield Found(N_("it stands under no objective of the plan for {year}. Choose its objective."), _year(scene))


def without_indicator(scene: Scene, target: Target) -> Iterator[Found]:
    """ILG-02: a target that nothing measures."""
    if not target.indicators and not target.deferred:
        yield Found(N_("it has no indicator. Add one, or mark the target as deferred for {year}."), _year(scene))


def without_activity(scene: Scene, target: Target) -> Iterator[Found]:
    """ILG-03: a target that nothing is done for."""
    if not target.activities and not target.deferred:
        yield Found(N_("it has no activity. Add one, or mark the target as deferred for {year}."), _year(scene))


def unused_objective(scene: Scene, programme: Programme) -> Iterator[Found]:
    """ILG-04: an objective of the plan without a target this year."""
    used = {target.objective for target in programme.targets}
    used |= {id_ for sub in programme.sub_programmes for one in sub.objectives for id_ in one.objectives}
    if not used:
        return
    for id_, (_goal, objective) in scene.ctx.objectives.items():
        if id_ not in used:
            yield Found(
                N_(
                    "this objective of the plan has no performance target in {year}. Add one; if nothing is planned "
                    "this year, mark the performance target you added as deferred."
                ),
                _year(scene),
                where=Where(OBJECTIVE, id_, row=objective.row),
                subject=coded(scene.ctx.codes.objectives.get(id_, ""), objective.title),
            )


def same_title(scene: Scene, target: Target) -> Iterator[Found]:
    """ILG-06: the target only restates its objective."""
    if _has_title_of_objective(scene, target):
        yield Found(
            N_(
                "the target has the same title as its objective. Change the title so that it says what is reached in "
                "{year}; if your administration sets no targets of its own for the year, accept the finding and say so."
            ),
            field="title",
            told=_year(scene),
        )


def _has_title_of_objective(scene: Scene, target: Target) -> bool:
    above = scene.ctx.objectives.get(target.objective)
    return bool(above and target.title and is_same_title(above[1].title, target.title))


def only_outputs(scene: Scene, target: Target) -> Iterator[Found]:
    """ILG-07: the indicators count what is spent and made, none what comes of it."""
    if target.indicators and not is_deferred(target) and all(_is_low(scene, one) for one in target.indicators):
        yield Found(
            _ONLY_OUTPUTS if len(target.indicators) > 1 else _ONLY_AN_OUTPUT,
            {"count": str(len(target.indicators))},
        )


_ONLY_OUTPUTS: Final = N_(
    "by name or type, all its {count} indicators measure inputs or outputs, none an outcome. Add one that measures the "
    "effect of the work (for example a rate of satisfaction, or a response time). If one of them measures an outcome, "
    "choose “outcome” as the type in its card."
)
_ONLY_AN_OUTPUT: Final = N_(
    "by name or type, its only indicator measures an input or output; there is none of an outcome. Add one that "
    "measures the effect of the work (for example a rate of satisfaction, or a response time). If it does measure an "
    "outcome, choose “outcome” as the type in its card."
)


def _is_low(scene: Scene, indicator: Indicator) -> bool:
    if indicator.type:
        return indicator.type in _LOW
    known = scene.settings.words
    name = words(indicator.name)
    if not name or any(word.startswith(known.outcome) for word in name):
        return False
    return turkish.fold(last_word(indicator.name, known.stop)) in known.output


def without_sub_programme(scene: Scene, held: Held) -> Iterator[Found]:
    """ILG-08: an activity that the programme budget has no place for."""
    if _wants_link(scene, held) and not held.record.sub_programme:
        yield Found(
            N_("it belongs to no sub-programme and is printed apart from all of them. Choose its sub-programme."),
            field="sub_programme",
        )


def without_sub_programme_objective(scene: Scene, held: Held) -> Iterator[Found]:
    """ILG-08: an indicator that measures no objective of a sub-programme."""
    if _wants_link(scene, held) and not held.record.sub_programme_objective:
        yield Found(
            N_("it measures no objective of a sub-programme and is printed apart. Choose the objective."),
            field="sub_programme_objective",
            severity=Severity.WARNING,
        )


def _wants_link(scene: Scene, held: Held) -> bool:
    """Whether the programme budget counts it, and only a link says where: what a sub-programme holds is its own."""
    if scene.ctx.layout.form.name != PROGRAMME_BUDGET or not isinstance(held.holder, Target):
        return False
    return not is_deferred(held.holder, held.record if isinstance(held.record, Indicator) else None)


def without_objective(scene: Scene, sub: SubProgramme) -> Iterator[Found]:
    """ILG-09: a sub-programme that says not what it is for; those of general administration need not."""
    if scene.ctx.layout.form.name != PROGRAMME_BUDGET or any(one.title.strip() for one in sub.objectives):
        return
    programmes = scene.ctx.municipality.programme_list
    above = next((one for one in programmes if any(own.id == sub.sub_programme for own in one.sub_programmes)), None)
    if above is None or not is_support(scene.ctx, above):
        yield Found(
            N_("this sub-programme has no objective. Write what it is to reach."),
            where=scene.sub_programme_place(sub, "objectives"),
        )


def _year(scene: Scene) -> dict[str, str]:
    return {"year": str(scene.year)}


RULES: Final = (
    Rule(
        "ILG-01",
        N_("Broken chain"),
        Severity.ERROR,
        ((Scope.TARGET, broken),),
        N_("Money can be traced to the plan only if every target belongs to an objective."),
        LAW_9,
        names=True,
    ),
    Rule(
        "ILG-02",
        N_("Target without indicator"),
        Severity.ERROR,
        ((Scope.TARGET, without_indicator),),
        N_("Whether a target without indicator is met cannot be shown."),
        LAW_9,
    ),
    Rule(
        "ILG-03",
        N_("Target without activity"),
        Severity.ERROR,
        ((Scope.TARGET, without_activity),),
        N_("A target without activity has no way to be met and no cost."),
        GUIDE,
    ),
    Rule(
        "ILG-04",
        N_("Objective of the plan without a target"),
        Severity.WARNING,
        ((Scope.PROGRAMME, unused_objective),),
        N_("The auditor asks for each objective what the year does for it."),
        AUDIT,
    ),
    Rule(
        "ILG-06",
        N_("Target restates the objective"),
        Severity.INFO,
        ((Scope.TARGET, same_title),),
        N_("A target says what is reached in this year; the objective holds for the plan."),
        GUIDE,
        N_(
            "{lacking} of {all} performance targets have the same title as their objective ({first}). Change the "
            "titles so that they say what is reached in {year}; if your administration sets no targets of its own for "
            "the year, accept the finding and say so."
        ),
        lambda _scene, target: bool(target.title),
        names=True,
        together_all=N_(
            "All {all} titled performance targets have the same title as their objective ({first}). Change the "
            "titles so that they say what is reached in {year}; if your administration sets no targets of its own for "
            "the year, accept the finding and say so."
        ),
    ),
    Rule(
        "ILG-07",
        N_("Only inputs and outputs measured"),
        Severity.INFO,
        ((Scope.TARGET, only_outputs),),
        N_("Counting work does not show whether it has an effect."),
        AUDIT,
    ),
    Rule(
        "ILG-08",
        N_("Not linked with the programme budget"),
        Severity.ERROR,
        ((Scope.ACTIVITY, without_sub_programme), (Scope.INDICATOR, without_sub_programme_objective)),
        N_("The programme budget asks for each sub-programme what it costs and what it reaches."),
        GUIDE,
        N_(
            "{lacking} of {all} activities and indicators belong to no sub-programme or to none of its objectives "
            "({first}). Choose for each what it belongs to."
        ),
        _wants_link,
        together_all=N_(
            "None of the {all} activities and indicators belongs to a sub-programme or to one of its objectives "
            "({first}). Choose for each what it belongs to."
        ),
    ),
    Rule(
        "ILG-09",
        N_("Sub-programme without objective"),
        Severity.WARNING,
        ((Scope.SUB_PROGRAMME, without_objective),),
        N_("Its indicators measure the objective; without one nobody knows what the money is to reach."),
        GUIDE,
    ),
)
