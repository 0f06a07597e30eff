import dataclasses
import io

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from perfdesk.domain.administration import Administration, Picture
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.domain.texts import BlockKind, Section, TextBlock
from perfdesk.gui.text.picture_list import PictureList
from perfdesk.gui.text.thumbnails import Thumbnails


def encoded(*size, **options):
    data = io.BytesIO()
    Image.new("RGB", size, "red").save(data, "JPEG", **options)
    return data.getvalue()


def picture(id_, name, data):
    return Picture(id_, name, "image/jpeg", data, row=len(id_))


FIGURE = TextBlock(BlockKind.PICTURE, picture="map")
MUNICIPALITY = Municipality(
    Administration("A", "town", logo="logo"),
    programmes=(Programme(2027, sections=(Section("foreword", blocks=(FIGURE,)),)),),
    pictures=(
        picture("map", "Harita", encoded(600, 400)),
        picture("logo", "Logo", encoded(50, 40)),
        picture("broken", "Bozuk", b"broken"),
    ),
)


@pytest.fixture
def listed(qtbot):
    view = PictureList()
    qtbot.addWidget(view)
    view.show_pictures(MUNICIPALITY)
    return view


def shown(view, role=Qt.ItemDataRole.DisplayRole):
    return [view.model().index(n, 0).data(role) for n in range(view.model().rowCount())]


def test_name_size_and_use_are_told(listed):
    first, second, third = (text.split("\n") for text in shown(listed))
    assert first[0] == "Harita"
    assert "600 × 400" in first[1]
    assert first[2] == "2027, Sunuş"
    assert second[0] == "Logo"
    assert third[0] == "Bozuk"
    assert "×" not in third[1]
    icons = shown(listed, Qt.ItemDataRole.DecorationRole)
    assert len({(icon.width(), icon.height()) for icon in icons}) == 1


def test_a_new_name_is_told_with_its_row(listed, qtbot):
    index = listed.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.EditRole) == "Harita"
    with qtbot.waitSignal(listed.pictures.renamed) as told:
        listed.model().setData(index, "Şehir")
    assert told.args == [3, "Şehir"]
    with qtbot.assertNotEmitted(listed.pictures.renamed):
        listed.model().setData(index, "Harita")
    listed.setReadOnly(True)
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable


def test_the_picture_in_hand_stays_so(listed):
    assert listed.current_id() == ""
    assert listed.select_picture("logo")
    fewer = dataclasses.replace(MUNICIPALITY, pictures=MUNICIPALITY.pictures[1:])
    listed.show_pictures(fewer)
    assert listed.current_id() == "logo"
    listed.show_pictures(dataclasses.replace(MUNICIPALITY, pictures=MUNICIPALITY.pictures[2:]))
    assert listed.current_id() == "broken"
    listed.show_pictures(dataclasses.replace(MUNICIPALITY, pictures=()))
    assert listed.current_id() == ""
    assert not listed.select_picture("logo")


def test_pictures_are_unpacked_as_large_as_they_are_seen(qapp):
    thumbnails = Thumbnails()
    wide = MUNICIPALITY.pictures[0]
    size = thumbnails.shown(wide, 100, 100)
    assert (size.width(), size.height()) == (100, 66)
    assert thumbnails.pixmap(wide, size, 1).width() == 100
    assert thumbnails.pixmap(wide, size, 2).width() == 200
    assert thumbnails.pixmap(wide, size, 2).deviceIndependentSize().toSize() == size
    small = MUNICIPALITY.pictures[1]
    assert thumbnails.shown(small, 100, 100).width() == 50
    assert thumbnails.pixmap(MUNICIPALITY.pictures[2], size, 1).isNull()


def test_a_turned_photo_is_shown_upright(qapp):
    turned = Image.Exif()
    turned[0x0112] = 6
    photo = picture("photo", "Foto", encoded(600, 400, exif=turned))
    thumbnails = Thumbnails()
    size = thumbnails.shown(photo, 100, 100)
    assert (size.width(), size.height()) == (66, 100)
    pixmap = thumbnails.pixmap(photo, size, 1)
    assert (pixmap.width(), pixmap.height()) == (66, 100)
