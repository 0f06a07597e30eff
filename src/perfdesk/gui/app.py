"""Starting the window. Qt is imported inside, so that a machine that lacks its libraries gets a sentence."""

import os
import sys

from perfdesk.i18n import _


def run_window(arguments: list[str]) -> int:
    """Open the window, with a file if one is given, and return the exit status."""
    if len(arguments) > 1:
        return _refuse(_("One file can be opened at a time; these were named: {files}.").format(files=arguments), 2)
    if sys.platform.startswith("linux") and not any(map(os.environ.get, _SCREENS)):
        return _refuse(_("The window needs a screen, and there is none here. “perfdesk --help” lists the commands."))
    try:
        from perfdesk.gui import application
    except ImportError as error:
        return _refuse(_("The window cannot be shown: a library is missing ({reason}).").format(reason=error))
    return application.run(arguments)


_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def _refuse(sentence: str, status: int = 1) -> int:
    sys.stderr.write(f"{sentence}\n")
    return status
