"""The form of the municipality itself: its names and addresses, logo and colour, who signs, its people."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QColorDialog, QMenu, QWidget

from perfdesk.domain import turkish
from perfdesk.domain.administration import Picture
from perfdesk.domain.errors import UserError
from perfdesk.gui import colours
from perfdesk.gui.forms.ui_identity_page import Ui_IdentityPage
from perfdesk.gui.headings import colour_text, make_quiet
from perfdesk.gui.models.record_model import Above, RecordColumn, RecordModel
from perfdesk.gui.pages.page import Page
from perfdesk.gui.pages.side_by_side import set_direction
from perfdesk.gui.refused import refusal
from perfdesk.gui.session import Session
from perfdesk.gui.text import taking_pictures
from perfdesk.gui.text.text_editor import choose_pictures
from perfdesk.gui.text.thumbnails import Thumbnails
from perfdesk.i18n import N_, _
from perfdesk.services import planning
from perfdesk.services.book import pictures
from perfdesk.services.editing import records
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.services.places import PICTURES, Place
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
# a logo with the name beside it is so many times as wide as high
_WIDEST_LOGO: Final = 5
# more do not fit a menu; all are in the list of pictures
_MOST_LOGOS: Final = 12
# what the dialog begins with where no colour has been chosen: that of the book
_FIRST_COLOUR: Final = "#1f5f66"
# below this width, in average letters, the form has one column
_TWO_COLUMNS: Final = 64
# of the width of fields, three eighths
_SHARE_BESIDE: Final = 3
# the narrowest the two small grids are, in average letters
_NARROWEST_GRID: Final = 34
# the newest figure there can be when a programme is written is that of two years before
_YEARS_BACK: Final = 3


class IdentityPage(Page):
    """Kapak ve kimlik."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        chooser: Callable[[QWidget], Sequence[Path]] = choose_pictures,
    ) -> None:
        super().__init__(session, parent)
        self.chooser = chooser
        self._thumbnails = Thumbnails()
        self._narrow = False
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
        make_quiet(ui.capitals)
        colour_text(ui.logo_problem, colours.wrong(ui.logo_problem.palette()))
        ui.logo_problem.hide()
        self.logos = QMenu(ui.logo_choose)
        self.logos.aboutToShow.connect(self._offer_logos)
        ui.logo_choose.setMenu(self.logos)
        ui.logo_remove.clicked.connect(lambda: self._set_logo(""))
        ui.usual.clicked.connect(self._write_usual_name)
        ui.swatch.clicked.connect(self._choose_colour)
        self.palette_dialog: QColorDialog | None = None

    # --- showing ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        administration = self.session.municipality.administration
        self.frame.heading.setText(administration.name)
        self._show_capitals(administration.name)
        self._show_logo(administration.logo)
        self.ui.swatch.setIcon(self._swatch(administration.colour))
        for button in (self.ui.logo_choose, self.ui.logo_remove, self.ui.usual, self.ui.swatch):
            button.setEnabled(not self.session.read_only)

    def show_place(self, place: Place) -> None:
        """Bring a field or cell into sight and under the keyboard."""
        if (place.table, place.column) == ("administration", "logo"):
            self.ui.logo_choose.setFocus(Qt.FocusReason.OtherFocusReason)
            self.frame.scroll.ensureWidgetVisible(self.ui.logo_choose)
        else:
            super().show_place(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        least = _NARROWEST_GRID * self.fontMetrics().averageCharWidth()
        set_direction(self.ui.people, event.size().width(), self.frame.content, least)
        narrow = event.size().width() < _TWO_COLUMNS * self.fontMetrics().averageCharWidth()
        if narrow != self._narrow:
            self._arrange(narrow=narrow)

    def _arrange(self, *, narrow: bool) -> None:
        """Put the fields of the right column into rows of their own where there is no room beside others."""
        self._narrow = narrow
        ui = self.ui
        # the form has a free row below each of these
        pairs = (
            (2, ui.kind, ui.province_label, ui.province),
            (4, ui.short_name, ui.phone_label, ui.phone),
            (7, ui.web, ui.fax_label, ui.fax),
            (9, ui.email, ui.colour_label, ui.colour_box),
        )
        for row, left, label, right in pairs:
            self._put(left, row, 1, 3 if narrow else 1)
            ui.form.removeWidget(label)
            ui.form.addWidget(label, row + narrow, 0 if narrow else 2, Qt.AlignmentFlag.AlignTop)
            self._put(right, row + narrow, 1 if narrow else 3, 3 if narrow else 1)
        ui.form.setColumnStretch(3, 0 if narrow else _SHARE_BESIDE)

    def _put(self, field: QWidget, row: int, column: int, across: int) -> None:
        """Move a field to a place of the form, with the box it stands in."""
        form, above = self.ui.form, field.parentWidget()
        placed = above if above is not None and form.indexOf(field) < 0 else field
        form.removeWidget(placed)
        form.addWidget(placed, row, column, 1, across)

    def _show_capitals(self, name: str) -> None:
        """Say how the name stands in capitals, and propose the usual way of writing where it is all capitals."""
        ui, usual = self.ui, planning.proposed_name(name)
        ui.capitals.setText(_("Above the pages: {name}").format(name=turkish.upper(name)) if name else "")
        ui.capitals.setVisible(bool(name))
        ui.usual.setText(_("Wri&te “{name}”").format(name=usual.replace("&", "&&")))
        ui.usual.setVisible(usual != name)

    def _show_logo(self, id_: str) -> None:
        logo = next((picture for picture in self.session.municipality.pictures if picture.id == id_), None)
        self.ui.logo.setPixmap(self._thumbnail(logo, _LOGO_HEIGHT) if logo else QPixmap())
        for widget in (self.ui.logo, self.ui.logo_remove):
            widget.setVisible(logo is not None)

    def _thumbnail(self, picture: Picture, height: int) -> QPixmap:
        size = self._thumbnails.shown(picture, height * _WIDEST_LOGO, height)
        return self._thumbnails.pixmap(picture, size, self.devicePixelRatioF()) if size.isValid() else QPixmap()

    def _swatch(self, colour: str) -> QIcon:
        side = self.ui.swatch.iconSize()
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(side * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(colour) if colour else Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setPen(colours.shade(self.palette(), 0.35))
        painter.drawRect(QRectF(0.5, 0.5, side.width() - 1, side.height() - 1))
        painter.end()
        return QIcon(pixmap)

    # --- writing ----------------------------------------------------------------------------------------------------

    def _offer_logos(self) -> None:
        """List the file's pictures, and the way to a file on the disk."""
        self.logos.clear()
        listed = self.session.municipality.pictures
        for picture in listed[:_MOST_LOGOS]:
            name = picture.name.replace("&", "&&")
            action = self.logos.addAction(QIcon(self._thumbnail(picture, _LOGO_HEIGHT)), name)
            action.triggered.connect(partial(self._set_logo, picture.id))
        if listed:
            self.logos.addSeparator()
        self.logos.addAction(_("&From a file…")).triggered.connect(self._choose_file)
        self.logos.addAction(_("&All pictures…")).triggered.connect(lambda: self.entry_wanted.emit(PICTURES))

    def _choose_file(self) -> None:
        self.take_logo(self.chooser(self)[:1])

    def take_logo(self, files: Sequence[Path]) -> None:
        """Make a picture file the logo, in one step."""
        store = self.session.store
        taken, refused = taking_pictures.read(taking_pictures.from_files(files))

        def change() -> None:
            for name, picture in taken:
                records.set_field(store, "administration", 1, "logo", pictures.add_picture(store, name, picture))

        try:
            records.together(store, RECORD_TYPES["administration"].fields["logo"].label, [change])
        except UserError as error:
            refused.append(error)
        said = " ".join(refusal(error.sentence()) for error in refused)
        if said:
            self.problem_said.emit(said)
        self.ui.logo_problem.setText(said)
        self.ui.logo_problem.setVisible(bool(said))

    def _set_logo(self, id_: str, *_checked: bool) -> None:
        self.ui.logo_problem.hide()
        records.set_field(self.session.store, "administration", 1, "logo", id_)

    def _write_usual_name(self) -> None:
        self.ui.name.commit()
        usual = planning.proposed_name(self.session.municipality.administration.name)
        records.set_field(self.session.store, "administration", 1, "name", usual)
        self.ui.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_colour(self) -> None:
        """Let a colour be chosen; it is printed, so that it cannot be seen through."""
        self.ui.colour.commit()
        dialog = self.palette_dialog = QColorDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # the systems' own dialogs know no Turkish and have different buttons
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setWindowTitle(_("Colour of the municipality"))
        dialog.setCurrentColor(QColor(self.session.municipality.administration.colour or _FIRST_COLOUR))
        dialog.colorSelected.connect(self._set_colour)
        dialog.open()

    def _set_colour(self, colour: QColor) -> None:
        records.set_field(self.session.store, "administration", 1, "colour", colour.name())

    # --- what the grids show ----------------------------------------------------------------------------------------

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
