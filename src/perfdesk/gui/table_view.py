"""A table on a page: as high as its rows, its columns fitted to the page, blocks copied as spreadsheets do."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScrollArea, QSizePolicy, QTableView, QWidget

from perfdesk.gui import colours
from perfdesk.gui.cell_delegate import MARGIN, CellDelegate
from perfdesk.gui.table_model import Index, TableModel
from perfdesk.tables.table import ColumnKind, Role

# narrowest columns, in average letters; texts get more by their weight
_NARROWEST: Final = {
    ColumnKind.TEXT: 10,
    ColumnKind.CODE: 4,
    ColumnKind.VALUE: 7,
    ColumnKind.AMOUNT: 7,
    ColumnKind.SHARE: 8,
    ColumnKind.FLAG: 4,
}
# no column that is as wide as its content takes more letters than this
_WIDEST: Final = 30
# weights of resource tables are counted in letters
_HEAVIEST: Final = 8
_HIGH: Final = 100_000
_WRAP: Final = int(Qt.TextFlag.TextWordWrap)


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
        head = self.horizontalHeader()
        head.setMinimumSectionSize(20)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.sectionResized.connect(self._on_section_resized)
        self._colour()

    def setModel(self, model: TableModel) -> None:  # type: ignore[override] # shows no other models
        super().setModel(model)
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
        )
        # a style sheet that is set again would tell of another palette, and so on for ever
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def _set_spans(self, model: TableModel) -> None:
        self.clearSpans()
        for span in model.spans:
            self.setSpan(span.row, span.column, span.down, span.across)

    def _set_widths(self, model: TableModel) -> None:
        metrics = self.fontMetrics()
        letter = metrics.averageCharWidth()
        room = self.viewport().width()
        widths: list[int] = []
        stretching: list[int] = []
        for at, column in enumerate(model.columns):
            narrowest = _NARROWEST[column.kind] * letter
            if column.kind is ColumnKind.TEXT:
                by_weight = narrowest + int(min(column.weight, _HEAVIEST) * 2 * letter)
                widths.append(max(by_weight, self._head_width(model, at)))
                stretching.append(at)
            else:
                content = max((self._text_width(metrics, model, row, at) for row in range(len(model.rows))), default=0)
                widths.append(max(narrowest, self._head_width(model, at), min(content, _WIDEST * letter)))
        for at, column in enumerate(model.columns):
            if column.key in self._widths:
                widths[at] = self._widths[column.key]
        free = [at for at in stretching if model.columns[at].key not in self._widths]
        _share_out(widths, free, [model.columns[at].weight for at in free], room)
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)

    def _head_width(self, model: TableModel, at: int) -> int:
        """Return the width of the head's longest word."""
        metrics = self.horizontalHeader().fontMetrics()
        return max(map(metrics.horizontalAdvance, model.heads[at].text.split()), default=0) + 2 * MARGIN + 4

    def _text_width(self, metrics: QFontMetrics, model: TableModel, row: int, at: int) -> int:
        text = str(model.data(model.index(row, at)) or "")
        bold = model.rows[row].role is not Role.DETAIL
        width = max(map(metrics.horizontalAdvance, text.split("\n")))
        # bold figures are a little wider
        return int(width * (1.1 if bold else 1)) + 2 * MARGIN + 2

    def _set_heights(self, model: TableModel) -> None:
        metrics = self.fontMetrics()
        head = self.horizontalHeader()
        lines = [
            head.fontMetrics().boundingRect(QRect(0, 0, width, _HIGH), _WRAP, heading.text).height()
            for heading, width in ((model.heads[at], self._text_room(at)) for at in range(len(model.columns)))
        ]
        head.setFixedHeight(max(lines, default=metrics.lineSpacing()) + 10)
        for row in range(len(model.rows)):
            self.setRowHeight(row, self._row_height(model, metrics, row))

    def _row_height(self, model: TableModel, metrics: QFontMetrics, row: int) -> int:
        most = _HIGH if not self.max_lines else self.max_lines * metrics.lineSpacing()
        highest = metrics.lineSpacing()
        for at, cell in enumerate(model.rows[row].cells):
            room = self._text_room(at)
            if not cell.text or ("\n" not in cell.text and metrics.horizontalAdvance(cell.text) <= room):
                continue
            down, across = self.rowSpan(row, at), self.columnSpan(row, at)
            if across > 1:
                room = sum(self.columnWidth(at + n) for n in range(across)) - 2 * MARGIN - 2
            needed = metrics.boundingRect(QRect(0, 0, room, _HIGH), _WRAP, cell.text).height()
            # a merged cell's text has the room of all its rows
            highest = max(highest, needed // down)
        return min(highest, most) + 2 * (MARGIN - 1)

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

    def selected(self) -> list[QModelIndex]:
        """Return the selected cells in reading order."""
        return sorted(self.selectionModel().selectedIndexes(), key=lambda index: (index.row(), index.column()))

    def copy(self) -> None:
        """Put the selected block on the clipboard as spreadsheets do: tabs between cells, a line a row."""
        cells = self.selected()
        if not cells:
            return
        columns = sorted({index.column() for index in cells})
        rows = sorted({index.row() for index in cells})
        chosen = {(index.row(), index.column()) for index in cells}
        lines = (
            "\t".join(self._copied(row, column) if (row, column) in chosen else "" for column in columns)
            for row in rows
        )
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _copied(self, row: int, column: int) -> str:
        text = str(self.table().data(self.table().index(row, column)) or "")
        if any(sign in text for sign in '\t\n"'):
            doubled = text.replace('"', '""')
            return f'"{doubled}"'
        return text

    def _tell_numbers(self) -> None:
        self.numbers_selected.emit(self._numbers(self.selectionModel().selectedIndexes()))

    def _numbers(self, indexes: Iterable[Index]) -> list[Decimal]:
        numbers = (self.table().cell(index).number for index in indexes)
        return [number for number in numbers if number is not None]


def _share_out(widths: list[int], places: list[int], weights: list[float], room: int) -> None:
    """Give the columns at these places what the others leave, by weight, none less than it has."""
    open_ = dict(zip(places, weights, strict=True))
    while open_:
        left = room - sum(width for at, width in enumerate(widths) if at not in open_)
        each = left / sum(open_.values())
        too_narrow = [at for at, weight in open_.items() if weight * each < widths[at]]
        if not too_narrow:
            for at, weight in open_.items():
                widths[at] = int(weight * each)
            # what rounding left over
            widths[next(iter(open_))] += max(room - sum(widths), 0)
            return
        for at in too_narrow:
            del open_[at]
