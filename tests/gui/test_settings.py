from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from perfdesk.gui import settings
from perfdesk.gui.settings import Position, Settings


@pytest.fixture
def ini(tmp_path):
    return tmp_path / "ayarlar.ini"


def again(settings_, ini):
    """The settings as the next start of the program finds them."""
    settings_.sync()
    return Settings(ini)


def test_nothing_is_set_at_first(ini):
    fresh = Settings(ini)
    assert fresh.language == "tr"
    assert fresh.geometry.isEmpty()
    assert fresh.recent_files == []
    assert fresh.position(Path("/a")) is None
    assert fresh.backup_folder == settings.default_backup_folder()
    assert fresh.backup_folder.is_absolute()
    assert (fresh.backups_kept, fresh.backup_hours) == (settings.BACKUPS_KEPT, settings.BACKUP_HOURS)
    assert not ini.exists()


def test_what_is_set_lasts(ini, tmp_path):
    first = Settings(ini)
    first.language = "en"
    first.geometry = QByteArray(b"\0\x01geo")
    first.keep_state("outline", QByteArray(b"\xff\0"))
    first.keep_flag("preview", on=False)
    first.backup_folder = tmp_path / "Yedekler, ağ"
    first.backups_kept = 7
    first.backup_hours = 3
    then = again(first, ini)
    assert then.language == "en"
    assert then.geometry == b"\0\x01geo"
    assert then.state("outline") == b"\xff\0"
    assert then.state("other").isEmpty()
    assert then.flag("preview", True) is False
    assert then.flag("other", True) is True
    assert then.backup_folder == tmp_path / "Yedekler, ağ"
    assert (then.backups_kept, then.backup_hours) == (7, 3)


def test_default_folder_is_not_pinned(ini, tmp_path):
    first = Settings(ini)
    first.backup_folder = tmp_path
    first.backup_folder = settings.default_backup_folder()
    first.sync()
    assert not ini.exists() or "folder" not in ini.read_text()


def test_recent_files_newest_first_and_once(ini):
    first = Settings(ini)
    for n in range(settings.RECENT_FILES + 3):
        first.add_recent(Path(f"/Belediye/çalışma, {n}.perfdesk"))
    first.add_recent(Path("/Belediye/çalışma, 5.perfdesk"))
    files = again(first, ini).recent_files
    assert len(files) == settings.RECENT_FILES
    assert files[:2] == [Path("/Belediye/çalışma, 5.perfdesk"), Path("/Belediye/çalışma, 12.perfdesk")]
    assert files.count(Path("/Belediye/çalışma, 5.perfdesk")) == 1


def test_one_recent_file(ini):
    first = Settings(ini)
    first.add_recent(Path("/a, b"))
    assert again(first, ini).recent_files == [Path("/a, b")]
    first.remove_recent(Path("/a, b"))
    assert again(first, ini).recent_files == []


def test_position_by_file(ini):
    first = Settings(ini)
    first.keep_position(Path("/a"), Position(2027, "target", "t1"))
    first.keep_position(Path("/b"), Position(2026, "cover"))
    first.keep_position(Path("/a"), Position(2027, "goal", "g2"))
    then = again(first, ini)
    assert then.position(Path("/a")) == Position(2027, "goal", "g2")
    assert then.position(Path("/b")) == Position(2026, "cover")
    then.remove_recent(Path("/a"))
    assert then.position(Path("/a")) is None
    assert then.position(Path("/b")) is not None


def test_positions_do_not_pile_up(ini):
    first = Settings(ini)
    for n in range(60):
        first.keep_position(Path(f"/{n}"), Position(2027, "cover"))
    assert first.position(Path("/59")) is not None
    assert first.position(Path("/0")) is None


@pytest.mark.parametrize("text", ["[]", "1", "{", "[1, [2], [3, 4, 5, 6]]", '"x"', "[[[[[", "@Variant(x)", "nan"])
def test_what_cannot_be_understood_counts_as_not_set(ini, text):
    quoted = text.replace('"', '\\"')
    keys = ("files/recent", "files/positions", "window/geometry", "backups/kept", "backups/hours", "language")
    sections = "".join(
        f'[{key.rpartition("/")[0] or "General"}]\n{key.rpartition("/")[2]}="{quoted}"\n' for key in keys
    )
    ini.write_text(sections)
    found = Settings(ini)
    assert found.recent_files == []
    assert found.position(Path("x")) is None
    assert found.geometry.isEmpty()
    assert settings.FEWEST_BACKUPS <= found.backups_kept <= settings.MOST_BACKUPS
    assert 1 <= found.backup_hours <= settings.MOST_BACKUP_HOURS
    assert found.language == "tr"


def test_numbers_out_of_range_are_brought_into_it(ini):
    ini.write_text("[backups]\nkept=0\nhours=1000\n")
    assert Settings(ini).backups_kept == settings.FEWEST_BACKUPS
    assert Settings(ini).backup_hours == settings.MOST_BACKUP_HOURS


def test_unknown_language_is_a_fault_of_ours(ini):
    with pytest.raises(ValueError, match="de"):
        Settings(ini).language = "de"
