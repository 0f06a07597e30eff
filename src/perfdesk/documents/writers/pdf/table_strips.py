"""Turning a table into strips: caption, facts, and each part's head and rows."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from math import ceil
from typing import Final

from perfdesk.documents.units import with_raised_units
from perfdesk.documents.writers.pdf import columns, demands, parts
from perfdesk.documents.writers.pdf.cells import ASCENT, TableFrame, repeated, table_frame
from perfdesk.documents.writers.pdf.demands import Demand, TableSetting
from perfdesk.documents.writers.pdf.evening import Rows, evened
from perfdesk.documents.writers.pdf.grid import Grid
from perfdesk.documents.writers.pdf.page import frame
from perfdesk.documents.writers.pdf.slicing import sliced
from perfdesk.documents.writers.pdf.strip import NEVER, NOT_HERE, SELDOM, Mark, Strip, Text
from perfdesk.documents.writers.pdf.style import (
    FACT_LABEL,
    LEADING,
    PART_GAP,
    ROW_PAD,
    ROW_SLACK,
    RULE,
    TABLE_GAP,
    Look,
    Style,
)
from perfdesk.documents.writers.pdf.table_head import head_strips
from perfdesk.documents.writers.pdf.table_rows import RowSetter
from perfdesk.documents.writers.pdf.tags import Element, cell
from perfdesk.documents.writers.pdf.text import Measurer, wrap
from perfdesk.tables.table import Fact, Part, Table

# shares of the page's height
_TALL_FACT: Final = 0.5
_TALL_FACTS: Final = 0.4
_SMALL_TABLE: Final = 0.36
_CAPTION_GAP: Final = 5.0
# a table of several parts may go on elsewhere between two of them, where either side has this share of a page
_WHOLE_PART: Final = 0.15
# what that costs: less than a third of a page left white
BETWEEN_PARTS: Final = 9
# what it costs to cut one elsewhere: more than half a page left white for the smallest, the less the taller it is
_ONE_PAGE: Final = 30
# and so much for one that no page would hold
_CUT: Final = 6


class TableSetter:
    """Sets the tables of a document; ``between`` is called with each row."""

    def __init__(
        self,
        look: Look,
        measure: Measurer,
        continued: str,
        grid: Grid,
        between: Callable[[], object] = lambda: None,
    ) -> None:
        """``grid`` knows the tables of a document, so that those of one kind look alike and are told apart."""
        self._look = look
        self._measure = measure
        self._continued = continued
        self._between = between
        self._grid = grid

    def strips(self, table: Table, key: str, *, whole: bool = False) -> list[Strip]:
        """Return a table's strips; ``key`` is the mark that contents and bookmarks lead to.

        One that is to stay ``whole`` is cut only for want of any other page's end.
        """
        table = with_raised_units(table)
        shown, needs, setting = self._reshaped(table)
        left, right, _, _ = frame(wide=setting.wide)
        found = self.set(table, key, shown, needs, setting, (left, right))
        for strip in found[1:] if whole else ():
            strip.penalty = max(strip.penalty, NOT_HERE)
        return found

    def set(
        self,
        table: Table,
        key: str,
        shown: Sequence[Part],
        needs: Sequence[Sequence[Demand]],
        setting: TableSetting,
        sides: tuple[float, float],
    ) -> list[Strip]:
        """Return the strips of a table whose parts, setting and place are known."""
        _, _, top, bottom = frame(wide=setting.wide)
        space = table_frame(self._look, self._measure, setting, sides, bottom - top)
        found = _caption(space, table, key)
        resume = _resumed_caption(space, table, self._continued, named=self._grid.is_shared(table.caption))
        facts = _facts(space, table)
        for strip in facts:
            strip.resume = resume
        found += facts
        begins: list[int] = []
        for number, (part, wanted) in enumerate(zip(shown, needs, strict=True)):
            # the first head stays with the caption; another may well begin a page
            begins.append(len(found))
            found += self._part(
                space,
                table,
                part,
                wanted,
                resume,
                penalty=2 if number else NEVER,
                gap=PART_GAP if number or facts else 0,
            )
            if number and len(shown) > len(table.parts):
                # what no page is wide enough for goes on below as a table of its own
                found[begins[-1]].rules.append(space.accent_rule(0))
        found += _note(space, table)
        _weigh(found, space.page, begins[1:])
        for strip in found:
            strip.wide = setting.wide
            strip.element = space.element
        return found

    def _reshaped(self, table: Table) -> tuple[list[Part], list[list[Demand]], TableSetting]:
        """Return the parts to print, what their columns need, and the setting of all."""
        shown = [part for part in table.parts if part.rows] or list(table.parts)
        for times in range(table.side_by_side, 0, -1):
            tried = [parts.beside(part, times) for part in shown]
            needs = [self._grid.demands(part) for part in tried]
            setting = columns.choose(tried, needs, self._measure)
            if setting and (times == 1 or not setting.wide):
                return tried, needs, setting
        grouped: list[Part] = []
        setting = demands.LAST
        for part in shown:
            for group in columns.groups(demands.demands(part, self._measure), setting):
                grouped.append(parts.columns_of(part, group))  # noqa: PERF401 - two loops read better
        return grouped, [demands.demands(part, self._measure) for part in grouped], setting

    def _widths(self, table: Table, part: Part, needs: Sequence[Demand], setting: TableSetting) -> list[float]:
        """Return the columns' widths: those of all tables of the kind where that makes the table no longer."""
        held = self._grid.held(table, part, needs, setting)
        if held:
            found = columns.widths(needs, setting, held)
            if all(width >= need.whole(setting) for width, need in zip(found, needs, strict=True)):
                return found
            found = evened(part, needs, setting, found, self._measure, held)
        own = evened(part, needs, setting, columns.widths(needs, setting), self._measure)
        if not held:
            return own
        rows = Rows(part, needs, setting, self._measure)
        lines = [rows.lines(tried) + _head_lines(needs, tried, setting) for tried in (found, own)]
        return found if lines[0] <= lines[1] else own

    def _part(
        self,
        space: TableFrame,
        whole: Table,
        part: Part,
        needs: Sequence[Demand],
        resume: tuple[Strip, ...],
        *,
        penalty: int,
        gap: float,
    ) -> list[Strip]:
        edges = [space.left]
        for width in self._widths(whole, part, needs, space.setting):
            edges.append(edges[-1] + width)
        table = Element("Table", space.element)
        head = head_strips(space, part, edges, table)
        head[0].penalty = penalty
        head[0].gap = gap
        for strip in head:
            strip.resume = resume
        rows = (
            RowSetter(space, part, edges, self._continued, table, self._grid.amount).strips(self._between)
            if part.rows
            else _empty(space, part, table, whole.empty)
        )
        above = (*resume, *(head if len(head) == 1 else ()))
        for strip in rows:
            # below the head of the table those of the rows that a page begins within
            strip.resume = (*above, *strip.resume)
        rows[0].penalty = NEVER
        return head + rows


def _caption(space: TableFrame, table: Table, key: str) -> list[Strip]:
    style = space.look.caption
    if not table.caption:
        return [Strip(RULE, TABLE_GAP, rules=[space.accent_rule(0)])]
    limit = (space.right - space.left) / style.size * 1000
    lines = wrap(style.font, space.measure(style.font, table.caption), limit)
    leading = style.size * LEADING
    said = Element("P", space.element)
    strips = [
        Strip(leading, penalty=NEVER, texts=[Text(space.left, style.size * ASCENT, style, line, said)])
        for line in lines
    ]
    strips[0].penalty = 0
    strips[0].gap = TABLE_GAP
    strips[0].mark = Mark(key, 0, table.caption, table.subject, table.kind)
    strips[-1].height += _CAPTION_GAP
    strips[-1].rules.append(space.accent_rule(strips[-1].height))
    return strips


def _head_lines(needs: Sequence[Demand], widths: Sequence[float], setting: TableSetting) -> int:
    """Return about how many lines the head takes: one where all of its labels have room in one."""
    return max(ceil((need.headed(setting) - 0.1) / width) for need, width in zip(needs, widths, strict=True))


def _resumed_caption(space: TableFrame, table: Table, continued: str, *, named: bool) -> tuple[Strip, ...]:
    """Return what stands above the head where the table goes on: its caption, or else its first fact.

    Where it is ``named`` what it is about stands there too.
    """
    text = table.caption or next((f"{fact.label} {fact.text}" for fact in table.facts), "")
    subject = table.subject if named and table.caption else ""
    text = f"{text} – {subject}" if subject else text
    style = Style(space.bold.font, 9, space.look.palette.accent_fill)
    line = repeated(space.measure, style, text, continued, space.right - space.left)
    texts = [Text(space.left, style.size * ASCENT, style, line)]
    height = style.size * LEADING + _CAPTION_GAP
    return (Strip(height, texts=texts, rules=[space.accent_rule(height)]),)


def _facts(space: TableFrame, table: Table) -> list[Strip]:
    found: list[Strip] = []
    rows = Element("Table", space.element) if table.facts else space.element
    for fact in table.facts:
        strip = _fact(space, fact, Element("TR", rows))
        found += sliced(strip) if strip.height > space.page * _TALL_FACT else [strip]
    tall = sum(strip.height for strip in found) > space.page * _TALL_FACTS
    for n, strip in enumerate(found):
        strip.penalty = SELDOM if tall and 1 < n < len(found) - 1 else NEVER
    return found


def _fact(space: TableFrame, fact: Fact, row: Element) -> Strip:
    pad = space.setting.pad
    value = space.bold if fact.strong else space.plain
    left, middle, right = space.left + pad, space.left + FACT_LABEL, space.right - pad
    labels = space.lines(space.grey, fact.label, middle - left - pad)
    values = space.lines(value, fact.text, right - middle - pad, fact.bullets)
    texts: list[Text] = []
    space.put(texts, labels, space.grey, left, middle - pad, ROW_PAD, "left", cell(row, head="Row"))
    space.put(texts, values, value, middle + pad, right, ROW_PAD, "left", cell(row))
    height = space.height(max(len(labels), len(values)))
    areas = space.mark(middle, space.right, height) if fact.changed else []
    rules = [space.hairline(height, space.left, space.right)]
    return Strip(height, texts=texts, rules=rules, areas=areas, slack=ROW_SLACK)


def _empty(space: TableFrame, part: Part, table: Element, text: str) -> list[Strip]:
    """Return what stands in place of rows where a table has none."""
    pad = space.setting.pad
    texts: list[Text] = []
    lines = space.lines(space.grey, text or "–", space.right - space.left - 2 * pad)
    nothing = cell(Element("TR", table), span=len(part.columns))
    space.put(texts, lines, space.grey, space.left + pad, space.right - pad, ROW_PAD, "left", nothing)
    height = space.height(len(lines))
    strip = Strip(height, texts=texts, rules=[space.hairline(height, space.left, space.right)])
    return sliced(strip) if height > space.page * _TALL_FACT else [strip]


def _note(space: TableFrame, table: Table) -> list[Strip]:
    """Return the note below a table, line by line."""
    if not table.note:
        return []
    style = space.look.note
    limit = (space.right - space.left) / style.size * 1000
    lines = wrap(style.font, space.measure(style.font, table.note), limit)
    said = Element("P", space.element)
    strips = [
        Strip(style.leading, penalty=4, texts=[Text(space.left, style.size * ASCENT, style, line, said)])
        for line in lines
    ]
    strips[0].gap = 4
    strips[0].penalty = NEVER
    return strips


def _weigh(strips: Sequence[Strip], page: float, begins: Sequence[int]) -> None:
    """Add what a break anywhere in the table costs: small tables stay whole, large ones may be cut.

    A break above the strips that ``begins`` names, where a part begins, hurts neither the part above nor that below.
    """
    heights = [0.0, *accumulate(strip.height + strip.gap for strip in strips)]
    height = heights[-1]
    share = height / page
    extra = NOT_HERE if share <= _SMALL_TABLE else round(_ONE_PAGE * _SMALL_TABLE / share) if share <= 1 else _CUT
    for strip in strips[1:]:
        strip.penalty += extra
    for at in begins:
        if min(heights[at], height - heights[at]) >= page * _WHOLE_PART:
            strips[at].penalty = min(strips[at].penalty, BETWEEN_PARTS)
