"""How the list of findings is put together: by criterion or by place, all of them or some, the accepted ones last."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from perfdesk.checks.finding import Severity
from perfdesk.checks.rule import FAMILIES
from perfdesk.i18n import N_, _
from perfdesk.services import outline
from perfdesk.services.control import counting
from perfdesk.services.control.audit import Audited, Item
from perfdesk.services.places import Key
from perfdesk.tables.context import Context

_T = TypeVar("_T")
# of the group of what stays as it is, and of what no form shows yet
ACCEPTED: Final = "accepted"
_NOWHERE: Final = "nowhere"
_ELSEWHERE: Final = N_("Not in a form yet")


class By(StrEnum):
    """What findings are grouped by."""

    KIND = "kind"
    PLACE = "place"


class Show(StrEnum):
    """Which findings are shown: all, what is wrong, or those of the form in sight."""

    ALL = "all"
    ERRORS = "errors"
    FORM = "form"


# What a finding goes by in the list: the rule and the place, and of several of a rule at one place which. The facts
# are no part of it: of five values that are missing one was entered, and it is the same finding still.
LineKey = tuple[str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in the list."""

    key: LineKey
    item: Item

    @property
    def shows(self) -> tuple[object, ...]:
        """What its line shows, and where it leads."""
        return (self.item.finding, self.item.place, self.item.acceptance)


@dataclass(frozen=True, slots=True)
class Group:
    """Findings under a heading."""

    key: str
    title: str
    lines: tuple[Line, ...]

    @property
    def is_accepted(self) -> bool:
        """Whether it holds what stays as it is."""
        return self.key == ACCEPTED

    def told(self) -> str:
        """Return how many there are, in words."""
        if self.is_accepted:
            return str(len(self.lines))
        return counting.in_words(counting.of_items(line.item for line in self.lines), ", ")


def lines(items: Iterable[Item]) -> Iterator[Line]:
    """Yield findings with what they go by."""
    times: Counter[tuple[str, str, str, str]] = Counter()
    for item in items:
        where = item.finding.where
        place = (item.finding.rule, where.kind, where.id, where.field)
        yield Line((*place, times[place]), item)
        times[place] += 1


def grouped(ctx: Context, audited: Audited, by: By, show: Show = Show.ALL, here: Key | None = None) -> list[Group]:
    """Return the groups of the list; ``here`` is the entry of the form in sight."""
    shown = [line for line in lines(audited.items) if _is_shown(line.item, show, here)]
    counting_ones = [line for line in shown if line.item.acceptance is None]
    groups = _by_kind(counting_ones) if by is By.KIND else _by_place(ctx, counting_ones)
    stay = tuple(line for line in shown if line.item.acceptance is not None)
    return [*groups, *([Group(ACCEPTED, _("Accepted findings"), stay)] if stay else [])]


def family_key(family: str) -> str:
    """Return the key of a criterion's group."""
    return f"kind {family}"


def _is_shown(item: Item, show: Show, here: Key | None) -> bool:
    match show:
        case Show.ERRORS:
            return item.finding.severity is Severity.ERROR
        case Show.FORM:
            return item.place is not None and item.place.entry == here
    return True


def _by_kind(found: Iterable[Line]) -> list[Group]:
    by_family = _sorted(found, lambda line: line.item.rule.family)
    return [
        Group(family_key(family), _(title), tuple(by_family[family]))
        for family, title in FAMILIES.items()
        if family in by_family
    ]


def _by_place(ctx: Context, found: Sequence[Line]) -> list[Group]:
    by_entry = _sorted(found, lambda line: line.item.place.entry if line.item.place else None)
    groups = [
        Group(f"{entry.kind} {entry.id}", entry.text, tuple(by_entry.pop(entry.key)))
        for top in outline.entries(ctx.municipality, ctx)
        for entry in top.walk()
        if entry.key in by_entry
    ]
    rest = [line for others in by_entry.values() for line in others]
    return [*groups, *([Group(_NOWHERE, _(_ELSEWHERE), tuple(rest))] if rest else [])]


def _sorted(found: Iterable[Line], key: Callable[[Line], _T]) -> dict[_T, list[Line]]:
    by: dict[_T, list[Line]] = defaultdict(list)
    for line in found:
        by[key(line)].append(line)
    return dict(by)


def by_family(items: Iterable[Item]) -> Mapping[str, tuple[Counter[Severity], int]]:
    """Return by criterion how many findings there are of each severity, and how many were accepted."""
    counts: dict[str, tuple[Counter[Severity], list[Item]]] = {}
    for item in items:
        severities, stay = counts.setdefault(item.rule.family, (Counter(), []))
        if item.acceptance is None:
            severities[item.finding.severity] += 1
        else:
            stay.append(item)
    return {family: (counts[family][0], len(counts[family][1])) for family in FAMILIES if family in counts}
