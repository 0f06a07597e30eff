"""MAL-04: does the programme ask for what the budget gives, by economic code and by unit."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perfdesk.checks.finding import ACCOUNT, Where
from perfdesk.checks.rule import Found
from perfdesk.checks.scene import Scene, money
from perfdesk.domain.programme import Programme
from perfdesk.domain.reconciliation import Compared, Reconciliation, reconcile
from perfdesk.i18n import N_

APPROPRIATIONS: Final = "appropriations"
_BY_CODE: Final = "by_code"
_BY_UNIT: Final = "by_unit"


def budget(scene: Scene, programme: Programme) -> Iterator[Found]:
    """MAL-04: the programme against the budget's appropriations, where these have been entered."""
    compared = reconcile(programme, scene.ctx.ledger, (unit.id for unit in scene.ctx.municipality.units))
    yield from _codes(scene, programme, compared)
    yield from _units(scene, programme, compared)
    by_code, by_unit = compared.budget_by_code, compared.budget_by_unit
    if compared.by_code and compared.by_unit and by_code != by_unit:
        yield Found(
            N_(
                "The budget's appropriations of {year} by economic code ({by_code} TL) and by unit ({by_unit} TL) "
                "differ by {difference} TL. Compare both lists with the budget and correct the wrong one."
            ),
            {
                "year": str(programme.year),
                "by_code": money(by_code),
                "by_unit": money(by_unit),
                "difference": money(abs(by_code - by_unit)),
            },
            where=Where(ACCOUNT, APPROPRIATIONS),
        )


def _codes(scene: Scene, programme: Programme, compared: Reconciliation) -> Iterator[Found]:
    if any(not one.key for one in compared.by_code):
        # what is not classified may belong to any code: only the totals can be held against each other
        yield from _total(programme, compared.programme, compared.budget_by_code, _BY_CODE)
        return
    names = scene.ctx.layout.form.economic_codes
    for one in compared.by_code:
        if one.difference:
            yield Found(
                N_(
                    "The programme of {year} has {programme} TL of it, the budget {budget} TL: a difference of "
                    "{difference} TL. Correct what is wrong."
                ),
                {"year": str(programme.year), **_facts(one)},
                where=Where(ACCOUNT, APPROPRIATIONS, f"{_BY_CODE}.{one.key}"),
                subject=f"{one.key} {names.get(one.key, '')}".strip(),
            )


def _units(scene: Scene, programme: Programme, compared: Reconciliation) -> Iterator[Found]:
    if not compared.by_unit:
        return
    yield from _total(programme, compared.programme, compared.budget_by_unit, _BY_UNIT)
    names = {unit.id: unit.name for unit in scene.ctx.municipality.units}
    for one in compared.by_unit:
        # what no unit is named for is shared out among them in the budget
        if one.key and one.difference > 0:
            yield Found(
                N_(
                    "the activities of {year} that it alone answers for cost {programme} TL, the budget gives it "
                    "{budget} TL: {difference} TL too little. Correct the cost or the appropriation."
                ),
                {"year": str(programme.year), **_facts(one)},
                where=Where(ACCOUNT, APPROPRIATIONS, f"{_BY_UNIT}.{one.key}"),
                subject=names.get(one.key, ""),
            )


def _total(programme: Programme, needed: Decimal, given: Decimal, field: str) -> Iterator[Found]:
    if needed != given:
        yield Found(
            _TOTALS[field],
            {
                "year": str(programme.year),
                "programme": money(needed),
                "budget": money(given),
                "difference": money(abs(needed - given)),
            },
            where=Where(ACCOUNT, APPROPRIATIONS, field),
        )


_TOTALS: Final = {
    _BY_CODE: N_(
        "The programme of {year} adds up to {programme} TL within the budget, the appropriations by economic code to "
        "{budget} TL: a difference of {difference} TL. Correct what is wrong."
    ),
    _BY_UNIT: N_(
        "The programme of {year} adds up to {programme} TL within the budget, the appropriations by unit to {budget} "
        "TL: a difference of {difference} TL. Correct what is wrong."
    ),
}


def _facts(one: Compared) -> dict[str, str]:
    return {
        "programme": money(one.programme),
        "budget": money(one.budget),
        "difference": money(abs(one.difference)),
    }
