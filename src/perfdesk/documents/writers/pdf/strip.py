"""What pages are made of: strips as wide as the page's text, which a page break can fall between but not into."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.documents.writers.pdf.style import Style
from perfdesk.documents.writers.pdf.tags import Element

if TYPE_CHECKING:  # what draws is loaded with the first drawing
    from reportlab.graphics.shapes import Group as Shapes

# penalties of a page break, against 100 for a page left empty
NEVER: Final = 100_000
NOT_HERE: Final = 150
SELDOM: Final = 60
# the share of a gap that a full page may do without
_GAP_SLACK: Final = 1 / 3

# the kind of marks that pictures and charts have
FIGURE: Final = "figure"


class Text(NamedTuple):
    """A text at a place within a strip; ``y`` is that of its baseline, from the strip's top."""

    x: float
    y: float
    style: Style
    text: str
    element: Element | None = None


class Rule(NamedTuple):
    """A horizontal line."""

    left: float
    right: float
    y: float
    width: float
    colour: str
    dotted: bool = False


class Area(NamedTuple):
    """A coloured area."""

    left: float
    right: float
    top: float
    bottom: float
    colour: str


class Picture(NamedTuple):
    """A picture's place; its data is kept by the picture store under ``key``."""

    key: str
    x: float
    y: float
    width: float
    height: float


class Link(NamedTuple):
    """A part of a strip that leads to a mark."""

    left: float
    right: float
    target: str
    title: str = ""


class Mark(NamedTuple):
    """A place in the book that contents and bookmarks lead to; ``level`` 0 is a table, of ``kind``, or a figure."""

    key: str
    level: int
    title: str
    subject: str = ""
    kind: str = ""


class Group:
    """A cell that covers several rows, drawn on every page its rows come to stand on."""

    __slots__ = ("draw", "left", "right", "shown")

    def __init__(self, left: float, right: float, draw: Callable[[float, bool], list[Text]]) -> None:
        self.left = left
        self.right = right
        # takes the height of the rows on the page and whether the cell has been on an earlier page
        self.draw = draw
        self.shown = False


class Owing(NamedTuple):
    """What a cell over several rows still needs where a page ends between them.

    ``needed`` is the height of its text, ``above`` that of its rows above the page's end.
    """

    needed: float
    above: float


@dataclass(slots=True)
class Strip:
    """A strip: what it shows, and where pages may break.

    Args:
        height: its height.
        gap: white space above it, dropped at the top of a page.
        penalty: of a page break above it.
        resume: what is repeated above it when a page begins with it.
        wide: whether it needs a page turned sideways.
        fresh: whether it begins a page in any case.
        heading: whether it is a heading, so that a forced break moves above it.
        element: what its texts are part of, but for those that say otherwise.
        groups: the cells over several rows that cover this one.
        owing: what those of them still need that are cut by a page break above it; the strip above grows by it.
        drawing: shapes below its texts; their origin is the strip's top at the left edge of the page.
        block: which of the document's blocks it belongs to, from 1; 0 is none.
        sides: where it begins and ends, if it does not take the whole width of the text.
        slack: how much of its height is white that a page may do without, half above and half below its texts.
        turned: it and what follows up to a page turned sideways, as they stand there where they find no room before.
    """

    height: float
    gap: float = 0
    penalty: int = 0
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    picture: Picture | None = None
    drawing: "Shapes | None" = None
    mark: Mark | None = None
    link: Link | None = None
    resume: "tuple[Strip, ...]" = ()
    wide: bool = False
    fresh: bool = False
    heading: bool = False
    element: Element | None = None
    groups: tuple[Group, ...] = ()
    owing: tuple[Owing, ...] = ()
    block: int = 0
    sides: tuple[float, float] | None = None
    slack: float = 0
    turned: "tuple[Strip, ...]" = ()

    @property
    def spare(self) -> float:
        """What a page may take from it and from the gap above it."""
        return self.slack + max(self.gap, 0) * _GAP_SLACK

    def grown(self, height: float) -> "Strip":
        """Return the strip so much taller, white below its texts."""
        foot = self.height + height
        return replace(
            self,
            height=foot,
            rules=[rule._replace(y=foot) if rule.y >= self.height else rule for rule in self.rules],
            areas=[area._replace(bottom=foot) if area.bottom >= self.height else area for area in self.areas],
        )

    def pressed(self, ratio: float) -> "Strip":
        """Return the strip without a share of what it can spare."""
        gap = self.gap - max(self.gap, 0) * _GAP_SLACK * ratio
        taken = self.slack * ratio
        if not taken:
            return replace(self, gap=gap)
        height = self.height - taken
        return replace(
            self,
            height=height,
            gap=gap,
            texts=[text._replace(y=text.y - taken / 2) for text in self.texts],
            rules=[rule._replace(y=min(rule.y, height)) for rule in self.rules],
            areas=[area._replace(bottom=min(area.bottom, height)) for area in self.areas],
        )
