"""A year's programme deleted from the file, as one step; what all years share stays."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.domain.totals import ledger
from perfdesk.i18n import N_
from perfdesk.storage.store import Store

LABEL: Final = N_("deleting a year")


@dataclass(frozen=True, slots=True)
class Going:
    """How much goes with a year, and the total of its programme in lira."""

    year: int
    targets: int
    indicators: int
    activities: int
    sections: int
    resource_tables: int
    results: int
    versions: int
    total: Decimal


def can_delete(municipality: Municipality) -> bool:
    """Whether a year can go: without any programme nothing could be begun in the file again."""
    return len(municipality.programmes) > 1


def going_with(municipality: Municipality, year: int) -> Going:
    """Return what is deleted with a year's programme.

    Raises:
        UserError: there is none, or no other one.
    """
    programme = _deletable(municipality, year)
    holders = list(programme.holders())
    return Going(
        year=year,
        targets=len(programme.targets),
        indicators=sum(len(holder.indicators) for holder in holders),
        activities=sum(len(holder.activities) for holder in holders),
        sections=sum(bool(section.blocks) for section in programme.sections),
        resource_tables=len(programme.resource_tables),
        results=len(programme.results.indicators) + len(programme.results.activities),
        versions=len(programme.versions),
        total=ledger(programme).grand_total.total,
    )


def delete_year(store: Store, year: int) -> None:
    """Delete a year's programme with all it holds.

    Raises:
        UserError: there is none, or no other one, or the file cannot be written.
    """
    programme = _deletable(store.load(), year)
    with store.step(LABEL):
        store.delete("programme", programme.row)


def _deletable(municipality: Municipality, year: int) -> Programme:
    """Return a year's programme, which may go."""
    programme = municipality.programme(year)
    if programme is None:
        raise UserError(N_("The file holds no programme of {year}."), year=year)
    if not can_delete(municipality):
        raise UserError(N_("The programme of {year} is the only one of the file and cannot be deleted."), year=year)
    return programme
