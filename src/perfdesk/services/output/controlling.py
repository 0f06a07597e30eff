"""What the checks found, in printed words: for the control report and the workbook."""

import dataclasses
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from perfdesk.checks import checking
from perfdesk.checks import finding as kinds
from perfdesk.checks.catalogue import RULES
from perfdesk.checks.checking import Checked
from perfdesk.checks.finding import Finding
from perfdesk.checks.rule import FAMILIES, OF_REPORTS
from perfdesk.domain import turkish
from perfdesk.i18n import printed
from perfdesk.tables.context import Context
from perfdesk.tables.control.content import Control, RuleText, Told
from perfdesk.tables.layout import fill

# where a sentence of a msgid ends and the next begins
_SENTENCE_END: Final = re.compile(r"(?<=[.!?)”])\s+(?=[^\W\d_a-zçğıöşü])")
# what a place without a name of its own is called, by its kind: labels
_CALLED: Final[Mapping[str, str]] = {
    kinds.PROGRAMME: "programme",
    kinds.SECTION: "control.section",
    kinds.ACCOUNT: "control.accounts",
    kinds.PLAN: "control.plan",
}
_APPROPRIATIONS: Final = "appropriations"


def control(ctx: Context, checked: Checked | None = None, on: date | None = None, stamp: str = "") -> Control:
    """Return what the checks found in a programme, in printed words.

    Args:
        ctx: the programme.
        checked: what they found, where they were asked already; without it they are asked now, and know of no programme
            that the council decided on.
        on: the day they were asked; today without it.
        stamp: that of a frozen version.
    """
    checked = checked or checking.check(ctx)
    if checked.is_behind:
        checked = checking.caught_up(checked)
    day = on or datetime.now().astimezone().date()
    found = [_told(ctx, checked, number, finding) for number, finding in enumerate(checked.findings, 1)]
    seen = {RULES[one.rule].family for one in found}
    has_results = bool(ctx.programme.results.indicators)
    return Control(
        date=day.isoformat(),
        version=stamp or _version(ctx),
        criteria={
            letters: printed(name)
            for letters, name in FAMILIES.items()
            if has_results or letters in seen or letters not in OF_REPORTS
        },
        rules={id_: _rule_text(id_) for id_ in dict.fromkeys(one.rule for one in found)},
        findings=tuple(found),
    )


def _version(ctx: Context) -> str:
    """Return what the programme as it is now is called."""
    from perfdesk.documents.stamp import stamp

    last = max(ctx.programme.versions, key=lambda version: version.number, default=None)
    if last is None:
        return ctx.labels["control.now"]
    without_hash = dataclasses.replace(last, hash="")
    return fill(ctx.labels["control.now_after"], version=stamp(without_hash, ctx.labels))


def _rule_text(id_: str) -> RuleText:
    rule = RULES[id_]
    return RuleText(
        id_, rule.family, printed(rule.title), printed(rule.reason), printed(rule.basis), is_of_report=rule.is_of_report
    )


def _told(ctx: Context, checked: Checked, number: int, finding: Finding) -> Told:
    # the place stands beside the sentence, so that it need not be said again
    sentence = dataclasses.replace(finding, subject="").printed()
    advice = _advice(finding)
    acceptance = checked.acceptance(finding)
    return Told(
        number,
        finding.rule,
        str(finding.severity),
        finding.printed_subject() or _place(ctx, finding),
        turkish.upper(sentence[:1]) + sentence[1:],
        advice if sentence != advice and sentence.endswith(advice) else "",
        (finding.where.kind, finding.where.id, finding.where.field),
        acceptance.reason if acceptance else "",
        acceptance.date if acceptance else "",
    )


def _advice(finding: Finding) -> str:
    """Return the sentences at the end of what is said that are the same wherever the rule is broken so."""
    message = printed(finding.message)
    ends = (found.end() for found in _SENTENCE_END.finditer(message))
    return next((message[end:] for end in ends if "{" not in message[end:]), "")


def _place(ctx: Context, finding: Finding) -> str:
    """Return what a place is called that the finding's sentence does not name first."""
    where = finding.where
    if where.kind == kinds.SECTION:
        parts = {part.key: part.title for part in ctx.layout.form.outline}
        return parts.get(where.id, "") or ctx.labels["control.section"]
    if where.kind == kinds.ACCOUNT and where.id == _APPROPRIATIONS:
        return ctx.labels["control.appropriations"]
    if where.kind in (kinds.ADMINISTRATION, kinds.UNIT):
        return ctx.units.get(where.id, "") or ctx.municipality.administration.name
    called = _CALLED.get(where.kind, "programme")
    return fill(ctx.labels[called], year=ctx.programme.year)
