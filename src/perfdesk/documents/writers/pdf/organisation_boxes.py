"""The arithmetic of the organisation chart: how tall boxes and their stacks are, and how they spread over columns."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from perfdesk.documents.writers.pdf.charts_plate import Pen, block_height
from perfdesk.documents.writers.pdf.style import SMALLER, Style
from perfdesk.tables.organisation import Organisation

PAD: Final = 4.0  # within a box
GAP: Final = 5.0  # between boxes of a stack
BELOW: Final = 7.0  # between a box and those that hang from it
GOES_ON: Final = "…"  # before the name of a box whose own boxes had no room below it
_INDENT: Final = 13.0
_NARROWEST: Final = 64.0

Forest = Sequence[Organisation]


class Placed(NamedTuple):
    """A box of a stack: where it stands in it, and the height its own stack's trunk comes down to."""

    left: float
    top: float
    width: float
    height: float
    lines: list[str]
    children: tuple["Placed", ...]

    @property
    def foot(self) -> float:
        """Where the box and all that hangs from it end."""
        return self.children[-1].foot if self.children else self.top + self.height


class Boxes:
    """Sets stacks of boxes in one width."""

    def __init__(self, pen: Pen, width: float, forest: Forest) -> None:
        self.width = width
        self._pen = pen
        self._heights: dict[tuple[int, float], tuple[float, Organisation]] = {}
        self.style: Style = pen.look.cell(SMALLER)
        self.bold: Style = pen.look.cell_bold(SMALLER)
        # a deep hierarchy is indented less, so that its last boxes have room for a word
        self.indent = max(min(_INDENT, (width - _NARROWEST) / max(depth(forest), 1)), 2.0)
        # where names take two lines, boxes of one line are as tall, so that the columns keep step
        self._least = min(self._most_lines(forest), 2)

    def _most_lines(self, forest: Forest) -> int:
        width = self.width - self.indent
        leaves = (node.name for node in forest if not node.below)
        longest = max((len(self.lines(name, width, self.style)) for name in leaves), default=1)
        return max([longest, *(self._most_lines(node.below) for node in forest if node.below)])

    def lines(self, name: str, width: float, style: Style) -> list[str]:
        """Return a name as it stands in a box."""
        return self._pen.lines(style, name, width - 2 * PAD)

    def height(self, name: str, width: float, style: Style) -> float:
        """Return the height of a box."""
        return block_height(style, len(self.lines(name, width, style))) + 2 * PAD

    def stack(self, forest: Forest, left: float = 0, top: float = 0) -> tuple[Placed, ...]:
        """Return the boxes of a stack, each with those that hang from it, indented under it."""
        found: list[Placed] = []
        left += self.indent
        for node in forest:
            width = self.width - left
            style = self.bold if node.below else self.style
            lines = self.lines(node.name, width, style)
            height = block_height(style, max(len(lines), self._least)) + 2 * PAD
            below = self.stack(node.below, left, top + height + GAP) if node.below else ()
            found.append(Placed(left, top, width, height, lines, below))
            top = found[-1].foot + GAP
        return tuple(found)

    def stack_height(self, forest: Forest) -> float:
        """Return the height of a stack, as ``stack`` sets it."""
        return self._stack_height(forest, 0)

    def _stack_height(self, forest: Forest, left: float) -> float:
        left += self.indent
        return sum(self._tree_height(node, left) + GAP for node in forest) - (GAP if forest else 0)

    def _tree_height(self, node: Organisation, left: float) -> float:
        key = (id(node), left)
        if key not in self._heights:
            style = self.bold if node.below else self.style
            lines = len(self.lines(node.name, self.width - left, style))
            height = block_height(style, max(lines, self._least)) + 2 * PAD
            below = self._stack_height(node.below, left) + GAP if node.below else 0
            # the box is kept with its height, for as long as it lives its id is its own
            self._heights[key] = (height + below, node)
        return self._heights[key][0]


def depth(forest: Forest) -> int:
    """Return how many levels there are."""
    levels = 0
    while forest:
        levels += 1
        forest = [child for node in forest for child in node.below]
    return levels


def spread(forest: Forest, count: int, height: Callable[[Forest], float]) -> list[Forest]:
    """Return the boxes in so many stacks or fewer, in their order, the tallest as low as can be."""
    low, high = 0.0, height(forest)
    best: list[Forest] = [forest]
    for _ in range(20):
        limit = (low + high) / 2
        stacks = filled(forest, limit, height)
        if len(stacks) <= count:
            best, high = stacks, limit
        else:
            low = limit
    return best


def filled(forest: Forest, limit: float, height: Callable[[Forest], float]) -> list[Forest]:
    """Return the boxes in stacks no taller than a limit, but of one box at least."""
    stacks: list[list[Organisation]] = []
    total = 0.0
    for node in forest:
        own = height([node])
        if stacks and total + GAP + own <= limit + 0.01:
            stacks[-1].append(node)
            total += GAP + own
        else:
            stacks.append([node])
            total = own
    return [*stacks]


def shallow(node: Organisation, fits: Callable[[Organisation], bool]) -> list[Organisation]:
    """Return a tree cut into ones of which every way down fits, each going on from a box of one before it.

    Two levels are never cut apart.
    """
    found: list[Organisation] = []
    waiting = [node]

    def cut(node: Organisation, above: tuple[Organisation, ...]) -> Organisation:
        if not node.below:
            return node
        longest = max(node.below, key=lambda child: len(child.name))
        if above and not fits(_chain((*above, node, longest))):
            waiting.append(Organisation(f"{GOES_ON} {node.name}", node.below))
            return Organisation(node.name)
        return Organisation(node.name, tuple(cut(child, (*above, node)) for child in node.below))

    while waiting:
        found.append(cut(waiting.pop(0), ()))
    return found


def _chain(nodes: Sequence[Organisation]) -> Organisation:
    below: tuple[Organisation, ...] = ()
    for node in reversed(nodes):
        below = (Organisation(node.name, below),)
    return below[0]


def pieces(node: Organisation, fits: Callable[[Organisation], bool]) -> list[Organisation]:
    """Return a tree cut into smaller ones that fit, each with the boxes above its own repeated."""
    if fits(node) or not node.below:
        return [node]
    found: list[Organisation] = []
    kept: list[Organisation] = []

    def with_children(children: Forest) -> Organisation:
        return Organisation(node.name, tuple(children))

    for child in node.below:
        if fits(with_children([*kept, child])):
            kept.append(child)
            continue
        if kept:
            found.append(with_children(kept))
        parts = pieces(child, lambda part: fits(with_children([part])))
        found += [with_children([part]) for part in parts[:-1]]
        kept = [parts[-1]]
    return [*found, with_children(kept)]
