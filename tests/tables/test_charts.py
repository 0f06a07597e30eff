"""What the charts show: on any programme their sums are the ledger's, and the staff is read only where it is plain."""

import dataclasses
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.example import YEAR, example
from tests.strategies import municipalities

from perfdesk.domain.costs import CostLine, CostSheet
from perfdesk.domain.programme import Activity, Indicator, Municipality, Target
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.domain.value import Value, ValueKind
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.tables.charts.catalogue import KEYS, charts_of
from perfdesk.tables.charts.chart import Band, Chart
from perfdesk.tables.charts.sums import MOST_ROWS, MOST_SIDES, Amount, folded, folded_bands
from perfdesk.tables.context import Context, context
from perfdesk.tables.form import load_form
from perfdesk.tables.layout import LAYOUTS, layout_of

ZERO = Decimal(0)


def contexts(municipality: Municipality) -> list[Context]:
    return [context(municipality, programme, layout_of(programme)) for programme in municipality.programmes]


def staffed(*tables: ResourceTable) -> Context:
    municipality = example()
    programme = municipality.programme(YEAR)
    assert programme
    programme = dataclasses.replace(programme, resource_tables=tables)
    return context(municipality, programme, layout_of(programme))


def staff_table(header: Sequence[str], *rows: Sequence[str], kind: str = "", caption: str = "") -> ResourceTable:
    lines = tuple(ResourceRow(tuple(row)) for row in rows)
    return ResourceTable("İnsan Kaynakları", caption, (tuple(header),), lines, kind)


def the(ctx: Context, key: str) -> Chart:
    (chart,) = charts_of(ctx, key)
    return chart


def shown(chart: Chart) -> dict[str, list[int]]:
    return {name: [int(series.numbers[at] or 0) for series in chart.series] for at, name in enumerate(chart.categories)}


@settings(deadline=None)
@given(municipalities())
def test_costs_add_up_to_the_ledger(municipality: Municipality) -> None:
    for ctx in contexts(municipality):
        total = ctx.ledger.grand_total.total
        for key in ("cost_by_goal", "cost_by_code", "cost_by_unit"):
            for chart in charts_of(ctx, key):
                (series,) = chart.series
                assert len(series.numbers) == len(chart.categories) == len(set(chart.categories)) <= MOST_ROWS
                assert sum(filter(None, series.numbers), ZERO) == total
        for chart in charts_of(ctx, "budget_flow"):
            assert sum((band.number for band in chart.bands), ZERO) == total
            assert {band.target for band in chart.bands} == {*chart.categories}
            assert len({band.source for band in chart.bands}) <= MOST_SIDES


@settings(deadline=None)
@given(municipalities())
def test_flow_and_bars_agree_by_goal_and_by_code(municipality: Municipality) -> None:
    for ctx in contexts(municipality):
        for flow in charts_of(ctx, "budget_flow"):
            for key, at in (("cost_by_goal", 0), ("cost_by_code", 1)):
                sums: dict[str, Decimal] = {}
                for band in flow.bands:
                    sums[band[at]] = sums.get(band[at], ZERO) + band.number
                for chart in charts_of(ctx, key):
                    if len(chart.categories) <= MOST_SIDES:
                        assert dict(zip(chart.categories, chart.series[0].numbers, strict=True)) == sums


@settings(deadline=None)
@given(municipalities())
def test_trends_are_the_numbers_entered(municipality: Municipality) -> None:
    for ctx in contexts(municipality):
        entered = [
            tuple(indicator.value(ctx.programme.year, year).number for year in ctx.years)
            for holder in ctx.programme.holders()
            for indicator in holder.indicators
        ]
        charts = charts_of(ctx, "indicator_trends")
        drawn = [series.numbers for chart in charts for series in chart.series]
        assert drawn == [numbers for numbers in entered if sum(number is not None for number in numbers) > 1]
        assert len({chart.key for chart in charts}) == len(charts)


def test_what_is_said_of_an_indicator_stands_in_one_pair_of_brackets() -> None:
    municipality = example()
    programme = municipality.programme(YEAR)
    assert programme
    values = {
        (YEAR - 2, ValueKind.REALISED): Value(Decimal(2)),
        (YEAR - 1, ValueKind.ESTIMATE): Value(Decimal(1)),
        (YEAR, ValueKind.TARGET): Value(mark="X"),
    }

    def label(unit: str, *, deferred: bool) -> str:
        one = Indicator("i", name="Ekilen fidan", unit=unit, deferred=deferred, values=values)
        made = dataclasses.replace(programme, targets=(Target("t", "o1", indicators=(one,)),), sub_programmes=())
        (series,) = the(context(municipality, made, layout_of(made)), "indicator_trends").series
        assert series.texts == ("2", "1", "X")
        return series.label.partition("Ekilen")[2]

    assert label("", deferred=False) == " fidan"
    assert label("adet", deferred=False) == " fidan (adet)"
    assert label("adet", deferred=True) == " fidan (adet; bu yıl için planlanmamıştır)"
    assert label("", deferred=True) == " fidan (bu yıl için planlanmamıştır)"


@settings(deadline=None)
@given(municipalities())
def test_any_table_is_read_or_left(municipality: Municipality) -> None:
    for ctx in contexts(municipality):
        for key in KEYS:
            for chart in charts_of(ctx, key):
                assert chart.title
                assert all(len(series.numbers) == len(chart.categories) for series in chart.series)


def test_units_that_answer_together_are_shown_together() -> None:
    municipality = example()
    programme = municipality.programme(YEAR)
    assert programme
    sheets = (
        CostSheet(("a1",), ("u1",), lines=(CostLine("03", Decimal("100.00")),)),
        CostSheet(("a2",), ("u1", "u2"), lines=(CostLine("03", Decimal("70.00")),)),
        CostSheet(("a3",), lines=(CostLine("03", Decimal("5.00")),)),
        CostSheet(("a4",), ("u2",), lines=(CostLine("03", Decimal("200.00")),)),
    )
    activities = tuple(Activity(f"a{n}", name=f"İş {n}") for n in range(1, 5))
    target = Target("t", "o1", title="Hedef", activities=activities, cost_sheets=sheets)
    alone = dataclasses.replace(
        programme, targets=(target,), sub_programmes=(), general_administration=(), transfers=()
    )
    assert shown(the(context(municipality, alone, layout_of(alone)), "cost_by_unit")) == {
        "Park ve Bahçeler Müdürlüğü": [200],
        "Fen İşleri Müdürlüğü": [100],
        "Birden Çok Birimin Ortak Faaliyetleri": [70],
        "Birimi Belirtilmemiş Faaliyetler": [5],
    }


def test_statuses_may_stand_in_rows_or_in_columns() -> None:
    columns = staff_table(("Cinsiyet", "Memur", "İşçi"), ("Kadın", "3", "1"), ("Erkek", "4", "-"), kind="personnel_sex")
    rows = staff_table(("Statü", "Kadın", "Erkek"), ("Memur", "3", "4"), ("İşçi", "1", ""), kind="personnel_sex")
    for table in (columns, rows):
        ctx = staffed(table)
        assert shown(the(ctx, "staff_sex")) == {"Kadın": [3, 1], "Erkek": [4, 0]}
        assert [series.label for series in the(ctx, "staff_sex").series] == ["Memur", "İşçi"]
        # what the table says nothing of is no zero
        assert the(ctx, "staff_sex").series[1].numbers == (Decimal(1), None)
        assert shown(the(ctx, "staff_status")) == {"Memur": [7], "İşçi": [1]}


def test_totals_and_what_counts_twice_are_left_out() -> None:
    ctx = staffed(
        staff_table(
            ("STATÜ", "PERSONEL SAYISI", "KADIN", "ERKEK", "ENGELLİ"),
            ("Memur", "83", "24", "59", "1"),
            ("İşçi", "59", "9", "50", "3"),
            ("TOPLAM", "142", "33", "109", "4"),
            caption="Tablo 9. Statüye ve Cinsiyete Göre Personel Dağılımı",
        ),
        staff_table(
            ("ÖĞRENİM DÜZEYİ", "MEMUR", "İŞÇİ", "GENEL"),
            ("Lise", "60", "50", "110"),
            ("Lisans", "23", "9", "32"),
            caption="Tablo 11. Eğitim Durumuna Göre Personel Durumu",
        ),
    )
    assert shown(the(ctx, "staff_status")) == {"Memur": [83], "İşçi": [59]}
    assert shown(the(ctx, "staff_sex")) == {"KADIN": [24, 9], "ERKEK": [59, 50]}
    assert shown(the(ctx, "staff_education")) == {"Lise": [60, 50], "Lisans": [23, 9]}


def test_a_mark_of_the_table_stands_in_the_chart_in_place_of_its_number() -> None:
    lines = (("Memur", "3", "-"), ("İşçi", "", "4"), ("Şirket Personeli", "2", "5"))
    table = staff_table(("Statü", "Lise", "Lisans"), *lines, kind="personnel_education")
    chart = the(staffed(table), "staff_education")
    assert chart.categories == ("Lise", "Lisans")
    assert [(series.numbers, series.texts) for series in chart.series] == [
        ((3, None), ("", "-")),
        ((None, 4), ("", "")),
        ((2, 5), ("", "")),
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_shares_are_written_as_in_the_tables_under_the_same_head(layout: str) -> None:
    municipality = example()
    programme = municipality.programme(YEAR)
    assert programme
    ctx = context(municipality, programme, layout_of(programme, layout))
    written = ctx.share(Decimal(1) / 3 * 100)
    for key in ("cost_by_code", "cost_by_unit"):
        chart = the(ctx, key)
        assert chart.share(Decimal(1), Decimal(3)) == written
        assert chart.share_head == "Pay (%)"


def test_ages_are_known_by_their_numbers() -> None:
    ctx = staffed(
        staff_table(("Yaş", "Kadın", "Erkek"), ("18-25", "1", "2"), ("26-35", "3", "4"), kind="personnel_age")
    )
    assert shown(the(ctx, "staff_age")) == {"18-25": [1, 2], "26-35": [3, 4]}
    assert charts_of(ctx, "staff_status") == ()


@pytest.mark.parametrize(
    "table",
    [
        staff_table(("Cinsiyet", "Memur", "İşçi"), ("Kadın", "3,5", "1"), ("Erkek", "4", "2"), kind="personnel_sex"),
        staff_table(("Cinsiyet", "Memur", "İşçi"), ("Kadın", "-3", "1"), ("Erkek", "4", "2"), kind="personnel_sex"),
        staff_table(("Cinsiyet", "Memur", "İşçi"), ("Kadın", "çok", "az"), ("Erkek", "4", "2"), kind="personnel_sex"),
        staff_table(("Statü", "A", "B"), ("Memur", "3", "1"), ("İşçi", "4", "2"), kind="personnel_sex"),
        staff_table(("Cinsiyet", "Memur"), ("Kadın", "3"), ("Erkek", "4"), caption="Katılımcılar"),
        staff_table(("Cinsiyet", "Memur"), ("Kadın", "3"), ("Erkek", "4"), caption="Cinsiyete ve Yaş Grubuna Göre"),
        ResourceTable("Diğer Hususlar", "Cinsiyete Göre Nüfus", (("", "a", "b"),), (ResourceRow(("Kadın", "1", "2")),)),
        ResourceTable(kind="personnel_sex"),
    ],
    ids=["halves", "negative", "words", "no sexes", "no caption", "two captions", "other part", "empty"],
)
def test_what_is_not_plain_is_left(table: ResourceTable) -> None:
    assert charts_of(staffed(table), "staff_sex") == ()


def test_without_tables_there_is_no_chart_of_the_staff() -> None:
    assert [charts_of(staffed(), key) for key in KEYS if key.startswith("staff")] == [()] * 4


def test_folding_keeps_order_and_sum() -> None:
    amounts = [Amount(f"{n}", Decimal(n % 7 + 1)) for n in range(40)]
    kept = folded(amounts, "Diğer ({count})", 10)
    assert len(kept) == 10
    assert kept[-1].label == "Diğer (31)"
    assert sum(amount.number for amount in kept) == sum(amount.number for amount in amounts)
    assert [int(amount.label) for amount in kept[:-1]] == sorted(int(amount.label) for amount in kept[:-1])
    assert folded(amounts[:10], "Diğer ({count})", 10) == amounts[:10]


def test_folding_a_flow_keeps_its_sum() -> None:
    bands = [Band(f"s{n}", f"t{n % 25}", Decimal(n + 1)) for n in range(60)]
    kept = folded_bands(bands, "Diğer ({count})", 6)
    assert len({band.source for band in kept}) == len({band.target for band in kept}) == 6
    assert sum(band.number for band in kept) == sum(band.number for band in bands)


def test_every_key_is_a_choice_of_the_layouts() -> None:
    municipality = example()
    programme = municipality.programme(YEAR)
    assert programme
    for name in LAYOUTS:
        assert {*layout_of(programme, name).charts} <= {*KEYS}
    assert {chart for part in load_form("").outline for chart in part.charts} - {"organisation"} == {*KEYS}


def test_the_sample_has_every_chart() -> None:
    for ctx in contexts(read(Path(resource("sample", "guneycam.json")).read_bytes())):
        assert all(charts_of(ctx, key) for key in KEYS)
        people = {
            sum(
                shown(the(ctx, key))[name][n]
                for name in the(ctx, key).categories
                for n in range(len(the(ctx, key).series))
            )
            for key in KEYS
            if key.startswith("staff")
        }
        assert len(people) == 1
