"""The form of the budget's appropriations, beside what the programme has: to compare, printed nowhere in the book."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget

from perfdesk.domain.control import AppropriationByCode
from perfdesk.domain.money import ZERO, total
from perfdesk.domain.reconciliation import Compared, Reconciliation, reconcile
from perfdesk.gui.dialogs.import_appropriations import ImportAppropriations
from perfdesk.gui.forms.ui_appropriations_page import Ui_AppropriationsPage
from perfdesk.gui.headings import make_quiet
from perfdesk.gui.models.record_model import Above, RecordColumn
from perfdesk.gui.models.summed_model import SummedModel
from perfdesk.gui.pages.head_command import head_command
from perfdesk.gui.pages.page import Page
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.tables.table import ColumnKind

_BY_CODE: Final = "appropriation_by_code"
_BY_UNIT: Final = "appropriation_by_unit"
_AMOUNT: Final = RecordColumn("amount", N_("Appropriation"), ColumnKind.AMOUNT, 2)


class ComparedModel(SummedModel):
    """Appropriations, and beside each what the programme has of it and by how much it exceeds the appropriation."""

    compared: Mapping[str, Compared] = {}
    # the row beside which a code or unit is compared: the first that names it
    beside: Mapping[str, int] = {}

    def sums(self) -> dict[str, Decimal]:
        """Return the sums of what is compared; of rows that are not there, too."""
        rows = self.compared.values()
        return {
            "programme": total(one.programme for one in rows),
            "difference": sum((one.difference for one in rows), ZERO),
        }


class AppropriationsPage(Page):
    """Bütçe ödenekleri."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        chooser: Callable[[QWidget], Path | None] = ImportAppropriations.choose,
    ) -> None:
        super().__init__(session, parent)
        self.chooser = chooser
        self.ui = ui = Ui_AppropriationsPage()
        self.add_content(ui)
        make_quiet(ui.other_codes)
        make_quiet(ui.other_units)
        name = RecordColumn("name", N_("Economic code"), weight=4, shown=self._name_of_code)
        code = RecordColumn("code", N_("Code"), ColumnKind.CODE, 1)
        unit = RecordColumn("unit", N_("Spending unit"), weight=5)
        self.by_code = self._model(_BY_CODE, (code, name), lambda record: record.code)
        self.by_unit = self._model(_BY_UNIT, (unit,), lambda record: record.unit)
        self.set_grid(ui.by_code, self.by_code)
        self.set_grid(ui.by_unit, self.by_unit)
        for section in (ui.by_code, ui.by_unit):
            section.grid.numbers_selected.connect(self.numbers_selected)
        self.take_file = head_command(
            self,
            ui.by_code,
            _("&Take the appropriations from a file…"),
            _("Take the appropriations from a file…"),
            self.choose,
        )

    def actions_for_menu(self) -> Sequence[QAction]:
        """Return the command that reads a sheet."""
        return (self.take_file,)

    def choose(self) -> ImportAppropriations | None:
        """Ask for a sheet and show what it holds; None where none was chosen."""
        self.commit()
        source = self.chooser(self)
        if source is None:
            return None
        dialog = ImportAppropriations(self.session, source, self, self.chooser)
        dialog.taken.connect(self.problem_said)
        dialog.open()
        return dialog

    def _model(self, table: str, columns: Sequence[RecordColumn], key: Callable[[Any], str]) -> ComparedModel:
        session = self.session
        rows = table.removeprefix("appropriation_")

        def records() -> Sequence[Any]:
            return getattr(session.context.programme.appropriations, rows) if session.context else ()

        def above() -> Above | None:
            return {"programme": session.context.programme.row} if session.context else None

        def shown(what: str) -> Callable[[Any], str]:
            return lambda record: self._compared(model, key(record), record, what)

        computed = (
            RecordColumn("programme", N_("In the programme"), ColumnKind.AMOUNT, 2, shown=shown("programme")),
            RecordColumn("difference", N_("Difference"), ColumnKind.AMOUNT, 2, shown=shown("difference")),
        )
        model = ComparedModel(session, table, (*columns, _AMOUNT, *computed), records, above, self)
        return model

    def _compared(self, model: ComparedModel, key: str, record: Any, what: str) -> str:
        ctx = self.session.context
        one = model.compared.get(key)
        return ctx.money(getattr(one, what)) if ctx and one and model.beside.get(key) == record.row else ""

    def _name_of_code(self, record: AppropriationByCode) -> str:
        ctx = self.session.context
        return ctx.layout.form.economic_codes.get(record.code, "") if ctx else ""

    def refresh(self) -> None:
        """Show the snapshot of now."""
        ctx = self.session.context
        if ctx is not None:
            units = (unit.id for unit in ctx.municipality.units)
            compared = reconcile(ctx.programme, ctx.ledger, units)
            entered = ctx.programme.appropriations
            self.by_code.compared = {one.key: one for one in compared.by_code}
            self.by_unit.compared = {one.key: one for one in compared.by_unit}
            self.by_code.beside = {one.code: one.row for one in reversed(entered.by_code)}
            self.by_unit.beside = {one.unit: one.row for one in reversed(entered.by_unit)}
            self.say(self.note())
            self._show_others(compared)
        super().refresh()

    def _show_others(self, compared: Reconciliation) -> None:
        """Say what the programme has that stands beside no row."""
        ctx = self.session.context
        if ctx is None:
            return
        codes = [
            f"{one.key or ctx.labels['cost.unclassified']} ({ctx.money(one.programme)})"
            for one in compared.by_code
            if one.key not in self.by_code.beside and one.programme
        ]
        names = {unit.id: unit.name for unit in ctx.municipality.units}
        units = [
            f"{names[one.key]} ({ctx.money(one.programme)})"
            for one in compared.by_unit
            if one.key and one.key not in self.by_unit.beside and one.programme
        ]
        rest = next((one.programme for one in compared.by_unit if not one.key), ZERO)
        _say(self.ui.other_codes, _("In the programme, but not in this list: {names}"), codes)
        shared = _(
            "General administration, transfers and costs of several units together come to {amount} TL in the "
            "programme. They are in no unit's row; in the budget they are part of the units' appropriations."
        ).format(amount=ctx.money(rest))
        _say(self.ui.other_units, _("In the programme, but not in this list: {names}"), units, shared if rest else "")

    def note(self) -> str:
        """Say what is entered here."""
        return _(
            "Enter or paste the totals of the budget, or take them from a file (Excel or CSV). They are not printed; "
            "the checks hold the programme against them to the kuruş."
        )


def _say(label: QLabel, text: str, names: Sequence[str], more: str = "") -> None:
    said = text.format(names=", ".join(names)) if names else ""
    label.setText("\n".join(filter(None, (said, more))))
    label.setVisible(bool(said or more))
