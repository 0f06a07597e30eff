"""What can be found of what the checks say: the sentence of each finding that counts, at the place where it is mended.

Findings change with every edit and are many in a large programme, so that they stand in no index: they are made ready
portion by portion, each time other ones are there.
"""

from collections.abc import Generator, Sequence
from typing import Final

from perfdesk.i18n import _
from perfdesk.services.control.audit import Item
from perfdesk.services.control.checking import SEVERITIES
from perfdesk.services.places import CONTROL
from perfdesk.services.search import search_index
from perfdesk.services.search.record import FINDING, Record, Text
from perfdesk.services.search.search_index import Group

# made ready at once: well within the time that a key may take
_PORTION: Final = 50
_NOWHERE: Final = (CONTROL, "", 0, "", "")


def groups(items: Sequence[Item]) -> Generator[None, None, tuple[Group, ...]]:
    """Make findings ready step by step; the generator returns them."""
    made = []
    for begin in range(0, len(items), _PORTION):
        portion = items[begin : begin + _PORTION]
        made.append(search_index.group(portion, map(_record, portion)))
        yield
    return tuple(made)


def _record(item: Item) -> Record:
    finding, rule, place = item.finding, item.rule, item.place
    # what no form shows is told where all findings are
    entry, table, row, column, words = (
        (place.entry, place.table, place.row, place.column, place.words) if place is not None else _NOWHERE
    )
    return Record(
        FINDING,
        entry,
        "",
        table,
        row,
        column,
        _(rule.title),
        rule.id,
        (Text(finding.sentence(), column, SEVERITIES[finding.severity]),),
        words=words,
        finding=finding,
    )
