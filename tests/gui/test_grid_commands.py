"""The menus' commands for the grid in hand: a new row, by key and by the grid's own menu."""

import pytest
from PySide6.QtCore import Qt
from tests.gui.hands import put, type_in

from perfdesk.gui.grid.edit_model import NEW
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
