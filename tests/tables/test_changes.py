"""What changed: each edit told once, where it was made, and nothing that only follows from it."""

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from tests.example import example, lira
from tests.strategies import municipalities

from perfdesk.domain.costs import CostLine, Transfer
from perfdesk.domain.programme import Activity, Indicator, Municipality
from perfdesk.domain.resources import ResourceRow
from perfdesk.domain.texts import Run, TextBlock
from perfdesk.domain.value import Value, ValueKind
from perfdesk.domain.versions import of_year
from perfdesk.services.output.exporting import programme_context
from perfdesk.tables.changes import tables
from perfdesk.tables.changes.compare import Changes, compare
from perfdesk.tables.context import Context
from perfdesk.tables.context import context as prepared
from perfdesk.tables.table import COVERED


def municipality() -> Municipality:
    whole = example()
    return of_year(whole, whole.programmes[0])


def ctx(of: Municipality) -> Context:
    return programme_context(of, of.programmes[0].year)


def compared(change: Callable[[Municipality], Municipality]) -> Changes:
    return compare(ctx(municipality()), ctx(change(municipality())))


def programme(**fields: Any) -> Callable[[Municipality], Municipality]:
    """Return what gives the programme other fields; functions are given the old ones."""

    def change(of: Municipality) -> Municipality:
        (old,) = of.programmes
        new = {key: value(getattr(old, key)) if callable(value) else value for key, value in fields.items()}
        return dataclasses.replace(of, programmes=(dataclasses.replace(old, **new),))

    return change


def target(**fields: Any) -> Callable[[Municipality], Municipality]:
    """Return what gives the first target other fields."""

    def change(targets: Any) -> Any:
        first, *others = targets
        new = {key: value(getattr(first, key)) if callable(value) else value for key, value in fields.items()}
        return (dataclasses.replace(first, **new), *others)

    return programme(targets=change)


def first(**fields: Any) -> Callable[[Any], Any]:
    return lambda items: (dataclasses.replace(items[0], **fields), *items[1:])


def rows(changes: Changes) -> list[tuple[str, str, str, str]]:
    return [tuple(value) for value in changes.values]  # type: ignore[misc] # of four texts


def counted(changes: Changes) -> dict[str, tuple[int, int, int]]:
    return {count.kind: (count.added, count.removed, count.changed) for count in changes.counts}


NONE = (0, 0, 0)
CHANGED = (0, 0, 1)
TITLE = "Yolların <yenilenmesi> & bakımı"


def test_names_of_the_example() -> None:
    """What the cases below are written with."""
    codes = ctx(municipality()).codes
    assert (codes.targets["t1"], codes.indicators["i2"], codes.activities["a2"]) == ("1.1.1", "PG 8.10", "F.9")


CASES: dict[
    str, tuple[Callable[[Municipality], Municipality], tuple[str, str, str, str], dict[str, tuple[int, int, int]]]
] = {
    "title of a target": (
        target(title="Yol"),
        ("1.1.1 Yol", "Performans Hedefi", TITLE, "Yol"),
        {"target": CHANGED},
    ),
    "value of an indicator": (
        target(
            indicators=lambda old: (
                old[0],
                dataclasses.replace(old[1], values={(2025, ValueKind.TARGET): Value(Decimal("90.5"))}),
                old[2],
            )
        ),
        ("PG 8.10 Memnuniyet", "2025 Hedef", "85", "90,5"),
        {"indicator": CHANGED},
    ),
    "value that was not there": (
        target(
            indicators=lambda old: (
                old[0],
                dataclasses.replace(old[1], values={**old[1].values, (2023, ValueKind.REALISED): Value(mark="-")}),
                old[2],
            )
        ),
        ("PG 8.10 Memnuniyet", "2023 Gerçekleşme", "", "-"),
        {"indicator": CHANGED},
    ),
    "owner": (
        target(indicators=first(owner="u2")),
        ("PG. 1.1.1.1 Yenilenen yol", "Sorumlu Birim", "Fen İşleri Müdürlüğü", "Park ve Bahçeler Müdürlüğü"),
        {"indicator": CHANGED},
    ),
    "what has no words": (
        target(indicators=first(roll_up="sum")),
        ("PG. 1.1.1.1 Yenilenen yol", "Diğer Bilgiler", "", "değiştirilmiştir"),
        {"indicator": CHANGED},
    ),
    "new indicator, one row whatever it holds": (
        target(indicators=lambda old: (*old, Indicator("i9", name="Yeni gösterge", unit="km", note="Not"))),
        ("PG. 1.1.1.4 Yeni gösterge", "Performans Göstergesi", "", "Yeni gösterge"),
        {"indicator": (1, 0, 0)},
    ),
    "new activity": (
        target(activities=lambda old: (*old, Activity("a9", name="Yeni faaliyet", description="Uzun"))),
        ("F.1.1.1.5 Yeni faaliyet", "Faaliyet", "", "Yeni faaliyet"),
        {"activity": (1, 0, 0)},
    ),
    "target that goes with all it holds": (
        programme(targets=lambda old: old[:1]),
        ("2.1.1 Parklar", "Performans Hedefi", "Parklar", ""),
        {"target": (0, 1, 0), "activity": (0, 2, 0), "sheet": (0, 1, 0)},
    ),
    "amount": (
        target(cost_sheets=lambda old: (old[0], dataclasses.replace(old[1], lines=(CostLine(None, lira("260.50")),)))),
        ("F.9 Kaldırım", "Sınıflandırılmamış", "250,00", "260,50"),
        {"sheet": CHANGED},
    ),
    "transfer of a sheet": (
        target(cost_sheets=first(transfers=(Transfer("İl Özel İdaresi", "05", lira("60")),))),
        ("F.1.1.1.1 Asfalt ve 1 faaliyet daha", "05 İl Özel İdaresi", "50,55", "60,00"),
        # one cost, of two activities
        {"sheet": CHANGED},
    ),
    "general administration": (
        programme(general_administration=first(amount=lira("5000"))),
        ("Genel Yönetim Giderleri", "01 Personel Giderleri", "4.000,00", "5.000,00"),
        {},
    ),
    "cell of a resource table": (
        programme(resource_tables=first(rows=(ResourceRow(("Kamyon", "4", "1")), ResourceRow(("Binek", "2"))))),
        ("Araçlar – Kamyon", "Sayı – Resmî", "3", "4"),
        {},
    ),
    "new row of a resource table": (
        programme(
            resource_tables=lambda old: (
                dataclasses.replace(old[0], rows=(ResourceRow(("Minibüs", "7", "")), *old[0].rows)),
            )
        ),
        ("Araçlar – Minibüs", "Satır", "", "Minibüs · 7"),
        {},
    ),
    "paragraph": (
        programme(
            sections=lambda old: (
                dataclasses.replace(
                    old[0],
                    blocks=(
                        old[0].blocks[0],
                        dataclasses.replace(old[0].blocks[1], runs=(Run("Kalın ve ince"),)),
                        old[0].blocks[2],
                    ),
                ),
            )
        ),
        ("Sunuş", "Metin", "Kalın ince", "Kalın ve ince"),
        {},
    ),
    "weight of letters": (
        programme(
            sections=lambda old: (
                dataclasses.replace(
                    old[0],
                    blocks=(
                        old[0].blocks[0],
                        dataclasses.replace(old[0].blocks[1], runs=(Run("Kalın ince"),)),
                        old[0].blocks[2],
                    ),
                ),
            )
        ),
        ("Sunuş", "Metin", "", "değiştirilmiştir"),
        {},
    ),
    "policy": (
        programme(policy_documents=first(text="Şehirler yaşanır kılınacaktır.")),
        ("Kalkınma Planı – 3 – md. 12", "Metin", "Şehirler …", "Şehirler yaşanır kılınacaktır."),
        {},
    ),
    "layout": (programme(layout="plain"), ("Kitabın Tamamı", "Basım Düzeni", "", "değiştirilmiştir"), {}),
    "mission": (
        lambda of: dataclasses.replace(of, plans=(dataclasses.replace(of.plans[0], mission="Yol"),)),
        ("Stratejik Plan", "Misyon", "Hizmet etmek.", "Yol"),
        {},
    ),
    "name of a unit": (
        lambda of: dataclasses.replace(
            of, units=(dataclasses.replace(of.units[0], name="Yol Müdürlüğü"), *of.units[1:])
        ),
        ("Yol Müdürlüğü", "Harcama Birimi", "Fen İşleri Müdürlüğü", "Yol Müdürlüğü"),
        {},
    ),
    "picture": (
        lambda of: dataclasses.replace(
            of, pictures=(dataclasses.replace(of.pictures[0], data=of.pictures[0].data + b"x"),)
        ),
        ("amblem.png", "Resim", "", "değiştirilmiştir"),
        {},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_edit_is_told_where_it_was_made(name: str) -> None:
    change, expected, counts = CASES[name]
    changes = compared(change)
    assert expected in rows(changes)
    told = {kind: count for kind, count in counted(changes).items() if count != NONE}
    # a unit's name stands wherever it is responsible, which is told there
    if name != "name of a unit":
        assert rows(changes) == [expected]
        assert told == counts


def test_long_texts_are_cut_to_what_differs() -> None:
    """A paragraph of two pages is not told twice over for one word."""
    words = " ".join(f"kelime{n}" for n in range(400))

    def of(word: str) -> Callable[[Municipality], Municipality]:
        text = words.replace("kelime200", word)
        block = TextBlock(example().programmes[0].sections[0].blocks[1].kind, (Run(text),))
        return programme(sections=lambda old: (dataclasses.replace(old[0], blocks=(block,)),))

    changes = compare(ctx(of("eski")(municipality())), ctx(of("yeni")(municipality())))
    ((_, _, before, after),) = rows(changes)
    for text, word in ((before, "eski"), (after, "yeni")):
        assert f" {word} " in text
        assert text.startswith("…kelime")
        assert text.endswith("…")
        assert len(text) < 300


def test_two_texts_are_cut_at_the_same_words_where_one_alone_is_long() -> None:
    words = " ".join(f"kelime{n}" for n in range(40))
    short, long = words[:200], words.replace("kelime20", "başka") + words

    def of(text: str) -> Callable[[Municipality], Municipality]:
        return target(description=text)

    ((_, _, before, after),) = rows(compare(ctx(of(short)(municipality())), ctx(of(long)(municipality()))))
    assert before.startswith("…kelime")
    assert before.split()[0] == after.split()[0]
    assert not before.endswith("…")
    assert after.endswith("…")
    assert (before[:60], "kelime20 " in before, "başka " in after) == (after[:60], True, True)


def test_a_new_name_is_told_once_though_a_cost_is_of_several_activities() -> None:
    changes = compared(target(activities=first(name="Sıcak asfalt")))
    assert rows(changes) == [("F.1.1.1.1 Sıcak asfalt", "Faaliyet", "Asfalt", "Sıcak asfalt")]
    assert counted(changes)["sheet"] == NONE


def test_activities_that_a_cost_is_of_no_longer_are_told() -> None:
    """Here names say which they are."""
    changes = compared(target(cost_sheets=first(activities=("a1",))))
    where = "F.1.1.1.1 Asfalt ve 1 faaliyet daha"
    assert (where, "Maliyeti Birlikte Gösterilen Faaliyetler", "Asfalt; Bordür", "") in rows(changes)


def test_what_an_activity_costs_is_told_with_it() -> None:
    """As the book has one activity after the other, not first all names and then all amounts."""

    def cheaper(sheets: Any) -> Any:
        return tuple(dataclasses.replace(sheet, note="Değişti") for sheet in sheets)

    def renamed(activities: Any) -> Any:
        return tuple(dataclasses.replace(one, name=f"{one.name} işi") for one in activities)

    changes = compared(target(activities=renamed, cost_sheets=cheaper))
    assert [(value.where, value.what) for value in changes.values] == [
        ("F.1.1.1.1 Asfalt işi", "Faaliyet"),
        ("F.1.1.1.1 Asfalt işi ve 1 faaliyet daha", "Açıklamalar"),
        ("F.9 Kaldırım işi", "Faaliyet"),
        ("F.9 Kaldırım işi", "Açıklamalar"),
        ("F.1.1.1.3 Bordür işi", "Faaliyet"),
        ("F.1.1.1.4 Maliyetsiz işi", "Faaliyet"),
    ]


def test_removed_paragraphs_stand_where_they_were() -> None:
    changes = compared(programme(sections=lambda old: (dataclasses.replace(old[0], blocks=old[0].blocks[:1]),)))
    assert rows(changes) == [("Sunuş", "Metin", "Kalın ince", ""), ("Sunuş", "Metin", "Amblem", "")]


def test_new_order_alone_changes_no_value() -> None:
    changes = compared(target(indicators=lambda old: old[::-1]))
    assert rows(changes) == []


def test_tables() -> None:
    changes = compared(target(title="Yol", description="Yeni açıklama", cost_sheets=lambda old: old[:1]))
    table = tables.values(changes)
    where = [row.cells[0] for row in table.parts[0].rows]
    assert where[0].down == 2
    assert where[1] is COVERED
    sums = {row.key: [cell.number for cell in row.cells[1:]] for row in tables.sums(changes).parts[0].rows}
    old, new = changes.old.ledger.grand_total.total, changes.new.ledger.grand_total.total
    assert sums["grand_total"] == [old, new, new - old]
    assert new - old == lira("-250")
    counts = tables.counts(changes, ("bir", "iki"))
    assert [(fact.label, fact.text) for fact in counts.facts] == [("Önceki Hâli", "bir"), ("Yeni Hâli", "iki")]
    assert [row.key for row in counts.parts[0].rows] == ["target", "sub_programme", "indicator", "activity", "sheet"]


def entries(changes: Changes) -> int:
    return sum(value.what != "Metin" for value in changes.values)


@given(municipalities(max_programmes=2))
def test_same_state_has_no_changes(of: Municipality) -> None:
    for one in of.programmes:
        cut = of_year(of, one)
        changes = compare(ctx(cut), ctx(cut))
        assert changes.values == ()
        assert all((count.added, count.removed, count.changed) == NONE for count in changes.counts)


@given(municipalities(max_programmes=1), municipalities(max_programmes=1))
def test_one_way_and_back_tell_the_same(old: Municipality, new: Municipality) -> None:
    """Whatever two programmes are, and however little they share."""
    if not (old.programmes and new.programmes):
        return
    there = compare(ctx(of_year(old, old.programmes[0])), ctx(of_year(new, new.programmes[0])))
    back = compare(ctx(of_year(new, new.programmes[0])), ctx(of_year(old, old.programmes[0])))
    assert [count.added for count in there.counts] == [count.removed for count in back.counts]
    assert [count.changed for count in there.counts] == [count.changed for count in back.counts]
    # paragraphs are paired as they come, which is not the same both ways
    assert entries(there) == entries(back)


@pytest.mark.parametrize(
    ("pattern", "stored", "of_target", "stands"),
    [
        # what says by itself which target it is of
        ("F.{target}.{n}", "", "", "F.1.1.1.1 Kazı"),
        # a mere number, and no code at all
        ("{n}", "", "", "1.1.1 – 1. Kazı"),
        ("", "", "", "1.1.1 – Kazı"),
        ("{n}", "7", "", "1.1.1 – 7. Kazı"),
        ("{n}", "", "4", "Performans Hedefi 4 – 1. Kazı"),
    ],
)
def test_what_a_target_holds_is_told_with_the_target_s_code(
    pattern: str, stored: str, of_target: str, stands: str
) -> None:
    def named(name: str) -> Context:
        change = target(
            code=of_target, activities=lambda old: (dataclasses.replace(old[0], code=stored, name=name), *old[1:])
        )
        context = ctx(change(municipality()))
        layout = context.layout
        patterns = dataclasses.replace(layout, codes={**layout.codes, "activity": pattern})
        return prepared(context.municipality, context.programme, patterns)

    changes = compare(named("Kazma"), named("Kazı"))
    assert (stands, "Faaliyet", "Kazma", "Kazı") in rows(changes)
