"""The form of a part with text: its title and its text."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from tests.gui.hands import press

from perfdesk.gui.text.structure import blocks_of
from perfdesk.services.book import sections
from perfdesk.services.editing import records
from perfdesk.services.layout import layout_settings


@pytest.fixture
def page(window):
    window.go_to(("part", "foreword"))
    return window.pages.page


def title_of(window, key="foreword"):
    return next((s.title for s in window.session.context.programme.sections if s.key == key), None)


def test_a_title_of_ones_own_is_written_and_taken_back(window, page):
    field = page.section_ui.title
    field.setFocus()
    field.setPlainText("  Başkanın sunuşu ")
    press(field, Qt.Key.Key_Return)
    assert title_of(window) == "Başkanın sunuşu"
    window.undo()
    assert title_of(window) is None
    assert field.toPlainText() == ""


def test_a_title_that_cannot_be_printed_stays_in_its_field_with_a_sentence(window, page):
    field = page.section_ui.title
    field.setFocus()
    field.setPlainText("a\x1bb")
    press(field, Qt.Key.Key_Return)
    assert title_of(window) is None
    assert "U+001B" in field.accessibleDescription()
    window.go_to(("part", "authority"))
    assert page.section_ui.title.toPlainText() == ""
    window.go_to(("part", "foreword"))
    assert page.section_ui.title.toPlainText() == "a\x1bb"
    press(field, Qt.Key.Key_Escape)
    assert field.accessibleDescription() == ""


def test_a_text_is_saved_when_it_is_left_and_stays_with_its_part(window, page):
    text = page.section_ui.text
    text.setFocus()
    text.ui.area.insertPlainText("Değerli meclis üyeleri")
    window.go_to(("part", "authority"))
    assert page.section_ui.text.blocks() == ()
    (section,) = window.session.context.programme.sections
    assert section.key == "foreword"
    window.undo()
    assert window.session.context.programme.sections == ()
    window.redo()
    assert window.here == ("part", "foreword")
    assert [run.text for block in blocks_of(text.ui.area.document()) for run in block.runs] == [
        "Değerli meclis üyeleri"
    ]


def test_from_the_outline_tab_leads_into_the_form(window, page):
    window.ui.outline.setFocus()
    press(window.ui.outline, Qt.Key.Key_Tab, "\t")
    assert page.isAncestorOf(window.focusWidget())
    window.ui.other_side.trigger()
    assert window.ui.outline.hasFocus()
    window.ui.other_side.trigger()
    assert page.isAncestorOf(window.focusWidget())


def type_in(area, text):
    for letter in text:
        press(area, {"\n": Qt.Key.Key_Return, " ": Qt.Key.Key_Space}.get(letter, Qt.Key.Key_unknown), letter)


def written(page):
    return [run.text for block in page.section_ui.text.blocks() for run in block.runs]


def test_each_paragraph_is_a_step_and_the_cursor_stays_at_the_end_of_it(window, page):
    area = page.section_ui.text.ui.area
    area.setFocus()
    press(area, Qt.Key.Key_1, "", Qt.KeyboardModifier.ControlModifier)
    texts = ["Başlık", "Birinci cümle. İkinci cümle.", "Son söz."]
    type_in(area, "\n".join(texts))
    # the window's command, as Ctrl+Z reaches it when the text has nothing of its own to take back
    window.undo()
    assert written(page) == texts[:2]
    for count in (1, 0):
        window.undo()
        assert written(page) == texts[:count]
    for count in (1, 2, 3):
        window.redo()
        assert written(page) == texts[:count]
        cursor = area.textCursor()
        assert (cursor.block().text(), cursor.atBlockEnd()) == (texts[count - 1], True)


def test_nothing_jumps_when_the_first_words_are_stored(qtbot, window, page):
    area, note = page.section_ui.text.ui.area, page.frame.note
    assert note.text()

    def top():
        return area.mapTo(window, area.rect().topLeft()).y()

    qtbot.waitUntil(lambda: note.height() > 10)
    before = top()
    area.setFocus()
    type_in(area, "Sayın üyeler")
    assert page.section_ui.text.commit()
    assert note.text() == ""
    # the layout, where it has anything to do, does it now
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    window.layout().activate()
    assert top() == before
    # on another page, and back here, there is no empty room
    window.go_to(("part", "authority"))
    window.go_to(("part", "foreword"))
    qtbot.waitUntil(lambda: top() < before)
    assert not note.isVisible()


def test_an_empty_text_fills_the_page(qtbot, window, page):
    area, view = page.section_ui.text.ui.area, page.frame.scroll.viewport()
    qtbot.waitUntil(lambda: area.mapTo(view, area.rect().bottomLeft()).y() > view.height() - 40)
    assert page.frame.scroll.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("key", ["cover", "imprint", "quotation", "back_cover"])
def test_a_page_before_or_behind_the_parts_says_what_is_printed_of_it(window, key):
    session = window.session
    window.go_to(("part", key))
    page = window.pages.page
    assert "basıl" in page.note()
    assert page.section_ui.title.isVisibleTo(page) == (key == "quotation")
    layout_settings.set_setting(session.store, session.context.programme.row, "pages", ("contents",))
    assert ("Kitabın sayfaları" in page.note()) == (key != "cover")


def test_a_title_that_is_not_printed_is_shown_none_the_less(window):
    session = window.session
    sections.set_title(session.store, session.context.programme.row, "imprint", "Künye bilgileri")
    window.go_to(("part", "imprint"))
    assert window.pages.page.section_ui.title.isVisibleTo(window.pages.page)


def test_what_is_written_by_leaving_is_shown_by_the_form_that_is_left(window):
    """Else the form would take it for typed still, and write it once more after undo."""
    records.add(window.session.store, "unit")
    window.go_to(("part", "annexes"))
    page = window.pages.page
    area = page.section_ui.text.ui.area
    area.setFocus()
    press(area, Qt.Key.Key_A, "a")
    window.go_to(("target", "t1"))
    assert window.here == ("target", "t1")
    assert not page.section_ui.text.is_typed()
    for label in ("text of a section", "new unit"):
        assert window.session.undo_label == label
        window.ui.outline.setFocus()
        window.undo()
    assert area.toPlainText() == ""
    assert window.session.undo_label == ""
