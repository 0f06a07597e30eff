"""What a paper is made of besides the programme."""

from dataclasses import dataclass, field

from perfdesk.tables.control.content import Control


@dataclass(frozen=True, slots=True)
class Subject:
    """The id of a unit for a paper that is about one, and what the checks found for one that tells of it."""

    unit: str = ""
    control: Control = field(default_factory=Control)
