"""What every table of one programme shares: layout, codes, the ledger, names, and how money is written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfdesk.domain import turkish
from perfdesk.domain.money import ZERO
from perfdesk.domain.numbering import Codes, codes, numbered_alike
from perfdesk.domain.numbers import format_number
from perfdesk.domain.plan import Goal, Objective
from perfdesk.domain.programme import Activity, Indicator, Municipality, Programme, SubProgramme, Target
from perfdesk.domain.totals import Ledger, SheetNeed, ledger
from perfdesk.tables.layout import Layout, fill

_KURUS = Decimal(1)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Context:
    """A programme ready to be set in tables."""

    municipality: Municipality
    programme: Programme
    layout: Layout
    codes: Codes
    ledger: Ledger
    objectives: Mapping[str, tuple[Goal, Objective]]
    units: Mapping[str, str]
    sub_programmes: Mapping[str, tuple[str, str]]
    labels: Mapping[str, str]
    # whether the targets are the objectives again, and print as these
    restates: bool
    # decimals that amounts need: none as long as all of the year are in whole lira
    needed_places: int
    places: int
    zero: str
    zero_share: str

    @property
    def years(self) -> tuple[int, int, int]:
        """The three years of the classic form: t-1, t, t+1."""
        year = self.programme.year
        return (year - 2, year - 1, year)

    def money(self, amount: Decimal) -> str:
        """Return an amount as this layout prints it."""
        return self._money(amount, self.layout.zero)

    def cost_money(self, amount: Decimal) -> str:
        """Return an amount as the layout prints it in table 2."""
        return self._money(amount, self.layout.cost_zero)

    def told_money(self, amount: Decimal) -> str:
        """Return an amount as running text has it, which has no use for the dash that a table prints for nothing."""
        return self.layout.currency.replace("{amount}", format_number(amount, self.places))

    @property
    def says_currency(self) -> bool:
        """Whether an amount says itself that it is money, so that nothing beside it has to."""
        return self.layout.currency.strip() != "{amount}"

    def _money(self, amount: Decimal, zero: str) -> str:
        if not amount:
            return zero or self.zero
        return self.layout.currency.replace("{amount}", format_number(amount, self.places))

    def share(self, value: Decimal) -> str:
        """Return a share as this layout prints it."""
        if not value:
            return self.zero_share
        return self.layout.share.replace("{share}", format_number(value, 2))

    @property
    def percent(self) -> str:
        """How a share is printed where no head says that it is one: as in the tables, or with the sign as in texts."""
        return self.layout.share if "%" in self.layout.share else "%{share}"

    def unit_names(self, ids: Sequence[str]) -> list[str]:
        """Return the canonical names of spending units."""
        return [self.units.get(id_, "") for id_ in ids]

    def sheets(self) -> Iterator[tuple[Target | SubProgramme, int, SheetNeed]]:
        """Yield every cost sheet as (holder, index in it, sums)."""
        sums = iter(self.ledger.sheets)
        for holder in self.programme.holders():
            for index in range(len(holder.cost_sheets)):
                yield holder, index, next(sums)

    def holder_name(self, holder: Target | SubProgramme) -> tuple[str, str]:
        """Return the printed code and title of a target or sub-programme."""
        if isinstance(holder, Target):
            return self.codes.targets[holder.id], holder.title
        return self.sub_programmes.get(holder.sub_programme, ("", ""))

    def indicator_name(self, indicator: Indicator) -> str:
        """Return an indicator's name; a deferred one says so, for a blank target value could mean anything."""
        if not indicator.deferred:
            return indicator.name
        return f"{indicator.name} ({self.labels['deferred_mark']})"

    @property
    def target_label(self) -> str:
        """The printed label of a target: that of the objective where it is the objective again."""
        return self.labels["objective" if self.restates else "target"]

    def activity_list(self, activities: Sequence[Activity], *, counted: bool = False) -> tuple[list[str], bool]:
        """Return activities as a list shows them, and whether numbers stand in it for the bullets.

        A mere number stands in place of the bullet, never beside it. A layout that prints a target's activities as one
        list has bullets in all its lists. Where they are ``counted`` in a column of their own, names are enough.
        """
        if counted:
            return [one.name for one in activities], False
        codes = [self.codes.activities[one.id] for one in activities]
        if not self._has_bullets and all(code.isdigit() for code in codes):
            return [self.activity_name(one) for one in activities], True
        pairs = zip(activities, codes, strict=True)
        return [one.name if code.isdigit() else self.activity_name(one) for one, code in pairs], False

    @property
    def _has_bullets(self) -> bool:
        layout = self.layout
        return layout.performance_rows == "target" and "activity" not in layout.always_numbered

    def activity_name(self, activity: Activity) -> str:
        """Return an activity as a list shows it: code and name."""
        return coded(self.codes.activities[activity.id], activity.name)


def context(municipality: Municipality, programme: Programme, layout: Layout, before: Context | None = None) -> Context:
    """Prepare a programme for its tables; given the context from before an edit, what still holds is taken over."""
    year = programme.year
    labels = {key: fill(text, year=year) for key, text in layout.labels.items()}
    for index, pattern in enumerate(layout.year_heads):
        labels[f"indicator.year.{index}"] = fill(pattern, year=year - 2 + index)
    needed = 2 if _has_kurus(programme) else 0
    objectives = municipality.objectives_of(year)
    places = 2 if layout.kurus == "always" else needed
    return Context(
        municipality=municipality,
        programme=programme,
        layout=layout,
        codes=_codes(municipality, programme, layout, before),
        ledger=ledger(programme, before.ledger if before else None),
        objectives=objectives,
        units={unit.id: unit.name for unit in municipality.units},
        sub_programmes={
            sub.id: (sub.code, sub.name) for entry in municipality.programme_list for sub in entry.sub_programmes
        },
        labels=labels,
        restates=layout.restated_once and _restates(programme, objectives),
        needed_places=needed,
        places=places,
        zero=layout.currency.replace("{amount}", format_number(ZERO, places)),
        zero_share=layout.share.replace("{share}", format_number(ZERO, 2)),
    )


def _codes(municipality: Municipality, programme: Programme, layout: Layout, before: Context | None) -> Codes:
    plan = municipality.plan_of(programme.year)
    if (
        before is not None
        and plan is before.municipality.plan_of(before.programme.year)
        and layout.codes == before.layout.codes
        and layout.always_numbered == before.layout.always_numbered
        and numbered_alike(programme, before.programme)
    ):
        return before.codes
    return codes(programme, plan, layout.codes, layout.always_numbered)


def _restates(programme: Programme, objectives: Mapping[str, tuple[Goal, Objective]]) -> bool:
    """Whether there is no level of targets: none shares its objective, and most are called like it.

    From year to year a word of the one or of the other changes, so that a few may well be called otherwise.
    """
    served = [target.objective for target in programme.targets]
    if len(set(served)) < len(served) or not objectives.keys() >= set(served):
        return False
    again = sum(_words(target.title) == _words(objectives[target.objective][1].title) for target in programme.targets)
    return again * 2 >= len(served)


def _words(title: str) -> list[str]:
    return _WORD.findall(turkish.fold(title))


def _has_kurus(programme: Programme) -> bool:
    """Whether any amount of the programme year is not in whole lira."""
    return any(amount % _KURUS for amount in _amounts(programme))


def _amounts(programme: Programme) -> Iterator[Decimal]:
    for holder in programme.holders():
        for sheet in holder.cost_sheets:
            yield from (line.amount for line in sheet.lines)
            yield from (transfer.amount for transfer in sheet.transfers)
            yield from sheet.off_budget.values()
            yield from sheet.split.values()
    yield from (line.amount for line in programme.general_administration)
    yield from (transfer.amount for transfer in programme.transfers)


def coded(code: str, name: str) -> str:
    """Return code and name in one text; a mere number gets a full stop."""
    if not code:
        return name
    return f"{code}. {name}" if code.isdigit() else f"{code} {name}"
