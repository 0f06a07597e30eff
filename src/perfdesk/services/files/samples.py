"""The sample municipality: a complete programme to look at and to try things on, always as a copy of one's own."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

from perfdesk import paths
from perfdesk.storage import files

_SAMPLE: Final = ("sample", "guneycam.json")
# the municipality of the sample exists nowhere
_NAME: Final = "Güneyçam örnek"


def open_sample(folder: Path) -> Path:
    """Make a file of the sample in a folder, under a name that is free there, and return its path.

    Raises:
        UserError: the folder cannot be written.
    """
    # read only when it is wanted: the window opens faster without
    from perfdesk.exchange.reading import read

    path = next(path for path in _names(folder) if not path.exists() and not path.is_symlink())
    files.create(path, read(paths.resource(*_SAMPLE).read_bytes()))
    return path


def _names(folder: Path) -> Iterator[Path]:
    yield folder / f"{_NAME}{files.SUFFIX}"
    for number in count(2):
        yield folder / f"{_NAME} {number}{files.SUFFIX}"
