"""What nearly all lack is said once: two hundred equal sentences would hide the others."""

from collections.abc import Mapping

from perfdesk.checks.finding import INDICATOR, RESULT, Finding, Lacking, Listed, Severity
from perfdesk.checks.rule import Rule
from perfdesk.checks.scene import Scene, number
from perfdesk.domain.control import Acceptance


def together(
    scene: Scene, rule: Rule, found: list[Finding], asked: int, accepted: Mapping[str, Acceptance]
) -> list[Finding]:
    """Return what was found, or one sentence for all of it where nearly all lack the same.

    What was accepted by itself goes on standing by itself. A sentence that was accepted goes on standing as long as
    there are enough for one, though no longer nearly all lack it: mending some brings no others to light.
    """
    limits = scene.settings.thresholds
    if len(found) < limits.together:
        return found
    alone: list[Finding] = []
    rest: list[Finding] = []
    for one in found:
        (alone if accepted and one.fingerprint in accepted else rest).append(one)
    if len(rest) < limits.together:
        return found
    severity = max((one.severity for one in rest), key=[Severity.INFO, Severity.WARNING, Severity.ERROR].index)
    facts = {"lacking": str(len(found)), "all": str(asked)}
    place = scene.programme_place(rest[0].where.field)
    message = rule.together_all if len(found) == asked else rule.together
    if "{year}" in message:
        facts["year"] = str(scene.year)
    common = Finding(rule.id, severity, message, facts, place, common=True, told=_told(scene, message, found))
    if len(found) * 100 < asked * limits.together_share and common.fingerprint not in accepted:
        return found
    return [common, *alone]


def _told(scene: Scene, message: str, found: list[Finding]) -> dict[str, str]:
    """Return what the sentence tells besides the numbers: the first of those that lack something, and what."""
    told: dict[str, str] = {}
    if "{first}" in message:
        kinds = {INDICATOR if one.where.kind == RESULT else one.where.kind for one in found}
        first = scene.codes_of({one.where.id for one in found}, kinds)
        told["first"] = Listed.of(first, len(found), kinds.pop() if len(kinds) == 1 else "")
    if "{limit}" in message:
        told["limit"] = number(scene.settings.thresholds.deviation)
    if "{lacks}" in message:
        told["lacks"] = Lacking.together(one.told["lacks"] for one in found)
    return told
