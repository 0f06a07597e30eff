"""What the tables say of a target: that it is put off, that it is the objective again, and what it does as a list."""

from dataclasses import replace
from functools import cache

import pytest

from perfdesk.domain.plan import Goal, Objective, Plan
from perfdesk.domain.programme import Activity, Municipality, Programme, Target
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.tables import performance_target, resource_table
from perfdesk.tables.catalogue import book_tables
from perfdesk.tables.context import Context, context
from perfdesk.tables.layout import LAYOUTS, layout_of
from perfdesk.tables.table import ColumnKind, Table, flatten

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


def test_lists_have_bullets_or_codes_but_no_bare_numbers() -> None:
    activities = (Activity("a", name="Kazmak"), Activity("b", name="Dikmek"))
    several, alone = Target("t", "o", activities=activities), Target("u", "o", activities=activities[:1])
    programme = Programme(2026, targets=(several,))
    numbered = context(sample(), programme, layout_of(programme, "per_target"))
    assert numbered.listed_names(several, activities) == ["Kazmak", "Dikmek"]
    assert numbered.listed_names(several, activities[1:]) == ["2. Dikmek"]
    assert numbered.listed_names(alone, activities[:1]) == ["Kazmak"]
    coded = context(sample(), programme, layout_of(programme, "official"))
    assert all(name.startswith("F.") for name in coded.listed_names(several, activities))


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
