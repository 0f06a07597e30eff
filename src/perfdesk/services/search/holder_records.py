"""What can be found of targets and sub-programmes: themselves, their indicators, activities and costs."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from perfdesk.domain.costs import UNCLASSIFIED, CostSheet, Transfer
from perfdesk.domain.money import total
from perfdesk.domain.numbering import Codes
from perfdesk.domain.programme import Activity, Indicator, SubProgramme, Target
from perfdesk.domain.value import YEAR_COLUMNS, implied_kind
from perfdesk.i18n import N_
from perfdesk.services.places import Key
from perfdesk.services.search.record import ACTIVITY, INDICATOR, SUB_PROGRAMME, TARGET, Amount, Record, Text, given
from perfdesk.tables.context import coded

_COLUMN_OF_YEAR: Final = {distance: column for column, distance in YEAR_COLUMNS.items()}
_INDICATOR_TEXTS: Final = (
    ("unit", N_("Unit of measure")),
    ("note", N_("Note")),
    ("definition", N_("Definition")),
    ("method", N_("Method of calculation")),
    ("source", N_("Source of data")),
    ("numerator", N_("Numerator")),
    ("denominator", N_("Denominator")),
)


def target(of_year: Target, codes: Codes, where: str, year: int, code_names: Mapping[str, str]) -> Iterator[Record]:
    """Yield a performance target with its indicators, activities and their costs."""
    entry = ("target", of_year.id)
    code = codes.targets[of_year.id]
    fields = given([Text(of_year.description, "description", N_("Description"))])
    yield Record(TARGET, entry, where, "target", of_year.row, "title", of_year.title, code, fields)
    yield from _held(of_year, codes, entry, coded(code, of_year.title), year, code_names)


def sub_programme(
    of_year: SubProgramme, codes: Codes, name: tuple[str, str], year: int, code_names: Mapping[str, str]
) -> Iterator[Record]:
    """Yield a sub-programme with what it holds itself; ``name`` is its code and name in the list."""
    code, title = name
    entry = ("sub_programme", of_year.sub_programme)
    fields = [Text(of_year.description, "description", N_("Description"))]
    fields += [
        Text(objective.title, "title", N_("Objective"), "sub_programme_objective", objective.row)
        for objective in of_year.objectives
    ]
    yield Record(SUB_PROGRAMME, entry, "", "sub_programme", of_year.row, "", title, code, given(fields))
    yield from _held(of_year, codes, entry, coded(code, title), year, code_names)


def _held(
    holder: Target | SubProgramme, codes: Codes, entry: Key, where: str, year: int, code_names: Mapping[str, str]
) -> Iterator[Record]:
    for indicator in holder.indicators:
        fields = [Text(getattr(indicator, column), column, label) for column, label in _INDICATOR_TEXTS]
        fields += _value_texts(indicator, year)
        yield Record(
            INDICATOR,
            entry,
            where,
            "indicator",
            indicator.row,
            "name",
            indicator.name,
            codes.indicators[indicator.id],
            given(fields),
            tuple(_value_numbers(indicator, year)),
        )
    sheets = {sheet.activities[0]: sheet for sheet in holder.cost_sheets if sheet.activities}
    for activity in holder.activities:
        yield _activity(activity, sheets.get(activity.id), codes, entry, where, code_names)


def _activity(
    activity: Activity,
    sheet: CostSheet | None,
    codes: Codes,
    entry: Key,
    where: str,
    code_names: Mapping[str, str],
) -> Record:
    fields = [
        Text(activity.note, "note", N_("Note")),
        Text(activity.description, "description", N_("Description")),
    ]
    amounts: tuple[Amount, ...] = ()
    # costs of several activities are shown at the first of them
    if sheet is not None:
        fields.append(Text(sheet.note, "note", N_("Note"), "cost_sheet", sheet.row))
        fields += _recipients(sheet.transfers, "cost_transfer")
        amounts = tuple(_costs(sheet, code_names))
    return Record(
        ACTIVITY,
        entry,
        where,
        "activity",
        activity.row,
        "name",
        activity.name,
        codes.activities[activity.id],
        given(fields),
        amounts,
    )


def _value_column(year: int, at: tuple[int, str]) -> str:
    shown = implied_kind(year, at[0]) == at[1]
    return _COLUMN_OF_YEAR.get(at[0] - year, "name") if shown else "name"


def _value_texts(indicator: Indicator, year: int) -> Iterator[Text]:
    for at, value in indicator.values.items():
        if value.text:
            yield Text(value.text, _value_column(year, at))


def _value_numbers(indicator: Indicator, year: int) -> Iterator[Amount]:
    for at, value in indicator.values.items():
        if value.number is not None:
            yield Amount(value.number, str(at[0]), _value_column(year, at))


def _costs(sheet: CostSheet, code_names: Mapping[str, str]) -> Iterator[Amount]:
    """Yield a sheet's amounts at the cells of its first activity, also the sums that these show."""
    by_code: dict[str | None, list[Decimal]] = {}
    for line in sheet.lines:
        by_code.setdefault(line.code, []).append(line.amount)
    shown = []
    for code, amounts in by_code.items():
        name = coded(code, code_names.get(code, "")) if code else ""
        for amount in (total(amounts), *(amounts if len(amounts) > 1 else ())):
            yield Amount(amount, name, code or UNCLASSIFIED)
        shown.append(total(amounts))
    for source, amount in sheet.off_budget.items():
        yield Amount(amount, code_names.get(source, ""), source)
        shown.append(amount)
    if len(shown) > 1:
        yield Amount(total(shown), "", "total")
    yield from _transferred(sheet.transfers, "cost_transfer")
    for other in sheet.other_amounts:
        name = coded(other.code, code_names.get(other.code, "")) if other.code else code_names.get(other.source, "")
        yield Amount(other.amount, f"{other.year} {name}".strip(), "amount", "cost_other_amount", other.row)


def _recipients(transfers: Iterable[Transfer], table: str) -> Iterator[Text]:
    for transfer in transfers:
        yield Text(transfer.recipient, "recipient", N_("Transfer to"), table, transfer.row)


def _transferred(transfers: Iterable[Transfer], table: str) -> Iterator[Amount]:
    for transfer in transfers:
        yield Amount(transfer.amount, transfer.recipient, "amount", table, transfer.row)
