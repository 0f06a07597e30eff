"""Who holds a file open for writing: a small file beside it, so that the second opener gets a sentence.

SQLite's own locks protect the data; this only tells people. A holder whose process is gone is taken over.
"""

import getpass
import json
import os
import socket
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import psutil

from perfdesk.domain.errors import UserError
from perfdesk.i18n import N_

_SUFFIX: Final = ".lock"


class HeldError(UserError):
    """Somebody has the file open for writing."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The one who writes: user, machine, process and since when."""

    user: str
    machine: str
    pid: int
    started: float
    since: str

    def is_alive(self) -> bool:
        """Whether the process still runs; of another machine it must be assumed."""
        if self.machine != socket.gethostname():
            return True
        try:
            # a pid may have been given to another process since
            return abs(psutil.Process(self.pid).create_time() - self.started) < 1
        except psutil.Error:
            return False


def holder_path(path: Path) -> Path:
    """Return the holder's file of a perfdesk file."""
    return path.with_name(path.name + _SUFFIX)


def acquire(path: Path) -> Path | None:
    """Become the holder and return the holder's file; None where the folder takes none (SQLite's locks remain).

    Raises:
        HeldError: somebody else is, saying who and since when.
    """
    file = holder_path(path)
    me = Holder(
        _user(), socket.gethostname(), os.getpid(), psutil.Process().create_time(), datetime.now(UTC).isoformat()
    )
    content = json.dumps(asdict(me)).encode()
    for _attempt in range(3):
        try:
            descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        except FileExistsError:
            holder = _read(file)
            if holder is not None and holder.is_alive():
                raise _held(path, holder) from None
            # its process is gone, or it was cut off while writing: the file is free
            file.unlink(missing_ok=True)
            continue
        except OSError:
            return None
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
        return file
    return None


def release(file: Path | None) -> None:
    """Stop being the holder."""
    if file is not None:
        file.unlink(missing_ok=True)


def _held(path: Path, holder: Holder) -> HeldError:
    since = datetime.fromisoformat(holder.since).astimezone()
    return HeldError(
        N_(
            "“{file}” is open for writing: {user} on {machine}, since {time}. It can be read here, not changed; "
            "close it there first. If it is certainly not open there, delete “{lock}”."
        ),
        file=path.name,
        user=holder.user,
        machine=holder.machine,
        time=since.strftime("%d.%m.%Y %H:%M"),
        lock=holder_path(path).name,
    )


def _read(file: Path) -> Holder | None:
    try:
        return Holder(**json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "?"
