"""A small printed example of a layout: one target's tables, of the user's own or in the words of the sample."""

import dataclasses
import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from perfdesk import paths
from perfdesk.documents.blocks import Block, Document, Heading, TableBlock
from perfdesk.domain.programme import Municipality, Programme, SubProgramme, Target
from perfdesk.services.layout.layout_catalogue import HEADINGS
from perfdesk.tables import goals
from perfdesk.tables.context import context
from perfdesk.tables.layout import layout_of
from perfdesk.tables.table import flatten

# what can be shown, in the order of the book
EXAMPLES: Final = (
    "performance_target",
    "cost_sheet",
    "sub_programme_indicators",
    "sub_programme_costs",
    "programme_codes",
    "programme_units",
    "programme_years",
    "administration_performance",
    "total_resource_need",
    "responsible_units",
    goals.KIND,
    HEADINGS,
)
# of the sample's programme
_UNSEEN: Final = ("results", "resource_tables", "sections", "policy_documents")
# a heading of the book's own outline; lower ones stand within texts
_LOWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Clip:
    """The part of a page that is printed on, in points from the page's upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Example:
    """Pages that were set; ``pdf`` is empty where the layout does not print what was asked.

    ``text`` says the same in words, ``borrowed`` that these are the sample's.
    """

    pdf: bytes
    pages: tuple[tuple[float, float], ...] = ()
    clips: tuple[Clip, ...] = ()
    text: str = ""
    borrowed: bool = False


def example(municipality: Municipality, programme: Programme, kind: str) -> Example:
    """Return a table, or the headings, as the programme's layout prints them.

    Raises:
        UserError: the layout or one of its settings is not known.
    """
    # the writers are imported when they are needed: the window opens three times as fast without them
    from perfdesk.documents import programme_book
    from perfdesk.documents.writers import pdf

    shown, borrowed = _shown(municipality, programme, whole=kind == HEADINGS)
    document = programme_book.build(context(shown, shown.programmes[0], layout_of(programme)))
    blocks = tuple(block for block in document.blocks if _is_wanted(block, kind))
    if not blocks:
        return Example(b"", borrowed=borrowed)
    # of the tables of a target's cost sheets one says enough
    blocks = blocks if kind == HEADINGS else blocks[:1]
    done = pdf.set_document(_part(document, blocks))
    clips = []
    for page in range(len(done.pages)):
        placed = [place for place in done.placed if place.page == page]
        if placed:
            sides = (min(p.left for p in placed), min(p.top for p in placed))
            clips.append(Clip(page, *sides, max(p.right for p in placed), max(p.bottom for p in placed)))
    text = "\n".join(line for block in blocks for line in _lines(block))
    return Example(done.content, done.pages, tuple(clips), text, borrowed)


def _shown(municipality: Municipality, programme: Programme, *, whole: bool) -> tuple[Municipality, bool]:
    """Return the municipality with one target only, which a page holds; of an empty programme the sample's."""
    target = _telling(programme.targets)
    borrowed = target is None
    if target is None:
        sample = _sample()
        administration = dataclasses.replace(sample.administration, name=municipality.administration.name)
        municipality = dataclasses.replace(sample, administration=administration)
        settings = programme.layout_settings
        newest = max(sample.programmes, key=lambda other: other.year)
        programme = dataclasses.replace(newest, form=programme.form, layout=programme.layout, layout_settings=settings)
        target = _telling(programme.targets)
    targets = (target,) if target else ()
    small = dataclasses.replace(programme, targets=targets, sub_programmes=_named(programme, target))
    if not whole:
        small = dataclasses.replace(small, sections=(), resource_tables=(), policy_documents=())
    return dataclasses.replace(municipality, programmes=(small,)), borrowed


def _named(programme: Programme, target: Target | None) -> tuple[SubProgramme, ...]:
    """Return the sub-programmes that a target's activities belong to, without what else stands in them."""
    named = {activity.sub_programme for activity in target.activities} if target else set()
    return tuple(
        dataclasses.replace(one, indicators=(), activities=(), cost_sheets=())
        for one in programme.sub_programmes
        if one.sub_programme in named
    )


def _telling(targets: tuple[Target, ...]) -> Target | None:
    """Return the first target with indicators and costs, or else the first one."""
    full = (target for target in targets if target.indicators and target.cost_sheets)
    return next(full, targets[0] if targets else None)


@cache
def _sample() -> Municipality:
    """Return the sample with what an example shows of it; checking all of it would be felt."""
    # read only when it is wanted: the window opens faster without
    from perfdesk.exchange.reading import read

    data: dict[str, Any] = json.loads(paths.resource("sample", "guneycam.json").read_bytes())
    newest = max(data["programmes"], key=lambda programme: programme["year"])
    for key in _UNSEEN:
        newest.pop(key, None)
    newest["targets"] = newest["targets"][:1]
    data["programmes"] = [newest]
    data["administration"].pop("logo", None)
    data.pop("pictures", None)
    return read(json.dumps(data).encode())


def _is_wanted(block: Block, kind: str) -> bool:
    if kind == HEADINGS:
        return isinstance(block, Heading) and (block.level <= _LOWEST or bool(block.number))
    return isinstance(block, TableBlock) and block.table.kind == kind


def _part(document: Document, blocks: tuple[Block, ...]) -> Document:
    if all(isinstance(block, Heading) for block in blocks):
        # on one page: one of the first level would begin another
        blocks = tuple(_lowered(block) for block in blocks if isinstance(block, Heading))
    return dataclasses.replace(document, blocks=blocks, about=document.about[: len(blocks)])


def _lowered(heading: Heading) -> Heading:
    return dataclasses.replace(heading, level=heading.level + 1)


def _lines(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return [f"{block.number} {block.text}".strip()]
    if not isinstance(block, TableBlock):
        return []
    flat = flatten(block.table)
    rows = [*flat.header, *(row["cells"] for row in flat.rows)]
    return [block.table.caption, *("; ".join(filter(None, cells)) for cells in rows)]
