"""The programme list from a file: shows what was read and what it would change, before it is taken over."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from perfdesk.domain.plan import ProgrammeEntry
from perfdesk.gui.dialogs.import_sheet import Chooser, ImportSheet, choose_sheet, with_left
from perfdesk.gui.grid.table_model import GridCell, GridRow
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.editing.fields import NO, YES
from perfdesk.services.files import programme_lists
from perfdesk.services.files.programme_lists import Line, Preview, State
from perfdesk.services.files.programme_sheets import read_list
from perfdesk.tables.table import Column, ColumnKind, Role

# sub-programmes stand a little to the right of their programme
_INDENT: Final = "    "


def choose_list(parent: QWidget) -> Path | None:
    """Let a person choose the sheet."""
    return choose_sheet(parent, _("Choose the sheet with the programme list"))


class ImportList(ImportSheet):
    """Shows the programmes of a sheet."""

    columns = (
        Column("code", N_("Code"), ColumnKind.CODE, 1),
        Column("name", N_("Programme and its sub-programmes"), ColumnKind.TEXT, 6),
        Column("joint", N_("Joint"), ColumnKind.CODE, 1),
        Column("what", N_("What it is to the list"), ColumnKind.TEXT, 4),
    )
    topic = "programme_list"

    def __init__(
        self, session: Session, source: Path, parent: QWidget | None = None, chooser: Chooser = choose_list
    ) -> None:
        self._entries: tuple[ProgrammeEntry, ...] = ()
        super().__init__(session, source, parent, chooser)

    def title(self) -> str:
        """Return what the window is called."""
        return _("Take the programme list from a file")

    def asked(self) -> str:
        """Return what a sheet must hold."""
        return _(
            "The first sheet of a workbook (.xlsx) or a CSV file is read. One row heads the columns: Programme code, "
            "Programme name, Sub-programme code, Sub-programme name, Joint. Titles may stand above it."
        )

    def read(self, source: Path) -> tuple[str, tuple[GridRow, ...]]:
        """Read the programmes of a sheet."""
        self._entries = ()
        entries = read_list(source)
        told = programme_lists.preview(self._session.municipality.programme_list, entries)
        self._entries = entries
        return _told(source, told), tuple(GridRow(n, _cells(line), _role(line)) for n, line in enumerate(told.lines))

    def takes(self) -> bool:
        """Whether there is any programme."""
        return bool(self._entries)

    def take_over(self) -> str:
        """Make the programmes part of the list."""
        done = programme_lists.take_over(self._session.store, self._entries)
        said = _("The programme list: {added} added, {changed} changed. Ctrl+Z takes it back.")
        return said.format(added=done.added, changed=done.changed)

    def unchanged(self) -> str:
        """Return a sentence for where the list was that of the sheet already."""
        return _("The programme list is as in this file already; nothing was changed.")


def _told(source: Path, told: Preview) -> str:
    """Say what a sheet would do to the list."""
    said = _("“{file}”: {programmes} programmes with {subs} sub-programmes; {new} new, {changed} changed.").format(
        file=source.name,
        programmes=sum(not line.is_sub for line in told.lines),
        subs=sum(line.is_sub for line in told.lines),
        new=told.count(State.NEW),
        changed=told.count(State.CHANGED),
    )
    return with_left(said, told.left)


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
