"""Whether the year's accounts agree with themselves: by code and by unit, groups and their accounts, both sides."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from perfdesk.checks.finding import ACCOUNT, Where, Word
from perfdesk.checks.rule import Found
from perfdesk.checks.scene import Scene, money
from perfdesk.domain.money import total
from perfdesk.domain.programme import Programme
from perfdesk.domain.results import BalanceSheetItem
from perfdesk.i18n import N_

_SIDES: Final = {"assets": N_("Assets"), "liabilities": N_("Liabilities")}
# groups of the chart of accounts that stand on the balance sheet; 9 is kept beside it
_CLASSES: Final = "12345"


def expenditure(_scene: Scene, programme: Programme) -> Iterator[Found]:
    """MAL-01: spending and appropriations by economic code against those by unit."""
    books = programme.results.budget
    if not books.expenditure_by_code or not books.expenditure_by_unit:
        return
    for field, message in (
        ("spent", _SPENT),
        ("appropriation", _APPROPRIATION),
    ):
        by_code = total(getattr(one, field) for one in books.expenditure_by_code)
        by_unit = total(getattr(one, field) for one in books.expenditure_by_unit)
        if by_code != by_unit:
            yield Found(
                message,
                {
                    "year": str(programme.year),
                    "by_code": money(by_code),
                    "by_unit": money(by_unit),
                    "difference": money(abs(by_code - by_unit)),
                },
                where=Where(ACCOUNT, "expenditure", field),
            )


_SPENT: Final = N_(
    "The spending of {year} by economic code ({by_code} TL) and by unit ({by_unit} TL) differ by {difference} TL. "
    "Correct what is wrong."
)
_APPROPRIATION: Final = N_(
    "The appropriations of {year} by economic code ({by_code} TL) and by unit ({by_unit} TL) differ by {difference} "
    "TL. Correct what is wrong."
)


def balance_sheet(_scene: Scene, programme: Programme) -> Iterator[Found]:
    """MAL-01: groups against what stands under them, and the two sides against each other."""
    items = programme.results.budget.balance_sheet
    for side in _SIDES:
        own = [item for item in items if item.side == side and item.code[:1] in _CLASSES and item.code]
        yield from _groups(side, own, programme.year)
    sums = {side: _whole(items, side) for side in _SIDES}
    assets, liabilities = sums["assets"], sums["liabilities"]
    if assets is not None and liabilities is not None and assets != liabilities:
        yield Found(
            N_(
                "On the balance sheet of {year} assets ({assets} TL) and liabilities ({liabilities} TL) differ by "
                "{difference} TL. Correct what is wrong."
            ),
            {
                "assets": money(assets),
                "liabilities": money(liabilities),
                "difference": money(abs(assets - liabilities)),
            },
            where=Where(ACCOUNT, "balance_sheet"),
            told={"year": str(programme.year)},
        )


def _groups(side: str, items: list[BalanceSheetItem], year: int) -> Iterator[Found]:
    for group in items:
        below = [item for item in items if len(item.code) == len(group.code) + 1 and item.code.startswith(group.code)]
        if not below:
            continue
        amount = total(item.amount for item in below)
        if amount != group.amount:
            yield Found(
                N_(
                    "its amount on the balance sheet of {year} ({amount} TL) and the sum of the accounts under it "
                    "({sum} TL) differ by {difference} TL. Correct what is wrong."
                ),
                {
                    "amount": money(group.amount),
                    "sum": money(amount),
                    "difference": money(abs(group.amount - amount)),
                    "side": Word(_SIDES[side]),
                },
                where=Where(ACCOUNT, group.code, "amount", group.row),
                subject=f"{group.code} {group.name}".strip(),
                told={"year": str(year)},
            )


def _whole(items: Iterable[BalanceSheetItem], side: str) -> Decimal | None:
    """Return a side's total: as stated, else of its classes."""
    own = [item for item in items if item.side == side]
    stated = [item.amount for item in own if not item.code]
    classes = [item.amount for item in own if len(item.code) == 1 and item.code in _CLASSES]
    if stated:
        return stated[0]
    return total(classes) if classes else None
