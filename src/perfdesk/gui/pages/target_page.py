"""The form of a performance target: its texts, its indicators, its activities and their cost."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from perfdesk.domain.programme import Target
from perfdesk.gui import colours
from perfdesk.gui.cost_model import CostModel
from perfdesk.gui.edit_model import EditModel
from perfdesk.gui.forms.ui_target_page import Ui_TargetPage
from perfdesk.gui.grid_view import GridView
from perfdesk.gui.indicator_model import IndicatorModel
from perfdesk.gui.locate import Place
from perfdesk.gui.pages.headings import colour_ground, colour_text, make_heading, make_page, make_quiet
from perfdesk.gui.session import Session
from perfdesk.i18n import _
from perfdesk.services import editing


class TargetPage(QWidget):
    """Shows and edits one target. ``target_wanted`` carries the id of another one to turn to."""

    target_wanted = Signal(str)
    numbers_selected = Signal(object)
    problem_said = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.target_id = ""
        self._neighbours = ("", "")
        self.ui = Ui_TargetPage()
        self.ui.setupUi(self)
        self.indicators = IndicatorModel(session, self)
        self.costs = CostModel(session, self)
        self._prepare_texts()
        for grid, model, problem, add in (
            (self.ui.indicators, self.indicators, self.ui.indicators_problem, self.ui.add_indicator),
            (self.ui.costs, self.costs, self.ui.costs_problem, self.ui.add_activity),
        ):
            self._prepare_grid(grid, model, problem)
            add.clicked.connect(lambda _checked=False, grid=grid: grid.add_row())
            add.setEnabled(not session.read_only)
        self.ui.all_codes.toggled.connect(self.costs.set_show_all)
        self.ui.previous.clicked.connect(lambda: self.target_wanted.emit(self._neighbours[0]))
        self.ui.next.clicked.connect(lambda: self.target_wanted.emit(self._neighbours[1]))

    @property
    def grids(self) -> tuple[GridView, GridView]:
        """The two grids."""
        return self.ui.indicators, self.ui.costs

    def _prepare_texts(self) -> None:
        ui = self.ui
        make_page(ui.content)
        make_quiet(ui.breadcrumb)
        make_quiet(ui.title_label)
        make_quiet(ui.description_label)
        make_quiet(ui.costs_unit)
        make_heading(ui.heading, 1.35)
        make_heading(ui.indicators_label, 1.05)
        make_heading(ui.costs_label, 1.05)
        ui.description.several_lines = True
        ui.description.fewest_lines = 2
        ui.description.most_lines = 6
        for field, column in ((ui.title, "title"), (ui.description, "description")):
            field.setReadOnly(self.session.read_only)
            if self.session.read_only:
                colour_ground(field, colours.shade(field.palette()))
            field.left.connect(lambda text, column=column: self._write(column, text))

    def _prepare_grid(self, grid: GridView, model: EditModel, problem: QLabel) -> None:
        grid.setModel(model)
        if model is self.costs:
            # only amounts can be added up; indicators count different things
            grid.numbers_selected.connect(self.numbers_selected)
        problem.hide()
        colour_text(problem, colours.wrong(problem.palette()))

        def tell() -> None:
            """Say what is wrong with the cell in hand, or else with the entry refused last."""
            said = model.wrong(grid.currentIndex()) or model.newest()
            count = len(model.problems())
            text = f"! {said.error.sentence()}" if said else ""
            if count > 1:
                text += " " + _("({count} entries to be mended)").format(count=count)
            if text and text != problem.text():
                # the line below a long grid may be out of sight
                self.problem_said.emit(text)
            problem.setText(text)
            problem.setVisible(bool(text))

        model.problems_changed.connect(tell)
        grid.selectionModel().currentChanged.connect(tell)

    # --- showing ----------------------------------------------------------------------------------------------------

    def show_target(self, id_: str, neighbours: tuple[str, str]) -> None:
        """Turn to a target; ``neighbours`` are the ids of the one before and the one after, or ""."""
        another = id_ != self.target_id
        if another:
            self.commit()
        self.target_id = id_
        self._neighbours = neighbours
        self.indicators.set_target(id_)
        self.costs.set_target(id_)
        self._show_texts()
        if another:
            self.ui.scroll.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """Show the snapshot of now."""
        self.indicators.refresh()
        self.costs.refresh()
        self._show_texts()

    def _show_texts(self) -> None:
        ctx, target = self.session.context, self.session.target(self.target_id)
        if ctx is None or target is None:
            return
        self.ui.heading.setText(f"{ctx.codes.targets[target.id]}  {target.title}")
        self.ui.breadcrumb.setText(self._above(target))
        self.ui.title.show_text(target.title)
        self.ui.description.show_text(target.description)
        for button, id_, text in (
            (self.ui.previous, self._neighbours[0], "‹ {code}"),
            (self.ui.next, self._neighbours[1], "{code} ›"),
        ):
            button.setVisible(id_ in ctx.codes.targets)
            button.setText(text.format(code=ctx.codes.targets.get(id_, "")))

    def _above(self, target: Target) -> str:
        ctx = self.session.context
        goal, objective = ctx.objectives.get(target.objective, (None, None)) if ctx else (None, None)
        if ctx is None or goal is None or objective is None:
            return _("Without a goal")
        names = (
            _("Goal {code} · {title}").format(code=ctx.codes.goals[goal.id], title=goal.title),
            _("Objective {code} · {title}").format(code=ctx.codes.objectives[objective.id], title=objective.title),
        )
        return "  ›  ".join(names)

    def show_place(self, place: Place) -> None:
        """Bring what changed into sight and under the keyboard."""
        ui = self.ui
        if place.part in ("title", "description"):
            field = ui.title if place.part == "title" else ui.description
            field.setFocus()
            ui.scroll.ensureWidgetVisible(field)
        else:
            grid = ui.indicators if place.part == "indicator" else ui.costs
            if grid.model().rowCount():
                grid.setFocus()
            grid.show_cell(place.row, place.column)

    # --- writing ----------------------------------------------------------------------------------------------------

    def commit(self) -> None:
        """Write whatever is being typed."""
        self.ui.title.commit()
        self.ui.description.commit()
        for grid in self.grids:
            grid.commit_editor()

    def _write(self, column: str, text: str) -> None:
        target = self.session.target(self.target_id)
        if target is not None:
            editing.set_text(self.session.store, "target", target.row, column, text)
