"""Where entries that were refused are met again: with what they were typed for, as long as the file holds it."""

import pytest
from PySide6.QtCore import Qt
from tests.gui.hands import press, put, type_in

from perfdesk.domain.new_year import Options
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.exchange.reading import read
from perfdesk.gui.models.resource_model import columns_moved
from perfdesk.gui.refused import Anchor, RefusedEntries, Row, Spot, Wrong
from perfdesk.gui.steps import Play, Steps
from perfdesk.paths import resource
from perfdesk.services import deleting_year, places, rolling
from perfdesk.services.book import resource_tables
from perfdesk.services.editing import moving, records, targets
from perfdesk.services.files import backing_up
from perfdesk.services.places import COVER, UNITS
from perfdesk.storage.backups import Reason

WRONG = "1,234.50"
CONTROL = "x\x1b"


@pytest.fixture
def page(window):
    return window.pages.page


def refuse(grid, row, column, text=WRONG):
    put(grid, row, column)
    type_in(grid, f"{text}\n")


def marked(grid):
    return [(index.row(), wrong.text) for index, wrong in grid.grid().problems()]


def told(window):
    """The lines of the question before closing."""
    return window.refusals._lines(window.refusals.found())


def show_first(window):
    window.refusals._show(window.refusals.found()[0])


def alt_enter(grid):
    press(grid, Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.AltModifier)


# --- the official form ----------------------------------------------------------------------------------------------


@pytest.fixture
def form(page):
    put(page.ui.costs.grid, 0, "01")
    page.show_cost_form.setChecked(True)
    return page.ui.cost_form.grid


def row_of(form, code):
    return next(at for at in range(form.grid().rowCount()) if form.grid().index(at, 0).data() == code)


def test_what_was_refused_for_one_activity_is_not_in_another_one_s_form(window, page, form):
    at = row_of(form, "06")
    refuse(form, at, "amount", "9,999,999.50")
    assert marked(form) == [(at, "9,999,999.50")]
    page.official_form.go_on(1)
    assert page.activity_in_hand().id == "a2"
    assert marked(form) == []
    assert not page.ui.cost_form.problem.isVisible()
    put(form, at, "amount")
    assert form.currentIndex().data() == "4.500.000"
    before = window.session.municipality
    alt_enter(form)
    assert window.session.municipality is before
    page.official_form.go_on(-1)
    assert marked(form) == [(at, "9,999,999.50")]
    put(form, at, "amount")
    alt_enter(form)
    assert form.grid().index(at, 2).data() == "9.999.999,50"
    assert not window.session.refused


def test_what_was_refused_for_a_transfer_goes_with_it(window, page, form):
    session, store = window.session, window.session.store
    (transfer,) = session.target("t1").cost_sheets[0].transfers
    other = records.add(store, "cost_transfer", cost_sheet=session.target("t1").cost_sheets[0].row)
    records.set_field(store, "cost_transfer", other, "recipient", "Vakıf")
    at = next(at for at in range(form.grid().rowCount()) if form.grid().index(at, 1).data() == "Vakıf")
    refuse(form, at, "amount")
    assert marked(form) == [(at, WRONG)]
    records.delete(store, "cost_transfer", transfer.row)
    assert marked(form) == [(at - 1, WRONG)]
    assert form.grid().index(at - 1, 1).data() == "Vakıf"


def test_the_way_back_leads_into_the_official_form_and_the_card(window, page, form):
    refuse(form, row_of(form, "06"), "amount")
    page.show_cost_form.setChecked(False)
    put(page.ui.costs.grid, 2, "name")
    window.go_to(("target", "t2"))
    show_first(window)
    assert (window.here, page.activity_in_hand().id) == (("target", "t1"), "a1")
    assert window.focusWidget() is form
    assert form.grid().wrong(form.currentIndex()).text == WRONG
    form.grid().give_up(form.currentIndex())
    page.show_cost_form.setChecked(False)
    page.show_activity_card.setChecked(True)
    transfers = page.ui.activity_card.ui.transfers.grid
    refuse(transfers, 0, "amount")
    page.show_activity_card.setChecked(False)
    window.go_to(UNITS)
    show_first(window)
    assert window.focusWidget() is transfers
    assert transfers.grid().wrong(transfers.currentIndex()).text == WRONG


# --- resource tables ------------------------------------------------------------------------------------------------


def add_table(session, caption):
    store = session.store
    row = resource_tables.add_table(store, session.context.programme.row, "physical_resources")
    with store.step("test"):
        store.update("resource_table", row, header=(("Cinsi", "Sayı"), ("A", "B")), caption=caption)
    resource_tables.set_cells(store, row, {}, [["Kamyon", "3"], ["Binek", "2"]])
    return row


@pytest.fixture
def tables(window):
    return [add_table(window.session, caption) for caption in ("Birinci", "İkinci")]


def go(window, table):
    window.go_to(("resource_table", str(table)))
    return window.pages.page


@pytest.mark.parametrize("part", ["rows", "new row", "header"])
def test_refused_in_one_table_is_told_and_found_there(window, tables, part):
    page = go(window, tables[0])
    grid = page.ui.header.grid if part == "header" else page.ui.rows.grid
    grid.grid().setData(grid.grid().index(2 if part == "new row" else 0, 1), CONTROL)
    assert len(marked(grid)) == 1
    go(window, tables[1])
    assert marked(grid) == []
    (line,) = told(window)
    assert "Birinci" in line
    assert "İkinci" not in line
    show_first(window)
    assert window.here == ("resource_table", str(tables[0]))
    assert window.focusWidget() is grid
    assert grid.grid().wrong(grid.currentIndex()).text == CONTROL


def test_another_year_s_table_is_not_missed_in_this_book(window, tables):
    page = go(window, tables[0])
    page.rows.setData(page.rows.index(0, 1), CONTROL)
    window.session.set_year(2026)
    assert [one.year for one in window.refusals.found()] == [2027]
    begun = []
    window.refusals.before_output(lambda: begun.append(True))
    assert begun == [True]


def columns_of(model):
    return [(index.row(), index.column(), wrong.text) for index, wrong in model.problems()]


@pytest.mark.parametrize("grid", ["rows", "header"])
def test_refused_entries_go_along_with_their_column(window, tables, grid):
    page = go(window, tables[0])
    model = page.rows if grid == "rows" else page.header
    model.setData(model.index(1, 1), CONTROL)
    put(page.ui.rows.grid, 0, "c1")
    insert_left, _right, move_left, _move_right, delete = page.column_actions
    insert_left.trigger()
    assert columns_of(model) == [(1, 2, CONTROL)]
    # typed after the step, and yet it goes back with it, where somebody else takes the step back
    model.setData(model.index(0, 2), "y\x1b")
    window.session.undo()
    assert columns_of(model) == [(0, 1, "y\x1b"), (1, 1, CONTROL)]
    window.redo()
    assert columns_of(model) == [(0, 2, "y\x1b"), (1, 2, CONTROL)]
    put(page.ui.rows.grid, 0, "c2")
    move_left.trigger()
    assert columns_of(model) == [(0, 1, "y\x1b"), (1, 1, CONTROL)]
    delete.trigger()
    assert columns_of(model) == []
    assert not window.session.refused
    window.undo()
    assert columns_of(model) == [(0, 1, "y\x1b"), (1, 1, CONTROL)]
    window.redo()
    assert not window.session.refused


def test_refused_entries_go_along_with_their_line(window, tables):
    page = go(window, tables[0])
    model = page.header
    page.ui.header.add.click()
    for line in range(3):
        model.setData(model.index(line, 0), f"{line}\x1b")
    model.delete_rows([1])
    assert columns_of(model) == [(0, 0, "0\x1b"), (1, 0, "2\x1b")]
    window.undo()
    assert columns_of(model) == [(line, 0, f"{line}\x1b") for line in range(3)]
    # the line itself is taken back
    window.session.undo()
    assert columns_of(model) == [(0, 0, "0\x1b"), (1, 0, "1\x1b")]
    window.redo()
    assert columns_of(model) == [(line, 0, f"{line}\x1b") for line in range(3)]


def test_a_column_that_cannot_go_leaves_its_entry(window, tables):
    page = go(window, tables[0])
    page.rows.setData(page.rows.index(0, 1), CONTROL)
    delete = page.column_actions[-1]
    put(page.ui.rows.grid, 0, "c0")
    delete.trigger()
    assert columns_of(page.rows) == [(0, 0, CONTROL)]
    delete.trigger()
    assert columns_of(page.rows) == [(0, 0, CONTROL)]


# --- what is gone ---------------------------------------------------------------------------------------------------


def refuse_everywhere(window, page):
    page.indicators.setData(page.indicators.index(0, page.indicators.column_of("target")), WRONG)
    page.ui.code.setPlainText(CONTROL)
    page.ui.code.commit()
    page.show_indicator_card.setChecked(True)
    page.ui.indicator_card.ui.weight.setPlainText("çok")
    page.ui.indicator_card.ui.weight.commit()
    assert len(window.session.refused) == 3


@pytest.mark.parametrize("gone", ["target", "year"])
def test_what_is_gone_takes_its_entries_with_it(window, page, gone):
    session = window.session
    refuse_everywhere(window, page)
    before = dict(session.refused)
    if gone == "target":
        records.delete(session.store, "target", session.target("t1").row)
    else:
        deleting_year.delete_year(session.store, 2027)
    assert told(window) == []
    window.undo()
    assert dict(session.refused) == before
    assert len(told(window)) == 3
    window.go_to(("target", "t1"))
    assert page.ui.code.toPlainText() == CONTROL
    assert page.ui.code.accessibleDescription()
    window.redo()
    assert told(window) == []


def test_a_backup_without_the_year_takes_its_entries_with_it(window, page):
    session = window.session
    backup = backing_up.back_up(session.store, window.settings.backup_folder, Reason.OPENED, None)
    rolling.roll_over(session.store, 2028, Options())
    session.set_year(2028)
    refuse_everywhere(window, page)
    backing_up.restore(session.store, backup, window.settings.backup_folder)
    assert session.municipality.programme(2028) is None
    assert told(window) == []
    window.undo()
    assert len(told(window)) == 3


def test_a_year_made_again_begins_without_the_former_one_s_entries(window, page):
    session = window.session
    rolling.roll_over(session.store, 2028, Options())
    session.set_year(2028)
    refuse_everywhere(window, page)
    rows = {indicator.row for indicator in session.target("t1").indicators}
    deleting_year.delete_year(session.store, 2028)
    rolling.roll_over(session.store, 2028, Options())
    session.set_year(2028)
    # the rows have the same numbers again
    assert rows == {indicator.row for indicator in session.target("t1").indicators}
    window.go_to(("target", "t1"))
    assert marked(page.ui.indicators.grid) == []
    assert not page.ui.code.accessibleDescription()
    assert told(window) == []


def test_a_new_indicator_s_card_does_not_show_the_deleted_one_s_entry(window, page):
    grid = page.ui.indicators.grid
    page.show_indicator_card.setChecked(True)
    put(grid, 2, "name")
    weight = page.ui.indicator_card.ui.weight
    weight.setPlainText("çok")
    weight.commit()
    former = page.row_in_hand("indicator")
    page.indicators.delete_rows([2])
    refuse(grid, 2, "name", "Yeni gösterge")
    put(grid, 2, "name")
    assert page.row_in_hand("indicator") == former
    assert weight.toPlainText() == ""
    assert not weight.accessibleDescription()


def test_undoing_the_mending_of_a_field_marks_it_again(window, page):
    code = page.ui.code
    code.setPlainText(CONTROL)
    code.commit()
    code.setPlainText("PH1")
    code.commit()
    assert not window.session.refused
    window.undo()
    assert (code.toPlainText(), bool(code.accessibleDescription())) == (CONTROL, True)
    window.redo()
    assert (code.toPlainText(), bool(code.accessibleDescription())) == ("PH1", False)


def test_an_activity_that_leaves_the_sheet_takes_its_part_with_it(window, page):
    session = window.session
    put(page.ui.costs.grid, 2, "name")
    page.show_activity_card.setChecked(True)
    parts = page.ui.activity_card.ui.parts.grid
    refuse(parts, 1, "amount")
    assert len(told(window)) == 1
    records.delete(session.store, "activity", session.target("t1").activities[2].row)
    assert told(window) == []
    window.undo()
    assert len(told(window)) == 1


# --- how it is told -------------------------------------------------------------------------------------------------


def test_the_place_is_that_of_when_it_was_typed(window, page):
    refuse(page.ui.indicators.grid, 1, "target")
    here, rest = told(window)[0].split(": ", 1)
    place = "Göstergeler › G1.1.1.2, 2027 hedef"
    assert here.startswith("1.1.1 Ağaçlandırmayı artırmak › Göstergeler › ")
    assert here.endswith(", 2027 hedef")
    assert "1.234,50" in rest
    place = here.partition(" › ")[2]
    window.session.set_year(2026)
    assert told(window) == [f"2027 › {place}: {rest}"]


def test_what_was_refused_in_the_blank_row_keeps_its_place_with_the_row_it_becomes(window, page):
    model = page.indicators
    refuse(page.ui.indicators.grid, 3, "target")
    refuse(page.ui.indicators.grid, 3, "name", "Dördüncü")
    assert [wrong.place for wrong in window.session.refused.values()] == ["Göstergeler › 2027 hedef"]
    assert model.problems()[0][0].row() == 3


# --- what moves -----------------------------------------------------------------------------------------------------


def test_refused_goes_along_with_an_indicator_to_another_target(window, page):
    session = window.session
    grid = page.ui.indicators.grid
    refuse(grid, 1, "target")
    row, to = session.target("t1").indicators[1].row, session.target("t2").row
    moving.move_to(session.store, "indicator", row, "target", to)
    assert marked(grid) == []
    (line,) = told(window)
    assert line.startswith("1.1.2 İkinci hedef › Göstergeler › ")
    show_first(window)
    assert window.here == ("target", "t2")
    assert marked(grid) == [(0, WRONG)]
    window.undo()
    window.go_to(("target", "t1"))
    assert marked(grid) == [(1, WRONG)]


# --- what belongs to every year -------------------------------------------------------------------------------------


def test_a_unit_stays_marked_in_another_year(window):
    window.go_to(UNITS)
    grid = window.pages.page.ui.units.grid
    refuse(grid, 1, "parent", "Olmayan Müdürlük")
    assert marked(grid) == [(1, "Olmayan Müdürlük")]
    window.session.set_year(2026)
    assert marked(grid) == [(1, "Olmayan Müdürlük")]
    # it is in each year's book, whichever is printed
    assert [one.year for one in window.refusals.found()] == [2026]
    assert told(window)[0].startswith(f"{window.navigation.model.entry(window.navigation.model.find(UNITS)).text} › ")


def test_the_cover_s_fields_stay_marked_in_another_year(window):
    window.go_to(COVER)
    name = window.pages.page.ui.short_name
    name.setPlainText(CONTROL)
    name.commit()
    window.session.set_year(2026)
    assert (name.toPlainText(), bool(name.accessibleDescription())) == (CONTROL, True)


def test_a_goal_s_new_target_belongs_to_its_year_and_its_objective_to_all(window):
    window.go_to(("goal", "g1"))
    page = window.pages.page
    for grid in (page.ui.objectives.grid, page.ui.targets.grid):
        last = grid.grid().rowCount() - 1
        grid.grid().setData(grid.grid().index(last, grid.grid().column_of("title")), CONTROL)
        assert len(marked(grid)) == 1
    window.session.set_year(2026)
    assert len(marked(page.ui.objectives.grid)) == 1
    assert marked(page.ui.targets.grid) == []
    assert [one.year for one in window.refusals.found()] == [2026, 2027]


def test_a_target_that_moves_away_is_found_under_its_goal(window):
    session = window.session
    store, plan = session.store, session.municipality.plan_of(2027)
    goal = records.add(store, "goal", plan=plan.row)
    objective = records.add(store, "objective", goal=goal)
    window.go_to(("goal", "g1"))
    page = window.pages.page
    page.targets.setData(page.targets.index(1, page.targets.column_of("title")), CONTROL)
    targets.move_target(store, session.target("t2").row, objective)
    show_first(window)
    added = session.municipality.plan_of(2027).goals[1]
    assert (window.here, added.row) == (("goal", added.id), goal)
    assert marked(page.ui.targets.grid) == [(0, CONTROL)]


def test_the_tables_of_all_years_are_those_that_hold_for_them(session):
    """Programmes' own rows tell the year of what was refused in them; the municipality's do not."""
    shared = {
        table for _entry, table, _record in places._shared(read(resource("sample", "guneycam.json").read_bytes()))
    }
    assert shared <= set(places.OF_ALL_YEARS)
    assert set(places.OF_ALL_YEARS) - shared <= {"administration", "objective", *places.OF_PLANS}


# --- the keeper -----------------------------------------------------------------------------------------------------


def test_an_entry_refused_between_undo_and_redo_of_a_deletion_is_not_kept():
    steps, rows = Steps(), {"t": True}
    kept = RefusedEntries(steps, lambda _row: rows["t"], lambda: None)
    spot = Spot("t", Anchor((Row.of("t", 1),)), "name")

    def follow(play, there):
        rows["t"] = there
        steps.follow(play)
        kept.follow(play, frozenset({"t"}))

    first, second = Wrong("a", None), Wrong("b", None)
    kept[spot] = first
    follow(Play.MADE, there=False)
    assert not kept
    follow(Play.UNDONE, there=True)
    assert kept[spot] is first
    kept[spot] = second
    follow(Play.REDONE, there=False)
    assert not kept
    follow(Play.UNDONE, there=True)
    assert kept[spot] is second


def test_a_step_that_fails_leaves_what_would_have_moved():
    kept = RefusedEntries(Steps(), lambda _row: True, lambda: None)
    spot = Spot("resource_row", Anchor((Row.of("resource_row", 1),)), "c1")
    kept[spot] = wrong = Wrong("a", None)
    moves = columns_moved(ResourceTable(rows=(ResourceRow((), row=1),)), [1, 0])
    with pytest.raises(OSError, match="full"), kept.noted(moves):
        raise OSError("full")
    assert dict(kept) == {spot: wrong}
