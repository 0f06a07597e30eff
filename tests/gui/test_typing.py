from decimal import Decimal

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication
from tests.gui.hands import press, put, texts, type_in

from perfdesk.domain.value import Value, ValueKind

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
KEYPAD = Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def indicators(window):
    return window.pages.page.ui.indicators.grid


@pytest.fixture
def costs(window):
    return window.pages.page.ui.costs.grid


def here(grid):
    index = grid.currentIndex()
    return index.row(), grid.grid().columns[index.column()].key


def names(window):
    return [indicator.name for indicator in window.session.target("t1").indicators]


def test_typing_replaces_and_enter_saves_and_goes_down(indicators, window):
    put(indicators, 0, "name")
    type_in(indicators, "Şişli'de ığdır çöğü\n")
    assert names(window)[0] == "Şişli'de ığdır çöğü"
    assert here(indicators) == (1, "name")
    assert indicators.cells.editor is None


def test_f2_changes_without_replacing(indicators, window):
    put(indicators, 0, "name")
    press(indicators, Qt.Key.Key_F2)
    type_in(indicators, "ı\n")
    assert names(window)[0] == "Gösterge 1ı"


def test_tab_and_shift_tab_go_through_what_can_be_typed_in(indicators):
    put(indicators, 0, "unit")
    type_in(indicators, "ağaç\t")
    assert here(indicators) == (0, "previous")
    put(indicators, 0, "note")
    indicators.tab(forward=True)
    # the code is computed: Tab passes it over
    assert here(indicators) == (1, "name")
    indicators.tab(forward=False)
    assert here(indicators) == (0, "note")


def test_tab_leaves_the_grid_from_the_blank_row(indicators):
    put(indicators, 2, "note")
    press(indicators, Qt.Key.Key_Tab, "\t")
    assert here(indicators) == (3, "name")
    press(indicators, Qt.Key.Key_Tab, "\t")
    assert not indicators.hasFocus()


def test_enter_goes_to_the_blank_row_and_typing_there_makes_a_row(indicators, window):
    put(indicators, 2, "unit")
    press(indicators, Qt.Key.Key_Return)
    assert here(indicators) == (3, "unit")
    press(indicators, Qt.Key.Key_Return)
    # a blank row is none: nothing is in the file, nothing would be printed
    assert here(indicators) == (3, "unit")
    assert len(names(window)) == 3
    type_in(indicators, "km\n")
    assert here(indicators) == (4, "unit")
    assert [i.unit for i in window.session.target("t1").indicators] == ["adet", "adet", "adet", "km"]
    assert window.session.store.undo_label == "new indicator"
    window.undo()
    assert len(names(window)) == 3


def test_what_is_refused_in_the_blank_row_goes_with_the_row_it_becomes(indicators, window):
    put(indicators, 3, "target")
    type_in(indicators, "1.5\n")
    assert len(names(window)) == 3
    assert texts(indicators.grid(), 3)["target"] == "1.5"
    put(indicators, 3, "name")
    type_in(indicators, "Yeni\n")
    assert names(window)[3] == "Yeni"
    assert texts(indicators.grid(), 3)["target"] == "1.5"
    assert texts(indicators.grid(), 4)["target"] == ""


def test_enter_above_the_total_begins_a_new_activity(costs, window):
    put(costs, 2, "name")
    type_in(costs, "Bakım ve onarım\n")
    assert here(costs) == (3, "name")
    assert texts(costs.grid(), 4)["total"] == "10.050.000"


def test_arrows_end_an_entry_that_replaces(indicators, window):
    put(indicators, 0, "previous")
    type_in(indicators, "15")
    press(indicators.cells.editor, Qt.Key.Key_Right)
    assert here(indicators) == (0, "current")
    assert window.session.target("t1").indicators[0].values[2025, ValueKind.REALISED] == Value(Decimal(15))


def test_escape_takes_back_what_is_being_typed(indicators, window):
    put(indicators, 0, "name")
    type_in(indicators, "yanlış")
    press(indicators.cells.editor, Qt.Key.Key_Escape)
    assert indicators.cells.editor is None
    assert names(window)[0] == "Gösterge 1"
    assert window.session.store.undo_label == ""


def test_a_wrong_entry_is_marked_told_and_given_up_with_escape(indicators, window):
    line = window.pages.page.ui.indicators.problem
    put(indicators, 0, "previous")
    type_in(indicators, "7.500.00\n")
    assert here(indicators) == (1, "previous")
    assert texts(indicators.grid(), 0)["previous"] == "7.500.00"
    assert line.isVisible()
    assert "7.500,00" in line.text()
    put(indicators, 0, "previous")
    press(indicators, Qt.Key.Key_Escape)
    assert texts(indicators.grid(), 0)["previous"] == "10"
    assert not line.isVisible()


def test_the_keypads_decimal_key_types_a_comma(costs, window):
    put(costs, 0, "01")
    type_in(costs, "12")
    press(costs.cells.editor, Qt.Key.Key_Period, ".", KEYPAD)
    type_in(costs, "5\n")
    assert texts(costs.grid(), 0)["01"] == "12,50"


def test_the_keypads_decimal_key_may_come_first(costs):
    put(costs, 0, "01")
    press(costs, Qt.Key.Key_Period, ".", KEYPAD)
    assert costs.cells.editor.entry() == ","


def test_the_keypads_decimal_key_stays_a_point_in_texts(costs):
    put(costs, 0, "name")
    press(costs, Qt.Key.Key_Period, ".", KEYPAD)
    assert costs.cells.editor.entry() == "."


def test_alt_enter_begins_a_line(indicators, window):
    put(indicators, 0, "note")
    type_in(indicators, "bir")
    press(indicators.cells.editor, Qt.Key.Key_Return, "\r", ALT)
    type_in(indicators, "iki\n")
    assert window.session.target("t1").indicators[0].note == "bir\niki"


def test_a_unit_completes_with_folded_letters_and_enter_takes_it(costs, window):
    put(costs, 0, "units")
    type_in(costs, "isleri")
    editor = costs.cells.editor
    popup = editor.popup
    assert popup.isVisible()
    assert [popup.model().index(n, 0).data() for n in range(popup.model().rowCount())] == [
        "Fen İşleri Müdürlüğü",
        "Yazı İşleri Müdürlüğü",
    ]
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Return, "\r")
    assert window.session.target("t1").cost_sheets[0].units == ("u1",)
    assert here(costs) == (1, "units")


def test_a_second_unit_is_added_after_a_semicolon(costs, window):
    put(costs, 0, "units")
    press(costs, Qt.Key.Key_F2)
    type_in(costs, "; yazi")
    editor = costs.cells.editor
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Tab, "\t")
    assert window.session.target("t1").cost_sheets[0].units == ("u2", "u4")


def test_delete_clears_and_fill_down_fills(costs, window):
    put(costs, 0, "01")
    window.ui.clear.trigger()
    assert texts(costs.grid(), 0)["01"] == ""
    window.undo()
    put(costs, 0, "01")
    model = costs.grid()
    column = model.column_of("01")
    costs.selectionModel().select(model.index(1, column), QItemSelectionModel.SelectionFlag.Select)
    window.ui.fill_down.trigger()
    assert texts(model, 1)["01"] == "2.400.000"


def test_a_single_cell_is_filled_from_the_one_above(costs, window):
    put(costs, 1, "03")
    window.ui.fill_down.trigger()
    assert texts(costs.grid(), 1)["03"] == "3.150.000"


def test_rows_move_with_the_keyboard_on_them(indicators, window):
    put(indicators, 0, "name")
    window.ui.row_down.trigger()
    assert names(window) == ["Gösterge 2", "Gösterge 1", "Gösterge 3"]
    assert here(indicators) == (1, "name")
    window.ui.row_up.trigger()
    assert names(window) == ["Gösterge 1", "Gösterge 2", "Gösterge 3"]


def test_rows_are_deleted_without_a_question_and_come_back(indicators, window):
    put(indicators, 1, "name")
    window.ui.delete_row.trigger()
    assert names(window) == ["Gösterge 1", "Gösterge 3"]
    window.undo()
    assert names(window) == ["Gösterge 1", "Gösterge 2", "Gösterge 3"]
    assert here(indicators) == (1, "name")


def test_a_block_is_copied_as_spreadsheets_do(indicators, window):
    put(indicators, 0, "unit")
    model = indicators.grid()
    for row in (0, 1):
        for column in ("unit", "previous"):
            indicators.selectionModel().select(
                model.index(row, model.column_of(column)), QItemSelectionModel.SelectionFlag.Select
            )
    window.ui.copy.trigger()
    assert QApplication.clipboard().text() == "adet\t10\nadet\t20"


def test_selection_and_column_widths_survive_an_edit(indicators, window):
    put(indicators, 2, "target")
    window.pages.page.commit()
    type_in(indicators, "7")
    press(indicators.cells.editor, Qt.Key.Key_Up)
    assert here(indicators) == (1, "target")


def test_undo_goes_to_what_it_changed(costs, window):
    put(costs, 0, "03")
    type_in(costs, "5\n")
    window.go_to(("target", "t2"))
    window.undo()
    assert window.pages.page.entry.id == "t1"
    assert here(costs) == (0, "03")
    assert texts(costs.grid(), 0)["03"] == "3.150.000"
    window.redo()
    assert texts(costs.grid(), 0)["03"] == "5"


def test_an_open_entry_is_saved_before_the_page_turns(indicators, window):
    put(indicators, 0, "name")
    type_in(indicators, "Yarım")
    window.ui.next_target.trigger()
    assert window.pages.page.entry.id == "t2"
    assert names(window)[0] == "Yarım"
