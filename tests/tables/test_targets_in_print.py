"""What the tables say of a target: that it is put off, that it is the objective again, and what it does as a list."""

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from perfdesk.domain.plan import Goal, Objective, Plan
from perfdesk.domain.programme import Activity, Municipality, Programme, Target
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.tables import performance_target, resource_table
from perfdesk.tables.catalogue import book_tables
from perfdesk.tables.charts.catalogue import charts_of
from perfdesk.tables.context import Context, context
from perfdesk.tables.layout import LAYOUTS, layout_of
from perfdesk.tables.table import ColumnKind, Role, Table, flatten

CLASSIC = [layout for layout in LAYOUTS if layout != "programme_budget"]
PUT_OFF = "Bu yıl için planlanmamıştır."


@cache
def sample() -> Municipality:
    return read(resource("sample", "guneycam.json").read_bytes())


def of_year() -> Programme:
    programme = sample().programme(2026)
    assert programme is not None
    return programme


def tables_of(municipality: Municipality, programme: Programme, layout: str) -> tuple[Table, ...]:
    return book_tables(context(municipality, programme, layout_of(programme, layout)))


def test_of_a_target_put_off_no_amount_is_printed() -> None:
    (target,) = (target for target in of_year().targets if target.deferred)
    for layout in LAYOUTS:
        for table in tables_of(sample(), of_year(), layout):
            if table.kind == "performance_target" and table.id == target.id:
                assert "0,00" not in str(flatten(table).rows)
            if table.kind == "administration_performance":
                texts = {row.key: [cell.text for cell in row.cells[-6:]] for row in table.parts[0].rows}
                assert texts[f"target:{target.id}"] == [""] * 6


@pytest.mark.parametrize("layout", CLASSIC)
def test_that_a_target_is_put_off_is_said_among_its_descriptions(layout: str) -> None:
    (target,) = (target for target in of_year().targets if target.deferred)
    for description, text in (("Ödenek\nyok.", f"Ödenek\nyok.\n{PUT_OFF}"), ("", PUT_OFF)):
        programme = replace(of_year(), targets=(replace(target, description=description),))
        (table,) = (table for table in tables_of(sample(), programme, layout) if table.kind == "performance_target")
        assert [fact.text for fact in table.facts if PUT_OFF in fact.text] == [text]
        assert table.facts[-1].key == "description"
    bare = performance_target.facts(context(sample(), of_year(), layout_of(of_year(), layout)), target, ("target",))
    assert [fact.text.endswith(PUT_OFF) for fact in bare] == [False, True]


@pytest.mark.parametrize(("layout", "empty"), [("official", 1), ("metropolitan", 1), ("per_target", 0), ("plain", 0)])
def test_an_empty_description_keeps_its_line_where_the_layout_has_a_label_for_it(layout: str, empty: int) -> None:
    (target, *_) = of_year().targets
    for description, times in (("Yapılacak.", 1), ("", empty)):
        programme = replace(of_year(), targets=(replace(target, description=description),))
        table = next(table for table in tables_of(sample(), programme, layout) if table.kind == "performance_target")
        assert [fact.key for fact in table.facts].count("description") == times


def named(*titles: str, objectives: tuple[str, ...] = ("Yol yapmak", "Park yapmak", "Su vermek")) -> Context:
    """Return a year in the plain layout with targets of such titles, each under its objective."""
    aims = tuple(Objective(f"o{n}", title=title) for n, title in enumerate(objectives))
    targets = tuple(Target(f"t{n}", f"o{min(n, len(aims) - 1)}", title=title) for n, title in enumerate(titles))
    plan = Plan(2025, 2029, goals=(Goal("g", title="Kent", objectives=aims),))
    municipality = replace(sample(), plans=(plan,))
    programme = Programme(2026, targets=targets, layout="plain")
    return context(municipality, programme, layout_of(programme))


def lines_of(ctx: Context) -> list[list[tuple[str, str]]]:
    tables = [table for table in book_tables(ctx) if table.kind == "performance_target"]
    return [[(fact.label, fact.text) for fact in table.facts[2:]] for table in tables]


def test_targets_called_like_their_objectives_are_said_once() -> None:
    # in one of them a word has changed since the plan
    ctx = named("Yol yapmak", "PARK YAPMAK.", "Su vermek ve dağıtmak")
    assert lines_of(ctx)[1:] == [
        [("Stratejik Hedef (1.2)", "PARK YAPMAK.")],
        [("Stratejik Hedef (1.3)", "Su vermek ve dağıtmak")],
    ]
    (table,) = (table for table in book_tables(ctx) if table.kind == "responsible_units")
    assert [head.text for head in table.parts[0].head[0] if head][:2] == ["Stratejik Amaç", "Stratejik Hedef"]


def test_targets_of_their_own_stand_below_their_objectives() -> None:
    ctx = named("Yol yapmak", "Park yapmak", "Su vermek", "Suyu arıtmak")
    assert lines_of(ctx)[0] == [("Stratejik Hedef (1.1)", "Yol yapmak"), ("Performans Hedefi (1.1.1)", "Yol yapmak")]
    assert lines_of(ctx)[3][1] == ("Performans Hedefi (1.3.2)", "Suyu arıtmak")
    (table,) = (table for table in book_tables(ctx) if table.kind == "responsible_units")
    heads = [head.text for head in table.parts[0].head[0] if head]
    assert heads[:3] == ["Stratejik Amaç", "Stratejik Hedef", "Performans Hedefi"]
    others = named("Asfalt", "Ağaç", "Su vermek")
    assert [label for label, _ in lines_of(others)[0]] == ["Stratejik Hedef (1.1)", "Performans Hedefi (1.1)"]


def test_lists_have_bullets_or_numbers_but_never_both() -> None:
    activities = (Activity("a", name="Kazmak"), Activity("b", name="Dikmek"))
    programme = Programme(2026, targets=(Target("t", "o", activities=activities),))

    def listed(layout: str, *, only: slice = slice(None), counted: bool = False) -> tuple[list[str], bool]:
        ctx = context(sample(), programme, layout_of(programme, layout))
        return ctx.activity_list(activities[only], counted=counted)

    # of one activity as of several
    assert listed("per_target") == (["Kazmak", "Dikmek"], False)
    assert listed("per_target", only=slice(1, 2)) == (["Dikmek"], False)
    assert listed("metropolitan") == (["1. Kazmak", "2. Dikmek"], True)
    assert listed("metropolitan", only=slice(1, 2)) == (["2. Dikmek"], True)
    assert listed("metropolitan", counted=True) == (["Kazmak", "Dikmek"], False)
    names, numbered = listed("official")
    assert all(name.startswith("F.") for name in names)
    assert not numbered


def test_figures_of_another_notation_stand_like_numbers() -> None:
    def kinds(*texts: str) -> list[ColumnKind]:
        rows = tuple(ResourceRow(("Harbiye", text)) for text in texts)
        table = resource_table.build(ctx, ResourceTable(header=(("Yer", "Alan"),), rows=rows), 1, "")
        return [column.kind for column in table.parts[0].columns]

    ctx = context(sample(), of_year(), layout_of(of_year(), "official"))
    assert kinds("1,205,642.17", "36,900.98") == [ColumnKind.TEXT, ColumnKind.VALUE]
    assert kinds("19", "Alan", "4") == [ColumnKind.TEXT, ColumnKind.VALUE]
    assert kinds("19", "yok") == [ColumnKind.TEXT, ColumnKind.TEXT]
    assert kinds("01.05.2026", "02.05.2026") == [ColumnKind.TEXT, ColumnKind.TEXT]


@pytest.mark.parametrize("heads", [(), (("SAYI", "SAYI"),)])
def test_a_total_is_one_of_its_own_list_where_two_stand_beside_each_other(heads: tuple[tuple[str, str], ...]) -> None:
    lines = [
        ("Mimar", "4", "Aşçı", "6"),
        *[("İşçiler", left, "Bahçıvan", "2") for left, _ in heads],
        ("TOPLAM", "4", "Çaycı", "9"),
        ("", "", "TOPLAM", "17" if heads else "15"),
    ]
    rows = tuple(ResourceRow(line) for line in lines)
    head = (("MEMUR", "SAYI", "ŞİRKET", "SAYI"),)
    ctx = context(sample(), of_year(), layout_of(of_year(), "official"))
    (part,) = resource_table.build(ctx, ResourceTable(header=head, rows=rows, total_row=True), 1, "").parts
    *_, left, right, all_ = part.rows
    assert [left.role_of(cell) for cell in left.cells] == [Role.TOTAL, Role.TOTAL, Role.DETAIL, Role.DETAIL]
    assert [right.role_of(cell) for cell in right.cells] == [Role.TOTAL] * 4
    # what stands beside a total is no total, and is added up; beside heads within the list nothing is
    assert [cell.text for cell in all_.cells] == ["Toplam", "" if heads else "4", "", "17" if heads else "15"]


def test_beside_a_total_a_remark_is_part_of_it() -> None:
    rows = tuple(ResourceRow(cells) for cells in [("Mimar", "4", "kadrolu"), ("TOPLAM", "4", "çalışan")])
    ctx = context(sample(), of_year(), layout_of(of_year(), "official"))
    (part,) = resource_table.build(ctx, ResourceTable(header=(("Ad", "Sayı", "Not"),), rows=rows), 1, "").parts
    assert {part.rows[-1].role_of(cell) for cell in part.rows[-1].cells} == {Role.TOTAL}


@pytest.mark.parametrize(("layout", "empty"), [("official", 1), ("metropolitan", 1), ("per_target", 0)])
def test_an_empty_explanation_of_a_cost_table_keeps_its_line_as_that_of_a_target_does(layout: str, empty: int) -> None:
    (target, *_) = of_year().targets
    for note, times in (("Yıl içinde bitecek.", 1), ("", empty)):
        activities = tuple(replace(one, note="") for one in target.activities)
        sheets = tuple(replace(sheet, note=note) for sheet in target.cost_sheets)
        programme = replace(of_year(), targets=(replace(target, activities=activities, cost_sheets=sheets),))
        table = next(table for table in tables_of(sample(), programme, layout) if table.kind == "cost_sheet")
        assert [fact.key for fact in table.facts].count("note") == times


@pytest.mark.parametrize(
    ("share", "printed", "alone"),
    [
        ("{share}%", "2,50%", "2,50%"),
        ("% {share}", "% 2,50", "% 2,50"),
        ("%{share}", "%2,50", "%2,50"),
        ("{share}", "2,50", "%2,50"),
    ],
)
def test_a_share_outside_the_tables_is_printed_as_in_them_but_with_its_sign_where_no_head_says_it(
    share: str, printed: str, alone: str
) -> None:
    programme = replace(of_year(), layout="official", layout_settings={"share": share})
    ctx = context(sample(), programme, layout_of(programme))
    for chart in (*charts_of(ctx, "cost_by_code"), *charts_of(ctx, "staff_status")):
        assert chart.share(Decimal(1), Decimal(40)) == printed
    for chart in charts_of(ctx, "budget_flow"):
        assert chart.share(Decimal(1), Decimal(40)) == alone
