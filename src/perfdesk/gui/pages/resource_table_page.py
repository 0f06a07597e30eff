"""The form of a resource table: what it is, its header, its rows with computed totals, its columns as commands."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QCheckBox, QHeaderView, QMenu, QToolButton, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.domain.resources import ResourceTable
from perfdesk.gui.fields.menu_button import menu_button
from perfdesk.gui.forms.ui_resource_table_page import Ui_ResourceTablePage
from perfdesk.gui.grid.entry_model import NEW
from perfdesk.gui.grid.grid_view import GridView
from perfdesk.gui.headings import make_quiet
from perfdesk.gui.models.resource_model import (
    UNREAD_SENTENCE,
    HeaderModel,
    ResourceModel,
    column_key,
    columns_moved,
    find_table,
    lines_moved,
    place_of,
)
from perfdesk.gui.pages.page import Page
from perfdesk.gui.refused import refusal
from perfdesk.gui.session import Session
from perfdesk.i18n import _
from perfdesk.services.book import resource_tables
from perfdesk.services.editing import records
from perfdesk.services.places import Key, Place
from perfdesk.tables.catalogue import own_name, part_of

_FLAGS: Final = ("total_row", "total_column")


class ResourceTablePage(Page):
    """Shows and edits one resource table."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.ui = ui = Ui_ResourceTablePage()
        self.add_content(ui)
        ui.note.several_lines = True
        ui.side_by_side.setMinimumContentsLength(2)
        make_quiet(ui.header_note)
        make_quiet(ui.unread)
        self.fields = self.bind(
            resource_tables.TABLE,
            self._placed,
            {name: getattr(ui, name) for name in ("caption", "section", "kind", "side_by_side", "note")},
        )
        self.flags: dict[str, QCheckBox] = {name: getattr(ui, name) for name in _FLAGS}
        for name, box in self.flags.items():
            box.setEnabled(not session.read_only)
            box.toggled.connect(lambda on, name=name: self._set_flag(name, on=on))
        self.header = HeaderModel(session, self)
        self.rows = ResourceModel(session, self)
        self.set_grid(ui.header, self.header)
        self.set_grid(ui.rows, self.rows)
        ui.rows.grid.numbers_selected.connect(self.numbers_selected)
        # the column that the commands are about: that of the cell gone to last, in either grid
        self._column = 0
        self._grid_in_hand: GridView = ui.rows.grid
        for grid in (ui.header.grid, ui.rows.grid):
            grid.selectionModel().currentChanged.connect(partial(self._take_in_hand, grid))
        ui.header.add.clicked.connect(self._add_header_line)
        self._make_commands()
        self._keep_aligned()

    # --- commands ---------------------------------------------------------------------------------------------------

    def _make_commands(self) -> None:
        ui, writable = self.ui, not self.session.read_only
        column = QMenu(self)
        self.column_actions = [
            self._action(column, _("Insert column to the &left"), lambda: self._insert(0)),
            self._action(column, _("Insert column to the &right"), lambda: self._insert(1)),
            self._action(column, _("&Move column to the left"), lambda: self._move(-1), "Ctrl+Shift+Left"),
            self._action(column, _("Move column to the ri&ght"), lambda: self._move(1), "Ctrl+Shift+Right"),
            self._action(column, _("&Delete column"), self._delete_column),
        ]
        for grid in (ui.header.grid, ui.rows.grid):
            grid.addActions(self.column_actions)
        self.column_menu = menu_button(_("Col&umn"), _("Commands for the column of the cell in hand"), column)
        self.add_column = QToolButton()
        self.add_column.setText(_("+ column"))
        self.add_column.setAutoRaise(True)
        self.add_column.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add_column.clicked.connect(self._append_column)
        ui.header.head.addWidget(self.add_column)
        ui.header.head.addWidget(self.column_menu)
        table = QMenu(self)
        self.table_actions = [
            self._action(table, _("Make a &copy"), self._duplicate),
            self._action(table, _("Move table &up"), lambda: self._move_table(-1)),
            self._action(table, _("Move table &down"), lambda: self._move_table(1)),
            self._action(table, _("D&elete table"), self._delete_table),
        ]
        self.table_menu = menu_button(_("&This table"), _("Commands for this table"), table)
        self.frame.top.addWidget(self.table_menu)
        QWidget.setTabOrder(self.frame.next, self.table_menu)
        for widget in (self.add_column, self.column_menu, self.table_menu):
            widget.setEnabled(writable)

    def actions_for_menu(self) -> Sequence[QAction]:
        """Return the commands for the table and for the column in hand."""
        return () if self.session.read_only else (*self.table_actions, *self.column_actions)

    def _action(self, menu: QMenu, text: str, do: Callable[[], object], keys: str = "") -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        # in two grids at once a key of the window would be ambiguous
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setEnabled(not self.session.read_only)
        action.triggered.connect(lambda _checked=False: self._run(do))
        menu.addAction(action)
        return action

    def _run(self, do: Callable[[], object]) -> None:
        """Do a command on what stands in the file: what is being typed is written first."""
        if self.table is None or not self.commit():
            return
        try:
            do()
        except UserError as error:
            self.problem_said.emit(refusal(error.sentence()))

    def _take_in_hand(self, grid: GridView, now: QModelIndex, _before: QModelIndex) -> None:
        at = place_of(grid.grid().columns[now.column()].key) if now.isValid() else -1
        if at >= 0:
            self._column, self._grid_in_hand = at, grid

    def _append_column(self) -> None:
        self._run(lambda: self._insert_at(self.table.width if self.table else 0))

    def _insert(self, right: int) -> None:
        self._insert_at(self._column + right)

    def _insert_at(self, at: int) -> None:
        places: list[int | None] = list(self._places)
        with self._rearranged([*places[:at], None, *places[at:]]):
            resource_tables.insert_column(self.session.store, self.rows.row, at)
        self._go_to_head(at)

    def _move(self, by: int) -> None:
        places = list(self._places)
        if not 0 <= self._column + by < len(places):
            return
        places.insert(self._column + by, places.pop(self._column))
        with self._rearranged(places):
            to = resource_tables.move_column(self.session.store, self.rows.row, self._column, by)
        self._column = to
        here = self._grid_in_hand.currentIndex()
        if here.isValid():
            self._grid_in_hand.put(here.siblingAtColumn(to))

    def _delete_column(self) -> None:
        with self._rearranged([at for at in self._places if at != self._column]):
            resource_tables.delete_column(self.session.store, self.rows.row, self._column)
        table = self.table
        self._column = min(self._column, max(table.width - 1, 0) if table else 0)

    @property
    def _places(self) -> range:
        """The places of the table's columns."""
        return range(self.table.width if self.table else 0)

    def _rearranged(self, order: Sequence[int | None]) -> AbstractContextManager[None]:
        """Let what was refused go along with columns that come to stand in this order."""
        assert self.table is not None
        return self.session.refused.noted(columns_moved(self.table, order))

    def _add_header_line(self) -> None:
        def add() -> None:
            lines = len(self.table.header) if self.table else 0
            with self.session.refused.noted(lines_moved(self.header.row, [*range(lines), None])):
                resource_tables.set_header_lines(self.session.store, self.header.row, lines + 1)
            self.ui.header.grid.setFocus()
            self.ui.header.grid.show_cell(lines + 1, column_key(self._column))

        self._run(add)

    def _go_to_head(self, at: int) -> None:
        """Go to the lowest head of a column, to name it."""
        table = self.table
        if table is not None and table.header:
            self.ui.header.grid.setFocus()
            self.ui.header.grid.show_cell(len(table.header), column_key(at))
        else:
            self.ui.rows.grid.setFocus()
            self.ui.rows.grid.show_cell(table.rows[0].row if table and table.rows else NEW, column_key(at))

    def _duplicate(self) -> None:
        copy = resource_tables.duplicate_table(self.session.store, self.rows.row)
        self.entry_wanted.emit(entry_of(copy))

    def _move_table(self, by: int) -> None:
        resource_tables.move_table(self.session.store, self.rows.row, by)

    def _delete_table(self) -> None:
        row, table, ctx = self.rows.row, self.table, self.session.context
        assert table is not None
        assert ctx is not None
        # the form of a table that is gone would have nothing to show
        self.entry_wanted.emit(("part", part_of(ctx.layout.form, table).key))
        records.delete(self.session.store, resource_tables.TABLE, row)

    def _set_flag(self, name: str, *, on: bool) -> None:
        self._run(lambda: records.set_field(self.session.store, resource_tables.TABLE, self.rows.row, name, on))

    # --- showing ----------------------------------------------------------------------------------------------------

    @property
    def table(self) -> ResourceTable | None:
        """The table shown."""
        return find_table(self.session, int(self.entry.id)) if self.entry.kind == "resource_table" else None

    def _placed(self) -> ResourceTable | None:
        """Return the table with the title of the part it stands in, however its own section is worded."""
        table, ctx = self.table, self.session.context
        return replace(table, section=part_of(ctx.layout.form, table).title) if table and ctx else None

    def turn(self) -> None:
        """Take up another table."""
        self.header.set_table(int(self.entry.id))
        self.rows.set_table(int(self.entry.id))
        self._column = 0

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        table = self.table
        self.table_menu.setEnabled(table is not None and not self.session.read_only)
        if table is None:
            return
        ctx = self.session.context
        name = own_name(ctx.layout, table) if ctx else table.caption
        self.frame.heading.setText(name or _("Table without a caption"))
        self.ui.section.setToolTip(_("In the file: {section}").format(section=table.section) if table.section else "")
        for name, box in self.flags.items():
            with QSignalBlocker(box):
                box.setChecked(bool(getattr(table, name)))
        self.ui.header_note.setVisible(bool(table.header))
        said = "\n".join(refusal(_(UNREAD_SENTENCE).format(**one._asdict())) for one in self.rows.unread)
        self.ui.unread.setText(said)
        self.ui.unread.setVisible(bool(said))
        self._aligning.start()

    def _keep_aligned(self) -> None:
        rows, header = self.ui.rows.grid, self.ui.header.grid
        # a table that is fitted resizes column by column
        self._aligning = QTimer(self, singleShot=True, interval=0)
        self._aligning.timeout.connect(self._align)
        rows.horizontalHeader().sectionResized.connect(lambda *_sizes: self._aligning.start())
        header.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for one, other in ((rows, header), (header, rows)):
            one.horizontalScrollBar().valueChanged.connect(other.horizontalScrollBar().setValue)

    def _align(self) -> None:
        """Let the header's columns stand above those of the rows."""
        rows, header = self.ui.rows.grid, self.ui.header.grid
        if [column.key for column in self.rows.columns] != [column.key for column in self.header.columns]:
            return
        for at in range(len(self.rows.columns)):
            if header.columnWidth(at) != rows.columnWidth(at):
                header.setColumnWidth(at, rows.columnWidth(at))

    def show_place(self, place: Place) -> None:
        """Bring a field or cell into sight."""
        if place.table == resource_tables.TABLE and place.column in self.flags:
            self.flags[place.column].setFocus(Qt.FocusReason.OtherFocusReason)
            self.frame.scroll.ensureWidgetVisible(self.flags[place.column])
        else:
            super().show_place(place)

    def cell_of(self, place: Place) -> Place:
        """Return a cell of the header or of a row, which may be named by its column's number."""
        if place.table == resource_tables.TABLE and place.column == "header":
            return replace(place, table=self.header.kind, row=1, column=column_key(0))
        if place.table == resource_tables.ROW and place.column.isdigit():
            return replace(place, column=column_key(int(place.column)))
        return place


def entry_of(row: int) -> Key:
    """Return the outline's entry of a table."""
    return ("resource_table", str(row))
