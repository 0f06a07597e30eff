"""The card of an activity and its cost sheet: texts, cooperating units, the division, transfers and other years."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from perfdesk.domain.costs import CostSheet
from perfdesk.domain.plan import ProgrammeEntry
from perfdesk.domain.programme import Activity
from perfdesk.gui.cards.card import Card
from perfdesk.gui.fields.bind import Binding, BoundField, columns
from perfdesk.gui.forms.ui_activity_card import Ui_ActivityCard
from perfdesk.gui.headings import make_heading
from perfdesk.gui.models.other_amount_model import OtherAmountModel
from perfdesk.gui.models.part_model import PartModel
from perfdesk.gui.models.record_model import Above, RecordColumn, RecordModel
from perfdesk.gui.refused import Row
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.editing import costing, sub_programmes
from perfdesk.services.editing.fields import Choice
from perfdesk.services.editing.programme_choices import choices, entry_names, read_entry
from perfdesk.services.editing.units import SEPARATOR, read_units
from perfdesk.tables.table import ColumnKind

_TRANSFERS: Final = (
    RecordColumn("recipient", N_("Recipient"), ColumnKind.TEXT, 5),
    RecordColumn("code", N_("Code"), ColumnKind.CODE, 1),
    RecordColumn("amount", N_("Amount (TL)"), ColumnKind.AMOUNT, 3),
)


class TransferModel(RecordModel):
    """The transfers of a cost sheet, which is made with the first of them."""

    card: "ActivityCard"

    def can_add(self) -> bool:
        """Whether there is an activity whose sheet can take one."""
        return self.card.record is not None

    def rows_above(self) -> tuple[Row, ...]:
        """Return the activity: its sheet may be there only with the first row."""
        activity = self.card.record
        return (Row.of("activity", activity.row),) if activity is not None else ()

    def above_for_insert(self) -> Above:
        """Return the activity's sheet, which may have to be made first."""
        return {"cost_sheet": self.card.new_sheet()}


class ActivityCard(Card):
    """Faaliyet kartı."""

    table = "activity"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_ActivityCard()
        self.ui.setupUi(self)
        make_heading(self.ui.heading)
        for name in ("note", "description", "sheet_note"):
            getattr(self.ui, name).several_lines = True

    def take(self, session: Session, record: Any) -> None:
        """Say whose row the card shows."""
        super().take(session, record)
        ui = self.ui
        texts = {name: getattr(ui, name) for name in ("note", "description")}
        self.bound(Binding(session, record, columns(session, "activity", texts), self, table="activity"))
        sheet_fields = {
            "cooperating": BoundField(ui.cooperating, self._cooperating, self._set_cooperating),
            "sheet_note": BoundField(ui.sheet_note, lambda _record: self._sheet_note(), self._set_note),
        }
        sub = BoundField(
            ui.sub_programme, self._sub_programme, self._set_sub_programme, self._sub_programmes, is_closed=False
        )
        self.bound(Binding(session, record, {**sheet_fields, "sub_programme": sub}, self, table="activity"))
        self.parts = PartModel(session, self.sheet, self)
        self.transfers = TransferModel(session, "cost_transfer", _TRANSFERS, self._transfers, dict, self)
        self.transfers.card = self
        self.others = OtherAmountModel(session, record, self.sheet, self.new_sheet, self)
        for section, model in ((ui.parts, self.parts), (ui.transfers, self.transfers), (ui.others, self.others)):
            self.holding(section).set_model(model)

    def sheet(self) -> CostSheet | None:
        """The cost sheet of the activity in hand, if it has one."""
        activity, ctx = self.record, self.session.context
        if activity is None or ctx is None:
            return None
        return ctx.programme.sheet_of(activity.id)

    def new_sheet(self) -> int:
        """Return the row of the activity's cost sheet, a new one where it had none; part of the current step."""
        return costing.own_sheet(self.session.store, self.record.row)

    def refresh(self) -> None:
        """Show the snapshot of now."""
        if self._session is None or self.isHidden():
            return
        activity: Activity | None = self.record
        sheet, ctx = self.sheet(), self.session.context
        super().refresh()
        for part in (self.ui.fields, self.ui.transfers, self.ui.others):
            part.setVisible(activity is not None)
        self.ui.parts.setVisible(sheet is not None and len(sheet.activities) > 1)
        if activity is None or ctx is None:
            self.ui.heading.setText(_("Begin the activity in the grid first: type its name."))
            return
        self.ui.heading.setText(ctx.activity_name(activity))
        # an activity of a sub-programme is in it anyway
        is_choice = bool(ctx.sub_programmes) and any(activity in target.activities for target in ctx.programme.targets)
        for widget in (self.ui.sub_programme_label, self.ui.sub_programme):
            widget.setVisible(is_choice)

    # --- the sheet's own fields ---------------------------------------------------------------------------------------

    def _transfers(self) -> Any:
        sheet = self.sheet()
        return sheet.transfers if sheet else ()

    def _cooperating(self, _activity: Activity) -> str:
        sheet, ctx = self.sheet(), self.session.context
        return f"{SEPARATOR} ".join(ctx.unit_names(sheet.cooperating_units)) if sheet and ctx else ""

    def _set_cooperating(self, activity: Activity, text: str) -> None:
        units = read_units(self.session.municipality.units, text)
        costing.set_units(self.session.store, activity.row, units, cooperating=True)

    def _sheet_note(self) -> str:
        sheet = self.sheet()
        return sheet.note if sheet else ""

    def _sub_programme(self, activity: Activity) -> str:
        return next((name for name, sub in entry_names(self._listed()).items() if sub.id == activity.sub_programme), "")

    def _set_sub_programme(self, activity: Activity, text: str) -> None:
        found = read_entry(self._listed(), text)
        sub_programmes.set_activity_entry(self.session.store, activity.row, found.row if found else None)

    def _sub_programmes(self) -> list[Choice]:
        return choices(entry_names(self._listed()))

    def _listed(self) -> Sequence[ProgrammeEntry]:
        return self.session.municipality.programme_list

    def _set_note(self, activity: Activity, text: str) -> None:
        costing.set_note(self.session.store, activity.row, text)
