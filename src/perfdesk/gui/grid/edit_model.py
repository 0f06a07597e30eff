"""Grids in which blocks are written, too: cleared, filled, pasted; and rows are deleted and moved."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt

from perfdesk.domain.errors import UserError
from perfdesk.gui.grid.entry_model import NEW, EntryModel
from perfdesk.gui.grid.table_model import Index
from perfdesk.gui.grid.wrong import Place
from perfdesk.gui.refused import Wrong
from perfdesk.i18n import N_
from perfdesk.services.editing import records
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.services.paste import readers
from perfdesk.services.paste.bulk import Entries, Refused
from perfdesk.services.paste.ground import Ground, PasteColumn, Reader
from perfdesk.services.paste.pasting import PastePlan, Texts
from perfdesk.tables.table import Role


class EditModel(EntryModel):
    """Rows of one table of the file, typed in cell by cell or in blocks."""

    # --- what the grids differ in -----------------------------------------------------------------------------------

    def reader(self, column: str, beside: str = "") -> Reader:  # noqa: ARG002 - for the grids where that matters
        """Return how a typed text of a column is read, for the preview of a paste; ``write`` has the last word.

        The default knows fields, values, amounts and units. It raises the ``UserError`` that says why a text does not
        fit, or returns the text as it will be shown. ``beside`` is what stands in the column that ``read_by`` names.
        """
        return readers.reader(self.session.known, self.kind, self.columns[self.column_of(column)])

    def read_by(self, column: str) -> str:  # noqa: ARG002 - for the grids where there is one
        """Return the column whose entry decides how those of another are read, or ""."""
        return ""

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

    # --- blocks -----------------------------------------------------------------------------------------------------

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

    def _can_clear(self, index: Index) -> bool:
        return bool(self.flags(index) & Qt.ItemFlag.ItemIsEditable and self.cell(index).edit)

    def _write_all(self, label: str, entries: Sequence[tuple[Index, str]]) -> None:
        """Write entries into cells, in one step; what is refused stays in its cell."""
        if not entries:
            return
        with self._wrong.noted():
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

    # --- pasting ----------------------------------------------------------------------------------------------------

    def ground(self) -> Ground:
        """Return what a paste has to know of the grid."""
        editable = {at for row in self.rows for at, cell in enumerate(row.cells) if cell.editable and not cell.computed}
        columns = [self._paste_column(at, typed=at in editable) for at in range(len(self.columns))]
        blank = self.row_of(NEW)
        last = sum(row.role is Role.DETAIL for row in self.rows)
        return Ground(columns, last if blank < 0 else blank, can_add=blank >= 0, takes=self._takes, holds=self._held)

    def _paste_column(self, at: int, *, typed: bool) -> PasteColumn:
        key, beside = self.columns[at].key, self.read_by(self.columns[at].key)
        return PasteColumn(
            key,
            " ".join(self.heads[at].text.split()),
            self.reader(key) if typed else None,
            self.is_numeric(at),
            beside=beside,
            read_beside=partial(self.reader, key) if typed and beside else None,
        )

    def takes_text(self, index: Index, text: str) -> bool:
        """Whether a text that is typed into a cell would be read; a code may be typed over, too."""
        if not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        column = self.columns[index.column()].key
        beside = self.column_of(self.read_by(column))
        try:
            self.reader(column, self._held(index.row(), beside) if beside >= 0 else "")(text)
        except UserError:
            return False
        return True

    def paste(self, plan: PastePlan, *, unfit: bool) -> bool:
        """Do what a plan says, in one step; ``unfit`` entries stay in their cells, marked, or are left out.

        Return whether that has changed anything in the file.
        """
        if self.session.read_only:
            return False
        present, new = plan.chosen(unfit=unfit)
        last = self.session.steps.last
        with self._wrong.noted():
            records.together(self.session.store, N_("pasting"), [lambda: self._put(present, new)])
        self._tell_all()
        return self.session.steps.last != last

    def _put(self, present: Mapping[int, Texts], new: Sequence[Texts]) -> None:
        entries: dict[int, dict[str, str]] = {}
        kept: dict[Place, Wrong] = {}
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

    def _of_blank_row(self, row: int, pasted: Texts) -> dict[Place, Wrong]:
        """Return what was refused in the blank row for the row that now stands in its place."""
        columns = [column for key, column in self._wrong if key == NEW]
        taken = {column: self._wrong.pop((NEW, column)) for column in columns}
        return {(row, column): wrong for column, wrong in taken.items() if column not in pasted}

    def _takes(self, row: int, column: int) -> bool:
        cell = self.rows[row].cells[column]
        return cell.editable and not cell.computed

    def _held(self, row: int, column: int) -> str:
        """Return what would be typed for what stands in a cell, also what was refused there."""
        if column >= len(self.columns):
            # a column that is not in sight holds nothing
            return ""
        wrong = self.wrong(self.index(row, column))
        return wrong.text if wrong else self.rows[row].cells[column].edit

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
            with self._wrong.noted():
                self._delete(keys)

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

    def _delete(self, rows: Sequence[int]) -> None:
        """Delete rows of the file, one by one; for the grids that can do it faster."""
        changes = [partial(self.delete_row, row) for row in rows]
        if len(changes) == 1:
            changes[0]()
        else:
            records.together(self.session.store, N_("deleting rows"), changes)
