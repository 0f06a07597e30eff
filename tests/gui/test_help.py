"""The help's window: pages, links, searching, keys; and how a page's signs are set."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QColor, QFont, QPalette
from PySide6.QtWidgets import QMainWindow
from tests.gui.hands import press

from perfdesk import i18n
from perfdesk.gui.help import keys, markup
from perfdesk.gui.help.help_window import HelpWindow, show_help
from perfdesk.gui.settings import Settings
from perfdesk.services import helping

PALETTE = QPalette(QColor("#eee"))


@pytest.fixture
def main(qtbot):
    """A window with a menu."""
    window = QMainWindow()
    menu = window.menuBar().addMenu("&Dosya")
    for text, shortcut in (("&Aç…", "Ctrl+O"), ("Geri && ileri", "Alt+G"), ("Kısayolsuz", "")):
        action = QAction(text, window)
        action.setShortcut(shortcut)
        menu.addAction(action)
    menu.addSeparator()
    below = menu.addMenu("Daha")
    below.addAction("Sil").setShortcut("Ctrl+K")
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def shown(qtbot, main):
    """The help beside it, on its first page."""
    window = show_help(main, helping.FIRST)
    qtbot.waitExposed(window)
    return window


def page_text(window):
    return window.ui.browser.toPlainText()


def listed(window):
    contents = window.ui.contents
    return [contents.item(row).text() for row in range(contents.count())]


def html(text):
    return markup.to_html(text, PALETTE, QFont()).split("<body>")[1]


def test_a_page_is_shown_and_marked_in_the_contents(shown):
    shown.show_topic("indicators")
    assert page_text(shown).startswith("Göstergeler")
    assert shown.ui.contents.currentItem().text() == "Göstergeler"
    assert shown.windowTitle() == "Göstergeler – Yardım"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_page_is_set_without_a_sign_left_over(shown, language):
    i18n.set_language(language)
    try:
        for topic in helping.topics(language):
            shown.ui.browser.show_topic(topic.key)
            shown.ui.browser.reload()
            text = page_text(shown)
            assert text.startswith(topic.title)
            assert not {"**", "`", "](", "|", "@"} & {sign for sign in ("**", "`", "](", "|", "@") if sign in text}, (
                topic
            )
            assert not any(line.startswith(("#", "> ")) for line in text.split("\n")), topic
    finally:
        i18n.set_language("tr")


def test_links_lead_on_and_one_can_go_back_and_forward(shown):
    browser = shown.ui.browser
    assert not shown.ui.back.isEnabled()
    browser.setSource(QUrl("help:goals"))
    assert page_text(shown).startswith("Amaç ve hedefler")
    shown.ui.back.click()
    assert browser.topic() == helping.FIRST
    assert shown.ui.contents.currentItem().text() == "İlk adımlar"
    shown.ui.forward.click()
    assert browser.topic() == "goals"


def test_only_pages_of_the_help_are_loaded(shown):
    assert shown.ui.browser.loadResource(2, QUrl("file:///etc/passwd")) is None


def test_choosing_in_the_list_shows_the_page(shown):
    row = listed(shown).index("Resimler")
    shown.ui.contents.setCurrentRow(row)
    assert page_text(shown).startswith("Resimler")


def test_groups_can_not_be_chosen(shown):
    item = shown.ui.contents.item(0)
    assert item.text() == "Başlarken"
    assert not item.flags() & Qt.ItemFlag.ItemIsEnabled


def test_searching_lists_pages_and_marks_the_places(shown):
    ui = shown.ui
    ui.query.setText("GOSTERGE karti")
    assert listed(shown)[0] == "Gösterge kartı"
    assert ui.browser.topic() == helping.FIRST
    press(ui.query, Qt.Key.Key_Return)
    assert ui.browser.topic() == "indicator_card"
    assert helping.searchable(ui.browser.textCursor().selectedText()) == "gosterge karti"
    places = len(ui.browser.extraSelections())
    assert places
    assert ui.found.text() == f"Bu sayfada bulunan: {places}"


def test_words_that_do_not_stand_together_are_marked_one_by_one(shown):
    shown.ui.query.setText("karti GOSTERGE")
    shown.ui.browser.show_topic("indicator_card")
    shown.ui.browser.go_to_place(0)
    assert helping.searchable(shown.ui.browser.textCursor().selectedText()) == "gosterge"


def test_f3_goes_through_the_places_of_the_page_and_on_to_the_next_page_found(shown):
    ui = shown.ui
    ui.query.setText("önizleme")
    shown.ui.browser.show_topic("first_steps")
    ui.browser.go_to_place(0)
    first = ui.browser.textCursor().selectionStart()
    starts = [first]
    for _ in range(len(ui.browser.extraSelections()) - 1):
        ui.next_found.click()
        starts.append(ui.browser.textCursor().selectionStart())
    assert starts == sorted(set(starts))
    pages = [topic.key for topic in helping.topics("tr")]
    found = [hit.topic for hit in helping.search("önizleme", "tr", ui.browser.tables)]
    assert set(found) < set(pages)
    ui.next_found.click()
    assert ui.browser.topic() == found[(found.index("first_steps") + 1) % len(found)]
    assert ui.browser.textCursor().selectedText()
    assert not ui.browser.has_place(-1)
    ui.previous_found.click()
    assert ui.browser.topic() == "first_steps"
    assert ui.browser.textCursor().selectionStart() == starts[-1]


def test_only_beginnings_of_words_are_marked(shown):
    ui = shown.ui
    ui.query.setText("ad")
    ui.browser.show_topic("units")
    text = ui.browser.document().toRawText()
    marked = [one.cursor.selectionStart() for one in ui.browser.extraSelections()]
    assert marked
    assert not any(text[at - 1].isalnum() for at in marked if at)


def test_what_is_on_no_page_is_said(shown):
    shown.ui.query.setText("qqqq")
    assert listed(shown) == []
    assert shown.ui.found.text() == "“qqqq” hiçbir sayfada bulunamadı."
    assert not shown.ui.next_found.isEnabled()
    press(shown.ui.query, Qt.Key.Key_Return)
    assert shown.ui.browser.topic() == helping.FIRST


def test_an_emptied_search_shows_the_contents_again(shown):
    shown.ui.query.setText("yedek")
    assert shown.ui.found.isVisible()
    shown.ui.query.clear()
    assert listed(shown)[0] == "Başlarken"
    assert not shown.ui.found.isVisible()
    assert not shown.ui.browser.extraSelections()


def test_the_arrow_down_leads_from_the_search_into_the_list(shown, qtbot):
    shown.ui.query.setFocus()
    shown.ui.query.setText("yedek")
    press(shown.ui.query, Qt.Key.Key_Down)
    qtbot.waitUntil(shown.ui.contents.hasFocus)


def test_escape_hides_it_and_it_comes_back_as_the_same_window(shown, main, qtbot):
    shown.resize(700, 500)
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    again = show_help(main, "units")
    assert again is shown
    assert again.isVisible()
    assert again.width() == 700
    assert page_text(again).startswith("Harcama birimleri")


def test_the_keyboard_page_lists_the_menus_of_its_window(shown):
    shown.show_topic(helping.KEYBOARD)
    text = page_text(shown)
    assert "Dosya › Aç\n" in text
    assert "Dosya › Geri & ileri" in text
    assert "Ctrl+K" in text
    assert "Kısayolsuz" not in text
    assert "hücredeki girişi silmeden düzeltir" in text
    shown.ui.query.setText("Ctrl+K")
    assert "Klavye" in listed(shown)


def test_all_shortcuts_of_the_program_are_on_the_keyboard_page(window):
    shortcuts = {
        key.toString(key.SequenceFormat.NativeText)
        for action in window.findChildren(QAction)
        for key in action.shortcuts()
        if action.menu() is None and action in _in_menus(window)
    }
    listed_keys = ", ".join(shown for shown, _where in keys.menu_keys(window)).split(", ")
    assert shortcuts == set(listed_keys)


def _in_menus(window):
    return [entry for menu in window.menuBar().actions() for entry in menu.menu().actions()]


def test_colours_follow_the_palette(shown):
    ui = shown.ui
    dark = QPalette(ui.browser.palette())
    dark.setColor(QPalette.ColorRole.Link, QColor("#12fe56"))
    ui.browser.setPalette(dark)
    assert "#12fe56" in ui.browser.toHtml()


def test_lines_are_not_longer_than_can_be_read(shown, qtbot):
    shown.resize(3000, 600)
    browser = shown.ui.browser
    qtbot.waitUntil(lambda: browser.viewport().width() > 2000)
    assert browser.lineWrapColumnOrWidth() < 1400
    shown.resize(600, 600)
    qtbot.waitUntil(lambda: browser.lineWrapColumnOrWidth() <= browser.viewport().width())


def test_it_needs_no_main_window(qtbot):
    window = HelpWindow()
    qtbot.addWidget(window)
    window.show_topic(helping.KEYBOARD)
    assert page_text(window).startswith("Klavye")


def test_signs_are_set():
    assert html("# A & B") == "<h1>A &amp; B</h1></body></html>"
    assert "<p>a b</p>" in html("a\nb")
    assert "<ul><li>a b</li><li>c</li></ul>" in html("- a\n  b\n- c")
    assert "<p>x</p><ol><li>a</li></ol>" in html("x\n1. a")
    assert '<td class="note">a b<br>c</td>' in html("> a\n> b\n>\n> c")
    assert '<a href="help:units">b</a> <b>c</b>' in html("[b](units) **c**")


def test_what_is_typed_is_read_no_further():
    assert "**[a](b)** &lt;i&gt;" in html("`**[a](b)** <i>`")


def test_tables_have_a_head_and_columns_at_the_right():
    made = html("| A | B |\n|---|---:|\n| x |  |\n| y | 1 |")
    assert "<tr><th>A</th><th align=right>B</th></tr>" in made
    assert "<tr><td>x</td><td align=right></td></tr><tr><td>y</td><td align=right>1</td></tr>" in made


def test_enter_opens_the_first_page_found_even_where_the_page_shown_is_found_too(shown):
    ui = shown.ui
    ui.query.setText("gösterge")
    assert helping.FIRST in [hit.topic for hit in helping.search("gösterge", "tr")]
    press(ui.query, Qt.Key.Key_Return)
    assert ui.browser.topic() == "indicators"
    at = ui.browser.textCursor().selectionStart()
    press(ui.query, Qt.Key.Key_Return)
    assert ui.browser.topic() == "indicators"
    assert ui.browser.textCursor().selectionStart() > at


def test_where_the_screen_has_become_smaller_the_window_fits_it_with_its_frame(main, qtbot):
    """As at 150 %: a place kept from a larger screen is cut by Qt to just more than a window with a title may have."""
    tall = HelpWindow(main)
    qtbot.addWidget(tall)
    room = tall.screen().availableGeometry()
    tall.setGeometry(room.left() + 10, room.top() + 10, 480, 2 * room.height())
    Settings().keep_state("help", tall.saveGeometry())
    again = HelpWindow(main)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitExposed(again)
    assert again.width() == 480
    assert again.height() + 48 <= room.height()
    assert again.geometry().bottom() <= room.bottom()
    # one that has room enough stays as it was
    again.setGeometry(room.left() + 10, room.top() + 60, 480, 300)
    Settings().keep_state("help", again.saveGeometry())
    small = HelpWindow(main)
    qtbot.addWidget(small)
    assert small.height() == 300
