"""Opening a file for a person: for writing if that can be, else for reading, with the reason."""

from pathlib import Path

from perfdesk.storage import files
from perfdesk.storage.lock import HeldError
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
