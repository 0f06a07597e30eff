"""The programmes can be seen and changed in the window whole: what the forms show is put together again and compared.

Results and accounts have no form yet.
"""

import json
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

import pytest
from tests.gui import walking
from tests.gui.conftest import MUNICIPALITY
from tests.gui.shown_data import Shown, rows_of

from perfdesk import paths
from perfdesk.domain.control import AppropriationByCode, AppropriationByUnit, Appropriations
from perfdesk.gui.main_window import MainWindow
from perfdesk.gui.models.cost_model import CostModel
from perfdesk.gui.settings import Settings
from perfdesk.services.files import importing
from perfdesk.services.output import exporting
from perfdesk.tables.context import coded
from perfdesk.tables.form import load_form

PROGRAMMES = ("ilgin-2023", "defne-2025", "kars-2020-2024", "synthetic")
Json = dict[str, Any]


def shown_and_stored(file, tmp_path) -> tuple[Json, Json]:
    """Return what the forms of a file show, and what was read into it."""
    opened = tmp_path / "walked.perfdesk"
    importing.import_file(file, opened)
    window = MainWindow(Settings(tmp_path / "settings.ini"))
    window.resize(1366, 740)
    window.show()
    window.open_path(opened)
    walking.settle()
    try:
        return Shown(window).data(), json.loads(file.read_text("utf-8"))
    finally:
        window.close()
        window.deleteLater()
        walking.settle()


def check(file, tmp_path):
    shown, stored = shown_and_stored(file, tmp_path)
    missing = list(differences(expected(stored), shown, ""))
    assert not missing, "\n".join([f"{len(missing)} are not shown as they are:", *missing[:40]])


@pytest.mark.slow
@pytest.mark.parametrize("name", PROGRAMMES)
def test_whole_programme_stands_in_the_forms(qapp, reference, tmp_path, name):
    check(reference / f"{name}.json", tmp_path)


@pytest.mark.slow
def test_whole_sample_stands_in_the_forms(qapp, tmp_path):
    check(paths.resource("sample", "guneycam.json"), tmp_path)


def test_appropriations_stand_in_their_form(qapp, tmp_path):
    """No programme at hand has any: these are each year's own, with a code and a unit twice, and one without a unit."""
    former, now = (replace(programme, targets=()) for programme in MUNICIPALITY.programmes)
    former = replace(former, appropriations=Appropriations((AppropriationByCode("09", Decimal("0.01")),)))
    by_code = [AppropriationByCode(code, Decimal(amount)) for code, amount in (("03", "7.00"), ("01", "1234567.89"))]
    by_unit = [
        AppropriationByUnit(Decimal(amount), unit) for unit, amount in (("u2", "5.00"), ("", "3.00"), ("u1", "0.00"))
    ]
    now = replace(now, appropriations=Appropriations((*by_code, by_code[0]), (*by_unit, by_unit[0])))
    file = tmp_path / "ödenekli.json"
    file.write_bytes(exporting.exchange_data(replace(MUNICIPALITY, programmes=(former, now))))
    shown, stored = shown_and_stored(file, tmp_path)
    assert not list(differences(expected(stored), shown, ""))
    assert [len(year["appropriations"]["by_unit"]) for year in shown["programmes"]] == [0, 4]
    # what is not shown, or otherwise, is found
    for year in stored["programmes"]:
        year["appropriations"]["by_code"][0]["amount"] = "8.00"
    found = list(differences(expected(stored), shown, ""))
    assert [at.partition(": ")[0] for at in found] == [
        f".programmes[{n}].appropriations.by_code[0].amount" for n in range(2)
    ]


# --- what is expected -------------------------------------------------------------------------------------------------


def expected(data: Json) -> Json:
    """Return exchange data as the forms can show it: names in place of identities, without what has no form yet."""
    data = dict(data)
    data.pop("format"), data.pop("version")
    called = {
        sub["id"]: coded(sub.get("code", ""), sub.get("name", ""))
        for entry in data.get("programme_list", ())
        for sub in entry["sub_programmes"]
    }
    data["programme_list"] = [
        {**_without(entry, "id"), "sub_programmes": [_without(sub, "id") for sub in entry["sub_programmes"]]}
        for entry in data.get("programme_list", ())
    ]
    objectives = {o["id"]: (o, g) for plan in data["plans"] for g in plan["goals"] for o in g["objectives"]}
    data["administration"] = {k: v for k, v in data["administration"].items() if k != "logo"}
    data["units"] = [_without(unit, "id") for unit in data["units"]]
    data["pictures"] = [{"name": picture["name"]} for picture in data.get("pictures", ())]
    data["plans"] = [
        {
            **plan,
            "goals": [
                {**_without(goal, "id"), "objectives": [_without(o, "id") for o in goal["objectives"]]}
                for goal in plan["goals"]
            ],
        }
        for plan in data["plans"]
    ]
    data["programmes"] = [_programme(programme, objectives, called) for programme in data["programmes"]]
    return data


def _without(data: Json, *keys: str) -> Json:
    return {key: value for key, value in data.items() if key not in keys}


def _programme(programme: Json, objectives: Json, called: Json) -> Json:
    data = _without(programme, "results")
    data["form"] = programme.get("form") or "classic"
    data["layout"] = programme.get("layout") or "official"
    order = [part.key for part in load_form("").outline]
    data["sections"] = sorted(programme.get("sections", ()), key=lambda section: order.index(section["key"]))
    titles = {own["id"]: own["title"] for sub in programme.get("sub_programmes", ()) for own in sub["objectives"]}
    data["targets"] = [
        {**_held(target, titles, called), "objective": objectives[target["objective"]][0]["title"]}
        for target in programme["targets"]
    ]
    data["sub_programmes"] = [
        {
            **_held(sub, titles, called),
            "sub_programme": called[sub["sub_programme"]],
            "objectives": [_without(own, "id") for own in sub["objectives"]],
        }
        for sub in programme.get("sub_programmes", ())
    ]
    return data


def _held(target: Json, titles: Json, called: Json) -> Json:
    """Return a target or sub-programme with its indicators, activities and cost sheets as the forms show them."""
    activities = {activity["id"]: activity["name"] for activity in target.get("activities", ())}
    sheets = [
        {
            **sheet,
            "activities": sorted(activities[id_] for id_ in sheet["activities"]),
            "split": {activities[id_]: part for id_, part in sheet.get("split", {}).items()},
        }
        for sheet in target.get("cost_sheets", ())
    ]
    indicators = [
        {**_without(one, "id"), "sub_programme_objective": titles.get(one.get("sub_programme_objective", ""), "")}
        for one in target.get("indicators", ())
    ]
    own = [
        {**_without(one, "id"), "sub_programme": called.get(one.get("sub_programme", ""), "")}
        for one in target.get("activities", ())
    ]
    return {**target, "indicators": indicators, "activities": own, "cost_sheets": sheets}


# --- comparing --------------------------------------------------------------------------------------------------------


def differences(wanted: object, shown: object, at: str):
    """Yield the paths in the data at which something stands that the forms do not show so."""
    if isinstance(wanted, dict):
        for key, value in wanted.items():
            if not _is_nothing(value):
                found = shown.get(key) if isinstance(shown, dict) else None
                yield from differences(value, found, f"{at}.{key}")
    elif isinstance(wanted, list):
        if not isinstance(shown, list) or len(shown) != len(wanted):
            yield f"{at}: {len(wanted)} wanted, shown {shown!r:.200}"
            return
        for n, (one, other) in enumerate(zip(wanted, shown, strict=True)):
            yield from differences(one, other, f"{at}[{n}]")
    elif not _is_same(wanted, shown):
        yield f"{at}: {wanted!r:.100}, shown {shown!r:.100}"


def _is_nothing(value: object) -> bool:
    return value in (None, "", [], {})


def _is_same(wanted: object, shown: object) -> bool:
    if _is_nothing(wanted) and _is_nothing(shown):
        return True
    if isinstance(wanted, str) and isinstance(shown, str):
        try:
            return Decimal(wanted) == Decimal(shown)
        except InvalidOperation:
            return " ".join(wanted.split()) == " ".join(shown.split())
    return wanted == shown


# --- that it would be found -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shown",
    [
        {"targets": [{"title": "Başka", "lines": [{"code": "01", "amount": "5.00"}]}]},
        {"targets": [{"title": "Hedef", "lines": [{"code": "01", "amount": "5.01"}]}]},
        {"targets": [{"title": "Hedef", "lines": [{"code": None, "amount": "5.00"}]}]},
        {"targets": [{"title": "Hedef", "lines": []}]},
        {"targets": [{"lines": [{"code": "01", "amount": "5.00"}]}]},
        {"targets": []},
        {},
    ],
)
def test_what_is_not_shown_as_it_is_is_found(shown):
    wanted = {"targets": [{"title": "Hedef", "note": "", "lines": [{"code": "01", "amount": "5.00"}]}]}
    assert list(differences(wanted, wanted, "")) == []
    assert list(differences(wanted, shown, "")) != []


def test_flag_is_told_from_one_that_was_never_set():
    assert list(differences({"deferred": False}, {"deferred": None}, "")) != []


def test_entry_that_cannot_be_changed_does_not_count(session):
    """What is computed is no place to enter it."""
    model = CostModel(session)
    model.set_entry(("target", "t1"))
    model.refresh()
    rows = rows_of(model)
    assert [row["name"] for row in rows] == ["Fidan dikimi", "Sulama hattı", "Bakım"]
    assert all("total" not in row for row in rows)
    # the third one's cost stands with the second's
    assert ["units" in row for row in rows] == [True, True, False]
