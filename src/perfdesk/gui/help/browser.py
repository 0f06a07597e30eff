"""Shows a page of the help, remembers the pages shown, and marks what was searched for."""

from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QTextCursor, QTextDocument, QTextOption
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from perfdesk import i18n
from perfdesk.gui import colours
from perfdesk.gui.help import markup
from perfdesk.services import helping

# lines longer than this are hard to follow; in average letters
_LONGEST_LINE: Final = 84
_MARGIN: Final = 16
# of lists
_INDENT: Final = 24


class HelpBrowser(QTextBrowser):
    """Shows pages by their topic. ``topic_shown`` carries the topic whenever it is another one, also after back."""

    topic_shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tables: dict[str, str] = {}
        # the browser's own source is a page behind while it tells of a change
        self._topic = ""
        self._words: list[str] = []
        self._places: list[tuple[int, int]] = []
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        # columns of numbers would be cut anywhere
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.document().setDocumentMargin(_MARGIN)
        self.document().setIndentWidth(_INDENT)
        self.sourceChanged.connect(self._on_source)
        self._fit()

    def topic(self) -> str:
        """Return the topic of the page shown, or ""."""
        return self._topic

    def show_topic(self, topic: str) -> None:
        """Turn to a page."""
        if topic != self.topic():
            self.setSource(QUrl(f"{markup.SCHEME}:{topic}"))

    def loadResource(self, kind: int, name: QUrl) -> Any:  # type: ignore[override] # Qt gives no other
        """Return a page of ours; nothing else is ever loaded."""
        if kind == QTextDocument.ResourceType.HtmlResource.value and name.scheme() == markup.SCHEME:
            page = helping.page(name.path(), i18n.language(), self.tables)
            return markup.to_html(page.text, self.palette(), self.font())
        return None

    # --- finding ----------------------------------------------------------------------------------------------------

    def find_words(self, words: list[str]) -> int:
        """Mark all places of these words on this page and those to come; return how many there are here."""
        self._words = words
        return self._mark()

    def has_place(self, by: int) -> bool:
        """Whether there is a place marked below (1) or above (-1) the cursor."""
        return self._next_place(by) is not None

    def go_to_place(self, by: int) -> None:
        """Go to the next (1) or previous (-1) place marked, around the page's end; 0 goes to the first."""
        if not self._places:
            return
        at = self._next_place(by) if by else 0
        cursor = self.textCursor()
        # behind the last comes the first (0), before the first the last (-1)
        start, end = self._places[min(by, 0) if at is None else at]
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _next_place(self, by: int) -> int | None:
        cursor = self.textCursor()
        starts = [start for start, _end in self._places]
        if by > 0:
            return next((n for n, start in enumerate(starts) if start >= cursor.selectionEnd()), None)
        return next((n for n in reversed(range(len(starts))) if starts[n] < cursor.selectionStart()), None)

    def _mark(self) -> int:
        # the raw text has one sign for each place of a cursor
        text = helping.searchable(self.document().toRawText())
        found = sorted((at, at + len(word)) for word in set(self._words) for at in helping.places(text, word))
        self._places = [one for one, before in zip(found, [(0, 0), *found], strict=False) if one[0] >= before[1]]
        selections = []
        for start, end in self._places:
            selection: Any = QTextEdit.ExtraSelection()  # the stubs leave out what it holds
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format.setBackground(colours.tint(self.palette(), 0.3))
            selections.append(selection)
        self.setExtraSelections(selections)
        return len(self._places)

    # --- showing ----------------------------------------------------------------------------------------------------

    def _on_source(self, source: QUrl) -> None:
        self._topic = source.path()
        self._mark()
        self.topic_shown.emit(self._topic)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # a mouse's side keys go back and forth, as in web browsers
        if event.button() == Qt.MouseButton.BackButton:
            self.backward()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.forward()
        else:
            super().mouseReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self.topic():
            # colours and sizes stand in the page's HTML
            at = self.verticalScrollBar().value()
            self.reload()
            self._fit()
            self._mark()
            self.verticalScrollBar().setValue(at)

    def _fit(self) -> None:
        longest = self.fontMetrics().averageCharWidth() * _LONGEST_LINE + 2 * _MARGIN
        self.setLineWrapColumnOrWidth(max(1, min(self.viewport().width(), longest)))
