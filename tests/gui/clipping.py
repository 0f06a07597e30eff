"""Finds what is cut off, squeezed, lies over something else or cannot be reached in what the window shows.

Run as a program it walks everything on a screen of its own and prints what it finds, a line of JSON each: the scale of
a screen is set once for a process.
"""

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from babel.support import Translations
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QFontMetricsF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMenuBar,
    QMessageBox,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTextEdit,
    QToolBar,
    QToolButton,
    QWidget,
)
from tests.gui import walking
from tests.gui.shown_texts import without_mnemonic

from perfdesk import i18n, paths
from perfdesk.gui import application
from perfdesk.gui.fields.text_field import ElidedLabel
from perfdesk.gui.layout.layout_example import LayoutExample
from perfdesk.gui.preview.sheet import PageView

# what rounding to whole pixels may take
_SLACK = 1
_WRAP = int(Qt.TextFlag.TextWordWrap)
_NO_END = 1_000_000
# what the system draws around a window: its edges, and its title above
_EDGES = QSize(2, 30)
# in milliseconds
_MOMENT = 50
_TRIES = 6
# paper is looked at as it is, and moved about
_SIDEWAYS = (LayoutExample, PageView)
# Qt's own insides, of which the program has no say
_FOREIGN = (QFileDialog,)


class Clipped(NamedTuple):
    """What is cut: where on the walk, which widget, what it says, and what is wrong with it."""

    stop: str
    widget: str
    text: str
    why: str


def clipped(stop: walking.Stop) -> Iterator[Clipped]:
    """Yield what is cut off in what a stop of the walk shows."""
    root = stop.shown
    if isinstance(root, _FOREIGN):
        return
    for why in _too_large(root):
        yield Clipped(stop.name, _name(root), root.windowTitle(), why)
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and widget.window() is root.window():
            for why in _wrong(widget):
                yield Clipped(stop.name, _name(widget), _said(widget), why)
    yield from (Clipped(stop.name, *found) for found in _overlapping(root))


def lasting(stop: walking.Stop) -> list[Clipped]:
    """Return what is cut off and stays so when tables and texts have found their heights."""
    found = list(clipped(stop))
    for _try in range(_TRIES):
        if not found:
            break
        QTest.qWait(_MOMENT)
        found = [one for one in clipped(stop) if one in found]
    return found


def _name(widget: QWidget) -> str:
    parts: list[str] = []
    here: QWidget | None = widget
    while here is not None and len(parts) < 3:
        if here.objectName() and not here.objectName().startswith("qt_"):
            parts.insert(0, here.objectName())
        here = here.parentWidget()
    return f"{type(widget).__name__} {'/'.join(parts)}"


def _said(widget: QWidget) -> str:
    for what in ("text", "currentText", "title", "placeholderText", "accessibleName"):
        said = getattr(widget, what, None)
        if callable(said) and isinstance(said(), str) and said():
            return str(said())[:100]
    return ""


def _too_large(root: QWidget) -> Iterator[str]:
    """Yield why a window does not fit on its screen."""
    screen = root.screen().availableSize() - (_EDGES if not isinstance(root, QMenu) else QSize())
    for what, size in (("is", root.size()), ("cannot be smaller than", root.minimumSizeHint())):
        if isinstance(root, QMenu) and what != "is":
            continue
        if size.width() > screen.width() or size.height() > screen.height():
            yield f"{what} {size.width()}×{size.height()}, the screen has {screen.width()}×{screen.height()}"


def _wrong(widget: QWidget) -> Iterator[str]:
    for kind, check in _CHECKS.items():
        if isinstance(widget, kind):
            yield from check(widget)
    yield from _outside(widget)


def _outside(widget: QWidget) -> Iterator[str]:
    """Yield why a part of a widget cannot be seen, nor scrolled to."""
    above = widget.parentWidget()
    if above is None or widget.isWindow() or isinstance(above.parentWidget(), QAbstractScrollArea | QMainWindow):
        return
    if isinstance(above, QAbstractScrollArea | QToolBar | QTabBar | QComboBox) or _is_inside(widget):
        return
    right, below = widget.geometry().right() + 1, widget.geometry().bottom() + 1
    if widget.x() < -_SLACK or right > above.width() + _SLACK:
        yield f"reaches from {widget.x()} to {right} in {above.width()} of {_name(above)}"
    if below > above.height() + _SLACK:
        yield f"ends at {below} in a height of {above.height()} of {_name(above)}"
    least = widget.minimumSizeHint()
    if widget in _laid_out(above):
        if least.isValid() and widget.height() < min(least.height(), widget.maximumHeight()) - _SLACK:
            yield f"is squeezed to a height of {widget.height()}, needs {least.height()}"
        if least.isValid() and widget.width() < min(least.width(), widget.maximumWidth()) - _SLACK:
            yield f"is squeezed to a width of {widget.width()}, needs {least.width()}"


def _laid_out(above: QWidget) -> list[QWidget]:
    """Return the widgets that a widget's layout places, in whatever layouts within it.

    The layouts' items are not asked for: their wrappers outlive them, and an event at the same address would be taken
    for one of them.
    """
    layout = above.layout()
    if layout is None:
        return []
    layouts = [layout, *layout.findChildren(QLayout)]
    children = above.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [child for child in children if any(one.indexOf(child) >= 0 for one in layouts)]


def _is_inside(widget: QWidget) -> bool:
    """Whether a widget is a part of another one's making."""
    return isinstance(widget, QScrollBar | QSplitterHandle | QHeaderView) or widget.objectName().startswith("qt_")


# --- kinds of widgets -------------------------------------------------------------------------------------------------


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text or isinstance(label, ElidedLabel):
        return
    margins = label.contentsMargins()
    room = label.contentsRect().width() - 2 * label.margin() - max(label.indent(), 0)
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + _SLACK:
            yield f"needs a height of {needed} at its width of {label.width()}, has {label.height()}"
        if not Qt.mightBeRichText(text) and _longest_word(label.fontMetrics(), text) > room + _SLACK:
            yield f"has a word of {_longest_word(label.fontMetrics(), text)} in a width of {room}"
        return
    needed_size = label.sizeHint()
    if needed_size.width() > label.width() + _SLACK:
        yield f"needs a width of {needed_size.width()}, has {label.width()}"
    if needed_size.height() > label.height() + _SLACK + margins.top() + margins.bottom():
        yield f"needs a height of {needed_size.height()}, has {label.height()}"


def _longest_word(metrics: QFontMetrics, text: str) -> int:
    words = re.split(r"[\s/\\-]+", without_mnemonic(text))
    return max(map(metrics.horizontalAdvance, words), default=0)


def _button(button: QAbstractButton) -> Iterator[str]:
    needed = button.sizeHint()
    is_of_bar = isinstance(button, QToolButton) and button.text() == "" and not button.icon().isNull()
    if button.text() and not is_of_bar and needed.width() > button.width() + _SLACK:
        yield f"needs a width of {needed.width()}, has {button.width()}"
    if button.text() and button.fontMetrics().lineSpacing() > button.height() + _SLACK:
        yield f"needs a height of {button.fontMetrics().lineSpacing()}, has {button.height()}"


def _combo(combo: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    style = combo.style()
    room = style.subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    text = combo.currentText()
    needed = combo.fontMetrics().horizontalAdvance(text)
    if needed > room.width() + _SLACK and combo.toolTip() != text:
        yield f"needs a width of {needed} for its text, has {room.width()}"


def _line(line: QLineEdit) -> Iterator[str]:
    needed = line.fontMetrics().horizontalAdvance(line.placeholderText())
    if not line.text() and needed > line.contentsRect().width():
        yield f"needs a width of {needed} for its placeholder, has {line.contentsRect().width()}"


def _text(field: QPlainTextEdit | QTextEdit) -> Iterator[str]:
    if isinstance(field, QPlainTextEdit) and not field.toPlainText() and field.placeholderText():
        size = field.viewport().size()
        needed = field.fontMetrics().boundingRect(QRect(0, 0, size.width(), _NO_END), _WRAP, field.placeholderText())
        if needed.height() > size.height():
            yield f"needs a height of {needed.height()} for its placeholder, has {size.height()}"


def _tabs(tabs: QTabBar) -> Iterator[str]:
    if tabs.sizeHint().width() > tabs.width() + _SLACK:
        yield f"needs a width of {tabs.sizeHint().width()}, has {tabs.width()}"


def _head(head: QHeaderView) -> Iterator[str]:
    model = head.model()
    if model is None or head.orientation() != Qt.Orientation.Horizontal:
        return
    for at in range(head.count()):
        text = model.headerData(at, head.orientation())
        if head.isSectionHidden(at) or not isinstance(text, str) or not text:
            continue
        room = head.sectionSize(at) - 2 * head.style().pixelMetric(QStyle.PixelMetric.PM_HeaderMargin, None, head)
        has_tip = bool(model.headerData(at, head.orientation(), Qt.ItemDataRole.ToolTipRole))
        wide = _longest_word(head.fontMetrics(), text)
        if wide > room + _SLACK and not has_tip:
            yield f"has {text!r} with a word of {wide} in a width of {room}"
        rect = head.fontMetrics().boundingRect(QRect(0, 0, max(room, 1), _NO_END), _WRAP, text)
        if rect.height() > head.height() and not has_tip:
            yield f"has {text!r} with a height of {rect.height()} in {head.height()}"


def _menu_bar(bar: QMenuBar) -> Iterator[str]:
    if bar.sizeHint().width() > bar.width() + _SLACK:
        yield f"needs a width of {bar.sizeHint().width()}, has {bar.width()}"


def _tool_bar(bar: QToolBar) -> Iterator[str]:
    hidden = [
        action.text()
        for action in bar.actions()
        if action.isVisible() and not action.isSeparator() and not bar.widgetForAction(action).isVisible()
    ]
    if hidden:
        yield f"has no room for {', '.join(map(repr, hidden))}"


def _scrolled(area: QScrollArea) -> Iterator[str]:
    content = area.widget()
    hidden = content.width() - area.viewport().width() if content is not None else 0
    if hidden > _SLACK and not isinstance(area, _SIDEWAYS):
        widest = max(content.findChildren(QWidget), key=_least, default=content)
        yield f"is {hidden} too narrow for its content, of which the widest is {_name(widest)}"


def _least(widget: QWidget) -> int:
    return widget.minimumSizeHint().width() if widget.isVisible() else 0


_CHECKS = {
    QLabel: _label,
    QAbstractButton: _button,
    QComboBox: _combo,
    QLineEdit: _line,
    QPlainTextEdit: _text,
    QTabBar: _tabs,
    QHeaderView: _head,
    QMenuBar: _menu_bar,
    QToolBar: _tool_bar,
    QScrollArea: _scrolled,
}


def _overlapping(root: QWidget) -> Iterator[tuple[str, str, str]]:
    """Yield neighbours of one layout that lie over each other."""
    for above in (root, *root.findChildren(QWidget)):
        if isinstance(above, QMessageBox) or not above.isVisible():
            continue
        shown = [child for child in _laid_out(above) if child.isVisible()]
        for n, one in enumerate(shown):
            for other in shown[n + 1 :]:
                both = one.geometry().intersected(other.geometry())
                if both.width() > _SLACK and both.height() > _SLACK:
                    yield _name(one), _said(one), f"lies over {_name(other)} by {both.width()}×{both.height()}"


# --- as a program -----------------------------------------------------------------------------------------------------


class LongCatalogue:
    """Words that are longer, as those of another language may be: every word by three tenths."""

    def __init__(self, catalogue: Translations) -> None:
        self._catalogue = catalogue

    def ugettext(self, message: str) -> str:
        """Return a longer text; what the catalogue does not know stays as it is."""
        text = str(self._catalogue.ugettext(message))
        return text if text == message and " " not in message else longer(text)


def longer(text: str) -> str:
    """Return a text with every word longer by three tenths, but for places, tags, keys and suffixes of files.

    >>> longer("&Open “{file}” now")
    '&Openen “{file}” nowo'
    """
    return _KEPT_OR_WORD.sub(lambda found: found.group() if found.group("kept") else _longer_word(found.group()), text)


_KEPT_OR_WORD = re.compile(r"(?P<kept>\{[^}]*\}|<[^>]*>|\(\*[^)]*\)|\b(?:Ctrl|Alt|Shift)\b)|[^\W\d_]+(?:&[^\W\d_]+)?")


def _longer_word(word: str) -> str:
    plain = word.replace("&", "")
    return word + plain[1 : 1 + -(-len(plain) * 3 // 10)]


def main() -> None:
    """Walk on a screen as the arguments say and print what is cut off."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kind", default=walking.SAMPLE)
    parser.add_argument("--language", default="tr")
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--font", type=float, default=1)
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--screen", type=int, nargs=2, default=(1366, 768))
    parser.add_argument("--pictures", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        application_ = _application(Path(folder), given)
        # letters are as wide as those of the book's font on every machine: that is what there is room for
        font = application_.font()
        font.setPointSizeF(font.pointSizeF() * given.font / max(_wideness(font), 1))
        application_.setFont(font)
        i18n.set_language(given.language)
        catalogue = i18n._catalogue
        long = patch.object(i18n, "_catalogue", lambda language: LongCatalogue(catalogue(language)))
        if given.long:
            long.start()
        application.prepare(application_)
        for found in _walk(Path(folder), given, application_):
            print(json.dumps(found._asdict(), ensure_ascii=False), flush=True)
        print(json.dumps({"walked": True}))


def _wideness(font: QFont) -> float:
    """Return how wide a machine's font is beside the book's."""
    for file in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(paths.resource("fonts", file)))
    here, book = QFont(font), QFont(font)
    book.setFamilies(["Noto Sans"])
    for one in (here, book):
        # headings and totals need the most room
        one.setBold(True)
    text = "Performans hedefi ve göstergeleri"
    return QFontMetricsF(here).horizontalAdvance(text) / QFontMetricsF(book).horizontalAdvance(text)


def _application(folder: Path, given: argparse.Namespace) -> QApplication:
    """Return an application on a screen of the wanted size; it can be said only before there is one."""
    width, height = given.screen
    screens = folder / "screens.json"
    screen = {"name": "office", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96}
    screens.write_text(json.dumps({"screens": [screen]}))
    os.environ["QT_SCALE_FACTOR"] = str(given.scale)
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
    return QApplication(sys.argv[:1])


def _walk(folder: Path, given: argparse.Namespace, application_: QApplication) -> Iterator[Clipped]:
    room = application_.primaryScreen().availableSize() - _EDGES
    walk = walking.Walk(walking.make_file(folder, given.kind), (room.width(), room.height()), few=True)
    for number, stop in enumerate(walk.everything()):
        yield from lasting(stop)
        if given.pictures:
            given.pictures.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"[^\w ]", "_", stop.name)
            stop.shown.grab().save(str(given.pictures / f"{number:03} {name}.png"))
    walk.close()


if __name__ == "__main__":
    main()
