"""The budget's appropriations from a sheet: shown beside those of the file before they are taken over in one step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from perfdesk.domain.money import total
from perfdesk.domain.programme import Programme
from perfdesk.exchange import sheets
from perfdesk.i18n import N_
from perfdesk.services.editing import costing
from perfdesk.services.editing.fields import Known
from perfdesk.services.editing.order import after_last
from perfdesk.services.files import appropriation_sheets
from perfdesk.services.files.appropriation_sheets import Sheet, Stated
from perfdesk.services.files.bringing import content_of
from perfdesk.services.files.sheet_state import State
from perfdesk.storage.store import Store

IMPORT: Final = N_("import of the budget appropriations")
_BY_CODE: Final = "appropriation_by_code"
_BY_UNIT: Final = "appropriation_by_unit"


@dataclass(frozen=True, slots=True)
class Line:
    """An appropriation as it would be taken over, or a row that would not be.

    ``rows`` are those of the sheet, ``said`` what the first of them is called there and ``name`` what is meant by it.
    ``before`` is the amount in the file, where that is another; ``why`` a row is not taken. One that ``is_total`` is no
    appropriation by itself.
    """

    rows: tuple[int, ...]
    said: str
    name: str
    amount: Decimal | None
    state: State
    before: Decimal | None = None
    why: str = ""
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; ``left`` are codes and units of the file that the sheet lacks, and that stay."""

    by_code: tuple[Line, ...]
    by_unit: tuple[Line, ...]
    left: tuple[str, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All rows, those by code first."""
        return self.by_code + self.by_unit

    def count(self, *states: State) -> int:
        """Return how many rows are so."""
        return sum(line.state in states for line in self.lines)

    @property
    def unread(self) -> int:
        """How many rows with what may be an appropriation are not taken."""
        return sum(line.state is State.WRONG and not line.is_total for line in self.lines)


class _Held(NamedTuple):
    """An appropriation of the file: its row, the code or the row of the unit, what that is called, and the amount."""

    row: int
    key: str | int
    name: str
    amount: Decimal


def read(source: Path, known: Known, year: int) -> Sheet:
    """Return the appropriations of a sheet.

    Raises:
        UserError: the sheet cannot be read, or contradicts itself.
    """
    return appropriation_sheets.parsed(sheets.read_cells(content_of(source)), known, year)


def preview(known: Known, programme: Programme, sheet: Sheet) -> Preview:
    """Return what taking these appropriations over into a programme would do."""
    by_code, by_unit = _held(known, programme)
    lists = ((sheet.by_code, by_code), (sheet.by_unit, by_unit))
    # a list that the sheet does not hold is not touched
    left = [one.name for stated, held in lists if stated for one in held if one.key not in {it.key for it in stated}]
    codes, units = ([_line(one, held) for one in stated] for stated, held in lists)
    for one in sheet.not_taken:
        state = State.WRONG if one.is_wrong else State.NOT_TAKEN
        line = Line((one.row,), one.said, "", one.amount, state, why=one.why, is_total=one.is_total)
        (codes if one.of_codes else units).append(line)
    return Preview(_by_row(codes), _by_row(units), tuple(left))


def take_over(store: Store, known: Known, programme: Programme, sheet: Sheet) -> None:
    """Make appropriations those of a programme, in one step; those that the sheet lacks stay.

    Raises:
        UserError: their sum is too large, or the file cannot be written; nothing is changed then.
    """
    by_code, by_unit = _held(known, programme)
    with store.step(IMPORT):
        for table, column, stated, held in (
            (_BY_CODE, "code", sheet.by_code, by_code),
            (_BY_UNIT, "unit", sheet.by_unit, by_unit),
        ):
            rows = [_row(store, table, column, one, held, programme.row) for one in stated]
            if rows:
                costing.check_limit(store, table, rows[0])


def _row(store: Store, table: str, column: str, one: Stated, held: Sequence[_Held], programme: int) -> int:
    own = [it for it in held if it.key == one.key]
    if not own:
        place = after_last(store, table, programme=programme)
        return store.insert(table, programme=programme, position=place, amount=one.amount, **{column: one.key})
    first, *others = own
    if first.amount != one.amount:
        store.update(table, first.row, amount=one.amount)
    # entered twice: their sum was the appropriation, which the first has now
    for other in others:
        store.delete(table, other.row)
    return first.row


def _line(one: Stated, held: Sequence[_Held]) -> Line:
    own = [it.amount for it in held if it.key == one.key]
    before = total(own)
    if not own:
        return Line(one.rows, one.said, one.name, one.amount, State.NEW)
    if before == one.amount and len(own) == 1:
        return Line(one.rows, one.said, one.name, one.amount, State.SAME)
    return Line(one.rows, one.said, one.name, one.amount, State.CHANGED, before)


def _by_row(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: line.rows))


def _held(known: Known, programme: Programme) -> tuple[list[_Held], list[_Held]]:
    entered = programme.appropriations
    units = {unit.id: unit for unit in known.municipality.units}
    names = known.form.economic_codes
    by_code = [_Held(one.row, one.code, f"{one.code} {names.get(one.code, '')}", one.amount) for one in entered.by_code]
    # a row whose unit has not been chosen yet is none of the sheet's
    by_unit = [
        _Held(one.row, units[one.unit].row, units[one.unit].name, one.amount) for one in entered.by_unit if one.unit
    ]
    return by_code, by_unit
