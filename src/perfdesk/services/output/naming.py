"""Names of files that are proposed or typed: what a name must not hold, and its suffix."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.administration import Unit
from perfdesk.storage import files

# of the program's own files
SUFFIX: Final = files.SUFFIX
# what no file system takes in a name, or another machine's does not
_NOT_IN_NAMES: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
# in bytes, as the file systems count that allow least: of a name that is proposed, and of each thing it says
_LONGEST: Final = 240
_LONGEST_PART: Final = 90


def clean(name: str) -> str:
    """Return what can stand in a file's name on every machine: "Su/Kanal" as "Su Kanal"; it may be nothing."""
    return " ".join(_NOT_IN_NAMES.sub(" ", name).split()).strip(" .")


def file_name(path: Path, suffix: str = SUFFIX) -> Path:
    """Return a path with a suffix; what follows another point in a name, as in "T.C. Ilgın", is no suffix."""
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)


def proposed(source: Path, year: int, suffix: str, *of: str) -> Path:
    """Return the place proposed for a document: beside the file it is of, as "Güneyçam 2027 Meclis özeti.pdf".

    Args:
        source: the file.
        year: of the programme.
        suffix: of the document, with its point.
        of: what it is, in words for which no file system has to be fit.
    """
    said = "".join(f" {part}" for part in (str(year), *(_cut(clean(one), _LONGEST_PART) for one in of)) if part)
    return source.with_name(_cut(source.stem, _LONGEST - len((said + suffix).encode())) + said + suffix)


def unit_files(
    folder: Path, source: Path, year: int, title: str, units: Sequence[Unit], suffix: str
) -> dict[str, Path]:
    """Return where the file of each unit goes in a folder, by the unit's id; no two to the same place."""
    places: dict[str, Path] = {}
    taken: set[str] = set()
    for unit in units:
        first = place = folder / proposed(source, year, suffix, title, unit.name).name
        number = 1
        # names are one where nothing but small and capital letters tells them apart
        while turkish.fold(place.name) in taken:
            number += 1
            place = first.with_name(f"{first.name.removesuffix(suffix)} ({number}){suffix}")
        taken.add(turkish.fold(place.name))
        places[unit.id] = place
    return places


def _cut(text: str, most: int) -> str:
    """Return as much of a text as so many bytes hold."""
    return text.encode()[:most].decode(errors="ignore").rstrip(" .")
