"""The start page: every first step and every recent file, by mouse and by keyboard."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTreeWidget
from tests.gui.hands import press

from perfdesk.gui import moments
from perfdesk.gui.pages.recent_delegate import described
from perfdesk.gui.pages.start_page import StartPage
from perfdesk.gui.recent import RecentFile, RecentFiles
from perfdesk.gui.settings import Settings

OPENED = datetime.fromisoformat("2026-11-20T14:05")
HERE = RecentFile(Path("/belgeler/Ilgın.perfdesk"), "Ilgın Belediyesi", OPENED)
GONE = RecentFile(Path("/usb/Çamlı.perfdesk"), "Çamlı Belediyesi", missing=True)


@pytest.fixture
def page(qtbot):
    page = StartPage()
    qtbot.addWidget(page)
    page.resize(1366, 690)
    page.show_recent([HERE, GONE])
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.mark.parametrize(
    ("button", "signal"),
    [
        ("new_file", "new_wanted"),
        ("next_year", "continue_wanted"),
        ("sample", "sample_wanted"),
        ("open", "open_wanted"),
    ],
)
def test_every_action_tells(qtbot, page, button, signal):
    with qtbot.waitSignal(getattr(page, signal)):
        getattr(page.ui, button).setFocus()
        press(getattr(page.ui, button), Qt.Key.Key_Space, " ")


@pytest.mark.parametrize("row", [0, 1])
@pytest.mark.parametrize("by", ["enter", "click", "double click", "button"])
def test_recent_file_opens(qtbot, page, row, by):
    recent = page.ui.recent
    recent.setFocus()
    index = recent.model().index(row, 0)
    recent.setCurrentIndex(index)
    told = []
    page.recent_wanted.connect(told.append)
    if by == "enter":
        QTest.keyClick(recent, Qt.Key.Key_Return)
    elif by.endswith("click"):
        where = recent.visualRect(index).center()
        QTest.mouseClick(recent.viewport(), Qt.MouseButton.LeftButton, pos=where)
        if by == "double click":
            QTest.mouseDClick(recent.viewport(), Qt.MouseButton.LeftButton, pos=where)
    else:
        page.ui.open_recent.click()
    # a missing one is tried too but by the button, which is dead for it
    assert told == ([] if by == "button" and row == 1 else [(HERE, GONE)[row].path])


def test_second_click_of_a_double_click_does_nothing_to_what_has_come_under_the_mouse(qtbot, page):
    opened = QTreeWidget()
    qtbot.addWidget(opened)
    clicked = []
    opened.viewport().installEventFilter(watch := Watch(clicked))
    opened.show()
    where = page.ui.recent.visualRect(page.ui.recent.model().index(0, 0)).center()
    QTest.mouseClick(page.ui.recent.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(opened.viewport(), Qt.MouseButton.LeftButton)
    assert QEvent.Type.MouseButtonDblClick not in clicked

    def comes_through():
        QTest.mouseDClick(opened.viewport(), Qt.MouseButton.LeftButton)
        return QEvent.Type.MouseButtonDblClick in clicked

    # later double clicks are what they are
    qtbot.waitUntil(comes_through)
    opened.viewport().removeEventFilter(watch)


class Watch(QObject):
    def __init__(self, seen):
        super().__init__()
        self.seen = seen

    def eventFilter(self, _watched, event):  # noqa: N802 - Qt's name
        self.seen.append(event.type())
        return False


def test_right_click_chooses_a_file_without_opening_it(page):
    opened, forgotten = [], []
    page.recent_wanted.connect(opened.append)
    page.forget_wanted.connect(forgotten.append)
    recent = page.ui.recent
    where = recent.visualRect(recent.model().index(1, 0)).center()
    QTest.mouseClick(recent.viewport(), Qt.MouseButton.RightButton, pos=where)
    recent.customContextMenuRequested.emit(where)
    menu = QApplication.activePopupWidget()
    assert [(action.text().replace("&", ""), action.isEnabled()) for action in menu.actions()] == [
        ("Seçilen dosyayı aç", False),
        ("Listeden çıkar", True),
    ]
    menu.actions()[1].trigger()
    menu.close()
    assert (opened, forgotten) == ([], [GONE.path])


def test_file_is_taken_off_the_list_by_key_and_button(page):
    told = []
    page.forget_wanted.connect(told.append)
    page.ui.recent.setFocus()
    page.ui.recent.setCurrentIndex(page.ui.recent.model().index(1, 0))
    QTest.keyClick(page.ui.recent, Qt.Key.Key_Delete)
    page.ui.forget.click()
    assert told == [GONE.path, GONE.path]


def test_keyboard_reaches_everything_in_order(page):
    page.ui.new_file.setFocus()
    seen = []
    for _ in range(6):
        seen.append(page.focusWidget().objectName())
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert seen == ["new_file", "next_year", "sample", "open", "recent", "open_recent"]


def test_screen_reader_says_all_that_is_shown(page):
    assert described(HERE) == f"Ilgın Belediyesi, Ilgın.perfdesk, /belgeler, son açılış {moments.said(OPENED)}"
    changed = RecentFile(HERE.path, HERE.municipality, OPENED, changed=OPENED.replace(hour=16))
    assert described(changed).endswith(f", son değişiklik {moments.said(OPENED.replace(hour=16))}")
    assert described(GONE) == "Çamlı Belediyesi, Çamlı.perfdesk, /usb, bulunamadı"
    assert page.ui.recent.model().index(1, 0).data() == described(GONE)


def test_without_recent_files_the_page_says_what_will_be_there(page):
    page.show_recent([])
    assert page.ui.nothing_recent.isVisible()
    assert not page.ui.recent.isVisible()
    assert not page.ui.forget.isEnabled()


def test_file_in_hand_stays_in_hand(page):
    page.ui.recent.setCurrentIndex(page.ui.recent.model().index(1, 0))
    page.show_recent([GONE, HERE])
    assert page._in_hand() == GONE
    page.show_recent([HERE])
    assert page._in_hand() == HERE


def test_keyboard_begins_on_the_file_opened_last(page):
    page.ui.recent.setCurrentIndex(page.ui.recent.model().index(1, 0))
    page.begin()
    assert page._in_hand() == HERE
    assert page.focusWidget() is page.ui.recent
    page.show_recent([])
    page.begin()
    assert page.focusWidget() is page.ui.new_file


def test_nothing_is_cut_at_150_percent(page):
    page.resize(911, 430)
    for button in page.findChildren(QPushButton):
        if button.isVisible():
            words = QFontMetrics(button.font()).horizontalAdvance(button.text().replace("&", ""))
            assert button.width() >= words, button.objectName()
            assert button.height() >= button.heightForWidth(button.width()), button.objectName()
    assert page.ui.content.width() <= page.ui.scroll.viewport().width()


# --- the list itself --------------------------------------------------------------------------------------------------


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "ayarlar.ini")


def test_recent_files_know_whose_they_are_and_when_they_were_open(settings, tmp_path):
    files = RecentFiles(settings)
    here, gone = tmp_path / "Ilgın.perfdesk", tmp_path / "gitti.perfdesk"
    here.write_bytes(b"")
    files.opened(gone, "Çamlı Belediyesi")
    files.opened(here, "Ilgın Belediyesi")
    settings.sync()
    first, second = RecentFiles(Settings(tmp_path / "ayarlar.ini")).entries()
    assert (first.path, first.municipality, first.missing) == (here, "Ilgın Belediyesi", False)
    assert (second.path, second.municipality, second.missing) == (gone, "Çamlı Belediyesi", True)
    assert first.opened is not None
    assert first.opened >= second.opened


def test_forgotten_file_is_gone_and_stays_on_the_disk(settings, tmp_path):
    files = RecentFiles(settings)
    path = tmp_path / "a.perfdesk"
    path.write_bytes(b"")
    files.opened(path, "A")
    files.remove(path)
    assert files.entries() == []
    assert path.exists()
    # opened without us, it comes back without what was known
    settings.add_recent(path)
    changed = datetime.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ006 - as the clock on the wall showed it
    assert files.entries() == [RecentFile(path, changed=changed)]


@pytest.mark.parametrize("written", [b"{", b"[1]", b'{"X": 5}', b'{"X": {"municipality": 5, "opened": "dun"}}'])
def test_what_somebody_wrote_by_hand_is_not_trusted(settings, tmp_path, written):
    path = tmp_path / "a.perfdesk"
    settings.add_recent(path)
    settings.keep_state("recent", written.replace(b"X", str(path).encode()))
    assert RecentFiles(settings).entries() == [RecentFile(path, missing=True)]
