"""Breaking texts into lines. All widths here are in thousandths of the font size, so that they hold for any size."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from perfdesk.documents.writers.pdf.fonts import Font, fonts

_MOST_CACHED: Final = 8192
# a word too long for its line is broken after one of these if there is one in the line's last third
_AFTER: Final = frozenset("-/.,;:_@&)")

_BEGINS_NUMBER: Final = frozenset("(0123456789")
# a number that opens a line, "5." or "5)", is not left alone on it
_OPENING: Final = re.compile(r"^\(?\d{1,3}[.)] (?=\S)", re.MULTILINE)
# nor is the number that something is multiplied by: "× 100"
_TIMES: Final = frozenset("×xX*")
_FACTOR: Final = re.compile(r"(?<=\s)[×xX*] (?=\(?\d)")

# what does not stand before "…" where a text is shortened
_OPEN_ENDS: Final = " –-,;:("

Words = list[str]


class Measured(NamedTuple):
    """A clean text with the width it has on one line and that of its longest word.

    ``lines`` are the words of each line the text itself makes.
    """

    text: str
    width: int
    longest: int
    lines: tuple[Words, ...]


class Measurer:
    """Measures each text once per font; lives as long as one document is written."""

    def __init__(self) -> None:
        self._known: dict[tuple[Font, str], Measured] = {}

    def __call__(self, font: Font, text: str) -> Measured:
        """Return the text measured."""
        key = (font, text)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST_CACHED:
                self._known.clear()
            found = self._known[key] = _measured(font, text)
        return found


def _measured(font: Font, text: str) -> Measured:
    clean = fonts().clean(text)
    words = font.words
    if " " not in clean and "\n" not in clean:
        width = words[clean]
        return Measured(clean, width, width, ([clean],))
    lines = tuple(_words(line) for line in clean.strip("\n").split("\n"))
    width = longest = 0
    for line in lines:
        widths = [words[word] for word in line]
        longest = max(longest, *widths, 0)
        width = max(width, sum(widths) + font.space * (len(widths) - 1))
    return Measured("\n".join(" ".join(line) for line in lines), width, longest, lines)


def _words(line: str) -> Words:
    """Return the words of a line.

    A number that opens it is one with the word behind it, and one that something is multiplied by with the sign.
    """
    words = [word for word in line.split(" ") if word]
    if len(words) > 1 and words[0][0] in _BEGINS_NUMBER and _OPENING.match(f"{words[0]} {words[1]}"):
        words[:2] = [f"{words[0]} {words[1]}"]
    if not _TIMES.isdisjoint(words):
        for at in range(len(words) - 2, 0, -1):
            if words[at] in _TIMES and words[at + 1][0] in _BEGINS_NUMBER:
                words[at : at + 2] = [f"{words[at]} {words[at + 1]}"]
    return words


def wrap(font: Font, text: Measured, limit: float) -> list[str]:
    """Return the lines of a text that is to be no wider than ``limit``."""
    if text.width <= limit:
        return text.text.split("\n") if len(text.lines) > 1 else [text.text]
    wrapped: list[str] = []
    for line in text.lines:
        wrapped += _wrapped(font, line, limit)
    return wrapped


def _wrapped(font: Font, line: Words, limit: float) -> list[str]:
    widths = font.words
    space = font.space
    wrapped: list[str] = []
    if any(" " in word and widths[word] > limit for word in line):
        # a line too narrow for a number and its word has the number alone, and the word in one piece
        line = [part for word in line for part in (word.split(" ") if widths[word] > limit else (word,))]
    start = 0
    width = -space
    for n, word in enumerate(line):
        width += space + widths[word]
        if width <= limit:
            continue
        if n - 1 > start and n == len(line) - 1 and _is_factor(word):
            # nor do sign and number stand alone on the last line, if what they go with has room there
            both = widths[line[n - 1]] + space + widths[word]
            if both <= limit:
                wrapped.append(" ".join(line[start : n - 1]))
                start = n - 1
                width = both
                continue
        if n > start:
            wrapped.append(" ".join(line[start:n]))
        start = n
        width = widths[word]
        if width > limit:
            *full, rest = broken(font, word, limit)
            wrapped += full
            # the rest goes on as a word of its own; the list is ours to change from here on
            line = [*line[:n], rest, *line[n + 1 :]] if full else line
            width = widths[rest]
    wrapped.append(" ".join(line[start:]))
    return wrapped


def _is_factor(word: str) -> bool:
    return word[0] in _TIMES and word[1:2] == " "


def with_numbers_kept(text: str) -> str:
    """Return a text for who breaks lines himself: its lines part no number from the word or sign it goes with."""
    for kept in (_OPENING, _FACTOR):
        text = kept.sub(lambda number: f"{number[0][:-1]}\N{NO-BREAK SPACE}", text)
    return text


def in_lines(font: Font, text: Measured, count: int) -> int:
    """Return the least width in which a text takes so many lines for each it makes itself."""
    return max((_narrowest([font.words[word] for word in line], font.space, count) for line in text.lines), default=0)


def _narrowest(words: Sequence[int], space: int, count: int) -> int:
    if len(words) <= count or count == 1:
        return max(words, default=0) if count > 1 else sum(words) + space * (len(words) - 1)
    return min(
        max(sum(words[:at]) + space * (at - 1), _narrowest(words[at:], space, count - 1)) for at in range(1, len(words))
    )


def broken(font: Font, word: str, limit: float) -> list[str]:
    """Return a word in pieces no wider than ``limit``; at least one letter each, and no letter added."""
    advances = font.advances
    pieces: list[str] = []
    start = 0
    width = 0
    n = 0
    while n < len(word):
        width += advances[word[n]]
        if width > limit and n > start:
            cut = n
            for back in range(n, max(start + (n - start) * 2 // 3, start + 1), -1):
                if word[back - 1] in _AFTER:
                    cut = back
                    break
            pieces.append(word[start:cut])
            start = n = cut
            width = 0
            continue
        n += 1
    pieces.append(word[start:])
    return pieces


def fitted_in_words(font: Font, text: str, limit: float) -> str:
    """Return a clean one-line text, shortened between two words where it is wider than ``limit``."""
    cut = fitted(font, text, limit)
    kept = cut.removesuffix("…")
    if cut == text or text[len(kept) : len(kept) + 1] == " ":
        return cut
    whole = kept.rpartition(" ")[0].rstrip(_OPEN_ENDS)
    return f"{whole}…" if whole else cut


def fitted(font: Font, text: str, limit: float) -> str:
    """Return a clean one-line text, shortened with "…" where it is wider than ``limit``."""
    if font.width(text) <= limit:
        return text
    limit -= font.advances["…"]
    kept = 0
    width = 0
    for char in text:
        width += font.advances[char]
        if width > limit:
            break
        kept += 1
    return text[:kept].rstrip() + "…"


class Piece(NamedTuple):
    """A stretch of a line in one font, and where it begins."""

    x: float
    font: Font
    text: str


def wrap_runs(runs: Sequence[tuple[Font, str]], limit: float) -> list[list[Piece]]:
    """Return the lines of a text whose runs are in different fonts; a line feed ends a line."""
    lines: list[list[Piece]] = []
    for words in _words_of(runs):
        _set_words(words, limit, lines)
    return lines


def _words_of(runs: Sequence[tuple[Font, str]]) -> list[list[list[tuple[Font, str]]]]:
    """Return the words of each line the text itself makes; a word is a list of stretches in one font."""
    lines: list[list[list[tuple[Font, str]]]] = [[]]
    glued = False
    for font, text in runs:
        for number, line in enumerate(fonts().clean(text).split("\n")):
            if number:
                lines.append([])
                glued = False
            for at, word in enumerate(line.split(" ")):
                if at:
                    glued = False
                if not word:
                    continue
                if glued:
                    lines[-1][-1].append((font, word))
                else:
                    lines[-1].append([(font, word)])
                glued = True
    return lines


def _set_words(words: list[list[tuple[Font, str]]], limit: float, lines: list[list[Piece]]) -> None:
    line: list[Piece] = []
    x = 0
    for word in words:
        width = sum(font.words[text] for font, text in word)
        space = word[0][0].space if line else 0
        if line and x + space + width > limit:
            lines.append(line)
            line, x, space = [], 0, 0
        if width > limit:
            line, x = _set_long_word(word, limit, lines)
            continue
        for font, text in word:
            if line and line[-1].font is font:
                line[-1] = line[-1]._replace(text=line[-1].text + (" " if space else "") + text)
            else:
                if space:
                    # the space is drawn too, so that it is found when the text is copied
                    line[-1] = line[-1]._replace(text=line[-1].text + " ")
                line.append(Piece(x + space, font, text))
            x += space + font.words[text]
            space = 0
    lines.append(line)


def _set_long_word(word: list[tuple[Font, str]], limit: float, lines: list[list[Piece]]) -> tuple[list[Piece], int]:
    """Break a word over lines; return the line it ends in and its width."""
    line: list[Piece] = []
    x = 0
    for font, text in word:
        if x and x + font.words[text] > limit:
            lines.append(line)
            line, x = [], 0
        *full, rest = broken(font, text, limit)
        lines += [[Piece(0, font, piece)] for piece in full]
        line.append(Piece(x, font, rest))
        x += font.words[rest]
    return line, x
