"""Opening a file for a person: for writing if that can be, else for reading, with the reason."""

import contextlib
from pathlib import Path

from perfdesk.storage import files
from perfdesk.storage.lock import HeldError
from perfdesk.storage.risky_places import risky_place
from perfdesk.storage.store import Store


def open_file(path: Path) -> tuple[Store, str]:
    """Open a file; return it with the sentence that says why it is open for reading only, or "".

    Raises:
        UserError: the file cannot be opened at all.
    """
    try:
        return files.open_store(path, writable=True), ""
    except (HeldError, files.NotWritableError) as error:
        return files.open_store(path, writable=False), error.sentence()


def is_open(store: Store, path: Path) -> bool:
    """Whether a path leads to the open file; to one that has been taken away none does."""
    with contextlib.suppress(OSError):
        return path.samefile(store.path)
    return False


def risk(path: Path) -> str:
    """Return the sentence that says why a file is not safe where it lies, or ""."""
    found = risky_place(path)
    return "" if found is None else found.sentence()
