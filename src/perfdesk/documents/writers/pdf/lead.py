"""What leads up to a table: headings and a few lines of text, which stand with it where the page is turned for it."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from perfdesk.documents.blocks import Bullet, Heading, Paragraph
from perfdesk.documents.writers.pdf.strip import NEVER, NOT_HERE, Strip

_GAP_BELOW_HEADING: Final = 9.0
# more text than this before a wide table does not go with it
_TALLEST_LEAD: Final = 170.0
# what it costs to part the texts of a lead: rather all of it stands on the page of its table, or on the one before
_LEAD_CUT: Final = 25

# what may wait for a table that it leads up to
LeadingBlock = Heading | Paragraph | Bullet


class Lead:
    """Headings, and a few lines of text below them, that wait for what follows."""

    def __init__(self) -> None:
        self.strips: list[Strip] = []
        self.heading = False  # whether the last of them is a heading
        self._is_tail = False  # whether they are but the end of a longer text
        self._blocks: list[tuple[LeadingBlock, list[Strip]]] = []

    def passed(self, block: LeadingBlock, strips: list[Strip]) -> list[Strip]:
        """Let a heading or a text wait too, and return what waits no longer, so that it has room; or it as well.

        Of a long text its end waits: it may be all that a page would hold before the page is turned.
        """
        passed: list[Strip] = []
        if not isinstance(block, Heading):
            while self._blocks and not self._has_room(strips):
                _, first = self._blocks.pop(0)
                passed += first
                del self.strips[: len(first)]
                self._is_tail = True
            if not self._has_room(strips):
                is_tail = self._is_tail
                passed += [*self.taken(), *strips]
                self._is_tail = is_tail
                return passed
        self.strips += strips
        self.heading = isinstance(block, Heading)
        self._blocks.append((block, strips))
        return passed

    def _has_room(self, strips: list[Strip]) -> bool:
        waiting = [*self.strips, *strips]
        # the rest of a longer text waits where a page may begin with it
        begins = waiting[0].penalty < NOT_HERE if self._is_tail else bool(self.strips)
        return begins and sum(strip.height + strip.gap for strip in waiting) <= _TALLEST_LEAD

    def taken(self) -> list[Strip]:
        """Return what waited; nothing waits any more."""
        taken, self.strips, self.heading, self._blocks, self._is_tail = self.strips, [], False, [], False
        return taken

    def keep(self) -> None:
        """Keep together what leads up to a table; a longer text is parted like any other."""
        if self._is_tail:
            return
        for (above, _), (block, strips) in pairwise(self._blocks):
            if not isinstance(above, Heading) and not isinstance(block, Heading):
                strips[0].penalty = max(strips[0].penalty, _LEAD_CUT)

    @staticmethod
    def hold(first: Strip, *, heading: bool, table: bool) -> None:
        """Keep what follows a heading close to it and on its page."""
        first.penalty = NEVER
        if first.fresh and heading:
            first.gap = 0
        else:
            first.gap = _GAP_BELOW_HEADING if table else min(first.gap, _GAP_BELOW_HEADING if heading else 5)

    def turn(self, setter: Callable[[LeadingBlock], list[Strip]]) -> None:
        """Set what waits for a page turned sideways, where a text may stand too and a heading alone has to."""
        if not self.strips:
            return
        turned: list[Strip] = []
        for block, strips in self._blocks:
            anew = setter(block)
            first, old = anew[0], strips[0]
            first.gap, first.penalty, first.fresh, first.mark = old.gap, old.penalty, old.fresh, old.mark
            for strip in anew:
                strip.wide, strip.block, strip.element = True, old.block, old.element
            turned += anew
        if self.heading:
            self.strips = turned
        else:
            self.strips[0].turned = tuple(turned)
