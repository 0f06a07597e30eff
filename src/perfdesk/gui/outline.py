"""The outline: the book's table of contents as a tree, from the cover to the annexes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from perfdesk.domain.plan import Goal
from perfdesk.domain.programme import Target
from perfdesk.gui import colours
from perfdesk.i18n import N_, _
from perfdesk.tables import catalogue
from perfdesk.tables.context import Context, coded
from perfdesk.tables.form import OutlinePart
from perfdesk.tables.outline import printed_parts

MARK_ROLE: Final = int(Qt.ItemDataRole.UserRole)
# between the lines, in pixels
_AIR: Final = 6
EMPTY: Final = N_("empty")

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
    def key(self) -> tuple[str, str]:
        """What it is about."""
        return (self.kind, self.id)

    def walk(self) -> Iterator["Entry"]:
        """Yield this entry and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def entries(ctx: Context | None) -> list[Entry]:
    """Return the outline of a programme: the cover, and the parts of its form."""
    top = [Entry("cover", "", _("Cover and identity"), strong=True)]
    if ctx is None:
        return top
    for part, printed, *_rest in printed_parts(ctx):
        # as in the book, without the sign that joins it to the title there
        number = printed.rstrip("-.")
        text = part.title if part.level > 1 or not number else f"{number} · {part.title}"
        entry = Entry("part", part.key, f"{number} {text}".strip() if part.level > 1 else text, strong=part.level == 1)
        if part.level > 1 and top:
            top[-1].children.append(entry)
        else:
            top.append(entry)
        if part.holds == "targets":
            entry.children = _goals(ctx)
        if not has_content(ctx, part) and (part.holds or part.unnumbered or part.level > 1):
            entry.mark = _(EMPTY)
    return top


def has_content(ctx: Context, part: OutlinePart) -> bool:
    """Whether anything has been entered for a part itself."""
    programme = ctx.programme
    if any(section.key == part.key and section.blocks for section in programme.sections):
        return True
    plan = ctx.municipality.plan_of(programme.year)
    match part.holds:
        case "resource_tables":
            form = ctx.layout.form
            return any(catalogue.part_of(form, table) is part for table in programme.resource_tables)
        case "policy_documents":
            return bool(programme.policy_documents)
        case "goals":
            return plan is not None and bool(plan.goals)
        case "targets" | "resource_need" | "responsible_units":
            return bool(programme.targets)
    return False


def goal_of(ctx: Context, target: Target) -> Goal | None:
    """Return the goal a target stands under."""
    return ctx.objectives.get(target.objective, (None, None))[0]


def _goals(ctx: Context) -> list[Entry]:
    """Return the goals with their targets; a goal without a target this year is left out."""
    goals: dict[str, Entry] = {}
    for target in ctx.programme.targets:
        goal = goal_of(ctx, target)
        id_ = goal.id if goal else ""
        if id_ not in goals:
            name = _("Goal {code} · {title}").format(code=ctx.codes.goals[id_], title=goal.title) if goal else ""
            goals[id_] = Entry("goal", id_, name or _("Without a goal"))
        goals[id_].children.append(Entry("target", target.id, coded(ctx.codes.targets[target.id], target.title)))
    return list(goals.values())


class OutlineModel(QAbstractItemModel):
    """Shows the entries; a text that became another one does not fold the tree."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._top: list[Entry] = []
        # by the number an index carries: the entry, its parent's number, its row
        self._flat: list[tuple[Entry, int, int]] = []

    def show(self, top: list[Entry]) -> bool:
        """Show these entries; return whether the tree had to be built anew."""
        flat: list[tuple[Entry, int, int]] = []
        _flatten(top, -1, flat)
        same = [(e.key, parent, row) for e, parent, row in self._flat] == [(e.key, p, row) for e, p, row in flat]
        if not same:
            self.beginResetModel()
        before, self._top, self._flat = self._flat, top, flat
        if not same:
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

    def find(self, kind: str, id_: str) -> QModelIndex:
        """Return the index of an entry, invalid where there is none."""
        for n, (entry, _parent, row) in enumerate(self._flat):
            if entry.key == (kind, id_):
                return self.createIndex(row, 0, n)
        return QModelIndex()

    def targets(self) -> list[str]:
        """Return the ids of the targets in the order of the outline."""
        return [entry.id for entry, _parent, _row in self._flat if entry.kind == "target"]

    # --- what Qt asks -----------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's default
        children = self._children(parent)
        if column or not 0 <= row < len(children):
            return QModelIndex()
        wanted = children[row]
        number = next(n for n, (entry, _parent, _row) in enumerate(self._flat) if entry is wanted)
        return self.createIndex(row, 0, number)

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


class OutlineDelegate(QStyledItemDelegate):
    """Paints an entry's mark quietly at the right, and the chosen entry with a bar of the accent."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), size.height() + _AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Any = QStyleOptionViewItem(option)  # PySide6's stubs do not know its fields
        self.initStyleOption(shown, index)
        widget = shown.widget
        palette = widget.palette()
        chosen = bool(shown.state & QStyle.StateFlag.State_Selected)
        if chosen:
            # from edge to edge, whatever the depth
            row = shown.rect.adjusted(-shown.rect.left(), 0, 0, 0)
            painter.fillRect(row, colours.tint(palette, 0.14))
            painter.fillRect(row.left(), row.top(), 3, row.height(), palette.color(QPalette.ColorRole.Highlight))
        shown.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        mark = index.data(MARK_ROLE)
        if mark:
            quiet = colours.muted(palette)
            room = shown.fontMetrics.horizontalAdvance(mark) + 12
            place = shown.rect.adjusted(shown.rect.width() - room, 0, -6, 0)
            shown.rect = shown.rect.adjusted(0, 0, -room, 0)
            painter.setPen(quiet)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), mark)
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, widget)
