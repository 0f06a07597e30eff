"""What the checks found, marked in the form: beside the row, in the cell, beside a field; and what was refused."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent, QImage, QPalette
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QApplication, QToolTip
from tests.gui.hands import press, put, type_in

from perfdesk import i18n
from perfdesk.checks.finding import Severity
from perfdesk.domain.errors import UserError
from perfdesk.gui import badge, colours
from perfdesk.gui.fields.finding_sign import FindingSign
from perfdesk.gui.main_window import MainWindow
from perfdesk.gui.marks import Mark, RowMark
from perfdesk.gui.pages.resource_table_page import ResourceTablePage, entry_of
from perfdesk.gui.refused import REFUSED_SIGN, Wrong
from perfdesk.services.book import resource_tables
from perfdesk.services.control import accepting
from perfdesk.services.places import COVER, UNITS

T1 = ("target", "t1")


@pytest.fixture
def checked(window, qtbot):
    """The window once the findings have come."""
    qtbot.waitUntil(lambda: window.session.is_audited and not window.session._auditing._pause.isActive())
    return window


@pytest.fixture
def grid(checked):
    return checked.pages.page.ui.indicators.grid


def cell(grid, row, column):
    """What the checks found in a cell."""
    model = grid.grid()
    return model.cell(model.index(row, model.column_of(column))).mark


def said(grid, row, column, role):
    model = grid.grid()
    return model.index(row, model.column_of(column)).data(role)


def beside(grid, row, role=Qt.ItemDataRole.DisplayRole):
    """What stands beside a row."""
    return grid.grid().headerData(row, Qt.Orientation.Vertical, role)


def retype(grid, row, column, text):
    """Type over a cell and press Enter; without a text take back what was typed."""
    put(grid, row, column)
    type_in(grid, text or "x")
    for _letter in range(not text):
        press(grid.cells.editor, Qt.Key.Key_Backspace)
    type_in(grid, "\n")


def sentence(session, rule, table=""):
    """The sentence of a finding, with its severity."""
    found = next(
        item for item in session.audited().open if item.rule.id == rule and (not table or item.place.table == table)
    )
    return found.finding.sentence()


def has(grid, row, column, colour):
    """Whether a cell as painted has dots of a colour."""
    model = grid.grid()
    rect = grid.visualRect(model.index(row, model.column_of(column)))
    return _has(grid.viewport().grab(rect).toImage(), colour)


def _has(image: QImage, colour: QColor) -> bool:
    wanted = colour.rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def tooltip(widget, at, qtbot):
    """The tooltip where the mouse rests."""
    QToolTip.hideText()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
    qtbot.waitUntil(lambda: bool(QToolTip.text()))
    return QToolTip.text()


# --- rows and cells ---------------------------------------------------------------------------------------------------


def test_a_finding_is_marked_in_its_cell_and_beside_its_row_and_goes_when_mended(checked, grid, qtbot):
    assert cell(grid, 1, "unit") is None
    QAbstractItemModelTester(grid.grid(), QAbstractItemModelTester.FailureReportingMode.Fatal, grid)
    retype(grid, 1, "unit", "")
    mark = cell(grid, 1, "unit")
    assert (mark.severity, mark.letter) == (Severity.ERROR, "H")
    expected = f"hata: {sentence(checked.session, 'OLC-02')}"
    assert mark.said == (expected,)
    assert cell(grid, 2, "unit") is None
    # the row tells all that was found in it, its tooltip and what is read out too
    assert beside(grid, 1) == "H"
    assert expected in beside(grid, 1, Qt.ItemDataRole.ToolTipRole).split("\n")
    assert beside(grid, 1, Qt.ItemDataRole.AccessibleTextRole) == beside(grid, 1, Qt.ItemDataRole.ToolTipRole)
    assert said(grid, 1, "unit", Qt.ItemDataRole.AccessibleDescriptionRole) == expected
    model = grid.grid()
    at = grid.visualRect(model.index(1, model.column_of("unit"))).center()
    assert tooltip(grid.viewport(), at, qtbot) == expected
    strip = grid.verticalHeader()
    place = QPoint(strip.width() // 2, strip.sectionViewportPosition(1) + strip.sectionSize(1) // 2)
    assert expected in tooltip(strip.viewport(), place, qtbot)
    retype(grid, 1, "unit", "adet")
    assert cell(grid, 1, "unit") is None
    assert expected not in (beside(grid, 1, Qt.ItemDataRole.ToolTipRole) or "")
    checked.undo()
    assert cell(grid, 1, "unit") == mark


def test_what_is_read_out_of_a_cell_says_what_was_found(checked, grid):
    retype(grid, 1, "unit", "")
    model = grid.grid()
    table = QAccessible.queryAccessibleInterface(grid)
    # with the heads of columns, and those of rows
    at = (1 + 1) * (model.columnCount() + 1) + model.column_of("unit") + 1
    expected = f"hata: {sentence(checked.session, 'OLC-02')}"
    assert table.child(at).text(QAccessible.Text.Description) == expected
    row = table.child((1 + 1) * (model.columnCount() + 1))
    assert expected in row.text(QAccessible.Text.Name).split("\n")


def test_a_finding_of_a_column_that_is_not_in_sight_is_marked_beside_the_row_and_in_the_card(checked, grid):
    page, session = checked.pages.page, checked.session
    assert page.indicators.column_of("source") < 0
    expected = f"uyarı: {sentence(session, 'TNM-03')}"
    assert expected in beside(grid, 0, Qt.ItemDataRole.ToolTipRole).split("\n")
    put(grid, 0, "name")
    page.show_indicator_card.setChecked(True)
    card = page.ui.indicator_card
    sign = card._bindings[0].signs["source"]
    assert sign.isVisible()
    assert sign.toolTip() == card.ui.source.accessibleDescription() == expected
    # of the next indicator it says what was found there; mended there is nothing to say
    put(grid, 1, "name")
    assert sign.toolTip() != expected
    card.ui.source.setFocus()
    card.ui.source.setPlainText("Park ve Bahçeler Müdürlüğü kayıtları")
    press(card.ui.source, Qt.Key.Key_Tab)
    card.commit()
    assert session.target("t1").indicators[1].source
    assert not sign.isVisible()
    assert card.ui.source.accessibleDescription() == ""
    put(grid, 0, "name")
    assert sign.toolTip() == expected


def test_an_accepted_finding_has_no_mark(checked, grid):
    session = checked.session
    retype(grid, 1, "unit", "")
    item = next(item for item in session.audited().open if item.rule.id == "OLC-02")
    assert cell(grid, 1, "unit") is not None
    accepting.accept(session.store, session.context.programme, item.finding, "Böyle kalacak.", date(2026, 11, 20))
    assert cell(grid, 1, "unit") is None
    assert item.finding.sentence() not in (beside(grid, 1, Qt.ItemDataRole.ToolTipRole) or "")


def test_what_was_refused_comes_before_what_was_found(checked, grid):
    # its target is a text, which no result can be held against
    key, mark = "target", cell(grid, 0, "target")
    letter = beside(grid, 0)
    assert (mark.letter, letter) == ("H", "H")
    retype(grid, 0, key, "12.34")
    model = grid.grid()
    index = model.index(0, model.column_of(key))
    wrong = model.wrong(index)
    assert wrong is not None
    assert index.data(Qt.ItemDataRole.ToolTipRole) == wrong.told()
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == wrong.told()
    assert beside(grid, 0) == REFUSED_SIGN
    assert wrong.told() in beside(grid, 0, Qt.ItemDataRole.ToolTipRole)
    assert mark.said[0] not in beside(grid, 0, Qt.ItemDataRole.ToolTipRole)
    # given up, what was found is there again
    put(grid, 0, key)
    press(grid, Qt.Key.Key_Escape)
    assert cell(grid, 0, key) == mark
    assert index.data(Qt.ItemDataRole.ToolTipRole) == mark.told
    assert beside(grid, 0) == letter


def test_a_cost_grid_marks_who_does_not_answer_and_what_costs_nothing(checked):
    page = checked.pages.page
    costs = page.ui.costs.grid
    retype(costs, 0, "units", "")
    assert sentence(checked.session, "MAL-10", "activity") in cell(costs, 0, "units").told
    assert beside(costs, 0) == cell(costs, 0, "units").letter
    retype(costs, 0, "units", "Park ve Bahçeler Müdürlüğü")
    assert cell(costs, 0, "units") is None
    # totals are nothing of the file
    assert costs.grid().rows[-1].mark is None
    checked.go_to(("target", "t2"))
    assert sentence(checked.session, "MAL-06") in cell(costs, 0, "01").told


def test_a_resource_table_marks_a_total_that_is_wrong(checked):
    session = checked.session
    row = resource_tables.add_table(session.store, session.context.programme.row, "physical_resources")
    with session.store.step("x"):
        session.store.update("resource_table", row, header=(("Cinsi", "Resmî", "Kiralık"),), caption="Taşıtlar")
    rows = [["Kamyon", "3", "1"], ["Binek", "2", "4"], ["Toplam", "5", "7"]]
    resource_tables.set_cells(session.store, row, {}, rows)
    checked.go_to(entry_of(row))
    page = checked.pages.page
    assert isinstance(page, ResourceTablePage)
    view = page.ui.rows.grid
    assert sentence(session, "KYN-01") in cell(view, 2, "c2").told
    assert [cell(view, 2, key) for key in ("c0", "c1")] == [None, None]
    assert (beside(view, 1), beside(view, 2)) == (None, cell(view, 2, "c2").letter)
    # where F8 leads is where the mark is
    place = next(item.place for item in session.audited().open if item.rule.id == "KYN-01")
    checked.go_to_place(place)
    assert view.grid().columns[view.currentIndex().column()].key == "c2"
    assert cell(view, view.currentIndex().row(), "c2") is not None
    retype(view, 2, "c2", "5")
    assert cell(view, 2, "c2") is None
    assert beside(view, 2) is None


def test_the_list_of_units_marks_rows(checked):
    checked.go_to(UNITS)
    view = checked.pages.page.ui.units.grid
    assert [beside(view, row) for row in range(4)] == [None, None, "U", "U"]


def test_a_goal_marks_what_was_found_in_its_objectives_and_targets(checked):
    session = checked.session
    goal = session.municipality.plans[0].goals[0]
    with session.store.step("test"):
        session.store.update("objective", goal.objectives[0].row, title="Yeşil alanı  artırmak , korumak")
    checked.go_to(("goal", goal.id))
    page = checked.pages.page
    items = [item for item in session.audited().open if item.place and item.place.table in ("objective", "target")]
    told = {item.finding.sentence() for item in items}
    shown = [view.grid() for view in (page.ui.objectives.grid, page.ui.targets.grid)]
    marks = [row.mark for model in shown for row in model.rows if row.mark is not None]
    assert {one.partition(": ")[2] for mark in marks for one in mark.said} == told
    assert beside(page.ui.targets.grid, 1) == "H"


@pytest.mark.parametrize(("language", "letter", "word"), [("tr", "H", "hata"), ("en", "E", "error")])
def test_letter_and_sentence_are_in_the_language_of_the_window(checked, language, letter, word):
    i18n.set_language(language)
    try:
        checked.pages.set_session(checked.session)
        checked._show_entry()
        grid = checked.pages.page.ui.indicators.grid
        retype(grid, 1, "unit", "")
        mark = cell(grid, 1, "unit")
        assert mark.letter == letter
        assert mark.told == f"{word}: {sentence(checked.session, 'OLC-02')}"
    finally:
        i18n.set_language("tr")


# --- what is told, and when -------------------------------------------------------------------------------------------


def test_a_file_is_shown_without_marks_until_the_findings_have_come(file, qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.open_path(file)
    assert not window.session.is_audited
    grid = window.pages.page.ui.indicators.grid
    assert not any(row.mark for row in grid.grid().rows)
    qtbot.waitUntil(lambda: window.session.is_audited)
    assert any(row.mark for row in grid.grid().rows)


def test_only_what_is_marked_otherwise_is_painted_again(checked, grid):
    model = grid.grid()
    told, signs = QSignalSpy(model.dataChanged), QSignalSpy(model.headerDataChanged)
    retype(grid, 1, "unit", "")
    unit = model.column_of("unit")
    places = [(told.at(n)[0], told.at(n)[1]) for n in range(told.count())]
    assert [(first.row(), first.column(), last.row(), last.column()) for first, last in places] == [(1, unit, 1, unit)]
    # the same finding once more changes nothing
    before = (told.count(), signs.count())
    checked.pages.follow_findings()
    assert (told.count(), signs.count()) == before


def test_an_open_editor_keeps_its_text_and_its_room_when_findings_come(checked, grid):
    model = grid.grid()
    put(grid, 0, "name")
    press(grid, Qt.Key.Key_F2)
    editor = grid.cells.editor
    editor.setPlainText("Bir\nİki\nÜç\nDört")
    height = grid.rowHeight(0)
    assert height > grid.rowHeight(1)
    mark = Mark(Severity.INFO, "B", ("bilgi: x",))
    model.marks = {model.rows[2].key: RowMark(mark, {})}
    model.show_marks()
    assert model.rows[2].mark == mark
    assert grid.cells.editor is editor
    assert editor.toPlainText() == "Bir\nİki\nÜç\nDört"
    assert grid.rowHeight(0) == height
    grid.drop_editor()


# --- fields -----------------------------------------------------------------------------------------------------------


def test_a_field_has_its_sign_beside_it_and_says_what_was_found(checked):
    checked.go_to(COVER)
    page, session = checked.pages.page, checked.session
    field, sign = page.ui.short_name, page._bindings[0].signs["short_name"]
    assert not sign.isVisible()
    field.setFocus()
    field.setPlainText("GÜNEYÇAM")
    press(field, Qt.Key.Key_Return)
    expected = f"uyarı: {sentence(session, 'YAZ-01')}"
    assert sign.isVisible()
    assert sign.mark.letter == "U"
    assert sign.toolTip() == field.accessibleDescription() == expected
    assert sign.mapTo(page, QPoint()).x() >= field.mapTo(page, QPoint()).x() + field.width()
    field.setPlainText("Güneyçam")
    field.commit()
    assert not sign.isVisible()
    assert field.accessibleDescription() == ""


def test_what_was_refused_in_a_field_comes_before_what_was_found(checked, grid):
    page = checked.pages.page
    put(grid, 0, "name")
    page.show_indicator_card.setChecked(True)
    card = page.ui.indicator_card
    sign, binding = card._bindings[0].signs["source"], card._bindings[0]
    assert sign.isVisible()
    told = card.ui.source.accessibleDescription()
    wrong = Wrong("x", UserError("The disk is full."))
    binding._tell("source", wrong)
    assert not sign.isVisible()
    assert card.ui.source.accessibleDescription() == f"{REFUSED_SIGN} {wrong.error.sentence()}"
    binding._tell("source", None)
    assert sign.isVisible()
    assert card.ui.source.accessibleDescription() == told


def test_what_no_field_shows_is_said_at_the_heading(checked):
    page = checked.pages.page
    assert not page.sign.isVisible()
    checked.go_to(("target", "t2"))
    expected = f"hata: {sentence(checked.session, 'ILG-02')}"
    assert page.sign.isVisible()
    assert page.sign.toolTip() == page.accessibleDescription() == expected
    # its first indicator
    grid = page.ui.indicators.grid
    retype(grid, 0, "name", "Ölçülen ağaç sayısı")
    assert len(checked.session.target("t2").indicators) == 1
    # now it is only good to know that all of them count what was done
    assert page.sign.mark.letter == "B"
    assert page.sign.toolTip() == page.accessibleDescription() != expected
    checked.go_to(T1)
    assert page.sign.toolTip() == page.accessibleDescription() == ""
    assert not page.sign.isVisible()


def test_a_text_has_the_sign_of_what_was_found_in_its_part(checked):
    checked.go_to(("part", "foreword"))
    page = checked.pages.page
    area, sign = page.section_ui.text.ui.area, page.text_sign
    expected = f"hata: {sentence(checked.session, 'MVC-01')}"
    assert sign.isVisible()
    assert sign.toolTip() == area.accessibleDescription() == expected
    area.setFocus()
    for letter in "Değerli hemşehrilerimiz":
        press(area, Qt.Key.Key_unknown, letter)
    page.commit()
    assert not sign.isVisible()
    assert area.accessibleDescription() == ""


# --- looks ------------------------------------------------------------------------------------------------------------


def test_a_marked_cell_has_a_letter_on_a_ground_of_its_colour(checked, grid):
    retype(grid, 1, "unit", "")
    put(grid, 2, "name")
    palette = grid.palette()
    ground = badge.tones(badge.colour(Severity.ERROR, palette), palette).ground
    assert has(grid, 1, "unit", ground)
    assert not has(grid, 2, "unit", ground)
    assert _has(grid.verticalHeader().grab().toImage(), ground)


def test_a_long_text_has_its_room_beside_the_sign(checked, grid):
    """A text that just filled its lines gets another one where the sign takes room."""
    model, session = grid.grid(), checked.session
    name = "Kent içi yollarda dikilen ağaçların yaşama oranının ölçüldüğü mahallelerin sayısı " * 3
    with session.store.step("test"):
        session.store.update("indicator", session.target("t1").indicators[1].row, name=name.strip())
    column = model.column_of("name")
    plain = grid._measured[model.rows[1].key].widths[column]
    mark = Mark(Severity.WARNING, "U", ("uyarı: x",))
    model.marks = {**model.marks, model.rows[1].key: RowMark(mark, {"name": mark})}
    model.show_marks()
    assert grid._measured[model.rows[1].key].widths[column] > plain


@pytest.mark.parametrize(("window_colour", "dark"), [("#fafafa", False), ("#202020", True)])
def test_colours_of_severities_can_be_told_on_light_and_dark(window_colour, dark, qapp):
    palette = QPalette(QColor(window_colour))
    assert colours.is_dark(palette) is dark
    inks = {severity: badge.colour(severity, palette) for severity in Severity}
    assert len({ink.name() for ink in inks.values()}) == 3
    assert badge.colour(None, palette) == inks[Severity.ERROR] == colours.wrong(palette)
    for ink in inks.values():
        assert _contrast(*badge.tones(ink, palette)) >= 3.5, ink.name()


@pytest.mark.parametrize("window_colour", ["#fafafa", "#202020"])
def test_a_sign_is_painted_in_the_colours_of_the_window(window_colour, qapp, qtbot):
    before = qapp.palette()
    palette = QPalette(QColor(window_colour))
    qapp.setPalette(palette)
    try:
        sign = FindingSign()
        qtbot.addWidget(sign)
        assert sign.show_mark(Mark(Severity.WARNING, "U", ("uyarı: x",)))
        assert not sign.show_mark(Mark(Severity.WARNING, "U", ("uyarı: x",)))
        assert _has(sign.grab().toImage(), badge.tones(colours.doubtful(palette), palette).ground)
    finally:
        qapp.setPalette(before)


def _contrast(one: QColor, other: QColor) -> float:
    def luminance(colour: QColor) -> float:
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_what_is_found_of_activities_is_told_at_the_heading_while_their_grid_is_hidden(checked, qtbot):
    checked.go_to(("target", "t2"))
    page = checked.pages.page
    costs = page.ui.costs.grid
    at = next(row for row in range(costs.grid().rowCount()) if beside(costs, row))
    sentence = beside(costs, at, Qt.ItemDataRole.ToolTipRole)
    told = page.sign.mark.told if page.sign.mark else ""
    assert sentence not in told
    put(costs, at, "name")
    qtbot.keyClick(costs, Qt.Key.Key_F4)
    assert sentence in page.sign.mark.told
    assert sentence in page.accessibleDescription()
    page.show_cost_form.setChecked(False)
    assert (page.sign.mark.told if page.sign.mark else "") == told
    assert beside(costs, at, Qt.ItemDataRole.ToolTipRole) == sentence
