"""The content of sheets that people bring along."""

from pathlib import Path

from perfdesk.domain.errors import UserError, system_reason
from perfdesk.exchange import sheets
from perfdesk.i18n import N_


def content_of(source: Path) -> bytes:
    """Return what stands in a file, as far as a sheet may reach.

    Raises:
        UserError: it cannot be read.
    """
    try:
        with source.open("rb") as opened:
            return opened.read(sheets.MAX_BYTES + 1)
    except FileNotFoundError:
        raise UserError(N_("There is no file “{file}”."), file=source) from None
    except OSError as error:
        raise UserError(N_("“{file}” cannot be read: {reason}."), file=source, reason=system_reason(error)) from None
