"""The lines above the forms: one that only helps to begin goes with the first change, all with × and Escape."""

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from perfdesk.gui.window.banner import Banner
from perfdesk.services.editing import records


def texts(banner):
    # a line comes into sight with the next event
    QApplication.processEvents()
    return banner.texts()


class File(QObject):
    changed = Signal(object)


@pytest.fixture
def banner(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show()
    return banner


def test_a_line_in_passing_goes_with_the_first_change(banner):
    file = File()
    banner.add("Ağda")
    banner.add("Örnek kopyalandı", until=file.changed)
    # another year is no change
    file.changed.emit(None)
    assert texts(banner) == ["Ağda", "Örnek kopyalandı"]
    file.changed.emit("edit")
    assert texts(banner) == ["Ağda"]
    file.changed.emit("edit")
    assert texts(banner) == ["Ağda"]


def test_escape_puts_the_line_away_that_has_the_keyboard(qtbot, banner):
    banner.add("Bir")
    banner.add("İki")
    banner.activateWindow()
    qtbot.waitActive(banner)
    banner.findChildren(QToolButton)[1].setFocus()
    QTest.keyClick(banner.findChildren(QToolButton)[1], Qt.Key.Key_Escape)
    assert texts(banner) == ["Bir"]


def test_what_was_put_away_is_not_put_away_again(banner):
    file = File()
    banner.add("Örnek", until=file.changed)
    banner.findChild(QToolButton).click()
    file.changed.emit("edit")
    assert not banner.isVisible()


def test_the_sample_says_where_it_lies_until_it_is_changed(window, tmp_path, monkeypatch):
    folder = tmp_path / "Belgeler"
    folder.mkdir()
    monkeypatch.setattr("perfdesk.gui.window.file_commands.documents_folder", lambda: folder)
    window.ui.open_sample.trigger()
    (said,) = texts(window.ui.banner)
    assert "Belgeler" in said
    window.session.set_year(2026)
    assert texts(window.ui.banner) == [said]
    records.set_field(window.session.store, "administration", 1, "phone", "0")
    assert texts(window.ui.banner) == []
