"""The form of the part with the total resource need: the two lists for the whole administration, tables 3 and 4."""

from collections.abc import Sequence
from typing import Any, Final

from perfdesk.domain.costs import CostLine, OtherAmount, Transfer
from perfdesk.gui.dialogs.explanation import ExplanationDialog
from perfdesk.gui.forms.ui_need_page import Ui_NeedPage
from perfdesk.gui.headings import make_quiet
from perfdesk.gui.models.record_model import Above, RecordColumn, RecordModel
from perfdesk.gui.models.summed_model import SummedModel
from perfdesk.gui.pages.computed_table import ComputedTable
from perfdesk.gui.pages.section_page import SectionPage
from perfdesk.gui.refused import Spot
from perfdesk.i18n import N_, _
from perfdesk.services.explaining import explain
from perfdesk.services.places import Place
from perfdesk.tables import administration_performance, total_resource_need
from perfdesk.tables.table import ColumnKind

_MODULES: Final = (administration_performance, total_resource_need)
_OTHERS: Final = "other_general_administration"
_CODE: Final = RecordColumn("code", N_("Code"), ColumnKind.CODE, 1)
_AMOUNT: Final = RecordColumn("amount", N_("Amount"), ColumnKind.AMOUNT, 2)


class NeedPage(SectionPage):
    """İdarenin toplam kaynak ihtiyacı."""

    def add_own_content(self) -> None:
        """Put the grids and the computed tables above the text."""
        self.ui = ui = Ui_NeedPage()
        self.add_content(ui)
        name = RecordColumn("name", N_("Economic code"), weight=5, shown=self._name_of_code)
        recipient = RecordColumn("recipient", N_("Recipient"), weight=5)
        self.general = self._model("general_administration", (_CODE, name, _AMOUNT))
        self.transfers = self._model("transfer", (recipient, _CODE, name, _AMOUNT), "transfers")
        self.others = self._model(
            _OTHERS,
            (
                RecordColumn("year", N_("Year"), ColumnKind.VALUE, 1),
                RecordColumn("kind", N_("Kind"), weight=2),
                _CODE,
                name,
                _AMOUNT,
            ),
        )
        self.set_grid(ui.general_administration, self.general)
        self.set_grid(ui.transfers, self.transfers)
        self.set_grid(ui.others, self.others)
        for section in (ui.general_administration, ui.transfers, ui.others):
            section.grid.numbers_selected.connect(self.numbers_selected)
        make_quiet(ui.in_sheets)
        make_quiet(ui.computed_note)
        ui.show_others.toggled.connect(ui.others.setVisible)
        ui.others.hide()
        self.tables = {module.KIND: self._computed(module.KIND) for module in _MODULES}

    def _computed(self, kind: str) -> ComputedTable:
        table = ComputedTable()
        table.view.numbers_selected.connect(self.numbers_selected)
        table.cell_wanted.connect(lambda row, column: self.explain(kind, row, column))
        self.body.addWidget(table)
        return table

    def _model(self, table: str, columns: Sequence[RecordColumn], rows: str = "") -> RecordModel:
        session = self.session

        def above() -> Above | None:
            ctx = session.context
            if ctx is None:
                return None
            known: dict[str, Any] = {"programme": ctx.programme.row}
            # what is most often entered beside the budget of the year: the forecast for the next one
            return {**known, "year": session.year + 1} if table == _OTHERS else known

        def records() -> Sequence[Any]:
            return getattr(session.context.programme, rows or table) if session.context else ()

        # amounts of several years and kinds have no sum
        kind = RecordModel if table == _OTHERS else SummedModel
        return kind(session, table, columns, records, above, self)

    def _name_of_code(self, record: CostLine | Transfer | OtherAmount) -> str:
        ctx = self.session.context
        if ctx is None:
            return ""
        if record.code is None:
            return ctx.labels["cost.unclassified"]
        return ctx.layout.form.economic_codes.get(record.code, "")

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        ctx, ui = self.session.context, self.ui
        if ctx is None:
            return
        if ctx.programme.other_general_administration:
            ui.show_others.setChecked(True)
        ui.show_others.setVisible(not ctx.programme.other_general_administration)
        in_sheets = ctx.ledger.sheet_transfers
        ui.in_sheets.setText(
            _("The cost sheets of activities hold further transfers: {amount} TL. They are entered there.").format(
                amount=ctx.money(in_sheets)
            )
        )
        ui.in_sheets.setVisible(bool(in_sheets))
        for module in _MODULES:
            self.tables[module.KIND].show_table(module.build(ctx, ctx.layout.form.captions[module.KIND]))

    def note(self) -> str:
        """Say what is entered here, as long as nothing has been."""
        ctx = self.session.context
        if ctx is None or ctx.programme.general_administration or ctx.programme.transfers:
            return ""
        return _(
            "Enter here what belongs to the administration as a whole and to no activity: by economic code, and by "
            "recipient where another administration gets the money."
        )

    def explain(self, table: str, row: str, column: str) -> ExplanationDialog | None:
        """Show what an amount of table 3 or 4 is made of; None where there is nothing to explain."""
        ctx = self.session.context
        explanation = explain(ctx, table, row, column) if ctx else None
        if ctx is None or explanation is None or not explanation.parts:
            return None
        dialog = ExplanationDialog(explanation, ctx.money, self)
        dialog.entry_wanted.connect(self.entry_wanted)
        dialog.open()
        return dialog

    def show_refused(self, spot: Spot) -> None:
        """Bring an entry that was refused into sight and under the keyboard."""
        if spot.form == _OTHERS:
            self.ui.show_others.setChecked(True)
        super().show_refused(spot)

    def show_place(self, place: Place) -> None:
        """Bring a cell into sight."""
        if place.table == _OTHERS:
            self.ui.show_others.setChecked(True)
        super().show_place(place)
