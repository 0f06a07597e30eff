"""What a paper is made of besides the programme."""

from dataclasses import dataclass, field

from perfdesk.tables.control.content import Control


@dataclass(frozen=True, slots=True)
class Subject:
    """The id of a unit for a paper that is about one, and what the checks found for one that tells of it.

    ``is_frozen``: the programme is that of a frozen version, which holds no other year.
    """

    unit: str = ""
    control: Control = field(default_factory=Control)
    is_frozen: bool = False
