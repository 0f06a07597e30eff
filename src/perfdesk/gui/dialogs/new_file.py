"""The questions before a new file: whose it is, which years, which layout, and where it is put."""

import html
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QWidget,
)

from perfdesk.domain.administration import KINDS
from perfdesk.domain.errors import UserError
from perfdesk.gui import colours, file_kinds, sizes
from perfdesk.gui.forms.ui_new_file import Ui_NewFile
from perfdesk.gui.headings import colour_text, make_quiet
from perfdesk.gui.help.offer import offer_help
from perfdesk.gui.layout.preset_buttons import PresetButtons
from perfdesk.gui.settings import documents_folder
from perfdesk.i18n import _
from perfdesk.services import planning
from perfdesk.services.editing.fields import read_year
from perfdesk.services.editing.record_types import ADMINISTRATION_KINDS
from perfdesk.services.output import naming


class NewFile(QDialog):
    """Asks and makes the file; ``made`` carries its path."""

    made = Signal(object)

    def __init__(self, parent: QWidget | None = None, folder: Path | None = None, today: date | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = ui = Ui_NewFile()
        ui.setupUi(self)
        offer_help(self, "first_steps")
        self._folder = folder or documents_folder()
        # a name or period that was typed over is no longer proposed
        self._own_place = self._own_period = False
        # the programme is made in the year before
        year = (today or date.today()).year + 1  # noqa: DTZ011 - the year on the wall
        make_quiet(ui.explanation)
        for kind in KINDS:
            ui.kind.addItem(_(ADMINISTRATION_KINDS[kind]), kind)
        ui.kind.setCurrentIndex(ui.kind.findData("district"))
        self._add_layouts()
        ui.year.setText(str(year))
        self._propose_period()
        self._propose_place()
        self._connect()
        sizes.fit(self)

    def _add_layouts(self) -> None:
        self.layouts = PresetButtons(self)
        for button, difference in self.layouts.rows:
            self.ui.layouts_column.addWidget(button)
            if difference is not None:
                difference.setIndent(24)
                self.ui.layouts_column.addWidget(difference)
        self.layouts.follow(self.ui.last_year)

    def _connect(self) -> None:
        ui = self.ui
        ok = ui.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(_("&Make the file"))
        ui.buttons.accepted.connect(self._make)
        ui.browse.clicked.connect(self._browse)
        ui.name.textEdited.connect(self._on_name)
        ui.year.textEdited.connect(self._on_year)
        for field in (ui.first_year, ui.last_year):
            field.textEdited.connect(self._on_period)
        ui.place.textEdited.connect(self._on_place)
        for field, check in (
            (ui.name, self._check_name),
            (ui.year, self._check_year),
            (ui.first_year, self._check_period),
            (ui.last_year, self._check_period),
            (ui.place, self._check_place),
        ):
            field.editingFinished.connect(check)
        for label in self._said():
            label.hide()
        ui.name_said.linkActivated.connect(self._take_hint)

    def _said(self) -> tuple[QLabel, ...]:
        ui = self.ui
        return ui.name_said, ui.year_said, ui.first_year_said, ui.place_said

    # --- proposals --------------------------------------------------------------------------------------------------

    def _on_name(self) -> None:
        self.ui.name_said.hide()
        self._propose_place()

    def _on_year(self) -> None:
        self.ui.year_said.hide()
        self._propose_period()

    def _on_period(self) -> None:
        self._own_period = True
        self.ui.first_year_said.hide()

    def _on_place(self) -> None:
        self._own_place = True
        self.ui.place_said.hide()

    def _propose_period(self) -> None:
        if self._own_period:
            return
        try:
            year = read_year(self.ui.year.text())
        except UserError:
            # half a year is being typed
            return
        for field, proposed in zip(
            (self.ui.first_year, self.ui.last_year), planning.proposed_period(year), strict=True
        ):
            field.setText(str(proposed))
        self.ui.first_year_said.hide()

    def _propose_place(self) -> None:
        if self._own_place:
            return
        name = naming.clean(self.ui.name.text()) or _("New municipality")
        self.ui.place.setText(str(naming.file_name(self._folder / name)))
        self.ui.place_said.hide()

    def _browse(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self,
            _("Where the new file is put"),
            self.ui.place.text(),
            _(file_kinds.PROGRAMMES),
            # a file that is there is refused under the field, never replaced
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self._own_place = True
            self.ui.place.setText(str(naming.file_name(Path(name))))
            self._check_place()

    def _take_hint(self) -> None:
        self.ui.name.setText(planning.proposed_name(self.ui.name.text()))
        self._on_name()

    # --- checks, each of which tells its sentence under its field and returns what was read, or None ----------------

    def _check_name(self) -> Any:
        name = self._told(self.ui.name_said, lambda: planning.checked_name(self.ui.name.text()))
        if name is not None and planning.proposed_name(name) != name:
            self._hint(planning.proposed_name(name))
        return name

    def _hint(self, proposed: str) -> None:
        label = self.ui.name_said
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        colour_text(label, colours.muted(self.palette()))
        text = _("Usually written as: {name}").format(name=f'<a href="#">{html.escape(proposed)}</a>')
        label.setText(text)
        label.show()

    def _check_year(self) -> Any:
        return self._told(self.ui.year_said, lambda: read_year(self.ui.year.text()))

    def _check_period(self) -> Any:
        ui = self.ui

        def read() -> tuple[int, int]:
            first, last = read_year(ui.first_year.text()), read_year(ui.last_year.text())
            year = self._check_year()
            # the year says itself what is wrong with it
            planning.check_period(first, last, first if year is None else year)
            return first, last

        return self._told(ui.first_year_said, read)

    def _check_place(self) -> Any:
        return self._told(self.ui.place_said, lambda: planning.checked_place(self.ui.place.text()))

    def _told(self, label: QLabel, read: Callable[[], Any]) -> Any:
        try:
            value = read()
        except UserError as error:
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setText(error.sentence())
            colour_text(label, colours.wrong(self.palette()))
            label.show()
            return None
        label.hide()
        return value

    # --- making -----------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        ui = self.ui
        name, year, period, place = self._check_name(), self._check_year(), self._check_period(), self._check_place()
        wrong = next(
            (
                field
                for field, answer in ((ui.name, name), (ui.year, year), (ui.first_year, period), (ui.place, place))
                if answer is None
            ),
            None,
        )
        if wrong is None and self._written(place, name=name, year=year, first_year=period[0], last_year=period[1]):
            self.made.emit(place)
            self.accept()
        else:
            field = wrong or ui.place
            field.setFocus()
            ui.scroll.ensureWidgetVisible(field)

    def _written(self, place: Path, **answers: Any) -> bool:
        def write() -> bool:
            layout = self.layouts.chosen
            planning.new_file(place, kind=self.ui.kind.currentData(), layout=layout, **answers)
            return True

        return bool(self._told(self.ui.place_said, write))
