"""What can be found of what the checks say: the sentence of each finding that counts, at the place where it is mended.

Findings change with every edit and are many in a large programme, so that they stand in no index: they are made ready
portion by portion, each time other ones are there.
"""

from collections.abc import Generator, Sequence
from typing import Final

from perfdesk.i18n import _
from perfdesk.services.control.audit import Item
from perfdesk.services.control.checking import SEVERITIES
from perfdesk.services.places import Place
from perfdesk.services.search import search_index
from perfdesk.services.search.record import FINDING, Record, Text
from perfdesk.services.search.search_index import Group

# made ready at once: well within the time that a key may take
_PORTION: Final = 50


def groups(items: Sequence[Item]) -> Generator[None, None, tuple[Group, ...]]:
    """Make findings ready step by step; the generator returns them. One that no form shows leads nowhere."""
    placed = [(item, item.place) for item in items if item.place is not None]
    made = []
    for begin in range(0, len(placed), _PORTION):
        portion = placed[begin : begin + _PORTION]
        made.append(search_index.group(portion, [_record(item, place) for item, place in portion]))
        yield
    return tuple(made)


def _record(item: Item, place: Place) -> Record:
    finding, rule = item.finding, item.rule
    return Record(
        FINDING,
        place.entry,
        _(SEVERITIES[finding.severity]),
        place.table,
        place.row,
        place.column,
        _(rule.title),
        rule.id,
        (Text(finding.sentence(), place.column),),
        words=place.words,
    )
