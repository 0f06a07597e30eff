"""Which spending unit is meant by a name typed without a list to choose from."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.administration import Unit
from perfdesk.domain.errors import UserError
from perfdesk.i18n import N_

# names less alike than this are no slip of the fingers
_ALIKE: Final = 0.6
_MOST: Final = 5


def unit_named(units: Sequence[Unit], typed: str) -> Unit:
    """Return the unit of that name, abbreviation or alias, else the only one whose name has the text in it.

    Raises:
        UserError: there is none, or several could be meant; with the names that come near.
    """
    wanted = _folded(typed)
    exact = [unit for unit in units if wanted in _names(unit)]
    found = exact or [unit for unit in units if wanted and any(wanted in name for name in _names(unit))]
    if len(found) == 1:
        return found[0]
    if found:
        names = _listed(found)
        raise UserError(N_("Several spending units could be meant by “{unit}”: {names}."), unit=typed, names=names)
    near = _near(units, wanted)
    if near:
        names = _listed(near)
        raise UserError(N_("There is no spending unit “{unit}”; similar names: {names}."), unit=typed, names=names)
    raise UserError(N_("There is no spending unit “{unit}”."), unit=typed)


def _near(units: Sequence[Unit], wanted: str) -> list[Unit]:
    """Return the units with the most similar names, the most similar first."""

    def likeness(unit: Unit) -> float:
        return max(SequenceMatcher(None, wanted, name, autojunk=False).ratio() for name in _names(unit))

    rated = [(likeness(unit), unit) for unit in units if _names(unit)]
    near = sorted((pair for pair in rated if pair[0] >= _ALIKE), key=lambda pair: -pair[0])
    return [unit for _, unit in near[:_MOST]]


def _names(unit: Unit) -> list[str]:
    return [folded for name in (unit.name, unit.abbreviation, *unit.aliases) if (folded := _folded(name))]


def _folded(text: str) -> str:
    return " ".join(turkish.fold(text).split())


def _listed(units: Sequence[Unit]) -> str:
    return ", ".join(unit.name for unit in units)
