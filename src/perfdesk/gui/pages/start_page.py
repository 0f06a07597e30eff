"""What is shown while no file is open."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perfdesk.gui.forms.ui_start_page import Ui_StartPage
from perfdesk.gui.pages.headings import make_heading, make_page


class StartPage(QWidget):
    """Offers the first step. ``open_wanted`` tells that it was taken."""

    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_StartPage()
        self.ui.setupUi(self)
        make_page(self)
        make_heading(self.ui.heading, 1.6)
        self.ui.open.clicked.connect(self.open_wanted)
