"""The organisation chart: the units' hierarchy as it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from perfdesk.domain.administration import Unit


@dataclass(frozen=True, slots=True)
class Organisation:
    """A box of the organisation chart with the boxes below it."""

    name: str
    below: tuple["Organisation", ...] = ()


def organisation(top: str, units: Sequence[Unit]) -> Organisation:
    """Return the active units as a tree under ``top``, in their own order.

    A unit whose parent is unknown or inactive stands under the next active one above it, else under ``top``; so does
    one whose parents lead back to itself.
    """
    by_id = {unit.id: unit for unit in units}
    children: dict[str, list[Unit]] = {}
    for unit in units:
        if not unit.inactive:
            children.setdefault(_above(unit, by_id), []).append(unit)

    def box(unit: Unit) -> Organisation:
        return Organisation(unit.name, tuple(box(child) for child in children.get(unit.id, ())))

    return Organisation(top, tuple(box(unit) for unit in children.get("", ())))


def _above(unit: Unit, by_id: dict[str, Unit]) -> str:
    """Return the id of the active unit that one stands under, "" for the top."""
    seen = {unit.id}
    found = ""
    parent = by_id.get(unit.parent)
    while parent is not None:
        if parent.id in seen:
            return ""
        seen.add(parent.id)
        if not found and not parent.inactive:
            found = parent.id
        parent = by_id.get(parent.parent)
    return found
