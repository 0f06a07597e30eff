"""A copy of the open file."""

from pathlib import Path

from perfdesk.domain.programme import Municipality
from perfdesk.storage import files
from perfdesk.storage.store import Store


def save_copy(store: Store, path: Path, snapshot: Municipality | None = None) -> bool:
    """Write the file as it is now into another one, checked; one of that name is replaced.

    Where the file itself cannot be read any more, or is damaged, ``snapshot`` is written: what was last loaded.

    Returns:
        Whether it was the file itself that was copied, and not the snapshot.

    Raises:
        UserError: the place cannot be written, is the open file itself, or a file that is open elsewhere.
    """
    return files.save_copy(store, path, snapshot)
