"""The grid of the performance targets under a goal: each says its objective, the blank row the one it will have."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal

from perfdesk.domain.numbers import format_number
from perfdesk.domain.plan import Goal, Objective
from perfdesk.domain.programme import Programme, Target
from perfdesk.gui.grid.table_model import Content, GridCell, Index
from perfdesk.gui.models.record_model import Above, RecordColumn, RecordModel
from perfdesk.gui.refused import Row
from perfdesk.gui.session import Session
from perfdesk.i18n import N_
from perfdesk.services.editing import targets
from perfdesk.services.paste.bulk import Entries, Refused
from perfdesk.tables.context import coded
from perfdesk.tables.table import ColumnKind

_OBJECTIVE: Final = "objective"


@dataclass(frozen=True, slots=True)
class UnderGoal:
    """What a goal's form knows: the goal, its objectives and targets, and the objective a new target comes under."""

    goal: Callable[[], Goal | None]
    objectives: Callable[[], Sequence[Objective]]
    targets: Callable[[], Sequence[Target]]
    chosen: Callable[[], Objective | None]


class GoalTargetModel(RecordModel):
    """Performans hedefleri. ``added`` carries the row of a target that has just been begun in the blank row."""

    added = Signal(int)

    def __init__(self, session: Session, goal: UnderGoal, parent: QObject | None = None) -> None:
        super().__init__(session, "target", (), goal.targets, self._under_chosen, parent)
        self._goal = goal
        self._begun = 0

    def content(self) -> Content:
        """Return a row for each target; where there are several objectives, with the one it stands under."""
        self._record_columns = self._columns()
        return super().content()

    def new_cells(self, content: Content) -> tuple[GridCell, ...]:
        """Return blank cells, with the objective that the row comes to stand under."""
        cells = super().new_cells(content)
        chosen = self._goal.chosen()
        name = self.name_of(chosen) if chosen else ""
        return tuple(
            cell._replace(text=name) if column.key == _OBJECTIVE else cell
            for column, cell in zip(content.columns, cells, strict=True)
        )

    def rows_above(self) -> tuple[Row, ...]:
        """Return the goal and the year's programme, whichever objective a new target comes to stand under."""
        goal = self._goal.goal()
        return (*((Row.of("goal", goal.row),) if goal is not None else ()), *super().rows_above())

    def insert_row(self) -> int:
        """Add a target behind the last one of the objective."""
        above = self._under_chosen()
        assert above is not None
        self._begun = targets.add_target(self.session.store, _whole(above["programme"]), _whole(above[_OBJECTIVE]))
        return self._begun

    def add_many(self, entries: Sequence[Entries]) -> tuple[list[int], Refused]:
        """Add targets one behind the other; there are never many."""
        rows = [self.insert_row() for _entry in entries]
        self._begun = 0
        return rows, self.write_many(dict(zip(rows, entries, strict=True)))

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        self._begun = 0
        is_taken = super().setData(index, value, role)
        begun, self._begun = self._begun, 0
        # what is refused begins no row
        if begun and self.row_of(begun) >= 0:
            self.added.emit(begun)
        return is_taken

    def name_of(self, objective: Objective) -> str:
        """Return an objective's code and title."""
        return coded(self._codes(f"{_OBJECTIVE}s").get(objective.id, ""), objective.title)

    def _columns(self) -> tuple[RecordColumn, ...]:
        columns = (
            RecordColumn("code", N_("Code"), ColumnKind.CODE, 1, shown=lambda one: self._codes("targets")[one.id]),
            RecordColumn("title", N_("Performance target"), weight=8),
            RecordColumn(_OBJECTIVE, N_("Objective"), weight=4, shown=self._objective_of),
            RecordColumn("indicators", N_("Indicators"), ColumnKind.VALUE, shown=lambda one: str(len(one.indicators))),
            RecordColumn("activities", N_("Activities"), ColumnKind.VALUE, shown=lambda one: str(len(one.activities))),
            RecordColumn("need", N_("Total (TL)"), ColumnKind.AMOUNT, shown=self._need),
        )
        has_choice = len(self._goal.objectives()) > 1
        return tuple(column for column in columns if column.key != _OBJECTIVE or has_choice)

    def _under_chosen(self) -> Above | None:
        ctx, chosen = self.session.context, self._goal.chosen()
        programme: Programme | None = ctx.programme if ctx else None
        return {"programme": programme.row, _OBJECTIVE: chosen.row} if programme and chosen else None

    def _objective_of(self, target: Target) -> str:
        found = next((one for one in self._goal.objectives() if one.id == target.objective), None)
        return self.name_of(found) if found else ""

    def _codes(self, kind: str) -> Mapping[str, str]:
        ctx = self.session.context
        return getattr(ctx.codes, kind) if ctx else {}

    def _need(self, target: Target) -> str:
        ctx = self.session.context
        return format_number(ctx.ledger.targets[target.id].total, ctx.needed_places) if ctx else ""


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value
