"""All texts that a widget and what is in it shows, says in tooltips, or tells those who do not see it."""

import html
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex
from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QProgressDialog,
    QSpinBox,
    QStatusBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

_TAGS = re.compile(r"<(style|head)\b.*?</\1>|<[^>]*>", re.DOTALL)
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
# long tables say the same again and again
_ROWS = 400


class Shown(NamedTuple):
    """A text, and where it is: the widget's kind and name, and what of it."""

    text: str
    where: str


def shown_texts(root: QWidget) -> Iterator[Shown]:
    """Yield the texts of a widget and of all in it that can be seen, each once."""
    known = set()
    for widget in (root, *root.findChildren(QWidget)):
        if widget is not root and (not widget.isVisible() or _is_apart(widget, root)):
            continue
        for what, text in _texts(widget):
            plain = _plain(text)
            if plain and plain not in known:
                known.add(plain)
                yield Shown(plain, f"{type(widget).__name__} {widget.objectName()} {what}")


def _is_apart(widget: QWidget, root: QWidget) -> bool:
    """Whether a widget is a window of its own, or is in one."""
    return widget.window() is not root.window()


def _plain(text: object) -> str:
    """Return a text as it is read: without tags and mnemonics."""
    if not isinstance(text, str):
        return ""
    if Qt.mightBeRichText(text):
        text = html.unescape(_TAGS.sub("", text))
    return text.strip()


def without_mnemonic(text: str) -> str:
    """Return a text without the sign before the letter that is pressed with Alt; "&&" stays a sign."""
    return re.sub(r"&(.)", r"\1", text)


def _texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield from (
        ("tooltip", widget.toolTip()),
        ("status tip", widget.statusTip()),
        ("what's this", widget.whatsThis()),
        ("accessible name", widget.accessibleName()),
        ("accessible description", widget.accessibleDescription()),
    )
    if widget.isWindow():
        yield "title", widget.windowTitle()
    match widget:
        case QLabel() | QAbstractButton():
            yield "text", without_mnemonic(widget.text())
        case QComboBox():
            yield from (("item", widget.itemText(at)) for at in range(widget.count()))
            yield "text", widget.currentText()
        case QLineEdit():
            yield from (("placeholder", widget.placeholderText()), ("text", widget.text()))
        case QPlainTextEdit():
            yield from (("placeholder", widget.placeholderText()), ("text", widget.toPlainText()))
        case QTextEdit():
            # a page of help: its paragraphs
            yield "placeholder", widget.placeholderText()
            yield from (("text", line) for line in widget.toPlainText().split("\n"))
        case QGroupBox():
            yield "title", without_mnemonic(widget.title())
        case QTabBar():
            for at in range(widget.count()):
                yield from (("tab", without_mnemonic(widget.tabText(at))), ("tooltip of a tab", widget.tabToolTip(at)))
        case QSpinBox():
            yield from (("prefix", widget.prefix()), ("suffix", widget.suffix()))
        case QMenu():
            yield from (pair for action in widget.actions() for pair in _of_action(action))
        case QHeaderView():
            yield from _of_head(widget)
        case QAbstractItemView():
            yield from _of_model(widget.model(), QModelIndex())
        case QStatusBar():
            yield "message", widget.currentMessage()
        case QMainWindow() | QDialog() | QProgressDialog():
            pass
    if not isinstance(widget, QMenu):
        yield from (pair for action in widget.actions() for pair in _of_action(action))


def _of_action(action: QAction) -> Iterator[tuple[str, str]]:
    yield "command", without_mnemonic(action.text())
    yield "command's button", without_mnemonic(action.iconText())
    yield "command's tooltip", action.toolTip()
    yield "command's status tip", action.statusTip()
    yield "shortcut", action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)


def _of_head(head: QHeaderView) -> Iterator[tuple[str, str]]:
    model = head.model()
    if model is None:
        return
    # a vertical head is hidden or has numbers
    for at in range(head.count() if head.orientation() == Qt.Orientation.Horizontal else 0):
        yield from (("head", model.headerData(at, head.orientation(), role)) for role in _ROLES)


def _of_model(model: QAbstractItemModel | None, above: Any) -> Iterator[tuple[str, str]]:
    if model is None:
        return
    for row in range(min(model.rowCount(above), _ROWS)):
        # a list's model has no columns to ask for
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(above)):
            index = model.index(row, column, above)
            yield from (("item", index.data(role)) for role in _ROLES)
            if not column:
                yield from _of_model(model, index)
