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
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
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
    for kind, texts in _OF_KIND.items():
        if isinstance(widget, kind):
            yield from texts(widget)
    if not isinstance(widget, QMenu):
        yield from _of_actions(widget)


def _of_label(label: QLabel | QAbstractButton) -> Iterator[tuple[str, str]]:
    yield "text", without_mnemonic(label.text())


def _of_combo(combo: QComboBox) -> Iterator[tuple[str, str]]:
    yield from (("item", combo.itemText(at)) for at in range(combo.count()))
    yield "text", combo.currentText()


def _of_line(line: QLineEdit) -> Iterator[tuple[str, str]]:
    yield from (("placeholder", line.placeholderText()), ("text", line.text()))


def _of_text(text: QPlainTextEdit | QTextEdit) -> Iterator[tuple[str, str]]:
    yield "placeholder", text.placeholderText()
    yield from (("text", line) for line in text.toPlainText().split("\n"))


def _of_group(group: QGroupBox) -> Iterator[tuple[str, str]]:
    yield "title", without_mnemonic(group.title())


def _of_tabs(tabs: QTabBar) -> Iterator[tuple[str, str]]:
    for at in range(tabs.count()):
        yield from (("tab", without_mnemonic(tabs.tabText(at))), ("tooltip of a tab", tabs.tabToolTip(at)))


def _of_spin(spin: QSpinBox) -> Iterator[tuple[str, str]]:
    yield from (("prefix", spin.prefix()), ("suffix", spin.suffix()))


def _of_view(view: QAbstractItemView) -> Iterator[tuple[str, str]]:
    # a head is a view as well, of its own kind
    if not isinstance(view, QHeaderView):
        yield from _of_model(view.model(), QModelIndex())


def _of_status(status: QStatusBar) -> Iterator[tuple[str, str]]:
    yield "message", status.currentMessage()


def _of_actions(widget: QWidget) -> Iterator[tuple[str, str]]:
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


_OF_KIND = {
    QLabel: _of_label,
    QAbstractButton: _of_label,
    QComboBox: _of_combo,
    QLineEdit: _of_line,
    QPlainTextEdit: _of_text,
    QTextEdit: _of_text,
    QGroupBox: _of_group,
    QTabBar: _of_tabs,
    QSpinBox: _of_spin,
    QHeaderView: _of_head,
    QAbstractItemView: _of_view,
    QStatusBar: _of_status,
    QMenu: _of_actions,
}
