"""The programmes and sub-programmes that a sheet names.

Forgiving about how the columns are headed and about cells that are left empty below a programme, strict about a sheet
that contradicts itself. What is refused says in which row and column.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from perfdesk.domain import texts, turkish
from perfdesk.domain.errors import UserError
from perfdesk.domain.plan import ProgrammeEntry, SubProgrammeEntry
from perfdesk.exchange import sheets
from perfdesk.exchange.sheets import SheetRow
from perfdesk.i18n import N_, _
from perfdesk.services.files.bringing import content_of

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


class _Line(NamedTuple):
    """A row of the sheet: its number, and by the names of the columns what it says there and their letters."""

    number: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]

    def says(self, name: str) -> str:
        """Return what stands in a column, "" where the sheet lacks it."""
        return self.cells.get(name, "")


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


def read_list(source: Path) -> tuple[ProgrammeEntry, ...]:
    """Return the programmes of a sheet, in its order; they have no identity yet.

    Raises:
        UserError: the sheet cannot be read, or contradicts itself.
    """
    return parsed(sheets.read_sheet(content_of(source)))


def parsed(rows: list[SheetRow]) -> tuple[ProgrammeEntry, ...]:
    """Return the programmes that the rows of a sheet name.

    Raises:
        UserError: the columns are not there, or the rows contradict each other.
    """
    at, columns = _columns(rows)
    letters = {name: sheets.letter(index) for name, index in columns.items()}
    found: dict[str, _Programme] = {}
    above: _Programme | None = None
    codes: dict[str, _Sub] = {}
    for row in rows[at + 1 :]:
        line = _Line(row.number, {name: _cell(row, index) for name, index in columns.items()}, letters)
        if not any(line.cells.values()):
            continue
        if line.says(_CODE) or line.says(_NAME):
            above = _programme(found, line)
        if above is None:
            raise UserError(
                N_("Row {row}, column {column}: the sub-programme stands under no programme."),
                row=line.number,
                column=line.letters[_SUB_NAME],
            )
        _set_joint(above, line)
        if line.says(_SUB_CODE) or line.says(_SUB_NAME):
            _sub_programme(above, codes, line)
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
    if "ortak" in joined or joined.startswith("joint"):
        return _JOINT
    if not joined.startswith(("program", "prog", "altprog", "butceprogram", "subprog")):
        return ""
    is_coded = any(word.startswith(("kod", "code")) or word == "no" for word in words)
    coded = is_coded or joined.endswith(("kodu", "kod"))
    if joined.startswith(("alt", "sub")):
        return _SUB_CODE if coded else _SUB_NAME
    return _CODE if coded else _NAME


def _cell(row: SheetRow, index: int) -> str:
    return texts.typed(" ".join(row.cells[index].split())) if index < len(row.cells) else ""


def _programme(found: dict[str, _Programme], line: _Line) -> _Programme:
    code, name = line.says(_CODE), line.says(_NAME)
    one = found.get(key_of(code, name))
    if one is None:
        if not name:
            raise UserError(
                N_("Row {row}, column {column}: the programme {code} has no name."),
                row=line.number,
                column=line.letters[_NAME],
                code=code,
            )
        other = next((other for other in found.values() if _folded(other.name) == _folded(name)), None)
        if other is not None:
            raise UserError(
                N_("Rows {first} and {row}, column {column}, give the programme “{name}” two codes."),
                first=other.row,
                row=line.number,
                column=line.letters.get(_CODE, line.letters[_NAME]),
                name=name,
            )
        one = found[key_of(code, name)] = _Programme(code, name, line.number)
    elif name and _folded(one.name) != _folded(name):
        raise UserError(
            N_("Rows {first} and {row}, column {column}, give the programme {code} two names: “{one}” and “{other}”."),
            first=one.row,
            row=line.number,
            column=line.letters[_NAME],
            code=code,
            one=one.name,
            other=name,
        )
    return one


def _set_joint(one: _Programme, line: _Line) -> None:
    text = line.says(_JOINT)
    folded = _folded(text)
    if not folded:
        return
    if folded not in _YES | _NO:
        raise UserError(
            N_(
                "Row {row}, column {column}: “{text}” does not say whether the programme is joint; write Evet or Hayır."
            ),
            row=line.number,
            column=line.letters[_JOINT],
            text=text,
        )
    joint = folded in _YES
    if one.joint is not None and one.joint != joint:
        raise UserError(
            N_("Row {row}, column {column}: the programme “{name}” is joint here and not in a row above."),
            row=line.number,
            column=line.letters[_JOINT],
            name=one.name,
        )
    one.joint = joint


def _sub_programme(above: _Programme, codes: dict[str, _Sub], line: _Line) -> None:
    code, name = line.says(_SUB_CODE), line.says(_SUB_NAME)
    key = key_of(code, name)
    one = above.subs.get(key)
    # activities below a sub-programme repeat it
    if one is not None:
        if name and _folded(one.name) != _folded(name):
            raise UserError(
                N_(
                    "Rows {first} and {row}, column {column}, give the sub-programme {code} two names: “{one}” and "
                    "“{other}”."
                ),
                first=one.row,
                row=line.number,
                column=line.letters[_SUB_NAME],
                code=code,
                one=one.name,
                other=name,
            )
        return
    if code and key in codes:
        raise UserError(
            N_("Rows {first} and {row}, column {column}, put the sub-programme {code} under two programmes."),
            first=codes[key].row,
            row=line.number,
            column=line.letters[_SUB_CODE],
            code=code,
        )
    if not name:
        raise UserError(
            N_("Row {row}, column {column}: the sub-programme {code} has no name."),
            row=line.number,
            column=line.letters[_SUB_NAME],
            code=code,
        )
    above.subs[key] = codes[key] = _Sub(code, name, line.number)


def key_of(code: str, name: str) -> str:
    """Return what an entry is known by; a code and a name are never taken for each other."""
    return f"code {_folded(code)}" if code else f"name {_folded(name)}"


def _folded(text: str) -> str:
    return " ".join(turkish.fold(text).split())
