"""Performans programı: one year's targets, indicators, activities and costs, and the municipality that owns them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from perfdesk.domain.administration import Administration, Picture, Unit
from perfdesk.domain.control import Acceptance, Appropriations
from perfdesk.domain.costs import CostLine, CostSheet, OtherAmount, Transfer
from perfdesk.domain.plan import Goal, Objective, Plan, ProgrammeEntry
from perfdesk.domain.resources import ResourceTable
from perfdesk.domain.results import Results
from perfdesk.domain.texts import PolicyDocument, Section
from perfdesk.domain.value import BLANK, Value, ValueKind, implied_kind


@dataclass(frozen=True, slots=True)
class Indicator:
    """Performans göstergesi: its identity holds across years, its code and name belong to this one.

    ``values`` are keyed by year and kind; a key that is absent is blank.
    """

    id: str
    code: str = ""
    name: str = ""
    unit: str = ""
    note: str = ""
    weight: Decimal | None = None
    cumulative: bool | None = None
    direction: str = ""
    deferred: bool | None = None
    values: Mapping[tuple[int, ValueKind], Value] = field(default_factory=dict)
    scale: str = ""
    decimals: int | None = None
    type: str = ""
    definition: str = ""
    method: str = ""
    source: str = ""
    owner: str = ""
    numerator: str = ""
    denominator: str = ""
    roll_up: str = ""
    baseline: Decimal | None = None
    sub_programme_objective: str = ""
    row: int = field(default=0, compare=False)

    def value(self, programme_year: int, year: int) -> Value:
        """Return the value the classic form shows for a year."""
        return self.values.get((year, implied_kind(programme_year, year)), BLANK)


@dataclass(frozen=True, slots=True)
class Activity:
    """Faaliyet: belongs to a target, to a sub-programme, or to both."""

    id: str
    code: str = ""
    name: str = ""
    note: str = ""
    sub_programme: str = ""
    description: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Target:
    """Performans hedefi: a year's target under an objective, with indicators, activities and their cost sheets."""

    id: str
    objective: str
    code: str = ""
    title: str = ""
    description: str = ""
    deferred: bool | None = None
    indicators: tuple[Indicator, ...] = ()
    activities: tuple[Activity, ...] = ()
    cost_sheets: tuple[CostSheet, ...] = ()
    row: int = field(default=0, compare=False)

    @property
    def is_put_off(self) -> bool:
        """Whether it is deferred and no cost is known of it, which is not the same as none."""
        return bool(self.deferred) and not self.cost_sheets


@dataclass(frozen=True, slots=True)
class SubProgrammeObjective:
    """Alt program hedefi, with the plan's objectives it serves."""

    id: str
    title: str = ""
    objectives: tuple[str, ...] = ()
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class SubProgramme:
    """Alt program of a year; holds the indicators and activities that belong to no target."""

    sub_programme: str
    description: str = ""
    units: tuple[str, ...] = ()
    objectives: tuple[SubProgrammeObjective, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    activities: tuple[Activity, ...] = ()
    cost_sheets: tuple[CostSheet, ...] = ()
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Version:
    """Meclise sunulan sürüm: a programme as it was when it went to the council; later edits make a new one.

    ``number`` counts from 1 within the year; dates are ISO texts. ``decision`` and its date are those of the council
    and may come later. ``data`` is the packed snapshot that ``hash`` is of: loaded only where it is asked for, else
    empty, and not compared, for the hash says whether it is the same.
    """

    number: int
    date: str
    decision: str = ""
    decision_date: str = ""
    note: str = ""
    hash: str = ""
    data: bytes = field(default=b"", compare=False, repr=False)
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Programme:
    """Performans programı of a year (t+1)."""

    year: int
    targets: tuple[Target, ...] = ()
    general_administration: tuple[CostLine, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    resource_tables: tuple[ResourceTable, ...] = ()
    results: Results = field(default_factory=Results)
    form: str = ""
    layout: str = ""
    layout_settings: Mapping[str, object] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    policy_documents: tuple[PolicyDocument, ...] = ()
    sub_programmes: tuple[SubProgramme, ...] = ()
    other_general_administration: tuple[OtherAmount, ...] = ()
    versions: tuple[Version, ...] = ()
    appropriations: Appropriations = field(default_factory=Appropriations)
    acceptances: tuple[Acceptance, ...] = ()
    row: int = field(default=0, compare=False)

    def holders(self) -> Iterator[Target | SubProgramme]:
        """Yield all that hold indicators, activities and cost sheets."""
        yield from self.targets
        yield from self.sub_programmes

    def sheet_of(self, activity: str) -> CostSheet | None:
        """Return the cost sheet an activity stands in, if there is one."""
        sheets = (sheet for holder in self.holders() for sheet in holder.cost_sheets)
        return next((sheet for sheet in sheets if activity in sheet.activities), None)


@dataclass(frozen=True, slots=True)
class Municipality:
    """A perfdesk file's whole content, all years."""

    administration: Administration
    units: tuple[Unit, ...] = ()
    plans: tuple[Plan, ...] = ()
    programme_list: tuple[ProgrammeEntry, ...] = ()
    pictures: tuple[Picture, ...] = ()
    programmes: tuple[Programme, ...] = ()

    def programme(self, year: int) -> Programme | None:
        """Return the programme of a year, if there is one."""
        return next((programme for programme in self.programmes if programme.year == year), None)

    def plan_of(self, year: int) -> Plan | None:
        """Return the plan of a year: of several that cover it, the one that began last."""
        covering = [plan for plan in self.plans if plan.covers(year)]
        return max(covering, key=lambda plan: plan.first_year, default=None)

    def objectives_of(self, year: int) -> dict[str, tuple[Goal, Objective]]:
        """Return the year's plan objectives by id, each with its goal, in plan order."""
        plan = self.plan_of(year)
        return {o.id: (goal, o) for goal in plan.goals for o in goal.objectives} if plan else {}
