"""Choosing the spending unit whose cost tables are to be printed, or written as PDF."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidgetItem, QWidget

from perfdesk.gui.forms.ui_unit_tables import Ui_UnitTables
from perfdesk.gui.help.offer import offer_help
from perfdesk.i18n import _
from perfdesk.services.output import previewing
from perfdesk.tables.context import Context

_UNIT: Final = int(Qt.ItemDataRole.UserRole)


class UnitTables(QDialog):
    """Lists the units that are responsible for something in the year.

    ``wanted`` carries the id of the one chosen, and whether its tables are wanted on paper.
    """

    wanted = Signal(str, bool)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = ui = Ui_UnitTables()
        ui.setupUi(self)
        offer_help(self, "units")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        found = previewing.units_with_tables(ctx)
        for unit, count in found:
            item = QListWidgetItem(_("{unit} ({count} activities)").format(unit=unit.name, count=count), ui.units)
            item.setData(_UNIT, unit.id)
        ui.units.setCurrentRow(0)
        told = _("The cost tables of {year} that the unit is responsible for, with their total at the end.")
        if not found:
            told = _("In {year} no unit is responsible for an activity yet.")
        ui.tells.setText(told.format(year=ctx.programme.year))
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.export = ui.buttons.addButton(_("Save as P&DF…"), role)
        self.print = ui.buttons.addButton(_("&Print…"), role)
        self.print.setDefault(True)
        for button, on_paper in ((self.print, True), (self.export, False)):
            button.setEnabled(bool(found))
            button.clicked.connect(lambda _checked=False, on_paper=on_paper: self._take(on_paper=on_paper))
        ui.units.itemDoubleClicked.connect(lambda _item: self._take(on_paper=True))

    def _take(self, *, on_paper: bool) -> None:
        item: QListWidgetItem | None = self.ui.units.currentItem()
        if item is not None:
            self.accept()
            self.wanted.emit(item.data(_UNIT), on_paper)
