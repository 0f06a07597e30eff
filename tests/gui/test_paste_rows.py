"""Blocks that become many rows: costs by their heads, indicators with their values, figures of years."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.gui.hands import press, put, texts

from perfdesk.domain.costs import CostLine
from perfdesk.domain.value import Value, ValueKind
from perfdesk.gui.grid.paste_dialog import PasteDialog
from perfdesk.services.editing import costing
from perfdesk.services.paste import pasted_block, pasting
from perfdesk.services.paste.ground import Ground
from perfdesk.services.places import COVER
from perfdesk.storage import limits


@pytest.fixture
def costs(window):
    return window.pages.page.ui.costs.grid


@pytest.fixture
def indicators(window):
    return window.pages.page.ui.indicators.grid


def pasted(window, grid, row, column, text):
    """Copy, paste, and return the dialog."""
    QApplication.clipboard().setText(text)
    put(grid, row, column)
    grid.paste()
    return next(d for d in window.findChildren(PasteDialog) if d.isVisible())


def amounts(sheet):
    return {line.code: line.amount for line in sheet.lines}


HEADED = "Faaliyet\tSorumlu birim\t01\t03 Mal ve hizmet…\t09\tYurt Dışı\tNot\n"


def test_amounts_go_to_the_codes_of_their_heads_in_sight_or_not(costs, window):
    assert costs.grid().column_of("09") < 0
    asked = pasted(
        window, costs, 3, "name", f"{HEADED}Yol\tFİM\t1\t2,50\t3\t4\tx\nPark\tFen İşleri Müdürlüğü\t\t5\t\t\t\n"
    )
    assert asked.ui.heading.text() == "2 satır, 7 sütun; 1 sütun dışarıda kalıyor"
    assert "dışarıda kalanlar: Not." in asked.ui.happens.text()
    assert "eklenecek sütunlar: 09, Yurt dışı." in asked.ui.happens.text()
    asked.all.click()
    target = window.session.target("t1")
    assert [activity.name for activity in target.activities[3:]] == ["Yol", "Park"]
    one, other = target.cost_sheets[-2:]
    assert amounts(one) == {"01": 1, "03": Decimal("2.5"), "09": 3}
    assert one.off_budget == {"foreign": 4}
    assert one.units == other.units == ("u1",)
    assert other.lines == (CostLine("03", Decimal(5)),)
    model = costs.grid()
    assert texts(model, 3)["09"] == "3"
    assert texts(model, 3)["foreign"] == "4"
    # what was pasted is selected, wherever its columns came to stand
    shown = {model.columns[index.column()].key for index in costs.selected()}
    assert {"name", "units", "01", "03", "09", "foreign"} <= shown
    window.undo()
    assert len(window.session.target("t1").cost_sheets) == 2


def test_an_amount_that_does_not_fit_can_be_mended_in_the_column_it_brings(costs, window):
    asked = pasted(window, costs, 0, "name", "Faaliyet\t09\nFidan\t1,234.50\n")
    asked.all.click()
    model = costs.grid()
    ((index, wrong),) = model.problems()
    assert (index.row(), model.columns[index.column()].key, wrong.text) == (0, "09", "1,234.50")
    assert texts(model, 0)["name"] == "Fidan"


def test_without_heads_what_finds_no_column_is_named(costs, window):
    columns = len(costs.grid().columns)
    line = "\t".join(["Yol", "FİM", *map(str, range(1, columns))])
    asked = pasted(window, costs, 3, "name", line)
    assert "2 sütun dışarıda" in asked.ui.heading.text()
    assert f"{columns + 1}. sütun (“{columns - 1}”)" in asked.ui.happens.text()
    assert "dışarıda" in asked.model.headerData(columns, Qt.Orientation.Horizontal)
    press(asked, Qt.Key.Key_Escape)
    assert len(window.session.target("t1").activities) == 3


def test_rows_without_a_place_are_not_said_to_fit(window):
    window.go_to(("target", "t1"))
    grid = window.pages.page.ui.costs.grid
    ground = grid.grid().ground()
    block = pasted_block.read_text("a\nb\n")
    plan = pasting.plan(block, Ground(ground.columns, 1), 0, grid.grid().column_of("name"))
    dialog = PasteDialog(block, plan, (0, grid.grid().column_of("name")), window)
    assert dialog.ui.heading.text() == "2 satır, 1 sütun; 1 satır dışarıda kalıyor"


def test_the_cost_of_an_activity_that_has_none_in_sight_is_written_over_and_joined_ones_are_skipped(costs, window):
    asked = pasted(window, costs, 0, "name", "Faaliyet\t09\na\t1\nb\t2\nc\t3\n")
    # the third activity's cost stands in the second one's row
    assert asked.model.index(2, 1).data(Qt.ItemDataRole.ToolTipRole)
    asked.all.click()
    assert [amounts(sheet).get("09") for sheet in window.session.target("t1").cost_sheets] == [1, 2]
    assert [activity.name for activity in window.session.target("t1").activities] == ["a", "b", "c"]


def test_the_total_is_looked_at_once_and_what_exceeds_it_stays_in_its_cell(costs, window, monkeypatch):
    counted = []
    own = limits.programme_total
    monkeypatch.setattr(costing, "programme_total", lambda *args: (counted.append(1), own(*args))[1])
    rows = "\n".join(f"Faaliyet {n}\tFİM\t{n}\t5" for n in range(1, 201))
    asked = pasted(
        window, costs, 3, "name", f"Faaliyet\tSorumlu birim\t01\t06\n{rows}\nSon\tyok\t9.999.999.999.999\t7\n"
    )
    asked.all.click()
    assert len(counted) == 1
    assert len(window.session.target("t1").activities) == 204
    model = costs.grid()
    found = {(index.row(), model.columns[index.column()].key): wrong.text for index, wrong in model.problems()}
    assert found == {(203, "units"): "yok", (203, "01"): "9.999.999.999.999"}
    assert texts(model, 203)["06"] == "7"


def test_indicators_are_written_over_with_values_and_codes_of_their_own(indicators, window):
    model = indicators.grid()
    with window.session.store.step("x"):
        rows = [row.key for row in model.rows[:2]]
        refused = model.write_many(
            {
                rows[0]: {"name": "Bir", "previous": "1,50", "target": "", "code": "G1"},
                rows[1]: {"unit": "km", "current": "1.5", "code": "G1"},
            }
        )
    one, other, _third = window.session.target("t1").indicators
    assert (one.name, one.code, other.unit, other.code) == ("Bir", "G1", "km", "")
    assert one.values == {
        (2025, ValueKind.REALISED): Value(Decimal("1.50")),
        (2026, ValueKind.ESTIMATE): Value(mark="-"),
    }
    assert set(refused) == {(rows[1], "current"), (rows[1], "code")}


def test_new_indicators_come_with_their_values(indicators, window):
    with window.session.store.step("x"):
        rows, refused = indicators.grid().add_many(
            [{"name": "Dört", "target": "7"}, {"unit": "km", "target": "x y"}, {"previous": "X"}]
        )
    added = window.session.target("t1").indicators[3:]
    assert [indicator.row for indicator in added] == rows
    assert added[0].values == {(2027, ValueKind.TARGET): Value(Decimal(7))}
    assert added[2].values == {(2025, ValueKind.REALISED): Value(mark="X")}
    assert list(refused) == [(rows[1], "target")]


def test_a_number_with_other_digits_is_shown_so(indicators):
    """Rows that show the same are not made again, and 12.50 is not 12.5."""
    model = indicators.grid()
    before = model.rows[1]
    for typed, shown in (("12,5", "12,5"), ("12,50", "12,50"), ("'12,50", "12,50")):
        model.setData(model.index(0, model.column_of("target")), typed)
        assert texts(model, 0)["target"] == shown
    assert model.rows[0].cells[model.column_of("target")].edit == "'12,50"
    assert model.rows[1] is before
    model.set_show_weights(True)
    assert len(model.rows[1].cells) == len(model.columns)


def test_each_pasted_figure_has_its_own_year(window):
    window.go_to(COVER)
    page = window.pages.page
    grid = page.ui.population.grid
    QApplication.clipboard().setText("1.000\n2.000\n3.000\n")
    put(grid, 0, "people")
    grid.paste()
    found = page.session.municipality.administration.population
    assert [(p.year, p.people) for p in found] == [(2025, 1000), (2026, 2000), (2027, 3000)]
    asked = pasted(window, grid, 3, "year", "2020\t7\n2030\t8\n2025\t9\nx\t10\n")
    asked.all.click()
    found = {p.year: p.people for p in page.session.municipality.administration.population}
    # a year that is there already, or is none, stays in its cell; its row has one that is free
    assert found == {2020: 7, 2025: 1000, 2026: 2000, 2027: 3000, 2028: 9, 2030: 8, 2031: 10}
    assert sorted(wrong.text for _index, wrong in grid.grid().problems()) == ["2025", "x"]


def test_plans_pasted_below_the_last_follow_one_another(window):
    window.go_to(("part", "goals"))
    model = window.pages.page.ui.plans.grid.grid()
    with window.session.store.step("x"):
        model.add_many([{}, {"last_year": "2036"}, {}])
    plans = window.session.municipality.plans
    assert [(plan.first_year, plan.last_year) for plan in plans] == [
        (2025, 2029),
        (2030, 2034),
        (2035, 2036),
        (2037, 2041),
    ]
