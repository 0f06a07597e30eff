from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel

from perfdesk.gui import settings as module
from perfdesk.gui.dialogs.backup_settings import BackupSettings
from perfdesk.gui.settings import Settings


@pytest.fixture
def settings(tmp_path):
    settings = Settings(tmp_path / "ayarlar.ini")
    settings.backup_folder = tmp_path / "Yedekler"
    settings.backups_kept = 30
    return settings


@pytest.fixture
def dialog(qtbot, settings):
    dialog = BackupSettings(settings)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def ok(dialog):
    dialog.ui.buttons.button(QDialogButtonBox.StandardButton.Ok).click()


def test_shows_what_is_set_and_keeps_what_is_chosen(dialog, settings, tmp_path, qtbot):
    assert dialog.ui.folder.text() == str(tmp_path / "Yedekler")
    assert (dialog.ui.number.value(), dialog.ui.hours.value()) == (30, module.BACKUP_HOURS)
    dialog.ui.folder.setText(f"  {tmp_path / 'Başka' / 'yer'} ")
    dialog.ui.number.setValue(12)
    dialog.ui.hours.setValue(3)
    with qtbot.waitSignal(dialog.kept):
        ok(dialog)
    assert settings.backup_folder == tmp_path / "Başka" / "yer"
    assert (settings.backups_kept, settings.backup_hours) == (12, 3)
    assert settings.backup_folder.is_dir()
    assert not dialog.isVisible()


@pytest.mark.parametrize("text", ["", "yedekler", "{taken}", "{taken}/below"])
def test_folder_that_cannot_be_used(dialog, settings, tmp_path, text):
    taken = tmp_path / "taken"
    taken.write_text("a file")
    typed = text.format(taken=taken)
    dialog.ui.folder.setText(typed)
    dialog.ui.number.setValue(12)
    ok(dialog)
    assert dialog.isVisible()
    assert dialog.ui.problem.isVisible()
    assert dialog.ui.problem.text().startswith("! ")
    # what was typed stays, and nothing has been kept
    assert dialog.ui.folder.text() == typed
    assert settings.backup_folder == tmp_path / "Yedekler"
    assert settings.backups_kept == 30
    dialog.ui.folder.setText(str(tmp_path))
    assert not dialog.ui.problem.isVisible()


def test_usual_folder(dialog, settings):
    dialog.ui.usual.click()
    assert Path(dialog.ui.folder.text()) == module.default_backup_folder()


def test_cancelling_changes_nothing(dialog, settings):
    dialog.ui.number.setValue(12)
    dialog.ui.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
    assert settings.backups_kept == 30


def test_every_field_has_a_label_and_a_name(dialog):
    ui = dialog.ui
    buddies = {label.buddy() for label in dialog.findChildren(QLabel)}
    for field in (ui.folder, ui.number, ui.hours):
        assert field in buddies
        assert field.accessibleName()
