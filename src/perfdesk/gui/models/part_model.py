"""The grid in which a common amount is divided over the activities of its cost sheet."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QObject

from perfdesk.domain.costs import CostSheet
from perfdesk.domain.errors import UserError
from perfdesk.domain.money import total
from perfdesk.domain.numbers import format_number
from perfdesk.gui.grid.edit_model import EditModel
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading
from perfdesk.gui.refused import Anchor, Row
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.editing import cost_sheets, fields
from perfdesk.services.paste.bulk import Entries, Refused
from perfdesk.tables.table import Column, ColumnKind, Role

_COLUMNS: Final = (
    Column("activity", N_("Activity"), ColumnKind.TEXT, 6),
    Column("amount", N_("Part (TL)"), ColumnKind.AMOUNT, 3),
)


class PartModel(EditModel):
    """A row's key is its activity. Parts that do not add up yet stay typed until all of them do."""

    kind = "cost_sheet_activity"

    def __init__(self, session: Session, sheet: Callable[[], CostSheet | None], parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._sheet = sheet

    def content(self) -> Content:
        """Return a row for each activity of the sheet, and what they have to add up to."""
        heads = tuple(Heading(_(column.label)) for column in _COLUMNS)
        sheet, ctx = self._sheet(), self.session.context
        if sheet is None or ctx is None:
            return Content(_COLUMNS, heads)
        rows = []
        for activity in (one for holder in ctx.programme.holders() for one in holder.activities):
            if activity.id in sheet.activities:
                part = sheet.split.get(activity.id)
                text = "" if part is None else format_number(part, 2)
                edit = "" if part is None else format_number(part)
                cells = (
                    GridCell(ctx.activity_name(activity), computed=True),
                    GridCell(text, edit, part, editable=True),
                )
                rows.append(GridRow(activity.row, cells))
        divided, budget = total(sheet.split.values()), ctx.ledger.of_sheet(sheet).need.budget
        for key, name, amount in (("divided", _("Divided"), divided), ("budget", _("Amount of the sheet"), budget)):
            cells = (GridCell(name, computed=True), GridCell(format_number(amount, 2), computed=True, number=amount))
            rows.append(GridRow(key, cells, Role.TOTAL))
        return Content(_COLUMNS, heads, tuple(rows))

    def anchor(self, key: int) -> Anchor:
        """Return the activity, as long as it is in the sheet."""
        sheet = self._sheet()
        link = Row(self.kind, (("cost_sheet", sheet.row if sheet is not None else 0), ("activity", key)))
        return Anchor((Row.of("activity", key), link))

    def write(self, row: int, column: str, text: str) -> None:
        """Divide the amount anew, together with the parts typed before that did not add up then."""
        for error in self.write_many({row: {column: text}}).values():
            raise error

    def write_many(self, entries: Mapping[int, Entries]) -> Refused:
        """Divide the amount anew once for all of them: one after the other would not add up before the last."""
        typed = {(row, column): text for row, texts in entries.items() for column, text in texts.items()}
        waiting = {place: wrong.text for place, wrong in self._wrong.items() if place not in typed}
        sheet, refused = self._sheet(), Refused()
        assert sheet is not None
        parts = self._parts(sheet)
        for place, text in (waiting | typed).items():
            try:
                parts[place[0]] = fields.read_amount(text)
            except UserError as error:
                # it is no amount: its own cell says so, and the part stays as it is
                refused[place] = error
        of_typed = {place: error for place, error in refused.items() if place in typed}
        if len(of_typed) == len(typed):
            return of_typed
        try:
            with self._wrong.noted():
                # before the grid is shown anew with the end of the step
                for place in waiting.keys() - refused.keys():
                    del self._wrong[place]
                cost_sheets.set_parts(self.session.store, sheet.row, parts)
        except UserError as error:
            return {place: of_typed.get(place, error) for place in typed}
        return of_typed

    def delete_row(self, row: int) -> None:
        """Activities leave a sheet by dividing it."""

    def move_row(self, at: int, by: int) -> None:
        """Activities stand in the order of the target."""

    def _parts(self, sheet: CostSheet) -> dict[int, Decimal]:
        ctx = self.session.context
        assert ctx is not None
        rows = {activity.id: activity.row for holder in ctx.programme.holders() for activity in holder.activities}
        return {rows[id_]: amount for id_, amount in sheet.split.items()}
