from perfdesk.gui.dialogs.restore import RestoreDialog
from perfdesk.services import backing_up
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
