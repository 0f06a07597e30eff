"""The reference programmes to the kuruş: every amount and share of tables 1-5 under every layout that prints it."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfdesk.domain.numbers import parse_number
from perfdesk.exchange.reading import read
from perfdesk.services.output import exporting
from perfdesk.tables.layout import LAYOUTS

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"
PROGRAMMES = [
    ("ilgin-2023", "ilgin-2023", 2023),
    ("defne-2025", "defne-2025", 2025),
    ("kars-2020-2024", "kars-2024", 2024),
    ("synthetic", "synthetic", 2027),
]

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference programmes are not here")


def amount(text: str) -> Decimal:
    text = text.removeprefix("₺").removesuffix(" TL").removesuffix("%")
    return Decimal(0) if text == "-" else parse_number(text)


@pytest.fixture(scope="module", params=[(p, layout) for p in PROGRAMMES for layout in LAYOUTS], ids=str)
def case(request: pytest.FixtureRequest) -> tuple[str, dict[tuple[str, str], Any], Any]:
    (source, expected, year), layout = request.param
    municipality = read((REFERENCE / f"{source}.json").read_bytes())
    ctx = exporting.programme_context(municipality, year, layout)
    tables = {(table["kind"], table["id"]): table for table in exporting.tables_data(ctx)}
    return layout, tables, json.loads((REFERENCE / "expected" / f"{expected}.json").read_text())


def rows_of(table: dict[str, Any]) -> dict[str, list[str]]:
    rows = {row["key"]: row["cells"] for row in table["rows"] if row["role"] != "group"}
    assert len(rows) == sum(row["role"] != "group" for row in table["rows"]), "row keys are unique"
    return rows


def test_performance_targets(case: tuple[str, dict[tuple[str, str], Any], Any]) -> None:
    layout, tables, expected = case
    if layout == "programme_budget":
        assert not any(kind == "performance_target" for kind, _ in tables)
        return
    assert len([1 for kind, _ in tables if kind == "performance_target"]) == len(expected["targets"])
    for target in expected["targets"]:
        rows = rows_of(tables["performance_target", target["id"]])
        if "grand_total" not in rows:
            assert not any(key.startswith("activity:") for key in rows)
            continue
        if layout == "plain":
            assert amount(rows["grand_total"][-1]) == Decimal(target["total"])
            continue
        assert [amount(cell) for cell in rows["grand_total"][-3:]] == [
            Decimal(target[key]) for key in ("budget", "off_budget", "total")
        ]
        sheeted = set()
        for sheet in target["sheets"]:
            sheeted.update(sheet["activities"])
            first = rows[f"activity:{sheet['activities'][0]}"][-3:]
            others = [rows[f"activity:{activity}"][-3:] for activity in sheet["activities"][1:]]
            budget = sum((amount(cells[0]) for cells in others if cells[0]), amount(first[0]))
            assert budget == Decimal(sheet["budget"])
            assert sum((amount(cells[2]) for cells in others if cells[2]), amount(first[2])) == Decimal(sheet["total"])
        for key, cells in rows.items():
            if key.startswith("activity:") and key.removeprefix("activity:") not in sheeted:
                assert cells[-3:] == ["", "", ""]


def test_cost_sheets(case: tuple[str, dict[tuple[str, str], Any], Any]) -> None:
    layout, tables, expected = case
    sheets = [sheet for target in expected["targets"] for sheet in target["sheets"]]
    printed = [id_ for kind, id_ in tables if kind == "cost_sheet"]
    assert printed == ([] if layout in ("plain", "programme_budget") else [sheet["activities"][0] for sheet in sheets])
    for sheet in sheets if printed else []:
        rows = rows_of(tables["cost_sheet", sheet["activities"][0]])
        assert amount(rows["budget_total"][-1]) == Decimal(sheet["budget"])
        assert amount(rows["off_budget_total"][-1]) == Decimal(sheet["off_budget"])
        assert amount(rows["grand_total"][-1]) == Decimal(sheet["total"])
        transfers = [amount(cells[-1]) for key, cells in rows.items() if key.startswith("transfer:")]
        assert sum(transfers, Decimal(0)) == Decimal(sheet["transfers"])
        codes = [amount(cells[-1]) for key, cells in rows.items() if key.isdigit() or key == "unclassified"]
        assert sum(codes, Decimal(0)) == Decimal(sheet["budget"])


def expected_rows(rows: list[dict[str, Any]], layout: str) -> Iterator[tuple[str, list[Decimal]]]:
    for row in rows:
        figures = [
            Decimal(row[key])
            for key in ("budget", "budget_share", "off_budget", "off_budget_share", "total", "total_share")
        ]
        if row["row"] == "target":
            if layout != "official":
                yield f"target:{row['id']}", figures
        elif row["row"] == "sheet":
            if layout != "per_target":
                yield f"sheet:{row['id'][0]}", figures
        else:
            yield row["row"], figures


def test_administration_performance(case: tuple[str, dict[tuple[str, str], Any], Any]) -> None:
    layout, tables, expected = case
    table = tables.get(("administration_performance", ""))
    if layout in ("plain", "programme_budget"):
        assert table is None
        return
    rows = rows_of(table)
    wanted = dict(expected_rows(expected["administration_performance"], layout))
    for key, figures in wanted.items():
        assert [amount(cell) for cell in rows[key][-6:]] == figures, key
    others = rows.keys() - wanted.keys()
    # only activities without a sheet, and targets without any activity, are left
    assert all(not any(rows[key][-6:]) or key.startswith("target:") for key in others)


def test_programmes_of_the_budget(case: tuple[str, dict[tuple[str, str], Any], Any]) -> None:
    """None of these has any: all activities stand together, and the sum is the same."""
    layout, tables, expected = case
    if layout != "programme_budget":
        assert ("programme_codes", "") not in tables
        return
    rows = rows_of(tables["programme_codes", ""])
    need = expected["total_resource_need"]["rows"]
    for at, row in ((-3, "budget_total"), (-2, "off_budget_total"), (-1, "grand_total")):
        activities, general, transfers, grand = map(Decimal, need[row])
        if "without_sub_programme" in rows:
            assert amount(rows["without_sub_programme"][at]) == activities
        assert amount(rows["general_administration"][at]) == general
        assert amount(rows["transfers"][at]) == transfers
        assert amount(rows["grand_total"][at]) == grand


def test_total_resource_need(case: tuple[str, dict[tuple[str, str], Any], Any]) -> None:
    layout, tables, expected = case
    table = tables.get(("total_resource_need", ""))
    if layout == "plain":
        assert table is None
        return
    rows = rows_of(table)
    wanted = expected["total_resource_need"]["rows"]
    assert {key: [amount(cell) for cell in cells[-4:]] for key, cells in rows.items()} == {
        key: [Decimal(figure) for figure in figures] for key, figures in wanted.items()
    }


def test_responsible_units(case: tuple[str, dict[tuple[str, str], Any], Any]) -> None:
    _layout, tables, expected = case
    rows = rows_of(tables["responsible_units", ""])
    if any(key.startswith("activity:") for key in rows):
        shown, cells_above = {}, ""
        for key, cells in rows.items():
            # in the metropolitan layout one cell stands for all of a target
            cells_above = cells[-1] or cells_above
            shown[key.removeprefix("activity:")] = cells_above
        for entry in expected["responsible_units"]:
            assert [line.removeprefix("• ") for line in shown[entry["activity"]].split("\n")] == entry["units"]
        return
    for entry in expected["responsible_units"]:
        units = [line.removeprefix("• ") for line in rows[f"target:{entry['target']}"][-1].split("\n")]
        assert set(entry["units"]) <= set(units)
