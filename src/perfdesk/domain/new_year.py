"""Yeni yıl: the next year's programme made from the last one, without a guess where nobody knows.

Of the programme of the year t, the one of t+1 is made. Targets, indicators, activities and sub-programmes keep their
identities, so that what is the same thing stays the same thing; names, codes given on purpose, units of measure,
weights, definitions, cost sheets with their spending units, layout, form and resource tables are copied.

Values move by one year, and change their kind only where that is certain or wished:

- realised t-1: what is known as realised, in the last programme or as the whole year's result of the programme of t-1;
  else, only when asked for, the last programme's estimate of t-1; else blank;
- planned t: the last programme's target, for that is what was planned;
- estimate t: an estimate that is there already, else the last programme's target as a proposal, unless not wished;
- target t+1: blank, for this is what the clerk must decide; when asked for, the last programme's forecast of t+1, and
  its later forecasts stay forecasts.

Amounts of t become last year's budget of the new cost sheets. They are proposed for t+1 with a rate, or not at all.
Results stay with their year. "Deferred" was said of one year and is not said of the next.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from perfdesk.domain.control import Appropriations
from perfdesk.domain.costs import AmountKind, CostLine, CostSheet, OtherAmount, Transfer
from perfdesk.domain.errors import UserError
from perfdesk.domain.money import KURUS, MAX_AMOUNT, divided, total
from perfdesk.domain.numbers import format_number, round_half_up
from perfdesk.domain.plan import Plan
from perfdesk.domain.programme import Activity, Indicator, Municipality, Programme, SubProgramme, Target
from perfdesk.domain.results import Results
from perfdesk.domain.totals import ledger, sheet_need
from perfdesk.domain.value import Value, ValueKind
from perfdesk.i18n import N_

LOWEST_RATE: Final = Decimal(-100)
HIGHEST_RATE: Final = Decimal(1000)
_WHOLE_YEAR: Final = "year"
_HUNDRED: Final = Decimal(100)
_LIRA: Final = Decimal(1)

Key = tuple[int, ValueKind]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class NextPlan:
    """Sonraki plan dönemi: the period to begin where none covers the new year, with the last one's goals or empty."""

    first_year: int
    last_year: int
    with_goals: bool = True


@dataclass(frozen=True, slots=True)
class Options:
    """What is wished of the new year.

    ``rate`` is the percentage by which amounts rise, None leaves them out. With ``whole_lira`` they are rounded to
    whole lira, at a rate of zero too; else to kuruş. ``without`` are the ids of targets that do not continue.
    """

    rate: Decimal | None = Decimal(0)
    whole_lira: bool = True
    targets_as_estimates: bool = True
    estimates_as_realised: bool = False
    forecasts: bool = False
    notes: bool = True
    texts: bool = True
    without: frozenset[str] = frozenset()
    next_plan: NextPlan | None = None


class Origin(StrEnum):
    """Where a value of the new year comes from."""

    KNOWN = "known"
    RESULT = "result"
    ESTIMATE = "estimate"
    TARGET = "target"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class Moved:
    """A value of the new year and where it comes from."""

    value: Value
    origin: Origin


def source_of(municipality: Municipality, year: int) -> Programme:
    """Return the programme that a year's is made from.

    Raises:
        UserError: the year has a programme already, or the year before has none.
    """
    if municipality.programme(year) is not None:
        raise UserError(N_("The file already holds a programme of {year}."), year=year)
    source = municipality.programme(year - 1)
    if source is None:
        raise UserError(
            N_("The file holds no programme of {last} from which that of {year} could be made."),
            last=year - 1,
            year=year,
        )
    return source


def plan_for(municipality: Municipality, year: int, options: Options) -> Plan:
    """Return the plan period of a new year: the file's, else the next one that the options ask for.

    Raises:
        UserError: no period covers the year and none is asked for, or it misses the year or meets another one.
    """
    plan = municipality.plan_of(year)
    if plan is not None:
        return plan
    wished = options.next_plan
    if wished is None:
        raise UserError(N_("No plan period of the file covers {year}. The next one must be begun with it."), year=year)
    if not wished.first_year <= year <= wished.last_year:
        raise UserError(N_("The new plan period must contain the year {year}."), year=year)
    for other in municipality.plans:
        if wished.first_year <= other.last_year and other.first_year <= wished.last_year:
            raise UserError(
                N_("The new plan period must not overlap that of {first}-{last}."),
                first=other.first_year,
                last=other.last_year,
            )
    former = municipality.plan_of(year - 1)
    if former is None or not wished.with_goals:
        return Plan(wished.first_year, wished.last_year)
    return replace(former, first_year=wished.first_year, last_year=wished.last_year, row=0)


def continuing(
    municipality: Municipality, year: int, options: Options
) -> tuple[tuple[Target, ...], tuple[Target, ...]]:
    """Return the targets that go on, and those that cannot because the new year's plan lacks their objective."""
    plan = plan_for(municipality, year, options)
    known = _objectives(plan)
    wished = [target for target in source_of(municipality, year).targets if target.id not in options.without]
    return (
        tuple(target for target in wished if target.objective in known),
        tuple(target for target in wished if target.objective not in known),
    )


def rolled(municipality: Municipality, year: int, options: Options) -> Programme:
    """Return a year's programme made from the last one; see the module. Its rows are the last one's.

    Raises:
        UserError: there is nothing to make it from, no plan for it, or the rate gives amounts that cannot be.
    """
    source = source_of(municipality, year)
    if options.rate is not None:
        check_rate(options.rate)
    plan = plan_for(municipality, year, options)
    targets, _lost = continuing(municipality, year, options)
    maker = _Maker(year, options, results_of(municipality, year - 2))
    programme = replace(
        source,
        year=year,
        targets=tuple(map(maker.target, targets)),
        sub_programmes=tuple(maker.sub_programme(sub, _objectives(plan)) for sub in source.sub_programmes),
        general_administration=maker.lines(source.general_administration),
        other_general_administration=(
            *maker.former_budget(ledger(source).general_administration),
            *maker.later_forecasts(source.other_general_administration),
        ),
        transfers=maker.transfers(source.transfers),
        sections=source.sections if options.texts else (),
        policy_documents=source.policy_documents if options.texts else (),
        results=Results(),
        versions=(),
        # of the old year's budget and programme
        appropriations=Appropriations(),
        acceptances=(),
    )
    if ledger(programme).grand_total.total > MAX_AMOUNT:
        raise UserError(
            N_("With this rate the programme's total would exceed {limit} TL."), limit=format_number(MAX_AMOUNT)
        )
    return programme


def results_of(municipality: Municipality, year: int) -> Mapping[str, Value]:
    """Return what the programme of a year reached in the whole year, by indicator."""
    programme = municipality.programme(year)
    if programme is None:
        return {}
    return {
        result.indicator: result.value
        for result in programme.results.indicators
        if result.period == _WHOLE_YEAR and not result.status and not result.value.is_blank
    }


def moved_values(indicator: Indicator, year: int, results: Mapping[str, Value], options: Options) -> dict[Key, Moved]:
    """Return an indicator's values of a new year, given the results of the year before the last one's."""
    old = {key: value for key, value in indicator.values.items() if not value.is_blank}
    last, before = year - 1, year - 2
    new: dict[Key, Moved] = {}

    def take(key: Key, value: Value | None, origin: Origin) -> None:
        # what is better known comes first and stays
        if value is not None and key not in new:
            new[key] = Moved(value, origin)

    realised, estimate = (before, ValueKind.REALISED), (last, ValueKind.ESTIMATE)
    take(realised, old.get(realised), Origin.KNOWN)
    take(realised, results.get(indicator.id), Origin.RESULT)
    if options.estimates_as_realised:
        take(realised, old.get((before, ValueKind.ESTIMATE)), Origin.ESTIMATE)
    target = old.get((last, ValueKind.TARGET))
    take((last, ValueKind.PLANNED), target, Origin.TARGET)
    take(estimate, old.get(estimate), Origin.KNOWN)
    if options.targets_as_estimates:
        take(estimate, target, Origin.TARGET)
    if options.forecasts:
        take((year, ValueKind.TARGET), old.get((year, ValueKind.FORECAST)), Origin.FORECAST)
        for (forecast_year, kind), value in old.items():
            if kind is ValueKind.FORECAST and forecast_year > year:
                take((forecast_year, kind), value, Origin.FORECAST)
    return new


def check_rate(rate: Decimal) -> None:
    """Refuse a rate that can only be a slip.

    Raises:
        UserError: it is one.
    """
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise UserError(
            N_("The rate must lie between {lowest} and {highest} per cent."),
            lowest=format_number(LOWEST_RATE),
            highest=format_number(HIGHEST_RATE),
        )


def _objectives(plan: Plan) -> frozenset[str]:
    return frozenset(objective.id for goal in plan.goals for objective in goal.objectives)


class _Maker:
    """Makes the parts of the new programme."""

    def __init__(self, year: int, options: Options, results: Mapping[str, Value]) -> None:
        self._year = year
        self._options = options
        self._results = results

    def target(self, target: Target) -> Target:
        return replace(
            target,
            deferred=None,
            indicators=tuple(map(self._indicator, target.indicators)),
            activities=tuple(map(self._activity, target.activities)),
            cost_sheets=tuple(map(self._sheet, target.cost_sheets)),
        )

    def sub_programme(self, sub: SubProgramme, known: frozenset[str]) -> SubProgramme:
        return replace(
            sub,
            objectives=tuple(
                replace(own, objectives=tuple(id_ for id_ in own.objectives if id_ in known)) for own in sub.objectives
            ),
            indicators=tuple(map(self._indicator, sub.indicators)),
            activities=tuple(map(self._activity, sub.activities)),
            cost_sheets=tuple(map(self._sheet, sub.cost_sheets)),
        )

    def lines(self, lines: Iterable[CostLine]) -> tuple[CostLine, ...]:
        return tuple(replace(line, amount=self._amount(line.amount)) for line in self._kept(lines))

    def transfers(self, transfers: Iterable[Transfer]) -> tuple[Transfer, ...]:
        return tuple(replace(one, amount=self._amount(one.amount)) for one in self._kept(transfers))

    def former_budget(
        self, by_code: Mapping[str | None, Decimal], by_source: Mapping[str, Decimal] | None = None
    ) -> Iterator[OtherAmount]:
        """Yield what was the budget of the year that is now the current one; a code has one amount."""
        last = self._year - 1
        for code, amount in by_code.items():
            yield OtherAmount(last, AmountKind.BUDGET, amount, code)
        for source, amount in (by_source or {}).items():
            yield OtherAmount(last, AmountKind.BUDGET, amount, source=source)

    def later_forecasts(self, amounts: Iterable[OtherAmount]) -> Iterator[OtherAmount]:
        """Yield what the last programme foresaw for the years after the new one, where that is wished."""
        for amount in amounts if self._options.forecasts else ():
            if amount.kind is AmountKind.FORECAST and amount.year > self._year:
                yield amount

    def _indicator(self, indicator: Indicator) -> Indicator:
        moved = moved_values(indicator, self._year, self._results, self._options)
        return replace(
            indicator,
            deferred=None,
            note=self._note(indicator.note),
            values={key: one.value for key, one in moved.items()},
        )

    def _activity(self, activity: Activity) -> Activity:
        return replace(activity, note=self._note(activity.note))

    def _sheet(self, sheet: CostSheet) -> CostSheet:
        former = sheet_need(sheet)
        lines = self.lines(sheet.lines)
        parts = sheet.split if self._options.rate is not None else {}
        whole = total(line.amount for line in lines)
        # what stays as it is stays so in its parts
        shares = [*parts.values()] if lines == sheet.lines else divided([*parts.values()], whole, self._step)
        split = dict(zip(parts, shares, strict=True))
        return replace(
            sheet,
            note=self._note(sheet.note),
            lines=lines,
            transfers=self.transfers(sheet.transfers),
            off_budget={source: self._amount(amount) for source, amount in self._kept(sheet.off_budget.items())},
            split=split,
            other_amounts=(
                *self.former_budget(former.by_code, former.by_source),
                *self.later_forecasts(sheet.other_amounts),
            ),
        )

    def _kept(self, items: Iterable[_T]) -> Iterable[_T]:
        return items if self._options.rate is not None else ()

    def _note(self, note: str) -> str:
        return note if self._options.notes else ""

    @property
    def _step(self) -> Decimal:
        return _LIRA if self._options.whole_lira else KURUS

    def _amount(self, amount: Decimal) -> Decimal:
        raised = amount * (_HUNDRED + (self._options.rate or 0)) / _HUNDRED
        return round_half_up(raised, 0 if self._options.whole_lira else 2).quantize(KURUS)
