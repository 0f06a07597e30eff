"""The list of spending units, as hands fill it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from tests.gui.hands import press, put, texts, type_in

from perfdesk.gui.pages.stack import PageStack
from perfdesk.gui.pages.units_page import UnitsPage
from perfdesk.services.editing import records
from perfdesk.services.places import UNITS


@pytest.fixture
def page(window):
    window.go_to(UNITS)
    page = window.findChild(PageStack).page
    assert isinstance(page, UnitsPage)
    return page


@pytest.fixture
def grid(page):
    return page.ui.units.grid


def names(page):
    return [unit.name for unit in page.session.municipality.units]


def test_how_many_activities_a_unit_has_is_counted(page, grid):
    used = [texts(page.units, row)["used"] for row in range(4)]
    assert used == ["2", "3", "", ""]
    assert all(page.units.cell(page.units.index(row, page.units.column_of("used"))).computed for row in range(5))


def test_a_similar_name_is_said_while_it_is_typed_and_taken_all_the_same(page, grid, qtbot):
    put(grid, 4, "name")
    type_in(grid, "F")
    qtbot.waitUntil(lambda: page._editor is not None)
    type_in(grid, "en işleri")
    assert "Fen İşleri Müdürlüğü" in page.similar.text()
    assert page.similar.isVisible()
    type_in(grid, " ve Ulaşım")
    assert not page.similar.isVisible()
    type_in(grid, "\n")
    qtbot.waitUntil(lambda: len(names(page)) == 5)
    assert names(page)[-1] == "Fen işleri ve Ulaşım"


def test_of_two_alike_each_says_the_other(page, grid, qtbot):
    put(grid, 4, "name")
    type_in(grid, "Fen İşleri Md.\n")
    qtbot.waitUntil(lambda: len(names(page)) == 5)
    put(grid, 0, "name")
    assert "Fen İşleri Md." in page.similar.text()
    put(grid, 1, "name")
    assert not page.similar.isVisible()


def test_a_circle_is_refused_in_its_cell(page, grid, qtbot):
    put(grid, 0, "parent")
    type_in(grid, "Park ve Bahçeler Müdürlüğü\n")
    qtbot.waitUntil(lambda: page.session.municipality.units[0].parent == "u2")
    put(grid, 1, "parent")
    type_in(grid, "Fen İşleri Müdürlüğü\n")
    qtbot.waitUntil(lambda: bool(page.ui.units.problem.text()))
    assert page.session.municipality.units[1].parent == ""
    assert "Park ve Bahçeler Müdürlüğü" in page.ui.units.problem.text()


def test_a_unit_in_use_stays_and_says_why(page, grid, qtbot):
    put(grid, 0, "name")
    press(grid, Qt.Key.Key_Minus, "-", Qt.KeyboardModifier.ControlModifier)
    assert len(names(page)) == 4
    qtbot.waitUntil(page.ui.refused.isVisible)
    assert "Fen İşleri Müdürlüğü" in page.ui.refused.text()
    put(grid, 3, "name")
    assert not page.ui.refused.isVisible()
    press(grid, Qt.Key.Key_Minus, "-", Qt.KeyboardModifier.ControlModifier)
    assert names(page)[-1] == "Mali Hizmetler Müdürlüğü"


def test_a_unit_is_deleted_together_with_those_below_it(page, grid):
    units = page.session.municipality.units
    store = page.session.store
    # u3 above u4, which stands below it in the list, too
    records.set_field(store, "unit", units[3].row, "parent", units[2].row)
    page.units.delete_rows([2])
    assert len(names(page)) == 4
    page.units.delete_rows([2, 3])
    assert names(page) == ["Fen İşleri Müdürlüğü", "Park ve Bahçeler Müdürlüğü"]
    store.undo()
    assert page.session.municipality.units == (*units[:3], replace(units[3], parent="u3"))
