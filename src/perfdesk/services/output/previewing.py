"""What is shown before it is printed: the pages of one entry of the outline or of the whole book, and what is where."""

import dataclasses
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from perfdesk.documents.blocks import Contents, Divider, Document, Figure, Heading, PageBreak
from perfdesk.documents.progress import Progress
from perfdesk.domain.administration import Unit
from perfdesk.services.output.exporting import paper_document
from perfdesk.services.places import COVER, LAYOUT, PICTURES, UNITS, Key
from perfdesk.tables import resource_table
from perfdesk.tables.catalogue import BookTables, part_of
from perfdesk.tables.context import Context
from perfdesk.tables.control.content import Control

if TYPE_CHECKING:
    from perfdesk.documents.writers.pdf.grid import Grid

# the text whose picture the cover shows
_COVER_PICTURE: Final[Key] = ("part", "cover")
# what says nothing without what follows it
_LEADING: Final = (Heading, PageBreak, Divider)


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a page, in points from its upper left corner, and the entry of the outline that it shows.

    ``listed``: it only leads there, from the contents.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float
    entry: Key
    listed: bool = False

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of its page lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True)
class Preview:
    """Pages that have been set; ``pdf`` is empty where nothing is printed.

    ``first_page`` is the number of the first page in the book and ``book_pages`` the book's length; 0 where they are
    not known, or a number would not be true of all that is on a page. ``stands_on`` are the numbers of the first and
    the last page that it stands on in the book, where they are known. ``tables`` make the next preview quick, and
    ``grid`` lets a part look as in the whole book.
    """

    pdf: bytes = field(repr=False)
    pages: tuple[tuple[float, float], ...] = field(repr=False)
    spots: tuple[Spot, ...] = field(repr=False)
    first_page: int
    book_pages: int
    tables: BookTables = field(repr=False)
    stands_on: tuple[int, int] | None = None
    grid: "Grid | None" = field(default=None, repr=False, compare=False)

    def entry_at(self, page: int, x: float, y: float) -> Key | None:
        """Return the entry shown at a point of a page, in points from its upper left corner."""
        return next((spot.entry for spot in self._of_page.get(page, ()) if spot.holds(x, y)), None)

    def printed(self, page: int) -> tuple[float, float]:
        """Return from where to where the width of a page is printed, in points: what lies between its margins."""
        spots = self._of_page.get(page)
        if not spots:
            return 0, self.pages[page][0]
        return min(spot.left for spot in spots), max(spot.right for spot in spots)

    @cached_property
    def _of_page(self) -> dict[int, list[Spot]]:
        found: dict[int, list[Spot]] = {}
        for spot in self.spots:
            found.setdefault(spot.page, []).append(spot)
        return found

    @cached_property
    def page_ranges(self) -> dict[Key, tuple[int, int]]:
        """Return for each entry the first and the last page it stands on, from 0; the contents do not count."""
        ranges: dict[Key, tuple[int, int]] = {}
        for spot in self.spots:
            if spot.listed:
                continue
            first, last = ranges.get(spot.entry, (spot.page, spot.page))
            ranges[spot.entry] = (min(first, spot.page), max(last, spot.page))
        return ranges


def preview(
    ctx: Context,
    entry: Key,
    *,
    known: Preview | None = None,
    whole: Preview | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Set what the book prints for an entry of the outline, numbered as in the book.

    Args:
        ctx: the programme.
        entry: the entry; one that prints nothing of its own is shown by what it shows in.
        known: an earlier preview of the same file, whose tables are taken over where nothing has changed.
        whole: the last preview of the whole book, as which tables look, and from which the pages' numbers are taken if
            it is still true.
        progress: told how many blocks are set, and that none are as long as tables and blocks are still being made;
            what it raises ends the setting.
    """
    tables = _tables(ctx, known, progress)
    document = _document(ctx, tables, progress)
    wanted = _wanted(ctx, document, entry)
    chosen = [
        at
        for at, (about, block) in enumerate(zip(document.about, document.blocks, strict=True))
        # the contents of a part would be empty
        if about in wanted and not isinstance(block, Contents)
    ]
    if not chosen:
        return Preview(b"", (), (), 0, 0, tables)
    part = dataclasses.replace(
        document,
        blocks=tuple(document.blocks[at] for at in chosen),
        about=tuple(document.about[at] for at in chosen),
        # no number is better than a wrong one
        page_label="",
    )
    place = _place_in(whole, frozenset(part.about)) if whole is not None and whole.tables.ctx is ctx else None
    grid = whole.grid if whole is not None else None
    if whole is None or place is None:
        return _set(part, tables, known=False, progress=progress, grid=grid)
    first, last = place
    numbered = dataclasses.replace(part, page_label=document.page_label, first_page=first + 1, pages=len(whole.pages))
    made = _set(numbered, tables, known=True, progress=progress, grid=grid)
    if not _lies_alike(made, whole, first):
        # it begins within a page of the book: here other things stand together on a page than there
        made = _set(part, tables, known=False, progress=progress, grid=grid)
    return dataclasses.replace(made, stands_on=(first + 1, last + 1))


def _place_in(book: Preview, wanted: frozenset[Key]) -> tuple[int, int] | None:
    """Return the first and the last page of the book that entries stand on, from 0."""
    ranges = [book.page_ranges[about] for about in wanted if about in book.page_ranges]
    return (min(first for first, _ in ranges), max(last for _, last in ranges)) if ranges else None


def _lies_alike(part: Preview, book: Preview, first: int) -> bool:
    """Whether what a part shows lies on the pages of the book that its own begin with, one for one."""
    wanted = {spot.entry for spot in part.spots}
    here = [(spot.entry, spot.page + first) for spot in part.spots]
    return here == [(spot.entry, spot.page) for spot in book.spots if spot.entry in wanted and not spot.listed]


def whole(ctx: Context, *, known: Preview | None = None, progress: Progress | None = None) -> Preview:
    """Set the whole book; what ``progress`` raises ends it."""
    tables = _tables(ctx, known, progress)
    return _set(_document(ctx, tables, progress), tables, known=True, progress=progress)


def of_paper(
    ctx: Context,
    name: str,
    unit: str = "",
    *,
    progress: Progress | None = None,
    control: Control | None = None,
    now: datetime | None = None,
) -> Preview:
    """Set the pages of a short paper, to be printed; ``control`` and ``now`` as for ``exporting.paper``.

    Raises:
        UserError: the paper is about a unit that answers for nothing of the programme.
    """
    from perfdesk.documents.writers import pdf

    done = pdf.set_document(paper_document(ctx, name, unit, control=control, now=now), progress=progress)
    # nobody turns from a paper to the outline
    return Preview(done.content, done.pages, (), 0, 0, BookTables(ctx))


def units_with_files(ctx: Context) -> list[tuple[Unit, int]]:
    """Return the spending units that are responsible for something in the year, with the number of their activities."""
    counts: Counter[str] = Counter()
    for holder in ctx.programme.holders():
        for sheet in holder.cost_sheets:
            counts.update(dict.fromkeys(sheet.units, len(sheet.activities)))
    return [(unit, counts[unit.id]) for unit in ctx.municipality.units if counts[unit.id]]


def entry_pages(ctx: Context, book: Preview, entry: Key) -> tuple[int, int] | None:
    """Return the first and the last page an entry stands on in the whole book, from 0; None where it prints nothing."""
    wanted = _wanted(ctx, _document(ctx, _tables(ctx, book)), entry)
    return _place_in(book, wanted)


def _tables(ctx: Context, known: Preview | None, progress: Progress | None = None) -> BookTables:
    if known is not None and known.tables.ctx is ctx:
        return known.tables
    return BookTables(ctx, known.tables if known else None, _between(progress))


def _document(ctx: Context, tables: BookTables, progress: Progress | None = None) -> Document:
    # the writers are imported when they are needed: the window opens three times as fast without them
    from perfdesk.documents import programme_book

    return programme_book.build(ctx, tables, _between(progress))


def _between(progress: Progress | None) -> Callable[[], object]:
    """Return what tells that work goes on of which no block is set yet."""
    return partial(progress, 0, 1) if progress else lambda: None


def _set(
    document: Document,
    tables: BookTables,
    *,
    known: bool,
    progress: Progress | None = None,
    grid: "Grid | None" = None,
) -> Preview:
    from perfdesk.documents.writers import pdf

    done = pdf.set_document(document, progress=progress, grid=grid)
    spots = tuple(
        Spot(at.page, at.left, at.top, at.right, at.bottom, document.about[at.block], at.listed) for at in done.placed
    )
    pages = document.pages or len(done.pages)
    return Preview(
        done.content,
        done.pages,
        spots,
        document.first_page if known else 0,
        pages if known else 0,
        tables,
        grid=done.grid,
    )


def _wanted(ctx: Context, document: Document, entry: Key) -> frozenset[Key]:
    """Return what the blocks are about that show an entry."""
    kind, id_ = entry
    if kind == "goal":
        targets = _targets_of(ctx, id_)
        return frozenset(
            {entry, *targets, *(about for target in targets for about in _shown_in(ctx, document, target))}
        )
    if kind == "target":
        return frozenset({entry, *_shown_in(ctx, document, entry)})
    if entry == _COVER_PICTURE:
        return frozenset({COVER})
    if entry == UNITS:
        parts = [part for part in ctx.layout.form.outline if part.holds == "responsible_units"]
        return frozenset(("part", part.key) for part in parts)
    if entry == PICTURES:
        blocks = zip(document.about, document.blocks, strict=True)
        return frozenset({next((about for about, block in blocks if isinstance(block, Figure)), COVER)})
    if entry == LAYOUT:
        held = ("target", "sub_programme")
        return frozenset({next((about for about in document.about if about[0] in held), COVER)})
    if kind == "part":
        return _with_what_follows(document, frozenset({entry, *_within(ctx, document, id_)}))
    return frozenset({entry})


def _shown_in(ctx: Context, document: Document, target: Key) -> list[Key]:
    """Return the sub-programmes in which a target's activities are printed, where it is not printed itself."""
    if target in document.about:
        return []
    found = next((one for one in ctx.programme.targets if one.id == target[1]), None)
    return [("sub_programme", activity.sub_programme) for activity in found.activities] if found else []


def _targets_of(ctx: Context, goal: str) -> list[Key]:
    """Return the targets under a goal; those under none where its id is empty."""
    return [("target", target.id) for target in ctx.programme.targets if _goal_id(ctx, target.objective) == goal]


def _goal_id(ctx: Context, objective: str) -> str:
    above = ctx.objectives.get(objective)
    return above[0].id if above else ""


def _within(ctx: Context, document: Document, key: str) -> list[Key]:
    """Return the entries whose tables stand in a part of the form."""
    form = ctx.layout.form
    part = next((part for part in form.outline if part.key == key), None)
    if part is None:
        return []
    if part.holds == "resource_tables":
        placed = [table for table in ctx.programme.resource_tables if part_of(form, table) is part]
        return [(resource_table.KIND, str(table.row)) for table in placed]
    if part.holds == "targets":
        return [about for about in document.about if about[0] in ("goal", "target", "sub_programme")]
    return []


def _with_what_follows(document: Document, wanted: frozenset[Key]) -> frozenset[Key]:
    """Add to a heading that has nothing of its own what it stands over; no page ends with a heading."""
    chosen = [at for at, about in enumerate(document.about) if about in wanted]
    if not chosen or not all(isinstance(document.blocks[at], _LEADING) for at in chosen):
        return wanted
    following = zip(document.about[chosen[-1] + 1 :], document.blocks[chosen[-1] + 1 :], strict=True)
    added = set(wanted)
    for about, block in following:
        added.add(about)
        if not isinstance(block, _LEADING):
            break
    return frozenset(added)
