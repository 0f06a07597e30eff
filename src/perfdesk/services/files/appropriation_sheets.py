"""The appropriations that a sheet holds, by economic code and by spending unit.

Forgiving about how the sheet is laid out: one list or both, a list of both codes and units, or a grid of units and
codes. Strict about amounts: whatever is not certain is not taken, and each row says what became of it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.administration import Unit
from perfdesk.domain.errors import UserError
from perfdesk.domain.money import KURUS, MAX_AMOUNT, ZERO, total
from perfdesk.domain.numbers import format_number, parse_amount, round_half_up, shortened
from perfdesk.exchange.sheets import Cell, CellRow
from perfdesk.i18n import N_, _
from perfdesk.services.editing.fields import Known
from perfdesk.services.editing.units import find_unit
from perfdesk.services.files.appropriation_heads import Block, block_of

# a code with what it is divided into: 01, 1, 01.1, 01.1.1.01; anything but a digit may follow
_PATH: Final = re.compile(r"\W*(\d{1,2})((?:\s*[.,/]\s*\d{1,2})*)(?![.,/]?\d)")
_TOTALS: Final = ("toplam", "total")
# what computing with binary numbers leaves behind
_NOISE: Final = Decimal("0.0001")
_NOWHERE: Final = Cell("")


@dataclass(frozen=True, slots=True)
class Stated:
    """An appropriation as the sheet has it: its code or the row of its unit, and the rows that it is the sum of.

    ``said`` is what the first of them is called there.
    """

    key: str | int
    name: str
    amount: Decimal
    rows: tuple[int, ...]
    said: str


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A row that is not taken over, and why, in words; ``is_wrong`` where it may have to be mended."""

    row: int
    said: str
    why: str
    of_codes: bool
    amount: Decimal | None = None
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read from a sheet; a list that it does not hold is empty."""

    by_code: tuple[Stated, ...]
    by_unit: tuple[Stated, ...]
    not_taken: tuple[NotTaken, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    row: int
    block: Block
    said: str
    unit: Unit | None
    path: tuple[str, ...]
    amount: Decimal


@dataclass(slots=True)
class _Found:
    entries: list[_Entry] = field(default_factory=list)
    not_taken: list[NotTaken] = field(default_factory=list)
    # codes whose amount cannot be read, with the rows where they stand
    broken: dict[tuple[str, ...], int] = field(default_factory=dict)
    # the last row of totals of each block, with its place among what is not taken
    totals: dict[int, tuple[Block, int]] = field(default_factory=dict)


def parsed(rows: Sequence[CellRow], known: Known, year: int) -> Sheet:
    """Return the appropriations that the rows of a sheet hold.

    Raises:
        UserError: there are none, the columns are not there, or rows contradict each other.
    """
    found = _Found()
    block: Block | None = None
    for row in rows:
        headed = block_of(row, known.form.economic_codes, year)
        if headed is not None:
            block = headed
        elif block is not None:
            _read(found, block, row, known)
    if block is None:
        raise UserError(
            N_(
                "No row of the sheet heads its columns. It needs a column of economic codes or of spending units, and "
                "one of amounts, e.g.: Economic code, Appropriation."
            )
        )
    _refuse_twice(found.entries, known)
    kept = _whole(found, _topmost(found))
    if not kept and not found.not_taken:
        raise UserError(N_("The sheet holds no appropriation."))
    _hold_against_totals(found, kept)
    by_code = [one for one in kept if one.path]
    by_unit = [one for one in kept if one.unit is not None]
    return Sheet(
        # a list of its own says more than the sums of another
        _summed([one for one in by_code if one.unit is None] or by_code, lambda one: _code_of(one, known)),
        _summed([one for one in by_unit if not one.path] or by_unit, _unit_of),
        tuple(sorted(found.not_taken, key=lambda one: one.row)),
    )


# --- a row ------------------------------------------------------------------------------------------------------------


def _read(found: _Found, block: Block, row: CellRow, known: Known) -> None:
    texts = {at: " ".join(_at(row, at).text.split()) for at in (block.code, block.name, block.unit)}
    said = shortened(" ".join(text for at, text in texts.items() if at >= 0 and text))
    amounts = {code: _at(row, at) for at, code in block.amounts.items()}
    if not said and not any(cell.text or cell.is_uncomputed for cell in amounts.values()):
        return

    def leave(why: str, amount: Decimal | None = None, *, is_wrong: bool = True) -> None:
        found.not_taken.append(NotTaken(row.number, said, why, block.of_codes, amount, is_wrong))

    def refuse(error: UserError) -> None:
        if block.of_both:
            raise UserError(
                N_("In a table of units and codes every row is part of the sums. Row {row} cannot be read: {reason}"),
                row=row.number,
                reason=error,
            )
        leave(error.sentence())

    if any(_is_total(text) for text in texts.values()):
        sums = _at(row, block.total) if block.total >= 0 else next(iter(amounts.values()))
        found.totals[id(block)] = (block, len(found.not_taken))
        leave(_("a total, not taken over"), _total_of(sums), is_wrong=False)
        return
    if not any(cell.text or cell.is_uncomputed for cell in amounts.values()):
        leave(_("no amount, not taken over"), is_wrong=False)
        return
    try:
        unit, path = _meant(block, texts, known)
    except UserError as error:
        refuse(error)
        return
    try:
        read = {code: _amount(cell) for code, cell in amounts.items()}
    except UserError as error:
        refuse(error)
        found.broken[path] = row.number
        return
    for code, amount in read.items():
        if amount is not None:
            found.entries.append(_Entry(row.number, block, said, unit, (code,) if code else path, amount))


def _at(row: CellRow, index: int) -> Cell:
    return row.cells[index] if 0 <= index < len(row.cells) else _NOWHERE


def _is_total(text: str) -> bool:
    words = "".join(letter if letter.isalnum() else " " for letter in turkish.fold(text)).split()
    # "toplum" is something else
    return any(word.startswith(_TOTALS) for word in words)


def _amount(cell: Cell) -> Decimal | None:
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


def _total_of(cell: Cell) -> Decimal | None:
    try:
        return _amount(cell)
    except UserError:
        return None


def _meant(block: Block, texts: Mapping[int, str], known: Known) -> tuple[Unit | None, tuple[str, ...]]:
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
        unit = find_unit(units, unit_text)
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
    """Return the unit of exactly that name, abbreviation or alias, if there is one."""
    names = ((unit, (unit.name, unit.abbreviation, *unit.aliases)) for unit in units)
    found = [unit for unit, known in names if _folded(text) in map(_folded, filter(None, known))]
    return found[0] if len(found) == 1 else None


def _folded(text: str) -> str:
    return " ".join(turkish.fold(text).split())


# --- all rows ---------------------------------------------------------------------------------------------------------


def _refuse_twice(entries: Iterable[_Entry], known: Known) -> None:
    met: dict[tuple[int, tuple[str, ...]], _Entry] = {}
    for one in entries:
        first = met.setdefault((one.unit.row if one.unit else 0, one.path), one)
        if first is not one:
            raise UserError(
                N_("Rows {first} and {row} are both about “{name}”. Keep one of them in the sheet and try again."),
                first=first.row,
                row=one.row,
                name=_called(one, known),
            )


def _called(one: _Entry, known: Known) -> str:
    code = ".".join(one.path)
    called = f"{code} {known.form.economic_codes[code]}" if code in known.form.economic_codes else code
    return " – ".join(filter(None, (one.unit.name if one.unit else "", called)))


def _topmost(found: _Found) -> list[_Entry]:
    """Return the entries without those that are part of another: 01.1 where there is 01, too."""
    met = {(one.unit.row if one.unit else 0, one.path): one.row for one in found.entries}
    kept = []
    for one in found.entries:
        unit = one.unit.row if one.unit else 0
        above = next((at for n in range(1, len(one.path)) if (at := met.get((unit, one.path[:n]))) is not None), 0)
        if above:
            why = _("part of row {row}, not taken over").format(row=above)
            found.not_taken.append(NotTaken(one.row, one.said, why, one.block.of_codes, one.amount))
        else:
            kept.append(one)
    return kept


def _whole(found: _Found, entries: Sequence[_Entry]) -> list[_Entry]:
    """Return the entries without those of a code of which another part cannot be read: the sum would be too small."""
    met = {one.path for one in entries}
    broken = {
        path[0]: row
        for path, row in found.broken.items()
        if path and not any(path[:n] in met for n in range(1, len(path)))
    }
    kept = []
    for one in entries:
        if one.unit is None and one.path and one.path[0] in broken:
            why = _("row {row} is part of the same code and cannot be read; not taken over")
            left = why.format(row=broken[one.path[0]])
            found.not_taken.append(NotTaken(one.row, one.said, left, True, one.amount, is_wrong=True))
        else:
            kept.append(one)
    return kept


def _hold_against_totals(found: _Found, kept: Sequence[_Entry]) -> None:
    """Say beside the last total of a list what its rows come to, where that is something else."""
    for block, at in found.totals.values():
        stated = found.not_taken[at]
        sums = total(one.amount for one in kept if one.block is block and one.row < stated.row)
        if stated.amount is not None and stated.amount != sums:
            why = _("a total, not taken over; the rows above it come to {amount} TL")
            found.not_taken[at] = replace(stated, why=why.format(amount=format_number(sums, 2)), is_wrong=True)


def _code_of(one: _Entry, known: Known) -> tuple[str | int, str]:
    code = one.path[0]
    return code, f"{code} {known.form.economic_codes[code]}"


def _unit_of(one: _Entry) -> tuple[str | int, str]:
    assert one.unit is not None
    return one.unit.row, one.unit.name


def _summed(entries: Iterable[_Entry], known_by: Callable[[_Entry], tuple[str | int, str]]) -> tuple[Stated, ...]:
    sums: dict[str | int, Stated] = {}
    for one in entries:
        key, name = known_by(one)
        so_far = sums.get(key) or Stated(key, name, ZERO, (), one.said)
        rows = tuple(dict.fromkeys((*so_far.rows, one.row)))
        sums[key] = replace(so_far, amount=so_far.amount + one.amount, rows=rows)
    return tuple(sums.values())
