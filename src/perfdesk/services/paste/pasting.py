"""Planning a paste: which cell of a block goes where in a grid, how it is read, and what does not fit.

Nothing is written here; the plan is what a person sees before she decides.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from perfdesk.domain import texts, turkish
from perfdesk.domain.errors import UserError
from perfdesk.domain.numbers import format_number, parse_number, shortened
from perfdesk.i18n import N_
from perfdesk.services.editing import fields
from perfdesk.services.editing.fields import Known
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.services.editing.units import SEPARATOR, find_unit
from perfdesk.services.editing.values import read_value
from perfdesk.services.paste.pasted_block import Block
from perfdesk.tables.table import Column, ColumnKind

Reader = Callable[[str], str]

# the tables whose grids hold numbers that are no fields: values of years, amounts by code
_WITH_NUMBERS: Final = ("indicator", "indicator_value", "activity", "cost_sheet_activity")
# what a column that is too narrow for its numbers shows in a spreadsheet
_TOO_NARROW: Final = re.compile("#{2,}")
# the code that words of a head begin with: "03 Mal ve hizmet", "03-Mal", "(03) Mal"
_CODE: Final = re.compile(r"\W*(\d+)(?!\w|\s*[.,/-]?\s*\d)")
_ENGLISH: Final = re.compile(r"-?(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d+)?")
_TO_TURKISH: Final = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class PasteColumn:
    """A column of the grid; ``read`` says how a text would be stored or raises, None where nothing can be typed.

    A block's column may be headed by one of ``names`` as well, or by words that begin with the ``code``.
    """

    key: str
    head: str
    read: Reader | None
    numeric: bool = False
    names: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """The grid a block is to be pasted into: its columns, its rows up to the last, and which cells take an entry.

    The last ``unshown`` columns are not in sight: they take what is headed by their names.
    """

    columns: Sequence[PasteColumn]
    rows: int
    can_add: bool = False
    takes: Callable[[int, int], bool] = lambda _row, _column: True
    unshown: int = 0


class Verdict(StrEnum):
    """What becomes of a cell of the block."""

    FITS = "fits"
    UNFIT = "unfit"
    # the cell of the grid takes no entry
    SKIPPED = "skipped"
    # there is no cell for it
    DROPPED = "dropped"


class PasteCell(NamedTuple):
    """A cell of the block: the text that is typed for it, how it is read, or why it does not fit."""

    verdict: Verdict
    text: str
    shown: str = ""
    error: UserError | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person can choose: take the columns by the names in the first row, read English numbers."""

    by_heads: bool = True
    english: bool = False


Texts = dict[str, PasteCell]


@dataclass(frozen=True, slots=True)
class PastePlan:
    """What a paste would do. ``rows`` are those of the block, ``columns`` and ``places`` where they go in the grid.

    A place from ``ground.rows`` on is a new row; -1 is nowhere. ``heads`` tells that the first row of the block names
    columns of the grid, ``english`` which columns hold numbers that can only be English.
    """

    ground: Ground
    rows: tuple[tuple[PasteCell, ...], ...]
    columns: tuple[int, ...]
    places: tuple[int, ...]
    heads: bool = False
    english: tuple[str, ...] = ()
    merged: int = 0
    unfit: tuple[tuple[int, int], ...] = field(default=())
    # what the block's columns are headed by, where they go by that
    names: tuple[str, ...] = ()

    @property
    def overwritten(self) -> int:
        """How many rows of the grid are written into."""
        return sum(0 <= place < self.ground.rows for place in self.places)

    @property
    def added(self) -> int:
        """How many rows are added."""
        return sum(place >= self.ground.rows for place in self.places)

    @property
    def dropped(self) -> tuple[int, ...]:
        """The block's columns that hold something and have none in the grid."""
        return tuple(
            n for n, at in enumerate(self.columns) if at < 0 and any(line[n].text.strip() for line in self.rows)
        )

    @property
    def brought(self) -> tuple[str, ...]:
        """The keys of the columns that are not in sight yet, and into which something goes."""
        shown = len(self.ground.columns) - self.ground.unshown
        return tuple(self.ground.columns[at].key for at in self.columns if at >= shown)

    @property
    def dropped_rows(self) -> int:
        """How many rows of the block that hold something have no place in the grid."""
        return sum(
            place < 0 and any(cell.text.strip() for cell in row)
            for place, row in zip(self.places, self.rows, strict=True)
        )

    @property
    def skipped(self) -> tuple[str, ...]:
        """The heads of the columns in which nothing can be typed."""
        ground = self.ground.columns
        return tuple(ground[at].head for at in self.columns if at >= 0 and ground[at].read is None)

    @property
    def fitting(self) -> int:
        """How many cells fit."""
        return sum(cell.verdict is Verdict.FITS for row in self.rows for cell in row)

    def chosen(self, *, unfit: bool) -> tuple[dict[int, Texts], list[Texts]]:
        """Return what is to be written: into rows of the grid by their place, and as new rows; by column."""
        wanted = (Verdict.FITS, Verdict.UNFIT) if unfit else (Verdict.FITS,)
        present: dict[int, Texts] = {}
        new: list[Texts] = []
        for place, row in zip(self.places, self.rows, strict=True):
            if place < 0:
                continue
            cells = {
                self.ground.columns[at].key: cell
                for at, cell in zip(self.columns, row, strict=True)
                if cell.verdict in wanted and (cell.text or place < self.ground.rows)
            }
            if cells and place < self.ground.rows:
                present[place] = cells
            elif cells:
                new.append(cells)
        return present, new


def plan(block: Block, ground: Ground, row: int, column: int, choices: Choices = Choices()) -> PastePlan:
    """Return what would happen if a block were pasted with its top left cell at a place of the grid."""
    by_name = _by_heads(block, ground)
    heads = by_name is not None
    if by_name is not None and choices.by_heads:
        lines, columns = block.rows[1:], by_name
    else:
        lines = block.rows
        shown = len(ground.columns) - ground.unshown
        columns = [at if at < shown else -1 for at in range(column, column + block.width)]
    english = [at for at, _place in enumerate(columns) if _is_english(lines, at, columns, ground)]
    readers = [_Reading(ground, place, english=choices.english and at in english) for at, place in enumerate(columns)]
    rows, places, unfit = [], [], []
    next_new = ground.rows
    for n, line in enumerate(lines):
        at = row + n if row + n < ground.rows else -1
        if at < 0 and ground.can_add and any(reading.fills(text) for reading, text in zip(readers, line, strict=True)):
            at, next_new = next_new, next_new + 1
        cells = tuple(reading.cell(at, text) for reading, text in zip(readers, line, strict=True))
        unfit += [(n, x) for x, cell in enumerate(cells) if cell.verdict is Verdict.UNFIT]
        rows.append(cells)
        places.append(at)
    named = tuple(ground.columns[columns[at]].head for at in english)
    names = block.rows[0] if by_name is not None and choices.by_heads else ()
    return PastePlan(
        ground, tuple(rows), tuple(columns), tuple(places), heads, named, block.merged, tuple(unfit), names
    )


def repeated(block: Block, rows: int, columns: int) -> Block:
    """Return a block as often as it goes exactly into a larger selection, or as it is."""
    if not block.rows or rows % len(block.rows) or columns % block.width:
        return block
    wide = tuple(row * (columns // block.width) for row in block.rows)
    return Block(wide * (rows // len(block.rows)), block.merged)


def turkish_number(text: str) -> str | None:
    """Return a number in English notation as it is typed in Turkish; None where it is none."""
    compact = "".join(text.split())
    return compact.translate(_TO_TURKISH) if compact.isascii() and _ENGLISH.fullmatch(compact) else None


class _Reading:
    """How the cells of one column of the block are read; equal texts are read once."""

    def __init__(self, ground: Ground, place: int, *, english: bool) -> None:
        self._ground = ground
        self._place = place
        self._english = english
        self._read = ground.columns[place].read if place >= 0 else None
        self._known: dict[str, PasteCell] = {}

    def fills(self, text: str) -> bool:
        """Whether a new row would have something in this column."""
        return self._read is not None and bool(text.strip())

    def cell(self, row: int, text: str) -> PasteCell:
        if row < 0 or self._place < 0:
            return PasteCell(Verdict.DROPPED, text, text)
        if self._read is None or (row < self._ground.rows and not self._ground.takes(row, self._place)):
            return PasteCell(Verdict.SKIPPED, text, text)
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._judged(text, self._read)
        return found

    def _judged(self, text: str, read: Reader) -> PasteCell:
        typed = turkish_number(text) if self._english else None
        typed = text if typed is None else typed
        try:
            if self._ground.columns[self._place].numeric and _TOO_NARROW.fullmatch(typed.strip()):
                raise UserError(
                    N_("“{typed}”: the spreadsheet's column is too narrow for its number. Widen it and copy again."),
                    typed=shortened(typed),
                )
            return PasteCell(Verdict.FITS, typed, read(typed))
        except UserError as error:
            return PasteCell(Verdict.UNFIT, text, text, error)


def _by_heads(block: Block, ground: Ground) -> list[int] | None:
    """Return the grid's column for each of the block's if its first row names columns, and rows follow it."""
    if len(block.rows) == 1:
        return None
    names: dict[str, int] = {}
    for at, column in enumerate(ground.columns):
        for name in (column.head, *column.names):
            names.setdefault(_folded(name), at)
    codes = {column.code: at for at, column in enumerate(ground.columns) if column.code}
    first = [_folded(text) for text in block.rows[0]]
    found = [names.get(text, _by_code(text, codes)) if text else -1 for text in first]
    known = {at for at in found if at >= 0}
    if not known or len(known) * 2 < sum(map(bool, first)):
        return None
    if len(known) == 1 and not any(text in names for text in first):
        # names of a list may be numbered, too
        return None
    taken: set[int] = set()
    columns = []
    for at in found:
        # a name that stands twice is taken once
        columns.append(-1 if at in taken else at)
        taken.add(at)
    return columns


def _by_code(text: str, codes: Mapping[str, int]) -> int:
    """Return the column whose code a head begins with; "03.2" is another code than "03"."""
    match = _CODE.match(text)
    return codes.get(match[1], -1) if match else -1


def _folded(text: str) -> str:
    return " ".join(turkish.fold(text).split())


def _is_english(lines: Sequence[Sequence[str]], at: int, columns: Sequence[int], ground: Ground) -> bool:
    """Whether all numbers of a column can be read as English ones, and not all of them as Turkish ones."""
    column = ground.columns[columns[at]] if columns[at] >= 0 else None
    if column is None or column.read is None or not column.numeric:
        return False
    certain = False
    for text in {line[at].strip() for line in lines} - {"", "-"}:
        if turkish_number(text) is None:
            return False
        certain = certain or not _is_turkish(text)
    return certain


def _is_turkish(text: str) -> bool:
    try:
        parse_number(text)
    except UserError:
        return False
    return True


# --- how columns are read ---------------------------------------------------------------------------------------------


def reader(known: Known, table: str, column: Column) -> Reader:
    """Return how a grid's column of a table reads a text: a field as its kind does, others by what they hold."""
    kind = RECORD_TYPES.get(table)
    found = kind.fields.get(column.key) if kind else None
    if found is not None:
        return lambda text: _shown(found, text, known)
    if table in _WITH_NUMBERS:
        match column.kind:
            case ColumnKind.VALUE:
                return lambda text: read_value(text).display()
            case ColumnKind.AMOUNT:
                return lambda text: format_number(amount) if (amount := fields.read_amount(text)) else ""
    if column.key == "units":
        return lambda text: f"{SEPARATOR} ".join(_units(text, known))
    return texts.typed


def _units(text: str, known: Known) -> Iterator[str]:
    for name in turkish.normalise(text).split(SEPARATOR):
        if name.strip():
            yield find_unit(known.municipality.units, name).name


def _shown(found: fields.Field, text: str, known: Known) -> str:
    value = found.read(text, known)
    if isinstance(found, fields.UnitOfList):
        # it is stored by its row, and shown by its id
        return next((unit.name for unit in known.municipality.units if unit.row == value), "")
    if type(found).__module__ != fields.__name__:
        return turkish.normalise(text)
    return found.show(value, known)
