"""The findings of the year in hand, kept current with every edit: each with its place and what was said to it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from perfdesk.checks import checking
from perfdesk.checks.catalogue import RULES
from perfdesk.checks.checking import Checked
from perfdesk.checks.finding import Finding, Severity
from perfdesk.checks.rule import Rule
from perfdesk.domain.control import Acceptance
from perfdesk.domain.programme import Programme
from perfdesk.i18n import _
from perfdesk.services.control import counting
from perfdesk.services.control.finding_places import FindingPlaces
from perfdesk.services.places import Key, Place
from perfdesk.tables.context import Context

# names compared in one pause, so that no pause holds up a key
PORTION: Final = 40
_GRAVITY: Final = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Item:
    """A finding in the open file. ``acceptance`` is None as long as it counts, ``place`` where no form shows it yet."""

    finding: Finding
    place: Place | None
    acceptance: Acceptance | None

    @property
    def rule(self) -> Rule:
        """The rule, with the reason and the basis."""
        return RULES[self.finding.rule]


@dataclass(frozen=True, slots=True)
class Audited:
    """All findings of a year, what is gravest first and each criterion's together."""

    items: tuple[Item, ...] = ()

    @property
    def open(self) -> tuple[Item, ...]:
        """What counts: findings that nobody has accepted."""
        return tuple(item for item in self.items if item.acceptance is None)

    @property
    def accepted(self) -> tuple[Item, ...]:
        """What stays as it is."""
        return tuple(item for item in self.items if item.acceptance is not None)

    def counts(self) -> Counter[Severity]:
        """Return how many there are of each severity that nobody has accepted."""
        return counting.of_items(self.open)

    def counts_of_programme(self) -> Counter[Severity]:
        """Return how many of them are about the programme itself: the report on it is written long afterwards."""
        return counting.of_items(item for item in self.open if not item.rule.is_of_report)

    def counts_of_report(self) -> Counter[Severity]:
        """Return how many of them are about the report on the year, which do not count against the programme."""
        return self.counts() - self.counts_of_programme()

    def in_words(self) -> str:
        """Return how many there are in words: first what is about the programme, then what is about the report."""
        programme, report = (
            counting.in_words(counts, ", ") for counts in (self.counts_of_programme(), self.counts_of_report())
        )
        if report:
            report = _("of the report: {findings}").format(findings=report)
        return "; ".join(filter(None, (programme, report)))

    def by_entry(self) -> Mapping[Key, Sequence[Item]]:
        """Return what nobody has accepted by the entry of the outline where it is mended."""
        found: dict[Key, list[Item]] = defaultdict(list)
        for item in self.open:
            if item.place is not None:
                found[item.place.entry].append(item)
        return found


class Audit:
    """Asks the checks again after each edit; what an edit has not touched is not looked at anew."""

    def __init__(self) -> None:
        self._checked: Checked | None = None
        self._frozen: Programme | None = None
        self._asked: Context | None = None
        self._answer = Audited()

    def of(self, ctx: Context, frozen: Programme | None = None) -> Audited:
        """Return what is found in a programme; ``frozen`` is what the council decided on, if its report is written."""
        if ctx is not self._asked or frozen is not self._frozen:
            is_other = self._asked is None or self._asked.programme.year != ctx.programme.year
            self._asked, self._frozen = ctx, frozen
            self._take(checking.check(ctx, None if is_other else self._checked, frozen=frozen))
        return self._answer

    @property
    def checked(self) -> Checked | None:
        """What the checks found when they were asked last, for papers that tell of it; it cannot change any more."""
        return self._checked

    @property
    def is_behind(self) -> bool:
        """Whether names have come that were not compared yet."""
        return self._checked is not None and self._checked.is_behind

    def catch_up(self) -> bool:
        """Compare some of the names that have come; return whether anything was found or is gone with it."""
        if self._checked is None:
            return False
        before = self._checked.findings
        self._take(checking.caught_up(self._checked, PORTION))
        return self._checked.findings != before

    def _take(self, checked: Checked) -> None:
        self._checked = checked
        places = FindingPlaces(checked.scene.ctx)
        items = (Item(finding, places.of(finding), checked.acceptance(finding)) for finding in checked.findings)
        self._answer = Audited(tuple(sorted(items, key=lambda item: _GRAVITY.index(item.finding.severity))))
