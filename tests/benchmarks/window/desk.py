"""The real window on a file so many times the sample, keys as hands send them, and how long until it is painted."""

import math
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from tests.benchmarks.cases import sample

from perfdesk.domain.programme import Municipality
from perfdesk.gui import application
from perfdesk.gui.grid.table_view import TableView
from perfdesk.gui.main_window import MainWindow
from perfdesk.gui.pages.target_page import TargetPage
from perfdesk.storage import files

SIZE = (1366, 740)
# passes of the event loop without a paint, after which nothing more comes
_QUIET = 3
# seconds after which something is wrong
_LONGEST = 120
# seconds of looking how busy the machine is
_LOOKED = 0.3


class PaintWatch(QObject):
    """Counts the paints of the widgets it is installed on; of a window each time it paints what has changed in it."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.count = 0
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.Paint, QEvent.Type.UpdateRequest):
            self.count += 1
        return False


@dataclass
class Reaction:
    """What a key led to: seconds until the last paint was done, and how much of it was our processor time."""

    wall: float
    processor: float


class Desk:
    """The window with a file open, shown, on its middle target."""

    def __init__(self, window: MainWindow, qapp: QApplication) -> None:
        self.window = window
        self._qapp = qapp

    @property
    def page(self) -> TargetPage:
        """The form of a target, which is shown."""
        page = self.window.pages.page
        assert isinstance(page, TargetPage)
        return page

    def react(self, act: Callable[[], object], *watched: QWidget, until: Callable[[], bool] = lambda: True) -> Reaction:
        """Do something and let the window work until all it led to is painted.

        Raises:
            AssertionError: one of the watched widgets was not painted, or what was waited for did not come.
        """
        watches = [PaintWatch(widget) for widget in (self.window, *watched)]
        begin, processor = time.perf_counter(), time.process_time()
        act()
        last = self._work_off(watches, until)
        assert all(watch.count for watch in watches[1:]), "not painted"
        return Reaction(last[0] - begin, last[1] - processor)

    def settle(self) -> None:
        """Let the window work until it has nothing to do."""
        self._work_off([PaintWatch(self.window)])

    def wait(self, seconds: float) -> None:
        """Let the window work for a while, as between two keys."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self._qapp.processEvents()
            time.sleep(0.001)

    def _work_off(self, watches: Sequence[PaintWatch], until: Callable[[], bool] = lambda: True) -> tuple[float, float]:
        """Run the event loop until it is quiet; return when the last pass that painted ended."""
        last = (time.perf_counter(), time.process_time())
        latest = last[0] + _LONGEST
        quiet, came = 0, until()
        while quiet < _QUIET or not came:
            if not came and until():
                # what has just come is painted after this
                quiet, came = 0, True
            before = sum(watch.count for watch in watches)
            self._qapp.processEvents()
            if sum(watch.count for watch in watches) != before:
                last = (time.perf_counter(), time.process_time())
                quiet = 0
            else:
                quiet += 1
                # as the event loop does when there is nothing to do: other threads get their turn
                time.sleep(0)
            assert time.perf_counter() < latest, "the window does not come to rest"
        return last


@contextmanager
def desk(scale: int, municipality: Municipality | None = None, *, preview: bool = False) -> Iterator[Desk]:
    """Open the window on the sample, so many times as large, or on what is given."""
    with tempfile.TemporaryDirectory() as folder:
        # settings of its own: neither the user's are read nor changed
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(Path(folder) / "settings"))
        file = Path(folder) / "sample.perfdesk"
        files.create(file, municipality or sample(scale))
        qapp = QApplication.instance() or QApplication(["perfdesk"])
        assert isinstance(qapp, QApplication)
        application.prepare(qapp)
        window = MainWindow()
        window.ui.show_preview.setChecked(preview)
        window.resize(*SIZE)
        window.show()
        window.open_path(file)
        window.activateWindow()
        if window.safety is not None:
            # a backup is made some seconds after opening: it would be among what is measured
            window.safety.close()
        made = Desk(window, qapp)
        made.wait(0.3)
        targets = window.navigation.model.keys("target")
        if targets:
            window.go_to(targets[len(targets) // 2])
        made.settle()
        try:
            yield made
        finally:
            window.close()


def press(widget: QWidget, key: Qt.Key, text: str = "") -> None:
    """Send one key, down and up."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def type_letter(grid: TableView, letter: str) -> None:
    """Type a letter into a grid: it goes to the editor once one is open."""
    press(grid.cells.editor or grid, Qt.Key.Key_unknown, letter)


def figures(reactions: Sequence[Reaction]) -> dict[str, float]:
    """Return median, 95 % and most of reactions in milliseconds, and the median and most of processor time."""
    walls = sorted(reaction.wall * 1000 for reaction in reactions)
    processor = [reaction.processor * 1000 for reaction in reactions]
    return {
        "median": statistics.median(walls),
        "95 %": walls[math.ceil(len(walls) * 0.95) - 1],
        "max": walls[-1],
        "processor": statistics.median(processor),
        "processor max": max(processor),
    }


def share() -> float:
    """Return how much of a processor the machine leaves to us just now: others may work on it."""
    begin, processor = time.perf_counter(), time.process_time()
    while time.perf_counter() - begin < _LOOKED:
        pass
    return (time.process_time() - processor) / (time.perf_counter() - begin)
