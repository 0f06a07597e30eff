"""Opening a file for a person, and what is said of it."""

from pathlib import Path

from tests.example import example

from perfdesk.services.files import opening
from perfdesk.storage import files


def test_the_open_file_is_known_by_any_of_its_names(tmp_path: Path) -> None:
    path, other, link = tmp_path / "a.perfdesk", tmp_path / "b.perfdesk", tmp_path / "link"
    files.create(path, example())
    files.create(other, example())
    link.symlink_to(path)
    with files.open_store(path, writable=True) as store:
        assert opening.is_open(store, path)
        assert opening.is_open(store, link)
        assert not opening.is_open(store, other)
        assert not opening.is_open(store, tmp_path / "none.perfdesk")


def test_no_path_leads_to_what_has_been_taken_away(tmp_path: Path) -> None:
    path, other = tmp_path / "a.perfdesk", tmp_path / "b.perfdesk"
    files.create(path, example())
    files.create(other, example())
    with files.open_store(path, writable=False) as store:
        path.unlink()
        assert not opening.is_open(store, other)
        assert not opening.is_open(store, path)


def test_a_risky_place_is_said(tmp_path: Path) -> None:
    assert opening.risk(tmp_path / "a.perfdesk") == ""
    assert "Dropbox" in opening.risk(tmp_path / "Dropbox" / "a.perfdesk")
