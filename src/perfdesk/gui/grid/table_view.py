"""A table on a page: as high as its rows, its columns fitted to the page, blocks copied as spreadsheets do."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QEvent, QItemSelectionModel, QItemSelectionRange, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QMenu,
    QMenuBar,
    QScrollArea,
    QSizePolicy,
    QTableView,
    QWidget,
)

from perfdesk.gui import colours
from perfdesk.gui.grid import clipboard, column_widths
from perfdesk.gui.grid.cell_delegate import MARGIN, CellDelegate, mark_room
from perfdesk.gui.grid.clipboard import Copied
from perfdesk.gui.grid.column_widths import Room
from perfdesk.gui.grid.table_model import GridRow, Index, TableModel
from perfdesk.gui.grid.text_sizes import TextSizes
from perfdesk.tables.table import Role

_HIGH: Final = 100_000


class _Measured:
    """A row as it was measured last: the width of each text, and its height in columns that leave such room."""

    __slots__ = ("height", "rooms", "row", "widths")

    def __init__(self, row: GridRow, widths: tuple[int, ...]) -> None:
        self.row = row
        self.widths = widths
        self.rooms: tuple[int, ...] = ()
        self.height = 0


class Rect(NamedTuple):
    """A rectangle of cells; ``is_whole`` tells that all of it is selected."""

    top: int
    left: int
    rows: int
    columns: int
    is_whole: bool


class TableView(QTableView):
    """Shows a ``TableModel``. ``numbers_selected`` carries the numbers of the selected cells."""

    numbers_selected = Signal(object)
    # the most lines of text a row shows; 0 is all
    max_lines = 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widths: dict[str, int] = {}
        self._width = 0
        self._fitting = False
        self._sizes = TextSizes(self.fontMetrics())
        # rows that are the same as when they were measured are not measured again
        self._measured: dict[Hashable, _Measured] = {}
        # whether what is selected is shown: only where the keyboard is
        self.is_in_hand = False
        self.cells = CellDelegate(self)
        self.setItemDelegate(self.cells)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        head = self.horizontalHeader()
        head.setMinimumSectionSize(20)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.sectionResized.connect(self._on_section_resized)
        self._colour()
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr] # there is one

    def setModel(self, model: TableModel) -> None:  # type: ignore[override] # shows no other models
        super().setModel(model)
        # The head shows no selection. Sharing the view's it would ask for the flags of every selected cell with each
        # paint, thousands after a paste.
        head = self.horizontalHeader()
        head.setSelectionModel(QItemSelectionModel(model, head))
        model.content_changed.connect(self.fit)
        self.selectionModel().selectionChanged.connect(self._tell_numbers)
        self.fit()

    def table(self) -> TableModel:
        """Return the model."""
        model = self.model()
        assert isinstance(model, TableModel)
        return model

    # --- size -------------------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Give columns, rows and the view itself the size of what they show."""
        model = self.model()
        if self._fitting or not isinstance(model, TableModel):
            return
        self._fitting = True
        self._width = self.viewport().width()
        try:
            self._set_spans(model)
            self._set_widths(model)
            self._set_heights(model)
            self._set_height()
        finally:
            self._fitting = False
        if self.viewport().width() != self._width:
            # the new height made the page's scroll bar come or go
            QTimer.singleShot(0, self.fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._width:
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._sizes = TextSizes(self.fontMetrics())
            self._measured.clear()
            self.fit()
        elif event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        """Draw heads and lines in quiet tones of the palette."""
        palette = self.palette()
        line = colours.line(palette).name()
        head = colours.shade(palette, 0.07).name()
        text = palette.text().color().name()
        sheet = (
            f"QTableView {{ border: 1px solid {line}; }}"
            f"QHeaderView {{ background: {head}; border: none; }}"
            f"QHeaderView::section {{ background: {head}; color: {text}; border: none; padding: 4px {MARGIN}px;"
            f" border-right: 1px solid {line}; border-bottom: 1px solid {line}; }}"
            f"QTableCornerButton::section {{ background: {head}; border: none;"
            f" border-right: 1px solid {line}; border-bottom: 1px solid {line}; }}"
        )
        # a style sheet that is set again would tell of another palette, and so on for ever
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def _set_spans(self, model: TableModel) -> None:
        self.clearSpans()
        for span in model.spans:
            self.setSpan(span.row, span.column, span.down, span.across)

    def _set_widths(self, model: TableModel) -> None:
        head_widths = [self._head_width(model, at) for at in range(len(model.columns))]
        widths = column_widths.fitted(
            model.columns,
            Room(self.viewport().width(), self._sizes.letter, weighs_letters=model.weighs_letters),
            contents=self._content_widths(model),
            heads=head_widths,
            words=lambda places: self._word_widths(model, places),
            chosen=self._widths,
        )
        for at, width in enumerate(widths):
            if self.columnWidth(at) != width:
                self.setColumnWidth(at, width)

    def _head_width(self, model: TableModel, at: int) -> int:
        """Return the width of the head's longest word."""
        metrics = self.horizontalHeader().fontMetrics()
        return max(map(metrics.horizontalAdvance, model.heads[at].text.split()), default=0) + 2 * MARGIN + 4

    def _word_widths(self, model: TableModel, places: Sequence[int]) -> list[int]:
        """Return how wide the longest word of each of these columns is."""
        width = self._sizes.width
        words = ([word for row in model.rows for word in row.cells[at].text.split()] for at in places)
        return [max(map(width, of_column), default=0) + 2 * MARGIN + 2 for of_column in words]

    def _content_widths(self, model: TableModel) -> list[int]:
        """Return how wide each column's longest line is."""
        known = self._measured
        measured: dict[Hashable, _Measured] = {}
        for row in model.rows:
            found = known.get(row.key)
            if found is None or found.row is not row:
                found = _Measured(row, self._text_widths(row))
            measured[row.key] = found
        self._measured = measured
        widest = [max(widths) for widths in zip(*(row.widths for row in measured.values()), strict=True)]
        return [width + 2 * MARGIN + 2 for width in widest] or [0] * len(model.columns)

    def _text_widths(self, row: GridRow) -> tuple[int, ...]:
        width = self._sizes.width
        if row.mark is not None:
            room = mark_room(self.fontMetrics())
            return tuple([width(cell.text) + (room if cell.mark else 0) for cell in row.cells])
        if row.role is Role.DETAIL:
            return tuple([width(cell.text) if cell.text else 0 for cell in row.cells])
        # bold figures are a little wider
        return tuple([int(width(cell.text) * 1.1) for cell in row.cells])

    def _set_heights(self, model: TableModel) -> None:
        head = self.horizontalHeader()
        heads = TextSizes(head.fontMetrics())
        rooms = tuple(self._text_room(at) for at in range(len(model.columns)))
        lines = [heads.height(heading.text, room) for heading, room in zip(model.heads, rooms, strict=True)]
        head.setFixedHeight(max(lines, default=self._sizes.line) + 10)
        rows = self.verticalHeader()
        if rows.defaultSectionSize() != self._padded(self._sizes.line):
            rows.setDefaultSectionSize(self._padded(self._sizes.line))
        measured = self._measured
        for at, row in enumerate(model.rows):
            found = measured[row.key]
            if found.rooms is not rooms and (found.rooms != rooms or model.spans):
                found.height = self._row_height(at, found, rooms, merged=bool(model.spans))
            found.rooms = rooms
            if rows.sectionSize(at) != found.height:
                rows.resizeSection(at, found.height)

    def _row_height(self, at: int, measured: _Measured, rooms: tuple[int, ...], *, merged: bool) -> int:
        sizes = self._sizes
        most = _HIGH if not self.max_lines else self.max_lines * sizes.line
        highest = sizes.line
        for x, (cell, width) in enumerate(zip(measured.row.cells, measured.widths, strict=True)):
            room, down = rooms[x], 1
            if width <= room and "\n" not in cell.text:
                continue
            if merged:
                down, across = self.rowSpan(at, x), self.columnSpan(at, x)
                if across > 1:
                    room = sum(self.columnWidth(x + n) for n in range(across)) - 2 * MARGIN - 2
            if cell.mark is not None:
                room = max(room - mark_room(self.fontMetrics()), 1)
            # a merged cell's text has the room of all its rows
            highest = max(highest, sizes.height(cell.text, room) // down)
        return self._padded(min(highest, most))

    def _padded(self, height: int) -> int:
        return height + 2 * (MARGIN - 1)

    def _text_room(self, at: int) -> int:
        return max(self.columnWidth(at) - 2 * MARGIN - 2, 1)

    def _set_height(self) -> None:
        height = self.horizontalHeader().height() + self.verticalHeader().length() + 2 * self.frameWidth()
        if self.horizontalHeader().length() > self.viewport().width() > 0:
            height += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(height)

    def _on_section_resized(self, at: int, _old: int, new: int) -> None:
        """Keep a width that a person has chosen."""
        if not self._fitting:
            self._widths[self.table().columns[at].key] = new
            self.fit()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into sight: sideways in the view, up and down on the page around it."""
        super().scrollTo(index, hint)
        page: QWidget | None = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        if page is not None and index.isValid() and page.widget() is not None:
            rect = self.visualRect(index)
            corner = self.viewport().mapTo(page.widget(), rect.center())
            page.ensureVisible(corner.x(), corner.y(), 0, rect.height() + MARGIN)

    # --- selection --------------------------------------------------------------------------------------------------

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Show the selection only while the keyboard is here, or only for a moment in a menu or another window."""
        if now is None or isinstance(now, QMenu | QMenuBar) or now.window() is not self.window():
            return
        in_hand = now is self or self.isAncestorOf(now)
        if in_hand != self.is_in_hand:
            self.is_in_hand = in_hand
            self.viewport().update()

    def selected(self) -> list[QModelIndex]:
        """Return the selected cells in reading order."""
        model = self.table()
        return [model.index(row, column) for row, column in sorted(self._selected_places())]

    def _selected_parts(self) -> list[QItemSelectionRange]:
        """Return the rectangles the selection is made of."""
        selection: Any = self.selectionModel().selection()  # PySide6's stubs do not know that it is a list
        return list(selection)

    def selected_rect(self) -> Rect | None:
        """Return the rectangle around the selection; None where nothing is selected."""
        parts = self._selected_parts()
        if not parts:
            return None
        top, left = min(part.top() for part in parts), min(part.left() for part in parts)
        rows = max(part.bottom() for part in parts) - top + 1
        columns = max(part.right() for part in parts) - left + 1
        # several blocks never overlap
        is_whole = sum(part.width() * part.height() for part in parts) == rows * columns
        return Rect(top, left, rows, columns, is_whole)

    def _selected_places(self) -> Iterator[tuple[int, int]]:
        """Yield the selected cells; asking for their indexes would make thousands of objects."""
        # several blocks never overlap: Qt takes out of one what the next one selects
        for block in self._selected_parts():
            left, right = block.left(), block.right()
            for row in range(block.top(), block.bottom() + 1):
                for column in range(left, right + 1):
                    yield row, column

    def copy(self) -> None:
        """Put the selected block on the clipboard as spreadsheets do."""
        chosen = set(self._selected_places())
        if not chosen:
            return
        columns = sorted({column for _row, column in chosen})
        rows = sorted({row for row, _column in chosen})
        blank = Copied()
        clipboard.put(
            [[self.copied(row, column) if (row, column) in chosen else blank for column in columns] for row in rows]
        )

    def copied(self, row: int, column: int) -> Copied:
        """Return what is copied of a cell."""
        cell = self.table().rows[row].cells[column]
        return Copied(cell.text, cell.edit if cell.editable else cell.text, cell.number is not None)

    def _tell_numbers(self) -> None:
        rows = self.table().rows
        numbers = (rows[row].cells[column].number for row, column in self._selected_places())
        self.numbers_selected.emit([number for number in numbers if number is not None])
