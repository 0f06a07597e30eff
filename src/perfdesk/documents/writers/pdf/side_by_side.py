"""Two small tables side by side, where each of them has room in half the width."""

from collections.abc import Sequence
from typing import Final

from perfdesk.documents.units import with_raised_units
from perfdesk.documents.writers.pdf import demands
from perfdesk.documents.writers.pdf.demands import TableSetting
from perfdesk.documents.writers.pdf.page import frame
from perfdesk.documents.writers.pdf.strip import NEVER, Strip
from perfdesk.documents.writers.pdf.style import TABLE_GAP, Look
from perfdesk.documents.writers.pdf.table_strips import TableSetter
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.tables.table import Table

_MOST_ROWS: Final = 16
# two that differ more would leave the white that they are to fill
_MOST_UNEVEN: Final = 3.0


class PairSetter:
    """Sets tables beside each other."""

    def __init__(self, look: Look, measure: Measurer, tables: TableSetter) -> None:
        self._look = look
        self._measure = measure
        self._tables = tables

    def strips(self, one: Table, other: Table, keys: tuple[str, str]) -> list[Strip]:
        """Return both tables as a strip each, over the same height; nothing where they do not go together.

        Args:
            one: the table to the left.
            other: the table to the right.
            keys: their marks.
        """
        if not (_is_small(one) and _is_small(other)):
            return []
        one, other = with_raised_units(one), with_raised_units(other)
        setting = next((half for half in demands.HALVES if self._fits(one, half) and self._fits(other, half)), None)
        if setting is None:
            return []
        left, right, _, _ = frame(wide=False)
        sides = ((left, left + setting.width), (right - setting.width, right))
        both = [self._whole(table, key, setting, at) for table, key, at in zip((one, other), keys, sides, strict=True)]
        heights = sorted(strip.height for strip in both)
        if heights[1] > heights[0] * _MOST_UNEVEN:
            return []
        for strip, at in zip(both, sides, strict=True):
            strip.height = heights[1]
            strip.sides = at
        # the second one stands where the first one does
        both[0].gap, both[1].gap = TABLE_GAP, -heights[1]
        both[1].penalty = NEVER
        return both

    def _fits(self, table: Table, setting: TableSetting) -> bool:
        """Whether nothing of a table wraps but the heads of its numbers."""
        style = self._look.caption
        caption = self._measure(style.font, table.caption).width * style.size / 1000
        needs = demands.demands(table.parts[0], self._measure)
        wanted = sum(need.whole(setting) for need in needs)
        return caption <= setting.width and wanted <= setting.width

    def _whole(self, table: Table, key: str, setting: TableSetting, sides: tuple[float, float]) -> Strip:
        part = table.parts[0]
        needs = demands.demands(part, self._measure)
        return _joined(self._tables.set(table, key, [part], [needs], setting, sides))


def _is_small(table: Table) -> bool:
    """Whether a table is short and plain enough to stand beside another."""
    if table.facts or len(table.parts) != 1 or table.side_by_side > 1 or not table.caption:
        return False
    rows = table.parts[0].rows
    return 0 < len(rows) <= _MOST_ROWS and all(cell.down == 1 for row in rows for cell in row.cells)


def _joined(strips: Sequence[Strip]) -> Strip:
    """Return strips as a single one, which no page break can cut."""
    whole = Strip(0, mark=strips[0].mark)
    y = 0.0
    for n, strip in enumerate(strips):
        y += strip.gap if n else 0
        whole.texts += [text._replace(y=text.y + y) for text in strip.texts]
        whole.rules += [rule._replace(y=rule.y + y) for rule in strip.rules]
        whole.areas += [area._replace(top=area.top + y, bottom=area.bottom + y) for area in strip.areas]
        y += strip.height
    whole.height = y
    whole.element = strips[0].element
    return whole
