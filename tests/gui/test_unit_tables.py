"""The cost tables of a spending unit are found in the file menu and in the menu of the unit itself."""

import pytest

from perfdesk.gui.dialogs import save_place
from perfdesk.gui.dialogs.unit_tables import UnitTables
from perfdesk.gui.window.printing import Printing


@pytest.fixture
def begun(monkeypatch):
    """What is printed, and where it is proposed to write to."""
    begun = []
    monkeypatch.setattr(Printing, "choose_unit", lambda _self, _session, unit: begun.append(unit))
    monkeypatch.setattr(save_place, "ask", lambda _parent, _title, place, *_others: begun.append(place.name))
    return begun


@pytest.fixture
def dialog(window):
    window.ui.unit_tables.trigger()
    return window.findChild(UnitTables)


def test_the_units_of_the_year_are_offered_with_their_activities(dialog):
    units = dialog.ui.units
    assert [units.item(at).text() for at in range(units.count())] == [
        "Fen İşleri Müdürlüğü (2 faaliyet)",
        "Park ve Bahçeler Müdürlüğü (3 faaliyet)",
    ]
    assert "2027" in dialog.ui.tells.text()
    dialog.reject()


@pytest.mark.parametrize(
    ("button", "what"), [("print", "u2"), ("export", "Güneyçam 2027 Park ve Bahçeler Müdürlüğü.pdf")]
)
def test_the_tables_of_the_unit_chosen_are_printed_or_written(dialog, begun, button, what):
    dialog.ui.units.setCurrentRow(1)
    getattr(dialog, button).click()
    assert begun == [what]


def test_a_year_without_activities_says_so(window):
    window.session.set_year(2026)
    window.ui.unit_tables.trigger()
    dialog = window.findChild(UnitTables)
    assert "2026" in dialog.ui.tells.text()
    assert not dialog.print.isEnabled()
    assert not dialog.export.isEnabled()
    dialog.reject()


def test_the_menu_of_the_units_grid_has_the_commands_first(window, begun):
    window.go_to(("units", ""))
    page = window.pages.page
    grid = page.ui.units.grid
    assert grid.actions()[:2] == [page.print_tables, page.export_tables]
    grid.put(grid.grid().index(1, 0))
    grid.actions()[0].trigger()
    assert begun == ["u2"]
