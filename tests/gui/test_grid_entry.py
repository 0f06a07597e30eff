"""Coming into a grid by keyboard, going on in it, and from its rows to their forms."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from tests.gui.hands import press, put, texts, type_in

from perfdesk.domain.errors import UserError
from perfdesk.gui.grid.grid_section import GridSection
from perfdesk.services.places import UNITS

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def indicators(window):
    return window.pages.page.ui.indicators.grid


@pytest.fixture
def costs(window):
    return window.pages.page.ui.costs.grid


@pytest.fixture
def plan(window):
    window.go_to(("part", "goals"))
    return window.pages.page


@pytest.fixture
def goal(window):
    window.go_to(("goal", "g1"))
    return window.pages.page


def here(grid):
    index = grid.currentIndex()
    return index.row(), grid.grid().columns[index.column()].key


# --- coming in --------------------------------------------------------------------------------------------------------


def test_tab_comes_into_a_grid_at_the_first_cell_to_type_in(goal, window):
    window.activateWindow()
    grid = goal.ui.objectives.grid
    goal.ui.service_area.setFocus()
    press(goal.ui.service_area, Key.Key_Tab, "\t")
    assert QApplication.focusWidget() is grid
    assert here(grid) == (0, "title")
    # it is selected, too: typing goes where the eye is
    assert [(index.row(), index.column()) for index in grid.selected()] == [(0, 1)]


def test_a_blank_row_is_begun_at_its_title(goal):
    goal.ui.objectives.add.click()
    grid = goal.ui.objectives.grid
    assert here(grid) == (1, "title")
    type_in(grid, "Yolları yenilemek\n")
    assert [o.title for o in goal.goal().objectives] == ["Kişi başına yeşil alanı artırmak", "Yolları yenilemek"]
    assert goal.goal().objectives[1].code == ""


def test_tab_passes_a_derived_code_which_can_be_typed_over(plan, window):
    grid = plan.ui.goals.grid
    put(grid, 0, "service_area")
    press(grid, Key.Key_Tab, "\t")
    assert here(grid) == (1, "title")
    put(grid, 0, "code")
    press(grid, Key.Key_F2)
    assert grid.cells.editor is not None
    grid.cells.editor.selectAll()
    type_in(grid, "A7\n")
    assert plan.plan().goals[0].code == "A7"
    assert not grid.grid().problems()


def test_a_code_is_neither_filled_down_nor_pasted_over(plan):
    grid = plan.ui.goals.grid
    put(grid, 1, "title")
    type_in(grid, "İkinci amaç\n")
    put(grid, 0, "code")
    type_in(grid, "A7\n")
    put(grid, 1, "code")
    grid.fill_down()
    assert [goal.code for goal in plan.plan().goals] == ["A7", ""]
    assert grid.grid().ground().columns[0].read is None


def test_the_buttons_of_a_grid_come_after_it(window):
    for key in (("goal", "g1"), ("target", "t1"), UNITS):
        window.go_to(key)
        for section in window.pages.page.findChildren(GridSection):
            chain = _chain(section)
            buttons = [section.head.itemAt(at).widget() for at in range(section.head.count())]
            stops = [b for b in buttons if b is not None and b.focusPolicy() & Qt.FocusPolicy.TabFocus]
            assert stops
            if section.isVisible():
                assert [w for w in chain if w in (section.grid, *stops)] == [section.grid, *stops]


def _chain(section):
    """Return what Tab comes to, from the section's grid on."""
    widgets: list[QWidget] = [section.grid]
    while (after := widgets[-1].nextInFocusChain()) is not section.grid:
        widgets.append(after)
    return widgets


# --- going on ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def units(window):
    window.go_to(UNITS)
    return window.pages.page.ui.units.grid


def test_enter_goes_back_to_where_the_row_of_tabs_began(units, window):
    put(units, 4, "name")
    type_in(units, "Zabıta Müdürlüğü\tZM\n")
    assert here(units) == (5, "name")
    type_in(units, "İtfaiye Müdürlüğü\tİM\tYangın\n")
    assert here(units) == (6, "name")
    found = [(unit.name, unit.abbreviation, unit.aliases) for unit in window.session.municipality.units[4:]]
    assert found == [("Zabıta Müdürlüğü", "ZM", ()), ("İtfaiye Müdürlüğü", "İM", ("Yangın",))]


def test_enter_without_tabs_goes_straight_down(units):
    put(units, 0, "abbreviation")
    type_in(units, "a\n")
    assert here(units) == (1, "abbreviation")


@pytest.mark.parametrize("key", [Key.Key_Right, Key.Key_Left, Key.Key_Up])
def test_another_way_ends_the_row_of_tabs(units, key):
    put(units, 1, "name")
    type_in(units, "\t\t")
    press(units, key)
    row, column = here(units)
    type_in(units, "\n")
    assert here(units) == (row + 1, column)


def test_a_row_of_tabs_that_goes_on_in_the_next_row_begins_there(units):
    put(units, 0, "parent")
    # past the last column
    type_in(units, "\t\t\t")
    assert here(units) == (1, "abbreviation")
    type_in(units, "\n")
    assert here(units) == (2, "name")


def test_back_with_tab_the_row_of_tabs_stays(units):
    put(units, 0, "name")
    type_in(units, "\t\t")
    press(units, Key.Key_Backtab, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert here(units) == (0, "abbreviation")
    type_in(units, "\n")
    assert here(units) == (1, "name")


def test_up_goes_straight_up(units):
    put(units, 1, "name")
    type_in(units, "\t")
    press(units, Key.Key_Return, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert here(units) == (0, "abbreviation")


def test_past_merged_amounts_enter_goes_to_the_next_row_of_the_column_it_goes_back_to(costs):
    # the second and third activity have one common sheet
    put(costs, 1, "name")
    type_in(costs, "\t")
    assert here(costs) == (1, "units")
    type_in(costs, "\n")
    assert here(costs) == (2, "name")


# --- to the forms of rows ---------------------------------------------------------------------------------------------


def test_ctrl_enter_goes_to_the_form_of_a_row(plan, window):
    put(plan.ui.goals.grid, 0, "title")
    press(plan.ui.goals.grid, Key.Key_Return, modifiers=CTRL)
    assert window.pages.page.entry.key == ("goal", "g1")
    targets = window.pages.page.ui.targets.grid
    put(targets, 1, "title")
    press(targets, Key.Key_Enter, modifiers=CTRL)
    assert window.pages.page.entry.key == ("target", "t2")


def test_ctrl_enter_writes_what_is_being_typed_first(plan, window):
    grid = plan.ui.goals.grid
    put(grid, 0, "title")
    type_in(grid, "Yeni")
    press(grid.cells.editor, Key.Key_Return, modifiers=CTRL)
    assert window.pages.page.entry.key == ("goal", "g1")
    assert window.pages.page.goal().title == "Yeni"


def test_ctrl_enter_in_the_blank_row_goes_nowhere(plan, window):
    put(plan.ui.goals.grid, 1, "title")
    press(plan.ui.goals.grid, Key.Key_Return, modifiers=CTRL)
    assert window.pages.page is plan


def test_ctrl_enter_in_the_list_of_targets_goes_to_the_target(window):
    window.go_to(("part", "targets"))
    page = window.pages.page
    row = next(at for at, line in enumerate(page.targets.rows) if str(line.key) == "target:t2")
    page.list.setFocus()
    page.list.setCurrentIndex(page.targets.index(row, 0))
    press(page.list, Key.Key_Return, modifiers=CTRL)
    assert window.pages.page.entry.key == ("target", "t2")


# --- what is refused --------------------------------------------------------------------------------------------------


def test_a_row_that_is_needed_is_said_to_be_at_the_grid(goal, window):
    section = goal.ui.objectives
    said = []
    section.problem_said.connect(said.append)
    put(section.grid, 0, "title")
    window.ui.delete_row.trigger()
    assert "hedef" in section.problem.text()
    assert section.problem.isVisible()
    assert said == [section.problem.text()]
    assert window.findChildren(QMessageBox) == []
    assert here(section.grid) == (0, "title")
    assert len(goal.goal().objectives) == 1
    press(section.grid, Key.Key_Down)
    assert not section.problem.isVisible()


@pytest.mark.parametrize("command", ["clear", "fill_down", "move", "paste"])
def test_what_the_disk_refuses_is_said_at_the_grid(indicators, window, monkeypatch, command):
    def refuse(*_args, **_others):
        raise UserError("The disk is full.")

    section = window.pages.page.ui.indicators
    put(indicators, 1, "unit")
    QApplication.clipboard().setText("km\nkm")
    for name in ("clear", "fill", "move_row", "paste"):
        monkeypatch.setattr(indicators.grid(), name, refuse)
    if command == "move":
        indicators.move_row(1)
    elif command == "paste":
        indicators.paste()
        window.findChild(QWidget, "Paste").all.click()
    else:
        getattr(indicators, command)()
    assert section.problem.text() == "! The disk is full."
    assert window.findChildren(QMessageBox) == []
    assert texts(indicators.grid(), 1)["unit"] == "adet"


def test_weights_that_do_not_add_up_to_a_hundred_are_marked(window):
    page = window.pages.page
    page.weights.setChecked(True)
    section = page.ui.indicators
    put(section.grid, 0, "weight")
    type_in(section.grid, "60\n")
    assert section.note.text() == "! Hedefe etkisi toplamı %60; %100 olmalıdır"
    marked = section.note.palette().windowText().color()
    type_in(section.grid, "40\n")
    assert section.note.text() == "Hedefe etkisi toplamı %100"
    assert section.note.palette().windowText().color() != marked
