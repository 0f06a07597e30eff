"""Rows → frozen versions, without their contents: these are read one by one, where they are asked for."""

from collections.abc import Callable, Iterable
from typing import Any

from perfdesk.domain.programme import Version


def versions(select: Callable[[str], Iterable[Any]]) -> dict[int, tuple[Version, ...]]:
    """Return the versions of each programme (row), by number; ``select`` gives what a query gives."""
    found: dict[int, tuple[Version, ...]] = {}
    for programme, row, number, date, decision, decision_date, note, hash_ in select(
        "SELECT programme, id, number, date, decision, decision_date, note, hash FROM version ORDER BY number"
    ):
        version = Version(number, date, decision, decision_date, note, hash_, row=row)
        found[programme] = (*found.get(programme, ()), version)
    return found
