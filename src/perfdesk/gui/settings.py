"""The program's own settings: what this user prefers and did last. Nothing here belongs to a perfdesk file.

They are kept in an ini file of the user. What somebody wrote into it by hand and cannot be understood counts as not
set: a setting must never keep the program from starting.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from perfdesk.i18n import LANGUAGES

_NAME: Final = "perfdesk"
RECENT_FILES: Final = 10
# positions are remembered for more files than are offered: somebody may come back to one by its folder
_POSITIONS: Final = 50
LANGUAGE: Final = "tr"
# copies kept beyond those that age alone keeps; see storage.backups
BACKUPS_KEPT: Final = 50
FEWEST_BACKUPS: Final = 5
MOST_BACKUPS: Final = 500
BACKUP_HOURS: Final = 1
MOST_BACKUP_HOURS: Final = 24
# of the window's width, in per cent
MOST_SIDE_SHARE: Final = 75
# in pixels
MOST_OUTLINE_WIDTH: Final = 1000


@dataclass(frozen=True, slots=True)
class Position:
    """Where somebody was in a file: the year and the entry of the outline."""

    year: int
    kind: str
    id: str = ""


class Settings:
    """The settings of this user, or those of another ini file; every change is kept at once.

    Tests call ``QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)`` first, or name a
    file of their own.
    """

    def __init__(self, file: Path | None = None) -> None:
        ini = QSettings.Format.IniFormat
        if file is None:
            self._settings = QSettings(ini, QSettings.Scope.UserScope, _NAME, _NAME)
        else:
            self._settings = QSettings(str(file), ini)

    def sync(self) -> None:
        """Write to the disk now; Qt does so by itself a moment after each change."""
        self._settings.sync()

    # --- the window -------------------------------------------------------------------------------------------------

    @property
    def language(self) -> str:
        """The language of the window: "tr" or "en"."""
        language = self._text("language")
        return language if language in LANGUAGES else LANGUAGE

    @language.setter
    def language(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(language)
        self._settings.setValue("language", language)

    @property
    def geometry(self) -> QByteArray:
        """The window's place as ``QWidget.saveGeometry`` gave it; empty where it was never kept."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("window/geometry", geometry)

    def state(self, name: str) -> QByteArray:
        """Return the state of a splitter, a head or the window, as its ``saveState`` gave it; or empty."""
        return self._bytes(f"window/state/{name}")

    def keep_state(self, name: str, state: QByteArray) -> None:
        """Keep a state under a name."""
        self._settings.setValue(f"window/state/{name}", state)

    def flag(self, name: str, default: bool) -> bool:
        """Return whether something of the window is shown or switched on."""
        return {"true": True, "false": False}.get(self._text(f"window/flags/{name}"), default)

    def keep_flag(self, name: str, *, on: bool) -> None:
        """Keep whether something is shown or switched on."""
        self._settings.setValue(f"window/flags/{name}", "true" if on else "false")

    def side_share(self, name: str) -> int:
        """Return how much of the window's width something at its right takes, in per cent; 0: nobody has chosen."""
        return self._number(f"window/{name}_share", 0, 0, MOST_SIDE_SHARE)

    def keep_side_share(self, name: str, per_cent: int) -> None:
        """Keep how much of the window's width something at its right takes."""
        self._settings.setValue(f"window/{name}_share", per_cent)

    @property
    def outline_width(self) -> int:
        """How wide the outline is, in pixels; 0 where nobody has chosen."""
        return self._number("window/outline_width", 0, 0, MOST_OUTLINE_WIDTH)

    @outline_width.setter
    def outline_width(self, width: int) -> None:
        self._settings.setValue("window/outline_width", width)

    # --- files ------------------------------------------------------------------------------------------------------

    @property
    def recent_files(self) -> list[Path]:
        """The files opened last, newest first; some may be gone."""
        names = self._list("files/recent")
        return [Path(name) for name in names if isinstance(name, str) and name][:RECENT_FILES]

    def add_recent(self, path: Path) -> None:
        """Put a file that has just been opened at the head of the list."""
        self._keep_recent([path, *(other for other in self.recent_files if other != path)])

    def remove_recent(self, path: Path) -> None:
        """Forget a file, its position too."""
        self._keep_recent(other for other in self.recent_files if other != path)
        self._keep("files/positions", [line for line in self._positions() if line[0] != str(path)])

    def _keep_recent(self, paths: Iterable[Path]) -> None:
        self._keep("files/recent", [str(path) for path in paths][:RECENT_FILES])

    def position(self, path: Path) -> Position | None:
        """Return where somebody was in a file when it was closed, or None."""
        return next((Position(*rest) for name, *rest in self._positions() if name == str(path)), None)

    def keep_position(self, path: Path, position: Position) -> None:
        """Remember where somebody is in a file."""
        others = [line for line in self._positions() if line[0] != str(path)]
        line: list[Any] = [str(path), position.year, position.kind, position.id]
        self._keep("files/positions", [line, *others][:_POSITIONS])

    def _positions(self) -> list[list[Any]]:
        return [
            line
            for line in self._list("files/positions")
            if isinstance(line, list) and [type(field) for field in line] == [str, int, str, str]
        ]

    # --- backups ----------------------------------------------------------------------------------------------------

    @property
    def backup_folder(self) -> Path:
        """Where backups lie; a folder of this user where none was chosen."""
        return Path(self._text("backups/folder") or default_backup_folder())

    @backup_folder.setter
    def backup_folder(self, folder: Path) -> None:
        if folder == default_backup_folder():
            # it stays the default, also where that is another folder one day
            self._settings.remove("backups/folder")
        else:
            self._settings.setValue("backups/folder", str(folder))

    @property
    def backups_kept(self) -> int:
        """How many backups of a file are kept at most."""
        return self._number("backups/kept", BACKUPS_KEPT, FEWEST_BACKUPS, MOST_BACKUPS)

    @backups_kept.setter
    def backups_kept(self, number: int) -> None:
        self._settings.setValue("backups/kept", number)

    @property
    def backup_hours(self) -> int:
        """After how many hours of work the next backup is made."""
        return self._number("backups/hours", BACKUP_HOURS, 1, MOST_BACKUP_HOURS)

    @backup_hours.setter
    def backup_hours(self, hours: int) -> None:
        self._settings.setValue("backups/hours", hours)

    # --- reading and writing ----------------------------------------------------------------------------------------

    def _text(self, key: str) -> str:
        value = self._settings.value(key)
        return value if isinstance(value, str) else ""

    def _bytes(self, key: str) -> QByteArray:
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def _number(self, key: str, default: int, least: int, most: int) -> int:
        # an ini file holds texts; what this process wrote itself comes back as it was
        try:
            return min(max(int(self._settings.value(key, default)), least), most)  # type: ignore[call-overload]
        except (TypeError, ValueError):
            return default

    def _list(self, key: str) -> list[Any]:
        try:
            found = json.loads(self._text(key) or "[]")
        except (ValueError, RecursionError):
            return []
        return found if isinstance(found, list) else []

    def _keep(self, key: str, items: list[Any]) -> None:
        # as JSON: a list of one comes back from an ini file as a text, an empty one as nothing
        self._settings.setValue(key, json.dumps(items, ensure_ascii=False))


def default_backup_folder() -> Path:
    """Return the folder of backups of those who chose none: on this machine, not on a network."""
    local = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(local) / _NAME / "backups"


def documents_folder() -> Path:
    """Return where a person's documents lie; her own folder where the system names one that is not there."""
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return documents if documents.is_absolute() and documents.is_dir() else Path.home()
