"""Sheets that people bring along: the cells of a CSV file or of a workbook's first sheet, as texts."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from perfdesk.domain import turkish
from perfdesk.domain.errors import UserError
from perfdesk.i18n import N_

MAX_BYTES: Final = 20_000_000
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 200
_LETTERS: Final = 26
_ZIP: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
# Excel's list separator in Turkey comes first; the others are what elsewhere is written
_SEPARATORS: Final = (";", "\t", ",")
# Turkish Windows wrote this before UTF-8
_OLD_ENCODING: Final = "cp1254"


class SheetRow(NamedTuple):
    """A row that has anything in it: its number in the sheet, from 1, and its cells."""

    number: int
    cells: tuple[str, ...]


def read_sheet(content: bytes) -> list[SheetRow]:
    """Return the rows of a CSV file, or of the first sheet of a workbook that has any.

    Raises:
        UserError: it is neither, is damaged or too large.
    """
    if len(content) > MAX_BYTES:
        raise UserError(N_("The sheet is too large."))
    if content.startswith(_OLD_WORKBOOK):
        raise UserError(N_("This is a workbook of an old kind (.xls). Save it as .xlsx or CSV and try again."))
    rows = _of_workbook(content) if content.startswith(_ZIP) else _of_csv(content)
    return list(_filled(rows))


def letter(index: int) -> str:
    """Return what spreadsheets call a column by its place, from 0: A, B, … Z, AA."""
    before, own = divmod(index, _LETTERS)
    return (letter(before - 1) if before else "") + chr(ord("A") + own)


def _filled(rows: Iterable[Iterable[str]]) -> Iterator[SheetRow]:
    for number, row in enumerate(rows, 1):
        cells = tuple(turkish.normalise(cell) for cell in row)
        if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
            raise UserError(N_("The sheet is too large."))
        if any(cells):
            yield SheetRow(number, cells)


def _of_csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    # the sheet's own separator is the one its fullest line has most of
    separator = max(_SEPARATORS, key=lambda sign: max((line.count(sign) for line in text.splitlines()), default=0))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
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


def _of_workbook(content: bytes) -> Iterator[list[str]]:
    # imported when it is needed: a start without it is felt to be faster
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            # a workbook is packed; what it comes to when unpacked is said before that is done
            if sum(member.file_size for member in packed.infolist()) > MAX_BYTES * 10:
                raise UserError(N_("The sheet is too large."))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            # what other programs say of a sheet's size is not always so
            sheet.reset_dimensions()
            rows = [[_shown(value) for value in row] for row in sheet.iter_rows(max_row=MAX_ROWS + 1, values_only=True)]
            if any(any(row) for row in rows):
                yield from rows
                return
    except UserError:
        raise
    except Exception as error:  # the library lets through whatever a damaged file makes it meet
        raise UserError(N_("The workbook cannot be read: it is damaged or protected.")) from error


def _shown(value: object) -> str:
    """Return a cell as it reads in the sheet: a whole number without decimals, an empty cell as no text."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
