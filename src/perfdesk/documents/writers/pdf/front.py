"""Cover and contents."""

from collections.abc import Mapping, Sequence

from perfdesk.documents.blocks import Contents, Cover
from perfdesk.documents.writers.pdf.cells import ASCENT
from perfdesk.documents.writers.pdf.page import Page, frame
from perfdesk.documents.writers.pdf.pictures import Pictures
from perfdesk.documents.writers.pdf.strip import NEVER, Link, Mark, Picture, Rule, Strip, Text
from perfdesk.documents.writers.pdf.style import BINDING, LONG, MM, RULE, SHORT, SIDE, Look, Style
from perfdesk.documents.writers.pdf.text import Measurer, fitted, wrap

_LOGO = 34 * MM
_LEADING = 1.25
_MOST_LINES = 5
_NUMBER = 30.0
_INDENTS = (26.0, 0.0, 13.0, 26.0, 26.0)


def draw_cover(page: Page, cover: Cover, look: Look, measure: Measurer, pictures: Pictures) -> None:
    """Draw the cover: logo and administration above, title and year in the middle, address at the foot."""
    y = 34 * MM
    logo = pictures.add(cover.logo) if cover.logo else None
    if logo:
        scale = min(_LOGO / logo.width, _LOGO / logo.height)
        width, height = logo.width * scale, logo.height * scale
        page.place(Strip(height, picture=Picture(logo.key, BINDING, 0, width, height)), y)
        y += _LOGO + 8 * MM
    y = _cover_lines(page, cover.administration, look.cover_name, y, measure)
    y = max(y + 18 * MM, LONG * 0.40)
    page.place(Strip(0, rules=[Rule(BINDING, BINDING + 26 * MM, 0, 3, look.palette.accent_line)]), y)
    y = _cover_lines(page, cover.year, look.cover_year, y + 8 * MM, measure)
    _cover_lines(page, cover.title, look.cover_title, y + 1 * MM, measure)
    style = look.cover_small
    foot = [line for text in cover.foot for line in _wrapped(text, style, measure)[:_MOST_LINES]]
    y = LONG - 22 * MM - len(foot) * style.leading
    if foot:
        page.place(Strip(0, rules=[Rule(BINDING, SHORT - SIDE, 0, 0.4, look.palette.hair_line)]), y - 3 * MM)
    for line in foot:
        page.show([Text(BINDING, style.size * ASCENT, style, line)], y)
        y += style.leading


def _wrapped(text: str, style: Style, measure: Measurer) -> list[str]:
    return wrap(style.font, measure(style.font, text), (SHORT - SIDE - BINDING) / style.size * 1000)


def _cover_lines(page: Page, text: str, style: Style, y: float, measure: Measurer) -> float:
    """Draw a text of the cover from ``y`` downwards and return where it ends; a long one is set smaller."""
    lines = _wrapped(text, style, measure)
    while len(lines) > _MOST_LINES and style.size > 9:
        style = style._replace(size=style.size * 0.8)
        lines = _wrapped(text, style, measure)
    if len(lines) > _MOST_LINES * 2:
        lines = [*lines[: _MOST_LINES * 2 - 1], lines[_MOST_LINES * 2 - 1] + " …"]
    for line in lines:
        page.show([Text(BINDING, style.size * ASCENT, style, line)], y)
        y += style.size * _LEADING
    return y


def contents_strips(
    contents: Contents,
    marks: Sequence[Mark],
    numbers: Mapping[str, int],
    look: Look,
    measure: Measurer,
) -> list[Strip]:
    """Return the contents; ``numbers`` gives the page of each mark, none while their own length is being found."""
    left, right, _, _ = frame(wide=False)
    style = look.headings[0]
    strips = [
        Strip(style.size * 1.3, fresh=True, texts=[Text(left, style.size * ASCENT, style, line)])
        for line in _wrapped(contents.title, style, measure)
    ]
    for strip in strips[1:]:
        strip.fresh = False
    strips[-1].height += 8
    strips[-1].rules.append(Rule(left, right, strips[-1].height, RULE, look.palette.accent_line))
    strips[-1].height += 6
    for mark in marks:
        if mark.kind in contents.without:
            continue
        strips += _entry(mark, str(numbers.get(mark.key, "")), look, measure, (left, right))
    return strips


def _entry(mark: Mark, number: str, look: Look, measure: Measurer, sides: tuple[float, float]) -> list[Strip]:
    left, right = sides
    # tables stand below the headings
    style = look.contents[{1: 0, 2: 1, 3: 1}.get(mark.level, 2)]
    em = style.size / 1000
    x = left + _INDENTS[min(mark.level, 4)]
    limit = right - _NUMBER - x
    lines = wrap(style.font, measure(style.font, " ".join(mark.title.split())), limit / em)
    strips = [
        Strip(
            style.size * 1.5,
            penalty=NEVER,
            texts=[Text(x, style.size * ASCENT, style, line)],
            link=Link(left, right, mark.key),
        )
        for line in lines
    ]
    first, last = strips[0], strips[-1]
    first.penalty = 0
    first.gap = 7 if mark.level == 1 else 0
    end = x + style.font.width(lines[-1]) * em
    end = _subject(last, mark, look, measure, (end, x + limit), style)
    width = style.font.width(number) * em
    baseline = style.size * ASCENT
    if end + 8 < right - width - 4:
        last.rules.append(Rule(end + 4, right - width - 4, baseline, 0.5, look.palette.hair_line, dotted=True))
    last.texts.append(Text(right - width, baseline, style, number))
    return strips


def _subject(strip: Strip, mark: Mark, look: Look, measure: Measurer, room: tuple[float, float], style: Style) -> float:
    """Add what a table is about, as much of it as the line holds, for many tables have the same caption."""
    start, end = room
    grey = style._replace(font=look.running.font, colour=look.running.colour)
    em = grey.size / 1000
    if not mark.subject or end - start < 60:
        return start
    subject = " ".join(measure(grey.font, mark.subject).text.split())
    text = fitted(grey.font, f"–  {subject}", (end - start - 14) / em)
    strip.texts.append(Text(start + 6, grey.size * ASCENT, grey, text))
    return start + 6 + grey.font.width(text) * em
