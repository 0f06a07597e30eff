"""What a table is: declared columns, rows of cells, and where each computed cell comes from.

A table is declared once. Grids, sheets, pages and imports read its columns; a cell carries what is printed, the
number a spreadsheet needs and the cells it was computed from, so that a sheet can hold a live formula and the
window can explain a total.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple, TypedDict


class ColumnKind(StrEnum):
    """What a column holds; decides alignment, number format and editor."""

    TEXT = "text"
    CODE = "code"
    VALUE = "value"
    AMOUNT = "amount"
    SHARE = "share"
    FLAG = "flag"
    # no text: a sheet draws there how the numbers of the columns it is ``over`` run
    TREND = "trend"


BULLET: Final = "•"
# between an item of a list and the number that stands before it in place of a bullet
SIGNED: Final = "\t"
# what lists call a table takes no more than two or three lines
_LONGEST_SUBJECT: Final = 200
# a code and the name behind it are not parted: "F.3.2.1.3 Çocuk…", "PG. 1.1.1 Oran"
_CODE: Final = re.compile(r"(?:^|(?<=; ))(?:[^\W\d_]{1,5}\.? )?[^\s;]*\d[^\s;]* (?=\S)")
_BLANKS: Final = re.compile(r"[ \t\n]+")
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"

NUMERIC: Final = frozenset({ColumnKind.VALUE, ColumnKind.AMOUNT, ColumnKind.SHARE})


class Role(StrEnum):
    """What a row is.

    A group is named across the columns. A section, and a subsection within it, has its name and its own figures above
    the rows that it is of; a subtotal stands below those.
    """

    DETAIL = "detail"
    GROUP = "group"
    SECTION = "section"
    SUBSECTION = "subsection"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


# rows that name what stands below them, by how deep they stand
HEADS: Final = {Role.GROUP: 0, Role.SECTION: 0, Role.SUBSECTION: 1}


@dataclass(frozen=True, slots=True)
class Column:
    """A column's declaration.

    ``label`` is a msgid, for the window; ``printed`` names the form's label of the printed head, ``group`` that of
    the head above it. ``weight`` is the width in relation to the other columns; ``slots`` the number of sheet
    columns it takes where several parts of a table share one sheet; ``over`` the keys of the columns a trend is of.
    """

    key: str
    label: str
    kind: ColumnKind = ColumnKind.TEXT
    weight: float = 1.0
    printed: str = ""
    group: str = ""
    slots: int = 1
    over: tuple[str, ...] = ()


class Ref(NamedTuple):
    """A cell's address: table kind and id, row key, column key."""

    table: str
    id: str
    row: str
    column: str


class Op(StrEnum):
    """How a computed cell follows from others."""

    SUM = "sum"
    SHARE = "share"
    DIFFERENCE = "difference"


class Formula(NamedTuple):
    """A computed cell: the sum of cells plus a constant, the first cell's share in the second, or the first less it."""

    op: Op
    refs: tuple[Ref, ...]
    plus: Decimal = Decimal(0)


class Cell(NamedTuple):
    """A cell: the printed text; the number behind it; its merge over columns and rows; its formula.

    ``bullets`` are the items of a cell printed as a list, of which one with a number of its own has it before a
    ``SIGNED``; ``text`` then holds them line by line. ``typed``: a person has entered it, or may. ``changed``: it is
    another than in what the table is compared with. ``apart``: it is of another list than its row's role, where two
    stand beside each other: a detail, whatever the row is.
    """

    text: str = ""
    number: Decimal | None = None
    span: int = 1
    down: int = 1
    formula: Formula | None = None
    bullets: tuple[str, ...] = ()
    typed: bool = False
    changed: bool = False
    apart: bool = False


# Stands where a merged cell covers: to the right of or below the cell that has the text.
COVERED: Final = Cell()
EMPTY: Final = Cell()


class Row(NamedTuple):
    """A row: its role, a key that names what it is about, and a cell for each column.

    Cells under a merge are present too, as ``COVERED``. A row that ``tells_more`` goes on with what a row above it has
    begun.
    """

    role: Role
    key: str
    cells: tuple[Cell, ...]
    tells_more: bool = False

    def role_of(self, cell: Cell) -> Role:
        """Return what a cell of the row is part of."""
        return Role.DETAIL if cell.apart else self.role

    def names_sum(self, x: int) -> bool:
        """Whether a cell says what a total is called, if need be in a column of numbers."""
        own = self.cells[x].number is None and not any(cell.text for cell in self.cells[:x])
        return own and self.role is Role.TOTAL


def begins_below(rows: Sequence[Row], n: int) -> bool:
    """Whether a row is the first that a section above it is of; a remark on the section may stand between them."""
    row, above = rows[n], rows[n - 1]
    if row.role is Role.SUBSECTION and above.role is Role.DETAIL and n > 1:
        above = rows[n - 2]
    if row.role is Role.DETAIL:
        return above.role in (Role.SECTION, Role.SUBSECTION)
    return row.role in HEADS and above.role in HEADS and HEADS[row.role] > HEADS[above.role]


class Head(NamedTuple):
    """A head cell with the columns and head rows it stands over."""

    text: str
    span: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A run of rows under one head. ``head`` has a cell or None (covered) for each column."""

    key: str
    columns: tuple[Column, ...]
    head: tuple[tuple[Head | None, ...], ...]
    rows: tuple[Row, ...]


class Fact(NamedTuple):
    """A line above the columns: "Amaç 2 | …". Either text or bullets; ``strong`` for the table's own subject.

    ``named`` is how lists call the table after it, where that is shorter: it is the subject then, strong or not.
    ``changed``: it is another than in what the table is compared with.
    """

    key: str
    label: str
    text: str
    bullets: tuple[str, ...] = ()
    strong: bool = False
    changed: bool = False
    named: str = ""

    @property
    def items(self) -> tuple[str, ...]:
        """What it says, each thing by itself."""
        return tuple(item.replace(SIGNED, " ") for item in self.bullets) or tuple(self.text.split("\n"))


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the book. ``empty`` is what prints in place of rows where there are none."""

    kind: str
    id: str
    caption: str
    parts: tuple[Part, ...]
    facts: tuple[Fact, ...] = ()
    empty: str = ""
    note: str = ""
    side_by_side: int = 1

    @property
    def slots(self) -> int:
        """The number of sheet columns all parts share."""
        return max((1, *(sum(column.slots for column in part.columns) for part in self.parts)))

    @property
    def about(self) -> tuple[str, ...]:
        """What the table is about, or nothing: several things where it is about these together."""
        return next((fact.items for fact in self.facts if fact.strong or fact.named), ())

    @property
    def subject(self) -> str:
        """What tells the table from others of its caption; no line of it ends behind a code."""
        found = next((fact for fact in self.facts if fact.strong or fact.named), None)
        if found is None:
            return ""
        told = shortened(found.named) if found.named else "; ".join(found.items)
        return _CODE.sub(lambda code: code[0].replace(" ", _NO_BREAK), told)

    @property
    def has_rows(self) -> bool:
        """Whether any part has a row."""
        return any(part.rows for part in self.parts)


def shortened(text: str, most: int = _LONGEST_SUBJECT) -> str:
    """Return a text of at most so many letters, shortened between two words."""
    # what is kept together stays so
    text = " ".join(_BLANKS.split(text.strip()))
    if len(text) <= most:
        return text
    return f"{text[: most + 1].rpartition(' ')[0].rstrip(' ,;:(–-')}…"


def head(columns: Sequence[Column], labels: Mapping[str, str]) -> tuple[tuple[Head | None, ...], ...]:
    """Return a part's head: one row, or two where columns have groups; ``labels`` by ``Column.printed``/``group``."""

    def printed(key: str) -> str:
        return labels.get(key, "")

    if not any(column.group for column in columns):
        return (tuple(Head(printed(column.printed)) for column in columns),)
    upper: list[Head | None] = []
    lower: list[Head | None] = []
    for index, column in enumerate(columns):
        if not column.group:
            upper.append(Head(printed(column.printed), down=2))
            lower.append(None)
            continue
        if index and columns[index - 1].group == column.group:
            upper.append(None)
        else:
            span = 1
            while index + span < len(columns) and columns[index + span].group == column.group:
                span += 1
            upper.append(Head(printed(column.group), span=span))
        lower.append(Head(printed(column.printed)))
    return tuple(upper), tuple(lower)


def listed(items: Sequence[str], *, numbered: bool = False) -> Cell:
    """Return a cell of one text, or of several: as bullets, or where these are ``numbered`` with their numbers."""
    if not items:
        return EMPTY
    if numbered:
        return Cell("\n".join(items), bullets=signed(items))
    if len(items) == 1:
        return Cell(items[0])
    return Cell("\n".join(f"• {item}" for item in items), bullets=tuple(items))


def signed(items: Sequence[str]) -> tuple[str, ...]:
    """Return items that begin with their numbers as a list has them: with the number in place of the bullet."""
    return tuple(item.replace(" ", SIGNED, 1) for item in items)


def sign_of(item: str) -> tuple[str, str]:
    """Return what stands before an item of a list, its own number or a bullet, and the item."""
    sign, _, text = item.rpartition(SIGNED)
    return sign or BULLET, text


class FlatRow(TypedDict):
    """A row as ``perfdesk tables --json`` prints it."""

    role: str
    key: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Flat:
    """A table as plain lists of displayed texts, the shape of ``perfdesk tables --json``."""

    header: list[list[str]]
    rows: list[FlatRow] = field(default_factory=list)


def flatten(table: Table) -> Flat:
    """Return the table on its shared columns: a merged cell's text in its first cell, "" in the others.

    Facts and the first part's head are the header; the head of a later part is a group row of its own.
    """
    width = table.slots
    header = [_padded([fact.label, fact.text], width) for fact in table.facts]
    flat = Flat(header)
    for index, part in enumerate(table.parts):
        for line in part.head:
            texts = _spread([cell.text if cell else "" for cell in line], part.columns, width)
            if index == 0:
                header.append(texts)
            elif part.rows:
                flat.rows.append({"role": str(Role.GROUP), "key": part.key, "cells": texts})
        for row in part.rows:
            cells = _spread([cell.text for cell in row.cells], part.columns, width)
            flat.rows.append({"role": str(row.role), "key": row.key, "cells": cells})
    if not table.has_rows and table.empty:
        flat.rows.append({"role": str(Role.DETAIL), "key": "empty", "cells": _padded([table.empty], width)})
    return flat


def _spread(texts: Sequence[str], columns: Sequence[Column], width: int) -> list[str]:
    spread: list[str] = []
    for text, column in zip(texts, columns, strict=True):
        spread.append(text)
        spread.extend([""] * (column.slots - 1))
    return _padded(spread, width)


def _padded(texts: list[str], width: int) -> list[str]:
    return texts + [""] * (width - len(texts))
