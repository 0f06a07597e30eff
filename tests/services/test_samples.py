"""The sample: always a new file, and a whole one."""

from pathlib import Path

import pytest

from perfdesk.domain.errors import UserError
from perfdesk.services.files import samples
from perfdesk.storage import files


def test_sample_is_a_new_file_every_time(tmp_path: Path) -> None:
    taken = tmp_path / "Güneyçam örnek 2.perfdesk"
    taken.write_text("mine")
    made = [samples.open_sample(tmp_path) for _ in range(2)]
    assert [path.name for path in made] == ["Güneyçam örnek.perfdesk", "Güneyçam örnek 3.perfdesk"]
    assert taken.read_text() == "mine"
    with files.open_store(made[1], writable=True) as store:
        assert [programme.year for programme in store.load().programmes] == [2026, 2027]


def test_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        samples.open_sample(tmp_path / "yok")
