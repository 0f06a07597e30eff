"""The one delegate: paints every cell of every grid, and makes the editors that text becomes an entry in."""

from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from perfdesk.checks.finding import Severity
from perfdesk.gui import badge, colours
from perfdesk.gui.grid.edit_model import EditModel
from perfdesk.gui.grid.editors import Editor, LineEditor, LinesEditor
from perfdesk.gui.grid.table_model import Index
from perfdesk.gui.marks import Mark
from perfdesk.gui.refused import REFUSED_SIGN
from perfdesk.tables.table import ColumnKind, Role

if TYPE_CHECKING:
    from perfdesk.gui.grid.grid_view import GridView
    from perfdesk.gui.grid.table_view import TableView

MARGIN: Final = 5
# between a sign and the text
_GAP: Final = 3
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TAB: Final = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_ARROWS: Final = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class _Tones(NamedTuple):
    """The colours cells are painted in, of the palette with this key."""

    key: int
    base: QColor
    shaded: QColor
    selected: QColor
    line: QColor
    text: QColor
    muted: QColor
    wrong: QColor
    highlight: QColor
    found: dict[Severity, badge.Tones]


class CellDelegate(QStyledItemDelegate):
    """Paints by what a cell is; edits by its column's kind. ``editor`` is the one that is open."""

    def __init__(self, view: "TableView") -> None:
        super().__init__(view)
        self._view = view
        self.editor: Editor | None = None
        self._mixed: _Tones | None = None

    # --- painting ---------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self._view.table()
        cell, role = model.cell(index), model.rows[index.row()].role
        wrong = model.wrong(index) if isinstance(model, EditModel) else None
        given: Any = option  # PySide6's stubs do not know its fields
        tones = self._tones(self._view.palette())
        rect: QRect = given.rect
        selected = bool(given.state & QStyle.StateFlag.State_Selected) and self._view.is_in_hand
        shaded = role is not Role.DETAIL or cell.computed
        painter.fillRect(rect, tones.selected if selected else tones.shaded if shaded else tones.base)
        _lines(painter, rect, tones.line)
        quiet = cell.computed and role is Role.DETAIL and isinstance(model, EditModel)
        text, colour = cell.text, tones.muted if quiet else tones.text
        if wrong is not None:
            text, colour = f"{REFUSED_SIGN} {wrong.text}", tones.wrong
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour)
            _frame(painter, rect, colour, 1)
        elif cell.mark is not None:
            rect = self._paint_mark(painter, option, index, cell.mark)
        if text:
            self._paint_text(painter, option, index, rect, text, colour, bold=role is not Role.DETAIL)
        if index == self._view.currentIndex() and self._view.hasFocus():
            _frame(painter, given.rect, tones.highlight, 2)

    def _paint_mark(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, mark: Mark) -> QRect:
        """Paint the sign of what was found in a cell at the side where no text begins; return what is left of it."""
        given: Any = option
        tones, rect, metrics = self._tones(self._view.palette()), given.rect, given.fontMetrics
        side = badge.side(metrics)
        is_right = bool(int(index.data(Qt.ItemDataRole.TextAlignmentRole)) & int(Qt.AlignmentFlag.AlignRight))
        left = rect.left() + MARGIN - 1 if is_right else rect.right() - MARGIN - side + 1
        place = QRect(left, rect.top() + (rect.height() - 1 - side) // 2, side, side)
        painter.setFont(given.font)
        badge.paint(painter, place, mark.letter, tones.found[mark.severity])
        room = side + _GAP
        taken: QRect = rect.adjusted(room, 0, 0, 0) if is_right else rect.adjusted(0, 0, -room, 0)
        return taken

    def _paint_text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        rect: QRect,
        text: str,
        colour: QColor,
        *,
        bold: bool,
    ) -> None:
        """Paint a text that fits in one line by itself; the style wraps and shortens the others."""
        given: Any = option
        font = QFont(index.data(Qt.ItemDataRole.FontRole) or given.font)
        if bold:
            font.setBold(True)
        rect = rect.adjusted(MARGIN, 0, -MARGIN, 0)
        if "\n" not in text and QFontMetrics(font).horizontalAdvance(text) <= rect.width():
            painter.setFont(font)
            painter.setPen(colour)
            painter.drawText(rect, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), text)
            return
        shown: Any = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        shown.text, shown.font = text, font
        shown.palette.setColor(QPalette.ColorRole.Text, colour)
        shown.state &= ~QStyle.StateFlag.State_Selected & ~QStyle.StateFlag.State_HasFocus
        # the style has a margin of its own
        shown.rect = rect.adjusted(-3, 0, 3, 0)
        self._view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, self._view)

    def _tones(self, palette: QPalette) -> "_Tones":
        """Return the colours of this palette; mixing them for every cell would take longer than painting it."""
        if self._mixed is None or self._mixed.key != palette.cacheKey():
            self._mixed = _Tones(
                palette.cacheKey(),
                palette.color(QPalette.ColorRole.Base),
                colours.shade(palette),
                colours.tint(palette),
                colours.line(palette),
                palette.color(QPalette.ColorRole.Text),
                colours.muted(palette),
                colours.wrong(palette),
                palette.color(QPalette.ColorRole.Highlight),
                {severity: badge.tones(badge.colour(severity, palette), palette) for severity in Severity},
            )
        return self._mixed

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index  # the view measures rows itself
        return QSize(0, option.fontMetrics.lineSpacing() + 2 * MARGIN)  # type: ignore[attr-defined] # missing in the stubs

    # --- editing ----------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        model = self._model(index)
        column = model.columns[index.column()]
        choices = model.choices(column.key)
        editor: Editor
        if column.kind is ColumnKind.TEXT and not choices and column.key != "unit":
            editor = LinesEditor(parent)
            editor.grown.connect(lambda height: self._grid().make_room(index.row(), height))
        else:
            editor = LineEditor(parent, choices, numeric=model.is_numeric(index.column()))
            if editor.popup is not None:
                editor.chosen.connect(self._finish)
        editor.setAccessibleName(model.heads[index.column()].text.replace("\n", " "))
        self.editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, LineEditor | LinesEditor)
        # another change must not take away what is being typed
        if not editor.filled:
            editor.fill(str(index.data(Qt.ItemDataRole.EditRole) or ""), replace=self._grid().typing)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, LineEditor | LinesEditor)
        model.setData(cast("QModelIndex", index), editor.entry())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        del index
        editor.setGeometry(option.rect)  # type: ignore[attr-defined] # missing in the stubs

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        editor = self.editor
        if editor is None:
            # an editor that is closed already and only waits to be deleted
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            completer = editor.list if isinstance(editor, LineEditor) else None
            if completer is not None and watched is editor and completer.press(event):
                return True
            if watched is editor and self._key(editor, event):
                return True
        if watched is not editor:
            return False
        return super().eventFilter(watched, event)

    def _key(self, editor: Editor, event: QKeyEvent) -> bool:
        """Handle the keys that end an entry; return whether it was one."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if key in _ENTER:
            alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
            if isinstance(editor, LinesEditor) and alt:
                editor.insertPlainText("\n")
            elif alt:
                self._finish()
                self._grid().take_suggestion()
            else:
                self._finish()
                if modifiers & Qt.KeyboardModifier.ControlModifier:
                    self._grid().ask_details()
                else:
                    self._grid().go_down(-1 if shift else 1)
            return True
        if key in _TAB:
            self._finish()
            self._grid().tab(forward=key == Qt.Key.Key_Tab and not shift)
            return True
        if key == Qt.Key.Key_Escape:
            self._grid().drop_editor()
            return True
        if key in _ARROWS and not modifiers and self._leaves(editor, key):
            self._finish()
            self._grid().go(*_ARROWS[key])
            return True
        if key == Qt.Key.Key_Down and modifiers == Qt.KeyboardModifier.AltModifier and isinstance(editor, LineEditor):
            editor.show_list()
            return True
        if is_decimal_key(event) and isinstance(editor, LineEditor) and editor.numeric:
            editor.insert(",")
            return True
        return False

    def _leaves(self, editor: Editor, key: Qt.Key) -> bool:
        """Whether an arrow ends the entry: as in a spreadsheet, when typing began by replacing the cell."""
        if isinstance(editor, LinesEditor):
            return editor.replacing and not editor.can_move(up=key == Qt.Key.Key_Up, down=key == Qt.Key.Key_Down)
        return editor.replacing or key in (Qt.Key.Key_Up, Qt.Key.Key_Down)

    def _finish(self) -> None:
        """End the entry: what was typed is written."""
        self._grid().commit_editor()

    def _grid(self) -> "GridView":
        return cast("GridView", self._view)

    def _model(self, index: Index) -> EditModel:
        model = index.model()
        assert isinstance(model, EditModel)
        return model


def mark_room(metrics: QFontMetrics) -> int:
    """Return how much of a cell's width the sign of what was found in it takes."""
    return badge.side(metrics) + _GAP


def is_decimal_key(event: QKeyEvent) -> bool:
    """Whether it is the keypad's decimal key, which in Turkish types a comma whatever the keyboard says."""
    return bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier) and event.text() in (".", ",")


def _lines(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Draw the hairlines right of and below a cell; Qt's own grid breaks them inside merged cells."""
    painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), colour)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour)


def _frame(painter: QPainter, rect: QRect, colour: QColor, width: int) -> None:
    painter.save()
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    inset = width // 2
    painter.drawRect(rect.adjusted(inset, inset, -inset - width % 2, -inset - width % 2))
    painter.restore()
