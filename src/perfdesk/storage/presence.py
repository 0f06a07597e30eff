"""Whether an open file is still at its place: deleted, moved, replaced, or gone with its stick or network folder.

What is written into a file that nobody can find any more is lost, and where another file has taken its place the two
would mix. SQLite notices too, but only when it has already begun to write, and calls it read-only.
"""

import os
import sys
from pathlib import Path

from perfdesk.domain.errors import UserError, system_reason
from perfdesk.i18n import N_


class TakenAwayError(UserError):
    """The open file is not at its place any more; its content can still be saved elsewhere."""


class Presence:
    """Knows which file was opened at a path; ``check`` asks whether it is there still."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = path.stat()

    def check(self) -> None:
        """Ask the system; a few microseconds on a local disk.

        Raises:
            TakenAwayError: the file is not there any more, or another one is.
        """
        try:
            now = self._path.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise self._gone() from None
        except OSError as error:
            raise TakenAwayError(
                N_("“{file}” does not answer any more: {reason}. Nothing was changed. Save a copy elsewhere."),
                file=self._path.name,
                reason=system_reason(error),
            ) from None
        if not self._same(now):
            raise TakenAwayError(
                N_(
                    "“{file}” has been replaced by another file while it was open here, perhaps by a synchronising "
                    "program. Nothing was changed. Save a copy under another name, then compare the two."
                ),
                file=self._path.name,
            )

    def _gone(self) -> TakenAwayError:
        if self._path.parent.is_dir():
            return TakenAwayError(
                N_(
                    "“{file}” is no longer in its folder: it was deleted, moved or renamed while it was open here. "
                    "Nothing was changed. Put it back, or save a copy and go on with that."
                ),
                file=self._path.name,
            )
        return TakenAwayError(
            N_(
                "The folder of “{file}” cannot be reached: was a stick pulled out, or is the network down? Nothing was "
                "changed. Connect it again, or save a copy elsewhere."
            ),
            file=self._path.name,
        )

    def _same(self, now: os.stat_result) -> bool:
        if sys.platform == "win32":
            # there nobody can delete or replace an open file, and network folders make up these numbers
            return True
        return os.path.samestat(self._opened, now)
