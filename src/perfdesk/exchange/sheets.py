"""Sheets that people bring along: the cells of a CSV file or of a workbook's first sheet, as texts and numbers."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import Any, Final, NamedTuple

from perfdesk.domain import turkish
from perfdesk.domain.errors import UserError
from perfdesk.i18n import N_

MAX_BYTES: Final = 20_000_000
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 200
_LETTERS: Final = 26
_ZIP: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
# what an OpenDocument file says of itself, uncompressed at its beginning
_OPEN_DOCUMENT: Final = b"mimetypeapplication/vnd.oasis.opendocument"
_BEGINNING: Final = 200
# as many digits of a number as spreadsheets keep
_DIGITS: Final = 15
# what a workbook calls the text that a formula comes to
_COMPUTED_TEXT: Final = "str"
# Excel's list separator in Turkey comes first; the others are what elsewhere is written
_SEPARATORS: Final = (";", "\t", ",")
# Turkish Windows wrote this before UTF-8
_OLD_ENCODING: Final = "cp1254"


class SheetRow(NamedTuple):
    """A row that has anything in it: its number in the sheet, from 1, and its cells."""

    number: int
    cells: tuple[str, ...]


class Cell(NamedTuple):
    """What stands in a cell: its text, and the number where it is one and no text that looks like one.

    ``is_uncomputed``: it is a formula whose value the file does not hold.
    """

    text: str
    number: Decimal | None = None
    is_uncomputed: bool = False


class CellRow(NamedTuple):
    """A row that has anything in it: its number in the sheet, from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]


def read_sheet(content: bytes) -> list[SheetRow]:
    """Return the rows of a CSV file, or of the first sheet of a workbook that has any, as texts.

    Raises:
        UserError: it is neither, is damaged or too large.
    """
    return [SheetRow(row.number, tuple(cell.text for cell in row.cells)) for row in read_cells(content)]


def read_cells(content: bytes) -> list[CellRow]:
    """Return the rows of a CSV file, or of the first sheet of a workbook that has any.

    Raises:
        UserError: it is neither, is damaged or too large.
    """
    if len(content) > MAX_BYTES:
        raise UserError(N_("The sheet is too large."))
    if content.startswith(_OLD_WORKBOOK):
        raise UserError(N_("This is a workbook of an old kind (.xls). Save it as .xlsx or CSV and try again."))
    if _OPEN_DOCUMENT in content[:_BEGINNING]:
        raise UserError(N_("This is a LibreOffice sheet (.ods). Save it as .xlsx or CSV and try again."))
    rows = _of_workbook(content) if content.startswith(_ZIP) else _of_csv(content)
    return list(_filled(rows))


def letter(index: int) -> str:
    """Return what spreadsheets call a column by its place, from 0: A, B, … Z, AA."""
    before, own = divmod(index, _LETTERS)
    return (letter(before - 1) if before else "") + chr(ord("A") + own)


def _filled(rows: Iterable[Iterable[Cell]]) -> Iterator[CellRow]:
    for number, row in enumerate(rows, 1):
        cells = tuple(cell._replace(text=turkish.normalise(cell.text)) for cell in row)
        if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
            raise UserError(N_("The sheet is too large."))
        if any(map(_says, cells)):
            yield CellRow(number, cells)


def _says(cell: Cell) -> bool:
    return bool(cell.text) or cell.is_uncomputed


def _of_csv(content: bytes) -> Iterator[list[Cell]]:
    text = _decoded(content)
    # the sheet's own separator is the one its fullest line has most of
    separator = max(_SEPARATORS, key=lambda sign: max((line.count(sign) for line in text.splitlines()), default=0))
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield [Cell(cell) for cell in row]
    except csv.Error:
        raise UserError(N_("The sheet cannot be read: it is no CSV file and no workbook (.xlsx).")) from None


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    for attempt in (encoding, _OLD_ENCODING):
        try:
            text = content.decode(attempt)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UserError(N_("The sheet cannot be read: it is no CSV file and no workbook (.xlsx)."))


def _of_workbook(content: bytes) -> Iterator[list[Cell]]:
    # imported when it is needed: a start without it is felt to be faster
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            # a workbook is packed; what it comes to when unpacked is said before that is done
            if sum(member.file_size for member in packed.infolist()) > MAX_BYTES * 10:
                raise UserError(N_("The sheet is too large."))
        # once as it was last computed, once as it is written: a formula may never have been computed
        computed, written = (
            openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
            for data_only in (True, False)
        )
        for values, formulas in zip(computed.worksheets, written.worksheets, strict=True):
            both = zip_longest(_rows(values), _rows(formulas, values_only=True), fillvalue=())
            rows = [[_cell(*pair) for pair in zip_longest(*row)] for row in both]
            if any(_says(cell) for row in rows for cell in row):
                yield from rows
                return
    except UserError:
        raise
    except Exception as error:  # the library lets through whatever a damaged file makes it meet
        raise UserError(N_("The workbook cannot be read: it is damaged or protected.")) from error


def _rows(sheet: Any, *, values_only: bool = False) -> Iterator[Sequence[Any]]:
    # what other programs say of a sheet's size is not always so
    sheet.reset_dimensions()
    yield from sheet.iter_rows(max_row=MAX_ROWS + 1, values_only=values_only)


def _cell(computed: Any, written: object) -> Cell:
    """Return a cell as it reads in the sheet: a whole number without decimals, an empty cell as no text."""
    value = computed.value if computed is not None else None
    if value is None:
        # a formula that comes to an empty text has been computed
        is_uncomputed = written is not None and (computed is None or computed.data_type != _COMPUTED_TEXT)
        return Cell("", is_uncomputed=is_uncomputed)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Cell(str(value))
    text = str(int(value)) if isinstance(value, int) or value.is_integer() else str(value)
    return Cell(text, Decimal(text) if isinstance(value, int) else Decimal(f"{value:.{_DIGITS}g}"))
