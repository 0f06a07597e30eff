"""How the list of findings looks: a letter in the colour of its severity, the whole sentence, quiet counts."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from perfdesk.gui import badge, colours
from perfdesk.gui.accent_tree import AccentTree
from perfdesk.gui.findings import words
from perfdesk.gui.findings.grouping import Group, Line, LineKey
from perfdesk.gui.findings.model import GROUP_ROLE, LINE_ROLE, FindingsModel, Index
from perfdesk.i18n import _

# in pixels of the desktop's scale: above and below a line, beside the letter
_AIR: Final = 4
_GAP: Final = 6
# as much of a reason as can be read in passing; the tooltip has it all
_REASON_LINES: Final = 3
_WRAP: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
# heights that are kept; those of a former width are of no use any more
_MOST_KEPT: Final = 20_000


class FindingsView(AccentTree):
    """The tree. ``wanted`` carries the finding that Enter or a double click means.

    ``current_changed`` tells that another one is in hand, ``menu_wanted`` where its menu is to open.
    """

    wanted = Signal(object)
    current_changed = Signal()
    menu_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings = FindingsModel(self)
        self.setModel(self.findings)
        self.setItemDelegate(_Delegate(self))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(14)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # a click on a heading folds it; that on a finding chooses it
        self.setExpandsOnDoubleClick(False)
        self.setAccessibleName(_("Findings"))
        self.selectionModel().currentChanged.connect(lambda *_indexes: self.current_changed.emit())
        self.findings.rowsInserted.connect(self._unfold)
        self.findings.modelReset.connect(self.expandAll)

    @property
    def line(self) -> Line | None:
        """The finding in hand."""
        return self.findings.line(self.currentIndex())

    def choose(self, key: LineKey) -> bool:
        """Take a finding in hand, and bring it into sight; return whether it is in the list."""
        return self._choose(self.findings.find(key), QAbstractItemView.ScrollHint.EnsureVisible)

    def choose_group(self, key: str) -> bool:
        """Take the first finding of a group in hand, with the group in sight."""
        group = self.findings.find_group(key)
        found = self._choose(self.findings.index(0, 0, group), QAbstractItemView.ScrollHint.EnsureVisible)
        self.scrollTo(group, QAbstractItemView.ScrollHint.PositionAtTop)
        return found

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these groups, nearly those of before; in place of what has left its group the next in sight is taken.

        Where none follows it is the one before, also in another group.
        """
        before, group = self.line, self.findings.group(self.currentIndex())
        lines = list(self.findings.all_lines()) if before is not None else []
        self.findings.show(groups)
        if before is None or group is None:
            return
        own = self.findings.group(self.findings.find(before.key))
        if own is not None and own.key == group.key:
            # where the groups came in another order it is in hand no more by itself
            if self.line is None:
                self.choose(before.key)
            return
        at = next(at for at, line in enumerate(lines) if line.key == before.key)
        around = (*lines[at + 1 :], *reversed(lines[:at]))
        self._take_nearest(around, is_accepted=group.is_accepted)

    def _take_nearest(self, around: Sequence[Line], *, is_accepted: bool) -> None:
        """Take the first of these in hand that is in sight and counts as what has left did; none where none is."""
        for line in around:
            index = self.findings.find(line.key)
            found = self.findings.group(index)
            if found is not None and found.is_accepted == is_accepted and self.isExpanded(index.parent()):
                self._choose(index, QAbstractItemView.ScrollHint.EnsureVisible)
                return
        self.setCurrentIndex(QModelIndex())

    def begin(self) -> None:
        """Put the keyboard into the list, with a finding in hand."""
        self._take_first()
        self.setFocus()

    def _take_first(self) -> None:
        if not self.currentIndex().isValid():
            first = self.findings.index(0, 0, self.findings.index(0, 0))
            self._choose(first, QAbstractItemView.ScrollHint.EnsureVisible)

    def _choose(self, index: QModelIndex, hint: QAbstractItemView.ScrollHint) -> bool:
        if index.isValid():
            self.setExpanded(index.parent(), True)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index, hint)
        return index.isValid()

    def _unfold(self, parent: QModelIndex, first: int, last: int) -> None:
        if not parent.isValid():
            for row in range(first, last + 1):
                self.setExpanded(self.findings.index(row, 0), True)

    # --- hands ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self._want(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self.findings.line(at) is not None:
            self._want(self.currentIndex())
        else:
            super().mouseDoubleClickEvent(event)

    def _want(self, index: QModelIndex) -> None:
        line = self.findings.line(index)
        if line is not None:
            self.wanted.emit(line)
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        corner = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            if not index.isValid():
                return
            self.setCurrentIndex(index)
        else:
            corner = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        if self.line is not None:
            self.menu_wanted.emit(corner)

    # --- looks ------------------------------------------------------------------------------------------------------

    def room(self, index: Index) -> int:
        """Return how wide a line is, whether it is in sight or not."""
        levels = 2 if index.data(LINE_ROLE) is not None else 1
        return self.viewport().width() - levels * self.indentation()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            # sentences break elsewhere
            self.scheduleDelayedItemsLayout()
        if event.size().height() < event.oldSize().height() and self.currentIndex().isValid():
            # what is said of the finding in hand has taken room
            self.scrollTo(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            # a click takes what is under it, which must not scroll away before
            self._take_first()


_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier


class _Delegate(QStyledItemDelegate):
    """Paints headings in bold with their counts, findings with their letters; sentences take the lines they need."""

    def __init__(self, view: FindingsView) -> None:
        super().__init__(view)
        self._view = view
        # of texts in a width; measuring thousands of them anew with each edit would hold up the keys
        self._heights: dict[tuple[str, int, int], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        shown: Any = option
        line, metrics = index.data(LINE_ROLE), shown.fontMetrics
        if line is None:
            return QSize(0, metrics.height() + 3 * _AIR)
        width = self._view.room(index) - badge.side(metrics) - 3 * _GAP
        height = self._height(metrics, str(index.data()), width)
        reason = _reason(line)
        if reason:
            height += min(self._height(metrics, reason, width), _REASON_LINES * metrics.lineSpacing())
        return QSize(0, max(height, badge.side(metrics)) + 2 * _AIR)

    def _height(self, metrics: QFontMetrics, text: str, width: int) -> int:
        known = (text, width, metrics.height())
        if known not in self._heights:
            if len(self._heights) > _MOST_KEPT:
                self._heights.clear()
            self._heights[known] = metrics.boundingRect(QRect(0, 0, max(width, 1), 1 << 16), _WRAP, text).height()
        return self._heights[known]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Any = QStyleOptionViewItem(option)  # PySide6's stubs do not know its fields
        self.initStyleOption(shown, index)
        shown.state &= ~QStyle.StateFlag.State_HasFocus
        widget = shown.widget
        widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, shown, painter, widget)
        painter.save()
        line = index.data(LINE_ROLE)
        if line is None:
            _paint_heading(painter, shown, index)
        else:
            self._paint_line(painter, shown, line, str(index.data()))
        painter.restore()

    def _paint_line(self, painter: QPainter, shown: Any, line: Line, sentence: str) -> None:
        palette, metrics = shown.widget.palette(), shown.fontMetrics
        severity, side = line.item.finding.severity, badge.side(metrics)
        colour = colours.muted(palette) if line.item.acceptance else badge.colour(severity, palette)
        place = QRect(shown.rect.left() + _GAP, shown.rect.top() + _AIR, side, side)
        painter.setFont(shown.font)
        badge.paint(painter, place, words.letter(severity), badge.tones(colour, palette))
        room = shown.rect.adjusted(side + 2 * _GAP, _AIR, -_GAP, -_AIR)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(room, _WRAP, sentence)
        reason = _reason(line)
        if reason:
            painter.setPen(colours.muted(palette))
            room.setTop(room.top() + self._height(metrics, sentence, room.width()))
            painter.setClipRect(room)
            painter.drawText(room, _WRAP, reason)


def _paint_heading(painter: QPainter, shown: Any, index: Index) -> None:
    palette, group = shown.widget.palette(), index.data(GROUP_ROLE)
    room = shown.rect.adjusted(_GAP, 0, -_GAP, 0)
    bold = QFont(shown.font)
    bold.setBold(True)
    measured = QFontMetrics(bold)
    told = group.told()
    if measured.horizontalAdvance(group.title) + shown.fontMetrics.horizontalAdvance(told) + 2 * _GAP > room.width():
        # the title has the room; the tooltip has the words
        told = words.in_letters(group)
    width = shown.fontMetrics.horizontalAdvance(told)
    painter.setPen(colours.muted(palette))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), told)
    painter.setFont(bold)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    left = room.adjusted(0, 0, -width - 2 * _GAP, 0)
    title = measured.elidedText(group.title, Qt.TextElideMode.ElideRight, left.width())
    painter.drawText(left, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), title)


def _reason(line: Line) -> str:
    acceptance = line.item.acceptance
    return _("accepted: {reason}").format(reason=acceptance.reason) if acceptance is not None else ""
