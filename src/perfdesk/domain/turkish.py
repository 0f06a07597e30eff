"""Turkish letters: case, order and folding for search.

Python's own ``upper``/``lower`` map i to I; Turkish has i-İ and ı-I.
"""

import re
import unicodedata
from typing import Final

_UPPER: Final = str.maketrans({"i": "İ", "ı": "I"})
_LOWER: Final = str.maketrans({"İ": "i", "I": "ı"})
# "i" with a combining dot, as some systems write it, is the plain letter
_DOTTED: Final = re.compile("i\u0307")
_ALPHABET: Final = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
_ORDER: Final = {letter: chr(0x100 + index) for index, letter in enumerate(_ALPHABET)}
# the comparison of a search ignores the dots and tails that keyboards and habits leave out
_FOLD: Final = str.maketrans("ıçğöşüâîû", "icgosuaiu")


def upper(text: str) -> str:
    """Return the text in Turkish capitals: "Ilgın" → "ILGIN", "İstanbul" → "İSTANBUL"."""
    return _DOTTED.sub("i", text).translate(_UPPER).upper()


def lower(text: str) -> str:
    """Return the text in Turkish small letters: "ILGIN" → "ılgın"."""
    return text.translate(_LOWER).lower()


def fold(text: str) -> str:
    """Return the text for searching: small, composed, without dots and tails (ı≈i, ş≈s)."""
    return unicodedata.normalize("NFC", _DOTTED.sub("i", lower(text))).translate(_FOLD)


def sort_key(text: str) -> str:
    """Return a key that sorts by the Turkish alphabet (… g ğ h ı i j … o ö p …)."""
    return "".join(_ORDER.get(letter, letter) for letter in lower(unicodedata.normalize("NFC", text)))


def normalise(text: str) -> str:
    """Return typed text as it is stored: composed letters (NFC), one kind of line end, no outer blanks."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
