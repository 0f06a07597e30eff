"""Commands on the whole file say what they have done: backups, restoring, the sample, deleting a year."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from tests.gui.hands import press

from perfdesk.gui import moments
from perfdesk.gui.dialogs.restore import RestoreDialog
from perfdesk.gui.window import file_commands
from perfdesk.services.files import backing_up
from perfdesk.storage.backups import Reason


def said(window):
    return window.ui.status.currentMessage()


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-11-20T09:05", "09:05"),
        ("2026-10-14T16:20", "14 Ekim 16:20"),
        ("2025-02-03T07:00", "3 Şubat 2025 07:00"),
    ],
)
def test_moments_are_said_as_people_say_them(qapp, moment, shown):
    assert moments.said(datetime.fromisoformat(moment), datetime.fromisoformat("2026-11-20T14:05")) == shown


def test_backup_says_where_and_when(window):
    window.ui.back_up.trigger()
    (backup,) = backing_up.backups(window.session.store.path, window.settings.backup_folder)
    assert said(window) == f"Yedek alındı, {backup.when:%H:%M}: {backup.path}"


def test_backup_of_what_is_backed_up_says_so(window, monkeypatch):
    store, folder = window.session.store, window.settings.backup_folder
    made = backing_up.back_up(store, folder, Reason.OPENED, None)
    earlier = made.path.with_name("2026-01-05 080000 opened.perfdesk")
    made.path.rename(earlier)
    window.ui.back_up.trigger()
    assert said(window).startswith("Son yedekten (")
    assert str(earlier) in said(window)


def test_restoring_says_what_was_restored(window, qtbot):
    store, folder = window.session.store, window.settings.backup_folder
    made = backing_up.back_up(store, folder, Reason.OPENED, None)
    with store.step("test"):
        store.update("administration", 1, name="Başka")
    window.ui.restore.trigger()
    dialog = window.findChild(RestoreDialog)
    qtbot.waitUntil(dialog.restore.isEnabled)
    qtbot.waitUntil(lambda: not dialog._compare.isActive())
    dialog.restore.click()
    assert said(window) == f"{made.when:%H:%M} yedeği geri yüklendi; Ctrl+Z geri alır."


def test_restored_damaged_file_is_opened_and_said(window, file, tmp_path, monkeypatch, qtbot):
    store, folder = window.session.store, window.settings.backup_folder
    backing_up.back_up(store, folder, Reason.OPENED, None)
    window.ui.close_file.trigger()
    file.write_bytes(file.read_bytes()[:5000])
    monkeypatch.setattr(file_commands.errors, "say", lambda *_arguments: None)
    window.open_path(file)
    dialog = window.findChild(RestoreDialog)
    qtbot.waitUntil(lambda: not dialog._compare.isActive())
    dialog.restore.click()
    assert window.session.store.path == file
    assert "yedeği geri yüklendi" in said(window)
    assert str(file.with_name("Güneyçam.damaged.perfdesk")) in said(window)


def test_message_goes_with_its_file(window):
    window.ui.back_up.trigger()
    window.ui.close_file.trigger()
    assert said(window) == ""


def test_title_names_municipality_year_and_file_and_the_foot_the_folder(window, file):
    assert window.windowTitle() == "Güneyçam Belediyesi – 2027 – Güneyçam.perfdesk"
    assert window.ui.status.toolTip() == str(file)
    window.session.set_year(2026)
    assert "– 2026 –" in window.windowTitle()
    window.ui.close_file.trigger()
    assert window.windowTitle() == "perfdesk"
    assert window.ui.status.toolTip() == ""


def test_sample_says_where_its_copy_is(window, tmp_path, monkeypatch):
    monkeypatch.setattr(file_commands, "documents_folder", lambda: tmp_path)
    window.ui.open_sample.trigger()
    path = window.session.store.path
    assert path.parent == tmp_path
    (line,) = [text for text in window.ui.banner.texts() if "Örnek" in text]
    assert str(path) in line


def test_closed_file_is_opened_again_with_enter(window, file):
    window.ui.close_file.trigger()
    recent = window.start_page.ui.recent
    assert window.focusWidget() is recent
    QTest.keyClick(recent, Qt.Key.Key_Return)
    assert window.session.store.path == file


# --- deleting a year --------------------------------------------------------------------------------------------------


def asked(window):
    """Give the command and return the question."""
    window.ui.delete_year.trigger()
    return window.findChild(QMessageBox)


def answer(box, name):
    (button,) = [button for button in box.buttons() if button.text().replace("&", "") == name]
    press(button, Qt.Key.Key_Space, " ")


def test_deleted_year_is_said_backed_up_and_comes_back(window, qtbot):
    session = window.session
    before = session.municipality
    answer(asked(window), "Sil")
    qtbot.waitUntil(lambda: session.municipality.programme(2027) is None)
    assert session.year == 2026
    assert said(window) == "2027 programı silindi; Ctrl+Z geri alır."
    (backup, *_others) = backing_up.backups(session.store.path, window.settings.backup_folder)
    assert backup.reason is Reason.BEFORE_DELETING
    assert backing_up.content_of(backup) == before
    # the last year cannot go
    assert not window.ui.delete_year.isEnabled()
    window.ui.undo.trigger()
    assert session.municipality == before
    assert session.year == 2027
    assert window.ui.delete_year.isEnabled()


def test_declined_deletion_changes_nothing(window, qtbot):
    before = window.session.municipality
    box = asked(window)
    # what Enter does
    assert box.defaultButton().text().replace("&", "") == "Vazgeç"
    answer(box, "Vazgeç")
    qtbot.wait(0)
    assert window.session.municipality is before
    assert backing_up.backups(window.session.store.path, window.settings.backup_folder) == []


@pytest.mark.parametrize("goes_on", [False, True])
def test_without_a_backup_deletion_is_asked_about_once_more(window, qtbot, monkeypatch, tmp_path, goes_on):
    blocked = tmp_path / "file"
    blocked.write_text("")
    window.settings.backup_folder = blocked / "below"
    questions = []
    monkeypatch.setattr(window.files, "_go_on_without_backup", lambda question: questions.append(question) or goes_on)
    answer(asked(window), "Sil")
    qtbot.waitUntil(lambda: bool(questions))
    assert (window.session.municipality.programme(2027) is None) is goes_on


def test_question_says_in_figures_what_goes(window):
    box = asked(window)
    assert "2027" in box.text()
    lines = box.informativeText().split("\n")
    counted = [line.removeprefix("•  ") for line in lines if line.startswith("•")]
    assert counted == [
        "2 performans hedefi",
        "3 gösterge ve değerleri",
        "4 faaliyet ve maliyetleri",
        "Program toplamı 10.050.500,00 TL",
    ]
    box.reject()
