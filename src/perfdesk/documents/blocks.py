"""What a document is made of: a neutral list of blocks that every writer understands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from perfdesk.domain.texts import Run
from perfdesk.tables.charts.chart import Chart
from perfdesk.tables.organisation import Organisation
from perfdesk.tables.table import Ref, Table


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover: administration, title and year; logo and picture where there are such; lines at the foot."""

    administration: str
    title: str
    year: str
    logo: bytes = b""
    foot: tuple[str, ...] = ()
    picture: bytes = b""


class Imprint(NamedTuple):
    """A line of the imprint: "Telefon", "0 346 000 00 00"."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class InnerCover:
    """The page behind the cover: the title again, and the imprint."""

    administration: str
    title: str
    year: str
    imprint: tuple[Imprint, ...] = ()
    logo: bytes = b""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A page with a quotation and who said it, and a picture above where there is one."""

    paragraphs: tuple[tuple[Run, ...], ...]
    source: str = ""
    picture: bytes = b""


class Listing(StrEnum):
    """What a list with page numbers is of."""

    HEADINGS = "headings"
    TABLES = "tables"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Contents:
    """A list with page numbers, of headings, of tables or of figures; the writer fills it.

    That of headings has the tables too, but for the kinds in ``without``: there are too many of them to find anything
    among, or they have a list of their own.
    """

    title: str
    without: frozenset[str] = frozenset()
    of: Listing = Listing.HEADINGS


@dataclass(frozen=True, slots=True)
class Divider:
    """A page that announces a part of the book: its number, title, and the titles of what it holds."""

    number: str
    title: str
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BackCover:
    """The back cover: administration, logo, and lines at the foot."""

    administration: str
    logo: bytes = b""
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``number`` as printed ("II-", "C-", "2.3"), level 1 begins a page.

    One that is not ``listed`` stands in the text alone: contents and bookmarks pass it over.
    """

    level: int
    text: str
    number: str = ""
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; one that is ``changed`` is marked as differing from an earlier state of the book."""

    runs: tuple[Run, ...]
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Bullet:
    """An item of a list; marked where it is ``changed``."""

    runs: tuple[Run, ...]
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption."""

    data: bytes
    caption: str = ""


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart with its caption, drawn by the writer; ``of_table`` says that it shows what the table before it holds."""

    chart: Chart
    caption: str = ""
    of_table: bool = False


@dataclass(frozen=True, slots=True)
class OrganisationBlock:
    """The organisation chart with its caption, drawn by the writer."""

    organisation: Organisation
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs a text: the name and one or more titles below it."""

    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; one that is ``whole`` is cut only where no page holds it, nor parted from the chart ``of_table``."""

    table: Table
    whole: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


Block = (
    Cover
    | InnerCover
    | Quotation
    | Contents
    | Divider
    | Heading
    | Paragraph
    | Bullet
    | Figure
    | ChartBlock
    | OrganisationBlock
    | Signature
    | TableBlock
    | PageBreak
    | BackCover
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document ready to be written.

    ``colour`` (#rrggbb) is the municipality's, used sparingly; ``page_label`` has places for {page} and {pages};
    ``continued`` marks what a page break has cut. ``about`` names for each block the entry of the outline it belongs
    to. Of a part of a longer document ``first_page`` is its first page's number there, ``pages`` the whole's length.
    ``stamp`` says on each page which frozen version it is, or of when a working copy.
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
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A workbook's sheet: the kind of its tables, its name, and the tables that stand on it one below the other.

    ``filtered``: its rows are for sorting and filtering. ``back`` is what a link to the first sheet says, ``lists`` the
    heading over links to the other sheets; "" is none.
    """

    kind: str
    name: str
    tables: tuple[Table, ...]
    landscape: bool = False
    filtered: bool = False
    back: str = ""
    lists: str = ""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook ready to be written.

    ``guarded``: only cells that hold what somebody has typed can be changed, unless the sheet's guard is lifted.
    ``stamp`` says on each page which frozen version it is, or of when a working copy. ``notes`` are for cells: a
    reference with no id is to any table of the kind that has the row, one with no row to the table as a whole, and one
    with a column that the table does not print to the row.
    """

    title: str
    author: str
    running_head: tuple[str, str]
    page_label: str
    sheets: tuple[Sheet, ...]
    subject: str = ""
    keywords: tuple[str, ...] = ()
    guarded: bool = False
    stamp: str = ""
    notes: Mapping[Ref, str] = field(default_factory=dict)
