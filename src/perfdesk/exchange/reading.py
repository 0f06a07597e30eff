"""Exchange data → domain. The data have been checked; nothing here can fail on them."""

import base64
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from perfdesk.domain.administration import Administration, PersonnelStatus, Picture, Population, Signatory, Unit
from perfdesk.domain.control import Acceptance, AppropriationByCode, AppropriationByUnit, Appropriations
from perfdesk.domain.costs import AmountKind, CostLine, CostSheet, OtherAmount, Transfer
from perfdesk.domain.plan import Goal, Objective, Plan, ProgrammeEntry, SubProgrammeEntry
from perfdesk.domain.programme import (
    Activity,
    Indicator,
    Municipality,
    Programme,
    SubProgramme,
    SubProgrammeObjective,
    Target,
    Version,
)
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.domain.results import (
    Accounts,
    ActivityResult,
    BalanceSheetItem,
    Debt,
    Expenditure,
    ExpenditureByCode,
    ExpenditureByUnit,
    IndicatorResult,
    Results,
    Revenue,
)
from perfdesk.domain.texts import BlockKind, PolicyDocument, Run, Section, TextBlock
from perfdesk.domain.value import BLANK, Value, ValueKind, implied_kind
from perfdesk.exchange.validation import load

Json = dict[str, Any]
_T = TypeVar("_T")


def read(content: bytes) -> Municipality:
    """Return the municipality that exchange data describe.

    Raises:
        ExchangeError: the data are refused, whole.
    """
    return from_data(load(content))


def from_data(data: Json) -> Municipality:
    """Return the municipality that checked data describe."""
    return Municipality(
        administration=_administration(data["administration"]),
        units=_all(data, "units", _unit),
        plans=_all(data, "plans", _plan),
        programme_list=_all(data, "programme_list", _programme_entry),
        pictures=_all(data, "pictures", _picture),
        programmes=_all(data, "programmes", _programme),
    )


def _all(data: Json, key: str, convert: Callable[[Json], _T]) -> tuple[_T, ...]:
    return tuple(convert(item) for item in data.get(key) or ())


def _text(data: Json, key: str) -> str:
    return data.get(key) or ""


def _texts(data: Json, key: str) -> tuple[str, ...]:
    return tuple(data.get(key) or ())


def _decimal(data: Json, key: str) -> Decimal | None:
    text = data.get(key)
    return None if text is None else Decimal(text)


def _named(data: Json, *keys: str) -> Json:
    return {key: _text(data, key) for key in keys}


def value(data: Any) -> Value:
    """Return an indicator's value."""
    if data is None:
        return BLANK
    if isinstance(data, str):
        return Value(number=Decimal(data))
    return Value(mark=data.get("mark", ""), text=data.get("text", ""))


def _administration(data: Json) -> Administration:
    return Administration(
        **_named(
            data, "name", "kind", "province", "short_name", "address", "phone", "fax", "web", "email", "logo", "colour"
        ),
        population=tuple(
            Population(int(year), people) for year, people in sorted((data.get("population") or {}).items())
        ),
        signatories=_all(data, "signatories", lambda s: Signatory(s["role"], _text(s, "name"), _texts(s, "titles"))),
        personnel_statuses=tuple(map(PersonnelStatus, _texts(data, "personnel_statuses"))),
    )


def _unit(data: Json) -> Unit:
    return Unit(
        data["id"],
        **_named(data, "name", "abbreviation", "parent"),
        aliases=_texts(data, "aliases"),
        inactive=data.get("inactive"),
    )


def _picture(data: Json) -> Picture:
    return Picture(data["id"], _text(data, "name"), data["media_type"], base64.b64decode(data["data"]))


def _plan(data: Json) -> Plan:
    return Plan(
        data["first_year"],
        data["last_year"],
        **_named(data, "mission", "vision"),
        values=_texts(data, "values"),
        goals=_all(data, "goals", _goal),
    )


def _goal(data: Json) -> Goal:
    return Goal(
        data["id"],
        **_named(data, "code", "title", "service_area"),
        objectives=_all(data, "objectives", lambda o: Objective(o["id"], **_named(o, "code", "title"))),
    )


def _programme_entry(data: Json) -> ProgrammeEntry:
    return ProgrammeEntry(
        data["id"],
        **_named(data, "code", "name"),
        joint=data.get("joint"),
        sub_programmes=_all(data, "sub_programmes", lambda s: SubProgrammeEntry(s["id"], **_named(s, "code", "name"))),
    )


def _programme(data: Json) -> Programme:
    year = data["year"]

    def indicators(holder: Json) -> tuple[Indicator, ...]:
        return tuple(_indicator(item, year) for item in holder.get("indicators") or ())

    return Programme(
        year=year,
        targets=_all(
            data,
            "targets",
            lambda t: Target(
                t["id"],
                t["objective"],
                **_named(t, "code", "title", "description"),
                deferred=t.get("deferred"),
                indicators=indicators(t),
                activities=_all(t, "activities", _activity),
                cost_sheets=_all(t, "cost_sheets", _cost_sheet),
            ),
        ),
        general_administration=_all(data, "general_administration", _line),
        transfers=_all(data, "transfers", _transfer),
        resource_tables=_all(data, "resource_tables", _resource_table),
        results=_results(data.get("results") or {}),
        **_named(data, "form", "layout"),
        layout_settings=data.get("layout_settings") or {},
        sections=_all(data, "sections", _section),
        policy_documents=_all(data, "policy_documents", _policy_document),
        sub_programmes=_all(
            data,
            "sub_programmes",
            lambda s: SubProgramme(
                s["sub_programme"],
                _text(s, "description"),
                _texts(s, "units"),
                _all(
                    s,
                    "objectives",
                    lambda o: SubProgrammeObjective(o["id"], _text(o, "title"), _texts(o, "objectives")),
                ),
                indicators(s),
                _all(s, "activities", _activity),
                _all(s, "cost_sheets", _cost_sheet),
            ),
        ),
        other_general_administration=_all(data, "other_general_administration", _other_amount),
        appropriations=_appropriations(data.get("appropriations") or {}),
        acceptances=_all(data, "acceptances", lambda a: Acceptance(**a)),
        versions=tuple(sorted(_all(data, "versions", _version), key=lambda version: version.number)),
    )


def _appropriations(data: Json) -> Appropriations:
    return Appropriations(
        _all(data, "by_code", lambda a: AppropriationByCode(a["code"], Decimal(a["amount"]))),
        _all(data, "by_unit", lambda a: AppropriationByUnit(Decimal(a["amount"]), _text(a, "unit"))),
    )


def _version(data: Json) -> Version:
    return Version(
        data["number"],
        data["date"],
        **_named(data, "decision", "decision_date", "note", "hash"),
        data=base64.b64decode(data["data"]),
    )


def _indicator(data: Json, year: int) -> Indicator:
    values = {
        (int(y), implied_kind(year, int(y))): value(v) for y, v in (data.get("values") or {}).items() if v is not None
    }
    for other in data.get("other_values") or ():
        values[other["year"], ValueKind(other["kind"])] = value(other["value"])
    return Indicator(
        data["id"],
        **_named(
            data,
            "code",
            "name",
            "unit",
            "note",
            "direction",
            "scale",
            "type",
            "definition",
            "method",
            "source",
            "owner",
            "numerator",
            "denominator",
            "roll_up",
            "sub_programme_objective",
        ),
        weight=_decimal(data, "weight"),
        baseline=_decimal(data, "baseline"),
        cumulative=data.get("cumulative"),
        deferred=data.get("deferred"),
        decimals=data.get("decimals"),
        values=values,
    )


def _activity(data: Json) -> Activity:
    return Activity(data["id"], **_named(data, "code", "name", "note", "sub_programme", "description"))


def _cost_sheet(data: Json) -> CostSheet:
    return CostSheet(
        tuple(data["activities"]),
        _texts(data, "units"),
        _texts(data, "cooperating_units"),
        _text(data, "note"),
        _all(data, "lines", _line),
        _all(data, "transfers", _transfer),
        {source: Decimal(a) for source, a in (data.get("off_budget") or {}).items() if a is not None},
        {activity: Decimal(a) for activity, a in (data.get("split") or {}).items()},
        _all(data, "other_amounts", _other_amount),
    )


def _line(data: Json) -> CostLine:
    return CostLine(data.get("code"), Decimal(data["amount"]))


def _transfer(data: Json) -> Transfer:
    return Transfer(_text(data, "recipient"), data["code"], Decimal(data["amount"]))


def _other_amount(data: Json) -> OtherAmount:
    return OtherAmount(
        data["year"], AmountKind(data["kind"]), Decimal(data["amount"]), data.get("code"), _text(data, "source")
    )


def _resource_table(data: Json) -> ResourceTable:
    return ResourceTable(
        **_named(data, "section", "caption", "kind", "note"),
        header=tuple(map(tuple, data.get("header") or ())),
        rows=tuple(ResourceRow(tuple(cells)) for cells in data.get("rows") or ()),
        total_row=data.get("total_row"),
        total_column=data.get("total_column"),
        side_by_side=data.get("side_by_side"),
    )


def _section(data: Json) -> Section:
    return Section(data["key"], _text(data, "title"), _all(data, "blocks", _block))


def _block(data: Json) -> TextBlock:
    return TextBlock(
        BlockKind(data["kind"]),
        _all(data, "runs", lambda run: Run(run["text"], run.get("bold"))),
        data.get("level"),
        **_named(data, "picture", "caption"),
    )


def _policy_document(data: Json) -> PolicyDocument:
    return PolicyDocument(
        **_named(data, "document", "section", "reference", "text"),
        first_year=data.get("first_year"),
        last_year=data.get("last_year"),
    )


def _results(data: Json) -> Results:
    return Results(
        indicators=_all(data, "indicators", _indicator_result),
        activities=_all(
            data,
            "activities",
            lambda r: ActivityResult(r["activity"], r["period"], _decimal(r, "spent"), _text(r, "explanation")),
        ),
        budget=_accounts(data.get("budget") or {}),
        unit_tables=_all(data, "unit_tables", _resource_table),
    )


def _indicator_result(data: Json) -> IndicatorResult:
    return IndicatorResult(
        data["indicator"],
        data["period"],
        value(data.get("value")),
        **_named(data, "explanation", "status", "evidence", "measure", "measure_unit", "measure_date"),
        numerator=_decimal(data, "numerator"),
        denominator=_decimal(data, "denominator"),
    )


def _accounts(data: Json) -> Accounts:
    def amounts(entry: Json, *keys: str) -> Json:
        return {key: Decimal(entry[key]) for key in keys}

    return Accounts(
        _all(
            data,
            "revenue",
            lambda e: Revenue(**amounts(e, "estimate", "collected", "refunds"), **_named(e, "code", "name")),
        ),
        _all(
            data,
            "expenditure_by_code",
            lambda e: ExpenditureByCode(**amounts(e, "appropriation", "spent"), **_named(e, "code", "name")),
        ),
        _all(
            data,
            "expenditure_by_unit",
            lambda e: ExpenditureByUnit(unit=e["unit"], **amounts(e, "initial", "appropriation", "spent")),
        ),
        _all(
            data,
            "expenditure",
            lambda e: Expenditure(unit=e["unit"], code=e["code"], **amounts(e, "initial", "appropriation", "spent")),
        ),
        _all(
            data,
            "balance_sheet",
            lambda e: BalanceSheetItem(side=e["side"], **amounts(e, "amount"), **_named(e, "code", "name")),
        ),
        _all(data, "debts", lambda e: Debt(**amounts(e, "amount"), **_named(e, "name"))),
    )
