"""Entries that were refused: they are asked about and gone back to, and nothing drops them by the way."""

from decimal import Decimal

import pytest
from tests.gui.hands import put, type_in

from perfdesk.gui.dialogs import unsaved
from perfdesk.services.places import LAYOUT, Place

WRONG = "x\x1b"


@pytest.fixture
def asked(monkeypatch):
    """What is asked on closing; the answer is to go back."""
    questions = []
    monkeypatch.setattr(unsaved, "close_all_the_same", lambda _parent, sentences: questions.append(sentences))
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
    assert len(window.pages.refused()) == 1
    page.indicators.delete_rows([1])
    assert window.pages.refused() == []


def test_closing_asks_about_the_layout(window, asked):
    refuse_layout(window)
    window.go_to(("target", "t1"))
    window.close()
    ((sentence,),) = asked
    assert "{share}" in sentence
    assert window.here == LAYOUT


def test_refused_settings_stay_with_their_year(window):
    refuse_layout(window)
    window.session.set_year(2026)
    assert [refused.year for refused in window.pages.refused()] == [2027]
    assert window.pages.page.ui.editor.problem.text() == ""
    window.session.set_year(2027)
    assert "{share}" in window.pages.page.ui.editor.problem.text()


def test_the_way_back_leads_to_the_target_and_year_it_was_typed_in(window, page, asked):
    refuse(page.ui.code)
    window.go_to(("target", "t2"))
    window.close()
    assert window.here == ("target", "t1")
    assert page.ui.code.toPlainText() == WRONG
    window._on_year(window.years.findData(2026))
    window.close()
    assert len(asked) == 2
    assert window.session.year == 2027
    assert window.here == ("target", "t1")
    assert page.ui.code.toPlainText() == WRONG


# --- what cannot be written -----------------------------------------------------------------------------------------


def test_another_year_waits_for_what_cannot_be_written(window, page, monkeypatch):
    monkeypatch.setattr(page, "commit", lambda: False)
    window.years.setCurrentIndex(window.years.findData(2026))
    window.years.activated.emit(window.years.currentIndex())
    assert window.session.year == 2027
    assert window.years.currentData() == 2027
    window.go_to_place(Place(2026, ("target", "t1"), "target", 1, "title"))
    assert window.session.year == 2027


def test_the_forms_get_their_colours_when_nothing_is_lost_with_them(window, page):
    refuse(page.ui.code)
    window._on_colours()
    assert window.pages.page is page
    window.go_to(("target", "t2"))
    assert window.pages.page is page
    window.go_to(("target", "t1"))
    page.ui.code.setPlainText("PH1")
    window.go_to(("target", "t2"))
    assert window.pages.page is not page
    assert window.session.target("t1").code == "PH1"
    after = window.pages.page
    window.go_to(("target", "t1"))
    assert window.pages.page is after


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
    assert len(window.pages.refused()) == 1
