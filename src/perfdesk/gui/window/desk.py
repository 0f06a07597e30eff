"""What the commands of the window have in common: the open file, its forms, the outline, and the bar that tells."""

from typing import Final

from PySide6.QtWidgets import QWidget

from perfdesk.gui.pages.stack import PageStack
from perfdesk.gui.session import Session
from perfdesk.gui.window.foot import Foot
from perfdesk.gui.window.navigation import Navigation
from perfdesk.gui.window.open_file import OpenFile
from perfdesk.i18n import N_, _

_UNWRITTEN: Final = N_("The text being typed cannot be written just now.")


class Desk:
    """The parts that a command works on; dialogs stand above ``widget``."""

    def __init__(self, widget: QWidget, file: OpenFile, pages: PageStack, navigation: Navigation, foot: Foot) -> None:
        self.widget = widget
        self.file = file
        self.pages = pages
        self.navigation = navigation
        self.foot = foot

    @property
    def session(self) -> Session | None:
        """The open file."""
        return self.file.session

    def commit(self) -> bool:
        """Write whatever is being typed; return False where some of it could not be written and would be lost."""
        return self.pages.commit()

    def commit_or_say(self) -> bool:
        """Write whatever is being typed; say so where some of it could not be written, and return False."""
        done = self.commit()
        if not done:
            self.foot.say_problem(_(_UNWRITTEN))
        return done
