"""Who holds a file open for writing: a small file beside it, so that the second opener gets a sentence.

SQLite's own locks protect the data; this only tells people. The holder keeps the operating system's lock on that small
file: when its process ends, however it ends, the lock is gone and the next opener takes the small file over. Neither
process numbers, which are given out again, nor clocks, which are put right, are asked.
"""

import contextlib
import errno
import getpass
import json
import os
import socket
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from perfdesk.domain.errors import UserError
from perfdesk.i18n import N_

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# what the system answers where nothing may be written
NO_RIGHT: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
_SUFFIX: Final = ".lock"
_ATTEMPTS: Final = 20
_LONGEST: Final = 4096
# far behind the content: on Windows a locked byte cannot be read by others
_LOCKED_BYTE: Final = 1 << 30
# how long one who has just become the holder may take to write who it is
_WRITING_SECONDS: Final = 0.5


class HeldError(UserError):
    """Somebody has the file open for writing."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The one who writes: user, machine, process and since when."""

    user: str
    machine: str
    pid: int
    since: str


class HolderFile:
    """The small file of one who holds; released by ``release`` or by the end of the process."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    def release(self) -> None:
        """Stop being the holder."""
        if self._descriptor < 0:
            return
        with contextlib.suppress(OSError):
            # somebody may have deleted it, as the sentence says, and become the holder: then it is not ours to remove.
            # Windows removes no open file, so there it happens after closing; one who opens it between prevents that
            if sys.platform != "win32" and _is_at(self._descriptor, self.path):
                self.path.unlink()
        os.close(self._descriptor)
        self._descriptor = -1
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                self.path.unlink()


def holder_path(path: Path) -> Path:
    """Return the holder's file of a perfdesk file."""
    return path.with_name(path.name + _SUFFIX)


def acquire(path: Path) -> HolderFile | None:
    """Become the holder; None where the folder takes no such file (SQLite's own locks remain).

    Raises:
        HeldError: somebody else is, saying who and since when.
        OSError: nothing may be written in the folder.
    """
    file = holder_path(path)
    for _attempt in range(_ATTEMPTS):
        try:
            descriptor = _open(file)
        except FileNotFoundError:
            continue  # its holder removed it just now
        except OSError as error:
            if error.errno in NO_RIGHT:
                raise
            return None
        try:
            mine = _lock(descriptor)
            if mine and not _is_at(descriptor, file):
                # its holder removed it between our opening and locking
                os.close(descriptor)
                continue
            holder = _read_soon(descriptor) if mine is False else _read(descriptor)
            # where locks do not reach (another machine, some network folders) the file's word is taken
            if mine is False or (holder and (mine is None or holder.machine != socket.gethostname())):
                raise _held(path, holder)
            _write(descriptor)
        except OSError:
            os.close(descriptor)
            with contextlib.suppress(OSError):
                file.unlink()
            return None
        except BaseException:
            os.close(descriptor)
            raise
        return HolderFile(file, descriptor)
    return None


def _open(file: Path) -> int:
    binary: int = getattr(os, "O_BINARY", 0)
    try:
        return os.open(file, os.O_CREAT | os.O_RDWR | binary, 0o644)
    except PermissionError:
        if not file.exists():
            raise
    # another user's: it can be read and, where nobody holds it any more, removed, which asks the folder's right only
    descriptor = os.open(file, os.O_RDONLY | binary)
    try:
        left = _lock(descriptor) and _is_at(descriptor, file)
        holder = _read(descriptor)
        if not left or (holder and holder.machine != socket.gethostname()):
            return descriptor
        file.unlink()
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return os.open(file, os.O_CREAT | os.O_RDWR | binary, 0o644)


def _write(descriptor: int) -> None:
    me = Holder(_user(), socket.gethostname(), os.getpid(), datetime.now(UTC).isoformat())
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, json.dumps(asdict(me)).encode())


def _lock(descriptor: int) -> bool | None:
    """Take the operating system's lock; False where another has it, None where there are no locks."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None
    return True


def _is_at(descriptor: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), file.stat())
    except FileNotFoundError:
        return False


def _read(descriptor: int) -> Holder | None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        data = json.loads(os.read(descriptor, _LONGEST))
        holder = Holder(str(data["user"]), str(data["machine"]), int(data["pid"]), str(data["since"]))
        datetime.fromisoformat(holder.since)
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    return holder


def _read_soon(descriptor: int) -> Holder | None:
    until = time.monotonic() + _WRITING_SECONDS
    while (holder := _read(descriptor)) is None and time.monotonic() < until:
        time.sleep(0.02)
    return holder


def _held(path: Path, holder: Holder | None) -> HeldError:
    since = datetime.fromisoformat(holder.since).astimezone().strftime("%d.%m.%Y %H:%M") if holder else "?"
    return HeldError(
        N_(
            "“{file}” is open for writing: {user} on {machine}, since {time}. It can be read here, not changed; "
            "close it there first. If it is certainly not open there, delete “{lock}”."
        ),
        file=path.name,
        user=holder.user if holder else "?",
        machine=holder.machine if holder else "?",
        time=since,
        lock=holder_path(path).name,
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "?"
