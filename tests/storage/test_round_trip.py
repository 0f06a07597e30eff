import json
from pathlib import Path

import pytest
from hypothesis import given
from tests.example import example
from tests.folders import quick_folder
from tests.strategies import content, municipalities

from perfdesk.domain.programme import Municipality
from perfdesk.exchange.reading import read
from perfdesk.exchange.writing import write
from perfdesk.storage import files


def stored(municipality: Municipality) -> tuple[Municipality, Municipality]:
    """Return it as read right away, and once more after the file was written to and reopened."""
    with quick_folder() as folder:
        path = folder / "a.perfdesk"
        files.create(path, municipality)
        with files.open_store(path, writable=True) as store:
            first = store.load()
            with store.step("x"):
                store.update("administration", 1, name="başka")
            store.undo()
        with files.open_store(path, writable=False) as store:
            return first, store.load()


@given(municipalities())
def test_any_municipality(municipality: Municipality) -> None:
    first, again = stored(municipality)
    assert first == municipality
    assert again == municipality


@given(municipalities())
def test_any_exchange_data(municipality: Municipality) -> None:
    data = write(municipality)
    assert read(data) == municipality
    _, again = stored(read(data))
    assert content(json.loads(write(again))) == content(json.loads(data))


def test_example() -> None:
    assert stored(example()) == (example(), example())
    assert read(write(example())) == example()


@pytest.mark.parametrize("name", ["ilgin-2023", "defne-2025", "kars-2020-2024", "synthetic"])
def test_reference(reference: Path, name: str) -> None:
    data = (reference / f"{name}.json").read_bytes()
    municipality = read(data)
    first, again = stored(municipality)
    assert first == again == municipality
    assert content(json.loads(write(again))) == content(json.loads(data))


def test_order_of_lists_is_kept() -> None:
    data = json.loads(write(example()))
    indicator = data["programmes"][0]["targets"][0]["indicators"][0]
    indicator["other_values"] = [
        {"year": 2027, "kind": "forecast", "value": "3"} | {"kind": "target"},
        {"year": 2024, "kind": "planned", "value": "1"},
        {"year": 2024, "kind": "realised", "value": None},
    ]
    _, again = stored(read(json.dumps(data).encode()))
    written = json.loads(write(again))["programmes"][0]["targets"][0]["indicators"][0]["other_values"]
    assert written == indicator["other_values"]


def test_rows_of_the_snapshot_are_those_of_the_file(tmp_path: Path) -> None:
    files.create(tmp_path / "a.perfdesk", example())
    with files.open_store(tmp_path / "a.perfdesk", writable=False) as store:
        programme = store.load().programme(2025)
        assert programme is not None
        for target in programme.targets:
            assert store.field("target", target.row, "identity") == target.id
            for table, items in (("indicator", target.indicators), ("activity", target.activities)):
                assert [store.field(table, item.row, "identity") for item in items] == [item.id for item in items]
            assert [sheet.row for sheet in target.cost_sheets] == store.rows("cost_sheet", target=target.row)
            for sheet in target.cost_sheets:
                assert [line.row for line in sheet.lines] == store.rows("cost_line", cost_sheet=sheet.row)
