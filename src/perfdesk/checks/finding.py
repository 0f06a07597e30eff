"""What a check finds: a sentence with the facts in it, the place it is about, and a fingerprint to keep it by."""

import dataclasses
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final, NotRequired, TypedDict

from perfdesk.i18n import N_, _, printed

PROGRAMME: Final = "programme"
ADMINISTRATION: Final = "administration"
UNIT: Final = "unit"
PLAN: Final = "plan"
GOAL: Final = "goal"
OBJECTIVE: Final = "objective"
TARGET: Final = "target"
INDICATOR: Final = "indicator"
ACTIVITY: Final = "activity"
COST_SHEET: Final = "cost_sheet"
SECTION: Final = "section"
RESOURCE_TABLE: Final = "resource_table"
RESULT: Final = "result"
ACCOUNT: Final = "account"
KINDS: Final = (
    PROGRAMME,
    ADMINISTRATION,
    UNIT,
    PLAN,
    GOAL,
    OBJECTIVE,
    TARGET,
    INDICATOR,
    ACTIVITY,
    COST_SHEET,
    SECTION,
    RESOURCE_TABLE,
    RESULT,
    ACCOUNT,
)


class Severity(StrEnum):
    """How much it matters: the council must not see it, someone should look at it, good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Word(str):
    """A fact that is a msgid: it is said in the language of the sentence around it."""

    __slots__ = ()


class Values(str):
    """A fact that is values of several years; ``BLANK`` in place of one is said in the language of the sentence."""

    __slots__ = ()

    BLANK: ClassVar = "…"

    def said(self, say: Callable[[str], str]) -> str:
        """Return them with a word for those that are blank."""
        return _BLANK.sub(say(N_("none")), self)


class Joint(str):
    """What is told of by the first of several; how many others there are is said in the language of the sentence."""

    __slots__ = ()

    @classmethod
    def of(cls, name: str, others: int) -> "Joint":
        """Return the name of the first with the number of the others behind it."""
        return cls(f"{name} (+{others})")

    def said(self, say: Callable[[str], str]) -> str:
        """Return the name and in words what the number is."""
        name, _space, count = self.rpartition(" ")
        return say(N_("{name} and {count} more of the activities")).format(name=name, count=count.strip("(+)"))


class Listed(str):
    """The first codes of many; how many others there are is said in the language of the sentence."""

    __slots__ = ()

    @classmethod
    def of(cls, codes: Sequence[str], whole: int, kind: str) -> "Listed":
        """Return the codes, with the number of those of ``whole`` that are not named, and of what kind they are."""
        others = whole - len(codes)
        return cls(f"{', '.join(codes)} (+{others} {kind})")

    def said(self, say: Callable[[str], str]) -> str:
        """Return the codes and in words what the number is."""
        codes, _mark, rest = self.rpartition(" (+")
        count, _space, kind = rest.rstrip(")").partition(" ")
        return codes if count == "0" else say(_MORE.get(kind, _MORE[""])).format(codes=codes, count=count)


_MORE: Final[Mapping[str, str]] = {
    INDICATOR: N_("{codes} and {count} more indicators"),
    ACTIVITY: N_("{codes} and {count} more activities"),
    TARGET: N_("{codes} and {count} more targets"),
    COST_SHEET: N_("{codes} and {count} more cost tables"),
    "": N_("{codes} and {count} more"),
}


class Lacking(str):
    """Msgids of what is lacking, one a line; where many lack it, with the number of them behind it."""

    __slots__ = ()

    @classmethod
    def of(cls, *msgids: str) -> "Lacking":
        """Return what one thing lacks."""
        return cls("\n".join(msgids))

    @classmethod
    def together(cls, all_of: Iterable[str]) -> "Lacking":
        """Return what many things lack, with how many lack it."""
        counts = Counter(msgid for one in all_of for msgid in one.split("\n"))
        return cls("\n".join(f"{msgid}\t{count}" for msgid, count in counts.items()))

    def said(self, say: Callable[[str], str]) -> str:
        """Return it in words."""
        parts = (line.partition("\t") for line in self.split("\n"))
        return ", ".join(f"{say(msgid)} ({count})" if count else say(msgid) for msgid, _tab, count in parts)


# standing alone, for a text may hold one, too
_BLANK: Final = re.compile(r"(?<!\S)…(?=,| /|$)")


@dataclass(frozen=True, slots=True)
class Where:
    """The place a finding points to.

    ``id`` is the exchange format's; a cost sheet goes by its first activity, a table by its number, one of the results
    as "unit_tables.3", a section by its key, a plan by its years, an account by its code, and what there is one of has
    none. ``row`` is the row of the file and ``field`` the column meant, a year's value as "values.2025". A
    sub-programme is no kind of its own but a field of the programme: "sub_programmes.71.1", with the column meant after
    another full stop. ``known_by`` is what stays the same of a thing that goes by its number, for the fingerprint.
    """

    kind: str
    id: str = ""
    field: str = ""
    row: int = dataclasses.field(default=0, compare=False)
    known_by: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding: ``message`` is a msgid whose ``{named}`` places the facts fill once it is translated.

    ``subject`` is the place as people call it, with the code in force; it is told with the sentence but is no part of
    the facts, for a code moves when something is put before it. ``told`` fills places as well, with what is no part
    of what was found: codes, limits, and what follows from the facts. A finding that is ``common`` stands for all that
    a rule found.
    """

    rule: str
    severity: Severity
    message: str
    facts: Mapping[str, str]
    where: Where
    subject: str = ""
    common: bool = False
    told: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """What an acceptance is kept by: it holds as long as place, rule and facts are the same, however worded.

        A table that is moved stays the same place. Of a common finding it is of rule and year: how many there
        are changes with every one that is mended.
        """
        if self.common:
            parts: tuple[str, ...] = (self.rule, self.where.kind, self.where.id, "common")
        else:
            facts = [f"{name}={self.facts[name]}" for name in sorted(self.facts)]
            place = self.where.known_by or self.where.id
            parts = (self.rule, self.where.kind, place, self.where.field, *facts)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    def sentence(self) -> str:
        """Return the sentence in the user's language."""
        return self._said(_)

    def printed(self) -> str:
        """Return the sentence as printed reports say it: in Turkish."""
        return self._said(printed)

    def printed_subject(self) -> str:
        """Return what the place is called in printed reports."""
        return self._called(printed)

    def _said(self, say: Callable[[str], str]) -> str:
        facts = {name: _fact(fact, say) for name, fact in (*self.facts.items(), *self.told.items())}
        said = say(self.message).format(**facts)
        # a name that ends in a full stop goes on in the sentence
        return f"{self._called(say).removesuffix('.')}: {said}" if self.subject else said

    def _called(self, say: Callable[[str], str]) -> str:
        return self.subject.said(say) if isinstance(self.subject, Joint) else self.subject


def _fact(fact: str, say: Callable[[str], str]) -> str:
    if isinstance(fact, Values | Listed | Lacking):
        return fact.said(say)
    return say(fact) if isinstance(fact, Word) else fact


class WhereData(TypedDict, total=False):
    """The place as data."""

    kind: str
    id: str
    field: str


class FindingData(TypedDict):
    """A finding as ``perfdesk check --json`` prints it."""

    id: str
    severity: str
    message: str
    where: WhereData
    accepted: NotRequired[str]


def data_of(finding: Finding, accepted: str = "") -> FindingData:
    """Return a finding as data, its sentence in the user's language; ``accepted`` is why it stays as it is."""
    where: WhereData = {"kind": finding.where.kind, "id": finding.where.id}
    if finding.where.field:
        where["field"] = finding.where.field
    data: FindingData = {
        "id": finding.rule,
        "severity": str(finding.severity),
        "message": finding.sentence(),
        "where": where,
    }
    if accepted:
        data["accepted"] = accepted
    return data
