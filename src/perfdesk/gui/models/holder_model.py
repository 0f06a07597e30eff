"""What the grids of a target and of a sub-programme have in common: whose rows they show."""

from collections.abc import Iterable

from PySide6.QtCore import QObject

from perfdesk.domain.programme import Activity, Indicator, SubProgramme, Target
from perfdesk.gui.grid.edit_model import EditModel
from perfdesk.gui.grid.table_model import GridCell
from perfdesk.gui.refused import Row
from perfdesk.gui.session import Session
from perfdesk.services.editing import records
from perfdesk.services.places import Key
from perfdesk.tables.context import Context


class HolderModel(EditModel):
    """Rows that belong to a target or to a sub-programme."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.entry: Key = ("", "")

    @property
    def holder(self) -> Target | SubProgramme | None:
        """The target or sub-programme whose rows are shown."""
        return self.session.holder(self.entry)

    def set_entry(self, entry: Key) -> None:
        """Turn to a target or sub-programme of the year in hand; ``refresh`` shows it."""
        self.entry = entry

    def rows_above(self) -> tuple[Row, ...]:
        """Return the row of the target or sub-programme."""
        holder = self.holder
        return (Row.of(self.entry[0], holder.row),) if holder is not None else ()

    def can_add(self) -> bool:
        """Whether there is a target or sub-programme to add to."""
        return self.holder is not None

    def insert_row(self) -> int:
        """Add a row at the end of the target or sub-programme."""
        holder = self.holder
        assert holder is not None
        return records.add(self.session.store, self.kind, **{self.entry[0]: holder.row})


def takes_codes(ctx: Context, kind: str, items: Iterable[Indicator | Activity]) -> bool:
    """Return whether the grid of these indicators or activities has a column for codes.

    It has one where the layout numbers them, or one of them was given a code that counts. The printed tables ask
    something else (``performance_target.prints_codes``): they stand on one sheet, so that a single code brings the
    column to all targets. A grid is by itself; a code typed for another target would leave it an empty column.
    """
    if ctx.layout.codes[kind]:
        return True
    return kind not in ctx.layout.always_numbered and any(item.code for item in items)


def code_cell(ctx: Context, kind: str, stored: str, printed: str) -> GridCell:
    """Return the cell of a code: by position, but can be typed over; some layouts number in any case."""
    if kind in ctx.layout.always_numbered:
        return GridCell(printed, computed=True)
    return GridCell(printed, stored or printed, editable=True, computed=True)
