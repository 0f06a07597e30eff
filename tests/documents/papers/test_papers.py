"""The short papers: what stands in them, and that all of their sums are the ledger's."""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.documents.writers.sheets import Evaluator, load
from tests.example import example
from tests.strategies import municipalities

from perfdesk.documents.blocks import ChartBlock, Heading, Paragraph, TableBlock
from perfdesk.documents.papers import PAPERS
from perfdesk.documents.papers.subject import Subject
from perfdesk.documents.writers import pdf, xlsx
from perfdesk.domain.money import total
from perfdesk.domain.programme import Target
from perfdesk.domain.value import Value, ValueKind
from perfdesk.domain.versions import of_year
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.services.output import controlling, exporting
from perfdesk.tables import (
    cost_sheet,
    goal_costs,
    indicator_card,
    largest_targets,
    target_changes,
    unit_costs,
    unit_total,
    year_comparison,
)
from perfdesk.tables.catalogue import BookTables
from perfdesk.tables.context import context
from perfdesk.tables.layout import LAYOUTS, layout_of
from perfdesk.tables.table import Role


def ctx_of(municipality, year, layout=None):
    programme = municipality.programme(year)
    return context(municipality, programme, layout_of(programme, layout))


@pytest.fixture(scope="module")
def sample():
    return ctx_of(read(resource("sample", "guneycam.json").read_bytes()), 2027)


def cells(table, key):
    """Return the cells of a row by the keys of their columns."""
    for part in table.parts:
        for row in part.rows:
            if row.key == key:
                return {column.key: cell for column, cell in zip(part.columns, row.cells, strict=True)}
    raise KeyError(key)


def numbers(table, column, roles=(Role.DETAIL,)):
    """Return the numbers of a column in rows of some roles."""
    return [
        row.cells[at].number
        for part in table.parts
        for at, one in enumerate(part.columns)
        if one.key == column
        for row in part.rows
        if row.role in roles
    ]


# --- all of them ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_is_made_in_every_layout(name, layout):
    ctx = ctx_of(example(), 2025, layout)
    unit = "u2" if PAPERS[name].of_unit else ""
    subject = Subject(unit, controlling.control(ctx))
    document = PAPERS[name].document(ctx, subject)
    read_back = PdfReader(BytesIO(pdf.write(document)))
    assert read_back.metadata.title == document.title
    assert document.title.startswith("Çamlıova Belediyesi 2025 Yılı Performans")
    assert len(read_back.outline)
    tables = [block.table for block in document.blocks if isinstance(block, TableBlock)]
    assert tables
    data = xlsx.write(PAPERS[name].workbook(ctx, subject))
    stored = load(data, results=True)
    for sheet, row, column, result in Evaluator(data).formulas():
        assert float(result) == stored[sheet].cell(row, column).value, (sheet, row, column)


@settings(max_examples=25)
@given(municipalities(sections=False, tables=False), st.sampled_from(LAYOUTS))
def test_papers_take_anything(municipality, layout):
    for programme in municipality.programmes:
        ctx = ctx_of(municipality, programme.year, layout)
        control = controlling.control(ctx)
        for name, paper in PAPERS.items():
            units = [unit.id for unit in municipality.units[:1]] if paper.of_unit else [""]
            for unit in units:
                # more than the heading, whatever there is
                assert len(paper.document(ctx, Subject(unit, control)).blocks) > 1, name
                assert paper.workbook(ctx, Subject(unit, control)).sheets, name


def test_the_papers_have_their_names_where_they_are_asked_for():
    assert set(exporting.PAPER_NAMES) == set(PAPERS)


# --- council summary ------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(municipalities(sections=False, tables=False))
def test_costs_by_goal_and_by_unit_add_up_to_the_ledger(municipality):
    for programme in municipality.programmes:
        ctx = ctx_of(municipality, programme.year)
        activities, grand = ctx.ledger.activities_total, ctx.ledger.grand_total
        for table in (
            goal_costs.build(ctx, ""),
            goal_costs.build(ctx, "", brief=True),
            unit_costs.build(ctx, ""),
            unit_costs.build(ctx, "", most=1, brief=True),
        ):
            assert total(numbers(table, "total")) == activities.total
            assert cells(table, "targets_total")["total"].number == activities.total
            assert cells(table, "grand_total")["total"].number == grand.total
            if any(column.key == "budget" for column in table.parts[0].columns):
                assert total(numbers(table, "budget")) == activities.budget
                assert total(numbers(table, "off_budget")) == activities.off_budget
        table = largest_targets.build(ctx, "")
        shown = numbers(table, "total")
        assert shown == sorted(shown, reverse=True)
        assert len(shown) <= largest_targets.MOST
        rest = [row.cells[3].number for row in table.parts[0].rows if row.key == "others"]
        assert total(shown) + total(rest) == cells(table, "targets_total")["total"].number == activities.total


@settings(max_examples=40)
@given(municipalities(sections=False, tables=False))
def test_shares_are_rounded_each_on_its_own_and_a_note_says_so_where_they_do_not_add_up(municipality):
    for programme in municipality.programmes:
        ctx = ctx_of(municipality, programme.year)
        for table in (goal_costs.build(ctx, ""), unit_costs.build(ctx, "", brief=True)):
            share_of = {row.key: row.cells[-1].number for row in table.parts[0].rows}
            closing = [share_of[key] for key in ("targets_total", "general_administration", "transfers")]
            details = numbers(table, "total_share")
            adds_up = total(closing) == share_of["grand_total"]
            adds_up &= not details or total(details) == share_of["targets_total"]
            assert ("ayrı ayrı yuvarlandığından" in table.note) is not adds_up
            grand = ctx.ledger.grand_total.total
            for row in table.parts[0].rows:
                exact = row.cells[-2].number * 100 / grand if grand else Decimal(0)
                assert abs(row.cells[-1].number - exact) <= Decimal("0.005")


def test_shares_that_do_not_add_up_are_told_in_every_table_of_the_summary(sample):
    document = PAPERS["council_summary"].document(sample, Subject())
    tables = [block.table for block in document.blocks if isinstance(block, TableBlock)]
    assert [bool(table.note) for table in tables[:4]] == [True, True, True, False]
    # of one target there is nothing to add up
    assert not largest_targets.build(ctx_of(example(), 2025), "").note


def test_units_beyond_the_most_are_one_row(sample):
    every, some = unit_costs.build(sample, ""), unit_costs.build(sample, "", most=5)
    units = [row for row in every.parts[0].rows if row.key.startswith("unit:")]
    assert len(units) > 6
    kept = [row.key for row in some.parts[0].rows if row.key.startswith("unit:")]
    assert kept == [row.key for row in units[:5]]
    assert cells(some, "others")["total"].number == total(row.cells[4].number for row in units[5:])
    assert str(len(units) - 5) in cells(some, "others")["unit"].text


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("year", [2026, 2027])
def test_the_council_s_summary_has_four_pages(sample, year, layout):
    document = PAPERS["council_summary"].document(ctx_of(sample.municipality, year, layout), Subject())
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf.write(document))).pages]
    assert len(pages) == 4

    def on(text):
        return next(n for n, page in enumerate(pages) if " ".join(text.split()) in page)

    headings = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 2]
    assert [on(heading) for heading in headings] == [0, 1, 1, 2, 3, *[3] * (year == 2026)]
    # a chart stands on the page of what it is of, not below the heading of something else
    last = ""
    found = {}
    for block in document.blocks:
        if isinstance(block, Heading):
            last = block.text
        elif isinstance(block, ChartBlock):
            found[block.chart.key] = last
            assert on(last) == on(block.caption)
    labels = sample.labels
    expected = {"cost_by_goal": labels["council.goals"], "cost_by_code": labels["council.codes"]}
    assert found == expected | ({"budget_flow": labels["council.flow"]} if year == 2026 else {})


def test_the_year_before_is_that_of_its_own_ledger(sample):
    change = year_comparison.change_of(sample)
    before = ctx_of(sample.municipality, 2026)
    table = year_comparison.build(change, "")
    old, new = before.ledger.grand_total, sample.ledger.grand_total
    found = cells(table, "grand_total")
    assert found["previous_amount"].number == old.total
    assert found["current_amount"].number == new.total
    assert found["difference"].number == new.total - old.total
    for ledger, column in ((before.ledger, "previous_amount"), (sample.ledger, "current_amount")):
        code = [ledger.activities, ledger.general_administration, ledger.transfers]
        assert cells(table, "03")[column].number == total(one.get("03", Decimal(0)) for one in code)
    assert all("2026" in sentence or "performans hedefi" in sentence for sentence in year_comparison.sentences(change))


def test_targets_that_came_and_went_are_known_by_their_identity():
    municipality = example()
    change = year_comparison.change_of(ctx_of(municipality, 2025))
    # t1 has another name and code in each year
    assert [sums.holder.id for _, sums in change.kept] == ["t1"]
    added = [sums.holder for sums in change.added]
    assert [holder.id for holder in added if isinstance(holder, Target)] == ["t2"]
    assert change.removed == ()
    turned = tuple(
        replace(programme, targets=programme.targets[1:]) if programme.year == 2025 else programme
        for programme in municipality.programmes
    )
    gone = year_comparison.change_of(ctx_of(replace(municipality, programmes=turned), 2025))
    assert [sums.holder.id for sums in gone.removed] == ["t1"]
    table = target_changes.build(gone, "")
    assert cells(table, "target:t1")["target"].text == "H1.1 Yol bakımı"
    assert cells(table, "target:t1")["current_amount"].text == ""


def test_without_the_year_before_a_sentence_says_so():
    ctx = ctx_of(example(), 2024)
    assert year_comparison.change_of(ctx) is None
    texts = [
        "".join(run.text for run in block.runs)
        for block in PAPERS["council_summary"].document(ctx, Subject()).blocks
        if isinstance(block, Paragraph)
    ]
    assert texts[-1].startswith("2023 yılının performans programı bu dosyada bulunmadığından")


def test_a_frozen_version_says_that_it_holds_no_other_year(sample):
    """The file may have it: that it had not would be untrue."""
    programme = sample.programme
    ctx = ctx_of(of_year(sample.municipality, programme), programme.year)
    (last,) = [
        "".join(run.text for run in block.runs)
        for block in exporting.paper_document(ctx, "council_summary", stamp="Sürüm 1").blocks[-1:]
    ]
    assert last.startswith("Bu özet, Meclise sunulan sürümden alınmıştır. Sürümde yalnız 2027 yılının programı")
    assert "2026 yılıyla karşılaştırma yapılmamıştır" in last
    assert "dosyada bulunmadığından" not in last


def test_nothing_before_has_no_rate():
    municipality = example()
    emptied = tuple(
        replace(programme, targets=(), general_administration=(), transfers=()) if programme.year == 2024 else programme
        for programme in municipality.programmes
    )
    change = year_comparison.change_of(ctx_of(replace(municipality, programmes=emptied), 2025))
    assert cells(year_comparison.build(change, ""), "grand_total")["change"].text == "-"


# --- file of a unit -------------------------------------------------------------------------------------------------


def test_a_unit_s_file_has_what_it_answers_for():
    ctx = ctx_of(example(), 2025)
    document = PAPERS["unit_file"].document(ctx, Subject("u2"))
    tables = [block.table for block in document.blocks if isinstance(block, TableBlock)]
    assert [(table.kind, table.id) for table in tables] == [
        ("unit_total", "u2"),
        ("performance_target", "t1"),
        ("cost_sheet", "a1"),
        ("cost_sheet", "a2"),
    ]
    # 1001 and 7 off the budget together with another unit, and 250
    assert cells(tables[0], "grand_total")["total"].number == Decimal("1258.00")
    sentence = next(block for block in document.blocks if isinstance(block, Paragraph)).runs[0].text
    assert "1 performans hedefi" in sentence
    assert "3 faaliyetten" in sentence
    assert "1.258,00\u00a0TL" in sentence
    # the administration is in the running head: beside both names the stamp would find no room in the middle
    assert document.foot == "Park ve Bahçeler Müdürlüğü"
    assert "ÇAMLIOVA BELEDİYESİ" in document.running_head


def test_a_cost_table_of_many_activities_is_called_by_the_first_of_them():
    ctx = ctx_of(example(), 2025)
    municipality, programme = ctx.municipality, ctx.programme

    def subject(*names, code="F"):
        target = programme.targets[0]
        activities = tuple(
            replace(target.activities[0], id=f"a{n}", code=f"{code}{n}", name=name) for n, name in enumerate(names, 1)
        )
        sheet = replace(target.cost_sheets[0], activities=tuple(one.id for one in activities))
        changed = replace(target, activities=activities, cost_sheets=(sheet,))
        of = ctx_of(replace(municipality, programmes=(replace(programme, targets=(changed,)),)), 2025, "official")
        _, _, sums = next(of.sheets())
        built = cost_sheet.build(of, changed, sheet, sums, "Tablo 1")
        fact = next(fact for fact in built.facts if fact.key == "activities")
        # printed whole and plain, but for the number of them
        assert not fact.strong
        assert all(name in fact.text for name in names)
        return built.subject.replace("\u00a0", " ")

    long = "Toplu taşıma duraklarının herkes için erişilebilir biçimde yenilenmesi " * 2
    assert subject("Park yapımı") == "F1 Park yapımı"
    # a full stop is not followed by another mark
    assert subject("Park yapımı.", "Ağaç dikimi") == "F1 Park yapımı; F2 Ağaç dikimi"
    assert subject("Park yapımı", "Ağaç dikimi.", "Asfalt") == "F1 Park yapımı; F2 Ağaç dikimi ve 1 faaliyet daha"
    assert subject(long, "Ağaç", "Asfalt", code="") == f"1. {long.strip()} ve 2 faaliyet daha"
    assert re.fullmatch(r"F1 Toplu .*… ve 2 faaliyet daha", subject(long * 2, long, long))
    assert len(subject(long * 2, long, long)) < 200


def test_activities_of_one_sheet_have_their_number_or_a_bullet_in_the_unit_s_total():
    ctx = ctx_of(example(), 2025)
    municipality, programme = ctx.municipality, ctx.programme

    def joint(layout, *codes):
        """Return the cell of a sheet of two activities with these codes."""
        target = programme.targets[0]
        first, second, *others = target.activities
        coded = (replace(first, code=codes[0]), replace(second, code=codes[1]), *others)
        sheet = replace(target.cost_sheets[0], activities=(first.id, second.id), units=("u2",))
        changed = replace(target, activities=coded, cost_sheets=(sheet,))
        of = ctx_of(replace(municipality, programmes=(replace(programme, targets=(changed,)),)), 2025, layout)
        return cells(unit_total.build(of, "u2"), f"sheet:{first.id}")["name"], [first.name, second.name]

    # as in the cost tables that stand below: bullets before codes, numbers in their place
    cell, names = joint("official", "F1", "F2")
    assert cell.bullets == (f"F1 {names[0]}", f"F2 {names[1]}")
    cell, names = joint("official", "1", "2")
    assert (cell.text, cell.bullets) == (f"1. {names[0]}\n2. {names[1]}", (f"1.\t{names[0]}", f"2.\t{names[1]}"))
    # one without a number would not be told from the end of the one above it
    cell, names = joint("programme_budget", "F1", "")
    assert cell.bullets == (f"F1 {names[0]}", names[1])
    cell, names = joint("per_target", "1", "2")
    assert cell.bullets == tuple(names)


@pytest.mark.parametrize("layout", ["official", "per_target", "metropolitan", "plain"])
def test_the_total_of_a_target_says_that_others_are_in_it_and_what_is_the_unit_s(sample, layout):
    ctx = ctx_of(sample.municipality, 2026, layout)
    targets = {target.id: target for target in ctx.programme.targets}
    met = set()
    for unit in ctx.units:
        document = PAPERS["unit_file"].document(ctx, Subject(unit))
        tables = [block.table for block in document.blocks if isinstance(block, TableBlock)]
        own = Decimal(0)
        for table in tables:
            if table.kind != "performance_target":
                continue
            target, need = targets[table.id], ctx.ledger.targets[table.id]
            row = cells(table, "grand_total")
            assert row["total"].number == need.total
            has_own = [unit in sheet.units for sheet in target.cost_sheets]
            is_shared = any(has_own) and not all(has_own)
            assert any("(diğer birimlerle birlikte)" in cell.text for cell in row.values()) is is_shared
            # of a target whose indicators alone are the unit's
            assert any("(diğer birimlerin faaliyetleri)" in cell.text for cell in row.values()) is not any(has_own)
            keys = [row.key for part in table.parts for row in part.rows]
            assert ("unit_total" in keys) is is_shared
            met.add((any(has_own), is_shared))
            if any(has_own):
                own += cells(table, "unit_total" if is_shared else "grand_total")["total"].number
        assert own == cells(unit_total.build(ctx, unit), "grand_total")["total"].number
    assert met == {(True, True), (True, False), (False, False)}


def in_a_unit_s_file(ctx, unit):
    """Return the sentence of a unit's file, and the kinds of its tables."""
    blocks = PAPERS["unit_file"].document(ctx, Subject(unit)).blocks
    sentence = next(block for block in blocks if isinstance(block, Paragraph)).runs[0].text
    return sentence, [block.table.kind for block in blocks if isinstance(block, TableBlock)]


def test_a_unit_s_file_says_why_each_of_its_targets_is_there(sample):
    ctx = ctx_of(sample.municipality, 2026)
    for unit in ctx.units:
        sentence, kinds = in_a_unit_s_file(ctx, unit)
        assert f" {kinds.count('performance_target')} performans hedefi " in sentence
        owned = sum(one.owner == unit for target in ctx.programme.targets for one in target.indicators)
        assert f" {owned} performans göstergesinden" in sentence
        # of one cost table the total would be its own once more
        assert ("unit_total" in kinds) is (kinds.count("cost_sheet") > 1)


@pytest.mark.parametrize(("layout", "zero"), [("official", "0,00"), ("per_target", "-"), ("metropolitan", "0,00")])
def test_a_unit_s_total_writes_nothing_as_the_tables_of_targets_do(sample, layout, zero):
    ctx = ctx_of(sample.municipality, 2026, layout)
    unit = next(id_ for id_, name in ctx.units.items() if name == "Strateji Geliştirme Müdürlüğü")
    total = cells(unit_total.build(ctx, unit), "grand_total")
    assert total["off_budget"].number == 0
    assert total["off_budget"].text == zero


def test_what_is_the_unit_s_of_a_target_is_worked_out_in_the_workbook(sample):
    ctx = ctx_of(sample.municipality, 2026, "official")
    unit = next(id_ for id_, name in ctx.units.items() if name == "Fen İşleri Müdürlüğü")
    data = xlsx.write(PAPERS["unit_file"].workbook(ctx, Subject(unit)))
    stored = load(data, results=True)
    worked_out = {(sheet, row, column): result for sheet, row, column, result in Evaluator(data).formulas()}
    found = 0
    for (sheet, row, column), result in worked_out.items():
        assert float(result) == stored[sheet].cell(row, column).value
        found += stored[sheet].cell(row, 1).value == "Birimin Sorumlu Olduğu Faaliyetler"
    assert found >= 3


def test_indicators_of_a_sub_programme_are_in_the_unit_s_file():
    municipality = example()
    programme = municipality.programme(2025)
    one = programme.sub_programmes[0]
    owned = replace(one, indicators=(replace(one.indicators[0], owner="u2"),))
    changed = replace(programme, sub_programmes=(owned,))
    ctx = ctx_of(replace(municipality, programmes=(changed,)), 2025)
    tables = [
        block.table
        for block in PAPERS["unit_file"].document(ctx, Subject("u2")).blocks
        if isinstance(block, TableBlock)
    ]
    assert ("sub_programme_indicators", "sp1") in [(table.kind, table.id) for table in tables]
    before = ctx_of(municipality, 2025)
    tables = [
        block.table
        for block in PAPERS["unit_file"].document(before, Subject("u2")).blocks
        if isinstance(block, TableBlock)
    ]
    assert "sub_programme_indicators" not in {table.kind for table in tables}


def test_tables_of_the_book_keep_their_captions():
    ctx = ctx_of(example(), 2025, "official")
    tables = [
        block.table for block in PAPERS["cost_tables"].document(ctx, Subject()).blocks if isinstance(block, TableBlock)
    ]
    assert all(table.caption.startswith("Tablo ") for table in tables)
    ctx = ctx_of(example(), 2025, "plain")
    tables = [
        block.table for block in PAPERS["cost_tables"].document(ctx, Subject()).blocks if isinstance(block, TableBlock)
    ]
    # no book of this layout has them: they have no number there
    assert {table.caption for table in tables if table.kind == "cost_sheet"} == {"Faaliyet Maliyetleri Tablosu"}


def test_either_all_tables_of_a_paper_have_a_number_or_none(sample):
    """A book of programmes prints the total need alone of the cost tables."""
    assert "total_resource_need" in sample.layout.printed
    assert "cost_sheet" not in sample.layout.printed
    tables = [
        block.table
        for block in PAPERS["cost_tables"].document(sample, Subject()).blocks
        if isinstance(block, TableBlock)
    ]
    assert {table.caption for table in tables} == {
        "Faaliyet Maliyetleri Tablosu",
        "İdare Performans Tablosu",
        "Toplam Kaynak İhtiyacı Tablosu",
    }


# --- indicator cards ------------------------------------------------------------------------------------------------


def test_a_card_tells_all_of_an_indicator():
    ctx = ctx_of(example(), 2025)
    holder = ctx.programme.targets[0]
    indicator = replace(
        holder.indicators[0], definition="Tanım", method="Yöntem", source="Kayıt", numerator="Pay", note="Not"
    )
    table = indicator_card.build(ctx, holder, indicator, on_sheet=True)
    facts = {fact.key: fact.text for fact in table.facts}
    assert facts == {
        "target": "1.1.1 Yolların <yenilenmesi> & bakımı",
        "definition": "Tanım",
        "method": "Yöntem",
        "source": "Kayıt",
        "owner": "Fen İşleri Müdürlüğü",
        "numerator": "Pay",
        "baseline": "10,0",
        "cumulative": "Hayır",
        "note": "Not",
    }
    measured = {key: cell.text for key, cell in cells(table, "measured:i1").items()}
    assert measured == {"unit": "km", "type": "Çıktı", "direction": "Artış", "weight": "60,00"}
    values = {key: cell.text for key, cell in cells(table, "indicator:i1").items()}
    assert values == {
        "2023:realised": "12,50",
        "2024:estimate": "-",
        "2025:target": "60 bin",
        "2025:planned": "-3",
        "trend": "",
    }
    heads = [head.text for head in table.parts[1].head[0]]
    assert heads == ["2023 Gerçekleşen", "2024 Tahmin", "2025 Hedef", "2025 Planlanan", "Seyir"]


def test_a_card_knows_what_earlier_programmes_say():
    municipality = example()
    former = municipality.programme(2024)
    target = former.targets[0]
    told = replace(target.indicators[0], values={(2022, ValueKind.REALISED): Value(Decimal(9))})
    changed = replace(former, targets=(replace(target, indicators=(told,)),))
    municipality = replace(municipality, programmes=(municipality.programme(2025), changed))
    ctx = ctx_of(municipality, 2025)
    holder = ctx.programme.targets[0]
    row = cells(indicator_card.build(ctx, holder, holder.indicators[0]), "indicator:i1")
    assert row["2022:realised"].number == 9
    chart = indicator_card.trend(ctx, holder.indicators[0])
    assert chart.series[0].numbers == (Decimal(9), Decimal("12.50"), None, None)
    # a number that was planned is none of the years' course
    assert chart.series[0].texts == tuple(cell.text for key, cell in row.items() if key != "2025:planned")
    assert chart.categories[chart.promised] == "2025 Hedef"


VALUES = {
    (2023, ValueKind.REALISED): Value(Decimal(1)),
    (2024, ValueKind.REALISED): Value(Decimal(2)),
    (2025, ValueKind.ESTIMATE): Value(Decimal(4)),
    (2025, ValueKind.PLANNED): Value(Decimal(3)),
    (2026, ValueKind.TARGET): Value(Decimal(5)),
    (2027, ValueKind.FORECAST): Value(Decimal(6)),
}


@pytest.mark.parametrize(
    ("layout", "heads"),
    [
        ("official", "2023 Gerçekleşen|2024 Gerçekleşen|2025 Planlanan|2025 Tahmin|2026 Hedef|2027 Öngörü"),
        ("per_target", "2023 Gerçekleşen|2024 Gerçekleşen|2025 Planlanan|2025 Tahmini|2026 Hedeflenen|2027 Öngörü"),
        (
            "plain",
            "2023 Gerçekleşen|Önceki Yıl (2024)|2025 Planlanan|Cari Yıl (2025)|Performans Hedef (2026)|2027 Öngörü",
        ),
        (
            "programme_budget",
            "2023 Gerçekleşme|2024 Gerçekleşme|2025 Planlanan|2025 Yıl Sonu Gerçekleşme Tahmini|2026 Hedef|2027 Tahmin",
        ),
    ],
)
def test_values_of_a_card_run_by_year_and_are_called_as_in_the_layout_s_tables(sample, layout, heads):
    ctx = ctx_of(sample.municipality, 2026, layout)
    holder = ctx.programme.targets[0]
    indicator = replace(holder.indicators[0], id="new", values=VALUES)
    holder = replace(holder, indicators=(indicator,))
    ctx = context(sample.municipality, replace(ctx.programme, targets=(holder,)), ctx.layout)
    part = indicator_card.build(ctx, holder, indicator).parts[1]
    assert [head.text for head in part.head[0]] == heads.split("|")
    assert [cell.number for cell in part.rows[0].cells] == [1, 2, 3, 4, 5, 6]
    # a sheet draws the course of those that stand side by side
    *shown, trend = indicator_card.build(ctx, holder, indicator, on_sheet=True).parts[1].columns
    assert tuple(column.key for column in shown[:-1]) == trend.over


def test_a_card_has_one_sign_for_what_is_not_given():
    ctx = ctx_of(example(), 2025)
    holder = ctx.programme.targets[0]
    indicator = replace(holder.indicators[0], definition="", weight=None, values={})
    table = indicator_card.build(ctx, holder, indicator)
    assert {fact.text for fact in table.facts if fact.key == "definition"} == {"-"}
    assert cells(table, "measured:i1")["weight"].text == "-"
    assert {cell.text for cell in cells(table, "indicator:i1").values()} == {"-"}


def test_a_single_number_is_no_trend():
    ctx = ctx_of(example(), 2025)
    assert [indicator_card.trend(ctx, one) for one in ctx.programme.targets[0].indicators] == [None, None, None]


def pages_of_cards(ctx):
    """Yield the pages that each card is on, and those of its chart; none where it has no chart."""
    document = PAPERS["indicator_cards"].document(ctx, Subject())
    on = {n: [] for n in range(len(document.blocks) + 1)}
    for at in pdf.set_document(document).placed:
        on[at.block].append(at.page)
    for n, block in enumerate(document.blocks):
        if isinstance(block, TableBlock):
            has_chart = n + 1 < len(document.blocks) and isinstance(document.blocks[n + 1], ChartBlock)
            yield on[n], on[n + 1] if has_chart else []


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_card_and_its_chart_stand_on_one_page(sample, year):
    found = list(pages_of_cards(ctx_of(sample.municipality, year)))
    assert len(found) > 50
    assert sum(bool(chart) for _, chart in found) > 50
    for card, chart in found:
        assert len({*card, *chart}) == 1


def test_a_card_that_no_page_holds_has_its_chart_below_its_values(sample):
    programme = sample.programme
    holder = next(target for target in programme.targets if target.indicators)
    first, *others = holder.indicators
    found = []
    for words in range(100, 1300, 60):
        told = replace(first, definition="Uzun tanım " * words)
        changed = replace(holder, indicators=(told, *others))
        targets = tuple(changed if target is holder else target for target in programme.targets[:2])
        ctx = context(sample.municipality, replace(programme, targets=targets, sub_programmes=()), sample.layout)
        card, chart = next(pages_of_cards(ctx))
        assert chart == [card[-1]]
        found.append(len(card))
    assert {1, 2} <= {*found}


def test_there_is_a_card_for_each_indicator(sample):
    tables = PAPERS["indicator_cards"].workbook(sample, Subject()).sheets[0].tables
    expected = [indicator.id for holder in sample.programme.holders() for indicator in holder.indicators]
    assert [table.id for table in tables] == expected


# --- codes ----------------------------------------------------------------------------------------------------------


def columns_of(ctx, kind):
    """Return the columns of the parts of the first table of a kind in the unit's file."""
    blocks = PAPERS["unit_file"].document(ctx, Subject("u7")).blocks
    table = next(block.table for block in blocks if isinstance(block, TableBlock) and block.table.kind == kind)
    return [[column.key for column in part.columns] for part in table.parts]


def test_without_codes_there_is_no_column_for_them(sample):
    assert not any(sample.codes.indicators[one.id] for target in sample.programme.targets for one in target.indicators)
    indicators, activities = columns_of(sample, "performance_target")
    assert indicators[:2] == ["name", "unit"]
    assert activities[0] == "name"
    numbered = ctx_of(sample.municipality, 2027, "official")
    indicators, activities = columns_of(numbered, "performance_target")
    assert indicators[0] == activities[0] == "code"


def test_one_code_brings_the_column_into_every_table(sample):
    targets = list(sample.programme.targets)
    last = max(at for at, target in enumerate(targets) if target.indicators)
    first, *others = targets[last].indicators
    targets[last] = replace(targets[last], indicators=(replace(first, code="PG 9"), *others))
    programme = replace(sample.programme, targets=tuple(targets))
    ctx = context(sample.municipality, programme, sample.layout)
    if not ctx.codes.indicators[first.id]:
        pytest.fail("a typed code is no code")
    indicators, activities = columns_of(ctx, "performance_target")
    assert indicators[0] == "code"
    assert activities[0] == "name"
    # tables made before the first code were made without the column
    before = BookTables(with_targets(sample))
    after = BookTables(with_targets(ctx), before)
    assert all(table.parts[0].columns[0].key == "code" for table in after.tables if table.kind == "performance_target")


def with_targets(ctx):
    """Return a context whose layout prints the tables of targets."""
    layout = replace(
        ctx.layout,
        printed=("performance_target", *ctx.layout.printed),
        captions={**ctx.layout.captions, "performance_target": "{caption}"},
    )
    return replace(ctx, layout=layout)
