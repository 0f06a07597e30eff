"""What can be found of the municipality in all years: who it is, its units, its plans, the list of programmes."""

from collections.abc import Iterable, Iterator
from typing import Final

from perfdesk.domain.administration import Administration, Unit
from perfdesk.domain.numbering import Codes
from perfdesk.domain.plan import Plan, ProgrammeEntry
from perfdesk.i18n import N_
from perfdesk.services.places import COVER, PROGRAMME_LIST, UNITS
from perfdesk.services.search.record import (
    GOAL,
    IDENTITY,
    OBJECTIVE,
    PLAN,
    SUB_PROGRAMME,
    UNIT,
    Record,
    Text,
    given,
    holding,
    path,
)
from perfdesk.tables.context import coded
from perfdesk.tables.form import Form

_IDENTITY_TEXTS: Final = (
    ("short_name", N_("Short name")),
    ("province", N_("Province")),
    ("address", N_("Address")),
    ("phone", N_("Phone")),
    ("fax", N_("Fax")),
    ("web", N_("Web site")),
    ("email", N_("E-mail")),
)


def identity(administration: Administration) -> Iterator[Record]:
    """Yield the municipality and those who sign for it."""
    fields = [Text(getattr(administration, column), column, label) for column, label in _IDENTITY_TEXTS]
    fields += [Text(status.name, "personnel_statuses") for status in administration.personnel_statuses]
    yield Record(IDENTITY, COVER, "", "administration", 1, "name", administration.name, fields=given(fields))
    for signatory in administration.signatories:
        titles = Text(", ".join(signatory.titles), "signatories")
        if signatory.name or titles.text:
            yield Record(
                IDENTITY,
                COVER,
                administration.name,
                "administration",
                1,
                "signatories",
                signatory.name or titles.text,
                fields=given([titles]) if signatory.name else (),
            )


def units(of_municipality: Iterable[Unit]) -> Iterator[Record]:
    """Yield the spending units."""
    for unit in of_municipality:
        fields = [Text(unit.abbreviation, "abbreviation", N_("Abbreviation"))]
        fields += [Text(alias, "aliases", N_("Also called")) for alias in unit.aliases]
        yield Record(UNIT, UNITS, "", "unit", unit.row, "name", unit.name, fields=given(fields))


def plan(of_year: Plan, codes: Codes, form: Form) -> Iterator[Record]:
    """Yield a strategic plan's mission, vision and values, its goals and objectives."""
    part = holding(form, "goals")
    entry = ("part", part.key)
    said = [("mission", of_year.mission), ("vision", of_year.vision), *(("values", value) for value in of_year.values)]
    for column, text in said:
        if text:
            said_here = (Text(text, column),)
            title = form.labels[column]
            yield Record(PLAN, entry, part.title, "plan", of_year.row, column, title, fields=said_here)
    for goal in of_year.goals:
        code = codes.goals[goal.id]
        fields = given([Text(goal.service_area, "service_area", N_("Service area"))])
        yield Record(GOAL, entry, part.title, "goal", goal.row, "title", goal.title, code, fields)
        above = path(coded(code, goal.title))
        for objective in goal.objectives:
            code = codes.objectives[objective.id]
            yield Record(OBJECTIVE, entry, above, "objective", objective.row, "title", objective.title, code)


def programme_list(entries: Iterable[ProgrammeEntry], used: Iterable[str]) -> Iterator[Record]:
    """Yield the budget programmes and those of their sub-programmes that are not ``used`` by a year themselves."""
    elsewhere = frozenset(used)
    for entry in entries:
        yield Record(SUB_PROGRAMME, PROGRAMME_LIST, "", "programme_entry", entry.row, "name", entry.name, entry.code)
        above = coded(entry.code, entry.name)
        for sub in entry.sub_programmes:
            if sub.id not in elsewhere:
                yield Record(
                    SUB_PROGRAMME, PROGRAMME_LIST, above, "sub_programme_entry", sub.row, "name", sub.name, sub.code
                )
