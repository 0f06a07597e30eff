"""Sets and draws pages beside the window: of what was asked, the latest counts and what it overtook is given up.

The window and this thread take turns at Python. So that no key waits, setting stands still while somebody types, and
goes on where it was.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Condition
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QThread, Signal, SignalInstance
from PySide6.QtGui import QImage

from perfdesk.gui.jobs import take_short_turns
from perfdesk.services.output import previewing
from perfdesk.services.output.previewing import Preview
from perfdesk.services.places import Key
from perfdesk.tables.context import Context

if TYPE_CHECKING:
    from perfdesk.gui.preview.raster import Pages

# nobody having pressed a key for so long, nobody is typing; in seconds
QUIET: Final = 0.3


@dataclass(frozen=True, slots=True)
class PagesWanted:
    """Pages to set: those of an entry of the outline, or of the whole book where there is none."""

    number: int
    ctx: Context
    entry: Key | None
    known: Preview | None
    whole: Preview | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A page to draw, so many pixels wide."""

    preview: Preview
    page: int
    width: int

    @property
    def height(self) -> int:
        """The height in pixels."""
        width, height = self.preview.pages[self.page]
        return max(1, round(self.width * height / width))


class Overtaken(Exception):  # noqa: N818 - it is not an error
    """Something newer was asked."""


class Worker(QThread):
    """Does one thing at a time: the pages wanted first, then the page in view, then thumbnails."""

    # the ``PagesWanted``, their ``Preview`` and how many seconds of work they were; the ``PagesWanted`` and the
    # exception, also where a page of them cannot be drawn
    was_set = Signal(object, object, float)
    failed = Signal(object, object)
    # the ``Picture`` asked for and its image
    drawn = Signal(object, QImage)
    thumbnail = Signal(object, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._news = Condition()
        self._wanted: PagesWanted | None = None
        self._picture: Picture | None = None
        self._thumbnails: list[Picture] = []
        self._given_up = False
        self._stopping = False
        # when setting goes on, by the clock that only goes forward
        self._quiet_at = 0.0
        self._open: tuple[Preview, Pages] | None = None
        # those whose pages are drawn
        self._answered: PagesWanted | None = None

    # --- asked by the window ----------------------------------------------------------------------------------------

    def set_pages(self, wanted: PagesWanted) -> None:
        """Ask for pages; those asked for earlier are given up."""
        with self._news:
            self._wanted = wanted
            self._news.notify()

    def draw(self, picture: Picture) -> None:
        """Ask for the page in view, instead of the one asked for before."""
        with self._news:
            self._picture = picture
            self._news.notify()

    def draw_thumbnails(self, pictures: Sequence[Picture]) -> None:
        """Ask for small pages, instead of those asked for before."""
        with self._news:
            self._thumbnails = list(pictures)
            self._news.notify()

    def stand_aside(self) -> None:
        """Set nothing for a moment: somebody types."""
        self._quiet_at = time.monotonic() + QUIET

    def forget(self) -> None:
        """Give up all that was asked."""
        with self._news:
            self._wanted, self._picture, self._thumbnails = None, None, []
            self._given_up = True
            self._news.notify()

    def stop(self) -> None:
        """End the thread and wait for it."""
        with self._news:
            self._stopping = True
            self._news.notify()
        self.wait()

    # --- in the thread ----------------------------------------------------------------------------------------------

    def run(self) -> None:
        take_short_turns()
        while True:
            with self._news:
                while not (self._stopping or self._wanted or self._picture or self._thumbnails):
                    self._news.wait()
                if self._stopping:
                    break
                wanted, self._wanted = self._wanted, None
                self._given_up = False
                picture = thumbnail = None
                if wanted is None:
                    picture, self._picture = self._picture, None
                    if picture is None:
                        thumbnail = self._thumbnails.pop(0)
            if wanted:
                self._set(wanted)
            elif picture:
                self._show(picture, self.drawn)
            elif thumbnail:
                self._show(thumbnail, self.thumbnail)
        self._close()

    def _set(self, wanted: PagesWanted) -> None:
        began = time.thread_time()
        try:
            self._on_progress(0, 1)
            if wanted.entry is None:
                made = previewing.whole(wanted.ctx, known=wanted.known, progress=self._on_progress)
            else:
                made = previewing.preview(
                    wanted.ctx, wanted.entry, known=wanted.known, whole=wanted.whole, progress=self._on_progress
                )
        except Overtaken:
            return
        except Exception as error:  # handed to the window, which tells the two kinds apart
            self.failed.emit(wanted, error)
        else:
            self._answered = wanted
            self.was_set.emit(wanted, made, time.thread_time() - began)

    def _show(self, picture: Picture, drawn: SignalInstance) -> None:
        try:
            image = self._draw(picture)
        except Exception as error:  # handed to the window; the thread goes on to what is asked next
            self.failed.emit(self._answered, error)
        else:
            drawn.emit(picture, image)

    def _on_progress(self, _done: int, _total: int) -> None:
        # asked at every block, and hardly ever true: no lock is taken to find out
        if time.monotonic() < self._quiet_at:
            with self._news:
                while not self._is_overtaken and (left := self._quiet_at - time.monotonic()) > 0:
                    self._news.wait(left)
        if self._is_overtaken:
            raise Overtaken

    @property
    def _is_overtaken(self) -> bool:
        return self._wanted is not None or self._given_up or self._stopping

    def _draw(self, picture: Picture) -> QImage:
        # the window opens faster without the renderer
        from perfdesk.gui.preview.raster import Pages

        if self._open is None or self._open[0] is not picture.preview:
            self._close()
            self._open = (picture.preview, Pages(picture.preview.pdf))
        return self._open[1].draw(picture.page, picture.width, picture.height)

    def _close(self) -> None:
        if self._open is not None:
            self._open[1].close()
            self._open = None
