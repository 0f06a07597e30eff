"""The form of the municipality's spending units."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from perfdesk.domain import turkish
from perfdesk.domain.administration import Unit
from perfdesk.domain.errors import UserError
from perfdesk.gui import colours
from perfdesk.gui.fields.menu_button import menu_button
from perfdesk.gui.forms.ui_units_page import Ui_UnitsPage
from perfdesk.gui.headings import colour_text, make_quiet
from perfdesk.gui.models.record_model import RecordColumn, RecordModel
from perfdesk.gui.pages.page import Page
from perfdesk.gui.refused import refusal
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.editing.similar_units import similar_units
from perfdesk.tables.table import ColumnKind

_COLUMNS: Final = (
    RecordColumn("name", N_("Name"), weight=5),
    RecordColumn("abbreviation", N_("Abbreviation"), weight=2),
    RecordColumn(
        "aliases",
        N_("Other names"),
        weight=3,
        tip=N_("Former or shorter names, parted by semicolons; search knows them"),
    ),
    RecordColumn("parent", N_("Higher unit"), weight=3, tip=N_("For the organisation chart")),
    RecordColumn("inactive", N_("No longer in use"), ColumnKind.FLAG, tip=N_("Not offered for new entries any more")),
)
# as many units as a sentence can name
_MOST_NAMED: Final = 3


class _Units(RecordModel):
    """The grid's model; ``refused`` carries why a unit cannot be deleted."""

    refused = Signal(object)

    def delete_rows(self, places: Iterable[int]) -> None:
        """Delete rows, in one step; of units in use none goes."""
        try:
            super().delete_rows(places)
        except UserError as error:
            self.refused.emit(error)

    def _delete(self, rows: Sequence[int]) -> None:
        """Delete units before those they stand below, which they would keep."""
        super()._delete(sorted(rows, key=self._depth, reverse=True))

    def _depth(self, row: int) -> int:
        """Return how many units a unit stands below."""
        units = {unit.id: unit for unit in self.session.municipality.units}
        unit = next(unit for unit in units.values() if unit.row == row)
        above: list[str] = []
        # a file from elsewhere may hold a circle, which is not to be walked for ever
        while unit.parent and unit.parent in units and unit.parent not in above:
            above.append(unit.parent)
            unit = units[unit.parent]
        return len(above)


class UnitsPage(Page):
    """Harcama birimleri."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.ui = Ui_UnitsPage()
        self.add_content(self.ui)
        self._used: Counter[str] = Counter()
        # the editor that is being followed; several of its children are polished
        self._editor: QPlainTextEdit | None = None
        columns = (
            *_COLUMNS,
            RecordColumn(
                "used",
                N_("Activities"),
                ColumnKind.VALUE,
                tip=N_("How many activities of the year it is responsible for"),
                shown=self._count,
            ),
        )
        self.units = _Units(session, "unit", columns, lambda: session.municipality.units, parent=self)
        self.units.refused.connect(self._say_refused)
        self.set_grid(self.ui.units, self.units)
        self._make_commands()
        self.similar: QLabel = self.ui.similar
        make_quiet(self.similar)
        colour_text(self.ui.refused, colours.wrong(self.ui.refused.palette()))
        self.ui.refused.hide()
        self.similar.hide()
        grid = self.ui.units.grid
        grid.viewport().installEventFilter(self)
        grid.selectionModel().currentChanged.connect(lambda *_indexes: self._go_on())

    def actions_for_menu(self) -> Sequence[QAction]:
        """Return the commands for the unit in hand."""
        return (self.print_file, self.export_file)

    def _make_commands(self) -> None:
        button = menu_button(_("U&nit in hand"), _("Commands for the unit in hand"))
        menu = button.menu()
        self.print_file = menu.addAction(_("&Print its file (cost tables)…"))
        self.export_file = menu.addAction(_("Its file (cost tables) as P&DF…"))
        self.output_actions = (self.print_file, self.export_file)
        for action, on_paper in ((self.print_file, True), (self.export_file, False)):
            action.triggered.connect(lambda _checked=False, on_paper=on_paper: self._want_file(on_paper))
        self.ui.units.head.insertWidget(2, button)
        # above what every grid offers in its own menu
        line = QAction(self)
        line.setSeparator(True)
        self.ui.units.grid.addActions([self.print_file, self.export_file, line])

    def _want_file(self, on_paper: bool) -> None:
        at = self.ui.units.grid.currentIndex().row()
        units = self.session.municipality.units
        if 0 <= at < len(units):
            self.unit_file_wanted.emit(units[at].id, on_paper)

    def refresh(self) -> None:
        """Show the snapshot of now."""
        ctx = self.session.context
        holders = ctx.programme.holders() if ctx else ()
        self._used = Counter()
        for holder in holders:
            for sheet in holder.cost_sheets:
                self._used.update({unit: len(sheet.activities) for unit in sheet.units})
        super().refresh()
        self.ui.refused.hide()
        self.say(
            _("The list from which responsible units are chosen. Each unit has one name; it is printed as it is here.")
        )
        self._say_similar()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # an editor is polished when it is shown for the first time, with all its words in it
        if event.type() == QEvent.Type.ChildPolished:
            QTimer.singleShot(0, self._follow_editor)
        return super().eventFilter(watched, event)

    def _follow_editor(self) -> None:
        editor = self.ui.units.grid.cells.editor
        if isinstance(editor, QPlainTextEdit) and editor is not self._editor:
            self._editor = editor
            editor.textChanged.connect(self._say_similar)
            self._say_similar()

    def _go_on(self) -> None:
        self.ui.refused.hide()
        self._say_similar()

    def _say_refused(self, error: UserError) -> None:
        said = refusal(error.sentence())
        # the grid goes to its cell after this, which hides what was said before
        QTimer.singleShot(0, lambda: self._show_refused(said))

    def _show_refused(self, said: str) -> None:
        self.ui.refused.setText(said)
        self.ui.refused.show()
        self.problem_said.emit(said)

    def _count(self, unit: Unit) -> str:
        return str(self._used[unit.id]) if self._used[unit.id] else ""

    def _say_similar(self) -> None:
        """Say which units of the list the name in hand may mean, while it is typed and after."""
        grid, model = self.ui.units.grid, self.units
        index = grid.currentIndex()
        said = ""
        if index.isValid() and model.columns[index.column()].key == "name":
            editor = grid.cells.editor
            typed = editor.entry() if editor is not None else str(index.data(Qt.ItemDataRole.EditRole) or "")
            row = model.rows[index.row()].key
            found = similar_units(self.session.municipality.units, typed, row if isinstance(row, int) else 0)
            if found:
                names = ", ".join(unit.name or unit.abbreviation for unit in found[:_MOST_NAMED])
                said = _("“{typed}” is in the list: {names}").format(typed=turkish.normalise(typed), names=names)
        self.similar.setText(said)
        self.similar.setVisible(bool(said))
        if said and self.units.is_new(index.row()):
            # below the blank row it may be out of sight
            QTimer.singleShot(0, lambda: self.frame.scroll.ensureWidgetVisible(self.similar, 0, 0))
