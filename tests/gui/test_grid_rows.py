"""What a table tells its views when many rows change at once, and what the views measure again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading, TableModel
from perfdesk.gui.grid.table_view import TableView
from perfdesk.gui.grid.text_sizes import TextSizes
from perfdesk.tables.table import Column, ColumnKind

COLUMNS = (Column("name", "", ColumnKind.TEXT, 3), Column("value", "", ColumnKind.VALUE, 1))
LONG = "Mahallelerde bakımı yapılan parkların yıl içindeki toplam alanı " * 3


def content(*keys, **texts):
    rows = tuple(GridRow(key, (GridCell(texts.get(f"n{key}", f"Ad {key}")), GridCell(str(key)))) for key in keys)
    return Content(COLUMNS, (Heading("Ad"), Heading("Değer")), rows)


@pytest.fixture
def model(qapp):
    model = TableModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(content(*range(10)))
    yield model
    del tester


@pytest.fixture
def view(qtbot, model):
    view = TableView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.setModel(model)
    view.show()
    return view


def keys(model):
    return [row.key for row in model.rows]


def test_rows_that_come_together_are_told_at_once(model):
    inserted, reset = QSignalSpy(model.rowsInserted), QSignalSpy(model.modelReset)
    model.show(content(*range(5), *range(100, 600), *range(5, 10), *range(700, 900)))
    assert keys(model) == [*range(5), *range(100, 600), *range(5, 10), *range(700, 900)]
    assert inserted.count() == 2
    assert reset.count() == 0


def test_rows_that_go_together_are_told_at_once(model):
    removed = QSignalSpy(model.rowsRemoved)
    model.show(content(0, 1, 5, 9))
    assert keys(model) == [0, 1, 5, 9]
    assert removed.count() == 2


def test_rows_come_go_and_move_in_one_go(model):
    place = model.index(3, 0)
    kept = [model.index(n, 0).data() for n in (7, 3)]
    model.show(content(7, 20, 3, 21, 22, 0))
    assert keys(model) == [7, 20, 3, 21, 22, 0]
    assert [model.index(at, 0).data() for at in (0, 2)] == kept
    assert place.row() == 3


def test_only_what_differs_is_told(model):
    changed = QSignalSpy(model.dataChanged)
    model.show(content(*range(10), n4="Yeni", n5="Yeni", n8="Yeni"))
    assert [(changed.at(n)[0].row(), changed.at(n)[1].row()) for n in range(changed.count())] == [(4, 5), (8, 8)]


def test_rows_are_as_high_as_their_texts_and_back(view, model):
    one = view.rowHeight(0)
    model.show(content(*range(10), n4=LONG))
    assert view.rowHeight(4) > one
    assert view.rowHeight(5) == one
    model.show(content(*range(10)))
    assert view.rowHeight(4) == one


def test_a_row_keeps_its_height_when_it_moves(view, model):
    model.show(content(*range(10), n4=LONG))
    high = view.rowHeight(4)
    model.show(content(4, 0, 1, 11, 2, n4=LONG))
    assert [view.rowHeight(at) == high for at in range(5)] == [True, False, False, False, False]


def test_narrower_columns_make_rows_higher(view, model):
    model.show(content(*range(10), n4=LONG))
    before = view.rowHeight(4)
    view.resize(250, 300)
    assert view.rowHeight(4) > before


def test_only_rows_that_changed_are_measured_again(view, model, monkeypatch):
    measured = []
    own = TextSizes.width
    monkeypatch.setattr(TextSizes, "width", lambda self, text: (measured.append(text), own(self, text))[1])
    model.show(content(*range(10), n4="Başka"))
    assert set(measured) - {"Ad", "Değer"} == {"Başka", "4"}


def test_the_view_is_as_high_as_its_rows(view, model):
    model.show(content(*range(500)))
    assert view.height() >= 500 * view.rowHeight(0)
    assert view.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
