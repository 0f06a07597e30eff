"""Backups of a file: where they lie, how they are made and checked, which are kept.

**Where.** In one folder for all files, each file's backups in a folder of their own below it, which is named after the
file and a few letters drawn from its whole path: ``Güneyçam 2027-3f9c21ab``. So two files of one name never mix, the
folder is found again from the path alone even when the file itself is gone, and a person recognises it; what file they
are of is also written in it in plain words. A file that is moved begins a new folder; a copy is a file of its own.

**How.** The content is written aside, opened and read as a whole, and only then gets its name, which says when and why
it was made: ``2026-11-20 134005 hourly.perfdesk``. A backup is an ordinary perfdesk file and is never written again.
If the newest whole one says the same already, none is made.

**Which are kept.** All of today; of the 14 days before that the first of each day, which the mistakes of that day are
not in yet, the last, and those somebody asked for or that were made before something big; before that the last of each
month for a year. A number bounds this: what goes first is the surplus of today, then what is neither the last of its
day nor of its month, then the oldest. The newest whole one always stays, and what is damaged is left for a person to
look at: only whole ones count.
"""

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from perfdesk.domain.errors import UserError, system_reason
from perfdesk.i18n import N_
from perfdesk.storage import files
from perfdesk.storage.checking import looks_whole
from perfdesk.storage.publishing import publish

_DAYS: Final = 14
_MONTHS: Final = 12
_TIME: Final = "%Y-%m-%d %H%M%S"
_NAME: Final = re.compile(r"(\d{4}-\d\d-\d\d \d{6}) ([a-z_]+)")
_WHOSE: Final = "file.txt"
_LONGEST_NAME: Final = 60
# SQLite counts its transactions in the header; two files that differ only there hold the same
_COUNTERS: Final = (slice(24, 28), slice(92, 96))


class Reason(StrEnum):
    """Why a backup was made; part of its name, so these words never change."""

    OPENED = "opened"
    HOURLY = "hourly"
    BEFORE_NEW_YEAR = "before_new_year"
    BEFORE_RESTORE = "before_restore"
    BEFORE_DELETING = "before_deleting"
    ASKED = "asked"


_REASONS: Final = frozenset(reason.value for reason in Reason)
# made by themselves; the others mark a moment that somebody knew they might want back
_ROUTINE: Final = (Reason.OPENED, Reason.HOURLY)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: when and why it was made, its size in bytes, and whether it looks whole.

    To be sure that one is whole it has to be opened, which ``files.verify`` does.
    """

    path: Path
    when: datetime
    reason: Reason
    size: int
    whole: bool


def folder_of(file: Path, folder: Path) -> Path:
    """Return where the backups of a file lie, there being any or not."""
    place = os.path.realpath(file)
    letters = hashlib.sha256(os.path.normcase(place).encode(errors="surrogateescape")).hexdigest()[:8]
    # the disk of the backups may allow fewer letters than the file's
    name = re.sub(r"[^\w .()-]", "_", Path(place).stem)[:_LONGEST_NAME].strip(" .")
    return folder / f"{name}-{letters}"


def list_backups(file: Path, folder: Path) -> list[Backup]:
    """Return the backups of a file, newest first; files of other names are none of ours.

    Raises:
        UserError: the folder cannot be read.
    """
    found = []
    place = folder_of(file, folder)
    with _refusals(place):
        if not place.is_dir():
            return []
        for path in place.iterdir():
            matched = _NAME.fullmatch(path.stem)
            if matched and path.suffix == files.SUFFIX and matched[2] in _REASONS:
                with contextlib.suppress(ValueError, FileNotFoundError):
                    when = datetime.strptime(matched[1], _TIME).astimezone()
                    size = path.stat().st_size
                    found.append(Backup(path, when, Reason(matched[2]), size, looks_whole(path)))
    return sorted(found, key=lambda backup: backup.when, reverse=True)


def check_folder(folder: Path) -> None:
    """Make sure that backups can be written into a folder, which is made if need be.

    Raises:
        UserError: they cannot, or the folder is not named from the root on.
    """
    if not folder.is_absolute():
        raise UserError(N_("Name the folder of the backups with its whole path."))
    with _refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as tried:
            tried.write(b"perfdesk")


def make(file: Path, content: bytes, folder: Path, reason: Reason, *, number: int | None) -> Backup:
    """Keep a file's content as a backup; return it, or the newest one if that says the same already.

    Of the older ones ``number`` at most are kept; None keeps all. Any thread may call this: the file itself is left
    alone.

    Raises:
        UserError: the folder cannot be written, the disk is full, or what was written could not be read back.
    """
    place = folder_of(file, folder)
    with _refusals(place):
        place.mkdir(parents=True, exist_ok=True)
    newest = next((backup for backup in list_backups(file, folder) if backup.whole), None)
    if newest is not None and _says(newest.path, content):
        return newest
    made = _write(place, content, reason)
    _say_whose(place, file)
    if number is not None:
        tidy(list_backups(file, folder), made.when, number)
    return made


def _write(place: Path, content: bytes, reason: Reason) -> Backup:
    when = datetime.now().astimezone().replace(microsecond=0)
    # of two in one second nobody could tell which is the newer
    while any(place.glob(f"{when:{_TIME}} *")):
        when += timedelta(seconds=1)
    path = place / f"{when:{_TIME}} {reason}{files.SUFFIX}"

    def write(temporary: Path) -> None:
        temporary.write_bytes(content)
        try:
            files.verify(temporary)
        except UserError as error:
            raise UserError(N_("The backup could not be verified and was discarded: {reason}"), reason=error) from error

    publish(path, write, replace=False)
    return Backup(path, when, reason, len(content), whole=True)


def _says(path: Path, content: bytes) -> bool:
    with contextlib.suppress(OSError):
        return path.stat().st_size == len(content) and _essence(path.read_bytes()) == _essence(content)
    return False


def _essence(content: bytes) -> bytes:
    changed = bytearray(content)
    for counter in _COUNTERS:
        changed[counter] = bytes(4)
    return bytes(changed)


def _say_whose(place: Path, file: Path) -> None:
    """Write down for people which file these are backups of; it is not needed to find them."""
    with contextlib.suppress(OSError):
        text = f"{os.path.realpath(file)}\n".encode(errors="surrogateescape")
        whose = place / _WHOSE
        if not whose.exists() or whose.read_bytes() != text:
            whose.write_bytes(text)


def tidy(backups: Iterable[Backup], now: datetime, number: int) -> None:
    """Remove what is kept no longer; what cannot be removed stays until the next time."""
    whole = [backup for backup in backups if backup.whole]
    marked = {backup.when for backup in whole if backup.reason not in _ROUTINE}
    kept = set(kept_of([backup.when for backup in whole], now, number, marked))
    for backup in whole:
        if backup.when not in kept:
            with contextlib.suppress(OSError):
                backup.path.unlink()


def kept_of(times: Iterable[datetime], now: datetime, number: int, marked: Collection[datetime] = ()) -> list[datetime]:
    """Return which of these moments are kept, by age and number; those that matter most first.

    Args:
        times: when the backups were made.
        now: the moment they are looked at.
        number: how many are kept at most.
        marked: those that are kept as long as single days are.
    """
    newest_first = sorted(set(times), reverse=True)
    first_day = now.date() - timedelta(days=_DAYS)
    oldest_month = _month(now) - _MONTHS
    past = [when for when in newest_first if when <= now]
    recent = [when for when in past if when.date() >= first_day]
    firsts = {when.date(): when for when in recent}
    lasts = {when.date(): when for when in reversed(recent)}
    months = {_month(when): when for when in reversed(past) if when.date() < first_day}
    by_weight = [
        # however old it is
        *(past or newest_first)[:1],
        *sorted(lasts.values(), reverse=True),
        *sorted((when for month, when in months.items() if month >= oldest_month), reverse=True),
        *(when for when in recent if when in marked or when == firsts[when.date()]),
        *(when for when in past if when.date() == now.date()),
        # of a clock that was wrong once
        *(when for when in newest_first if when > now),
    ]
    return list(dict.fromkeys(by_weight))[: max(number, 1)]


def _month(when: datetime) -> int:
    return when.year * 12 + when.month


@contextlib.contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            N_("The folder of the backups, “{folder}”, cannot be used: {reason}."),
            folder=folder,
            reason=system_reason(error),
        ) from error
