"""Editing rows of any kind: writing a typed field, adding, deleting, moving; one function an action, one step each.

Rows are the ids of the snapshot's objects (their ``row``). What a table is made of stands in ``record_types``.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from perfdesk.services.editing import costing, guards
from perfdesk.services.editing.fields import Known
from perfdesk.services.editing.numbering import CODED, refuse_duplicate, release_codes
from perfdesk.services.editing.order import behind, new_identity, whole
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.storage.rows import Stored
from perfdesk.storage.store import Store

# what stands below a programme knows it, too
OF_PROGRAMME: Final = ("indicator", "activity")


def write(store: Store, known: Known, table: str, row: int, column: str, typed: str) -> None:
    """Read a typed text as its field takes it and change the row.

    Raises:
        UserError: the field does not take it, with the sentence that says why.
    """
    value = RECORD_TYPES[table].fields[column].read(typed, known)
    if column == "code" and table in CODED and value != store.field(table, row, column):
        # the snapshot may be older than the step in which several are written
        refuse_duplicate(store.load(), table, row, str(value))
    set_field(store, table, row, column, value)


def set_field(store: Store, table: str, row: int, column: str, value: object) -> None:
    """Change a field to what ``Field.read`` returned.

    Raises:
        UserError: it does not go with what else is in the file.
    """
    guards.before_set(store, table, row, column, value)
    with store.step(RECORD_TYPES[table].fields[column].label):
        store.update(table, row, **{column: value})
        if column == "amount":
            costing.check_limit(store, table, row)


def together(store: Store, label: str, changes: Iterable[Callable[[], object]]) -> None:
    """Do several changes as one step, all or none; ``label`` is a msgid.

    Raises:
        UserError: one of them is refused; nothing is changed then.
    """
    with store.step(label):
        for change in changes:
            change()


def add(store: Store, table: str, **above: Stored) -> int:
    """Add a row behind its siblings and return it; ``above`` says what it belongs to.

    Raises:
        UserError: the year that follows the newest row's is none that a file can hold.
    """
    guards.before_add(store, table, above)
    kind = RECORD_TYPES[table]
    with store.step(kind.added):
        siblings = _siblings(store, table, above)
        release_codes(store, table, siblings)
        fields: dict[str, object] = {**kind.initial, **above}
        if kind.identified:
            fields["identity"] = new_identity(table)
        if table in OF_PROGRAMME:
            holder, row = next((column, row) for column, row in above.items() if row is not None)
            fields["programme"] = store.field(holder, whole(row), "programme")
        return store.insert(table, **fields, **_position(store, table, siblings))


def delete(store: Store, table: str, row: int) -> None:
    """Delete a row and what it holds.

    With its last activity a cost sheet goes too; a divided amount keeps its other parts.

    Raises:
        UserError: something else needs it.
    """
    guards.before_delete(store, table, row)
    with store.step(RECORD_TYPES[table].deleted):
        release_codes(store, table, _siblings(store, table, above_of(store, table, row)))
        if table == "activity":
            costing.leave_sheet(store, row)
        store.delete(table, row)


def move(store: Store, table: str, row: int, by: int) -> None:
    """Move a row up (negative) or down among its siblings.

    Common cost sheets keep to the activities' order, for their amounts stand with the first of them.
    """
    above = above_of(store, table, row)
    rows = _siblings(store, table, above)
    at = rows.index(row)
    to = min(max(at + by, 0), len(rows) - 1)
    if to != at:
        rows.insert(to, rows.pop(at))
        with store.step(RECORD_TYPES[table].moved):
            release_codes(store, table, rows)
            store.reorder(table, rows)
            if table == "activity":
                for sheet in store.rows("cost_sheet", **above):
                    costing.order_links(store, sheet)


def above_of(store: Store, table: str, row: int) -> dict[str, Stored]:
    """Return what a row belongs to, by column."""
    return {column: store.field(table, row, column) for column in RECORD_TYPES[table].above}


def _siblings(store: Store, table: str, above: Mapping[str, Stored]) -> list[int]:
    wanted = {column: above.get(column) for column in RECORD_TYPES[table].above}
    return store.rows(table, **wanted)


def _position(store: Store, table: str, siblings: list[int]) -> dict[str, int]:
    if not RECORD_TYPES[table].moved:
        # plans and population figures stand in the order of their years
        return {"position": 0} if table == "plan" else {}
    return {"position": behind(store, table, siblings)}
