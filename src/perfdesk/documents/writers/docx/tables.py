"""Tables: facts, heads that are repeated on every page, rows with their merged cells, notes."""

from collections.abc import Sequence
from typing import Final

from perfdesk.documents.writers.docx.body import Body
from perfdesk.documents.writers.docx.columns import Plan
from perfdesk.documents.writers.docx.measures import twips
from perfdesk.documents.writers.docx.styles import SIZES, TABLE, Palette
from perfdesk.documents.writers.docx.xml import Element, add, add_run
from perfdesk.documents.writers.pdf.decimals import Commas, stands_on_comma
from perfdesk.documents.writers.pdf.demands import bullet_indent
from perfdesk.documents.writers.pdf.fonts import fonts
from perfdesk.documents.writers.pdf.style import FACT_LABEL
from perfdesk.documents.writers.pdf.text import Measurer, with_numbers_kept
from perfdesk.tables.table import BULLET, NUMERIC, Cell, ColumnKind, Fact, Head, Part, Role, Row, begins_below, sign_of

_NOTHING: Final = "–"


class TableWriter:
    """Writes the tables of a document below their captions."""

    def __init__(self, body: Body, look: Palette, measure: Measurer, amount: str) -> None:
        """``amount`` is one as the document prints them."""
        self._body = body
        self._look = look
        self._measure = measure
        self._amount = amount

    def write(self, plan: Plan) -> None:
        """Write a table's facts, parts and note."""
        if plan.table.facts:
            self._facts(plan)
        for number in range(len(plan.parts)):
            _Part(self._body, self._look, plan, number, self._measure, self._amount).write()
        if not plan.parts and plan.table.empty:
            add_run(self._body.paragraph("TableText"), plan.table.empty)
        if plan.table.note:
            add_run(self._body.paragraph("TableNote"), plan.table.note)

    def _facts(self, plan: Plan) -> None:
        """Write what stands above the columns: labels to the left, texts to the right."""
        width = plan.setting.width
        table = begin_table(self._body, (FACT_LABEL, width - FACT_LABEL), plan.setting.pad, self._look.accent)
        suffix = SIZES[plan.setting.size]
        for fact in plan.table.facts:
            row = _row(table)
            _fill(_cell(row, FACT_LABEL), f"TableCode{suffix}", fact.label, keep=True)
            cell = _cell(row, width - FACT_LABEL)
            _fact(cell, fact, plan.setting.size)


def begin_table(body: Body, widths: Sequence[float], pad: float, rule: str = "") -> Element:
    """Add a table of fixed widths and return it, without rows; ``rule`` is the colour of the line above it."""
    table = body.table()
    properties = add(table, "tblPr")
    add(properties, "tblStyle", val=TABLE)
    add(properties, "tblW", w=sum(map(twips, widths)), type="dxa")
    # an indent is that of the text, and the edge of the table is to stand above the margin
    add(properties, "tblInd", w=twips(pad), type="dxa")
    if rule:
        borders = add(properties, "tblBorders")
        add(borders, "top", val="single", sz=6, space=0, color=rule)
    add(properties, "tblLayout", type="fixed")
    margins = add(properties, "tblCellMar")
    for side in ("left", "right"):
        add(margins, side, w=twips(pad), type="dxa")
    add(properties, "tblLook", val="0000")
    grid = add(table, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=twips(width))
    return table


def _row(table: Element, *, head: bool = False, split: bool = False) -> Element:
    row = add(table, "tr")
    if head or not split:
        properties = add(row, "trPr")
        if not split:
            add(properties, "cantSplit")
        if head:
            add(properties, "tblHeader")
    return row


def _cell(row: Element, width: float, span: int = 1, down: str = "") -> Element:
    """Add a cell; ``down`` says whether one over several rows begins or goes on."""
    cell = add(row, "tc")
    properties = add(cell, "tcPr")
    add(properties, "tcW", w=twips(width), type="dxa")
    if span > 1:
        add(properties, "gridSpan", val=span)
    if down:
        add(properties, "vMerge", val=down)
    return cell


def _fill(cell: Element, style: str, text: str, *, keep: bool = False, end: float = 0) -> None:
    """Put a paragraph into a cell.

    Args:
        cell: the cell.
        style: the paragraph's.
        text: what it says.
        keep: keeps its row on the page of the next.
        end: how many points before the cell's right edge it ends.
    """
    paragraph = add(cell, "p")
    look = add(paragraph, "pPr")
    add(look, "pStyle", val=style)
    if keep:
        add(look, "keepNext")
    if twips(end):
        add(look, "ind", right=twips(end))
    add_run(paragraph, with_numbers_kept(text))


def _fill_list(cell: Element, items: Sequence[str], size: float, *, keep: bool) -> None:
    """Put the items of a list into a cell; those with numbers of their own hang behind these as others behind bullets.

    The numbers are text: Word would count from one.
    """
    indent = twips(bullet_indent(fonts().regular, items, size))
    for item in items:
        sign, text = sign_of(item)
        if sign == BULLET:
            _fill(cell, f"TableBullet{SIZES[size]}", text, keep=keep)
            continue
        _fill(cell, f"TableText{SIZES[size]}", f"{sign}\t{text}", keep=keep)
        add(cell[-1][0], "ind", left=indent, hanging=indent)


def _fact(cell: Element, fact: Fact, size: float) -> None:
    suffix = SIZES[size]
    if fact.bullets:
        _fill_list(cell, fact.bullets, size, keep=True)
    else:
        _fill(cell, f"{'TableTotal' if fact.strong else 'TableText'}{suffix}", fact.text, keep=True)


class _Part:
    """Writes one part of a table."""

    def __init__(self, body: Body, look: Palette, plan: Plan, number: int, measure: Measurer, amount: str) -> None:
        self._look = look
        self._plan = plan
        self._part: Part = plan.parts[number]
        self._widths = plan.widths[number]
        self._tall = plan.tall[number]
        self._measure = measure
        self._commas = Commas(self._part, measure, amount)
        self._last = number == len(plan.parts) - 1
        self._suffix = SIZES[plan.setting.size]
        self._empty = not self._part.rows
        # for each column: before which row a cell from above ends, and how many columns it has where it begins
        self._until = [0] * len(self._widths)
        self._spans = [1] * len(self._widths)
        self._table = begin_table(body, self._widths, plan.setting.pad, look.accent)

    def write(self) -> None:
        """Write head and rows."""
        self._heads()
        for n, row in enumerate(self._part.rows):
            self._row(n, row)
        if self._empty:
            text = self._plan.table.empty or _NOTHING
            cell = _cell(_row(self._table), sum(self._widths), len(self._widths))
            _fill(cell, f"TableCode{self._suffix}", text)

    # --- heads --------------------------------------------------------------------------------------------------------

    def _heads(self) -> None:
        lines = self._part.head
        if not any(head and head.text for line in lines for head in line):
            return
        count = len(lines)
        until, spans = [0] * len(self._widths), [1] * len(self._widths)
        for y, line in enumerate(lines):
            row = _row(self._table, head=True)
            x = 0
            while x < len(line):
                head = line[x] or Head("")
                down = ""
                if until[x] > y:
                    span, down, head = spans[x], "continue", Head("")
                else:
                    span = _free(until, y, x, head.span)
                    if min(head.down, count - y) > 1:
                        down = "restart"
                        until[x : x + span] = [y + min(head.down, count - y)] * span
                        spans[x] = span
                self._head(row, x, span, head, down, last=max(until[x], y + 1) >= count)
                x += span

    def _head(self, row: Element, x: int, span: int, head: Head, down: str, *, last: bool) -> None:
        cell = _cell(row, sum(self._widths[x : x + span]), span, down)
        properties = cell[0]
        borders = add(properties, "tcBorders")
        if last:
            add(borders, "bottom", val="single", sz=6, space=0, color=self._look.accent)
        add(properties, "shd", val="clear", color="auto", fill=self._look.tint)
        add(properties, "vAlign", val="bottom")
        kind = "TableHead"
        if span > 1:
            kind = "TableHeadCentre"
        elif self._part.columns[x].kind in NUMERIC:
            kind = "TableHeadNumber"
        _fill(cell, f"{kind}{self._suffix}", head.text, keep=True)

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _row(self, n: int, row: Row) -> None:
        made = _row(self._table, split=n in self._tall)
        keep = self._keeps(n)
        rows = len(self._part.rows)
        x = 0
        while x < len(row.cells):
            cell = row.cells[x]
            down = ""
            if self._until[x] > n:
                span, down = self._spans[x], "continue"
                cell = Cell()
            else:
                span = _free(self._until, n, x, cell.span)
                until = min(n + cell.down, rows)
                if until - n > 1:
                    down = "restart"
                    self._until[x : x + span] = [until] * span
                    self._spans[x] = span
            made_cell = _cell(made, sum(self._widths[x : x + span]), span, down)
            self._frame(made_cell, n, row, cell, down)
            self._text(made_cell, x, span, cell, row, keep=keep)
            x += span

    def _frame(self, cell: Element, n: int, row: Row, printed: Cell, down: str) -> None:
        properties = cell[0]
        if row.role_of(printed) is Role.TOTAL and n == len(self._part.rows) - 1:
            borders = add(properties, "tcBorders")
            add(borders, "bottom", val="single", sz=6, space=0, color=self._look.accent)
        if row.role not in (Role.DETAIL, Role.TOTAL) and not down:
            add(properties, "shd", val="clear", color="auto", fill=self._look.light_tint)

    def _text(self, cell: Element, x: int, span: int, printed: Cell, row: Row, *, keep: bool) -> None:
        strong = row.role_of(printed) is not Role.DETAIL
        kind = self._part.columns[x].kind
        if printed.bullets:
            _fill_list(cell, printed.bullets, self._plan.setting.size, keep=keep)
            return
        style = "TableTotal" if strong else "TableText"
        end = 0.0
        if kind is ColumnKind.FLAG:
            style = "TableTotalFlag" if strong else "TableFlag"
        elif kind in NUMERIC and span == 1 and self._stands_right(x, printed, row):
            style = "TableTotalNumber" if strong else "TableNumber"
            end = self._end(x, printed, strong=strong)
        elif kind is ColumnKind.CODE and not strong:
            style = "TableCode"
        _fill(cell, f"{style}{self._suffix}", printed.text, keep=keep, end=end)

    def _end(self, x: int, printed: Cell, *, strong: bool) -> float:
        """Return how far before the edge a number ends, so that its comma stands below those of the others.

        A tab stop on the comma would go along with edits, but only Word heeds one in a cell without a tab.
        """
        if not stands_on_comma(printed):
            return 0
        em = self._plan.setting.size / 1000
        font = fonts().bold if strong else fonts().regular
        measured = self._measure(font, printed.text)
        shift = self._commas.shift(x, measured.text, font) * em
        room = self._widths[x] - 2 * self._plan.setting.pad
        return shift if shift + measured.width * em <= room else 0

    def _stands_right(self, x: int, printed: Cell, row: Row) -> bool:
        return printed.number is not None or (not row.names_sum(x) and self._short(x, printed.text))

    def _short(self, x: int, text: str) -> bool:
        """Whether a text in a column of numbers is set like one: while it is as short as they are."""
        return "\n" not in text and len(text) * self._plan.setting.size * 0.55 <= self._widths[x]

    def _keeps(self, n: int) -> bool:
        """Whether a row stands on the page of the next one."""
        rows = self._part.rows
        if n == len(rows) - 1:
            return self._plan.whole and not self._last
        below = rows[n + 1]
        kept = below.tells_more or begins_below(rows, n + 1)
        if self._plan.whole or n == 0 or rows[n].role is Role.GROUP or kept:
            return True
        remark = below.role is Role.DETAIL and below.cells[0].span == len(below.cells) > 1
        return remark or below.role in (Role.TOTAL, Role.SUBTOTAL) or n == len(rows) - 2


def _free(until: Sequence[int], y: int, x: int, wanted: int) -> int:
    """Return how many of the wanted columns are free: not beyond the last, none that a cell from above takes."""
    end = min(x + max(wanted, 1), len(until))
    span = 1
    while x + span < end and until[x + span] <= y:
        span += 1
    return span
