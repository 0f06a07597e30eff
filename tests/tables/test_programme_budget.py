"""Tables 6 to 8: on any programme they agree with each other and with the classic ones, and leave nothing out."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from tests.strategies import municipalities

from perfdesk.documents import programme_book
from perfdesk.documents.blocks import Heading, Paragraph, TableBlock
from perfdesk.domain import turkish
from perfdesk.domain.plan import ProgrammeEntry
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.tables.catalogue import OF_PROGRAMMES, OF_SUB_PROGRAMME, book_tables
from perfdesk.tables.charts.catalogue import charts_of
from perfdesk.tables.context import context
from perfdesk.tables.form import FORMS, load_form
from perfdesk.tables.layout import layout_of
from perfdesk.tables.table import Cell, Ref, Role, Table

LAYOUT = "programme_budget"
CLASSIC = {"performance_target", "cost_sheet", "administration_performance", "total_resource_need", "responsible_units"}
Cells = dict[Ref, Cell]


@cache
def sample() -> Municipality:
    return read(resource("sample", "guneycam.json").read_bytes())


def of_year(municipality: Municipality, year: int) -> Programme:
    programme = municipality.programme(year)
    assert programme is not None
    return programme


def tables_of(municipality: Municipality, programme: Programme, layout: str = LAYOUT) -> tuple[Table, ...]:
    return book_tables(context(municipality, programme, layout_of(programme, layout)))


def cells_of(tables: tuple[Table, ...]) -> Cells:
    return {
        Ref(table.kind, table.id, row.key, column.key): cell
        for table in tables
        for part in table.parts
        for row in part.rows
        for column, cell in zip(part.columns, row.cells, strict=True)
    }


def number(cells: Cells, *ref: str) -> Decimal:
    return cells[Ref(*ref)].number or Decimal(0)


def keys(tables: tuple[Table, ...], kinds: tuple[str, ...], prefix: str) -> Counter[str]:
    rows = (row for table in tables if table.kind in kinds for part in table.parts for row in part.rows)
    return Counter(row.key for row in rows if row.key.startswith(prefix))


def check(municipality: Municipality, programme: Programme) -> None:
    tables = tables_of(municipality, programme)
    cells = cells_of(tables)
    need = number(cells, "total_resource_need", "", "grand_total", "total")
    assert number(cells, "programme_codes", "", "grand_total", "total") == need
    assert number(cells, "programme_units", "", "grand_total", "total") == need
    assert number(cells, "programme_years", "", "grand_total", "budget") == need
    for code in load_form("").economic_codes:
        of_need = number(cells, "total_resource_need", "", code, "total")
        of_codes = Ref("programme_codes", "", "grand_total", f"code_{code}")
        # a code without any amount has no column
        assert (number(cells, *of_codes) if of_codes in cells else 0) == of_need
    off = number(cells, "total_resource_need", "", "off_budget_total", "total")
    assert number(cells, "programme_codes", "", "grand_total", "off_budget") == off

    for table in tables:
        if table.kind != "sub_programme_costs" or not table.has_rows:
            continue
        row = f"sub_programme:{table.id}" if table.id else "without_sub_programme"
        for column, closing in (
            ("budget", "budget_total"),
            ("off_budget", "off_budget_total"),
            ("total", "grand_total"),
        ):
            in_table = number(cells, table.kind, table.id, closing, "budget")
            assert number(cells, "programme_codes", "", row, column) == in_table
            assert number(cells, "programme_units", "", row, column) == in_table
        for column in ("initial", "spending", "estimate", "budget", "forecast_1", "forecast_2"):
            in_table_ = cells[Ref(table.kind, table.id, "grand_total", column)]
            in_years = cells.get(Ref("programme_years", "", row, column))
            assert in_years is None or in_years.number == in_table_.number

    indicators = [indicator.id for holder in programme.holders() for indicator in holder.indicators]
    assert keys(tables, ("sub_programme_indicators",), "indicator:") == Counter(
        f"indicator:{id_}" for id_ in indicators
    )
    assert set(keys(tables, ("sub_programme_costs",), "activity:").values()) <= {1}


@settings(max_examples=60)
@given(municipalities(sections=False, tables=False, results=False))
def test_agreement_on_any_programme(municipality: Municipality) -> None:
    for programme in municipality.programmes:
        check(municipality, programme)


@pytest.mark.parametrize("year", [2026, 2027])
def test_agreement_on_the_sample(year: int) -> None:
    check(sample(), of_year(sample(), year))


def test_the_samples_second_year_is_of_the_new_form_and_prints_in_it() -> None:
    programme = of_year(sample(), 2027)
    assert (programme.form, programme.layout) == (LAYOUT, LAYOUT)
    tables = tables_of(sample(), programme, programme.layout)
    kinds = Counter(table.kind for table in tables)
    assert kinds["sub_programme_indicators"] == kinds["sub_programme_costs"] == len(programme.sub_programmes)
    assert {*OF_SUB_PROGRAMME, *OF_PROGRAMMES} <= {*kinds}
    # all that the classic tables show is linked, so that nothing stands apart
    assert "" not in {table.id for table in tables if table.kind in OF_SUB_PROGRAMME}
    assert all(table.has_rows for table in tables)


def test_what_is_put_off_is_said_where_nothing_measures_an_objective() -> None:
    tables = {(t.kind, t.id): t for t in tables_of(sample(), of_year(sample(), 2027))}
    texts = [" ".join(cell.text for cell in row.cells) for row in tables[OF_SUB_PROGRAMME[0], "sp78.2"].parts[0].rows]
    (target,) = (target for target in of_year(sample(), 2027).targets if target.deferred)
    (said,) = (text for text in texts if target.title in text)
    assert "Bu yıl için planlanmamıştır." in said
    assert target.description in said
    bare = replace(of_year(sample(), 2027), targets=())
    nothing = {t.id: t for t in tables_of(sample(), bare) if t.kind == OF_SUB_PROGRAMME[0]}["sp78.2"]
    assert [row.cells[1].text for row in nothing.parts[0].rows if row.key.startswith("unmeasured:")] == ["Veri yok"] * 2


def test_heads_of_the_summaries_stand_above_their_rows() -> None:
    tables = {table.kind: table for table in tables_of(sample(), of_year(sample(), 2027))}
    for kind in OF_PROGRAMMES:
        roles = {row.key: row.role for row in tables[kind].parts[0].rows}
        assert roles["programme:p98"] is Role.SECTION
        # beside the sub-programmes, and set like these
        assert roles["general_administration"] is roles["sub_programme:sp98.1"]
        assert kind == "programme_years" or roles["sub_programme:sp98.1"] is Role.SUBSECTION


def test_no_row_of_the_responsible_units_is_empty() -> None:
    (table,) = (t for t in tables_of(sample(), of_year(sample(), 2027)) if t.kind == "responsible_units")
    for row in table.parts[0].rows:
        assert any(cell.text for cell in row.cells)


def test_words_above_the_texts_of_activities_are_no_entry_of_the_contents() -> None:
    ctx = context(sample(), of_year(sample(), 2027), layout_of(of_year(sample(), 2027)))
    words = ctx.labels["sub_programme.activities"]
    blocks = programme_book.build(ctx).blocks
    found = [block for block in blocks if isinstance(block, Heading) and block.text == words]
    assert found
    assert not any(block.listed for block in found)


def test_classic_tables_of_a_year_of_the_new_form() -> None:
    """Choosing another layout prints tables 1 to 5 of the same data, with the same total."""
    programme = of_year(sample(), 2027)
    classic = tables_of(sample(), programme, "official")
    assert {table.kind for table in classic} >= CLASSIC
    assert not {table.kind for table in classic} & {*OF_SUB_PROGRAMME, *OF_PROGRAMMES}
    grand = ("grand_total", "total")
    ours = cells_of(tables_of(sample(), programme))
    assert number(cells_of(classic), "administration_performance", "", *grand) == number(
        ours, "programme_codes", "", *grand
    )


def test_a_classic_year_in_the_new_layout_says_that_nothing_is_linked() -> None:
    programme = of_year(sample(), 2026)
    assert programme.form == ""
    ctx = context(sample(), programme, layout_of(programme, LAYOUT))
    tables = book_tables(ctx)
    assert {table.id for table in tables if table.kind in OF_SUB_PROGRAMME} == {""}
    blocks = programme_book.build(ctx).blocks
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert ctx.labels["programmes.without_sub_programme"] in headings


def test_the_books_part_runs_from_programmes_to_activities() -> None:
    programme = of_year(sample(), 2027)
    ctx = context(sample(), programme, layout_of(programme))
    blocks = programme_book.build(ctx).blocks
    entries = sample().programme_list
    texts = [block.text for block in blocks if isinstance(block, Heading)]
    wanted = [
        name
        for entry in entries
        for name in (f"{entry.code}. {entry.name}", *(f"{sub.code} {sub.name}" for sub in entry.sub_programmes))
    ]
    shown = [text.partition(": ")[2] for text in texts if text.startswith(("Program: ", "Alt Program: "))]
    assert shown == wanted
    kinds = [block.table.kind for block in blocks if isinstance(block, TableBlock)]
    assert kinds.index("sub_programme_costs") == kinds.index("sub_programme_indicators") + 1
    paragraphs = {"".join(run.text for run in block.runs) for block in blocks if isinstance(block, Paragraph)}
    for target in programme.targets:
        for activity in target.activities:
            assert any(activity.name in text and text.endswith(activity.description) for text in paragraphs)


def general_rows(municipality: Municipality) -> dict[str, Cell]:
    """Return the rows of the first summary up to the closing ones, by key, with their sums."""
    (table,) = (t for t in tables_of(municipality, of_year(municipality, 2027)) if t.kind == "programme_codes")
    return {row.key: row.cells[-1] for row in table.parts[0].rows}


def test_general_administration_belongs_to_the_support_programme() -> None:
    rows = general_rows(sample())
    formula = rows["programme:p98"].formula
    assert formula is not None
    assert [ref.row for ref in formula.refs] == ["programme:p98", "programme:p98"]
    (table,) = (t for t in tables_of(sample(), of_year(sample(), 2027)) if t.kind == "programme_units")
    cells = {row.key: row.cells for row in table.parts[0].rows}
    sources = cells["programme:p98"][1].formula
    assert sources is not None
    assert [ref.row for ref in sources.refs] == [
        "sub_programme:sp98.1",
        "sub_programme:sp98.2",
        "general_administration",
    ]


def test_without_a_support_programme_general_administration_is_one_itself() -> None:
    renamed = tuple(
        replace(entry, name="Başka Program") if entry.id == "p98" else entry for entry in sample().programme_list
    )
    rows = general_rows(replace(sample(), programme_list=renamed))
    names = [*rows]
    assert names.index("general_administration") == names.index("transfers") - 1
    assert rows["grand_total"].number == general_rows(sample())["grand_total"].number


def test_a_support_programme_without_activities_still_has_general_administration() -> None:
    programme = of_year(sample(), 2026)
    municipality = replace(sample(), programme_list=(ProgrammeEntry("x", "9", "YÖNETİM VE DESTEK PROGRAMI"),))
    (table,) = (t for t in tables_of(municipality, programme) if t.kind == "programme_codes")
    rows = {row.key: row.cells for row in table.parts[0].rows}
    assert rows["programme:x"][-1].number == rows["general_administration"][-1].number
    assert rows["programme:x"][0].text == turkish.upper("9. Yönetim ve Destek Programı")


def test_what_a_shared_sheet_leaves_out_is_said_below_the_table() -> None:
    tables = {
        table.id: table for table in tables_of(sample(), of_year(sample(), 2027)) if table.kind == "sub_programme_costs"
    }
    names = {a.id: a.name for t in of_year(sample(), 2027).targets for a in t.activities}
    # the counselling of families and the market of women have one divided sheet
    assert names["a5.2.1.2"] in tables["sp79.3"].note
    assert names["a5.2.1.3"] in tables["sp79.4"].note
    assert not tables["sp71.1"].note


def test_who_is_paid_a_transfer_has_the_room_of_the_years_before() -> None:
    found = [
        {column.key: cell for column, cell in zip(part.columns, row.cells, strict=True)}
        for table in tables_of(sample(), of_year(sample(), 2027))
        for part in table.parts
        for row in part.rows
        if table.kind == "sub_programme_costs" and row.key.startswith("transfer") and row.role is not Role.GROUP
    ]
    assert found
    for cells in found:
        own = list(cells).index("budget")
        assert cells["activity"].span == own
        assert {key for key, cell in cells.items() if cell.text} == {"activity", "budget"}


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_has_the_words_of_every_table(form: str) -> None:
    """A layout of any form prints in any other: no form may lack a word that another has."""
    classic, other = load_form(""), load_form(form)
    assert other.labels.keys() == classic.labels.keys()
    assert other.captions.keys() == classic.captions.keys()
    assert {part.holds for part in other.outline} == {part.holds for part in classic.outline}


def test_heads_carry_their_own_years() -> None:
    tables = tables_of(sample(), of_year(sample(), 2027))
    (indicators, costs) = (next(table for table in tables if table.kind == kind) for kind in OF_SUB_PROGRAMME)
    heads = [[head.text[:4] for head in table.parts[0].head[-1] if head][-6:] for table in (indicators, costs)]
    assert heads == [["2025", "2026", "2026", "2027", "2028", "2029"], ["2026", "2026", "2026", "2027", "2028", "2029"]]


def test_charts_stand_by_programme_where_the_tables_do() -> None:
    programme = of_year(sample(), 2027)
    ctx = context(sample(), programme, layout_of(programme))
    (chart,) = charts_of(ctx, "cost_by_goal")
    rows = general_rows(sample())
    amounts = {key: cell.number for key, cell in rows.items() if key.startswith("programme:") or key == "transfers"}
    assert [*chart.series[0].numbers] == [*amounts.values()]
    assert chart.categories[0] == "71. Planlı Kentleşme ve Yapı Güvenliği"
    assert "Program" in chart.title
    (flow,) = charts_of(ctx, "budget_flow")
    assert {band.source for band in flow.bands} == {*chart.categories}
    # in another layout the same year is told by goal
    (by_goal,) = charts_of(context(sample(), programme, layout_of(programme, "official")), "cost_by_goal")
    assert "Amaç" in by_goal.title
