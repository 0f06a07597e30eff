"""The outline: the book's table of contents as a tree, from the cover to the annexes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from perfdesk.domain.plan import Goal
from perfdesk.domain.programme import Municipality, SubProgramme, Target
from perfdesk.domain.resources import ResourceTable
from perfdesk.i18n import N_, _
from perfdesk.services.places import COVER, LAYOUT, PICTURES, UNITS, Key
from perfdesk.tables import catalogue
from perfdesk.tables.context import Context, coded
from perfdesk.tables.form import OutlinePart
from perfdesk.tables.outline import printed_parts

MARK_ROLE: Final = int(Qt.ItemDataRole.UserRole)
EMPTY: Final = N_("empty")
FILLED: Final = "✓"
PARTLY: Final = "◐"
# what is computed from other parts is neither filled nor empty by itself
_COMPUTED: Final = ("resource_need", "responsible_units")

Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True)
class Entry:
    """An entry of the outline: what it is about, its text, a mark at the right, and what is below it."""

    kind: str
    id: str
    text: str
    strong: bool = False
    mark: str = ""
    children: list["Entry"] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """What it is about."""
        return (self.kind, self.id)

    def walk(self) -> Iterator["Entry"]:
        """Yield this entry and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def entries(municipality: Municipality, ctx: Context | None) -> list[Entry]:
    """Return the outline: the cover with what belongs to every year, and the parts of the year's form."""
    cover = Entry(*COVER, _("Cover and identity"), strong=True)
    cover.children = [
        Entry(*UNITS, _("Spending units"), mark=_mark(municipality.units)),
        Entry(*PICTURES, _("Pictures"), mark=_mark(municipality.pictures)),
    ]
    top = [cover]
    if ctx is None:
        return top
    cover.children.append(Entry(*LAYOUT, _("Print layout")))
    for part, printed, *_rest in printed_parts(ctx):
        # as in the book, without the sign that joins it to the title there
        number = printed.rstrip("-.")
        text = part.title if part.level > 1 or not number else f"{number} · {part.title}"
        entry = Entry("part", part.key, f"{number} {text}".strip() if part.level > 1 else text, strong=part.level == 1)
        if part.level > 1:
            top[-1].children.append(entry)
        else:
            top.append(entry)
        entry.children = list(_below(ctx, part))
        if part.holds not in _COMPUTED and (part.holds or part.unnumbered or part.level > 1):
            entry.mark = FILLED if has_content(ctx, part) else _(EMPTY)
    known = {part.key for part in ctx.layout.form.outline}
    for section in ctx.programme.sections:
        if section.key not in known:
            # a part that the municipality has added
            name = section.title or _("Part without a title")
            top.append(Entry("part", section.key, name, strong=True, mark=_mark(section.blocks)))
    return top


def has_content(ctx: Context, part: OutlinePart) -> bool:
    """Whether anything has been entered for a part itself."""
    programme = ctx.programme
    if any(section.key == part.key and section.blocks for section in programme.sections):
        return True
    plan = ctx.municipality.plan_of(programme.year)
    match part.holds:
        case "resource_tables":
            return bool(tables_of(ctx, part))
        case "policy_documents":
            return bool(programme.policy_documents)
        case "goals":
            return plan is not None and bool(plan.goals or plan.mission or plan.vision or plan.values)
        case "targets":
            return bool(programme.targets)
    return False


def goal_of(ctx: Context, target: Target) -> Goal | None:
    """Return the goal a target stands under."""
    return ctx.objectives.get(target.objective, (None, None))[0]


def tables_of(ctx: Context, part: OutlinePart) -> list[ResourceTable]:
    """Return the resource tables that stand in a part."""
    form = ctx.layout.form
    return [table for table in ctx.programme.resource_tables if catalogue.part_of(form, table) is part]


def _below(ctx: Context, part: OutlinePart) -> Iterator[Entry]:
    match part.holds:
        case "resource_tables":
            for table in tables_of(ctx, part):
                name = table.caption or _("Table without a caption")
                yield Entry("resource_table", str(table.row), name, mark=_mark(table.rows))
        case "targets":
            yield from _goals(ctx)
            yield from _sub_programmes(ctx)


def _goals(ctx: Context) -> list[Entry]:
    """Return the plan's goals with their targets of the year."""
    plan = ctx.municipality.plan_of(ctx.programme.year)
    goals: dict[str, Entry] = {}
    for goal in plan.goals if plan else ():
        name = _("Goal {code} · {title}").format(code=ctx.codes.goals[goal.id], title=goal.title)
        goals[goal.id] = Entry("goal", goal.id, name)
    for target in ctx.programme.targets:
        found = goal_of(ctx, target)
        id_ = found.id if found else ""
        if id_ not in goals:
            goals[id_] = Entry("goal", id_, _("Without a goal"))
        text = coded(ctx.codes.targets[target.id], target.title)
        goals[id_].children.append(Entry("target", target.id, text, mark=_holder_mark(target)))
    for entry in goals.values():
        entry.mark = "" if entry.children else _(EMPTY)
    return list(goals.values())


def _sub_programmes(ctx: Context) -> Iterator[Entry]:
    names = {
        sub.id: coded(sub.code, sub.name) for entry in ctx.municipality.programme_list for sub in entry.sub_programmes
    }
    for sub in ctx.programme.sub_programmes:
        yield Entry("sub_programme", sub.sub_programme, names[sub.sub_programme], mark=_holder_mark(sub))


def _holder_mark(holder: Target | SubProgramme) -> str:
    if bool(holder.indicators) != bool(holder.activities):
        return PARTLY
    return _mark(holder.indicators)


def _mark(content: Sequence[object]) -> str:
    return FILLED if content else _(EMPTY)


class OutlineModel(QAbstractItemModel):
    """Shows the entries; a text that became another one does not fold the tree."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._top: list[Entry] = []
        # by the number an index carries: the entry, its parent's number, its row
        self._flat: list[tuple[Entry, int, int]] = []
        self._numbers: dict[Key, int] = {}

    def show(self, top: list[Entry]) -> bool:
        """Show these entries; return whether the tree had to be built anew (``modelAboutToBeReset`` tells before)."""
        flat: list[tuple[Entry, int, int]] = []
        _flatten(top, -1, flat)
        same = [(e.key, parent, row) for e, parent, row in self._flat] == [(e.key, p, row) for e, p, row in flat]
        if not same:
            self.beginResetModel()
        before, self._top, self._flat = self._flat, top, flat
        if not same:
            self._numbers = {entry.key: number for number, (entry, _parent, _row) in enumerate(flat)}
            self.endResetModel()
            return True
        for n, (entry, _parent, row) in enumerate(flat):
            old = before[n][0]
            if (old.text, old.mark) != (entry.text, entry.mark):
                at = self.createIndex(row, 0, n)
                self.dataChanged.emit(at, at)
        return False

    def entry(self, index: Index) -> Entry | None:
        """Return the entry at an index."""
        return self._flat[index.internalId()][0] if index.isValid() else None

    def find(self, key: Key) -> QModelIndex:
        """Return the index of an entry, invalid where there is none."""
        number = self._numbers.get(key)
        return QModelIndex() if number is None else self.createIndex(self._flat[number][2], 0, number)

    def keys(self, kind: str) -> list[Key]:
        """Return the entries of a kind in the order of the outline."""
        return [entry.key for entry, _parent, _row in self._flat if entry.kind == kind]

    def all_keys(self) -> list[Key]:
        """Return all entries in their order."""
        return [entry.key for entry, _parent, _row in self._flat]

    # --- what Qt asks -----------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's default
        children = self._children(parent)
        if column or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, self._numbers[children[row].key])

    def parent(self, index: Index = QModelIndex()) -> Any:  # type: ignore[override] # noqa: B008 - Qt's default; QObject's too
        if not index.isValid():
            return QModelIndex()
        above = self._flat[index.internalId()][1]
        return QModelIndex() if above < 0 else self.createIndex(self._flat[above][2], 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return len(self._children(parent))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, ARG002 - Qt's own default
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index)
        if entry is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.text
            case Qt.ItemDataRole.ToolTipRole:
                return f"{entry.text} ({entry.mark})" if entry.mark else entry.text
            case Qt.ItemDataRole.FontRole if entry.strong:
                font = QFont(QApplication.font())
                font.setBold(True)
                return font
        return entry.mark if role == MARK_ROLE else None

    def _children(self, parent: Index) -> list[Entry]:
        entry = self.entry(parent)
        return self._top if entry is None else entry.children


def _flatten(level: list[Entry], parent: int, flat: list[tuple[Entry, int, int]]) -> None:
    for row, entry in enumerate(level):
        flat.append((entry, parent, row))
        _flatten(entry.children, len(flat) - 1, flat)
