"""The pages outside the run of the text: cover, inner cover, quotation, dividers, back cover."""

from collections.abc import Sequence
from typing import Final

from perfdesk.documents.blocks import BackCover, Cover, Divider, InnerCover, Quotation
from perfdesk.documents.writers.pdf.cells import ASCENT
from perfdesk.documents.writers.pdf.page import Encoder, Page
from perfdesk.documents.writers.pdf.pictures import Pictures
from perfdesk.documents.writers.pdf.strip import Area, Picture, Rule, Strip, Text
from perfdesk.documents.writers.pdf.style import BINDING, LONG, MM, SHORT, SIDE, Look, Style
from perfdesk.documents.writers.pdf.text import Measurer, wrap, wrap_runs
from perfdesk.domain.texts import Run

FrontPage = Cover | InnerCover | Quotation | Divider | BackCover

_RIGHT: Final = SHORT - SIDE
_TOP: Final = 34 * MM
_BOTTOM: Final = LONG - 22 * MM
_LOGO: Final = 34 * MM
_SMALL_LOGO: Final = 22 * MM
_LEADING: Final = 1.25
_MOST_LINES: Final = 5
_ACCENT: Final = 26 * MM
_SMALLEST_PICTURE: Final = 30 * MM
_LABEL: Final = 34 * MM
_INDENT: Final = 9 * MM
_PORTRAIT: Final = (70 * MM, 90 * MM)


class FrontSetter:
    """Sets the pages that have neither running head nor foot."""

    def __init__(self, encoder: Encoder, look: Look, measure: Measurer, pictures: Pictures) -> None:
        self._encoder = encoder
        self._look = look
        self._measure = measure
        self._pictures = pictures

    def pages(self, block: FrontPage) -> list[Page]:
        """Return a block's page, or its pages where a text is too long for one."""
        match block:
            case Cover():
                return self._cover(block)
            case InnerCover():
                return self._inner_cover(block)
            case Quotation():
                return self._quotation(block)
            case Divider():
                return self._divider(block)
            case BackCover():
                return self._back_cover(block)

    # --- the pages ----------------------------------------------------------------------------------------------------

    def _cover(self, cover: Cover) -> list[Page]:
        """Logo and administration above, year and title in the middle, picture and address at the foot."""
        look = self._look
        top = [*self._picture(cover.logo, (_LOGO, _LOGO)), *self._lines(cover.administration, look.cover_name)]
        if cover.logo and len(top) > 1:
            top[1].gap = 8 * MM
        middle = [
            self._accent(),
            *self._lines(cover.year, look.cover_year),
            *self._lines(cover.title, look.cover_title),
        ]
        middle[1].gap = 8 * MM
        foot = self._foot(cover.foot)
        begin = max(_TOP + _height(top) + 18 * MM, LONG * (0.3 if cover.picture else 0.4))
        end = _BOTTOM - _height(foot)
        room = end - begin - _height(middle) - 20 * MM
        picture = self._picture(cover.picture, (_RIGHT - BINDING, room)) if room > _SMALLEST_PICTURE else []
        page = self._page()
        for strips, y in ((top, _TOP), (middle, begin), (picture, end - 8 * MM - _height(picture)), (foot, end)):
            self._place(page, strips, y)
        return [page]

    def _inner_cover(self, inner: InnerCover) -> list[Page]:
        """The title again, and the imprint at the foot."""
        look = self._look
        title = [
            *self._picture(inner.logo, (_SMALL_LOGO, _SMALL_LOGO)),
            *self._lines(inner.administration, look.cover_name),
            *self._lines(f"{inner.year} {inner.title}", look.cover_subtitle),
        ]
        if inner.logo and len(title) > 1:
            title[1].gap = 6 * MM
        imprint = [self._hairline()]
        for label, text in inner.imprint:
            imprint += self._labelled(label, text)
        y = LONG * 0.2
        page = self._page()
        self._place(page, title, y)
        return self._flow(page, imprint, max(_BOTTOM - _height(imprint), y + _height(title) + 10 * MM))

    def _quotation(self, quotation: Quotation) -> list[Page]:
        """The words beside a line in the municipality's colour, and who said them below."""
        look = self._look
        words: list[Strip] = []
        for paragraph in quotation.paragraphs:
            lines = self._runs(paragraph, look.quotation, look.quotation_bold)
            lines[0].gap = 3 * MM
            words += lines
        for n, strip in enumerate(words):
            above = strip.gap if n else 0
            strip.areas = [Area(BINDING, BINDING + 2, -above, strip.height, look.palette.accent_fill)]
        strips = [*self._picture(quotation.picture, _PORTRAIT), *words]
        source = self._lines(quotation.source, look.caption, _INDENT) if quotation.source else []
        for n, strip in enumerate(source):
            strip.gap = 6 * MM if n == 0 else 0
        strips += source
        return self._flow(self._page(), strips, max(_TOP, min(LONG * 0.32, (LONG - _height(strips)) * 0.42)))

    def _divider(self, divider: Divider) -> list[Page]:
        """The part's number and title large, below them what the part holds."""
        look = self._look
        number = divider.number.rstrip("-–. ")
        title = self._lines(number, look.cover_year) if number else []
        title += [*self._lines(divider.title, look.cover_title), self._accent()]
        title[-1].gap = 8 * MM
        held: list[Strip] = []
        for text in divider.holds:
            lines = self._lines(text, look.divider)
            lines[0].gap = 2.5 * MM
            held += lines
        if held:
            held[0].gap = 8 * MM
        return self._flow(self._page(), [*title, *held], LONG * 0.3)

    def _back_cover(self, back: BackCover) -> list[Page]:
        """Logo, administration, and where it is found, at the foot."""
        look = self._look
        strips = [
            *self._picture(back.logo, (_SMALL_LOGO, _SMALL_LOGO)),
            *self._lines(back.administration, look.caption),
        ]
        if back.logo and len(strips) > 1:
            strips[1].gap = 5 * MM
        for text in back.foot:
            strips += self._lines(text, look.cover_small)
        return self._flow(self._page(), strips, max(_TOP, _BOTTOM - _height(strips)))

    # --- what they are made of ----------------------------------------------------------------------------------------

    def _page(self) -> Page:
        return Page(self._encoder, plain=True)

    @staticmethod
    def _place(page: Page, strips: Sequence[Strip], y: float) -> None:
        for n, strip in enumerate(strips):
            y += strip.gap if n else 0
            page.place(strip, y)
            y += strip.height

    def _flow(self, page: Page, strips: Sequence[Strip], y: float) -> list[Page]:
        """Place strips from ``y`` downwards; what the page cannot hold goes on another one."""
        found = [page]
        for n, strip in enumerate(strips):
            y += strip.gap if n else 0
            if y + strip.height > _BOTTOM + 0.01:
                found.append(self._page())
                y = _TOP
            found[-1].place(strip, y)
            y += strip.height
        return found

    def _picture(self, data: bytes, room: tuple[float, float]) -> list[Strip]:
        """Return a picture as large as its room allows; nothing where it is none, or broken."""
        size = self._pictures.add(data) if data else None
        if size is None:
            return []
        scale = min(room[0] / size.width, room[1] / size.height)
        width, height = size.width * scale, size.height * scale
        return [Strip(height, picture=Picture(size.key, BINDING, 0, width, height))]

    def _lines(self, text: str, style: Style, indent: float = 0) -> list[Strip]:
        """Return a text line by line; a long one is set smaller."""
        left = BINDING + indent
        text = " ".join(text.split())
        lines = self._wrapped(text, style, left)
        while len(lines) > _MOST_LINES and style.size > 9:
            style = style._replace(size=style.size * 0.8)
            lines = self._wrapped(text, style, left)
        if len(lines) > _MOST_LINES * 2:
            lines = [*lines[: _MOST_LINES * 2 - 1], lines[_MOST_LINES * 2 - 1] + " …"]
        return [
            Strip(style.size * _LEADING, texts=[Text(left, style.size * ASCENT, style, line)] if line else [])
            for line in lines
        ]

    def _wrapped(self, text: str, style: Style, left: float) -> list[str]:
        return wrap(style.font, self._measure(style.font, text), (_RIGHT - left) / style.size * 1000)

    def _runs(self, runs: Sequence[Run], plain: Style, bold: Style) -> list[Strip]:
        """Return a quotation's paragraph, line by line."""
        styles = {plain.font: plain, bold.font: bold}
        em = plain.size / 1000
        left = BINDING + _INDENT
        lines = wrap_runs([((bold if run.bold else plain).font, run.text) for run in runs], (_RIGHT - left) / em)
        return [
            Strip(
                plain.size * 1.5,
                texts=[Text(left + x * em, plain.size * ASCENT, styles[font], text) for x, font, text in line],
            )
            for line in lines
        ]

    def _labelled(self, label: str, text: str) -> list[Strip]:
        """Return a line of the imprint: the label, and beside it the text in as many lines as it needs."""
        style = self._look.cover_small
        inked = self._look.cell(style.size)
        left = BINDING + _LABEL if label else BINDING
        limit = (_LABEL - 2 * MM) / style.size * 1000
        labels = wrap(style.font, self._measure(style.font, label), limit) if label else []
        lines = self._wrapped(text, inked, left)
        baseline = style.size * ASCENT
        strips: list[Strip] = []
        for n in range(max(len(labels), len(lines))):
            texts = [Text(BINDING, baseline, style, labels[n])] if n < len(labels) else []
            texts += [Text(left, baseline, inked, lines[n])] if n < len(lines) and lines[n] else []
            strips.append(Strip(style.size * 1.4, 1.5 * MM if n == 0 else 0, texts=texts))
        return strips

    def _foot(self, texts: Sequence[str]) -> list[Strip]:
        style = self._look.cover_small
        lines = [line for text in texts for line in self._wrapped(text, style, BINDING)[:_MOST_LINES]]
        strips = [
            Strip(style.leading, texts=[Text(BINDING, style.size * ASCENT, style, line)] if line else [])
            for line in lines
        ]
        return [self._hairline(), *strips] if strips else []

    def _accent(self) -> Strip:
        return Strip(0, rules=[Rule(BINDING, BINDING + _ACCENT, 0, 3, self._look.palette.accent_line)])

    def _hairline(self) -> Strip:
        return Strip(3 * MM, rules=[Rule(BINDING, _RIGHT, 0, 0.4, self._look.palette.hair_line)])


def _height(strips: Sequence[Strip]) -> float:
    return sum(strip.height + (strip.gap if n else 0) for n, strip in enumerate(strips))
