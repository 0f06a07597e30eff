"""Domain → exchange data. The keys of version 1 are always written, further ones where they hold something."""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from perfdesk.domain.administration import Administration, Picture
from perfdesk.domain.costs import CostSheet, OtherAmount
from perfdesk.domain.programme import Activity, Indicator, Municipality, Programme, SubProgramme, Target, Version
from perfdesk.domain.resources import ResourceTable
from perfdesk.domain.results import Accounts, ActivityResult, IndicatorResult, Results
from perfdesk.domain.texts import Section, TextBlock
from perfdesk.domain.value import Value, implied_kind

Json = dict[str, Any]


def write(municipality: Municipality) -> bytes:
    """Return a whole file as exchange data: UTF-8, indented, in a stable order."""
    return (json.dumps(as_data(municipality), ensure_ascii=False, indent=1) + "\n").encode()


def as_data(municipality: Municipality) -> Json:
    """Return a whole file as the JSON object of the exchange format."""
    return {
        "format": "perfdesk",
        "version": 1,
        "administration": _administration(municipality.administration),
        "units": [
            {"id": u.id, "name": u.name, "aliases": list(u.aliases)}
            | _filled(abbreviation=u.abbreviation, parent=u.parent, inactive=u.inactive)
            for u in municipality.units
        ],
        "plans": [
            {
                "first_year": plan.first_year,
                "last_year": plan.last_year,
                "mission": plan.mission,
                "vision": plan.vision,
                "values": list(plan.values),
                "goals": [
                    {"id": g.id, "code": g.code, "title": g.title}
                    | _filled(service_area=g.service_area)
                    | {"objectives": [_plain(objective) for objective in g.objectives]}
                    for g in plan.goals
                ],
            }
            for plan in municipality.plans
        ],
        **_filled(
            programme_list=[
                {"id": p.id, "code": p.code, "name": p.name}
                | _filled(joint=p.joint, sub_programmes=[_plain(sub) for sub in p.sub_programmes])
                for p in municipality.programme_list
            ],
            pictures=[_picture(picture) for picture in municipality.pictures],
        ),
        "programmes": [_programme(programme) for programme in municipality.programmes],
    }


def value_data(value: Value) -> object:
    """Return an indicator's value as the format writes it."""
    if value.number is not None:
        return f"{value.number:f}"
    if value.mark:
        return {"mark": value.mark}
    return {"text": value.text} if value.text else None


def _filled(**entries: object) -> Json:
    """Return the entries that hold something; false and 0 are something."""
    return {key: value for key, value in entries.items() if value is not None and value not in ("", [], {}, ())}


def _plain(item: object) -> Json:
    """Return a flat dataclass as data, field by field: texts as they are, amounts with two decimals."""
    if not is_dataclass(item):
        raise TypeError(item)
    values = {field.name: getattr(item, field.name) for field in fields(item) if field.name != "row"}
    return {key: f"{value:f}" if isinstance(value, Decimal) else value for key, value in values.items()}


def _plains(items: Iterable[object]) -> list[Json]:
    return [_plain(item) for item in items]


def _dropping_empty(data: Json, *keys: str) -> Json:
    """Leave out the named keys where they hold nothing."""
    return {key: value for key, value in data.items() if key not in keys or (value is not None and value != "")}


def _administration(a: Administration) -> Json:
    return {
        "name": a.name,
        "kind": a.kind,
        "province": a.province,
        "population": {str(population.year): population.people for population in a.population},
        **_filled(
            short_name=a.short_name,
            address=a.address,
            phone=a.phone,
            fax=a.fax,
            web=a.web,
            email=a.email,
            logo=a.logo,
            colour=a.colour,
            signatories=[{"role": s.role, "name": s.name, "titles": list(s.titles)} for s in a.signatories],
            personnel_statuses=[status.name for status in a.personnel_statuses],
        ),
    }


def _picture(picture: Picture) -> Json:
    return {
        "id": picture.id,
        "name": picture.name,
        "media_type": picture.media_type,
        "data": base64.b64encode(picture.data).decode(),
    }


def _programme(p: Programme) -> Json:
    return {
        "year": p.year,
        **_filled(form=p.form, layout=p.layout, layout_settings=dict(p.layout_settings)),
        "targets": [
            {"id": t.id, "objective": t.objective, "code": t.code, "title": t.title, "description": t.description}
            | _filled(deferred=t.deferred)
            | _holder(t, p.year)
            for t in p.targets
        ],
        **_filled(
            sub_programmes=[
                {"sub_programme": s.sub_programme}
                | _filled(
                    description=s.description,
                    units=list(s.units),
                    objectives=[
                        {"id": o.id, "title": o.title} | _filled(objectives=list(o.objectives)) for o in s.objectives
                    ],
                )
                | _holder(s, p.year)
                for s in p.sub_programmes
            ]
        ),
        "general_administration": _plains(p.general_administration),
        **_filled(other_general_administration=[_other_amount(o) for o in p.other_general_administration]),
        "transfers": _plains(p.transfers),
        "resource_tables": [_resource_table(table) for table in p.resource_tables],
        **_filled(
            sections=[_section(section) for section in p.sections],
            policy_documents=[_filled(**_plain(document)) for document in p.policy_documents],
            results=_results(p.results),
            versions=[_version(version) for version in p.versions],
            appropriations=_filled(
                by_code=_plains(p.appropriations.by_code),
                by_unit=[_dropping_empty(_plain(one), "unit") for one in p.appropriations.by_unit],
            ),
            acceptances=_plains(p.acceptances),
        ),
    }


def _version(v: Version) -> Json:
    if not v.data:
        # never to be left out in silence
        raise ValueError(f"the content of version {v.number} has not been loaded")
    dated = _filled(decision=v.decision, decision_date=v.decision_date, note=v.note)
    data = base64.b64encode(v.data).decode()
    return {"number": v.number, "date": v.date} | dated | {"hash": v.hash, "data": data}


def _holder(holder: Target | SubProgramme, year: int) -> Json:
    return {
        "indicators": [_indicator(indicator, year) for indicator in holder.indicators],
        "activities": [_activity(activity) for activity in holder.activities],
        "cost_sheets": [_cost_sheet(sheet) for sheet in holder.cost_sheets],
    }


def _indicator(i: Indicator, year: int) -> Json:
    implied: Json = {}
    others: list[Json] = []
    for (of_year, kind), value in i.values.items():
        if kind is implied_kind(year, of_year):
            implied[str(of_year)] = value_data(value)
        else:
            others.append({"year": of_year, "kind": kind.value, "value": value_data(value)})
    return {
        "id": i.id,
        "code": i.code,
        "name": i.name,
        "unit": i.unit,
        "note": i.note,
        **_filled(
            weight=None if i.weight is None else f"{i.weight:f}",
            cumulative=i.cumulative,
            direction=i.direction,
            deferred=i.deferred,
        ),
        "values": implied,
        **_filled(
            other_values=others,
            scale=i.scale,
            decimals=i.decimals,
            type=i.type,
            definition=i.definition,
            method=i.method,
            source=i.source,
            owner=i.owner,
            numerator=i.numerator,
            denominator=i.denominator,
            roll_up=i.roll_up,
            baseline=None if i.baseline is None else f"{i.baseline:f}",
            sub_programme_objective=i.sub_programme_objective,
        ),
    }


def _activity(a: Activity) -> Json:
    return {"id": a.id, "code": a.code, "name": a.name, "note": a.note} | _filled(
        sub_programme=a.sub_programme, description=a.description
    )


def _amounts(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {key: f"{amount:f}" for key, amount in amounts.items()}


def _cost_sheet(s: CostSheet) -> Json:
    return {
        "activities": list(s.activities),
        "units": list(s.units),
        **_filled(cooperating_units=list(s.cooperating_units)),
        "note": s.note,
        "lines": _plains(s.lines),
        "transfers": _plains(s.transfers),
        "off_budget": _amounts(s.off_budget),
        **_filled(split=_amounts(s.split), other_amounts=[_other_amount(o) for o in s.other_amounts]),
    }


def _other_amount(other: OtherAmount) -> Json:
    return _dropping_empty(_plain(other) | {"kind": other.kind.value}, "code", "source")


def _resource_table(t: ResourceTable) -> Json:
    return {
        "section": t.section,
        "caption": t.caption,
        "header": [list(line) for line in t.header],
        "rows": [list(row.cells) for row in t.rows],
        **_filled(
            kind=t.kind,
            total_row=t.total_row,
            total_column=t.total_column,
            side_by_side=t.side_by_side,
            note=t.note,
        ),
    }


def _section(section: Section) -> Json:
    return {"key": section.key} | _filled(title=section.title, blocks=[_block(block) for block in section.blocks])


def _block(block: TextBlock) -> Json:
    runs = [{"text": run.text} | _filled(bold=run.bold) for run in block.runs]
    return {"kind": block.kind.value} | _filled(
        level=block.level, runs=runs, picture=block.picture, caption=block.caption
    )


def _results(results: Results) -> Json:
    return _filled(
        indicators=[_indicator_result(result) for result in results.indicators],
        activities=[_activity_result(result) for result in results.activities],
        budget=_accounts(results.budget),
        unit_tables=[_resource_table(table) for table in results.unit_tables],
    )


def _indicator_result(r: IndicatorResult) -> Json:
    data = {"indicator": r.indicator, "period": r.period, "value": value_data(r.value), "explanation": r.explanation}
    return data | _filled(
        status=r.status,
        numerator=None if r.numerator is None else f"{r.numerator:f}",
        denominator=None if r.denominator is None else f"{r.denominator:f}",
        evidence=r.evidence,
        measure=r.measure,
        measure_unit=r.measure_unit,
        measure_date=r.measure_date,
    )


def _activity_result(r: ActivityResult) -> Json:
    return _plain(r)


def _accounts(accounts: Accounts) -> Json:
    return _filled(**{field.name: _plains(getattr(accounts, field.name)) for field in fields(accounts)})
