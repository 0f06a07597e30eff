"""What the columns of a sheet with appropriations hold, told by their heads."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.errors import UserError
from perfdesk.exchange.sheets import Cell, CellRow
from perfdesk.i18n import N_
from perfdesk.services.editing.fields import FIRST_YEAR, LAST_YEAR

_CODE: Final = "code"
_NAME: Final = "name"
_UNIT: Final = "unit"
_AMOUNT: Final = "amount"
_TOTAL: Final = "total"
_KEYS: Final = (_CODE, _NAME, _UNIT)
# what heads say, by how their words begin, folded; "" is a column that is not read. The first that fits is meant
_BEGINNINGS: Final = (
    ("", ("kurum", "fonksiyon", "finans", "program", "institution", "function", "sira")),
    (_CODE, ("kod", "code")),
    (_AMOUNT, ("odene", "tutar", "butce", "teklif", "appropriation", "amount", "budget")),
    (_TOTAL, ("toplam", "total")),
    (_UNIT, ("birim", "mudurlu", "unit")),
    (_NAME, ("aciklama", "ekonomik", "economic", "gider", "kalem", "adi", "turu", "name", "description")),
)
# a code of units is none of the budget's
_UNIT_WORDS: Final = ("birim", "mudurlu", "unit")
# longer texts are titles
_LONGEST: Final = 60
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DIGITS: Final = re.compile(r"[-\d.,\s]*\d[-\d.,\s]*")
# a code and what it is called, at the head of a column of amounts
_CODED: Final = re.compile(r"0(\d)(?!\d)\W*(?:[^\W\d].*)?", re.DOTALL)
# a grid of units and codes has more than one code
_LEAST_CODES: Final = 2


@dataclass(frozen=True, slots=True)
class Block:
    """The columns of the rows below a head, by their places, from 0; -1 is none.

    ``amounts`` are the columns of amounts, each with the code that stands above it: "" where the row says what it is.
    """

    code: int
    name: int
    unit: int
    amounts: Mapping[int, str]
    total: int = -1

    @property
    def of_codes(self) -> bool:
        """Whether the rows are known by their codes alone."""
        return self.unit < 0

    @property
    def of_both(self) -> bool:
        """Whether the rows say what units have of codes, so that sums of both are made of them."""
        return self.unit >= 0 and (self.code >= 0 or any(self.amounts.values()))


def block_of(row: CellRow, codes: Mapping[str, str], year: int) -> Block | None:
    """Return the columns that a row heads; None where it is none of heads.

    Raises:
        UserError: it heads the amounts of another year, or several columns of amounts.
    """
    found: dict[str, list[int]] = {}
    coded: dict[int, str] = {}
    for index, cell in enumerate(row.cells):
        match = _CODED.fullmatch(cell.text) if cell.number is None else None
        if match is not None and f"0{match[1]}" in codes:
            coded[index] = f"0{match[1]}"
            continue
        kind = _kind(cell, year)
        if kind is None:
            return None
        found.setdefault(kind, []).append(index)
    key = {kind: found.get(kind, [-1])[0] for kind in _KEYS}
    total = found.get(_TOTAL, [-1])[-1]
    if _UNIT in found and len(coded) >= _LEAST_CODES:
        return Block(-1, -1, key[_UNIT], coded, total)
    amounts = found.get(_AMOUNT) or found.get(_TOTAL) or []
    if coded or not amounts or not any(kind in found for kind in _KEYS):
        return None
    return Block(**key, amounts={_of_year(row.cells, amounts, year): ""})


def _kind(cell: Cell, year: int) -> str | None:
    """Return what a head is that of, "" for a column that is not read; None where it is no head."""
    if cell.number is not None or _DIGITS.fullmatch(cell.text):
        # a year over its amounts
        is_year = cell.text.isdigit() and FIRST_YEAR <= int(cell.text) <= LAST_YEAR
        return (_AMOUNT if int(cell.text) == year else "") if is_year else None
    folded = turkish.fold(cell.text)
    words = "".join(letter if letter.isalnum() else " " for letter in folded).split()
    if len(folded) > _LONGEST:
        return ""
    for kind, beginnings in _BEGINNINGS:
        if any(word.startswith(beginnings) for word in words):
            of_unit = kind == _CODE and any(word.startswith(_UNIT_WORDS) for word in words)
            return "" if of_unit else kind
    return ""


def _of_year(cells: Sequence[Cell], amounts: Sequence[int], year: int) -> int:
    """Return the column of amounts that is the year's."""
    years = {index: _YEAR.findall(cells[index].text) for index in amounts}
    own = [index for index in amounts if str(year) in years[index]]
    heads = ", ".join(f"“{cells[index].text}”" for index in amounts)
    if not own and all(years.values()):
        raise UserError(
            N_("The sheet holds amounts of other years ({heads}); the programme is that of {year}."),
            heads=heads,
            year=year,
        )
    found = own or [index for index in amounts if not years[index]]
    if len(found) > 1:
        raise UserError(
            N_("Several columns could hold the amounts: {heads}. Keep the one of {year} in the sheet and try again."),
            heads=heads,
            year=year,
        )
    return found[0]
