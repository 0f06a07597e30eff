"""The list of budget programmes from a sheet: programmes with their sub-programmes, taken over in one step.

Forgiving about how the columns are headed and about cells that are left empty below a programme, strict about a sheet
that contradicts itself or the file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from perfdesk.domain import texts, turkish
from perfdesk.domain.errors import UserError, system_reason
from perfdesk.domain.plan import ProgrammeEntry, SubProgrammeEntry
from perfdesk.exchange import sheets
from perfdesk.exchange.sheets import SheetRow
from perfdesk.i18n import N_, _
from perfdesk.services.editing.order import after_last, new_identity
from perfdesk.storage.store import Store

# the columns in the order of the sheet that we ask for, by what they are called in a sentence
_CODE: Final = "code"
_NAME: Final = "name"
_SUB_CODE: Final = "sub_code"
_SUB_NAME: Final = "sub_name"
_JOINT: Final = "joint"
_HEADS: Final = {
    _CODE: N_("Programme code"),
    _NAME: N_("Programme name"),
    _SUB_CODE: N_("Sub-programme code"),
    _SUB_NAME: N_("Sub-programme name"),
    _JOINT: N_("Joint"),
}
_YES: Final = frozenset({"evet", "e", "x", "1", "var", "ortak", "dogru", "true"})
_NO: Final = frozenset({"hayir", "h", "0", "yok", "-", "yanlis", "false"})
# titles stand above the heads
_HEAD_WITHIN: Final = 30


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; ``left`` are codes and names of the file that the sheet does not have, and that stay."""

    added: int
    changed: int
    left: tuple[str, ...]


@dataclass(slots=True)
class _Sub:
    code: str
    name: str
    row: int


@dataclass(slots=True)
class _Programme:
    code: str
    name: str
    row: int
    joint: bool | None = None
    subs: dict[str, _Sub] = field(default_factory=dict)


def import_list(store: Store, source: Path) -> Imported:
    """Take over the programmes of a sheet; those of the file that the sheet does not have stay.

    What is in both is known by its code, or without one by its name, and keeps what refers to it.

    Raises:
        UserError: the sheet cannot be read, or contradicts itself or the file; nothing is changed then.
    """
    return take_over(store, read_list(source))


def read_list(source: Path) -> tuple[ProgrammeEntry, ...]:
    """Return the programmes of a sheet, in its order; they have no identity yet.

    Raises:
        UserError: the sheet cannot be read, or contradicts itself.
    """
    try:
        with source.open("rb") as opened:
            content = opened.read(sheets.MAX_BYTES + 1)
    except FileNotFoundError:
        raise UserError(N_("There is no file “{file}”."), file=source) from None
    except OSError as error:
        raise UserError(N_("“{file}” cannot be read: {reason}."), file=source, reason=system_reason(error)) from None
    return parsed(sheets.read_sheet(content))


def parsed(rows: list[SheetRow]) -> tuple[ProgrammeEntry, ...]:
    """Return the programmes that the rows of a sheet name.

    Raises:
        UserError: the columns are not there, or the rows contradict each other.
    """
    at, columns = _columns(rows)
    found: dict[str, _Programme] = {}
    above: _Programme | None = None
    codes: dict[str, _Sub] = {}
    for row in rows[at + 1 :]:
        cells = {name: _cell(row, index) for name, index in columns.items()}
        if not any(cells.values()):
            continue
        if cells.get(_CODE) or cells.get(_NAME):
            above = _programme(found, row.number, cells)
        if above is None:
            raise UserError(N_("Row {row}: the sub-programme stands under no programme."), row=row.number)
        _set_joint(above, row.number, cells.get(_JOINT, ""))
        if cells.get(_SUB_CODE) or cells.get(_SUB_NAME):
            _sub_programme(above, codes, row.number, cells)
    if not found:
        raise UserError(N_("The sheet holds no programme."))
    return tuple(
        ProgrammeEntry(
            "",
            one.code,
            one.name,
            one.joint,
            tuple(SubProgrammeEntry("", sub.code, sub.name) for sub in one.subs.values()),
        )
        for one in found.values()
    )


def take_over(store: Store, entries: Iterable[ProgrammeEntry]) -> Imported:
    """Make programmes part of the file's list, in one step.

    Raises:
        UserError: a sub-programme stands under another programme in the file; nothing is changed then.
    """
    known = store.load().programme_list
    programmes = {_key(one.code, one.name): one for one in known}
    # a sub-programme without a code is known by its name, under its own programme only
    owners = {_key(sub.code, sub.name): (one, sub) for one in known for sub in one.sub_programmes if sub.code}
    taken: set[int] = set()
    taken_subs: set[int] = set()
    counts = _Counts()
    order: list[int] = []
    with store.step(N_("import of the programme list")):
        for entry in entries:
            old = programmes.get(_key(entry.code, entry.name))
            joint = entry.joint if entry.joint is not None or old is None else old.joint
            row = _row(store, counts, "programme_entry", old, {}, code=entry.code, name=entry.name, joint=joint)
            order.append(row)
            taken.add(row)
            own = {_key(sub.code, sub.name): sub for sub in (old.sub_programmes if old else ())}
            within: list[int] = []
            for sub in entry.sub_programmes:
                key = _key(sub.code, sub.name)
                owner, there = owners.get(key, (None, None))
                if owner is not None and owner is not old:
                    raise UserError(
                        N_("The sub-programme {code} stands under “{there}” in the file, under “{here}” in the sheet."),
                        code=sub.code,
                        there=owner.name,
                        here=entry.name,
                    )
                above = {"programme_entry": row}
                known_sub = own.get(key) or there
                within.append(
                    _row(store, counts, "sub_programme_entry", known_sub, above, code=sub.code, name=sub.name)
                )
            taken_subs.update(within)
            rest = [one.row for one in (old.sub_programmes if old else ()) if one.row not in within]
            store.reorder("sub_programme_entry", [*within, *rest])
        store.reorder("programme_entry", [*order, *(one.row for one in known if one.row not in taken)])
    left = [_called(one.code, one.name) for one in known if one.row not in taken]
    left += [
        _called(s.code, s.name)
        for one in known
        if one.row in taken
        for s in one.sub_programmes
        if s.row not in taken_subs
    ]
    return Imported(counts.added, counts.changed, tuple(left))


@dataclass(slots=True)
class _Counts:
    added: int = 0
    changed: int = 0


def _row(
    store: Store,
    counts: _Counts,
    table: str,
    old: ProgrammeEntry | SubProgrammeEntry | None,
    above: Mapping[str, int],
    **fields: object,
) -> int:
    """Write an entry of the list and return its row."""
    if old is None:
        counts.added += 1
        place = after_last(store, table, **above)
        return store.insert(table, identity=new_identity(table), position=place, **above, **fields)
    if any(getattr(old, name) != value for name, value in fields.items()):
        counts.changed += 1
        store.update(table, old.row, **fields)
    return old.row


def _columns(rows: list[SheetRow]) -> tuple[int, dict[str, int]]:
    """Return where the heads are, and in which column each stands."""
    best: tuple[int, dict[str, int]] = (0, {})
    for at, row in enumerate(rows[:_HEAD_WITHIN]):
        columns: dict[str, int] = {}
        for index, text in enumerate(row.cells):
            name = _head(text)
            if name and name in columns:
                raise UserError(N_("Two columns are headed “{head}”."), head=_(_HEADS[name]))
            if name:
                columns[name] = index
        if len(columns) > len(best[1]):
            best = (at, columns)
    missing = [_(_HEADS[name]) for name in (_NAME, _SUB_NAME) if name not in best[1]]
    if missing:
        raise UserError(
            N_("The sheet lacks these columns: {missing}. It needs: {wanted}."),
            missing=", ".join(missing),
            wanted=", ".join(map(_, _HEADS.values())),
        )
    return best


def _head(text: str) -> str:
    """Return which column a head is that of; "" for one that we do not read."""
    words = "".join(letter if letter.isalnum() else " " for letter in turkish.fold(text)).split()
    joined = "".join(words)
    if not words or "faaliyet" in joined or len(joined) > len("altprogramsiniflandirmasikodu"):
        return ""
    if "ortak" in joined:
        return _JOINT
    if not joined.startswith(("program", "prog", "altprog", "butceprogram")):
        return ""
    coded = any(words_.startswith("kod") or words_ == "no" for words_ in words) or joined.endswith(("kodu", "kod"))
    if joined.startswith("alt"):
        return _SUB_CODE if coded else _SUB_NAME
    return _CODE if coded else _NAME


def _cell(row: SheetRow, index: int) -> str:
    return texts.typed(" ".join(row.cells[index].split())) if index < len(row.cells) else ""


def _programme(found: dict[str, _Programme], row: int, cells: Mapping[str, str]) -> _Programme:
    code, name = cells.get(_CODE, ""), cells.get(_NAME, "")
    one = found.get(_key(code, name))
    if one is None:
        if not name:
            raise UserError(N_("Row {row}: the programme {code} has no name."), row=row, code=code)
        other = next((other for other in found.values() if _folded(other.name) == _folded(name)), None)
        if other is not None:
            raise UserError(
                N_("Rows {first} and {row} give the programme “{name}” two codes."), first=other.row, row=row, name=name
            )
        one = found[_key(code, name)] = _Programme(code, name, row)
    elif name and _folded(one.name) != _folded(name):
        raise UserError(
            N_("Rows {first} and {row} give the programme {code} two names: “{one}” and “{other}”."),
            first=one.row,
            row=row,
            code=code,
            one=one.name,
            other=name,
        )
    return one


def _set_joint(one: _Programme, row: int, text: str) -> None:
    folded = _folded(text)
    if not folded:
        return
    if folded not in _YES | _NO:
        raise UserError(
            N_("Row {row}: “{text}” does not say whether the programme is joint; write Evet or Hayır."),
            row=row,
            text=text,
        )
    joint = folded in _YES
    if one.joint is not None and one.joint != joint:
        raise UserError(
            N_("Row {row}: the programme “{name}” is joint in one row and not in another."), row=row, name=one.name
        )
    one.joint = joint


def _sub_programme(above: _Programme, codes: dict[str, _Sub], row: int, cells: Mapping[str, str]) -> None:
    code, name = cells.get(_SUB_CODE, ""), cells.get(_SUB_NAME, "")
    key = _key(code, name)
    one = above.subs.get(key)
    # activities below a sub-programme repeat it
    if one is not None:
        if name and _folded(one.name) != _folded(name):
            raise UserError(
                N_("Rows {first} and {row} give the sub-programme {code} two names: “{one}” and “{other}”."),
                first=one.row,
                row=row,
                code=code,
                one=one.name,
                other=name,
            )
        return
    if code and key in codes:
        raise UserError(
            N_("Rows {first} and {row} put the sub-programme {code} under two programmes."),
            first=codes[key].row,
            row=row,
            code=code,
        )
    if not name:
        raise UserError(N_("Row {row}: the sub-programme {code} has no name."), row=row, code=code)
    above.subs[key] = codes[key] = _Sub(code, name, row)


def _key(code: str, name: str) -> str:
    """Return what an entry is known by; a code and a name are never taken for each other."""
    return f"code {_folded(code)}" if code else f"name {_folded(name)}"


def _folded(text: str) -> str:
    return " ".join(turkish.fold(text).split())


def _called(code: str, name: str) -> str:
    return f"{code} {name}".strip()
