"""Which sub-programmes a programme has, in the order of the list, and what belongs to each: shared by tables 6 to 8."""

from collections.abc import Iterator
from dataclasses import dataclass

from perfdesk.domain.plan import ProgrammeEntry, SubProgrammeEntry
from perfdesk.domain.programme import Indicator, SubProgramme, SubProgrammeObjective
from perfdesk.domain.programme_budget import Entry, ProgrammeBudget, programme_budget
from perfdesk.tables.context import Context, coded
from perfdesk.tables.table import Fact


@dataclass(frozen=True, slots=True)
class Shown:
    """A sub-programme of the list as it is printed; without entries of the list, what belongs to none of them.

    ``measured`` are its objectives with their indicators; those of no objective stand under None.
    """

    programme: ProgrammeEntry | None
    entry: SubProgrammeEntry | None
    use: SubProgramme | None
    entries: tuple[Entry, ...]
    measured: tuple[tuple[SubProgrammeObjective | None, tuple[Indicator, ...]], ...]

    @property
    def id(self) -> str:
        """The id of its entry in the list; "" for what belongs to none."""
        return self.entry.id if self.entry else ""

    @property
    def has_indicators(self) -> bool:
        """Whether anything measures it."""
        return any(indicators for _objective, indicators in self.measured)


@dataclass(frozen=True, slots=True)
class SubProgrammes:
    """A programme's sub-programmes in print, and the sums behind them."""

    budget: ProgrammeBudget
    shown: tuple[Shown, ...]

    def programmes(self) -> Iterator[tuple[ProgrammeEntry | None, list[Shown]]]:
        """Yield the programmes of the list that are in use, each with its sub-programmes; what has none comes last."""
        under: dict[str, tuple[ProgrammeEntry | None, list[Shown]]] = {}
        for one in self.shown:
            under.setdefault(one.programme.id if one.programme else "", (one.programme, []))[1].append(one)
        yield from under.values()


def sub_programmes(ctx: Context) -> SubProgrammes:
    """Return the sub-programmes that the year uses, and what belongs to none of them."""
    budget = programme_budget(ctx.programme, ctx.ledger)
    uses = {use.sub_programme: use for use in ctx.programme.sub_programmes}
    measured = _measured(ctx)
    found = []
    for programme in ctx.municipality.programme_list:
        for entry in programme.sub_programmes:
            use, entries = uses.get(entry.id), budget.entries.get(entry.id, ())
            if use is not None or entries:
                own = use.objectives if use else ()
                known = [(objective, tuple(measured.get(objective.id, ()))) for objective in own]
                rest = [indicator for indicator in use.indicators if not _links(indicator)] if use else []
                groups = (*known, (None, tuple(rest))) if rest else tuple(known)
                found.append(Shown(programme, entry, use, entries, groups))
    listed = {one.id for one in found}
    # what names a sub-programme that the list does not have belongs to none of it
    entries = tuple(entry for id_, own in budget.entries.items() if id_ not in listed for entry in own)
    rest = measured.get("", [])
    if entries or rest:
        found.append(Shown(None, None, None, entries, ((None, tuple(rest)),) if rest else ()))
    return SubProgrammes(budget, tuple(found))


def _links(indicator: Indicator) -> bool:
    return bool(indicator.sub_programme_objective)


def _measured(ctx: Context) -> dict[str, list[Indicator]]:
    """Return the indicators by the objective they measure; under "" those of targets that measure none."""
    found: dict[str, list[Indicator]] = {}
    for target in ctx.programme.targets:
        for indicator in target.indicators:
            found.setdefault(indicator.sub_programme_objective, []).append(indicator)
    for use in ctx.programme.sub_programmes:
        for indicator in filter(_links, use.indicators):
            found.setdefault(indicator.sub_programme_objective, []).append(indicator)
    return found


def name_of(ctx: Context, one: Shown) -> str:
    """Return a sub-programme's code and name."""
    return coded(one.entry.code, one.entry.name) if one.entry else ctx.labels["programmes.without_sub_programme"]


def programme_name(programme: ProgrammeEntry) -> str:
    """Return a programme's code and name."""
    return coded(programme.code, programme.name)


def facts(ctx: Context, one: Shown) -> tuple[Fact, ...]:
    """Return the lines above the columns of a sub-programme's tables."""
    labels = ctx.labels
    lines = [Fact("administration", labels["administration"], ctx.municipality.administration.name)]
    if one.programme:
        label = labels["joint_programme" if one.programme.joint else "budget_programme"]
        lines.append(Fact("budget_programme", label, programme_name(one.programme)))
    lines.append(Fact("sub_programme", labels["sub_programme"], name_of(ctx, one), strong=True))
    return tuple(lines)
