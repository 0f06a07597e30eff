"""The form of a resource table, and the question before a new one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from tests.gui.hands import press, put, texts, type_in

from perfdesk.gui.dialogs.choose_table import ChooseTable
from perfdesk.gui.models.resource_model import find_table
from perfdesk.gui.pages.resource_table_page import ResourceTablePage
from perfdesk.services.book import resource_tables
from perfdesk.services.outline import Entry
from perfdesk.services.paste import pasting
from perfdesk.services.paste.pasted_block import Block
from perfdesk.services.places import Place

HEADER = (("Cinsi", "Mülkiyet", "Mülkiyet"), ("", "Resmî", "Kiralık"))


def add(session, rows, header=HEADER, section="physical_resources", **fields):
    store = session.store
    row = resource_tables.add_table(store, session.context.programme.row, section)
    with store.step("x"):
        store.update("resource_table", row, header=header, caption="Taşıtlar", **fields)
    resource_tables.set_cells(store, row, {}, rows)
    return row


@pytest.fixture
def row(session):
    """A table with a header of two lines, totals, a short row and one of its own totals."""
    rows = [["Kamyon", "3", "1"], ["Binek", "2"], ["Toplam", "5", "1"]]
    return add(session, rows, total_row=True, total_column=True)


def open_page(session, row, qtbot):
    page = ResourceTablePage(session)
    qtbot.addWidget(page)
    session.changed.connect(lambda _change: page.refresh())
    page.resize(900, 700)
    page.show()
    page.show_entry(Entry("resource_table", str(row), "x"), "")
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def page(session, row, qtbot):
    return open_page(session, row, qtbot)


def paste(model, row, column, rows):
    model.paste(pasting.plan(Block(tuple(rows)), model.ground(), row, column), unfit=True)


def cells(session, row):
    return [line.cells for line in find_table(session, row).rows]


def test_totals_are_the_books_and_cannot_be_typed(page):
    rows = page.rows
    assert texts(rows, 0) == {"c0": "Kamyon", "c1": "3", "c2": "1", "total": "4"}
    assert texts(rows, 1) == {"c0": "Binek", "c1": "2", "c2": "", "total": "2"}
    # the blank row stands before the computed total
    assert rows.is_new(3)
    assert texts(rows, 4) == {"c0": "Toplam", "c1": "5", "c2": "1", "total": "6"}
    for at in (rows.index(0, 3), rows.index(4, 1)):
        assert not rows.flags(at) & Qt.ItemFlag.ItemIsEditable
        assert rows.cell(at).computed


def test_a_typed_total_is_bold_and_can_be_changed(page, session, row):
    index = page.rows.index(2, 1)
    assert index.data(Qt.ItemDataRole.FontRole).bold()
    assert page.rows.index(0, 1).data(Qt.ItemDataRole.FontRole) is None
    page.rows.setData(index, "9")
    assert cells(session, row)[2] == ("Toplam", "9", "1")
    # it is not counted
    assert texts(page.rows, 4)["c1"] == "5"


def test_an_entry_is_one_step_and_shows_in_the_totals(page, session, row):
    page.rows.setData(page.rows.index(1, 2), "1.250,50")
    assert cells(session, row)[1] == ("Binek", "2", "1.250,50")
    assert texts(page.rows, 4)["c2"] == "1.251,50"
    session.undo()
    assert cells(session, row)[1] == ("Binek", "2")
    assert texts(page.rows, 4)["c2"] == "1"


def test_a_text_among_numbers_is_kept_and_told(page, session, row):
    page.rows.setData(page.rows.index(0, 1), "1.23")
    assert cells(session, row)[0][1] == "1.23"
    page.rows.setData(page.rows.index(3, 1), "7")
    page.rows.setData(page.rows.index(4, 1), "8")
    assert page.rows.unread == (("Mülkiyet · Resmî", 1, "1.23"),)
    assert "1.23" in page.ui.unread.text()
    assert not page.ui.unread.isHidden()
    right = Qt.AlignmentFlag.AlignRight
    assert page.rows.index(3, 1).data(Qt.ItemDataRole.TextAlignmentRole) & right
    assert not page.rows.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) & right


def test_typing_below_the_last_row_begins_one(page, session, row):
    grid = page.ui.rows.grid
    put(grid, 3, "c0")
    type_in(grid, "Iğdır minibüsü\t4\t")
    assert cells(session, row)[3] == ("Iğdır minibüsü", "4")
    assert page.rows.is_new(4)


def test_a_block_reaches_over_the_end_and_is_one_step(page, session, row):
    paste(page.rows, 1, 1, [("7", "8"), ("9", "1"), ("10", "11")])
    assert cells(session, row) == [("Kamyon", "3", "1"), ("Binek", "7", "8"), ("Toplam", "9", "1"), ("", "10", "11")]
    session.undo()
    assert cells(session, row)[1:] == [("Binek", "2"), ("Toplam", "5", "1")]


def test_what_a_pasted_text_cannot_hold_stays_marked(page, session, row):
    paste(page.rows, 2, 0, [("A\0", "1"), ("B", "\a"), ("C", "3")])
    assert cells(session, row)[2:] == [("Toplam", "1", "1"), ("B",), ("C", "3")]
    assert [wrong.text for _index, wrong in page.rows.problems()] == ["A\0", "\a"]


def test_a_block_goes_into_the_header_also_where_cells_are_joined(page, session, row):
    paste(page.header, 0, 1, [("Adet", "Adet"), ("Var", "Yok")])
    assert find_table(session, row).header == (("Cinsi", "Adet", "Adet"), ("", "Var", "Yok"))
    paste(page.header, 0, 2, [("Durum",), ("",)])
    assert find_table(session, row).header == (("Cinsi", "Adet", "Durum"), ("", "Var", ""))


def test_cells_are_emptied_and_filled_down_in_one_step(page, session, row):
    page.rows.clear([page.rows.index(0, 1), page.rows.index(1, 1), page.rows.index(1, 2)])
    assert cells(session, row)[:2] == [("Kamyon", "", "1"), ("Binek", "")]
    session.undo()
    page.rows.fill([(page.rows.index(0, 1), page.rows.index(1, 1)), (page.rows.index(0, 2), page.rows.index(1, 2))])
    assert cells(session, row)[1] == ("Binek", "3", "1")


def test_rows_are_moved_and_deleted(page, session, row):
    page.rows.move_row(1, -1)
    assert [line[0] for line in cells(session, row)] == ["Binek", "Kamyon", "Toplam"]
    page.rows.delete_rows([0, 2, 3, 4])
    assert [line[0] for line in cells(session, row)] == ["Kamyon"]
    session.undo()
    assert len(cells(session, row)) == 3


def test_the_header_says_what_is_printed_as_one_and_takes_what_is_typed(page, session, row):
    assert texts(page.header, 0) == {"c0": "Cinsi", "c1": "Mülkiyet", "c2": "← Mülkiyet", "total": "Toplam"}
    assert texts(page.header, 1) == {"c0": "↑", "c1": "Resmî", "c2": "Kiralık", "total": "↑"}
    assert page.header.index(0, 2).data(Qt.ItemDataRole.EditRole) == "Mülkiyet"
    page.header.setData(page.header.index(0, 2), "Durum")
    assert find_table(session, row).header[0] == ("Cinsi", "Mülkiyet", "Durum")
    assert page.rows.heads[2].text == "Durum\nKiralık"


def test_header_lines_come_and_go(page, session, row):
    page.ui.header.add.click()
    assert len(find_table(session, row).header) == 3
    assert page.ui.header.grid.currentIndex().row() == 2
    page.header.delete_rows([0, 2])
    assert find_table(session, row).header == (("", "Resmî", "Kiralık"),)
    session.undo()
    assert len(find_table(session, row).header) == 3


def test_columns_are_commands_on_the_column_in_hand(page, session, row):
    left, right, to_left, to_right, delete = page.column_actions
    put(page.ui.rows.grid, 0, "c2")
    to_left.trigger()
    assert find_table(session, row).header[1] == ("", "Kiralık", "Resmî")
    assert cells(session, row)[0] == ("Kamyon", "1", "3")
    assert page.ui.rows.grid.currentIndex().column() == 1
    to_right.trigger()
    assert cells(session, row)[0] == ("Kamyon", "3", "1")
    right.trigger()
    # the new one's head waits to be named
    assert page.ui.header.grid.currentIndex().column() == 3
    assert find_table(session, row).width == 4
    delete.trigger()
    assert find_table(session, row).header == HEADER
    left.trigger()
    assert find_table(session, row).header[1] == ("", "Resmî", "", "Kiralık")
    page.add_column.click()
    assert find_table(session, row).width == 5
    for _step in range(6):
        session.undo()
    assert find_table(session, row).header == HEADER
    assert cells(session, row)[1] == ("Binek", "2")


def test_the_keys_for_columns_are_for_the_grid_in_hand(page, session, row, qtbot):
    grid = page.ui.rows.grid
    put(grid, 0, "c2")
    qtbot.waitUntil(grid.hasFocus)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(grid, Qt.Key.Key_Left, keys)
    assert cells(session, row)[0] == ("Kamyon", "1", "3")


def test_the_only_column_stays_and_says_so(session, qtbot):
    row = add(session, [["x"]], header=(("A",),))
    page = open_page(session, row, qtbot)
    spy = QSignalSpy(page.problem_said)
    page.column_actions[-1].trigger()
    assert spy.count() == 1
    assert find_table(session, row).header == (("A",),)


def test_flags_kind_and_part_are_chosen(page, session, row):
    assert page.flags["total_row"].isChecked()
    page.flags["total_row"].setChecked(False)
    assert find_table(session, row).total_row is False
    assert page.rows.row_of("total") == -1
    assert page.ui.kind.currentText() == "Serbest tablo"
    page.ui.kind.setCurrentText("Taşınmazlar")
    page.ui.kind.commit()
    assert (find_table(session, row).kind, cells(session, row)[1]) == ("real_estate", ("Binek", "2"))
    page.ui.section.setCurrentText("Diğer Hususlar")
    page.ui.section.commit()
    assert find_table(session, row).section == "Diğer Hususlar"
    page.ui.side_by_side.setCurrentText("3")
    page.ui.side_by_side.commit()
    assert find_table(session, row).side_by_side == 3


def test_a_section_in_words_of_its_own_shows_where_it_stands_and_stays(session, row, qtbot):
    with session.store.step("x"):
        session.store.update("resource_table", row, section="2.3 İnsan kaynakları tabloları")
    page = open_page(session, row, qtbot)
    assert page.ui.section.currentText() == "İnsan Kaynakları"
    page.commit()
    assert find_table(session, row).section == "2.3 İnsan kaynakları tabloları"


def test_a_table_without_header_and_one_with_nothing_can_be_filled(session, qtbot):
    bare = add(session, [["a", "b"], ["c"]], header=())
    page = open_page(session, bare, qtbot)
    assert page.header.rowCount() == 0
    assert texts(page.rows, 1) == {"c0": "c", "c1": ""}
    page.ui.header.add.click()
    assert find_table(session, bare).header == (("", ""),)
    nothing = add(session, [], header=())
    page.show_entry(Entry("resource_table", str(nothing), "x"), "")
    assert page.rows.columnCount() == 0
    page.add_column.click()
    assert find_table(session, nothing).header == (("",),)
    page.rows.setData(page.rows.index(0, 0), "ilk")
    assert cells(session, nothing) == [("ilk",)]


def test_tables_are_copied_moved_and_deleted(page, session, row):
    copy, up, _down, delete = page.table_actions
    spy = QSignalSpy(page.entry_wanted)
    copy.trigger()
    kind, other = spy.at(0)[0]
    assert kind == "resource_table"
    assert cells(session, int(other)) == cells(session, row)
    page.show_entry(Entry(kind, other, "x"), "")
    up.trigger()
    assert [table.row for table in session.context.programme.resource_tables] == [int(other), row]
    delete.trigger()
    assert spy.at(1)[0] == ("part", "physical_resources")
    assert [table.row for table in session.context.programme.resource_tables] == [row]
    session.undo()
    assert cells(session, int(other)) == cells(session, row)


@pytest.mark.parametrize(
    ("place", "grid", "at"),
    [
        (("resource_table", "header"), "header", (0, 0)),
        (("resource_row", "2"), "rows", (0, 2)),
        (("resource_row", "cells"), "rows", (0, 0)),
    ],
)
def test_a_place_is_shown(page, session, row, place, grid, at):
    table, column = place
    of = row if table == "resource_table" else find_table(session, row).rows[0].row
    page.show_place(Place(session.year, page.entry.key, table, of, column))
    index = getattr(page.ui, grid).grid.currentIndex()
    assert (index.row(), index.column()) == at


def test_a_place_in_a_field_is_shown(page, session, row):
    page.show_place(Place(session.year, page.entry.key, "resource_table", row, "total_column"))
    assert page.flags["total_column"].hasFocus()
    page.show_place(Place(session.year, page.entry.key, "resource_table", row, "caption"))
    assert page.ui.caption.hasFocus()


def test_a_table_that_is_gone_leaves_an_empty_form(session, qtbot):
    row = resource_tables.add_table(session.store, session.context.programme.row, "other")
    page = open_page(session, row, qtbot)
    session.undo()
    assert page.table is None
    assert page.rows.rowCount() == 0
    assert not page.table_menu.isEnabled()
    for action in (*page.column_actions, *page.table_actions):
        action.trigger()
    session.redo()
    assert page.rows.columnCount() == 3


def test_nothing_can_be_changed_when_reading(reading, file, qtbot):
    page = ResourceTablePage(reading)
    qtbot.addWidget(page)
    assert not any(box.isEnabled() for box in page.flags.values())
    assert not any(action.isEnabled() for action in (*page.column_actions, *page.table_actions))
    assert not page.add_column.isEnabled()


def test_the_models_keep_qts_rules(page, session, row):
    testers = [QAbstractItemModelTester(model) for model in (page.rows, page.header)]
    page.rows.setData(page.rows.index(3, 0), "yeni")
    for action in page.column_actions:
        action.trigger()
    resource_tables.set_header_lines(session.store, row, 1)
    session.undo()
    page.rows.delete_rows(range(4))
    assert testers


def test_five_thousand_rows_are_pasted_shown_and_taken_back(page, session, row):
    paste(page.rows, 3, 0, [(f"Araç {n}", str(n), "1") for n in range(5_000)])
    assert len(cells(session, row)) == 5_003
    assert texts(page.rows, page.rows.rowCount() - 1)["c1"] == "12.497.505"
    session.undo()
    assert len(cells(session, row)) == 3


# --- a new table ----------------------------------------------------------------------------------------------------


@pytest.fixture
def dialog(session, qtbot):
    with session.store.step("x"):
        for n, name in enumerate(("Memur", "İşçi")):
            session.store.insert("personnel_status", position=n, name=name)
    dialog = ChooseTable(session, "human_resources")
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    return dialog


def test_the_kinds_of_the_part_are_offered_with_what_they_begin_with(dialog):
    names = [dialog.ui.kinds.item(n).text() for n in range(dialog.ui.kinds.count())]
    assert names[0] == "Personelin Cinsiyete Göre Dağılımı"
    assert names[-1] == "Serbest tablo"
    assert "Taşınmazlar" not in names
    preview = dialog.ui.preview.table()
    assert [head.text for head in preview.heads] == ["Statü", "Kadın", "Erkek", "Toplam"]
    assert [preview.index(n, 0).data() for n in range(3)] == ["Memur", "İşçi", "Toplam"]


@pytest.mark.parametrize("section", ["physical_resources", "human_resources", "it_resources"])
def test_no_preview_has_to_be_scrolled(session, qtbot, section):
    dialog = ChooseTable(session, section)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.show()
    qtbot.waitExposed(dialog)
    preview = dialog.ui.preview
    for at in range(dialog.ui.kinds.count()):
        dialog.ui.kinds.setCurrentRow(at)
        # laid out for this one, and not still for the one before
        qtbot.waitUntil(lambda: preview.horizontalHeader().length() <= preview.viewport().width())


@pytest.mark.parametrize(("at", "kind", "rows"), [(0, "personnel_sex", [("Memur",), ("İşçi",)]), (-1, "", [])])
def test_the_one_chosen_is_added_and_turned_to(dialog, session, at, kind, rows):
    spy = QSignalSpy(dialog.made)
    dialog.ui.kinds.setCurrentRow(at % dialog.ui.kinds.count())
    press(dialog.ui.kinds, Qt.Key.Key_Return)
    dialog.accept()
    name, row = spy.at(0)[0]
    assert name == "resource_table"
    assert (find_table(session, int(row)).kind, cells(session, int(row))) == (kind, rows)
    assert session.store.undo_label == "new resource table"


def test_where_there_is_nothing_to_choose_a_table_is_added_at_once(window):
    # the form has no kinds of its own for this part
    window.go_to(("part", "other"))
    window.pages.page.choose_table()
    assert window.here[0] == "resource_table"
    assert find_table(window.session, int(window.here[1])).kind == ""
    assert window.findChildren(ChooseTable) == []
