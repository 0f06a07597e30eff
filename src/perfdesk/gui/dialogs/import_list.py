"""The programme list from a file: shows what was read and what it would change, before it is taken over."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.domain.plan import ProgrammeEntry
from perfdesk.gui import colours
from perfdesk.gui.file_kinds import ALL
from perfdesk.gui.forms.ui_import_list import Ui_ImportList
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading, TableModel
from perfdesk.gui.headings import colour_text, make_quiet
from perfdesk.gui.help.offer import offer_help
from perfdesk.gui.session import Session
from perfdesk.gui.sizes import fit
from perfdesk.i18n import N_, _
from perfdesk.services.editing.fields import NO, YES
from perfdesk.services.files import programme_lists
from perfdesk.services.files.programme_lists import Line, Preview, State
from perfdesk.services.files.programme_sheets import read_list
from perfdesk.tables.table import Column, ColumnKind, Role

_COLUMNS: Final = (
    Column("code", N_("Code"), ColumnKind.CODE, 1),
    Column("name", N_("Programme and its sub-programmes"), ColumnKind.TEXT, 6),
    Column("joint", N_("Joint"), ColumnKind.CODE, 1),
    Column("what", N_("What it is to the list"), ColumnKind.TEXT, 4),
)
# as many as a sentence can name
_NAMED: Final = 4
# sub-programmes stand a little to the right of their programme
_INDENT: Final = "    "


def choose_list(parent: QWidget) -> Path | None:
    """Let a person choose the sheet."""
    sheets = _("Sheets ({patterns})").format(patterns="*.xlsx *.xlsm *.csv *.txt")
    # beside the municipality's file, where the window says there is one
    folder = str(parent.window().property("folder") or "")
    caption = _("Choose the sheet with the programme list")
    name, _kind = QFileDialog.getOpenFileName(parent, caption, folder, f"{sheets};;{_(ALL)}")
    return Path(name) if name else None


class ImportList(QDialog):
    """Shows a sheet that was chosen; ``taken`` tells in a sentence what was taken over."""

    taken = Signal(str)

    def __init__(
        self,
        session: Session,
        source: Path,
        parent: QWidget | None = None,
        chooser: Callable[[QWidget], Path | None] = choose_list,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = ui = Ui_ImportList()
        ui.setupUi(self)
        offer_help(self, "programme_list")
        self._session = session
        self._chooser = chooser
        self._entries: tuple[ProgrammeEntry, ...] = ()
        self._lines = TableModel(self)
        ui.lines.setModel(self._lines)
        colour_text(ui.problem, colours.wrong(ui.problem.palette()))
        make_quiet(ui.asked)
        self.ok = ui.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(_("&Take over"))
        self.other = ui.buttons.addButton(_("Another &file…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.other.clicked.connect(lambda _checked=False: self._choose())
        self.show_file(source)
        fit(self)

    def show_file(self, source: Path) -> None:
        """Show what a sheet holds, or why it cannot be read."""
        ui = self.ui
        try:
            self._entries = read_list(source)
            told = programme_lists.preview(self._session.municipality.programme_list, self._entries)
        except UserError as error:
            self._entries = ()
            self._say(_("Nothing was read from “{file}”.").format(file=source.name), error)
        else:
            self._say(_told(source, told))
            self._show(told)
        for widget, shown in ((ui.scroll, bool(self._entries)), (ui.asked, not self._entries)):
            widget.setVisible(shown)
        self.ok.setEnabled(bool(self._entries))
        (self.ok if self._entries else self.other).setDefault(True)

    def accept(self) -> None:
        last = self._session.steps.last
        try:
            done = programme_lists.take_over(self._session.store, self._entries)
        except UserError as error:
            self._say(self.ui.told.text(), error)
            return
        super().accept()
        said = _("The programme list: {added} added, {changed} changed. Ctrl+Z takes it back.")
        if self._session.steps.last == last:
            said = _("The programme list is as in this file already; nothing was changed.")
        self.taken.emit(said.format(added=done.added, changed=done.changed))

    def _choose(self) -> None:
        source = self._chooser(self)
        if source is not None:
            self.show_file(source)

    def _say(self, told: str, error: UserError | None = None) -> None:
        self.ui.told.setText(told)
        self.ui.problem.setText(f"! {error.sentence()}" if error else "")
        self.ui.problem.setVisible(error is not None)

    def _show(self, told: Preview) -> None:
        rows = tuple(GridRow(n, _cells(line), _role(line)) for n, line in enumerate(told.lines))
        heads = tuple(Heading(_(column.label)) for column in _COLUMNS)
        self._lines.show(Content(_COLUMNS, heads, rows))
        self.ui.lines.setCurrentIndex(self._lines.index(0, 0))


def _told(source: Path, told: Preview) -> str:
    """Say what a sheet would do to the list."""
    said = _("“{file}”: {programmes} programmes with {subs} sub-programmes; {new} new, {changed} changed.").format(
        file=source.name,
        programmes=sum(not line.is_sub for line in told.lines),
        subs=sum(line.is_sub for line in told.lines),
        new=told.count(State.NEW),
        changed=told.count(State.CHANGED),
    )
    if not told.left:
        return said
    names = ", ".join(told.left[:_NAMED])
    if len(told.left) > _NAMED:
        names = _("{names} and {count} more").format(names=names, count=len(told.left) - _NAMED)
    left = _("Not in the sheet, and staying in the list: {names}.")
    return f"{said} {left.format(names=names)}"


def _cells(line: Line) -> tuple[GridCell, ...]:
    joint = "" if line.joint is None else _(YES if line.joint else NO)
    texts = (line.code, f"{_INDENT if line.is_sub else ''}{line.name}", joint, _what(line))
    return tuple(GridCell(text, text.strip()) for text in texts)


def _role(line: Line) -> Role:
    return Role.DETAIL if line.is_sub else Role.SUBTOTAL


def _what(line: Line) -> str:
    match line.state:
        case State.NEW:
            return _("new")
        case State.CHANGED:
            return _("changed; until now: {name}").format(name=line.before)
    return _("as it is")
