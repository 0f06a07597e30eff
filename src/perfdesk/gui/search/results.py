"""What was found, as rows: hits below headings, which name their kind and another year than the one in hand."""

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from perfdesk.i18n import _
from perfdesk.services.search.searching import Finds, Hit

HIT_ROLE: Final = int(Qt.ItemDataRole.UserRole)

Index = QModelIndex | QPersistentModelIndex


class ResultsModel(QAbstractListModel):
    """Headings and hits; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[str | Hit] = []

    def show(self, finds: Finds, year: int) -> None:
        """Show what was found; the kind of the best hit comes first."""
        groups: dict[tuple[int, str], list[Hit]] = {}
        for hit in finds.hits:
            groups.setdefault((hit.place.year, hit.kind), []).append(hit)
        self.beginResetModel()
        self.lines = []
        for (at, kind), hits in groups.items():
            self.lines += [_(kind) if at == year else f"{at} · {_(kind)}", *hits]
        self.endResetModel()

    def rows(self) -> list[int]:
        """Return the rows that hold hits."""
        return [row for row, line in enumerate(self.lines) if isinstance(line, Hit)]

    def hit(self, index: Index) -> Hit | None:
        """Return the hit at an index."""
        line = self.lines[index.row()] if index.isValid() else None
        return line if isinstance(line, Hit) else None

    # --- what Qt asks -----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.hit(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == HIT_ROLE:
            return line if isinstance(line, Hit) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title.text if isinstance(line, Hit) else line
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return spoken(line) if isinstance(line, Hit) else line
        return None


def spoken(hit: Hit) -> str:
    """Return a hit as one text, to be read out or shown whole."""
    return "\n".join(filter(None, (hit.title.text, excerpt(hit), where(hit))))


def excerpt(hit: Hit) -> str:
    """Return a hit's excerpt with what it is of."""
    return labelled(hit) + hit.excerpt.text


def labelled(hit: Hit) -> str:
    """Return what stands before a hit's excerpt."""
    return f"{_(hit.label)}: " if hit.label else ""


def where(hit: Hit) -> str:
    """Return what stands above a hit, and the other years that say the same."""
    years = ", ".join(map(str, hit.others))
    return " · ".join(filter(None, (hit.where, _("also {years}").format(years=years) if years else "")))
