"""What is shown while no file is open: the first steps, and the files opened last."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from perfdesk import paths
from perfdesk.gui import colours
from perfdesk.gui.forms.ui_start_page import Ui_StartPage
from perfdesk.gui.headings import colour_text, make_heading, make_page
from perfdesk.gui.pages.recent_delegate import ENTRY, RecentDelegate, described
from perfdesk.gui.recent import RecentFile

_ICONS: Final = {"new_file": "new", "next_year": "next-year", "sample": "sample", "open": "open"}
_IN_SIGHT: Final = 7


class _SecondClick(QObject):
    """Swallows the second click of hands that double click: the first opened the file, under the mouse is a form."""

    def swallow(self) -> None:
        """Do so until what follows is a click of its own."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.installEventFilter(self)
            QTimer.singleShot(application.doubleClickInterval(), self, lambda: application.removeEventFilter(self))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.MouseButtonDblClick


class StartPage(QWidget):
    """Offers the first step; its signals tell which one was taken.

    ``recent_wanted`` and ``forget_wanted`` carry the path of a recent file to open or to take off the list.
    """

    new_wanted = Signal()
    continue_wanted = Signal()
    sample_wanted = Signal()
    open_wanted = Signal()
    recent_wanted = Signal(object)
    forget_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = ui = Ui_StartPage()
        ui.setupUi(self)
        make_page(ui.content)
        make_heading(ui.heading, 1.6)
        make_heading(ui.begin_heading, 1.1)
        make_heading(ui.recent_heading, 1.1)
        for name, icon in _ICONS.items():
            button = getattr(ui, name)
            button.setIcon(QIcon(str(paths.resource("icons", f"{icon}.svg"))))
            button.setIconSize(QSize(20, 20))
        ui.new_file.clicked.connect(self.new_wanted)
        ui.next_year.clicked.connect(self.continue_wanted)
        ui.sample.clicked.connect(self.sample_wanted)
        ui.open.clicked.connect(self.open_wanted)
        self._prepare_recent()
        self._colour()
        self.show_recent(())

    def _prepare_recent(self) -> None:
        ui = self.ui
        self._recent = QStandardItemModel(self)
        ui.recent.setModel(self._recent)
        ui.recent.setItemDelegate(RecentDelegate(ui.recent))
        # a click opens, as it does on the links beside
        self._second_click = _SecondClick(self)
        ui.recent.clicked.connect(self._on_click)
        ui.recent.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        ui.recent.setMouseTracking(True)
        ui.recent.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        ui.recent.customContextMenuRequested.connect(self._show_menu)
        ui.recent.selectionModel().currentChanged.connect(self._show_state)
        for key in ("Return", "Enter"):
            self._on_key(key, self._open)
        self._on_key("Del", self._forget)
        ui.open_recent.clicked.connect(self._open)
        ui.forget.clicked.connect(self._forget)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        for label in (self.ui.explanation, self.ui.nothing_recent):
            colour_text(label, colours.muted(self.palette()))

    def _on_key(self, key: str, slot: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence.fromString(key), self.ui.recent, context=Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(slot)

    def show_recent(self, entries: Sequence[RecentFile]) -> None:
        """List files opened last; the one in hand stays so while it is among them."""
        before = self._in_hand()
        self._recent.clear()
        for entry in entries:
            item = QStandardItem(described(entry))
            item.setData(entry, ENTRY)
            item.setToolTip(str(entry.path))
            self._recent.appendRow(item)
        listed = [entry.path for entry in entries]
        row = listed.index(before.path) if before is not None and before.path in listed else 0
        # no index where there is no file
        self.ui.recent.setCurrentIndex(self._recent.index(row, 0))
        for widget in (self.ui.recent, self.ui.open_recent, self.ui.forget):
            widget.setVisible(bool(entries))
        self.ui.nothing_recent.setVisible(not entries)
        # the buttons stand below the last file, or below as many as are in sight
        self.ui.recent.setFixedHeight(max(self.ui.recent.sizeHintForRow(0), 0) * min(len(entries), _IN_SIGHT))
        self._show_state()

    def begin(self) -> None:
        """Put the keyboard where work goes on: on the file opened last, which Enter opens, or on the first step."""
        if self._recent.rowCount():
            self.ui.recent.setCurrentIndex(self._recent.index(0, 0))
            self.ui.recent.scrollToTop()
            self.ui.recent.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.ui.new_file.setFocus(Qt.FocusReason.OtherFocusReason)

    def _in_hand(self) -> RecentFile | None:
        entry = self.ui.recent.currentIndex().data(ENTRY)
        return entry if isinstance(entry, RecentFile) else None

    def _show_state(self) -> None:
        entry = self._in_hand()
        self.ui.open_recent.setEnabled(entry is not None and not entry.missing)
        self.ui.forget.setEnabled(entry is not None)

    def _on_click(self) -> None:
        self._open()
        self._second_click.swallow()

    def _open(self) -> None:
        # also one that was missing: the stick may have been plugged in since; opening says so if it was not
        entry = self._in_hand()
        if entry is not None:
            self.recent_wanted.emit(Path(entry.path))

    def _show_menu(self, at: QPoint) -> None:
        """Offer what the buttons below offer: with the mouse a file is chosen without being opened only here."""
        index = self.ui.recent.indexAt(at)
        if not index.isValid():
            return
        menu = QMenu(self.ui.recent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in (self.ui.open_recent, self.ui.forget):
            action = menu.addAction(button.text(), button.click)
            action.setEnabled(button.isEnabled())
        menu.popup(self.ui.recent.viewport().mapToGlobal(at))

    def _forget(self) -> None:
        entry = self._in_hand()
        if entry is not None:
            self.forget_wanted.emit(Path(entry.path))
