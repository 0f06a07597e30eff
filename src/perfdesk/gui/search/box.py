"""The search field of the toolbar: finds while one types, goes where Enter says, gives the keyboard back on Esc."""

from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget

from perfdesk import paths
from perfdesk.gui.emacs_keys import left_out
from perfdesk.gui.search.finding_indexer import FindingIndexer
from perfdesk.gui.search.indexer import Indexer
from perfdesk.gui.search.popup import ResultsPopup
from perfdesk.gui.search.results import spoken
from perfdesk.gui.session import Session
from perfdesk.i18n import _
from perfdesk.services.search import searching
from perfdesk.services.search.searching import Hit

# after the last key, in milliseconds
_PAUSE: Final = 100
_MOST: Final = 60
# in average letters
_WIDTH: Final = 32
_MOVES: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_PAGES: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class SearchBox(QLineEdit):
    """Searches the open file. ``place_wanted`` carries the ``Place`` to go to.

    ``finding_wanted`` carries what the checks say, and the place where that is mended.
    """

    place_wanted = Signal(object)
    finding_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        # where the keyboard was, innermost first; a cell's field is gone when it comes back
        self._came_from: list[QWidget] = []
        # the words whose finds are shown, or were last
        self._shown = ""
        # made with the first results, when the field stands in its window
        self._popup: ResultsPopup | None = None
        self._indexer = Indexer(self)
        self._indexer.ready.connect(self._search)
        self._findings = FindingIndexer(self)
        self._findings.ready.connect(self._search)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._search)
        self.setPlaceholderText(_("Search… Ctrl+F"))
        self.setAccessibleName(_("Search"))
        self.setToolTip(_("Search goals, targets, indicators, activities, units, texts, amounts and findings (Ctrl+F)"))
        self.setClearButtonEnabled(True)
        self.addAction(QIcon(str(paths.resource("icons", "search.svg"))), QLineEdit.ActionPosition.LeadingPosition)
        # a toolbar's room is for its commands
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setEnabled(False)
        self.textEdited.connect(self._on_typed)
        # the clear button edits too, but as a change alone
        self.textChanged.connect(lambda text: None if text else self._close())
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr] # there is one

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH * self.fontMetrics().averageCharWidth(), super().sizeHint().height())

    def set_session(self, session: Session | None) -> None:
        """Search another file from now on, or none."""
        if self._session is not None and shiboken6.isValid(self._session):
            self._session.changed.disconnect(self._on_change)
            self._session.findings_changed.disconnect(self._on_change)
        self._session = session
        self._indexer.forget()
        self._findings.forget()
        self._came_from = []
        self.clear()
        self._close()
        self.setEnabled(session is not None)
        if session is not None:
            session.changed.connect(self._on_change)
            session.findings_changed.connect(self._on_change)

    def begin(self) -> None:
        """Take the keyboard; what was searched for and given up is shown again; the next key replaces it."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        if self.text().strip():
            self._search()

    # --- searching --------------------------------------------------------------------------------------------------

    def _on_typed(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._close()

    def _on_change(self) -> None:
        # what is shown is of the snapshot before
        if self._is_open():
            self._pause.start()

    def _search(self) -> None:
        """Show what is found for the text as it is now."""
        self._pause.stop()
        session, text = self._session, self.text()
        if session is None or not text.strip() or not self.hasFocus():
            self._close()
            return
        popup = self._shown_popup()
        if not self._indexer.want(session) or self._indexer.index is None:
            popup.show_note(_("Getting ready to search…"))
            return
        findings = self._findings.groups(session)
        finds = searching.find(self._indexer.index, session.municipality, session.year, text, _MOST, findings)
        again, self._shown = self._is_open() and text == self._shown, text
        popup.show_finds(finds, session.year, again=again)
        if not finds.hits:
            self._say(_("No results"))

    def _shown_popup(self) -> ResultsPopup:
        if self._popup is None:
            self._popup = ResultsPopup(self)
            self._popup.chosen.connect(self._go)
            self._popup.current.connect(self._on_current)
        return self._popup

    def _is_open(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    def _close(self) -> None:
        self._pause.stop()
        if self._popup is not None:
            self._popup.hide()
        self.setAccessibleDescription("")

    # --- going ------------------------------------------------------------------------------------------------------

    def _enter(self) -> None:
        """Go to the hit in hand; what is still being prepared or waited for is done first."""
        if self._session is None or not self.text().strip():
            return
        if self._pause.isActive() or not self._is_open() or not self._indexer.want(self._session):
            self._indexer.finish(self._session)
            self._findings.finish(self._session)
            self._search()
        hit = self._popup.hit() if self._popup is not None else None
        if hit is not None:
            self._go(hit)

    def _go(self, hit: Hit) -> None:
        # the search is done: the next one begins with an empty field
        self.clear()
        if hit.finding is not None:
            self.finding_wanted.emit(hit.finding, hit.place)
        else:
            self.place_wanted.emit(hit.place)
        if self.hasFocus():
            self._give_back()

    def _give_back(self) -> None:
        """Return the keyboard to where it was, or as near to it as there still is something."""
        self._close()
        for widget in self._came_from:
            if shiboken6.isValid(widget) and widget.isVisible() and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.clearFocus()

    # --- the keyboard -----------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if left_out(event):
            return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            # not for a command of the window that Esc may have
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._give_back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif self._popup is not None and self._is_open() and key in _MOVES:
            self._popup.move_by(_MOVES[key])
        elif self._popup is not None and self._is_open() and key in _PAGES:
            self._popup.move_page(_PAGES[key])
        elif key == Qt.Key.Key_Down:
            self._search()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # a menu of the field takes the keyboard only for a moment
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._close()

    def _on_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is self and old is not None and old is not self:
            self._came_from = [old]
            while (above := self._came_from[-1].parentWidget()) is not None:
                self._came_from.append(above)
            self._came_from = [w for w in self._came_from if w.focusPolicy() != Qt.FocusPolicy.NoFocus]

    # --- reading out ------------------------------------------------------------------------------------------------

    def _on_current(self, hit: Hit | None) -> None:
        if hit is not None:
            self._say(spoken(hit))

    def _say(self, text: str) -> None:
        """Tell those who do not see the list; the keyboard stays in the field, so that nothing else would."""
        self.setAccessibleDescription(text)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
