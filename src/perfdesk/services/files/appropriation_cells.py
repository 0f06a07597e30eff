"""What the cells of a row with appropriations mean: its amounts, its code and its unit, known with certainty."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.administration import Unit
from perfdesk.domain.errors import UserError
from perfdesk.domain.money import KURUS, MAX_AMOUNT
from perfdesk.domain.numbers import format_number, parse_amount, round_half_up, shortened
from perfdesk.exchange.sheets import Cell
from perfdesk.i18n import N_
from perfdesk.services.editing.fields import Known
from perfdesk.services.files.appropriation_heads import Block

# a code with what it is divided into: 01, 1, 01.1, 01.1.1.01; anything but a digit may follow
_PATH: Final = re.compile(r"\W*(\d{1,2})((?:\s*[.,/]\s*\d{1,2})*)(?![.,/]?\d)")
# what computing with binary numbers leaves behind
_NOISE: Final = Decimal("0.0001")


def amount_in(cell: Cell) -> Decimal | None:
    """Return the amount in a cell, None where it is empty.

    Raises:
        UserError: it is none, or a formula that was never computed.
    """
    if cell.is_uncomputed:
        raise UserError(
            N_("the formula of the amount has no value: open the sheet in Excel, save it there and try again")
        )
    if not cell.text:
        return None
    if cell.number is None:
        return parse_amount(cell.text, limit=MAX_AMOUNT)
    number = cell.number
    if abs(round_half_up(number, 2) - number) < _NOISE:
        number = round_half_up(number, 2)
    return parse_amount(format_number(number), limit=MAX_AMOUNT).quantize(KURUS)


def meant(block: Block, texts: Mapping[int, str], known: Known) -> tuple[Unit | None, tuple[str, ...]]:
    """Return the unit and the code that a row is about, one of them or both.

    Raises:
        UserError: it is not clear.
    """
    code, name = texts.get(block.code, ""), texts.get(block.name, "")
    units = known.municipality.units
    if block.unit >= 0:
        unit_text = texts[block.unit]
        if not unit_text:
            raise UserError(
                N_("the unit is missing; of cells that are merged in the sheet only the first row has what they say")
            )
        unit = _unit_named(units, unit_text)
        if unit is None:
            # a part of a name may be meant for a unit that is missing here
            raise UserError(
                N_(
                    "“{typed}” is not among the spending units: only a whole name, an abbreviation or an alias counts. "
                    "Add it under Spending units, as a unit or as the alias of one."
                ),
                typed=shortened(unit_text),
            )
        return unit, _path(code or name, known) if block.code >= 0 else ()
    if not code and not name:
        raise UserError(
            N_("the code is missing; of cells that are merged in the sheet only the first row has what they say")
        )
    # a list of units under the codes that the budget has for these
    of_list = None if _is_named(name, known) else _unit_named(units, name)
    if of_list is not None:
        return of_list, ()
    return None, _path(code or name, known)


def is_code(text: str) -> bool:
    """Return whether a text is written as a code, be it one of the budget's or not."""
    return _PATH.match(text) is not None


def _path(text: str, known: Known) -> tuple[str, ...]:
    """Return a code and what it is divided into: 01.1 as 01 and 1.

    Raises:
        UserError: the text is none of the budget's.
    """
    match = _PATH.match(text)
    if match is not None and (code := match[1].zfill(2)) in known.form.economic_codes:
        return (code, *(part.strip().lstrip("0") or "0" for part in re.split("[.,/]", match[2])[1:]))
    folded = _folded(text)
    named = [code for code, name in known.form.economic_codes.items() if _folded(name) == folded]
    if named:
        return (named[0],)
    raise UserError(
        N_("“{typed}” is not an economic code. Choose one of: {codes}."),
        typed=shortened(text),
        codes=", ".join(known.form.economic_codes),
    )


def _is_named(text: str, known: Known) -> bool:
    return any(_folded(name) == _folded(text) for name in known.form.economic_codes.values())


def _unit_named(units: Sequence[Unit], text: str) -> Unit | None:
    """Return the unit of exactly that name, abbreviation or alias, if there is one.

    Raises:
        UserError: there are several.
    """
    names = ((unit, (unit.name, unit.abbreviation, *unit.aliases)) for unit in units)
    found = [unit for unit, known in names if _folded(text) in map(_folded, filter(None, known))]
    if len(found) > 1:
        raise UserError(
            N_("“{typed}” could mean several spending units: {units}. Write the unit's whole name in the sheet."),
            typed=shortened(text),
            units=", ".join(unit.name for unit in found),
        )
    return found[0] if found else None


def _folded(text: str) -> str:
    return " ".join(turkish.fold(text).split())
