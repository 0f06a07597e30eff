"""What can go wrong in a programme, planted one at a time into the clean sample, and where it must be found."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from perfdesk import paths
from perfdesk.checks.settings import settings
from perfdesk.domain import turkish
from perfdesk.domain.administration import Population, Unit
from perfdesk.domain.control import AppropriationByCode, AppropriationByUnit, Appropriations
from perfdesk.domain.costs import CostLine
from perfdesk.domain.money import ZERO, total
from perfdesk.domain.numbers import format_number
from perfdesk.domain.plan import Objective
from perfdesk.domain.programme import Indicator, Municipality, Programme, Target, Version
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.domain.results import (
    Accounts,
    BalanceSheetItem,
    Debt,
    ExpenditureByCode,
    ExpenditureByUnit,
    IndicatorResult,
    Results,
)
from perfdesk.domain.texts import BlockKind, Run, TextBlock
from perfdesk.domain.totals import ledger
from perfdesk.domain.value import BLANK, Value, implied_kind
from perfdesk.exchange.reading import read
from perfdesk.services.output.exporting import programme_context
from perfdesk.tables.catalogue import part_of
from perfdesk.tables.form import load_form
from perfdesk.tables.mentions import mentions
from perfdesk.tables.resource_table import is_total, number_of

YEAR = 2026
# the sample's year of the programme budget, which is made of the one before
BUDGET_YEAR = 2027
CENT = Decimal("0.01")


class Planted(NamedTuple):
    """A programme with a fault: its place, and the decided programme a report is held against."""

    place: tuple[str, str]
    municipality: Municipality
    frozen: Programme | None = None


Plant = Callable[[Municipality], Iterator[Planted]]


@dataclass(frozen=True)
class Fault:
    """A way to break a rule. ``also`` names the rules that must cry with it, for one fault is the other, too."""

    rule: str
    name: str
    plant: Plant
    also: frozenset[str] = frozenset()
    reported: bool = False
    year: int = YEAR


FAULTS: list[Fault] = []


def fault(rule: str, *also: str, reported: bool = False, year: int = YEAR) -> Callable[[Plant], Plant]:
    def register(plant: Plant) -> Plant:
        FAULTS.append(Fault(rule, plant.__name__, plant, frozenset(also), reported, year))
        return plant

    return register


@cache
def clean() -> Municipality:
    """The sample with its latest year of the classic form."""
    return read(paths.resource("sample", "guneycam.json").read_bytes())


def report_table(caption: str, header: tuple[str, ...], *rows: tuple[str, ...]) -> ResourceTable:
    """A table as the report on the year has them."""
    return ResourceTable("III.B.1", caption, (header,), tuple(map(ResourceRow, rows)))


RECEIPTS = report_table(
    "Aylara Göre Makbuz Gelirleri",
    ("Aylar", "Araç Sayısı", "Tutar (TL)"),
    ("Ocak", "78", "12.115,00"),
    ("Şubat", "68", "11.920,50"),
    ("Mart", "1.039", "6.715,00"),
    ("GENEL TOPLAM", "1.185", "30.750,50"),
)
PERMITS = report_table(
    "Verilen Ruhsatlar", ("Ruhsatlar", "Adet"), ("Yeni Yapı", "53"), ("Tadilat", "4"), ("Toplam", "57")
)
# the rate is no part of the sum, and neither are the totals beside
COLLECTED = report_table(
    "Dönemlere Göre Tahsilat",
    ("Dönemler", "Vezne", "Mahsup", "Oran (%)", "Toplam"),
    ("Ocak-Şubat", "911,37", "58,69", "91", "970,06"),
    ("Mart-Nisan", "816,91", "-", "88", "816,91"),
    ("Mayıs-Haziran", "1.153,00", "59,16", "90", "1.212,16"),
    ("Toplam", "2.881,28", "117,85", "90", "2.999,13"),
)


@cache
def reported() -> Municipality:
    """The same with results that leave nothing to ask."""
    of_year = programme(clean())
    results = tuple(
        IndicatorResult(one.id, "year", one.value(YEAR, YEAR), evidence="Yıl sonu izleme kaydı")
        for target in of_year.targets
        for one in target.indicators
        if one.value(YEAR, YEAR).number is not None
    )
    hundred = Decimal("100.00")
    books = Accounts(
        expenditure_by_code=(ExpenditureByCode("01", hundred, hundred),),
        expenditure_by_unit=(ExpenditureByUnit("u1", hundred, hundred, hundred),),
        balance_sheet=(
            BalanceSheetItem("assets", hundred, "1", "Dönen Varlıklar"),
            BalanceSheetItem("assets", hundred, "10", "Hazır Değerler"),
            BalanceSheetItem("liabilities", hundred, "3", "Kısa Vadeli Yabancı Kaynaklar"),
        ),
        debts=(Debt(hundred, "İller Bankası"),),
    )
    made = Results(results, (), books, (RECEIPTS, PERMITS, COLLECTED))
    return with_programme(clean(), dataclasses.replace(of_year, results=made))


@cache
def copied() -> Municipality:
    """The same with a year before it of which all was taken over."""
    return with_last(clean(), dataclasses.replace(programme(clean()), year=YEAR - 1))


def with_last(municipality: Municipality, last: Programme) -> Municipality:
    return dataclasses.replace(municipality, programmes=(last, *municipality.programmes))


def programme(municipality: Municipality, year: int = YEAR) -> Programme:
    found = municipality.programme(year)
    assert found is not None
    return found


def with_programme(municipality: Municipality, changed: Programme) -> Municipality:
    """Other years and all other objects stay the same, as after an edit."""
    return dataclasses.replace(
        municipality, programmes=tuple(changed if one.year == changed.year else one for one in municipality.programmes)
    )


def change(municipality: Municipality, **fields: Any) -> Municipality:
    return with_programme(municipality, dataclasses.replace(programme(municipality), **fields))


def change_target(municipality: Municipality, target: Target, **fields: Any) -> Municipality:
    changed = dataclasses.replace(target, **fields)
    of_year = next(one for one in municipality.programmes if any(own is target for own in one.targets))
    targets = tuple(changed if one is target else one for one in of_year.targets)
    return with_programme(municipality, dataclasses.replace(of_year, targets=targets))


def change_part(municipality: Municipality, target: Target, part: str, record: Any, **fields: Any) -> Municipality:
    changed = dataclasses.replace(record, **fields)
    parts = tuple(changed if one is record else one for one in getattr(target, part))
    return change_target(municipality, target, **{part: parts})


def change_indicator(municipality: Municipality, target: Target, indicator: Indicator, **fields: Any) -> Municipality:
    return change_part(municipality, target, "indicators", indicator, **fields)


def set_values(
    municipality: Municipality, target: Target, indicator: Indicator, /, **new: Decimal | Value
) -> Municipality:
    years = {"past": YEAR - 2, "estimate": YEAR - 1, "target": YEAR}
    values = dict(indicator.values)
    for name, value in new.items():
        year = years[name]
        values[year, implied_kind(YEAR, year)] = value if isinstance(value, Value) else Value(value)
    return change_indicator(municipality, target, indicator, values=values)


def indicators(municipality: Municipality) -> Iterator[tuple[Target, Indicator, Decimal, Decimal, Decimal]]:
    """Indicators with three numbers and nothing that explains or defers them."""
    for target in programme(municipality).targets:
        for one in target.indicators:
            past, estimate, value = (one.value(YEAR, year).number for year in range(YEAR - 2, YEAR + 1))
            if past and estimate and value and not one.note and not one.deferred and not target.deferred:
                yield target, one, past, estimate, value


def rising(municipality: Municipality) -> Iterator[tuple[Target, Indicator, Decimal, Decimal, Decimal]]:
    return (entry for entry in indicators(municipality) if entry[1].direction == "increase")


def counted(municipality: Municipality) -> Iterator[tuple[Target, Indicator, Decimal, Decimal, Decimal]]:
    return (entry for entry in rising(municipality) if entry[1].unit != "%")


def spare_units(municipality: Municipality, target: Target, *sheets: Any) -> bool:
    """Whether the units of these cost sheets have other activities."""
    others = [sheet for one in programme(municipality).targets for sheet in one.cost_sheets if sheet not in sheets]
    busy = {unit for sheet in others for unit in (*sheet.units, *sheet.cooperating_units)}
    return all(unit in busy for sheet in sheets for unit in (*sheet.units, *sheet.cooperating_units))


# --- presence ---------------------------------------------------------------------------------------------------------


@fault("MVC-01")
def empty_section(base: Municipality) -> Iterator[Planted]:
    form, now = load_form(""), programme(base)
    for key in settings().sections["classic"]:
        if key == "goals":
            continue
        changed = change(
            base,
            sections=tuple(section for section in now.sections if section.key != key),
            resource_tables=tuple(table for table in now.resource_tables if part_of(form, table).key != key),
            policy_documents=() if key == "policies" else now.policy_documents,
        )
        if key == "organisation":
            alone = tuple(dataclasses.replace(unit, parent="") for unit in base.units)
            changed = dataclasses.replace(changed, units=alone)
        yield Planted(("section", key), changed)


@fault("MVC-01")
def section_of_blanks(base: Municipality) -> Iterator[Planted]:
    now = programme(base)
    for section in now.sections:
        if section.key in ("foreword", "authority"):
            blank = dataclasses.replace(section, blocks=(TextBlock(BlockKind.PARAGRAPH, (Run(" "),)),))
            sections = tuple(blank if one is section else one for one in now.sections)
            yield Planted(("section", section.key), change(base, sections=sections))


@fault("MVC-01")
def no_plan(base: Municipality) -> Iterator[Planted]:
    yield Planted(("programme", str(YEAR)), dataclasses.replace(base, plans=()))


@fault("MVC-03")
def no_plan_of_a_small_town(base: Municipality) -> Iterator[Planted]:
    small = dataclasses.replace(base.administration, population=(Population(2024, 31_000),))
    yield Planted(("programme", str(YEAR)), dataclasses.replace(base, plans=(), administration=small))


@fault("MVC-02", "MAL-10")
def table_of_units_empty(base: Municipality) -> Iterator[Planted]:
    now = programme(base)
    targets = tuple(
        dataclasses.replace(
            one,
            cost_sheets=tuple(dataclasses.replace(sheet, units=(), cooperating_units=()) for sheet in one.cost_sheets),
        )
        for one in now.targets
    )
    yield Planted(("programme", str(YEAR)), change(base, targets=targets))


@fault("MVC-02", "ILG-02")
def table_of_targets_empty(base: Municipality) -> Iterator[Planted]:
    targets = tuple(dataclasses.replace(one, indicators=()) for one in programme(base).targets)
    yield Planted(("programme", str(YEAR)), change(base, targets=targets))


# --- timeliness -------------------------------------------------------------------------------------------------------


@fault("ZMN-01")
def late_for_the_council(base: Municipality) -> Iterator[Planted]:
    for date in ("2025-12-01", "2025-12-31", "2026-02-01"):
        yield Planted(("programme", str(YEAR)), change(base, versions=(Version(1, date),)))


@fault("ZMN-02")
def decided_after_the_budget(base: Municipality) -> Iterator[Planted]:
    for date in ("2026-01-01", "2026-03-07"):
        version = Version(1, "2025-11-10", "2026/7", date)
        yield Planted(("programme", str(YEAR)), change(base, versions=(version,)))


# --- chain ------------------------------------------------------------------------------------------------------------


@fault("ILG-01")
def under_no_objective(base: Municipality) -> Iterator[Planted]:
    now = programme(base)
    for target in now.targets:
        if sum(one.objective == target.objective for one in now.targets) > 1:
            # a code of its own, for its place in the plan gives it none
            changed = change_target(base, target, objective="of another plan", code="99.1.1")
            yield Planted(("target", target.id), changed)


@fault("ILG-02")
def nothing_measured(base: Municipality) -> Iterator[Planted]:
    for target in programme(base).targets:
        if target.indicators:
            yield Planted(("target", target.id), change_target(base, target, indicators=()))


@fault("ILG-03")
def nothing_done(base: Municipality) -> Iterator[Planted]:
    for target in programme(base).targets:
        if target.activities and not target.deferred and spare_units(base, target, *target.cost_sheets):
            yield Planted(("target", target.id), change_target(base, target, activities=(), cost_sheets=()))


@fault("ILG-04")
def objective_left_out(base: Municipality) -> Iterator[Planted]:
    plan = base.plan_of(YEAR)
    assert plan is not None
    for goal in plan.goals:
        longer = dataclasses.replace(goal, objectives=(*goal.objectives, Objective("new", "", "Yeni bir hedef")))
        goals = tuple(longer if one is goal else one for one in plan.goals)
        changed = tuple(dataclasses.replace(one, goals=goals) if one is plan else one for one in base.plans)
        yield Planted(("objective", "new"), dataclasses.replace(base, plans=changed))


@fault("ILG-06")
def title_of_the_objective(base: Municipality) -> Iterator[Planted]:
    objectives = base.objectives_of(YEAR)
    for target in programme(base).targets:
        title = objectives[target.objective][1].title
        yield Planted(("target", target.id), change_target(base, target, title=title))


@fault("ILG-07")
def only_outputs(base: Municipality) -> Iterator[Planted]:
    for target in programme(base).targets:
        if target.indicators and not target.deferred:
            low = tuple(dataclasses.replace(one, type="output") for one in target.indicators)
            yield Planted(("target", target.id), change_target(base, target, indicators=low))


@fault("ILG-08", year=BUDGET_YEAR)
def activity_of_no_sub_programme(base: Municipality) -> Iterator[Planted]:
    for target in programme(base, BUDGET_YEAR).targets:
        for one in target.activities:
            yield Planted(("activity", one.id), change_part(base, target, "activities", one, sub_programme=""))


@fault("ILG-08", year=BUDGET_YEAR)
def indicator_of_no_objective(base: Municipality) -> Iterator[Planted]:
    for target in programme(base, BUDGET_YEAR).targets:
        for one in target.indicators:
            changed = change_indicator(base, target, one, sub_programme_objective="")
            yield Planted(("indicator", one.id), changed)


@fault("ILG-09", year=BUDGET_YEAR)
def sub_programme_for_nothing(base: Municipality) -> Iterator[Planted]:
    now = programme(base, BUDGET_YEAR)
    # the last of the list is that of general administration
    needing = [sub.id for entry in base.programme_list[:-1] for sub in entry.sub_programmes]
    for at, sub in enumerate(now.sub_programmes):
        if sub.sub_programme in needing:
            blank = tuple(dataclasses.replace(one, title=" ") for one in sub.objectives) if at % 2 else ()
            changed = dataclasses.replace(sub, objectives=blank)
            subs = tuple(changed if one is sub else one for one in now.sub_programmes)
            place = ("programme", str(BUDGET_YEAR))
            yield Planted(place, with_programme(base, dataclasses.replace(now, sub_programmes=subs)))


# --- measurability ----------------------------------------------------------------------------------------------------


@fault("OLC-01")
def target_not_a_number(base: Municipality) -> Iterator[Planted]:
    kinds = (BLANK, Value(mark="-"), Value(mark="X"), Value(text="60 bin"))
    for at, (target, one, *_rest) in enumerate(indicators(base)):
        yield Planted(("indicator", one.id), set_values(base, target, one, target=kinds[at % len(kinds)]))


@fault("OLC-01")
def no_number_at_all(base: Municipality) -> Iterator[Planted]:
    for target, one, *_rest in indicators(base):
        mark = Value(mark="X")
        changed = set_values(base, target, one, past=mark, estimate=mark, target=mark)
        yield Planted(("indicator", one.id), changed)


@fault("OLC-02")
def unit_forgotten(base: Municipality) -> Iterator[Planted]:
    for target, one, *_rest in indicators(base):
        yield Planted(("indicator", one.id), change_indicator(base, target, one, unit=" "))


@fault("OLC-03")
def past_forgotten(base: Municipality) -> Iterator[Planted]:
    for at, (target, one, _past, _estimate, value) in enumerate(indicators(base)):
        gone: dict[str, Value] = [{"past": BLANK}, {"estimate": Value(mark="-")}, {"past": BLANK, "estimate": BLANK}][
            at % 3
        ]
        assert value
        yield Planted(("indicator", one.id), set_values(base, target, one, **gone))


@fault("OLC-04")
def three_times_the_same(base: Municipality) -> Iterator[Planted]:
    for target, one, _past, estimate, _value in indicators(base):
        if one.direction != "keep":
            yield Planted(("indicator", one.id), set_values(base, target, one, past=estimate, target=estimate))


@fault("OLC-05")
def zero(base: Municipality) -> Iterator[Planted]:
    for target, one, *_rest in rising(base):
        yield Planted(("indicator", one.id), set_values(base, target, one, target=Decimal(0)))


@fault("OLC-06")
def falling_behind(base: Municipality) -> Iterator[Planted]:
    for target, one, _past, estimate, _value in indicators(base):
        if one.direction == "keep":
            continue
        worse = estimate * (Decimal("0.9") if one.direction == "increase" else Decimal("1.03"))
        yield Planted(("indicator", one.id), set_values(base, target, one, target=worse.quantize(CENT)))


@fault("OLC-07")
def no_percentage(base: Municipality) -> Iterator[Planted]:
    for at, (target, one, *_rest) in enumerate(indicators(base)):
        if one.unit == "%":
            wrong = Decimal(-5) if at % 2 else Decimal(130)
            estimate = {} if at % 2 else {"estimate": Decimal(99), "target": Decimal("99.5")}
            if one.direction == "decrease" and estimate:
                estimate["target"] = Decimal("98.5")
            yield Planted(("indicator", one.id), set_values(base, target, one, past=wrong, **estimate))


@fault("OLC-08")
def leap(base: Municipality) -> Iterator[Planted]:
    for target, one, _past, estimate, _value in counted(base):
        far = (estimate * Decimal("2.5")).quantize(CENT)
        yield Planted(("indicator", one.id), set_values(base, target, one, target=far))


@fault("OLC-08")
def one_zero_too_many(base: Municipality) -> Iterator[Planted]:
    for target, one, past, estimate, _value in counted(base):
        yield Planted(
            ("indicator", one.id), set_values(base, target, one, past=past / 10 if past < estimate else past / 20)
        )


@fault("OLC-08", "OLC-06")
def one_zero_too_few(base: Municipality) -> Iterator[Planted]:
    for target, one, _past, estimate, _value in counted(base):
        yield Planted(("indicator", one.id), set_values(base, target, one, target=estimate / 10))


# --- definition -------------------------------------------------------------------------------------------------------


@fault("TNM-01")
def vague(base: Municipality) -> Iterator[Planted]:
    names = ("Yapılan çalışma miktarı", "Kapasite", "Çeşitli etkinlik ve kurs miktarı")
    for at, (target, one, *_rest) in enumerate(indicators(base)):
        yield Planted(("indicator", one.id), change_indicator(base, target, one, name=names[at % len(names)]))


@fault("TNM-02")
def rate_of_what(base: Municipality) -> Iterator[Planted]:
    for at, (target, one, *_rest) in enumerate(indicators(base)):
        if one.name.endswith(("oranı", "payı")):
            field = ("numerator", "denominator")[at % 2]
            yield Planted(("indicator", one.id), change_indicator(base, target, one, **{field: ""}))


@fault("TNM-03")
def from_nowhere(base: Municipality) -> Iterator[Planted]:
    for at, (target, one, *_rest) in enumerate(indicators(base)):
        fields = ({"source": ""}, {"owner": ""}, {"source": "", "owner": ""})[at % 3]
        yield Planted(("indicator", one.id), change_indicator(base, target, one, **fields))


@fault("TNM-04")
def code_twice(base: Municipality) -> Iterator[Planted]:
    codes = programme_context(base, YEAR).codes.indicators
    entries = list(indicators(base))
    for (_target, first, *_), (target, later, *_rest) in zip(entries, entries[7:], strict=False):
        yield Planted(("indicator", later.id), change_indicator(base, target, later, code=codes[first.id]))


@fault("TNM-04")
def activity_code_twice(base: Municipality) -> Iterator[Planted]:
    codes = programme_context(base, YEAR).codes.activities
    for target in programme(base).targets:
        if len(target.activities) > 1:
            first, later = target.activities[0], target.activities[-1]
            changed = change_part(base, target, "activities", later, code=codes[first.id])
            yield Planted(("activity", later.id), changed)


@fault("TNM-04")
def odd_code(base: Municipality) -> Iterator[Planted]:
    codes = programme_context(base, YEAR).codes.indicators
    for target, one, *_rest in indicators(base):
        odd = codes[one.id].replace(" ", "").replace(".", "-")
        yield Planted(("indicator", one.id), change_indicator(base, target, one, code=odd))


@fault("TNM-05")
def unit_of_another_kind(base: Municipality) -> Iterator[Planted]:
    for target, one, *_rest in counted(base):
        last = one.name.split()[-1]
        wrong = {"sayısı": "km", "uzunluğu": "ton", "süresi": "m²"}.get(last)
        if wrong:
            yield Planted(("indicator", one.id), change_indicator(base, target, one, unit=wrong))


@fault("TNM-06")
def name_twice(base: Municipality) -> Iterator[Planted]:
    entries = [entry for entry in indicators(base) if entry[1].unit == "adet"]
    for (_target, first, *_), (target, later, *_rest) in zip(entries, entries[3:], strict=False):
        name = first.name.replace(" ", "  ") if len(first.name) % 2 else turkish.upper(first.name)
        yield Planted(("indicator", later.id), change_indicator(base, target, later, name=name))


@fault("TNM-06")
def name_nearly_twice(base: Municipality) -> Iterator[Planted]:
    entries = [entry for entry in indicators(base) if entry[1].unit == "adet" and len(entry[1].name.split()) > 3]
    for (_target, first, *_), (target, later, *_rest) in zip(entries, entries[3:], strict=False):
        words = first.name.split()
        longest = max(range(len(words) - 1), key=lambda at, words=words: len(words[at]))
        words[longest] = words[longest][:-2] + words[longest][-1]
        yield Planted(("indicator", later.id), change_indicator(base, target, later, name=" ".join(words)))


# --- money ------------------------------------------------------------------------------------------------------------


@fault("MAL-01", reported=True)
def accounts_disagree(base: Municipality) -> Iterator[Planted]:
    results = programme(base).results
    books = results.budget
    kurus = Decimal("0.01")

    def planted(place: str, **fields: Any) -> Planted:
        changed = dataclasses.replace(results, budget=dataclasses.replace(books, **fields))
        return Planted(("account", place), change(base, results=changed))

    by_unit = books.expenditure_by_unit[0]
    yield planted("expenditure", expenditure_by_unit=(dataclasses.replace(by_unit, spent=by_unit.spent + kurus),))
    yield planted(
        "expenditure",
        expenditure_by_unit=(dataclasses.replace(by_unit, appropriation=by_unit.appropriation - kurus),),
    )
    one, ten, three = books.balance_sheet
    yield planted("1", balance_sheet=(one, dataclasses.replace(ten, amount=ten.amount + kurus), three))
    yield planted("balance_sheet", balance_sheet=(one, ten, dataclasses.replace(three, amount=three.amount + kurus)))


@fault("MAL-04")
def appropriations_differ(base: Municipality) -> Iterator[Planted]:
    place = ("account", "appropriations")
    right = appropriations(base)

    def planted(**lists: Any) -> Planted:
        return Planted(place, change(base, appropriations=dataclasses.replace(right, **lists)))

    for name in ("by_code", "by_unit"):
        entered = getattr(right, name)
        for one in entered:
            for difference in (CENT, -CENT):
                changed = dataclasses.replace(one, amount=one.amount + difference)
                # alone and with the other list, with which it does not agree then
                lists = {name: tuple(changed if other is one else other for other in entered)}
                yield planted(**lists)
                yield planted(**{"by_code": (), "by_unit": (), **lists})
    # the sum is right, two of its parts are not
    (first, second, *others) = right.by_code
    moved = [dataclasses.replace(one, amount=one.amount + by) for one, by in ((first, CENT), (second, -CENT))]
    yield planted(by_code=(*moved, *others))


def appropriations(base: Municipality) -> Appropriations:
    """What the budget gives where it is made of the programme; what belongs to no unit alone is one unit's."""
    of_year = programme(base)
    books = ledger(of_year)
    columns = (books.activities, books.general_administration, books.transfers)
    codes = sorted({code for column in columns for code in column if code})
    by_code = [AppropriationByCode(code, total(column.get(code, ZERO) for column in columns)) for code in codes]
    by_unit: dict[str, Decimal] = defaultdict(Decimal)
    for sums in books.holders:
        for sheet, need in zip(sums.holder.cost_sheets, sums.sheets, strict=True):
            by_unit[sheet.units[0]] += need.need.budget
    rest = books.grand_total.budget - total(by_unit.values())
    by_unit[next(iter(by_unit))] += rest
    return Appropriations(tuple(by_code), tuple(AppropriationByUnit(amount, unit) for unit, amount in by_unit.items()))


@fault("MAL-06")
def without_cost(base: Municipality) -> Iterator[Planted]:
    for target in programme(base).targets:
        for sheet in target.cost_sheets:
            if len(sheet.activities) == 1 and not target.deferred:
                activity = next(one for one in target.activities if one.id in sheet.activities)
                if not activity.note:
                    empty = {"lines": (), "transfers": (), "off_budget": {}, "note": "", "other_amounts": ()}
                    changed = change_part(base, target, "cost_sheets", sheet, **empty)
                    yield Planted(("activity", activity.id), changed)


@fault("MAL-07")
def reserve_in_an_activity(base: Municipality) -> Iterator[Planted]:
    for target in programme(base).targets:
        for sheet in target.cost_sheets:
            lines = (*sheet.lines, CostLine("09", Decimal("1000.00")))
            changed = change_part(base, target, "cost_sheets", sheet, lines=lines, split={})
            yield Planted(("cost_sheet", sheet.activities[0]), changed)


@fault("MAL-07")
def reserve_out_of_bounds(base: Municipality) -> Iterator[Planted]:
    lines = programme(base).general_administration
    budget = ledger(programme(base)).grand_total.budget
    for share in (Decimal("0.02"), Decimal("0.049"), Decimal("0.15")):
        others = budget - next(line.amount for line in lines if line.code == "09")
        reserve = (others * share / (1 - share)).quantize(CENT)
        changed = tuple(dataclasses.replace(line, amount=reserve) if line.code == "09" else line for line in lines)
        yield Planted(("programme", str(YEAR)), change(base, general_administration=changed))


@fault("MAL-08")
def general_administration_high(base: Municipality) -> Iterator[Planted]:
    lines = programme(base).general_administration
    for times in (6, 20):
        more = [dataclasses.replace(line, amount=line.amount * times) for line in lines if line.code != "09"]
        rest = ledger(change_lines(base, more)).grand_total.budget
        reserve = (rest * Decimal("0.07") / Decimal("0.93")).quantize(CENT)
        changed = (*more, CostLine("09", reserve))
        yield Planted(("programme", str(YEAR)), change(base, general_administration=changed))


def change_lines(base: Municipality, lines: list[CostLine]) -> Programme:
    return dataclasses.replace(programme(base), general_administration=tuple(lines))


@fault("MAL-10")
def nobody_answers(base: Municipality) -> Iterator[Planted]:
    for target in programme(base).targets:
        for sheet in target.cost_sheets:
            if spare_units(base, target, sheet):
                changed = change_part(base, target, "cost_sheets", sheet, units=())
                yield Planted(("cost_sheet", sheet.activities[0]), changed)


@fault("MAL-10")
def unit_gone(base: Municipality) -> Iterator[Planted]:
    for unit in base.units:
        sheets = [s for one in programme(base).targets for s in one.cost_sheets if unit.id in s.units]
        if sheets:
            units = tuple(dataclasses.replace(one, inactive=True) if one is unit else one for one in base.units)
            yield Planted(("cost_sheet", sheets[0].activities[0]), dataclasses.replace(base, units=units))


@fault("MAL-10")
def unit_without_work(base: Municipality) -> Iterator[Planted]:
    idle = Unit("new", "Muhtarlık Hizmetleri Müdürlüğü")
    yield Planted(("unit", "new"), dataclasses.replace(base, units=(*base.units, idle)))


@fault("MAL-11")
def round_amounts(base: Municipality) -> Iterator[Planted]:
    sheets = sum(len(one.cost_sheets) for one in programme(base).targets)
    left = sheets // 8

    def rounded(target: Target) -> Target:
        nonlocal left
        if target.deferred or left <= 0 or any(sheet.transfers for sheet in target.cost_sheets):
            return target
        left -= len(target.cost_sheets)
        line = (CostLine("03", Decimal("1500000.00")),)
        changed = tuple(dataclasses.replace(sheet, lines=line, off_budget={}, split={}) for sheet in target.cost_sheets)
        return dataclasses.replace(target, cost_sheets=changed)

    yield Planted(("programme", str(YEAR)), change(base, targets=tuple(map(rounded, programme(base).targets))))


# --- resources --------------------------------------------------------------------------------------------------------


@fault("KYN-01")
def wrong_total(base: Municipality) -> Iterator[Planted]:
    tables = programme(base).resource_tables
    for at, table in enumerate(tables):
        if any(is_total(row.cells) for row in table.rows) or not table.rows:
            continue
        numbers = [number_of(row.cells[-1]) for row in table.rows if len(row.cells) == table.width]
        if len(numbers) < 2 or None in numbers or not table.total_row:
            continue
        wrong = sum(number for number in numbers if number is not None) + 1
        total = ResourceRow(("Toplam", *[""] * (table.width - 2), f"{wrong:,}".translate(str.maketrans(",.", ".,"))))
        changed = dataclasses.replace(table, rows=(*table.rows, total), total_row=None)
        yield Planted(
            ("resource_table", str(at + 1)), change(base, resource_tables=(*tables[:at], changed, *tables[at + 1 :]))
        )


@fault("KYN-02")
def people_lost(base: Municipality) -> Iterator[Planted]:
    tables = programme(base).resource_tables
    for at, table in enumerate(tables):
        if not table.kind.startswith("personnel_") or table.kind == "personnel_title":
            continue
        first = table.rows[0]
        cells = [str(int(text) + 1) if text.isdigit() and n == 1 else text for n, text in enumerate(first.cells)]
        changed = dataclasses.replace(table, rows=(dataclasses.replace(first, cells=tuple(cells)), *table.rows[1:]))
        yield Planted(
            ("resource_table", str(at + 1)), change(base, resource_tables=(*tables[:at], changed, *tables[at + 1 :]))
        )


@fault("KYN-03", reported=True)
def wrong_total_in_the_report(base: Municipality) -> Iterator[Planted]:
    """Each number of the report's tables in turn, one more: it is a part of a sum, or the sum."""
    results = programme(base).results
    for at, table in enumerate(results.unit_tables):
        for n, row in enumerate(table.rows):
            for column, text in enumerate(row.cells):
                value = number_of(text)
                if value is None or "%" in table.header[0][column]:
                    continue
                cells = (*row.cells[:column], format_number(value + 1), *row.cells[column + 1 :])
                rows = (*table.rows[:n], dataclasses.replace(row, cells=cells), *table.rows[n + 1 :])
                changed = dataclasses.replace(table, rows=rows)
                tables = (*results.unit_tables[:at], changed, *results.unit_tables[at + 1 :])
                yield Planted(
                    ("result", f"unit_tables.{at + 1}"),
                    change(base, results=dataclasses.replace(results, unit_tables=tables)),
                )


# --- wording ----------------------------------------------------------------------------------------------------------


@fault("YAZ-01")
def wrong_letters(base: Municipality) -> Iterator[Planted]:
    for at, target in enumerate(programme(base).targets):
        if at % 3 == 0:
            wrong = f"{target.description} GÜNEYÇAM BELEDIYESI"
            yield Planted(("target", target.id), change_target(base, target, description=wrong))
        elif at % 3 == 1 and target.indicators:
            one = target.indicators[0]
            name = one.name.replace("i", "i\u0307", 1)
            if name != one.name:
                yield Planted(("indicator", one.id), change_indicator(base, target, one, name=name))
        elif target.activities:
            activity = target.activities[0]
            name = f"{activity.name} (MÜDÜRLÜĞÜ, Itfaiye)"
            yield Planted(("activity", activity.id), change_part(base, target, "activities", activity, name=name))


@fault("YAZ-01")
def title_by_letters(base: Municipality) -> Iterator[Planted]:
    objectives = base.objectives_of(YEAR)
    for target in programme(base).targets:
        title = objectives[target.objective][1].title
        other = title.replace("ı", "i", 1) if "ı" in title else title.replace("ü", "u", 1)
        if other != title:
            yield Planted(("target", target.id), change_target(base, target, title=other))


@fault("YAZ-01")
def title_by_a_slip(base: Municipality) -> Iterator[Planted]:
    objectives = base.objectives_of(YEAR)
    for target in programme(base).targets:
        words = objectives[target.objective][1].title.split()
        long = next((at for at, word in enumerate(words) if len(word) > 7 and word.isalpha()), None)
        if long is not None and len(words) > 1:
            words[long] = words[long][:-1]
            yield Planted(("target", target.id), change_target(base, target, title=" ".join(words)))


@fault("YAZ-01")
def wrong_letters_in_notes_of_cost_tables(base: Municipality) -> Iterator[Planted]:
    for target in programme(base).targets:
        for sheet in target.cost_sheets:
            note = f"{sheet.note} Güneyçam Belediyesı ile.".strip()
            changed = change_part(base, target, "cost_sheets", sheet, note=note)
            yield Planted(("cost_sheet", sheet.activities[0]), changed)


@fault("YAZ-01")
def wrong_letters_in_texts(base: Municipality) -> Iterator[Planted]:
    now = programme(base)
    for section in now.sections:
        block = TextBlock(BlockKind.PARAGRAPH, (Run("Bu metni Güneyçam Belediyesı hazırlamıştır."),))
        longer = dataclasses.replace(section, blocks=(*section.blocks, block))
        sections = tuple(longer if one is section else one for one in now.sections)
        yield Planted(("section", section.key), change(base, sections=sections))
    for at, table in enumerate(now.resource_tables):
        changed = dataclasses.replace(table, caption=f"{table.caption} (FEN ISLERI MÜDÜRLÜĞÜ, MUDURLUGU)")
        tables = (*now.resource_tables[:at], changed, *now.resource_tables[at + 1 :])
        yield Planted(("resource_table", str(at + 1)), change(base, resource_tables=tables))


@fault("YAZ-01", "MAL-10")
def one_unit_twice(base: Municipality) -> Iterator[Planted]:
    for unit in base.units:
        if "İşleri" in unit.name:
            twin = Unit("new", unit.name.replace("İşleri", "Hizmetleri"))
            yield Planted(("unit", "new"), dataclasses.replace(base, units=(*base.units, twin)))


@fault("YAZ-02")
def old_policy(base: Municipality) -> Iterator[Planted]:
    now = programme(base)
    for at, document in enumerate(now.policy_documents):
        old = (
            dataclasses.replace(document, first_year=2019, last_year=2023)
            if at % 2
            else dataclasses.replace(document, document="Bir Plan (2019-2023)", first_year=None, last_year=None)
        )
        documents = tuple(old if one is document else one for one in now.policy_documents)
        yield Planted(("section", "policies"), change(base, policy_documents=documents))


NAMING = f"{YEAR - 1} yılında tamamlanacaktır."


@fault("YAZ-03")
def text_of_last_year(base: Municipality) -> Iterator[Planted]:
    """Each field of what a target holds; last year's programme has it as well."""
    for at, target in enumerate(programme(base).targets):
        for part, columns in (
            ("", ("title", "description")),
            ("indicators", ("definition", "method", "note")),
            ("activities", ("description", "note")),
            ("cost_sheets", ("note",)),
        ):
            record = next(iter(getattr(target, part)), None) if part else target
            if record is None:
                continue
            column = columns[at % len(columns)]
            text = f"{getattr(record, column)} {NAMING}"
            if part:
                made = change_part(base, target, part, record, **{column: text})
            else:
                made = change_target(base, target, **{column: text})
            changed = next(one for one in programme(made).targets if one.id == target.id)
            kind = part.removesuffix("s").replace("activitie", "activity") or "target"
            id_ = str(record.activities[0] if part == "cost_sheets" else record.id)
            yield Planted((kind, id_), with_last(made, Programme(YEAR - 1, targets=(changed,))))


@fault("YAZ-03")
def paragraph_of_last_year(base: Municipality) -> Iterator[Planted]:
    now = programme(base)
    for at, section in enumerate(now.sections):
        if at % 2:
            block = TextBlock(BlockKind.PARAGRAPH, (Run("Yapım işleri "), Run(NAMING, bold=True)))
        else:
            block = TextBlock(BlockKind.PICTURE, picture="logo", caption=NAMING)
        longer = dataclasses.replace(section, blocks=(*section.blocks, block))
        sections = tuple(longer if one is section else one for one in now.sections)
        last = Programme(YEAR - 1, sections=(dataclasses.replace(section, blocks=(block,)),))
        yield Planted(("section", section.key), with_last(change(base, sections=sections), last))


@fault("YAZ-03")
def table_s_caption_of_last_year(base: Municipality) -> Iterator[Planted]:
    tables = programme(base).resource_tables
    for at, table in enumerate(tables):
        column = ("caption", "note")[at % 2]
        text: Any = f"{getattr(table, column)} {NAMING}"
        changed = dataclasses.replace(table, **{column: text})
        last = Programme(YEAR - 1, resource_tables=(dataclasses.replace(changed, rows=()),))
        made = change(base, resource_tables=(*tables[:at], changed, *tables[at + 1 :]))
        yield Planted(("resource_table", str(at + 1)), with_last(made, last))


@fault("YAZ-03")
def policy_of_last_year(base: Municipality) -> Iterator[Planted]:
    documents = programme(base).policy_documents
    for at, document in enumerate(documents):
        fields: dict[str, Any] = {("section", "reference", "text")[at % 3]: NAMING}
        changed = dataclasses.replace(document, **fields)
        made = change(base, policy_documents=(*documents[:at], changed, *documents[at + 1 :]))
        yield Planted(("section", "policies"), with_last(made, Programme(YEAR - 1, policy_documents=(changed,))))


@fault("YAZ-03", year=BUDGET_YEAR)
def sub_programme_of_last_year(base: Municipality) -> Iterator[Planted]:
    now, last = programme(base, BUDGET_YEAR), programme(base)
    text = NAMING.replace(str(YEAR - 1), str(YEAR))
    for at, sub in enumerate(now.sub_programmes):
        first, *others = sub.objectives
        fields: dict[str, Any] = (
            {"objectives": (dataclasses.replace(first, title=text), *others)} if at % 2 else {"description": text}
        )
        changed = dataclasses.replace(sub, **fields)
        subs = tuple(changed if one is sub else one for one in now.sub_programmes)
        made = with_programme(base, dataclasses.replace(now, sub_programmes=subs))
        made = with_programme(made, dataclasses.replace(last, sub_programmes=(changed,)))
        yield Planted(("programme", str(BUDGET_YEAR)), made)


@fault("YAZ-04")
def text_as_last_year(base: Municipality) -> Iterator[Planted]:
    for section in programme(base).sections:
        last = Programme(YEAR - 1, sections=(section,))
        if not any(mentions(last, YEAR - 1)):
            yield Planted(("section", section.key), with_last(base, last))


@fault("YAZ-05")
def table_as_last_year(base: Municipality) -> Iterator[Planted]:
    tables = programme(base).resource_tables
    for at, table in enumerate(tables):
        # as a copy of which only the caption was looked at
        former = dataclasses.replace(table, caption=f"{table.caption} {YEAR - 1}", header=(), note="")
        changed = dataclasses.replace(table, caption=f"{table.caption} {YEAR}")
        made = change(base, resource_tables=(*tables[:at], changed, *tables[at + 1 :]))
        yield Planted(("resource_table", str(at + 1)), with_last(made, Programme(YEAR - 1, resource_tables=(former,))))


# --- results ----------------------------------------------------------------------------------------------------------


def change_result(base: Municipality, result: IndicatorResult, **fields: Any) -> Municipality:
    results = programme(base).results
    changed = dataclasses.replace(result, **fields)
    entered = tuple(changed if one is result else one for one in results.indicators)
    return change(base, results=dataclasses.replace(results, indicators=entered))


@fault("TUT-01", reported=True)
def another_target_decided(base: Municipality) -> Iterator[Planted]:
    for target, one, _past, _estimate, value in indicators(base):
        frozen = programme(set_values(base, target, one, target=value + 1))
        yield Planted(("indicator", one.id), base, frozen)


@fault("TUT-02", reported=True)
def another_set_decided(base: Municipality) -> Iterator[Planted]:
    for target in programme(base).targets:
        if len(target.indicators) > 1:
            fewer = programme(change_target(base, target, indicators=target.indicators[1:]))
            yield Planted(("indicator", target.indicators[0].id), base, fewer)
            more = (*target.indicators, Indicator("gone", name="Silinen gösterge"))
            yield Planted(("programme", str(YEAR)), base, programme(change_target(base, target, indicators=more)))


@fault("TUT-03", reported=True)
def nothing_realised(base: Municipality) -> Iterator[Planted]:
    results = programme(base).results
    for at, result in enumerate(results.indicators):
        if at % 2:
            yield Planted(("result", result.indicator), change_result(base, result, value=BLANK, evidence=""))
        else:
            entered = tuple(one for one in results.indicators if one is not result)
            changed = dataclasses.replace(results, indicators=entered)
            yield Planted(("result", result.indicator), change(base, results=changed))


@fault("TUT-04")
def weights_off(base: Municipality) -> Iterator[Planted]:
    for target, one, *_rest in indicators(base):
        assert one.weight is not None
        yield Planted(("target", target.id), change_indicator(base, target, one, weight=one.weight + 2))


def far(base: Municipality) -> Iterator[tuple[IndicatorResult, Value]]:
    for result in programme(base).results.indicators:
        number = result.value.number
        assert number is not None
        yield result, Value(number * Decimal("0.7"))


MEASURE = {"measure": "Ek sefer konacak", "measure_unit": "u1", "measure_date": "2027-06-30"}


@fault("GCR-01", reported=True)
def no_reason(base: Municipality) -> Iterator[Planted]:
    reasons = ("", "Salgın nedeniyle", "Gerçekleştirilememiştir.")
    for at, (result, value) in enumerate(far(base)):
        changed = change_result(base, result, value=value, explanation=reasons[at % 3], **MEASURE)
        yield Planted(("result", result.indicator), changed)


@fault("GCR-01", reported=True)
def same_reason_again(base: Municipality) -> Iterator[Planted]:
    stock = "Tasarruf tedbirleri kapsamında alım yapılamamıştır."
    results = programme(base).results
    used = tuple(dataclasses.replace(one, explanation=stock) for one in results.indicators[:3])
    primed = change(base, results=dataclasses.replace(results, indicators=(*used, *results.indicators[3:])))
    for result, value in list(far(primed))[3:]:
        changed = change_result(primed, result, value=value, explanation=stock, **MEASURE)
        yield Planted(("result", result.indicator), changed)


@fault("GCR-02", reported=True)
def no_measure(base: Municipality) -> Iterator[Planted]:
    for at, (result, value) in enumerate(far(base)):
        reason = f"İhale iki kez iptal edildiği için iş {at + 3} ay geç başlamıştır."
        left_out = sorted(MEASURE)[at % 3]
        changed = change_result(base, result, value=value, explanation=reason, **{**MEASURE, left_out: ""})
        yield Planted(("result", result.indicator), changed)


@fault("DGR-01", reported=True)
def no_evidence(base: Municipality) -> Iterator[Planted]:
    for result in programme(base).results.indicators:
        yield Planted(("result", result.indicator), change_result(base, result, evidence=""))


@fault("SNM-01", reported=True)
def nobody_signs(base: Municipality) -> Iterator[Planted]:
    for role in ("mayor", "finance"):
        signers = tuple(one for one in base.administration.signatories if one.role != role)
        administration = dataclasses.replace(base.administration, signatories=signers)
        yield Planted(("administration", ""), dataclasses.replace(base, administration=administration))


@fault("SNM-02", reported=True)
def no_debts(base: Municipality) -> Iterator[Planted]:
    results = programme(base).results
    changed = dataclasses.replace(results, budget=dataclasses.replace(results.budget, debts=()))
    yield Planted(("programme", str(YEAR)), change(base, results=changed))
