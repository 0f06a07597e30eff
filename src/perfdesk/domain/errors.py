"""The two kinds of error: the user's, which is a sentence in her language, and ours, which is any other exception."""

from perfdesk.i18n import _


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
