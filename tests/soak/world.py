"""The program under test: its application and window, what it complains about, and waiting until it is idle."""

import gc
import os
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Final

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    Qt,
    QThread,
    QTimer,
    QtMsgType,
    QUrl,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMessageBox, QWidget

from perfdesk.gui import application
from perfdesk.gui.main_window import MainWindow
from perfdesk.gui.preview.worker import Worker
from perfdesk.gui.session import Session
from perfdesk.gui.settings import Settings

# what Qt says and no user of ours is the worse for, with the reason
_ALLOWED: Final = {
    "This plugin does not support propagateSizeHints": "the screen that is none has no window manager",
    "This plugin does not support raise()": "the same",
    "This plugin does not support grabbing the keyboard": "the same",
    "QFileSystemWatcher": "Qt's own file dialog watches folders; the system has few watches to give",
    "Mouse event occurs outside": "said by QTest of a click beside a window, which does nothing",
}
# single-shot timers up to here are pauses after typing; the monkey lets them pass at once (milliseconds)
_LONGEST_PAUSE: Final = 5_000
# idle means so many rounds in a row without anything to do
_QUIET_ROUNDS: Final = 2
# nothing the window does takes so long; what does is a hang (seconds)
_LONGEST_WAIT: Final = 120.0
_ANSWER_EVERY: Final = 100


def _lose_it() -> None:
    """Close all the same where entries were refused: the model knows that they are not in the file."""
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox):
        for button in box.buttons():
            if box.buttonRole(button) == QMessageBox.ButtonRole.DestructiveRole:
                button.click()


class World:
    """One process's program. ``faults`` are what nobody may see: exceptions, Qt's warnings, models that lie."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        self.application = QApplication(["perfdesk"])
        self._watch_faults()
        application.prepare(self.application)
        for scheme in ("file", "http", "https", "mailto"):
            QDesktopServices.setUrlHandler(scheme, self._links, "open_link")
        # a question that keeps the program waiting is answered even while an action waits for its end
        self._answering = QTimer(self.application)
        self._answering.timeout.connect(_lose_it)
        self._answering.start(_ANSWER_EVERY)
        self._models: dict[int, QObject] = {}
        self._windows: application.Windows | None = None
        self._settings = Settings(folder / "settings.ini")
        self._settings.backup_folder = folder / "backups"

    @property
    def _links(self) -> "_Links":
        if not hasattr(self, "_link_receiver"):
            self._link_receiver = _Links(self.application)
        return self._link_receiver

    # --- the window -------------------------------------------------------------------------------------------------

    @property
    def window(self) -> MainWindow:
        """The window of now; another language makes another one."""
        assert self._windows is not None
        return self._windows.window

    @property
    def session(self) -> Session | None:
        """The open file."""
        return self.window.session

    def start(self, path: Path | None) -> None:
        """Start the program, with a file if one is given."""
        self._windows = application.Windows(self.application, self._settings)
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(1366, 740)
        self.window.activateWindow()
        self.settle()
        if path is not None:
            self.window.open_path(path)
            self.settle()

    def activate(self) -> None:
        """Give the window the keyboard, as a desktop does when another one has been closed."""
        if not self.window.isActiveWindow():
            self.window.activateWindow()
            self.settle()

    def end(self) -> None:
        """Forget the window, which has been closed."""
        if self._windows is not None:
            self._windows.window.deleteLater()
            self._windows.deleteLater()
            self._windows = None
        sys.excepthook = sys.__excepthook__
        self.settle()
        gc.collect()

    # --- faults -----------------------------------------------------------------------------------------------------

    def _watch_faults(self) -> None:
        def on_exception(kind: type[BaseException], error: BaseException, trace: object) -> None:
            self.faults.append("".join(traceback.format_exception(kind, error, trace)))  # type: ignore[arg-type]

        # the program's own hook hands on to this one whatever is not a sentence for the user
        sys.__excepthook__ = sys.excepthook = on_exception  # type: ignore[misc] # of all, this is what is watched
        threading.excepthook = lambda given: on_exception(given.exc_type, given.exc_value, given.exc_traceback)
        sys.unraisablehook = lambda given: on_exception(given.exc_type, given.exc_value, given.exc_traceback)
        qInstallMessageHandler(self._on_message)

    def _on_message(self, kind: QtMsgType, context: object, message: str) -> None:
        if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) or any(part in message for part in _ALLOWED):
            return
        where = "".join(traceback.format_stack(limit=12)[:-1])
        self.faults.append(f"Qt: {message}\n{where}")

    def watch_models(self) -> None:
        """Let Qt test every model of ours that a view shows, from now on at each of its changes."""
        for view in self.window.findChildren(QAbstractItemView):
            model = view.model()
            if model is None or not type(model).__module__.startswith("perfdesk"):
                continue
            known = self._models.get(id(model))
            if known is None or not shiboken6.isValid(known):
                mode = QAbstractItemModelTester.FailureReportingMode.Warning
                # a child of the model: gone with it
                known_faults = len(self.faults)
                self._models[id(model)] = QAbstractItemModelTester(model, mode, model)
                if len(self.faults) > known_faults:
                    self.faults.append(f"that was {model!r}")

    # --- waiting ----------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let the program do all it has to do. Its pauses pass at once, so that no clock decides what happens."""
        quiet, began = 0, time.monotonic()
        while quiet < _QUIET_ROUNDS:
            self.application.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            quiet = quiet + 1 if self._is_idle() else 0
            if time.monotonic() - began > _LONGEST_WAIT:
                self.faults.append(f"the window was not idle after {_LONGEST_WAIT} seconds: {self._busy()}")
                break

    def _is_idle(self) -> bool:
        idle = True
        for timer in self._pauses():
            idle = False
            pause = timer.interval()
            if pause:
                timer.start(0)
                self.application.processEvents()
                if shiboken6.isValid(timer):
                    # as it was for the next time; one that has been started again meanwhile is started with this
                    timer.setInterval(pause)
        if self._threads():
            idle = False
            time.sleep(0.001)
        return idle

    def _busy(self) -> list[str]:
        return [f"{type(one.parent()).__name__}: {one!r}" for one in (*self._pauses(), *self._threads())]

    def _pauses(self) -> list[QTimer]:
        return [
            timer
            for timer in self._children(QTimer)
            if timer.isActive()
            and timer.isSingleShot()
            and timer.interval() <= _LONGEST_PAUSE
            and type(timer.parent()).__module__.startswith("perfdesk")
        ]

    def _threads(self) -> list[QThread]:
        # the preview's thread waits for orders and is never done
        return [one for one in self._children(QThread) if one.isRunning() and not isinstance(one, Worker)]

    def _children(self, kind: type) -> list:
        return [child for top in QApplication.topLevelWidgets() for child in top.findChildren(kind)]


class _Links(QObject):
    """Opens nothing: what a document or a link would start is no part of the program."""

    @Slot(QUrl)
    def open_link(self, url: QUrl) -> None:
        """Take a link."""


def top_widget() -> QWidget | None:
    """Return what stands above the window and has the keyboard: a menu, a list, a dialog."""
    return QApplication.activePopupWidget() or QApplication.activeModalWidget()


def is_there(widget: QWidget) -> bool:
    """Return whether a widget still exists and is seen."""
    return shiboken6.isValid(widget) and widget.isVisible()


def prepare_surroundings(folder: Path) -> None:
    """Give the process a home of its own and no screen; before anything of Qt is made."""
    home = folder / "home"
    (home / "Documents").mkdir(parents=True, exist_ok=True)
    for name, place in {
        "HOME": home,
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_CACHE_HOME": home / "cache",
    }.items():
        os.environ[name] = str(place)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.pop("PERFDESK_LANGUAGE", None)
