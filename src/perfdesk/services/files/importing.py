"""Exchange data into a new file."""

from pathlib import Path

from perfdesk.domain.errors import UserError, system_reason
from perfdesk.domain.programme import Municipality
from perfdesk.exchange.decoding import MAX_BYTES
from perfdesk.exchange.reading import read
from perfdesk.i18n import N_
from perfdesk.storage import files
from perfdesk.storage.publishing import refuse_existing


def import_file(source: Path, target: Path) -> None:
    """Make a file from exchange data; an existing file is refused, and nothing is written if the data are.

    Raises:
        UserError: the target exists, the source cannot be read, or its data are refused.
    """
    refuse_existing(target)
    files.create(target, read_data(source))


def read_data(source: Path) -> Municipality:
    """Return what exchange data hold.

    Raises:
        UserError: the source cannot be read, or its data are refused.
    """
    try:
        with source.open("rb") as opened:
            # one byte more than is allowed tells a larger file without reading it whole
            content = opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UserError(N_("There is no file “{file}”."), file=source) from None
    except OSError as error:
        raise UserError(N_("“{file}” cannot be read: {reason}."), file=source, reason=system_reason(error)) from None
    return read(content)
