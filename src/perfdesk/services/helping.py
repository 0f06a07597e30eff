"""The help that is shipped with the program: its pages, the page of each form, and searching them.

Pages are plain files in ``resources/help/<language>``, written in the few signs of Markdown that ``gui.help.markup``
knows. A line ``@name`` stands for a table that the window fills in, such as the shortcuts of its menus; whoever shows
the help gives these as ``tables``.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from perfdesk import paths
from perfdesk.domain.turkish import fold
from perfdesk.services.places import Key

FIRST: Final = "first_steps"
KEYBOARD: Final = "keyboard"
_TEXT: Final = "section"
_NO_TABLES: Final[Mapping[str, str]] = MappingProxyType({})
_TABLE: Final = re.compile(r"^@(\w+)$", re.MULTILINE)
# the signs of Markdown that are not read: of headings, lists, notes and tables, of emphasis, and what a link points to
_LINE_SIGNS: Final = re.compile(r"^(?:(?:#+|-|\d+\.) +|> ?)|^\|[-| :]*\|$|^\||\|$", re.MULTILINE)
_SIGNS: Final = re.compile(r"\*\*|`|(?<=\])\(\w+\)|[\[\]]")
# where a line of a file ends that goes on in the next one
_WRAP: Final = re.compile(r"(?<!\n)\n *(?![\n#|>@-]|\d+\. )")
# a name of the window's, which the page explains
_TERM: Final = re.compile(r"\*\*(.+?)\*\*")
# how much of a page a hit shows before and after the word found, in letters
_BEFORE: Final = 40
_AFTER: Final = 90


@dataclass(frozen=True, slots=True)
class Topic:
    """A page's place in the contents."""

    key: str
    title: str
    group: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is written; its title is also its first heading."""

    topic: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that holds what was searched for, and what stands around it there."""

    topic: str
    title: str
    excerpt: str


def topics(language: str) -> tuple[Topic, ...]:
    """Return all pages in reading order."""
    return tuple(
        Topic(key, page(key, language).title, group[language])
        for group in _contents()["groups"]
        for key in group["topics"]
    )


def topic_for(entry: Key) -> str:
    """Return the page about an entry of the outline; what has none of its own is a text."""
    kind, id_ = entry
    contents = _contents()
    topic: str = contents["parts"].get(id_, _TEXT) if kind == "part" else contents["entries"].get(kind, FIRST)
    return topic


def page(topic: str, language: str, tables: Mapping[str, str] = _NO_TABLES) -> Page:
    """Return a page with the given tables in their places; a table that is not given is left out."""
    text = _TABLE.sub(lambda found: tables.get(found[1], ""), _text(topic, language))
    return Page(topic, text.split("\n", 1)[0].removeprefix("# "), text)


def search(query: str, language: str, tables: Mapping[str, str] = _NO_TABLES) -> list[Hit]:
    """Return the pages that hold all the words, whatever their case and dots.

    First come those with them in the title; then those that have them as they are typed: in a heading, as a term in
    bold letters, anywhere; last those where they are scattered.
    """
    words = words_of(query)
    if not words:
        return []
    phrase = [" ".join(words)]
    hits = []
    for at, topic in enumerate(topics(language)):
        text = page(topic.key, language, tables).text
        plain = plain_text(text)
        if _holds(plain, words):
            headings = "\n".join(line for line in text.split("\n") if line.startswith("#"))
            rank = (
                not _holds(topic.title, words),
                not _holds(headings, phrase),
                not _holds("\n".join(_TERM.findall(_WRAP.sub(" ", text))), phrase),
                not _holds(plain, phrase),
                not _holds(headings, words),
            )
            hits.append(((*rank, at), Hit(topic.key, topic.title, _excerpt(plain, words))))
    return [hit for _rank, hit in sorted(hits, key=lambda ranked: ranked[0])]


def words_of(query: str) -> list[str]:
    """Return the words of a query as they are compared with ``searchable`` text."""
    return searchable(query).split()


def searchable(text: str) -> str:
    """Return a text as searching compares it, letter by letter; the apostrophe of print is that of the keyboard."""
    return fold(text).replace("’", "'")


def places(folded: str, word: str) -> list[int]:
    """Return where a word begins in a ``searchable`` text: at the beginning of words, for these get suffixes."""
    found = []
    at = folded.find(word)
    while at >= 0 and word:
        # a sign, as that of “Ctrl+Z”, may stand behind a letter
        if not (at and folded[at - 1].isalnum() and word[0].isalnum()):
            found.append(at)
        at = folded.find(word, at + len(word))
    return found


def plain_text(text: str) -> str:
    """Return a page without its signs: what is read on it."""
    plain = _SIGNS.sub("", _LINE_SIGNS.sub("", _WRAP.sub(" ", text))).replace("|", "·")
    return unicodedata.normalize("NFC", plain)


def _holds(text: str, words: list[str]) -> bool:
    folded = searchable(text)
    return all(places(folded, word) for word in words)


def _excerpt(plain: str, words: list[str]) -> str:
    """Return the line that holds the words as they are typed or most of them, or the page's first, cut at blanks."""
    lines = [line.strip() for line in plain.split("\n")[1:] if line.strip()]
    phrase = " ".join(words)
    line = max(lines, key=lambda line: sum(bool(places(searchable(line), one)) for one in (*words, phrase)), default="")
    folded = searchable(line)
    found = places(folded, phrase)[:1] or [place for word in words for place in places(folded, word)[:1]]
    if not found:
        # only the title holds them; the first line is the heading of what follows
        line, found = next(iter(lines[1:]), ""), [0]
    at = min(found)
    start = 0 if at <= _BEFORE else line.find(" ", at - _BEFORE, at) + 1 or at
    end = len(line) if at + _AFTER >= len(line) else line.rfind(" ", at, at + _AFTER)
    end = end if end > at else at + _AFTER
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"


@cache
def _contents() -> dict[str, Any]:
    return tomllib.loads(paths.resource("help", "contents.toml").read_text(encoding="utf-8"))


@cache
def _text(topic: str, language: str) -> str:
    return paths.resource("help", language, f"{topic}.md").read_text(encoding="utf-8")
