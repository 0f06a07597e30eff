"""The form of a target: cards, the official form, and what its menus do; with keys where hands use keys."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication
from tests.gui.hands import press, put, texts, type_in

from perfdesk.domain.errors import UserError
from perfdesk.domain.value import Value, ValueKind
from perfdesk.gui.grid.paste_dialog import PasteDialog
from perfdesk.gui.pages.target_page import TargetPage
from perfdesk.gui.session import Session
from perfdesk.services.editing import records
from perfdesk.services.outline import Entry

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window):
    return window.pages.page


@pytest.fixture
def indicators(page):
    return page.ui.indicators.grid


@pytest.fixture
def costs(page):
    return page.ui.costs.grid


def target(window, id_="t1"):
    return window.session.target(id_)


def write(field, text):
    """Type a text into a field and leave it."""
    field.setFocus()
    field.selectAll()
    press(field, Qt.Key.Key_Delete)
    for letter in text:
        press(field, Qt.Key.Key_unknown, letter)
    field.commit()


def choose(field, text):
    field.setCurrentText(text)
    field.activated.emit(field.currentIndex())


# --- the target -----------------------------------------------------------------------------------------------------


def test_code_and_deferral(window, page):
    write(page.ui.code, "PH-ğ")
    assert target(window).code == "PH-ğ"
    assert page.frame.heading.text().startswith("PH-ğ ")
    write(page.ui.code, "")
    assert target(window).code == ""
    # what it is called by its place is said in the empty field
    assert page.ui.code.placeholderText() == "1.1.1"
    press(page.ui.deferred, Qt.Key.Key_Space, " ")
    assert target(window).deferred is True
    assert page.ui.deferred.isChecked()
    press(page.ui.deferred, Qt.Key.Key_Space, " ")
    assert target(window).deferred is None
    window.ui.undo.trigger()
    assert page.ui.deferred.isChecked()


def test_a_no_that_is_stored_is_unticked_and_stays_one(window, page):
    records.set_field(window.session.store, "target", target(window).row, "deferred", False)
    assert not page.ui.deferred.isChecked()
    page.commit()
    assert target(window).deferred is False


def test_a_typed_m2_becomes_m_squared_and_is_said(window, page, indicators):
    said = []
    page.problem_said.connect(said.append)
    put(indicators, 0, "unit")
    type_in(indicators, "m2\t")
    assert target(window).indicators[0].unit == "m²"
    assert said == ["“m2”, “m²” olarak yazıldı."]
    put(indicators, 1, "unit")
    type_in(indicators, "kg\t")
    assert len(said) == 1


def test_units_that_begin_with_what_is_typed_come_first(indicators):
    put(indicators, 0, "unit")
    type_in(indicators, "m")
    names = indicators.cells.editor.list.completionModel()
    assert [names.index(at, 0).data() for at in range(names.rowCount())] == ["m²", "m³", "km²"]


def test_the_official_form_is_called_from_the_blank_row_for_the_activity_above(qtbot, page, costs):
    put(costs, 3, "03")
    qtbot.keyClick(costs, Qt.Key.Key_F4)
    assert page.activity_in_hand().name == "Bakım"
    form = page.ui.cost_form.grid
    assert form.isVisible()
    assert "Bakım" in page.official_form.facts.text()


def test_escape_leaves_the_official_form_unless_an_editor_is_open(qtbot, page, costs):
    put(costs, 0, "03")
    qtbot.keyClick(costs, Qt.Key.Key_F4)
    form = page.ui.cost_form.grid
    type_in(form, "5")
    press(form.cells.editor, Qt.Key.Key_Escape)
    assert form.isVisible()
    press(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert costs.hasFocus()
    assert not page.show_cost_form.isChecked()


def test_a_code_that_another_target_has_stays_typed_and_is_told(window, page):
    write(page.ui.code, "1.1.2")
    assert target(window).code == ""
    assert page.ui.code.toPlainText() == "1.1.2"
    assert "İkinci hedef" in page.ui.code.accessibleDescription()


def test_menus_of_the_target(window, page):
    commands = page.commands
    commands.new_target.trigger()
    (_, _, new) = window.session.context.programme.targets
    assert window.pages.page.entry.key == ("target", new.id)
    commands.target_up.trigger()
    assert [t.id for t in window.session.context.programme.targets] == ["t1", new.id, "t2"]
    commands.target_up.trigger()
    commands.target_down.trigger()
    commands.delete_target.trigger()
    assert [t.id for t in window.session.context.programme.targets] == ["t1", "t2"]
    assert window.pages.page.entry.key == ("target", "t2")
    window.undo()
    assert [t.id for t in window.session.context.programme.targets] == ["t1", new.id, "t2"]


def test_a_duplicate_is_turned_to(window, page):
    page.commands.duplicate_target.trigger()
    _original, copy, _other = window.session.context.programme.targets
    assert page.entry.key == ("target", copy.id)
    assert [indicator.name for indicator in copy.indicators] == ["Gösterge 1", "Gösterge 2", "Gösterge 3"]
    window.undo()
    assert len(window.session.context.programme.targets) == 2


def test_the_objective_is_chosen_from_the_plan(window, page):
    goal = window.session.municipality.plans[0].goals[0]
    records.set_field(
        window.session.store,
        "objective",
        records.add(window.session.store, "objective", goal=goal.row),
        "title",
        "Su tasarrufu",
    )
    choose(page.ui.objective, "1.2 Su tasarrufu")
    moved = target(window)
    assert window.session.context.objectives[moved.objective][1].title == "Su tasarrufu"
    assert page.frame.heading.text().startswith("1.2.1")
    window.undo()
    assert target(window).objective == "o1"
    choose(page.ui.objective, "")
    assert target(window).objective == "o1"
    assert page.ui.objective.accessibleDescription()


# --- indicators -----------------------------------------------------------------------------------------------------


def test_the_card_opens_for_the_indicator_in_hand_and_folds_again(window, page, indicators):
    put(indicators, 1, "name")
    assert page.ui.indicator_card.isHidden()
    page.show_indicator_card.trigger()
    card = page.ui.indicator_card
    assert card.isVisible()
    assert "Gösterge 2" in card.ui.heading.text()
    # called from the grid it takes the keyboard
    assert card.isAncestorOf(window.focusWidget())
    page.show_indicator_card.trigger()
    assert card.isHidden()
    assert window.focusWidget() is indicators


def test_ctrl_enter_calls_the_card(window, qtbot, page, indicators):
    put(indicators, 0, "name")
    qtbot.keyClick(indicators, Qt.Key.Key_Return, CTRL)
    assert page.show_indicator_card.isChecked()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return, CTRL)
    assert not page.show_indicator_card.isChecked()
    assert window.focusWidget() is indicators


def test_fields_of_the_card(window, page, indicators):
    put(indicators, 1, "name")
    page.show_indicator_card.setChecked(True)
    ui = page.ui.indicator_card.ui
    write(ui.definition, "Yıl içinde dikilen ağaçların sayısıdır.")
    write(ui.weight, "97,03")
    choose(ui.direction, "Azalış")
    choose(ui.owner, "Park ve Bahçeler Müdürlüğü")
    changed = target(window).indicators[1]
    assert changed.definition == "Yıl içinde dikilen ağaçların sayısıdır."
    assert changed.weight == Decimal("97.03")
    assert (changed.direction, changed.owner) == ("decrease", "u2")
    assert "97,03" in page.ui.indicators.note.text()
    write(ui.weight, "101")
    assert target(window).indicators[1].weight == Decimal("97.03")
    assert ui.weight.accessibleDescription()
    # it stays with its indicator
    put(indicators, 0, "name")
    assert (ui.weight.toPlainText(), ui.weight.accessibleDescription()) == ("", "")


def test_what_is_typed_goes_to_the_indicator_it_was_typed_for(window, page, indicators):
    put(indicators, 0, "name")
    page.show_indicator_card.setChecked(True)
    ui = page.ui.indicator_card.ui
    ui.method.setFocus()
    for letter in "Sayım":
        press(ui.method, Qt.Key.Key_unknown, letter)
    put(indicators, 2, "name")
    assert [indicator.method for indicator in target(window).indicators] == ["Sayım", "", ""]
    assert ui.method.toPlainText() == ""


def test_values_of_every_year_and_kind(window, page, indicators):
    put(indicators, 0, "name")
    page.show_indicator_card.setChecked(True)
    grid = page.ui.indicator_card.ui.values.grid
    years = [texts(grid.grid(), row)["year"] for row in range(grid.grid().rowCount())]
    assert years == [str(year) for year in range(2024, 2031)]
    put(grid, years.index("2029"), "forecast")
    type_in(grid, "1.250,5\n")
    put(grid, years.index("2026"), "planned")
    type_in(grid, "'60 bin\n")
    values = target(window).indicators[0].values
    assert values[2029, ValueKind.FORECAST] == Value(Decimal("1250.5"))
    assert values[2026, ValueKind.PLANNED] == Value(text="60 bin")
    # the book's three are those of the grid above
    put(grid, years.index("2025"), "realised")
    type_in(grid, "11\n")
    assert texts(indicators.grid(), 0)["previous"] == "11"
    put(grid, years.index("2025"), "realised")
    grid.delete_rows()
    assert (2025, ValueKind.REALISED) not in target(window).indicators[0].values


def test_the_blank_row_has_no_card_yet(page, indicators):
    page.show_indicator_card.setChecked(True)
    indicators.go_to_new()
    assert page.ui.indicator_card.ui.fields.isHidden()
    assert page.ui.indicator_card.ui.values.isHidden()


def test_the_column_of_weights(window, page, indicators):
    page.weights.setChecked(True)
    put(indicators, 0, "weight")
    type_in(indicators, "40\n")
    assert target(window).indicators[0].weight == 40


def test_undo_shows_what_only_the_card_has(window, page, indicators):
    records.write(
        window.session.store, window.session.known, "indicator", target(window).indicators[2].row, "source", "Arşiv"
    )
    window.undo()
    window.redo()
    assert page.ui.indicator_card.isVisible()
    assert window.focusWidget() is page.ui.indicator_card.ui.source
    assert page.ui.indicator_card.ui.source.toPlainText() == "Arşiv"


def test_rows_are_duplicated_and_moved_by_their_keys(window, qtbot, page, indicators):
    put(indicators, 0, "name")
    qtbot.keyClick(indicators, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert [indicator.name for indicator in target(window).indicators][:2] == ["Gösterge 1", "Gösterge 1"]
    assert indicators.currentIndex().row() == 1
    put(indicators, 2, "name")
    dialog = page.commands.choose_holder("indicator")
    for letter in "ıkıncı":
        press(dialog.ui.wanted, Qt.Key.Key_unknown, letter)
    press(dialog.ui.wanted, Qt.Key.Key_Return)
    dialog.accept()
    assert [indicator.name for indicator in target(window, "t2").indicators] == ["Gösterge 2"]
    assert len(target(window).indicators) == 3


def test_a_search_without_a_find_can_only_be_given_up(page, indicators):
    put(indicators, 0, "name")
    dialog = page.commands.choose_holder("indicator")
    dialog.ui.wanted.setText("yok böyle")
    assert dialog.ui.nothing.isVisible()
    dialog.accept()
    assert dialog.isVisible()
    dialog.ui.wanted.setText("")
    assert dialog.ui.nothing.isHidden()
    dialog.reject()


# --- activities -----------------------------------------------------------------------------------------------------


def test_fields_of_an_activity_and_its_sheet(window, page, costs):
    put(costs, 0, "name")
    page.show_activity_card.setChecked(True)
    ui = page.ui.activity_card.ui
    write(ui.note, "Kış aylarında")
    write(ui.cooperating, "fen işleri; Mali")
    write(ui.sheet_note, "Birlikte")
    assert target(window).activities[0].note == "Kış aylarında"
    (sheet, _common) = target(window).cost_sheets
    assert (sheet.note, sheet.cooperating_units) == ("Birlikte", ("u1", "u3"))
    write(ui.cooperating, "Uzay Müdürlüğü")
    assert ui.cooperating.accessibleDescription()
    assert ui.cooperating.toPlainText() == "Uzay Müdürlüğü"


@pytest.fixture
def two_alike(window):
    """Two sub-programmes of the list with the same code and name."""
    store = window.session.store
    entry = records.add(store, "programme_entry")
    rows = [records.add(store, "sub_programme_entry", programme_entry=entry) for _n in range(2)]
    for row in rows:
        records.set_field(store, "sub_programme_entry", row, "name", "Yeşil alan")
    return rows


def test_the_sub_programme_of_an_activity_among_two_of_the_same_name(window, page, costs, two_alike):
    put(costs, 0, "name")
    page.show_activity_card.setChecked(True)
    card = page.ui.activity_card
    field = card.ui.sub_programme
    assert field.isVisible()
    for at, name in ((1, "1. Yeşil alan"), (2, "2. Yeşil alan"), (0, "")):
        assert field.itemText(at) == name
        choose(field, name)
        activity = target(window).activities[0]
        named = window.session.store.field("activity", activity.row, "sub_programme_entry")
        assert named == (two_alike[at - 1] if at else None)
        assert field.currentText() == name


def test_a_sub_programme_that_is_not_in_the_list_leaves_the_link(window, page, costs, two_alike):
    put(costs, 0, "name")
    page.show_activity_card.setChecked(True)
    card = page.ui.activity_card
    choose(card.ui.sub_programme, "2. Yeşil alan")
    before = target(window).activities[0]
    with pytest.raises(UserError):
        card._set_sub_programme(before, "Yeşil alan")
    assert target(window).activities[0] == before
    assert before.sub_programme


def test_transfers_make_the_sheet_they_need(window, page):
    window.go_to(("target", "t2"))
    put(page.ui.costs.grid, 0, "name")
    page.show_activity_card.setChecked(True)
    grid = page.ui.activity_card.ui.transfers.grid
    put(grid, 0, "recipient")
    type_in(grid, "İl Özel İdaresi\t05\t1.500\n")
    (sheet,) = target(window, "t2").cost_sheets
    assert [(t.recipient, t.code, t.amount) for t in sheet.transfers] == [("İl Özel İdaresi", "05", Decimal(1500))]


def test_amounts_of_other_years(window, page, costs):
    put(costs, 0, "name")
    page.show_activity_card.setChecked(True)
    grid = page.ui.activity_card.ui.others.grid
    put(grid, 0, "amount")
    type_in(grid, "75\n")
    (other,) = target(window).cost_sheets[0].other_amounts
    assert (other.year, other.kind, other.code, other.amount) == (2026, "budget", None, Decimal(75))
    put(grid, 0, "code")
    type_in(grid, "döner\n")
    assert grid.grid().problems()
    press(grid, Qt.Key.Key_Escape)
    put(grid, 0, "code")
    type_in(grid, "6\n")
    assert target(window).cost_sheets[0].other_amounts[0].code == "06"


def test_parts_are_taken_when_they_add_up(window, page, costs):
    put(costs, 1, "name")
    page.show_activity_card.setChecked(True)
    section = page.ui.activity_card.ui.parts
    assert section.isVisible()
    put(section.grid, 0, "amount")
    type_in(section.grid, "4.000.000\n")
    assert target(window).cost_sheets[1].split == {}
    assert "500.000,00" in section.problem.text()
    type_in(section.grid, "500.000\n")
    assert target(window).cost_sheets[1].split == {"a2": Decimal(4_000_000), "a3": Decimal(500_000)}
    assert not section.problem.isVisible()
    put(costs, 0, "name")
    assert section.isHidden()


@pytest.fixture
def parts(page, costs):
    """The grid of the parts of the two activities that share a cost sheet."""
    put(costs, 1, "name")
    page.show_activity_card.setChecked(True)
    return page.ui.activity_card.ui.parts.grid


def paste(window, text):
    QApplication.clipboard().setText(text)
    window.ui.paste.trigger()
    # what goes over other amounts is shown first
    for dialog in [dialog for dialog in window.findChildren(PasteDialog) if dialog.isVisible()]:
        dialog.all.click()


def select_parts(parts):
    put(parts, 0, "amount")
    parts.selectionModel().select(parts.grid().index(1, 1), QItemSelectionModel.SelectionFlag.Select)


def test_parts_are_pasted_as_a_whole(window, parts):
    put(parts, 0, "amount")
    paste(window, "4.000.000\r\n500.000\r\n")
    assert target(window).cost_sheets[1].split == {"a2": Decimal(4_000_000), "a3": Decimal(500_000)}
    assert not parts.grid().has_problems
    # what is divided anew must not find the former amounts again
    paste(window, "4.500.000\r\n0\r\n")
    assert target(window).cost_sheets[1].split == {"a2": Decimal(4_500_000), "a3": Decimal(0)}
    assert not parts.grid().has_problems
    type_in(parts, "4.000.000\n")
    ((_index, wrong),) = parts.grid().problems()
    assert "500.000,00" in wrong.error.sentence()
    type_in(parts, "500.000\n")
    assert target(window).cost_sheets[1].split == {"a2": Decimal(4_000_000), "a3": Decimal(500_000)}
    assert not parts.grid().has_problems


def test_pasted_parts_that_do_not_add_up_are_all_marked(window, parts):
    put(parts, 0, "amount")
    paste(window, "4.000.000\r\n400.000\r\n")
    assert target(window).cost_sheets[1].split == {}
    assert [wrong.text for _index, wrong in parts.grid().problems()] == ["4.000.000", "400.000"]


def test_emptied_parts_undo_the_division(window, parts):
    put(parts, 0, "amount")
    type_in(parts, "4.000.000\n500.000\n")
    assert target(window).cost_sheets[1].split
    select_parts(parts)
    parts.grid().clear(parts.selected())
    assert target(window).cost_sheets[1].split == {}
    assert not parts.grid().has_problems


def test_a_part_that_is_no_amount_waits_in_its_cell(window, parts):
    put(parts, 0, "amount")
    type_in(parts, "çok\n4.500.000\n")
    assert target(window).cost_sheets[1].split == {"a2": Decimal(0), "a3": Decimal(4_500_000)}
    assert [wrong.text for _index, wrong in parts.grid().problems()] == ["çok"]


def test_sheets_are_joined_and_taken_apart(window, page, costs):
    before = window.session.context.ledger.grand_total
    put(costs, 0, "name")
    selection = costs.selectionModel()
    selection.select(costs.grid().index(1, 1), selection.SelectionFlag.Select)
    page.commands.join.trigger()
    assert [sheet.activities for sheet in target(window).cost_sheets] == [("a1", "a2", "a3")]
    page.commands.divide.trigger()
    assert [sheet.activities for sheet in target(window).cost_sheets] == [("a1",), ("a2",), ("a3",)]
    assert not page.commands.divide.isEnabled()
    page.commands.join_all.trigger()
    assert [sheet.activities for sheet in target(window).cost_sheets] == [("a1", "a2", "a3")]
    assert window.session.context.ledger.grand_total == before


def test_what_cannot_be_done_is_said_at_the_foot(window, page, costs):
    put(costs, 0, "name")
    page.commands.join.trigger()
    assert window.ui.status.currentMessage().startswith("! ")
    assert window.session.store.undo_label == ""


def test_moving_an_activity_tells_when_its_cost_stays(window, page, costs):
    before = window.session.context.ledger.grand_total
    put(costs, 2, "name")
    page.commands.choose_holder("activity").accept()
    assert [activity.name for activity in target(window, "t2").activities] == ["Ölçüm", "Bakım"]
    assert [sheet.activities for sheet in target(window).cost_sheets] == [("a1",), ("a2",)]
    assert "ortak" in window.ui.status.currentMessage()
    assert window.session.context.ledger.grand_total == before


def test_a_sub_programme_has_texts_units_and_objectives(qtbot, store):
    session = Session(store)
    page = TargetPage(session)
    session.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.show_entry(Entry("sub_programme", "sp1", ""), "")
    page.show()
    ui = page.ui
    assert (ui.target_form.isHidden(), ui.sub_form.isHidden()) == (True, False)
    assert page.frame.heading.text() == "56.1  Yol"
    write(ui.sub_units, "Park; FİM")
    write(ui.sub_description, "Yollar")
    put(ui.objectives.grid, 0, "objectives")
    type_in(ui.objectives.grid, "2.1\n")
    put(ui.objectives.grid, 1, "title")
    type_in(ui.objectives.grid, "Sessiz yol\n")
    (sub,) = session.context.programme.sub_programmes
    assert (sub.units, sub.description) == (("u2", "u1"), "Yollar")
    assert [(o.title, o.objectives) for o in sub.objectives] == [("Güvenli yol", ("o3",)), ("Sessiz yol", ())]
    put(ui.objectives.grid, 1, "objectives")
    type_in(ui.objectives.grid, "9.9\n")
    assert "9.9" in ui.objectives.problem.text()
    put(ui.indicators.grid, 0, "name")
    page.show_indicator_card.setChecked(True)
    choose(ui.indicator_card.ui.sub_objective, "2. Sessiz yol")
    (sub,) = session.context.programme.sub_programmes
    assert sub.indicators[0].sub_programme_objective == sub.objectives[1].id


# --- the official form ----------------------------------------------------------------------------------------------


def test_f4_turns_to_the_official_form_and_back_at_the_same_cell(window, qtbot, page, costs):
    put(costs, 0, "03")
    qtbot.keyClick(costs, Qt.Key.Key_F4)
    form = page.ui.cost_form.grid
    assert page.ui.costs.isHidden()
    assert window.focusWidget() is form
    assert texts(form.grid(), form.currentIndex().row())["code"] == "03"
    type_in(form, "1.000,50\n")
    assert target(window).cost_sheets[0].lines[1].amount == Decimal("1000.50")
    assert texts(form.grid(), form.grid().row_of("grand_total"))["amount"] == "2.401.000,50"
    # Enter went on to 04, which has no column: back at the activity's name
    assert texts(form.grid(), form.currentIndex().row())["code"] == "04"
    qtbot.keyClick(form, Qt.Key.Key_F4)
    assert page.ui.cost_form.isHidden()
    assert window.focusWidget() is costs
    assert costs.grid().columns[costs.currentIndex().column()].key == "name"


def test_the_form_shows_every_row_of_table_2(page, costs):
    put(costs, 0, "01")
    page.show_cost_form.setChecked(True)
    model = page.official_form.model
    codes = [texts(model, row)["code"] for row in range(9)]
    assert codes == [f"{n:02}" for n in range(1, 10)]
    keys = [row.key for row in model.rows if isinstance(row.key, str)]
    assert keys == ["budget_total", "off_budget_total", "grand_total", "transfers", "transfers_total"]
    assert not model.flags(model.index(model.row_of("grand_total"), 2)) & Qt.ItemFlag.ItemIsEditable
    assert texts(model, model.row_of("transfers_total"))["amount"] == "500"


def test_lines_of_one_code_are_typed_one_by_one(window, page, costs):
    store, sheet = window.session.store, target(window).cost_sheets[0]
    with store.step("x"):
        store.insert("cost_line", cost_sheet=sheet.row, position=9, code="03", amount=Decimal(7))
    put(costs, 0, "03")
    page.show_cost_form.setChecked(True)
    form = page.ui.cost_form.grid
    rows = [row for row in range(form.grid().rowCount()) if texts(form.grid(), row)["code"] == "03"]
    assert [texts(form.grid(), row)["amount"] for row in rows] == ["3.150.000", "7"]
    put(form, rows[1], "amount")
    type_in(form, "8\n")
    assert [line.amount for line in target(window).cost_sheets[0].lines] == [2_400_000, 3_150_000, 8]
    assert texts(costs.grid(), 0)["03"] == "3.150.008"


def test_the_next_sheet(page, costs):
    put(costs, 0, "01")
    page.show_cost_form.setChecked(True)
    page.official_form.go_on(1)
    assert "Sulama hattı" in page.official_form.facts.text()
    assert "Bakım" in page.official_form.facts.text()
    assert texts(page.official_form.model, 5)["amount"] == "4.500.000"
    page.official_form.go_on(-1)
    assert "Fidan dikimi" in page.official_form.facts.text()


def test_an_activity_without_a_sheet_gets_one_from_the_form(window, page):
    window.go_to(("target", "t2"))
    page.show_cost_form.setChecked(True)
    form = page.ui.cost_form.grid
    put(form, 0, "amount")
    type_in(form, "12\n")
    (sheet,) = target(window, "t2").cost_sheets
    assert [(line.code, line.amount) for line in sheet.lines] == [("01", Decimal(12))]


def test_what_the_width_leaves_out_of_sight_is_said_beside_the_heading(window, qtbot, page, costs):
    put(costs, 0, "name")
    assert page.ui.costs.note.text() == "TL"
    page.all_codes.setChecked(True)
    window.resize(900, 700)
    qtbot.waitUntil(lambda: "10.050.000,00" in page.ui.costs.note.text())
    put(costs, 1, "foreign")
    assert "Sulama hattı" in page.ui.costs.note.text()
    # the cell in hand is in sight
    cell = costs.visualRect(costs.currentIndex())
    assert 0 <= cell.left() < cell.right() <= costs.viewport().width()


def test_nothing_can_be_changed_in_a_file_for_reading(qtbot, reading):
    page = TargetPage(reading)
    qtbot.addWidget(page)
    page.show_entry(Entry("target", "t1", ""), "")
    for action in (page.commands.delete_target, page.commands.join, page.commands.new_target):
        assert not action.isEnabled()
    assert page.commands.choose_holder("activity") is None
    assert page.ui.code.isReadOnly()


def test_a_deferred_target_says_what_is_printed_and_where_its_reason_goes(window):
    page = window.pages.page
    row = window.session.target("t1").row
    assert page.frame.note.text() == ""
    records.set_field(window.session.store, "target", row, "deferred", True)
    sentence = window.session.context.labels["deferred"]
    assert f"“{sentence}”" in page.frame.note.text()
    with_reason = page.frame.note.text()
    records.set_field(window.session.store, "target", row, "description", "")
    assert f"“{sentence}”" in page.frame.note.text()
    assert page.frame.note.text() != with_reason
    window.go_to(("target", "t2"))
    assert page.frame.note.text() == ""
