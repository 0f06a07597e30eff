"""The files opened last, as the start page lists them: whose each is, when it was changed, whether it is there."""

import json
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray

from perfdesk.gui.settings import Settings

# the list of files itself is the settings'; what is known of each is JSON beside it, kept there as bytes under a name
_KNOWN: Final = "recent"


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A file that was open; ``municipality`` is "" and the moments None where they are not known."""

    path: Path
    municipality: str = ""
    opened: datetime | None = None
    missing: bool = False
    changed: datetime | None = None


class RecentFiles:
    """The recent files of a user's settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def entries(self) -> list[RecentFile]:
        """Return the files, newest first; those that are gone too, for somebody may plug the stick in again."""
        known = self._known()
        return [_entry(path, known.get(str(path), {})) for path in self._settings.recent_files]

    def opened(self, path: Path, municipality: str) -> None:
        """Put a file that has just been opened at the head of the list."""
        path = path.absolute()
        self._settings.add_recent(path)
        now = datetime.now().replace(microsecond=0)  # noqa: DTZ005 - shown as the clock on the wall showed it
        self._keep({**self._known(), str(path): {"municipality": municipality, "opened": now.isoformat()}})

    def remove(self, path: Path) -> None:
        """Forget a file; the file itself stays."""
        self._settings.remove_recent(path)
        self._keep(self._known())

    def _known(self) -> dict[str, dict[str, str]]:
        try:
            found = json.loads(bytes(self._settings.state(_KNOWN).data()) or b"{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def _keep(self, known: dict[str, dict[str, str]]) -> None:
        listed = {str(path) for path in self._settings.recent_files}
        kept = {path: facts for path, facts in known.items() if path in listed}
        self._settings.keep_state(_KNOWN, QByteArray(json.dumps(kept, ensure_ascii=False).encode()))


def _entry(path: Path, facts: object) -> RecentFile:
    texts = facts if isinstance(facts, dict) else {}
    municipality, opened = texts.get("municipality"), texts.get("opened")
    try:
        facts_of_file = path.stat()
        missing = not stat.S_ISREG(facts_of_file.st_mode)
        # shown as the clock on the wall showed it
        changed = None if missing else datetime.fromtimestamp(facts_of_file.st_mtime)  # noqa: DTZ006
    except (OSError, ValueError):
        # it is gone, or a network folder does not answer; a name can be none, too
        missing, changed = True, None
    name = municipality if isinstance(municipality, str) else ""
    return RecentFile(path, name, _time(opened), missing, changed)


def _time(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
