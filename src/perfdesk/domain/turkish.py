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
# word processors end lines and pages inside a paragraph in ways of their own
_LINE_END: Final = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_CIRCUMFLEX: Final = str.maketrans("âîû", "aiu")
# the comparison of a search ignores the dots and tails that keyboards and habits leave out
_FOLD: Final = str.maketrans("ıçğöşüâîû", "icgosuaiu")


def upper(text: str) -> str:
    """Return the text in Turkish capitals: "Ilgın" → "ILGIN", "İstanbul" → "İSTANBUL"."""
    return _DOTTED.sub("i", _composed(text)).translate(_UPPER).upper()


def lower(text: str) -> str:
    """Return the text in Turkish small letters: "ILGIN" → "ılgın"."""
    return _composed(text).translate(_LOWER).lower()


def fold(text: str) -> str:
    """Return the text for searching: small, composed, without dots and tails (ı≈i, ş≈s)."""
    return _composed(_DOTTED.sub("i", lower(text))).translate(_FOLD)


def sort_key(text: str) -> str:
    """Return a key that sorts by the Turkish alphabet (… g ğ h ı i j … o ö p …); â, î, û stand with a, i, u."""
    small = lower(text).translate(_CIRCUMFLEX)
    return "".join(_ORDER.get(letter, letter) for letter in small)


def normalise(text: str) -> str:
    """Return typed text as it is stored: composed letters (NFC), one kind of line end, no outer blanks."""
    return _composed(_LINE_END.sub("\n", text)).strip()


def _composed(text: str) -> str:
    """Return the text with letters and their marks as one; apart, İ and Î would be taken for I."""
    return unicodedata.normalize("NFC", text)
