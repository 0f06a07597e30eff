"""Turning everything but tables into strips: headings, paragraphs, bullets, figures, signatures."""

from collections.abc import Iterable
from typing import Final

from perfdesk.documents.blocks import Bullet, Figure, Heading, Paragraph, Signature
from perfdesk.documents.writers.pdf.cells import ASCENT, changed_mark
from perfdesk.documents.writers.pdf.page import frame
from perfdesk.documents.writers.pdf.pictures import Pictures
from perfdesk.documents.writers.pdf.slicing import control_widows
from perfdesk.documents.writers.pdf.strip import FIGURE, NEVER, NOT_HERE, Mark, Picture, Rule, Strip, Text
from perfdesk.documents.writers.pdf.style import RULE, Look, Style
from perfdesk.documents.writers.pdf.text import Measurer, wrap, wrap_runs
from perfdesk.domain.texts import Run

_LEADING: Final = 1.5
_TIGHT: Final = 1.3
_PARAGRAPH_GAP: Final = 7.0
_BULLET_GAP: Final = 3.0
_BULLET: Final = 12.0
_HEADING_GAPS: Final = (0.0, 22.0, 16.0, 12.0)
_CHAPTER_GAP: Final = 24.0
_CHAPTER_LINE: Final = 7.0
_SIGNATURE_GAP: Final = 30.0
_SIGNATURE: Final = 210.0
_FIGURE_GAP: Final = 12.0
_TALLEST_FIGURE: Final = 0.6
_CAPTION_GAP: Final = 5.0
# how far the mark of a changed text reaches beyond it
_MARK_PAD: Final = 5.0


class TextSetter:
    """Sets the texts of a document, on upright pages or on those turned sideways."""

    def __init__(self, look: Look, measure: Measurer, pictures: Pictures, *, wide: bool = False) -> None:
        self._look = look
        self._measure = measure
        self._pictures = pictures
        self._left, self._right, top, bottom = frame(wide=wide)
        self._page = bottom - top

    def heading(self, heading: Heading, key: str, *, opens: bool = False) -> list[Strip]:
        """Return a heading; level 1 begins a page.

        One that ``opens`` a run of others has a line and more white above it, to be found by leafing.
        """
        level = min(max(heading.level, 1), len(self._look.headings))
        style = self._look.headings[level - 1]
        title = " ".join(part for part in (heading.number, heading.text) if part)
        strips = self._lines(style, title, self._left, self._right, _TIGHT)
        for strip in strips:
            strip.heading = True
            strip.penalty = NEVER
        first, last = strips[0], strips[-1]
        first.gap = _HEADING_GAPS[level - 1]
        first.penalty = 0
        first.fresh = level == 1
        first.mark = Mark(key, level, title) if heading.listed else None
        if level == 1:
            last.height += 8
            last.rules.append(Rule(self._left, self._right, last.height, RULE, self._look.palette.accent_line))
            last.height += 6
        elif opens:
            first.gap = _CHAPTER_GAP
            first.height += _CHAPTER_LINE
            first.texts = [text._replace(y=text.y + _CHAPTER_LINE) for text in first.texts]
            first.rules.append(Rule(self._left, self._right, 0, RULE, self._look.palette.accent_line))
        return strips

    def paragraph(self, paragraph: Paragraph) -> list[Strip]:
        """Return running text."""
        strips = self._runs(paragraph.runs, 0, _PARAGRAPH_GAP)
        if paragraph.changed:
            self._mark(strips)
        return strips

    def bullet(self, bullet: Bullet) -> list[Strip]:
        """Return an item of a list, its lines hanging beside the bullet."""
        strips = self._runs(bullet.runs, _BULLET, _BULLET_GAP)
        style = self._look.body
        strips[0].texts.insert(0, Text(self._left + 2, style.size * ASCENT, style, "•"))
        if bullet.changed:
            self._mark(strips)
        return strips

    def figure(self, figure: Figure, key: str) -> list[Strip]:
        """Return a picture with its caption; the caption alone where the picture is broken.

        ``key`` is the mark that the list of figures leads to.
        """
        found: list[Strip] = []
        size = self._pictures.add(figure.data)
        if size:
            room = self._right - self._left
            scale = min(1, room / size.width, self._page * _TALLEST_FIGURE / size.height)
            width, height = size.width * scale, size.height * scale
            left = self._left + (room - width) / 2
            found.append(Strip(height, _FIGURE_GAP, picture=Picture(size.key, left, 0, width, height)))
        if figure.caption:
            caption = self._lines(self._look.figure_caption, figure.caption, self._left, self._right, _TIGHT, "centre")
            for strip in caption:
                strip.penalty = NOT_HERE
            caption[0].gap = _CAPTION_GAP
            caption[0].penalty = NEVER if size else 0
            found += caption
            # one with a caption is listed
            found[0].mark = Mark(key, 0, figure.caption, kind=FIGURE)
        return found

    def signature(self, signature: Signature) -> list[Strip]:
        """Return who signs: to the right, name and titles centred below each other, kept with the text above."""
        style = self._look.signature
        left = self._right - _SIGNATURE
        found = self._lines(style, signature.name, left, self._right, _TIGHT, align="centre")
        for title in signature.titles:
            found += self._lines(self._look.body, title, left, self._right, _TIGHT, align="centre")
        for strip in found:
            strip.penalty = NOT_HERE
        found[0].gap = _SIGNATURE_GAP
        return found

    def _runs(self, runs: Iterable[Run], indent: float, gap: float) -> list[Strip]:
        regular, bold = self._look.body, self._look.body_bold
        styles = {regular.font: regular, bold.font: bold}
        em = regular.size / 1000
        left = self._left + indent
        lines = wrap_runs(
            [(bold.font if run.bold else regular.font, run.text) for run in runs], (self._right - left) / em
        )
        strips = [
            Strip(
                regular.size * _LEADING,
                texts=[
                    Text(left + piece.x * em, regular.size * ASCENT, styles[piece.font], piece.text) for piece in line
                ],
            )
            for line in lines
        ]
        strips[0].gap = gap
        control_widows(strips, NOT_HERE)
        return strips

    def _mark(self, strips: Iterable[Strip]) -> None:
        """Mark a text as changed, as cells are; the bar stands beside it."""
        for strip in strips:
            strip.areas += changed_mark(self._look, self._left - _MARK_PAD, self._right + _MARK_PAD, strip.height)

    def _lines(
        self, style: Style, text: str, left: float, right: float, leading: float, align: str = "left"
    ) -> list[Strip]:
        em = style.size / 1000
        measured = self._measure(style.font, text)
        strips: list[Strip] = []
        for line in wrap(style.font, measured, (right - left) / em):
            x = left + (right - left - style.font.width(line) * em) / 2 if align == "centre" else left
            strips.append(Strip(style.size * leading, texts=[Text(x, style.size * ASCENT, style, line)]))
        return strips
