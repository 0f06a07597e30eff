"""How the columns of grids read a pasted text, for the preview: as typing does, without writing anything."""

from typing import Final

from perfdesk.domain import texts
from perfdesk.domain.numbers import format_number
from perfdesk.services.editing import fields
from perfdesk.services.editing.fields import Known
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.services.editing.units import SEPARATOR, find_units
from perfdesk.services.editing.values import read_value
from perfdesk.services.paste.ground import Reader
from perfdesk.tables.table import Column, ColumnKind

# the tables whose grids hold numbers that are no fields: values of years, amounts by code
_WITH_NUMBERS: Final = ("indicator", "indicator_value", "activity", "cost_sheet_activity")


def reader(known: Known, table: str, column: Column) -> Reader:
    """Return how a grid's column of a table reads a text: a field as its kind does, others by what they hold."""
    kind = RECORD_TYPES.get(table)
    found = kind.fields.get(column.key) if kind else None
    if found is not None:
        return lambda text: found.shown(text, known)
    if table in _WITH_NUMBERS:
        match column.kind:
            case ColumnKind.VALUE:
                return lambda text: read_value(text).display()
            case ColumnKind.AMOUNT:
                return lambda text: format_number(amount) if (amount := fields.read_amount(text)) else ""
    if column.key == "units":
        return lambda text: f"{SEPARATOR} ".join(unit.name for unit in find_units(known.municipality.units, text))
    return texts.typed
