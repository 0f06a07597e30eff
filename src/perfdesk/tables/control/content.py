"""What the control report tells: findings with their rules in printed words. Whoever has asked the checks fills it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

# from the gravest, as the checks call them
SEVERITIES: Final = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class RuleText:
    """What is printed of a rule: its criterion's letters, its title, why it matters and what it rests on.

    One ``is_of_report`` where it is about the report on the year, which the programme does not wait for.
    """

    id: str
    criterion: str
    title: str
    reason: str
    basis: str
    is_of_report: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in print.

    ``place`` says what it is about, ``sentence`` what was found there, and ``advice`` is the end of the sentence that
    says what to do, or "". ``at`` is the same place for programs: kind, id and field as the checks have them.
    ``reason`` is why it stays as it is and ``accepted`` since when (an ISO date), "" where it counts.
    """

    number: int
    rule: str
    severity: str
    place: str
    sentence: str
    advice: str = ""
    at: tuple[str, str, str] = ("", "", "")
    reason: str = ""
    accepted: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has accepted it."""
        return not self.reason

    @property
    def fact(self) -> str:
        """The sentence without the advice at its end."""
        return self.sentence.removesuffix(self.advice).rstrip() if self.advice else self.sentence


@dataclass(frozen=True, slots=True)
class Control:
    """All findings of a programme in the order of the rules.

    ``date`` is the day the checks were asked (ISO), ``version`` what of the programme they were asked about;
    ``criteria`` are their names by their letters, in order.
    """

    date: str = ""
    version: str = ""
    criteria: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, RuleText] = field(default_factory=dict)
    findings: tuple[Told, ...] = ()

    @property
    def open(self) -> tuple[Told, ...]:
        """What counts."""
        return tuple(one for one in self.findings if one.is_open)

    @property
    def accepted(self) -> tuple[Told, ...]:
        """What stays as it is."""
        return tuple(one for one in self.findings if not one.is_open)

    def criterion_of(self, told: Told) -> str:
        """Return the letters of the criterion that a finding belongs to."""
        return self.rules[told.rule].criterion


def counts(findings: Iterable[Told]) -> Counter[str]:
    """Return how many count of each severity, and how many were accepted."""
    return Counter(one.severity if one.is_open else "accepted" for one in findings)
