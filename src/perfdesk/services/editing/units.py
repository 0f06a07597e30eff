"""Spending units by what a person types: a name, an abbreviation, an alias, or a part that can mean only one."""

from collections.abc import Iterator, Sequence
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.administration import Unit
from perfdesk.domain.errors import UserError
from perfdesk.i18n import N_

# between several names in one field; a name may hold a comma
SEPARATOR: Final = ";"
# as many units as a sentence can name
_UNITS_NAMED: Final = 4


def read_units(units: Sequence[Unit], typed: str) -> list[int]:
    """Return the rows of the spending units typed, several parted by semicolons.

    Raises:
        UserError: a unit is not in the list, or could be several.
    """
    return [unit.row for unit in find_units(units, typed)]


def find_units(units: Sequence[Unit], typed: str) -> list[Unit]:
    """Return the spending units typed, several parted by semicolons.

    Raises:
        UserError: a unit is not in the list, or could be several.
    """
    return [find_unit(units, name) for name in turkish.normalise(typed).split(SEPARATOR) if name.strip()]


def find_unit(units: Sequence[Unit], typed: str) -> Unit:
    """Return the unit a typed name means, whatever the case and the dots.

    Raises:
        UserError: it is not in the list, or could be several.
    """
    name = typed.strip()
    folded = turkish.fold(name)
    found = [unit for unit in units if unit.name == name]
    if not found:
        found = [u for u in units if folded in map(turkish.fold, (u.name, u.abbreviation, *u.aliases))]
    if not found:
        found = [unit for unit in units if folded in turkish.fold(unit.name)]
    if not found:
        raise UserError(
            N_("“{typed}” is not among the spending units. Choose one from the list, or add it under Spending units."),
            typed=name,
        )
    if len(found) > 1:
        raise UserError(
            N_("“{typed}” could mean several spending units: {units}. Choose one from the list."),
            typed=name,
            units=", ".join(unit.name for unit in found[:_UNITS_NAMED]) + ("…" if len(found) > _UNITS_NAMED else ""),
        )
    return found[0]


def unit_choices(units: Sequence[Unit]) -> Iterator[tuple[str, str]]:
    """Yield each unit in use as the name to be entered and the folded names it is found by."""
    for unit in units:
        if unit.name and not unit.inactive:
            yield unit.name, turkish.fold(" ".join((unit.name, unit.abbreviation, *unit.aliases)))
