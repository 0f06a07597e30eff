"""Checks a programme: everything at first, after an edit only what the edit can have changed.

Snapshots share what an edit did not touch, so that identity tells; see ``docs/decisions``. What a rule found in a
target, a table or a section is taken over where that is the same object, and all around it that the rules look
at. The rules on the programme as a whole are asked each time; they look at digests of the targets, which are kept too.
"""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from perfdesk.checks import definition, results, similarity
from perfdesk.checks.catalogue import RULES
from perfdesk.checks.common import together
from perfdesk.checks.finding import (
    ACTIVITY,
    RESULT,
    SECTION,
    TARGET,
    Finding,
    Severity,
    Where,
)
from perfdesk.checks.last_year import last_year
from perfdesk.checks.resources import Numbered, numbered
from perfdesk.checks.rule import Found, Held, Holder, Look, Rule, Scope
from perfdesk.checks.scene import Digest, Scene, digest, indicator_place, result_place, sheet_place, shortened
from perfdesk.checks.settings import Settings, settings
from perfdesk.checks.similarity import Near
from perfdesk.checks.wording import spelled_words
from perfdesk.domain.control import Acceptance
from perfdesk.domain.programme import Programme, Target
from perfdesk.domain.texts import Section
from perfdesk.tables.context import Context

_Looks = Mapping[Scope, Sequence[tuple[Rule, Look]]]


def _looks(*, names: bool) -> _Looks:
    rules = [rule for rule in RULES.values() if rule.names is names]
    return {scope: [(rule, look) for rule in rules for at, look in rule.looks if at is scope] for scope in Scope}


# what rules look at besides names, and what those look at that names matter to
_PLAIN: Final = "plain"
_NAMED: Final = "named"
_LOOKS: Final[Mapping[str, _Looks]] = {_PLAIN: _looks(names=False), _NAMED: _looks(names=True)}
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
    frames: Mapping[str, tuple[object, ...]] = field(repr=False, compare=False)
    kept: Mapping[object, Kept] = field(repr=False, compare=False)
    near: Near = field(repr=False, compare=False)
    # by the fingerprint of the finding
    accepted: Mapping[str, Acceptance] = field(repr=False, compare=False)

    def at(self, kind: str, id_: str) -> tuple[Finding, ...]:
        """Return what was found at a place."""
        return tuple(one for one in self.findings if (one.where.kind, one.where.id) == (kind, id_))

    @property
    def open(self) -> tuple[Finding, ...]:
        """What nobody has accepted."""
        return tuple(one for one in self.findings if self.acceptance(one) is None)

    def acceptance(self, finding: Finding) -> Acceptance | None:
        """Return why a finding stays as it is, if it was accepted."""
        return self.accepted.get(finding.fingerprint) if self.accepted else None

    def counts(self) -> Counter[Severity]:
        """Return how many that nobody has accepted there are of each severity."""
        return Counter(one.severity for one in self.open)

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
    frames = _frames(scene)
    kept: _Kept = {}
    digests: list[Digest] = []
    for kind, frame in frames.items():
        known = before.kept if before and _same(frame, before.frames[kind]) else {}
        look = _Look(scene, kind, known, kept)
        for holder in ctx.programme.holders():
            around = _codes(ctx, holder)
            one = look.at_holder(holder, around)
            if one.digest is not None:
                digests.append(one.digest)
            if kind == _PLAIN and scene.results:
                look.at_results(holder, around)
        for table in numbered(ctx.programme.resource_tables):
            look.at_table(table, Scope.RESOURCE_TABLE)
        if kind == _PLAIN:
            for table in numbered(ctx.programme.results.unit_tables, RESULT):
                look.at_table(table, Scope.RESULT_TABLE)
        for section in ctx.programme.sections:
            look.at_section(section)
    scene = dataclasses.replace(scene, digests=tuple(digests))
    near = before.near if before and before.scene.settings is by else Near()
    return _checked(scene, frames, kept, near)


def caught_up(checked: Checked, most: int | None = None) -> Checked:
    """Compare the names that have come since: too slow for each keystroke, quick enough for a pause.

    With ``most``, so many of them; ``is_behind`` tells whether others are left for the next pause.
    """
    near = similarity.caught_up(checked.near, _names(checked.scene), checked.scene.settings, most)
    return _checked(checked.scene, checked.frames, checked.kept, near)


def _checked(
    scene: Scene, frames: Mapping[str, tuple[object, ...]], kept: Mapping[object, Kept], near: Near
) -> Checked:
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    asked: Counter[str] = Counter()
    for one in kept.values():
        for finding in one.findings:
            by_rule[finding.rule].append(finding)
        asked.update(one.asked)
    for looks in _LOOKS.values():
        for rule, look in looks[Scope.PROGRAMME]:
            by_rule[rule.id] += _findings(rule, look(scene, scene.ctx.programme), scene.programme_place(), "")
    by_rule[_NEAR] += _findings(RULES[_NEAR], _near_names(scene, near), scene.programme_place(), "")
    accepted = {one.fingerprint: one for one in scene.ctx.programme.acceptances}
    findings: list[Finding] = []
    for rule in RULES.values():
        found = by_rule.get(rule.id, [])
        findings += together(scene, rule, found, asked[rule.id], accepted) if rule.together else found
    return Checked(tuple(findings), scene, frames, kept, near, accepted)


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
    last = last_year(ctx.municipality, ctx.programme.year, former.last if former else None)
    return Scene(ctx, by, frozen, entered, reasons, spelled, last)


def _naming(ctx: Context) -> tuple[object, ...]:
    return (ctx.municipality.administration, ctx.municipality.units)


def _frames(scene: Scene) -> Mapping[str, tuple[object, ...]]:
    """Return what the rules on parts of a programme depend on besides the part itself, for both kinds of rules."""
    ctx = scene.ctx
    plain = (
        scene.settings,
        scene.frozen,
        bool(scene.results),
        ctx.programme.year,
        ctx.layout.form,
        ctx.municipality.programme_list,
        scene.last,
    )
    plan = ctx.municipality.plan_of(ctx.programme.year)
    return {_PLAIN: plain, _NAMED: (*plain, plan, scene.spelled, *_naming(ctx))}


def _same(frame: Iterable[object], other: Iterable[object]) -> bool:
    return all(now is before or now == before for now, before in zip(frame, other, strict=True))


def _key(holder: Holder) -> tuple[str, str]:
    return (TARGET, holder.id) if isinstance(holder, Target) else ("sub_programme", holder.sub_programme)


def _is_same(thing: Any, other: Any) -> bool:
    """Whether two things are one: the same object, or read again with the same content in the same rows."""
    return thing is other or (thing == other and _rows(thing) == _rows(other))


def _rows(thing: Any) -> list[int]:
    parts = ("indicators", "activities", "cost_sheets", "objectives", "rows", "blocks")
    return [thing.row, *(one.row for part in parts for one in getattr(thing, part, ()))]


class _Look:
    """Asks the rules of one kind about all parts of a programme; what still holds is taken over."""

    def __init__(self, scene: Scene, kind: str, known: Mapping[object, Kept], kept: _Kept) -> None:
        self._scene = scene
        self._kind = kind
        self._known = known
        self._kept = kept

    def at_holder(self, holder: Holder, around: object) -> Kept:
        """Look at a target or sub-programme and all it holds."""
        return self._at("holder", _key(holder), holder, around, lambda: self._asked_holder(holder, around))

    def at_results(self, holder: Holder, around: object) -> None:
        """Look at the results of what a target or sub-programme holds."""
        scene = self._scene
        entered = [scene.results.get(one.id, ()) for one in holder.indicators]
        # the reasons given elsewhere matter as well
        times = [scene.reasons[results.folded_reason(one.explanation)] for of in entered for one in of]
        seen = (around, entered, times)
        self._at("results", _key(holder), holder, seen, lambda: self._asked_results(holder, seen))

    def at_table(self, of: Numbered, scope: Scope) -> None:
        """Look at a table of texts: a resource table, or one of the results."""
        table = of.table

        def asked() -> Kept:
            collector = self._collector()
            collector.ask(scope, of, of.where(), lambda: shortened(table.caption))
            return collector.kept(table, of.known_by)

        self._at(scope, of.at, table, of.known_by, asked)

    def at_section(self, section: Section) -> None:
        """Look at a text of the book."""
        where = Where(SECTION, section.key, row=section.row)

        def asked() -> Kept:
            collector = self._collector()
            collector.ask(Scope.SECTION, section, where, lambda: section.title)
            return collector.kept(section, None)

        self._at("section", section.key, section, None, asked)

    def _at(self, name: str, key: object, thing: Any, around: object, asked: Callable[[], Kept]) -> Kept:
        place = (self._kind, name, key)
        former = self._known.get(place)
        is_known = former is not None and former.around == around and _is_same(thing, former.thing)
        one = former if former is not None and is_known else asked()
        self._kept[place] = one
        return one

    def _collector(self) -> "_Collector":
        return _Collector(self._scene, _LOOKS[self._kind])

    def _asked_holder(self, holder: Holder, around: object) -> Kept:
        scene, collector = self._scene, self._collector()
        if isinstance(holder, Target):
            place = Where(TARGET, holder.id, row=holder.row)
            collector.ask(Scope.TARGET, holder, place, lambda: scene.target(holder))
        else:
            place = scene.sub_programme_place(holder, row=holder.row)
            collector.ask(Scope.SUB_PROGRAMME, holder, place, lambda: scene.sub_programme(holder))
        for indicator in holder.indicators:
            held = Held(holder, indicator)
            collector.ask(Scope.INDICATOR, held, indicator_place(indicator), partial(scene.indicator, *held))
        for activity in holder.activities:
            held, place = Held(holder, activity), Where(ACTIVITY, activity.id, row=activity.row)
            collector.ask(Scope.ACTIVITY, held, place, partial(scene.activity, *held))
        for sheet in holder.cost_sheets:
            held = Held(holder, sheet)
            collector.ask(Scope.COST_SHEET, held, sheet_place(sheet), partial(scene.sheet, *held))
        return collector.kept(holder, around, digest(scene.ctx, holder) if self._kind == _PLAIN else None)

    def _asked_results(self, holder: Holder, around: object) -> Kept:
        scene, collector = self._scene, self._collector()
        for indicator in holder.indicators:
            held, place = Held(holder, indicator), result_place(indicator, results.of_year(scene, indicator))
            collector.ask(Scope.RESULT, held, place, partial(scene.indicator, *held))
        return collector.kept(holder, around)


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

    def __init__(self, scene: Scene, looks: _Looks) -> None:
        self._scene = scene
        self._looks = looks
        self._findings: list[Finding] = []
        self._asked: Counter[str] = Counter()

    def ask(self, scope: Scope, subject: Any, where: Where, called: Callable[[], str]) -> None:
        """Ask all rules of a scope about a thing; what it is called is made up only where something is found."""
        for rule, look in self._looks[scope]:
            if rule.applies is not None and rule.applies(self._scene, subject):
                self._asked[rule.id] += 1
            for found in look(self._scene, subject):
                self._findings += _findings(rule, (found,), where, called())

    def kept(self, thing: object, around: object, of_holder: Digest | None = None) -> Kept:
        """Return all that was found."""
        return Kept(thing, around, tuple(self._findings), self._asked, of_holder)


def _findings(rule: Rule, found: Iterable[Found], where: Where, called: str) -> list[Finding]:
    return [
        Finding(
            rule.id,
            one.severity or rule.severity,
            one.message,
            one.facts,
            one.where or dataclasses.replace(where, field=one.field),
            one.subject or ("" if one.where and not called else called),
            told=one.told,
        )
        for one in found
    ]
