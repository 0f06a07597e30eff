"""Rows of the activity's card whose cost sheet is made with the first of them."""

from decimal import Decimal

import pytest
from tests.gui.hands import put, type_in


@pytest.fixture
def card(window):
    """The card of an activity without a cost sheet."""
    window.go_to(("target", "t2"))
    page = window.pages.page
    put(page.ui.costs.grid, 0, "name")
    page.show_activity_card.setChecked(True)
    return page.ui.activity_card


def sheets(card):
    return card.session.target("t2").cost_sheets


@pytest.mark.parametrize("grid", ["transfers", "others"])
def test_asking_what_a_row_belongs_to_makes_no_sheet_after_one_was_undone(card, grid):
    model = getattr(card, grid)
    view = getattr(card.ui, grid).grid
    put(view, 0, "amount")
    type_in(view, "75\n")
    assert len(sheets(card)) == 1
    card.session.undo()
    assert sheets(card) == ()
    before = card.session.municipality
    with card.session.store.step("nothing"):
        assert model.can_add()
        model._above()
    assert card.session.municipality is before


def test_several_rows_at_once_make_one_sheet(card):
    with card.session.store.step("x"):
        rows, refused = card.transfers.add_many([{"recipient": "A", "amount": "1"}, {"recipient": "B", "amount": "2"}])
    assert (len(rows), refused) == (2, {})
    (sheet,) = sheets(card)
    assert [(one.recipient, one.amount) for one in sheet.transfers] == [("A", Decimal(1)), ("B", Decimal(2))]


def test_several_amounts_of_other_years_make_one_sheet_and_begin_with_last_year(card):
    with card.session.store.step("x"):
        rows, refused = card.others.add_many([{"amount": "1"}, {"amount": "2"}])
    assert (len(rows), refused) == (2, {})
    (sheet,) = sheets(card)
    assert [(one.year, one.amount) for one in sheet.other_amounts] == [(2026, Decimal(1)), (2026, Decimal(2))]


@pytest.mark.parametrize("grid", ["transfers", "others"])
def test_undo_goes_to_what_stands_in_the_card(window, card, grid):
    view = getattr(card.ui, grid).grid
    for amount in ("75", "80"):
        put(view, 0, "amount")
        type_in(view, f"{amount}\n")
    page = window.pages.page
    page.show_activity_card.setChecked(False)
    window.go_to(("target", "t1"))
    window.undo()
    assert page.show_activity_card.isChecked()
    assert window.here == ("target", "t2")
    assert view.hasFocus()
    assert view.currentIndex().data() == "75,00"
