"""The list of what is left to do: it opens with a new year, and its lines lead to where each thing is done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox
from tests.gui.hands import press

from perfdesk.domain.texts import BlockKind, Run, TextBlock
from perfdesk.gui.dialogs import written
from perfdesk.gui.dialogs.new_year import NewYear
from perfdesk.gui.pages.to_do_page import ToDoPage
from perfdesk.gui.window.exporter import BOOK
from perfdesk.services.book import sections
from perfdesk.services.completeness import PARTLY
from perfdesk.services.places import COVER, TO_DO


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


def go_to(page, what):
    """Enter on the first line of the list that says this."""
    page.list.setFocus()
    page.list.setCurrentIndex(page.items.index(row_of(page, what), 0))
    press(page.list, Qt.Key.Key_Return, "\r")


def test_next_thing_is_gone_to_from_where_the_last_one_is_done(window, page):
    bar, what = window.ui.to_do_bar, "2028 hedefini yazın"
    assert bar.isHidden()
    items = window.session.left_to_do()
    at = row_of(page, what)
    go_to(page, what)
    assert bar.isVisible()
    assert bar.said.text().startswith(f"{at + 1} / {len(items)} · {what}")
    window.ui.next_to_do.trigger()
    assert window.here == items[at + 1].place.entry
    assert bar.said.text().startswith(f"{at + 2} / {len(items)}")
    # the button gives the same command, and the other one leads back
    QTest.mouseClick(bar.next, Qt.MouseButton.LeftButton)
    assert window.here == items[at + 2].place.entry
    QTest.mouseClick(bar.back, Qt.MouseButton.LeftButton)
    assert window.here == TO_DO
    assert bar.isHidden()


def test_what_is_left_of_a_thing_comes_before_the_next(window, page):
    what = "2028 hedefini yazın"
    go_to(page, what)
    grid = window.pages.page.ui.indicators.grid
    QTest.keyClicks(grid, "5")
    press(window.focusWidget(), Qt.Key.Key_Return, "\r")
    grid.setFocus()
    press(window.focusWidget(), Qt.Key.Key_Up)
    assert what in window.ui.to_do_bar.said.text()
    window.ui.next_to_do.trigger()
    assert window.here == ("target", "t1")
    assert grid.currentIndex().row() == 1


def test_thing_that_is_done_says_so_and_what_follows_has_moved_up(window, page):
    session, what = window.session, "2028 hedefini yazın"
    items = session.left_to_do()
    at = row_of(page, what)
    go_to(page, what)
    with session.store.step("test"):
        for indicator in session.target("t1").indicators:
            session.store.update("indicator", indicator.row, deferred=True)
    left = session.left_to_do()
    assert window.ui.to_do_bar.said.text() == f"Bu iş tamam. Duran iş: {len(left)}"
    following = next(item for item in items[at + 1 :] if item in left)
    window.ui.next_to_do.trigger()
    assert following.what in window.ui.to_do_bar.said.text()
    assert window.here == following.place.entry


def test_line_is_gone_with_the_form_and_the_list_begins_anew_with_f8(window, page):
    go_to(page, "2028 hedefini yazın")
    window.go_to(COVER)
    assert window.ui.to_do_bar.isHidden()
    window.files.close()
    assert window.ui.to_do_bar.isHidden()
    assert not window.ui.next_to_do.isEnabled()


def test_f8_begins_with_the_first_thing(window):
    first = window.session.left_to_do()[0]
    assert window.here != TO_DO
    window.go_to(COVER)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.here == first.place.entry
    assert window.ui.to_do_bar.said.text().startswith("1 / ")


def test_year_that_a_text_names_is_chosen_in_it(window):
    session = window.session
    programme = session.context.programme.row
    # a sign that is two for Qt
    said = ("Önceki yıl.", "\U0001d49c ve 2027 yılında")
    text = tuple(TextBlock(BlockKind.PARAGRAPH, (Run(words),)) for words in said)
    sections.set_blocks(session.store, programme, "foreword", text, {})
    target = session.target("t1")
    with session.store.step("test"):
        session.store.update("target", target.row, description="12027 değil, 2027 yılı")
    window.ui.new_year.trigger()
    dialog = window.findChild(NewYear)
    dialog.ui.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    window.ui.next_to_do.trigger()
    assert window.here == ("part", "foreword")
    area = window.focusWidget()
    assert area.textCursor().selectedText() == "2027"
    assert area.textCursor().blockNumber() == 1
    window.ui.next_to_do.trigger()
    assert window.here == ("target", "t1")
    cursor = window.focusWidget().textCursor()
    assert (cursor.selectedText(), cursor.selectionStart()) == ("2027", len("12027 değil, "))


def test_list_counts_at_its_entry(window, page):
    entry = window.navigation.model.entry(window.navigation.model.find(TO_DO))
    assert entry.mark == str(len(page.items.rows))
    target = window.navigation.model.entry(window.navigation.model.find(("target", "t1")))
    assert target.mark == PARTLY
    assert "2028 hedefini yazın (3)" in target.why


def test_finished_book_tells_what_is_left(window, page, tmp_path, qtbot):
    count = len(page.items.rows)
    window.go_to(COVER)
    window.exporter.write(BOOK, tmp_path / "kitap.pdf")
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None, timeout=60_000)
    box = window.findChild(QMessageBox)
    assert f"{count} iş duruyor" in box.informativeText()
    things = next(button for button in box.buttons() if button.text().replace("&", "") == "Yapılacaklar")
    things.click()
    qtbot.waitUntil(lambda: window.here == TO_DO)


def test_document_without_anything_left_says_nothing_of_it(window, tmp_path):
    box = written.show(window, tmp_path / "kitap.pdf")
    assert box.informativeText() == str(tmp_path)
    assert len(box.buttons()) == 3
    box.close()
