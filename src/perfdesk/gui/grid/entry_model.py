"""Grids a person types in: a typed text goes to a service; what the service refuses stays in its cell, marked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from perfdesk.domain.errors import UserError
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Index, TableModel
from perfdesk.gui.grid.wrong import Place, WrongEntries
from perfdesk.gui.marks import NOTHING, RowMark, RowMarks, RowSign
from perfdesk.gui.refused import REFUSED_SIGN, Anchor, Row, Spot, Wrong
from perfdesk.gui.session import Session
from perfdesk.services.editing import records
from perfdesk.services.editing.fields import Choice
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.services.places import COVER, Key
from perfdesk.tables.table import Role

# The key of the blank row below the last one; it becomes a row of the file with its first entry. Rows count from 1.
NEW: Final = 0
_READ: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class EntryModel(TableModel):
    """Rows of one table of the file, typed in cell by cell.

    ``problems_changed`` tells that an entry became wrong or ceased to be.
    """

    problems_changed = Signal()
    # the table of the file that its rows are of
    kind: str = ""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        # the year and the entry of the outline under which it is shown, and what it is called there
        self.here: tuple[int, Key] = (0, COVER)
        self.called = ""
        # what the checks found in rows of the file; ``refresh`` shows it, ``show_marks`` where nothing else is new
        self.marks = NOTHING
        # what was refused stays with its row until it is mended or given up
        self._wrong = WrongEntries(session.refused, self.spot_of, self._numbered_rows)

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

    def anchor(self, key: int) -> Anchor:
        """Return what an entry typed into a row belongs to: the row of the file, or that which a new one comes under.

        For the grids whose rows are no rows of the file.
        """
        return Anchor(self.rows_above(), NEW) if key == NEW else Anchor((Row.of(self.kind, key),))

    def rows_above(self) -> tuple[Row, ...]:
        """Return the rows of the file that a new row comes under."""
        return ()

    def can_add(self) -> bool:
        """Whether rows can be added now."""
        return False

    def choices(self, column: str) -> Sequence[Choice]:  # noqa: ARG002 - for the grids that have lists
        """Return what completes while typing in a column."""
        return ()

    def new_cells(self, content: Content) -> tuple[GridCell, ...]:
        """Return the cells of the blank row below the last one; its code will come by position."""
        return tuple(GridCell(editable=True, computed=column.key == "code") for column in content.columns)

    # --- showing ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the snapshot of now."""
        content = self.content()
        if self.can_add() and not self.session.read_only:
            last = sum(row.role is Role.DETAIL for row in content.rows)
            blank = GridRow(NEW, self.new_cells(content))
            content = Content(
                content.columns, content.heads, (*content.rows[:last], blank, *content.rows[last:]), content.spans
            )
        self.show(self._marked(content, self.marks) if self.marks else content)
        self.problems_changed.emit()

    def show_marks(self) -> None:
        """Show what was found in the rows in sight, where nothing else is new."""
        shown = Content(tuple(self.columns), tuple(self.heads), tuple(self.rows), self.spans)
        marked = self._marked(shown, self.marks)
        if any(one is not other for one, other in zip(marked.rows, shown.rows, strict=True)):
            self.show(marked)

    def _marked(self, content: Content, marks: RowMarks) -> Content:
        """Return a content with the marks of its rows, those alone."""
        keys = [column.key for column in content.columns]
        rows = tuple(
            _marked(row, marks.get(row.key) if isinstance(row.key, int) else None, keys) for row in content.rows
        )
        return replace(content, rows=rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        wrong = self.wrong(index)
        if wrong is not None:
            match role:
                case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                    return wrong.text
                case Qt.ItemDataRole.ToolTipRole:
                    return wrong.told()
                case Qt.ItemDataRole.AccessibleTextRole:
                    return f"{wrong.text}: {wrong.error.sentence()}"
                case Qt.ItemDataRole.AccessibleDescriptionRole:
                    return wrong.told()
        return super().data(index, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            return super().headerData(section, orientation, role)
        found = self.row_sign(section) if 0 <= section < len(self.rows) else None
        match role:
            case _ if found is None:
                return None
            case Qt.ItemDataRole.DisplayRole:
                return found.sign
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return found.told
        return None

    def row_sign(self, at: int) -> RowSign | None:
        """Return what stands beside a row: what was refused in it comes before what was found in it."""
        row = self.rows[at]
        if self.session.refused and isinstance(row.key, int):
            found = (self._wrong.get((row.key, column.key)) for column in self.columns)
            said = [f"{wrong.text}: {wrong.told()}" for wrong in found if wrong is not None]
            if said:
                return RowSign(REFUSED_SIGN, "\n".join(said))
        return RowSign(row.mark.letter, row.mark.told, row.mark.severity) if row.mark is not None else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        editable = self.cell(index).editable and not self.session.read_only
        return _READ | Qt.ItemFlag.ItemIsEditable if editable else _READ

    # --- refused entries --------------------------------------------------------------------------------------------

    def wrong(self, index: Index) -> Wrong | None:
        """Return the refused entry in a cell, if there is one."""
        return self._wrong.get(self._place(index)) if self.session.refused and index.isValid() else None

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

    def spot_of(self, row: int, column: str) -> Spot:
        """Return where in the file an entry is refused that is typed into a cell."""
        return Spot(self.kind, self.anchor(row), column)

    def index_of(self, spot: Spot) -> QModelIndex | None:
        """Return the cell of a refused entry, if it is here."""
        place = self._wrong.place_of(spot)
        found = self.index(self.row_of(place[0]), self.column_of(place[1])) if place is not None else None
        return found if found is not None and found.isValid() else None

    def _word(self) -> None:
        """Say of entries just refused where that was: later the same cell may be called otherwise, or be another's."""
        for place, wrong in self._wrong.items():
            if not wrong.place:
                at, column = self.row_of(place[0]), self.column_of(place[1])
                begins = self.rows[at].cells[0].text if at >= 0 else ""
                head = " ".join(self.heads[column].text.split()) if column >= 0 else ""
                cell = ", ".join(filter(None, (begins, head)))
                wrong.place, wrong.here = " › ".join(filter(None, (self.called, cell))), self.here

    def in_question(self, index: Index) -> Index | None:
        """Return the cell whose refused entry is spoken of: that in hand, or else the one refused last."""
        if self.wrong(index) is not None:
            return index
        newest = self._wrong.newest()
        found = self.index(self.row_of(newest[0]), self.column_of(newest[1])) if newest is not None else None
        return found if found is not None and found.isValid() else None

    def give_up(self, index: Index) -> None:
        """Forget a refused entry: the cell shows what is stored."""
        if index.isValid() and self._wrong.pop(self._place(index), None) is not None:
            self._tell(index)

    # --- typing -----------------------------------------------------------------------------------------------------

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        place = self._place(index)
        text = str(value)
        with self._wrong.noted():
            had = self._wrong.pop(place, None)
            try:
                if text != self.cell(index).edit:
                    place = (self._write(index.row(), place[1], text), place[1])
            except UserError as error:
                self._wrong[place] = Wrong(text, error)
        now = self._wrong.get(place)
        self._word()
        if had or now:
            # the row may have moved; where it has gone with the step there is nothing to tell
            self._tell(self.index(self.row_of(place[0]), self.column_of(place[1])))
        return True

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
            with self._wrong.noted():
                records.together(self.session.store, RECORD_TYPES[self.kind].added, [begin])
        except BaseException:
            self.rows[at] = shown
            raise
        return self._key(at)

    # --- helpers ----------------------------------------------------------------------------------------------------

    def _key(self, at: int) -> int:
        key = self.rows[at].key
        assert isinstance(key, int)
        return key

    def _place(self, index: Index) -> Place:
        key = self.rows[index.row()].key
        return (key if isinstance(key, int) else -1), self.columns[index.column()].key

    def _numbered_rows(self) -> list[int]:
        return [row.key for row in self.rows if isinstance(row.key, int)]

    def _tell_all(self) -> None:
        self._word()
        last = self.index(len(self.rows) - 1, len(self.columns) - 1)
        if last.isValid():
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, last.row())
        self.problems_changed.emit()

    def _tell(self, index: Index) -> None:
        if index.isValid():
            self.dataChanged.emit(index, index)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, index.row(), index.row())
        self.problems_changed.emit()


def _marked(row: GridRow, mark: RowMark | None, columns: Sequence[str]) -> GridRow:
    """Return a row with its mark, or without the one it had."""
    if mark is None and row.mark is None:
        return row
    of_cells = mark.cells if mark is not None else {}
    cells = tuple(
        cell if cell.mark == of_cells.get(column) else cell._replace(mark=of_cells.get(column))
        for column, cell in zip(columns, row.cells, strict=True)
    )
    marked = row._replace(cells=cells, mark=mark.whole if mark is not None else None)
    # a row that is equal stays the same object
    return row if marked == row else marked
