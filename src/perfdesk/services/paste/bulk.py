"""Writing many rows at once, as a paste does: what single entries look up for each is looked up once.

Parts of the current step. Rows of one table are written one after another, so that undo can take them back together.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from perfdesk.domain.errors import UserError
from perfdesk.domain.money import ZERO
from perfdesk.services.editing import costing, fields, records
from perfdesk.services.editing.fields import Known
from perfdesk.services.editing.numbering import CODED
from perfdesk.services.editing.order import new_identity, whole
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.storage.rows import Stored
from perfdesk.storage.store import Store

Entries = Mapping[str, str]
# what was refused, by row and column
Refused = dict[tuple[int, str], UserError]
_AMOUNT: Final = "amount"
# tables whose fields must agree with other rows or with a limit: each entry is looked at by itself
_GUARDED: Final = ("plan", "population", "programme_entry", "sub_programme_entry")
# tables whose rows each have years of their own, by the columns of these
_OF_YEARS: Final = {"population": ("year", "year"), "plan": ("first_year", "last_year")}


def is_plain(table: str, column: str) -> bool:
    """Whether an entry of this field only has to be read; others are written one by one."""
    taken = RECORD_TYPES[table].fields if table in RECORD_TYPES else {}
    is_code = column == "code" and table in CODED
    return column in taken and column != _AMOUNT and not is_code and table not in _GUARDED


def add_rows(
    store: Store, known: Known, table: str, entries: Sequence[Entries], above: Mapping[str, Stored]
) -> tuple[list[int], Refused]:
    """Add a row for each of these entries of plain fields behind its siblings; return them, and what was refused."""
    if not entries:
        return [], {}
    kind = RECORD_TYPES[table]
    refused: Refused = {}
    # the first as any row that is added by itself; the others are like it and follow it
    rows = [records.add(store, table, **above)]
    alike = (*above, "programme") if table in records.OF_PROGRAMME else tuple(above)
    given = {column: store.field(table, rows[0], column) for column in alike}
    read = [_read(known, table, typed) for typed in entries]
    if read[0][0]:
        store.update(table, rows[0], **read[0][0])
    if kind.moved:
        position = whole(store.field(table, rows[0], "position"))
        alike_fields = {**kind.initial, **given}
        rows += store.insert_many(
            table,
            (
                {
                    **alike_fields,
                    **values,
                    **({"identity": new_identity(table)} if kind.identified else {}),
                    "position": position + n,
                }
                for n, (values, _errors) in enumerate(read[1:], 1)
            ),
        )
    else:
        for values, _errors in read[1:]:
            rows.append(records.add(store, table, **above))
            if values:
                store.update(table, rows[-1], **values)
    for row, (_values, errors) in zip(rows, read, strict=True):
        refused |= {(row, column): error for column, error in errors.items()}
    return rows, refused


def needs_own_years(table: str) -> bool:
    """Whether no two rows of a table may be of the same years."""
    return table in _OF_YEARS


def above_next(store: Store, table: str, above: Mapping[str, Stored]) -> dict[str, Stored]:
    """Return what a new row begins with; years that another row has already are moved on behind the last one."""
    new = dict(above)
    first, last = _OF_YEARS.get(table, ("", ""))
    rows = store.rows(table) if first in above else []
    if any(store.field(table, row, first) == above[first] for row in rows):
        newest = max(whole(store.field(table, row, last)) for row in rows)
        by = newest + 1 - whole(above[first])
        new |= {column: whole(above[column]) + by for column in (first, last)}
    return new


def write_rows(store: Store, known: Known, table: str, entries: Mapping[int, Entries]) -> Refused:
    """Change plain fields of rows to these typed entries; return what was refused."""
    refused: Refused = {}
    for row, typed in entries.items():
        values, errors = _read(known, table, typed)
        if values:
            store.update(table, row, **values)
        refused |= {(row, column): error for column, error in errors.items()}
    return refused


def write_amounts(store: Store, table: str, entries: Mapping[int, str]) -> Refused:
    """Change the amounts of rows of one programme to these typed ones; return what was refused.

    Each is looked at in its turn, as if it were entered by itself, but the total is added up only once.
    """
    refused: Refused = {}
    room = costing.room_of(store, table, next(iter(entries))) if entries else None
    for row, typed in entries.items():
        try:
            amount = fields.read_amount(typed)
            if room is not None:
                difference = amount - (store.amount(table, row, _AMOUNT) or ZERO)
                costing.check_room(difference, room)
                room -= difference
            store.update(table, row, **{_AMOUNT: amount})
        except UserError as error:
            refused[row, _AMOUNT] = error
    return refused


def _read(known: Known, table: str, typed: Entries) -> tuple[dict[str, object], dict[str, UserError]]:
    values: dict[str, object] = {}
    errors: dict[str, UserError] = {}
    for column, text in typed.items():
        try:
            values[column] = RECORD_TYPES[table].fields[column].read(text, known)
        except UserError as error:
            errors[column] = error
    return values, errors
