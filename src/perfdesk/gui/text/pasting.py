"""What comes from and goes to the clipboard: headings, paragraphs, bullets and bold; everything else is left behind.

Tables become lines with tabs, numbered lists keep their numbers as text.
"""

import html
import json
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any, Final, NamedTuple

from perfdesk.domain.texts import UNPRINTABLE, BlockKind, Run, TextBlock
from perfdesk.services.book import sections

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_VOID: Final = frozenset({"br", "img", "hr", "meta", "link", "col", "input", "wbr", "base", "area", "embed", "source"})
_SKIPPED: Final = frozenset({"head", "style", "script", "title", "template", "select", "svg", "noscript"})
_GROUPS: Final = frozenset(
    {"div", "section", "article", "header", "footer", "main", "aside", "body", "html", "nav", "form"}
)
_LISTS: Final = frozenset({"ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "caption"})
_TEXTS: Final = frozenset({"p", "blockquote", "pre", "figure", "figcaption", "address", "fieldset", "hr", *_HEADINGS})
_BLOCKS: Final = _GROUPS | _LISTS | _TEXTS
# an element without its end tag ends where the next one of its kind begins, unless one of these lies between
_ENDED_BY: Final = {
    "li": {"ul", "ol"},
    "td": {"tr", "table"},
    "th": {"tr", "table"},
    "tr": {"table"},
    "p": set(_BLOCKS),
}
_WEIGHT: Final = re.compile(r"font-weight\s*:\s*([a-z0-9]+)", re.IGNORECASE)
_IGNORED: Final = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_BLANKS: Final = re.compile("[ \t\n\r\f\u00a0]+")
# signs that begin a line of a list in plain text
_BULLET: Final = re.compile(r"^\s*(?:[•▪●◦‣·∙■□➢✓]\s*|[-*–]\s+)(?=\S)")
_DEMI_BOLD: Final = 600


class _Open(NamedTuple):
    """An element not ended yet, with what it means for the text in it."""

    tag: str
    bold: bool
    skipped: bool
    marker: bool


class _Reader(HTMLParser):
    """Reads the blocks of a page; ``blocks`` has them after ``close``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[TextBlock] = []
        self._open: list[_Open] = []
        self._runs: list[Run] = []
        self._marker = ""
        self._numbers: list[int] = []
        self._cells = 0

    # --- what the parser calls --------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_forgotten(tag)
        if tag == "br":
            self._add(" " if self._in("td", "th") else "\n")
        if tag in _BLOCKS:
            self._break(tag)
        if tag in _VOID:
            return
        given = {name: value or "" for name, value in attrs}
        self._begin_list(tag, given)
        above = self._open[-1] if self._open else _Open("", bold=False, skipped=False, marker=False)
        style = given.get("style", "")
        skipped = above.skipped or tag in _SKIPPED or bool(_HIDDEN.search(style))
        self._open.append(
            _Open(tag, _weight(tag, style, above=above.bold), skipped, above.marker or bool(_IGNORED.search(style)))
        )

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or all(element.tag != tag for element in self._open):
            return
        if tag in _BLOCKS:
            self._break(tag)
        while self._open and self._open.pop().tag != tag:
            pass
        if tag in ("ul", "ol") and self._numbers:
            self._numbers.pop()

    def handle_data(self, data: str) -> None:
        above = self._open[-1] if self._open else None
        if above and above.skipped:
            return
        text = UNPRINTABLE.sub("", _BLANKS.sub(" ", data))
        if above and above.marker:
            self._marker += text
        else:
            self._add(text)

    def close(self) -> None:
        super().close()
        self._flush()

    # --- building ---------------------------------------------------------------------------------------------------

    def _in(self, *tags: str) -> bool:
        return any(element.tag in tags for element in self._open)

    def _end_forgotten(self, tag: str) -> None:
        between = _ENDED_BY.get(tag)
        if between is None:
            return
        for element in reversed(self._open):
            if element.tag == tag or (tag in ("td", "th") and element.tag in ("td", "th")):
                self.handle_endtag(element.tag)
                return
            if element.tag in between:
                return

    def _begin_list(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("ul", "ol"):
            start = given.get("start", "1")
            self._numbers.append(int(start) - 1 if start.isdecimal() else 0)
        elif tag == "li" and self._numbers:
            self._numbers[-1] += 1
            lists = [element.tag for element in self._open if element.tag in ("ul", "ol")]
            self._marker = f"{self._numbers[-1]}." if lists[-1:] == ["ol"] else "•"
        elif tag == "tr":
            self._cells = 0
        elif tag in ("td", "th"):
            if self._cells:
                self._add("\t")
            self._cells += 1

    def _break(self, tag: str) -> None:
        """End a block, in a table's cell only a word."""
        if tag not in ("tr", "table") and self._in("td", "th"):
            self._add(" ")
        else:
            self._flush()

    def _add(self, text: str) -> None:
        # of two blanks one is enough, whatever elements part them
        if text.startswith(" ") and (not self._runs or self._runs[-1].text[-1:] in " \t\n"):
            text = text[1:]
        if text:
            self._runs.append(Run(text, True if self._open and self._open[-1].bold else None))

    def _flush(self) -> None:
        runs, self._runs = self._runs, []
        if not any(run.text.strip() for run in runs):
            return
        marker, self._marker = self._marker.strip(), ""
        level = next((_HEADINGS[element.tag] for element in self._open if element.tag in _HEADINGS), 0)
        if level:
            self.blocks.append(TextBlock(BlockKind.HEADING, tuple(runs), level))
        elif marker and not any(map(str.isalnum, marker)):
            self.blocks.append(TextBlock(BlockKind.BULLET, tuple(runs)))
        else:
            number = (Run(f"{marker} "),) if marker else ()
            self.blocks.append(TextBlock(BlockKind.PARAGRAPH, (*number, *runs)))


def _weight(tag: str, style: str, *, above: bool) -> bool:
    said = _WEIGHT.search(style)
    if said:
        weight = said[1].lower()
        return int(weight) >= _DEMI_BOLD if weight.isdecimal() else weight in ("bold", "bolder")
    return above or tag in ("b", "strong", "th")


def from_html(page: str) -> tuple[TextBlock, ...]:
    """Return the blocks of a page of the web, a word processor or a spreadsheet."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    levels = [block.level or 1 for block in reader.blocks if block.kind is BlockKind.HEADING]
    top = min(levels, default=1)
    # the highest heading of what is pasted is ours, all below it are subheadings
    return sections.tidy(
        TextBlock(block.kind, block.runs, 1 if block.level == top else 2)
        if block.kind is BlockKind.HEADING
        else TextBlock(block.kind, _plain_edges(block.runs))
        for block in reader.blocks
    )


def _plain_edges(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return runs without blanks at the ends of lines."""
    kept = []
    for n, run in enumerate(runs):
        follows = runs[n + 1].text if n + 1 < len(runs) else "\n"
        text = run.text.rstrip(" ") if follows[:1] in "\n\t" else run.text
        kept.append(Run(text, run.bold))
    return tuple(kept)


def from_text(text: str) -> tuple[TextBlock, ...]:
    """Return the blocks of plain text, one a line; a line that begins like one of a list is a bullet."""
    blocks = []
    for line in UNPRINTABLE.sub("", text.replace("\v", "\n").replace("\f", "\n")).splitlines():
        sign = _BULLET.match(line)
        kind = BlockKind.BULLET if sign else BlockKind.PARAGRAPH
        blocks.append(TextBlock(kind, (Run(line[sign.end() :] if sign else line),)))
    return sections.tidy(blocks)


def to_html(blocks: Iterable[TextBlock]) -> str:
    """Return blocks as a page for word processors; of a picture its caption."""
    lines = []
    for block in blocks:
        if block.kind is BlockKind.PICTURE:
            lines.append(f"<p>{html.escape(block.caption)}</p>")
            continue
        text = "".join(f"<b>{_escaped(run)}</b>" if run.bold else _escaped(run) for run in block.runs)
        if block.kind is BlockKind.HEADING:
            lines.append(f"<h{block.level or 1}>{text}</h{block.level or 1}>")
        else:
            lines.append(f"<ul><li>{text}</li></ul>" if block.kind is BlockKind.BULLET else f"<p>{text}</p>")
    return "\n".join(lines).replace("</ul>\n<ul>", "\n")


def _escaped(run: Run) -> str:
    return html.escape(run.text).replace("\n", "<br>")


def to_text(blocks: Iterable[TextBlock]) -> str:
    """Return blocks as plain text."""
    lines = []
    for block in blocks:
        sign = "• " if block.kind is BlockKind.BULLET else ""
        lines.append(sign + (block.caption or "".join(run.text for run in block.runs)))
    return "\n".join(lines)


def to_own(blocks: Iterable[TextBlock]) -> bytes:
    """Return blocks as this program understands them, pictures by their ids."""
    return json.dumps(
        [
            [block.kind, block.level, [[run.text, run.bold] for run in block.runs], block.picture, block.caption]
            for block in blocks
        ]
    ).encode()


def from_own(data: bytes) -> tuple[TextBlock, ...]:
    """Return blocks this program copied; none where the data are something else."""
    try:
        listed: list[Any] = json.loads(data)
        return tuple(
            TextBlock(BlockKind(kind), tuple(Run(*run) for run in runs), level, picture, caption)
            for kind, level, runs, picture, caption in listed
        )
    except (ValueError, TypeError):
        return ()
