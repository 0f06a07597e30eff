"""The commands that open the help: on what has the keyboard, on a page, or about the program."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from perfdesk.gui.dialogs import about
from perfdesk.gui.forms.ui_main_window import Ui_MainWindow
from perfdesk.gui.pages.stack import PageStack
from perfdesk.services import helping


class HelpCommands(QObject):
    """Knows which page of the help explains what; ``regions`` are those of the widgets beside the form."""

    def __init__(self, ui: Ui_MainWindow, pages: PageStack, regions: dict[QWidget, str], window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._pages = pages
        self._regions = regions
        for action, slot in (
            (ui.help, self.show),
            (ui.first_steps, lambda: self.show(helping.FIRST)),
            (ui.shortcuts, lambda: self.show(helping.KEYBOARD)),
            (ui.about, lambda: about.show_about(window)),
        ):
            action.triggered.connect(lambda _checked=False, slot=slot: slot())

    def show(self, topic: str = "") -> None:
        """Open the help on a page, or on what has the keyboard: the form shown or a part of it, search, preview."""
        # read only when it is asked for: the window is sooner there
        from perfdesk.gui.help.help_window import show_help

        show_help(self._window, topic or self._topic_here())

    def _topic_here(self) -> str:
        focus = QApplication.focusWidget()
        for widget, topic in self._regions.items():
            if focus is not None and (widget is focus or widget.isAncestorOf(focus)):
                return topic
        page = self._pages.page
        return page.topic() if page is not None else helping.FIRST
