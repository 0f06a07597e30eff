"""Undo and redo in the data: triggers write the inverse of every change into a TEMP log; undoing plays it back.

The technique is the one SQLite's own documentation describes. Cascades are logged like any other change, and what
playing back changes is logged too: that is the redo.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from sqlite_utils import Database

# tables of the file that are not the user's data
_INTERNAL: Final = ("sqlite_", "_sqlite_migrations")
# The target a row belongs to, for the tables that stand below one ({r} is old or new); a row of any other table, or of
# a sub-programme, has none. Where the row above is being deleted too, that row's own entry names the target.
_BY_SHEET: Final = "(SELECT coalesce(target, 0) FROM cost_sheet WHERE id = {r}.cost_sheet)"
_OWNERS: Final = {
    "target": "{r}.id",
    "indicator": "coalesce({r}.target, 0)",
    "activity": "coalesce({r}.target, 0)",
    "cost_sheet": "coalesce({r}.target, 0)",
    "indicator_value": "(SELECT coalesce(target, 0) FROM indicator WHERE id = {r}.indicator)",
    "cost_sheet_activity": _BY_SHEET,
    "cost_sheet_unit": _BY_SHEET,
    "cost_line": _BY_SHEET,
    "cost_transfer": _BY_SHEET,
    "cost_off_budget": _BY_SHEET,
    "cost_other_amount": _BY_SHEET,
}
_NO_TARGET: Final = 0
# Rows of one table that came or went one after another are played back together. A statement takes as many as this, and
# about so many letters: a picture is as long as its file.
_MOST_TOGETHER: Final = 500
_LONGEST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Change:
    """What a step changed: its label (a msgid), and the rows touched, as (table, row id).

    ``targets`` are the rows of the targets it was confined to, or None if it reached beyond targets.
    """

    label: str
    rows: frozenset[tuple[str, int]]
    targets: frozenset[int] | None = None

    @property
    def tables(self) -> frozenset[str]:
        """The tables touched."""
        return frozenset(table for table, _row in self.rows)


@dataclass(frozen=True, slots=True)
class _Step:
    """A stretch of the log: what takes a change back.

    ``whole`` where references were checked only at its end, so that they must be when it is played back.
    """

    label: str
    first: int
    last: int
    whole: bool = False


def data_tables(db: Database) -> list[str]:
    """Return the tables that hold the user's data."""
    return [table for table in db.table_names() if not table.startswith(_INTERNAL)]


class UndoLog:
    """The log of one open file, with the steps that can be undone and redone."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []
        db.execute(
            "CREATE TEMP TABLE undo_log (seq INTEGER PRIMARY KEY, tbl TEXT NOT NULL, row INTEGER NOT NULL,"
            " sql TEXT NOT NULL, owner INTEGER)"
        )
        for table in data_tables(db):
            self._watch(table)

    def _watch(self, table: str) -> None:
        columns = [column.name for column in self._db[table].columns]
        names = ",".join(f'"{name}"' for name in columns)
        old_values = "||','||".join(f'quote(old."{name}")' for name in columns)
        assignments = "||','||".join(f'\'"{name}"=\'||quote(old."{name}")' for name in columns)
        inverse = {
            "INSERT": f"'DELETE FROM \"{table}\" WHERE id='||new.id",
            "DELETE": f"'INSERT INTO \"{table}\"({names}) VALUES('||{old_values}||')'",
            "UPDATE": f"'UPDATE \"{table}\" SET '||{assignments}||' WHERE id='||old.id",
        }
        for event, sql in inverse.items():
            r = "new" if event == "INSERT" else "old"
            owner = _OWNERS.get(table, str(_NO_TARGET)).format(r=r)
            if event == "UPDATE":
                # a row that goes over to another target touches two
                owner = f"iif({owner} IS {_OWNERS.get(table, str(_NO_TARGET)).format(r='new')}, {owner}, {_NO_TARGET})"
            self._db.execute(
                f'CREATE TEMP TRIGGER "undo_{table}_{event}" AFTER {event} ON main."{table}" BEGIN'
                f" INSERT INTO undo_log(tbl, row, sql, owner) VALUES('{table}', {r}.id, {sql}, {owner}); END"
            )

    @property
    def last(self) -> int:
        """The log's last entry."""
        return int(self._db.execute("SELECT coalesce(max(seq), 0) FROM undo_log").fetchone()[0])

    @property
    def undo_label(self) -> str:
        """The label of the step that undo would take back, or ""."""
        return self._undo[-1].label if self._undo else ""

    @property
    def redo_label(self) -> str:
        """The label of the step that redo would do again, or ""."""
        return self._redo[-1].label if self._redo else ""

    def is_whole(self, *, undone: bool) -> bool:
        """Whether the step that would be undone, or done again, is checked only at its end."""
        return (self._undo if undone else self._redo)[-1].whole

    def change(self, label: str, after: int) -> Change:
        """Return what has been changed since an entry of the log."""
        rows = self._db.execute("SELECT tbl, row FROM undo_log WHERE seq > ?", [after]).fetchall()
        found = self._db.execute("SELECT DISTINCT owner FROM undo_log WHERE seq > ? AND owner NOT NULL", [after])
        owners = frozenset(owner for (owner,) in found.fetchall())
        return Change(label, frozenset(rows), None if _NO_TARGET in owners else owners)

    def record(self, label: str, after: int, *, whole: bool = False) -> None:
        """Make all since an entry one step; what had been undone can no longer be redone."""
        if self._redo:
            self._forget(self._redo)
            self._redo.clear()
        self._undo.append(_Step(label, after + 1, self.last, whole))

    def play_undo(self) -> Change:
        """Take the last step back. Runs inside the caller's transaction; ``done`` must be called once it stands."""
        return self._play(self._undo[-1])

    def play_redo(self) -> Change:
        """Do the step last undone again, as ``play_undo``."""
        return self._play(self._redo[-1])

    def done(self, *, undone: bool, after: int) -> None:
        """Move the step played from one list to the other."""
        source, target = (self._undo, self._redo) if undone else (self._redo, self._undo)
        step = source.pop()
        target.append(_Step(step.label, after + 1, self.last, step.whole))

    def _play(self, step: _Step) -> Change:
        before = self.last
        # rows come back in an order in which a child may precede its parent
        self._db.execute("PRAGMA defer_foreign_keys=ON")
        entries = self._db.execute(
            "SELECT tbl, row, sql FROM undo_log WHERE seq BETWEEN ? AND ? ORDER BY seq DESC", [step.first, step.last]
        ).fetchall()
        for sql in _together(entries):
            self._db.execute(sql)
        change = self.change(step.label, before)
        self._forget([step])
        return change

    def _forget(self, steps: Iterable[_Step]) -> None:
        for step in steps:
            self._db.execute("DELETE FROM undo_log WHERE seq BETWEEN ? AND ?", [step.first, step.last])


def _together(entries: Iterable[tuple[str, int, str]]) -> Iterator[str]:
    """Yield the statements of entries (table, row, statement), in their order; runs that are alike as one.

    Within a run the order is kept where it can matter: rows are inserted in it, and none of those deleted holds another
    but by references that are set to nothing, which is logged.
    """
    for (table, event), run in groupby(entries, lambda entry: (entry[0], entry[2].partition(" ")[0])):
        if event == "UPDATE":
            yield from (sql for _table, _row, sql in run)
        elif event == "DELETE":
            rows = [str(row) for _table, row, _sql in run]
            for at in range(0, len(rows), _MOST_TOGETHER):
                yield f'DELETE FROM "{table}" WHERE id IN ({",".join(rows[at : at + _MOST_TOGETHER])})'
        else:
            yield from _inserted([sql for _table, _row, sql in run])


def _inserted(statements: list[str]) -> Iterator[str]:
    """Yield insertions into one table, several rows at a time."""
    # all begin alike: with the table and its columns
    begin = statements[0].index(" VALUES(") + len(" VALUES")
    rows: list[str] = []
    letters = 0
    for sql in statements:
        if rows and (len(rows) >= _MOST_TOGETHER or letters + len(sql) > _LONGEST):
            yield statements[0][:begin] + ",".join(rows)
            rows, letters = [], 0
        rows.append(sql[begin:])
        letters += len(sql) - begin
    yield statements[0][:begin] + ",".join(rows)
