"""Texts as Excel takes them: in cells, in the names of sheets, in headers and footers."""

import re
from collections.abc import Iterable
from typing import Final

# What Excel holds in a cell, in UTF-16 units.
MAX_TEXT: Final = 32767
# A text that begins so would become a formula when somebody edits the cell; "<" leads to the test for <r>, below.
RISKY: Final = frozenset("=+-@<")

# what XML cannot hold; the tab and the end of a line stay
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_IN_NAMES: Final = re.compile(r"[\x00-\x1f\[\]:*?/\\\ud800-\udfff\ufffe\uffff]")
_MAX_NAME: Final = 31
_MAX_HEADER: Final = 255


def fit(text: str) -> str:
    """Return a text as a cell can hold it.

    Characters that no XML file may have become the replacement character; a text beyond Excel's limit ends with
    an ellipsis. (No field of a programme takes so long a text; a list of many could come to it.)
    """
    if not text.isprintable():
        text = _UNFIT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > MAX_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
        text = text.encode("utf-16-le")[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter would take it for the XML of a rich text and write it as it is
        text += " "
    return text


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Return names that Excel accepts: at most 31 characters, none forbidden, each once whatever its case."""
    names: list[str] = []
    taken = {"history"}  # Excel keeps this one for itself
    for number, text in enumerate(wanted, 1):
        clean = " ".join(_FORBIDDEN_IN_NAMES.sub(" ", text).split()).strip("'") or str(number)
        # XlsxWriter puts a prefix before what looks like a new function, also in the quoted name of a sheet
        clean = re.sub(r"(?<=\w)\(", " (", clean)
        name = _cut(clean, _MAX_NAME)
        copy = 1
        while name.casefold() in taken:
            copy += 1
            ending = f" ({copy})"
            name = _cut(clean, _MAX_NAME - len(ending)) + ending
        taken.add(name.casefold())
        names.append(name)
    return names


def header(left: str, right: str) -> str:
    """Return the code of a header with a text on either side, in small print; a long left one is cut."""
    return _sides(left, _escaped(right))


def footer(page_label: str, stamp: str = "") -> str:
    """Return the code of a footer that numbers the pages, in the middle, or to the right of a stamp."""
    label = _escaped(page_label).replace("{page}", "&P").replace("{pages}", "&N")
    return _sides(stamp, label) if stamp else f"&C&8 {label}"[:_MAX_HEADER]


def _sides(left: str, right: str) -> str:
    """Return the code of two texts; ``right`` is code already, what is too long of ``left`` is cut."""
    end = f"&R&8 {right}"
    room = _MAX_HEADER - len(end) - len("&L&8 ")
    return f"&L&8 {_cut(_escaped(left), room)}{end}"[:_MAX_HEADER]


def _escaped(text: str) -> str:
    return " ".join(_UNFIT.sub(" ", text).replace("&", "&&").split())


def _cut(text: str, units: int) -> str:
    """Return as much of a text as fits into so many UTF-16 units, which is how Excel counts."""
    if len(text.encode("utf-16-le")) // 2 <= units:
        return text
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").rstrip(" '&")
