"""Frozen versions → rows."""

from collections.abc import Iterable
from typing import Protocol

from perfdesk.domain.programme import Version


class Inserter(Protocol):
    """What inserts rows: the store, or a new file being made."""

    def insert(self, table: str, **fields: object) -> int:
        """Insert a row and return its id."""


def fill(to: Inserter, versions: Iterable[Version], programme: int) -> None:
    """Insert a programme's versions; those whose content is not at hand are no versions any more, and left out."""
    for version in versions:
        if version.data:
            insert(to, version, programme)


def insert(to: Inserter, version: Version, programme: int) -> int:
    """Insert a version with its content and return its row."""
    row = to.insert(
        "version",
        programme=programme,
        number=version.number,
        date=version.date,
        decision=version.decision,
        decision_date=version.decision_date,
        note=version.note,
        hash=version.hash,
    )
    to.insert("version_content", id=row, data=version.data)
    return row
