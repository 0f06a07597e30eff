"""Finds what cannot be used without a mouse or without eyes: no name, no way there by Tab, two for one letter."""

from collections import defaultdict
from collections.abc import Iterator

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QKeySequence, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QFileDialog,
    QGroupBox,
    QLabel,
    QMainWindow,
    QMenu,
    QMenuBar,
    QScrollArea,
    QTabBar,
    QWidget,
)
from PySide6.QtPrintSupport import QAbstractPrintDialog
from tests.gui.walking import Stop

# Qt's own insides, of which the program has no say
FOREIGN = (QFileDialog, QAbstractPrintDialog)
# how far a field may stand above the one before it, in pixels: both are in one line
_LINE = 24


def focusable(root: QWidget) -> list[QWidget]:
    """Return what the keyboard can be in, in the order of Tab."""
    chain, here = [], root
    while True:
        here = here.nextInFocusChain()
        if here is None or here is root:
            break
        chain.append(here)
    return [
        widget
        for widget in chain
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.window() is root.window()
        and widget.focusProxy() is None
        and not widget.objectName().startswith("qt_")
    ]


def spoken(widget: QWidget) -> str:
    """Return the name that is read out."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name)).strip() if interface is not None else ""


def nameless(stop: Stop) -> Iterator[str]:
    """Yield the fields, lists and buttons that have no name to be read out."""
    if not isinstance(stop.shown, FOREIGN):
        for widget in focusable(stop.shown):
            if not spoken(widget) and not _is_frame(widget):
                yield f"{stop.name}: {called(widget)} has no name"


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
    for widget in focusable(stop.shown):
        if not _is_frame(widget):
            parts[_part(widget, stop.shown)].append(widget)
    for part, widgets in parts.items():
        for one, other in zip(widgets, widgets[1:], strict=False):
            before, after = one.mapTo(part, QPoint()), other.mapTo(part, QPoint())
            up = before.y() - after.y()
            if up > _LINE and not _is_next_column(one, other, before, after):
                yield f"{stop.name}: Tab goes up {up} from {called(one)} to {called(other)}"
            elif abs(up) <= _LINE // 2 and after.x() < before.x() and up >= 0:
                yield f"{stop.name}: Tab goes left from {called(one)} to {called(other)}"


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
