"""The form of a goal: under which objective a performance target begins, and how its form is opened."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from tests.gui.conftest import MUNICIPALITY
from tests.gui.hands import press, put, texts, type_in

from perfdesk.domain.plan import Objective
from perfdesk.storage import files


@pytest.fixture
def file(tmp_path):
    """The small municipality with a second objective, which has no targets yet."""
    (plan,) = MUNICIPALITY.plans
    (goal,) = plan.goals
    second = Objective("o2", title="Dere yataklarını temiz tutmak ve taşkına karşı korumak")
    plan = replace(plan, goals=(replace(goal, objectives=(second, *goal.objectives)),))
    path = tmp_path / "Güneyçam.perfdesk"
    files.create(path, replace(MUNICIPALITY, plans=(plan,)))
    return path


@pytest.fixture
def goal(window):
    window.go_to(("goal", "g1"))
    return window.pages.page


@pytest.fixture
def targets(goal):
    return goal.ui.targets.grid


def objectives_of(window):
    return [(target.title, target.objective) for target in window.session.context.programme.targets]


def test_each_target_says_its_objective_and_the_blank_row_the_one_it_will_have(goal, targets):
    model = targets.grid()
    assert texts(model, 0)["objective"].startswith("1.2 Kişi başına yeşil alanı")
    assert texts(model, 2)["objective"].startswith("1.2 ")
    # going to an objective is enough to begin under it
    put(goal.ui.objectives.grid, 0, "title")
    assert texts(model, 2)["objective"].startswith("1.1 Dere yataklarını")
    assert texts(model, 0)["objective"].startswith("1.2 ")


def test_the_command_asks_under_which_objective_and_the_foot_says_where_the_target_stands(window, goal, targets):
    said = []
    goal.problem_said.connect(said.append)
    names = [action.text() for action in goal.ui.targets.add.menu().actions()]
    assert [name[:3] for name in names] == ["1.1", "1.2"]
    goal.ui.targets.add.menu().actions()[0].trigger()
    assert targets.hasFocus()
    type_in(targets, "Dere ıslahı\n")
    assert objectives_of(window) == [
        ("Dere ıslahı", "o2"),
        ("Ağaçlandırmayı artırmak", "o1"),
        ("İkinci hedef", "o1"),
    ]
    assert len(said) == 1
    assert said[0].startswith("1.1.1 kodlu performans hedefi, “1.1 Dere yataklarını")


def test_what_is_changed_later_says_nothing_of_a_new_target(goal, targets):
    said = []
    goal.problem_said.connect(said.append)
    put(targets, 0, "title")
    type_in(targets, "Ağaç dikmek\n")
    assert said == []


def test_a_pasted_target_stands_under_the_objective_chosen(window, goal, targets):
    put(goal.ui.objectives.grid, 0, "title")
    with window.session.store.step("pasting"):
        rows, refused = targets.grid().add_many([{"title": "Bir"}, {"title": "İki"}])
    assert (len(rows), refused) == (2, {})
    assert objectives_of(window)[:2] == [("Bir", "o2"), ("İki", "o2")]


def test_a_double_click_on_the_code_opens_and_on_the_title_edits(window, goal, targets):
    double_click(targets, 0, "title")
    assert targets.cells.editor is not None
    targets.drop_editor()
    assert window.here == ("goal", "g1")
    double_click(targets, 1, "code")
    assert window.here == ("target", "t2")


def test_a_double_click_on_the_blank_row_opens_nothing(window, goal, targets):
    double_click(targets, 2, "code")
    assert window.here == ("goal", "g1")


def test_the_menu_of_the_right_button_opens_the_target(window, goal, targets):
    put(targets, 1, "title")
    action = targets.actions()[0]
    assert action.text().replace("&", "") == "Performans hedefini aç"
    assert action.shortcut().toString(QKeySequence.SequenceFormat.NativeText) == "Ctrl+Enter"
    action.trigger()
    assert window.here == ("target", "t2")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_opens_the_target_once(qtbot, window, goal, targets, key):
    window.activateWindow()
    qtbot.waitActive(window)
    put(targets, 0, "title")
    asked = []
    targets.details_wanted.connect(asked.append)
    QTest.keyClick(window.windowHandle(), key, Qt.KeyboardModifier.ControlModifier)
    assert asked == [0]
    assert window.here == ("target", "t1")


def test_undo_of_a_deletion_goes_to_the_target_itself(window):
    page = window.pages.page
    page.commands.delete_target.trigger()
    assert window.here == ("target", "t2")
    window.ui.undo.trigger()
    assert window.here == ("target", "t1")
    assert window.pages.page.focusWidget() is window.pages.page.ui.title
    assert window.pages.page.frame.scroll.verticalScrollBar().value() == 0


def double_click(grid, row, column):
    model = grid.grid()
    where = grid.visualRect(model.index(row, model.column_of(column))).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)


def test_escape_does_nothing_to_the_list(window, goal, targets):
    put(targets, 0, "title")
    press(targets, Qt.Key.Key_Escape)
    assert window.here == ("goal", "g1")
