"""The short papers beside the book: which one is wanted, of which unit, and whether as a file or on paper."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QRadioButton, QWidget

from perfdesk.domain.administration import Unit
from perfdesk.gui.forms.ui_papers import Ui_Papers
from perfdesk.gui.headings import make_quiet
from perfdesk.gui.help.offer import offer_help
from perfdesk.gui.sizes import fit
from perfdesk.i18n import _
from perfdesk.services.output import exporting, previewing
from perfdesk.tables.context import Context

# how far what belongs to a paper stands in from its name
_INDENT: Final = 24


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that is wanted: its name, the units it is to be made of, its file's format, or on paper.

    ``units`` is empty for a paper of the whole programme; ``is_each``: of each unit there is, a file for each.
    """

    paper: str
    units: tuple[Unit, ...] = ()
    file_format: str = exporting.PDF
    on_paper: bool = False
    is_each: bool = False


class Papers(QDialog):
    """Asks for one of the papers; ``wanted`` carries a ``Wanted``.

    Begun with a paper about a unit, it has the keyboard in the list of the units, and Enter prints.
    """

    wanted = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget | None = None, *, paper: str = exporting.COUNCIL_SUMMARY) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = ui = Ui_Papers()
        ui.setupUi(self)
        offer_help(self, "papers")
        self._units = [unit for unit, _count in previewing.units_with_files(ctx)]
        self._papers: dict[str, QRadioButton] = {
            exporting.COUNCIL_SUMMARY: ui.council_summary,
            exporting.UNIT_FILE: ui.unit_file,
            exporting.COST_TABLES: ui.cost_tables,
            exporting.INDICATOR_CARDS: ui.indicator_cards,
            exporting.CONTROL_REPORT: ui.control_report,
        }
        ui.tells.setText(
            _("Made of the programme of {year} as it is now, beside the book.").format(year=ctx.programme.year)
        )
        make_quiet(ui.tells)
        for unit, count in previewing.units_with_files(ctx):
            ui.unit.addItem(_("{unit} ({count} activities)").format(unit=unit.name, count=count))
        self._say_what_they_hold(ctx)
        ui.unit_row.setContentsMargins(_INDENT, 0, 0, 0)
        ui.each_row.setContentsMargins(_INDENT, 0, 0, 0)
        self._add_buttons(prints=paper == exporting.UNIT_FILE)
        for button in (*self._papers.values(), ui.each):
            button.toggled.connect(self._show)
        can_begin = paper != exporting.UNIT_FILE or bool(self._units)
        first = self._papers[paper if can_begin else exporting.COUNCIL_SUMMARY]
        first.setChecked(True)
        self._show()
        fit(self)
        # the dialog's own hint counts on texts that wrap; as wide as it is they hardly do
        self.resize(self.width(), min(self.height(), ui.column.heightForWidth(self.width())))
        (ui.unit if first is ui.unit_file else first).setFocus()

    @property
    def paper(self) -> str:
        """The name of the paper chosen."""
        return next(name for name, button in self._papers.items() if button.isChecked())

    def _say_what_they_hold(self, ctx: Context) -> None:
        ui = self.ui
        if not self._units:
            ui.unit_file_tells.setText(
                _("In {year} no unit is responsible for an activity yet.").format(year=ctx.programme.year)
            )
            ui.unit_file.setEnabled(False)
        ui.each.setText(_("A file for &each unit ({count} files)").format(count=len(self._units)))
        labels: tuple[QLabel, ...] = (
            ui.council_summary_tells,
            ui.unit_file_tells,
            ui.cost_tables_tells,
            ui.indicator_cards_tells,
            ui.control_report_tells,
        )
        for button, label in zip(self._papers.values(), labels, strict=True):
            make_quiet(label)
            label.setIndent(_INDENT)
            button.setAccessibleDescription(label.text())

    def _add_buttons(self, *, prints: bool) -> None:
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.save = self.ui.buttons.addButton(_("&Save…"), role)
        self.print = self.ui.buttons.addButton(_("&Print…"), role)
        (self.print if prints else self.save).setDefault(True)
        self.save.clicked.connect(lambda: self._take(on_paper=False))
        self.print.clicked.connect(lambda: self._take(on_paper=True))

    def _show(self) -> None:
        """Let a unit be chosen for the paper that is about one; what goes to a folder is not printed."""
        ui = self.ui
        of_unit = ui.unit_file.isChecked()
        ui.each.setEnabled(of_unit)
        is_each = of_unit and ui.each.isChecked()
        for widget in (ui.unit_label, ui.unit):
            widget.setEnabled(of_unit and not is_each)
        self.print.setEnabled(not is_each)
        if is_each and self.print.isDefault():
            self.save.setDefault(True)

    def _take(self, *, on_paper: bool) -> None:
        ui = self.ui
        units: tuple[Unit, ...] = ()
        is_each = False
        if self.paper == exporting.UNIT_FILE:
            is_each = ui.each.isChecked()
            units = tuple(self._units) if is_each else (self._units[ui.unit.currentIndex()],)
        file_format = exporting.XLSX if ui.xlsx.isChecked() else exporting.PDF
        self.accept()
        self.wanted.emit(Wanted(self.paper, units, file_format, on_paper, is_each))
