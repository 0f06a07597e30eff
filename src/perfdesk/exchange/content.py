"""Whether exchange data agree in themselves: pictures, units, plans, and what each programme refers to."""

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Final

from perfdesk.exchange.decoding import Json
from perfdesk.exchange.errors import ExchangeError, Path
from perfdesk.exchange.programme_content import ProgrammeContent
from perfdesk.exchange.references import check_known, each, unique_ids
from perfdesk.i18n import N_

_MAGIC: Final = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


def check_content(data: dict[str, Json], load: Callable[[bytes], dict[str, Json]]) -> None:
    """Refuse data that do not agree; ``load`` checks the data that frozen versions hold.

    Raises:
        ExchangeError: naming the first fault and its path.
    """
    pictures = unique_ids(data, "pictures")
    for path, picture in each(data, "pictures"):
        _check_picture(path, picture)
    administration = data["administration"]
    check_known(("administration", "logo"), administration.get("logo"), pictures)
    units = unique_ids(data, "units")
    parents = {}
    for path, unit in each(data, "units"):
        check_known((*path, "parent"), unit.get("parent"), units)
        parents[unit["id"]] = unit.get("parent")
    check_no_cycle(parents)
    plans = [_check_plan(path, plan) for path, plan in each(data, "plans")]
    sub_programmes: set[str] = set()
    unique_ids(data, "programme_list")
    for path, entry in each(data, "programme_list"):
        unique_ids(entry, "sub_programmes", path, sub_programmes)
    years: set[int] = set()
    for path, programme in each(data, "programmes"):
        year = programme["year"]
        if year in years:
            raise ExchangeError((*path, "year"), N_("There are two programmes for {year}."), year=year)
        years.add(year)
        covering = [plan for plan in plans if plan["first_year"] <= year <= plan["last_year"]]
        if not covering:
            raise ExchangeError((*path, "year"), N_("{year} lies in none of the strategic plan's periods."), year=year)
        plan = max(covering, key=lambda plan: plan["first_year"])
        ProgrammeContent(path, programme, units, plan["objectives"], sub_programmes, pictures).check(load)


def _check_plan(path: Path, plan: dict[str, Json]) -> dict[str, Json]:
    if plan["first_year"] > plan["last_year"]:
        raise ExchangeError((*path, "last_year"), N_("The plan ends before it begins."))
    unique_ids(plan, "goals", path)
    objectives: set[str] = set()
    for goal_path, goal in each(plan, "goals", path):
        unique_ids(goal, "objectives", goal_path, objectives)
    return {"first_year": plan["first_year"], "last_year": plan["last_year"], "objectives": objectives}


def _check_picture(path: Path, picture: dict[str, Json]) -> None:
    try:
        content = base64.b64decode(picture["data"], validate=True)
    except (binascii.Error, ValueError):
        raise ExchangeError((*path, "data"), N_("The picture's data are not base64.")) from None
    if not content.startswith(_MAGIC[picture["media_type"]]):
        raise ExchangeError((*path, "data"), N_("The data are not a picture of the kind stated."))
    if base64.b64encode(content).decode() != picture["data"]:
        raise ExchangeError((*path, "data"), N_("The picture's data are not base64."))


def check_no_cycle(parents: Mapping[str, str | None]) -> None:
    """Refuse units that stand above themselves; ``parents`` gives each one's higher unit.

    Raises:
        ExchangeError: one does.
    """
    cleared: set[str] = set()
    for start in parents:
        seen: set[str] = set()
        unit: str | None = start
        while unit and unit not in cleared:
            if unit in seen:
                raise ExchangeError(("units",), N_("The unit “{unit}” stands above itself."), unit=unit)
            seen.add(unit)
            unit = parents.get(unit)
        cleared |= seen
