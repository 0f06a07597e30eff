"""Zamanlılık: were the dates kept.

There is no calendar in the file yet; what is known are the dates at which versions went to the council and were
decided on. The dates of reports and of the budget's adoption come with the calendar.
"""

import datetime
from collections.abc import Iterator
from typing import Final

from perfdesk.checks.finding import Severity
from perfdesk.checks.rule import LAW_41_5393, Found, Rule, Scope
from perfdesk.checks.scene import Scene
from perfdesk.domain.programme import Programme
from perfdesk.i18n import N_


def submitted_late(scene: Scene, programme: Programme) -> Iterator[Found]:
    """ZMN-01: the first version went to the council after the month of its budget session."""
    dates = [version.date for version in programme.versions if version.date]
    month, day = scene.settings.submission
    last = datetime.date(programme.year - 1, month, day)
    # ISO texts sort as dates do
    if dates and (first := min(dates)) > last.isoformat():
        yield Found(
            N_(
                "The programme of {year} first went to the council on {date}, after {last}. If the date is right, "
                "accept the finding and say why."
            ),
            {"year": str(programme.year), "date": _shown(first), "last": _shown(last.isoformat())},
            where=scene.programme_place("versions"),
        )


def decided_late(scene: Scene, programme: Programme) -> Iterator[Found]:
    """ZMN-02: decided on in the programme's own year, so certainly after the budget that it should precede."""
    dates = [version.decision_date for version in programme.versions if version.decision_date]
    if dates and (first := min(dates)) >= f"{programme.year:04}-01-01":
        yield Found(
            N_(
                "The council decided on the programme on {date}, when the budget of {year} was already in force. If "
                "the date is right, accept the finding and say why."
            ),
            {"year": str(programme.year), "date": _shown(first)},
            where=scene.programme_place("versions"),
        )


def _shown(date: str) -> str:
    return ".".join(reversed(date.split("-")))


RULES: Final = (
    Rule(
        "ZMN-01",
        N_("Step of the calendar late"),
        Severity.WARNING,
        ((Scope.PROGRAMME, submitted_late),),
        N_("The council deals with the programme before the budget, in October or November."),
        LAW_41_5393,
    ),
    Rule(
        "ZMN-02",
        N_("Programme accepted after the budget"),
        Severity.ERROR,
        ((Scope.PROGRAMME, decided_late),),
        N_("The budget is made from the programme; accepted later, it cannot have been."),
        LAW_41_5393,
    ),
)
