"""The forms of the parts with the resource need and with the responsible units, and what their amounts are made of."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from tests.gui.hands import press, put, texts, type_in

from perfdesk.domain.costs import CostLine, Transfer
from perfdesk.gui.dialogs.explanation import ExplanationDialog
from perfdesk.gui.pages.annex_page import AnnexPage
from perfdesk.gui.pages.need_page import NeedPage
from perfdesk.services.editing import records
from perfdesk.services.outline import Entry
from perfdesk.services.places import Place


def open_page(kind, session, part, qtbot):
    page = kind(session)
    qtbot.addWidget(page)
    session.changed.connect(lambda _change: page.refresh())
    page.resize(900, 700)
    page.show()
    page.show_entry(Entry("part", part, "x"), "")
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def page(session, qtbot):
    return open_page(NeedPage, session, "resource_need", qtbot)


@pytest.fixture
def annex(session, qtbot):
    return open_page(AnnexPage, session, "annexes", qtbot)


def programme(session):
    return session.context.programme


def test_an_empty_form_says_what_it_is_for(page):
    assert not page.frame.note.isHidden()
    assert page.general.rowCount() == 1


def test_general_administration_is_typed_by_code_and_summed(page, session):
    grid = page.ui.general_administration.grid
    put(grid, 0, "code")
    type_in(grid, "3\t1.250,50\t")
    put(grid, 1, "code")
    type_in(grid, "03\t49,50\t")
    # a second line with the same code stays a line of its own
    assert programme(session).general_administration == (
        CostLine("03", Decimal("1250.50")),
        CostLine("03", Decimal("49.50")),
    )
    assert texts(page.general, 0) == {"code": "03", "name": "Mal ve Hizmet Alım Giderleri", "amount": "1.250,50"}
    assert texts(page.general, 3)["amount"] == "1.300,00"
    assert session.context.ledger.general_administration_total.total == Decimal("1300.00")
    assert page.frame.note.text() == ""


def test_transfers_have_a_recipient_and_the_sheets_own_are_told(page, session):
    put(page.ui.transfers.grid, 0, "recipient")
    type_in(page.ui.transfers.grid, "İl Özel İdaresi")
    press(page.ui.transfers.grid.cells.editor, Qt.Key.Key_Return)
    assert programme(session).transfers == (Transfer("İl Özel İdaresi", "05", Decimal("0.00")),)
    page.transfers.setData(page.transfers.index(0, page.transfers.column_of("amount")), "700")
    assert texts(page.transfers, 2)["amount"] == "700,00"
    assert "500" in page.ui.in_sheets.text()
    assert not page.ui.in_sheets.isHidden()


def test_other_years_come_on_request_and_stay_in_sight_once_there_are_any(page, session):
    assert page.ui.others.isHidden()
    page.ui.show_others.click()
    assert not page.ui.others.isHidden()
    page.others.setData(page.others.index(0, page.others.column_of("amount")), "10")
    (other,) = programme(session).other_general_administration
    assert (other.year, other.kind, other.code, other.amount) == (2028, "forecast", "01", Decimal("10.00"))
    # amounts of several years have no sum
    assert page.others.rowCount() == 2
    assert page.ui.show_others.isHidden()
    page.others.setData(page.others.index(0, 0), "20x")
    assert len(page.others.problems()) == 1


def test_a_place_among_the_other_years_is_brought_into_sight(page, session):
    row = records.add(session.store, "other_general_administration", programme=programme(session).row, year=2028)
    page.show_place(Place(2027, page.entry.key, "other_general_administration", row, "amount"))
    assert page.ui.others.grid.currentIndex().column() == page.others.column_of("amount")


def explained(page, table, row, column):
    view = page.tables[table].view
    model = page.tables[table].model
    view.setCurrentIndex(model.index(model.row_of(row), model.column_of(column)))
    press(view, Qt.Key.Key_Return)
    return page.findChild(ExplanationDialog)


def test_enter_on_an_amount_shows_what_it_is_made_of_and_leads_there(page, session, qtbot):
    records.add(session.store, "general_administration", programme=programme(session).row)
    (line,) = programme(session).general_administration
    records.set_field(session.store, "general_administration", line.row, "amount", Decimal("1000.00"))
    spy = QSignalSpy(page.entry_wanted)
    dialog = explained(page, "administration_performance", "grand_total", "total")
    amounts = [dialog.model.index(n, 3).data() for n in range(dialog.model.rowCount())]
    assert sorted(amounts[:-1]) == ["1.000,00", "4.500.000,00", "5.550.000,00", "500,00"]
    assert amounts[-1] == "10.051.500,00"
    at = amounts.index("4.500.000,00")
    assert "Sulama hattı" in dialog.model.index(at, 1).data()
    assert "Fen İşleri" in dialog.model.index(at, 2).data()
    dialog.ui.parts.setCurrentIndex(dialog.model.index(at, 0))
    press(dialog.ui.parts, Qt.Key.Key_Return)
    assert spy.at(0)[0] == ("target", "t1")


def test_a_double_click_explains_a_cell_of_table_4(page, session, qtbot):
    view, model = page.tables["total_resource_need"].view, page.tables["total_resource_need"].model
    index = model.index(model.row_of("05"), model.column_of("transfers"))
    view.activated.emit(index)
    dialog = page.findChild(ExplanationDialog)
    assert dialog.model.index(0, 1).data().startswith("İl Özel İdaresi")
    assert "05 Cari Transferler" in dialog.ui.heading.text()
    assert dialog.model.index(dialog.model.rowCount() - 1, 3).data() == "500,00"


@pytest.mark.parametrize(("row", "column"), [("grand_total", "activity"), ("general_administration", "off_budget")])
def test_what_has_no_parts_opens_nothing(page, row, column):
    assert page.explain("administration_performance", row, column) is None


def test_table_5_is_grouped_and_leads_to_the_target(annex, session):
    view, model = annex.table.view, annex.table.model
    assert model.rowCount() == 4
    assert model.spans
    spy = QSignalSpy(annex.entry_wanted)
    view.setCurrentIndex(model.index(3, model.columnCount() - 1))
    press(view, Qt.Key.Key_Return)
    assert spy.at(0)[0] == ("target", "t2")
    view.activated.emit(model.index(0, 0))
    assert spy.at(1)[0] == ("target", "t1")


@pytest.mark.parametrize("layout", ["per_target", "metropolitan", "plain"])
def test_every_layout_leads_to_the_target(annex, session, layout):
    with session.store.step("x"):
        session.store.update("programme", programme(session).row, layout=layout)
    spy = QSignalSpy(annex.entry_wanted)
    annex.table.view.activated.emit(annex.table.model.index(0, 0))
    assert spy.at(0)[0] == ("target", "t1")
