"""What is printed at the foot of each page of a frozen version, and how a version is named in print."""

from collections.abc import Mapping
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
