"""Where each rule begins and ends: what must not be a finding beside what must be one."""

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from tests.checks.faults import (
    BUDGET_YEAR,
    MEASURE,
    YEAR,
    change,
    change_indicator,
    change_part,
    change_result,
    change_target,
    clean,
    indicators,
    programme,
    reported,
    set_values,
    with_programme,
)

from perfdesk.checks.checking import caught_up, check
from perfdesk.checks.finding import Finding, Severity, Where
from perfdesk.checks.settings import settings
from perfdesk.domain.administration import Population, Unit
from perfdesk.domain.costs import CostLine
from perfdesk.domain.programme import Activity, Indicator, Municipality, SubProgrammeObjective, Target, Version
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.domain.results import BalanceSheetItem, Results
from perfdesk.domain.texts import PolicyDocument
from perfdesk.domain.value import BLANK, Value, implied_kind
from perfdesk.services.control.finding_places import FindingPlaces
from perfdesk.services.editing.similar_units import similar_units
from perfdesk.services.output.exporting import programme_context
from perfdesk.services.places import Place

NOTE = "Yeni hizmet binasının açılışına bağlıdır."


def findings(municipality: Municipality, rule: str = "") -> list[Finding]:
    found = caught_up(check(programme_context(municipality, YEAR))).findings
    return [one for one in found if one.rule.startswith(rule)]


def pick(direction: str = "increase", unit: str = "adet") -> tuple[Target, Indicator]:
    target, one, *_ = next(e for e in indicators(clean()) if (e[1].direction, e[1].unit) == (direction, unit))
    return target, one


def having(direction: str = "increase", unit: str = "adet", /, **fields: Any) -> tuple[list[Finding], Municipality]:
    """What is found with an indicator's fields and its three values as given."""
    target, one = pick(direction, unit)
    years = {name: fields.pop(name) for name in ("past", "estimate", "target") if name in fields}
    values = {name: Value(Decimal(v)) if isinstance(v, str) else v for name, v in years.items()}
    made = change_indicator(clean(), target, one, **fields)
    holder = next(t for t in programme(made).targets if t.id == target.id)
    changed = next(i for i in holder.indicators if i.id == one.id)
    made = set_values(made, holder, changed, **values)
    return findings(made), made


def rules_of(found: tuple[list[Finding], Municipality]) -> list[str]:
    return [one.rule for one in found[0]]


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        # a note explains a missing target, which is then only told
        ({"target": BLANK, "note": NOTE}, ["OLC-01"]),
        ({"target": BLANK, "deferred": True}, []),
        ({"target": Value(text="60 bin")}, ["OLC-01"]),
        # zero is a number
        ({"target": "0", "note": NOTE}, []),
        ({"past": BLANK, "note": NOTE}, []),
        ({"past": Value(text="Deneme")}, []),
        # a text in place of the target does not stand for the past
        ({"past": BLANK, "target": Value(text="25 bin")}, ["OLC-01", "OLC-03"]),
        ({"past": BLANK, "estimate": BLANK, "target": Value(text="25 bin")}, ["OLC-01", "OLC-03"]),
        ({"past": Value(text="1"), "estimate": Value(text="2"), "target": Value(text="3")}, ["OLC-01"]),
        ({"past": BLANK, "estimate": BLANK, "target": BLANK}, ["OLC-01"]),
        ({"past": BLANK, "deferred": True}, []),
        ({"past": "50", "estimate": "50", "target": "50"}, ["OLC-04"]),
        ({"past": "50", "estimate": "50", "target": "50", "direction": "keep"}, []),
        ({"past": "50", "estimate": "50", "target": "50", "note": NOTE}, []),
        ({"past": "50", "estimate": "50.0", "target": "50.00"}, ["OLC-04"]),
        ({"past": "49", "estimate": "50", "target": "50"}, []),
        ({"past": "48", "estimate": "50", "target": "49"}, ["OLC-06"]),
        ({"past": "48", "estimate": "50", "target": "49", "direction": "decrease"}, []),
        ({"past": "48", "estimate": "50", "target": "51", "direction": "decrease"}, ["OLC-06"]),
        # where no direction is given, more is better
        ({"past": "48", "estimate": "50", "target": "49", "direction": ""}, ["OLC-06"]),
        ({"past": "48", "estimate": "50", "target": "49", "direction": "keep"}, []),
        ({"past": "48", "estimate": "50", "target": "49", "note": NOTE}, []),
        ({"past": "45", "estimate": "50", "target": "100"}, []),
        ({"past": "45", "estimate": "50", "target": "101"}, ["OLC-08"]),
        ({"past": "45", "estimate": "50", "target": "101", "note": NOTE}, []),
        # falling behind by more than half is falling behind, not a jump
        ({"past": "45", "estimate": "50", "target": "20"}, ["OLC-06"]),
        ({"past": "45", "estimate": "50", "target": "5"}, ["OLC-06", "OLC-08"]),
        ({"past": "4", "estimate": "50", "target": "51"}, ["OLC-08"]),
        ({"past": "6", "estimate": "50", "target": "51"}, []),
        ({"past": "50", "estimate": Value(mark="-"), "target": "150"}, ["OLC-03", "OLC-08"]),
        ({"past": "0", "estimate": "0", "target": "40"}, []),
        ({"target": "0", "direction": "decrease"}, []),
        ({"name": "Park"}, ["TNM-01"]),
        ({"name": "Yeni park"}, ["TNM-01"]),
        ({"name": "Yeni park sayısı"}, []),
        ({"name": "Yapılan proje sayısı"}, ["TNM-01"]),
        ({"name": "Yapılan okul ziyareti sayısı"}, []),
        ({"name": "Muhtelif boylarda dikilen fidan sayısı"}, ["TNM-01"]),
        ({"name": ""}, ["TNM-01"]),
        ({"source": " "}, ["TNM-03"]),
        ({"owner": ""}, ["TNM-03"]),
        ({"name": "Dikilen ağaçların sayısı", "unit": "ton"}, ["TNM-05"]),
        ({"name": "Dikilen ağaçların sayısı", "unit": "bin"}, []),
        # what follows in brackets, or says only for how long, hides nothing
        ({"name": "Dikilen ağaçların sayısı (yıllık, tür başına)", "unit": "ton"}, ["TNM-05"]),
        ({"name": "Dikilen ağaçların sayısı, toplam", "unit": "ton"}, ["TNM-05"]),
        ({"name": "Yenilenen hat uzunluğu (km)", "unit": "adet"}, ["TNM-05"]),
        ({"name": "Yenilenen hat uzunluğu (km)", "unit": "km"}, []),
        ({"name": "Yenilenen hat uzunluğu", "unit": "m³"}, ["TNM-05"]),
        ({"name": "Ortalama bekleme süresi", "unit": "iş günü"}, []),
        ({"name": "Ortalama bekleme süresi", "unit": "kişi"}, ["TNM-05"]),
    ],
)
def test_a_count(fields: dict[str, Any], rules: list[str]) -> None:
    assert rules_of(having(**fields)) == rules


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({"past": "100", "estimate": "100", "target": "100"}, ["OLC-04"]),
        ({"target": "100"}, []),
        ({"past": "0", "note": NOTE}, []),
        ({"past": "100.1"}, ["OLC-07"]),
        ({"past": "-1"}, ["OLC-07"]),
        # a rise may be more than everything
        ({"name": "Gelirlerin yıllık artış oranı", "past": "140", "estimate": "150", "target": "160"}, []),
        # by its name a share, though nothing says %
        ({"unit": "", "past": "140", "estimate": "150", "target": "160"}, ["OLC-02", "OLC-07"]),
        ({"name": "Tamamlanan onarımların oranı", "numerator": ""}, ["TNM-02"]),
        ({"name": "Tamamlanan onarımların oranı (yıllık)", "numerator": ""}, ["TNM-02"]),
        ({"name": "Tamamlanan onarımların düzeyi", "numerator": ""}, []),
        ({"name": "Tamamlanan onarımların düzeyi", "numerator": "", "roll_up": "ratio"}, ["TNM-02"]),
        ({"name": "Tamamlanan onarımların oranı", "unit": "adet"}, ["TNM-05"]),
        ({"name": "Birim maliyet oranı", "unit": "TL/kişi"}, []),
    ],
)
def test_a_percentage(fields: dict[str, Any], rules: list[str]) -> None:
    assert rules_of(having("increase", "%", **{"roll_up": "last", **fields})) == rules


def test_what_is_explained_is_told_and_no_more() -> None:
    (found,) = having(target=BLANK, note=NOTE)[0]
    assert found.severity is Severity.INFO
    assert f"“{NOTE.removesuffix('.')}”. Bu yıl ölçülmeyecekse" in found.sentence()
    (ceiling,) = having("increase", "%", past="100", estimate="100", target="100", roll_up="last")[0]
    assert ceiling.severity is Severity.INFO


def test_what_is_to_be_kept_is_not_asked_what_makes_it_possible() -> None:
    values = {"past": "45", "estimate": "50"}
    (left,) = having(**values, target="20", direction="keep")[0]
    assert left.rule == "OLC-08"
    assert "oysa göstergenin yönü “koruma”" in left.sentence()
    (jump,) = having(**values, target="120")[0]
    assert jump.rule == "OLC-08"
    assert "Artışın nasıl sağlanacağını açıklamaya yazın" in jump.sentence()


@pytest.mark.parametrize(
    ("value", "direction", "said"),
    [
        ("50", "increase", "yönü “artış” olduğu hâlde"),
        ("50", "decrease", "yönü “azalış” olduğu hâlde"),
        ("50", "", "hedef bir değişiklik öngörmüyor"),
        ("0", "decrease", "daha fazla azalamayacağı için"),
    ],
)
def test_the_same_value_is_a_fault_by_the_direction(value: str, direction: str, said: str) -> None:
    (found,) = having(past=value, estimate=value, target=value, direction=direction)[0]
    assert found.rule == "OLC-04"
    assert said in found.sentence()


def test_of_nothing_in_all_years_both_rules_advise_the_same() -> None:
    same, zero = having(past="0", estimate="0", target="0")[0]
    assert (same.rule, zero.rule) == ("OLC-04", "OLC-05")
    assert same.sentence().split("açıklama yok. ")[1] == zero.sentence().split("açıklama yok. ")[1]


def test_a_sentence_holds_the_facts_in_turkish_notation() -> None:
    found = having(past="2950", estimate="3000", target="300")[0]
    lower, slip = [one.sentence() for one in found]
    assert f"{YEAR} hedefi (300) {YEAR - 1} tahmininden (3.000) düşük; açıklama yok" in lower
    assert f": {YEAR - 1} tahmini (3.000), {YEAR} hedefinin (300) 10 katı. Yazım hatası varsa" in slip
    # halves are rounded up, as everywhere
    (jump,) = having(past="4", estimate="4", target="25")[0]
    assert jump.facts["times"] == "6,3"
    assert "tahmininin (4) yaklaşık 6,3 katı; açıklama yok" in jump.sentence()


@pytest.mark.parametrize(
    ("names", "only_outputs"),
    [
        (("Verilen hizmet içi eğitim sayısı", "Dikilen fidan sayısı (yıllık)"), True),
        (("Ortak proje yapılan paydaş sayısı", "Kullanılan yakıt miktarı"), True),
        (("Onarılan ulaşım durağı sayısı", "Açılan pazar sayısı (sebze, giyim vs.)"), True),
        (("Onarılan ulaşım durağı sayısı", "Arızaya ulaşma hızı"), False),
        (("Yapılacak park sayısı", "Aktarma istasyonu yapılması", "Otopark projesi hazırlanması"), True),
        (("Bakım merkezi kurulması", "Memnuniyet anketi yapılması"), False),
        (("Açılan kurs sayısı", "Kütüphaneyi kullanan kişi sayısı"), False),
        (("Açılan kurs sayısı", "Kaplıcaya gelen turist sayısı (yıllık)"), False),
    ],
)
def test_names_that_count_only_what_was_made(names: tuple[str, ...], only_outputs: bool) -> None:
    target = programme(clean()).targets[0]
    one = target.indicators[0]
    named = tuple(dataclasses.replace(one, id=f"i{at}", name=name, type="", code="") for at, name in enumerate(names))
    found = findings(change_target(clean(), target, indicators=named), "ILG-07")
    assert [place.where.id for place in found] == ([target.id] if only_outputs else [])


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("9 çöp kamyonu, 2 vakumlu", True),
        ("Çöp toplama 11 Vakumlu 2 Traktör 4", True),
        ("60 bin", False),
        ("1 adet rapor", False),
        ("1/1000", False),
        ("31 Aralık 2026", False),
        ("2026 yılı 1. çeyrek", False),
        ("1 adet (%50)", False),
        ("12 ay, %100", False),
        ("10 ile 15 arası", False),
        ("7 gün 24 saat", False),
        ("2.500 m", False),
        ("Yüz", False),
    ],
)
def test_a_text_that_holds_several_targets(text: str, several: bool) -> None:
    (found,) = having(target=Value(text=text))[0]
    assert (found.rule, found.facts["value"]) == ("OLC-01", text)
    assert ("Her sayı için ayrı bir gösterge" in found.sentence()) is several
    # the note says more than the rule knows
    (told,) = having(target=Value(text=text), note=NOTE)[0]
    assert told.severity is Severity.INFO
    assert f"“{NOTE.removesuffix('.')}”. Sayıyla" in told.sentence()


def coded(part: str, code: Callable[[int], str]) -> Municipality:
    """The sample with typed codes for all its indicators or activities."""
    targets, at = [], 0
    for target in programme(clean()).targets:
        typed = []
        for one in getattr(target, part):
            typed.append(dataclasses.replace(one, code=code(at)))
            at += 1
        targets.append(dataclasses.replace(target, **{part: tuple(typed)}))
    return change(clean(), targets=tuple(targets))


@pytest.mark.parametrize("part", ["indicators", "activities"])
def test_codes_that_are_not_written_alike(part: str) -> None:
    assert findings(coded(part, lambda at: f"K.{at}.1"), "TNM-04") == []
    (odd,) = findings(coded(part, lambda at: f"K.{at}.1." if at == 3 else f"K.{at}.1"), "TNM-04")
    assert (odd.where.kind, odd.where.field, odd.facts["code"]) == (
        {"indicators": "indicator", "activities": "activity"}[part],
        "code",
        "K.3.1.",
    )
    # where no way is the usual one, it is told once
    (mixed,) = findings(coded(part, lambda at: f"K. {at}.1" if at % 3 else f"K.{at}.1"), "TNM-04")
    assert (mixed.where.kind, mixed.facts["example"], mixed.facts["other"]) == ("programme", "K. 1.1", "K.0.1")
    assert mixed.sentence().startswith(
        {"indicators": "Gösterge kodları aynı", "activities": "Faaliyet kodları aynı"}[part]
    )


def test_nothing_is_asked_of_a_deferred_target() -> None:
    target, one = pick()
    gone = change_indicator(clean(), target, one, values={}, unit="adet")
    holder = next(t for t in programme(gone).targets if t.id == target.id)
    assert findings(change_target(gone, holder, deferred=True)) == []
    assert findings(change_target(clean(), target, deferred=True, indicators=(), activities=(), cost_sheets=())) == []


def test_a_number_without_dots_begins_anew_in_each_target() -> None:
    now = programme(clean())
    numbered = tuple(
        dataclasses.replace(
            target,
            indicators=tuple(dataclasses.replace(i, code=str(n)) for n, i in enumerate(target.indicators, 1)),
        )
        for target in now.targets
    )
    assert findings(change(clean(), targets=numbered)) == []
    twice = dataclasses.replace(
        numbered[0], indicators=tuple(dataclasses.replace(i, code="1") for i in numbered[0].indicators[:2])
    )
    found, misplaced = findings(change(clean(), targets=(twice, *numbered[1:])), "TNM-04")
    assert (found.severity, misplaced.severity) == (Severity.ERROR, Severity.INFO)
    assert found.where.id == numbered[0].indicators[1].id
    # a mere number is told with that of its target
    assert found.subject.startswith(f"{programme_context(clean(), YEAR).codes.targets[twice.id]} / 1. ")


def test_the_same_telling_number_under_two_names() -> None:
    (first, one), (second, other) = ((target, target.indicators[0]) for target in programme(clean()).targets[:2])
    made = change_indicator(clean(), first, one, name="Kaplıca tesislerine giren müşteri sayısı", unit="kişi")
    made = change_indicator(made, second, other, name="Kaplıcalara gelen turist sayısı", unit="kişi")

    def with_past(past: str) -> list[Finding]:
        changed = made
        for holder, target in (("365000", first.id), ("400000", second.id)):
            at = next(t for t in programme(changed).targets if t.id == target)
            values = {"past": Decimal(past), "estimate": Decimal(holder) - 5000, "target": Decimal(holder)}
            changed = set_values(changed, at, at.indicators[0], **values)
        return findings(changed, "TNM-06")

    (found,) = with_past("183591")
    assert found.where.id == other.id
    assert found.facts["others"] == "365.000"
    # a round number is the same by chance
    assert with_past("200000") == []


@pytest.mark.parametrize(
    ("name", "other", "is_near"),
    [
        ("Yıkılan metruk yapı sayısı", "Yıkılan metruk bina sayısı", True),
        ("Alınacak çöp konteyneri sayısı", "Alınacak çöp konteynırı sayısı", True),
        ("Toplanacak atık yağ miktarı", "Toplanacak atık pil miktarı", False),
        ("Büyükbaş hayvan kesim sayısı", "Küçükbaş hayvan kesim sayısı", False),
        ("Gelen evrak kayıt sayısı", "Giden evrak kayıt sayısı", False),
        ("EBYS eğitimi alan personel sayısı", "SDP eğitimi alan personel sayısı", False),
        ("Dikilen fidan ve ağaç sayısı", "Dikilen ağaç ve fidan sayısı", True),
        ("Açılan 100 metrelik yol sayısı", "Açılan 200 metrelik yol sayısı", False),
    ],
)
def test_near_names(name: str, other: str, is_near: bool) -> None:
    (first, one), (second, later) = ((target, target.indicators[0]) for target in programme(clean()).targets[:2])
    made = change_indicator(clean(), first, one, name=name, unit="adet")
    made = change_indicator(made, second, later, name=other, unit="adet")
    assert [found.where.id for found in findings(made, "TNM-06")] == ([later.id] if is_near else [])


def staff(caption: str, *rows: tuple[str, ...], header: tuple[str, ...] = ("Kadro", "Memur", "İşçi")) -> ResourceTable:
    return ResourceTable("İnsan Kaynakları", caption, (header,), tuple(map(ResourceRow, rows)))


def tables(*made: ResourceTable) -> list[Finding]:
    return findings(change(clean(), resource_tables=(*made, *programme(clean()).resource_tables)), "KYN")


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        (staff("Araçlar", ("A", "3", "4"), ("B", "5", "6"), ("Toplam", "8", "10")), 0),
        (staff("Araçlar", ("A", "3", "4"), ("B", "5", "6"), ("TOPLAM", "8", "11")), 1),
        # dashes and blanks are nothing
        (staff("Araçlar", ("A", "3", "-"), ("B", "", "6"), ("Genel Toplam", "3", "6")), 0),
        # subtotals and their total
        (staff("A", ("A", "3", "4"), ("Toplam", "3", "4"), ("B", "5", "6"), ("Genel Toplam", "8", "10")), 0),
        (staff("A", ("A", "3", "4"), ("Toplam", "3", "4"), ("B", "5", "6"), ("Toplam", "5", "6")), 0),
        # what is no number cannot be added up
        (staff("Binalar", ("A", "12250m2", "4"), ("B", "544m2", "6"), ("Toplam", "88.145 m2", "10")), 0),
        # nor can what may be meant in two ways: a column is read in English only where nothing else makes sense of it
        (staff("Alan", ("A", "1,205.17", "4"), ("B", "1.205", "6"), ("Toplam", "9,999.99", "10")), 0),
        (staff("Alan", ("A", "205.17", "4"), ("B", "36.98", "6"), ("Toplam", "999.99", "10")), 0),
        (staff("Alan", ("A", "1,205.17", "4"), ("B", "36", "6"), ("Toplam", "9,999.99", "10")), 0),
        (staff("Alan", ("A", "1,205.17", "4"), ("B", "36.98", "6"), ("Toplam", "9,999.99", "10")), 1),
        (staff("Alan", ("A", "1,205.17", "4"), ("B", "-", "6"), ("", "36.98", ""), ("Toplam", "1,242.15", "10")), 0),
        # what is called somebody's total is no part of the sum
        (
            staff(
                "Davalar",
                ("A", "3", "4"),
                ("İdari Yargı Toplamı", "3", "4"),
                ("B", "5", "6"),
                ("Genel Toplam", "8", "10"),
            ),
            0,
        ),
        (staff("Kadro", ("A", "3", "4"), ("Memur Toplamı", "3", "4"), ("İşçi Toplamı", "99", "9")), 0),
        # a serial number and a share are no amounts
        (staff("A", ("1", "4", "60"), ("2", "6", "40"), ("Toplam", "10", "99"), header=("No", "Adet", "Oran (%)")), 0),
        # a head within the table begins a new sum
        (
            staff(
                "A",
                ("A", "3", "1"),
                ("Toplam", "3", "1"),
                ("İşçi", "SAYI", "SAYI"),
                ("B", "5", "2"),
                ("Toplam", "5", "2"),
            ),
            0,
        ),
        # beside each other: the total of the left part leaves the right one alone
        (
            staff(
                "A",
                ("A", "3", "X", "9"),
                ("Toplam", "3", "Y", "1"),
                ("", "", "TOPLAM", "10"),
                header=("Memur", "Sayı", "İşçi", "Sayı"),
            ),
            0,
        ),
        # a column of totals
        (staff("A", ("A", "3", "4", "7"), ("B", "5", "6", "11"), header=("Kadro", "Memur", "İşçi", "Toplam")), 0),
        (
            staff(
                "A",
                ("A", "3", "4", "7"),
                ("B", "5", "6", "11"),
                ("C", "5", "6", "12"),
                header=("Kadro", "Memur", "İşçi", "Toplam"),
            ),
            1,
        ),
    ],
)
def test_totals_of_tables(table: ResourceTable, wrong: int) -> None:
    assert [one.rule for one in tables(table)] == ["KYN-01"] * wrong


# the totals are those of other columns
MIXED_UP = staff(
    "Yangınlar",
    ("Bina", "3", "8", "7", "1", "19"),
    ("Ot", "16", "", "4", "2", "22"),
    ("Toplam", "7", "16", "15", "3", "41"),
    header=("Tür", "Ahşap", "Kargir", "Beton", "Diğer", "Bütünü"),
)


def test_a_row_of_totals_in_other_columns_is_told_once() -> None:
    (found,) = tables(MIXED_UP)
    # they should be 19, 8, 11, 3 and 41
    assert found.facts == {"row": "Toplam", "wrong": "3", "totals": "7/19; 16/8; 15/11; 3/3; 41/41"}
    assert (found.where.id, found.where.field) == ("1", "rows.3.1")
    # its place is a cell of the form
    ctx = programme_context(change(clean(), resource_tables=(MIXED_UP,)), YEAR)
    place = FindingPlaces(ctx).of(found)
    assert place is not None
    assert (place.table, place.column) == ("resource_row", "0")


def test_a_row_forgotten_by_the_totals_is_told_in_each_column() -> None:
    """All lack something: that is no other column."""
    short = dataclasses.replace(MIXED_UP, rows=(*MIXED_UP.rows[:2], ResourceRow(("Toplam", "3", "8", "7", "1", "19"))))
    found = tables(short)
    assert [one.where.field for one in found] == ["rows.3.2", "rows.3.4", "rows.3.5", "rows.3.6"]


def of_report(*made: ResourceTable) -> Municipality:
    return change(reported(), results=dataclasses.replace(programme(reported()).results, unit_tables=made))


def test_totals_of_the_report_s_tables_are_its_own_rule() -> None:
    (found,) = findings(of_report(staff("Ruhsatlar", ("A", "3", "1"), ("Toplam", "3", "1")), MIXED_UP))
    assert (found.rule, found.where.kind, found.where.id) == ("KYN-03", "result", "unit_tables.2")
    # accepted it stays so when another table comes before it
    (moved,) = findings(of_report(MIXED_UP))
    assert (moved.where.id, moved.fingerprint) == ("unit_tables.1", found.fingerprint)
    # also where nothing was measured yet
    alone = change(clean(), results=Results(unit_tables=(MIXED_UP,)))
    assert [one.fingerprint for one in findings(alone)] == [found.fingerprint]


def test_tables_of_the_same_people() -> None:
    heads = sum(int(cell) for row in personnel("personnel_sex").rows for cell in row.cells[1:] if cell.isdigit())
    assert tables(staff("Personelin Öğrenim Durumu", ("Lise", "0", str(heads)))) == []
    (found,) = tables(staff("Personelin Öğrenim Durumu", ("Lise", "0", str(heads + 1))))
    assert (found.rule, found.where.id, found.facts["heads"]) == ("KYN-02", "1", str(heads + 1))
    # some of them only, other years, other tables
    assert tables(staff("Memur Personelin Öğrenim Durumu", ("Lise", "0", "7"))) == []
    assert tables(staff("Personel Sayısının Yıllara Göre Öğrenim Durumu", ("Lise", "0", "7"))) == []
    assert tables(staff("Sporcuların Öğrenim Durumu", ("Lise", "0", "7"))) == []


def personnel(kind: str) -> ResourceTable:
    return next(table for table in programme(clean()).resource_tables if table.kind == kind)


def sheet_of(target: Target) -> Any:
    return next(sheet for sheet in target.cost_sheets if len(sheet.activities) == 1)


def test_an_activity_may_cost_nothing_where_that_is_said() -> None:
    target = next(t for t in programme(clean()).targets if any(len(s.activities) == 1 for s in t.cost_sheets))
    sheet = sheet_of(target)
    free = {"lines": (CostLine("03", Decimal("0.00")),), "off_budget": {}, "transfers": ()}
    assert [f.rule for f in findings(change_part(clean(), target, "cost_sheets", sheet, **free, note=""))] == ["MAL-06"]
    assert findings(change_part(clean(), target, "cost_sheets", sheet, **free, note=NOTE)) == []
    outside = {**free, "off_budget": {"foreign": Decimal("5.00")}, "note": ""}
    assert findings(change_part(clean(), target, "cost_sheets", sheet, **outside)) == []


def test_units_that_are_above_others_need_no_activity() -> None:
    deputy = Unit("d", "Başkan Yardımcılığı")
    first, *others = clean().units
    below = dataclasses.replace(first, parent="d")
    assert findings(dataclasses.replace(clean(), units=(deputy, below, *others))) == []
    assert findings(dataclasses.replace(clean(), units=(*clean().units, Unit("x", "Eski Birim", inactive=True)))) == []


@pytest.mark.parametrize(
    ("name", "other", "is_like"),
    [
        ("Sağlık İşleri Müdürlüğü", "Sağlık Hizmetleri Müdürlüğü", True),
        ("Muhtarlık İşleri Müdürlüğü", "Muhtarlıklar Müdürlüğü", True),
        ("Kırsal Hizmetler Müdürlüğü", "Kent Hizmetleri Müdürlüğü", False),
        ("Etüt Müdürlüğü", "Etüt ve Proje Müdürlüğü", False),
    ],
)
def test_units_that_may_be_one(name: str, other: str, is_like: bool) -> None:
    made = dataclasses.replace(clean(), units=(*clean().units, Unit("x", name), Unit("y", other)))
    found = [(one.where.id, one.severity) for one in findings(made, "YAZ-01")]
    assert found == ([("y", Severity.INFO)] if is_like else [])
    # an alias is a name as well
    made = dataclasses.replace(clean(), units=(*clean().units, Unit("x", "Liman", aliases=(name,)), Unit("y", other)))
    assert len(findings(made, "YAZ-01")) == is_like


def test_what_is_said_while_a_name_is_typed_is_what_is_found() -> None:
    names = (
        "Sağlık İşleri Müdürlüğü",
        "Sağlık Hizmetleri Md.",
        "Muhtarlıklar Müdürlüğü",
        "Kent Müdürlüğü",
        "İmar Birimi",
    )
    units = tuple(Unit(f"x{at}", name, row=at) for at, name in enumerate(names, 100))
    found = {one.where.id for one in findings(dataclasses.replace(clean(), units=(*clean().units, *units)), "YAZ-01")}
    assert found == {
        unit.id for at, unit in enumerate(units) if similar_units((*clean().units, *units[:at]), unit.name, unit.row)
    }
    assert found


def test_a_plan_is_optional_for_few_people_only() -> None:
    def without_plan(people: int) -> list[tuple[str, Severity]]:
        administration = dataclasses.replace(clean().administration, population=(Population(2025, people),))
        made = dataclasses.replace(clean(), plans=(), administration=administration)
        return [(one.rule, one.severity) for one in findings(made)]

    assert without_plan(49_999) == [("MVC-03", Severity.INFO)]
    assert without_plan(50_000) == [("MVC-01", Severity.ERROR)]


@pytest.mark.parametrize(
    ("version", "rules"),
    [
        (Version(1, "2025-11-30", "12", "2025-12-31"), []),
        (Version(1, "2025-12-01"), ["ZMN-01"]),
        (Version(1, "2025-11-01", "12", "2026-01-01"), ["ZMN-02"]),
    ],
)
def test_dates(version: Version, rules: list[str]) -> None:
    assert [one.rule for one in findings(change(clean(), versions=(version,)))] == rules
    # a later version amends a programme that was decided on in time
    later = Version(2, "2026-05-01", "3", "2026-05-03")
    in_time = Version(1, "2025-11-01", "12", "2025-11-05")
    assert findings(change(clean(), versions=(in_time, later))) == []


@pytest.mark.parametrize(
    ("document", "rules"),
    [
        (PolicyDocument("Kalkınma Planı (2019–2023)"), ["YAZ-02"]),
        (PolicyDocument("Kalkınma Planı (2024-2028)"), []),
        (PolicyDocument("Kalkınma Planı", first_year=2027, last_year=2030), ["YAZ-02"]),
        (PolicyDocument("5393 sayılı Kanun", first_year=2005), []),
        # what is typed in the fields counts before what the name says
        (PolicyDocument("Plan (2019–2023)", first_year=2019, last_year=2030), []),
    ],
)
def test_policy_documents(document: PolicyDocument, rules: list[str]) -> None:
    made = change(clean(), policy_documents=(document,))
    assert [one.rule for one in findings(made)] == rules


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("GÜNEYÇAM BELEDIYESI", "BELEDİYESİ"),
        ("güneyçam belediyesı", "belediyesi"),
        ("Guneycam halkı", "Güneyçam"),
        ("Fen Isleri Müdürlüğü", ""),
        ("Park ve Bahçeler Mudurlugu", "Müdürlüğü"),
        ("Itfaiye binası", "İtfaiye"),
        ("GÜNEYÇAM BELEDİYESİ", ""),
        ("Güneyçam Belediyesi'nin, Belediyesi’ne", ""),
        ("www.guneycam.example, bilgi@guneycam.example", ""),
        ("i\u0307tfaiye", "itfaiye"),
        ("Guneycamlılar", "Güneyçamlılar"),
        ("Yönetmeliğin hazırlanması işİ", "işi"),
        ("e-İmza, KİOSK, İZMİR", ""),
        ("İslah imar planı", "Islah"),
        ("güneyçamlıların", ""),
    ],
)
def test_letters(text: str, right: str) -> None:
    target = programme(clean()).targets[0]
    found = findings(change_target(clean(), target, description=f"{target.description} {text}"), "YAZ")
    if text.startswith("Fen"):
        # shorter words that fold alike are other words too often; these are listed
        assert all(one.where.kind == "target" for one in found)
        return
    assert [one.facts["right"] for one in found] == ([right] if right else [])
    # in which of its texts, for the same word may stand in several
    assert all(": açıklamasında “" in one.sentence() for one in found)


@pytest.mark.parametrize(
    ("name", "text", "right"),
    [
        ("Ilgın Belediyesi", "İlgın adına", "Ilgın"),
        ("Ilgın Belediyesi", "İlgınlı bürokratlar", "Ilgınlı"),
        ("Ilgın Belediyesi", "ILGIN'ın, Ilgınlılar", ""),
        # another word in small letters
        ("Çine Belediyesi", "cine dönüşen", ""),
        ("Kars Belediyesi", "Karşı kaldırım ile Karslı çocuklar", ""),
        ("İzmir Büyükşehir Belediyesi", "IZMIR ve İzmir", "İZMİR"),
    ],
)
def test_the_place_s_own_name(name: str, text: str, right: str) -> None:
    administration = dataclasses.replace(clean().administration, name=name, short_name="")
    target = programme(clean()).targets[0]
    made = change_target(dataclasses.replace(clean(), administration=administration), target, description=text)
    found = [one for one in findings(made, "YAZ") if one.where == Where("target", target.id, "description")]
    assert [one.facts["right"] for one in found] == ([right] if right else [])


def test_titles_that_differ_by_letters() -> None:
    target = programme(clean()).targets[0]
    title = clean().objectives_of(YEAR)[target.objective][1].title
    assert [one.rule for one in findings(change_target(clean(), target, title=title))] == ["ILG-06"]
    assert [one.rule for one in findings(change_target(clean(), target, title=f"{title}:"))] == ["ILG-06"]
    for other in (title[0].swapcase() + title[1:], title.replace(" ", "-", 1)):
        assert [one.rule for one in findings(change_target(clean(), target, title=other))] == ["YAZ-01"]


@pytest.mark.parametrize(
    ("source", "title", "is_slip"),
    [
        ("Yeşil alanlarını arttırmak", "Yeşil alanlarının arttırmak", True),
        ("Yeşil alanlarını artırmak", "Yeşil alanlarının arttırmak", True),
        # another thing, not another spelling: short words, two letters, more words, every word
        ("Park hizmetleri", "Kart hizmetleri", False),
        ("Yeşil alanlarını arttırmak", "Yeşil alanları arttırmak", False),
        ("Park bahçe hizmetleri", "Park ve bahçe hizmetleri", False),
        ("Hizmetlerini artırmak", "Hizmetlerinin arttırmak", False),
        ("Eylem planı 202401", "Eylem planı 202402", False),
    ],
)
def test_a_title_one_slip_away_from_that_of_its_objective(source: str, title: str, is_slip: bool) -> None:
    target = programme(clean()).targets[0]
    plans = tuple(
        dataclasses.replace(
            plan,
            goals=tuple(
                dataclasses.replace(
                    goal,
                    objectives=tuple(
                        dataclasses.replace(one, title=source) if one.id == target.objective else one
                        for one in goal.objectives
                    ),
                )
                for goal in plan.goals
            ),
        )
        for plan in clean().plans
    )
    made = change_target(dataclasses.replace(clean(), plans=plans), target, title=title)
    found = [one for one in findings(made, "YAZ-01") if one.where == Where("target", target.id, "title")]
    assert [one.facts.get("source") for one in found] == ([source] if is_slip else [])


# --- the programme budget ---------------------------------------------------------------------------------------------


def budget(**fields: Any) -> Municipality:
    return with_programme(clean(), dataclasses.replace(programme(clean(), BUDGET_YEAR), **fields))


def of_budget(municipality: Municipality, rule: str = "") -> list[Finding]:
    found = caught_up(check(programme_context(municipality, BUDGET_YEAR))).findings
    return [one for one in found if one.rule.startswith(rule)]


def unlinked(target: Target, **fields: Any) -> Target:
    return dataclasses.replace(
        target,
        activities=tuple(dataclasses.replace(one, sub_programme="") for one in target.activities),
        indicators=tuple(dataclasses.replace(one, sub_programme_objective="") for one in target.indicators),
        **fields,
    )


def test_what_no_sub_programme_has_is_told() -> None:
    first, *others = programme(clean(), BUDGET_YEAR).targets
    found = of_budget(budget(targets=(unlinked(first), *others)))
    assert {one.rule for one in found} == {"ILG-08"}
    assert [(one.where.id, one.where.field, one.severity) for one in found] == [
        *((one.id, "sub_programme_objective", Severity.WARNING) for one in first.indicators),
        *((one.id, "sub_programme", Severity.ERROR) for one in first.activities),
    ]
    # nothing is planned
    deferred = unlinked(first, deferred=True)
    assert of_budget(budget(targets=(deferred, *others)), "ILG-08") == []
    # another form has no tables of sub-programmes
    assert of_budget(budget(targets=(unlinked(first), *others), form="", layout=""), "ILG-08") == []


def test_that_nothing_is_linked_is_said_once() -> None:
    targets = tuple(map(unlinked, programme(clean(), BUDGET_YEAR).targets))
    (one,) = of_budget(budget(targets=targets), "ILG-08")
    working = [target for target in targets if not target.deferred]
    count = sum(len(target.activities) + sum(not one.deferred for one in target.indicators) for target in working)
    assert (one.severity, dict(one.facts)) == (Severity.ERROR, {"lacking": str(count), "all": str(count)})


def test_what_a_sub_programme_holds_is_its_own() -> None:
    """It needs no link, but values, costs, units of measure and names as what a target holds does."""
    sub, *others = programme(clean(), BUDGET_YEAR).sub_programmes
    past = Value(Decimal(4))
    held = dataclasses.replace(
        sub,
        indicators=(
            Indicator("x", name="Onarılan çeşme sayısı", unit="adet", source="Kayıt", owner=sub.units[0]),
            Indicator(
                "y",
                name="Boyanan bank sayısı",
                source="Kayıt",
                owner=sub.units[0],
                values={(BUDGET_YEAR - 2, implied_kind(BUDGET_YEAR, BUDGET_YEAR - 2)): past},
            ),
        ),
        activities=(Activity("z", name="Çeşmelerin onarılması"),),
    )
    found = of_budget(budget(sub_programmes=(held, *others)))
    assert [(one.rule, one.where.id) for one in found] == [
        ("OLC-01", "x"),
        ("OLC-01", "y"),
        ("OLC-02", "y"),
        ("OLC-03", "y"),
        ("MAL-06", "z"),
    ]


@pytest.mark.parametrize(
    ("objectives", "wrong"),
    [
        ((), True),
        ((SubProgrammeObjective("x", " "),), True),
        ((SubProgrammeObjective("x", " "), SubProgrammeObjective("y", "Kentin temiz tutulması")), False),
    ],
)
def test_objectives_of_sub_programmes(objectives: tuple[SubProgrammeObjective, ...], wrong: bool) -> None:
    subs = programme(clean(), BUDGET_YEAR).sub_programmes
    changed = dataclasses.replace(subs[0], objectives=objectives, row=3)
    made = budget(sub_programmes=(changed, *subs[1:]))
    found = of_budget(made, "ILG-09")
    assert bool(found) is wrong
    for one in found:
        assert one.where == Where("programme", str(BUDGET_YEAR), f"sub_programmes.{subs[0].sub_programme}.objectives")
        place = FindingPlaces(programme_context(made, BUDGET_YEAR)).of(one)
        entry = ("sub_programme", subs[0].sub_programme)
        assert place == Place(BUDGET_YEAR, entry, "sub_programme_objective")
    # general administration has no aim of its own
    support = dataclasses.replace(subs[-1], objectives=objectives)
    assert of_budget(budget(sub_programmes=(*subs[:-1], support)), "ILG-09") == []
    assert of_budget(budget(sub_programmes=(changed, *subs[1:]), form="", layout=""), "ILG-09") == []


# --- results ----------------------------------------------------------------------------------------------------------


def result(**fields: Any) -> list[str]:
    """What is found with the first result's fields as given, its value as a share of the target."""
    first = programme(reported()).results.indicators[0]
    share = fields.pop("share", "1")
    assert first.value.number is not None
    value = fields.pop("value", Value(first.value.number * Decimal(share)))
    return [one.rule for one in findings(change_result(reported(), first, value=value, **fields))]


REASON = "İhale iki kez iptal edildiği için iş üç ay geç başlamıştır."


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({"share": "0.8"}, []),
        ({"share": "1.2"}, []),
        ({"share": "0.79"}, ["GCR-01", "GCR-02"]),
        ({"share": "1.21", **MEASURE}, ["GCR-01"]),
        ({"share": "0.5", "explanation": REASON, **MEASURE}, []),
        ({"share": "0.5", "explanation": "Bütçe yetmedi.", **MEASURE}, ["GCR-01"]),
        ({"share": "0.5", "explanation": REASON, **MEASURE, "measure_date": ""}, ["GCR-02"]),
        ({"value": BLANK}, ["TUT-03"]),
        ({"value": BLANK, "status": "not_measured"}, []),
        ({"evidence": " "}, ["DGR-01"]),
    ],
)
def test_results(fields: dict[str, Any], rules: list[str]) -> None:
    assert result(**fields) == rules


@pytest.mark.parametrize(
    ("direction", "reason", "says"),
    [
        ("increase", "", "gerçekleşme 0: hiç gerçekleşmemiş, nedeni yazılmamış. Nedenini "),
        ("increase", "Bütçe yetmedi.", "gerçekleşme 0: hiç gerçekleşmemiş; “Bütçe yetmedi.” yeterli bir neden değil."),
        # of what is to fall or to stay none is no failure
        ("decrease", "", "gerçekleşme 0: hedefin %100,00 altında, nedeni yazılmamış."),
        ("keep", "", "gerçekleşme 0: hedefin %100,00 altında, nedeni yazılmamış."),
    ],
)
def test_a_result_of_nothing_is_said_in_words(direction: str, reason: str, says: str) -> None:
    first = programme(reported()).results.indicators[0]
    made = change_result(reported(), first, value=Value(Decimal(0)), explanation=reason, **MEASURE)
    target = next(one for one in programme(made).targets if any(i.id == first.indicator for i in one.indicators))
    indicator = next(one for one in target.indicators if one.id == first.indicator)
    (found,) = findings(change_indicator(made, target, indicator, direction=direction), "GCR-01")
    assert says in found.printed()


def test_a_group_without_accounts_is_not_added_up() -> None:
    results = programme(reported()).results
    more = BalanceSheetItem("liabilities", Decimal("0.00"), "4", "Uzun Vadeli Yabancı Kaynaklar")
    beside = BalanceSheetItem("assets", Decimal("-5.00"), "910", "Teminat Mektupları")
    budget = dataclasses.replace(results.budget, balance_sheet=(*results.budget.balance_sheet, more, beside))
    assert findings(change(reported(), results=dataclasses.replace(results, budget=budget))) == []


@pytest.mark.parametrize(("weight", "rules"), [("0.5", []), ("0.51", ["TUT-04"]), ("-0.5", []), ("-0.51", ["TUT-04"])])
def test_weights(weight: str, rules: list[str]) -> None:
    target, one = pick()
    assert one.weight is not None
    made = change_indicator(clean(), target, one, weight=one.weight + Decimal(weight))
    assert [found.rule for found in findings(made)] == rules
    bare = tuple(dataclasses.replace(i, weight=None) for i in target.indicators)
    assert findings(change_target(clean(), target, indicators=bare)) == []


def test_other_settings_make_other_findings() -> None:
    strict = dataclasses.replace(settings(), thresholds=dataclasses.replace(settings().thresholds, fewest_words=6))
    found = check(programme_context(clean(), YEAR), by=strict).findings
    assert {one.rule for one in found} == {"TNM-01"}


@pytest.mark.parametrize(
    ("past", "estimate", "said"),
    [
        (Value(mark="-"), "100", "2024 gerçekleşmesi yok (“-”)."),
        ("100", Value(mark="X"), "2025 tahmini yok (“X”)."),
        (Value(mark="-"), Value(mark="-"), "2024 gerçekleşmesi de 2025 tahmini de yok (“-”)."),
        # neither mark is that of both
        (Value(mark="-"), Value(mark="X"), "2024 gerçekleşmesi de 2025 tahmini de yok. "),
        (Value(mark="-"), BLANK, "2024 gerçekleşmesi de 2025 tahmini de yok. "),
        (BLANK, "100", "2024 gerçekleşmesi yok. "),
    ],
)
def test_a_mark_in_place_of_a_past_value_is_quoted(past: Any, estimate: Any, said: str) -> None:
    found, _made = having(past=past, estimate=estimate, target="105")
    (one,) = [one for one in found if one.rule == "OLC-03"]
    assert said in one.printed()


def test_a_blank_value_among_others_is_said_in_words() -> None:
    (first, one), (second, later) = ((target, target.indicators[0]) for target in programme(clean()).targets[:2])
    name = "Yıkılan metruk yapı sayısı"
    made = change_indicator(clean(), first, one, name=name, unit="adet")
    made = change_indicator(made, second, later, name=name, unit="adet")
    at = next(target for target in programme(made).targets if target.id == second.id)
    # a text may hold the sign that stands for a blank
    made = set_values(made, at, at.indicators[0], past=BLANK, estimate=Value(text="yok … henüz"), target=Decimal(7))
    (found,) = findings(made, "TNM-06")
    assert found.facts["values"] == "… / yok … henüz / 7"
    years = f"{YEAR - 2}: yok, {YEAR - 1}: yok … henüz, {YEAR}: 7"
    assert f"değerleri aynı değil (bu göstergede {years}; diğerinde {YEAR - 2}: " in found.printed()
