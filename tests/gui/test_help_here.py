"""F1 shows the page about what is in hand: a dialog, a form, a part of it, the search, the preview."""

import importlib
import inspect
import pkgutil
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from tests.gui.hands import put

from perfdesk.domain.programme import Version
from perfdesk.gui import dialogs, grid
from perfdesk.gui.dialogs.backup_settings import BackupSettings
from perfdesk.gui.dialogs.choose_holder import ChooseHolder
from perfdesk.gui.dialogs.choose_table import ChooseTable
from perfdesk.gui.dialogs.errors import ErrorReport
from perfdesk.gui.dialogs.explanation import ExplanationDialog
from perfdesk.gui.dialogs.import_appropriations import ImportAppropriations
from perfdesk.gui.dialogs.import_list import ImportList
from perfdesk.gui.dialogs.new_file import NewFile
from perfdesk.gui.dialogs.new_year import NewYear
from perfdesk.gui.dialogs.papers import Papers
from perfdesk.gui.dialogs.restore import RestoreDialog
from perfdesk.gui.dialogs.version_changes import VersionChanges
from perfdesk.gui.dialogs.version_entry import VersionEntry
from perfdesk.gui.dialogs.versions import VersionsDialog
from perfdesk.gui.grid.paste_dialog import PasteDialog
from perfdesk.gui.help.help_window import help_of, show_help
from perfdesk.gui.settings import Settings
from perfdesk.services import helping
from perfdesk.services.explaining import Explanation


def paste(window):
    # a number that is not read as it stands is shown before it is pasted
    QApplication.clipboard().setText("1,234.50")
    indicators = window.pages.page.ui.indicators.grid
    put(indicators, 0, "target")
    indicators.paste()


# what opens each dialog, and the page that F1 shows there
DIALOGS = {
    NewFile: ("first_steps", lambda w: NewFile(w).open()),
    NewYear: ("new_year", lambda w: NewYear(w.session, w).open()),
    RestoreDialog: ("backups", lambda w: RestoreDialog(w.session.store.path, w.session, w.settings, w).open()),
    BackupSettings: ("backups", lambda w: BackupSettings(w.settings, w).open()),
    PasteDialog: ("paste", paste),
    ChooseTable: ("resource_tables", lambda w: ChooseTable(w.session, "physical_resources", w).open()),
    ChooseHolder: ("targets", lambda w: ChooseHolder(w.session.context, w.pages.page.holder, "Taşı", w).open()),
    ExplanationDialog: (
        "resource_need",
        lambda w: ExplanationDialog(Explanation("Satır", "", Decimal(1), ()), str, w).open(),
    ),
    ImportAppropriations: (
        "appropriations",
        lambda w: ImportAppropriations(w.session, w.session.store.path, w).open(),
    ),
    ImportList: ("programme_list", lambda w: ImportList(w.session, w.session.store.path, w).open()),
    Papers: ("papers", lambda w: Papers(w.session.context, w).open()),
    VersionsDialog: ("versions", lambda w: w.ui.versions.trigger()),
    VersionEntry: ("versions", lambda w: VersionEntry(lambda *_said: None, w).open()),
    VersionChanges: (
        "versions",
        lambda w: VersionChanges([Version(1, "2026-10-20")], 1, with_now=True, parent=w).open(),
    ),
    ErrorReport: ("file_safety", lambda w: ErrorReport(w, "…").open()),
}


def all_dialogs():
    """Return the classes of dialogs that there are."""
    modules = [
        importlib.import_module(one.name)
        for package in (dialogs, grid)
        for one in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    ]
    return {
        found
        for module in modules
        for _name, found in inspect.getmembers(module, inspect.isclass)
        # what several dialogs have in common is none
        if issubclass(found, QDialog) and found.__module__ == module.__name__ and not found.__subclasses__()
    }


def test_the_list_of_dialogs_is_whole():
    assert set(DIALOGS) == all_dialogs()


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
def test_f1_in_a_dialog_shows_its_page_in_a_window_of_its_own(kind, window, qtbot):
    topic, show = DIALOGS[kind]
    show(window)
    dialog = next(iter(window.findChildren(kind)))
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    shown = help_of(dialog)
    assert shown is not None
    assert shown.isVisible()
    assert shown.ui.browser.topic() == topic
    assert help_of(window) is None
    # the keyboard page lists the menus of the window below
    shown.show_topic(helping.KEYBOARD)
    assert "Ctrl+O" in shown.ui.browser.toPlainText()
    with qtbot.waitSignal(shown.destroyed):
        dialog.reject()


def test_the_help_can_be_used_while_a_dialog_is_open(window, qtbot):
    """A dialog blocks the window below and all that belongs to it, but not its own help."""
    below = show_help(window, "units")
    NewFile(window).open()
    dialog = window.findChild(NewFile)
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    shown = help_of(dialog)
    assert shown is not below
    qtbot.waitUntil(shown.isActiveWindow)
    _click(below, "Resimler")
    _click(shown, "Klavye")
    assert below.ui.browser.topic() == "units"
    assert shown.ui.browser.topic() == "keyboard"
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert dialog.isVisible()
    dialog.reject()


def _click(shown, title):
    """Click in the contents as the system would: a click into a widget would pass the dialog by."""
    contents = shown.ui.contents
    item = contents.findItems(title, Qt.MatchFlag.MatchExactly)[0]
    contents.scrollToItem(item)
    at = contents.viewport().mapTo(shown, contents.visualItemRect(item).center())
    QTest.mouseClick(shown.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


# --- forms ------------------------------------------------------------------------------------------------------------


def topic_of(window):
    window.ui.help.trigger()
    return help_of(window).ui.browser.topic()


def test_a_form_shows_its_page(window):
    for key, topic in ((("units", ""), "units"), (("part", "goals"), "goals"), (("part", "foreword"), "foreword")):
        window.go_to(key)
        window.ui.outline.setFocus()
        assert topic_of(window) == topic


def test_the_parts_of_a_target_show_their_own_pages(window, qtbot):
    page = window.pages.page
    ui = page.ui

    def focus(widget):
        window.activateWindow()
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)

    focus(ui.title)
    assert topic_of(window) == "target"
    focus(ui.indicators.grid)
    assert topic_of(window) == "indicators"
    page.show_indicator_card.setChecked(True)
    focus(ui.indicator_card.ui.definition)
    assert topic_of(window) == "indicator_card"
    focus(ui.costs.grid)
    assert topic_of(window) == "costs"
    page.show_activity_card.setChecked(True)
    focus(ui.activity_card.ui.transfers.grid)
    assert topic_of(window) == "costs"
    page.show_cost_form.setChecked(True)
    focus(ui.cost_form.grid)
    assert topic_of(window) == "cost_sheet"


def test_search_and_preview_show_their_pages(window, qtbot):
    window.activateWindow()
    window.toolbar.search.setFocus()
    qtbot.waitUntil(window.toolbar.search.hasFocus)
    assert topic_of(window) == "search"
    window.ui.show_preview.setChecked(True)
    window.activateWindow()
    window.preview.ui.book.setFocus()
    qtbot.waitUntil(window.preview.ui.book.hasFocus)
    assert topic_of(window) == "preview"


def test_without_a_file_it_begins_at_the_beginning(window):
    window.file.close()
    assert topic_of(window) == helping.FIRST


# --- the window's place -----------------------------------------------------------------------------------------------


def test_it_opens_narrow_and_to_the_right(window, qtbot):
    shown = show_help(window, "units")
    qtbot.waitUntil(shown.isActiveWindow)
    room = window.screen().availableGeometry()
    assert shown.width() == min(480, room.width())
    assert shown.geometry().right() <= room.right()
    assert shown.frameGeometry().right() == room.right()


def test_its_place_is_remembered(window, qtbot):
    shown = show_help(window, "units")
    qtbot.waitUntil(shown.isActiveWindow)
    shown.resize(500, 420)
    window.close()
    assert not shown.isVisible()
    assert not Settings().state("help").isEmpty()
    shown.setParent(None)
    shown.deleteLater()
    again = show_help(window, "units")
    qtbot.waitUntil(again.isActiveWindow)
    assert (again.width(), again.height()) == (500, 420)


def test_wide_it_has_its_contents_beside_the_page(window, qtbot):
    shown = show_help(window, "units")
    qtbot.waitUntil(shown.isActiveWindow)
    assert shown.ui.splitter.orientation() is Qt.Orientation.Vertical
    shown.resize(900, 500)
    qtbot.waitUntil(lambda: shown.ui.splitter.orientation() is Qt.Orientation.Horizontal)
    assert shown.ui.contents.width() < shown.ui.browser.width()
