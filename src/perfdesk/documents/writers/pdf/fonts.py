"""The fonts: their files, the widths of their letters, and which letters they have."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from perfdesk import paths

REPLACEMENT: Final = 0xFFFD
_LONGEST_CACHED: Final = 40
_MOST_CACHED: Final = 50_000
# reportlab's character maps are written for the letters of the basic plane
_LAST_CODE: Final = 0xFFFF
_reading: Final = Lock()


class WordWidths(dict[str, int]):
    """The widths of words in thousandths of the font size, each added up once."""

    def __init__(self, advances: dict[str, int]) -> None:
        super().__init__()
        self._advances = advances

    def __missing__(self, word: str) -> int:
        advances = self._advances
        width = sum([advances[char] for char in word])
        if len(word) <= _LONGEST_CACHED:
            if len(self) >= _MOST_CACHED:
                self.clear()
            self[word] = width
        return width


class Font:
    """A font of the document, known to reportlab by ``name``."""

    def __init__(self, name: str, file: str) -> None:
        self.name = name
        self.ttf = TTFont(name, str(paths.resource("fonts", file)))
        pdfmetrics.registerFont(self.ttf)
        self.advances: dict[str, int] = {chr(code): round(width) for code, width in self.ttf.face.charWidths.items()}
        self.words = WordWidths(self.advances)
        self.space = self.advances[" "]

    def width(self, text: str) -> int:
        """Return the width of a clean text in thousandths of the font size."""
        words = self.words
        if " " not in text:
            return words[text]
        parts = text.split(" ")
        return sum([words[part] for part in parts]) + self.space * (len(parts) - 1)


class _Printable(dict[int, int | str | None]):
    """For ``str.translate``: what each character prints as, decided when it is first met.

    Line ends become line feeds; what has no shape of its own is left out; what the fonts lack is visibly replaced.
    """

    def __init__(self, known: frozenset[int]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, code: int) -> int | str | None:
        printed: int | str | None
        char = chr(code)
        category = unicodedata.category(char)
        if code in (0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029):
            printed = "\n"
        elif code == 0x09 or (category == "Zs" and code not in self._known):
            printed = " "
        elif category == "Cf" or 0xFE00 <= code <= 0xFE0F:
            printed = None
        elif category in ("Cc", "Cs") or code not in self._known:
            printed = REPLACEMENT
        else:
            printed = code
        self[code] = printed
        return printed


@dataclass(frozen=True, slots=True)
class Fonts:
    """The three fonts of a document and the characters they have in common."""

    regular: Font
    bold: Font
    italic: Font
    printable: dict[int, int | str | None]

    def clean(self, text: str) -> str:
        """Return the text as it can be printed: composed letters, known characters, the line feed the only control."""
        if text.isascii() and text.isprintable():
            return text
        if "\r" in text:
            text = text.replace("\r\n", "\n")
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        return text.translate(self.printable)


def fonts() -> Fonts:
    """Return the fonts, read from their files once, whoever asks at the same time.

    A file with a font from one reading and the same from another would name two things alike.
    """
    with _reading:
        return _read()


@cache
def _read() -> Fonts:
    three = (
        Font("NotoSans", "NotoSans-Regular.ttf"),
        Font("NotoSans-Bold", "NotoSans-Bold.ttf"),
        Font("NotoSans-Italic", "NotoSans-Italic.ttf"),
    )
    known = frozenset.intersection(*(frozenset(font.ttf.face.charToGlyph) for font in three))
    return Fonts(*three, _Printable(frozenset(code for code in known if code <= _LAST_CODE)))
