"""Checks a programme: everything at first, after an edit only what the edit can have changed.

Snapshots share what an edit did not touch, so that identity tells; see ``docs/decisions``. What a rule found in a
target, a resource table or a section is taken over where that is the same object, and all around it that the rules look
at. The rules on the programme as a whole are asked each time; they look at digests of the targets, which are kept too.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from perfdesk.checks import definition, results, similarity
from perfdesk.checks.catalogue import RULES
from perfdesk.checks.finding import (
    ACTIVITY,
    RESOURCE_TABLE,
    SECTION,
    TARGET,
    Finding,
    Severity,
    Where,
)
from perfdesk.checks.resources import Numbered
from perfdesk.checks.rule import Found, Held, Holder, Look, Rule, Scope
from perfdesk.checks.scene import Digest, Scene, digest, indicator_place, result_place, sheet_place, shortened
from perfdesk.checks.settings import Settings, settings
from perfdesk.checks.similarity import Near
from perfdesk.checks.wording import spelled_words
from perfdesk.domain.programme import Programme, Target
from perfdesk.tables.context import Context

_LOOKS: Final[Mapping[Scope, Sequence[tuple[Rule, Look]]]] = {
    scope: [(rule, look) for rule in RULES.values() for at, look in rule.looks if at is scope] for scope in Scope
}
_NEAR: Final = "TNM-06"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found in a thing, and what it depended on besides."""

    thing: object
    around: object
    findings: tuple[Finding, ...]
    # how many a rule with a common sentence was asked about, by its id
    asked: Mapping[str, int]
    digest: Digest | None = None


_Kept = dict[object, Kept]


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found in a programme, in the order of the rules."""

    findings: tuple[Finding, ...]
    scene: Scene = field(repr=False, compare=False)
    frame: tuple[object, ...] = field(repr=False, compare=False)
    kept: Mapping[object, Kept] = field(repr=False, compare=False)
    near: Near = field(repr=False, compare=False)

    def at(self, kind: str, id_: str) -> tuple[Finding, ...]:
        """Return what was found at a place."""
        return tuple(one for one in self.findings if (one.where.kind, one.where.id) == (kind, id_))

    def counts(self) -> Counter[Severity]:
        """Return how many there are of each severity."""
        return Counter(one.severity for one in self.findings)

    @property
    def is_behind(self) -> bool:
        """Whether names have come that were not compared yet: time for ``caught_up``."""
        return any(name and name not in self.near.compared for name in _names(self.scene))


def check(
    ctx: Context, before: Checked | None = None, *, frozen: Programme | None = None, by: Settings | None = None
) -> Checked:
    """Check a programme; given what was found before an edit, what still holds is taken over.

    Args:
        ctx: the programme.
        before: what was found before the edit.
        frozen: the programme as the council decided on it, for the checks of its report.
        by: other settings than the shipped ones.
    """
    by = by or settings()
    scene = _scene(ctx, before, frozen, by)
    frame = _frame(scene)
    known: Mapping[object, Kept] = before.kept if before and _same(frame, before.frame) else {}
    kept: _Kept = {}
    digests: list[Digest] = []
    for holder in ctx.programme.holders():
        one = _of_holder(scene, holder, known)
        kept["holder", _key(holder)] = one
        if one.digest is not None:
            digests.append(one.digest)
        kept["results", _key(holder)] = _of_results(scene, holder, known)
    for numbered in map(Numbered._make, enumerate(ctx.programme.resource_tables, 1)):
        kept["table", numbered.at] = _of_table(scene, numbered, known)
    for section in ctx.programme.sections:
        kept["section", section.key] = _of_section(scene, section, known)
    scene = _with(scene, tuple(digests))
    near = before.near if before and before.scene.settings is by else Near()
    return _checked(scene, frame, kept, near)


def caught_up(checked: Checked) -> Checked:
    """Compare the names that have come since: too slow for each keystroke, quick enough for a pause."""
    near = similarity.caught_up(checked.near, _names(checked.scene), checked.scene.settings)
    return _checked(checked.scene, checked.frame, checked.kept, near)


def _checked(scene: Scene, frame: tuple[object, ...], kept: Mapping[object, Kept], near: Near) -> Checked:
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    asked: Counter[str] = Counter()
    for one in kept.values():
        for finding in one.findings:
            by_rule[finding.rule].append(finding)
        asked.update(one.asked)
    for rule, look in _LOOKS[Scope.PROGRAMME]:
        by_rule[rule.id] += _findings(rule, look(scene, scene.ctx.programme), scene.programme_place(), "")
    by_rule[_NEAR] += _findings(RULES[_NEAR], _near_names(scene, near), scene.programme_place(), "")
    findings: list[Finding] = []
    for rule in RULES.values():
        found = by_rule.get(rule.id, [])
        findings += _together(scene, rule, found, asked[rule.id]) if rule.together else found
    return Checked(tuple(findings), scene, frame, kept, near)


def _together(scene: Scene, rule: Rule, found: list[Finding], asked: int) -> list[Finding]:
    """Return what was found, or one sentence for all of it where nearly all lack the same."""
    limits = scene.settings.thresholds
    if len(found) < limits.together or len(found) * 100 < asked * limits.together_share:
        return found
    facts = {"lacking": str(len(found)), "all": str(asked)}
    severity = max((one.severity for one in found), key=[Severity.INFO, Severity.WARNING, Severity.ERROR].index)
    return [Finding(rule.id, severity, rule.together, facts, scene.programme_place(found[0].where.field))]


def _near_names(scene: Scene, near: Near) -> Iterator[Found]:
    """TNM-06: nearly the same names; points to the later one."""
    if not near.pairs:
        return
    earlier: dict[str, Held] = {}
    for one in scene.digests:
        for name, held in one.indicators:
            if name in earlier or not name:
                continue
            first = next((earlier[other] for other in sorted(near.of(name)) if other in earlier), None)
            if first is not None:
                yield definition.twice(scene, first, held)
            earlier[name] = held


def _names(scene: Scene) -> Iterator[str]:
    return (name for one in scene.digests for name, _held in one.indicators)


# --- what is looked at ------------------------------------------------------------------------------------------------


def _scene(ctx: Context, before: Checked | None, frozen: Programme | None, by: Settings) -> Scene:
    now = ctx.programme.results.indicators
    if before is not None and now is before.scene.ctx.programme.results.indicators:
        entered, reasons = before.scene.results, before.scene.reasons
    else:
        collected: dict[str, list[Any]] = defaultdict(list)
        for result in now:
            collected[result.indicator].append(result)
        entered = {id_: tuple(of) for id_, of in collected.items()}
        reasons = Counter(results.folded_reason(one.explanation) for one in now if one.explanation.strip())
    former = before.scene if before is not None else None
    if former is not None and former.settings is by and _same(_naming(ctx), _naming(former.ctx)):
        spelled = former.spelled
    else:
        spelled = spelled_words(ctx.municipality, by.words.spelled)
    return Scene(ctx, by, frozen, entered, reasons, spelled)


def _with(scene: Scene, digests: tuple[Digest, ...]) -> Scene:
    return Scene(scene.ctx, scene.settings, scene.frozen, scene.results, scene.reasons, scene.spelled, digests)


def _naming(ctx: Context) -> tuple[object, ...]:
    return (ctx.municipality.administration, ctx.municipality.units)


def _frame(scene: Scene) -> tuple[object, ...]:
    """Return what the rules on parts of a programme depend on besides the part itself."""
    ctx = scene.ctx
    return (
        scene.settings,
        scene.frozen,
        ctx.programme.year,
        ctx.layout,
        ctx.municipality.plan_of(ctx.programme.year),
        *_naming(ctx),
        ctx.municipality.programme_list,
    )


def _same(frame: Iterable[object], other: Iterable[object]) -> bool:
    return all(now is before or now == before for now, before in zip(frame, other, strict=True))


def _key(holder: Holder) -> tuple[str, str]:
    return (TARGET, holder.id) if isinstance(holder, Target) else ("sub_programme", holder.sub_programme)


def _is_same(thing: Any, other: Any) -> bool:
    """Whether two things are one: the same object, or read again with the same content in the same rows."""
    return thing is other or (thing == other and _rows(thing) == _rows(other))


def _rows(thing: Any) -> list[int]:
    parts = ("indicators", "activities", "cost_sheets", "rows", "blocks")
    return [thing.row, *(one.row for part in parts for one in getattr(thing, part, ()))]


def _take(known: Mapping[object, Kept], key: object, thing: Any, around: object) -> Kept | None:
    former = known.get(key)
    if former is None or former.around != around or not _is_same(thing, former.thing):
        return None
    return former


def _of_holder(scene: Scene, holder: Holder, known: Mapping[object, Kept]) -> Kept:
    around = _codes(scene.ctx, holder)
    former = _take(known, ("holder", _key(holder)), holder, around)
    if former is not None:
        return former
    collector = _Collector(scene)
    if isinstance(holder, Target):
        collector.ask(Scope.TARGET, holder, Where(TARGET, holder.id, row=holder.row), lambda: scene.target(holder))
    for indicator in holder.indicators:
        collector.ask(
            Scope.INDICATOR,
            Held(holder, indicator),
            indicator_place(indicator),
            lambda indicator=indicator: scene.indicator(holder, indicator),  # type: ignore[misc]
        )
    for activity in holder.activities:
        collector.ask(
            Scope.ACTIVITY,
            Held(holder, activity),
            Where(ACTIVITY, activity.id, row=activity.row),
            lambda activity=activity: scene.activity(holder, activity),  # type: ignore[misc]
        )
    for sheet in holder.cost_sheets:
        collector.ask(
            Scope.COST_SHEET,
            Held(holder, sheet),
            sheet_place(sheet),
            lambda sheet=sheet: scene.sheet(holder, sheet),  # type: ignore[misc]
        )
    return collector.kept(holder, around, digest(scene.ctx, holder))


def _of_results(scene: Scene, holder: Holder, known: Mapping[object, Kept]) -> Kept:
    if not scene.results:
        return _NOTHING
    entered = [scene.results.get(one.id, ()) for one in holder.indicators]
    around = (_codes(scene.ctx, holder), entered, [_times(scene, of) for of in entered])
    former = _take(known, ("results", _key(holder)), holder, around)
    if former is not None:
        return former
    collector = _Collector(scene)
    for indicator in holder.indicators:
        collector.ask(
            Scope.RESULT,
            Held(holder, indicator),
            result_place(indicator, results.of_year(scene, indicator)),
            lambda indicator=indicator: scene.indicator(holder, indicator),  # type: ignore[misc]
        )
    return collector.kept(holder, around)


def _times(scene: Scene, entered: Iterable[Any]) -> list[int]:
    """Return how often the explanations stand in the whole report."""
    return [scene.reasons[results.folded_reason(one.explanation)] for one in entered if one.explanation]


def _of_table(scene: Scene, numbered: Numbered, known: Mapping[object, Kept]) -> Kept:
    table = numbered.table
    former = _take(known, ("table", numbered.at), table, None)
    if former is not None:
        return former
    collector = _Collector(scene)
    where = Where(RESOURCE_TABLE, str(numbered.at), row=table.row)
    collector.ask(Scope.RESOURCE_TABLE, numbered, where, lambda: shortened(table.caption))
    return collector.kept(table, None)


def _of_section(scene: Scene, section: Any, known: Mapping[object, Kept]) -> Kept:
    former = _take(known, ("section", section.key), section, None)
    if former is not None:
        return former
    collector = _Collector(scene)
    collector.ask(Scope.SECTION, section, Where(SECTION, section.key, row=section.row), lambda: section.title)
    return collector.kept(section, None)


def _codes(ctx: Context, holder: Holder) -> tuple[object, ...]:
    codes = ctx.codes
    return (
        ctx.holder_name(holder)[0],
        [codes.indicators[indicator.id] for indicator in holder.indicators],
        [codes.activities[activity.id] for activity in holder.activities],
    )


# --- from what a rule says to findings --------------------------------------------------------------------------------


class _Collector:
    """Asks the rules of a scope about one thing after the other and collects what they find."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._findings: list[Finding] = []
        self._asked: Counter[str] = Counter()

    def ask(self, scope: Scope, subject: Any, where: Where, called: Callable[[], str]) -> None:
        """Ask all rules of a scope about a thing; what it is called is made up only where something is found."""
        for rule, look in _LOOKS[scope]:
            if rule.applies is not None and rule.applies(self._scene, subject):
                self._asked[rule.id] += 1
            for found in look(self._scene, subject):
                self._findings += _findings(rule, (found,), where, called())

    def kept(self, thing: object, around: object, of_holder: Digest | None = None) -> Kept:
        """Return all that was found."""
        return Kept(thing, around, tuple(self._findings), self._asked, of_holder)


_NOTHING: Final = Kept(None, None, (), {})


def _findings(rule: Rule, found: Iterable[Found], where: Where, called: str) -> list[Finding]:
    return [
        Finding(
            rule.id,
            one.severity or rule.severity,
            one.message,
            one.facts,
            one.where or Where(where.kind, where.id, one.field, where.row),
            one.subject or ("" if one.where and not called else called),
        )
        for one in found
    ]
