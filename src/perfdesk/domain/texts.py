"""Metin bölümleri: what is written between the tables, and policy documents."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.errors import UserError
from perfdesk.i18n import N_

# what neither SQLite, XML nor a page can hold; line ends and tabs are text
UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def typed(text: str) -> str:
    """Return typed text as it is stored.

    Raises:
        UserError: it holds a character that cannot be.
    """
    normal = turkish.normalise(text)
    found = UNPRINTABLE.search(normal)
    if found:
        raise UserError(
            N_("The text holds a control character (U+{code}) that cannot be printed. Remove it."),
            code=f"{ord(found[0]):04X}",
        )
    return normal


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
