"""What is printed at the foot of each page: of a frozen version, how it is named; of the programme as it is, when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from perfdesk.domain.dates import printed_date
from perfdesk.domain.programme import Version
from perfdesk.tables.layout import fill

_BETWEEN: Final = " · "


def stamp(version: Version, labels: Mapping[str, str]) -> str:
    """Return a version's stamp: number, date, the council's decision with its date where there is one, and the hash."""
    decision = labels["version.decided" if version.decision_date else "version.decision"]
    parts = (
        fill(labels["version.number"], number=version.number, date=printed_date(version.date)),
        fill(decision, decision=version.decision, date=printed_date(version.decision_date)) if version.decision else "",
        version.hash,
    )
    return _BETWEEN.join(part for part in parts if part)


def working_stamp(now: datetime, labels: Mapping[str, str]) -> str:
    """Return what a paper of the programme as it is now says, so that nobody takes it for one of a frozen version."""
    return fill(labels["version.working"], date=printed_date(now.date().isoformat()), time=f"{now:%H:%M}")
