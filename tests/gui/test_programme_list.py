"""The programme list and the sub-programmes of a year, as hands fill them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.gui.conftest import MUNICIPALITY
from tests.gui.hands import press, put, texts, type_in

from perfdesk.domain.plan import ProgrammeEntry, SubProgrammeEntry
from perfdesk.domain.programme import SubProgramme, SubProgrammeObjective
from perfdesk.gui.dialogs.import_list import ImportList
from perfdesk.gui.main_window import MainWindow
from perfdesk.gui.models.holder_model import takes_codes
from perfdesk.gui.pages.programme_list_page import ProgrammeListPage
from perfdesk.services.places import COVER, LAYOUT, PROGRAMME_LIST, TARGETS
from perfdesk.storage import files
from perfdesk.tables import performance_target
from perfdesk.tables.context import context

CTRL = Qt.KeyboardModifier.ControlModifier
LIST = (
    ProgrammeEntry(
        "p71",
        "71",
        "Planlı Kentleşme",
        sub_programmes=(
            SubProgrammeEntry("sp1", "71.1", "İmar Planlama"),
            SubProgrammeEntry("sp2", "71.2", "Yapı Denetimi"),
        ),
    ),
    ProgrammeEntry(
        "p75", "75", "Yeşil Alanlar", sub_programmes=(SubProgrammeEntry("sp3", "75.1", "Park ve Bahçeler"),)
    ),
)
HEADS = "Program Kodu;Program Adı;Alt Program Kodu;Alt Program Adı;Ortak\n"


def municipality(listed=LIST, used=()):
    former, now = MUNICIPALITY.programmes
    now = replace(now, form="programme_budget", layout="programme_budget", sub_programmes=used)
    return replace(MUNICIPALITY, programme_list=listed, programmes=(former, now))


@pytest.fixture
def open_file(qtbot, tmp_path):
    """Open a window on a municipality."""
    windows = []

    def open_one(content):
        path = tmp_path / f"Program{len(windows)}.perfdesk"
        files.create(path, content)
        window = MainWindow()
        qtbot.addWidget(window)
        window.resize(1366, 740)
        window.show()
        window.open_path(path)
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        windows.append(window)
        return window

    yield open_one
    for window in windows:
        window.close()


@pytest.fixture
def window(open_file):
    return open_file(municipality())


@pytest.fixture
def page(window):
    window.go_to(PROGRAMME_LIST)
    page = window.pages.page
    assert isinstance(page, ProgrammeListPage)
    return page


def listed(page):
    return [
        (one.code, one.name, [(sub.code, sub.name) for sub in one.sub_programmes])
        for one in page.session.municipality.programme_list
    ]


def used(window):
    return [use.sub_programme for use in window.session.context.programme.sub_programmes]


# --- the list ---------------------------------------------------------------------------------------------------------


def test_programmes_and_sub_programmes_are_typed(page, qtbot):
    programmes, subs = page.ui.programmes.grid, page.ui.sub_programmes.grid
    put(programmes, 2, "code")
    type_in(programmes, "98\t")
    qtbot.waitUntil(lambda: len(listed(page)) == 3)
    type_in(programmes, "Yönetim ve Destek\n")
    qtbot.waitUntil(lambda: listed(page)[2][:2] == ("98", "Yönetim ve Destek"))
    put(programmes, 2, "name")
    assert "Yönetim ve Destek" in page.ui.sub_programmes.heading.text()
    put(subs, 0, "code")
    type_in(subs, "98.1\t")
    qtbot.waitUntil(lambda: listed(page)[2][2] == [("98.1", "")])
    type_in(subs, "Destek Hizmetleri\n")
    qtbot.waitUntil(lambda: listed(page)[2][2] == [("98.1", "Destek Hizmetleri")])
    # the other programmes have theirs
    put(programmes, 0, "name")
    assert texts(page.sub_programmes, 0)["code"] == "71.1"


def test_a_code_that_another_one_has_is_refused_in_its_cell(page, qtbot):
    subs = page.ui.sub_programmes.grid
    put(subs, 1, "code")
    type_in(subs, "75.1\n")
    qtbot.waitUntil(lambda: bool(page.ui.sub_programmes.problem.text()))
    assert "Park ve Bahçeler" in page.ui.sub_programmes.problem.text()
    assert listed(page)[0][2][1] == ("71.2", "Yapı Denetimi")


def test_rows_are_moved_and_numbered_by_their_place(page, window):
    subs = page.ui.sub_programmes.grid
    put(subs, 1, "name")
    window.ui.row_up.trigger()
    assert [code for code, _name in listed(page)[0][2]] == ["71.2", "71.1"]
    page.renumber.trigger()
    assert listed(page)[0][2] == [("71.1", "Yapı Denetimi"), ("71.2", "İmar Planlama")]
    window.ui.undo.trigger()
    assert [code for code, _name in listed(page)[0][2]] == ["71.2", "71.1"]


def test_a_programme_without_a_code_cannot_number(page, window, qtbot):
    programmes = page.ui.programmes.grid
    put(programmes, 0, "code")
    window.ui.clear.trigger()
    qtbot.waitUntil(lambda: listed(page)[0][0] == "")
    said = []
    page.problem_said.connect(said.append)
    page.renumber.trigger()
    assert said[-1].startswith("!")
    assert listed(page)[0][2][0] == ("71.1", "İmar Planlama")


def test_what_a_year_uses_is_not_deleted(open_file, qtbot):
    window = open_file(municipality(used=(SubProgramme("sp1"),)))
    window.go_to(PROGRAMME_LIST)
    page = window.pages.page
    subs = page.ui.sub_programmes.grid
    assert [texts(page.sub_programmes, row)["used"] for row in range(2)] == ["2027", ""]
    put(subs, 0, "name")
    window.ui.delete_row.trigger()
    qtbot.waitUntil(lambda: "İmar Planlama" in page.ui.sub_programmes.problem.text())
    assert len(listed(page)[0][2]) == 2
    put(subs, 1, "name")
    window.ui.delete_row.trigger()
    qtbot.waitUntil(lambda: len(listed(page)[0][2]) == 1)
    # nor is what holds it
    put(page.ui.programmes.grid, 0, "name")
    window.ui.delete_row.trigger()
    assert len(listed(page)) == 2
    assert "İmar Planlama" in page.ui.programmes.problem.text()


def test_a_block_is_pasted_into_the_list(page, qtbot):
    subs = page.ui.sub_programmes.grid
    put(subs, 2, "code")
    QApplication.clipboard().setText("71.3\tRuhsat\n71.4\tNumarataj")
    subs.paste()
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        dialog.accept()
    qtbot.waitUntil(lambda: len(listed(page)[0][2]) == 4)
    assert listed(page)[0][2][2:] == [("71.3", "Ruhsat"), ("71.4", "Numarataj")]


def test_undo_goes_to_the_sub_programme_with_its_programme_in_hand(page, window, qtbot):
    put(page.ui.programmes.grid, 1, "name")
    put(page.ui.sub_programmes.grid, 0, "name")
    type_in(page.ui.sub_programmes.grid, "Bahçeler\n")
    qtbot.waitUntil(lambda: listed(page)[1][2] == [("75.1", "Bahçeler")])
    put(page.ui.programmes.grid, 0, "name")
    window.go_to(COVER)
    window.ui.undo.trigger()
    assert window.here == PROGRAMME_LIST
    assert "Yeşil Alanlar" in page.ui.sub_programmes.heading.text()
    assert page.ui.sub_programmes.grid.currentIndex().data() == "Park ve Bahçeler"


def test_the_list_stands_in_the_outline_only_where_it_is_needed(window, open_file):
    assert window.navigation.model.find(PROGRAMME_LIST).isValid()
    classic = open_file(MUNICIPALITY)
    assert not classic.navigation.model.find(PROGRAMME_LIST).isValid()


def test_the_list_is_found_by_searching(window, qtbot):
    box = window.toolbar.search
    box.begin()
    for letter in "yapı denet":
        press(box, Qt.Key.Key_unknown, letter)
    box._indexer.finish(window.session)
    press(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.here == PROGRAMME_LIST)
    assert window.pages.page.ui.sub_programmes.grid.currentIndex().data() == "Yapı Denetimi"


# --- from a file ------------------------------------------------------------------------------------------------------


def sheet(folder, rows):
    path = folder / "liste.csv"
    path.write_text(HEADS + rows, encoding="utf-8")
    return path


def test_a_sheet_is_shown_and_taken_over_in_one_step(page, window, tmp_path):
    before = listed(page)
    page.chooser = lambda _parent: sheet(
        tmp_path, "71;Planlı Kentleşme;71.1;İmar;\n72;Afet Yönetimi;72.1;Yangın;Evet\n"
    )
    dialog = page.choose()
    lines = [[dialog._lines.index(row, column).data() for column in range(4)] for row in range(4)]
    assert [line[0] for line in lines] == ["71", "71.1", "72", "72.1"]
    assert lines[0][3] != lines[1][3] != lines[2][3]
    assert "71.1 İmar Planlama" in lines[1][3]
    assert lines[2][2] == "Evet"
    assert "Yapı Denetimi" in dialog.ui.told.text()
    assert listed(page) == before
    said = []
    page.problem_said.connect(said.append)
    press(dialog.ok, Qt.Key.Key_Space, " ")
    assert [name for _code, name, _subs in listed(page)] == ["Planlı Kentleşme", "Afet Yönetimi", "Yeşil Alanlar"]
    assert listed(page)[0][2] == [("71.1", "İmar"), ("71.2", "Yapı Denetimi")]
    assert "3" in said[-1] or "2" in said[-1]
    window.ui.undo.trigger()
    assert listed(page) == before


@pytest.mark.parametrize(
    ("rows", "said", "steps"),
    [
        ("73;Kültür;;;\n71;Planlı Kentleşme;71.1;İmar Planlama;\n", "1 yeni", 1),
        ("71;Planlı Kentleşme;71.1;İmar Planlama;\n", "değişiklik yapılmadı", 0),
        (
            "75;Yeşil Alanlar;75.1;Park ve Bahçeler;\n71;Planlı Kentleşme;71.1;İmar Planlama;\n",
            "değişiklik yapılmadı",
            0,
        ),
    ],
)
def test_what_is_in_the_list_already_is_said(page, window, tmp_path, rows, said, steps):
    page.chooser = lambda _parent: sheet(tmp_path, rows)
    told = []
    page.problem_said.connect(told.append)
    before = window.session.steps.last
    press(page.choose().ok, Qt.Key.Key_Space, " ")
    assert said in told[-1]
    assert ("Ctrl+Z" in told[-1]) == bool(steps)
    assert window.session.steps.last - before == steps


def test_a_sheet_that_contradicts_itself_says_where_and_another_one_can_be_chosen(page, tmp_path):
    page.chooser = lambda _parent: sheet(tmp_path, "71;Kent;71.1;İmar;\n71;Kent;71.2;Yapı;belki\n")
    dialog = page.choose()
    assert not dialog.ok.isEnabled()
    assert "3. satır" in dialog.ui.problem.text()
    assert "E sütunu" in dialog.ui.problem.text()
    assert "belki" in dialog.ui.problem.text()
    dialog._chooser = lambda _parent: sheet(tmp_path, "71;Kent;71.9;İmar;\n")
    dialog.other.click()
    assert dialog.ok.isEnabled()
    assert dialog.ui.problem.isHidden()
    dialog.reject()


def test_nothing_is_chosen(page):
    page.chooser = lambda _parent: None
    assert page.choose() is None
    assert not page.findChildren(ImportList)


# --- the year's sub-programmes ----------------------------------------------------------------------------------------


@pytest.fixture
def year(window):
    window.go_to(TARGETS)
    return window.pages.page.used


def test_sub_programmes_are_taken_into_the_year_and_out_of_it(window, year, qtbot):
    grid = year.section.grid
    put(grid, 2, "used")
    type_in(grid, "e\n")
    qtbot.waitUntil(lambda: used(window) == ["sp3"])
    # giving one a unit takes it in, too
    put(grid, 0, "units")
    type_in(grid, "Park ve Bahçeler Müdürlüğü\n")
    qtbot.waitUntil(lambda: used(window) == ["sp3", "sp1"])
    # both are one step, and what it changed stands here, there and back
    for play, then in ((window.ui.undo, ["sp3"]), (window.ui.redo, ["sp3", "sp1"])):
        put(grid, 1, "objectives")
        window.go_to(COVER)
        play.trigger()
        assert used(window) == then
        assert window.here == TARGETS
        index = grid.currentIndex()
        assert (index.siblingAtColumn(0).data(), index.column()) == ("71.1 İmar Planlama", 1)
    assert window.session.context.programme.sub_programmes[1].units == ("u2",)
    window.go_to(TARGETS)
    # in the outline they stand in the order of the list
    assert [key[1] for key in window.navigation.model.keys("sub_programme")] == ["sp1", "sp3"]
    put(grid, 2, "used")
    window.ui.delete_row.trigger()
    qtbot.waitUntil(lambda: used(window) == ["sp1"])
    window.ui.undo.trigger()
    assert sorted(used(window)) == ["sp1", "sp3"]


def test_units_are_filled_down(window, year, qtbot):
    grid = year.section.grid
    put(grid, 0, "units")
    type_in(grid, "Fen İşleri Müdürlüğü\n")
    qtbot.waitUntil(lambda: used(window) == ["sp1"])
    put(grid, 1, "units")
    window.ui.fill_down.trigger()
    assert used(window) == ["sp1", "sp2"]
    assert [use.units for use in window.session.context.programme.sub_programmes] == [("u1",), ("u1",)]


def test_all_are_used_in_one_step(window, year):
    year.add_all.click()
    assert used(window) == ["sp1", "sp2", "sp3"]
    assert not year.add_all.isEnabled()
    window.ui.undo.trigger()
    assert used(window) == []
    assert window.here == TARGETS


def test_what_is_taken_out_with_its_form_is_said(open_file, qtbot):
    held = SubProgramme("sp1", "Açıklama", objectives=(SubProgrammeObjective("so1", "Plan yapmak"),))
    window = open_file(municipality(used=(held,)))
    window.go_to(TARGETS)
    page = window.pages.page
    said = []
    page.problem_said.connect(said.append)
    put(page.used.section.grid, 0, "used")
    window.ui.delete_row.trigger()
    assert used(window) == []
    assert any("İmar Planlama" in text for text in said)
    window.ui.undo.trigger()
    assert window.session.context.programme.sub_programmes[0].objectives[0].title == "Plan yapmak"


def test_enter_with_ctrl_opens_the_form(window, year):
    said = []
    window.pages.page.problem_said.connect(said.append)
    grid = year.section.grid
    put(grid, 1, "name")
    press(grid, Qt.Key.Key_Return, modifiers=CTRL)
    assert window.here == TARGETS
    assert said
    year.add_all.click()
    put(grid, 1, "name")
    press(grid, Qt.Key.Key_Return, modifiers=CTRL)
    assert window.here == ("sub_programme", "sp2")


def test_an_empty_list_offers_the_way_to_it(open_file):
    window = open_file(municipality(listed=()))
    window.go_to(TARGETS)
    page = window.pages.page
    assert page.used.section.isHidden()
    page.used.to_list.click()
    assert window.here == PROGRAMME_LIST


# --- what belongs to a sub-programme ----------------------------------------------------------------------------------


@pytest.fixture
def linked(open_file):
    own = SubProgramme("sp3", objectives=(SubProgrammeObjective("so1", "Yeşil alanı artırmak"),))
    return open_file(municipality(used=(own,)))


def test_activities_get_their_sub_programme_in_the_grid(linked, qtbot):
    linked.go_to(("target", "t1"))
    page = linked.pages.page
    page.sub_programmes.setChecked(True)
    grid = page.ui.costs.grid
    put(grid, 0, "sub_programme")
    # by its code, a part of its name, or from the list
    type_in(grid, "75.1\n")
    activities = lambda: linked.session.target("t1").activities  # noqa: E731 - asked for again and again
    qtbot.waitUntil(lambda: activities()[0].sub_programme == "sp3")
    put(grid, 1, "sub_programme")
    linked.ui.fill_down.trigger()
    put(grid, 2, "sub_programme")
    linked.ui.fill_down.trigger()
    assert [activity.sub_programme for activity in activities()] == ["sp3"] * 3
    put(grid, 2, "sub_programme")
    type_in(grid, "Ulaşım\n")
    qtbot.waitUntil(lambda: bool(page.ui.costs.problem.text()))
    assert activities()[2].sub_programme == "sp3"
    # amounts stand where they stood
    assert texts(page.costs, 0)["01"] == "2.400.000"
    assert texts(page.costs, 4)["name"] == "Genel toplam"


def test_indicators_get_their_objective_in_the_grid_and_the_form_shows_them(linked, qtbot):
    sign = linked.navigation.model.find(("sub_programme", "sp3"))
    assert linked.navigation.model.entry(sign).mark == "boş"
    linked.go_to(("target", "t1"))
    page = linked.pages.page
    page.sub_objectives.setChecked(True)
    grid = page.ui.indicators.grid
    put(grid, 0, "sub_programme_objective")
    type_in(grid, "yeşil alanı artırmak\n")
    indicators = lambda: linked.session.target("t1").indicators  # noqa: E731 - asked for again and again
    qtbot.waitUntil(lambda: indicators()[0].sub_programme_objective == "so1")
    page.sub_programmes.setChecked(True)
    put(page.ui.costs.grid, 0, "sub_programme")
    type_in(page.ui.costs.grid, "Park\n")
    qtbot.waitUntil(lambda: linked.session.target("t1").activities[0].sub_programme == "sp3")
    linked.go_to(("sub_programme", "sp3"))
    shown = linked.pages.page.linked
    assert shown.isVisible()
    assert [texts(shown.model, row)["name"] for row in range(2)] == ["Gösterge 1", "Fidan dikimi"]
    assert "5.550.000" in texts(shown.model, 1)["value"]
    # the checks find nothing there
    linked.session.audited()
    linked.navigation.show(linked.session)
    entry = linked.navigation.model.entry(linked.navigation.model.find(("sub_programme", "sp3")))
    assert entry.mark == "✓"
    shown.view.setFocus()
    shown.view.setCurrentIndex(shown.model.index(1, 0))
    press(shown.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: linked.here == ("target", "t1"))
    assert linked.pages.page.ui.costs.grid.currentIndex().data() == "Fidan dikimi"


def test_codes_that_the_layout_does_not_have_take_no_column(linked):
    linked.go_to(("target", "t1"))
    page = linked.pages.page
    assert page.indicators.column_of("code") < 0
    assert page.costs.column_of("code") < 0
    # one that was given on purpose is shown
    row = linked.session.target("t1").indicators[1].row
    with linked.session.store.step("for the test"):
        linked.session.store.update("indicator", row, code="PG 7")
    assert page.indicators.column_of("code") == 0
    assert texts(page.indicators, 1)["code"] == "PG 7"
    # in print it brings the column to all targets, in the grids to its own only
    ctx = linked.session.context
    assert performance_target.prints_codes(ctx) == (True, False)
    indicators = linked.session.target("t1").indicators
    assert takes_codes(ctx, "indicator", indicators)
    assert not takes_codes(ctx, "indicator", linked.session.target("t2").indicators)
    # where typed codes are passed over, it is none here and there
    passed_over = replace(ctx.layout, always_numbered=("indicator",))
    ctx = context(ctx.municipality, ctx.programme, passed_over)
    assert performance_target.prints_codes(ctx) == (False, False)
    assert not takes_codes(ctx, "indicator", indicators)


def test_the_checks_find_what_belongs_to_no_sub_programme(linked):
    def places():
        return {(one.place.table, one.place.column) for one in linked.session.audited().open if one.place}

    assert {("activity", "sub_programme"), ("indicator", "sub_programme_objective")} <= places()
    linked.session.set_year(2026)
    assert "sub_programme" not in {column for _table, column in places()}


def test_undo_of_an_objective_goes_to_it(linked, qtbot):
    linked.go_to(("sub_programme", "sp3"))
    grid = linked.pages.page.ui.objectives.grid
    put(grid, 0, "title")
    type_in(grid, "Ağaç dikmek\n")
    titles = lambda: [one.title for one in linked.session.context.programme.sub_programmes[0].objectives]  # noqa: E731
    qtbot.waitUntil(lambda: titles() == ["Ağaç dikmek"])
    linked.go_to(COVER)
    linked.ui.undo.trigger()
    assert linked.here == ("sub_programme", "sp3")
    assert grid.hasFocus()
    assert grid.currentIndex().data() == "Yeşil alanı artırmak"


# --- the form of the year ---------------------------------------------------------------------------------------------


def test_the_form_goes_with_the_layout_and_nothing_is_lost(linked):
    linked.go_to(LAYOUT)
    page = linked.pages.page
    before = linked.session.context.programme
    assert "Program bütçe" in page.ui.form.currentText()
    page.presets.buttons()[0].click()
    now = linked.session.context.programme
    assert (now.form, now.layout) == ("", page.presets.chosen)
    assert "Klasik" in page.ui.form.currentText()
    assert (now.targets, now.sub_programmes) == (before.targets, before.sub_programmes)
    # what the year uses can be seen and edited none the less
    assert linked.navigation.model.keys("sub_programme") == [("sub_programme", "sp3")]
    assert linked.navigation.model.find(PROGRAMME_LIST).isValid()
    linked.ui.undo.trigger()
    assert linked.session.context.programme == before


def test_the_form_can_be_chosen_by_itself(linked):
    linked.go_to(LAYOUT)
    page = linked.pages.page
    field = page.ui.form
    field.setCurrentIndex(field.findText("Klasik", Qt.MatchFlag.MatchStartsWith))
    field.commit()
    now = linked.session.context.programme
    assert (now.form, now.layout) == ("", "programme_budget")
    # another layout leaves alone what was chosen by itself
    page.presets.buttons()[2].click()
    assert linked.session.context.programme.form == ""
    linked.ui.undo.trigger()
    linked.ui.undo.trigger()
    assert linked.session.context.programme.form == "programme_budget"
    assert field.hasFocus()
