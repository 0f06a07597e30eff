"""The window of the help: its pages at the left, one of them at the right, one field that searches them all."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QHideEvent, QIcon, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QMainWindow, QWidget

from perfdesk import i18n, paths
from perfdesk.gui.forms.ui_help_window import Ui_HelpWindow
from perfdesk.gui.help import keys
from perfdesk.gui.settings import Settings
from perfdesk.i18n import _
from perfdesk.services import helping

# the name its place is kept under
_STATE: Final = "help"
_CONTENTS_WIDTH: Final = 240
_CONTENTS_HEIGHT: Final = 168
# a narrower window has its contents above the page, and no texts on its buttons
_WIDE: Final = 720
# what the system draws around a window
_FRAME: Final = 48


def show_help(window: QWidget, topic: str) -> "HelpWindow":
    """Show a page beside a window or dialog, in the help window it has or in a new one."""
    shown = help_of(window) or HelpWindow(window)
    shown.show_topic(topic)
    shown.show()
    shown.raise_()
    shown.activateWindow()
    return shown


def help_of(window: QWidget) -> "HelpWindow | None":
    """Return the help window that belongs to a window or dialog; that of a dialog is none of the window's below."""
    return next((child for child in window.children() if isinstance(child, HelpWindow)), None)


class HelpWindow(QWidget):
    """Stays beside the window or dialog that it was called from, and closes with it.

    Escape or closing hides it, and it comes back as it was.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._parent = parent
        # whether a page of those found was opened since the words were typed
        self._is_chosen = False
        self.ui = Ui_HelpWindow()
        self.ui.setupUi(self)  # type: ignore[no-untyped-call] # generated
        self._prepare()
        self._connect()
        self._on_query("")
        self._place()
        if parent is not None:
            parent.installEventFilter(self)

    def show_topic(self, topic: str) -> None:
        """Turn to a page, in the contents too."""
        self.ui.query.clear()
        # shortcuts may have changed since: menus name what they would undo
        self.ui.browser.tables = dict(keys.tables(self._main()))
        self.ui.browser.show_topic(topic)
        self.ui.browser.setFocus()

    def _prepare(self) -> None:
        ui = self.ui
        for button, icon in ((ui.back, "back"), (ui.forward, "forward")):
            button.setIcon(QIcon(str(paths.resource("icons", f"{icon}.svg"))))
            button.setIconSize(QSize(16, 16))
            button.setEnabled(False)
        ui.splitter.setStretchFactor(0, 0)
        ui.splitter.setStretchFactor(1, 1)
        self._arrange(wide=False)
        ui.browser.tables = dict(keys.tables(self._main()))
        ui.query.installEventFilter(self)

    def _main(self) -> QMainWindow | None:
        """Return the window with the menus, be it below a dialog."""
        window = self._parent
        while window is not None and not isinstance(window, QMainWindow):
            above = window.parentWidget()
            window = above.window() if above is not None else None
        return window

    def _connect(self) -> None:
        ui = self.ui
        ui.query.textChanged.connect(self._on_query)
        ui.query.returnPressed.connect(self._on_enter)
        ui.contents.topic_wanted.connect(self._choose)
        ui.browser.topic_shown.connect(self._on_topic)
        ui.browser.backwardAvailable.connect(ui.back.setEnabled)
        ui.browser.forwardAvailable.connect(ui.forward.setEnabled)
        ui.back.clicked.connect(ui.browser.backward)
        ui.forward.clicked.connect(ui.browser.forward)
        ui.next_found.clicked.connect(lambda: self._go_on(1))
        ui.previous_found.clicked.connect(lambda: self._go_on(-1))
        for sequence, slot in (
            ("Esc", self.close),
            ("F1", self._return),
            ("Ctrl+F", self._search),
            ("F3", lambda: self._go_on(1)),
            ("Shift+F3", lambda: self._go_on(-1)),
            ("Alt+Left", ui.browser.backward),
            ("Alt+Right", ui.browser.forward),
        ):
            QShortcut(QKeySequence(sequence), self).activated.connect(slot)

    # --- its place ----------------------------------------------------------------------------------------------------

    def _place(self) -> None:
        """Stand where it stood last; the first time, and with a dialog, as far to the right of its window as can be."""
        kept = Settings().state(_STATE)
        if not isinstance(self._parent, QDialog) and not kept.isEmpty() and self.restoreGeometry(kept):
            self._shrink()
            return
        window = self._parent or self
        room, frame = window.screen().availableGeometry(), window.frameGeometry()
        # what the system draws around a window is not known before it is shown
        edge = frame.width() - window.width()
        tall = frame.height() if isinstance(window, QMainWindow) else self.height()
        # an office screen at 150 % is smaller than the window would like to be
        self.resize(QSize(self.width(), tall).boundedTo(room.size() - QSize(edge, _FRAME)))
        left = min(frame.right() + 1, room.right() + 1 - self.width() - edge)
        top = min(frame.top(), room.bottom() + 1 - self.height() - _FRAME)
        self.move(QPoint(max(left, room.left()), max(top, room.top())))

    def _shrink(self) -> None:
        """Be no taller than the screen has room for: where it stood last there may have been more of it.

        Qt leaves less for what the system draws above a window than it takes at 150 %.
        """
        room, place = self.screen().availableGeometry(), self.geometry()
        if self.isMaximized() or self.isFullScreen() or place.height() <= room.height() - _FRAME:
            return
        place.setHeight(room.height() - _FRAME)
        place.moveTop(min(place.top(), room.bottom() + 1 - place.height()))
        self.setGeometry(place)

    def _arrange(self, *, wide: bool) -> None:
        """Put the contents beside the page, or above it."""
        ui = self.ui
        ui.splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        first, whole = (_CONTENTS_WIDTH, self.width()) if wide else (_CONTENTS_HEIGHT, self.height())
        ui.splitter.setSizes([first, max(whole - first, first)])
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if wide else Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in (ui.back, ui.forward):
            button.setToolButtonStyle(style)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE
        if wide is not (self.ui.splitter.orientation() is Qt.Orientation.Horizontal):
            self._arrange(wide=wide)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous() and not isinstance(self._parent, QDialog):
            Settings().keep_state(_STATE, self.saveGeometry())

    # --- searching --------------------------------------------------------------------------------------------------

    def _search(self) -> None:
        self.ui.query.setFocus()
        self.ui.query.selectAll()

    def _on_query(self, query: str) -> None:
        ui = self.ui
        self._is_chosen = False
        if helping.words_of(query):
            ui.contents.show_hits(helping.search(query, i18n.language(), ui.browser.tables))
        else:
            ui.contents.show_topics(helping.topics(i18n.language()))
        ui.contents.mark(ui.browser.topic())
        self._show_found()

    def _on_enter(self) -> None:
        """Open the first page found; after that, or on a page chosen from the list, go from place to place."""
        ui = self.ui
        first = ui.contents.first()
        if first and helping.words_of(ui.query.text()):
            if self._is_chosen:
                self._go_on(1)
            else:
                self._choose(first)

    def _choose(self, topic: str) -> None:
        self._is_chosen = True
        self.ui.browser.show_topic(topic)
        self.ui.browser.go_to_place(0)

    def _go_on(self, by: int) -> None:
        """Go to the next place found (1) or back (-1), beyond the page's end to the next page of those found."""
        ui = self.ui
        other = ui.contents.beside(ui.browser.topic(), by) if helping.words_of(ui.query.text()) else ""
        if other and not ui.browser.has_place(by):
            ui.browser.show_topic(other)
            ui.browser.go_to_place(min(by, 0))
        else:
            ui.browser.go_to_place(by)

    def _on_topic(self, topic: str) -> None:
        self.ui.contents.mark(topic)
        title = helping.page(topic, i18n.language()).title
        self.setWindowTitle(_("{title} – Help").format(title=title))
        self._show_found()

    def _show_found(self) -> None:
        """Say how often the words stand on this page; the foot is there only while something is searched for."""
        ui = self.ui
        query = ui.query.text().strip()
        words = helping.words_of(query)
        # the words as they are typed, or each of them where they are scattered
        places = ui.browser.find_words([" ".join(words)] if words else []) or ui.browser.find_words(words)
        if not ui.contents.first():
            text = _("No page holds “{query}”.").format(query=query)
        elif places:
            text = _("Found on this page: {count}").format(count=places)
        else:
            text = _("Not found on this page; choose one from the list.")
        ui.found.setText(text)
        ui.found.setVisible(bool(query))
        for button in (ui.previous_found, ui.next_found):
            button.setVisible(bool(query))
            button.setEnabled(places > 0)

    # --- keys -------------------------------------------------------------------------------------------------------

    def _return(self) -> None:
        """Go back to the form and leave the page beside it."""
        if self._parent is not None:
            self._parent.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._parent and event.type() is QEvent.Type.Hide and not event.spontaneous():
            self.close()
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if watched is self.ui.query and pressed == Qt.Key.Key_Down and self.ui.contents.first():
            self.ui.contents.setFocus()
            return True
        return super().eventFilter(watched, event)
