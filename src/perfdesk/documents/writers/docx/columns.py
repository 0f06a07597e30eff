"""How wide a table's columns are and whether it turns the page: decided as for the PDF, by measuring its texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from perfdesk.documents.writers.docx.measures import TEXT_HEIGHT, TURNED_TEXT_HEIGHT
from perfdesk.documents.writers.pdf import columns, demands, parts
from perfdesk.documents.writers.pdf.demands import Demand, TableSetting
from perfdesk.documents.writers.pdf.fonts import fonts
from perfdesk.documents.writers.pdf.style import FACT_LABEL, ROW_PAD
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.tables.table import Part, Role, Row, Table

# Word takes no more columns than these
_MOST_COLUMNS: Final = 63
# what one line takes in the font, in font sizes
_LEADING: Final = 1.3
# shares of the page's height: a table up to this stays whole, for two such share a page, where a larger one would leave
# much of a page white; a row beyond the other may be split
_SMALL: Final = 0.5
_TALL: Final = 0.55
_FRAME: Final = 60.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is to be set: its parts with their columns' widths in points, and what must not be cut.

    ``whole`` tables stay on one page; ``tall`` has the rows of each part that may be split.
    """

    table: Table
    setting: TableSetting
    parts: tuple[Part, ...]
    widths: tuple[tuple[float, ...], ...]
    whole: bool
    tall: tuple[frozenset[int], ...]


def plan(table: Table, measure: Measurer) -> Plan:
    """Return how a table is to be set.

    Short lists do not stand side by side as on paper: whoever edits a list in Word wants it in one piece.
    """
    shown, needs, setting = _shaped(table, measure)
    widths = tuple(tuple(columns.widths(need, setting)) for need in needs)
    page = TURNED_TEXT_HEIGHT if setting.wide else TEXT_HEIGHT
    height = _FRAME + sum(_fact_height(fact.text, setting, measure) for fact in table.facts)
    tall: list[frozenset[int]] = []
    for part, edges in zip(shown, widths, strict=True):
        split: set[int] = set()
        for n, row in enumerate(part.rows):
            points = _row_height(row, edges, setting, measure)
            height += points
            if points > page * _TALL:
                split.add(n)
        tall.append(frozenset(split))
    return Plan(table, setting, tuple(shown), widths, height <= page * _SMALL, tuple(tall))


def _shaped(table: Table, measure: Measurer) -> tuple[list[Part], list[list[Demand]], TableSetting]:
    """Return the parts to print, what their columns need, and the setting of all."""
    shown = [part for part in table.parts if part.rows] or list(table.parts)
    needs = [demands.demands(part, measure) for part in shown]
    setting = columns.choose(shown, needs, measure)
    if setting and all(len(part.columns) <= _MOST_COLUMNS for part in shown):
        return shown, needs, setting
    setting = demands.LAST
    grouped: list[Part] = []
    for part, need in zip(shown, needs, strict=True):
        for group in columns.groups(need, setting):
            for at in range(0, len(group), _MOST_COLUMNS):
                grouped.append(parts.columns_of(part, group[at : at + _MOST_COLUMNS]))  # noqa: PERF401 - loops read better
    return grouped, [demands.demands(part, measure) for part in grouped], setting


def _row_height(row: Row, widths: Sequence[float], setting: TableSetting, measure: Measurer) -> float:
    """Return roughly how high a row becomes; cells over several rows are left out."""
    most = 1.0
    for at, cell in enumerate(row.cells):
        # no text so short wraps where its own width would not do
        if len(cell.text) > 8 and cell.down == 1:
            room = (sum(widths[at : at + cell.span]) - 2 * setting.pad) * 1000 / setting.size
            font = fonts().regular if row.role_of(cell) is Role.DETAIL else fonts().bold
            texts = cell.bullets or tuple(cell.text.split("\n"))
            most = max(most, sum([measure(font, text).width // max(room, 1) + 1 for text in texts]))
    return most * setting.size * _LEADING + 2 * ROW_PAD


def _fact_height(text: str, setting: TableSetting, measure: Measurer) -> float:
    room = (setting.width - FACT_LABEL - 2 * setting.pad) * 1000 / setting.size
    lines = sum(measure(fonts().regular, one).width // room + 1 for one in text.split("\n"))
    return lines * setting.size * _LEADING + 2 * ROW_PAD
