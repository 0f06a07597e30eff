"""The municipality's own form: its name, colour and logo, its people."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QBoxLayout
from tests.gui.hands import press

from perfdesk.gui.pages.identity_page import IdentityPage
from perfdesk.gui.pages.stack import PageStack
from perfdesk.services.places import COVER


@pytest.fixture
def page(window):
    window.go_to(COVER)
    page = window.findChild(PageStack).page
    assert isinstance(page, IdentityPage)
    return page


@pytest.fixture
def logo(tmp_path):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    path = tmp_path / "Amblem.png"
    image.save(str(path))
    return path


def administration(page):
    return page.session.municipality.administration


def type_text(field, text):
    field.setFocus()
    field.selectAll()
    for letter in text:
        press(field, Qt.Key.Key_unknown, letter)
    press(field, Qt.Key.Key_Return)


def test_capitals_are_turkish_and_the_usual_name_is_proposed(page, window):
    assert "GÜNEYÇAM BELEDİYESİ" in page.ui.capitals.text()
    assert not page.ui.usual.isVisible()
    type_text(page.ui.name, "ILGIN BELEDİYESİ")
    assert page.ui.usual.isVisible()
    page.ui.usual.click()
    assert administration(page).name == "Ilgın Belediyesi"
    assert "ILGIN BELEDİYESİ" in page.ui.capitals.text()
    assert not page.ui.usual.isVisible()
    window.ui.undo.trigger()
    assert administration(page).name == "ILGIN BELEDİYESİ"


def test_a_logo_from_the_disk_is_one_step(page, logo, window):
    page.take_logo([logo])
    (picture,) = page.session.municipality.pictures
    assert administration(page).logo == picture.id
    assert not page.ui.logo.pixmap().isNull()
    window.ui.undo.trigger()
    assert (administration(page).logo, page.session.municipality.pictures) == ("", ())
    assert not page.ui.logo_remove.isVisible()


def test_the_logo_is_chosen_among_the_pictures_and_removed(page, logo):
    page.take_logo([logo])
    page.ui.logo_remove.click()
    assert administration(page).logo == ""
    page.logos.aboutToShow.emit()
    page.logos.actions()[0].trigger()
    assert administration(page).logo == page.session.municipality.pictures[0].id


def test_what_is_no_picture_is_told_and_leaves_the_logo(page, logo, tmp_path):
    page.take_logo([logo])
    before = administration(page)
    text = tmp_path / "Not.png"
    text.write_text("resim değil", "utf-8")
    page.take_logo([text])
    assert administration(page) == before
    assert "Not.png" in page.ui.logo_problem.text()
    page.take_logo([])
    assert administration(page) == before


def test_a_colour_is_typed_or_chosen(page):
    type_text(page.ui.colour, "kırmızı")
    assert administration(page).colour == ""
    type_text(page.ui.colour, "#AA3300")
    assert administration(page).colour == "#aa3300"
    page.ui.swatch.click()
    dialog = page.palette_dialog
    assert dialog.currentColor() == QColor("#aa3300")
    assert not dialog.testOption(dialog.ColorDialogOption.ShowAlphaChannel)
    dialog.setCurrentColor(QColor("#003366"))
    dialog.accept()
    assert administration(page).colour == "#003366"
    assert page.ui.colour.toPlainText() == "#003366"


def test_one_column_holds_all_fields_where_there_is_no_room(page):
    form = page.ui.form

    def column(widget):
        return form.getItemPosition(form.indexOf(widget))[1]

    page.resize(900, 600)
    assert column(page.ui.fax_label) == 2
    wide = form.minimumSize().width()
    page.resize(60 * page.fontMetrics().averageCharWidth(), 600)
    assert column(page.ui.fax_label) == 0
    assert form.minimumSize().width() < wide
    page.resize(900, 600)
    assert column(page.ui.fax_label) == 2
    assert column(page.ui.colour_box) == 3


def test_the_small_grids_stand_side_by_side_where_there_is_room(page):
    page.resize(1000, 600)
    assert page.ui.people.direction() == QBoxLayout.Direction.LeftToRight
    page.resize(60 * page.fontMetrics().averageCharWidth(), 600)
    assert page.ui.people.direction() == QBoxLayout.Direction.TopToBottom
