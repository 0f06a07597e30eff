"""The form of the budget's appropriations: typed, pasted, taken from a sheet, and held against the programme."""

from decimal import Decimal

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.gui.hands import press, put, texts, type_in

from perfdesk.gui.dialogs.import_appropriations import ImportAppropriations
from perfdesk.gui.grid.paste_dialog import PasteDialog
from perfdesk.gui.pages.appropriations_page import AppropriationsPage
from perfdesk.services.places import APPROPRIATIONS, COVER


@pytest.fixture
def page(window, qtbot):
    """The form, in a window that has the keyboard."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go_to(APPROPRIATIONS)
    page = window.pages.page
    assert isinstance(page, AppropriationsPage)
    return page


def by_code(page):
    entered = page.session.context.programme.appropriations.by_code
    return [(one.code, f"{one.amount}") for one in entered]


def by_unit(page):
    entered = page.session.context.programme.appropriations.by_unit
    return [(one.unit, f"{one.amount}") for one in entered]


def shown(model):
    """Return what stands in a grid, row by row, without the blank one."""
    return [list(texts(model, row).values()) for row, line in enumerate(model.rows) if any(c.text for c in line.cells)]


# --- typing -----------------------------------------------------------------------------------------------------------


def test_codes_are_typed_and_the_difference_stands_beside_them(page):
    assert shown(page.by_code) == shown(page.by_unit) == []
    grid = page.ui.by_code.grid
    put(grid, 0, "code")
    type_in(grid, "1\t2.400.000\n")
    put(grid, 1, "code")
    type_in(grid, "03\t3.200.000,50\n")
    assert by_code(page) == [("01", "2400000.00"), ("03", "3200000.50")]
    assert shown(page.by_code) == [
        ["01", "Personel Giderleri", "2.400.000,00", "2.400.000,00", "0,00"],
        ["03", "Mal ve Hizmet Alım Giderleri", "3.200.000,50", "3.150.000,00", "-50.000,50"],
        # the programme has more than what stands in the list
        ["Toplam", "", "5.600.000,50", "10.050.500,00", "4.450.499,50"],
    ]
    assert "05 (500,00), 06 (4.500.000,00)" in page.ui.other_codes.text()


def test_units_are_typed_by_a_part_of_their_name(page):
    grid = page.ui.by_unit.grid
    put(grid, 0, "unit")
    type_in(grid, "park")
    press(grid.cells.editor, Qt.Key.Key_Return, "\r")
    put(grid, 0, "amount")
    type_in(grid, "6000000\n")
    assert by_unit(page) == [("u2", "6000000.00")]
    assert shown(page.by_unit)[0] == ["Park ve Bahçeler Müdürlüğü", "6.000.000,00", "5.550.000,00", "-450.000,00"]
    # what the programme says of no single unit stands in no row
    assert not page.ui.other_units.isHidden()
    assert "4.500.500,00" in page.ui.other_units.text()


def test_an_edit_of_the_programme_changes_the_difference(page, window):
    grid = page.ui.by_code.grid
    put(grid, 0, "code")
    type_in(grid, "06\t4.500.000\n")
    sheet = window.session.target("t1").cost_sheets[1]
    with window.session.store.step("test"):
        window.session.store.update("cost_line", sheet.lines[0].row, amount=Decimal(4_500_001))
    assert texts(page.by_code, 0)["difference"] == "1,00"


@pytest.mark.parametrize(
    ("column", "typed", "says"),
    [
        ("amount", "1,234.50\n", "1.234,50"),
        ("amount", "-5\n", "negatif"),
        ("amount", "9999999999999999\n", "çok büyük"),
        ("code", "13\n", "ekonomik kod değil"),
    ],
)
def test_what_is_refused_stays_in_its_cell_with_the_reason_below(page, column, typed, says):
    grid = page.ui.by_code.grid
    put(grid, 0, "code")
    type_in(grid, "01\t5\n")
    put(grid, 0, column)
    type_in(grid, typed)
    assert says in page.ui.by_code.problem.text()
    assert by_code(page) == [("01", "5.00")]
    assert typed.strip() in texts(page.by_code, 0)[column]


def test_a_unit_that_is_not_in_the_list_is_refused(page):
    grid = page.ui.by_unit.grid
    put(grid, 0, "amount")
    type_in(grid, "5\n")
    put(grid, 0, "unit")
    type_in(grid, "Zabıta\n")
    assert "harcama birimleri arasında yok" in page.ui.by_unit.problem.text()
    assert by_unit(page) == [("", "5.00")]


def test_what_is_computed_takes_no_typing(page):
    grid = page.ui.by_code.grid
    put(grid, 0, "code")
    type_in(grid, "01\t5\n")
    for column in ("name", "programme", "difference"):
        put(grid, 0, column)
        type_in(grid, "7")
        assert grid.cells.editor is None
    assert by_code(page) == [("01", "5.00")]


def test_undo_comes_back_to_the_cell_from_another_form(page, window):
    grid = page.ui.by_code.grid
    put(grid, 0, "code")
    type_in(grid, "01\t5\n")
    put(grid, 0, "amount")
    type_in(grid, "7\n")
    window.go_to(COVER)
    window.ui.undo.trigger()
    assert window.here == APPROPRIATIONS
    assert by_code(page) == [("01", "5.00")]
    assert window.pages.page.ui.by_code.grid.currentIndex().data() == "5,00"
    window.ui.redo.trigger()
    assert by_code(page) == [("01", "7.00")]


# --- pasting ----------------------------------------------------------------------------------------------------------


def paste(page, grid, text):
    """Paste, and all of it where that is asked first."""
    QApplication.clipboard().setText(text)
    grid.paste()
    for dialog in page.window().findChildren(PasteDialog):
        dialog.all.click()


def test_a_list_is_pasted_into_the_blank_row_in_one_step(page, window):
    grid = page.ui.by_code.grid
    put(grid, 0, "code")
    paste(page, grid, "Kod\tÖdenek\n01\t2.400.000,00\n3\t3.150.000\n")
    assert by_code(page) == [("01", "2400000.00"), ("03", "3150000.00")]
    window.ui.undo.trigger()
    assert by_code(page) == []


def test_units_are_pasted_by_their_names(page):
    grid = page.ui.by_unit.grid
    put(grid, 0, "unit")
    paste(page, grid, "FİM\t10\nPark ve Bahçeler Müdürlüğü\t20,5\n")
    assert by_unit(page) == [("u1", "10.00"), ("u2", "20.50")]


def test_amounts_are_pasted_over_others(page):
    grid = page.ui.by_code.grid
    put(grid, 0, "code")
    type_in(grid, "01\t5\n")
    put(grid, 0, "amount")
    paste(page, grid, "7,25")
    assert by_code(page) == [("01", "7.25")]


# --- from a sheet -----------------------------------------------------------------------------------------------------


def sheet(folder, *rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    path = folder / "bütçe.xlsx"
    book.save(path)
    return path


def opened(page, qtbot, path):
    page.chooser = lambda _parent: path
    page.take_file.trigger()
    (dialog,) = page.findChildren(ImportAppropriations)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def lines(dialog):
    model = dialog._lines
    return [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]


def test_a_sheet_is_shown_as_it_was_read_and_taken_over_in_one_step(page, window, qtbot, tmp_path):
    grid = page.ui.by_code.grid
    put(grid, 0, "code")
    type_in(grid, "01\t5\n")
    put(grid, 1, "code")
    type_in(grid, "09\t1\n")
    path = sheet(
        tmp_path,
        ["2027 bütçesi"],
        ["Ekonomik kod", "Ödenek"],
        ["01 - Personel Giderleri", 2400000],
        ["03.2", "1.000.000,00"],
        ["03.5", 2150000],
        ["Toplam", 5550000],
        ["Harcama birimi", "Ödenek"],
        ["FİM", 10.5],
        ["Zabıta Müdürlüğü", 20],
    )
    dialog = opened(page, qtbot, path)
    assert lines(dialog) == [
        ["3", "01 - Personel Giderleri", "01 Personel Giderleri", "2.400.000,00", "değişecek; şimdiki: 5,00"],
        ["4–5", "03.2", "03 Mal ve Hizmet Alım Giderleri", "3.150.000,00", "yeni; 2 satırın toplamı"],
        ["6", "Toplam", "", "5.550.000,00", "toplam satırı, alınmaz"],
        ["8", "FİM", "Fen İşleri Müdürlüğü", "10,50", "yeni"],
        ["9", "Zabıta Müdürlüğü", "", "", lines(dialog)[4][4]],
    ]
    assert lines(dialog)[4][4].startswith("! “Zabıta Müdürlüğü” harcama birimleri arasında yok")
    told = dialog.ui.told.text()
    assert "2 ekonomik kod, toplam 5.550.000,00 TL" in told
    assert "1 satıra bakılmalı" in told
    assert "09 Yedek Ödenekler" in told
    assert by_code(page) == [("01", "5.00"), ("09", "1.00")]
    said = []
    page.problem_said.connect(said.append)
    press(dialog.ok, Qt.Key.Key_Space, " ")
    assert by_code(page) == [("01", "2400000.00"), ("09", "1.00"), ("03", "3150000.00")]
    assert by_unit(page) == [("u1", "10.50")]
    assert said[-1].startswith("Bütçe ödenekleri: 2 eklendi, 1 değiştirildi.")
    assert said[-1].endswith("Okunamadığı için alınmayan satır sayısı: 1.")
    window.ui.undo.trigger()
    assert by_code(page) == [("01", "5.00"), ("09", "1.00")]
    assert by_unit(page) == []


def test_a_sheet_that_is_in_the_file_already_changes_nothing(page, window, qtbot, tmp_path):
    path = sheet(tmp_path, ["Kod", "Ödenek"], ["01", 5])
    for says in ("1 eklendi", "değişiklik yapılmadı"):
        said = []
        page.problem_said.connect(said.append)
        dialog = opened(page, qtbot, path)
        with qtbot.waitSignal(dialog.destroyed):
            press(dialog.ok, Qt.Key.Key_Space, " ")
        assert says in said[-1]
    window.ui.undo.trigger()
    assert by_code(page) == []


def test_rows_that_are_not_taken_are_told_even_where_nothing_changes(page, qtbot, tmp_path):
    path = sheet(tmp_path, ["Kod", "Ödenek"], ["01", 5], ["13", 7], ["Toplam", 12])
    for says in ("1 eklendi", "değişiklik yapılmadı"):
        said = []
        page.problem_said.connect(said.append)
        dialog = opened(page, qtbot, path)
        with qtbot.waitSignal(dialog.destroyed):
            press(dialog.ok, Qt.Key.Key_Space, " ")
        assert says in said[-1]
        # the total is no row that is missing
        assert said[-1].endswith("Okunamadığı için alınmayan satır sayısı: 1.")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "sütunlarını adlandıran"),
        (b"PK\x03\x04 broken", "bozuk"),
        (b"\xd0\xcf\x11\xe0old", ".xls"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "okunamıyor"),
        ("Kod;Ödenek\n01;1\n01;2\n".encode(), "2. ve 3. satır"),
    ],
)
def test_what_is_no_such_sheet_is_refused_and_another_can_be_chosen(page, qtbot, tmp_path, content, says):
    path = tmp_path / "ödenek.csv"
    path.write_bytes(content)
    dialog = opened(page, qtbot, path)
    assert says in dialog.ui.problem.text()
    assert not dialog.ok.isEnabled()
    assert not dialog.ui.asked.isHidden()
    path.write_text("Birim;Ödenek\nFİM;5\n", encoding="utf-8")
    dialog.other.click()
    assert dialog.ui.problem.isHidden()
    press(dialog.ok, Qt.Key.Key_Space, " ")
    assert by_unit(page) == [("u1", "5.00")]


def test_a_sheet_of_which_nothing_can_be_taken_says_why(page, qtbot, tmp_path):
    dialog = opened(page, qtbot, sheet(tmp_path, ["Kod", "Ödenek"], ["01", "=1+1"], ["13", 5]))
    assert [line[4][0] for line in lines(dialog)] == ["!", "!"]
    assert not dialog.ok.isEnabled()


def test_a_sum_that_is_too_large_is_refused_in_the_dialog(page, qtbot, tmp_path):
    dialog = opened(page, qtbot, sheet(tmp_path, ["Kod", "Ödenek"], ["01", 9_999_999_999_999], ["03", 5]))
    press(dialog.ok, Qt.Key.Key_Space, " ")
    assert dialog.isVisible()
    assert dialog.ui.problem.text().startswith("! ")
    assert by_code(page) == []


def test_nothing_is_chosen(page):
    page.chooser = lambda _parent: None
    assert page.choose() is None
    assert not page.findChildren(ImportAppropriations)


def test_a_file_open_for_reading_only_takes_no_sheet(reading, qtbot):
    page = AppropriationsPage(reading)
    qtbot.addWidget(page)
    assert not page.take_file.isEnabled()
