"""Finds what cannot be used without a mouse or without eyes: no name, no way there by Tab, two for one letter."""

import itertools
from collections import defaultdict
from collections.abc import Iterator

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QKeySequence, Qt
from PySide6.QtPrintSupport import QAbstractPrintDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QFileDialog,
    QGroupBox,
    QLabel,
    QMainWindow,
    QMenu,
    QMenuBar,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QWidget,
)
from tests.gui.walking import Stop, settle

from perfdesk.gui.grid.grid_section import GridSection
from perfdesk.gui.window.outline_view import OutlineView

# Qt's own insides, of which the program has no say
FOREIGN = (QFileDialog, QAbstractPrintDialog)
# how far a field may stand above the one before it, in pixels: both are in one line
_LINE = 24
# no form has so many fields
_MOST = 500


def tab_order(root: QWidget) -> list[QWidget]:
    """Go through a window by Tab and return what had the keyboard, from the first.

    Grids, in which Tab goes from cell to cell, count as one. Qt is not asked for the chain itself: Python would take
    each of its widgets for a child of the one before.
    """
    order: list[QWidget] = []
    while len(order) < _MOST:
        QWidget.focusNextPrevChild(root, True)
        here = root.focusWidget()
        if here is None or here in order:
            break
        order.append(here)
    first = min(range(len(order)), key=lambda at: _place(order[at], root), default=0)
    return order[first:] + order[:first]


def _place(widget: QWidget, root: QWidget) -> tuple[int, int]:
    at = widget.mapTo(root, QPoint())
    return (at.y(), at.x())


def focusable(root: QWidget) -> list[QWidget]:
    """Return what the keyboard can be in."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.window() is root.window()
        and widget.focusProxy() is None
        and not widget.objectName().startswith("qt_")
        and not _is_frame(widget)
    ]


def unreachable(stop: Stop) -> Iterator[str]:
    """Yield what Tab never comes to; in a group of radio buttons it comes to the chosen one."""
    if isinstance(stop.shown, (*FOREIGN, QMenu)):
        return
    reached = tab_order(stop.shown)
    for widget in focusable(stop.shown):
        if widget not in reached and not isinstance(widget, QRadioButton):
            yield f"{stop.name}: Tab does not come to {called(widget)} “{spoken(widget)}”"


def spoken(widget: QWidget) -> str:
    """Return the name that is read out."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name)).strip() if interface is not None else ""


def nameless(stop: Stop) -> Iterator[str]:
    """Yield the fields, lists and buttons that have no name to be read out."""
    if not isinstance(stop.shown, FOREIGN):
        for widget in focusable(stop.shown):
            if not spoken(widget):
                yield f"{stop.name}: {called(widget)} has no name"


def is_seen(widget: QWidget) -> bool:
    """Whether a widget looks different while it has the keyboard."""
    # as the key itself says; some styles show nothing to those who use the mouse
    widget.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    widget.clearFocus()
    settle()
    without = widget.grab().toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    return bool(widget.grab().toImage() != without)


def called(widget: QWidget) -> str:
    """Return how a widget is found in the sources."""
    above = widget.parentWidget()
    return f"{type(widget).__name__} {above.objectName() if above else ''}/{widget.objectName()}"


def _is_frame(widget: QWidget) -> bool:
    """Whether a widget only holds others, which have names."""
    return isinstance(widget, QScrollArea)


def lost_labels(stop: Stop) -> Iterator[str]:
    """Yield the labels whose letter leads nowhere."""
    for label in stop.shown.findChildren(QLabel):
        if label.isVisible() and not QKeySequence.mnemonic(label.text()).isEmpty() and label.buddy() is None:
            yield f"{stop.name}: label “{label.text()}” ({called(label)}) has no buddy"


def ambiguous(stop: Stop) -> Iterator[str]:
    """Yield the letters that stand for two things which are in sight at once."""
    if isinstance(stop.shown, FOREIGN):
        return
    said: dict[str, list[str]] = defaultdict(list)
    for text, widget in _with_mnemonics(stop.shown):
        key = QKeySequence.mnemonic(text).toString()
        if key:
            said[key].append(f"{text!r} ({called(widget)})")
    for key, texts in sorted(said.items()):
        if len(texts) > 1:
            yield f"{stop.name}: {key} stands for {' and '.join(texts)}"


def _with_mnemonics(root: QWidget) -> Iterator[tuple[str, QWidget]]:
    if isinstance(root, QMenu):
        yield from ((action.text(), root) for action in root.actions() if action.isVisible())
        return
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not root.window() or not widget.isEnabled():
            continue
        match widget:
            case QMenuBar():
                yield from ((action.text(), widget) for action in widget.actions())
            case QLabel() if widget.buddy() is not None:
                yield widget.text(), widget
            case QAbstractButton():
                yield widget.text(), widget
            case QGroupBox():
                yield widget.title(), widget
            case QTabBar():
                yield from ((widget.tabText(at), widget) for at in range(widget.count()))


def disorderly(stop: Stop) -> Iterator[str]:
    """Yield where Tab goes back up: within each part of the window it goes down, and right in a line."""
    if isinstance(stop.shown, (*FOREIGN, QMenu)):
        return
    parts: dict[QWidget, list[QWidget]] = defaultdict(list)
    for widget in tab_order(stop.shown):
        if not _is_frame(widget):
            parts[_part(widget, stop.shown)].append(widget)
    for part, widgets in parts.items():
        for one, other in itertools.pairwise(widgets):
            if (section := _section(one)) is not None and section is _section(other):
                # from the grid to its commands, which stand above it: on them what is typed would press them
                continue
            if isinstance(other, OutlineView):
                # from the last pane, at the right, to the first
                continue
            before, after = one.mapTo(part, QPoint()), other.mapTo(part, QPoint())
            up = before.y() - after.y()
            if up > _LINE and not _is_next_column(one, other, before, after):
                yield f"{stop.name}: Tab goes up {up} from {called(one)} to {called(other)}"
            elif abs(up) <= _LINE // 2 and after.x() < before.x() and up >= 0:
                yield f"{stop.name}: Tab goes left from {called(one)} to {called(other)}"


def _section(widget: QWidget) -> GridSection | None:
    here: QWidget | None = widget
    while here is not None and not isinstance(here, GridSection):
        here = here.parentWidget()
    return here


def _is_next_column(one: QWidget, other: QWidget, before: QPoint, after: QPoint) -> bool:
    return after.x() >= before.x() + one.width() and one is not other


def _part(widget: QWidget, root: QWidget) -> QWidget:
    """Return the part of the window that a widget stands in: a page that scrolls, or what Qt lays out."""
    here = widget.parentWidget()
    while here is not None and here is not root:
        if isinstance(here.parentWidget(), QAbstractScrollArea | QMainWindow) or here.inherits("QToolBar"):
            return here
        here = here.parentWidget()
    return root
