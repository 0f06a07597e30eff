"""The form of the list of budget programmes: the programmes, and the sub-programmes of the one in hand."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from perfdesk.domain.errors import UserError
from perfdesk.domain.plan import ProgrammeEntry, SubProgrammeEntry
from perfdesk.gui.dialogs.import_list import ImportList
from perfdesk.gui.forms.ui_programme_list_page import Ui_ProgrammeListPage
from perfdesk.gui.models.record_model import Above, RecordColumn, RecordModel
from perfdesk.gui.pages.head_command import head_command
from perfdesk.gui.pages.page import Page
from perfdesk.gui.refused import Spot, refusal
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.editing import programme_list
from perfdesk.services.places import Place
from perfdesk.tables.context import coded
from perfdesk.tables.table import ColumnKind

_PROGRAMME: Final = "programme_entry"
_SUB: Final = "sub_programme_entry"
_PROGRAMMES: Final = (
    RecordColumn("code", N_("Code"), ColumnKind.CODE, 1),
    RecordColumn("name", N_("Programme"), weight=8),
    RecordColumn("joint", N_("Joint"), ColumnKind.FLAG, tip=N_("Several administrations or units carry it together")),
    RecordColumn("subs", N_("Sub-programmes"), ColumnKind.VALUE, shown=lambda one: str(len(one.sub_programmes) or "")),
)


class ProgrammeListPage(Page):
    """Program listesi."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        chooser: Callable[[QWidget], Path | None] = ImportList.choose,
    ) -> None:
        super().__init__(session, parent)
        self.chooser = chooser
        self.ui = ui = Ui_ProgrammeListPage()
        self.add_content(ui)
        # the programme whose sub-programmes are shown, by its row; 0 is none
        self._in_hand = 0
        used = RecordColumn("used", N_("Years"), ColumnKind.CODE, tip=N_("The years that use it"), shown=self._years)
        subs = (
            RecordColumn("code", N_("Code"), ColumnKind.CODE, 1),
            RecordColumn("name", N_("Sub-programme"), weight=8),
            used,
        )
        self.programmes = RecordModel(session, _PROGRAMME, _PROGRAMMES, self._listed, parent=self)
        self.sub_programmes = RecordModel(session, _SUB, subs, self._subs, self._under, self)
        self.set_grid(ui.programmes, self.programmes)
        self.set_grid(ui.sub_programmes, self.sub_programmes)
        self.take_file = head_command(
            self, ui.programmes, _("&Take from a file…"), _("Take the list from a file…"), self.choose
        )
        self.renumber = head_command(
            self, ui.sub_programmes, _("Re&number"), _("Renumber the sub-programmes"), self._number
        )
        self.renumber.setToolTip(_("Gives them the code of the programme with their place behind it: 71.1, 71.2, …"))
        ui.sub_programmes.heading.setWordWrap(True)
        ui.programmes.grid.selectionModel().currentChanged.connect(lambda *_indexes: self._take_in_hand())

    def actions_for_menu(self) -> Sequence[QAction]:
        """Return the commands for the list."""
        return (self.take_file, self.renumber)

    # --- showing ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        self._take_in_hand(again=True)
        listed = self.session.municipality.programme_list
        self.say(
            _("The programmes and sub-programmes from which each year chooses. Codes and names are those of the law.")
            if listed
            else _(
                "No programme is in the list yet. Take the official list from a file (Excel or CSV), or type the first "
                "programme below. The years then choose their sub-programmes from it."
            )
        )

    @property
    def programme(self) -> ProgrammeEntry | None:
        """The programme whose sub-programmes are shown."""
        return next((one for one in self.session.municipality.programme_list if one.row == self._in_hand), None)

    def _take_in_hand(self, *, again: bool = False) -> None:
        """Take up the programme the grid is at, the first where it is at none."""
        grid = self.ui.programmes.grid
        at = max(grid.currentIndex().row(), 0)
        key = self.programmes.rows[at].key if at < len(self.programmes.rows) else 0
        row = key if isinstance(key, int) else 0
        another = row != self._in_hand
        if another:
            # what is still being typed belongs to the programme before
            self.ui.sub_programmes.grid.commit_editor()
            self._in_hand = row
        if another or again:
            self._show_subs()

    def _show_subs(self) -> None:
        section, one = self.ui.sub_programmes, self.programme
        section.setVisible(one is not None)
        name = coded(one.code, one.name).replace("&", "&&") if one else ""
        section.setTitle(_("&Sub-programmes of “{programme}”").format(programme=name))
        self.sub_programmes.refresh()

    def _listed(self) -> tuple[ProgrammeEntry, ...]:
        return self.session.municipality.programme_list

    def _subs(self) -> tuple[SubProgrammeEntry, ...]:
        return self.programme.sub_programmes if self.programme else ()

    def _under(self) -> Above | None:
        return {_PROGRAMME: self._in_hand} if self.programme else None

    def _years(self, sub: SubProgrammeEntry) -> str:
        """Return the years that use a sub-programme, by themselves or through the activities of their targets."""
        return ", ".join(
            str(programme.year)
            for programme in self.session.municipality.programmes
            if any(use.sub_programme == sub.id for use in programme.sub_programmes)
            or any(activity.sub_programme == sub.id for target in programme.targets for activity in target.activities)
        )

    # --- going ------------------------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Go to a cell; to that of a sub-programme with its programme in hand."""
        if place.table == _SUB:
            self._go_to_programme_of(place.row)
        super().show_place(place)

    def show_refused(self, spot: Spot) -> None:
        """Go to a refused entry; to that of a sub-programme with its programme in hand."""
        if spot.form == _SUB:
            rows = {row.table: row.id for row in spot.anchor.rows}
            if _SUB in rows:
                self._go_to_programme_of(rows[_SUB])
            elif _PROGRAMME in rows:
                self.ui.programmes.grid.show_cell(rows[_PROGRAMME], "name")
        super().show_refused(spot)

    def _go_to_programme_of(self, row: int) -> None:
        for one in self.session.municipality.programme_list:
            if any(sub.row == row for sub in one.sub_programmes):
                self.ui.programmes.grid.show_cell(one.row, "name")

    # --- commands ---------------------------------------------------------------------------------------------------

    def choose(self) -> ImportList | None:
        """Ask for a sheet and show what it holds; None where none was chosen."""
        self.commit()
        source = self.chooser(self)
        if source is None:
            return None
        dialog = ImportList(self.session, source, self, self.chooser)
        dialog.taken.connect(self.problem_said)
        dialog.open()
        return dialog

    def _number(self) -> None:
        self.commit()
        if self._in_hand:
            try:
                programme_list.renumber(self.session.store, self._in_hand)
            except UserError as error:
                self.problem_said.emit(refusal(error.sentence()))
