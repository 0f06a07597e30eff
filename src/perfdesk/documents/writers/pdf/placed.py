"""A document that has been set: its file, the sizes of its pages, and where each block stands."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from perfdesk.documents.writers.pdf.grid import Grid


class Placed(NamedTuple):
    """The part of a page that a block takes, in points from the page's upper left corner; counted from 0.

    A line of the contents, ``listed``, belongs to the block it leads to.
    """

    block: int
    page: int
    left: float
    top: float
    right: float
    bottom: float
    listed: bool = False


class Listed(NamedTuple):
    """What a list says of a block besides its title: the number of its page, and what tells equal captions apart."""

    page: int
    subject: str = ""


class SetDocument(NamedTuple):
    """The PDF file, width and height of its pages, and the places of the blocks in the order of the pages.

    With its ``grid`` a part of the document that is set by itself looks as it does here.
    """

    content: bytes
    pages: tuple[tuple[float, float], ...]
    placed: tuple[Placed, ...]
    grid: "Grid"
