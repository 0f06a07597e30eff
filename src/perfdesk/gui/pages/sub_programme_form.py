"""What the form of a sub-programme has instead of a target's texts: description, units, objectives."""

from typing import Any, Final

from PySide6.QtCore import QObject

from perfdesk.domain import turkish
from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import SubProgramme, SubProgrammeObjective
from perfdesk.gui.fields.bind import Binding, BoundField, columns
from perfdesk.gui.forms.ui_target_page import Ui_TargetPage
from perfdesk.gui.grid.table_model import Content, GridCell
from perfdesk.gui.models.record_model import RecordColumn, RecordModel
from perfdesk.gui.session import Session
from perfdesk.i18n import N_
from perfdesk.services.editing import sub_programmes
from perfdesk.services.editing.units import SEPARATOR, read_units
from perfdesk.tables.table import ColumnKind

_SERVED: Final = "objectives"
_COLUMNS: Final = (
    RecordColumn("title", N_("Objective"), ColumnKind.TEXT, 6),
    RecordColumn(
        _SERVED,
        N_("Serves the objectives"),
        ColumnKind.CODE,
        2,
        N_("Codes of the strategic plan's objectives, several parted by semicolons"),
    ),
)


class ObjectiveModel(RecordModel):
    """Alt program hedefleri, with the codes of the plan's objectives they serve."""

    def __init__(self, session: Session, sub: Any, parent: QObject | None = None) -> None:
        self._sub = sub
        super().__init__(session, "sub_programme_objective", _COLUMNS, self._objectives, self._above_new, parent)

    def write(self, row: int, column: str, text: str) -> None:
        """Write a title, or the codes of the objectives served."""
        if column == _SERVED:
            sub_programmes.link_objectives(self.session.store, row, self._read(text))
        else:
            super().write(row, column, text)

    def new_cells(self, content: Content) -> tuple[GridCell, ...]:
        """Return blank cells."""
        return tuple(GridCell(editable=True) for _column in content.columns)

    def _objectives(self) -> tuple[SubProgrammeObjective, ...]:
        sub: SubProgramme | None = self._sub()
        return sub.objectives if sub else ()

    def _above_new(self) -> Any:
        sub: SubProgramme | None = self._sub()
        return {"sub_programme": sub.row} if sub else None

    def _cell(self, column: RecordColumn, record: Any) -> GridCell:
        if column.key != _SERVED:
            return super()._cell(column, record)
        ctx = self.session.context
        text = f"{SEPARATOR} ".join(ctx.codes.objectives.get(id_, "") for id_ in record.objectives) if ctx else ""
        return GridCell(text, text, editable=True)

    def _read(self, text: str) -> list[int]:
        ctx = self.session.context
        assert ctx is not None
        by_code = {code: ctx.objectives[id_][1].row for id_, code in ctx.codes.objectives.items()}
        rows = []
        for part in turkish.normalise(text).split(SEPARATOR):
            code = part.strip()
            if code and code not in by_code:
                raise UserError(
                    N_("The plan has no objective with the code “{typed}”. Type one of: {codes}."),
                    typed=code,
                    codes=", ".join(by_code),
                )
            if code:
                rows.append(by_code[code])
        return rows


def bind_sub_programme(session: Session, ui: Ui_TargetPage, sub: Any, parent: Any) -> Binding:
    """Bind the description and the units of the sub-programme that ``sub`` gives."""

    def units(record: SubProgramme) -> str:
        ctx = session.context
        return f"{SEPARATOR} ".join(ctx.unit_names(record.units)) if ctx else ""

    def set_units(record: SubProgramme, text: str) -> None:
        sub_programmes.set_units(session.store, record.row, read_units(session.municipality.units, text))

    fields = {
        **columns(session, "sub_programme", {"description": ui.sub_description}),
        "units": BoundField(ui.sub_units, units, set_units),
    }
    return Binding(session, sub, fields, parent, table="sub_programme")
