from contextlib import closing
from threading import Event

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QPushButton
from tests.gui.hands import press

from perfdesk import i18n
from perfdesk.domain.errors import UserError
from perfdesk.gui import application
from perfdesk.gui.dialogs import errors, save_place, unsaved
from perfdesk.gui.dialogs.new_year import NewYear
from perfdesk.gui.dialogs.papers import Papers
from perfdesk.gui.dialogs.restore import RestoreDialog
from perfdesk.gui.settings import Settings
from perfdesk.gui.window import printing
from perfdesk.gui.window.exporter import BOOK, WORKBOOK, paper
from perfdesk.gui.window.printing import Printing
from perfdesk.services.files import backing_up
from perfdesk.services.output import naming, previewing
from perfdesk.services.places import UNITS
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
    monkeypatch.setattr(window.exporter, "write", lambda _what, path, **_above: places.append(path))
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
    next(b for b in box_of(window).buttons() if b.text() == "Üzerine &yaz").click()
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
    monkeypatch.setattr(window.exporter, "write", lambda _what, path, **_above: written.append(path))
    window.exporter.choose(BOOK)
    window.exporter.choose(WORKBOOK)
    assert written == [tmp_path / "T.C. Ilgın.pdf", tmp_path / "T.C. Ilgın.xlsx"]


def test_a_unit_s_name_need_not_be_a_file_s(window, file, monkeypatch):
    proposed = asked_for(monkeypatch, "")
    window.exporter.choose(paper("unit_file", "Birim dosyası", "pdf", "u1", 'Su/Kanal: "İşletme"?'))
    assert proposed == [file.with_name("Güneyçam 2027 Birim dosyası Su Kanal İşletme.pdf")]


# --- while a document is being written --------------------------------------------------------------------------------


@pytest.fixture
def slow_book(monkeypatch):
    """A book that is not written before the event is set."""
    go_on = Event()

    def make(_ctx, progress):
        for _line in range(1000):
            progress(1, 2)
            if go_on.wait(0.01):
                break
        return b"new"

    monkeypatch.setattr(BOOK, "make", make)
    yield go_on
    go_on.set()


def said(window):
    return window.ui.status.currentMessage()


def idle(qtbot, window):
    qtbot.waitUntil(lambda: not window.exporter.is_busy)


def test_another_document_waits_for_the_one_being_written_and_that_is_said(
    qtbot, window, tmp_path, monkeypatch, slow_book
):
    proposed = asked_for(monkeypatch, "")
    window.go_to(UNITS)
    actions = window.pages.page.output_actions
    assert [action.isEnabled() for action in actions] == [True, True]
    window.exporter.write(BOOK, tmp_path / "kitap.pdf")
    assert [action.isEnabled() for action in actions] == [False, False]
    window.pages.unit_file_wanted.emit("u1", False)
    assert "kitap.pdf" in said(window)
    window.ui.status.clearMessage()
    window.pages.unit_file_wanted.emit("u1", True)
    assert "kitap.pdf" in said(window)
    assert proposed == []
    slow_book.set()
    idle(qtbot, window)
    assert [action.isEnabled() for action in actions] == [True, True]
    window.pages.unit_file_wanted.emit("u1", False)
    assert len(proposed) == 1


def test_the_form_of_the_units_made_meanwhile_cannot_write_either(qtbot, window, tmp_path, slow_book):
    window.exporter.write(BOOK, tmp_path / "kitap.pdf")
    window.go_to(UNITS)
    assert [action.isEnabled() for action in window.pages.page.output_actions] == [False, False]


def test_a_document_whose_place_was_chosen_meanwhile_says_that_it_waits(qtbot, window, tmp_path, slow_book):
    window.exporter.write(BOOK, tmp_path / "kitap.pdf")
    window.exporter.write(WORKBOOK, tmp_path / "tablolar.xlsx")
    assert "kitap.pdf" in said(window)
    slow_book.set()
    idle(qtbot, window)
    assert not (tmp_path / "tablolar.xlsx").exists()


def question_of(qtbot, window):
    """Return the question whether what is being written is given up."""
    qtbot.waitUntil(lambda: box_of(window) is not None)
    box = box_of(window)
    assert box.text() == "“kitap.pdf” hâlâ yazılıyor."
    return box


def test_opening_another_file_asks_before_writing_is_given_up(qtbot, window, file, tmp_path, slow_book):
    other = tmp_path / "b.perfdesk"
    files.create(other, window.session.municipality)
    window.exporter.write(BOOK, tmp_path / "kitap.pdf")
    assert not window.files.open_path(other)
    press(question_of(qtbot, window), Qt.Key.Key_Escape)
    assert window.session.store.path == file
    assert window.exporter.is_busy
    assert not window.files.open_path(other)
    push(question_of(qtbot, window), "Yazmayı bırak ve kapat")
    qtbot.waitUntil(lambda: window.session is not None and window.session.store.path == other)
    idle(qtbot, window)
    assert "kitap.pdf" in said(window)
    assert "vazgeçildi" in said(window)
    assert not (tmp_path / "kitap.pdf").exists()


def push(box, text):
    next(button for button in box.buttons() if button.text().replace("&", "") == text).click()


def test_closing_the_window_asks_and_gives_up_where_somebody_agrees(qtbot, window, tmp_path, slow_book):
    path = tmp_path / "kitap.pdf"
    path.write_bytes(b"former")
    window.exporter.write(BOOK, path)
    window.ui.quit.trigger()
    box = question_of(qtbot, window)
    assert window.isVisible()
    assert window.session is not None
    push(box, "Yazmayı bırak ve kapat")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.session is None
    idle(qtbot, window)
    assert path.read_bytes() == b"former"


def test_closing_the_window_waits_where_somebody_rather_waits(qtbot, window, tmp_path, slow_book):
    window.exporter.write(BOOK, tmp_path / "kitap.pdf")
    window.close()
    # the button that Enter presses
    press(question_of(qtbot, window).defaultButton(), Qt.Key.Key_Return)
    assert window.isVisible()
    slow_book.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.session is None
    assert (tmp_path / "kitap.pdf").read_bytes() == b"new"


def test_what_was_written_meanwhile_is_no_question_any_more(qtbot, window, tmp_path, slow_book):
    """Nothing stands in the way of closing, which was asked for."""
    window.exporter.write(BOOK, tmp_path / "kitap.pdf")
    window.close()
    box = question_of(qtbot, window)
    slow_book.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not shiboken6.isValid(box) or not box.isVisible()
    assert (tmp_path / "kitap.pdf").read_bytes() == b"new"


def test_who_wants_to_work_on_is_not_closed_upon(qtbot, window, tmp_path, slow_book):
    window.exporter.write(BOOK, tmp_path / "kitap.pdf")
    window.close()
    press(question_of(qtbot, window), Qt.Key.Key_Escape)
    slow_book.set()
    idle(qtbot, window)
    assert window.isVisible()
    assert box_of(window).text() == "“kitap.pdf” yazıldı."


@pytest.fixture
def slow_print(window, monkeypatch, qtbot):
    """Begin to print what comes to its end once the event is set; return that event, and whether it came to one."""
    goes_on, printed = Event(), []

    def slow(_book, _pages, _printer, tell):
        for _row in range(2000):
            tell(1, 2)
            if goes_on.wait(0.01):
                break
        printed.append(True)

    monkeypatch.setattr(printing, "_print", slow)
    book = previewing.Preview(b"", ((595.0, 842.0),), (), 1, 1, None)
    window.output._printer().print_pages(book, QPrinter())
    assert window.output.is_busy()
    yield goes_on, printed
    goes_on.set()
    qtbot.waitUntil(lambda: not window.output._printer().is_busy)


def question_of_printing(qtbot, window):
    qtbot.waitUntil(lambda: box_of(window) is not None)
    box = box_of(window)
    assert box.text() == "Hâlâ yazdırılıyor."
    return box


def test_closing_asks_before_printing_is_given_up(qtbot, window, slow_print):
    goes_on, printed = slow_print
    window.ui.close_file.trigger()
    box = question_of_printing(qtbot, window)
    assert window.session is not None
    press(box, Qt.Key.Key_Escape)
    window.close()
    push(question_of_printing(qtbot, window), "Yazdırmayı bırak ve kapat")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.session is None
    assert not goes_on.is_set()
    assert printed == []


def test_closing_waits_for_the_end_of_printing_where_somebody_rather_waits(qtbot, window, slow_print):
    goes_on, printed = slow_print
    window.close()
    press(question_of_printing(qtbot, window).defaultButton(), Qt.Key.Key_Return)
    assert window.isVisible()
    goes_on.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert printed == [True]


def test_who_wants_to_work_on_is_not_closed_upon_by_the_printer(qtbot, window, slow_print):
    goes_on, printed = slow_print
    window.close()
    press(question_of_printing(qtbot, window), Qt.Key.Key_Escape)
    goes_on.set()
    qtbot.waitUntil(lambda: bool(printed) and not window.output.is_busy())
    QApplication.processEvents()
    assert window.isVisible()


def test_what_printing_is_cancelled_closes_nothing(qtbot, window, slow_print):
    window.close()
    question_of_printing(qtbot, window)
    window.output._printer().stop()
    qtbot.waitUntil(lambda: not window.output.is_busy())
    QApplication.processEvents()
    assert window.isVisible()
    assert box_of(window) is None


def test_what_could_not_be_written_is_told_before_anything_is_closed(qtbot, window, tmp_path, monkeypatch):
    begun, goes_on = Event(), Event()

    def fail(*_args):
        begun.set()
        goes_on.wait(10)
        raise UserError("x")

    monkeypatch.setattr(BOOK, "make", fail)
    window.exporter.write(BOOK, tmp_path / "kitap.pdf")
    window.close()
    question_of(qtbot, window)
    with qtbot.capture_exceptions():
        goes_on.set()
        idle(qtbot, window)
    assert window.isVisible()
    assert window.session is not None


def test_what_was_refused_is_asked_about_before_what_is_being_written(qtbot, window, tmp_path, slow_book, monkeypatch):
    asked = []
    monkeypatch.setattr(
        unsaved, "ask", lambda _parent, _question, entries, *, go_on, **_others: asked.append((entries, go_on))
    )
    window.pages.page.ui.code.setPlainText("x\x1b")
    window.exporter.write(BOOK, tmp_path / "kitap.pdf")
    window.close()
    assert box_of(window) is None
    ((entries, go_on),) = asked
    assert len(entries) == 1
    go_on()
    push(question_of(qtbot, window), "Yazmayı bırak ve kapat")
    qtbot.waitUntil(lambda: not window.isVisible())


def test_giving_up_is_said(qtbot, window, tmp_path, slow_book):
    window.exporter.write(BOOK, tmp_path / "kitap.pdf")
    window.exporter.widgets[2].click()
    idle(qtbot, window)
    assert "vazgeçildi" in said(window)


def test_a_document_that_was_written_was_not_given_up(qtbot, window, tmp_path, slow_book):
    window.exporter.write(BOOK, tmp_path / "kitap.pdf")
    slow_book.set()
    idle(qtbot, window)
    assert said(window) == ""


def test_another_language_waits_for_the_document_being_written(qtbot, qapp, file, tmp_path, slow_book):
    windows = application.Windows(qapp, Settings(tmp_path / "own.ini"))
    try:
        window = windows.window
        window.open_path(file)
        window.exporter.write(BOOK, tmp_path / "kitap.pdf")
        windows.speak("en")
        assert windows.window is window
        assert window.ui.turkish.isChecked()
        assert "kitap.pdf" in said(window)
        slow_book.set()
        idle(qtbot, window)
        assert (tmp_path / "kitap.pdf").read_bytes() == b"new"
        windows.speak("en")
        assert windows.window is not window
        windows.speak("tr")
    finally:
        i18n.set_language("tr")
        windows.window.close()
        windows.deleteLater()


# --- what stands in the way -------------------------------------------------------------------------------------------


def test_trying_again_without_the_file_shows_the_start_page(window, file, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(errors, "say", lambda _parent, text: told.append(text))
    other = tmp_path / "b.perfdesk"
    files.create(other, window.session.municipality)
    with closing(files.open_store(other, writable=True)):
        window.open_path(other)
        assert window.session.read_only
    other.unlink()
    button = window.ui.banner.findChild(QPushButton)
    press(button, Qt.Key.Key_Space, " ")
    assert len(told) == 1
    assert window.session is None
    assert window.ui.pages.currentWidget() is window.start_page
    assert window.windowTitle() == "perfdesk"
    assert not window.ui.outline.isVisible()


def test_trying_again_opens_the_file_for_writing_when_it_is_free(window, tmp_path):
    other = tmp_path / "b.perfdesk"
    files.create(other, window.session.municipality)
    with closing(files.open_store(other, writable=True)):
        window.open_path(other)
    press(window.ui.banner.findChild(QPushButton), Qt.Key.Key_Space, " ")
    assert window.session.store.path == other
    assert not window.session.read_only


@pytest.mark.parametrize("command", ["new_year", "delete_year", "save_copy", "restore", "save"])
def test_nothing_is_done_with_a_file_while_what_is_typed_cannot_be_written(window, monkeypatch, command):
    proposed = asked_for(monkeypatch, "")
    with monkeypatch.context() as patched:
        patched.setattr(window.pages.page, "commit", lambda: False)
        getattr(window.ui, command).trigger()
    assert said(window) == "Yazılmakta olan metin şu anda kaydedilemiyor."
    assert proposed == []
    assert [window.findChild(kind) for kind in (NewYear, RestoreDialog, QMessageBox)] == [None] * 3


def test_the_file_that_is_open_is_not_opened_once_more_while_what_is_typed_cannot_be_written(window, file, monkeypatch):
    done = []
    with monkeypatch.context() as patched:
        patched.setattr(window.pages.page, "commit", lambda: False)
        assert not window.files.open_path(file, lambda: done.append(True))
    assert said(window) == "Yazılmakta olan metin şu anda kaydedilemiyor."
    assert done == []
    assert window.files.open_path(file, lambda: done.append(True))
    assert done == [True]


def test_a_copy_of_a_damaged_file_holds_what_was_loaded_and_says_so(window, file, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(errors, "say", lambda _parent, text: told.append(text))
    asked_for(monkeypatch, tmp_path / "kopya.perfdesk")
    loaded = window.session.municipality
    file.write_bytes(bytes(100) + file.read_bytes()[100:])
    window.ui.save_copy.trigger()
    assert len(told) == 1
    assert file.name in told[0]
    assert "bellekteki" in told[0]
    with files.open_store(tmp_path / "kopya.perfdesk", writable=True) as store:
        assert store.load() == loaded


def test_a_copy_of_a_sound_file_says_nothing(window, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(errors, "say", lambda _parent, text: told.append(text))
    asked_for(monkeypatch, tmp_path / "kopya.perfdesk")
    window.ui.save_copy.trigger()
    assert told == []
    assert (tmp_path / "kopya.perfdesk").is_file()


@pytest.mark.parametrize("command", ["print", "print_part", "export_pdf", "export_docx", "papers", "unit_file"])
def test_nothing_is_printed_or_written_while_something_is_being_printed_and_that_is_said(window, monkeypatch, command):
    proposed = asked_for(monkeypatch, "")
    window.output._printer()
    monkeypatch.setattr(Printing, "is_busy", property(lambda _printing: True))
    getattr(window.ui, command).trigger()
    assert said(window) == "Şu anda yazdırma sürüyor. Bitmesini bekleyin ya da “Vazgeç” deyin."
    assert proposed == []
    assert window.findChild(Papers) is None
