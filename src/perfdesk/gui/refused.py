"""What was typed in a form and not taken, as the window needs to know it before the file is closed."""

from typing import NamedTuple

from perfdesk.domain.errors import UserError
from perfdesk.services.places import Key


class RefusedInput(NamedTuple):
    """What was not taken: in which year and entry of the outline, what was typed, and why it was refused.

    ``table`` and ``row`` name the row whose card has it, if it is in one. ``field`` says in words where in the form it
    was typed: its field, or its grid with row and column.
    """

    year: int
    key: Key
    text: str
    error: UserError
    table: str = ""
    row: int = 0
    field: str = ""
