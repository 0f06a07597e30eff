from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from tests.gui.hands import texts

from perfdesk.domain.value import Value, ValueKind
from perfdesk.gui.models.cost_model import CostModel
from perfdesk.gui.models.indicator_model import IndicatorModel
from perfdesk.tables.form import load_form

# the economic codes on offer before they are used
USUAL = ["01", "02", "03", "05", "06"]


@pytest.fixture
def indicators(session):
    model = IndicatorModel(session)
    session.changed.connect(model.refresh)
    model.set_entry(("target", "t1"))
    model.refresh()
    return model


@pytest.fixture
def costs(session):
    model = CostModel(session)
    session.changed.connect(model.refresh)
    model.set_entry(("target", "t1"))
    model.refresh()
    return model


def heads(model):
    return [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]


def at(model, row, column):
    return model.index(row, model.column_of(column))


def write(model, row, column, text):
    return model.setData(at(model, row, column), text)


def test_indicators_show_three_years_and_what_was_entered(indicators):
    assert [head.split("\n")[0] for head in heads(indicators)][3:6] == ["2025", "2026", "2027"]
    assert texts(indicators, 1) == {
        "code": "PG. 1.1.1.2",
        "name": "Gösterge 2",
        "unit": "adet",
        "previous": "20",
        "current": "-",
        "target": "60 bin",
        "note": "",
    }


def test_an_entry_becomes_one_step_of_the_file(indicators, session):
    assert write(indicators, 0, "target", "1.250,50")
    target = session.target("t1")
    assert target.indicators[0].values[2027, ValueKind.TARGET] == Value(Decimal("1250.50"))
    assert session.store.undo_label == "value of an indicator"
    assert texts(indicators, 0)["target"] == "1.250,50"


def test_an_entry_that_is_the_same_is_no_step(indicators, session):
    write(indicators, 0, "name", "Gösterge 1")
    assert session.store.undo_label == ""


def test_a_text_is_typed_with_an_apostrophe_and_edited_with_it(indicators):
    assert at(indicators, 0, "target").data(Qt.ItemDataRole.EditRole) == "'60 bin"


def test_a_wrong_entry_stays_marked_and_blocks_nothing(indicators, session):
    assert write(indicators, 0, "previous", "12.34")
    index = at(indicators, 0, "previous")
    assert index.data() == "12.34"
    assert "12,34" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert len(indicators.problems()) == 1
    # nothing was saved, and everything else can be
    assert session.store.undo_label == ""
    write(indicators, 1, "name", "Başka")
    assert session.target("t1").indicators[1].name == "Başka"
    assert index.data() == "12.34"


def test_a_wrong_entry_is_mended_or_given_up(indicators, session):
    write(indicators, 0, "previous", "12.34")
    write(indicators, 0, "previous", "12,34")
    assert indicators.problems() == []
    assert session.target("t1").indicators[0].values[2025, ValueKind.REALISED] == Value(Decimal("12.34"))
    write(indicators, 0, "previous", "x1")
    indicators.give_up(at(indicators, 0, "previous"))
    assert texts(indicators, 0)["previous"] == "12,34"


def test_a_wrong_entry_put_back_to_what_is_stored_is_no_longer_wrong(indicators):
    write(indicators, 0, "previous", "1,2,3")
    write(indicators, 0, "previous", "10")
    assert indicators.problems() == []


def test_a_wrong_entry_goes_with_its_row(indicators):
    write(indicators, 0, "previous", "1,2,3")
    indicators.delete_rows([0])
    assert indicators.problems() == []


def test_a_model_is_never_reset_while_its_rows_stay(indicators, session):
    QAbstractItemModelTester(indicators, QAbstractItemModelTester.FailureReportingMode.Fatal, indicators)
    reset, changed = QSignalSpy(indicators.modelReset), QSignalSpy(indicators.dataChanged)
    inserted, removed = QSignalSpy(indicators.rowsInserted), QSignalSpy(indicators.rowsRemoved)
    write(indicators, 1, "name", "Yeni ad")
    assert (reset.count(), changed.count()) == (0, 1)
    assert (changed.at(0)[0].row(), changed.at(0)[0].column(), changed.at(0)[1].column()) == (1, 1, 1)
    # the blank row becomes the new one, and another blank one comes
    write(indicators, 3, "name", "Dördüncü")
    indicators.delete_rows([0])
    assert (reset.count(), inserted.count(), removed.count()) == (0, 1, 1)
    session.undo()
    assert (reset.count(), inserted.count()) == (0, 2)


def test_moved_rows_keep_who_they_are(indicators):
    kept = at(indicators, 0, "name")
    from PySide6.QtCore import QPersistentModelIndex

    index = QPersistentModelIndex(kept)
    indicators.move_row(0, 2)
    assert [texts(indicators, row)["name"] for row in range(3)] == ["Gösterge 2", "Gösterge 3", "Gösterge 1"]
    assert index.row() == 2


def test_only_the_codes_in_use_are_columns_unless_all_are_wanted(costs):
    QAbstractItemModelTester(costs, QAbstractItemModelTester.FailureReportingMode.Fatal, costs)
    assert [column.key for column in costs.columns] == ["code", "name", "units", *USUAL, "total"]
    reset = QSignalSpy(costs.modelReset)
    costs.set_show_all(True)
    assert [column.key for column in costs.columns][3:] == [
        *load_form("").economic_codes,
        *("unclassified", "revolving_fund", "other_domestic", "foreign", "total"),
    ]
    assert texts(costs, 0)["06"] == ""
    write(costs, 0, "foreign", "1000")
    costs.set_show_all(False)
    assert [column.key for column in costs.columns][3:] == [*USUAL, "foreign", "total"]
    assert reset.count() == 0


def test_a_column_stays_when_its_last_amount_is_cleared(costs):
    costs.clear([at(costs, 1, "06")])
    assert costs.column_of("06") > 0
    assert texts(costs, 1)["06"] == ""


def test_the_usual_codes_stay_under_the_hands_when_the_first_amount_is_typed(session):
    for sheet in session.target("t1").cost_sheets:
        with session.store.step("clearing cells"):
            session.store.delete("cost_sheet", sheet.row)
    costs = CostModel(session)
    session.changed.connect(costs.refresh)
    costs.set_entry(("target", "t1"))
    costs.refresh()
    assert [column.key for column in costs.columns][3:-1] == USUAL
    write(costs, 0, "01", "2.400.000")
    assert [column.key for column in costs.columns][3:-1] == USUAL
    again = CostModel(session)
    again.set_entry(("target", "t1"))
    again.refresh()
    assert [column.key for column in again.columns][3:-1] == USUAL


def test_totals_follow_every_amount(costs):
    assert texts(costs, 4)["total"] == "10.050.000"
    write(costs, 0, "01", "2500000")
    assert texts(costs, 0)["total"] == "5.650.000"
    assert texts(costs, 4)["01"] == "2.500.000"
    assert texts(costs, 4)["total"] == "10.150.000"


def test_kurus_show_in_the_columns_that_have_some(costs):
    write(costs, 0, "01", "2400000,5")
    assert texts(costs, 0)["01"] == "2.400.000,50"
    # the others stay as narrow as they are
    assert texts(costs, 1)["06"] == "4.500.000"
    assert texts(costs, 1)["total"] == "4.500.000,00"
    total = costs.row_of("grand_total")
    assert (texts(costs, total)["01"], texts(costs, total)["03"]) == ("2.400.000,50", "3.150.000")


def test_the_total_has_as_many_decimals_as_what_it_is_the_sum_of(costs):
    write(costs, 0, "01", "2400000,5")
    write(costs, 0, "03", "3150000,5")
    assert texts(costs, 0)["total"] == "5.550.001,00"


def test_a_common_cost_stands_in_the_first_row_and_covers_the_others(costs):
    assert texts(costs, 1)["06"] == "4.500.000"
    assert texts(costs, 2)["06"] == ""
    assert not costs.flags(at(costs, 2, "06")) & Qt.ItemFlag.ItemIsEditable
    assert not costs.flags(at(costs, 2, "units")) & Qt.ItemFlag.ItemIsEditable
    assert costs.flags(at(costs, 2, "name")) & Qt.ItemFlag.ItemIsEditable
    assert {(span.row, span.down) for span in costs.spans} == {(1, 2)}


def test_an_activity_without_a_sheet_gets_one_with_its_first_amount(costs, session):
    costs.set_entry(("target", "t2"))
    costs.refresh()
    write(costs, 0, "03", "75.000")
    (sheet,) = session.target("t2").cost_sheets
    assert sheet.lines[0].amount == Decimal("75000.00")


def test_transfers_are_told_apart_from_the_total(costs):
    assert "500,00" in at(costs, 0, "total").data(Qt.ItemDataRole.ToolTipRole)


def test_units_are_found_whatever_the_case_and_the_dots(costs, session):
    write(costs, 0, "units", "fen isleri mudurlugu; mali")
    assert session.target("t1").cost_sheets[0].units == ("u1", "u3")
    assert texts(costs, 0)["units"] == "Fen İşleri Müdürlüğü, Mali Hizmetler Müdürlüğü"


def test_units_are_chosen_from_the_list_only(costs, session):
    write(costs, 0, "units", "Uzay Müdürlüğü")
    assert "Uzay Müdürlüğü" in costs.problems()[0][1].error.sentence()
    write(costs, 0, "units", "işleri")
    assert "Yazı İşleri" in costs.problems()[0][1].error.sentence()
    assert session.target("t1").cost_sheets[0].units == ("u2",)


def test_filling_and_clearing_a_block_is_one_step(costs, session):
    costs.fill([(at(costs, 0, "01"), at(costs, 1, "01")), (at(costs, 0, "03"), at(costs, 1, "03"))])
    assert texts(costs, 1)["total"] == "10.050.000"
    session.undo()
    assert texts(costs, 1)["total"] == "4.500.000"
    costs.clear([at(costs, 0, column) for column in ("code", "name", "units", "01", "03", "total")])
    assert texts(costs, 0) == {**dict.fromkeys(texts(costs, 0), ""), "code": "F.1.1.1.1"}
    session.undo()
    assert texts(costs, 0)["total"] == "5.550.000"


def test_a_code_is_not_filled_down(indicators, session):
    write(indicators, 0, "code", "Ö-1")
    indicators.fill([(at(indicators, 0, "code"), at(indicators, 1, "code"))])
    assert session.target("t1").indicators[1].code == ""
    write(indicators, 1, "code", "Ö-1")
    assert "Gösterge 1" in indicators.problems()[0][1].error.sentence()


def test_the_limit_refuses_an_amount_in_its_cell(costs):
    write(costs, 0, "01", "9.999.999.999.999,99")
    assert len(costs.problems()) == 1
    assert texts(costs, 4)["total"] == "10.050.000"


def test_undo_shows_the_former_figures(costs, session):
    write(costs, 0, "01", "1")
    session.undo()
    assert texts(costs, 0)["01"] == "2.400.000"
    session.redo()
    assert texts(costs, 0)["01"] == "1"


def test_a_file_for_reading_cannot_be_typed_in(reading):
    model = IndicatorModel(reading)
    model.set_entry(("target", "t1"))
    model.refresh()
    assert not any(model.flags(model.index(0, n)) & Qt.ItemFlag.ItemIsEditable for n in range(model.columnCount()))
    assert not write(model, 0, "name", "Başka")
    # there is no blank row either
    assert not model.is_new(model.rowCount() - 1)
    model.delete_rows([0])
    model.move_row(0, 1)
    assert model.rowCount() == 3


def test_the_blank_row_becomes_one_of_the_file_with_its_first_entry(indicators, session):
    assert indicators.is_new(3)
    write(indicators, 3, "unit", "km")
    assert not indicators.is_new(3)
    assert indicators.is_new(4)
    assert session.target("t1").indicators[3].unit == "km"
    assert session.store.undo_label == "new indicator"
    session.undo()
    assert len(session.target("t1").indicators) == 3


def test_weights_are_a_column_when_they_are_wanted(indicators, session):
    assert indicators.column_of("weight") < 0
    indicators.set_show_weights(True)
    write(indicators, 0, "weight", "12,5")
    assert session.target("t1").indicators[0].weight == Decimal("12.5")
    assert texts(indicators, 0)["weight"] == "12,5"
    write(indicators, 0, "weight", "101")
    assert len(indicators.problems()) == 1
