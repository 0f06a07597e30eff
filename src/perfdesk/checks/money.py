"""Mali tutarlılık: do the amounts tell what things cost, and of whom."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Final

from perfdesk.checks import accounts, appropriations
from perfdesk.checks.finding import ACTIVITY, COST_SHEET, UNIT, Listed, Severity, Where
from perfdesk.checks.rule import AUDIT, GUIDE, LAW_9, LOCAL_BUDGETS, REPORT, Found, Held, Rule, Scope
from perfdesk.checks.scene import FIRST, Coded, Scene, is_deferred, money, number, percent, sheet_of
from perfdesk.domain.money import ZERO, total
from perfdesk.domain.programme import Programme
from perfdesk.domain.totals import sheet_need
from perfdesk.i18n import N_

_RESERVE: Final = "09"
_HUNDRED: Final = Decimal(100)


def without_cost(_scene: Scene, held: Held) -> Iterator[Found]:
    """MAL-06: an activity that costs nothing, and nobody says why."""
    activity = held.record
    if is_deferred(held.holder) or activity.note.strip():
        return
    sheet = sheet_of(held.holder, activity)
    if sheet is None:
        yield Found(N_("it has no cost. Enter one, or say in the note why it costs nothing."), field="cost")
        return
    need = sheet_need(sheet)
    if not need.need.total and not need.transfers and not sheet.note.strip():
        yield Found(N_("its cost is 0. Say in the note why it costs nothing, or enter the cost."), field="cost")


def reserve_in_activity(_scene: Scene, held: Held) -> Iterator[Found]:
    """MAL-07: the reserve is no cost of an activity."""
    reserve = total(line.amount for line in held.record.lines if line.code == _RESERVE)
    if reserve:
        yield Found(
            N_(
                "{amount} TL of reserve stand in the cost of activities. Enter it under the general administration "
                "expenses."
            ),
            {"amount": money(reserve)},
            field=_RESERVE,
        )


def reserve_share(scene: Scene, programme: Programme) -> Iterator[Found]:
    """MAL-07: the reserve is smaller or larger than the law has it."""
    books = scene.ctx.ledger
    budget = books.grand_total.budget
    reserve = books.activities.get(_RESERVE, ZERO) + books.general_administration.get(_RESERVE, ZERO)
    # without general administration expenses the budget is not known yet
    if not budget or not (reserve or programme.general_administration):
        return
    limits = scene.settings.thresholds
    share = reserve * _HUNDRED / budget
    if limits.reserve_least <= share <= limits.reserve_most:
        return
    yield Found(
        N_(
            "The reserve of {year} ({amount} TL) is {share} % of the budget; it must be between {least} % and {most} "
            "%. Correct the reserve."
        ),
        {
            "year": str(programme.year),
            "amount": money(reserve),
            "share": percent(share),
            "least": str(limits.reserve_least),
            "most": str(limits.reserve_most),
        },
        where=scene.programme_place("general_administration"),
    )


def general_administration_share(scene: Scene, programme: Programme) -> Iterator[Found]:
    """MAL-08: most of the money belongs to no activity."""
    general = scene.ctx.ledger.general_administration_total.total
    whole = scene.ctx.ledger.grand_total.total
    limit = scene.settings.thresholds.general_administration
    if not whole or general * _HUNDRED / whole <= limit:
        return
    yield Found(
        N_(
            "The general administration expenses of {year} ({amount} TL) are {share} % of all the resources needed "
            "({total} TL), more than {limit} %. Move what belongs to activities to their cost tables."
        ),
        {
            "year": str(programme.year),
            "share": percent(general * _HUNDRED / whole),
            "amount": money(general),
            "total": money(whole),
        },
        where=scene.programme_place("general_administration"),
        told={"limit": number(limit)},
    )


def no_unit(scene: Scene, held: Held) -> Iterator[Found]:
    """MAL-10: nobody answers for the cost."""
    sheet = held.record
    if not sheet.units:
        yield Found(N_("no spending unit answers for its cost. Choose one."), field="units")
    units = {unit.id: unit for unit in scene.ctx.municipality.units}
    for id_ in sheet.units:
        if id_ not in units:
            yield Found(
                N_("a unit that is not in the list of spending units answers for its cost. Choose one of the list."),
                {"unit": id_},
                field="units",
            )
        elif units[id_].inactive:
            yield Found(
                N_("the unit “{unit}” that answers for its cost is no longer active. Choose its successor."),
                {"unit": units[id_].name},
                field="units",
            )


def idle_unit(scene: Scene, programme: Programme) -> Iterator[Found]:
    """MAL-10: a spending unit that no activity belongs to."""
    used = {unit for one in scene.digests for unit in one.units}
    if not used:
        # that no unit is named at all is said of each cost table
        return
    parents = {unit.parent for unit in scene.ctx.municipality.units}
    for unit in scene.ctx.municipality.units:
        if unit.id not in used and unit.id not in parents and not unit.inactive:
            yield Found(
                N_(
                    "this spending unit is responsible for no activity in {year}. If it has one, choose it as the "
                    "responsible unit in the cost table; if it was closed, mark it as no longer active; if neither, "
                    "accept the finding and say why."
                ),
                {"year": str(programme.year)},
                where=Where(UNIT, unit.id, row=unit.row),
                subject=unit.name,
                severity=Severity.WARNING,
            )


def equal_amounts(scene: Scene, programme: Programme) -> Iterator[Found]:
    """MAL-11: the same round amount again and again was estimated, not computed."""
    limits = scene.settings.thresholds
    amounts = Counter(amount for one in scene.digests for amount in one.amounts)
    whole = sum(amounts.values())
    for amount, times in sorted(amounts.items(), key=lambda entry: (-entry[1], entry[0])):
        if times < limits.equal_amounts or times * _HUNDRED < whole * limits.equal_amounts_share:
            continue
        if not amount % limits.round_amount:
            yield Found(
                N_(
                    "{times} of {all} cost tables of {year} have the same round amount of {amount} TL ({first}). Look "
                    "through whether these costs were computed; replace those that were estimated by computed ones. If "
                    "all were computed, accept the finding and say so."
                ),
                {
                    "times": str(times),
                    "all": str(whole),
                    "year": str(programme.year),
                    "amount": money(amount),
                },
                where=scene.programme_place("cost_sheets"),
                told={"first": _first_sheets(scene, amount, times)},
            )


def _first_sheets(scene: Scene, amount: Decimal, times: int) -> Listed:
    """Return the first cost tables of an amount, each by its first activity."""
    costs = ((holder, sheet) for holder in scene.ctx.programme.holders() for sheet in holder.cost_sheets)
    equal = islice(((holder, sheet) for holder, sheet in costs if sheet_need(sheet).need.total == amount), FIRST)
    named = []
    for holder, sheet in equal:
        first = next((one for one in holder.activities if one.id in sheet.activities), None)
        if first is not None:
            named.append(scene.code(Coded(scene.ctx.codes.activities[first.id], ACTIVITY, Held(holder, first))))
    return Listed.of(named, times, COST_SHEET)


RULES: Final = (
    Rule(
        "MAL-01",
        N_("The year's accounts disagree"),
        Severity.ERROR,
        ((Scope.PROGRAMME, accounts.expenditure), (Scope.PROGRAMME, accounts.balance_sheet)),
        N_("Two figures for one thing: the auditor finds the difference to the kuruş."),
        REPORT,
        of_report=True,
    ),
    Rule(
        "MAL-04",
        N_("Programme and budget differ"),
        Severity.ERROR,
        ((Scope.PROGRAMME, appropriations.budget),),
        N_("The budget is made of the programme: what the one asks for, the other gives."),
        LAW_9,
    ),
    Rule(
        "MAL-06",
        N_("Activity without cost"),
        Severity.WARNING,
        ((Scope.ACTIVITY, without_cost),),
        N_("Money belongs to activities; one without looks forgotten."),
        LAW_9,
        N_(
            "{lacking} of {all} activities have no cost ({first}). Enter their costs, or say in the notes why they "
            "cost nothing."
        ),
        lambda _scene, _held: True,
        together_all=N_(
            "None of the {all} activities has a cost ({first}). Enter their costs, or say in the notes why they "
            "cost nothing."
        ),
    ),
    Rule(
        "MAL-07",
        N_("Reserve"),
        Severity.WARNING,
        ((Scope.PROGRAMME, reserve_share), (Scope.COST_SHEET, reserve_in_activity)),
        N_("The reserve is set aside for the whole budget, within limits."),
        LOCAL_BUDGETS,
    ),
    Rule(
        "MAL-08",
        N_("Share of general administration high"),
        Severity.WARNING,
        ((Scope.PROGRAMME, general_administration_share),),
        N_("What is not divided among activities is not tied to any target."),
        GUIDE,
    ),
    Rule(
        "MAL-10",
        N_("Spending unit missing or idle"),
        Severity.ERROR,
        ((Scope.COST_SHEET, no_unit), (Scope.PROGRAMME, idle_unit)),
        N_("Each amount has a spending unit that answers for it."),
        GUIDE,
        names=True,
    ),
    Rule(
        "MAL-11",
        N_("Many equal round amounts"),
        Severity.INFO,
        ((Scope.PROGRAMME, equal_amounts),),
        N_("Equal round amounts point to costs that were not computed."),
        AUDIT,
    ),
)
