"""How rows are read: by table, grouped under their parents, with the identities that references lead to."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final, TypeVar

_T = TypeVar("_T")
Children = Mapping[int | None, tuple[_T, ...]]

# how the tables below a target are reached from it
_IN_TARGETS: Final = "target IN ({})"
_IN_SHEETS: Final = "cost_sheet IN (SELECT id FROM cost_sheet WHERE target IN ({}))"
_WITHIN: Final = {
    "target": "id IN ({})",
    "indicator": _IN_TARGETS,
    "activity": _IN_TARGETS,
    "cost_sheet": _IN_TARGETS,
    "indicator_value": "indicator IN (SELECT id FROM indicator WHERE target IN ({}))",
    "cost_sheet_activity": _IN_SHEETS,
    "cost_sheet_unit": _IN_SHEETS,
    "cost_line": _IN_SHEETS,
    "cost_transfer": _IN_SHEETS,
    "cost_off_budget": _IN_SHEETS,
    "cost_other_amount": _IN_SHEETS,
}


class Reader:
    """Reads tables; given ``within``, of those below targets only what belongs to these targets."""

    def __init__(self, conn: sqlite3.Connection, within: Collection[int] | None = None) -> None:
        self._conn = conn
        self._within = None if within is None else ", ".join(map(str, within))
        self.units = self._identities("unit")
        self.pictures = self._identities("picture")
        self.objectives = self._identities("objective")
        self.entries = self._identities("sub_programme_entry")
        self.sub_objectives = self._identities("sub_programme_objective")
        self.activity_ids = self._identities("activity")
        self.indicator_ids = self._identities("indicator")

    def select(self, sql: str) -> list[Any]:
        """Return what a query gives."""
        return self._conn.execute(sql).fetchall()

    def where(self, table: str) -> str:
        """Return the condition that keeps a table's rows to the targets asked for, or ""."""
        if self._within is None or table not in _WITHIN:
            return ""
        return f" WHERE {_WITHIN[table].format(self._within)}"

    def children(self, parent: str, table: str, columns: str, build: Callable[..., _T]) -> Children[_T]:
        """Return a table's rows by parent row: the first selected column is the parent, the others go to ``build``."""
        order = "position, id" if self._has_position(table) else "id"
        return _grouped(
            (row[0], build(*row[1:]))
            for row in self.select(f"SELECT {parent}, {columns} FROM {table}{self.where(table)} ORDER BY {order}")
        )

    def _has_position(self, table: str) -> bool:
        return any(row[1] == "position" for row in self._conn.execute(f"PRAGMA table_info({table})"))

    def _identities(self, table: str) -> dict[int | None, str]:
        identities: dict[int | None, str] = {None: ""}
        identities.update(self.select(f"SELECT id, identity FROM {table}{self.where(table)}"))
        return identities


def _grouped(pairs: Iterable[tuple[int | None, _T]]) -> Children[_T]:
    groups: dict[int | None, list[_T]] = defaultdict(list)
    for parent, item in pairs:
        groups[parent].append(item)
    return tuples(groups)


def tuples(groups: Mapping[int | None, list[_T]]) -> Children[_T]:
    """Return groups that nothing is added to any more."""
    return {parent: tuple(items) for parent, items in groups.items()}
