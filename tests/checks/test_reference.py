"""The reference programmes' findings, each read against the data and kept; and the numbers that must come out.

To keep new findings after reading them: ``UPDATE_GOLDEN=1 pytest tests/checks/test_reference.py``.
"""

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfdesk.checks.checking import Checked
from perfdesk.checks.finding import Finding, Severity
from perfdesk.exchange.reading import read
from perfdesk.services.control.checking import check_year

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "findings"
PROGRAMMES = (
    ("ilgin-2023", 2023),
    ("defne-2025", 2025),
    ("kars-2020-2024", 2020),
    ("kars-2020-2024", 2024),
    ("synthetic", 2027),
)
_known: dict[tuple[str, int], Checked] = {}


def checked(reference: Path, name: str, year: int) -> Checked:
    if (name, year) not in _known:
        _known[name, year] = check_year(read((reference / f"{name}.json").read_bytes()), year)
    return _known[name, year]


def of(found: Checked, rule: str, severity: Severity | None = None) -> list[Finding]:
    return [one for one in found.findings if one.rule == rule and severity in (None, one.severity)]


def at(found: Checked, rule: str, id_: str) -> list[Finding]:
    return [one for one in of(found, rule) if one.where.id == id_]


def kept(finding: Finding) -> str:
    """A line of the golden file: the place and what is said there; names and notes are the documents' own."""
    where = finding.where
    return json.dumps(
        [
            finding.rule,
            str(finding.severity),
            where.kind,
            where.id,
            where.field,
            finding.message,
            {
                name: fact
                for name, fact in sorted(finding.facts.items())
                if any(map(str.isdigit, fact)) and len(fact) < 40
            },
            finding.fingerprint,
        ],
        ensure_ascii=False,
    )


@pytest.mark.parametrize(("name", "year"), PROGRAMMES)
def test_findings_are_those_that_were_judged(reference: Path, name: str, year: int) -> None:
    lines = [kept(finding) for finding in checked(reference, name, year).findings]
    golden = GOLDEN / f"{name}.{year}.jsonl"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert lines == golden.read_text(encoding="utf-8").splitlines()


def raw(reference: Path, name: str, year: int) -> dict[str, Any]:
    data = json.loads((reference / f"{name}.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = next(one for one in data["programmes"] if one["year"] == year)
    return found


def values(reference: Path, name: str, year: int) -> dict[str, tuple[list[Any], str]]:
    """Each indicator's three values and its note, as the file has them."""
    return {
        one["id"]: ([one["values"].get(str(y)) for y in range(year - 2, year + 1)], one["note"])
        for target in raw(reference, name, year)["targets"]
        for one in target["indicators"]
    }


def test_defne(reference: Path) -> None:
    found = checked(reference, "defne-2025", 2025)
    without = [one for one in of(found, "OLC-01") if not one.message.startswith("the target")]
    assert len(without) == 28
    assert {one.where.id for one in without if one.severity is Severity.ERROR} == {"t7.1.1.i2", "t8.1.1.i1"}
    texts = {one.facts["value"] for one in of(found, "OLC-01") if one not in without}
    assert texts == {"25 bin", "1 Adet rapor", "50 bin", "40 bin"}
    lower = {
        id_
        for id_, ((_, estimate, target), note) in values(reference, "defne-2025", 2025).items()
        if isinstance(estimate, str)
        and isinstance(target, str)
        and 0 < Decimal(target) < Decimal(estimate)
        and not note
    }
    assert len(lower) == 13
    assert {one.where.id for one in of(found, "OLC-06")} == lower
    (slip,) = at(found, "OLC-08", "t2.4.1.i10")
    assert (slip.facts["base"], slip.facts["value"], slip.facts["times"]) == ("3.000", "300", "10")
    (reserve,) = of(found, "MAL-07")
    assert (reserve.where.kind, reserve.where.id) == ("cost_sheet", "t8.2.1.a1")
    assert reserve.facts["amount"] == "105.500.000,00"
    assert [one.where.id for one in of(found, "TNM-04", Severity.ERROR)] == ["t5.1.1.a5"]
    # of the parcels by quarter a square metre is missing, of those by kind a parcel
    totals = [(one.where.id, one.facts["value"], one.facts["sum"]) for one in of(found, "KYN-01")]
    assert totals == [("3", "1.347.510,38", "1.347.509,38"), ("4", "444", "443")]
    # the staff tables agree
    assert not of(found, "KYN-02")
    # a dash in the past is missing though the target is a text, another text is not
    assert [at(found, "OLC-03", id_)[0].where.field for id_ in ("t2.1.1.i11", "t2.4.1.i1")] == ["values.2023"] * 2
    assert not at(found, "OLC-03", "t3.1.1.i1")


def test_ilgin(reference: Path) -> None:
    found = checked(reference, "ilgin-2023", 2023)
    crossed = [id_ for id_, (three, _) in values(reference, "ilgin-2023", 2023).items() if three == [{"mark": "X"}] * 3]
    assert len(crossed) == 9
    nothing = [one for one in of(found, "OLC-01") if one.facts["value"] == "X"]
    assert [one.where.id for one in nothing] == crossed
    (share,) = of(found, "OLC-07")
    assert (share.where.id, share.facts["value"]) == ("t1.1.i1", "10.500.000")
    (visitors,) = at(found, "TNM-06", "t2.3.i1")
    assert visitors.facts["value"] == "183.591"
    assert (visitors.facts["target"], visitors.facts["others"]) == ("400.000", "365.000")
    # the town's name in the wrong Turkish case, twice, and a word
    right = [one.facts["right"] for one in of(found, "YAZ-01") if "right" in one.facts]
    assert right == ["Ilgın", "Ilgınlı", "Islah"]
    # "yapı" and "bina" under two targets
    assert at(found, "TNM-06", "t6.5.i1")


def test_kars_2024(reference: Path) -> None:
    found = checked(reference, "kars-2020-2024", 2024)
    three = values(reference, "kars-2020-2024", 2024)
    same = {
        id_
        for id_, ((past, estimate, target), _) in three.items()
        if isinstance(target, str) and past == estimate == target
    }
    assert len(same) == 109
    assert {one.where.id for one in of(found, "OLC-04")} == same
    zero = {one.where.id for one in of(found, "OLC-05")}
    assert len(zero & same) == 17
    assert zero == {id_ for id_, ((_, _, target), _) in three.items() if target == "0"}
    (mark,) = of(found, "OLC-01")
    assert (mark.where.id, mark.facts["value"]) == ("i8.2.5", "-")
    assert [one.where.id for one in of(found, "OLC-02")] == ["i7.1.3"]
    (general,) = of(found, "MAL-08")
    assert general.facts["share"] == "57,94"
    # rates typed as fractions in one year, as percentages in the next
    assert {one.facts["times"] for one in of(found, "OLC-08")} == {"100"}
    assert [one.facts["heads"] for one in of(found, "KYN-02")] == ["156"]
    # "PG.4.1.1" and "PG. 1.1.1": neither is the usual way
    (codes,) = of(found, "TNM-04")
    assert (codes.facts["count"], codes.facts["all"]) == ("96", "162")
    # 24 titles to the letter, one but for a colon; another one but for a hyphen
    (titles,) = of(found, "ILG-06")
    assert (titles.facts["lacking"], titles.facts["all"]) == ("25", "27")
    # that one, and "alanlarının arttırmak" for "alanlarını arttırmak"
    assert [one.where.id for one in of(found, "YAZ-01") if one.where.field == "title"] == ["t1.1", "t5.1"]


def test_kars_2020_results(reference: Path) -> None:
    found = checked(reference, "kars-2020-2024", 2020)
    results = raw(reference, "kars-2020-2024", 2020)["results"]["indicators"]
    missing = {one["indicator"] for one in results if one["value"] is None}
    assert len(missing) == 89
    assert {one.where.id for one in of(found, "TUT-03")} == missing
    assert [one.facts["sum"] for one in of(found, "TUT-04")] == ["98,84", "97,03"]
    assert len(of(found, "GCR-01")) == 34
    unexplained = [one for one in of(found, "GCR-01") if "reason" not in one.facts]
    assert len(unexplained) == 14
    repeated = [one for one in of(found, "GCR-01") if one.facts.get("times") == "9"]
    assert len(repeated) == 9
    assert len({one.facts["reason"] for one in repeated}) == 1
    (measures,) = of(found, "GCR-02")
    assert (measures.facts["lacking"], measures.facts["all"]) == ("46", "46")
    differences = {one.where.id: one.facts["difference"] for one in of(found, "MAL-01")}
    assert differences == {"expenditure": "132,13", "1": "667.171,08", "12": "667.171,08"}
    assert {one.facts["heads"] for one in of(found, "KYN-02")} == {"811", "787"}
    # the fire statistics have their numbers in other columns than their totals; one total is that of all revenue, but
    # only some kinds are listed
    totals = [(one.where.id, one.facts.get("value"), one.facts.get("sum")) for one in of(found, "KYN-03")]
    assert totals == [
        ("unit_tables.3", "3.714.651", "3.144.651"),
        ("unit_tables.6", "152", "71"),
        ("unit_tables.14", None, None),
        ("unit_tables.20", "104.810.943,10", "18.497.083,73"),
    ]
    # "F.1.4.4." among 87 codes of activities
    assert [one.facts["code"] for one in of(found, "TNM-04") if one.where.kind == "activity" and "code" in one.facts][
        -1
    ] == "F.1.4.4."
    assert [one.facts["right"] for one in of(found, "YAZ-01") if "right" in one.facts] == ["İşi"]
