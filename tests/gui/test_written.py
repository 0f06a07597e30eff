"""What is told of a document that was written, also where nothing can open it."""

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from perfdesk.gui.dialogs import written


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return parent


def box_of(parent, *words):
    QApplication.processEvents()
    return next((b for b in parent.findChildren(QMessageBox) if b.isVisible() and b.text().startswith(words)), None)


def press(box, text):
    next(button for button in box.buttons() if button.text().replace("&", "") == text).click()


@pytest.mark.parametrize(
    ("command", "said", "is_folder"),
    [("Klasörü aç", "Klasör açılamadı", True), ("Aç", "Belge açılamadı", False)],
)
def test_where_nothing_opens_it_the_path_is_said_and_can_be_copied(
    parent, tmp_path, monkeypatch, command, said, is_folder
):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    path = tmp_path / "Program 2027.pdf"
    press(written.show(parent, path), command)
    box = box_of(parent, said)
    wanted = str(tmp_path if is_folder else path)
    assert box.informativeText() == wanted
    press(box, "Yolu kopyala")
    assert QApplication.clipboard().text() == wanted


def test_what_is_opened_is_said_nothing_of(parent, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    press(written.show(parent, tmp_path / "Program.pdf"), "Klasörü aç")
    assert opened == [str(tmp_path)]
    assert box_of(parent, "Klasör açılamadı") is None
