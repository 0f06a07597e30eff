"""The form of a goal: its title, its objectives, and the year's performance targets under them."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from perfdesk.domain.numbers import shortened
from perfdesk.domain.plan import Goal, Objective
from perfdesk.domain.programme import Target
from perfdesk.gui.forms.ui_goal_page import Ui_GoalPage
from perfdesk.gui.models.goal_target_model import GoalTargetModel, UnderGoal
from perfdesk.gui.models.record_model import Above, RecordColumn, RecordModel
from perfdesk.gui.pages.page import Page
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.outline import goal_of
from perfdesk.tables.table import ColumnKind


class GoalPage(Page):
    """Stratejik amaç."""

    shows_findings_of = ("goal", "objective", "target")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.ui = ui = Ui_GoalPage()
        self.add_content(ui)
        self.bind("goal", self.goal, {"title": ui.title, "service_area": ui.service_area})
        self.objectives = RecordModel(
            session, "objective", self._objective_columns(), self._objectives, self._in_goal, self
        )
        # the objective that a new target comes to stand under, where one was chosen
        self._chosen = ""
        self.targets = GoalTargetModel(
            session, UnderGoal(self.goal, self._objectives, self._targets, self._under), self
        )
        self.set_grid(ui.objectives, self.objectives)
        self.set_grid(ui.targets, self.targets)
        self.targets.added.connect(self._say_added)
        ui.objectives.grid.selectionModel().currentChanged.connect(self._follow_objective)
        ui.targets.grid.offer_details(_("&Open the performance target"))
        ui.targets.grid.details_wanted.connect(self._go)
        self._add_text = ui.targets.add.text()
        self._objective_menu = QMenu(self)
        ui.targets.add.setStyleSheet("QToolButton::menu-indicator { image: none; }")

    def goal(self) -> Goal | None:
        """Return the goal shown; None for the targets that stand under none."""
        plan = self.session.municipality.plan_of(self.session.year)
        return next((goal for goal in plan.goals if goal.id == self.entry.id), None) if plan else None

    def turn(self) -> None:
        """Take up another goal, whose objectives are others."""
        if self._chosen not in (one.id for one in self._objectives()):
            self._chosen = ""

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        self._offer_objectives()
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

    def _under(self) -> Objective | None:
        """Return where a new target comes to stand: under the objective chosen, or else the last target's."""
        objectives, shown = self._objectives(), self._targets()
        wanted = (self._chosen, shown[-1].objective if shown else "")
        found = (one for id_ in wanted for one in objectives if one.id == id_)
        return next(found, objectives[0] if objectives else None)

    def _codes(self, kind: str, record: Any) -> str:
        ctx = self.session.context
        return getattr(ctx.codes, kind).get(record.id, "") if ctx else ""

    # --- under which objective ----------------------------------------------------------------------------------------

    def _choose(self, objective: str) -> None:
        """Let new targets come to stand under an objective."""
        if objective != self._chosen:
            self._chosen = objective
            self.targets.refresh()

    def _follow_objective(self, index: QModelIndex) -> None:
        """Let new targets come to stand under the objective that is gone to."""
        objectives = self._objectives()
        if 0 <= index.row() < len(objectives):
            self._choose(objectives[index.row()].id)

    def _offer_objectives(self) -> None:
        """Let the command that begins a target ask under which objective, where there are several."""
        add, menu, objectives = self.ui.targets.add, self._objective_menu, self._objectives()
        menu.clear()
        for objective in objectives:
            # an ampersand of a title is no mnemonic
            action = menu.addAction(self.targets.name_of(objective).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, id_=objective.id: self._begin_under(id_))
        has_choice = len(objectives) > 1
        add.setText(f"{self._add_text} ▾" if has_choice else self._add_text)
        add.setMenu(menu if has_choice else None)  # type: ignore[arg-type] # None takes it away
        mode = QToolButton.ToolButtonPopupMode
        add.setPopupMode(mode.InstantPopup if has_choice else mode.DelayedPopup)

    def _begin_under(self, objective: str) -> None:
        self._choose(objective)
        self.ui.targets.grid.go_to_new()

    def _say_added(self, row: int) -> None:
        """Say where a new target has come to stand: in the list it may be far from the blank row."""
        target = next((one for one in self._targets() if one.row == row), None)
        objective = next((one for one in self._objectives() if target and one.id == target.objective), None)
        if target is not None and objective is not None:
            said = _("Performance target {code} was added under objective {objective}.")
            name = shortened(self.targets.name_of(objective))
            self.problem_said.emit(said.format(code=self._codes("targets", target), objective=name))

    def _go(self, at: int) -> None:
        shown = self._targets()
        if 0 <= at < len(shown):
            self.entry_wanted.emit(("target", shown[at].id))


_NO_GOAL: Final = Goal("")
