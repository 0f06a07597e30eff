"""Undo takes back what was done last, and that may be an entry that was refused."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.gui.hands import press, put, type_in

from perfdesk.domain.errors import UserError
from perfdesk.gui.refused import Anchor, RefusedEntries, Row, Spot, Wrong
from perfdesk.gui.steps import Play, Steps
from perfdesk.services.editing import records
from perfdesk.services.places import UNITS

WRONG = "1,234.50"


@pytest.fixture
def costs(window):
    return window.pages.page.ui.costs.grid


def enter(grid, row, column, text):
    put(grid, row, column)
    type_in(grid, f"{text}\n")


def marked(grid):
    return [(index.row(), wrong.text) for index, wrong in grid.grid().problems()]


def undo_text(window):
    # the commands are named once for all that was refused together
    QApplication.processEvents()
    return window.ui.undo.text() if window.ui.undo.isEnabled() else ""


def lines(window):
    return window.session.municipality.programmes[1].targets[0].cost_sheets[0].lines


def test_what_was_refused_last_goes_first(window, costs):
    enter(costs, 0, "01", "1000")
    before = lines(window)
    enter(costs, 0, "01", WRONG)
    assert marked(costs) == [(0, WRONG)]
    assert undo_text(window).endswith(": kabul edilmeyen giriş")
    window.undo()
    assert (marked(costs), lines(window)) == ([], before)
    assert "kabul edilmeyen giriş" in window.ui.status.currentMessage()
    assert undo_text(window)
    assert not undo_text(window).endswith(": kabul edilmeyen giriş")
    window.undo()
    assert lines(window) != before


def test_it_comes_back_with_redo(window, costs):
    enter(costs, 0, "01", "1000")
    before = lines(window)
    enter(costs, 0, "01", WRONG)
    window.undo()
    window.undo()
    window.redo()
    assert (marked(costs), lines(window)) == ([], before)
    window.redo()
    assert marked(costs) == [(0, WRONG)]
    QApplication.processEvents()
    assert not window.ui.redo.isEnabled()


def test_where_there_is_no_step_yet(window, costs):
    assert undo_text(window) == ""
    enter(costs, 0, "01", WRONG)
    assert undo_text(window)
    window.undo()
    assert marked(costs) == []
    assert undo_text(window) == ""


def test_the_window_goes_there(window, costs):
    here = window.here
    enter(costs, 0, "01", WRONG)
    window.navigation.go_to(UNITS)
    window.undo()
    assert window.here == here
    assert (costs.currentIndex().row(), marked(costs)) == (0, [])


def test_a_field(window):
    page = window.pages.page
    field = page.ui.title
    field.setFocus()
    field.setPlainText("x\x1b")
    field.commit()
    assert len(window.session.refused) == 1
    window.undo()
    assert not window.session.refused
    assert field.toPlainText() == window.session.target("t1").title


def test_what_the_field_itself_takes_back_is_given_up(window):
    field = window.pages.page.ui.title
    field.setFocus()
    field.selectAll()
    # as it comes with what is pasted
    field.insertPlainText("x\x1b")
    press(field, Qt.Key.Key_Tab, "\t")
    assert len(window.session.refused) == 1
    field.setFocus()
    while field.toPlainText() != window.session.target("t1").title:
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    window.pages.page.ui.description.setFocus()
    assert not window.session.refused
    assert not field.accessibleDescription()


def test_what_came_with_a_step_goes_with_it(window):
    session = window.session
    before = session.municipality
    with session.refused.noted():
        session.refused[Spot("t", Anchor(), "c")] = Wrong("a", UserError("x"))
        records.add(session.store, "unit")
    assert session.refused.newest is None
    window.undo()
    assert (len(session.refused), session.municipality) == (0, before)
    window.redo()
    assert len(session.refused) == 1


def test_another_entry_makes_an_end_of_those_given_up():
    steps = Steps()
    kept = RefusedEntries(steps, lambda _row: True, lambda: None)
    first, second = (Spot("t", Anchor((Row.of("t", row),)), "c") for row in (1, 2))
    kept[first] = Wrong("a", UserError("x"))
    kept.drop()
    assert kept.dropped == first
    kept[second] = Wrong("b", UserError("x"))
    assert kept.dropped is None
    kept.drop()
    steps.follow(Play.MADE)
    kept.follow(Play.MADE, frozenset())
    assert kept.dropped is None


def test_what_is_gone_from_the_file_does_not_come_back():
    there = True
    kept = RefusedEntries(Steps(), lambda _row: there, lambda: None)
    kept[Spot("t", Anchor((Row.of("t", 1),)), "c")] = Wrong("a", UserError("x"))
    kept.drop()
    there = False
    kept.take_up()
    assert (kept.dropped, len(kept)) == (None, 0)
