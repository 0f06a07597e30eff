"""Rows that link one thing with several others in an order, such as a cost sheet with its units; part of a step."""

from collections.abc import Sequence

from perfdesk.storage.rows import Stored
from perfdesk.storage.store import Store


def relink(store: Store, table: str, column: str, wanted: Sequence[int], **of: Stored) -> None:
    """Let exactly these be linked, each once and in their order; where they are so already nothing is touched.

    ``column`` names what is linked, ``of`` says with what.
    """
    once = list(dict.fromkeys(wanted))
    before = store.rows(table, **of)
    if [store.field(table, link, column) for link in before] == once:
        return
    for link in before:
        store.delete(table, link)
    for n, row in enumerate(once):
        store.insert(table, position=n, **{**of, column: row})
