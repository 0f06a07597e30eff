"""The grid of any kind of row whose columns are fields of the file: units, goals, policy documents, transfers."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject

from perfdesk.domain.money import ZERO
from perfdesk.gui.grid.edit_model import EditModel
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading
from perfdesk.gui.refused import Row
from perfdesk.gui.session import Session
from perfdesk.i18n import _
from perfdesk.services.editing import records
from perfdesk.services.editing.fields import Amount, Choice, Field
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.services.paste import bulk
from perfdesk.services.paste.bulk import Entries, Refused
from perfdesk.storage.rows import Stored
from perfdesk.tables.table import Column, ColumnKind

_AMOUNT: Final = "amount"
# what a new row may come under; what else is known of it is of its own
_ABOVE: Final = ("programme", "plan", "goal", "sub_programme", "programme_entry")
Above = Mapping[str, Stored]


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """A column of such a grid: the field it shows, its head (a msgid) with a tooltip, its kind and weight.

    ``shown`` gives the text where it is not the field's own, as a derived code, which can be typed over; without a
    field it is computed.
    """

    key: str
    head: str
    kind: ColumnKind = ColumnKind.TEXT
    weight: float = 2
    tip: str = ""
    shown: Callable[[Any], str] | None = None

    @property
    def is_derived(self) -> bool:
        """Whether it shows what nobody has to type."""
        return self.kind is ColumnKind.CODE and self.shown is not None


class RecordModel(EditModel):
    """Shows records of one table. ``above`` says what a new row belongs to; None where none can be added."""

    def __init__(
        self,
        session: Session,
        table: str,
        columns: Sequence[RecordColumn],
        rows: Callable[[], Sequence[Any]],
        above: Callable[[], Above | None] = dict,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(session, parent)
        self.kind = table
        self._record_columns = tuple(columns)
        self._records = rows
        self._above = above

    def content(self) -> Content:
        """Return a row for each record."""
        columns = tuple(Column(column.key, column.head, column.kind, column.weight) for column in self._record_columns)
        heads = tuple(Heading(_(column.head), _(column.tip)) for column in self._record_columns)
        rows = tuple(
            GridRow(record.row, tuple(self._cell(column, record) for column in self._record_columns))
            for record in self._records()
        )
        return Content(columns, heads, rows)

    def write(self, row: int, column: str, text: str) -> None:
        """Write a typed text as its field takes it."""
        records.write(self.session.store, self.session.known, self.kind, row, column, text)

    def insert_row(self) -> int:
        """Add a row behind the last one."""
        return records.add(self.session.store, self.kind, **self.above_for_insert())

    def above_for_insert(self) -> Above:
        """Return what a row belongs to that is about to be added; part of the step, so that it may be made first."""
        return self._above() or {}

    def rows_above(self) -> tuple[Row, ...]:
        """Return the rows of the file that a new row comes under."""
        above = self._above() or {}
        return tuple(Row.of(table, id_) for table, id_ in above.items() if table in _ABOVE and isinstance(id_, int))

    def write_many(self, entries: Mapping[int, Entries]) -> Refused:
        """Write the columns that are plain fields row by row, others by ``write``."""
        plain = {row: self._plain(typed) for row, typed in entries.items()}
        refused = bulk.write_rows(self.session.store, self.session.known, self.kind, plain)
        return refused | self._write_others({row: _without(typed, plain[row]) for row, typed in entries.items()})

    def add_many(self, entries: Sequence[Entries]) -> tuple[list[int], Refused]:
        """Add rows behind the last one, the first of them by ``insert_row``, which says what they belong to."""
        if bulk.needs_own_years(self.kind):
            return self._add_each(entries)
        first = self.insert_row()
        plain = [self._plain(typed) for typed in entries]
        store, known = self.session.store, self.session.known
        rest, refused = bulk.add_rows(store, known, self.kind, plain[1:], self.above_for_insert())
        rows = [first, *rest]
        refused |= bulk.write_rows(store, known, self.kind, {first: plain[0]})
        singly = {row: _without(typed, plain[n]) for n, (row, typed) in enumerate(zip(rows, entries, strict=True))}
        return rows, refused | self._write_others(singly)

    def _write_others(self, entries: Mapping[int, Entries]) -> Refused:
        """Write what is not plain: amounts together, which have a limit in common, the rest by ``write``."""
        is_amount = isinstance(self._field(_AMOUNT), Amount)
        amounts = {row: typed[_AMOUNT] for row, typed in entries.items() if is_amount and _AMOUNT in typed}
        refused = bulk.write_amounts(self.session.store, self.kind, amounts)
        others = {row: _without(typed, (_AMOUNT,) if is_amount else ()) for row, typed in entries.items()}
        return refused | super().write_many(others)

    def _add_each(self, entries: Sequence[Entries]) -> tuple[list[int], Refused]:
        """Add rows one by one: where the next one begins depends on what was typed into those before it."""
        store = self.session.store
        rows: list[int] = []
        refused: Refused = {}
        for typed in entries:
            above = bulk.above_next(store, self.kind, self.above_for_insert())
            rows.append(records.add(store, self.kind, **above))
            refused |= super().write_many({rows[-1]: typed})
        return rows, refused

    def _plain(self, typed: Entries) -> Entries:
        return {column: text for column, text in typed.items() if bulk.is_plain(self.kind, column)}

    def can_add(self) -> bool:
        """Whether there is something a new row can belong to."""
        return bool(RECORD_TYPES[self.kind].added) and self._above() is not None

    def choices(self, column: str) -> Sequence[Choice]:
        """Return the choices of a field."""
        field = self._field(column)
        return field.choices(self.session.known) if field else ()

    def new_cells(self, content: Content) -> tuple[GridCell, ...]:
        """Return blank cells, computed where the column is; a code can be typed none the less."""
        del content
        fields = [self._field(column.key) is not None for column in self._record_columns]
        return tuple(
            GridCell(editable=has_field, computed=not has_field or column.is_derived)
            for column, has_field in zip(self._record_columns, fields, strict=True)
        )

    def _field(self, column: str) -> Field | None:
        return RECORD_TYPES[self.kind].fields.get(column)

    def _cell(self, column: RecordColumn, record: Any) -> GridCell:
        field = self._field(column.key)
        if field is None:
            return GridCell(column.shown(record) if column.shown else "", computed=True)
        value = getattr(record, column.key)
        edit = field.show(value, self.session.known)
        shown = column.shown(record) if column.shown else edit
        number = value if column.kind is ColumnKind.AMOUNT and value != ZERO else None
        return GridCell(shown, edit, number, editable=True, computed=column.is_derived)


def _without(typed: Entries, written: Container[str]) -> Entries:
    return {column: text for column, text in typed.items() if column not in written}
