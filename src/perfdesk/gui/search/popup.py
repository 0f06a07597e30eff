"""The list below the search field: results, or that there are none. It never takes the keyboard."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QListView, QVBoxLayout, QWidget

from perfdesk.gui.search.delegate import HitDelegate
from perfdesk.gui.search.results import ResultsModel
from perfdesk.i18n import _
from perfdesk.services.search.searching import Finds, Hit

# hits to be seen at once; the others are scrolled to
_MOST_HITS: Final = 10
# in average letters
_WIDTH: Final = 84
# to the window's edge, in pixels of the desktop's scale
_EDGE: Final = 8


class ResultsPopup(QFrame):
    """Lies over the window it belongs to, below its field, and never reaches beyond the window.

    It is a part of the window and no window of its own, so that the keyboard stays in the field. ``chosen`` carries
    the hit that was clicked, ``current`` the one in hand.
    """

    chosen = Signal(object)
    current = Signal(object)

    def __init__(self, field: QWidget) -> None:
        self._window = field.window()
        super().__init__(self._window)
        self._field = field
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = ResultsModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setAccessibleName(_("Search results"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.clicked.connect(self._on_click)
        self.list.selectionModel().currentChanged.connect(lambda now: self.current.emit(self.model.hit(now)))
        self.note = QLabel()
        self.note.setContentsMargins(8, 4, 8, 4)
        self.note.setWordWrap(True)
        self.note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.setSpacing(0)
        rows.addWidget(self.list)
        rows.addWidget(self.note)
        self.hide()

    # --- showing ----------------------------------------------------------------------------------------------------

    def show_finds(self, finds: Finds, year: int, *, again: bool = False) -> None:
        """Show what was found, the best hit in hand; shown ``again`` for the same words, the hit that was."""
        before = self.hit() if again else None
        self.model.show(finds, year)
        note = _("There is more. Type another word to narrow the search.") if finds.has_more else ""
        self._show(note if finds.hits else _("No results"))
        rows = self.model.rows()
        if before is not None and before in finds.hits and before != finds.hits[0]:
            self.list.setCurrentIndex(self.model.index(self.model.lines.index(before)))
        elif rows:
            self.list.scrollToTop()
            self.list.setCurrentIndex(self.model.index(rows[0]))

    def show_note(self, text: str) -> None:
        """Show a sentence in place of results."""
        self.model.show(Finds(()), 0)
        self._show(text)

    def _show(self, note: str) -> None:
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.list.setVisible(bool(self.model.lines))
        self.setAccessibleName(note)
        self._window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def hideEvent(self, event: QHideEvent) -> None:
        self._window.removeEventFilter(self)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Stand below the field, as large as the results need and the window allows."""
        window, field = self._window, self._field
        at = field.mapTo(window, QPoint(0, field.height() + 2))
        room = QSize(window.width() - 2 * _EDGE, window.height() - at.y() - _EDGE)
        wanted = max(field.width(), _WIDTH * self.fontMetrics().averageCharWidth())
        width = min(wanted, room.width())
        note = self.note.heightForWidth(width - 2) if not self.note.isHidden() else 0
        height = min(self._list_height() + note + 2 * self.frameWidth() + 2, max(room.height(), 0))
        left = max(min(at.x(), window.width() - _EDGE - width), _EDGE)
        self.setGeometry(left, at.y(), width, height)

    def _list_height(self) -> int:
        """Return the height of as many rows as are to be seen at once."""
        rows = self.model.rows()
        last = rows[min(_MOST_HITS, len(rows)) - 1] + 1 if rows else 0
        return sum(self.list.sizeHintForRow(row) for row in range(last))

    # --- choosing ---------------------------------------------------------------------------------------------------

    def hit(self) -> Hit | None:
        """Return the hit in hand."""
        return self.model.hit(self.list.currentIndex())

    def move_by(self, by: int) -> None:
        """Take another hit in hand; after the last comes the first, but not for more than one step."""
        rows = self.model.rows()
        if not rows:
            return
        current = self.list.currentIndex().row()
        at = rows.index(current) + by if current in rows else 0
        at = at % len(rows) if abs(by) == 1 else max(0, min(at, len(rows) - 1))
        self.list.setCurrentIndex(self.model.index(rows[at]))
        if at == 0:
            # with its heading
            self.list.scrollToTop()

    def move_page(self, by: int) -> None:
        """Take the hit a page further in hand."""
        self.move_by(by * (_MOST_HITS - 1))

    def _on_click(self, index: QModelIndex) -> None:
        hit = self.model.hit(index)
        if hit is not None:
            self.chosen.emit(hit)
