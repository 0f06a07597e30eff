"""What is wrong with exchange data, and where."""

from collections.abc import Iterable

from perfdesk.domain.errors import UserError
from perfdesk.i18n import N_

Path = tuple[str | int, ...]


class ExchangeError(UserError):
    """Exchange data that is refused whole; ``path`` leads to the place, ``reason`` says what is wrong there."""

    def __init__(self, path: Iterable[str | int], message: str, **params: object) -> None:
        self.path = dotted(path)
        self.reason = UserError(message, **params)
        if self.path:
            super().__init__(N_("The data were not imported. {path}: {reason}"), path=self.path, reason=self.reason)
        else:
            super().__init__(N_("The data were not imported. {reason}"), reason=self.reason)


def dotted(path: Iterable[str | int]) -> str:
    """Return a path as text: ``programmes[0].targets[3].title``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
