import dataclasses
import io

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QImage, QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from tests.gui.hands import KEYS, press

from perfdesk.domain.administration import Administration, Picture
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.domain.texts import BlockKind, Run, TextBlock
from perfdesk.gui.text import taking_pictures
from perfdesk.gui.text.text_editor import TextEditor
from perfdesk.services.book import sections
from perfdesk.storage import files

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def encoded(width, height, kind="PNG"):
    data = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(data, kind)
    return data.getvalue()


MAP = Picture("map", "Harita", "image/png", encoded(300, 200))
KNOWN = {"map": MAP}


def paragraph(*runs):
    return TextBlock(BlockKind.PARAGRAPH, tuple(Run(run) if isinstance(run, str) else run for run in runs))


FIRST = paragraph("Birinci")
SECOND = paragraph("İkinci")
FIGURE = TextBlock(BlockKind.PICTURE, picture="map", caption="Bölgeler")


class Desk(QWidget):
    """The editor on a page with another field, and a file that takes what is left."""

    def __init__(self):
        super().__init__()
        column = QVBoxLayout(self)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.editor = TextEditor(chooser=lambda parent: self.chosen)
        self.scroll.setWidget(self.editor)
        self.other = QLineEdit()
        column.addWidget(self.scroll)
        column.addWidget(self.other)
        self.chosen = []
        self.said = []
        self.stored = [()]
        self.refusing = False
        self.editor.left.connect(self.store)
        self.editor.problem_said.connect(self.said.append)

    def store(self, blocks):
        if not self.refusing:
            self.stored.append(sections.tidy(blocks))
            self.show_stored()

    def undo(self):
        self.stored.pop()
        self.show_stored()

    def show_stored(self, **how):
        self.editor.show_blocks(self.stored[-1], KNOWN, **how)

    @property
    def area(self):
        return self.editor.ui.area

    def put(self, number, letters=0, to=None):
        document = self.area.document()
        cursor = QTextCursor(document.findBlockByNumber(number))
        cursor.setPosition(cursor.position() + letters)
        if to is not None:
            end = document.findBlockByNumber(to[0]).position() + to[1]
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.area.setTextCursor(cursor)

    def type(self, text):
        for letter in text:
            key = Qt.Key.Key_Space if letter == " " else KEYS.get(letter, Qt.Key.Key_unknown)
            press(self.area, key, letter)

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        press(self.area, key, "", modifiers)

    def blocks(self):
        return self.editor.blocks()


@pytest.fixture
def desk(qtbot):
    desk = Desk()
    qtbot.addWidget(desk)
    desk.resize(700, 500)
    desk.show()
    desk.activateWindow()
    qtbot.waitActive(desk)
    return desk


@pytest.fixture
def writing(desk):
    desk.stored = [(FIRST, SECOND)]
    desk.show_stored(another=True)
    desk.editor.setFocus()
    return desk


def test_typing_is_told_when_nobody_types_for_a_while(writing):
    writing.put(0, 7)
    writing.type(" ığdır")
    assert writing.editor.idle.isActive()
    assert len(writing.stored) == 1
    writing.editor.idle.timeout.emit()
    assert writing.stored[-1] == (paragraph("Birinci ığdır"), SECOND)
    assert not writing.editor.idle.isActive()
    assert not writing.area.document().isUndoAvailable()


def test_running_typing_is_told_now_and_then(writing):
    editor = writing.editor
    assert not editor.longest.isActive()
    writing.put(0, 7)
    writing.type(" a")
    since = editor.longest.timerId()
    writing.type("b")
    # the first key counts, not the last
    assert editor.longest.isActive()
    assert editor.longest.timerId() == since
    editor.longest.timeout.emit()
    assert writing.stored[-1] == (paragraph("Birinci ab"), SECOND)
    assert not editor.longest.isActive()
    assert not editor.idle.isActive()
    # and begins anew
    writing.type("c")
    assert editor.longest.isActive()
    assert writing.area.textCursor().positionInBlock() == len("Birinci abc")


def test_enter_tells_the_paragraph_before_it_ends(writing):
    writing.put(1, 6)
    writing.type(" cümle.\nÜçüncü.\nDördüncü.")
    assert writing.stored[1:] == [
        (FIRST, paragraph("İkinci cümle.")),
        (FIRST, paragraph("İkinci cümle."), paragraph("Üçüncü.")),
    ]
    # an Enter alone is taken back in the text: the paragraph above stays
    writing.editor.commit()
    writing.type("\n")
    writing.key(Qt.Key.Key_Z, CTRL)
    assert writing.area.document().blockCount() == 4
    assert writing.blocks()[-1] == paragraph("Dördüncü.")


def test_undo_puts_the_cursor_at_the_end_of_what_changed(writing):
    writing.put(0, 3)
    writing.type("XY")
    writing.editor.commit()
    writing.put(1, 6)
    writing.undo()
    assert (writing.area.textCursor().blockNumber(), writing.area.textCursor().positionInBlock()) == (0, 3)
    writing.stored.append((FIRST, paragraph("Üç"), paragraph("Dört"), SECOND))
    writing.put(0)
    writing.show_stored()
    assert writing.area.textCursor().block().text() == "Dört"
    assert writing.area.textCursor().atBlockEnd()
    writing.undo()
    # where something went, the end of what stands before it
    assert writing.area.textCursor().block().text() == "Birinci"
    writing.stored.append((SECOND,))
    writing.show_stored()
    assert writing.area.textCursor().position() == 0


def test_going_to_a_row_leaves_the_cursor_in_what_undo_changed_and_else_goes_there(desk):
    rows = [dataclasses.replace(paragraph(text), row=n) for n, text in ((7, "Bir"), (8, "İki"), (9, "Üç"))]
    desk.editor.show_blocks(rows[:1], KNOWN, another=True)
    desk.editor.show_blocks(rows, KNOWN)
    cursor = desk.area.textCursor
    assert (cursor().blockNumber(), cursor().positionInBlock()) == (2, 2)
    desk.editor.show_row(9)
    assert cursor().positionInBlock() == 2
    desk.editor.show_blocks(rows[:1], KNOWN)
    desk.editor.show_blocks(rows, KNOWN)
    # the step is named by its first row
    desk.editor.show_row(8)
    assert (cursor().blockNumber(), cursor().positionInBlock()) == (2, 2)
    # a find is gone to
    desk.editor.show_row(8)
    assert (cursor().blockNumber(), cursor().positionInBlock()) == (1, 0)


def test_ctrl_k_is_bold_as_in_turkish_word_processors(writing):
    writing.put(0, 0, to=(0, 3))
    writing.key(Qt.Key.Key_K, CTRL)
    assert writing.blocks()[0] == paragraph(Run("Bir", bold=True), "inci")
    writing.key(Qt.Key.Key_K, CTRL)
    assert writing.blocks() == (FIRST, SECOND)


def test_the_text_takes_the_room_the_page_has(writing, qtbot):
    area, view = writing.area, writing.scroll.viewport()
    qtbot.waitUntil(lambda: area.mapTo(view, QPoint(0, area.height())).y() >= view.height() - 16)
    assert writing.scroll.verticalScrollBar().maximum() == 0
    writing.resize(700, 10 * area.line())
    qtbot.waitUntil(lambda: writing.scroll.verticalScrollBar().maximum() > 0)
    # never too low to write in
    assert area.height() >= 10 * area.line()


def test_typing_is_told_when_the_text_is_left_but_not_to_its_own_tools(writing):
    writing.type("ş")
    writing.editor.ui.paragraph.setFocus()
    assert len(writing.stored) == 1
    writing.other.setFocus()
    assert writing.stored[-1][0] == paragraph("şBirinci")


def test_nothing_is_told_where_nothing_changed(writing):
    writing.type("a")
    writing.key(Qt.Key.Key_Backspace)
    writing.put(1, 6)
    writing.type("\n")
    assert writing.editor.commit()
    assert len(writing.stored) == 1
    # the empty paragraph stays for what comes next
    assert writing.area.document().blockCount() == 3


def test_undo_is_the_texts_own_until_stored_then_the_windows(writing):
    document = writing.area.document()
    writing.put(1, 6)
    writing.type("a")
    assert document.isUndoAvailable()
    writing.key(Qt.Key.Key_Z, CTRL)
    assert writing.blocks() == (FIRST, SECOND)
    writing.type("b")
    writing.editor.commit()
    writing.undo()
    assert writing.blocks() == (FIRST, SECOND)
    assert not writing.editor.is_typed()
    # the cursor is where something changed
    assert writing.area.textCursor().blockNumber() == 1


def test_the_windows_shortcuts_are_taken_only_where_the_text_has_a_use_for_them(writing, qtbot):
    done = []
    for keys in ("Ctrl+Z", "Ctrl+Shift+Down", "Ctrl+F"):
        action = QAction(writing)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _on=False, keys=keys: done.append(keys))
        writing.addAction(action)
    for key, modifiers in ((Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Down, CTRL | SHIFT), (Qt.Key.Key_F, CTRL)):
        qtbot.keyClick(writing.area, key, modifiers)
    assert done == ["Ctrl+Z", "Ctrl+F"]
    assert writing.blocks() == (SECOND, FIRST)
    qtbot.keyClick(writing.area, Qt.Key.Key_Z, CTRL)
    assert done == ["Ctrl+Z", "Ctrl+F"]
    assert writing.blocks() == (FIRST, SECOND)


def test_what_is_being_typed_stays_when_something_else_changes(writing):
    writing.type("x")
    writing.show_stored()
    assert writing.blocks()[0] == paragraph("xBirinci")
    writing.editor.revert()
    assert writing.blocks() == (FIRST, SECOND)


def test_a_text_that_could_not_be_stored_is_kept_and_told_again(writing):
    writing.refusing = True
    writing.type("x")
    assert not writing.editor.commit()
    writing.show_stored()
    assert writing.blocks()[0] == paragraph("xBirinci")
    writing.refusing = False
    assert writing.editor.commit()
    assert writing.stored[-1][0] == paragraph("xBirinci")


def test_another_text_replaces_what_is_there(writing):
    writing.type("x")
    writing.stored = [(SECOND,)]
    writing.show_stored(another=True)
    assert writing.blocks() == (SECOND,)
    assert not writing.editor.idle.isActive()


def test_keys_make_headings_bullets_and_bold(writing):
    writing.key(Qt.Key.Key_1, CTRL)
    writing.put(1, 6)
    writing.type("\n- Madde ")
    writing.key(Qt.Key.Key_B, CTRL)
    writing.type("kalın")
    writing.key(Qt.Key.Key_B, CTRL)
    writing.type(" ince\n\nSon\nAlt")
    writing.key(Qt.Key.Key_2, CTRL)
    assert writing.blocks() == (
        TextBlock(BlockKind.HEADING, FIRST.runs, 1),
        SECOND,
        TextBlock(BlockKind.BULLET, (Run("Madde "), Run("kalın", bold=True), Run(" ince"))),
        paragraph("Son"),
        TextBlock(BlockKind.HEADING, (Run("Alt"),), 2),
    )
    writing.key(Qt.Key.Key_0, CTRL)
    writing.key(Qt.Key.Key_L, CTRL)
    assert writing.blocks()[-1] == TextBlock(BlockKind.BULLET, (Run("Alt"),))
    writing.key(Qt.Key.Key_L, CTRL)
    assert writing.blocks()[-1] == paragraph("Alt")


def test_tools_follow_the_cursor(desk):
    ui = desk.editor.ui
    bold = paragraph("a", Run("b", bold=True))
    heading = TextBlock(BlockKind.HEADING, (Run("Başlık"),), 2)
    desk.stored = [(bold, heading, FIGURE)]
    desk.show_stored(another=True)
    desk.put(0, 2)
    assert (ui.paragraph.isChecked(), ui.bold.isChecked(), ui.bold.isEnabled()) == (True, True, True)
    desk.put(1)
    assert (ui.subheading.isChecked(), ui.heading.isChecked(), ui.bold.isEnabled()) == (True, False, False)
    desk.put(2)
    assert not ui.bullets.isEnabled()
    # a click on what is so already makes a paragraph, and the button says so
    desk.put(1)
    ui.subheading.click()
    assert (ui.subheading.isChecked(), ui.paragraph.isChecked()) == (False, True)


def test_blocks_move_with_the_keyboard(writing):
    writing.key(Qt.Key.Key_Down, CTRL | SHIFT)
    assert writing.blocks() == (SECOND, FIRST)
    writing.editor.ui.move_up.click()
    assert writing.blocks() == (FIRST, SECOND)


def test_tab_leaves_and_tools_are_one_stop_with_arrows(writing):
    ui = writing.editor.ui
    press(writing.area, Qt.Key.Key_Tab, "\t")
    assert not writing.area.hasFocus()
    ui.paragraph.setFocus()
    press(ui.paragraph, Qt.Key.Key_Right)
    assert ui.heading.hasFocus()
    press(ui.heading, Qt.Key.Key_Left)
    press(ui.paragraph, Qt.Key.Key_Left)
    assert ui.move_down.hasFocus()
    policies = [b.focusPolicy() != Qt.FocusPolicy.NoFocus for b in ui.buttons._buttons]
    assert policies.count(True) == 1


def test_a_labels_mnemonic_leads_into_the_text(desk, qtbot):
    label = QLabel("Me&tin", desk)
    label.setBuddy(desk.editor)
    label.show()
    QApplication.focusWidget().clearFocus()
    QTest.keyClick(desk.window().windowHandle(), Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert desk.area.hasFocus()


def paste(desk, **content):
    data = QMimeData()
    for kind, value in content.items():
        getattr(data, f"set{kind.capitalize()}")(value)
    desk.area.insertFromMimeData(data)


def test_a_word_processors_text_is_pasted_between(writing):
    writing.put(0, 3)
    paste(writing, html="<h2>Başlık</h2><p>Metin <b>kalın</b></p>", text="yanlış")
    assert writing.blocks() == (
        paragraph("Bir"),
        TextBlock(BlockKind.HEADING, (Run("Başlık"),), 1),
        paragraph("Metin ", Run("kalın", bold=True)),
        paragraph("inci"),
        SECOND,
    )
    writing.key(Qt.Key.Key_Z, CTRL)
    assert writing.blocks() == (FIRST, SECOND)


def test_a_single_line_is_pasted_into_the_line(writing):
    writing.put(0, 3)
    paste(writing, text="XY")
    assert writing.blocks() == (paragraph("BirXYinci"), SECOND)


def test_what_is_copied_is_pasted_with_pictures(desk):
    desk.stored = [(FIRST, FIGURE, SECOND)]
    desk.show_stored(another=True)
    desk.area.selectAll()
    data = desk.area.createMimeDataFromSelection()
    assert data.text() == "Birinci\nBölgeler\nİkinci"
    desk.put(2, 6)
    desk.area.insertFromMimeData(data)
    assert desk.blocks() == (FIRST, FIGURE, SECOND, FIRST, FIGURE, SECOND)


def test_a_chosen_picture_is_stored_at_once_and_once(writing, tmp_path):
    path = tmp_path / "Park.png"
    path.write_bytes(encoded(40, 30))
    writing.chosen = [path, path]
    writing.put(0, 7)
    writing.editor.ui.picture.click()
    first, figure, again, second = writing.stored[-1]
    assert (first, second) == (FIRST, SECOND)
    assert figure == again
    new = writing.editor.pictures[figure.picture]
    assert (new.name, new.media_type, new.data) == ("Park", "image/png", path.read_bytes())
    assert writing.area.hasFocus()
    # a caption is typed below it
    writing.type("Yeni park")
    assert writing.blocks()[2].caption == "Yeni park"


def test_a_picture_of_the_file_is_used_again(writing, tmp_path):
    path = tmp_path / "kopya.png"
    path.write_bytes(MAP.data)
    writing.editor.add_pictures(taking_pictures.from_files([path]))
    assert [b.picture for b in writing.blocks() if b.picture] == ["map"]


def test_a_picture_that_is_none_is_told_and_nothing_is_lost(writing, tmp_path):
    good, bad = tmp_path / "iyi.png", tmp_path / "kötü.png"
    good.write_bytes(encoded(40, 30))
    bad.write_text("resim değil")
    letter = tmp_path / "yazı.docx"
    letter.write_bytes(b"PK")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (bad, letter, good)])
    writing.area.insertFromMimeData(data)
    assert [b.kind for b in writing.blocks()].count(BlockKind.PICTURE) == 1
    assert all(name in writing.editor.ui.problem.text() for name in ("kötü.png", "yazı.docx"))
    assert writing.editor.ui.problem.isVisible()
    assert len(writing.said) == 1
    writing.editor.add_pictures(taking_pictures.from_files([good]))
    assert not writing.editor.ui.problem.isVisible()


def test_a_picture_is_pasted_from_the_clipboard(writing):
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    data = QMimeData()
    data.setImageData(image)
    writing.area.insertFromMimeData(data)
    [figure] = [b for b in writing.stored[-1] if b.kind is BlockKind.PICTURE]
    with Image.open(io.BytesIO(writing.editor.pictures[figure.picture].data)) as stored:
        assert (stored.format, stored.size, stored.getpixel((3, 3))) == ("PNG", (20, 10), (255, 0, 0))


def test_a_selection_over_several_blocks_is_typed_over_and_cut(desk):
    desk.stored = [(FIRST, FIGURE, SECOND)]
    desk.show_stored(another=True)
    desk.put(1, 0, to=(2, 2))
    desk.type("ğ")
    assert desk.blocks() == (FIRST, paragraph("ğinci"))
    desk.put(0, 3, to=(1, 1))
    desk.key(Qt.Key.Key_X, CTRL)
    assert desk.blocks() == (paragraph("Birinci"),)
    assert QApplication.clipboard().text() == "inci\nğ"


def test_read_only_shows_and_changes_nothing(writing):
    writing.editor.setReadOnly(True)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
        writing.key(key)
    writing.key(Qt.Key.Key_1, CTRL)
    writing.type("- x")
    assert writing.blocks() == (FIRST, SECOND)
    assert not writing.editor.ui.buttons.isVisible()
    assert not writing.editor.is_typed()


def test_the_page_follows_the_cursor_and_the_text_never_scrolls(writing, qtbot):
    writing.put(1, 6)
    writing.type("\n" + "satır\n" * 60)
    bar = writing.scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0)
    assert writing.area.verticalScrollBar().maximum() == 0
    writing.key(Qt.Key.Key_PageUp)
    assert 10 < writing.area.textCursor().blockNumber() < 60
    tools = writing.editor.ui.buttons
    # the tools are still in sight, and not over the line that is written
    assert tools.mapTo(writing.scroll.viewport(), QPoint(0, 0)).y() == 0
    writing.key(Qt.Key.Key_Home, CTRL)
    qtbot.waitUntil(lambda: bar.value() < 40)
    assert tools.y() + tools.height() <= writing.area.y() + writing.area.cursorRect().top()


def test_the_cursor_is_put_into_a_block_by_its_row(desk):
    rows = [dataclasses.replace(b, row=n) for n, b in ((7, FIGURE), (3, paragraph()), (4, SECOND), (9, FIRST))]
    desk.editor.show_blocks(rows, KNOWN, another=True)
    desk.editor.show_row(4)
    assert desk.area.textCursor().block().text() == "İkinci"
    desk.editor.show_row(7)
    assert desk.area.textCursor().block().text() == "Bölgeler"
    desk.editor.show_row(3)
    assert desk.area.hasFocus()


def test_with_a_file_a_picture_and_its_text_are_one_step(qtbot, tmp_path):
    path, park = tmp_path / "a.perfdesk", tmp_path / "park.png"
    park.write_bytes(encoded(40, 30))
    files.create(path, Municipality(Administration("A", "town"), programmes=(Programme(2027),)))
    with files.open_store(path, writable=True) as store:
        editor = TextEditor(chooser=lambda parent: [park])
        qtbot.addWidget(editor)
        row = store.load().programmes[0].row

        def show(change=None):
            municipality = store.load()
            written = municipality.programmes[0].sections
            known = {picture.id: picture for picture in municipality.pictures}
            editor.show_blocks(written[0].blocks if written else (), known)

        store.on_change = show
        editor.left.connect(lambda blocks: sections.set_blocks(store, row, "foreword", blocks, editor.pictures))
        show()
        for letter in "Değerli hemşehrilerim":
            press(editor.ui.area, Qt.Key.Key_unknown, letter)
        assert editor.commit()
        editor.ui.picture.click()
        for letter in "Irmak":
            press(editor.ui.area, Qt.Key.Key_unknown, letter)
        assert editor.commit()
        [picture] = store.load().pictures
        caption = TextBlock(BlockKind.PICTURE, picture=picture.id, caption="Irmak")
        assert store.load().programmes[0].sections[0].blocks == (paragraph("Değerli hemşehrilerim"), caption)
        store.undo()
        assert editor.blocks()[1].caption == ""
        store.undo()
        assert store.load().pictures == ()
        assert editor.blocks() == (paragraph("Değerli hemşehrilerim"),)
        store.redo()
        assert len(store.load().pictures) == 1
        assert editor.blocks()[1].picture == picture.id
        assert not editor.is_typed()
