"""What stands in a programme just as it stood in last year's: taken over with the new year, and not revised since.

Nothing is noted down for this: the two years are compared, so that one changed letter is enough, and undo is seen.
"""

from dataclasses import dataclass

from perfdesk.domain.programme import Municipality, Programme


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """The parts of the book with last year's text, by their keys, and the tables with last year's rows, by their row.

    ``since`` is the year whose programme holds the same; 0 where there is none to compare with.
    """

    since: int = 0
    sections: frozenset[str] = frozenset()
    resource_tables: frozenset[int] = frozenset()


def carried_over(municipality: Municipality, programme: Programme) -> CarriedOver:
    """Return what a programme shares, word for word, with that of the year before; what is empty is not shared."""
    last = municipality.programme(programme.year - 1)
    if last is None:
        return CarriedOver()
    texts = {section.key: section.blocks for section in last.sections}
    tables = {(table.section, table.caption): table for table in last.resource_tables}
    return CarriedOver(
        since=last.year,
        sections=frozenset(
            section.key for section in programme.sections if section.blocks and section.blocks == texts.get(section.key)
        ),
        resource_tables=frozenset(
            table.row
            for table in programme.resource_tables
            if table.rows and table == tables.get((table.section, table.caption))
        ),
    )
