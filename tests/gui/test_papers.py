"""The short papers are found in the file menu, and a unit's in the menu of the unit itself; they are written whole."""

from threading import Event

import pytest
import shiboken6
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QMessageBox
from tests.gui.hands import press

from perfdesk.domain.errors import UserError
from perfdesk.gui.dialogs import save_place
from perfdesk.gui.dialogs.papers import Papers
from perfdesk.gui.window import printing
from perfdesk.gui.window.exporter import WORD
from perfdesk.gui.window.printing import Printing
from perfdesk.services.output import exporting
from perfdesk.services.places import UNITS

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def begun(monkeypatch):
    """What is printed, and where it is proposed to write to."""
    begun = []
    monkeypatch.setattr(Printing, "choose_paper", lambda _self, _session, name, unit="": begun.append((name, unit)))
    monkeypatch.setattr(save_place, "ask", lambda _parent, _title, place, *_others: begun.append(place.name))
    return begun


@pytest.fixture
def opened(window, qtbot):
    """Open the dialog by a command of the menu."""

    def open_by(action="papers"):
        getattr(window.ui, action).trigger()
        # one that was closed may not be gone yet
        dialog = next(one for one in window.findChildren(Papers) if one.isVisible())
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return open_by


def keys(*typed):
    """Press keys where the keyboard is."""
    for key in typed:
        press(QApplication.focusWidget(), key)


def alt(qtbot, dialog, letter):
    """Press a letter with Alt; the button it belongs to takes a moment to come up again."""
    buttons = dialog.findChildren(QAbstractButton)
    qtbot.keyClick(dialog, letter, ALT)
    qtbot.waitUntil(lambda: not any(shiboken6.isValid(button) and button.isDown() for button in buttons))


def idle(qtbot, window):
    qtbot.waitUntil(lambda: not window.exporter.is_busy)


def box_of(window):
    return next((box for box in window.findChildren(QMessageBox) if box.isVisible()), None)


def press_in(box, text):
    next(button for button in box.buttons() if button.text().replace("&", "") == text).click()


# --- the dialog -------------------------------------------------------------------------------------------------------


def test_each_paper_is_chosen_with_its_letter_and_saved_under_its_name(opened, begun, qtbot):
    papers = {
        "M": "Meclis özeti",
        "T": "Maliyet tabloları",
        "G": "Gösterge kartları",
        "O": "Kontrol raporu",
    }
    for letter, name in papers.items():
        dialog = opened()
        alt(qtbot, dialog, letter)
        assert not dialog.ui.unit.isEnabled()
        alt(qtbot, dialog, "K")
        assert begun.pop() == f"Güneyçam 2027 {name}.pdf"


def test_arrows_go_through_the_papers_and_enter_saves(opened, begun):
    opened()
    keys(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert begun == ["Güneyçam 2027 Maliyet tabloları.pdf"]


def test_a_paper_is_saved_as_a_workbook(opened, begun, qtbot):
    dialog = opened()
    alt(qtbot, dialog, "E")
    alt(qtbot, dialog, "K")
    assert begun == ["Güneyçam 2027 Meclis özeti.xlsx"]


def test_a_paper_is_printed(opened, begun, qtbot):
    alt(qtbot, opened(), "Y")
    assert begun == [("council_summary", "")]


def test_the_papers_say_for_whom_they_are_and_of_which_year(opened):
    dialog = opened()
    assert "2027" in dialog.ui.tells.text()
    for button in dialog._papers.values():
        assert " için: " in button.accessibleDescription() or "için dört sayfa" in button.accessibleDescription()
    dialog.reject()


def test_escape_does_nothing(opened, begun):
    opened()
    keys(Key.Key_Escape)
    assert begun == []


# --- of a unit --------------------------------------------------------------------------------------------------------


def test_the_file_of_a_unit_is_three_keys_away_from_the_menu(opened, begun):
    dialog = opened("unit_file")
    units = dialog.ui.unit
    assert [units.itemText(at) for at in range(units.count())] == [
        "Fen İşleri Müdürlüğü (2 faaliyet)",
        "Park ve Bahçeler Müdürlüğü (3 faaliyet)",
    ]
    assert QApplication.focusWidget() is units
    keys(Key.Key_Down, Key.Key_Return)
    assert begun == [("unit_file", "u2")]


def test_the_file_of_a_unit_is_saved_under_the_units_name(opened, begun, qtbot):
    dialog = opened()
    alt(qtbot, dialog, "B")
    assert dialog.ui.unit.isEnabled()
    alt(qtbot, dialog, "R")
    assert QApplication.focusWidget() is dialog.ui.unit
    press(dialog.ui.unit, Key.Key_P, "P")
    alt(qtbot, dialog, "K")
    assert begun == ["Güneyçam 2027 Birim dosyası Park ve Bahçeler Müdürlüğü.pdf"]


def test_a_year_without_activities_has_no_file_of_a_unit(window, opened):
    window.session.set_year(2026)
    dialog = opened("unit_file")
    assert "2026" in dialog.ui.unit_file_tells.text()
    assert not dialog.ui.unit_file.isEnabled()
    assert not dialog.ui.each.isEnabled()
    assert dialog.paper == "council_summary"
    assert dialog.save.isEnabled()
    dialog.reject()


def test_the_menu_of_the_units_grid_has_the_commands_first(window, begun):
    window.go_to(UNITS)
    page = window.pages.page
    grid = page.ui.units.grid
    assert grid.actions()[:2] == [page.print_file, page.export_file]
    grid.put(grid.grid().index(1, 0))
    for action in grid.actions()[:2]:
        action.trigger()
    assert begun == [("unit_file", "u2"), "Güneyçam 2027 Birim dosyası Park ve Bahçeler Müdürlüğü.pdf"]


def test_the_pages_of_a_paper_are_printed(qtbot, window, monkeypatch):
    asked = []
    monkeypatch.setattr(Printing, "_ask", lambda _self, made, *_others: asked.append(made))
    window.pages.unit_file_wanted.emit("u2", True)
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0].pages
    assert isinstance(asked[0], printing.Preview)


# --- of each unit -----------------------------------------------------------------------------------------------------


@pytest.fixture
def each(opened, window, qtbot, tmp_path):
    """Ask for a file of each unit, and type the folder they go to."""
    folder = tmp_path / "birimler"
    folder.mkdir()

    def write(letter="P"):
        dialog = opened("unit_file")
        alt(qtbot, dialog, "H")
        alt(qtbot, dialog, letter)
        assert not dialog.print.isEnabled()
        assert not dialog.ui.unit.isEnabled()
        press(dialog.ui.each, Key.Key_Return)
        question = window.findChild(QFileDialog)
        assert question.fileMode() is QFileDialog.FileMode.Directory
        field = question.findChild(QLineEdit, "fileNameEdit")
        field.setText(str(folder))
        press(field, Key.Key_Return)
        return folder

    return write


def names(folder):
    return sorted(path.name for path in folder.iterdir())


PLACES = [
    "Güneyçam 2027 Birim dosyası Fen İşleri Müdürlüğü.pdf",
    "Güneyçam 2027 Birim dosyası Park ve Bahçeler Müdürlüğü.pdf",
]


def test_each_unit_gets_a_file_of_its_own(qtbot, window, each, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    folder = each()
    assert "2 birim dosyası" in window.exporter.busy_with
    idle(qtbot, window)
    assert names(folder) == PLACES
    for place, unit in zip(PLACES, ("Fen İşleri", "Park ve Bahçeler"), strict=True):
        assert f"{unit} Müdürlüğü, 2027 yılında" in PdfReader(folder / place).pages[0].extract_text()
    box = box_of(window)
    assert box.text() == "2 dosya yazıldı."
    press_in(box, "Klasörü aç")
    assert opened == [str(folder)]


def test_each_unit_gets_a_workbook_of_its_own(qtbot, window, each):
    folder = each("E")
    idle(qtbot, window)
    assert names(folder) == [name.replace(".pdf", ".xlsx") for name in PLACES]


def test_files_that_are_there_are_not_replaced_without_a_question(qtbot, window, each, tmp_path):
    folder = tmp_path / "birimler"
    folder.joinpath(PLACES[1]).touch()
    each()
    box = box_of(window)
    assert PLACES[1] in box.text()
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert not window.exporter.is_busy
    assert names(folder) == PLACES[1:]


def test_several_files_that_are_there_are_counted_and_replaced_where_somebody_agrees(qtbot, window, each, tmp_path):
    folder = tmp_path / "birimler"
    for name in PLACES:
        folder.joinpath(name).touch()
    each()
    box = box_of(window)
    assert "2 tanesi" in box.text()
    press_in(box, "Üzerine yaz")
    idle(qtbot, window)
    assert all(folder.joinpath(name).stat().st_size for name in PLACES)


def test_where_the_second_file_cannot_be_written_there_is_none(qtbot, window, each, monkeypatch):
    told = []
    monkeypatch.setattr(window.exporter, "_on_failed", told.append)
    real = exporting._write

    def write(path, content):
        if path.parent.name == "birimler" and len(names(path.parent)) > 1:
            raise OSError(28, "No space left on device")
        real(path, content=content)

    monkeypatch.setattr(exporting, "_write", write)
    folder = each()
    idle(qtbot, window)
    assert names(folder) == []
    assert isinstance(told[0], UserError)
    assert box_of(window) is None


def test_files_given_up_are_not_there(qtbot, window, each, monkeypatch):
    halfway, go_on = Event(), Event()
    real = exporting.paper

    def paper(ctx, name, *, unit, **others):
        if unit == "u2":
            halfway.set()
            go_on.wait(10)
        return real(ctx, name, unit=unit, **others)

    monkeypatch.setattr(exporting, "paper", paper)
    folder = each()
    assert halfway.wait(10)
    window.exporter.widgets[2].click()
    go_on.set()
    idle(qtbot, window)
    assert names(folder) == []
    assert "2 birim dosyası" in window.ui.status.currentMessage()


# --- the Word copy ----------------------------------------------------------------------------------------------------


def test_the_word_copy_says_that_it_is_a_copy_to_be_edited(qtbot, window, tmp_path, begun):
    window.ui.export_docx.trigger()
    assert begun == ["Güneyçam 2027.docx"]
    path = tmp_path / "kitap.docx"
    window.exporter.write(WORD, path)
    idle(qtbot, window)
    assert path.read_bytes().startswith(b"PK")
    said = box_of(window).informativeText()
    assert "programa geri dönmez" in said
    assert "alanların güncellenmesini" in said


def test_the_commands_wait_for_what_is_being_written(qtbot, window, tmp_path):
    actions = (window.ui.export_docx, window.ui.papers, window.ui.unit_file)
    assert all(action.isEnabled() for action in actions)
    window.exporter.write(WORD, tmp_path / "kitap.docx")
    assert not any(action.isEnabled() for action in actions)
    idle(qtbot, window)
    assert all(action.isEnabled() for action in actions)


def test_the_buttons_of_the_dialog_end_with_cancel(opened):
    dialog = opened()
    assert dialog.save.isDefault()
    dialog.ui.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
    assert not dialog.isVisible()


def test_a_disk_without_room_is_told(qtbot, window, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(window.exporter, "_on_failed", told.append)

    def write(_path, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "_write", write)
    path = tmp_path / "kitap.docx"
    path.write_bytes(b"former")
    window.exporter.write(WORD, path)
    idle(qtbot, window)
    assert path.read_bytes() == b"former"
    assert "kitap.docx" in told[0].sentence()
