"""The form of the municipality itself: its names and addresses, logo and colour, who signs, its people."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from perfdesk.gui.forms.ui_identity_page import Ui_IdentityPage
from perfdesk.gui.pages.page import Page
from perfdesk.gui.record_model import Above, RecordColumn, RecordModel
from perfdesk.gui.session import Session
from perfdesk.i18n import N_
from perfdesk.services import records
from perfdesk.services.places import PICTURES
from perfdesk.tables.table import ColumnKind

_SIGNATORIES: Final = (
    RecordColumn("role", N_("Office"), weight=3),
    RecordColumn("name", N_("Name"), weight=3),
    RecordColumn(
        "titles", N_("Titles"), weight=5, tip=N_("One or two, parted by a semicolon; each is printed in a line")
    ),
)
_POPULATION: Final = (
    RecordColumn("year", N_("Year"), ColumnKind.VALUE),
    RecordColumn("people", N_("Population"), ColumnKind.VALUE),
)
_STATUSES: Final = (RecordColumn("name", N_("Status"), weight=4),)
_FIELDS: Final = ("name", "kind", "province", "short_name", "phone", "address", "web", "fax", "email", "colour")
_LOGO_HEIGHT: Final = 64
# the newest figure there can be when a programme is written is that of two years before
_YEARS_BACK: Final = 3


class IdentityPage(Page):
    """Kapak ve kimlik."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.ui = ui = Ui_IdentityPage()
        self.add_content(ui)
        ui.address.several_lines = True
        self.bind(
            "administration",
            lambda: session.municipality.administration,
            {name: getattr(ui, name) for name in _FIELDS},
        )
        for section, table, columns in (
            (ui.signatories, "signatory", _SIGNATORIES),
            (ui.population, "population", _POPULATION),
            (ui.statuses, "personnel_status", _STATUSES),
        ):
            model = RecordModel(session, table, columns, partial(self._rows, table), partial(self._above, table), self)
            self.set_grid(section, model)
        ui.logo_choose.clicked.connect(lambda: self.entry_wanted.emit(PICTURES))
        ui.logo_remove.clicked.connect(self._remove_logo)

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        administration = self.session.municipality.administration
        self.frame.heading.setText(administration.name)
        logo = next((p for p in self.session.municipality.pictures if p.id == administration.logo), None)
        picture = QPixmap()
        if logo is not None:
            picture.loadFromData(logo.data)
        height = round(_LOGO_HEIGHT * self.devicePixelRatio())
        scaled = picture.scaledToHeight(height, Qt.TransformationMode.SmoothTransformation) if logo else picture
        scaled.setDevicePixelRatio(self.devicePixelRatio())
        self.ui.logo.setPixmap(scaled)
        self.ui.logo.setVisible(logo is not None)
        self.ui.logo_remove.setVisible(logo is not None)
        for button in (self.ui.logo_choose, self.ui.logo_remove):
            button.setEnabled(not self.session.read_only)

    def _rows(self, table: str) -> Sequence[Any]:
        administration = self.session.municipality.administration
        match table:
            case "signatory":
                return administration.signatories
            case "population":
                return administration.population
        return administration.personnel_statuses

    def _above(self, table: str) -> Above:
        if table != "population":
            return {}
        years = [population.year for population in self.session.municipality.administration.population]
        return {"year": max(years, default=self.session.year - _YEARS_BACK) + 1, "people": 0}

    def _remove_logo(self) -> None:
        records.set_field(self.session.store, "administration", 1, "logo", "")
