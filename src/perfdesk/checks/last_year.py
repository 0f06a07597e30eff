"""What the rules on taken-over texts and tables need of last year's programme; kept as long as that is the same."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.domain.texts import TextBlock
from perfdesk.tables.mentions import mentions

_YEARS: Final = re.compile(r"\d{4}")

# what tells that two years' tables are one, and the rows
Taken = tuple[str, tuple[ResourceRow, ...]]


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year's programme as a ground of comparison; without one, nothing was taken over.

    ``naming`` are its texts that name its year, ``sections`` the blocks of its parts by key, ``tables`` what its
    resource tables hold. It is compared by these: an edit of its values changes nothing here.
    """

    year: int
    naming: frozenset[str] = frozenset()
    sections: Mapping[str, tuple[TextBlock, ...]] = field(default_factory=dict)
    tables: frozenset[Taken] = frozenset()
    programme: Programme | None = field(default=None, compare=False, repr=False)


def last_year(municipality: Municipality, year: int, before: LastYear | None = None) -> LastYear:
    """Return what there is of the year before ``year``; given what was known before an edit, that if it still holds."""
    last = municipality.programme(year - 1)
    if before is not None and before.year == year - 1 and before.programme is last:
        return before
    if last is None:
        return LastYear(year - 1)
    return LastYear(
        year - 1,
        frozenset(written.text for written in mentions(last, last.year)),
        {section.key: section.blocks for section in last.sections},
        frozenset(map(taken, last.resource_tables)),
        last,
    )


def taken(table: ResourceTable) -> Taken:
    """Return what is the same in two tables if the later one was taken over, whatever year its caption names."""
    return table.kind or caption_of_any_year(table), table.rows


def caption_of_any_year(table: ResourceTable) -> str:
    """Return a table's caption, folded and without the years it names: the next year's is the same."""
    return turkish.fold(_YEARS.sub("", table.caption)).strip()
