"""Sets a page of the help: from the few signs of Markdown its files use to the HTML that Qt's text knows.

The signs: ``#`` to ``###`` headings, ``-`` and ``1.`` lists, ``>`` notes, ``|`` tables, and within a line ``**bold**``,
```` `typed` ```` and ``[text](topic)``. Paragraphs are parted by blank lines; a list's line goes on on the next line.
"""

import html
import re
from itertools import groupby
from typing import Final

from PySide6.QtGui import QFont, QPalette

from perfdesk.gui import colours

SCHEME: Final = "help"
_CODE: Final = re.compile(r"`([^`]+)`")
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
_LINK: Final = re.compile(r"\[([^\]]+)\]\((\w+)\)")
_RULE: Final = re.compile(r"\|[-| :]+\|")
_HEADING: Final = re.compile(r"(#{1,3}) (.+)")
_ITEM: Final = re.compile(r"(-|\d+\.) (.+)")
_KEPT: Final = re.compile("\0(\\d+)\0")


def to_html(text: str, palette: QPalette, font: QFont) -> str:
    """Return a page as HTML in the palette's colours, sized after the font."""
    body = "".join(_block(block) for block in re.split(r"\n\s*\n", text.strip()))
    return f"<html><head><style>{_style(palette, font)}</style></head><body>{body}</body></html>"


def _style(palette: QPalette, font: QFont) -> str:
    size, unit = (font.pointSizeF(), "pt") if font.pointSizeF() > 0 else (font.pixelSize(), "px")
    line, shade = colours.line(palette).name(), colours.shade(palette, 0.07).name()
    link = palette.link().color().name()
    return (
        f"h1 {{ font-size: {size * 1.7:.1f}{unit}; margin: 4px 0 12px 0; }}"
        f"h2 {{ font-size: {size * 1.2:.1f}{unit}; margin: 20px 0 4px 0; }}"
        f"h3 {{ font-size: {size:.1f}{unit}; margin: 12px 0 2px 0; }}"
        "p, li { line-height: 125%; }"
        "p { margin: 0 0 8px 0; } li { margin: 0 0 4px 0; } ul, ol { margin: 0 0 8px 0; }"
        f"a {{ color: {link}; text-decoration: none; }}"
        f".typed {{ background-color: {shade}; }}"
        f"td.note {{ border-left: 3px solid {link}; border-bottom: 0px; }}"
        "table { margin: 4px 0 12px 0; }"
        f"th {{ background-color: {shade}; border-bottom: 1px solid {line}; text-align: left; }}"
        f"td {{ border-bottom: 1px solid {line}; }}"
    )


def _block(block: str) -> str:
    lines = block.split("\n")
    heading = _HEADING.fullmatch(lines[0])
    if heading:
        level = len(heading[1])
        rest = "\n".join(lines[1:])
        return f"<h{level}>{_inline(heading[2])}</h{level}>" + (_block(rest) if rest.strip() else "")
    if lines[0].startswith("|"):
        return _table(lines)
    if lines[0].startswith("> "):
        return _note([line.removeprefix(">").strip() for line in lines])
    first = next((n for n, line in enumerate(lines) if _ITEM.match(line)), len(lines))
    said = f"<p>{_inline(' '.join(lines[:first]))}</p>" if first else ""
    return said + _lists(lines[first:])


def _lists(lines: list[str]) -> str:
    """Return the lists of a block; a line that begins none goes on with the one before."""
    items: list[tuple[str, str]] = []
    for line in lines:
        found = _ITEM.fullmatch(line)
        if found:
            items.append(("ul" if found[1] == "-" else "ol", found[2]))
        else:
            kind, before = items.pop()
            items.append((kind, f"{before} {line.strip()}"))
    return "".join(
        f"<{kind}>{''.join(f'<li>{_inline(text)}</li>' for _kind, text in group)}</{kind}>"
        for kind, group in groupby(items, key=lambda item: item[0])
    )


def _note(lines: list[str]) -> str:
    """Return a note, its paragraphs parted by lines without text, behind a bar: only cells can have one."""
    paragraphs = [" ".join(group) for has_text, group in groupby(lines, key=bool) if has_text]
    body = "<br>".join(_inline(paragraph) for paragraph in paragraphs)
    return f'<table cellspacing="0" cellpadding="8"><tr><td class="note">{body}</td></tr></table>'


def _table(lines: list[str]) -> str:
    """Return a table; the row above a rule is its head, and a colon at a rule's end sets its column at the right."""
    rule = next((line for line in lines if _RULE.fullmatch(line)), "")
    at_right = [cell.endswith(":") for cell in _cells(rule)]
    rows = [line for line in lines if line != rule]
    made = []
    for n, row in enumerate(rows):
        tag = "th" if rule and not n else "td"
        cells = (
            f"<{tag}{' align=right' if at < len(at_right) and at_right[at] else ''}>{_inline(cell)}</{tag}>"
            for at, cell in enumerate(_cells(row))
        )
        made.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table cellspacing="0" cellpadding="5">{"".join(made)}</table>'


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().removeprefix("|").removesuffix("|").split("|")]


def _inline(text: str) -> str:
    """Return a line's text; what stands between backticks is typed so and read no further."""
    typed: list[str] = []

    def keep(found: re.Match[str]) -> str:
        typed.append(f'<span class="typed">&nbsp;{html.escape(found[1], quote=False)}&nbsp;</span>')
        return f"\0{len(typed) - 1}\0"

    text = html.escape(_CODE.sub(keep, text), quote=False)
    text = _BOLD.sub(r"<b>\1</b>", text)
    text = _LINK.sub(rf'<a href="{SCHEME}:\2">\1</a>', text)
    return _KEPT.sub(lambda found: typed[int(found[1])], text)
