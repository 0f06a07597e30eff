"""Names of files that are proposed or typed: what a name must not hold, and its suffix."""

import re
from pathlib import Path
from typing import Final

from perfdesk.storage import files

# of the program's own files
SUFFIX: Final = files.SUFFIX
# what no file system takes in a name, or another machine's does not
_NOT_IN_NAMES: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def clean(name: str) -> str:
    """Return what can stand in a file's name on every machine: "Su/Kanal" as "Su Kanal"; it may be nothing."""
    return " ".join(_NOT_IN_NAMES.sub(" ", name).split()).strip(" .")


def file_name(path: Path, suffix: str = SUFFIX) -> Path:
    """Return a path with a suffix; what follows another point in a name, as in "T.C. Ilgın", is no suffix."""
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
