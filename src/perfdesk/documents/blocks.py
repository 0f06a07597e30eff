"""What a document is made of: a neutral list of blocks that every writer understands."""

from dataclasses import dataclass, field

from perfdesk.domain.texts import Run
from perfdesk.tables.table import Table


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover: administration, title and year; the logo where there is one; lines at the foot."""

    administration: str
    title: str
    year: str
    logo: bytes = b""
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of headings and table captions with page numbers; the writer fills it.

    Tables of the kinds in ``without`` are left out: there are too many of them to find anything among.
    """

    title: str
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``number`` as printed ("II-", "C-", "2.3"), level 1 begins a page."""

    level: int
    text: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Bullet:
    """An item of a list."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption."""

    data: bytes
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs a text: the name and one or more titles below it."""

    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table."""

    table: Table


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


Block = Cover | Contents | Heading | Paragraph | Bullet | Figure | Signature | TableBlock | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A document ready to be written.

    ``colour`` (#rrggbb) is the municipality's, used sparingly; ``page_label`` has places for {page} and {pages};
    ``continued`` marks what a page break has cut. ``about`` names for each block the entry of the outline it belongs
    to. Of a part of a longer document ``first_page`` is its first page's number there, ``pages`` the whole's length.
    """

    title: str
    author: str
    subject: str
    running_head: tuple[str, str]
    foot: str
    page_label: str
    continued: str
    blocks: tuple[Block, ...]
    colour: str = ""
    keywords: tuple[str, ...] = field(default=())
    about: tuple[tuple[str, str], ...] = ()
    first_page: int = 1
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A workbook's sheet: the kind of its tables, its name, and the tables that stand on it one below the other.

    ``filtered``: its rows are for sorting and filtering.
    """

    kind: str
    name: str
    tables: tuple[Table, ...]
    landscape: bool = False
    filtered: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook ready to be written."""

    title: str
    author: str
    running_head: tuple[str, str]
    page_label: str
    sheets: tuple[Sheet, ...]
