"""The list of what is left to do: it opens with a new year, and its lines lead to where each thing is done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox
from tests.gui.hands import press

from perfdesk.gui.dialogs.new_year import NewYear
from perfdesk.gui.pages.to_do_page import ToDoPage
from perfdesk.services.places import TO_DO


@pytest.fixture
def page(window):
    """The list, opened by making a new year."""
    window.ui.new_year.trigger()
    dialog = window.findChild(NewYear)
    dialog.ui.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    page = window.pages.page
    assert isinstance(page, ToDoPage)
    return page


def row_of(page, what):
    return next(at for at, row in enumerate(page.items.rows) if row.cells[0].text == what)


def test_new_year_opens_the_list(window, page):
    assert window.here == TO_DO
    assert window.session.year == 2028
    assert window.focusWidget() is page.list
    texts = [[cell.text for cell in row.cells] for row in page.items.rows]
    where = "1.1.1 Ağaçlandırmayı artırmak"
    assert ["2028 hedefini yazın", where, "Gösterge 1; Gösterge 2; Gösterge 3"] in texts
    assert str(len(texts)) in page.frame.note.text()


def test_enter_goes_to_the_cell(window, page):
    page.list.setFocus()
    page.list.setCurrentIndex(page.items.index(row_of(page, "2028 hedefini yazın"), 0))
    press(page.list, Qt.Key.Key_Return, "\r")
    assert window.here == ("target", "t1")
    grid = window.pages.page.ui.indicators.grid
    assert window.focusWidget() is grid
    assert grid.currentIndex().row() == 0
    assert grid.grid().columns[grid.currentIndex().column()].key == "target"


def test_click_goes_there_too(window, page):
    index = page.items.index(row_of(page, "Faaliyetlerin maliyetini girin"), 2)
    page.list.scrollTo(index)
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.visualRect(index).center())
    assert window.here == ("target", "t2")


def test_what_is_done_leaves_the_list(window, page):
    before = page.items.rowCount()
    session = window.session
    with session.store.step("test"):
        for indicator in session.target("t1").indicators:
            session.store.update("indicator", indicator.row, deferred=True)
    assert page.items.rowCount() < before


def test_the_list_says_that_nothing_is_left(window, page):
    session = window.session
    with session.store.step("test"):
        for target in session.context.programme.targets:
            session.store.delete("target", target.row)
    assert page.items.rowCount() == 0
    assert page.list.isHidden()
    assert page.frame.note.text()
