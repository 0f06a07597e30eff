"""What stands on the pages, told to programs that read aloud: a tree of headings, texts, tables, figures and lists."""

from collections.abc import Sequence
from typing import Final

from perfdesk.documents.blocks import Block, Bullet, ChartBlock, Figure, Heading, OrganisationBlock

_DEEPEST: Final = 6


# where something stands: the page, from 0, and the number of a mark on it
Place = tuple[int, int]


class Element:
    """A part of the tree: what it is, its parts, and where it stands itself.

    A large book has some hundred thousand of them, mostly cells: so there is nothing in one that it does not need.
    """

    __slots__ = ("entries", "number", "parts", "places", "role")

    def __init__(self, role: str, parent: "Element | None" = None, entries: str = "") -> None:
        self.role = role
        # further entries of its dictionary
        self.entries = entries
        self.parts: list[Element] | None = None
        self.places: Place | list[Place] | None = None
        # of its object in the file
        self.number = 0
        if parent is not None:
            parent.add(self)

    def add(self, part: "Element") -> None:
        """Add a part."""
        if self.parts is None:
            self.parts = []
        self.parts.append(part)

    def stands(self, place: Place) -> None:
        """Note that it stands somewhere."""
        if self.places is None:
            self.places = place
        elif isinstance(self.places, list):
            self.places.append(place)
        else:
            self.places = [self.places, place]

    def all_places(self) -> Sequence[Place]:
        """Return where it stands."""
        if self.places is None:
            return ()
        return self.places if isinstance(self.places, list) else (self.places,)


class LinkElement(Element):
    """The part of a text that leads elsewhere; ``link`` is the number of the link's object."""

    __slots__ = ("link",)

    def __init__(self, parent: Element) -> None:
        super().__init__("Link", parent)
        self.link = 0


def cell(row: Element, *, head: str = "", span: int = 1, down: int = 1) -> Element:
    """Return a cell of a row; ``head`` is what it is the head of, Row or Column."""
    if not head and span == down == 1:
        return Element("TD", row)
    scope = f" /Scope /{head}" if head else ""
    across = f" /ColSpan {span}" if span > 1 else ""
    below = f" /RowSpan {down}" if down > 1 else ""
    return Element("TH" if head else "TD", row, f" /A << /O /Table{scope}{across}{below} >>")


class Tree:
    """The tree of a document, in the order of its blocks."""

    def __init__(self) -> None:
        self._parts: list[tuple[int, Element]] = []
        self._depth = 0
        self._list: Element | None = None

    def add(self, block: int, element: Element) -> None:
        """Add what stands for a block, which is known by its number."""
        self._parts.append((block, element))

    def element(self, number: int, block: Block) -> Element | None:
        """Return what all that a block shows is part of; None for a picture that nobody has described."""
        before, self._list = self._list, None
        if isinstance(block, Bullet):
            self._list = before or Element("L")
            if before is None:
                self.add(number, self._list)
            return Element("LBody", Element("LI", self._list))
        if isinstance(block, Heading):
            # levels begin with 1, and none may be left out
            self._depth = min(max(block.level, 1), self._depth + 1, _DEEPEST)
            element = Element(f"H{self._depth}")
        elif isinstance(block, (Figure, ChartBlock, OrganisationBlock)):
            if not block.caption:
                return None
            element = Element("Figure", entries=f" /Alt <FEFF{block.caption.encode('utf-16-be', 'replace').hex()}>")
        else:
            element = Element("P")
        self.add(number, element)
        return element

    def root(self, marks: Sequence[Sequence[Element]]) -> Element:
        """Return the tree, whose elements know where they stand; ``marks`` are those of each page."""
        for page, elements in enumerate(marks):
            for number, element in enumerate(elements):
                element.stands((page, number))
        root = Element("Document")
        for _, element in sorted(self._parts, key=lambda part: part[0]):
            root.add(element)
        return root
