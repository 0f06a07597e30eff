"""The appropriations that a sheet holds, by economic code and by spending unit.

Forgiving about how the sheet is laid out: one list or both, a list of both codes and units, or a grid of units and
codes. Strict about amounts: whatever is not certain is not taken, and each row says what became of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, NamedTuple

from perfdesk.domain.administration import Unit
from perfdesk.domain.errors import UserError
from perfdesk.domain.money import ZERO, total
from perfdesk.domain.numbers import format_number, shortened
from perfdesk.exchange.sheets import Cell, CellRow
from perfdesk.i18n import N_, _
from perfdesk.services.editing.fields import Known
from perfdesk.services.files.appropriation_cells import amount_in, is_code, meant
from perfdesk.services.files.appropriation_heads import Block, block_of, is_total

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
    """A row that is not taken over, and why, in words; ``is_wrong`` where it may have to be mended.

    That of a total is told apart: what is not taken of it is missing nowhere.
    """

    row: int
    said: str
    why: str
    of_codes: bool
    amount: Decimal | None = None
    is_wrong: bool = False
    is_total: bool = False


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


class _Total(NamedTuple):
    """A row of totals of a block's codes or of its units, with its place among what is not taken.

    ``head`` is the row of the heads above it; ``stated`` are its amounts by the codes of a grid, "" for all.
    """

    block: Block
    at: int
    of_units: bool
    head: int
    stated: Mapping[str, Decimal | None]


@dataclass(slots=True)
class _Found:
    entries: list[_Entry] = field(default_factory=list)
    not_taken: list[NotTaken] = field(default_factory=list)
    # the row of the heads that came last, and the code that came last below them
    head: int = 0
    above: tuple[str, ...] = ()
    # codes of which something cannot be read, with what is said of the others of the same code
    broken: dict[tuple[str, ...], str] = field(default_factory=dict)
    # the last row of totals of each block's codes and of its units
    totals: dict[tuple[int, bool], _Total] = field(default_factory=dict)
    # rows that may hold an amount which no sum has, with their blocks
    unread: list[tuple[Block, int]] = field(default_factory=list)


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
            found.head = row.number
            # heads that are repeated on each printed page are those of one list
            if headed != block:
                block, found.above = headed, ()
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

    def leave(why: str, amount: Decimal | None = None, *, is_wrong: bool = True, is_total: bool = False) -> None:
        found.not_taken.append(NotTaken(row.number, said, why, block.of_codes, amount, is_wrong, is_total))
        if is_wrong:
            found.unread.append((block, row.number))

    def refuse(error: UserError) -> None:
        if block.of_both:
            raise UserError(
                N_("In a table of units and codes every row is part of the sums. Row {row} cannot be read: {reason}"),
                row=row.number,
                reason=error,
            )
        leave(error.sentence())

    if any(map(is_total, texts.values())):
        total_row = _total_of(found, block, row)
        found.totals[id(block), total_row.of_units] = total_row
        leave(_("a total, not taken over"), _stated_in_all(total_row), is_wrong=False, is_total=True)
        return
    if not any(cell.text or cell.is_uncomputed for cell in amounts.values()):
        leave(_("no amount, not taken over"), is_wrong=False)
        with suppress(UserError):
            found.above = meant(block, texts, known)[1]
        return
    try:
        unit, path = meant(block, texts, known)
    except UserError as error:
        refuse(error)
        _break_above(found, texts.get(block.code) or texts.get(block.name, ""), row.number)
        return
    found.above = path
    try:
        read = {code: amount_in(cell) for code, cell in amounts.items()}
    except UserError as error:
        refuse(error)
        found.broken[path] = _("row {row} is part of the same code and cannot be read; not taken over").format(
            row=row.number
        )
        return
    for code, amount in read.items():
        if amount is not None:
            found.entries.append(_Entry(row.number, block, said, unit, (code,) if code else path, amount))


def _at(row: CellRow, index: int) -> Cell:
    return row.cells[index] if 0 <= index < len(row.cells) else _NOWHERE


def _break_above(found: _Found, text: str, row: int) -> None:
    """Mark the code above a row whose own code cannot be read: the row may be part of it, or the same in merged cells.

    A code that the budget does not have is another one; only where parts are summed it may be one that is misspelt.
    """
    if found.above and (len(found.above) > 1 or not is_code(text)):
        why = _("the code of row {row} cannot be read and may be this one or a part of it; not taken over")
        found.broken[found.above] = why.format(row=row)


def _total_of(found: _Found, block: Block, row: CellRow) -> _Total:
    stated: dict[str, Decimal | None] = {}
    columns = {**block.amounts, block.total: ""} if block.total >= 0 else block.amounts
    for at, code in columns.items():
        stated[code] = None
        with suppress(UserError):
            stated[code] = amount_in(_at(row, at))
    of_units = bool(found.entries) and found.entries[-1].unit is not None
    return _Total(block, len(found.not_taken), of_units, found.head, stated)


def _stated_in_all(row: _Total) -> Decimal | None:
    if "" in row.stated:
        return row.stated[""]
    amounts = [amount for amount in row.stated.values() if amount is not None]
    return total(amounts) if len(amounts) == len(row.stated) else None


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
    # what a unit has of a code is not what the code has
    met = {one.path for one in entries if one.unit is None}
    broken = {
        path[0]: why
        for path, why in found.broken.items()
        if path and not any(path[:n] in met for n in range(1, len(path)))
    }
    kept = []
    for one in entries:
        if one.unit is None and one.path and one.path[0] in broken:
            why = broken[one.path[0]]
            found.not_taken.append(NotTaken(one.row, one.said, why, True, one.amount, is_wrong=True))
            found.unread.append((one.block, one.row))
        else:
            kept.append(one)
    return kept


def _hold_against_totals(found: _Found, kept: Sequence[_Entry]) -> None:
    """Say beside the last total of a list what its rows come to, where that is something else."""
    for row in found.totals.values():
        left = found.not_taken[row.at]
        # a list that is not known by both may have codes and units below each other, each with a total
        above = [
            one
            for one in kept
            if one.block is row.block
            and one.row < left.row
            and (row.block.of_both or row.of_units == (one.unit is not None))
        ]
        wrong: dict[str, str] = {}
        for code, stated in row.stated.items():
            own = [one for one in above if not code or one.path == (code,)]
            sums = total(one.amount for one in own)
            # that of a printed page has the rows below the page's heads
            if stated not in (None, sums, total(one.amount for one in own if one.row > row.head)):
                wrong[code] = format_number(sums, 2)
        if not wrong:
            continue
        unread = _unread_above(found, row, left.row)
        if "" in wrong and unread:
            why = _(
                "a total, not taken over; the rows above it that could be read come to {amount} TL, rows left out of "
                "this: {count}"
            ).format(amount=wrong[""], count=unread)
        elif "" in wrong:
            why = _("a total, not taken over; the rows above it come to {amount} TL").format(amount=wrong[""])
        else:
            why = _("totals, not taken over; the rows above them come to {amounts}").format(
                amounts=", ".join(f"{code}: {amount} TL" for code, amount in wrong.items())
            )
        found.not_taken[row.at] = replace(left, why=why, is_wrong=True)


def _unread_above(found: _Found, row: _Total, at: int) -> int:
    """Return how many rows of a total's list could not be read; where another list ends above it, below that."""
    ends = (found.not_taken[one.at].row for one in found.totals.values() if one.of_units != row.of_units)
    begin = max((end for end in ends if end < at), default=0)
    return sum(block is row.block and begin < number < at for block, number in found.unread)


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
