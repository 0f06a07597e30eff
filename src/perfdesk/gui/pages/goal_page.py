"""The form of a goal: its title, its objectives, and the year's performance targets under them."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from perfdesk.domain.numbers import format_number
from perfdesk.domain.plan import Goal, Objective
from perfdesk.domain.programme import Target
from perfdesk.gui.forms.ui_goal_page import Ui_GoalPage
from perfdesk.gui.models.record_model import Above, RecordColumn, RecordModel
from perfdesk.gui.pages.page import Page
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.outline import goal_of
from perfdesk.tables.table import ColumnKind


class GoalPage(Page):
    """Stratejik amaç."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.ui = ui = Ui_GoalPage()
        self.add_content(ui)
        self.bind("goal", self.goal, {"title": ui.title, "service_area": ui.service_area})
        self.objectives = RecordModel(
            session, "objective", self._objective_columns(), self._objectives, self._in_goal, self
        )
        self.targets = RecordModel(session, "target", self._target_columns(), self._targets, self._under, self)
        self.set_grid(ui.objectives, self.objectives)
        self.set_grid(ui.targets, self.targets)
        ui.targets.grid.activated.connect(lambda index: self._go(index.row()))
        ui.targets.grid.details_wanted.connect(self._go)

    def goal(self) -> Goal | None:
        """Return the goal shown; None for the targets that stand under none."""
        plan = self.session.municipality.plan_of(self.session.year)
        return next((goal for goal in plan.goals if goal.id == self.entry.id), None) if plan else None

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        goal, ctx = self.goal(), self.session.context
        for widget in (self.ui.title, self.ui.title_label, self.ui.service_area, self.ui.service_area_label):
            widget.setVisible(goal is not None)
        self.ui.objectives.setVisible(goal is not None)
        first = goal is not None and not goal.objectives
        self.say(_("Write an objective first; performance targets stand under objectives.") if first else "")
        self.ui.targets.setVisible(not first or bool(self._targets()))
        if goal is not None and ctx is not None:
            self.frame.heading.setText(f"{ctx.codes.goals[goal.id]}  {goal.title}")

    def _objective_columns(self) -> Sequence[RecordColumn]:
        return (
            RecordColumn("code", N_("Code"), ColumnKind.CODE, 1, shown=lambda o: self._codes("objectives", o)),
            RecordColumn("title", N_("Objective"), weight=8),
        )

    def _target_columns(self) -> Sequence[RecordColumn]:
        return (
            RecordColumn("code", N_("Code"), ColumnKind.CODE, 1, shown=lambda t: self._codes("targets", t)),
            RecordColumn("title", N_("Performance target"), weight=8),
            RecordColumn("indicators", N_("Indicators"), ColumnKind.VALUE, shown=lambda t: str(len(t.indicators))),
            RecordColumn("activities", N_("Activities"), ColumnKind.VALUE, shown=lambda t: str(len(t.activities))),
            RecordColumn("need", N_("Total (TL)"), ColumnKind.AMOUNT, shown=self._need),
        )

    def _objectives(self) -> tuple[Objective, ...]:
        goal = self.goal()
        return goal.objectives if goal else ()

    def _targets(self) -> list[Target]:
        ctx = self.session.context
        if ctx is None:
            return []
        return [target for target in ctx.programme.targets if (goal_of(ctx, target) or _NO_GOAL).id == self.entry.id]

    def _in_goal(self) -> Above | None:
        goal = self.goal()
        return {"goal": goal.row} if goal else None

    def _under(self) -> Above | None:
        """Return where a new target comes to stand: under the objective in hand, or else the last target's."""
        ctx, objectives = self.session.context, self._objectives()
        if ctx is None or not objectives:
            return None
        at = self.ui.objectives.grid.currentIndex().row()
        shown = self._targets()
        chosen = objectives[at] if 0 <= at < len(objectives) else None
        if chosen is None:
            last = shown[-1].objective if shown else ""
            chosen = next((objective for objective in objectives if objective.id == last), objectives[0])
        return {"programme": ctx.programme.row, "objective": chosen.row}

    def _codes(self, kind: str, record: Any) -> str:
        ctx = self.session.context
        return getattr(ctx.codes, kind).get(record.id, "") if ctx else ""

    def _need(self, target: Target) -> str:
        ctx = self.session.context
        return format_number(ctx.ledger.targets[target.id].total, ctx.needed_places) if ctx else ""

    def _go(self, at: int) -> None:
        shown = self._targets()
        if 0 <= at < len(shown):
            self.entry_wanted.emit(("target", shown[at].id))


_NO_GOAL: Final = Goal("")
