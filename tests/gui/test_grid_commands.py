"""The menus' commands for the grid in hand: a new row, by key and by the grid's own menu."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.gui.hands import put, type_in

from perfdesk.gui.grid.entry_model import NEW
from perfdesk.gui.grid.table_view import TableView

CTRL, PAD = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def grid(qtbot, window):
    window.activateWindow()
    qtbot.waitActive(window)
    window.go_to(("target", "t1"))
    grid = window.pages.page.ui.indicators.grid
    put(grid, 0, "unit")
    return grid


@pytest.mark.parametrize("modifiers", [CTRL, CTRL | PAD], ids=["plus", "keypad"])
def test_ctrl_plus_begins_a_row(qtbot, window, grid, modifiers):
    qtbot.keyClick(window, Qt.Key.Key_Plus, modifiers)
    model = grid.grid()
    assert grid.currentIndex() == model.index(model.row_of(NEW), model.column_of("name"))
    type_in(grid, "Yeni gösterge\n")
    qtbot.waitUntil(lambda: len(window.session.target("t1").indicators) == 4)
    assert window.session.target("t1").indicators[-1].name == "Yeni gösterge"


def test_what_is_being_typed_is_written_first(qtbot, window, grid):
    put(grid, 0, "name")
    type_in(grid, "Ağaç sayısı")
    qtbot.keyClick(window, Qt.Key.Key_Plus, CTRL)
    assert window.session.target("t1").indicators[0].name == "Ağaç sayısı"
    assert grid.currentIndex().row() == grid.grid().row_of(NEW)


def test_the_menu_of_every_grid_begins_with_it(window, grid):
    actions = grid.actions()
    assert actions[0] is window.ui.new_row
    assert actions[0].text().replace("&", "") == "Yeni satır"
    assert actions[1].isSeparator()
    assert [action for action in actions if action is window.ui.delete_row]


def test_it_is_offered_where_there_is_a_row_to_begin(window, grid):
    assert window.ui.new_row.isEnabled()
    window.ui.outline.setFocus()
    assert not window.ui.new_row.isEnabled()
    # a table that is only read
    window.go_to(("part", "targets"))
    window.pages.page.findChild(TableView).setFocus()
    assert not window.ui.new_row.isEnabled()


@pytest.mark.parametrize(
    ("key", "grid", "opened"),
    [(("goal", "g1"), "targets", ("target", "t1")), (("part", "goals"), "goals", ("goal", "g1"))],
)
def test_the_menu_goes_to_the_details_of_a_row(window, key, grid, opened):
    window.go_to(key)
    view = getattr(window.pages.page.ui, grid).grid
    put(view, 0, "title")
    assert window.ui.details.isEnabled()
    window.ui.details.trigger()
    assert window.here == opened


def test_the_menu_opens_and_closes_a_card_and_its_key_does_so_once(window, qtbot):
    page = window.pages.page
    put(page.ui.indicators.grid, 0, "name")
    window.ui.details.trigger()
    assert page.show_indicator_card.isChecked()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    put(page.ui.indicators.grid, 0, "name")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not page.show_indicator_card.isChecked()


def test_where_a_row_has_no_more_than_the_grid_shows_the_menu_offers_nothing(window):
    window.go_to(("units", ""))
    put(window.pages.page.ui.units.grid, 0, "name")
    assert not window.ui.details.isEnabled()
