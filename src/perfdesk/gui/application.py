"""The running program: Qt's application object, its languages, its colours, and where errors go."""

import os
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from perfdesk import __version__, i18n
from perfdesk.gui import colours, translator
from perfdesk.gui.dialogs import errors
from perfdesk.gui.main_window import MainWindow
from perfdesk.gui.settings import Settings
from perfdesk.i18n import _

# the styles that look like their system; everywhere else Fusion
_NATIVE: Final = ("windows11", "windowsvista", "macos", "breeze")
# in pixels of the desktop's own scale
_SMALL_SCREEN: Final = 1440


def run(arguments: list[str]) -> int:
    """Show the window until it is closed."""
    qInstallMessageHandler(_on_message)
    application = QApplication([sys.argv[0]])
    qInstallMessageHandler(None)
    settings = Settings()
    if not os.environ.get("PERFDESK_LANGUAGE"):
        i18n.set_language(settings.language)
    prepare(application)
    windows = Windows(application, settings)
    if arguments:
        windows.window.open_path(Path(arguments[0]))
    status = application.exec()
    sys.excepthook = sys.__excepthook__
    return status


class Windows(QObject):
    """The one window, made anew in another language; the open file goes over with all that can be undone."""

    def __init__(self, application: QApplication, settings: Settings) -> None:
        super().__init__(application)
        self._application = application
        self._settings = settings
        self.window = self._make()
        if not self.window.restoreGeometry(settings.geometry):
            screen = self.window.screen().availableSize()
            if screen.width() <= _SMALL_SCREEN:
                # an office screen has no room to give away
                self.window.setWindowState(Qt.WindowState.WindowMaximized)
        self.window.show()

    def speak(self, language: str) -> None:
        """Show the window in another language, as it was."""
        window = self.window
        # what is being written would be given up, and what was refused be lost, with the former window
        is_wanted = language != i18n.language() and not window.output.is_busy()
        if is_wanted and window.may_leave(lambda: self._speak(language)):
            self._speak(language)
        # another one by now, or the one that was there
        self.window.show_language()

    def _speak(self, language: str) -> None:
        former = self.window
        here, unfolded = former.here, former.navigation.unfolded
        session = former.file.release()
        self._settings.language = language
        i18n.set_language(language)
        translator.install(self._application)
        self.window = window = self._make()
        window.setGeometry(former.geometry())
        window.setWindowState(former.windowState())
        if session is not None:
            # they are worded in the former language
            session.refused.clear()
            window.file.take(session)
            window.navigation.unfold(unfolded)
            if here is not None:
                window.go_to(here)
        window.show()
        former.hide()
        former.deleteLater()

    def _make(self) -> MainWindow:
        window = MainWindow(self._settings)
        window.language_wanted.connect(self.speak, Qt.ConnectionType.QueuedConnection)
        errors.install(window)
        return window


def prepare(application: QApplication) -> None:
    """Give the application its name, languages and looks."""
    application.setApplicationName("perfdesk")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("perfdesk")
    translator.install(application)
    if application.style().name().lower() not in _NATIVE:
        application.setStyle("Fusion")
    colours.install(application)


def _on_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Say in a sentence that Qt cannot start; Qt itself would abort and leave a core file."""
    if kind != QtMsgType.QtFatalMsg:
        # what Qt grumbles before it gives up says more than its last words
        _before_the_end.append(message.strip())
        return
    reason = _before_the_end[0] if _before_the_end else message.strip()
    sys.stderr.write(_("The window cannot be shown: the screen cannot be reached ({reason}).").format(reason=reason))
    sys.stderr.write("\n")
    sys.stderr.flush()
    os._exit(1)


_before_the_end: Final[list[str]] = []
