import subprocess
import sys
from decimal import Decimal
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from tests.gui.hands import press, put, texts, type_in

from perfdesk.domain.value import Value, ValueKind
from perfdesk.gui.grid import clipboard
from perfdesk.gui.grid.clipboard import Copied
from perfdesk.gui.grid.paste_dialog import PasteDialog
from perfdesk.gui.models.record_model import RecordColumn, RecordModel
from perfdesk.services.paste import pasted_block, pasting

SELECT = QItemSelectionModel.SelectionFlag.Select
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def indicators(window):
    return window.pages.page.ui.indicators.grid


@pytest.fixture
def costs(window):
    return window.pages.page.ui.costs.grid


def shown(window, name="t1"):
    return window.session.target(name).indicators


def take(text):
    QApplication.clipboard().setText(text)


def select(grid, rows, *columns):
    model = grid.grid()
    put(grid, rows[0], columns[0])
    for row in rows:
        for column in columns:
            grid.selectionModel().select(model.index(row, model.column_of(column)), SELECT)


def dialog(window):
    return next((d for d in window.findChildren(PasteDialog) if d.isVisible()), None)


def test_a_value_is_pasted_at_once_where_it_fits(indicators, window):
    take("1.234,50\r\n")
    put(indicators, 0, "target")
    window.ui.paste.trigger()
    assert dialog(window) is None
    assert shown(window)[0].values[2027, ValueKind.TARGET] == Value(Decimal("1234.50"))


def test_a_value_that_does_not_fit_is_shown_first(indicators, window):
    take("1,234.50")
    put(indicators, 0, "target")
    indicators.paste()
    assert "1 hücre uymuyor" in dialog(window).ui.heading.text()
    assert "1.234,50" in dialog(window).ui.unfit.item(0).text()
    assert shown(window)[0].values[2027, ValueKind.TARGET] == Value(text="60 bin")


def test_one_value_fills_a_larger_selection_in_one_step(indicators, window):
    take("km")
    select(indicators, [0, 1, 2], "unit")
    indicators.paste()
    assert [indicator.unit for indicator in shown(window)] == ["km", "km", "km"]
    window.undo()
    assert [indicator.unit for indicator in shown(window)] == ["adet", "adet", "adet"]


def test_equal_values_that_make_rows_are_shown_first(indicators, window):
    take("km\nkm\n")
    put(indicators, 2, "unit")
    indicators.paste()
    assert dialog(window) is not None
    assert len(shown(window)) == 3


def test_where_nothing_can_be_typed_the_dialog_says_so(indicators, window):
    take("1\n2\n")
    put(indicators, 0, "code")
    indicators.paste()
    asked = dialog(window)
    assert "yapıştırılabilecek hücre yok" in asked.ui.heading.text()
    assert "Kod" in asked.ui.happens.text()
    assert not asked.all.isEnabled()


def test_a_file_for_reading_takes_no_paste(indicators, window, monkeypatch):
    monkeypatch.setattr(window.session.store, "writable", False)
    take("km\n")
    put(indicators, 0, "unit")
    indicators.paste()
    assert dialog(window) is None
    assert shown(window)[0].unit == "adet"


BLOCK = "Bir\tkm\t5\nİki\tm²\t7.500.00\nÜç\tha\t6\n"


def test_a_block_is_shown_and_pasted_in_one_step_with_new_rows(indicators, window):
    take(BLOCK.replace("7.500.00", "7.500"))
    put(indicators, 2, "name")
    indicators.paste()
    asked = dialog(window)
    assert asked.ui.heading.text() == "3 satır, 3 sütun; tümü uyuyor"
    assert "2 satır eklenir" in asked.ui.happens.text()
    assert not asked.fitting.isVisible()
    assert len(shown(window)) == 3
    asked.all.click()
    assert [(i.name, i.unit) for i in shown(window)[2:]] == [("Bir", "km"), ("İki", "m²"), ("Üç", "ha")]
    assert shown(window)[3].values[2025, ValueKind.REALISED] == Value(Decimal(7500))
    assert window.session.store.undo_label == "pasting"
    assert len(indicators.selected()) == 9
    window.undo()
    assert [i.name for i in shown(window)] == ["Gösterge 1", "Gösterge 2", "Gösterge 3"]


def test_what_does_not_fit_can_stay_in_its_cell_to_be_mended(indicators, window):
    take(BLOCK)
    put(indicators, 3, "name")
    indicators.paste()
    dialog(window).all.click()
    model = indicators.grid()
    assert [texts(model, row)["previous"] for row in (3, 4, 5)] == ["5", "7.500.00", "6"]
    ((index, wrong),) = model.problems()
    assert index.row() == 4
    assert "7.500,00" in wrong.error.sentence()
    type_in(indicators, "")
    put(indicators, 4, "previous")
    type_in(indicators, "7.500,00\n")
    assert not model.problems()


def test_only_what_fits_is_pasted(indicators, window):
    take(BLOCK)
    put(indicators, 0, "name")
    indicators.paste()
    dialog(window).fitting.click()
    model = indicators.grid()
    assert [texts(model, row)["previous"] for row in (0, 1, 2)] == ["5", "20", "6"]
    assert not model.problems()


def test_giving_up_changes_nothing(indicators, window):
    take(BLOCK)
    put(indicators, 0, "name")
    indicators.paste()
    press(dialog(window), Qt.Key.Key_Escape)
    assert dialog(window) is None
    assert window.session.store.undo_label == ""


def test_columns_go_under_their_names_unless_that_is_unticked(indicators, window):
    take("Birim\tGösterge\nkm\tYol\n")
    put(indicators, 0, "name")
    indicators.paste()
    asked = dialog(window)
    assert asked.ui.by_heads.isVisible()
    asked.ui.by_heads.setChecked(False)
    assert asked.model.rowCount() == 2
    asked.ui.by_heads.setChecked(True)
    asked.all.click()
    assert (shown(window)[0].name, shown(window)[0].unit) == ("Yol", "km")


def test_english_numbers_are_read_when_that_is_ticked(indicators, window):
    take("1,234.50\n2\n")
    put(indicators, 0, "target")
    indicators.paste()
    asked = dialog(window)
    assert asked.ui.english.isVisible()
    assert not asked.ui.english.isChecked()
    asked.ui.english.setChecked(True)
    assert asked.model.index(0, 0).data() == "1.234,50"
    assert not asked.ui.unfit.isVisible()
    asked.all.click()
    assert shown(window)[0].values[2027, ValueKind.TARGET] == Value(Decimal("1234.50"))


def test_costs_skip_what_is_merged_and_the_total(costs, window):
    take("1\t2\n3\t4\n5\t6\n")
    select(costs, [0], "01")
    costs.paste()
    asked = dialog(window)
    # the second and third activity have one common sheet: only the first row of it takes amounts
    assert asked.model.index(2, 0).data(Qt.ItemDataRole.ToolTipRole)
    asked.all.click()
    model = costs.grid()
    assert [texts(model, row)["01"] for row in range(2)] == ["1", "3"]


def test_a_refused_entry_of_the_blank_row_goes_with_the_pasted_row(indicators, window):
    put(indicators, 3, "target")
    type_in(indicators, "1.5\n")
    take("Yol\tkm\n")
    put(indicators, 3, "name")
    indicators.paste()
    assert dialog(window) is None
    assert texts(indicators.grid(), 3)["target"] == "1.5"
    assert texts(indicators.grid(), 4)["target"] == ""


def test_cutting_copies_and_clears_and_pasting_brings_it_back(indicators, window):
    select(indicators, [0, 1, 2], "unit", "target")
    window.ui.cut.trigger()
    assert [i.unit for i in shown(window)] == ["", "", ""]
    put(indicators, 0, "unit")
    indicators.paste()
    assert dialog(window) is None
    assert [i.unit for i in shown(window)] == ["adet", "adet", "adet"]


def test_a_text_among_numbers_comes_back_as_it_was(indicators, window):
    select(indicators, [0], "target")
    window.ui.copy.trigger()
    assert QApplication.clipboard().text() == "60 bin"
    put(indicators, 1, "previous")
    indicators.paste()
    assert dialog(window) is None
    assert shown(window)[1].values[2025, ValueKind.REALISED] == Value(text="60 bin")


def test_in_an_open_editor_text_is_pasted_as_ever(indicators, window):
    put(indicators, 0, "name")
    type_in(indicators, "a")
    take("b\tc\nd")
    window.ui.paste.trigger()
    assert indicators.cells.editor.entry() == "ab\tc\nd"


def test_a_block_that_is_too_large_is_refused_with_a_sentence(indicators, window):
    take("1\n" * (pasted_block.MOST_ROWS + 1))
    put(indicators, 0, "name")
    indicators.paste()
    assert "20.000" in window.findChild(QMessageBox).text()


def test_copies_have_columns_for_spreadsheets_and_are_read_back():
    mime = clipboard.mime_of(
        [
            [Copied("a <b>\nc", "a <b>\nc"), Copied("01", "01")],
            [Copied('"d"\te', "x"), Copied("1.234,50", "1.234,5", True)],
        ]
    )
    assert mime.text() == '"a <b>\nc"\t01\n"""d""\te"\t1.234,50'.replace('"a <b>\nc"', '"a <b>\nc"')
    # perfdesk takes what would be typed, others what is shown
    assert clipboard.block_of(mime).rows == (("a <b>\nc", "01"), ("x", "1.234,5"))
    other = QMimeData()
    other.setHtml(mime.html())
    assert clipboard.block_of(other).rows == (("a <b>\nc", "01"), ('"d" e', "1.234,50"))
    assert mime.html().count("mso-number-format") == 3


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b'{"a": 1}', b"[[1]]", b'["a"]'])
def test_cells_that_are_not_ours_are_read_as_text(content):
    mime = QMimeData()
    mime.setData(clipboard.CELLS, content)
    mime.setText("a\tb")
    assert clipboard.block_of(mime).rows == (("a", "b"),)


def test_units_are_pasted_in_bulk_with_their_own_fields(window):
    model = RecordModel(
        window.session,
        "unit",
        (RecordColumn("name", "Name"), RecordColumn("aliases", "Aliases"), RecordColumn("inactive", "Inactive")),
        lambda: window.session.municipality.units,
    )
    window.session.changed.connect(model.refresh)
    model.refresh()
    block = pasted_block.read_text("Fen İşleri Dairesi\tFen; İmar\t\nYeni\t\tevet\nSon\t\tbelki\n")
    model.paste(pasting.plan(block, model.ground(), 3, 0), unfit=True)
    units = window.session.municipality.units
    assert [(u.name, u.aliases, u.inactive) for u in units[3:]] == [
        ("Fen İşleri Dairesi", ("Fen", "İmar"), None),
        ("Yeni", (), True),
        ("Son", (), None),
    ]
    ((index, wrong),) = model.problems()
    assert (index.row(), wrong.text) == (5, "belki")
    assert window.session.store.undo_label == "pasting"


COPYING = """
from PySide6.QtWidgets import QApplication
from perfdesk.gui.grid import clipboard
application = QApplication([])
clipboard.put([[clipboard.Copied("a", "a")]])
"""


def test_the_program_ends_well_with_cells_on_the_clipboard():
    done = subprocess.run([sys.executable, "-c", COPYING], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_nothing_on_the_clipboard_is_nothing_to_paste(window, monkeypatch):
    monkeypatch.setattr(clipboard.QGuiApplication, "clipboard", lambda: SimpleNamespace(mimeData=lambda: None))
    grid = window.pages.page.ui.indicators.grid
    put(grid, 0, "name")
    window.ui.paste.trigger()
    assert window.session.store.undo_label == ""


# --- at once, or the window first -------------------------------------------------------------------------------------


def test_a_small_block_for_blank_cells_is_pasted_at_once_and_that_is_said(indicators, window):
    take("Yol\tkm\t5\nPark\tha\t1.250,5\n")
    put(indicators, 3, "name")
    indicators.paste()
    assert dialog(window) is None
    assert [(i.name, i.unit) for i in shown(window)[3:]] == [("Yol", "km"), ("Park", "ha")]
    assert window.ui.status.currentMessage() == "6 hücre yapıştırıldı; Ctrl+Z geri alır."
    assert window.session.store.undo_label == "pasting"
    window.undo()
    assert len(shown(window)) == 3
    assert window.ui.status.currentMessage() == "Geri alındı: yapıştırma"
    window.redo()
    assert window.ui.status.currentMessage() == "Yeniden yapıldı: yapıştırma"


def test_a_block_that_writes_over_something_else_is_shown_with_how_many_cells_it_takes(indicators, window):
    # the first unit is the same, the note of the first row is blank
    take("adet\nkm\nha\n")
    put(indicators, 0, "unit")
    indicators.paste()
    assert "2 dolu hücrenin üzerine yazılır" in dialog(window).ui.happens.text()


def test_a_block_that_is_there_already_changes_nothing_and_says_so(indicators, window):
    take("adet\nadet\nadet\n")
    put(indicators, 0, "unit")
    indicators.paste()
    assert dialog(window) is None
    assert "hiçbir şey değişmedi" in window.ui.status.currentMessage()
    assert window.session.store.undo_label == ""


def test_cells_of_our_own_go_over_others_at_once(indicators, window):
    select(indicators, [0, 1], "name", "unit")
    window.ui.copy.trigger()
    put(indicators, 1, "name")
    indicators.paste()
    assert dialog(window) is None
    assert [i.name for i in shown(window)] == ["Gösterge 1", "Gösterge 1", "Gösterge 2"]
    window.undo()
    assert [i.name for i in shown(window)] == ["Gösterge 1", "Gösterge 2", "Gösterge 3"]


@pytest.mark.parametrize(
    "text",
    [
        "Yol\tkm\t1,234.50\nPark\tha\t5\n",
        "Gösterge\tBirim\nYol\tkm\n",
        "\n".join(f"Yol {n}\tkm" for n in range(pasting.MOST_UNASKED)),
        "Yol\tkm\t1\t2\t3\t4\t5\nPark\tha\t1\t2\t3\t4\t5\n",
    ],
    ids=["refused", "heads", "large", "too wide"],
)
def test_what_leaves_something_to_decide_is_shown_first(indicators, window, text):
    take(text)
    put(indicators, 3, "name")
    indicators.paste()
    assert dialog(window) is not None
    assert len(shown(window)) == 3


def test_a_unit_that_is_read_by_its_abbreviation_is_shown_first(costs, window):
    take("Yol\tFİM\nPark\tFİM\n")
    put(costs, 3, "name")
    costs.paste()
    asked = dialog(window)
    assert "başka sözcüklerle okundu" in asked.ui.happens.text()
    assert "FİM" in asked.model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)


# --- suggestions ------------------------------------------------------------------------------------------------------


def test_all_suggestions_are_accepted_with_one_button(indicators, window):
    take("Bir\tkm\t1,234.50\nİki\tkm\t7.500.00\nÜç\tkm\tyok\n")
    put(indicators, 3, "name")
    indicators.paste()
    asked = dialog(window)
    assert asked.ui.accept_all.isEnabled()
    asked.ui.accept_all.click()
    # what has none is still refused
    assert len(asked.plan.unfit) == 1
    assert not asked.ui.accept_all.isEnabled()
    asked.fitting.click()
    values = [i.values.get((2025, ValueKind.REALISED)) for i in shown(window)[3:]]
    assert values == [Value(Decimal("1234.50")), Value(Decimal("7500.00")), None]


def test_without_suggestions_there_is_nothing_to_accept(indicators, window):
    take("Bir\tkm\tyok\n")
    put(indicators, 3, "name")
    indicators.paste()
    assert not dialog(window).ui.accept_all.isEnabled()


# --- refused entries and their step -----------------------------------------------------------------------------------


def refused(model):
    return [(index.row(), wrong.text) for index, wrong in model.problems()]


def test_refused_cells_of_new_rows_go_with_undo_and_come_back_with_redo(indicators, window):
    take(BLOCK)
    put(indicators, 3, "name")
    indicators.paste()
    dialog(window).all.click()
    model = indicators.grid()
    assert refused(model) == [(4, "7.500.00")]
    window.undo()
    assert refused(model) == []
    assert not window.pages.page.ui.indicators.problem.text()
    assert "7.500.00" not in window.ui.status.currentMessage()
    window.redo()
    assert refused(model) == [(4, "7.500.00")]
    assert "7.500,00" in window.pages.page.ui.indicators.problem.text()


def test_refused_cells_of_rows_that_were_there_go_with_undo_too(indicators, window):
    take(BLOCK)
    put(indicators, 0, "name")
    indicators.paste()
    dialog(window).all.click()
    model = indicators.grid()
    assert refused(model) == [(1, "7.500.00")]
    window.undo()
    assert refused(model) == []
    window.redo()
    assert refused(model) == [(1, "7.500.00")]
    put(indicators, 1, "previous")
    type_in(indicators, "7\n")
    assert refused(model) == []
    # the step that mended it is taken back: it is wrong again
    window.undo()
    assert refused(model) == [(1, "7.500.00")]
    window.undo()
    assert refused(model) == []
    window.redo()
    window.redo()
    assert refused(model) == []
    assert shown(window)[1].values[2025, ValueKind.REALISED] == Value(Decimal(7))


def test_a_refused_entry_comes_back_with_its_deleted_row(indicators, window):
    put(indicators, 1, "target")
    type_in(indicators, "1.5\n")
    put(indicators, 1, "name")
    window.ui.delete_row.trigger()
    assert refused(indicators.grid()) == []
    window.undo()
    assert refused(indicators.grid()) == [(1, "1.5")]


# --- percentages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["%50", "% 50", "50%", "50 %"])
def test_a_percent_sign_is_read_where_the_unit_is_percent(indicators, window, typed):
    put(indicators, 0, "unit")
    type_in(indicators, "%\n")
    put(indicators, 0, "target")
    type_in(indicators, f"{typed}\n")
    assert shown(window)[0].values[2027, ValueKind.TARGET] == Value(Decimal(50))
    put(indicators, 1, "target")
    type_in(indicators, f"{typed}\n")
    ((index, wrong),) = indicators.grid().problems()
    assert (index.row(), wrong.suggestion) == (1, "50")


def test_pasted_percentages_agree_with_the_unit_beside_them(indicators, window):
    take("Oran\t%\t%50\t50%\nPay\tYüzde\t% 7,5\t8\n")
    put(indicators, 3, "name")
    indicators.paste()
    assert dialog(window) is None
    first, second = shown(window)[3:]
    assert first.values[2025, ValueKind.REALISED] == first.values[2026, ValueKind.ESTIMATE] == Value(Decimal(50))
    assert second.values[2025, ValueKind.REALISED] == Value(Decimal("7.5"))
    # into a column of values alone: by the unit that stands in the row
    take("%60\n%70\n%80\n")
    put(indicators, 2, "target")
    indicators.paste()
    asked = dialog(window)
    assert asked.plan.unfit == ((0, 0),)
    asked.fitting.click()
    assert [i.values[2027, ValueKind.TARGET].number for i in shown(window)[3:]] == [Decimal(70), Decimal(80)]


def test_words_read_as_others_are_marked_and_named(costs, window):
    take("FİM\nPark ve Bahçeler Müdürlüğü\n")
    put(costs, 0, "units")
    costs.paste()
    asked = dialog(window)
    assert "1 hücre, içinde yazandan başka sözcüklerle okundu: FİM → Fen İşleri Müdürlüğü." in asked.ui.happens.text()
    first, second = asked.model.index(0, 0), asked.model.index(1, 0)
    assert first.data() == "→ Fen İşleri Müdürlüğü"
    assert first.data(Qt.ItemDataRole.BackgroundRole) is not None
    assert second.data() == "Park ve Bahçeler Müdürlüğü"
    assert second.data(Qt.ItemDataRole.BackgroundRole) is None


def test_a_pasted_m2_is_written_as_m_squared_without_asking(indicators, window):
    take("m2\nkm2\n")
    put(indicators, 3, "unit")
    indicators.paste()
    assert dialog(window) is None
    assert [one.unit for one in shown(window)[3:]] == ["m²", "km²"]
