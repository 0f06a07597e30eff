"""A part's rows: their cells, the cells that reach over several rows, and what a page break between them costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from perfdesk.documents.writers.pdf.cells import Line, TableFrame
from perfdesk.documents.writers.pdf.decimals import Commas, stands_on_comma
from perfdesk.documents.writers.pdf.demands import following
from perfdesk.documents.writers.pdf.slicing import control_widows, sliced
from perfdesk.documents.writers.pdf.strip import NEVER, NOT_HERE, SELDOM, Area, Group, Owing, Rule, Strip, Text
from perfdesk.documents.writers.pdf.style import ROW_PAD, ROW_SLACK, Style
from perfdesk.documents.writers.pdf.tags import Element
from perfdesk.documents.writers.pdf.tags import cell as cell_element
from perfdesk.documents.writers.pdf.text import fitted_in_words
from perfdesk.tables.table import HEADS, NUMERIC, Cell, ColumnKind, Part, Role, Row, begins_below

# shares of the page: a row that finds no room below the highest repeated heads is cut between its lines, a taller label
# of a group is set like an ordinary cell
_TALL_ROW: Final = 0.65
_TALL_LABEL: Final = 0.35
# of a row that is cut, what takes no more of its lines than this is repeated like such a label
_LABEL_SHARE: Final = 0.5
# the rows above must grow for the label
_LABEL_CUT: Final = 10
# rather between two groups than within one
_GROUP_CUT: Final = 5
# rather so that no single row of one stands apart
_ROW_ALONE: Final = 20
# rows that tell more about one above them stay with it up to this share of the page, and that with its group's head
_WHOLE: Final = 0.3
_HEAD_CUT: Final = 30
# rather not so that of the rows that are summed up only the last stands above their sum
_LAST_ALONE: Final = 25
_MOST_REPEATED: Final = 4
# a text of so many lines is set like the numbers it stands among
_SHORT: Final = 3


@dataclass(slots=True)
class _Reaching:
    """A cell over several rows: its columns, the rows from ``first`` to before ``end``, its text."""

    columns: range
    first: int
    end: int
    needed: float
    group: Group
    numeric: bool


class RowSetter:
    """Sets the rows of one part."""

    def __init__(
        self, frame: TableFrame, part: Part, edges: Sequence[float], continued: str, table: Element, amount: str
    ) -> None:
        """``amount`` is one as the document prints them."""
        self._table = table
        self._frame = frame
        self._part = part
        self._edges = edges
        self._continued = continued
        self._reaching: list[_Reaching] = []
        self._numeric = [column.kind in NUMERIC for column in part.columns]
        self._leads = [follows * frame.setting.lead for follows in following(part)]
        self._commas = Commas(part, frame.measure, amount)
        self._code = [column.kind is ColumnKind.CODE for column in part.columns]

    def strips(self, between: Callable[[], object] = lambda: None) -> list[Strip]:
        """Return the rows' strips; ``between`` is called with each row."""
        rows = self._part.rows
        covered = [0] * len(self._part.columns)  # up to which row a cell from above reaches down
        strips = []
        for n, row in enumerate(rows):
            between()
            strips.append(self._row(n, row, covered))
        for strip in strips:
            strip.slack = ROW_SLACK
        self._stretch(strips)
        self._mark(strips)
        self._rule(strips)
        self._keep_told(strips)
        found: list[Strip] = []
        heads: list[tuple[Role, Strip]] = []  # those that a row stands under, each as it is repeated
        for n, (row, strip) in enumerate(zip(rows, strips, strict=True)):
            heads = _reaching_to(row, heads)
            strip.penalty += self._penalty(n, row) + (_GROUP_CUT if heads and row.role is Role.DETAIL else 0)
            strip.resume = tuple(repeated for _, repeated in heads)
            if row.role in HEADS:
                heads = [*heads, (row.role, self._repeated(row))]
            if strip.height > self._frame.page * _TALL_ROW:
                found += self._sliced(n, strip)
            else:
                found.append(strip)
        return found

    def _sliced(self, n: int, strip: Strip) -> list[Strip]:
        """Return a row too tall for most pages, cut between its lines; where a page ends there it is ruled off."""
        strip.groups = (*strip.groups, Group(self._frame.left, self._frame.right, lambda _height, _again: []))
        slices = sliced(strip)
        control_widows(slices, SELDOM)
        needed = max((entry.needed for entry in self._reaching if entry.first == n), default=0.0)
        above = 0.0
        for piece, following_piece in pairwise(slices):
            above += piece.height
            # the lines keep from the rule below and the head above what those of a whole row do
            following_piece.owing = (Owing(max(needed, above + ROW_PAD), above), Owing(ROW_PAD, 0))
            following_piece.resume = (*following_piece.resume, Strip(ROW_PAD))
        return slices

    # --- cells --------------------------------------------------------------------------------------------------------

    def _row(self, n: int, row: Row, covered: list[int]) -> Strip:
        frame, edges = self._frame, self._edges
        pad = frame.setting.pad
        texts: list[Text] = []
        line = Element("TR", self._table)
        most = 1
        at = 0
        label: _Label | None = None
        label_end = label_texts = 0
        for x, cell in enumerate(row.cells):
            if x < at or covered[x] > n:
                continue
            at = x + cell.span
            down = self._down(n, cell)
            element = cell_element(line, span=min(at, len(row.cells)) - x, down=down)
            if not cell.text:
                continue
            left, right = edges[x] + pad + self._leads[x], edges[min(at, len(edges) - 1)] - pad
            strong = row.role_of(cell) is not Role.DETAIL
            style = frame.bold if strong else frame.grey if self._code[x] else frame.plain
            lines = frame.lines(style, cell.text, right - left, cell.bullets)
            align = "left" if row.names_sum(x) else self._align(x, cell, lines)
            if align == "right" and stands_on_comma(cell):
                right = self._edge(x, lines[0].text, style, left, right)
            if down > 1:
                columns = range(x, min(at, len(edges) - 1))
                for column in columns:
                    covered[column] = n + down
                if frame.height(len(lines)) <= frame.page * _TALL_LABEL:
                    self._reach(
                        columns, n, down, _Label(frame, style, lines, left, right, align, self._continued, element)
                    )
                    continue
                # so tall a label runs on over the pages like the text of an ordinary cell
                printed = _Label(frame, style, lines, left, right, align, self._continued, element, len(lines))
                printed.running = frame.height(len(lines)) - 2 * ROW_PAD
                self._reach(columns, n, down, printed)
            elif not x and align == "left" and at < len(row.cells):
                # where the row is cut by a page's end, it is known by its first cell
                label = _Label(frame, style, lines, left, right, align, self._continued, element, of_row=True)
                label_end = at
            frame.put(texts, lines, style, left, right, ROW_PAD, align, element)
            label_texts = label_texts or len(texts)
            most = max(most, len(lines))
        height = frame.height(most)
        if label and height > frame.page * _TALL_ROW and len(label.lines) < most * _LABEL_SHARE:
            del texts[:label_texts]
            self._reach(range(label_end), n, 1, label)
        strip = Strip(height, texts=texts)
        if row.role not in (Role.DETAIL, Role.TOTAL):
            self._tint(strip, n, covered)
        return strip

    def _down(self, n: int, cell: Cell) -> int:
        """Return over how many rows a cell of a row reaches: an empty one is ruled off like any other."""
        return min(cell.down, len(self._part.rows) - n) if cell.text else 1

    def _mark(self, strips: Sequence[Strip]) -> None:
        """Mark the changed cells, in all rows they reach over: the text of one can stand in any of them."""
        edges = self._edges
        for n, row in enumerate(self._part.rows):
            for x, cell in enumerate(row.cells):
                if not cell.changed:
                    continue
                left, right = edges[x], edges[min(x + cell.span, len(edges) - 1)]
                for strip in strips[n : n + self._down(n, cell)]:
                    strip.areas += self._frame.mark(left, right, strip.height)

    def _edge(self, x: int, text: str, style: Style, left: float, right: float) -> float:
        """Return where a number ends, so that its comma stands below that of the others."""
        em = style.size / 1000
        shift = self._commas.shift(x, text, style.font) * em
        return right - shift if shift and style.font.width(text) * em + shift <= right - left else right

    def _align(self, x: int, cell: Cell, lines: Sequence[Line]) -> str:
        """Return a cell's alignment: a text in a column of numbers is set like one while it is short."""
        if self._part.columns[x].kind is ColumnKind.FLAG:
            return "centre"
        if self._numeric[x] and cell.span == 1:
            short = len(lines) <= _SHORT and not cell.bullets
            return "right" if cell.number is not None or short else "left"
        return "left"

    def _tint(self, strip: Strip, n: int, covered: Sequence[int]) -> None:
        """Tint a row, but not the cells that belong to the rows above as well."""
        edges = self._edges
        x = 0
        while x < len(covered):
            start = x
            while x < len(covered) and covered[x] <= n:
                x += 1
            if x > start:
                strip.areas.append(Area(edges[start], edges[x], 0, strip.height, self._frame.look.palette.light_tint))
            x = max(x, start + 1)

    # --- cells over several rows --------------------------------------------------------------------------------------

    def _reach(self, columns: range, first: int, down: int, label: "_Label") -> None:
        left, right = self._edges[columns.start], self._edges[columns.stop]
        needed = 0 if label.running else self._frame.height(len(label.lines))
        group = Group(left, right, label.draw)
        self._reaching.append(_Reaching(columns, first, first + down, needed, group, numeric=label.align == "right"))

    def _stretch(self, strips: Sequence[Strip]) -> None:
        """Make the last row of a group taller where its label needs it; keep the label's lines on one page."""
        for entry in self._reaching:
            rows = strips[entry.first : entry.end]
            missing = entry.needed - sum(strip.height for strip in rows)
            if missing > 0:
                rows[-1].height += missing
                rows[-1].areas = [area._replace(bottom=rows[-1].height) for area in rows[-1].areas]
            above = rows[0].height
            below = sum(strip.height for strip in rows) - above
            for n, strip in enumerate(rows[1:], 1):
                strip.penalty += NOT_HERE if entry.numeric else _GROUP_CUT
                if len(rows) > 2 and n in {1, len(rows) - 1}:
                    strip.penalty += _ROW_ALONE
                if above < entry.needed - 0.01:
                    strip.owing = (*strip.owing, Owing(entry.needed, above))
                    strip.penalty += _LABEL_CUT
                elif below < entry.needed - 0.01:
                    strip.penalty += SELDOM // 2
                above += strip.height
                below -= strip.height
            for strip in rows:
                strip.groups = (*strip.groups, entry.group)
                strip.slack = 0  # the label has been given just the room it needs

    def _rule(self, strips: Sequence[Strip]) -> None:
        """Draw the lines below the rows, interrupted where a cell reaches on."""
        through: list[list[range]] = [[] for _ in strips]
        for entry in self._reaching:
            for n in range(entry.first, entry.end - 1):
                through[n].append(entry.columns)
        for strip, ranges in zip(strips, through, strict=True):
            strip.rules += self._segments(strip.height, ranges)
        last = self._part.rows[-1]
        if last.role is Role.TOTAL:
            strips[-1].rules = self._closing(last, strips[-1].height)

    def _closing(self, row: Row, y: float) -> list[Rule]:
        """Return the lines below a total that ends the table, below a list apart those of any row."""
        frame, edges = self._frame, self._edges
        if not any(cell.apart for cell in row.cells):
            return [frame.accent_rule(y)]
        return [
            (frame.hairline if cell.apart else frame.accent_rule)(y, edges[x], edges[x + 1])
            for x, cell in enumerate(row.cells)
        ]

    def _segments(self, y: float, ranges: list[range]) -> list[Rule]:
        frame, edges = self._frame, self._edges
        rules: list[Rule] = []
        left = frame.left
        for columns in sorted(ranges, key=lambda columns: columns.start):
            if edges[columns.start] > left + 0.01:
                rules.append(frame.hairline(y, left, edges[columns.start]))
            left = edges[columns.stop]
        if left < frame.right - 0.01:
            rules.append(frame.hairline(y, left, frame.right))
        return rules

    def _repeated(self, row: Row) -> Strip:
        """Return a head among the rows as it stands above those of them that are on the next page.

        That is one line of what it is called; a figure is not repeated, lest it be added up twice.
        """
        frame, edges = self._frame, self._edges
        height = frame.height(1)
        texts: list[Text] = []
        for x, cell in enumerate(row.cells):
            left = edges[x] + frame.setting.pad
            if cell.text and self._code[x]:
                frame.put(texts, [Line(cell.text)], frame.bold, left, edges[x + 1], ROW_PAD, "left")
            elif cell.text:
                mark = frame.measure(frame.bold.font, self._continued)
                room = (frame.right - frame.setting.pad - left) * 1000 / frame.bold.size - mark.width
                name = frame.measure(frame.bold.font, " ".join(cell.bullets) or cell.text).text
                line = fitted_in_words(frame.bold.font, " ".join(name.split()), room - frame.bold.font.space)
                frame.put(texts, [Line(f"{line} {mark.text}")], frame.bold, left, frame.right, ROW_PAD, "left")
                break
        tint = Area(frame.left, frame.right, 0, height, frame.look.palette.light_tint)
        return Strip(height, texts=texts, areas=[tint], rules=[frame.hairline(height, frame.left, frame.right)])

    # --- page breaks --------------------------------------------------------------------------------------------------

    def _keep_told(self, strips: Sequence[Strip]) -> None:
        """Keep rows with the one they tell more about."""
        rows = self._part.rows
        for n, row in enumerate(rows):
            if row.tells_more or n + 1 == len(rows) or not rows[n + 1].tells_more:
                continue
            end = next((at for at in range(n + 1, len(rows)) if not rows[at].tells_more), len(rows))
            whole = sum(strip.height for strip in strips[n:end]) <= self._frame.page * _WHOLE
            for strip in strips[n + 1 : end]:
                strip.penalty += NOT_HERE if whole else SELDOM

    def _penalty(self, n: int, row: Row) -> int:
        """Return what a page break above a row costs, besides what the whole table adds."""
        rows = self._part.rows
        if n and (rows[n - 1].role is Role.GROUP or begins_below(rows, n)):
            return NEVER
        penalty = 0
        if n > 1 and rows[n - 2].role is Role.GROUP and row.role is Role.DETAIL and not row.tells_more:
            penalty += _HEAD_CUT
        if n and row.role is Role.DETAIL and row.cells[0].span == len(row.cells) > 1:
            penalty += NOT_HERE  # a remark on the row above
        if row.role in (Role.TOTAL, Role.SUBTOTAL) and n:
            penalty += SELDOM if row.role is Role.TOTAL or n == len(rows) - 1 else 25
            if rows[n - 1].role is not Role.DETAIL:
                penalty += SELDOM
        if n == 1 or (n == len(rows) - 1 and n):
            penalty += SELDOM
        elif n == len(rows) - 2 and rows[-1].role is Role.TOTAL:
            penalty += SELDOM  # what a single row adds up to is no sum to look at
        elif row.role is Role.DETAIL and rows[n - 1].role is Role.DETAIL and _sums(rows, n + 1):
            penalty += _LAST_ALONE
        return penalty


def _sums(rows: Sequence[Row], n: int) -> bool:
    """Whether a row is there and the sum of those above it."""
    return n < len(rows) and rows[n].role in (Role.SUBTOTAL, Role.TOTAL)


def _reaching_to(row: Row, heads: list[tuple[Role, Strip]]) -> list[tuple[Role, Strip]]:
    """Return those of the heads above a row that it stands under; a sum below a group belongs to it."""
    if row.role in HEADS:
        return [head for head in heads if HEADS[head[0]] < HEADS[row.role]]
    if row.role is Role.SUBTOTAL:
        return [head for head in heads if head[0] is Role.GROUP]
    return [] if row.role is Role.TOTAL else heads


@dataclass(slots=True)
class _Label:
    """The text of a cell over several rows; knows how far it has been printed.

    Of one that the first row prints itself ``running`` is the height still to come of it. ``of_row`` is one of a row
    that is cut itself: what comes of it on a later page has been given its white above.
    """

    frame: TableFrame
    style: Style
    lines: list[Line]
    left: float
    right: float
    align: str
    continued: str
    element: Element
    printed: int = 0
    running: float = 0
    of_row: bool = False

    def draw(self, height: float, again: bool) -> list[Text]:
        """Return the texts for the rows on one page, of a height together.

        On a later page the label is repeated with "(devam)"; a number is not, lest it be added up twice.
        """
        texts: list[Text] = []
        if self.running > 0:
            self.running -= height
            return texts
        room = max(int((height - 2 * ROW_PAD + 0.05) / self.frame.leading), 1)
        lines = self.lines[self.printed : self.printed + room]
        self.printed += len(lines)
        element: Element | None = self.element
        if again and not lines and self.lines:
            element = None
            lines = self._repeated(room)
        top = 0 if again and self.of_row else ROW_PAD
        if self.align == "right" and not again:
            top = max(ROW_PAD, (height - len(lines) * self.frame.leading) / 2)
        self.frame.put(texts, lines, self.style, self.left, self.right, top, self.align, element)
        return texts

    def _repeated(self, room: int) -> list[Line]:
        limit = self.right - self.left
        font = self.style.font
        mark = self.frame.measure(font, self.continued)
        if mark.width * self.style.size / 1000 > limit:
            # without the words that tell that it goes on
            lines = self.lines[:room] if self.align != "right" else []
            return [line._replace(indent=0, bullet=False) for line in lines]
        if self.align == "right":
            return [Line(mark.text)]
        words = " ".join(line.text for line in self.lines).split()
        room = min(room, _MOST_REPEATED)
        whole = self.frame.lines(self.style, " ".join([*words, mark.text]), limit)
        # shortened between two words; no more of them find room than stand on so many lines and the next
        count = min(len(words) - 1, sum(len(line.text.split()) for line in self.lines[: room + 1]))
        while len(whole) > room and count:
            whole = self.frame.lines(self.style, f"{' '.join(words[:count])}… {mark.text}", limit)
            count -= 1
        return whole if len(whole) <= room else [Line(mark.text)]
