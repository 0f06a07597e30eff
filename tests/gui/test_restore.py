import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox
from tests.gui.hands import press

from perfdesk.gui import moments
from perfdesk.gui.dialogs import restore
from perfdesk.gui.dialogs.restore import RestoreDialog
from perfdesk.gui.settings import Settings
from perfdesk.services import deleting_year, rolling
from perfdesk.services.files import backing_up
from perfdesk.services.files.comparing import Difference
from perfdesk.services.rolling import Options
from perfdesk.storage import files
from perfdesk.storage.backups import Reason


@pytest.fixture
def settings(tmp_path):
    settings = Settings(tmp_path / "ayarlar.ini")
    settings.backup_folder = tmp_path / "Yedekler"
    return settings


@pytest.fixture
def show(qtbot, settings):
    def show(file, session):
        dialog = RestoreDialog(file, session, settings)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return show


def edit(session, name):
    with session.store.step("x"):
        session.store.update("administration", 1, name=name)


def back_up(session, settings, reason=Reason.OPENED):
    return backing_up.back_up(session.store, settings.backup_folder, reason, 50)


def compared(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog._compare.isActive())
    return dialog.ui.differences.toPlainText()


def cells(dialog, row):
    model = dialog.ui.backups.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_list_says_when_why_and_how_large(session, settings, show):
    first = back_up(session, settings)
    edit(session, "b")
    second = back_up(session, settings, Reason.BEFORE_NEW_YEAR)
    dialog = show(session.store.path, session)
    assert cells(dialog, 0)[:2] == [moments.said(second.when), "yeni yıldan önce"]
    assert cells(dialog, 1)[:2] == [moments.said(first.when), "açılışta"]
    assert cells(dialog, 0)[2].endswith(" MB")
    assert dialog.ui.backups.model().rowCount() == 2
    assert dialog.chosen() == second


def test_what_differs_follows_the_choice(session, settings, show, qtbot):
    back_up(session, settings)
    edit(session, "b")
    back_up(session, settings)
    dialog = show(session.store.path, session)
    assert compared(qtbot, dialog).startswith("Fark yok")
    assert not dialog.restore.isEnabled()
    assert dialog.copy.isEnabled()
    press(dialog.ui.backups, Qt.Key.Key_Down)
    assert "Belediyenin kimlik bilgileri: 1 farklı" in compared(qtbot, dialog)
    assert "Bütün yıllarda ortak" in dialog.ui.differences.toPlainText()
    assert dialog.restore.isEnabled()


def test_restoring_shows_and_can_be_undone(session, settings, show, qtbot):
    made = back_up(session, settings)
    name = session.municipality.administration.name
    edit(session, "b")
    dialog = show(session.store.path, session)
    compared(qtbot, dialog)
    with qtbot.waitSignals([dialog.restored, session.changed]):
        dialog.restore.click()
    assert not dialog.isVisible()
    assert session.municipality.administration.name == name
    assert made.path.exists()
    session.undo()
    assert session.municipality.administration.name == "b"


def test_damaged_backup_is_marked_and_not_taken(session, settings, show, qtbot):
    made = back_up(session, settings)
    made.path.write_bytes(made.path.read_bytes()[:9000])
    edit(session, "b")
    dialog = show(session.store.path, session)
    assert "hasarlı" in cells(dialog, 0)[1]
    assert made.path.name in compared(qtbot, dialog)
    assert not dialog.restore.isEnabled()
    assert not dialog.copy.isEnabled()


def test_backup_damaged_inside_is_found_by_comparing(session, settings, show, qtbot):
    made = back_up(session, settings)
    content = bytearray(made.path.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    made.path.write_bytes(content)
    edit(session, "b")
    dialog = show(session.store.path, session)
    assert "hasarlı" not in cells(dialog, 0)[1]
    assert made.path.name in compared(qtbot, dialog)
    assert not dialog.restore.isEnabled()


def test_what_goes_wrong_is_told_and_nothing_changed(session, settings, show, qtbot):
    made = back_up(session, settings)
    edit(session, "b")
    dialog = show(session.store.path, session)
    compared(qtbot, dialog)
    made.path.unlink()
    dialog.restore.click()
    assert dialog.isVisible()
    assert dialog.ui.problem.isVisible()
    assert dialog.ui.problem.text().startswith("! ")
    assert session.municipality.administration.name == "b"


def test_no_backups_yet(session, settings, show):
    dialog = show(session.store.path, session)
    assert dialog.ui.empty.isVisible()
    assert str(settings.backup_folder) in dialog.ui.empty.text()
    assert not dialog.ui.backups.isVisible()
    assert not dialog.restore.isEnabled()
    assert not dialog.copy.isEnabled()
    dialog.restore_chosen()
    assert session.store.undo_label == ""


def test_folder_that_cannot_be_read(session, settings, show, tmp_path):
    back_up(session, settings)
    place = next(settings.backup_folder.iterdir())
    for path in place.iterdir():
        path.unlink()
    place.rmdir()
    place.symlink_to(place)
    dialog = show(session.store.path, session)
    assert dialog.ui.empty.isVisible()


def test_backup_as_a_copy_to_open(session, settings, show, qtbot, tmp_path):
    back_up(session, settings)
    name = session.municipality.administration.name
    edit(session, "b")
    dialog = show(session.store.path, session)
    with qtbot.waitSignal(dialog.copied) as told:
        dialog.save_copy(tmp_path / "kopya.perfdesk")
    assert told.args == [tmp_path / "kopya.perfdesk"]
    with files.open_store(tmp_path / "kopya.perfdesk", writable=True) as store:
        assert store.load().administration.name == name
    assert session.municipality.administration.name == "b"


def test_copy_over_the_open_file_is_refused(session, settings, show):
    back_up(session, settings)
    edit(session, "b")
    dialog = show(session.store.path, session)
    dialog.save_copy(session.store.path)
    assert dialog.ui.problem.isVisible()
    assert dialog.isVisible()
    assert session.municipality.administration.name == "b"


def test_file_for_reading_can_only_be_copied_from(session, reading, settings, show, qtbot):
    back_up(session, settings)
    edit(session, "b")
    dialog = show(reading.store.path, reading)
    compared(qtbot, dialog)
    assert not dialog.restore.isEnabled()
    assert dialog.copy.isEnabled()
    assert "yalnız okumak için" in dialog.ui.explanation.text()


def test_file_that_cannot_be_opened(session, settings, show, qtbot):
    back_up(session, settings)
    path = session.store.path
    name = session.municipality.administration.name
    session.close()
    path.write_bytes(b"SQLite format 3\0" + b"x" * 500)
    dialog = show(path, None)
    text = compared(qtbot, dialog)
    assert "2027 programı" in text
    assert "Performans hedefleri: 2" in text
    with qtbot.waitSignal(dialog.restored):
        dialog.restore.click()
    with files.open_store(path, writable=True) as store:
        assert store.load().administration.name == name


def test_sentences_are_no_markup():
    text = restore._written([Difference(2027, "<b>a & b</b>")])
    assert "&lt;b&gt;a &amp; b&lt;/b&gt;" in text


def test_arrows_compare_only_where_they_stop(session, settings, show, qtbot, monkeypatch):
    for n in range(4):
        edit(session, f"name {n}")
        back_up(session, settings)
    asked = []
    difference = backing_up.difference
    monkeypatch.setattr(
        backing_up, "difference", lambda now, backup: (asked.append(backup), difference(now, backup))[1]
    )
    dialog = show(session.store.path, session)
    for _row in range(3):
        press(dialog.ui.backups, Qt.Key.Key_Down)
    compared(qtbot, dialog)
    last = dialog.chosen()
    assert asked[-1] == last
    # and never twice
    press(dialog.ui.backups, Qt.Key.Key_Up)
    compared(qtbot, dialog)
    press(dialog.ui.backups, Qt.Key.Key_Down)
    compared(qtbot, dialog)
    assert asked.count(last) == 1


def place_typed(dialog, path):
    """Ask for a copy, type its place into the dialog and press Enter."""
    press(dialog.copy, Qt.Key.Key_Space, " ")
    field = dialog.findChild(QFileDialog).findChild(QLineEdit, "fileNameEdit")
    field.setText(str(path))
    press(field, Qt.Key.Key_Return)


def test_a_copy_asks_before_another_file_is_replaced(session, settings, show, qtbot, tmp_path):
    back_up(session, settings)
    other = tmp_path / "T.C. Ilgın.perfdesk"
    files.create(other, session.municipality)
    before = other.read_bytes()
    edit(session, "b")
    dialog = show(session.store.path, session)
    with qtbot.assertNotEmitted(dialog.copied):
        place_typed(dialog, tmp_path / "T.C. Ilgın")
        box = next(box for box in dialog.findChildren(QMessageBox) if box.isVisible())
        assert other.name in box.text()
        press(box.button(QMessageBox.StandardButton.Cancel), Qt.Key.Key_Space, " ")
    assert other.read_bytes() == before


def test_points_in_the_name_of_a_copy_are_no_suffix(session, settings, show, qtbot, tmp_path):
    back_up(session, settings)
    dialog = show(session.store.path, session)
    with qtbot.waitSignal(dialog.copied) as told:
        place_typed(dialog, tmp_path / "T.C. Ilgın")
    assert told.args == [tmp_path / "T.C. Ilgın.perfdesk"]
    assert (tmp_path / "T.C. Ilgın.perfdesk").is_file()


def test_backup_from_before_the_year_in_hand_says_so_and_is_restored(session, settings, show, qtbot):
    back_up(session, settings)
    rolling.roll_over(session.store, 2028, Options())
    session.set_year(2028)
    rolled = session.municipality
    dialog = show(session.store.path, session)
    assert "2028 programı" in compared(qtbot, dialog)
    assert "Bu yılın programı yedekte yok" in dialog.ui.differences.toPlainText()
    dialog.restore.click()
    assert session.municipality.programme(2028) is None
    # in the newest year that is there
    assert session.year == 2027
    session.undo()
    assert session.municipality == rolled


def test_backup_of_a_year_that_was_deleted_says_so_and_is_restored(session, settings, show, qtbot):
    back_up(session, settings)
    deleting_year.delete_year(session.store, 2027)
    assert session.year == 2026
    dialog = show(session.store.path, session)
    assert "2027 programı" in compared(qtbot, dialog)
    dialog.restore.click()
    assert session.municipality.programme(2027) is not None
