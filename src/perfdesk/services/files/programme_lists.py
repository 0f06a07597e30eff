"""The list of budget programmes from a sheet: shown beside the file's own before it is taken over in one step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from perfdesk.domain.errors import UserError
from perfdesk.domain.plan import ProgrammeEntry, SubProgrammeEntry
from perfdesk.i18n import N_
from perfdesk.services.editing.order import after_last, new_identity
from perfdesk.services.files.programme_sheets import key_of, parsed, read_list
from perfdesk.storage.store import Store
from perfdesk.tables.context import coded

__all__ = ["Imported", "Line", "Preview", "State", "import_list", "parsed", "preview", "read_list", "take_over"]


class State(StrEnum):
    """What an entry of a sheet is to the file's own list."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Line:
    """A programme of a sheet, or a sub-programme of it, as it would be taken over.

    ``before`` is what the file calls it, where that is something else.
    """

    code: str
    name: str
    state: State
    joint: bool | None = None
    is_sub: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; ``left`` are codes and names of the file that the sheet does not have, and that stay."""

    lines: tuple[Line, ...]
    left: tuple[str, ...]

    def count(self, state: State) -> int:
        """Return how many entries are so."""
        return sum(line.state is state for line in self.lines)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; ``left`` as in the preview."""

    added: int
    changed: int
    left: tuple[str, ...]


class _KnownList:
    """The file's own list: finds the entry that one of a sheet is."""

    def __init__(self, known: Sequence[ProgrammeEntry]) -> None:
        self.entries = known
        self._programmes = {key_of(one.code, one.name): one for one in known}
        # a sub-programme without a code is known by its name, under its own programme only
        self._owners = {
            key_of(sub.code, sub.name): (one, sub) for one in known for sub in one.sub_programmes if sub.code
        }

    def programme(self, entry: ProgrammeEntry) -> ProgrammeEntry | None:
        """Return the programme that one of a sheet is, if the file has it."""
        return self._programmes.get(key_of(entry.code, entry.name))

    def sub_programme(
        self, old: ProgrammeEntry | None, entry: ProgrammeEntry, sub: SubProgrammeEntry
    ) -> SubProgrammeEntry | None:
        """Return the sub-programme of a programme that one of a sheet is, if the file has it.

        Raises:
            UserError: the file has it under another programme.
        """
        owner, there = self._owners.get(key_of(sub.code, sub.name), (None, None))
        if owner is not None and owner is not old:
            raise UserError(
                N_("The sub-programme {code} stands under “{there}” in the file, under “{here}” in the sheet."),
                code=sub.code,
                there=owner.name,
                here=entry.name,
            )
        own = {key_of(one.code, one.name): one for one in (old.sub_programmes if old else ())}
        return own.get(key_of(sub.code, sub.name)) or there


def import_list(store: Store, source: Path) -> Imported:
    """Take over the programmes of a sheet; those of the file that the sheet does not have stay.

    What is in both is known by its code, or without one by its name, and keeps what refers to it.

    Raises:
        UserError: the sheet cannot be read, or contradicts itself or the file; nothing is changed then.
    """
    return take_over(store, read_list(source))


def preview(known: Sequence[ProgrammeEntry], entries: Iterable[ProgrammeEntry]) -> Preview:
    """Return what taking these programmes over into the file's own list would do.

    Raises:
        UserError: a sub-programme stands under another programme in the file.
    """
    listed = _KnownList(known)
    lines: list[Line] = []
    met: set[int] = set()
    met_subs: set[int] = set()
    for entry in entries:
        old = listed.programme(entry)
        joint = _joint(entry, old)
        lines.append(_line(entry, old, _fields(entry, joint=joint), joint=joint))
        met |= {old.row} if old else set()
        for sub in entry.sub_programmes:
            old_sub = listed.sub_programme(old, entry, sub)
            lines.append(_line(sub, old_sub, _fields(sub), is_sub=True))
            met_subs |= {old_sub.row} if old_sub else set()
    left = []
    for one in known:
        if one.row not in met:
            left.append(coded(one.code, one.name))
        else:
            left += [coded(sub.code, sub.name) for sub in one.sub_programmes if sub.row not in met_subs]
    return Preview(tuple(lines), tuple(left))


def take_over(store: Store, entries: Iterable[ProgrammeEntry]) -> Imported:
    """Make programmes part of the file's list, in one step.

    Raises:
        UserError: a sub-programme stands under another programme in the file; nothing is changed then.
    """
    taken = tuple(entries)
    known = store.load().programme_list
    told = preview(known, taken)
    listed = _KnownList(known)
    order: list[int] = []
    with store.step(N_("import of the programme list")):
        for entry in taken:
            old = listed.programme(entry)
            row = _row(store, "programme_entry", old, {}, _fields(entry, joint=_joint(entry, old)))
            order.append(row)
            above = {"programme_entry": row}
            within = [
                _row(store, "sub_programme_entry", listed.sub_programme(old, entry, sub), above, _fields(sub))
                for sub in entry.sub_programmes
            ]
            rest = [one.row for one in (old.sub_programmes if old else ()) if one.row not in within]
            store.reorder("sub_programme_entry", [*within, *rest])
        store.reorder("programme_entry", [*order, *(one.row for one in known if one.row not in order)])
    return Imported(told.count(State.NEW), told.count(State.CHANGED), told.left)


def _joint(entry: ProgrammeEntry, old: ProgrammeEntry | None) -> bool | None:
    """Return whether a programme is joint; what the sheet does not say stays as it is."""
    return entry.joint if entry.joint is not None or old is None else old.joint


def _fields(entry: ProgrammeEntry | SubProgrammeEntry, **others: object) -> Mapping[str, object]:
    return {"code": entry.code, "name": entry.name, **others}


def _line(
    entry: ProgrammeEntry | SubProgrammeEntry,
    old: ProgrammeEntry | SubProgrammeEntry | None,
    fields: Mapping[str, object],
    *,
    joint: bool | None = None,
    is_sub: bool = False,
) -> Line:
    state = State.NEW if old is None else State.CHANGED if _differs(old, fields) else State.SAME
    before = coded(old.code, old.name) if old is not None and state is State.CHANGED else ""
    return Line(entry.code, entry.name, state, joint, is_sub, before)


def _differs(old: ProgrammeEntry | SubProgrammeEntry, fields: Mapping[str, object]) -> bool:
    return any(getattr(old, name) != value for name, value in fields.items())


def _row(
    store: Store,
    table: str,
    old: ProgrammeEntry | SubProgrammeEntry | None,
    above: Mapping[str, int],
    fields: Mapping[str, object],
) -> int:
    """Write an entry of the list and return its row."""
    if old is None:
        place = after_last(store, table, **above)
        return store.insert(table, identity=new_identity(table), position=place, **above, **fields)
    if _differs(old, fields):
        store.update(table, old.row, **fields)
    return old.row
