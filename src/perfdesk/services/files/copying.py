"""A copy of the open file."""

from pathlib import Path

from perfdesk.domain.programme import Municipality
from perfdesk.storage import files
from perfdesk.storage.store import Store


def save_copy(store: Store, path: Path, snapshot: Municipality | None = None) -> None:
    """Write the file as it is now into another one, checked; one of that name is replaced.

    Where the file itself cannot be read any more, ``snapshot`` is written: what was last loaded.

    Raises:
        UserError: the place cannot be written, is the open file itself, or a file that is open elsewhere.
    """
    files.save_copy(store, path, snapshot)
