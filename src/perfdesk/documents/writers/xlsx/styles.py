"""How cells look: each combination of alignment, weight, tint and number format is made once for a workbook."""

from typing import Any, Final, NamedTuple

from perfdesk.documents.writers.xlsx import numbers
from perfdesk.tables.table import NUMERIC, ColumnKind, Role

_FONT: Final = {"font_name": "Calibri", "font_size": 10}
_BORDER: Final = {"border": 1, "border_color": "#A6A6A6"}
_HEAD_TINT: Final = "#DCE6F1"
_TITLE_SIZE: Final = 16
_LINK: Final = "#0563C1"
# what is typed is blue, as accountants have it: in grey print it is as dark as the rest
_ENTRY: Final = "#1F3FA8"
_LABEL_TINT: Final = "#F2F5F9"
_TINTS: Final = {
    Role.GROUP: "#F2F5F9",
    Role.SECTION: "#EEF3F9",
    Role.SUBSECTION: "#F2F5F9",
    Role.SUBTOTAL: "#EEF3F9",
    Role.TOTAL: "#DCE6F1",
}
_CENTRED: Final = frozenset({ColumnKind.FLAG})


class Zero(NamedTuple):
    """How a sheet shows an amount of zero: the format of its amounts, and the word in place of zero, if any."""

    code: str
    word: str


class NumberFormats(dict[str, Any]):
    """The formats of the numbers of one kind of cell, by the shape of the printed text; None: a text instead."""

    def __init__(self, styles: "Styles", kind: ColumnKind, role: Role, zero: Zero | None, *, is_open: bool) -> None:
        super().__init__()
        self._styles, self._kind, self._role, self._zero = styles, kind, role, zero
        self._open = is_open

    def __missing__(self, shape: str) -> Any:
        word = self._zero.word if self._zero else ""
        # a word for zero takes the format that the sheet's other amounts have
        code = self._zero.code if self._zero and shape == word else numbers.code_of(shape, self._kind)
        if code and word:
            code = numbers.with_zero(code, word)
        made = self[shape] = None if code is None else self._cell(code)
        return made

    def _cell(self, code: str) -> Any:
        return self._styles.cell(self._kind, self._role, code, is_open=self._open)


class Look(NamedTuple):
    """The formats of a column's cells in rows of one role: texts, texts that look like formulas, numbers."""

    text: Any
    quoted: Any
    numbers: NumberFormats


class Styles:
    """The formats of a workbook, each made when it is first needed."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._cells: dict[tuple[ColumnKind, Role, str, bool, bool], Any] = {}
        self._looks: dict[tuple[ColumnKind, Role, Zero | None, bool], Look] = {}
        head = {**_BORDER, "bold": True, "bg_color": _HEAD_TINT, "align": "center"}
        self.head = self._make(**head)
        self.head_upright = self._make(**head, rotation=90)
        # of what stands across the columns: plain, and where the text begins like a formula
        self.title = self._pair(bold=True, font_size=_TITLE_SIZE)
        self.caption = self._pair(bold=True, font_size=11)
        self.label = self._pair(**_BORDER, bold=True, bg_color=_LABEL_TINT, align="left")
        self.fact = self._pair(**_BORDER, align="left")
        self.subject = self._pair(**_BORDER, align="left", bold=True)
        self.note = self._pair(italic=True, align="left")
        # no wrapping: what a link says may stand over the cells beside it
        self.link = self._make(font_color=_LINK, underline=1, align="left", text_wrap=False)

    def look(self, kind: ColumnKind, role: Role, zero: Zero, *, is_open: bool = False) -> Look:
        """Return the formats of a column's cells in rows of a role; open ones can be changed on a guarded sheet."""
        of_zero = zero if kind is ColumnKind.AMOUNT else None
        key = (kind, role, of_zero, is_open)
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = Look(
                self.cell(kind, role, is_open=is_open),
                self.cell(kind, role, quoted=True, is_open=is_open),
                NumberFormats(self, kind, role, of_zero, is_open=is_open),
            )
        return look

    def cell(self, kind: ColumnKind, role: Role, code: str = "", *, quoted: bool = False, is_open: bool = False) -> Any:
        """Return the format of a table's cell; ``code`` is that of a number."""
        key = (kind, role, code, quoted, is_open)
        made = self._cells.get(key)
        if made is None:
            look: dict[str, object] = {**_BORDER, "quote_prefix": quoted}
            if kind is ColumnKind.VALUE:
                # texts stand beside these
                look |= {"align": "right", "indent": 1}
            elif kind in NUMERIC:
                look["align"] = "right"
            elif kind in _CENTRED:
                look["align"] = "center"
            else:
                look["align"] = "left"
            if role in _TINTS:
                look |= {"bold": True, "bg_color": _TINTS[role]}
            # a number that is wrapped shows #### too, but a text in its place can be long
            look["text_wrap"] = not code
            if code:
                look["num_format"] = code
            if is_open:
                look |= {"locked": False, "font_color": _ENTRY}
            made = self._cells[key] = self._make(**look)
        return made

    def _pair(self, **look: object) -> tuple[Any, Any]:
        return self._make(**look), self._make(**look, quote_prefix=True)

    def _make(self, **look: object) -> Any:
        return self._book.add_format({**_FONT, "valign": "vcenter", "text_wrap": True, **look})
