"""Blocks of cells as other programs give them: the table of a spreadsheet's HTML, or text with tabs.

Cells are the texts as shown there: a spreadsheet gives a formula's result, and a number as its cell displays it.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from html.parser import HTMLParser
from typing import Final

from perfdesk.domain.errors import UserError
from perfdesk.domain.numbers import format_number
from perfdesk.i18n import N_

# a block is read, shown and written in one go; more is meant to be imported
MOST_CELLS: Final = 200_000
MOST_ROWS: Final = 20_000
# letters of a clipboard that are looked at at all: a spreadsheet writes up to hundreds for a cell
MOST_LETTERS: Final = 64_000_000
# columns a cell may say it covers
_WIDEST: Final = 1_000
# one cell of text with tabs: in quotation marks, where these end it too, or as it stands
_CELL: Final = re.compile(r'"((?:[^"]|"")*)"(?=\t|\r?\n|\r|\Z)|([^\t\r\n]*)')
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_SILENT: Final = ("style", "script", "title", "head", "xml")
_BREAKS: Final = ("br", "p", "div", "li")


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of equally many texts. ``merged`` counts the cells that were several in one: the others of it are blank.

    ``own`` tells that a grid of the program itself gave it: these are the texts that would be typed.
    """

    rows: tuple[tuple[str, ...], ...] = ()
    merged: int = 0
    own: bool = False

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def is_one(self) -> bool:
        """Whether it is a single cell."""
        return len(self.rows) == 1 and self.width == 1


def read_text(text: str) -> Block:
    """Return the cells of a text: tabs between cells, a line a row, quotation marks around cells that hold either.

    Raises:
        UserError: it is too large.
    """
    _check_letters(text)
    if not text:
        return Block()
    rows: list[list[str]] = [[]]
    at, cells = 0, 0
    while True:
        match = _CELL.match(text, at)
        # the second half of the expression takes nothing, too
        assert match is not None
        quoted, plain = match.groups()
        rows[-1].append(plain if quoted is None else quoted.replace('""', '"'))
        cells += 1
        at = match.end()
        if at >= len(text):
            break
        if text[at] == "\t":
            at += 1
            continue
        end = _LINE_END.match(text, at)
        at = end.end() if end else at + 1
        if at >= len(text):
            # the last line's end begins no other
            break
        if cells > MOST_CELLS or len(rows) >= MOST_ROWS:
            raise _too_large()
        rows.append([])
    return even(rows)


def read_html(html: str) -> Block | None:
    """Return the cells of the one table that is all of an HTML text; None where it is something else.

    Raises:
        UserError: it is too large.
    """
    _check_letters(html)
    if "<table" not in html and "<TABLE" not in html:
        return None
    reader = _TableReader()
    reader.feed(html)
    reader.close()
    return reader.block()


def even(rows: list[list[str]], merged: int = 0) -> Block:
    """Return rows of texts as a block, the shorter ones filled up.

    Raises:
        UserError: it is too large.
    """
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_CELLS or len(rows) > MOST_ROWS:
        raise _too_large()
    return Block(tuple((*row, *[""] * (width - len(row))) for row in rows), merged)


def _check_letters(text: str) -> None:
    if len(text) > MOST_LETTERS:
        raise _too_large()


def _too_large() -> UserError:
    return UserError(
        N_("The block is too large to be pasted: up to {rows} rows and {cells} cells can be. Paste it in parts."),
        rows=format_number(Decimal(MOST_ROWS)),
        cells=format_number(Decimal(MOST_CELLS)),
    )


class _TableReader(HTMLParser):
    """Collects the cells of an HTML text's only table; a table within a cell is text of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._rows: list[list[str]] = []
        # cells of rows to come that a merged cell above covers: how many rows yet, by column
        self._covered: dict[int, int] = {}
        self._merged = 0
        self._cells = 0
        self._tables = 0
        self._depth = 0
        self._silent = 0
        # the texts of the cell that is open, and its column
        self._cell: list[str] | None = None
        self._at = 0
        self._outside = False

    def block(self) -> Block | None:
        """Return what was read; None where there is no table, several, or other text beside it."""
        self._end_cell()
        self._cover_rest()
        if self._tables != 1 or self._outside or not self._rows:
            return None
        return even(self._rows, self._merged)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in ("body", "table"):
            # some programs do not end their head
            self._silent = 0
        if tag == "table":
            self._depth += 1
            self._tables += self._depth == 1
        elif self._depth == 1 and tag == "tr":
            self._begin_row()
        elif self._depth == 1 and tag in ("td", "th"):
            self._begin_cell({name: value or "" for name, value in attrs})
        elif self._cell is not None and tag in _BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._end_cell()
                self._cover_rest()
            self._depth -= 1
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._cell is not None:
            self._cell.append(data)
        elif data.strip():
            self._outside = True

    def _begin_row(self) -> None:
        self._end_cell()
        self._cover_rest()
        if len(self._rows) >= MOST_ROWS:
            raise _too_large()
        self._rows.append([])

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._end_cell()
        if not self._rows:
            self._rows.append([])
        self._cover()
        across, down = _span(attributes, "colspan", _WIDEST), _span(attributes, "rowspan", MOST_ROWS)
        # a spreadsheet also lets long text reach over blank cells, which are none the less cells of their own
        self._merged += (across > 1 or down > 1) and "mso-ignore" not in attributes.get("style", "")
        row = self._rows[-1]
        at = len(row)
        row.extend([""] * across)
        self._cells += across
        if self._cells > MOST_CELLS:
            raise _too_large()
        for column in range(at, at + across) if down > 1 else ():
            self._covered[column] = down
        self._cell, self._at = [], at

    def _end_cell(self) -> None:
        if self._cell is not None:
            lines = "".join(self._cell).split("\0")
            text = "\n".join(_BLANKS.sub(" ", line).replace("\u00a0", " ").strip() for line in lines)
            self._rows[-1][self._at] = text.strip("\n")
            self._cell = None

    def _break(self) -> None:
        assert self._cell is not None
        # blanks and line ends of the source say nothing; a sign of ours stands for a line end that does
        self._cell.append("\0")

    def _cover(self) -> None:
        """Leave the cells blank that a merged cell above reaches into."""
        row = self._rows[-1]
        while self._covered.get(len(row), 0) > 1:
            self._covered[len(row)] -= 1
            row.append("")

    def _cover_rest(self) -> None:
        """End a row: what merged cells above still reach into at its end is blank, too."""
        if self._rows:
            self._cover()


def _span(attributes: dict[str, str], name: str, most: int) -> int:
    text = attributes.get(name, "")
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else 1
