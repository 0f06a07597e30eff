"""The print layout: its presets and settings, as hands change them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from tests.gui.hands import press

from perfdesk.gui.dialogs import unsaved
from perfdesk.gui.pages.layout_page import LayoutPage
from perfdesk.gui.pages.stack import PageStack
from perfdesk.services.places import LAYOUT
from perfdesk.tables.layout import LAYOUTS

# other tests are not asked
ASK = unsaved.ask
KEYS = Qt.KeyboardModifier
MOVE = KEYS.ControlModifier | KEYS.ShiftModifier


@pytest.fixture
def page(window):
    window.go_to(LAYOUT)
    page = window.findChild(PageStack).page
    assert isinstance(page, LayoutPage)
    return page


def settings(page):
    return page.session.context.programme.layout_settings


def type_text(field, text):
    field.selectAll()
    for letter in text:
        press(field, Qt.Key.Key_unknown, letter)
    press(field, Qt.Key.Key_Return)


def field(page):
    """The widget in which the setting in hand is changed."""
    return page.ui.editor._field.first


def state(page, key):
    return page.ui.settings._items[key].text(2)


def test_the_layouts_are_offered_and_chosen_with_the_keyboard(page, window):
    buttons = page.presets.buttons()
    assert [button.isChecked() for button in buttons] == [name == "official" for name in LAYOUTS]
    buttons[0].setFocus()
    press(buttons[0], Qt.Key.Key_Down)
    press(page.presets.buttons()[1], Qt.Key.Key_Space)
    assert page.session.context.layout.name == LAYOUTS[1]
    window.ui.undo.trigger()
    assert page.session.context.layout.name == "official"
    assert buttons[0].isChecked()


def test_a_text_is_changed_seen_and_reset(page, qtbot):
    qtbot.waitUntil(lambda: bool(page.ui.example.pictures()))
    page.ui.settings.put("labels.grand_total")
    press(page.ui.settings, Qt.Key.Key_Return)
    assert page.focusWidget() is field(page)
    # chosen whole when the keyboard comes in
    assert field(page).textCursor().selectedText() == "Genel Toplam"
    for letter in "Tümü ({yıl})":
        press(field(page), Qt.Key.Key_unknown, letter)
    press(field(page), Qt.Key.Key_Return)
    assert settings(page) == {"labels.grand_total": "Tümü ({year})"}
    assert state(page, "labels.grand_total")
    qtbot.waitUntil(lambda: "Tümü (2027)" in page.ui.example.accessibleDescription())
    assert "Genel Toplam" in page.ui.editor.preset.text()
    page.ui.editor.back.click()
    assert settings(page) == {}
    assert not state(page, "labels.grand_total")
    assert field(page).toPlainText() == "Genel Toplam"


def test_a_refused_text_stays_with_its_setting(page):
    page.ui.settings.put("share")
    type_text(field(page), "yüzde")
    assert settings(page) == {}
    assert "{pay}" in page.ui.editor.problem.text()
    page.ui.settings.put("currency")
    assert page.ui.editor.problem.text() == ""
    assert state(page, "share")
    page.ui.settings.put("share")
    assert field(page).toPlainText() == "yüzde"
    assert page.ui.editor.problem.text()
    type_text(field(page), "%{share}")
    assert settings(page) == {"share": "%{share}"}
    assert page.ui.editor.problem.text() == ""
    # under the name that the window gives it
    assert field(page).toPlainText() == "%{pay}"


def test_columns_are_ticked_and_moved(page):
    page.ui.settings.put("indicator_columns")
    columns = page.ui.editor._field.list
    assert columns.value() == ("code", "name", "unit", "values")
    columns.list.setCurrentRow(0)
    press(columns.list, Qt.Key.Key_Down, modifiers=MOVE)
    assert settings(page)["indicator_columns"] == ["name", "code", "unit", "values"]
    assert columns.list.currentRow() == 1
    press(columns.list, Qt.Key.Key_Up, modifiers=MOVE)
    assert settings(page) == {}
    # neither a name nor code and name: refused, and stays so until it is mended
    rows = [columns.list.item(n).data(Qt.ItemDataRole.UserRole) for n in range(columns.list.count())]
    columns.list.setCurrentRow(rows.index("name"))
    press(columns.list, Qt.Key.Key_Space, " ")
    assert settings(page) == {}
    assert page.ui.editor.problem.text()
    columns.list.setCurrentRow(rows.index("code_and_name"))
    press(columns.list, Qt.Key.Key_Space, " ")
    assert settings(page)["indicator_columns"] == ["code", "code_and_name", "unit", "values"]
    assert page.ui.editor.problem.text() == ""


def test_lists_and_ticks(page):
    page.ui.settings.put("performance_rows")
    box = field(page)
    press(box, Qt.Key.Key_Down)
    assert settings(page) == {"performance_rows": "target"}
    assert page.ui.shown.currentData() == "administration_performance"
    page.ui.settings.put("indicator_note_row")
    press(field(page), Qt.Key.Key_Space, " ")
    assert settings(page) == {"performance_rows": "target", "indicator_note_row": True}
    page.ui.reset_all.click()
    assert settings(page) == {}


def test_heads_of_years_are_three_texts(page, qtbot):
    page.ui.settings.put("year_heads")
    fields = page.ui.editor._field.fields
    assert [one.toPlainText() for one in fields] == ["{yıl}"] * 3
    type_text(fields[1], "{year} Tahmin")
    assert settings(page)["year_heads"] == ["{year}", "{year} Tahmin", "{year}"]
    qtbot.waitUntil(lambda: "2026 Tahmin" in page.ui.example.accessibleDescription())


def names_in_sight(tree):
    groups = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    settings = [group.child(at) for group in groups if not group.isHidden() for at in range(group.childCount())]
    return [setting.text(0) for setting in settings if not setting.isHidden()]


def test_the_search_ignores_case_and_dots(page):
    page.ui.find.setFocus()
    for letter in "İDARE AD":
        press(page.ui.find, Qt.Key.Key_unknown, letter)
    shown = names_in_sight(page.ui.settings)
    assert "İdare Adı" in shown
    assert len(shown) < 10
    assert page.ui.settings.currentItem().text(0) in shown
    page.ui.find.clear()
    assert len(names_in_sight(page.ui.settings)) > 100


def test_undo_goes_to_the_setting(page, window):
    page.ui.settings.put("zero")
    press(field(page), Qt.Key.Key_Down)
    assert settings(page) == {"zero": "-"}
    page.ui.settings.put("share")
    window.ui.undo.trigger()
    assert settings(page) == {}
    assert page.ui.settings.key() == "zero"


def question(window):
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    return box


def test_another_layout_asks_before_changes_are_dropped(page, window, qtbot, monkeypatch):
    monkeypatch.setattr(unsaved, "ask", ASK)
    page.ui.settings.put("zero")
    press(field(page), Qt.Key.Key_Down)
    page.presets.buttons()[2].click()
    box = question(window)
    assert page._settings["zero"].name in box.informativeText()
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
    press(box, Qt.Key.Key_Escape)
    assert settings(page) == {"zero": "-"}
    assert page.presets.chosen == page.session.context.layout.name == "official"
    page.presets.buttons()[2].click()
    box = question(window)
    next(one for one in box.buttons() if box.buttonRole(one) is QMessageBox.ButtonRole.DestructiveRole).click()
    qtbot.waitUntil(lambda: page.session.context.layout.name == LAYOUTS[2])
    assert settings(page) == {}
    assert page.presets.chosen == LAYOUTS[2]
    assert f"“{page._settings['zero'].name}”" in page.ui.left_behind.text()
    assert "Ctrl+Z" in page.ui.left_behind.text()
    window.ui.undo.trigger()
    assert settings(page) == {"zero": "-"}
    assert page.presets.chosen == "official"
    assert page.ui.left_behind.text() == ""


def test_without_changes_another_layout_asks_nothing(page, window, monkeypatch):
    monkeypatch.setattr(unsaved, "ask", ASK)
    page.presets.buttons()[2].click()
    assert page.session.context.layout.name == LAYOUTS[2]
    assert not [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def test_tab_goes_from_the_list_to_the_field_its_reset_and_the_example(page):
    page.ui.settings.put("share")
    type_text(field(page), "%{pay}")
    page.ui.settings.setFocus()
    wanted = [field(page), page.ui.editor.back, page.ui.shown]
    seen = []
    for _step in wanted:
        press(page.focusWidget(), Qt.Key.Key_Tab)
        seen.append(page.focusWidget())
    assert seen == wanted
    # and on through the window
    while page.window().focusWidget() is not page.window().ui.outline:
        press(page.window().focusWidget(), Qt.Key.Key_Tab)
        seen.append(page.window().focusWidget())
        assert len(seen) == len(set(seen))
    page.ui.shown.setFocus()
    for before in (page.ui.editor.back, field(page), page.ui.settings):
        press(page.focusWidget(), Qt.Key.Key_Backtab)
        assert page.focusWidget() is before


def test_tab_goes_through_all_that_a_field_consists_of(page):
    page.ui.settings.put("year_heads")
    page.ui.settings.setFocus()
    fields = page.ui.editor._field.fields
    for one in (*fields, page.ui.shown):
        press(page.focusWidget(), Qt.Key.Key_Tab)
        assert page.focusWidget() is one
    page.ui.settings.put("cost_facts")
    page.ui.settings.setFocus()
    press(page.ui.settings, Qt.Key.Key_Tab)
    assert page.focusWidget() is page.ui.editor._field.list.list


def test_what_was_refused_is_still_there_in_another_layout(page):
    page.ui.settings.put("share")
    type_text(field(page), "yüzde")
    page.presets.buttons()[2].click()
    assert page.session.context.layout.name == LAYOUTS[2]
    assert state(page, "share")
    assert "{pay}" in page.ui.editor.problem.text()
    assert field(page).toPlainText() == "yüzde"
    assert [refused.text for refused in page.session.refused.values()] == ["yüzde"]
    assert page.ui.left_behind.text() == ""


def test_nothing_can_be_changed_in_a_file_for_reading(qtbot, reading):
    page = LayoutPage(reading)
    qtbot.addWidget(page)
    from perfdesk.services.outline import Entry

    page.show_entry(Entry(*LAYOUT, "Baskı düzeni"), "")
    assert not any(button.isEnabled() for button in page.presets.buttons())
    page.ui.settings.put("share")
    assert field(page).isReadOnly()
    page.ui.settings.put("zero")
    assert not field(page).isEnabled()


def test_columns_stand_above_each_other_where_there_is_no_room(page, qtbot, window):
    from PySide6.QtWidgets import QBoxLayout

    assert page.ui.work.direction() == QBoxLayout.Direction.LeftToRight
    page.resize(500, 600)
    assert page.ui.work.direction() == QBoxLayout.Direction.TopToBottom
