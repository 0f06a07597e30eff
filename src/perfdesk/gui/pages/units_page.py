"""The form of the municipality's spending units."""

from typing import Final

from PySide6.QtWidgets import QWidget

from perfdesk.gui.forms.ui_units_page import Ui_UnitsPage
from perfdesk.gui.pages.page import Page
from perfdesk.gui.record_model import RecordColumn, RecordModel
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.tables.table import ColumnKind

_COLUMNS: Final = (
    RecordColumn("name", N_("Name"), weight=5),
    RecordColumn("abbreviation", N_("Abbreviation"), weight=2),
    RecordColumn(
        "aliases",
        N_("Other names"),
        weight=3,
        tip=N_("Former or shorter names, parted by semicolons; search knows them"),
    ),
    RecordColumn("parent", N_("Higher unit"), weight=3, tip=N_("For the organisation chart")),
    RecordColumn("inactive", N_("No longer in use"), ColumnKind.FLAG, tip=N_("Not offered for new entries any more")),
)


class UnitsPage(Page):
    """Harcama birimleri."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.ui = Ui_UnitsPage()
        self.add_content(self.ui)
        self.units = RecordModel(session, "unit", _COLUMNS, lambda: session.municipality.units, parent=self)
        self.set_grid(self.ui.units, self.units)

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        self.say(
            _("The list from which responsible units are chosen. Each unit has one name; it is printed as it is here.")
        )
