"""A picture of a text taken in hand: clicked, from its caption, deleted, copied, moved."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.gui.hands import press

from perfdesk.domain.administration import Picture
from perfdesk.domain.texts import BlockKind, Run, TextBlock
from perfdesk.gui.text.text_editor import TextEditor

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def encoded():
    data = io.BytesIO()
    Image.new("RGB", (300, 120), "teal").save(data, "PNG")
    return data.getvalue()


KNOWN = {"map": Picture("map", "Harita", "image/png", encoded())}
FIRST = TextBlock(BlockKind.PARAGRAPH, (Run("Birinci"),))
FIGURE = TextBlock(BlockKind.PICTURE, picture="map", caption="Bölgeler")
HEADING = TextBlock(BlockKind.HEADING, (Run("Sonra"),), 1)
TEXT = (FIRST, FIGURE, HEADING)


@pytest.fixture
def editor(qtbot):
    editor = TextEditor()
    qtbot.addWidget(editor)
    editor.resize(700, 500)
    editor.show_blocks(TEXT, KNOWN, another=True)
    editor.show()
    editor.activateWindow()
    qtbot.waitActive(editor)
    editor.setFocus()
    return editor


@pytest.fixture
def area(editor):
    return editor.ui.area


def middle(area, number=1):
    block = area.document().findBlockByNumber(number)
    text = area.document().documentLayout().blockBoundingRect(block)
    # well above the caption, well inside the picture
    return QPoint(int(text.left()) + 40, int(text.top()) - 40)


def click(area, button=Qt.MouseButton.LeftButton):
    QTest.mouseClick(area.viewport(), button, Qt.KeyboardModifier.NoModifier, middle(area))


def put(area, number, letters=0):
    cursor = QTextCursor(area.document().findBlockByNumber(number))
    cursor.setPosition(cursor.position() + letters)
    area.setTextCursor(cursor)


def test_a_click_takes_the_picture_in_hand_and_del_deletes_it_with_its_caption(editor, area):
    before = area.grab().toImage()
    click(area)
    assert area.in_hand.block().blockNumber() == 1
    assert area.grab().toImage() != before
    press(area, Qt.Key.Key_Delete)
    assert editor.blocks() == (FIRST, HEADING)
    assert area.in_hand.block() is None
    press(area, Qt.Key.Key_Z, "", CTRL)
    assert editor.blocks() == TEXT


def test_a_click_beside_the_picture_takes_none(area):
    click(area)
    point = middle(area) + QPoint(500, 0)
    QTest.mouseClick(area.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    assert area.in_hand.block() is None


def test_backspace_takes_the_picture_in_hand_before_it_deletes_it(editor, area):
    put(area, 1)
    press(area, Qt.Key.Key_Backspace)
    assert editor.blocks() == TEXT
    assert area.in_hand.block().blockNumber() == 1
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(area, held)
    assert editor.blocks() == TEXT
    press(area, Qt.Key.Key_Backspace)
    assert editor.blocks() == (FIRST, HEADING)


def test_delete_behind_the_paragraph_above_takes_it_in_hand(editor, area):
    put(area, 0, 7)
    press(area, Qt.Key.Key_Delete)
    assert area.in_hand.block().blockNumber() == 1
    press(area, Qt.Key.Key_Escape)
    assert area.in_hand.block() is None
    assert editor.blocks() == TEXT


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
def test_its_caption_is_written_after_enter(editor, area, key):
    click(area)
    press(area, key)
    press(area, Qt.Key.Key_unknown, "!")
    assert editor.blocks()[1].caption == "Bölgeler!"


def test_what_is_typed_goes_on_with_the_caption(editor, area):
    click(area)
    press(area, Qt.Key.Key_unknown, "ş")
    assert editor.blocks()[1].caption == "Bölgelerş"


def test_it_is_cut_and_pasted(editor, area):
    click(area)
    press(area, Qt.Key.Key_X, "", CTRL)
    assert editor.blocks() == (FIRST, HEADING)
    put(area, 1, 5)
    press(area, Qt.Key.Key_V, "", CTRL)
    assert editor.blocks() == (FIRST, HEADING, FIGURE)


def test_it_is_copied_and_stays(editor, area):
    click(area)
    press(area, Qt.Key.Key_C, "", CTRL)
    assert QApplication.clipboard().text() == "Bölgeler"
    assert editor.blocks() == TEXT


def test_it_is_moved_and_stays_in_hand(editor, area):
    click(area)
    press(area, Qt.Key.Key_Down, "", CTRL | SHIFT)
    assert editor.blocks() == (FIRST, HEADING, FIGURE)
    assert area.in_hand.block().blockNumber() == 2


def test_its_menu_deletes_it(editor, area):
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle(area), area.mapToGlobal(middle(area)))
    QApplication.sendEvent(area.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert area.in_hand.block().blockNumber() == 1
    keys = {action.text(): action.shortcut().toString() for action in menu.actions()}
    delete = next(action for action in menu.actions() if action.shortcut().toString() == "Del")
    assert keys[delete.text()] == "Del"
    delete.trigger()
    menu.close()
    assert editor.blocks() == (FIRST, HEADING)


def test_the_menu_key_opens_its_menu(area):
    click(area)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(10, 10))
    QApplication.sendEvent(area.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert any(action.shortcut().toString() == "Del" for action in menu.actions())
    menu.close()


def test_the_only_block_is_deleted(editor, area):
    editor.show_blocks((FIGURE,), KNOWN, another=True)
    click(area)
    press(area, Qt.Key.Key_Delete)
    assert editor.blocks() == ()
    assert area.document().blockCount() == 1


def test_one_that_can_only_be_read_is_copied_but_not_deleted(editor, area):
    editor.setReadOnly(True)
    click(area)
    press(area, Qt.Key.Key_Delete)
    assert editor.blocks() == TEXT
    deleting = [action for action in area.in_hand.menu().actions() if action.shortcut().toString() == "Del"]
    assert not deleting[0].isEnabled()
    press(area, Qt.Key.Key_C, "", CTRL)
    assert QApplication.clipboard().text() == "Bölgeler"


def test_a_picture_is_found_only_where_it_is_drawn(area):
    assert area.drawing.picture_at(QPointF(middle(area))).blockNumber() == 1
    assert area.drawing.picture_at(QPointF(20, 20)) is None


@pytest.mark.parametrize("letters", [0, len("Bölgeler")])
def test_enter_at_the_start_or_end_of_a_caption_goes_on_below_the_picture(editor, area, letters):
    put(area, 1, letters)
    press(area, Qt.Key.Key_Return)
    # nothing has come between the picture and what stands above it, and the caption is whole
    assert editor.blocks()[:2] == (FIRST, FIGURE)
    assert area.textCursor().blockNumber() == 2
    press(area, Qt.Key.Key_unknown, "x")
    assert editor.blocks() == (FIRST, FIGURE, TextBlock(BlockKind.PARAGRAPH, (Run("x"),)), HEADING)


def test_the_picture_in_hand_has_a_plain_frame(area):
    """Squares at its corners would promise that it can be drawn larger."""
    click(area)
    place = area.drawing._place(
        area.in_hand.block(), area.document().documentLayout().blockBoundingRect(area.in_hand.block())
    )
    shown = area.viewport().grab().toImage()
    accent = area.palette().highlight().color().rgb()
    corner = place.topRight().toPoint()
    assert shown.pixel(corner + QPoint(0, 20)) == accent
    assert shown.pixel(corner + QPoint(4, 4)) != accent
    assert shown.pixel(corner + QPoint(-4, 4)) != accent
