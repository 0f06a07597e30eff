"""Grids a person types in: a typed text goes to a service; what the service refuses stays in its cell, marked."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, ClassVar, Final, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal

from perfdesk.domain.errors import UserError
from perfdesk.gui.session import Session
from perfdesk.gui.table_model import Content, Index, TableModel
from perfdesk.i18n import N_
from perfdesk.services import editing
from perfdesk.tables.table import Role

_READ: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Wrong(NamedTuple):
    """An entry that was refused, with the sentence that says why."""

    text: str
    error: UserError


class Choice(NamedTuple):
    """An entry of a list that completes while typing; ``search`` is folded and holds other names too."""

    name: str
    search: str


class EditModel(TableModel):
    """A target's rows of one kind. ``problems_changed`` tells that an entry became wrong or ceased to be."""

    problems_changed = Signal()
    # the kind of row, by the name the services use
    kind: ClassVar[str]

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.target_id = ""
        # what was refused stays with its target until it is mended or given up, by row and column
        self._of_target: dict[tuple[int, str], dict[tuple[int, str], Wrong]] = {}
        self._wrong: dict[tuple[int, str], Wrong] = {}

    # a QObject cannot be an abstract base class of Python as well, so the two that must be given only say so
    # --- what the two grids differ in -------------------------------------------------------------------------------

    def content(self) -> Content:
        """Return what the snapshot of now shows."""
        raise NotImplementedError

    def write(self, row: int, column: str, text: str) -> None:
        """Read a typed text and give it to its service.

        Raises:
            UserError: it is refused.
        """
        raise NotImplementedError

    def choices(self, column: str) -> Sequence[Choice]:  # noqa: ARG002 - for the grids that have lists
        """Return what completes while typing in a column."""
        return ()

    # --- showing ----------------------------------------------------------------------------------------------------

    def set_target(self, id_: str) -> None:
        """Turn to a target."""
        self.target_id = id_
        self._wrong = self._of_target.setdefault((self.session.year, id_), {})
        self.refresh()

    def refresh(self) -> None:
        """Show the snapshot of now."""
        self.show(self.content())
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
        found = []
        for (row, column), wrong in self._wrong.items():
            at = self.index(self.row_of(row), self.column_of(column))
            if at.isValid():
                found.append((at, wrong))
        return sorted(found, key=lambda entry: (entry[0].row(), entry[0].column()))

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
                self.write(*place, text)
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
        for index in filled:
            self.give_up(index)
        self._write_all(N_("clearing cells"), [(index, "") for index in filled if self._can_clear(index)])

    def fill(self, pairs: Iterable[tuple[Index, Index]]) -> None:
        """Write the entry of one cell into another, pair by pair, in one step."""
        entries = [
            (to, self.cell(source).edit)
            for source, to in pairs
            if self.flags(to) & Qt.ItemFlag.ItemIsEditable and self.cell(source).edit != self.cell(to).edit
        ]
        for to, _text in entries:
            self.give_up(to)
        self._write_all(N_("filling down"), entries)

    def _can_clear(self, index: Index) -> bool:
        return bool(self.flags(index) & Qt.ItemFlag.ItemIsEditable and self.cell(index).edit)

    def _write_all(self, label: str, entries: Iterable[tuple[Index, str]]) -> None:
        changes = [partial(self.write, *self._place(index), text) for index, text in entries]
        if changes:
            editing.together(self.session.store, label, changes)

    # --- rows -------------------------------------------------------------------------------------------------------

    def is_row(self, at: int) -> bool:
        """Whether a row is one a person made, not a total."""
        return 0 <= at < len(self.rows) and self.rows[at].role is Role.DETAIL

    def is_blank(self, at: int) -> bool:
        """Whether nothing has been typed in a row."""
        return not any(cell.edit for cell in self.rows[at].cells if cell.editable)

    def add_row(self) -> int:
        """Add a row at the end and return its place, or -1 where there is no target."""
        target = self.session.target(self.target_id)
        if target is None or self.session.read_only:
            return -1
        return self.row_of(editing.add(self.session.store, self.kind, target.row))

    def delete_rows(self, places: Iterable[int]) -> None:
        """Delete rows, in one step."""
        keys = [self._key(at) for at in sorted(set(places)) if self.is_row(at)]
        if keys and not self.session.read_only:
            changes = [partial(editing.delete, self.session.store, self.kind, key) for key in keys]
            if len(keys) == 1:
                changes[0]()
            else:
                editing.together(self.session.store, N_("deleting rows"), changes)

    def move_row(self, at: int, by: int) -> None:
        """Move a row up (negative) or down."""
        if self.is_row(at) and not self.session.read_only:
            editing.move(self.session.store, self.kind, self._key(at), by)

    # --- helpers ----------------------------------------------------------------------------------------------------

    def _key(self, at: int) -> int:
        key = self.rows[at].key
        assert isinstance(key, int)
        return key

    def _place(self, index: Index) -> tuple[int, str]:
        key = self.rows[index.row()].key
        return (key if isinstance(key, int) else 0), self.columns[index.column()].key

    def _tell(self, index: Index) -> None:
        if index.isValid():
            self.dataChanged.emit(index, index)
        self.problems_changed.emit()
