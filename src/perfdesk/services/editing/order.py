"""Rows among their siblings: what a row belongs to, and where a new one comes to stand."""

import uuid
from collections.abc import Sequence
from typing import Final

from perfdesk.storage.rows import Stored
from perfdesk.storage.store import Store

_IDENTITY_DIGITS: Final = 12


def after_last(store: Store, table: str, **above: Stored) -> int:
    """Return the position behind the last row; where rows were deleted, positions have gaps."""
    return behind(store, table, store.rows(table, **above))


def behind(store: Store, table: str, siblings: Sequence[int]) -> int:
    """Return the position behind the last of these siblings, which stand in their order."""
    return whole(store.field(table, siblings[-1], "position")) + 1 if siblings else 0


def new_identity(table: str) -> str:
    """Return an identity that no other row has."""
    return f"{table}-{uuid.uuid4().hex[:_IDENTITY_DIGITS]}"


def whole(value: object) -> int:
    """Return a stored value that is a whole number.

    Raises:
        TypeError: it is not.
    """
    if not isinstance(value, int):
        raise TypeError(value)
    return value
