"""The two kinds of error: the user's, which is a sentence in her language, and ours, which is any other exception."""

import errno
from typing import Final

from perfdesk.i18n import N_, _

# what the system refuses most often, in words; the rest is told as the system tells it
_SYSTEM: Final = {
    errno.EACCES: N_("you have no permission"),
    errno.EPERM: N_("you have no permission"),
    errno.ENOENT: N_("the folder does not exist"),
    errno.ENOTDIR: N_("the folder does not exist"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EFBIG: N_("the disk is full"),
    errno.EROFS: N_("the disk is read-only"),
    errno.EIO: N_("the disk does not answer"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}


class UserError(Exception):
    """Something the user can mend; says what is wrong, where, and what to do.

    ``message`` is a msgid with ``{named}`` places which ``params`` fill after translation; a parameter may be a
    ``UserError`` itself, which then says its part of the sentence.
    """

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def sentence(self) -> str:
        """Return the sentence in the user's language."""
        shown = {name: str(value) for name, value in self.params.items()}
        return _(self.message).format(**shown)

    def __str__(self) -> str:
        return self.sentence()


class NumberError(UserError):
    """A typed number that cannot be read with certainty; ``suggestion`` is what may have been meant, or ""."""

    def __init__(self, message: str, *, suggestion: str = "", **params: object) -> None:
        super().__init__(message, suggestion=suggestion, **params)
        self.suggestion = suggestion


def system_reason(error: OSError) -> UserError | str:
    """Return why the system refused, as a part of a sentence."""
    known = _SYSTEM.get(error.errno or 0)
    return UserError(known) if known else str(error.strerror or error)
