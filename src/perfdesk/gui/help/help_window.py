"""The window of the help: its pages at the left, one of them at the right, one field that searches them all."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from perfdesk import i18n, paths
from perfdesk.gui.forms.ui_help_window import Ui_HelpWindow
from perfdesk.gui.help import keys
from perfdesk.i18n import _
from perfdesk.services import helping

_CONTENTS_WIDTH: Final = 240
_MOST_OF_SCREEN: Final = 0.9


def show_help(window: QMainWindow, topic: str) -> "HelpWindow":
    """Show a page beside a window, in the help window it has or in a new one."""
    shown = window.findChild(HelpWindow) or HelpWindow(window)
    shown.show_topic(topic)
    shown.show()
    shown.raise_()
    shown.activateWindow()
    return shown


class HelpWindow(QWidget):
    """Stays beside the window that it was called from; Escape or closing hides it, and it comes back as it was."""

    def __init__(self, parent: QMainWindow | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._parent = parent
        self.ui = Ui_HelpWindow()
        self.ui.setupUi(self)  # type: ignore[no-untyped-call] # generated
        self._prepare(parent)
        self._connect()
        self._on_query("")

    def show_topic(self, topic: str) -> None:
        """Turn to a page, in the contents too."""
        self.ui.query.clear()
        # shortcuts may have changed since: menus name what they would undo
        self.ui.browser.tables = dict(keys.tables(self._parent))
        self.ui.browser.show_topic(topic)
        self.ui.browser.setFocus()

    def _prepare(self, parent: QWidget | None) -> None:
        ui = self.ui
        # an office screen at 150 % is smaller than the window would like to be
        self.resize(self.size().boundedTo((parent or self).screen().availableSize() * _MOST_OF_SCREEN))
        for button, icon in ((ui.back, "back"), (ui.forward, "forward")):
            button.setIcon(QIcon(str(paths.resource("icons", f"{icon}.svg"))))
            button.setIconSize(QSize(16, 16))
            button.setEnabled(False)
        ui.splitter.setStretchFactor(0, 0)
        ui.splitter.setStretchFactor(1, 1)
        ui.splitter.setSizes([_CONTENTS_WIDTH, self.width() - _CONTENTS_WIDTH])
        ui.browser.tables = dict(keys.tables(self._parent))
        ui.query.installEventFilter(self)

    def _connect(self) -> None:
        ui = self.ui
        ui.query.textChanged.connect(self._on_query)
        ui.query.returnPressed.connect(self._on_enter)
        ui.contents.topic_wanted.connect(ui.browser.show_topic)
        ui.browser.topic_shown.connect(self._on_topic)
        ui.browser.backwardAvailable.connect(ui.back.setEnabled)
        ui.browser.forwardAvailable.connect(ui.forward.setEnabled)
        ui.back.clicked.connect(ui.browser.backward)
        ui.forward.clicked.connect(ui.browser.forward)
        ui.next_found.clicked.connect(lambda: ui.browser.go_to_place(1))
        ui.previous_found.clicked.connect(lambda: ui.browser.go_to_place(-1))
        for sequence, slot in (
            ("Esc", self.close),
            ("F1", self._return),
            ("Ctrl+F", self._search),
            ("F3", lambda: ui.browser.go_to_place(1)),
            ("Shift+F3", lambda: ui.browser.go_to_place(-1)),
            ("Alt+Left", ui.browser.backward),
            ("Alt+Right", ui.browser.forward),
        ):
            QShortcut(QKeySequence(sequence), self).activated.connect(slot)

    # --- searching --------------------------------------------------------------------------------------------------

    def _search(self) -> None:
        self.ui.query.setFocus()
        self.ui.query.selectAll()

    def _on_query(self, query: str) -> None:
        ui = self.ui
        if helping.words_of(query):
            ui.contents.show_hits(helping.search(query, i18n.language(), ui.browser.tables))
        else:
            ui.contents.show_topics(helping.topics(i18n.language()))
        ui.contents.mark(ui.browser.topic())
        self._show_found()

    def _on_enter(self) -> None:
        """Open the first page found, and there go from place to place."""
        ui = self.ui
        first = ui.contents.first()
        listed = ui.contents.currentItem() is not None
        if first and helping.words_of(ui.query.text()):
            if not listed:
                ui.browser.show_topic(first)
            ui.browser.go_to_place(1 if listed else 0)

    def _on_topic(self, topic: str) -> None:
        self.ui.contents.mark(topic)
        title = helping.page(topic, i18n.language()).title
        self.setWindowTitle(_("{title} – Help").format(title=title))
        self._show_found()

    def _show_found(self) -> None:
        """Say how often the words stand on this page; the foot is there only while something is searched for."""
        ui = self.ui
        query = ui.query.text().strip()
        places = ui.browser.find_words(helping.words_of(query))
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
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if watched is self.ui.query and pressed == Qt.Key.Key_Down and self.ui.contents.first():
            self.ui.contents.setFocus()
            return True
        return super().eventFilter(watched, event)
