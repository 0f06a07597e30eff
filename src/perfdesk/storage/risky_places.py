"""Where a file is not safe while it is being worked on: network folders, and folders that another program synchronises.

A network may fail in the middle of a write, and its locks do not always reach everybody. A synchronising program copies
a file while it is being written, and puts another machine's version in its place without asking. Neither is forbidden:
the user is told, once, in a sentence.
"""

import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from perfdesk.i18n import N_, _

_MOUNTS: Final = Path("/proc/self/mountinfo")
_NETWORK_TYPES: Final = frozenset(
    {
        "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse",
        "fuse.curlftpfs", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "glusterfs", "lustre", "ncpfs",
        "nfs", "nfs4", "smb2", "smb3", "smbfs",
    }
)  # fmt: skip
_REMOTE_DRIVE: Final = 4  # what Windows calls DRIVE_REMOTE

# the names such folders have unless somebody renames them
_FOLDERS: Final = (
    ("Dropbox", r"Dropbox( \(.+\))?"),
    ("OneDrive", r"OneDrive( ?- ?.+)?"),
    ("Google Drive", r"Google ?Drive(-.+)?|My Drive|Drive['’]ım"),
    ("Nextcloud", r"Nextcloud\d*"),
    ("ownCloud", r"ownCloud\d*"),
    ("Yandex Disk", r"Yandex\.?Disk(-.+)?|Яндекс\.?Диск"),
    ("iCloud", r"iCloud ?Drive|com~apple~CloudDocs"),
)
# what these programs leave in the topmost folder they synchronise, whatever its name
_MARKERS: Final = (
    ("Dropbox", ".dropbox"),
    ("Dropbox", ".dropbox.cache"),
    ("Nextcloud", ".nextcloudsync.log"),
    ("ownCloud", ".owncloudsync.log"),
    ("Nextcloud/ownCloud", ".sync_*.db"),
    ("Nextcloud/ownCloud", "._sync_*.db"),
    ("Google Drive", ".tmp.driveupload"),
    ("Syncthing", ".stfolder"),
)
# OneDrive tells its folders to every program
_VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


class Kind(StrEnum):
    """What makes a place risky."""

    NETWORK = "network"
    SYNCHRONISED = "synchronised"


_ADVICE: Final = {
    Kind.NETWORK: N_(
        "“{file}” is in a network folder. It can be worked on there, by one person at a time; if the connection is "
        "slow or often fails, save a copy on this computer and work on that."
    ),
    Kind.SYNCHRONISED: N_(
        "“{file}” is in a folder that {program} synchronises; while you work, it may put another computer's version in "
        "its place. Work on a file outside that folder, and save a copy there when you have finished."
    ),
}


@dataclass(frozen=True, slots=True)
class Risk:
    """Why a place is risky; ``program`` is the one that synchronises it, a name of its own, or ""."""

    kind: Kind
    file: str
    program: str = ""

    def sentence(self) -> str:
        """Return what to do about it, in the user's language."""
        return _(_ADVICE[self.kind]).format(file=self.file, program=self.program)


def risky_place(path: Path, *, mounts: str | None = None, variables: Mapping[str, str] | None = None) -> Risk | None:
    """Return why a file is in danger where it lies, or None.

    Args:
        path: the file, or where it is to be.
        mounts: what is mounted, as Linux lists it; asked for where it is not given.
        variables: the environment, where it is another than this process's.
    """
    place = Path(os.path.realpath(path))
    program = _synchroniser(place, os.environ if variables is None else variables)
    if program:
        return Risk(Kind.SYNCHRONISED, path.name, program)
    if _is_remote_drive(place) or _file_system(place, _mounted() if mounts is None else mounts) in _NETWORK_TYPES:
        return Risk(Kind.NETWORK, path.name)
    return None


def _synchroniser(place: Path, variables: Mapping[str, str]) -> str:
    for variable in _VARIABLES:
        folder = variables.get(variable, "")
        if folder and place.is_relative_to(os.path.realpath(folder)):
            return "OneDrive"
    for folder_ in place.parents:
        for program, name in _FOLDERS:
            if re.fullmatch(name, folder_.name, re.IGNORECASE):
                return program
    for folder_ in place.parents:
        for program, marker in _MARKERS:
            if _holds(folder_, marker):
                return program
    return ""


def _holds(folder: Path, marker: str) -> bool:
    try:
        return any(folder.glob(marker)) if "*" in marker else (folder / marker).exists()
    except OSError:
        return False


def _mounted() -> str:
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        # not Linux
        return ""


def _file_system(place: Path, mounts: str) -> str:
    """Return the type of the file system a path lies on, or ""."""
    best, found = -1, ""
    for mount_point, kind in _mount_points(mounts.splitlines()):
        # of two at one place the later one covers the other
        if place.is_relative_to(mount_point) and len(mount_point.parts) >= best:
            best, found = len(mount_point.parts), kind
    return found


def _mount_points(lines: Iterable[str]) -> Iterable[tuple[Path, str]]:
    for line in lines:
        fields, _dash, rest = line.partition(" - ")
        before, after = fields.split(" "), rest.split(" ")
        if len(before) >= 5 and after[0]:
            # blanks and the like are written as three octal digits
            point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), before[4])
            yield Path(point), after[0]


def _is_remote_drive(place: Path) -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    drive = place.drive
    if drive.startswith("\\\\"):
        # a share has its server's name; what only begins like one is a long path of this machine
        return not drive.startswith(("\\\\?\\", "\\\\.\\")) or drive.upper().startswith("\\\\?\\UNC")
    return int(ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\")) == _REMOTE_DRIVE
