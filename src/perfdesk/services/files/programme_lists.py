"""The list of budget programmes from a sheet: shown beside the file's own before it is taken over in one step."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from perfdesk.domain import turkish
from perfdesk.domain.errors import UserError
from perfdesk.domain.plan import ProgrammeEntry, SubProgrammeEntry
from perfdesk.i18n import N_
from perfdesk.services.editing.order import after_last, new_identity
from perfdesk.services.files.programme_sheets import key_of, read_list
from perfdesk.services.files.sheet_state import State
from perfdesk.storage.store import Store
from perfdesk.tables.context import coded

_Entry = TypeVar("_Entry", ProgrammeEntry, SubProgrammeEntry)


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


@dataclass(frozen=True, slots=True)
class _Pair:
    """A programme as it would be taken over, what it is in the file, and the same of its sub-programmes."""

    entry: ProgrammeEntry
    old: ProgrammeEntry | None
    subs: tuple[tuple[SubProgrammeEntry, SubProgrammeEntry | None], ...]


def import_list(store: Store, source: Path) -> Imported:
    """Take over the programmes of a sheet; those of the file that the sheet does not have stay.

    What is in both is known by its code, or by its name where the file or the sheet has no code for it, and keeps what
    refers to it and its place. What is new stands by its code among it.

    Raises:
        UserError: the sheet cannot be read, or contradicts itself or the file; nothing is changed then.
    """
    return take_over(store, read_list(source))


def preview(known: Sequence[ProgrammeEntry], entries: Iterable[ProgrammeEntry]) -> Preview:
    """Return what taking these programmes over into the file's own list would do.

    Raises:
        UserError: a sub-programme stands under another programme in the file.
    """
    lines: list[Line] = []
    met: set[int] = set()
    met_subs: set[int] = set()
    for pair in _pairs(known, tuple(entries)):
        lines.append(_line(pair.entry, pair.old))
        met |= {pair.old.row} if pair.old else set()
        for sub, old_sub in pair.subs:
            lines.append(_line(sub, old_sub))
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
    with store.step(N_("import of the programme list")):
        taken_over = []
        for pair in _pairs(known, taken):
            row = _row(store, "programme_entry", pair.entry, pair.old)
            taken_over.append((row, pair.entry.code))
            subs = [
                (_row(store, "sub_programme_entry", sub, old_sub, programme_entry=row), sub.code)
                for sub, old_sub in pair.subs
            ]
            store.reorder("sub_programme_entry", _ordered(pair.old.sub_programmes if pair.old else (), subs))
        store.reorder("programme_entry", _ordered(known, taken_over))
    return Imported(told.count(State.NEW), told.count(State.CHANGED), told.left)


def _ordered(known: Sequence[ProgrammeEntry | SubProgrammeEntry], taken: Sequence[tuple[int, str]]) -> list[int]:
    """Return the order of the rows, given those of the file and those of a sheet with their codes.

    What the file has stays in the order it was given there. What is new stands by its code among it, as does what gets
    its code only now; without one it stands behind what it follows in the sheet.
    A list without codes begins with what has one.
    """
    codes = {one.row: one.code for one in known} | {row: code for row, code in taken if code}
    order = [one.row for one in known if one.code or not codes[one.row]]
    before: int | None = None
    for row, code in taken:
        if row not in order:
            order.insert(_place(order, codes, code, before), row)
        before = row
    return order


def _place(order: Sequence[int], codes: Mapping[int, str], code: str, before: int | None) -> int:
    """Return where a new row belongs: a list need not be in the order of its codes, so that the nearest one tells."""
    if not code:
        return len(order) if before is None else order.index(before) + 1
    key = _code_order(code)
    keys = [(_code_order(codes[row]), at) for at, row in enumerate(order) if codes.get(row)]
    lower = max((one for one in keys if one[0] <= key), default=None)
    if lower is not None:
        return lower[1] + 1
    return min(keys, default=(key, 0))[1]


def _code_order(code: str) -> tuple[tuple[int, object], ...]:
    """Return a key by which codes follow each other: "71.2" comes before "71.10"."""
    pieces = re.findall(r"\d+|\D+", code)
    return tuple((0, int(piece)) if piece.isdecimal() else (1, turkish.sort_key(piece)) for piece in pieces)


def _pairs(known: Sequence[ProgrammeEntry], entries: Sequence[ProgrammeEntry]) -> list[_Pair]:
    """Return the programmes of a sheet beside what they are in the file's own list.

    Raises:
        UserError: a sub-programme stands under another programme in the file.
    """
    owners = {key_of(sub.code, sub.name): one for one in known for sub in one.sub_programmes if sub.code}
    pairs = []
    for entry, old in _beside(known, entries):
        for sub in entry.sub_programmes:
            owner = owners.get(key_of(sub.code, sub.name))
            if owner is not None and owner is not old:
                raise UserError(
                    N_("The sub-programme {code} stands under “{there}” in the file, under “{here}” in the sheet."),
                    code=sub.code,
                    there=owner.name,
                    here=entry.name,
                )
        subs = _beside(old.sub_programmes if old else (), entry.sub_programmes)
        # what the sheet does not say stays as it is
        joint = old.joint if old is not None and entry.joint is None else entry.joint
        pairs.append(_Pair(replace(entry, joint=joint), old, tuple(subs)))
    return pairs


def _beside(known: Sequence[_Entry], entries: Sequence[_Entry]) -> list[tuple[_Entry, _Entry | None]]:
    """Return entries of a sheet as they would be taken over, each with the one that it is in the file, if any.

    Codes may be on one side only: a list that was typed without them meets the official sheet, or the other way round.
    The name tells then, as long as nothing else on either side could be meant by it.
    """
    keyed = {key_of(one.code, one.name): one for one in known}
    found = [keyed.get(key_of(entry.code, entry.name)) for entry in entries]
    taken = {old.row for old in found if old is not None}
    pairs = []
    for entry, by_key in zip(entries, found, strict=True):
        old = by_key
        if old is None and len(_named(entries, entry.name, is_coded=bool(entry.code))) == 1:
            others = _named(known, entry.name, is_coded=not entry.code)
            old = others[0] if len(others) == 1 and others[0].row not in taken else None
        # a sheet without codes takes none away
        pairs.append((replace(entry, code=old.code) if old is not None and not entry.code else entry, old))
    return pairs


def _named(entries: Iterable[_Entry], name: str, *, is_coded: bool) -> list[_Entry]:
    """Return the entries of a name that have a code, or those that have none."""
    key = key_of("", name)
    return [one for one in entries if key_of("", one.name) == key and bool(one.code) is is_coded]


def _fields(entry: ProgrammeEntry | SubProgrammeEntry) -> Mapping[str, object]:
    fields = {"code": entry.code, "name": entry.name}
    return {**fields, "joint": entry.joint} if isinstance(entry, ProgrammeEntry) else fields


def _line(entry: ProgrammeEntry | SubProgrammeEntry, old: ProgrammeEntry | SubProgrammeEntry | None) -> Line:
    state = State.NEW if old is None else State.CHANGED if _differs(old, entry) else State.SAME
    before = coded(old.code, old.name) if old is not None and state is State.CHANGED else ""
    is_sub = isinstance(entry, SubProgrammeEntry)
    joint = entry.joint if isinstance(entry, ProgrammeEntry) else None
    return Line(entry.code, entry.name, state, joint, is_sub, before)


def _differs(old: ProgrammeEntry | SubProgrammeEntry, entry: ProgrammeEntry | SubProgrammeEntry) -> bool:
    return any(getattr(old, name) != value for name, value in _fields(entry).items())


def _row(
    store: Store,
    table: str,
    entry: ProgrammeEntry | SubProgrammeEntry,
    old: ProgrammeEntry | SubProgrammeEntry | None,
    **above: int,
) -> int:
    """Write an entry of the list and return its row."""
    if old is None:
        place = after_last(store, table, **above)
        return store.insert(table, identity=new_identity(table), position=place, **above, **_fields(entry))
    if _differs(old, entry):
        store.update(table, old.row, **_fields(entry))
    return old.row
