"""What all tests share: Hypothesis profiles, the reference programmes, files of the example municipality."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.example import example

from perfdesk.storage import files
from perfdesk.storage.store import Store

# windows are tested without a screen; before anything imports Qt
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# No deadline: a busy machine is no fault of ours. "ci" is the default and tries the same examples each time, so that a
# change is judged by what it changes; HYPOTHESIS_PROFILE=thorough goes looking for new ones.
_common = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", _common, max_examples=60, derandomize=True)
settings.register_profile("quick", settings.get_profile("ci"), max_examples=10)
settings.register_profile("thorough", _common, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference"


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of the reference programmes, which lie beside the checkout and not in it."""
    if not REFERENCE.is_dir():
        pytest.skip(f"the reference programmes are not at {REFERENCE}")
    return REFERENCE


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file of the example municipality, as bytes."""
    path = tmp_path_factory.mktemp("made") / "made.perfdesk"
    files.create(path, example())
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, made: bytes) -> Path:
    """A closed file of the example municipality, alone in its folder."""
    path = tmp_path / "Çamlıova 100%?#.perfdesk"
    path.write_bytes(made)
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """That file, open for writing."""
    with files.open_store(path, writable=True) as store:
        yield store
