"""Bad exchange data: refused whole, with the path and a Turkish sentence, nothing written."""

import copy
import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from perfdesk.exchange import content
from perfdesk.exchange.errors import ExchangeError
from perfdesk.exchange.reading import read
from perfdesk.services.files.importing import import_file

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


def with_sub_programme(data: Data) -> Data:
    data["programme_list"] = [{"id": "p1", "sub_programmes": [{"id": "s1"}]}]
    programme(data)["sub_programmes"] = [{"sub_programme": "s1"}]
    use: Data = programme(data)["sub_programmes"][0]
    return use


def budget(data: Data, name: str, **first: str) -> None:
    """Set two rows of the accounts: together they are over the limit in what ``first`` names, each alone is not."""
    row = dict.fromkeys(ACCOUNTS[name], "0.01")
    if name.startswith("expenditure"):
        row |= {"unit": "u1"} if name != "expenditure_by_code" else {}
        row |= {"code": "01"} if name != "expenditure_by_unit" else {}
    if name == "balance_sheet":
        row["side"] = "liabilities"
    programme(data)["results"]["budget"] = {name: [row | first, row]}


ACCOUNTS = {
    "revenue": ("estimate", "collected", "refunds"),
    "expenditure_by_code": ("appropriation", "spent"),
    "expenditure_by_unit": ("initial", "appropriation", "spent"),
    "expenditure": ("initial", "appropriation", "spent"),
    "balance_sheet": ("amount",),
    "debts": ("amount",),
}
MOST = "9999999999999.99"
LAID_OUT: Data = {"layout_settings": {"zero": "-"}}
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
    (f"{S}.lines[0].code", lambda d: sheet(d)["lines"][0].update(code="77")),
    (f"{S}.lines[0].code", lambda d: sheet(d)["lines"][0].update(code="3")),
    (f"{S}.transfers[0].code", lambda d: sheet(d)["transfers"][0].update(code="00")),
    (f"{S}.transfers[0].code", lambda d: sheet(d)["transfers"][0].update(code=None)),
    (f"{S}.off_budget.loan", lambda d: sheet(d)["off_budget"].update(loan="1.00")),
    (f"{S}.off_budget.foreign", lambda d: sheet(d)["off_budget"].update(foreign="-1.00")),
    (
        "programmes[0].general_administration[0].code",
        lambda d: programme(d)["general_administration"][0].update(code="88"),
    ),
    ("programmes[0].transfers[0].amount", lambda d: programme(d)["transfers"][0].update(amount="1.005")),
    (
        "programmes[0].results.budget.expenditure_by_code[0].code",
        lambda d: programme(d)["results"]["budget"]["expenditure_by_code"][0].update(code="99"),
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
    ("programmes[0].layout", lambda d: programme(d).update(layout="fancy", **LAID_OUT)),
    ("programmes[0].layout", lambda d: programme(d).update(layout="fancy", form="classic")),
    ("programmes[0].layout_settings.zero", lambda d: programme(d).update(layout_settings={"zero": "none"})),
    (
        "programmes[0].layout_settings.codes.target",
        lambda d: programme(d).update(layout_settings={"zero": "-", "codes.target": "{x}"}),
    ),
    ("programmes[0].layout_settings.none", lambda d: programme(d).update(layout_settings={"zero": "-", "none": "-"})),
    ("programmes[0].layout_settings", lambda d: programme(d).update(layout_settings=["zero"])),
    ("programmes[0].form", lambda d: programme(d).update(form="classic/../x")),
    ("programmes[0].form", lambda d: programme(d).update(form="none", layout="official", **LAID_OUT)),
    ("programmes[0].sections[1].key", lambda d: programme(d).update(sections=[{"key": "other"}, {"key": "other"}])),
    (
        "programmes[0].sub_programmes[0].cost_sheets[0].activities[0]",
        lambda d: with_sub_programme(d).update(cost_sheets=[{"activities": ["a1"]}]),
    ),
    ("administration.logo", lambda d: d["administration"].update(logo="p9")),
    ("pictures[0].data", lambda d: d.update(pictures=[{"id": "p", "media_type": "image/png", "data": "AAAA"}])),
    (f"{T}.title", lambda d: target(d).update(title="a\x07b")),
    (f"{T}.title", lambda d: target(d).update(title="a\udce9b")),
    (f"{T}.description", lambda d: target(d).update(description="\x00")),
]


OVER: list[tuple[str, Callable[[Data], Any]]] = [
    *(
        (f"programmes[0].results.budget.{name}", partial(budget, name=name, **{key: MOST}))
        for name, keys in ACCOUNTS.items()
        for key in keys
    ),
    ("programmes[0].results.budget.balance_sheet", partial(budget, name="balance_sheet", amount=f"-{MOST}")),
    ("programmes[0]", lambda d: other_amounts(d, (2026, "budget", MOST), (2026, "budget", "0.01"))),
    (
        "programmes[0].results.activities",
        lambda d: programme(d)["results"].update(
            activities=[
                {"activity": "a1", "period": "H1", "spent": MOST},
                {"activity": "a2", "period": "H1", "spent": None},
                {"activity": "a2", "period": "H2", "spent": "0.01"},
            ]
        ),
    ),
]


def other_amounts(data: Data, of_sheet: tuple[int, str, str], of_administration: tuple[int, str, str]) -> None:
    keys = ("year", "kind", "amount")
    sheet(data)["other_amounts"] = [dict(zip(keys, of_sheet, strict=True))]
    programme(data)["other_general_administration"] = [dict(zip(keys, of_administration, strict=True)) | {"code": "01"}]


def refused(data: Data) -> ExchangeError:
    with pytest.raises(ExchangeError) as caught:
        read(json.dumps(data).encode())
    return caught.value


@pytest.mark.parametrize(("path", "spoil"), OVER, ids=[f"{n}:{path}" for n, (path, _) in enumerate(OVER)])
def test_no_sum_is_larger_than_an_amount_can_be(path: str, spoil: Callable[[Data], Any]) -> None:
    data = copy.deepcopy(GOOD)
    spoil(data)
    error = refused(data)
    assert error.path == path
    assert "toplamı 9.999.999.999.999,99 TL sınırını aşıyor" in error.sentence()


def test_what_is_not_added_up_may_be_as_large_as_an_amount_can_be() -> None:
    data = copy.deepcopy(GOOD)
    other_amounts(data, (2026, "budget", MOST), (2026, "spending", MOST))
    both = {"code": "01", "appropriation": MOST, "spent": MOST}
    programme(data)["results"]["budget"] = {"expenditure_by_code": [both], "debts": [{"amount": MOST}]}
    assert read(json.dumps(data).encode())


def test_the_sum_of_other_amounts_names_their_year() -> None:
    data = copy.deepcopy(GOOD)
    other_amounts(data, (2029, "forecast", MOST), (2029, "forecast", "0.01"))
    assert refused(data).reason.sentence().startswith("2029 yılının toplamı")


AMOUNT = "bir tutar değil: iki ondalık basamaklı, negatif olmayan, en fazla 9999999999999.99"
SIGNED = "bir tutar değil: iki ondalık basamaklı, en fazla 9999999999999.99"
SENTENCES: list[tuple[str, Callable[[Data], Any]]] = [
    ("“5” bir ekonomik kod değil", lambda d: sheet(d)["lines"][0].update(code="5")),
    ("“5” bir ekonomik kod değil", lambda d: sheet(d)["transfers"][0].update(code="5")),
    (f"“5.000” {AMOUNT}", lambda d: sheet(d)["lines"][0].update(amount="5.000")),
    (f"“5.000” {AMOUNT}", lambda d: sheet(d)["off_budget"].update(foreign="5.000")),
    (
        f"“1.5” {AMOUNT}",
        lambda d: programme(d)["results"].update(activities=[{"activity": "a1", "period": "year", "spent": "1.5"}]),
    ),
    ("“1.5” yanlış türde; beklenen tür: metin.", lambda d: sheet(d)["lines"][0].update(amount=1.5)),
    ("“1.5” yanlış türde; beklenen tür: metin, null.", lambda d: sheet(d)["off_budget"].update(foreign=1.5)),
    (
        f"“-1.005” {SIGNED}",
        lambda d: programme(d)["results"]["budget"]["balance_sheet"][0].update(amount="-1.005"),
    ),
    (f"“-0.00” {SIGNED}", lambda d: programme(d)["results"]["budget"]["balance_sheet"][0].update(amount="-0.00")),
    ("“[]” yanlış türde; beklenen tür: nesne, null.", lambda d: programme(d).update(results=[])),
    ("“5” yanlış türde; beklenen tür: liste, null.", lambda d: programme(d)["results"].update(indicators=5)),
    ("Bu anahtar aktarım biçiminde yok.", lambda d: programme(d)["results"].update(colour="red")),
    ("“1,5” bir sayı değil", lambda d: target(d)["indicators"][0].update(baseline="1,5")),
    ("bir sayı değil", lambda d: target(d)["indicators"][0].update(baseline="1" * 61)),
    ("“-1” bir sayı değil: negatif olmayan", lambda d: target(d)["indicators"][0].update(weight="-1")),
    (
        "“1,5” bir değer değil: metin olarak sayı (“12.5”), işaret, metin veya null beklenir.",
        lambda d: target(d)["indicators"][0]["values"].update({"2027": "1,5"}),
    ),
    ("“a1” bu listede iki kez geçiyor.", lambda d: sheet(d).update(activities=["a1", "a1"], split={})),
    (
        "“a2” faaliyeti iki maliyet tablosunda yer alıyor.",
        lambda d: target(d)["cost_sheets"].append({"activities": ["a2"]}),
    ),
    ("Burada “a9” faaliyeti yok.", lambda d: sheet(d).update(activities=["a9"], split={})),
    ("Burada “a1” faaliyeti yok.", lambda d: with_sub_programme(d).update(cost_sheets=[{"activities": ["a1"]}])),
    ("“other” bu listede iki kez geçiyor.", lambda d: programme(d).update(sections=[{"key": "other"}] * 2)),
]


@pytest.mark.parametrize(("words", "spoil"), SENTENCES, ids=[f"{n}:{words}" for n, (words, _) in enumerate(SENTENCES)])
def test_the_sentence_says_what_is_expected_there(words: str, spoil: Callable[[Data], Any]) -> None:
    data = copy.deepcopy(GOOD)
    spoil(data)
    assert words in refused(data).reason.sentence()


def test_a_long_chain_of_units_is_walked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = 0

    class Counting(dict[str, str | None]):
        def get(self, *key: Any) -> Any:
            nonlocal steps
            steps += 1
            return super().get(*key)

    whole = content.check_no_cycle
    monkeypatch.setattr(content, "check_no_cycle", lambda parents: whole(Counting(parents)))
    data = copy.deepcopy(GOOD)
    data["units"] += [{"id": f"c{n}", "parent": f"c{n + 1}"} for n in range(200)] + [{"id": "c200"}]
    assert read(json.dumps(data).encode())
    assert steps == len(data["units"])
    data["units"][-1]["parent"] = "c100"
    assert refused(data).path == "units"


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
