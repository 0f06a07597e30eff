"""Grids a person types in: a typed text goes to a service; what the service refuses stays in its cell, marked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal

from perfdesk.domain.errors import UserError
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Index, TableModel
from perfdesk.gui.session import Session
from perfdesk.i18n import N_
from perfdesk.services.editing import records
from perfdesk.services.editing.fields import Choice
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.services.paste import pasting
from perfdesk.services.paste.bulk import Entries, Refused
from perfdesk.services.paste.pasting import Ground, PasteColumn, PastePlan, Reader, Texts
from perfdesk.tables.table import Role

# The key of the blank row below the last one; it becomes a row of the file with its first entry. Rows count from 1.
NEW: Final = 0
_READ: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Wrong(NamedTuple):
    """An entry that was refused, with the sentence that says why."""

    text: str
    error: UserError


class EditModel(TableModel):
    """Rows of one table of the file. ``problems_changed`` tells that an entry became wrong or ceased to be."""

    problems_changed = Signal()
    # the table of the file that its rows are of
    kind: str = ""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        # what was refused stays with its subject until it is mended or given up, by row and column
        self._of_subject: dict[object, dict[tuple[int, str], Wrong]] = {}
        self._wrong: dict[tuple[int, str], Wrong] = {}

    # a QObject cannot be an abstract base class of Python as well, so what must be given only says so
    # --- what the grids differ in -----------------------------------------------------------------------------------

    def content(self) -> Content:
        """Return what the snapshot of now shows."""
        raise NotImplementedError

    def write(self, row: int, column: str, text: str) -> None:
        """Read a typed text and give it to its service.

        Raises:
            UserError: it is refused.
        """
        raise NotImplementedError

    def insert_row(self) -> int:
        """Add a row to the file, within the step of its first entry, and return it."""
        raise NotImplementedError

    def can_add(self) -> bool:
        """Whether rows can be added now."""
        return False

    def choices(self, column: str) -> Sequence[Choice]:  # noqa: ARG002 - for the grids that have lists
        """Return what completes while typing in a column."""
        return ()

    def reader(self, column: str) -> Reader:
        """Return how a typed text of a column is read, for the preview of a paste; ``write`` has the last word.

        The default knows fields, values, amounts and units. It raises the ``UserError`` that says why a text does not
        fit, or returns the text as it will be shown.
        """
        return pasting.reader(self.session.known, self.kind, self.columns[self.column_of(column)])

    def write_many(self, entries: Mapping[int, Entries]) -> Refused:
        """Write typed texts into rows of the file, by row and column, within a step; return what was refused.

        For the grids that can do it faster than cell by cell.
        """
        refused: Refused = {}
        for row, typed in entries.items():
            refused |= self._write_each(row, typed)
        return refused

    def add_many(self, entries: Sequence[Entries]) -> tuple[list[int], Refused]:
        """Add a row to the file for each of these typed texts by column, within a step, as ``write_many``."""
        refused: Refused = {}
        rows = []
        for typed in entries:
            rows.append(self.insert_row())
            refused |= self._write_each(rows[-1], typed)
        return rows, refused

    def _write_each(self, row: int, typed: Entries) -> Refused:
        refused: Refused = {}
        for column, text in typed.items():
            try:
                self.write(row, column, text)
            except UserError as error:
                # some grids look at what was refused beside the cell they write
                self._wrong[row, column] = Wrong(text, error)
                refused[row, column] = error
        return refused

    def new_cells(self, content: Content) -> tuple[GridCell, ...]:
        """Return the cells of the blank row below the last one; its code will come by position."""
        return tuple(GridCell(editable=True, computed=column.key == "code") for column in content.columns)

    # --- showing ----------------------------------------------------------------------------------------------------

    def set_subject(self, subject: object) -> None:
        """Turn to what the rows belong to from the next ``refresh`` on; refused entries of the former stay with it."""
        self._wrong = self._of_subject.setdefault(subject, {})

    def take_over(self, former: object) -> None:
        """Take up what was refused under another subject, which has become the one now shown."""
        self._wrong.update(self._of_subject.pop(former, {}))

    def refresh(self) -> None:
        """Show the snapshot of now."""
        content = self.content()
        if self.can_add() and not self.session.read_only:
            last = sum(row.role is Role.DETAIL for row in content.rows)
            blank = GridRow(NEW, self.new_cells(content))
            content = Content(
                content.columns, content.heads, (*content.rows[:last], blank, *content.rows[last:]), content.spans
            )
        self.show(content)
        rows = {row.key for row in self.rows}
        gone = [place for place in self._wrong if place[0] not in rows]
        for place in gone:
            del self._wrong[place]
        self.problems_changed.emit()

    def wrong(self, index: Index) -> Wrong | None:
        """Return the refused entry in a cell, if there is one."""
        return self._wrong.get(self._place(index)) if index.isValid() else None

    def problems(self) -> list[tuple[Index, Wrong]]:
        """Return all refused entries, from the top."""
        if not self._wrong:
            return []
        rows = {row.key: at for at, row in enumerate(self.rows)}
        columns = {column.key: at for at, column in enumerate(self.columns)}
        places = [
            (rows[row], columns[column], wrong)
            for (row, column), wrong in self._wrong.items()
            if row in rows and column in columns
        ]
        return [(self.index(row, column), wrong) for row, column, wrong in sorted(places, key=lambda place: place[:2])]

    @property
    def has_problems(self) -> bool:
        """Whether there are refused entries."""
        return bool(self._wrong)

    def all_refused(self) -> list[tuple[object, Wrong]]:
        """Return all refused entries with the subjects they stay with, of this one and of former ones."""
        kept = {id(wrong): (subject, wrong) for subject, wrong in self._of_subject.items()}
        kept.setdefault(id(self._wrong), (None, self._wrong))
        return [(subject, one) for subject, wrong in kept.values() for one in wrong.values()]

    def newest(self) -> Wrong | None:
        """Return the entry refused last, if there is one."""
        return next(reversed(self._wrong.values()), None)

    def give_up(self, index: Index) -> None:
        """Forget a refused entry: the cell shows what is stored."""
        if index.isValid() and self._wrong.pop(self._place(index), None) is not None:
            self._tell(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        wrong = self.wrong(index)
        if wrong is not None:
            match role:
                case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                    return wrong.text
                case Qt.ItemDataRole.ToolTipRole:
                    return wrong.error.sentence()
                case Qt.ItemDataRole.AccessibleTextRole:
                    return f"{wrong.text}: {wrong.error.sentence()}"
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        editable = self.cell(index).editable and not self.session.read_only
        return _READ | Qt.ItemFlag.ItemIsEditable if editable else _READ

    # --- typing -----------------------------------------------------------------------------------------------------

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        place = self._place(index)
        text = str(value)
        had = self._wrong.pop(place, None)
        try:
            if text != self.cell(index).edit:
                place = (self._write(index.row(), place[1], text), place[1])
        except UserError as error:
            self._wrong[place] = Wrong(text, error)
        now = self._wrong.get(place)
        if had or now:
            # the row may have moved; where it has gone with the step there is nothing to tell
            self._tell(self.index(self.row_of(place[0]), self.column_of(place[1])))
        return True

    def clear(self, indexes: Iterable[Index]) -> None:
        """Empty cells, in one step."""
        filled = [index for index in indexes if self.wrong(index) or self._can_clear(index)]
        self._write_all(N_("clearing cells"), [(index, "") for index in filled])

    def fill(self, pairs: Iterable[tuple[Index, Index]]) -> None:
        """Write the entry of one cell into another, pair by pair, in one step."""
        if self.session.read_only:
            return
        self._write_all(
            N_("filling down"),
            [
                (to, self.cell(source).edit)
                for source, to in pairs
                # a code is nobody else's
                if self._takes(to.row(), to.column()) and self.cell(source).edit != self.cell(to).edit
            ],
        )

    # --- pasting ----------------------------------------------------------------------------------------------------

    def ground(self) -> Ground:
        """Return what a paste has to know of the grid."""
        editable = {at for row in self.rows for at, cell in enumerate(row.cells) if cell.editable and not cell.computed}
        columns = [
            PasteColumn(
                column.key,
                " ".join(head.text.split()),
                self.reader(column.key) if at in editable else None,
                self.is_numeric(at),
            )
            for at, (column, head) in enumerate(zip(self.columns, self.heads, strict=True))
        ]
        blank = self.row_of(NEW)
        last = sum(row.role is Role.DETAIL for row in self.rows)
        return Ground(columns, last if blank < 0 else blank, can_add=blank >= 0, takes=self._takes)

    def paste(self, plan: PastePlan, *, unfit: bool) -> None:
        """Do what a plan says, in one step; ``unfit`` entries stay in their cells, marked, or are left out."""
        if self.session.read_only:
            return
        present, new = plan.chosen(unfit=unfit)
        with self._whole():
            records.together(self.session.store, N_("pasting"), [lambda: self._put(present, new)])
        self._tell_all()

    def _put(self, present: Mapping[int, Texts], new: Sequence[Texts]) -> None:
        entries: dict[int, dict[str, str]] = {}
        kept: dict[tuple[int, str], Wrong] = {}
        for place, cells in present.items():
            key = self._key(place)
            # columns that are not in sight yet are taken to be blank: what is written there is written anyway
            shown = {column.key: cell.edit for column, cell in zip(self.columns, self.rows[place].cells, strict=True)}
            for column, cell in cells.items():
                self._wrong.pop((key, column), None)
                if cell.error is not None:
                    kept[key, column] = Wrong(cell.text, cell.error)
                elif cell.text != shown.get(column):
                    entries.setdefault(key, {})[column] = cell.text
        refused = self.write_many(entries) if entries else {}
        added = [{column: cell.text for column, cell in cells.items() if cell.error is None} for cells in new]
        rows, others = self.add_many(added) if added else ([], {})
        if rows:
            self._wrong.update(self._of_blank_row(rows[0], new[0]))
        for row, cells in zip(rows, new, strict=True):
            entries[row] = {column: cell.text for column, cell in cells.items()}
            kept |= {(row, column): Wrong(cell.text, cell.error) for column, cell in cells.items() if cell.error}
        for (row, column), error in (refused | others).items():
            kept[row, column] = Wrong(entries[row][column], error)
        self._wrong.update(kept)

    def _of_blank_row(self, row: int, pasted: Texts) -> dict[tuple[int, str], Wrong]:
        """Return what was refused in the blank row for the row that now stands in its place."""
        columns = [column for key, column in self._wrong if key == NEW]
        taken = {column: self._wrong.pop((NEW, column)) for column in columns}
        return {(row, column): wrong for column, wrong in taken.items() if column not in pasted}

    def _takes(self, row: int, column: int) -> bool:
        cell = self.rows[row].cells[column]
        return cell.editable and not cell.computed

    # --- writing ----------------------------------------------------------------------------------------------------

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Where what is done within fails as a whole, leave the refused entries as they were before."""
        wrong, before = self._wrong, dict(self._wrong)
        try:
            yield
        except BaseException:
            wrong.clear()
            wrong.update(before)
            raise

    def _write(self, at: int, column: str, text: str) -> int:
        """Write an entry into a row of the grid, and return the file's row, which may be a new one."""
        key = self._key(at)
        if key != NEW:
            self.write(key, column, text)
            return key
        shown, refused = self.rows[at], dict(self._wrong)

        def begin() -> None:
            row = self.insert_row()
            # the blank row is from now on the new one: what is selected, typed or refused in it stays
            self.rows[at] = shown._replace(key=row)
            for (_new, other), wrong in refused.items():
                if _new == NEW:
                    self._wrong[row, other] = self._wrong.pop((NEW, other), wrong)
            self.write(row, column, text)

        try:
            with self._whole():
                records.together(self.session.store, RECORD_TYPES[self.kind].added, [begin])
        except BaseException:
            self.rows[at] = shown
            raise
        return self._key(at)

    def _can_clear(self, index: Index) -> bool:
        return bool(self.flags(index) & Qt.ItemFlag.ItemIsEditable and self.cell(index).edit)

    def _write_all(self, label: str, entries: Sequence[tuple[Index, str]]) -> None:
        """Write entries into cells, in one step; what is refused stays in its cell."""
        if not entries:
            return
        with self._whole():
            self._write_cells(label, entries)
        self._tell_all()

    def _write_cells(self, label: str, entries: Sequence[tuple[Index, str]]) -> None:
        typed: dict[int, dict[str, str]] = {}
        blank: list[tuple[int, str, str]] = []
        for index, text in entries:
            place = self._place(index)
            self._wrong.pop(place, None)
            if text == self.cell(index).edit:
                continue
            if place[0] == NEW:
                blank.append((index.row(), place[1], text))
            else:
                typed.setdefault(place[0], {})[place[1]] = text

        def write() -> None:
            for (row, column), error in self.write_many(typed).items():
                self._wrong[row, column] = Wrong(typed[row][column], error)
            for at, column, text in blank:
                try:
                    self._write(at, column, text)
                except UserError as error:
                    self._wrong[self._key(at), column] = Wrong(text, error)

        records.together(self.session.store, label, [write])

    # --- rows -------------------------------------------------------------------------------------------------------

    def is_row(self, at: int) -> bool:
        """Whether a row can be gone to and typed in: it is no total."""
        return 0 <= at < len(self.rows) and self.rows[at].role is Role.DETAIL

    def is_new(self, at: int) -> bool:
        """Whether a row is the blank one that is not in the file yet."""
        return self.rows[at].key == NEW

    def delete_rows(self, places: Iterable[int]) -> None:
        """Delete rows, in one step."""
        keys = [self._key(at) for at in sorted(set(places)) if self.is_row(at) and not self.is_new(at)]
        if keys and not self.session.read_only:
            changes = [partial(self.delete_row, key) for key in keys]
            if len(keys) == 1:
                changes[0]()
            else:
                records.together(self.session.store, N_("deleting rows"), changes)

    def delete_row(self, row: int) -> None:
        """Delete a row of the file.

        Raises:
            UserError: it cannot be, because something needs it.
        """
        records.delete(self.session.store, self.kind, row)

    def move_row(self, at: int, by: int) -> None:
        """Move a row up (negative) or down."""
        if self.is_row(at) and not self.is_new(at) and RECORD_TYPES[self.kind].moved and not self.session.read_only:
            records.move(self.session.store, self.kind, self._key(at), by)

    # --- helpers ----------------------------------------------------------------------------------------------------

    def _key(self, at: int) -> int:
        key = self.rows[at].key
        assert isinstance(key, int)
        return key

    def _place(self, index: Index) -> tuple[int, str]:
        key = self.rows[index.row()].key
        return (key if isinstance(key, int) else -1), self.columns[index.column()].key

    def _tell_all(self) -> None:
        last = self.index(len(self.rows) - 1, len(self.columns) - 1)
        if last.isValid():
            self.dataChanged.emit(self.index(0, 0), last)
        self.problems_changed.emit()

    def _tell(self, index: Index) -> None:
        if index.isValid():
            self.dataChanged.emit(index, index)
        self.problems_changed.emit()
