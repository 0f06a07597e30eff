"""Something from a sheet: shows what was read and what it would change, before it is taken over."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.gui import colours
from perfdesk.gui.file_kinds import ALL
from perfdesk.gui.forms.ui_import_sheet import Ui_ImportSheet
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading, TableModel
from perfdesk.gui.headings import colour_text, make_quiet
from perfdesk.gui.help.offer import offer_help
from perfdesk.gui.refused import refusal
from perfdesk.gui.session import Session
from perfdesk.gui.sizes import fit
from perfdesk.i18n import _
from perfdesk.services.files.sheet_state import State
from perfdesk.tables.table import Column, Role

_Line = TypeVar("_Line")
Chooser = Callable[[QWidget], Path | None]
# as many as a sentence can name
_NAMED: Final = 4


def with_left(said: str, left: Sequence[str]) -> str:
    """Return what is said of a sheet, and what of the file it lacks."""
    if not left:
        return said
    names = ", ".join(left[:_NAMED])
    if len(left) > _NAMED:
        names = _("{names} and {count} more").format(names=names, count=len(left) - _NAMED)
    stays = _("Not in the sheet, and staying in the list: {names}.").format(names=names)
    return f"{said} {stays}"


def grid_rows(
    lines: Iterable[_Line], cells: Callable[[_Line], tuple[GridCell, ...]], role: Callable[[_Line], Role]
) -> tuple[GridRow, ...]:
    """Return the rows of what was read."""
    return tuple(GridRow(n, cells(line), role(line)) for n, line in enumerate(lines))


def become(state: State, before: str = "") -> str:
    """Say what becomes of a row that is taken over; ``before`` is what stands in the list in its place."""
    match state:
        case State.NEW:
            return _("new")
        case State.CHANGED:
            return _("changed; until now: {name}").format(name=before)
    return _("as it is")


class ImportSheet(QDialog):
    """Shows a sheet that was chosen; ``taken`` tells in a sentence what was taken over.

    A kind of sheet says in msgids what its window is called (``name``), how a sheet is asked for (``caption``), what it
    must hold, for whoever has chosen one that does not (``asked``), and that nothing was changed (``unchanged``).
    """

    taken = Signal(str)
    name = ""
    caption = ""
    asked = ""
    unchanged = ""
    # the columns of what was read, and the page of the help about it
    columns: Sequence[Column] = ()
    topic = ""

    def __init__(
        self, session: Session, source: Path, parent: QWidget | None = None, chooser: Chooser | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = ui = Ui_ImportSheet()
        ui.setupUi(self)
        offer_help(self, self.topic)
        self.setWindowTitle(_(self.name))
        ui.asked.setText(_(self.asked))
        self._session = session
        self._chooser = chooser or self.choose
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

    @classmethod
    def choose(cls, parent: QWidget) -> Path | None:
        """Let a person choose a sheet."""
        sheets = _("Sheets ({patterns})").format(patterns="*.xlsx *.xlsm *.csv *.txt")
        # beside the municipality's file, where the window says there is one
        folder = str(parent.window().property("folder") or "")
        name, _kind = QFileDialog.getOpenFileName(parent, _(cls.caption), folder, f"{sheets};;{_(ALL)}")
        return Path(name) if name else None

    # --- what is read -----------------------------------------------------------------------------------------------

    def read(self, source: Path) -> tuple[str, tuple[GridRow, ...]]:
        """Read a sheet, which is then the one to be taken over; return what it would do, and its rows.

        Raises:
            UserError: it cannot be read.
        """
        raise NotImplementedError

    def takes(self) -> bool:
        """Whether what was read last holds anything to be taken over."""
        raise NotImplementedError

    def take_over(self) -> str:
        """Take over what was read last; return a sentence for where it was changed by that.

        Raises:
            UserError: it cannot be.
        """
        raise NotImplementedError

    def left_out(self) -> str:
        """Return a sentence on what of the sheet was not taken over, empty where all of it was."""
        return ""

    # --- showing it -------------------------------------------------------------------------------------------------

    def show_file(self, source: Path) -> None:
        """Show what a sheet holds, or why it cannot be read."""
        ui = self.ui
        try:
            told, rows = self.read(source)
        except UserError as error:
            rows = ()
            self._say(_("Nothing was read from “{file}”.").format(file=source.name), error)
        else:
            self._say(told)
            heads = tuple(Heading(_(column.label)) for column in self.columns)
            self._lines.show(Content(tuple(self.columns), heads, rows))
            ui.lines.setCurrentIndex(self._lines.index(0, 0))
        for widget, shown in ((ui.scroll, bool(rows)), (ui.asked, not rows)):
            widget.setVisible(shown)
        takes = bool(rows) and self.takes()
        self.ok.setEnabled(takes)
        (self.ok if takes else self.other).setDefault(True)

    def accept(self) -> None:
        last = self._session.steps.last
        try:
            said = self.take_over()
        except UserError as error:
            self._say(self.ui.told.text(), error)
            return
        super().accept()
        outcome = _(self.unchanged) if self._session.steps.last == last else said
        self.taken.emit(f"{outcome} {self.left_out()}".rstrip())

    def _choose(self) -> None:
        source = self._chooser(self)
        if source is not None:
            self.show_file(source)

    def _say(self, told: str, error: UserError | None = None) -> None:
        self.ui.told.setText(told)
        self.ui.problem.setText(refusal(error.sentence()) if error else "")
        self.ui.problem.setVisible(error is not None)
