"""Fields and labels of forms: a text that saves when it is left, a label that shortens itself."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QSizePolicy, QStyle, QStyleOption, QWidget

from perfdesk.domain import turkish
from perfdesk.gui import colours
from perfdesk.gui.emacs_keys import left_out

_BORDER = 1


class TextField(QPlainTextEdit):
    """A text of one or several lines that grows with its content. ``left`` carries the text where it is another one.

    Whoever stores it shows it again with ``show_text``; until then it counts as typed, and is kept. Tab leaves it;
    Enter too, unless ``several_lines``; Escape takes back what was typed, which ``reverted`` tells.
    """

    left = Signal(str)
    reverted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.several_lines = False
        self.fewest_lines = 1
        self.most_lines = 4
        self._stored = ""
        self._is_wrong = False
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(5)
        # Qt takes the margin for an edit: the first Ctrl+Z in an empty field would go to it
        self.document().clearUndoRedoStacks()
        self._colour()
        self.textChanged.connect(self._fit)

    def show_text(self, text: str, *, another: bool = False) -> None:
        """Show the stored text; what is being typed just now stays, unless it belongs to ``another`` row."""
        typed = self._is_typed() and not another
        self._stored = text
        if not typed and text != self.toPlainText():
            self.setPlainText(text)

    def put(self, text: str) -> None:
        """Show a text as typed."""
        self.setPlainText(text)

    def commit(self) -> None:
        """Tell the text if it is another one than stored, or that what was refused has been taken back by hand."""
        if self.isReadOnly():
            return
        if self._is_typed():
            self.left.emit(self._entry())
        elif self._is_wrong:
            self.reverted.emit()

    def revert(self) -> None:
        """Show what is stored."""
        self.setPlainText(self._stored)
        self.reverted.emit()

    def _entry(self) -> str:
        text = self.toPlainText()
        return turkish.normalise(text if self.several_lines else " ".join(text.split("\n")))

    def _is_typed(self) -> bool:
        return self._entry() != turkish.normalise(self._stored)

    def event(self, event: QEvent) -> bool:
        if left_out(event):
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # with nothing of its own to take back the field leaves the key to the window's undo
            nothing = not self.document().isUndoAvailable() and event.matches(QKeySequence.StandardKey.Undo)
            nothing |= not self.document().isRedoAvailable() and event.matches(QKeySequence.StandardKey.Redo)
            if nothing:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.several_lines:
            self.commit()
            self.focusNextChild()
        elif key == Qt.Key.Key_Escape and self._is_typed():
            self.revert()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason):
            self.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def mark(self, *, wrong: bool) -> None:
        """Draw the edge of an entry that was refused, or no longer."""
        self._is_wrong = wrong
        self._colour()

    def setReadOnly(self, read_only: bool) -> None:
        super().setReadOnly(read_only)
        self._colour()

    def setPlaceholderText(self, text: str) -> None:
        super().setPlaceholderText(text)
        # Qt paints another one only with the next key
        self.viewport().update()

    def _colour(self) -> None:
        """Draw an edge that is seen on light and on dark paper, and in the accent where the keyboard is."""
        # not the field's own, into which the style sheet is mixed
        palette = QApplication.palette()
        edge = (colours.wrong(palette) if self._is_wrong else colours.shade(palette, 0.35)).name()
        ground = colours.shade(palette).name() if self.isReadOnly() else "palette(base)"
        sheet = (
            f"QPlainTextEdit {{ border: {_BORDER}px solid {edge}; background: {ground}; }}"
            "QPlainTextEdit:focus { border-color: palette(highlight); }"
        )
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def _fit(self) -> None:
        needed = int(self.document().size().height())
        lines = min(max(needed, self.fewest_lines), self.most_lines)
        margins = 2 * (int(self.document().documentMargin()) + _BORDER)
        # a bar beside a text that is all in sight would only be in the way
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if needed > lines else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + margins)


class ElidedLabel(QLabel):
    """One line that ends in … where there is no room; the tooltip has it all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        text = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)  # type: ignore[attr-defined] # missing in the stubs
        self.style().drawItemText(
            painter,
            self.rect(),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            self.palette(),
            enabled,
            text,
            self.foregroundRole(),
        )
