"""Entries that were refused: they are asked about and gone back to, and nothing drops them by the way."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from tests.gui.hands import press, put, type_in

from perfdesk.gui.dialogs import save_place, unsaved
from perfdesk.gui.window.printing import Printing
from perfdesk.i18n import _
from perfdesk.services.places import LAYOUT, Place
from perfdesk.storage import files

WRONG = "x\x1b"
ASK = unsaved.ask


@pytest.fixture
def asked(monkeypatch):
    """What is asked on closing; the answer is to go back."""
    questions = []

    def ask(_parent, _question, entries, *, show_first, **_others):
        questions.append(entries)
        show_first()

    monkeypatch.setattr(unsaved, "ask", ask)
    return questions


@pytest.fixture
def page(window):
    return window.pages.page


def refuse(field):
    field.setPlainText(WRONG)
    field.commit()
    assert field.accessibleDescription()


def refuse_layout(window):
    window.go_to(LAYOUT)
    ui = window.pages.page.ui
    ui.settings.put("share")
    ui.editor._field.field.setPlainText("yüzde")
    ui.editor.commit()


# --- closing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["field", "grid"])
def test_closing_asks_about_the_card_of_an_indicator(window, page, asked, part):
    page.show_indicator_card.setChecked(True)
    put(page.ui.indicators.grid, 1, "name")
    ui = page.ui.indicator_card.ui
    if part == "field":
        refuse(ui.source)
    else:
        put(ui.values.grid, 0, "target")
        type_in(ui.values.grid, "1,234.50\n")
    put(page.ui.indicators.grid, 0, "name")
    page.show_indicator_card.setChecked(False)
    window.go_to(("target", "t2"))
    window.close()
    assert [len(sentences) for sentences in asked] == [1]
    assert window.here == ("target", "t1")
    assert ui.source.isVisible()
    assert page.row_in_hand("indicator") == window.session.target("t1").indicators[1].row
    assert (ui.source.toPlainText() == WRONG) is (part == "field")
    assert bool(ui.values.grid.grid().problems()) is (part == "grid")


@pytest.mark.parametrize("part", ["field", "service", "grid"])
def test_closing_asks_about_the_card_of_an_activity(window, page, asked, part):
    page.show_activity_card.setChecked(True)
    put(page.ui.costs.grid, 1, "name")
    ui = page.ui.activity_card.ui
    if part == "grid":
        put(ui.parts.grid, 0, "amount")
        type_in(ui.parts.grid, "4.000.000\n")
    elif part == "service":
        ui.cooperating.setPlainText("Olmayan Müdürlük")
        ui.cooperating.commit()
    else:
        refuse(ui.description)
    put(page.ui.costs.grid, 0, "name")
    window.go_to(("units", ""))
    window.close()
    assert [len(sentences) for sentences in asked] == [1]
    assert window.here == ("target", "t1")
    assert page.activity_in_hand().id == "a2"


def test_nothing_is_asked_about_the_card_of_a_row_that_is_gone(window, page, asked):
    page.show_indicator_card.setChecked(True)
    put(page.ui.indicators.grid, 1, "name")
    refuse(page.ui.indicator_card.ui.source)
    assert len(window.session.refused) == 1
    page.indicators.delete_rows([1])
    assert not window.session.refused


def test_closing_asks_about_the_layout(window, asked):
    refuse_layout(window)
    window.go_to(("target", "t1"))
    window.close()
    ((sentence,),) = asked
    assert "{pay}" in sentence
    assert window.here == LAYOUT


def test_refused_settings_stay_with_their_year(window):
    refuse_layout(window)
    window.session.set_year(2026)
    assert [refused.year for refused in window.refusals.found()] == [2027]
    assert window.pages.page.ui.editor.problem.text() == ""
    window.session.set_year(2027)
    assert "{pay}" in window.pages.page.ui.editor.problem.text()


def test_the_way_back_leads_to_the_target_and_year_it_was_typed_in(window, page, asked):
    refuse(page.ui.code)
    window.go_to(("target", "t2"))
    window.close()
    assert window.here == ("target", "t1")
    assert page.ui.code.toPlainText() == WRONG
    window.toolbar.years.activated.emit(window.toolbar.years.findData(2026))
    window.close()
    assert len(asked) == 2
    assert window.session.year == 2027
    assert window.here == ("target", "t1")
    assert page.ui.code.toPlainText() == WRONG


# --- what cannot be written -----------------------------------------------------------------------------------------


def test_another_year_waits_for_what_cannot_be_written(window, page, monkeypatch):
    monkeypatch.setattr(page, "commit", lambda: False)
    window.toolbar.years.setCurrentIndex(window.toolbar.years.findData(2026))
    window.toolbar.years.activated.emit(window.toolbar.years.currentIndex())
    assert window.session.year == 2027
    assert window.toolbar.years.currentData() == 2027
    window.go_to_place(Place(2026, ("target", "t1"), "target", 1, "title"))
    assert window.session.year == 2027


@pytest.mark.parametrize("command", ["undo", "redo"])
def test_nothing_is_taken_back_past_what_cannot_be_written(window, page, monkeypatch, command):
    with window.session.store.step("step"):
        window.session.store.update("target", window.session.target("t1").row, title="Yeni")
    if command == "redo":
        window.undo()
    before = window.session.municipality
    with monkeypatch.context() as patched:
        patched.setattr(page, "commit", lambda: False)
        getattr(window, command)()
        assert window.session.municipality is before
        assert window.ui.status.currentMessage() == _("The text being typed cannot be written just now.")
    getattr(window, command)()
    assert window.session.municipality is not before


@pytest.mark.parametrize("command", ["print", "print_part", "export_pdf", "export_xlsx"])
def test_nothing_is_printed_without_what_cannot_be_written(window, page, monkeypatch, command):
    asked = []
    monkeypatch.setattr(Printing, "choose", lambda *_what: asked.append("print"))
    monkeypatch.setattr(save_place, "ask", lambda *_what: asked.append("file"))
    with monkeypatch.context() as patched:
        patched.setattr(page, "commit", lambda: False)
        getattr(window.ui, command).trigger()
        assert asked == []
        assert window.ui.status.currentMessage() == _("The text being typed cannot be written just now.")
    getattr(window.ui, command).trigger()
    assert len(asked) == 1


def test_what_was_refused_is_still_there_in_forms_with_other_colours(window, page):
    refuse(page.ui.code)
    refuse_costs(page, 1)
    window._on_colours()
    after = window.pages.page
    assert after is not page
    assert after.ui.code.toPlainText() == WRONG
    assert after.ui.code.accessibleDescription()
    assert [wrong.text for _index, wrong in after.costs.problems()] == ["1,234.50"]


def test_the_forms_keep_their_colours_while_something_cannot_be_written(window, page, monkeypatch):
    monkeypatch.setattr(page, "commit", lambda: False)
    window._on_colours()
    assert window.pages.page is page


def test_a_clearing_that_fails_as_a_whole_leaves_what_was_refused(page, monkeypatch):
    costs = page.costs
    wrong, right = (costs.index(at, costs.column_of(code)) for at, code in ((0, "01"), (0, "03")))
    costs.setData(wrong, "1,234.50")

    def fail(_entries):
        raise OSError("full")

    monkeypatch.setattr(costs, "write_many", fail)
    with pytest.raises(OSError, match="full"):
        costs.clear([wrong, right])
    assert costs.wrong(wrong).text == "1,234.50"
    assert costs.cell(right).number == Decimal(3_150_000)


def test_what_was_refused_in_the_first_transfer_is_still_there_with_the_sheet_it_makes(window, page):
    window.go_to(("target", "t2"))
    put(page.ui.costs.grid, 0, "name")
    page.show_activity_card.setChecked(True)
    grid = page.ui.activity_card.ui.transfers.grid
    put(grid, 0, "amount")
    type_in(grid, "1,234.50\n")
    put(grid, 0, "recipient")
    type_in(grid, "Vakıf\n")
    (sheet,) = window.session.target("t2").cost_sheets
    assert [transfer.recipient for transfer in sheet.transfers] == ["Vakıf"]
    ((index, wrong),) = grid.grid().problems()
    assert (index.row(), wrong.text) == (0, "1,234.50")
    assert len(window.session.refused) == 1


# --- what is asked --------------------------------------------------------------------------------------------------


@pytest.fixture
def real(window, monkeypatch):
    """The question as it is, in place of what answers it for all tests; the window is closed without it."""
    with monkeypatch.context() as patched:
        patched.setattr(unsaved, "ask", ASK)
        yield


def box_of(window):
    return next((box for box in window.findChildren(QMessageBox) if box.isVisible()), None)


def answer(qtbot, window, words):
    box = box_of(window)
    next(button for button in box.buttons() if words in button.text().replace("&", "")).click()
    qtbot.waitUntil(lambda: box_of(window) is None)


def refuse_costs(page, count):
    codes = ["01", "03", "06"]
    for n in range(count):
        page.costs.setData(page.costs.index(n % 2, page.costs.column_of(codes[n // 2])), "1,234.50")


def test_closing_says_where_entries_are_and_goes_to_the_first(qtbot, window, page, real):
    refuse_costs(page, 6)
    window.go_to(("target", "t2"))
    window.close()
    said = box_of(window).informativeText().splitlines()
    assert len(said) == 5
    assert "1.1.1 Ağaçlandırmayı artırmak › Faaliyetler ve maliyet › " in said[0]
    assert " 01: " in said[0]
    assert "1.234,50" in said[0]
    assert "2 giriş daha" in said[-1]
    answer(qtbot, window, "İlk girişe git")
    grid = page.ui.costs.grid
    qtbot.waitUntil(lambda: window.here == ("target", "t1") and window.focusWidget() is grid)
    assert page.costs.wrong(grid.currentIndex()).text == "1,234.50"
    assert page.costs.columns[grid.currentIndex().column()].key == "01"


def test_the_way_to_a_field_puts_the_keyboard_into_it(qtbot, window, page, real):
    refuse(page.ui.code)
    window.go_to(("units", ""))
    window.close()
    assert "1.1.1 Ağaçlandırmayı artırmak › Kod: " in box_of(window).informativeText()
    answer(qtbot, window, "İlk girişe git")
    qtbot.waitUntil(lambda: window.here == ("target", "t1") and window.focusWidget() is page.ui.code)


def test_cancelling_leaves_everything_where_it_is(qtbot, window, page, real):
    refuse(page.ui.code)
    window.go_to(("units", ""))
    window.close()
    press(box_of(window), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: box_of(window) is None)
    assert window.isVisible()
    assert window.here == ("units", "")
    assert len(window.session.refused) == 1


@pytest.mark.parametrize("way", ["window", "file"])
def test_closing_all_the_same_closes(qtbot, window, page, real, way):
    refuse(page.ui.code)
    if way == "window":
        window.close()
    else:
        window.ui.close_file.trigger()
    assert window.session is not None
    answer(qtbot, window, "Yine de kapat")
    qtbot.waitUntil(lambda: window.session is None)
    assert window.isVisible() is (way == "file")


def test_another_file_opens_only_after_the_answer(qtbot, window, page, real, tmp_path):
    other = tmp_path / "b.perfdesk"
    files.create(other, window.session.municipality)
    refuse(page.ui.code)
    shown = []
    assert not window.files.open_path(other, lambda: shown.append(window.session.store.path))
    assert window.session.store.path != other
    answer(qtbot, window, "Yine de kapat")
    qtbot.waitUntil(lambda: shown == [other])


# --- printing and writing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["print", "print_part", "export_pdf", "export_xlsx"])
def test_what_is_not_in_the_book_is_said_before_it_is_printed(qtbot, window, page, real, monkeypatch, command):
    begun = []
    monkeypatch.setattr(Printing, "choose", lambda *_what: begun.append("print"))
    monkeypatch.setattr(save_place, "ask", lambda *_what: begun.append("file"))
    refuse_costs(page, 2)
    window.go_to(("target", "t2"))
    getattr(window.ui, command).trigger()
    assert begun == []
    assert "2 giriş" in box_of(window).text()
    answer(qtbot, window, "İlk girişe git")
    qtbot.waitUntil(lambda: window.here == ("target", "t1"))
    assert begun == []
    getattr(window.ui, command).trigger()
    answer(qtbot, window, "devam et")
    qtbot.waitUntil(lambda: len(begun) == 1)


def test_another_year_s_entries_are_not_missed_in_this_book(window, page, real, monkeypatch):
    begun = []
    monkeypatch.setattr(save_place, "ask", lambda *_what: begun.append("file"))
    refuse_costs(page, 1)
    window.session.set_year(2026)
    window.ui.export_pdf.trigger()
    assert begun == ["file"]
    assert box_of(window) is None
    window.close()
    assert box_of(window).informativeText().startswith("•  2027 › Faaliyetler ve maliyet › ")
    box_of(window).reject()
