"""What a row of a sheet is to a list of the file."""

from enum import StrEnum


class State(StrEnum):
    """What would become of a row of a sheet in the file's own list; ``WRONG`` is to be looked at before."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    NOT_TAKEN = "not taken"
    WRONG = "wrong"
