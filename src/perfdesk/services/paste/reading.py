"""How the cells of a block are read: each text once, English numbers and suggestions where that is wanted."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.errors import UserError
from perfdesk.domain.numbers import parse_number, shortened
from perfdesk.i18n import N_
from perfdesk.services.paste.ground import Ground, PasteCell, Reader, Verdict

# what a column that is too narrow for its numbers shows in a spreadsheet
_TOO_NARROW: Final = re.compile("#{2,}")
_ENGLISH: Final = re.compile(r"-?(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d+)?")
_TO_TURKISH: Final = str.maketrans(",.", ".,")


def turkish_number(text: str) -> str | None:
    """Return a number in English notation as it is typed in Turkish; None where it is none."""
    compact = "".join(text.split())
    return compact.translate(_TO_TURKISH) if compact.isascii() and _ENGLISH.fullmatch(compact) else None


class Reading:
    """How the cells of one column of the block are read; equal texts are read once."""

    def __init__(self, ground: Ground, place: int, *, english: bool, suggested: bool) -> None:
        self._ground = ground
        self._place = place
        self._english = english
        self._suggested = suggested
        self._read = ground.columns[place].read if place >= 0 else None
        self._read_beside = ground.columns[place].read_beside if place >= 0 else None
        self._known: dict[tuple[str, str], PasteCell] = {}

    def fills(self, text: str) -> bool:
        """Whether a new row would have something in this column."""
        return self._read is not None and bool(text.strip())

    def cell(self, row: int, text: str, beside: str) -> PasteCell:
        """Return what becomes of a text in a row of the grid, with what stands ``beside`` it there."""
        if row < 0 or self._place < 0:
            return PasteCell(Verdict.DROPPED, text, text)
        if self._read is None or (row < self._ground.rows and not self._ground.takes(row, self._place)):
            return PasteCell(Verdict.SKIPPED, text, text)
        found = self._known.get((text, beside))
        if found is None:
            read = self._read_beside(beside) if self._read_beside is not None else self._read
            found = self._known[text, beside] = self._judged(text, read)
            if self._suggested and found.suggestion:
                found = self._known[text, beside] = self._judged(found.suggestion, read)
        return found

    def replaces(self, row: int, cell: PasteCell, beside: str) -> bool:
        """Whether what stands in a cell of the grid is something else than what comes there."""
        if cell.verdict not in (Verdict.FITS, Verdict.UNFIT):
            return False
        held = self._ground.holds(row, self._place)
        if not held.strip() or held == cell.text:
            return False
        there = self.cell(row, held, beside)
        # what stands there and is wrong is not read at all
        return cell.verdict is Verdict.UNFIT or there.verdict is Verdict.UNFIT or there.shown != cell.shown

    def _judged(self, text: str, read: Reader) -> PasteCell:
        typed = turkish_number(text) if self._english else None
        typed = text if typed is None else typed
        numeric = self._ground.columns[self._place].numeric
        try:
            if numeric and _TOO_NARROW.fullmatch(typed.strip()):
                raise UserError(
                    N_("“{typed}”: the spreadsheet's column is too narrow for its number. Widen it and copy again."),
                    typed=shortened(typed),
                )
            shown = read(typed)
            # numbers are read strictly: what is read at all is read as it stands
            altered = not numeric and _bare(typed) != _bare(shown)
            return PasteCell(Verdict.FITS, typed, shown, altered=altered)
        except UserError as error:
            return PasteCell(Verdict.UNFIT, text, text, error)


class Beside:
    """What stands beside the cells that are read by it: in the block, or else in the row of the grid."""

    def __init__(self, ground: Ground, columns: Sequence[int]) -> None:
        self._ground = ground
        keys = {column.key: at for at, column in enumerate(ground.columns)}
        wanted = [ground.columns[at].beside if at >= 0 else "" for at in columns]
        # the place in the grid, and in the block, or -1
        self._places = [keys.get(key, -1) if key else -1 for key in wanted]
        self._in_block = [columns.index(at) if at >= 0 and at in columns else -1 for at in self._places]
        self._is_needed = any(at >= 0 for at in self._places)
        self._nothing = ("",) * len(columns)

    def entries(self, row: int, line: Sequence[str]) -> Sequence[str]:
        """Return for each cell of a line of the block what stands beside it."""
        if not self._is_needed:
            return self._nothing
        return [
            line[there]
            if there >= 0
            else self._ground.holds(row, at)
            if at >= 0 and 0 <= row < self._ground.rows
            else ""
            for at, there in zip(self._places, self._in_block, strict=True)
        ]


def is_english(lines: Sequence[Sequence[str]], at: int, columns: Sequence[int], ground: Ground) -> bool:
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


def _bare(text: str) -> str:
    """Return a text as it is compared: without blanks, whatever the case and the dots, ² as 2."""
    return "".join(turkish.fold(unicodedata.normalize("NFKC", text)).split())
