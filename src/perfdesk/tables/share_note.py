"""The note below a table whose shares do not add up as printed: each is rounded on its own, as in the official tables.

Forced to 100 they would no longer be what anybody works out from the amounts beside them, nor what the workbook's
formulas do.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from perfdesk.domain.money import total
from perfdesk.tables.table import Row


def share_note(rows: Iterable[Row], sums: Iterable[tuple[str, Iterable[str]]], labels: Mapping[str, str]) -> str:
    """Return the note, or "" where nobody who adds up finds another share.

    Args:
        rows: those of the table, whose last cell is the share.
        sums: the rows that are sums, by their keys, and the rows that each is the sum of.
        labels: the printed words.
    """
    shares = {row.key: row.cells[-1].number or Decimal(0) for row in rows}
    differs = any(shares[key] != total(shares[one] for one in of) for key, of in sums if of)
    return labels["costs.rounded"] if differs else ""
