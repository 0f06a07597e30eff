"""Domain objects → rows: a whole municipality for a new file, or single programmes, targets and sheets."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Protocol

from perfdesk.domain.costs import CostSheet
from perfdesk.domain.plan import Plan
from perfdesk.domain.programme import Activity, Indicator, Municipality, Programme, SubProgramme, Target
from perfdesk.domain.resources import ResourceTable
from perfdesk.domain.results import Expenditure, ExpenditureByUnit, Results
from perfdesk.storage import filling_versions
from perfdesk.storage.rows import value_columns

Rows = Mapping[str, int]


class Writer(Protocol):
    """What writes rows: the store, or a new file being made."""

    def insert(self, table: str, **fields: object) -> int:
        """Insert a row and return its id."""

    def update(self, table: str, row: int, **fields: object) -> None:
        """Change fields of a row."""


def fill(to: Writer, municipality: Municipality) -> None:
    """Insert a whole municipality into an empty file."""
    administration = municipality.administration
    to.insert("administration", id=1, **_fields(administration, "population", "signatories", "personnel_statuses"))
    for population in administration.population:
        to.insert("population", **_fields(population))
    for n, signatory in enumerate(administration.signatories):
        to.insert("signatory", position=n, **_fields(signatory))
    for n, status in enumerate(administration.personnel_statuses):
        to.insert("personnel_status", position=n, **_fields(status))
    units = {
        unit.id: to.insert("unit", position=n, identity=unit.id, **_fields(unit, "id", "parent"))
        for n, unit in enumerate(municipality.units)
    }
    # a parent may stand after its children
    for unit in municipality.units:
        if unit.parent:
            to.update("unit", units[unit.id], parent=units[unit.parent])
    pictures = {
        picture.id: to.insert("picture", position=n, identity=picture.id, **_fields(picture, "id"))
        for n, picture in enumerate(municipality.pictures)
    }
    objectives = [plan_rows(to, plan, n) for n, plan in enumerate(municipality.plans)]
    entries: dict[str, int] = {}
    for n, entry in enumerate(municipality.programme_list):
        entry_row = to.insert(
            "programme_entry", position=n, identity=entry.id, **_fields(entry, "id", "sub_programmes")
        )
        for s, sub in enumerate(entry.sub_programmes):
            entries[sub.id] = to.insert(
                "sub_programme_entry", programme_entry=entry_row, position=s, identity=sub.id, **_fields(sub, "id")
            )
    for n, programme in enumerate(municipality.programmes):
        own = municipality.plan_of(programme.year)
        known = objectives[municipality.plans.index(own)] if own else {}
        ProgrammeFiller(to, units, known, entries, pictures).fill(programme, n)


def plan_rows(to: Writer, plan: Plan, position: int) -> dict[str, int]:
    """Insert a plan period with its goals; return the rows of its objectives by their identities."""
    row = to.insert("plan", position=position, **_fields(plan, "goals"))
    objectives: dict[str, int] = {}
    for g, goal in enumerate(plan.goals):
        goal_row = to.insert("goal", plan=row, position=g, identity=goal.id, **_fields(goal, "id", "objectives"))
        for o, objective in enumerate(goal.objectives):
            objectives[objective.id] = to.insert(
                "objective", goal=goal_row, position=o, identity=objective.id, **_fields(objective, "id")
            )
    return objectives


class ProgrammeFiller:
    """Inserts the parts of a programme, given the rows that its references lead to."""

    def __init__(self, to: Writer, units: Rows, objectives: Rows, entries: Rows, pictures: Rows) -> None:
        self._to = to
        self._units = units
        self._objectives = objectives
        self._entries = entries
        self._pictures = pictures
        self._sub_objectives: dict[str, int] = {}
        self._indicators: dict[str, int] = {}
        self._activities: dict[str, int] = {}

    def fill(self, programme: Programme, position: int) -> int:
        """Insert a whole programme and return its row."""
        to = self._to
        row = to.insert(
            "programme",
            position=position,
            year=programme.year,
            form=programme.form,
            layout=programme.layout,
            layout_settings=dict(programme.layout_settings),
        )
        # what they hold may refer to the objectives of any of them
        sub_rows = [self._sub_programme(sub, row, n) for n, sub in enumerate(programme.sub_programmes)]
        for sub, sub_row in zip(programme.sub_programmes, sub_rows, strict=True):
            self._held(sub, row, sub_programme=sub_row)
        for n, target in enumerate(programme.targets):
            self.target(target, row, n)
        for table, items in (
            ("general_administration", programme.general_administration),
            ("transfer", programme.transfers),
            ("policy_document", programme.policy_documents),
            ("appropriation_by_code", programme.appropriations.by_code),
            ("acceptance", programme.acceptances),
        ):
            self._listed(table, items, programme=row)
        for n, other in enumerate(programme.other_general_administration):
            to.insert("other_general_administration", programme=row, position=n, **_fields(other, "source"))
        for n, resource_table in enumerate(programme.resource_tables):
            self.resource_table(resource_table, row, n)
        for n, section in enumerate(programme.sections):
            section_row = to.insert("section", programme=row, position=n, key=section.key, title=section.title)
            for b, block in enumerate(section.blocks):
                to.insert(
                    "section_block",
                    section=section_row,
                    position=b,
                    **_fields(block, "picture"),
                    picture=self._pictures.get(block.picture),
                )
        for n, appropriation in enumerate(programme.appropriations.by_unit):
            unit = self._units.get(appropriation.unit)
            to.insert("appropriation_by_unit", programme=row, position=n, unit=unit, amount=appropriation.amount)
        self._results(programme.results, row)
        filling_versions.fill(to, programme.versions, row)
        return row

    def target(self, target: Target, programme: int, position: int) -> int:
        """Insert a target with all it holds and return its row."""
        row = self._to.insert(
            "target",
            programme=programme,
            objective=self._objectives[target.objective],
            position=position,
            identity=target.id,
            **_fields(target, "id", "objective", "indicators", "activities", "cost_sheets"),
        )
        self._held(target, programme, target=row)
        return row

    def _sub_programme(self, sub: SubProgramme, programme: int, position: int) -> int:
        row = self._to.insert(
            "sub_programme",
            programme=programme,
            sub_programme_entry=self._entries[sub.sub_programme],
            position=position,
            description=sub.description,
        )
        for n, unit in enumerate(sub.units):
            self._to.insert("sub_programme_unit", sub_programme=row, unit=self._units[unit], position=n)
        for n, objective in enumerate(sub.objectives):
            objective_row = self._to.insert(
                "sub_programme_objective", sub_programme=row, position=n, identity=objective.id, title=objective.title
            )
            self._sub_objectives[objective.id] = objective_row
            for o, link in enumerate(objective.objectives):
                self._to.insert(
                    "objective_link",
                    sub_programme_objective=objective_row,
                    objective=self._objectives[link],
                    position=o,
                )
        return row

    def _held(self, holder: Target | SubProgramme, programme: int, **above: int) -> None:
        for n, indicator in enumerate(holder.indicators):
            self.indicator(indicator, programme, n, **above)
        for n, activity in enumerate(holder.activities):
            self.activity(activity, programme, n, **above)
        for n, sheet in enumerate(holder.cost_sheets):
            self.cost_sheet(sheet, n, **above)

    def indicator(self, indicator: Indicator, programme: int, position: int, **above: int) -> int:
        """Insert an indicator with its values and return its row."""
        row = self._to.insert(
            "indicator",
            programme=programme,
            position=position,
            identity=indicator.id,
            owner=self._units.get(indicator.owner),
            sub_programme_objective=self._sub_objectives.get(indicator.sub_programme_objective),
            **above,
            **_fields(indicator, "id", "values", "owner", "sub_programme_objective"),
        )
        self._indicators[indicator.id] = row
        for (year, kind), value in indicator.values.items():
            self._to.insert("indicator_value", indicator=row, year=year, kind=kind.value, **value_columns(value))
        return row

    def activity(self, activity: Activity, programme: int, position: int, **above: int) -> int:
        """Insert an activity and return its row."""
        row = self._to.insert(
            "activity",
            programme=programme,
            position=position,
            identity=activity.id,
            sub_programme_entry=self._entries.get(activity.sub_programme),
            **above,
            **_fields(activity, "id", "sub_programme"),
        )
        self._activities[activity.id] = row
        return row

    def cost_sheet(self, sheet: CostSheet, position: int, **above: int) -> int:
        """Insert a cost sheet with its lines and return its row."""
        row = self._to.insert("cost_sheet", position=position, note=sheet.note, **above)
        for n, activity in enumerate(sheet.activities):
            self._to.insert(
                "cost_sheet_activity",
                cost_sheet=row,
                activity=self._activities[activity],
                position=n,
                amount=sheet.split.get(activity),
            )
        for cooperating, units in ((False, sheet.units), (True, sheet.cooperating_units)):
            for n, unit in enumerate(units):
                self._to.insert(
                    "cost_sheet_unit", cost_sheet=row, unit=self._units[unit], cooperating=cooperating, position=n
                )
        self._listed("cost_line", sheet.lines, cost_sheet=row)
        self._listed("cost_transfer", sheet.transfers, cost_sheet=row)
        for source, amount in sheet.off_budget.items():
            self._to.insert("cost_off_budget", cost_sheet=row, source=source, amount=amount)
        self._listed("cost_other_amount", sheet.other_amounts, cost_sheet=row)
        return row

    def resource_table(self, table: ResourceTable, programme: int, position: int, *, of_results: bool = False) -> int:
        """Insert a resource table with its rows and return its row."""
        row = self._to.insert(
            "resource_table", programme=programme, position=position, of_results=of_results, **_fields(table, "rows")
        )
        for n, line in enumerate(table.rows):
            self._to.insert("resource_row", resource_table=row, position=n, cells=line.cells)
        return row

    def _results(self, results: Results, programme: int) -> None:
        to = self._to
        for n, result in enumerate(results.indicators):
            to.insert(
                "indicator_result",
                programme=programme,
                position=n,
                indicator=self._indicators[result.indicator],
                measure_unit=self._units.get(result.measure_unit),
                **value_columns(result.value),
                **_fields(result, "indicator", "value", "measure_unit"),
            )
        for n, spent in enumerate(results.activities):
            to.insert(
                "activity_result",
                programme=programme,
                position=n,
                activity=self._activities[spent.activity],
                **_fields(spent, "activity"),
            )
        accounts = results.budget
        for table, items in (
            ("revenue", accounts.revenue),
            ("expenditure_by_code", accounts.expenditure_by_code),
            ("balance_sheet_item", accounts.balance_sheet),
            ("debt", accounts.debts),
        ):
            self._listed(table, items, programme=programme)
        for n, by_unit in enumerate(accounts.expenditure_by_unit):
            self._of_unit("expenditure_by_unit", by_unit, programme, n)
        for n, fact in enumerate(accounts.expenditure):
            self._of_unit("expenditure", fact, programme, n)
        for n, unit_table in enumerate(results.unit_tables):
            self.resource_table(unit_table, programme, n, of_results=True)

    def _of_unit(self, table: str, fact: ExpenditureByUnit | Expenditure, programme: int, position: int) -> None:
        unit = self._units[fact.unit]
        self._to.insert(table, programme=programme, position=position, unit=unit, **_fields(fact, "unit"))

    def _listed(self, table: str, items: Iterable[object], **above: int) -> None:
        for n, item in enumerate(items):
            self._to.insert(table, position=n, **above, **_fields(item))


def _fields(item: object, *without: str) -> dict[str, object]:
    """Return a dataclass's own fields as columns; ``row`` is never one."""
    if not is_dataclass(item):
        raise TypeError(item)
    return {f.name: getattr(item, f.name) for f in fields(item) if f.name != "row" and f.name not in without}
