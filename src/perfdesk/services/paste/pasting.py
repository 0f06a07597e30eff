"""Planning a paste: which cell of a block goes where in a grid, how it is read, and what does not fit.

Nothing is written here; the plan is what a person sees before she decides.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from perfdesk.domain import turkish
from perfdesk.services.paste.ground import Ground, PasteCell, Verdict
from perfdesk.services.paste.pasted_block import Block
from perfdesk.services.paste.reading import Beside, Reading, is_english

# cells of a block that may be pasted without asking: as many as are overlooked at a glance once they are there
MOST_UNASKED: Final = 200
# the code that words of a head begin with: "03 Mal ve hizmet", "03-Mal", "(03) Mal"
_CODE: Final = re.compile(r"\W*(\d+)(?!\w|\s*[.,/-]?\s*\d)")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person can choose: columns by the names in the first row, English numbers, what numbers may have meant."""

    by_heads: bool = True
    english: bool = False
    suggested: bool = False


Texts = dict[str, PasteCell]


@dataclass(frozen=True, slots=True)
class PastePlan:
    """What a paste would do. ``rows`` are those of the block, ``columns`` and ``places`` where they go in the grid.

    A place from ``ground.rows`` on is a new row; -1 is nowhere. ``heads`` tells that the first row of the block names
    columns of the grid, ``english`` which columns hold numbers that can only be English. ``overwritten`` counts the
    cells of the grid that hold something else, ``fitting`` those of the block that fit, ``altered`` those that are read
    as other words than stand there.
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
    overwritten: int = 0
    fitting: int = 0
    altered: int = 0

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
    def suggestions(self) -> int:
        """How many cells that do not fit come with a suggestion."""
        return sum(bool(self.rows[row][column].suggestion) for row, column in self.unfit)

    def needs_no_asking(self, *, own: bool) -> bool:
        """Whether there is nothing to decide: a small block that fits, is read as it stands and takes nothing away.

        What a grid of the program itself gave (``own``) may be written over other entries, and columns that are
        computed may be among it.
        """
        if not self.fitting or self.fitting > MOST_UNASKED or self.unfit or self.altered:
            return False
        if self.heads or self.english or self.merged or self.dropped or self.dropped_rows:
            return False
        return not self._skips(own=own) and (own or not self.overwritten)

    def _skips(self, *, own: bool) -> bool:
        """Whether a cell that holds something finds none that takes it."""
        ground = self.ground.columns
        return any(
            cell.verdict is Verdict.SKIPPED and cell.text.strip() and not (own and ground[at].read is None)
            for row in self.rows
            for at, cell in zip(self.columns, row, strict=True)
        )

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
    english = [at for at, _place in enumerate(columns) if is_english(lines, at, columns, ground)]
    readers = [
        Reading(ground, place, english=choices.english and at in english, suggested=choices.suggested)
        for at, place in enumerate(columns)
    ]
    beside = Beside(ground, columns)
    rows, places, unfit = [], [], []
    next_new, overwritten = ground.rows, 0
    for n, line in enumerate(lines):
        at = row + n if row + n < ground.rows else -1
        if at < 0 and ground.can_add and any(reading.fills(text) for reading, text in zip(readers, line, strict=True)):
            at, next_new = next_new, next_new + 1
        others = beside.entries(at, line)
        cells = tuple(reading.cell(at, text, other) for reading, text, other in zip(readers, line, others, strict=True))
        unfit += [(n, x) for x, cell in enumerate(cells) if cell.verdict is Verdict.UNFIT]
        if 0 <= at < ground.rows:
            overwritten += sum(
                reading.replaces(at, cell, other) for reading, cell, other in zip(readers, cells, others, strict=True)
            )
        rows.append(cells)
        places.append(at)
    named = tuple(ground.columns[columns[at]].head for at in english)
    names = block.rows[0] if by_name is not None and choices.by_heads else ()
    return PastePlan(
        ground,
        tuple(rows),
        tuple(columns),
        tuple(places),
        heads,
        named,
        block.merged,
        tuple(unfit),
        names,
        overwritten,
        fitting=sum(cell.verdict is Verdict.FITS for row in rows for cell in row),
        altered=sum(cell.altered for row in rows for cell in row),
    )


def repeated(block: Block, rows: int, columns: int) -> Block:
    """Return a block as often as it goes exactly into a larger selection, or as it is."""
    if not block.rows or rows % len(block.rows) or columns % block.width:
        return block
    wide = tuple(row * (columns // block.width) for row in block.rows)
    return replace(block, rows=wide * (rows // len(block.rows)))


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
