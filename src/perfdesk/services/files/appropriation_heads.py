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
_EXPENSE: Final = "expense"
_KEYS: Final = (_CODE, _NAME, _UNIT)
_BUDGET: Final = "butce"
# what heads say, by how their words begin, folded; "" is a column that is not read. The first that fits is meant
_BEGINNINGS: Final = (
    ("", ("kurum", "fonksiyon", "finans", "program", "institution", "function", "sira")),
    (_CODE, ("kod", "code")),
    (_AMOUNT, ("odene", "tutar", _BUDGET, "teklif", "appropriation", "amount", "budget")),
    (_TOTAL, ("toplam", "total")),
    (_UNIT, ("birim", "mudurlu", "unit")),
    (_NAME, ("aciklama", "ekonomik", "economic", "gider", "kalem", "adi", "turu", "name", "description")),
)
# what heads say with a word of its own: as the beginning of others it means nothing
_NAME_WORD: Final = "ad"
_SHARE_WORD: Final = "pay"
# a share, and no amount that a percentage was added to; spaces are left out
_SHARE: Final = re.compile(r"(?<!\d)%(?!\d)")
# the budget's expenses and their kinds are what an amount is for; "Gider Bütçesi" is an amount
_EXPENSES: Final = re.compile(rf"\b{_BUDGET}\w* gider")
_KINDS: Final = re.compile(r"\bturu")
_TOTALS: Final = ("toplam", "total")
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
    # the budget's expenses are amounts only where no other column is one
    if expenses := found.pop(_EXPENSE, []):
        found.setdefault(_NAME if found.keys() & {_AMOUNT, _TOTAL} else _AMOUNT, expenses)
    key = {kind: found.get(kind, [-1])[0] for kind in _KEYS}
    if _UNIT in found and len(coded) >= _LEAST_CODES:
        amounts = found.get(_AMOUNT, []) + found.get(_TOTAL, [])
        return Block(-1, -1, key[_UNIT], coded, _total_column(row.cells, amounts, year))
    amounts = found.get(_AMOUNT) or found.get(_TOTAL) or []
    if coded or not amounts or not any(kind in found for kind in _KEYS):
        return None
    return Block(**key, amounts={_of_year(row.cells, amounts, year): ""})


def is_total(text: str) -> bool:
    """Return whether a text says of its row or column that it is a total."""
    # "toplum" is something else
    return any(word.startswith(_TOTALS) for word in _words(text))


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in turkish.fold(text)).split()


def _total_column(cells: Sequence[Cell], amounts: Sequence[int], year: int) -> int:
    """Return the column of a grid that holds the totals of its rows: the last that is of no other year; -1 is none."""
    years = {index: _YEAR.findall(cells[index].text) for index in amounts if is_total(cells[index].text)}
    return max((index for index, said in years.items() if not said or str(year) in said), default=-1)


def _kind(cell: Cell, year: int) -> str | None:
    """Return what a head is that of, "" for a column that is not read; None where it is no head."""
    if cell.number is not None or _DIGITS.fullmatch(cell.text):
        # a year over its amounts
        is_year = cell.text.isdigit() and FIRST_YEAR <= int(cell.text) <= LAST_YEAR
        return (_AMOUNT if int(cell.text) == year else "") if is_year else None
    words = _words(cell.text)
    if len(cell.text) > _LONGEST or _SHARE_WORD in words or _SHARE.search("".join(cell.text.split())):
        return ""
    phrase = " ".join(words)
    is_expense = _EXPENSES.search(phrase) and not _YEAR.search(cell.text)
    if is_expense or _KINDS.search(phrase):
        words = [word for word in words if not word.startswith(_BUDGET)]
    for kind, beginnings in _BEGINNINGS:
        if any(word.startswith(beginnings) for word in words):
            of_unit = kind == _CODE and any(word.startswith(_UNIT_WORDS) for word in words)
            if kind == _NAME and is_expense and not _KINDS.search(phrase):
                return _EXPENSE
            return "" if of_unit else kind
    return _NAME if _NAME_WORD in words else ""


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
