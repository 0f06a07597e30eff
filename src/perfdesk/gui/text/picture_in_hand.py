"""The picture of a text that is taken in hand, with a click or from its caption: its keys and its menu."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextBlock, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu

from perfdesk.domain.texts import BlockKind
from perfdesk.gui.text import changes
from perfdesk.gui.text.structure import kind_of, text_block
from perfdesk.i18n import _

if TYPE_CHECKING:
    from perfdesk.gui.text.writing_area import WritingArea

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_ERASING: Final = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class PictureInHand(QObject):
    """Knows which picture of an area is in hand, until the cursor goes elsewhere or the text is another one."""

    def __init__(self, area: "WritingArea") -> None:
        super().__init__(area)
        self._area = area
        # In its caption, so that it moves with what is typed above. Kept for good: a cursor that ends while Qt clears
        # its document is remembered there as if it were still alive.
        self._at = QTextCursor(area.document())
        self._is_held = False
        self._caret = area.cursorWidth()
        for signal in (area.cursorPositionChanged, area.selectionChanged, area.textChanged):
            signal.connect(self.let_go)

    def block(self) -> QTextBlock | None:
        """Return the block of the picture in hand, if one is."""
        return self._at.block() if self._is_held else None

    def take(self, block: QTextBlock) -> None:
        """Take a picture in hand; the keyboard's cursor waits in its caption, out of sight."""
        area = self._area
        area.setTextCursor(QTextCursor(block))
        self._at.setPosition(block.position())
        self._is_held = True
        area.setCursorWidth(0)
        area.viewport().update()

    def let_go(self) -> None:
        """Have no picture in hand."""
        if self._is_held:
            self._is_held = False
            self._area.setCursorWidth(self._caret)
            self._area.viewport().update()

    # --- keys -------------------------------------------------------------------------------------------------------

    def take_beside(self, key: int) -> bool:
        """Take the picture in hand into which Backspace or Delete would erase; tell whether there is one."""
        cursor = self._area.textCursor()
        block, below = cursor.block(), cursor.block().next()
        if cursor.hasSelection():
            return False
        if key == Qt.Key.Key_Backspace and cursor.atBlockStart() and _is_picture(block) and block.length() > 1:
            self.take(block)
            return True
        is_kept = block.length() > 1 or _is_picture(block) or not block.previous().isValid()
        if key == Qt.Key.Key_Delete and cursor.atBlockEnd() and _is_picture(below) and is_kept:
            self.take(below)
            return True
        return False

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key does to the picture in hand; tell whether it did something."""
        if not self._is_held:
            return False
        can_write = not self._area.isReadOnly()
        if event.key() == Qt.Key.Key_Escape:
            self.let_go()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Cut) and can_write:
            self.cut()
        elif event.key() in _ERASING and can_write:
            # who holds the key down to erase a caption does not want to erase the picture, too
            if not event.isAutoRepeat():
                self.delete()
        elif event.key() in _ENTER and can_write:
            self.write_caption()
        else:
            if can_write and event.text().isprintable() and event.text():
                # what is typed goes on with the caption
                self.write_caption()
            return False
        return True

    # --- what is done with it ---------------------------------------------------------------------------------------

    def menu(self) -> QMenu:
        """Return the menu of the picture in hand."""
        menu = QMenu(self._area)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        can_write = not self._area.isReadOnly()
        number = self._at.block().blockNumber() if self._is_held else 0
        # the empty paragraph above a picture that begins the text is no place to move to
        below = 0 < number < self._area.document().blockCount() - 1
        groups = (
            ((_("Write the &caption"), "F2", self.write_caption, can_write),),
            (
                (_("Move &up"), "Ctrl+Shift+Up", lambda: self.move(-1), can_write and number > 1),
                (_("Move d&own"), "Ctrl+Shift+Down", lambda: self.move(1), can_write and below),
            ),
            (
                (_("Cu&t"), "Ctrl+X", self.cut, can_write),
                (_("Cop&y"), "Ctrl+C", self.copy, True),
                (_("&Delete the picture"), "Del", self.delete, can_write),
            ),
        )
        for group in groups:
            for text, keys, do, enabled in group:
                action = menu.addAction(text)
                action.setShortcut(QKeySequence(keys))
                action.setShortcutVisibleInContextMenu(True)
                action.setEnabled(enabled)
                action.triggered.connect(lambda _checked=False, do=do: do())
            menu.addSeparator()
        return menu

    def write_caption(self) -> None:
        """Put the keyboard behind the caption."""
        if self._is_held:
            cursor = QTextCursor(self._at.block())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            self.let_go()
            self._area.setTextCursor(cursor)
            self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def move(self, by: int) -> None:
        """Move the picture up (-1) or down (1) with its caption; it stays in hand."""
        if self._is_held:
            self._area.move_blocks(by)
            self.take(self._area.textCursor().block())

    def copy(self) -> None:
        """Copy the picture with its caption."""
        if self._is_held:
            QApplication.clipboard().setMimeData(self._area.carried([text_block(self._at.block())]))

    def cut(self) -> None:
        """Copy the picture with its caption, and delete it."""
        self.copy()
        self.delete()

    def delete(self) -> None:
        """Delete the picture with its caption."""
        if self._is_held:
            cursor = QTextCursor(self._at.block())
            self.let_go()
            changes.remove_picture(cursor, self._area.setter)
            self._area.setTextCursor(cursor)


def _is_picture(block: QTextBlock) -> bool:
    return block.isValid() and kind_of(block) is BlockKind.PICTURE
