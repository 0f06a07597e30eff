"""The running program: Qt's application object, its languages, its colours, and where errors go."""

import os
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from perfdesk import __version__
from perfdesk.gui import colours, translator
from perfdesk.gui.dialogs import errors
from perfdesk.gui.main_window import MainWindow
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
    prepare(application)
    window = MainWindow()
    errors.install(window)
    screen = window.screen().availableSize()
    if screen.width() <= _SMALL_SCREEN:
        # an office screen has no room to give away
        window.showMaximized()
    else:
        window.show()
    if arguments:
        window.open_path(Path(arguments[0]))
    status = application.exec()
    sys.excepthook = sys.__excepthook__
    return status


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
