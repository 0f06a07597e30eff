"""Lists with page numbers: of headings, of tables, of figures."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from perfdesk.documents.blocks import Contents, Listing
from perfdesk.documents.writers.pdf.cells import ASCENT
from perfdesk.documents.writers.pdf.fonts import Font
from perfdesk.documents.writers.pdf.page import frame
from perfdesk.documents.writers.pdf.strip import FIGURE, NEVER, NOT_HERE, Link, Mark, Rule, Strip, Text
from perfdesk.documents.writers.pdf.style import RULE, Look
from perfdesk.documents.writers.pdf.tags import Element, LinkElement
from perfdesk.documents.writers.pdf.text import Measurer, wrap

_NUMBER: Final = 30.0
# by the level of a heading; tables stand one step further in than the heading above them
_INDENTS: Final = (0.0, 0.0, 13.0, 26.0, 37.0)
_DEEPEST: Final = len(_INDENTS) - 1
# what it costs to part the entry of a heading from the one below it, by its level
_APART: Final = {1: NOT_HERE, 2: 20}
_PART_GAP: Final = 7.0
# how far in an entry goes on below its first line
_HANGING: Final = 13.0
# what stands before the name of a table or figure: "Tablo 12 ", "Şekil 3: ", "Şekil 3 - "
_NUMBERED: Final = re.compile(r"([^\W\d]+\.? )?\(?\d{1,3}(\.\d+)*[.:)]?( ?[-–—:])? (?=\S)")
# distances of lines, in font sizes
LOOSE: Final = 1.5
CLOSE: Final = 1.36
# a list of less than this share of a page does without a page of its own
_SHORT: Final = 0.4
# a longer one begins on the page of another where there is this share of it left
_BEGINNING: Final = 0.28
_LIST_GAP: Final = 34.0


def contents_strips(
    contents: Contents,
    marks: Iterable[Mark],
    numbers: Mapping[str, int],
    look: Look,
    measure: Measurer,
    *,
    leading: float = LOOSE,
) -> tuple[list[Strip], Element]:
    """Return a list that begins a page.

    Args:
        contents: which list.
        marks: of the whole book.
        numbers: the page of each mark; none while the list's own length is being found.
        look: the styles.
        measure: measures texts.
        leading: the distance of its lines, in font sizes.
    """
    left, right, _, _ = frame(wide=False)
    style = look.headings[0]
    title = wrap(style.font, measure(style.font, contents.title), (right - left) / style.size * 1000)
    strips = [
        Strip(style.size * 1.3, penalty=NEVER, texts=[Text(left, style.size * ASCENT, style, line)]) for line in title
    ]
    toc = Element("TOC")
    for strip in strips:
        strip.element = Element("Caption", toc)
    strips[0].penalty = 0
    strips[0].fresh = True
    strips[-1].height += 8
    strips[-1].rules.append(Rule(left, right, strips[-1].height, RULE, look.palette.accent_line))
    strips[-1].height += 6
    head = len(strips)
    depth = above = 0
    lines: list[Strip] = []
    for mark in _listed(contents, marks):
        depth = min(mark.level, _DEEPEST) if mark.level else depth
        indent = _INDENTS[depth if mark.level else min(depth + 1, _DEEPEST)] if contents.of is Listing.HEADINGS else 0
        lines = _entry(mark, str(numbers.get(mark.key, "")), contents.of, indent, look, measure, leading)
        # a heading is not parted from what it begins with
        lines[0].penalty = 0 if 0 < mark.level <= above else _APART.get(above, 0)
        above = mark.level
        line = Element("Reference", Element("TOCI", toc))
        for strip in lines:
            strip.element = LinkElement(line)
        strips += lines
    for strip in (*strips[head : head + 2], *lines[:1]):
        strip.penalty = NEVER
    return strips, toc


def follow_on(strips: list[Strip], page: float) -> None:
    """Let a list begin on the page of the list before it: a short one as a whole, a long one if enough of it fits."""
    strips[0].fresh = False
    strips[0].gap = _LIST_GAP
    short = sum(strip.height + strip.gap for strip in strips) < page * _SHORT
    height = strips[0].height
    for strip in strips[1:]:
        if short or height < page * _BEGINNING:
            strip.penalty = max(strip.penalty, NOT_HERE)
        height += strip.height + strip.gap


def _listed(contents: Contents, marks: Iterable[Mark]) -> Iterator[Mark]:
    for mark in marks:
        of = Listing.HEADINGS if mark.level else Listing.FIGURES if mark.kind == FIGURE else Listing.TABLES
        with_tables = contents.of is Listing.HEADINGS and of is Listing.TABLES and mark.kind not in contents.without
        if of is contents.of or with_tables:
            yield mark


def _entry(
    mark: Mark, number: str, of: Listing, indent: float, look: Look, measure: Measurer, leading: float
) -> list[Strip]:
    left, right, _, _ = frame(wide=False)
    # tables stand below the headings, but begin the line in a list of their own
    below = of is Listing.HEADINGS
    style = look.contents[{1: 0, 2: 1, 3: 1}.get(mark.level, 2 if below else 1)]
    em = style.size / 1000
    x = left + indent
    limit = right - _NUMBER - x
    title = " ".join(mark.title.split())
    hanging = _HANGING
    if not mark.level and (numbered := _NUMBERED.match(title)):
        hanging = (measure(style.font, numbered[0]).width + style.font.space) * em
    lines = wrap(style.font, measure(style.font, title), limit / em)
    if len(lines) > 1:
        rest = measure(style.font, measure(style.font, title).text.removeprefix(lines[0]).lstrip())
        lines[1:] = wrap(style.font, rest, (limit - hanging) / em)
    # what goes on below hangs, under the name where a number stands before it
    written = [[Text(x + hanging * (n > 0), style.size * ASCENT, style, line)] for n, line in enumerate(lines)]
    if mark.subject.strip():
        # many tables have the same caption: what each is about tells them apart
        grey = style._replace(font=look.running.font, colour=look.running.colour)
        start = written[-1][-1].x + (style.font.width(lines[-1]) + grey.font.space) * em
        beside, *more = _subject(mark.subject, grey.font, measure, (x + limit - start) / em, (limit - hanging) / em)
        if beside:
            written[-1].append(Text(start, grey.size * ASCENT, grey, beside))
        written += [[Text(x + hanging, grey.size * ASCENT, grey, line)] for line in more]
    link = Link(left, right, mark.key, mark.title)
    strips = [Strip(style.size * leading, penalty=NEVER, texts=line, link=link) for line in written]
    first, last = strips[0], strips[-1]
    first.penalty = 0
    first.gap = _PART_GAP if mark.level == 1 else 0
    ending = last.texts[-1]
    end = ending.x + ending.style.font.width(ending.text) * em
    width = style.font.width(number) * em
    baseline = style.size * ASCENT
    if end + 8 < right - width - 4:
        last.rules.append(Rule(end + 4, right - width - 4, baseline, 0.5, look.palette.hair_line, dotted=True))
    last.texts.append(Text(right - width, baseline, style, number))
    return strips


def _subject(subject: str, font: Font, measure: Measurer, first: float, limit: float) -> list[str]:
    """Return what a table is about in lines: what has room beside its caption, or nothing, then what is left."""
    # a no-break space keeps a code and its name together
    words = [word for word in f"– {measure(font, subject).text}".replace("\n", " ").split(" ") if word]
    width, count = -font.space, 0
    for word in words:
        width += font.space + font.width(word)
        if width > first:
            break
        count += 1
    # the dash goes with what it leads to
    count = count if count > 1 else 0
    rest = " ".join(words[count:])
    return [" ".join(words[:count]), *(wrap(font, measure(font, rest), limit) if rest else [])]
