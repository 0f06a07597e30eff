"""Bad exchange data: refused whole, with the path and a Turkish sentence, nothing written."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfdesk.exchange.errors import ExchangeError
from perfdesk.exchange.reading import read
from perfdesk.services.importing import import_file

Data = dict[str, Any]

GOOD: Data = {
    "format": "perfdesk",
    "version": 1,
    "administration": {"name": "Deneme Belediyesi", "kind": "town", "population": {"2026": 5000}},
    "units": [{"id": "u1", "name": "Fen İşleri Müdürlüğü", "aliases": []}, {"id": "u2", "name": "Zabıta"}],
    "plans": [
        {
            "first_year": 2025,
            "last_year": 2029,
            "goals": [{"id": "g1", "code": "1", "title": "Amaç", "objectives": [{"id": "o1", "title": "Hedef"}]}],
        }
    ],
    "programmes": [
        {
            "year": 2027,
            "targets": [
                {
                    "id": "t1",
                    "objective": "o1",
                    "title": "Hedef",
                    "indicators": [{"id": "i1", "name": "Gösterge", "values": {"2027": "5.50", "2026": {"mark": "-"}}}],
                    "activities": [{"id": "a1", "name": "Bir"}, {"id": "a2", "name": "İki"}, {"id": "a3"}],
                    "cost_sheets": [
                        {
                            "activities": ["a1", "a2"],
                            "units": ["u1"],
                            "lines": [{"code": "03", "amount": "100.00"}],
                            "transfers": [{"recipient": "İl Özel İdaresi", "code": "05", "amount": "7.00"}],
                            "off_budget": {"foreign": "1.00"},
                            "split": {"a1": "40.00", "a2": "60.00"},
                        }
                    ],
                }
            ],
            "general_administration": [{"code": "01", "amount": "10.00"}],
            "transfers": [{"recipient": "Birlik", "code": "05", "amount": "2.00"}],
            "results": {
                "indicators": [{"indicator": "i1", "period": "year", "value": "4"}],
                "budget": {
                    "expenditure_by_code": [{"code": "01", "appropriation": "1.00", "spent": "1.00"}],
                    "balance_sheet": [{"side": "assets", "amount": "-5.00"}],
                },
            },
        }
    ],
}


def programme(data: Data) -> Data:
    return data["programmes"][0]


def target(data: Data) -> Data:
    return programme(data)["targets"][0]


def sheet(data: Data) -> Data:
    return target(data)["cost_sheets"][0]


def twice(list_: list[Any]) -> None:
    list_.append(copy.deepcopy(list_[0]))


T = "programmes[0].targets[0]"
S = f"{T}.cost_sheets[0]"

FAULTS: list[tuple[str, Callable[[Data], Any]]] = [
    ("colour", lambda d: d.update(colour="red")),
    (f"{T}.indicators[0].colour", lambda d: target(d)["indicators"][0].update(colour="red")),
    ("administration.name", lambda d: d["administration"].pop("name")),
    ("administration.kind", lambda d: d["administration"].update(kind="village")),
    ("version", lambda d: d.update(version=2)),
    ("format", lambda d: d.update(format="other")),
    ("units[2].id", lambda d: twice(d["units"])),
    ("units[0].id", lambda d: d["units"][0].update(id="")),
    ("units[0].parent", lambda d: d["units"][0].update(parent="u9")),
    ("units", lambda d: (d["units"][0].update(parent="u2"), d["units"][1].update(parent="u1"))),
    ("plans[0].goals[1].id", lambda d: twice(d["plans"][0]["goals"])),
    ("plans[0].last_year", lambda d: d["plans"][0].update(last_year=2024)),
    ("programmes[0].year", lambda d: programme(d).update(year=2031)),
    ("programmes[1].year", lambda d: twice(d["programmes"])),
    ("programmes[0].targets[1].id", lambda d: twice(programme(d)["targets"])),
    (f"{T}.objective", lambda d: target(d).update(objective="o9")),
    (f"{T}.indicators[1].id", lambda d: twice(target(d)["indicators"])),
    (f"{T}.activities[3].id", lambda d: twice(target(d)["activities"])),
    (f"{T}.indicators[0].owner", lambda d: target(d)["indicators"][0].update(owner="u9")),
    (f"{T}.indicators[0].values.2027", lambda d: target(d)["indicators"][0]["values"].update({"2027": 5.5})),
    (f"{T}.indicators[0].values.2027", lambda d: target(d)["indicators"][0]["values"].update({"2027": "5,5"})),
    (
        f"{T}.indicators[0].values.2027.mark",
        lambda d: target(d)["indicators"][0]["values"].update({"2027": {"mark": "?"}}),
    ),
    (f"{T}.indicators[0].values.soon", lambda d: target(d)["indicators"][0]["values"].update(soon="5")),
    (f"{T}.title", lambda d: target(d).update(title=5)),
    (f"{S}.activities[1]", lambda d: sheet(d).update(activities=["a1", "a9"], split={})),
    (f"{S}.activities[1]", lambda d: sheet(d).update(activities=["a1", "a1"], split={})),
    (f"{T}.cost_sheets[1].activities[0]", lambda d: target(d)["cost_sheets"].append({"activities": ["a2"]})),
    (f"{S}.activities", lambda d: sheet(d).update(activities=[], split={})),
    (f"{S}.units[0]", lambda d: sheet(d).update(units=["u9"])),
    (f"{S}.split", lambda d: sheet(d).update(split={"a1": "40.00", "a2": "59.99"})),
    (f"{S}.split", lambda d: sheet(d).update(split={"a1": "100.00"})),
    (f"{S}.split", lambda d: sheet(d).update(split={"a1": "40.00", "a2": "60.00", "a3": "0.00"})),
    (f"{S}.lines[0].amount", lambda d: sheet(d)["lines"][0].update(amount="-1.00")),
    (f"{S}.lines[0].amount", lambda d: sheet(d)["lines"][0].update(amount="1.000")),
    (f"{S}.lines[0].amount", lambda d: sheet(d)["lines"][0].update(amount="1")),
    (f"{S}.lines[0].amount", lambda d: sheet(d)["lines"][0].update(amount=1.5)),
    (f"{S}.lines[0].amount", lambda d: sheet(d)["lines"][0].update(amount="10000000000000.00")),
    (f"{S}.lines[0].code", lambda d: sheet(d)["lines"][0].update(code="10")),
    (f"{S}.lines[0].code", lambda d: sheet(d)["lines"][0].update(code="3")),
    (f"{S}.transfers[0].code", lambda d: sheet(d)["transfers"][0].update(code="00")),
    (f"{S}.transfers[0].code", lambda d: sheet(d)["transfers"][0].update(code=None)),
    (f"{S}.off_budget.loan", lambda d: sheet(d)["off_budget"].update(loan="1.00")),
    (f"{S}.off_budget.foreign", lambda d: sheet(d)["off_budget"].update(foreign="-1.00")),
    (
        "programmes[0].general_administration[0].code",
        lambda d: programme(d)["general_administration"][0].update(code="11"),
    ),
    ("programmes[0].transfers[0].amount", lambda d: programme(d)["transfers"][0].update(amount="1.005")),
    (
        "programmes[0].results.budget.expenditure_by_code[0].code",
        lambda d: programme(d)["results"]["budget"]["expenditure_by_code"][0].update(code="12"),
    ),
    (
        "programmes[0].results.indicators[0].indicator",
        lambda d: programme(d)["results"]["indicators"][0].update(indicator="x"),
    ),
    (
        "programmes[0].results.indicators[0].period",
        lambda d: programme(d)["results"]["indicators"][0].update(period="Q5"),
    ),
    ("programmes[0]", lambda d: programme(d)["general_administration"][0].update(amount="9999999999999.99")),
    (f"{S}.lines[0].amount", lambda d: sheet(d)["lines"][0].update(amount="1.00\n")),
    (f"{S}.lines[0].amount", lambda d: sheet(d)["lines"][0].update(amount="١.٠٠")),
    (f"{T}.indicators[0].values.2027\n", lambda d: target(d)["indicators"][0]["values"].update({"2027\n": "5"})),
    ("programmes[0].layout", lambda d: programme(d).update(layout="fancy")),
    ("programmes[0].layout_settings", lambda d: programme(d).update(layout_settings={"zero": "none"})),
    ("programmes[0].layout_settings", lambda d: programme(d).update(layout_settings={"codes.target": "{x}"})),
    ("programmes[0].form", lambda d: programme(d).update(form="classic/../x")),
    ("administration.logo", lambda d: d["administration"].update(logo="p9")),
    ("pictures[0].data", lambda d: d.update(pictures=[{"id": "p", "media_type": "image/png", "data": "AAAA"}])),
    (f"{T}.title", lambda d: target(d).update(title="a\x07b")),
    (f"{T}.title", lambda d: target(d).update(title="a\udce9b")),
    (f"{T}.description", lambda d: target(d).update(description="\x00")),
]


def test_the_base_is_good() -> None:
    municipality = read(json.dumps(GOOD).encode())
    assert municipality.programmes[0].targets[0].cost_sheets[0].split


@pytest.mark.parametrize(("path", "spoil"), FAULTS, ids=[f"{n}:{path}" for n, (path, _) in enumerate(FAULTS)])
def test_each_fault_is_named_with_its_path(path: str, spoil: Callable[[Data], Any], tmp_path: Path) -> None:
    data = copy.deepcopy(GOOD)
    spoil(data)
    source = tmp_path / "data.json"
    source.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ExchangeError) as caught:
        import_file(source, tmp_path / "new.perfdesk")
    assert caught.value.path == path
    sentence = caught.value.sentence()
    assert sentence.startswith(f"Veri içe aktarılmadı. {path}: ")
    # nothing of the English original, no unfilled place
    assert not re.search(r"\b(the|is|not|stands|this)\b|\{\w{2,}\}(?!,|\.)", sentence.split(": ", 1)[1]), sentence
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data.json"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"format": "perfdesk", "format": "perfdesk"}',
        b'{"a": NaN}',
        b'{"a": "\xff\xfe"}',
        b"[" * 100_000,
        b"[" * 80 + b"]" * 80,
        json.dumps(GOOD).encode("utf-16"),
    ],
    ids=["empty", "cut", "list", "null", "key twice", "NaN", "broken UTF-8", "bottomless", "80 levels", "UTF-16"],
)
def test_what_is_no_exchange_data_at_all(content: bytes) -> None:
    with pytest.raises(ExchangeError) as caught:
        read(content)
    assert caught.value.sentence().startswith("Veri içe aktarılmadı.")


def test_over_64_mib(tmp_path: Path) -> None:
    source = tmp_path / "large.json"
    with source.open("wb") as file:
        file.write(b'{"format": "')
        file.truncate(64 * 1024 * 1024 + 1)
    with pytest.raises(ExchangeError, match="64 MiB"):
        import_file(source, tmp_path / "new.perfdesk")
    assert [p.name for p in tmp_path.iterdir()] == ["large.json"]


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read(b"\xef\xbb\xbf" + json.dumps(GOOD).encode()) == read(json.dumps(GOOD).encode())


def test_strange_but_printable_texts_are_kept(tmp_path: Path) -> None:
    for text in ("<b>&amp;</b> \\n {x} %s", "=1+1", "א ב ג", "😀 👩‍👩‍👧", "i̇stasyon", "a\tb\nc", "x" * 10_000):
        data = copy.deepcopy(GOOD)
        target(data)["title"] = text
        assert read(json.dumps(data).encode()).programmes[0].targets[0].title == text
