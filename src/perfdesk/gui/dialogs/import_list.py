"""The programme list from a file: shows what was read and what it would change, before it is taken over."""

from pathlib import Path
from typing import Final

from perfdesk.domain.plan import ProgrammeEntry
from perfdesk.gui.dialogs.import_sheet import ImportSheet, become, grid_rows, with_left
from perfdesk.gui.grid.table_model import GridCell, GridRow
from perfdesk.i18n import N_, _
from perfdesk.services.editing.fields import NO, YES
from perfdesk.services.files import programme_lists
from perfdesk.services.files.programme_lists import Line, Preview
from perfdesk.services.files.programme_sheets import read_list
from perfdesk.services.files.sheet_state import State
from perfdesk.tables.table import Column, ColumnKind, Role

# sub-programmes stand a little to the right of their programme
_INDENT: Final = "    "


class ImportList(ImportSheet):
    """Shows the programmes of a sheet."""

    name = N_("Take the programme list from a file")
    caption = N_("Choose the sheet with the programme list")
    asked = N_(
        "The first sheet of a workbook (.xlsx) or a CSV file is read. One row heads the columns: Programme code, "
        "Programme name, Sub-programme code, Sub-programme name, Joint. Titles may stand above it."
    )
    unchanged = N_("The programme list is as in this file already; nothing was changed.")
    columns = (
        Column("code", N_("Code"), ColumnKind.CODE, 1),
        Column("name", N_("Programme and its sub-programmes"), ColumnKind.TEXT, 6),
        Column("joint", N_("Joint"), ColumnKind.CODE, 1),
        Column("what", N_("What it is to the list"), ColumnKind.TEXT, 4),
    )
    topic = "programme_list"

    _entries: tuple[ProgrammeEntry, ...] = ()

    def read(self, source: Path) -> tuple[str, tuple[GridRow, ...]]:
        """Read the programmes of a sheet."""
        self._entries = ()
        entries = read_list(source)
        told = programme_lists.preview(self._session.municipality.programme_list, entries)
        self._entries = entries
        return _told(source, told), grid_rows(told.lines, _cells, _role)

    def takes(self) -> bool:
        """Whether there is any programme."""
        return bool(self._entries)

    def take_over(self) -> str:
        """Make the programmes part of the list."""
        done = programme_lists.take_over(self._session.store, self._entries)
        said = _("The programme list: {added} added, {changed} changed. Ctrl+Z takes it back.")
        return said.format(added=done.added, changed=done.changed)


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
    texts = (line.code, f"{_INDENT if line.is_sub else ''}{line.name}", joint, become(line.state, line.before))
    return tuple(GridCell(text, text.strip()) for text in texts)


def _role(line: Line) -> Role:
    return Role.DETAIL if line.is_sub else Role.SUBTOTAL
