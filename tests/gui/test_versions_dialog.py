"""Meclis sürümleri: freezing, deciding, deleting with the keyboard, undo, and writing versions and what changed."""

from collections import Counter
from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from tests.gui.hands import press
from tests.gui.walking import wait_until

from perfdesk.checks.finding import Severity
from perfdesk.domain.errors import UserError
from perfdesk.gui.dialogs import delete_year, errors, save_place, unsaved, written
from perfdesk.gui.dialogs.version_changes import VersionChanges
from perfdesk.gui.dialogs.version_entry import VersionEntry
from perfdesk.gui.dialogs.versions import VersionsDialog
from perfdesk.gui.window.writing_row import WritingRow
from perfdesk.services import deleting_year, rolling, versions
from perfdesk.services.control.audit import Audited
from perfdesk.services.files import backing_up
from perfdesk.services.output import exporting, naming
from perfdesk.storage import files
from perfdesk.storage.backups import Reason

YEAR = 2027
Key = Qt.Key


@pytest.fixture
def show(window, qtbot):
    """Choose the command and return the dialog."""

    def show():
        window.ui.versions.trigger()
        dialog = found(window, VersionsDialog)
        qtbot.waitUntil(dialog.isActiveWindow)
        dialog._today = date(2026, 10, 20)
        return dialog

    return show


def found(parent, kind):
    return next((one for one in parent.findChildren(kind) if one.isVisible()), None)


def above(dialog, kind):
    """Return the dialog that has just been opened above one, once it has the keyboard."""
    entry = found(dialog, kind)
    assert entry is not None
    wait_until(entry.isActiveWindow)
    return entry


def write(field, text):
    """Replace what stands in a field, as hands do."""
    field.setFocus()
    field.selectAll()
    for letter in text:
        press(field, Key.Key_unknown, letter)


def take_keyboard(dialog):
    """Have the keyboard in a dialog once more, as systems give it back when what stood above has gone."""
    dialog.activateWindow()
    wait_until(dialog.isActiveWindow)


def keys(dialog, sequence):
    """Press keys that are the dialog's."""
    take_keyboard(dialog)
    QTest.keySequence(dialog, sequence)


def rows(dialog):
    model = dialog.ui.versions.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def freeze(session, day="2026-10-20", **said):
    return versions.freeze(session.store, session.year, day, **said)


def retitle(session, title="Başka bir hedef"):
    with session.store.step("x"):
        session.store.update("target", session.target("t1").row, title=title)


def of_year(session):
    return versions.versions(session.municipality, YEAR)


# --- submitting -------------------------------------------------------------------------------------------------------


def test_without_a_version_it_says_what_one_is_for_and_offers_the_first(show):
    dialog = show()
    ui = dialog.ui
    assert "2027" in dialog.windowTitle()
    assert "2027 yılı programı henüz Meclise sunulmadı" in ui.explanation.text()
    assert "yeniden yazdırılabilir" in ui.explanation.text()
    assert not ui.versions.isVisible()
    assert ui.freeze.hasFocus()
    assert ui.freeze.isDefault()
    press(ui.freeze, Key.Key_Return)
    assert above(dialog, VersionEntry).ui.date.text() == "20.10.2026"


def test_a_programme_is_frozen_with_the_keyboard(window, show):
    dialog = show()
    press(dialog.ui.freeze, Key.Key_Return)
    entry = above(dialog, VersionEntry)
    assert entry.ui.date.hasFocus()
    assert not entry.ui.decision.isVisible()
    assert "1 numaralı sürüm" in entry.ui.explanation.text()
    write(entry.ui.date, "2.11.2026")
    write(entry.ui.note, "İlk sunuş")
    press(entry.ui.note, Key.Key_Return)
    (version,) = of_year(window.session)
    assert (version.number, version.date, version.note) == (1, "2026-11-02", "İlk sunuş")
    assert rows(dialog) == [["1", "02.11.2026", "", "", version.hash, "İlk sunuş"]]
    take_keyboard(dialog)
    assert dialog.ui.versions.isVisible()
    assert dialog.ui.versions.hasFocus()
    assert dialog.chosen() == 1
    assert "değişiklik yok" in dialog.ui.state.text()
    assert window.session.undo_label == versions.FREEZE


@pytest.mark.parametrize("typed", ["31.02.2026", "20.10.26", "yarın", "", "10.20.2026"])
def test_a_wrong_date_stays_with_its_sentence_below(window, show, typed):
    dialog = show()
    press(dialog.ui.freeze, Key.Key_Return)
    entry = above(dialog, VersionEntry)
    date_, said = entry.ui.date, entry.ui.date_said
    write(entry.ui.note, "Açıklama")
    write(date_, "x")
    date_.setText(typed)
    press(date_, Key.Key_Return)
    assert entry.isVisible()
    assert date_.text() == typed
    assert date_.hasFocus()
    assert said.isVisible()
    assert "“20.10.2026” gibi" in said.text()
    assert date_.accessibleDescription() == said.text()
    assert said.mapTo(entry, said.rect().topLeft()).y() > date_.mapTo(entry, date_.rect().topLeft()).y()
    assert of_year(window.session) == ()
    # what is typed next is another entry
    write(date_, "2026-10-21")
    assert not said.isVisible()
    press(date_, Key.Key_Return)
    assert [(one.date, one.note) for one in of_year(window.session)] == [("2026-10-21", "Açıklama")]


def test_what_cannot_be_printed_is_told_below_its_field(window, show):
    dialog = show()
    press(dialog.ui.freeze, Key.Key_Return)
    entry = above(dialog, VersionEntry)
    entry.ui.note.setText("x\x1b")
    press(entry.ui.date, Key.Key_Return)
    assert entry.ui.note_said.isVisible()
    assert entry.ui.note.hasFocus()
    press(entry, Key.Key_Escape)
    assert of_year(window.session) == ()
    assert window.session.undo_label == ""


def test_nothing_is_frozen_that_has_not_changed(window, show):
    freeze(window.session)
    dialog = show()
    dialog.ui.freeze.click()
    assert found(dialog, VersionEntry) is None
    assert dialog.ui.problem.isVisible()
    assert "1 numaralı sürümden bu yana değişmedi" in dialog.ui.problem.text()
    assert len(of_year(window.session)) == 1


def test_later_edits_make_another_version(window, show):
    freeze(window.session)
    retitle(window.session)
    dialog = show()
    assert "1 numaralı sürümden sonra değiştirildi" in dialog.ui.state.text()
    dialog.ui.freeze.click()
    entry = above(dialog, VersionEntry)
    assert "2 numaralı sürüm" in entry.ui.explanation.text()
    press(entry.ui.date, Key.Key_Return)
    assert [row[0] for row in rows(dialog)] == ["1", "2"]
    assert dialog.chosen() == 2
    assert "2 numaralı sürümde" in dialog.ui.state.text()


def test_entries_that_were_refused_are_told_before(window, show, closing):
    title = window.pages.page.ui.title
    title.setPlainText("x\x1b")
    title.commit()
    dialog = show()
    dialog.ui.freeze.click()
    assert len(closing) == 1
    QApplication.processEvents()
    assert found(dialog, VersionEntry) is not None


def test_who_goes_to_the_refused_entry_leaves_the_dialog(window, show, monkeypatch):
    monkeypatch.setattr(unsaved, "ask", lambda _parent, _question, _entries, *, show_first, **_others: show_first())
    title = window.pages.page.ui.title
    title.setPlainText("x\x1b")
    title.commit()
    window.go_to(("target", "t2"))
    dialog = show()
    dialog.ui.freeze.click()
    assert not dialog.isVisible()
    assert window.here == ("target", "t1")
    assert of_year(window.session) == ()


def test_nothing_is_shown_while_what_is_typed_cannot_be_written(window, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(window.pages.page, "commit", lambda: False)
        window.ui.versions.trigger()
    assert window.findChild(VersionsDialog) is None


# --- deciding ---------------------------------------------------------------------------------------------------------


def test_the_decision_is_entered_later(window, show):
    freeze(window.session, note="Oy birliği")
    hash_ = of_year(window.session)[0].hash
    dialog = show()
    dialog.ui.decide.click()
    entry = above(dialog, VersionEntry)
    assert entry.ui.decision.hasFocus()
    assert entry.ui.note.text() == "Oy birliği"
    write(entry.ui.decision, "2026/45")
    write(entry.ui.date, "32.11.2026")
    press(entry.ui.date, Key.Key_Return)
    assert entry.isVisible()
    assert entry.ui.date_said.isVisible()
    assert entry.ui.decision.text() == "2026/45"
    write(entry.ui.date, "03.11.2026")
    press(entry.ui.date, Key.Key_Return)
    assert rows(dialog) == [["1", "20.10.2026", "2026/45", "03.11.2026", hash_, "Oy birliği"]]
    assert window.session.undo_label == versions.DECIDE
    # it is no change of the programme
    assert "değişiklik yok" in dialog.ui.state.text()


def test_a_decision_without_its_day_is_taken_and_the_same_once_more_is_no_step(window, show):
    freeze(window.session)
    dialog = show()
    for _time in range(2):
        dialog.ui.decide.click()
        entry = above(dialog, VersionEntry)
        write(entry.ui.decision, "45")
        press(entry.ui.decision, Key.Key_Return)
        QApplication.processEvents()
    assert of_year(window.session)[0].decision == "45"
    window.session.undo()
    assert of_year(window.session)[0].decision == ""


# --- deleting and undo ------------------------------------------------------------------------------------------------


def answer(dialog, text):
    box = found(dialog, QMessageBox)
    next(button for button in box.buttons() if button.text().replace("&", "") == text).click()
    QApplication.processEvents()


def test_a_version_is_deleted_after_a_question(window, show):
    freeze(window.session, decision="2026/45")
    dialog = show()
    QTest.keyClick(dialog.ui.versions, Key.Key_Delete)
    box = found(dialog, QMessageBox)
    assert "1 numaralı sürüm" in box.text()
    assert "2026/45" in box.informativeText()
    answer(dialog, "Vazgeç")
    assert len(of_year(window.session)) == 1
    dialog.ui.remove.click()
    answer(dialog, "Sil")
    assert of_year(window.session) == ()
    assert not dialog.ui.versions.isVisible()
    assert dialog.ui.freeze.isDefault()


def test_undo_and_redo_are_followed(window, show):
    dialog = show()
    dialog.ui.freeze.click()
    press(above(dialog, VersionEntry).ui.date, Key.Key_Return)
    before = versions.version_book(window.session.store, YEAR, 1)
    dialog.ui.remove.click()
    answer(dialog, "Sil")
    keys(dialog, "Ctrl+Z")
    assert [row[0] for row in rows(dialog)] == ["1"]
    assert dialog.ui.versions.isVisible()
    assert versions.version_book(window.session.store, YEAR, 1) == before
    keys(dialog, "Ctrl+Z")
    assert of_year(window.session) == ()
    assert not dialog.ui.versions.isVisible()
    keys(dialog, "Ctrl+Y")
    assert [row[0] for row in rows(dialog)] == ["1"]
    keys(dialog, "Ctrl+Shift+Z")
    assert of_year(window.session) == ()


def test_what_is_not_in_sight_is_not_undone_from_the_list(window, show):
    retitle(window.session)
    dialog = show()
    keys(dialog, "Ctrl+Z")
    assert window.session.undo_label == "x"
    assert window.session.target("t1").title == "Başka bir hedef"


def test_the_window_undoes_it_too_and_names_it(window, show):
    dialog = show()
    dialog.ui.freeze.click()
    press(above(dialog, VersionEntry).ui.date, Key.Key_Return)
    dialog.reject()
    assert "Meclise sunma" in window.ui.undo.text()
    window.ui.undo.trigger()
    assert of_year(window.session) == ()
    assert "Meclise sunma" in window.ui.status.currentMessage()
    window.ui.redo.trigger()
    assert len(of_year(window.session)) == 1


def test_for_reading_only_nothing_can_be_changed_but_all_be_written(window, file, tmp_path, show):
    freeze(window.session)
    copy = tmp_path / "b.perfdesk"
    assert files.save_copy(window.session.store, copy)
    with files.open_store(copy, writable=True):
        window.open_path(copy)
        assert window.session.read_only
        dialog = show()
        ui = dialog.ui
        assert [one.isEnabled() for one in (ui.freeze, ui.decide, ui.remove)] == [False] * 3
        assert [one.isEnabled() for one in (ui.pdf, ui.xlsx)] == [True] * 2
        assert "yalnızca okumak için açık" in ui.explanation.text()


# --- writing ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def place(monkeypatch, tmp_path):
    """Give documents a place; return the names that were proposed. The message that they are there is not shown."""
    proposed = []

    def ask(_parent, _title, name, _filter, suffix, then):
        proposed.append(name.name)
        then(naming.file_name(tmp_path / "belge", suffix))

    monkeypatch.setattr(save_place, "ask", ask)
    monkeypatch.setattr(written, "show", lambda *_arguments, **_named: None)
    return proposed


def idle(qtbot, window):
    qtbot.waitUntil(lambda: not window.exporter.is_busy, timeout=60_000)


def test_a_version_is_written_with_the_same_bytes_after_edits(qtbot, window, tmp_path, show, place):
    freeze(window.session)
    contents = []
    dialog = show()
    for _time in range(2):
        # the list stays, with the keyboard where it was
        assert dialog.isVisible()
        press(dialog.ui.versions, Key.Key_Return)
        idle(qtbot, window)
        contents.append((tmp_path / "belge.pdf").read_bytes())
        (tmp_path / "belge.pdf").unlink()
        retitle(window.session)
    assert contents[0] == contents[1] == versions.version_book(window.session.store, YEAR, 1)
    assert place == ["Güneyçam 2027 1. sürüm.pdf"] * 2


def test_the_chosen_version_is_written_as_a_workbook(qtbot, window, tmp_path, show, place):
    freeze(window.session)
    retitle(window.session)
    freeze(window.session, "2026-11-02")
    dialog = show()
    QTest.keyClick(dialog.ui.versions, Key.Key_Up)
    assert dialog.chosen() == 1
    dialog.ui.xlsx.click()
    idle(qtbot, window)
    ctx, stamp = versions.opened(window.session.store, YEAR, 1)
    assert (tmp_path / "belge.xlsx").read_bytes() == exporting.workbook(ctx, stamp=stamp)
    assert place == ["Güneyçam 2027 1. sürüm.xlsx"]


@pytest.fixture
def slow_book(monkeypatch):
    """A book that is not written before the event is set; the other event tells that it has been begun."""
    begun, go_on = Event(), Event()

    def book(_ctx, progress=None, *, stamp=""):
        begun.set()
        for _line in range(1000):
            progress(1, 2)
            if go_on.wait(0.01):
                break
        return stamp.encode()

    monkeypatch.setattr(exporting, "book", book)
    yield begun, go_on
    go_on.set()


def test_the_list_stays_open_and_writing_is_given_up_in_it(qtbot, window, tmp_path, show, place, slow_book):
    freeze(window.session)
    retitle(window.session)
    dialog = show()
    ui = dialog.ui
    row = dialog.findChild(WritingRow)
    assert not row.isVisible()
    ui.pdf.setFocus()
    ui.pdf.click()
    assert slow_book[0].wait(10)
    assert dialog.isVisible()
    assert "belge.pdf" in row.text.text()
    qtbot.waitUntil(lambda: row.bar.value() == 50)
    assert [button.isEnabled() for button in (ui.pdf, ui.xlsx, ui.changes, ui.freeze)] == [False, False, False, True]
    assert ui.versions.hasFocus()
    assert not window.ui.versions.isEnabled()
    press(row.cancel, Key.Key_Space)
    idle(qtbot, window)
    assert not row.isVisible()
    assert all(button.isEnabled() for button in (ui.pdf, ui.xlsx, ui.changes))
    assert dialog.isVisible()
    assert window.ui.versions.isEnabled()
    assert "vazgeçildi" in window.ui.status.currentMessage()
    assert not (tmp_path / "belge.pdf").exists()


def test_what_becomes_of_it_is_told_above_the_list_or_above_the_window_once_that_is_closed(
    qtbot, window, tmp_path, show, monkeypatch
):
    told = []
    monkeypatch.setattr(written, "show", lambda parent, path, **_named: told.append((parent, path.name)))
    monkeypatch.setattr(errors, "say", lambda parent, _sentence: told.append((parent, "")))
    monkeypatch.setattr(save_place, "ask", lambda *given: given[-1](naming.file_name(tmp_path / "belge", ".xlsx")))
    freeze(window.session)
    dialog = show()
    dialog.ui.xlsx.click()
    idle(qtbot, window)
    assert told.pop() == (dialog, "belge.xlsx")
    (tmp_path / "belge.xlsx").unlink()
    (tmp_path / "belge.xlsx").mkdir()
    dialog.ui.xlsx.click()
    idle(qtbot, window)
    assert told.pop() == (dialog, "")
    (tmp_path / "belge.xlsx").rmdir()
    dialog.ui.xlsx.click()
    dialog.close()
    idle(qtbot, window)
    assert told == [(window, "belge.xlsx")]


def test_the_file_may_go_while_a_version_is_being_written(qtbot, window, tmp_path, show, place, slow_book):
    freeze(window.session)
    show().ui.pdf.click()
    assert slow_book[0].wait(10)
    window.file.close()
    idle(qtbot, window)
    assert not (tmp_path / "belge.pdf").exists()


def test_the_list_goes_with_the_file(window, show):
    freeze(window.session)
    dialog = show()
    dialog.ui.decide.click()
    window.file.close()
    assert not dialog.isVisible()
    assert window.session is None


def test_a_place_that_is_not_chosen_leaves_the_list(window, show, monkeypatch):
    monkeypatch.setattr(save_place, "ask", lambda *_arguments: None)
    freeze(window.session)
    dialog = show()
    dialog.ui.pdf.click()
    assert dialog.isVisible()


def test_a_damaged_version_is_told(window, show, place):
    freeze(window.session)
    retitle(window.session)
    store = window.session.store
    with store.step("x"):
        store.update("version_content", of_year(window.session)[0].row, data=b"x")
    dialog = show()
    assert dialog.ui.problem.isVisible()
    assert len(rows(dialog)) == 1
    dialog.ui.problem.hide()
    dialog.ui.pdf.click()
    assert dialog.ui.problem.isVisible()
    assert place == []


# --- the change booklet -----------------------------------------------------------------------------------------------


def offered(choice):
    return [choice.itemText(at) for at in range(choice.count())]


def test_the_booklet_tells_of_what_has_changed_since(qtbot, window, tmp_path, show, place):
    freeze(window.session)
    retitle(window.session)
    dialog = show()
    dialog.ui.changes.click()
    chosen = above(dialog, VersionChanges)
    assert offered(chosen.ui.earlier) == ["1 numaralı sürüm, 20.10.2026"]
    assert offered(chosen.ui.later) == ["Programın şimdiki hâli"]
    press(chosen.ui.later, Key.Key_Return)
    idle(qtbot, window)
    assert (tmp_path / "belge.pdf").read_bytes().startswith(b"%PDF")
    assert place == ["Güneyçam 2027 1. sürümden sonraki değişiklikler.pdf"]


def test_the_later_state_is_later_than_the_earlier_one(qtbot, window, tmp_path, show, place):
    freeze(window.session)
    retitle(window.session)
    freeze(window.session, "2026-11-02", decision="2026/45")
    retitle(window.session, "Üçüncü")
    dialog = show()
    QTest.keyClick(dialog.ui.versions, Key.Key_Up)
    dialog.ui.changes.click()
    ui = above(dialog, VersionChanges).ui
    second = "2 numaralı sürüm, 02.11.2026, 2026/45"
    assert offered(ui.earlier) == ["1 numaralı sürüm, 20.10.2026", second]
    assert ui.earlier.currentIndex() == 0
    assert offered(ui.later) == [second, "Programın şimdiki hâli"]
    assert ui.later.currentText() == "Programın şimdiki hâli"
    QTest.keyClick(ui.later, Key.Key_Up)
    assert ui.later.currentText() == second
    QTest.keyClick(ui.earlier, Key.Key_Down)
    assert offered(ui.later) == ["Programın şimdiki hâli"]
    QTest.keyClick(ui.earlier, Key.Key_Up)
    QTest.keyClick(ui.later, Key.Key_Up)
    above(dialog, VersionChanges).xlsx.click()
    idle(qtbot, window)
    assert (tmp_path / "belge.xlsx").read_bytes().startswith(b"PK")
    assert place == ["Güneyçam 2027 1. sürümden 2. sürüme değişiklikler.xlsx"]


def test_without_a_later_state_there_is_no_booklet(window, show):
    freeze(window.session)
    dialog = show()
    assert not dialog.ui.changes.isEnabled()
    retitle(window.session)
    assert dialog.ui.changes.isEnabled()
    assert "sonra değiştirildi" in dialog.ui.state.text()


# --- the rest of the file's life --------------------------------------------------------------------------------------


def test_a_copy_has_the_versions(window, tmp_path, monkeypatch):
    freeze(window.session)
    book = versions.version_book(window.session.store, YEAR, 1)
    monkeypatch.setattr(
        save_place, "ask", lambda _parent, _title, _name, _filter, _suffix, then: then(tmp_path / "kopya.perfdesk")
    )
    window.ui.save_copy.trigger()
    with files.open_store(tmp_path / "kopya.perfdesk", writable=False) as store:
        assert versions.version_book(store, YEAR, 1) == book


def test_deleting_a_year_says_that_its_versions_go_and_undo_brings_them_back(window):
    freeze(window.session)
    book = versions.version_book(window.session.store, YEAR, 1)
    told = delete_year.told(deleting_year.going_with(window.session.municipality, YEAR))
    assert "Meclise sunulan 1 sürüm" in told
    window.files._delete_year(window.session, YEAR)
    assert window.session.municipality.programme(YEAR) is None
    window.ui.undo.trigger()
    assert versions.version_book(window.session.store, YEAR, 1) == book


def test_a_copy_without_them_says_so(window, file, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(errors, "say", lambda _parent, text: told.append(text))
    monkeypatch.setattr(
        save_place, "ask", lambda _parent, _title, _name, _filter, _suffix, then: then(tmp_path / "kopya.perfdesk")
    )
    freeze(window.session)
    file.write_bytes(bytes(100) + file.read_bytes()[100:])
    window.ui.save_copy.trigger()
    assert len(told) == 1
    assert "sürümler kopyada yok" in told[0]


def test_a_restored_backup_brings_its_versions_back(window, tmp_path):
    session = window.session
    freeze(session)
    book = versions.version_book(session.store, YEAR, 1)
    backup = backing_up.back_up(session.store, tmp_path / "yedek", Reason.ASKED, None)
    versions.delete(session.store, YEAR, 1)
    backing_up.restore(session.store, backup, tmp_path / "yedek")
    assert [version.number for version in of_year(session)] == [1]
    assert versions.version_book(session.store, YEAR, 1) == book
    session.undo()
    assert of_year(session) == ()


def test_a_new_year_begins_without_versions(window):
    freeze(window.session)
    rolling.roll_over(window.session.store, YEAR + 1, rolling.Options())
    window.session.set_year(YEAR + 1)
    assert versions.versions(window.session.municipality, YEAR + 1) == ()
    assert len(of_year(window.session)) == 1


def test_what_was_done_before_the_list_was_opened_is_not_taken_back_in_it(window, show):
    """It may be a version of another year, which the list does not show."""
    session = window.session
    versions.freeze(session.store, 2026, "2025-10-20")
    session.set_year(YEAR)
    dialog = show()
    keys(dialog, "Ctrl+Z")
    assert len(versions.versions(session.municipality, 2026)) == 1
    dialog.reject()
    window.undo()
    assert versions.versions(session.municipality, 2026) == ()
    dialog = show()
    keys(dialog, "Ctrl+Y")
    assert versions.versions(session.municipality, 2026) == ()
    dialog.reject()


def test_a_damaged_version_keeps_nobody_from_freezing_another_one(session, monkeypatch):
    versions.freeze(session.store, YEAR, "2026-10-20")

    def damaged(*_args):
        raise UserError("x")

    monkeypatch.setattr(versions, "differs", damaged)
    assert versions.freeze(session.store, YEAR, "2026-10-21") == 2


def test_what_the_checks_find_is_told_before_freezing(window, show, monkeypatch):
    counts = window.session.audited().counts_of_programme()
    # what the report on the year lacks is not counted, were it as much as this
    monkeypatch.setattr(Audited, "counts", lambda _audited: Counter({Severity.ERROR: 999}))
    told = f"{counts[Severity.ERROR]} hata, {counts[Severity.WARNING]} uyarı"
    dialog = show()
    dialog.ui.freeze.click()
    ui = above(dialog, VersionEntry).ui
    assert told in ui.found.text()
    assert ui.caution.isVisible()
    assert not ui.sign.pixmap().isNull()
    # and to whoever cannot see it
    assert ui.date.accessibleDescription() == ui.found.text()
    found(dialog, VersionEntry).reject()
    monkeypatch.setattr(type(window.session), "audited", lambda _session: Audited())
    dialog.ui.freeze.click()
    assert not above(dialog, VersionEntry).ui.caution.isVisible()
