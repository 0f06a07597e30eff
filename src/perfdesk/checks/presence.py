"""Mevcudiyet: is everything there that a programme must have."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from perfdesk.checks.finding import SECTION, Severity, Where, Word
from perfdesk.checks.rule import GUIDE, LAW_41_5393, Found, Rule, Scope
from perfdesk.checks.scene import Scene, number, says_something
from perfdesk.domain.programme import Programme
from perfdesk.i18n import N_
from perfdesk.tables import (
    administration_performance,
    cost_sheet,
    performance_target,
    responsible_units,
    total_resource_need,
)
from perfdesk.tables.catalogue import part_of

_TABLES: Final[Mapping[str, Callable[[Scene], object]]] = {
    performance_target.KIND: lambda scene: any(one.indicators for one in scene.digests),
    cost_sheet.KIND: lambda scene: any(holder.cost_sheets for holder in scene.ctx.programme.holders()),
    administration_performance.KIND: lambda scene: any(one.amounts for one in scene.digests),
    total_resource_need.KIND: lambda scene: scene.ctx.ledger.grand_total.total,
    responsible_units.KIND: lambda scene: any(one.units for one in scene.digests),
}


def empty_section(scene: Scene, programme: Programme) -> Iterator[Found]:
    """MVC-01: a part of the book that must say something, and does not."""
    form = scene.ctx.layout.form
    wanted = scene.settings.sections.get(form.name, ())
    written = {section.key: section for section in programme.sections}
    with_tables = {part_of(form, table).key for table in programme.resource_tables}
    other = {
        "policies": programme.policy_documents,
        # that there is no plan is told by itself
        "goals": scene.ctx.objectives or scene.ctx.municipality.plan_of(programme.year) is None,
        # the chart is drawn from the units
        "organisation": any(unit.parent for unit in scene.ctx.municipality.units),
    }
    for part in form.outline:
        if part.key not in wanted or part.key in with_tables or other.get(part.key):
            continue
        section = written.get(part.key)
        if section is None or not says_something(section):
            row = section.row if section else 0
            yield Found(
                _EMPTY.get(part.key, N_("The section “{section}” is empty. Write its text.")),
                {"section": part.title},
                where=Where(SECTION, part.key, row=row),
            )


# what fills a section besides its text
_EMPTY: Final[Mapping[str, str]] = {
    "organisation": N_(
        "The section “{section}” is empty. Write its text, or choose in the list of spending units which unit each "
        "belongs to: the chart is drawn from it."
    ),
    "physical_resources": N_("The section “{section}” is empty. Enter its tables, or write its text."),
    "human_resources": N_("The section “{section}” is empty. Enter its tables, or write its text."),
    "policies": N_("The section “{section}” is empty. Enter the policy documents, or write its text."),
}


def empty_table(scene: Scene, _programme: Programme) -> Iterator[Found]:
    """MVC-02: one of the official tables that the layout prints has nothing to print."""
    for kind, is_filled in _TABLES.items():
        if kind in scene.ctx.layout.printed and not is_filled(scene):
            yield Found(
                N_("The table “{table}” is empty: {lacks}."),
                {"table": scene.ctx.layout.form.captions[kind], "lacks": Word(_LACKS[kind])},
                where=scene.programme_place(kind),
            )


_LACKS: Final[Mapping[str, str]] = {
    performance_target.KIND: N_("no target has an indicator; enter the indicators"),
    cost_sheet.KIND: N_("no activity has a cost table; enter the costs"),
    administration_performance.KIND: N_("no activity has a cost; enter the costs"),
    total_resource_need.KIND: N_("no amount has been entered; enter the costs"),
    responsible_units.KIND: N_(
        "no spending unit is named for any activity; add a cost table to each activity that has none, then choose the "
        "unit in each"
    ),
}


def missing_plan(scene: Scene, programme: Programme) -> Iterator[Found]:
    """MVC-01: no strategic plan for the year, where one is required."""
    if scene.ctx.municipality.plan_of(programme.year) is None and _people(scene) is None:
        limit = scene.settings.thresholds.plan_population
        yield Found(
            N_("No strategic plan covers {year}, though one is required from {limit} people on. Enter the plan."),
            {"year": str(programme.year), "limit": number(Decimal(limit))},
            where=scene.programme_place("plan"),
        )


def optional_plan(scene: Scene, programme: Programme) -> Iterator[Found]:
    """MVC-03: no strategic plan for the year, and so few people that it is optional."""
    people = _people(scene)
    if scene.ctx.municipality.plan_of(programme.year) is None and people is not None:
        limit = scene.settings.thresholds.plan_population
        yield Found(
            N_(
                "No strategic plan covers {year}. With {people} people it is optional (required from {limit} on); if "
                "there is one, enter it."
            ),
            {"year": str(programme.year), "limit": number(Decimal(limit)), "people": number(Decimal(people))},
            where=scene.programme_place("plan"),
        )


def _people(scene: Scene) -> int | None:
    """Return the latest population where it is known to be below what asks for a plan."""
    latest = max(scene.ctx.municipality.administration.population, key=lambda one: one.year, default=None)
    limit = scene.settings.thresholds.plan_population
    return latest.people if latest is not None and latest.people < limit else None


RULES: Final = (
    Rule(
        "MVC-01",
        N_("Required part missing"),
        Severity.ERROR,
        ((Scope.PROGRAMME, empty_section), (Scope.PROGRAMME, missing_plan)),
        N_("A programme without this section does not have the content that the guide requires."),
        GUIDE,
    ),
    Rule(
        "MVC-02",
        N_("Official table empty"),
        Severity.ERROR,
        ((Scope.PROGRAMME, empty_table),),
        N_("The five tables are the programme; an empty one is reported as absence."),
        GUIDE,
    ),
    Rule(
        "MVC-03",
        N_("Strategic plan optional"),
        Severity.INFO,
        ((Scope.PROGRAMME, optional_plan),),
        N_("A programme takes its goals from the strategic plan in force."),
        LAW_41_5393,
    ),
)
