"""A copy of the open file."""

from pathlib import Path

from perfdesk.domain.errors import UserError
from perfdesk.i18n import N_
from perfdesk.storage import files
from perfdesk.storage.store import Store


def save_copy(store: Store, path: Path) -> None:
    """Write the file as it is now into another one, checked; one of that name is replaced.

    Raises:
        UserError: the place cannot be written, or is the open file itself.
    """
    if path.exists() and path.samefile(store.path):
        raise UserError(N_("“{file}” is the perfdesk file itself; choose another name."), file=path)
    files.publish(path, store.backup, replace=True)
