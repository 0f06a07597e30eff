"""All that was entered for a programme, as facts in book order.

Computed figures are not among them: one amount that was entered changes dozens of sums and shares.
"""

from collections.abc import Iterable
from typing import Final

from perfdesk.domain.costs import CostSheet, OtherAmount, Transfer
from perfdesk.domain.programme import Activity, Indicator, SubProgramme, Target
from perfdesk.domain.totals import SheetNeed
from perfdesk.tables.changes import shared
from perfdesk.tables.changes.facts import Facts, Path
from perfdesk.tables.context import Context, coded
from perfdesk.tables.layout import fill

# of an indicator, what is told only to have changed
_FURTHER: Final = (
    "scale",
    "decimals",
    "type",
    "direction",
    "cumulative",
    "numerator",
    "denominator",
    "roll_up",
    "baseline",
)


def facts_of(ctx: Context) -> Facts:
    """Return all that was entered for a programme."""
    facts = Facts(ctx)
    shared.add_administration(facts)
    shared.add_sections(facts)
    shared.add_resource_tables(facts)
    shared.add_policies(facts)
    shared.add_plan(facts)
    every = iter(ctx.ledger.sheets)
    for holder in ctx.programme.holders():
        path = _holder(facts, holder)
        within = _within(facts, holder)
        _held(facts, path, within, holder, [next(every) for _ in holder.cost_sheets])
    where = ctx.labels["performance.general_administration"]
    for code, amount in ctx.ledger.general_administration.items():
        facts.put(("general", code or ""), where, _code(ctx, code), shared.money(amount))
    _others(facts, ("general",), where, ctx.programme.other_general_administration)
    _transfers(facts, (), ctx.labels["cost.transfers"], ctx.programme.transfers)
    return facts


def _holder(facts: Facts, holder: Target | SubProgramme) -> Path:
    code, title = facts.ctx.holder_name(holder)
    where = coded(code, title)
    if isinstance(holder, Target):
        path: Path = ("target", holder.id)
        facts.record(path, where, facts.label("target"), holder.title)
        _, objective = facts.ctx.objectives.get(holder.objective, (None, None))
        facts.put((*path, "objective"), where, facts.label("objective"), objective.title if objective else "")
        facts.put((*path, "code"), where, facts.label("code"), holder.code)
        facts.put((*path, "deferred"), where, facts.label("deferred"), facts.label("yes") if holder.deferred else "")
    else:
        path = ("sub_programme", holder.sub_programme)
        facts.record(path, where, facts.label("sub_programme"), title)
        _units(facts, (*path, "units"), where, facts.label("units"), holder.units)
        for objective_of in holder.objectives:
            at = (*path, "objective", objective_of.id)
            facts.put(at, where, facts.label("objective"), objective_of.title, value=objective_of.objectives or None)
    facts.put((*path, "description"), where, facts.label("description"), holder.description)
    return path


def _within(facts: Facts, holder: Target | SubProgramme) -> str:
    """Return what tells the target in front of what it holds, by its printed code; "" where it has none."""
    code, _title = facts.ctx.holder_name(holder)
    kind = "target" if isinstance(holder, Target) else "sub_programme"
    return f"{facts.label(kind)} {code}" if code.isdigit() else code


def _named(within: str, code: str, name: str) -> str:
    """Return code and name of what a target holds; a mere number, or none, is found in many targets."""
    return shared.WITHIN.join(filter(None, ("" if code and not code.isdigit() else within, coded(code, name))))


def _held(facts: Facts, above: Path, within: str, holder: Target | SubProgramme, sums: Iterable[SheetNeed]) -> None:
    """Add indicators and activities; what an activity costs is told with it, that of several with the first."""
    for indicator in holder.indicators:
        _indicator(facts, (*above, "indicator", indicator.id), within, indicator)
    known = {activity.id: activity for activity in holder.activities}
    costs: dict[str, list[tuple[CostSheet, SheetNeed]]] = {}
    for sheet, need in zip(holder.cost_sheets, sums, strict=True):
        costs.setdefault(sheet.activities[0], []).append((sheet, need))
    for activity in holder.activities:
        _activity(facts, (*above, "activity", activity.id), within, activity)
        for sheet, need in costs.get(activity.id, ()):
            _sheet(facts, above, within, [known[one] for one in sheet.activities], sheet, need)


def _indicator(facts: Facts, path: Path, within: str, indicator: Indicator) -> None:
    ctx = facts.ctx
    where = _named(within, ctx.codes.indicators[indicator.id], indicator.name)
    facts.record(path, where, facts.label("indicator"), indicator.name)
    for key in ("code", "unit", "definition", "method", "source"):
        facts.put((*path, key), where, facts.label(key), getattr(indicator, key))
    facts.put((*path, "note"), where, facts.label("note_text"), indicator.note)
    for (year, kind), value in sorted(indicator.values.items()):
        what = f"{year} {facts.label(f'value.{kind.value}')}"
        facts.put((*path, "value", str(year), kind.value), where, what, value.display())
    weight = "" if indicator.weight is None else shared.number(indicator.weight)
    facts.put((*path, "weight"), where, facts.label("weight"), weight)
    facts.put((*path, "deferred"), where, facts.label("deferred"), facts.label("yes") if indicator.deferred else "")
    _units(facts, (*path, "owner"), where, facts.label("owner"), [indicator.owner] if indicator.owner else [])
    further = tuple(getattr(indicator, key) for key in _FURTHER)
    facts.put((*path, "further"), where, facts.label("further"), "", value=further)


def _activity(facts: Facts, path: Path, within: str, activity: Activity) -> None:
    where = _named(within, facts.ctx.codes.activities[activity.id], activity.name)
    facts.record(path, where, facts.label("activity"), activity.name)
    for key in ("code", "description"):
        facts.put((*path, key), where, facts.label(key), getattr(activity, key))
    facts.put((*path, "note"), where, facts.label("note_text"), activity.note)
    name = coded(*facts.ctx.sub_programmes.get(activity.sub_programme, ("", "")))
    facts.put((*path, "sub_programme"), where, facts.label("sub_programme"), name)


def _sheet(
    facts: Facts, above: Path, within: str, activities: list[Activity], sheet: CostSheet, sums: SheetNeed
) -> None:
    ctx = facts.ctx
    path = (*above, "sheet", sheet.activities[0])
    first, *others = activities
    where = _named(within, ctx.codes.activities[first.id], first.name)
    if others:
        # all their names beside each amount would hide what has changed
        where = fill(facts.label("joint"), activity=where, count=len(others))
    facts.costs.add(path)

    def put(key: Path, what: str, text: str) -> None:
        facts.put((*path, *key), where, what, text)

    if others:
        names = shared.SEPARATOR.join(activity.name for activity in activities)
        what, ids = facts.label("sheet_activities"), tuple(activity.id for activity in activities)
        # what they are called is told of each of them
        facts.put((*path, "activities"), where, what, names, value=ids, by_value=True)
    for code, amount in sums.by_code.items():
        put(("line", code or ""), _code(ctx, code), shared.money(amount))
    for source, amount in sums.by_source.items():
        if amount:
            put(("off_budget", source), ctx.layout.form.off_budget_sources[source], shared.money(amount))
    for activity, amount in sheet.split.items():
        what = f"{facts.label('split')}: {ctx.codes.activities[activity]}".rstrip(": ")
        put(("split", activity), what, shared.money(amount))
    for key, units in (("units", sheet.units), ("cooperating_units", sheet.cooperating_units)):
        put((key,), facts.label(key), shared.SEPARATOR.join(ctx.unit_names(units)))
    put(("note",), facts.label("note_text"), sheet.note)
    _transfers(facts, path, where, sheet.transfers)
    _others(facts, path, where, sheet.other_amounts)


def _units(facts: Facts, path: Path, where: str, what: str, units: Iterable[str]) -> None:
    facts.put(path, where, what, shared.SEPARATOR.join(facts.ctx.unit_names(list(units))))


def _transfers(facts: Facts, above: Path, where: str, transfers: Iterable[Transfer]) -> None:
    for transfer in transfers:
        path = facts.nth(*above, "transfer", transfer.recipient, transfer.code)
        facts.put(path, where, f"{transfer.code} {transfer.recipient}", shared.money(transfer.amount))


def _others(facts: Facts, above: Path, where: str, amounts: Iterable[OtherAmount]) -> None:
    ctx = facts.ctx
    sources = ctx.layout.form.off_budget_sources
    for other in amounts:
        name = sources.get(other.source) or _code(ctx, other.code)
        what = f"{other.year} {facts.label(f'amount.{other.kind.value}')}, {name}"
        path = facts.nth(*above, "other", str(other.year), other.kind.value, other.code or "", other.source)
        facts.put(path, where, what, shared.money(other.amount))


def _code(ctx: Context, code: str | None) -> str:
    if code is None:
        return ctx.labels["cost.unclassified"]
    return f"{code} {ctx.layout.form.economic_codes.get(code, '')}".strip()
