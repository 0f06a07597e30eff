"""Sums that guard a limit while rows are written; what is printed is summed from the snapshot alone."""

from decimal import Decimal
from typing import TYPE_CHECKING

from perfdesk.storage.rows import lira

if TYPE_CHECKING:
    from perfdesk.storage.store import Store

_IN_SHEETS = (
    "SELECT id FROM cost_sheet WHERE target IN (SELECT id FROM target WHERE programme = :programme) OR "
    "sub_programme IN (SELECT id FROM sub_programme WHERE programme = :programme)"
)


def programme_total(store: "Store", programme: int) -> Decimal:
    """Return the grand total of a programme in lira."""
    sheets = " UNION ALL ".join(
        f"SELECT amount FROM {table} WHERE cost_sheet IN ({_IN_SHEETS})"
        for table in ("cost_line", "cost_transfer", "cost_off_budget")
    )
    wide = " UNION ALL ".join(
        f"SELECT amount FROM {table} WHERE programme = :programme" for table in ("general_administration", "transfer")
    )
    return lira(store.scalar(f"SELECT coalesce(sum(amount), 0) FROM ({sheets} UNION ALL {wide})", programme=programme))


def list_total(store: "Store", table: str, programme: int) -> Decimal:
    """Return the sum of the amounts that a programme has in a table, in lira."""
    return lira(
        store.scalar(f"SELECT coalesce(sum(amount), 0) FROM {table} WHERE programme = :programme", programme=programme)
    )
