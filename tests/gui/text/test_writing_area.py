import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from tests.gui.hands import press

from perfdesk.domain.administration import Picture
from perfdesk.domain.texts import BlockKind, Run, TextBlock
from perfdesk.gui.text.structure import blocks_of, kind_of, picture_of
from perfdesk.gui.text.writing_area import WritingArea

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
KEYS = [
    (Qt.Key.Key_Return, NONE, "\r"),
    (Qt.Key.Key_Return, SHIFT, "\r"),
    (Qt.Key.Key_Backspace, NONE, "\b"),
    (Qt.Key.Key_Backspace, CTRL, "\b"),
    (Qt.Key.Key_Delete, NONE, "\x7f"),
    (Qt.Key.Key_Delete, CTRL, "\x7f"),
    (Qt.Key.Key_Space, NONE, " "),
    (Qt.Key.Key_Minus, NONE, "-"),
    (Qt.Key.Key_unknown, NONE, "ş"),
    (Qt.Key.Key_B, CTRL, ""),
    (Qt.Key.Key_1, CTRL, ""),
    (Qt.Key.Key_2, CTRL, ""),
    (Qt.Key.Key_0, CTRL, ""),
    (Qt.Key.Key_L, CTRL, ""),
    (Qt.Key.Key_Up, CTRL | SHIFT, ""),
    (Qt.Key.Key_Down, CTRL | SHIFT, ""),
    (Qt.Key.Key_X, CTRL, ""),
    (Qt.Key.Key_V, CTRL, ""),
    (Qt.Key.Key_Up, NONE, ""),
    (Qt.Key.Key_Home, SHIFT, ""),
    (Qt.Key.Key_A, CTRL, ""),
]
TEXT = (
    TextBlock(BlockKind.PICTURE, picture="p1", caption="Harita"),
    TextBlock(BlockKind.HEADING, (Run("Başlık"),), 1),
    TextBlock(BlockKind.PARAGRAPH, (Run("Bir "), Run("kalın", bold=True))),
    TextBlock(BlockKind.BULLET, (Run("Madde"),)),
    TextBlock(BlockKind.PICTURE, picture="p2"),
    TextBlock(BlockKind.PARAGRAPH, (Run("Son"),)),
)
steps = st.lists(
    st.sampled_from(KEYS) | st.tuples(st.integers(0, 40), st.integers(0, 40)) | st.tuples(st.integers(0, 40)),
    max_size=25,
)


@pytest.fixture(scope="module")
def area(qapp):
    area = WritingArea()
    area.pictures = {id_: Picture(id_, id_, "image/png", b"broken") for id_ in ("p1", "p2")}
    area.resize(500, 400)
    yield area
    area.close()


def do(area, step):
    if len(step) == 3:
        key, modifiers, text = step
        press(area, key, text, modifiers)
        return
    last = area.document().characterCount() - 1
    cursor = area.textCursor()
    cursor.setPosition(min(step[0], last))
    cursor.setPosition(min(step[-1], last), QTextCursor.MoveMode.KeepAnchor)
    area.setTextCursor(cursor)


@given(steps)
def test_whatever_is_typed_the_text_keeps_its_structure_and_can_be_taken_back(area, taken):
    document = area.document()
    area.setter.show(document, TEXT)
    for step in taken:
        do(area, step)
        # a picture always has room above it, and is never without its id or a second block's text
        assert kind_of(document.firstBlock()) is not BlockKind.PICTURE
        for block in (document.findBlockByNumber(n) for n in range(document.blockCount())):
            assert (kind_of(block) is BlockKind.PICTURE) == bool(picture_of(block))
            assert "\ufffc" not in block.text()
    while document.isUndoAvailable():
        document.undo()
    assert blocks_of(document) == TEXT


def test_a_picture_is_lost_only_with_its_whole_caption(area):
    document = area.document()
    area.setter.show(document, TEXT)
    for number in range(document.blockCount()):
        block = document.findBlockByNumber(number)
        for at, key in ((0, Qt.Key.Key_Backspace), (block.length() - 1, Qt.Key.Key_Delete)):
            area.setter.show(document, TEXT)
            position = document.findBlockByNumber(number).position() + at
            do(area, (position,))
            press(area, key)
            pictures = [b.picture for b in blocks_of(document) if b.picture]
            # of the second picture, which has no caption, Backspace is what takes it away
            bare = block.text() == "" and number > 0 and key == Qt.Key.Key_Backspace
            assert pictures == (["p1"] if bare else ["p1", "p2"])


def test_a_broken_picture_and_the_page_are_drawn(area):
    area.setter.show(area.document(), TEXT)
    area.show()
    assert not area.grab().isNull()


def test_an_image_of_the_web_alone_is_given_as_an_image(area, qtbot):
    from PySide6.QtGui import QImage

    area.setter.show(area.document(), TEXT)
    data = QMimeData()
    data.setHtml("<img src='https://example.org/a.png'>")
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    data.setImageData(image)
    with qtbot.waitSignal(area.pictures_given) as told:
        area.insertFromMimeData(data)
    (given,) = told.args[0]
    assert QImage.fromData(given.read().data).size() == image.size()
