"""Walks all that the window can show: every entry with its cards open, every dialog, menu, popup and page of help."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QInputDialog,
    QMenu,
    QMessageBox,
    QToolButton,
    QWidget,
)

from perfdesk import i18n, paths
from perfdesk.domain.errors import UserError
from perfdesk.gui import translator
from perfdesk.gui.dialogs import errors, written
from perfdesk.gui.dialogs.choose_table import ChooseTable
from perfdesk.gui.dialogs.new_file import NewFile
from perfdesk.gui.dialogs.new_year import NewYear
from perfdesk.gui.dialogs.restore import RestoreDialog
from perfdesk.gui.exporter import BOOK
from perfdesk.gui.help.help_window import show_help
from perfdesk.gui.main_window import MainWindow
from perfdesk.gui.pages.layout_page import LayoutPage
from perfdesk.gui.pages.need_page import NeedPage
from perfdesk.gui.pages.target_page import TargetPage
from perfdesk.gui.settings import Settings
from perfdesk.services import helping, importing, planning
from perfdesk.services.places import Key
from perfdesk.tables import total_resource_need

SAMPLE = "sample"
EMPTY = "empty"
# of entries of one kind only so many are walked where the text does not matter
FEW = 2


class Stop(NamedTuple):
    """Something to look at: what it is called, and the widget that shows it. It is gone when the walk goes on."""

    name: str
    shown: QWidget


def settle(turns: int = 4) -> None:
    """Let all that is due happen: layouts, timers of no length, deletions."""
    for _turn in range(turns):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wait_until(done: Callable[[], bool], longest: float = 30) -> None:
    """Let events happen until something is so."""
    late: list[bool] = []
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(lambda: late.append(True))
    timer.start(int(longest * 1000))
    while not done():
        QApplication.processEvents()
        assert not late, "it did not come about"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let the window speak a language."""
    before = i18n.language()
    i18n.set_language(language)
    translator.install(QApplication.instance())
    try:
        yield
    finally:
        i18n.set_language(before)
        translator.install(QApplication.instance())


def make_file(folder: Path, kind: str) -> Path:
    """Make the file to walk through: the sample, or one in which nothing has been entered."""
    file = folder / f"{kind}.perfdesk"
    if kind == SAMPLE:
        importing.import_file(paths.resource("sample", "guneycam.json"), file)
    else:
        planning.new_file(file, name="Güneyçam Belediyesi", kind="town", year=2027)
    return file


class Walk:
    """A window on a file, and the ways through it.

    Args:
        file: the file to open.
        size: the window's size.
        few: of entries of one kind only the first ones are visited.
    """

    def __init__(self, file: Path, size: tuple[int, int] = (1366, 740), *, few: bool = False) -> None:
        self.file = file
        self.few = few
        settings = Settings(file.with_suffix(".ini"))
        settings.backup_folder = file.parent / "backups"
        self.window = MainWindow(settings)
        self.window.resize(*size)
        self.window.show()
        settle()

    def close(self) -> None:
        """Close the window and all that is still open."""
        self.window.close()
        self.window.deleteLater()
        settle()

    def everything(self) -> Iterator[Stop]:
        """Yield all there is."""
        yield from self.start()
        self.open()
        yield from self.entries()
        yield from self.menus()
        yield from self.popups()
        yield from self.dialogs()
        yield from self.help()

    # --- the window ---------------------------------------------------------------------------------------------------

    def start(self) -> Iterator[Stop]:
        """Yield the start page, without recent files and with some, one of them gone."""
        yield Stop("start page", self.window)
        self.window.files._recent.opened(self.file, "Güneyçam Belediyesi")
        self.window.files._recent.opened(self.file.with_name("yok.perfdesk"), "")
        self.window.files.show_recent()
        settle()
        yield Stop("start page with recent files", self.window)

    def open(self) -> None:
        """Open the file."""
        self.window.open_path(self.file)
        settle()

    def keys(self) -> list[Key]:
        """Return the entries to visit."""
        keys = self.window._outline.all_keys()
        if not self.few:
            return keys
        kinds = [kind if kind != "part" else id_ for kind, id_ in keys]
        return [key for n, key in enumerate(keys) if kinds[:n].count(kinds[n]) < FEW]

    def entries(self) -> Iterator[Stop]:
        """Yield every entry of the outline with all there is of its form."""
        for key in self.keys():
            self.window.go_to(key)
            settle()
            yield from self._views(key)

    def _views(self, key: Key) -> Iterator[Stop]:
        page, name = self.window.pages.page, ":".join(key)
        match page:
            case TargetPage():
                for action in (page.show_indicator_card, page.show_activity_card, page.all_codes, page.weights):
                    action.setChecked(True)
                settle()
                yield Stop(f"{name} with cards", self.window)
                page.show_cost_form.setChecked(True)
                settle()
                yield Stop(f"{name} with the official form", self.window)
                for action in (page.show_cost_form, page.all_codes, page.weights):
                    action.setChecked(False)
            case NeedPage():
                page.ui.show_others.setChecked(True)
                settle()
                yield Stop(name, self.window)
            case LayoutPage():
                yield from self._settings(page)
            case _:
                yield Stop(name, self.window)

    def _settings(self, page: LayoutPage) -> Iterator[Stop]:
        kinds = set()
        for key in page.ui.settings.shown_keys():
            kind = page._settings[key].setting.kind
            if not self.few or kind not in kinds:
                kinds.add(kind)
                page.ui.settings.put(key)
                settle()
                yield Stop(f"layout, setting {key}", self.window)

    def menus(self) -> Iterator[Stop]:
        """Yield the menus of the menu bar."""
        for action in self.window.ui.menubar.actions():
            yield from self._menu(action.menu(), action.text())

    def page_menus(self) -> Iterator[Stop]:
        """Yield the menus of the buttons of the form shown."""
        for button in self.window.pages.findChildren(QToolButton):
            if button.menu() is not None and button.isVisible():
                yield from self._menu(button.menu(), button.text())

    def _menu(self, menu: QMenu, name: str) -> Iterator[Stop]:
        menu.popup(self.window.pos())
        settle()
        yield Stop(f"menu {name}", menu)
        menu.hide()
        for action in menu.actions():
            if action.menu() is not None:
                yield from self._menu(action.menu(), f"{name} > {action.text()}")

    def popups(self) -> Iterator[Stop]:
        """Yield what comes and goes in the window: search results, preview, banner, progress, a refused entry."""
        window = self.window
        window.activateWindow()
        for wanted in ("ağaç", "xyzxyz"):
            window.search.begin()
            window.search.setText(wanted)
            window.search._search()
            wait_until(lambda: window.search._indexer.index is not None)
            window.search._search()
            settle()
            yield Stop(f"search for {wanted}", window)
        window.search.clear()
        window.ui.show_preview.setChecked(True)
        for key in (("cover", ""), *window._outline.keys("target")[:1]):
            window.go_to(key)
            wait_until(lambda: not window.preview.is_busy if hasattr(window.preview, "is_busy") else True)
            settle(20)
            yield Stop(f"preview of {key[0]}", window)
        window.ui.show_preview.setChecked(False)
        window.ui.banner.add(i18n._("The file is open for reading only."), i18n._("&Try again"), lambda: None)
        window.exporter._text.setText(i18n._("Writing “{file}”…").format(file="Güneyçam 2027.pdf"))
        for widget in window.exporter.widgets:
            widget.show()
        settle()
        yield Stop("banner and progress", window)
        window.exporter.hide()
        window.ui.banner.clear()
