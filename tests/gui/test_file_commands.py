from threading import Event

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox
from tests.gui.hands import press

from perfdesk.gui.dialogs import errors, save_place
from perfdesk.gui.dialogs.restore import RestoreDialog
from perfdesk.gui.window.exporter import BOOK, WORKBOOK, unit_tables
from perfdesk.services.files import backing_up
from perfdesk.services.output import naming
from perfdesk.storage import files
from perfdesk.storage.backups import Reason


def test_a_damaged_file_is_offered_its_backups(window, file, tmp_path):
    damaged = tmp_path / "hasarlı.perfdesk"
    files.create(damaged, window.session.municipality)
    with files.open_store(damaged, writable=True) as store:
        backing_up.back_up(store, window.settings.backup_folder, Reason.ASKED, None)
    damaged.write_bytes(damaged.read_bytes()[:5000])
    window.open_path(damaged)
    dialog = window.findChild(RestoreDialog)
    assert dialog is not None
    assert dialog.chosen().reason is Reason.ASKED
    # what was open stays so
    assert window.session.store.path == file


def asked_for(monkeypatch, answer):
    """Let the question for a file's place be answered; return what was proposed."""
    proposed = []

    def ask(_parent, _title, name, _filter, suffix, then):
        proposed.append(name)
        if answer:
            then(naming.file_name(answer, suffix))

    monkeypatch.setattr(save_place, "ask", ask)
    return proposed


@pytest.fixture
def place(window, tmp_path):
    """Type a name into the dialog for a document's place and press Enter; return the dialog that is there then."""

    def save_as(name):
        window.exporter.choose(BOOK)
        dialog = window.findChild(QFileDialog)
        # the platform's own dialog is not there in tests: Qt's is
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        field.setText(str(tmp_path / name))
        press(field, Qt.Key.Key_Return)
        return dialog

    return save_as


@pytest.fixture
def written(window, monkeypatch):
    places = []
    monkeypatch.setattr(window.exporter, "write", lambda _what, path: places.append(path))
    return places


def box_of(widget):
    return next((box for box in widget.findChildren(QMessageBox) if box.isVisible()), None)


def test_a_name_without_its_suffix_asks_before_another_file_is_replaced(qtbot, window, tmp_path, place, written):
    (tmp_path / "kitap.pdf").write_bytes(b"former")
    asked = []

    def answer():
        # Qt's own question is modal
        box = QApplication.activeModalWidget()
        asked.append(box.text() if isinstance(box, QMessageBox) else "")
        box.done(QMessageBox.StandardButton.No)

    QTimer.singleShot(200, answer)
    dialog = place("kitap")
    assert written == []
    assert "kitap.pdf" in asked[0]
    dialog.reject()


def test_a_name_with_a_point_asks_before_another_file_is_replaced(qtbot, window, tmp_path, place, written):
    (tmp_path / "T.C. Ilgın.pdf").write_bytes(b"former")
    place("T.C. Ilgın")
    box = box_of(window)
    assert "T.C. Ilgın.pdf" in box.text()
    assert written == []
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert written == []
    place("T.C. Ilgın")
    next(b for b in box_of(window).buttons() if "eğiştir" in b.text()).click()
    assert written == [tmp_path / "T.C. Ilgın.pdf"]


def test_a_new_name_is_taken_without_a_question(window, tmp_path, place, written):
    place("yeni")
    assert box_of(window) is None
    assert written == [tmp_path / "yeni.pdf"]


def test_work_goes_on_in_the_copy_of_a_file_that_was_taken_away(qtbot, window, file, tmp_path, monkeypatch):
    asked_for(monkeypatch, tmp_path / "kopya.perfdesk")
    file.unlink()
    window.files.choose_copy()
    assert window.session.store.path == tmp_path / "kopya.perfdesk"
    # on the form of its first target, though the outline is the former one's
    assert window.here == window.pages.page.entry.key == ("target", "t1")
    assert window.session.municipality.administration.name == "Güneyçam Belediyesi"


def test_a_file_that_was_taken_away_is_not_shown_as_open(window, file, monkeypatch):
    said = []
    monkeypatch.setattr(errors, "say", lambda _parent, text: said.append(text))
    file.unlink()
    assert not window.files.open_path(file)
    assert len(said) == 1


def test_a_file_opened_once_more_shows_the_form_it_was_left_with(window, file, tmp_path):
    copy = tmp_path / "b.perfdesk"
    files.create(copy, window.session.municipality)
    window.go_to(("target", "t2"))
    assert window.files.open_path(copy)
    assert window.pages.page.entry.key == ("target", "t1")
    assert window.files.open_path(file)
    assert window.pages.page.entry.key == ("target", "t2")


def test_points_in_the_name_of_a_copy_are_no_suffix(window, tmp_path, monkeypatch):
    asked_for(monkeypatch, tmp_path / "T.C. Ilgın")
    window.files.choose_copy()
    assert (tmp_path / "T.C. Ilgın.perfdesk").is_file()


def test_points_in_the_name_of_a_document_are_no_suffix(qtbot, window, tmp_path, monkeypatch):
    asked_for(monkeypatch, tmp_path / "T.C. Ilgın")
    written = []
    monkeypatch.setattr(window.exporter, "write", lambda _what, path: written.append(path))
    window.exporter.choose(BOOK)
    window.exporter.choose(WORKBOOK)
    assert written == [tmp_path / "T.C. Ilgın.pdf", tmp_path / "T.C. Ilgın.xlsx"]


def test_a_unit_s_name_need_not_be_a_file_s(window, file, monkeypatch):
    proposed = asked_for(monkeypatch, "")
    window.exporter.choose(unit_tables('Su/Kanal: "İşletme"?', "u1"))
    assert proposed == [file.with_name("Güneyçam 2027 Su Kanal İşletme.pdf")]


def test_closing_gives_up_what_is_being_written(qtbot, window, tmp_path, monkeypatch):
    path = tmp_path / "kitap.pdf"
    path.write_bytes(b"former")
    begun, ended = Event(), Event()

    def make(_ctx, progress):
        begun.set()
        # an endless book
        try:
            for _line in range(1000):
                progress(1, 2)
                ended.wait(0.01)
        finally:
            ended.set()
        return b"new"

    monkeypatch.setattr(BOOK, "make", make)
    window.exporter.write(BOOK, path)
    assert begun.wait(10)
    window.close()
    assert ended.is_set()
    qtbot.waitUntil(lambda: not window.exporter.is_busy)
    assert path.read_bytes() == b"former"
