"""The toolbar: the year in hand, undo, the search, and the commands somebody uses every day."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from perfdesk import paths
from perfdesk.checks.finding import Severity
from perfdesk.gui.forms.ui_main_window import Ui_MainWindow
from perfdesk.gui.search.box import SearchBox
from perfdesk.gui.session import Session
from perfdesk.i18n import _
from perfdesk.services.control import counting

_ICONS: Final = {
    "open": "open",
    "undo": "undo",
    "redo": "redo",
    "show_preview": "preview",
    "show_findings": "checks",
    "print": "print",
    "export_pdf": "book",
    "export_xlsx": "workbook",
}


class Toolbar(QObject):
    """Fills the window's toolbar. ``year_wanted`` carries the year chosen in its list."""

    year_wanted = Signal(int)

    def __init__(self, ui: Ui_MainWindow, parent: QWidget) -> None:
        super().__init__(parent)
        for name, icon in _ICONS.items():
            getattr(ui, name).setIcon(QIcon(str(paths.resource("icons", f"{icon}.svg"))))
        tools = ui.tools
        tools.setIconSize(QSize(16, 16))
        self.years = QComboBox()
        self.years.setAccessibleName(_("Year"))
        self.years.setToolTip(_("Year of the programme"))
        self.years.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.years.activated.connect(lambda at: self.year_wanted.emit(int(self.years.itemData(at))))
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.search = SearchBox()
        years_action = tools.addWidget(self.years)
        tools.addAction(ui.undo)
        tools.addAction(ui.redo)
        search_action = tools.addWidget(self.search)
        # what is there only while a file is open
        self._of_file = (years_action, search_action)
        tools.addWidget(space)
        tools.addAction(ui.show_preview)
        tools.addAction(ui.show_findings)
        tools.addAction(ui.print)
        tools.addAction(ui.export_xlsx)
        tools.addAction(ui.export_pdf)
        # the toolbar comes before the outline, as it stands
        QWidget.setTabOrder(self.years, self.search)
        QWidget.setTabOrder(self.search, ui.outline)
        ui.export_pdf.setIconText(_("PDF book"))
        ui.export_xlsx.setIconText("Excel")
        ui.print.setIconText(_("Print"))
        ui.show_preview.setIconText(_("Preview"))
        self._ui = ui
        self.show_findings({}, asked=False)

    def show_session(self, session: Session | None) -> None:
        """Offer the years of the open file, and the search in it; neither without a file."""
        for action in self._of_file:
            action.setVisible(session is not None)
        years = () if session is None else (programme.year for programme in session.municipality.programmes)
        wanted = sorted(years, reverse=True)
        if wanted != [self.years.itemData(at) for at in range(self.years.count())]:
            self.years.clear()
            for year in wanted:
                self.years.addItem(_("{year} performance programme").format(year=year), year)
        if session is not None:
            self.show_year(session.year)

    def show_findings(self, counts: Mapping[Severity, int], said: str = "", *, asked: bool) -> None:
        """Say how many findings stand against the programme, once the checks were ``asked``; ``said`` are all."""
        name, action = _("Checks"), self._ui.show_findings
        # there is room for what matters; the list and the tooltip have the rest
        told = counting.in_words({one: counts.get(one, 0) for one in counting.GRAVE}) or counting.in_words(counts)
        # where all is well a sign is enough; the tooltip has the words
        action.setIconText(" ".join(filter(None, (name, told or ("✓" if asked else "")))))
        said = said or (_("The checks find nothing in this programme.") if asked else "")
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        tip = _("Show the findings of the checks ({keys})").format(keys=keys)
        action.setToolTip(": ".join(filter(None, (tip, said))))

    def show_year(self, year: int) -> None:
        """Choose a year in the list."""
        self.years.setCurrentIndex(self.years.findData(year))
