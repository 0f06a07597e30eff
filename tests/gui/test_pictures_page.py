"""The pictures of the file, as hands add, name and delete them."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QLineEdit
from tests.gui.hands import press

from perfdesk.gui.pages.pictures_page import PicturesPage
from perfdesk.gui.pages.stack import PageStack
from perfdesk.services.outline import Entry
from perfdesk.services.places import COVER, PICTURES


@pytest.fixture
def page(window):
    window.go_to(PICTURES)
    page = window.findChild(PageStack).page
    assert isinstance(page, PicturesPage)
    return page


@pytest.fixture
def files(tmp_path):
    """Two pictures and something else."""
    for n, name in enumerate(("Harita", "Belediye binası")):
        image = QImage(30 + n, 20, QImage.Format.Format_RGB32)
        image.fill(QColor("teal"))
        image.save(str(tmp_path / f"{name}.png"))
    (tmp_path / "Not.png").write_text("bu bir resim değil", "utf-8")
    return [tmp_path / f"{name}.png" for name in ("Harita", "Belediye binası", "Not")]


def names(page):
    return [picture.name for picture in page.session.municipality.pictures]


def add(page, *files):
    page.chooser = lambda _parent: files
    page.ui.add.click()


def test_an_empty_file_says_what_pictures_are_for(page):
    assert not page.ui.pictures.isVisible()
    assert page.frame.note.text()
    assert page.ui.add.isEnabled()
    assert not page.ui.remove.isEnabled()


def test_files_are_added_in_one_step_and_what_is_no_picture_is_told(page, files, window):
    add(page, *files)
    assert names(page) == ["Harita", "Belediye binası"]
    assert "Not.png" in page.ui.problem.text()
    assert page.ui.pictures.isVisible()
    window.ui.undo.trigger()
    assert names(page) == []
    assert not page.ui.pictures.isVisible()


def test_files_are_dropped(page, files):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(files[0]))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(drop)
    assert names(page) == ["Harita"]


def test_a_picture_is_pasted_once(page, files):
    add(page, files[0])
    image = QImage(12, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    page.paste()
    page.paste()
    assert len(names(page)) == 2
    assert page.ui.pictures.current_id() == page.session.municipality.pictures[1].id
    QGuiApplication.clipboard().setText("söz")
    page.paste()
    assert len(names(page)) == 2


def test_a_picture_is_renamed_in_its_place(page, files):
    add(page, files[0])
    page.ui.rename.click()
    editor = page.ui.pictures.findChild(QLineEdit)
    assert editor.text() == "Harita"
    editor.selectAll()
    for letter in "Şehir ığdır":
        press(editor, Qt.Key.Key_unknown, letter)
    page.ui.pictures.commitData(editor)
    assert names(page) == ["Şehir ığdır"]


def test_the_logo_cannot_be_deleted_and_is_gone_to(page, files, window, qtbot):
    add(page, *files[:2])
    page.ui.logo.click()
    id_ = page.ui.pictures.current_id()
    assert page.session.municipality.administration.logo == id_
    assert not page.ui.logo.isEnabled()
    page.ui.remove.click()
    assert len(names(page)) == 2
    assert "Belediye binası" in page.ui.problem.text()
    with qtbot.waitSignal(page.entry_wanted) as wanted:
        page.ui.go.click()
    assert wanted.args == [COVER]
    window.go_to(PICTURES)
    page.ui.pictures.select_picture(page.session.municipality.pictures[0].id)
    page.ui.remove.click()
    assert names(page) == ["Belediye binası"]
    assert not page.ui.problem.text()


def test_nothing_is_changed_in_a_file_for_reading(qtbot, reading):
    page = PicturesPage(reading)
    qtbot.addWidget(page)
    page.show_entry(Entry(*PICTURES, "Resimler"), "")
    assert not page.ui.add.isEnabled()
    assert not page.acceptDrops()
