import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.gui.hands import press, put, texts, type_in

from perfdesk.gui.grid.cell_delegate import CellDelegate

NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Key = Qt.Key


@pytest.fixture
def indicators(window):
    return window.pages.page.ui.indicators.grid


@pytest.fixture
def costs(window):
    return window.pages.page.ui.costs.grid


def here(grid):
    index = grid.currentIndex()
    return index.row(), grid.grid().columns[index.column()].key


def places(grid):
    return [(index.row(), grid.grid().columns[index.column()].key) for index in grid.selected()]


@pytest.mark.parametrize(
    ("key", "modifiers", "there"),
    [
        (Key.Key_Home, NONE, (1, "code")),
        (Key.Key_End, NONE, (1, "note")),
        (Key.Key_Home, CTRL, (0, "code")),
        (Key.Key_End, CTRL, (3, "note")),
        (Key.Key_PageDown, NONE, (3, "unit")),
        (Key.Key_PageUp, NONE, (0, "unit")),
        # to the edge of what is filled: the blank row and the blank note are beyond it
        (Key.Key_Down, CTRL, (2, "unit")),
        (Key.Key_Up, CTRL, (0, "unit")),
        (Key.Key_Right, CTRL, (1, "target")),
        (Key.Key_Left, CTRL, (1, "code")),
    ],
)
def test_keys_go_where_spreadsheets_go_and_select_that_cell(indicators, key, modifiers, there):
    put(indicators, 1, "unit")
    press(indicators, key, modifiers=modifiers)
    assert here(indicators) == there
    assert places(indicators) == [there]


def test_from_the_edge_ctrl_goes_on_to_the_end(indicators):
    put(indicators, 2, "unit")
    press(indicators, Key.Key_Down, modifiers=CTRL)
    assert here(indicators) == (3, "unit")
    press(indicators, Key.Key_Up, modifiers=CTRL)
    assert here(indicators) == (2, "unit")


@pytest.mark.parametrize(("key", "rows"), [(Key.Key_Down, [1, 2]), (Key.Key_Up, [0, 1])])
def test_shift_selects_up_to_there(indicators, key, rows):
    put(indicators, 1, "unit")
    press(indicators, key, modifiers=SHIFT)
    assert places(indicators) == [(row, "unit") for row in rows]


def test_shift_and_ctrl_select_up_to_the_edge(indicators):
    put(indicators, 1, "unit")
    press(indicators, Key.Key_Right, modifiers=SHIFT | CTRL)
    assert places(indicators) == [(1, column) for column in ("unit", "previous", "current", "target")]


def test_shift_goes_back_on_what_it_selected(indicators):
    put(indicators, 0, "unit")
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Right, Key.Key_Up):
        press(indicators, key, modifiers=SHIFT)
    assert places(indicators) == [(row, column) for row in (0, 1) for column in ("unit", "previous")]


def test_a_click_with_shift_selects_up_to_there(indicators):
    put(indicators, 0, "name")
    model = indicators.grid()
    rect = indicators.visualRect(model.index(1, model.column_of("unit")))
    QTest.mouseClick(indicators.viewport(), Qt.MouseButton.LeftButton, SHIFT, rect.center())
    assert places(indicators) == [(row, column) for row in (0, 1) for column in ("name", "unit")]


def test_ctrl_a_selects_all_and_delete_clears_it_in_one_step(indicators, window):
    put(indicators, 1, "name")
    press(indicators, Key.Key_A, modifiers=CTRL)
    assert len(indicators.selected()) == 4 * 7
    window.ui.clear.trigger()
    assert [i.name for i in window.session.target("t1").indicators] == ["", "", ""]
    window.undo()
    assert [i.name for i in window.session.target("t1").indicators] == ["Gösterge 1", "Gösterge 2", "Gösterge 3"]


def test_a_page_is_what_the_page_around_the_grid_shows(indicators, window):
    with window.session.store.step("x"):
        indicators.grid().add_many([{"name": f"Yeni {n}"} for n in range(200)])
    put(indicators, 0, "name")
    press(indicators, Key.Key_PageDown)
    sight = window.pages.page.frame.scroll.viewport().height()
    assert 5 < indicators.currentIndex().row() <= sight // indicators.rowHeight(0)
    press(indicators, Key.Key_PageUp)
    assert indicators.currentIndex().row() == 0


def test_the_selection_is_shown_only_where_the_keyboard_is(indicators, costs, qtbot, window):
    window.activateWindow()
    put(indicators, 0, "unit")
    qtbot.waitUntil(lambda: indicators.is_in_hand)
    put(costs, 0, "name")
    assert not indicators.is_in_hand
    assert costs.is_in_hand
    type_in(costs, "a")
    # the editor belongs to its grid
    assert costs.is_in_hand


def test_the_list_opens_with_f2_and_alt_down_and_is_as_wide_as_its_entries(costs):
    for open_it in (lambda: press(costs, Key.Key_F2), lambda: press(costs, Key.Key_Down, modifiers=ALT)):
        put(costs, 0, "units")
        open_it()
        popup = costs.cells.editor.popup
        assert popup.isVisible()
        # also the entries that what stands in the cell would not find
        assert popup.model().rowCount() == 4
        assert popup.width() >= popup.sizeHintForColumn(0)
        costs.drop_editor()


def test_a_double_click_opens_the_list(costs):
    model = costs.grid()
    rect = costs.visualRect(model.index(0, model.column_of("units")))
    QTest.mouseClick(costs.viewport(), Qt.MouseButton.LeftButton, NONE, rect.center())
    QTest.mouseDClick(costs.viewport(), Qt.MouseButton.LeftButton, NONE, rect.center())
    assert costs.cells.editor.popup.isVisible()


def test_alt_down_does_nothing_where_there_is_no_list(indicators):
    put(indicators, 0, "name")
    press(indicators, Key.Key_Down, modifiers=ALT)
    assert indicators.cells.editor is None
    assert here(indicators) == (0, "name")


def test_escape_closes_the_list_and_then_the_editor(costs, window):
    put(costs, 0, "units")
    type_in(costs, "fen")
    editor = costs.cells.editor
    assert editor.popup.isVisible()
    press(editor, Key.Key_Escape)
    assert not editor.popup.isVisible()
    assert costs.cells.editor is editor
    assert editor.entry() == "fen"
    press(editor, Key.Key_Escape)
    assert costs.cells.editor is None
    assert texts(costs.grid(), 0)["units"] == "Park ve Bahçeler Müdürlüğü"


def test_the_open_list_leaves_the_keyboard_to_the_line(costs, window):
    put(costs, 0, "units")
    type_in(costs, "müd")
    editor = costs.cells.editor
    assert editor.popup.isVisible()
    # a popup of Qt's would take the keyboard, and keys typed ahead would be lost while it closes
    assert QApplication.activePopupWidget() is None
    assert editor.hasFocus()
    for _ in range(3):
        press(editor, Key.Key_Down)
    wanted = editor.popup.currentIndex().data()
    assert wanted == "Mali Hizmetler Müdürlüğü"
    press(editor, Key.Key_Tab, "\t")
    assert not editor.popup.isVisible()
    assert texts(costs.grid(), 0)["units"] == wanted
    assert here(costs) == (0, "01")


def test_the_list_goes_when_its_line_is_left(costs, indicators):
    put(costs, 0, "units")
    type_in(costs, "fen")
    popup = costs.cells.editor.popup
    indicators.setFocus()
    assert not popup.isVisible()
    assert costs.cells.editor is None


def test_a_list_of_what_is_in_use_offers_what_is_alike_and_takes_what_is_new(indicators, window):
    put(indicators, 0, "unit")
    type_in(indicators, "DE")
    popup = indicators.cells.editor.popup
    assert popup.isVisible()
    assert popup.model().index(0, 0).data() == "adet"
    type_in(indicators, "kar")
    assert not popup.isVisible()
    type_in(indicators, "\n")
    assert window.session.target("t1").indicators[0].unit == "DEkar"


def test_opening_and_closing_an_editor_moves_nothing(indicators):
    put(indicators, 0, "name")
    heights = [indicators.rowHeight(row) for row in range(4)]
    press(indicators, Key.Key_F2)
    assert [indicators.rowHeight(row) for row in range(4)] == heights
    press(indicators.cells.editor, Key.Key_Return, "\n", ALT)
    type_in(indicators, "b")
    assert indicators.rowHeight(0) > heights[0]
    indicators.drop_editor()
    assert [indicators.rowHeight(row) for row in range(4)] == heights


def test_cells_far_out_of_sight_are_not_painted(indicators, window, monkeypatch):
    with window.session.store.step("x"):
        indicators.grid().add_many([{"name": f"Yeni {n}"} for n in range(300)])
    window.repaint()
    painted = []
    own = CellDelegate.paint
    monkeypatch.setattr(CellDelegate, "paint", lambda *args: (painted.append(args[3].row()), own(*args))[0])
    window.pages.page.frame.scroll.verticalScrollBar().setValue(3000)
    window.repaint()
    assert painted
    assert len(set(painted)) < 60


@pytest.mark.parametrize(("key", "there"), [(Key.Key_Right, (0, "previous")), (Key.Key_Down, (1, "unit"))])
def test_from_a_selected_block_an_arrow_goes_on_from_the_cell_it_begins_in(indicators, key, there):
    put(indicators, 0, "unit")
    for _ in range(2):
        press(indicators, Key.Key_Down, modifiers=SHIFT)
    assert len(indicators.selected()) == 3
    assert here(indicators) == (0, "unit")
    press(indicators, key)
    assert here(indicators) == there
    assert places(indicators) == [there]


def test_what_is_typed_goes_into_the_cell_the_block_begins_in(indicators, window):
    put(indicators, 0, "unit")
    press(indicators, Key.Key_Down, modifiers=SHIFT)
    type_in(indicators, "km\n")
    assert [i.unit for i in window.session.target("t1").indicators] == ["km", "adet", "adet"]


@pytest.mark.parametrize(
    ("key", "modifiers", "last"),
    [
        (Key.Key_Home, SHIFT, (1, "code")),
        (Key.Key_End, SHIFT, (1, "note")),
        (Key.Key_End, SHIFT | CTRL, (3, "note")),
        (Key.Key_Home, SHIFT | CTRL, (0, "code")),
        (Key.Key_PageDown, SHIFT, (3, "unit")),
    ],
)
def test_other_keys_with_shift_select_up_to_where_they_go(indicators, key, modifiers, last):
    put(indicators, 1, "unit")
    press(indicators, key, modifiers=modifiers)
    assert here(indicators) == (1, "unit")
    assert last in (places(indicators)[0], places(indicators)[-1])


def test_a_block_drawn_with_the_mouse_stays_at_the_cell_it_begins_in(indicators):
    put(indicators, 2, "note")
    model = indicators.grid()
    first, last = model.index(0, model.column_of("unit")), model.index(2, model.column_of("previous"))
    view = indicators.viewport()
    begin, end = indicators.visualRect(first).center(), indicators.visualRect(last).center()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, NONE, begin)
    for at in ((begin + end) / 2, end):
        QTest.mouseMove(view, at)
        QApplication.sendEvent(
            view,
            QMouseEvent(
                QEvent.Type.MouseMove,
                QPointF(at),
                QPointF(view.mapToGlobal(at)),
                Qt.MouseButton.NoButton,
                Qt.MouseButton.LeftButton,
                NONE,
            ),
        )
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NONE, end)
    assert len(indicators.selected()) == 6
    assert here(indicators) == (0, "unit")


def test_alt_enter_enters_what_a_refused_number_may_have_meant(indicators, window):
    put(indicators, 0, "previous")
    type_in(indicators, "7.500.00\n")
    problem = window.pages.page.ui.indicators.problem
    assert "Alt+Enter" in problem.text()
    assert "Alt+Enter" in indicators.grid().index(0, 3).data(Qt.ItemDataRole.ToolTipRole)
    # the keyboard has gone on, the sentence is still about that cell
    assert here(indicators) == (1, "previous")
    press(indicators, Key.Key_Return, modifiers=ALT)
    assert texts(indicators.grid(), 0)["previous"] == "7.500,00"
    assert not indicators.grid().problems()
    assert not problem.text()
    assert here(indicators) == (1, "previous")


def test_alt_enter_while_a_number_is_typed_enters_what_it_may_have_meant(indicators):
    put(indicators, 0, "previous")
    type_in(indicators, "1,234.56")
    press(indicators.cells.editor, Key.Key_Return, modifiers=ALT)
    assert indicators.cells.editor is None
    assert texts(indicators.grid(), 0)["previous"] == "1.234,56"


def test_alt_enter_does_nothing_where_nothing_is_suggested(indicators):
    put(indicators, 0, "previous")
    type_in(indicators, "yok\n")
    press(indicators, Key.Key_Return, modifiers=ALT)
    assert [wrong.text for _index, wrong in indicators.grid().problems()] == ["yok"]
