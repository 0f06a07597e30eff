"""The preview: the pages of the part in hand or of the whole book, as they will print, a moment after each change."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QSize, QTimer, Signal
from PySide6.QtGui import QHideEvent, QIcon, QImage, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from perfdesk import paths
from perfdesk.domain.errors import UserError
from perfdesk.gui.forms.ui_preview_pane import Ui_PreviewPane
from perfdesk.gui.headings import make_quiet
from perfdesk.gui.preview.worker import PagesWanted, Picture, Worker
from perfdesk.gui.session import Session
from perfdesk.gui.typing_watch import TypingWatch
from perfdesk.i18n import N_, _
from perfdesk.services.output import previewing
from perfdesk.services.output.previewing import Preview
from perfdesk.services.places import COVER, Key

# after the last change, in milliseconds
_PAUSE: Final = 150
# what takes longer says that it is under way
_SLOW: Final = 400
# nobody having changed anything for so long, the pages are counted
_COUNT_AFTER: Final = 2000
# in seconds; a book that takes longer to set is not set only to count its pages
_LONGEST_COUNT: Final = 2.0
_NOTHING: Final = N_("The book prints nothing here yet.")
_ICONS: Final = {
    "previous": "page_previous",
    "next": "page_next",
    "smaller": "zoom_out",
    "larger": "zoom_in",
    "fit": "fit_width",
}


class PreviewPane(QWidget):
    """Shows pages while their form is being filled in; hidden it costs nothing.

    ``entry_wanted`` carries the entry of the outline whose table or heading was clicked.
    """

    entry_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_PreviewPane()
        self.ui.setupUi(self)
        self._session: Session | None = None
        self._entry: Key = COVER
        # what is shown, the last pages of anything, and the last of the whole book with how long it took
        self._shown: Preview | None = None
        self._known: Preview | None = None
        self._whole: Preview | None = None
        self._whole_took = 0.0
        self._page = 0
        # the number of those that are awaited; one with a smaller number is late
        self._asked = 0
        # the number that was the last when this file was taken up; what has a smaller one is of another file
        self._taken_up = 0
        # the entry to turn to in the whole book once it is set
        self._turn_to: Key | None = None
        self._dirty = False
        # errors of ours are reported once, not at every letter
        self._reported: set[str] = set()
        self._worker: Worker | None = None
        self._typing = TypingWatch(self)
        self._typing.noticed.connect(self._on_typing)
        self._pause = self._timer(_PAUSE, self._request)
        self._slow = self._timer(_SLOW, lambda: self.ui.state.setText(_("Refreshing…")))
        self._count = self._timer(_COUNT_AFTER, self._count_pages)
        self._prepare()
        self._show_numbers()

    def _timer(self, interval: int, slot: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
        return timer

    def _prepare(self) -> None:
        ui = self.ui
        for name, icon in _ICONS.items():
            button = getattr(ui, name)
            button.setIcon(QIcon(str(paths.resource("icons", f"{icon}.svg"))))
            button.setIconSize(QSize(16, 16))
        modes = QButtonGroup(self)
        modes.addButton(ui.part)
        modes.addButton(ui.book)
        ui.book.toggled.connect(self._on_mode)
        for label in (ui.state, ui.number, ui.zoom, ui.message):
            make_quiet(label)
        ui.zoom.setMinimumWidth(ui.zoom.fontMetrics().horizontalAdvance("%0000"))
        ui.previous.clicked.connect(lambda: self.turn(-1))
        ui.next.clicked.connect(lambda: self.turn(1))
        ui.smaller.clicked.connect(lambda: ui.page.zoom_by(-1))
        ui.larger.clicked.connect(lambda: ui.page.zoom_by(1))
        ui.fit.clicked.connect(ui.page.fit)
        ui.page.turned.connect(self.turn)
        ui.page.zoomed.connect(self._show_numbers)
        ui.page.needed.connect(self._draw)
        ui.page.clicked.connect(self._on_click)
        ui.page.sheet.leads = lambda at: self._entry_at(at) is not None
        ui.thumbnails.page_chosen.connect(self.go_to_page)
        ui.thumbnails.wanted.connect(self._draw_thumbnails)
        ui.thumbnails.hide()

    # --- what the window calls --------------------------------------------------------------------------------------

    def show_entry(self, session: Session | None, entry: Key) -> None:
        """Turn to an entry of the outline; without a session there is nothing to show."""
        if session is not self._session:
            self._take_session(session)
        elif entry == self._entry:
            return
        self._entry = entry
        if session is None:
            self._say("")
        elif self._in_book and self._whole_is_current():
            self._turn_to_entry(entry)
        else:
            self._turn_to = entry
            self._request()

    @property
    def book(self) -> Preview | None:
        """The last pages of the whole book of this year, which makes printing it quick."""
        return self._numbers()

    def refresh(self) -> None:
        """Show the snapshot of now, a moment after the last call."""
        self._count.stop()
        self._pause.start()

    def shut(self) -> None:
        """End the thread; before the pane goes."""
        for timer in (self._pause, self._slow, self._count):
            timer.stop()
        self._typing.watch(False)
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def _take_session(self, session: Session | None) -> None:
        if self._session is not None:
            self._session.changed.disconnect(self.refresh)
        self._session = session
        self._shown = self._known = self._whole = None
        self._asked += 1
        self._taken_up = self._asked
        self.ui.thumbnails.pages.show(None)
        self.ui.page.show_image(None)
        if self._worker is not None:
            self._worker.forget()
        self._typing.watch(session is not None and self.isVisible())
        if session is not None:
            session.changed.connect(self.refresh)

    # --- asking for pages -------------------------------------------------------------------------------------------

    @property
    def _in_book(self) -> bool:
        return self.ui.book.isChecked()

    def _whole_is_current(self) -> bool:
        return self._whole is not None and self._session is not None and self._whole.tables.ctx is self._session.context

    def _numbers(self) -> Preview | None:
        """Return the last pages of the whole book, if they are of the year in hand."""
        ctx = self._session.context if self._session else None
        if self._whole is None or ctx is None or self._whole.tables.ctx.programme.year != ctx.programme.year:
            return None
        return self._whole

    def _request(self) -> None:
        """Ask for the pages to show."""
        self._pause.stop()
        session = self._session
        # hidden, it waits until it is shown
        self._dirty = session is not None and not self.isVisible()
        if session is None or self._dirty:
            return
        if session.context is None:
            self._asked += 1
            self._say(session.problem.sentence() if session.problem else _(_NOTHING))
            return
        if self._in_book and self._whole_is_current():
            self._show_preview(self._whole)
            return
        self._ask(None if self._in_book else self._entry)
        self._slow.start()

    def _ask(self, entry: Key | None) -> None:
        if self._session is None or self._session.context is None:
            return
        self._asked += 1
        wanted = PagesWanted(self._asked, self._session.context, entry, self._known, self._numbers())
        self._thread().set_pages(wanted)

    def _on_typing(self) -> None:
        if self._worker is not None:
            self._worker.stand_aside()
        if self._count.isActive():
            self._count.start()

    def _thread(self) -> Worker:
        if self._worker is None:
            self._worker = worker = Worker(self)
            worker.was_set.connect(self._on_set)
            worker.failed.connect(self._on_failed)
            worker.drawn.connect(self._on_drawn)
            worker.thumbnail.connect(self.ui.thumbnails.pages.take)
            # nobody may forget to end it
            self.destroyed.connect(worker.stop)
            worker.start()
        return self._worker

    def _count_pages(self) -> None:
        """Set the whole book quietly, so that pages get their numbers."""
        if self.isVisible() and not self._whole_is_current() and self._whole_took < _LONGEST_COUNT:
            self._ask(None)

    # --- what comes back --------------------------------------------------------------------------------------------

    def _on_set(self, wanted: PagesWanted, preview: Preview, took: float) -> None:
        if wanted.number < self._taken_up:
            return
        if wanted.entry is None:
            # also one that came late: it has the numbers of pages
            self._whole = preview
            self._whole_took = took
        if wanted.number != self._asked:
            return
        self._known = preview
        if wanted.entry is None and not self._in_book:
            # counted; now the page in view gets its number
            self._ask(self._entry)
            return
        self._show_preview(preview)
        if not self._whole_is_current():
            self._count.start()

    def _on_failed(self, wanted: PagesWanted, error: Exception) -> None:
        if wanted.number != self._asked:
            return
        if isinstance(error, UserError):
            self._say(error.sentence())
            return
        self._say(_("The page cannot be shown."))
        if repr(error) not in self._reported:
            self._reported.add(repr(error))
            # raised here it goes where all errors go
            raise error

    def _show_preview(self, preview: Preview | None) -> None:
        self._settled()
        if preview is None or not preview.pdf:
            self._shown = None
            self._say(_(_NOTHING))
            return
        turned = self._turn_to is not None
        if turned and self._in_book:
            self._page = self._page_of(preview, self._entry)
        elif turned:
            self._page = 0
        self._turn_to = None
        self._shown = preview
        self._page = min(self._page, len(preview.pages) - 1)
        if self._in_book:
            self.ui.thumbnails.pages.show(preview)
        self.ui.pages.setCurrentWidget(self.ui.page)
        self._show_page(top=turned)

    def _settled(self) -> None:
        self._slow.stop()
        self.ui.state.setText("")

    def _say(self, sentence: str) -> None:
        self._settled()
        self._shown = None
        self.ui.message.setText(sentence)
        self.ui.pages.setCurrentWidget(self.ui.message_page)
        self._show_numbers()

    # --- the page in view -------------------------------------------------------------------------------------------

    def turn(self, by: int) -> None:
        """Turn so many pages on."""
        self.go_to_page(self._page + by, forward=by > 0)

    def go_to_page(self, page: int, *, forward: bool = True) -> None:
        """Turn to a page, from 0; backwards to its foot, as one leafs."""
        if self._shown is None or not 0 <= page < len(self._shown.pages) or page == self._page:
            return
        self._page = page
        self._show_page(top=True)
        if not forward:
            bar = self.ui.page.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _turn_to_entry(self, entry: Key) -> None:
        if self._shown is not None:
            self.go_to_page(self._page_of(self._shown, entry))

    def _page_of(self, book: Preview, entry: Key) -> int:
        """Return the page of the whole book an entry begins on; the page in view where it has none."""
        if entry in book.page_ranges:
            return book.page_ranges[entry][0]
        pages = previewing.entry_pages(book.tables.ctx, book, entry)
        return pages[0] if pages else self._page

    def _show_page(self, *, top: bool) -> None:
        if self._shown is None:
            return
        self.ui.page.show_page(self._shown.pages[self._page], self._shown.printed(self._page), top=top)
        if self._in_book:
            self.ui.thumbnails.show_page(self._page)
        self._show_numbers()

    def _draw(self, width: int) -> None:
        if self._shown is not None and width > 0:
            self._thread().draw(Picture(self._shown, self._page, width))

    def _draw_thumbnails(self, pictures: list[Picture]) -> None:
        self._thread().draw_thumbnails(pictures)

    def _on_drawn(self, picture: Picture, image: QImage) -> None:
        if picture.preview is self._shown and picture.page == self._page:
            self.ui.page.show_image(image)

    def _show_numbers(self) -> None:
        ui, shown = self.ui, self._shown
        ui.number.setText(self._number() if shown is not None else "")
        ui.zoom.setText(_("{percent} %").format(percent=round(ui.page.zoom * 100)) if shown else "")
        ui.previous.setEnabled(shown is not None and self._page > 0)
        ui.next.setEnabled(shown is not None and self._page + 1 < len(shown.pages))
        for button in (ui.smaller, ui.larger, ui.fit):
            button.setEnabled(shown is not None)
        ui.fit.setChecked(ui.page.fits)

    def _number(self) -> str:
        """Return which page is in view: its number in the book where that is known, else its place in the part."""
        shown = self._shown
        assert shown is not None
        if shown.first_page:
            return _("Page {page} / {pages}").format(page=shown.first_page + self._page, pages=shown.book_pages)
        text = _("{page} / {pages} of this part").format(page=self._page + 1, pages=len(shown.pages))
        if shown.stands_on is None:
            return text
        first, last = shown.stands_on
        where = f"{first}–{last}" if last > first else f"{first}"
        return " · ".join((text, _("in the book {pages}").format(pages=where)))

    def _entry_at(self, at: QPointF) -> Key | None:
        """Return the entry shown at a place, in shares of the page."""
        if self._shown is None:
            return None
        width, height = self._shown.pages[self._page]
        return self._shown.entry_at(self._page, at.x() * width, at.y() * height)

    def _on_click(self, at: QPointF) -> None:
        entry = self._entry_at(at)
        if entry is not None:
            self.entry_wanted.emit(entry)

    def _on_mode(self, whole: bool) -> None:
        self.ui.thumbnails.setVisible(whole)
        self._turn_to = self._entry
        self._request()

    # --- what Qt asks -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._typing.watch(self._session is not None)
        if self._dirty:
            self._request()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._typing.watch(False)
        self._count.stop()
