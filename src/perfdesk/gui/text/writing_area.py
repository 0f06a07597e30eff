"""Where a text is written: its keys, its pictures and bullets as drawn, its height, its clipboard."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QScrollArea, QSizePolicy, QTextEdit, QWidget

from perfdesk.domain.administration import Picture
from perfdesk.domain.texts import BlockKind, TextBlock
from perfdesk.gui import colours
from perfdesk.gui.emacs_keys import left_out
from perfdesk.gui.text import changes, pasting, taking_pictures
from perfdesk.gui.text.appearance import Appearance
from perfdesk.gui.text.drawing import MARGIN, Drawing
from perfdesk.gui.text.picture_in_hand import PictureInHand
from perfdesk.gui.text.structure import LINE_END, Setter

_BORDER: Final = 1
_FEWEST_LINES: Final = 10
_OWN_TYPE: Final = "application/x-perfdesk-text"
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_MODIFIERS: Final = _CTRL | _SHIFT | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ERASING: Final = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_PAGES: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class WritingArea(QTextEdit):
    """A text of headings, paragraphs, bullets and pictures, at least as high as its content.

    ``pictures_given`` carries pictures that were dropped or pasted and are not read yet.
    ``ending`` tells that Enter is about to end a paragraph.
    """

    pictures_given = Signal(object)
    ending = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: Mapping[str, Picture] = {}
        # how much of what is in sight lies under the tools
        self.covered = 0
        self.drawing = Drawing(self)
        self.setter = Setter(self.line(), self.drawing.height)
        self._appearance = Appearance(self.document(), self)
        self.in_hand = PictureInHand(self)
        self._keys = self._own_keys()
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # never lower than its text; a page with more room than that gives it
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.document().setDocumentMargin(MARGIN)
        self._colour()
        # the page around grows later than the text, when it gets to its events
        self._sight = QTimer(self)
        self._sight.setSingleShot(True)
        self._sight.setInterval(0)
        self._sight.timeout.connect(self._show_cursor)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.cursorPositionChanged.connect(self._sight.start)

    # --- what a writer does -----------------------------------------------------------------------------------------

    def set_kind(self, kind: BlockKind, level: int | None = None) -> None:
        """Make the selected blocks of a kind; those that are so already become paragraphs."""
        cursor = self.textCursor()
        if changes.here_is(cursor) == (kind, level or 0):
            kind, level = BlockKind.PARAGRAPH, None
        changes.set_kind(cursor, self.setter, kind, level)

    def toggle_bold(self) -> None:
        """Make what is selected bold, or plain where it is all bold; else what will be typed next."""
        cursor = self.textCursor()
        if not changes.takes_bold(cursor.block()) and not cursor.hasSelection():
            return
        bold = not changes.all_bold(cursor)
        if cursor.hasSelection():
            changes.set_bold(cursor, bold=bold)
        else:
            letters = self.currentCharFormat()
            letters.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
            self.setCurrentCharFormat(letters)

    def move_blocks(self, by: int) -> None:
        """Move the selected blocks up (-1) or down (1)."""
        cursor = self.textCursor()
        changes.move(cursor, self.setter, by)
        self.setTextCursor(cursor)

    def insert_blocks(self, blocks: tuple[TextBlock, ...]) -> None:
        """Write blocks at the cursor; pictures only those that are known."""
        cursor = self.textCursor()
        known = [b for b in blocks if b.kind is not BlockKind.PICTURE or b.picture in self.pictures]
        changes.insert(cursor, self.setter, known)
        self.setTextCursor(cursor)

    def _own_keys(self) -> dict[tuple[Qt.KeyboardModifier, Qt.Key], Callable[[], object]]:
        return {
            (_CTRL, Qt.Key.Key_0): lambda: self.set_kind(BlockKind.PARAGRAPH),
            (_CTRL, Qt.Key.Key_1): lambda: self.set_kind(BlockKind.HEADING, 1),
            (_CTRL, Qt.Key.Key_2): lambda: self.set_kind(BlockKind.HEADING, 2),
            (_CTRL, Qt.Key.Key_L): lambda: self.set_kind(BlockKind.BULLET),
            (_CTRL, Qt.Key.Key_B): self.toggle_bold,
            # as in Turkish word processors
            (_CTRL, Qt.Key.Key_K): self.toggle_bold,
            (_CTRL | _SHIFT, Qt.Key.Key_Up): lambda: self._move(-1),
            (_CTRL | _SHIFT, Qt.Key.Key_Down): lambda: self._move(1),
            (_CTRL | _SHIFT, Qt.Key.Key_V): self._paste_plain,
        }

    def _move(self, by: int) -> None:
        if self.in_hand.block() is not None:
            self.in_hand.move(by)
        else:
            self.move_blocks(by)

    def _paste_plain(self) -> None:
        self.insert_blocks(pasting.from_text(QApplication.clipboard().text()))

    # --- keys -------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not self.isReadOnly():
            if self._own_key(event):
                event.accept()
                return True
            # with nothing of its own to take back the text leaves the key to the window's undo
            nothing = not self.document().isUndoAvailable() and event.matches(QKeySequence.StandardKey.Undo)
            nothing |= not self.document().isRedoAvailable() and event.matches(QKeySequence.StandardKey.Redo)
            if nothing:
                event.ignore()
                return False
        own = isinstance(event, QKeyEvent) and not self.isReadOnly() and self._own_key(event)
        if not own and left_out(event):
            return True
        return super().event(event)

    def _own_key(self, event: QKeyEvent) -> Callable[[], object] | None:
        modifiers = event.modifiers() & _MODIFIERS
        return next((do for (with_, key), do in self._keys.items() if with_ == modifiers and key == event.key()), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PAGES and not event.modifiers() & _CTRL:
            self._turn_page(_PAGES[event.key()], select=bool(event.modifiers() & _SHIFT))  # type: ignore[index] # enum
        elif not self.in_hand.press(event) and (self.isReadOnly() or not self._did(event)):
            super().keyPressEvent(event)

    def _did(self, event: QKeyEvent) -> bool:
        """Do what a key does here and not in any text; tell whether it was such a key."""
        cursor = self.textCursor()
        own = self._own_key(event)
        if own:
            own()
            return True
        key, shifted = event.key(), bool(event.modifiers() & (_SHIFT | _CTRL))
        if key in _ENTER and not shifted:
            self.ending.emit()
            changes.new_block(cursor, self.setter)
            did = True
        elif self.in_hand.take_beside(key):
            return True
        elif changes.spans_blocks(cursor):
            did = self._over_blocks(event, cursor)
        elif key == Qt.Key.Key_Space:
            did = changes.bullet_typed(cursor, self.setter)
        elif key == Qt.Key.Key_Backspace:
            did = changes.erase_back(cursor, self.setter)
        else:
            did = key == Qt.Key.Key_Delete and changes.erase_forward(cursor)
        if did:
            self.setTextCursor(cursor)
        return did

    def _over_blocks(self, event: QKeyEvent, cursor: QTextCursor) -> bool:
        """Erase, cut or type over a selection of several blocks."""
        if event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
            changes.remove(cursor, self.setter)
        elif event.key() in _ERASING:
            changes.remove(cursor, self.setter)
        elif event.key() in _ENTER:
            # with Shift a line ends within its paragraph
            changes.replace_letters(cursor, self.setter, LINE_END)
        elif event.text().isprintable() and event.text() and not event.modifiers() & _CTRL:
            changes.replace_letters(cursor, self.setter, event.text())
        else:
            return False
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        cursor = self.textCursor()
        if event.commitString() and changes.spans_blocks(cursor) and not self.isReadOnly():
            changes.remove(cursor, self.setter)
            self.setTextCursor(cursor)
        super().inputMethodEvent(event)

    def _turn_page(self, by: int, *, select: bool) -> None:
        """Move the cursor by what is in sight of the page around; the text itself never scrolls."""
        around = self.scroll_area()
        height = around.viewport().height() if around else self.height()
        at = self.cursorRect().center()
        there = self.cursorForPosition(
            QPoint(at.x(), at.y() + by * max(height - self.covered - 3 * int(self.line()), 1))
        )
        cursor = self.textCursor()
        mode = QTextCursor.MoveMode.KeepAnchor if select else QTextCursor.MoveMode.MoveAnchor
        cursor.setPosition(there.position(), mode)
        self.setTextCursor(cursor)

    # --- the picture in hand ----------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        block = self.drawing.picture_at(event.position())
        if block is None or event.modifiers() & _SHIFT or event.button() is Qt.MouseButton.MiddleButton:
            super().mousePressEvent(event)
        else:
            self.in_hand.take(block)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.drawing.picture_at(event.position()) is None or self.isReadOnly():
            super().mouseDoubleClickEvent(event)
        else:
            self.in_hand.write_caption()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        block = self.drawing.picture_at(QPointF(event.pos())) if by_mouse else self.in_hand.block()
        if block is None:
            super().contextMenuEvent(event)
        else:
            self.in_hand.take(block)
            self.in_hand.menu().popup(event.globalPos())

    # --- clipboard --------------------------------------------------------------------------------------------------

    def createMimeDataFromSelection(self) -> QMimeData:
        return self.carried(changes.copied(self.textCursor()))

    def carried(self, blocks: Sequence[TextBlock]) -> QMimeData:
        """Return blocks as they go to the clipboard."""
        data = QMimeData()
        data.setText(pasting.to_text(blocks))
        data.setHtml(pasting.to_html(blocks))
        data.setData(_OWN_TYPE, pasting.to_own(blocks))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasHtml() or source.hasText() or taking_pictures.holds_pictures(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        blocks: tuple[TextBlock, ...] = ()
        if source.hasFormat(_OWN_TYPE):
            blocks = pasting.from_own(bytes(source.data(_OWN_TYPE).data()))
        if not blocks and not taking_pictures.holds_files(source) and source.hasHtml():
            blocks = pasting.from_html(source.html())
        given = [] if blocks else taking_pictures.from_mime(source)
        if given:
            self.pictures_given.emit(given)
        else:
            self.insert_blocks(blocks or pasting.from_text(source.text()))

    # --- looks ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.drawing.draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
        if event.type() == QEvent.Type.FontChange and hasattr(self, "setter"):
            self.setter.line = self.line()
            self._fit()
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_appearance"):
            self._appearance.rehighlight()

    def _colour(self) -> None:
        """Draw an edge that is seen on light and on dark paper, and in the accent where the keyboard is."""
        edge = colours.shade(self.palette(), 0.35).name()
        sheet = (
            f"QTextEdit {{ border: {_BORDER}px solid {edge}; }}QTextEdit:focus {{ border-color: palette(highlight); }}"
        )
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    # --- size and sight ---------------------------------------------------------------------------------------------

    def line(self) -> float:
        """Return a line's height."""
        return float(self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        fewest = _FEWEST_LINES * self.line() + 2 * MARGIN
        height = int(max(self.document().size().height(), fewest)) + 2 * _BORDER + 1
        if height != self.minimumHeight():
            self.setMinimumHeight(height)
            self._sight.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # the page around scrolls
        event.ignore()

    def scroll_area(self) -> QScrollArea | None:
        """Return the page around, which scrolls."""
        widget = self.parentWidget()
        while widget is not None and not isinstance(widget, QScrollArea):
            widget = widget.parentWidget()
        return widget

    def _show_cursor(self) -> None:
        """Keep the cursor in sight of the page around."""
        around = self.scroll_area()
        if around is None or not self.hasFocus():
            return
        rect = self.cursorRect()
        line = int(self.line())
        content = around.widget()
        for y in (rect.bottom() + line, rect.top() - line - self.covered):
            at = self.viewport().mapTo(content, QPoint(rect.left(), y))
            around.ensureVisible(at.x(), at.y(), 0, 0)
