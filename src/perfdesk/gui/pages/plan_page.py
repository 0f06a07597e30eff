"""The form of the strategic plan: its periods, mission, vision, values and goals."""

from collections.abc import Sequence
from typing import Final

from perfdesk.domain.plan import Goal, Plan
from perfdesk.gui.forms.ui_plan_page import Ui_PlanPage
from perfdesk.gui.models.record_model import Above, RecordColumn, RecordModel
from perfdesk.gui.pages.section_page import SectionPage
from perfdesk.i18n import N_, _
from perfdesk.tables.table import ColumnKind

_PERIODS: Final = (
    RecordColumn("first_year", N_("First year"), ColumnKind.VALUE),
    RecordColumn("last_year", N_("Last year"), ColumnKind.VALUE),
    RecordColumn("goals", N_("Goals"), ColumnKind.VALUE, shown=lambda plan: str(len(plan.goals))),
)
_PLAN_YEARS: Final = 5


class PlanPage(SectionPage):
    """Amaç ve hedefler."""

    def add_own_content(self) -> None:
        """Put the plan's fields and grids above the text."""
        self.ui = ui = Ui_PlanPage()
        self.add_content(ui)
        for field in (ui.mission, ui.vision, ui.values):
            field.several_lines = True
            field.most_lines = 10
        ui.values.setToolTip(_("One in each line"))
        self.bind("plan", self.plan, {name: getattr(ui, name) for name in ("mission", "vision", "values")})
        self.goals = RecordModel(self.session, "goal", self._columns(), self._goals, self._in_plan, self)
        self.plans = RecordModel(
            self.session, "plan", _PERIODS, lambda: self.session.municipality.plans, self._next_period, self
        )
        self.set_grid(ui.goals, self.goals)
        self.set_grid(ui.plans, self.plans)
        ui.goals.grid.offer_details(_("&Open the goal"))
        ui.goals.grid.details_wanted.connect(self._go)

    def plan(self) -> Plan | None:
        """Return the plan of the year in hand."""
        return self.session.municipality.plan_of(self.session.year)

    def note(self) -> str:
        """Say which plan is shown."""
        plan = self.plan()
        if plan is None:
            return _("No plan period covers {year}. Add one below.").format(year=self.session.year)
        return _("Strategic plan {first}–{last}").format(first=plan.first_year, last=plan.last_year)

    def _columns(self) -> Sequence[RecordColumn]:
        return (
            RecordColumn("code", N_("Code"), ColumnKind.CODE, 1, shown=self._code),
            RecordColumn("title", N_("Goal"), weight=8),
            RecordColumn("service_area", N_("Service area"), weight=3),
            RecordColumn(
                "objectives", N_("Objectives"), ColumnKind.VALUE, shown=lambda goal: str(len(goal.objectives))
            ),
        )

    def _goals(self) -> tuple[Goal, ...]:
        plan = self.plan()
        return plan.goals if plan else ()

    def _in_plan(self) -> Above | None:
        plan = self.plan()
        return {"plan": plan.row} if plan else None

    def _next_period(self) -> Above:
        """Return the years of a new period: behind the last one."""
        last = max((plan.last_year for plan in self.session.municipality.plans), default=self.session.year - 1)
        return {"first_year": last + 1, "last_year": last + _PLAN_YEARS}

    def _code(self, goal: Goal) -> str:
        ctx = self.session.context
        return ctx.codes.goals.get(goal.id, "") if ctx else ""

    def _go(self, at: int) -> None:
        goals = self._goals()
        if 0 <= at < len(goals):
            self.entry_wanted.emit(("goal", goals[at].id))
