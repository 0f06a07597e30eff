"""The organisation chart: the top, the branches under it in columns, and in each the units hanging below each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from perfdesk.documents.writers.colours import mixed
from perfdesk.documents.writers.pdf.charts_plate import ABOVE, FRAME, WHITE, Pen, Plate, block_height
from perfdesk.documents.writers.pdf.organisation_boxes import (
    BELOW,
    PAD,
    Boxes,
    Forest,
    Placed,
    depth,
    filled,
    pieces,
    shallow,
    spread,
)
from perfdesk.documents.writers.pdf.strip import Strip
from perfdesk.documents.writers.pdf.style import Style
from perfdesk.tables.organisation import Organisation

_COLUMN_GAP: Final = 12.0
_ROW_GAP: Final = 16.0
_GUTTER: Final = 8.0  # where the line to further rows comes down
_TRUNK: Final = 5.0
_TOP: Final = 0.55  # of the width
_TOP_SIZE: Final = 10.0
_TOP_PAD: Final = 6.0
_NARROWEST: Final = 104.0
_COLUMN_COST: Final = 30.0  # in points of height: a column more must be worth its narrower boxes
_UNEQUAL_COST: Final = 200.0
_CUT_COST: Final = 2_000.0
_DEEPEST: Final = 0.5  # the share of a page that levels may take, or those with many units would repeat them all
_LEVELS: Final = 2  # so many have room on any page
_WIDE: Final = 190.0  # wider boxes have more room than names need
_TINT: Final = 0.16


@dataclass(slots=True)
class _Branch:
    """A box under the top with what hangs from it; without a head, units that stand under the top themselves."""

    head: str
    stacks: list[Forest]
    height: float

    @property
    def span(self) -> int:
        return max(len(self.stacks), 1)


def organisation(root: Organisation, pen: Pen) -> list[Strip]:
    """Return the chart in the room there is, a page a strip; nothing where nothing stands under the top."""
    return _best(root, pen).strips() if root.below else []


def fitting(root: Organisation, pen: Pen) -> bool:
    """Whether the chart has room on one page."""
    return _best(root, pen).fits()


def _best(root: Organisation, pen: Pen) -> "_Chart":
    most = max(int((pen.width + _COLUMN_GAP) / (_NARROWEST + _COLUMN_GAP)), 1)
    charts = [_Chart(root, pen, count) for count in range(1, most + 1)]
    return min(charts, key=lambda chart: (not chart.fits(), not chart.is_divisible(), chart.cost()))


class _Chart:
    """The chart in so many columns."""

    def __init__(self, root: Organisation, pen: Pen, count: int) -> None:
        self.count = count
        self._pen = pen
        self._style = pen.look.cell_bold(_TOP_SIZE)
        self._top_width = pen.width * _TOP
        self._top = pen.lines(self._style, root.name, self._top_width - 2 * _TOP_PAD)
        self._top_height = block_height(self._style, len(self._top)) + 2 * _TOP_PAD
        # what a branch may be tall
        self._room = pen.height - self._top_height - _ROW_GAP
        width = (pen.width - _GUTTER - _COLUMN_GAP * (count - 1)) / count
        self._boxes = Boxes(pen, width, root.below)
        self._cuts = 0
        self._rows = self._in_rows(self._branches(root))

    def height(self) -> float:
        """Return the height of all in one."""
        return self._top_height + sum(_ROW_GAP + _height(row) for row in self._rows)

    def fits(self) -> bool:
        """Whether all has room on one page."""
        return self.height() <= self._pen.height

    def is_divisible(self) -> bool:
        """Whether each row of branches has room on a page; very long names need wide boxes for that."""
        return all(_height(row) <= self._room + 0.01 for row in self._rows)

    def cost(self) -> float:
        """Return what speaks against this number of columns: height, narrow boxes, branches cut, boxes too wide."""
        return self.height() + self.count * _COLUMN_COST + self._cuts * _CUT_COST + max(self._boxes.width - _WIDE, 0)

    def strips(self) -> list[Strip]:
        """Return the chart, over several pages if it must be, each with the top."""
        pages: list[list[list[_Branch]]] = []
        room = 0.0
        for row in self._rows:
            needed = _ROW_GAP + _height(row)
            if not pages or needed > room + 0.01:
                pages.append([])
                room = self._pen.height - self._top_height
            pages[-1].append(row)
            room -= needed
        found = [self._page(rows) for rows in pages]
        for strip in found[1:]:
            strip.fresh = True
        return found

    def _branches(self, root: Organisation) -> list[_Branch]:
        headed = [
            _Branch(part.name, [part.below], 0)
            for node in root.below
            if node.below
            for tree in self._shallow(node)
            for part in pieces(tree, lambda tree: self._lowest(tree) <= self._room)
        ]
        plain = [node for node in root.below if not node.below]
        stacks = filled(plain, self._room, self._boxes.stack_height)
        together = [stacks[at : at + self.count] for at in range(0, len(stacks), self.count)]
        branches = [*(_Branch("", one, 0) for one in together), *headed]
        for branch in branches:
            branch.height = self._measured(branch)
        return self._widened(branches)

    def _shallow(self, node: Organisation) -> list[Organisation]:
        """Return a branch, in several where its levels alone fill too much of a page."""
        found = (
            shallow(node, lambda tree: self._lowest(tree) <= self._room * _DEEPEST)
            if depth([node]) > _LEVELS
            else [node]
        )
        self._cuts += len(found) - 1
        return found

    def _lowest(self, tree: Organisation) -> float:
        """Return the height of a branch that has all columns to itself."""
        return self._measured(_Branch(tree.name, spread(tree.below, self.count, self._boxes.stack_height), 0))

    def _widened(self, branches: list[_Branch]) -> list[_Branch]:
        """Let the tallest branches have the columns that are left, where that makes the chart lower."""
        rows = len(self._in_rows(branches))
        best, least = branches, self._cost(branches)
        full: set[int] = set()
        while len(full) < len(branches):
            at = max((n for n in range(len(branches)) if n not in full), key=lambda n: branches[n].height)
            wider = self._wider(branches[at])
            together = [*branches[:at], wider, *branches[at + 1 :]]
            # one that is taller than a page may take a row of its own
            room = branches[at].height > self._room or len(self._in_rows(together)) <= rows
            if wider.height > branches[at].height - 1 or wider.span > self.count or not room:
                full.add(at)
                continue
            branches = together
            rows = max(rows, len(self._in_rows(branches)))
            cost = self._cost(branches)
            if cost < least or branches[at].height > self._room:
                best, least = branches, cost
        return best

    def _wider(self, branch: _Branch) -> _Branch:
        boxes = [node for stack in branch.stacks for node in stack]
        wider = _Branch(branch.head, spread(boxes, branch.span + 1, self._boxes.stack_height), 0)
        wider.height = self._measured(wider)
        return wider

    def _cost(self, branches: list[_Branch]) -> float:
        """Return what speaks against the branches as they are: height, and equals of unequal width."""
        spans = [branch.span for branch in branches if branch.head] or [1]
        height = sum(_ROW_GAP + _height(row) for row in self._in_rows(branches))
        return height + _UNEQUAL_COST * (max(spans) - min(spans))

    def _measured(self, branch: _Branch) -> float:
        body = max(map(self._boxes.stack_height, branch.stacks))
        if not branch.head:
            return body
        head = self._boxes.height(branch.head, self._width(branch), self._boxes.bold)
        return head + BELOW * (2 if branch.span > 1 else 1) + body

    def _width(self, branch: _Branch) -> float:
        return branch.span * (self._boxes.width + _COLUMN_GAP) - _COLUMN_GAP

    def _in_rows(self, branches: Sequence[_Branch]) -> list[list[_Branch]]:
        """Return the branches in rows of about as many columns each."""
        total = sum(branch.span for branch in branches)
        even = -(-total // max(-(-total // self.count), 1))
        for most in range(even, self.count + 1):
            rows: list[list[_Branch]] = []
            taken = 0
            for branch in branches:
                if not rows or taken + branch.span > most:
                    rows.append([])
                    taken = 0
                rows[-1].append(branch)
                taken += branch.span
            if len(rows) <= -(-total // self.count):
                break
        return rows

    def _page(self, rows: list[list[_Branch]]) -> Strip:
        plate = Plate(self._pen)
        pen = self._pen
        used = max(sum(branch.span for branch in row) for row in rows)
        width = used * (self._boxes.width + _COLUMN_GAP) - _COLUMN_GAP
        # the line to further rows comes down on the left of all
        left = pen.left + (pen.width - width + (_GUTTER if len(rows) > 1 else 0)) / 2
        gutter = left - _GUTTER + 1
        middle = pen.left + pen.width / 2
        y = self._top_height
        buses: list[float] = []
        for row in rows:
            bus = y + _ROW_GAP / 2
            buses.append(bus)
            y += _ROW_GAP
            joints = self._row(plate, row, left, bus, y)
            if len(buses) == 1:
                joints.append(middle)
            if len(rows) > 1:
                joints.append(gutter)
            plate.line([(min(joints), bus), (max(joints), bus)], FRAME)
            y += _height(row)
        plate.line([(middle, self._top_height), (middle, buses[0])], FRAME)
        if len(buses) > 1:
            plate.line([(gutter, buses[0]), (gutter, buses[-1])], FRAME)
        plate.rect(middle - self._top_width / 2, 0, self._top_width, self._top_height, pen.look.palette.accent)
        plate.centred(middle, self._top_height / 2, pen.white(self._style), self._top, "centre")
        return plate.strip(y + 1, gap=ABOVE)

    def _row(self, plate: Plate, row: list[_Branch], left: float, bus: float, top: float) -> list[float]:
        """Draw a row of branches; return where its boxes hang from the line above them."""
        joints: list[float] = []
        for branch in row:
            width = self._width(branch)
            columns = [left + n * (self._boxes.width + _COLUMN_GAP) for n in range(branch.span)]
            if branch.head:
                joints.append(left + width / 2)
                plate.line([(joints[-1], bus), (joints[-1], top)], FRAME)
                self._headed(plate, branch, left, top, columns)
            else:
                joints += [column + _TRUNK for column in columns]
                for column, stack in zip(columns, branch.stacks, strict=True):
                    self._stack(plate, self._boxes.stack(stack), column, top, bus)
            left += width + _COLUMN_GAP
        return joints

    def _headed(self, plate: Plate, branch: _Branch, left: float, top: float, columns: list[float]) -> None:
        width = self._width(branch)
        lines = self._boxes.lines(branch.head, width, self._boxes.bold)
        height = block_height(self._boxes.bold, len(lines)) + 2 * PAD
        foot = top + height
        first = foot + BELOW * (2 if branch.span > 1 else 1)
        begin = foot
        if branch.span > 1:
            begin = foot + BELOW
            middle = left + width / 2
            plate.line([(middle, foot), (middle, begin)], FRAME)
            plate.line([(columns[0] + _TRUNK, begin), (max(columns[-1] + _TRUNK, middle), begin)], FRAME)
        for column, stack in zip(columns, branch.stacks, strict=True):
            self._stack(plate, self._boxes.stack(stack), column, first, begin)
        self._box(plate, (left, top, width, height), lines, self._boxes.bold, tinted=True)

    def _stack(self, plate: Plate, boxes: tuple[Placed, ...], left: float, top: float, begin: float) -> None:
        """Draw boxes below each other on a trunk that begins at a height."""
        trunk = left + boxes[0].left - self._boxes.indent + min(_TRUNK, self._boxes.indent / 2)
        plate.line([(trunk, begin), (trunk, top + boxes[-1].top + self._hook(boxes[-1]))], FRAME)
        for box in boxes:
            hook = top + box.top + self._hook(box)
            plate.line([(trunk, hook), (left + box.left, hook)], FRAME)
            style = self._boxes.bold if box.children else self._boxes.style
            place = (left + box.left, top + box.top, box.width, box.height)
            self._box(plate, place, box.lines, style, tinted=bool(box.children))
            if box.children:
                self._stack(plate, box.children, left, top, top + box.top + box.height)

    @staticmethod
    def _hook(box: Placed) -> float:
        return box.height / 2

    def _box(
        self, plate: Plate, place: tuple[float, float, float, float], lines: list[str], style: Style, *, tinted: bool
    ) -> None:
        left, top, width, height = place
        accent = self._pen.look.palette.accent
        plate.rect(left, top, width, height, mixed(accent, _TINT) if tinted else WHITE, accent if tinted else FRAME)
        plate.centred(left + width / 2, top + height / 2, style, lines, "centre")


def _height(row: list[_Branch]) -> float:
    return max(branch.height for branch in row)
