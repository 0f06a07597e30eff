"""A rule of the checks: what it looks at, why it matters, and the function that finds."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from perfdesk.checks.finding import Severity, Where
from perfdesk.domain.programme import SubProgramme, Target
from perfdesk.i18n import N_

Holder = Target | SubProgramme

# the families in the order of the criteria, by the first letters of their rules
FAMILIES: Final[Mapping[str, str]] = {
    "MVC": N_("Presence"),
    "ZMN": N_("Timeliness"),
    "ILG": N_("Relevance"),
    "OLC": N_("Measurability"),
    "TNM": N_("Being well defined"),
    "MAL": N_("Money"),
    "KYN": N_("Resources"),
    "YAZ": N_("Wording"),
    "TUT": N_("Consistency of the results"),
    "GCR": N_("Reasons for deviations"),
    "DGR": N_("Evidence"),
    "SNM": N_("Presentation of the report"),
}
# the criteria of the report on a year, which is written when there are results
OF_REPORTS: Final = ("TUT", "GCR", "DGR", "SNM")


class Scope(StrEnum):
    """What a rule is asked about, one at a time; what it finds there is kept as long as that stays the same object."""

    PROGRAMME = "programme"
    TARGET = "target"
    SUB_PROGRAMME = "sub_programme"
    INDICATOR = "indicator"
    ACTIVITY = "activity"
    COST_SHEET = "cost_sheet"
    RESULT = "result"
    RESOURCE_TABLE = "resource_table"
    RESULT_TABLE = "result_table"
    SECTION = "section"


_OF_RESULTS: Final = (Scope.RESULT, Scope.RESULT_TABLE)


class Held(NamedTuple):
    """An indicator, activity or cost sheet, and the target or sub-programme that holds it."""

    holder: Holder
    record: Any


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule's function says: a msgid, its facts, and where they differ from the rule's the place and severity.

    ``told`` is what the sentence tells besides the facts; see ``Finding``.
    """

    message: str
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)
    field: str = ""
    where: Where | None = None
    subject: str = ""
    severity: Severity | None = None
    told: Mapping[str, str] = dataclasses.field(default_factory=dict)


Look = Callable[[Any, Any], Iterable[Found]]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A check by its id.

    ``looks`` are functions that are given the scene and, one at a time, what their scope names. Where nearly all that
    ``applies`` selects lack the same thing, the sentence ``together`` stands once in place of hundreds, or
    ``together_all`` where it is not nearly all but all. A rule that looks at ``names``, those of units and of the plan,
    is asked again when these change. ``of_report`` is one that looks at what only the report on the year has, such as
    its accounts and tables, though its family is one of the programme's.
    """

    id: str
    title: str
    severity: Severity
    looks: tuple[tuple[Scope, Look], ...]
    reason: str
    basis: str
    together: str = ""
    applies: Callable[[Any, Any], bool] | None = None
    names: bool = False
    together_all: str = ""
    of_report: bool = False

    @property
    def family(self) -> str:
        """The criterion's letters."""
        return self.id[:3]

    @property
    def is_of_report(self) -> bool:
        """Whether it is about the report on the year, so that the programme can go to the council without it."""
        return self.of_report or self.family in OF_REPORTS

    @property
    def is_of_results(self) -> bool:
        """Whether all it looks at are results."""
        return all(scope in _OF_RESULTS for scope, _look in self.looks)


# what the rules rest on
LAW_9: Final = N_("Law 5018, article 9")
LAW_41: Final = N_("Law 5018, article 41")
LAW_41_5393: Final = N_("Law 5393, article 41")
LAW_56_5393: Final = N_("Law 5393, article 56")
LOCAL_BUDGETS: Final = N_("Regulation on the budget and accounting of local governments")
GUIDE: Final = N_("Performance programme guide")
AUDIT: Final = N_("Performance information audit of the court of accounts")
REPORT: Final = N_("Regulation on the activity reports to be prepared by public administrations")
SPELLING: Final = N_("Spelling guide of the Turkish Language Association")
