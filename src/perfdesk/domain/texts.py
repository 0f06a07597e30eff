"""Metin bölümleri: what is written between the tables, and policy documents."""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one weight."""

    text: str
    bold: bool | None = None


class BlockKind(StrEnum):
    """What a block of a text section is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A heading, paragraph, bullet or picture of a section."""

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    level: int | None = None
    picture: str = ""
    caption: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    """Bölüm: a text of the book; ``key`` is its place in the form's outline."""

    key: str
    title: str = ""
    blocks: tuple[TextBlock, ...] = ()
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """Üst politika belgesi: what a higher document asks, with its place there."""

    document: str = ""
    section: str = ""
    reference: str = ""
    text: str = ""
    first_year: int | None = None
    last_year: int | None = None
    row: int = field(default=0, compare=False)
